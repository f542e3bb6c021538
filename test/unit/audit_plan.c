/*
 * The planner against brute force: small random systems, every combination of changes, and for each
 * every point. The least cost must be the same, and what is said to help must help. Then what each
 * change does, and what is said where nothing helps or there are too many combinations.
 */
#include "check.h"

#include "audit/plan_tell.h"

enum { SYSTEMS = 200, N = 3, FIGURES = 4, MOST = 7, MANY = 14 };

static struct ctx *c;
static struct model *m;
static uint64_t seed;

static int64_t dice(int64_t from, int64_t to)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return from + (int64_t)((seed >> 33) % (uint64_t)(to - from + 1));
}

static int setup(void **state)
{
	(void)state;
	c = test_ctx();
	m = model_make(c);
	seed = 7;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

/* ---- making systems ---- */

static void unknowns(size_t n, int64_t most)
{
	for (size_t i = 0; i < n; i++)
		assert_ok(c, model_unknown(c, m, str_fmt(c, "x%zu", i), STR(""), 0, most));
}

static struct model_sum sum_of(const int64_t *times, size_t n)
{
	struct model_sum s = {mem_array(c, n, sizeof *s.v), 0};

	for (size_t i = 0; i < n; i++)
		if (times[i] != 0)
			s.v[s.n++] = (struct model_term){i, times[i]};
	return s;
}

static void figure(const int64_t *times, size_t n, int64_t lo, int64_t hi, int64_t cost)
{
	struct model_head head = {.id = str_fmt(c, "f%zu", m->n_rows), .cost = cost};

	assert_ok(c, model_band(c, m, &head, sum_of(times, n), lo, hi));
}

static void target(const int64_t *times, size_t n, int64_t lo, int64_t hi)
{
	struct model_target t = {.id = STR("t"), .sum = sum_of(times, n)};

	assert_ok(c, model_target(c, m, &t, (int64_t[]){lo, hi}, 0));
}

static void dice_model(void)
{
	int64_t x[N], times[N], v;
	size_t n = (size_t)dice(2, N), figures = (size_t)dice(1, FIGURES);

	m = model_make(c);
	unknowns(n, MOST);
	for (size_t i = 0; i < n; i++)
		x[i] = dice(0, MOST);
	for (size_t f = 0; f < figures; f++) {
		v = 0;
		for (size_t i = 0; i < n; i++) {
			times[i] = dice(0, 2) == 0 ? 0 : i == 0 ? 1 : dice(1, 2);
			v += times[i] * x[i];
		}
		if (sum_of(times, n).n == 0)
			continue;
		if (dice(0, 2) > 0)
			figure(times, n, v, v, dice(0, 3));
		else
			figure(times, n, v - dice(0, 2), v + dice(0, 2), dice(0, 3));
	}
	v = dice(0, 2) == 0 ? x[0] + x[1] : x[0];
	target((int64_t[]){1, v == x[0] ? 0 : 1}, 2, v > 1 ? v - dice(0, 1) : v, v + dice(0, 2));
}

/* ---- brute force ---- */

static bool holds(const struct model *with, const int64_t *x)
{
	for (size_t r = 0; r < with->n_rows; r++) {
		const struct model_sum *s = &with->rows[r].sum;
		int64_t sum = 0;

		for (size_t i = 0; i < s->n; i++)
			sum += s->v[i].times * x[s->v[i].unknown];
		if (sum < with->rows[r].lo || sum > with->rows[r].hi)
			return false;
	}
	return true;
}

static bool safe(const struct model *with)
{
	const struct model_target *t = &with->targets[0];
	bool can[4 * MOST + 1] = {false};
	int64_t x[N] = {0};
	size_t i = 0;

	while (i < with->n_unknowns) {
		int64_t v = 0;

		for (size_t k = 0; k < t->sum.n; k++)
			v += t->sum.v[k].times * x[t->sum.v[k].unknown];
		can[v] = can[v] || holds(with, x);
		for (i = 0; i < with->n_unknowns && x[i] == MOST; i++)
			x[i] = 0;
		if (i < with->n_unknowns)
			x[i]++;
	}
	for (int64_t v = t->lo; v <= t->hi; v++)
		if (v > 4 * MOST || !can[v])
			return false;
	return true;
}

/* The least cost of all combinations from this figure on; -1: none helps. */
static int64_t least(const struct plan *p, size_t *chosen, size_t f)
{
	int64_t best = -1, got;

	if (f == p->n_figures) {
		struct mem_mark mark = mem_mark(c);
		bool good = safe(plan_apply(c, p, chosen));

		mem_reset(c, mark);
		return good ? plan_cost(p, chosen) : -1;
	}
	if (chosen[f] != 0)
		return least(p, chosen, f + 1);
	for (size_t a = 0; a <= p->n_acts; a++) {
		const struct plan_act *act = a == 0 ? NULL : &p->acts[a - 1];
		bool merges = act != NULL && act->kind == PLAN_MERGED;

		if (act != NULL && (act->figure != f || (merges && chosen[act->other] != 0)))
			continue;
		chosen[f] = a;
		if (merges)
			chosen[act->other] = a;
		got = least(p, chosen, f + 1);
		if (merges)
			chosen[act->other] = 0;
		best = got >= 0 && (best < 0 || got < best) ? got : best;
	}
	chosen[f] = 0;
	return best;
}

static const char *word(const struct plan *p, const char *text)
{
	struct buf b = buf_init(c, 1 << 16);

	plan_text(&b, p, TELL_EN);
	return strstr(buf_str(&b).p, text);
}

/* What is done to each figure is told, to people and to programs. */
static void compare_words(const struct plan *p)
{
	static const char *const acts[] = {"band", "wider", "merged", "known", "out"};
	const char *json = json_str(c, plan_json(c, p)).p;

	if (!p->needed)
		assert_non_null(word(p, "nothing has to be changed"));
	for (size_t f = 0; p->found && f < p->n_figures; f++) {
		const struct plan_act *act = p->chosen[f] == 0 ? NULL : &p->acts[p->chosen[f] - 1];
		struct str id = m->rows[p->figures[f].row].head.id;

		if (act == NULL || act->figure != f)
			continue;
		assert_non_null(strstr(json, str_fmt(c, "\"act\":\"%s\"", acts[act->kind]).p));
		assert_non_null(strstr(json, str_fmt(c, "\"figure\":\"%.*s\"", STR_ARG(id)).p));
		if (act->kind == PLAN_OUT)
			assert_non_null(word(p, str_fmt(c, "leave %.*s out", STR_ARG(id)).p));
		else if (act->kind == PLAN_MERGED)
			assert_non_null(word(p, "as their sum alone"));
		else
			assert_non_null(word(p, str_fmt(c, "tell %.*s as %lld to %lld", STR_ARG(id),
						    (long long)act->lo, (long long)act->hi)
						    .p));
	}
}

static void test_against_brute_force(void **state)
{
	size_t found = 0, none = 0, kinds[5] = {0};

	(void)state;
	for (size_t i = 0; i < SYSTEMS; i++) {
		struct mem_mark mark = mem_mark(c);
		size_t chosen[FIGURES] = {0};
		struct plan p;
		int64_t cost;

		dice_model();
		assert_ok(c, plan_make(c, m, NULL, &p));
		assert_int_equal(p.needed, !safe(m));
		cost = least(&p, chosen, 0);
		assert_int_equal(p.found, p.needed && cost >= 0);
		if (p.found) {
			assert_true(p.least);
			assert_int_equal(p.cost, cost);
			assert_true(safe(p.changed));
		}
		compare_words(&p);
		found += p.found;
		none += p.needed && !p.found;
		for (size_t f = 0; p.found && f < p.n_figures; f++)
			if (p.chosen[f] != 0)
				kinds[p.acts[p.chosen[f] - 1].kind]++;
		mem_reset(c, mark);
	}
	print_message("# found %zu, none %zu; band %zu, merged %zu, known %zu, out %zu\n", found,
	    none, kinds[PLAN_BAND], kinds[PLAN_MERGED], kinds[PLAN_KNOWN], kinds[PLAN_OUT]);
	assert_true(found > 50 && none > 15 && kinds[PLAN_BAND] > 0 && kinds[PLAN_MERGED] > 0 &&
		    kinds[PLAN_OUT] > 0);
}

/* ---- single things ---- */

/* a = 310 and a + h = 350 give h away; each may be changed. */
static void two_exact(int64_t cost, int64_t cost2)
{
	unknowns(2, MODEL_TOP);
	figure((int64_t[]){1, 0}, 2, 310, 310, cost);
	figure((int64_t[]){1, 1}, 2, 350, 350, cost2);
	target((int64_t[]){0, 1}, 2, 0, 249);
}

static void test_options(void **state)
{
	struct plan p;

	(void)state;
	two_exact(1, 5);
	assert_ok(c, plan_options(c, m, &p));
	assert_int_equal(p.n_figures, 2);
	assert_int_equal(p.figures[0].n_acts, 5); /* 250, 500, 1000, known, out */
	assert_int_equal(p.acts[0].kind, PLAN_BAND);
	assert_int_equal(p.acts[0].lo, 250);
	assert_int_equal(p.acts[0].hi, 499);
	assert_int_equal(p.acts[2].hi, 999);
	assert_int_equal(p.acts[3].kind, PLAN_KNOWN);
	assert_int_equal(p.acts[3].lo, 101);
	assert_int_equal(p.acts[3].hi, 350);
	assert_int_equal(p.acts[4].kind, PLAN_OUT);
	assert_int_equal(p.acts[4].cost, 8);
	assert_int_equal(p.acts[5].cost, 5);
	assert_int_equal(p.acts[8].lo, 310); /* the open part, and what is permitted */
	assert_int_equal(p.acts[8].hi, 559);
	assert_int_equal(p.n_acts, 11);
	assert_int_equal(p.acts[10].kind, PLAN_MERGED);
	assert_int_equal(p.acts[10].cost, 6);
}

static void test_not_needed_and_none(void **state)
{
	struct plan p;
	struct buf b = buf_init(c, 1 << 16);

	(void)state;
	two_exact(0, 0);
	assert_ok(c, plan_make(c, m, NULL, &p));
	assert_true(p.needed && !p.found && p.n_figures == 0);
	plan_text(&b, &p, TELL_EN);
	assert_non_null(strstr(buf_str(&b).p, "none has a cost"));
	/* a band of the hidden number itself that is too narrow, and may not be changed */
	m = model_make(c);
	two_exact(1, 1);
	figure((int64_t[]){0, 1}, 2, 0, 99, 0);
	assert_ok(c, plan_make(c, m, NULL, &p));
	assert_true(p.needed && !p.found);
	b = buf_init(c, 1 << 16);
	plan_text(&b, &p, TELL_EN);
	assert_non_null(strstr(buf_str(&b).p, "that may be changed (2), there remain"));
	assert_non_null(strstr(buf_str(&b).p, "unsafe: t"));
	m = model_make(c);
	unknowns(1, 500);
	target((int64_t[]){1}, 1, 0, 249);
	figure((int64_t[]){1}, 1, 0, 249, 1);
	assert_ok(c, plan_make(c, m, NULL, &p));
	assert_false(p.needed);
	assert_non_null(strstr(json_str(c, plan_json(c, &p)).p, "\"plan\":\"not_needed\""));
}

static void test_wider(void **state)
{
	static const struct model_range wider[] = {{0, 499}, {0, 999}};
	struct buf b = buf_init(c, 1 << 16);
	struct plan p;

	(void)state;
	unknowns(2, 1000);
	figure((int64_t[]){1, 1}, 2, 300, 300, 0);
	figure((int64_t[]){1, 0}, 2, 0, 99, 2);
	m->rows[1].wider = wider;
	m->rows[1].n_wider = 2;
	target((int64_t[]){0, 1}, 2, 0, 249);
	assert_ok(c, plan_make(c, m, NULL, &p));
	assert_true(p.found && p.least);
	assert_int_equal(p.cost, 2);
	assert_int_equal(p.acts[p.chosen[0] - 1].kind, PLAN_WIDER);
	assert_int_equal(p.changed->rows[1].hi, 499);
	plan_text(&b, &p, TELL_EN);
	assert_non_null(strstr(buf_str(&b).p, "  1) tell f1 as 0 to 499 (it was: "));
	assert_non_null(strstr(buf_str(&b).p, "the least of all combinations"));
}

/* Two bands, and one of their sum that narrows both. What is permitted of the sum because its band
 * tells it is no promise once that band is left out; what is permitted anyway stays so. */
static void test_out_with_its_target(void **state)
{
	struct plan p;

	(void)state;
	unknowns(2, 1000);
	figure((int64_t[]){1, 0}, 2, 0, 99, 0);
	figure((int64_t[]){0, 1}, 2, 0, 99, 0);
	figure((int64_t[]){1, 1}, 2, 150, 199, 1);
	target((int64_t[]){1, 0}, 2, 0, 99);
	assert_ok(c, model_target(c, m,
			 &(struct model_target){
			     .id = STR("f2"), .sum = sum_of((int64_t[]){1, 1}, 2), .by_row = true},
			 (int64_t[]){150, 199}, 0));
	assert_ok(c, plan_make(c, m, NULL, &p));
	assert_true(p.found);
	assert_int_equal(p.acts[p.chosen[0] - 1].kind, PLAN_OUT);
	assert_int_equal(p.after.verdicts[1], INFER_TOLD);
	m->targets[1].by_row = false;
	assert_ok(c, plan_make(c, m, NULL, &p));
	assert_false(p.found);
}

/* More figures than every combination is judged of: parts of a total, each known but one. */
static void test_many(void **state)
{
	int64_t times[MANY + 1] = {0};
	struct buf b = buf_init(c, 1 << 16);
	struct plan p;

	(void)state;
	unknowns(MANY + 1, MODEL_TOP);
	for (size_t i = 0; i < MANY; i++) {
		memset(times, 0, sizeof times);
		times[i] = 1;
		figure(times, MANY + 1, 1000, 1000, i == 9 ? 1 : 2);
	}
	for (size_t i = 0; i <= MANY; i++)
		times[i] = 1;
	figure(times, MANY + 1, 14010, 14010, 3);
	memset(times, 0, sizeof times);
	times[MANY] = 1;
	target(times, MANY + 1, 0, 249);
	assert_ok(c, plan_make(c, m, NULL, &p));
	assert_true(p.found && !p.least);
	assert_int_equal(p.cost, 6); /* one of them, the cheapest, as what is known without it */
	assert_int_equal(p.chosen[9], p.figures[9].first + 4);
	plan_text(&b, &p, TELL_EN);
	assert_non_null(strstr(buf_str(&b).p, "no single change of these can be spared"));
	assert_non_null(strstr(json_str(c, plan_json(c, &p)).p, "\"least\":false"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_against_brute_force, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_options, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_not_needed_and_none, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_wider, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_out_with_its_target, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_many, setup, teardown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
