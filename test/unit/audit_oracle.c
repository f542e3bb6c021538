/*
 * The audit against brute force: small random systems, every point of which is tried. The figures
 * are judged here by what they mean (a percentage is rounded, a part is not larger than its whole),
 * not by the rows that model.c makes of them. Verdict, edges, holes and the number of missing
 * values must be the same under each reading and each set of assumptions; that proofs and solutions
 * pass recheck.h is part of every answer.
 */
#include "check.h"

#include "audit/audit.h"
#include "audit/recheck.h"

enum { SYSTEMS = 5000, N = 5, FIGURES = 6, VALUES = 400, MIDDLE = 200 };

enum kind { EXACT, BAND, LEAST, MOST, PART, ROUND, PERCENT, KINDS };

struct figure {
	enum kind kind;
	int64_t a[N], b[N], v, w;
	enum model_way way;
	int digits;
	bool superseded;
	unsigned assume;
};

struct world {
	size_t n, n_figures;
	int64_t most[N], target[N], lo, hi;
	struct figure f[FIGURES];
};

struct truth {
	bool can[VALUES]; /* by value + MIDDLE */
	bool any;
};

static struct ctx *c;
static uint64_t seed;

static int64_t dice(int64_t from, int64_t to)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return from + (int64_t)((seed >> 33) % (uint64_t)(to - from + 1));
}

static int64_t dot(const struct world *w, const int64_t *a, const int64_t *x)
{
	int64_t sum = 0;

	for (size_t i = 0; i < w->n; i++)
		sum += a[i] * x[i];
	return sum;
}

/* What was said is true of x. */
static bool holds(const struct world *w, const struct figure *f, const int64_t *x)
{
	int64_t a = dot(w, f->a, x), b = dot(w, f->b, x), rest;
	int64_t unit = f->digits == 0 ? 1 : f->digits == 1 ? 10 : 100;

	switch (f->kind) {
	case EXACT:
		return a == f->v;
	case BAND:
		return f->v <= a && a <= f->w;
	case LEAST:
		return a >= f->v;
	case MOST:
		return a <= f->v;
	case PART:
		return a <= b;
	case ROUND:
		rest = ((a % f->w) + f->w) % f->w; /* above the multiple below */
		switch (f->way) {
		case MODEL_DOWN:
			return f->v == a - rest;
		case MODEL_UP:
			return f->v == (rest == 0 ? a : a - rest + f->w);
		case MODEL_EITHER:
			return f->v == a - rest || (rest != 0 && f->v == a - rest + f->w);
		case MODEL_NEAREST:
			return f->v == (2 * rest >= f->w ? a - rest + f->w : a - rest);
		}
		return false;
	case PERCENT: /* |100 a / b - p| <= half a digit; of nothing, only nothing */
		if (b == 0)
			return a == 0;
		return llabs(2 * (100 * unit * a - f->v * b)) <= b;
	case KINDS:
		break;
	}
	return false;
}

/* ---- making one ---- */

static void dice_sum(const struct world *w, int64_t *a, int64_t from, int64_t to)
{
	bool any = false;

	for (size_t i = 0; i < w->n; i++) {
		a[i] = dice(0, 9) < 5 ? 0 : dice(from, to);
		any = any || a[i] != 0;
	}
	if (!any)
		a[dice(0, (int64_t)w->n - 1)] = 1;
}

static void dice_figure(const struct world *w, struct figure *f, const int64_t *x)
{
	int64_t a;

	*f = (struct figure){.kind = (enum kind)dice(0, KINDS - 1), .digits = (int)dice(0, 2)};
	f->superseded = dice(0, 5) == 0;
	f->assume = dice(0, 3) == 0 ? (unsigned)dice(1, 3) : 0;
	dice_sum(w, f->a, f->kind == PERCENT ? 1 : dice(0, 4) == 0 ? -2 : 1, dice(1, 3));
	dice_sum(w, f->b, 1, 1);
	for (size_t i = 0; i < w->n && f->kind == PERCENT; i++)
		f->b[i] = f->a[i] > f->b[i] ? f->a[i] : f->b[i]; /* of a whole */
	a = dot(w, f->a, x) + (dice(0, 9) == 0 ? dice(-2, 2) : 0);
	f->v = a;
	f->w = a;
	if (f->kind == BAND) {
		f->v = a - dice(0, 4);
		f->w = a + dice(0, 4);
	} else if (f->kind == ROUND) {
		f->way = (enum model_way)dice(0, 3);
		f->w = dice(2, 5);
		f->v = a - ((a % f->w) + f->w) % f->w + (dice(0, 2) == 0 ? f->w : 0);
	} else if (f->kind == PERCENT) {
		int64_t b = dot(w, f->b, x), unit = f->digits == 0 ? 1 : f->digits == 1 ? 10 : 100;

		f->v = b == 0 || a < 0 ? 0 : (200 * unit * a + b) / (2 * b);
	} else if (f->kind == LEAST) {
		f->v -= dice(0, 3);
	} else if (f->kind == MOST) {
		f->v += dice(0, 3);
	}
}

static void dice_world(struct world *w)
{
	int64_t x[N], t;

	*w = (struct world){.n = (size_t)dice(2, N), .n_figures = (size_t)dice(1, FIGURES)};
	for (size_t i = 0; i < w->n; i++) {
		w->most[i] = dice(1, w->n > 3 ? 4 : 8);
		x[i] = dice(0, w->most[i]);
	}
	for (size_t i = 0; i < w->n_figures; i++)
		dice_figure(w, &w->f[i], x);
	dice_sum(w, w->target, dice(0, 3) == 0 ? -1 : 1, dice(1, 2));
	t = dot(w, w->target, x);
	w->lo = t - dice(0, 3);
	w->hi = t + dice(0, 3);
}

static struct model_sum sum_of(const struct world *w, const int64_t *a)
{
	struct model_sum s = {mem_array(c, w->n, sizeof *s.v), 0};

	for (size_t i = 0; i < w->n; i++)
		if (a[i] != 0)
			s.v[s.n++] = (struct model_term){i, a[i]};
	return s;
}

static int put_figure(struct model *m, const struct world *w, size_t i)
{
	const struct figure *f = &w->f[i];
	struct model_head head = {.id = str_fmt(c, "f%zu", i), .assume = f->assume};
	struct model_sum a = sum_of(w, f->a), b = sum_of(w, f->b);

	switch (f->kind) {
	case EXACT:
		return model_exact(c, m, &head, a, f->v);
	case BAND:
		return model_band(c, m, &head, a, f->v, f->w);
	case LEAST:
		return model_least(c, m, &head, a, f->v);
	case MOST:
		return model_most(c, m, &head, a, f->v);
	case PART:
		return model_part(c, m, &head, a, b);
	case ROUND:
		return model_round(c, m, &head, a, f->v, f->w, f->way);
	case PERCENT:
		return model_percent(c, m, &head, a, b, f->v, f->digits);
	case KINDS:
		break;
	}
	return ERR_FAIL;
}

/* Where nothing is left of a sum ("a is a part of a"), the figure says nothing and is left out. */
static struct model *model_of(struct world *w)
{
	struct model *m = model_make(c);
	struct model_target t = {.id = STR("t"), .sum = sum_of(w, w->target)};

	for (size_t i = 0; i < w->n; i++)
		assert_ok(c, model_unknown(c, m, str_fmt(c, "x%zu", i), STR(""), 0, w->most[i]));
	assert_ok(c, model_assumption(c, m, STR("p"), STR("")));
	assert_ok(c, model_assumption(c, m, STR("q"), STR("")));
	for (size_t i = 0; i < w->n_figures; i++) {
		size_t before = m->n_rows;

		if (put_figure(m, w, i) != 0) {
			assert_true(w->f[i].kind == PART || w->f[i].kind == PERCENT);
			err_clear(c);
			m->n_rows = before;
			w->f[i] = (struct figure){.kind = LEAST, .v = -1000};
		} else if (w->f[i].superseded) {
			assert_ok(c, model_supersede(c, m, str_fmt(c, "f%zu", i), STR("")));
		}
	}
	assert_ok(c, model_target(c, m, &t, (int64_t[]){w->lo, w->hi}, 0));
	return m;
}

/* ---- trying every point ---- */

static bool next(const struct world *w, int64_t *x)
{
	for (size_t i = 0; i < w->n; i++) {
		if (x[i]++ < w->most[i])
			return true;
		x[i] = 0;
	}
	return false;
}

/* The figures that the part of the target has; where only others contradict each other, that is
 * another finding. */
static struct truth try_all(const struct world *w, const struct model *m, struct model_view view)
{
	struct part *part = part_of_target(c, m, view, 0);
	bool mine[FIGURES] = {false};
	struct truth t = {{false}, false};
	int64_t x[N] = {0};

	for (size_t r = 0; r < part->n_rows; r++)
		for (size_t i = 0; part->rows[r].number < m->n_rows && i < w->n_figures; i++)
			if (str_eq(m->rows[part->rows[r].number].head.id, str_fmt(c, "f%zu", i)))
				mine[i] = true;
	do {
		bool good = true;

		for (size_t i = 0; good && i < w->n_figures; i++) {
			const struct figure *f = &w->f[i];

			if ((f->superseded && !view.intersected) || (f->assume & ~view.assume) != 0)
				continue;
			good = !mine[i] || holds(w, f, x);
		}
		t.any = t.any || good;
		if (good)
			t.can[dot(w, w->target, x) + MIDDLE] = true;
	} while (next(w, x));
	return t;
}

static void compare(const struct world *w, const struct truth *t, const struct infer *r)
{
	int64_t least = VALUES, most = -VALUES, missing = 0, hole = VALUES;

	for (int64_t v = -MIDDLE; v < MIDDLE; v++)
		if (t->can[v + MIDDLE]) {
			least = v < least ? v : least;
			most = v > most ? v : most;
		}
	for (int64_t v = w->hi; v >= w->lo; v--)
		if (!t->can[v + MIDDLE]) {
			missing++;
			if (v > least && v < most)
				hole = v;
		}
	if (!t->any) {
		assert_int_equal(r->verdict, INFER_CONTRADICTION);
		return;
	}
	assert_int_equal(r->verdict, missing == 0 ? INFER_SAFE : INFER_UNSAFE);
	assert_true(r->lo_sure && r->hi_sure && r->missing_sure);
	assert_int_equal(r->lo, least);
	assert_int_equal(r->hi, most);
	assert_int_equal(r->missing, missing);
	assert_int_equal(r->has_hole, hole != VALUES);
	if (hole != VALUES)
		assert_int_equal(r->hole, hole);
}

/* All figures at once can be true. */
static bool try_whole(const struct world *w)
{
	int64_t x[N] = {0};

	do {
		bool good = true;

		for (size_t i = 0; good && i < w->n_figures; i++)
			good = holds(w, &w->f[i], x);
		if (good)
			return true;
	} while (next(w, x));
	return false;
}

/* The audit as a whole: as bad as the worst way, and a contradiction wherever it lies. */
static void compare_whole(const struct world *w, const struct audit *a, bool any_unsafe)
{
	bool can = try_whole(w), said = a->n_contradictions > 0;

	for (size_t i = 0; i < a->n_findings; i++)
		said = said || a->findings[i].r.verdict == INFER_CONTRADICTION;
	assert_int_equal(said, !can);
	assert_int_equal(a->verdicts[0] != INFER_SAFE, any_unsafe);
	assert_int_equal(audit_safe(a), !any_unsafe && can);
}

static void test_against_brute_force(void **state)
{
	const struct seek_limits limits = {2000, 2000, 100000, 0, 0};
	size_t verdicts[5] = {0}, holes = 0, cases = 0;

	(void)state;
	seed = 2026;
	for (size_t i = 0; i < SYSTEMS; i++) {
		struct mem_mark mark = mem_mark(c);
		struct world w;
		struct model *m;
		struct seek *s;

		struct audit a;
		bool any_unsafe = false;

		dice_world(&w);
		m = model_of(&w);
		s = seek_make(c, m, limits, NULL);
		for (unsigned v = 0; v < 8; v++) {
			struct model_view view = {(v & 4) != 0, v & 3};
			struct truth t = try_all(&w, m, view);
			struct infer r;

			assert_ok(c, infer_target(c, s, m, view, 0, &r));
			compare(&w, &t, &r);
			any_unsafe = any_unsafe || r.verdict != INFER_SAFE;
			verdicts[r.verdict]++;
			holes += r.has_hole;
			cases += r.below.cases > 1 || r.above.cases > 1 || r.none.cases > 1;
		}
		assert_ok(c, audit_run(c, m, limits, NULL, &a));
		compare_whole(&w, &a, any_unsafe);
		mem_reset(c, mark);
	}
	print_message("# safe %zu, unsafe %zu, contradiction %zu, undecided %zu; with holes %zu, "
		      "with cases %zu\n",
	    verdicts[INFER_SAFE], verdicts[INFER_UNSAFE], verdicts[INFER_CONTRADICTION],
	    verdicts[INFER_UNDECIDED], holes, cases);
	assert_true(verdicts[INFER_SAFE] > 1000 && verdicts[INFER_UNSAFE] > 1000 &&
		    verdicts[INFER_CONTRADICTION] > 100 && holes > 50 && cases > 50);
}

static int setup(void **state)
{
	(void)state;
	c = test_ctx();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_against_brute_force, setup, teardown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
