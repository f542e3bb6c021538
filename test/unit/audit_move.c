/*
 * Small moves: in random tables with totals they reach every value that there is, and nothing else;
 * each solution is checked. And a table too large for a search: with one solution, given by an
 * adviser, the audit reaches every permitted value by moves, and finds what was planted.
 */
#include "check.h"

#include "audit/audit.h"

enum { TABLES = 200, N = 3, LARGE = 12 };

static struct ctx *c;
static struct model *m;
static uint64_t seed;
static const struct model_view view = {true, 0};

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
	seed = 3;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

/* One row of the table (step 1) or one column (step n), exactly what x has. */
static void total(const int64_t *x, size_t n, size_t first, size_t step)
{
	struct model_head head = {.id = str_fmt(c, "r%zu", m->n_rows)};
	struct model_sum s = {mem_array(c, n, sizeof *s.v), n};
	int64_t v = 0;

	for (size_t i = 0; i < n; i++) {
		s.v[i] = (struct model_term){first + i * step, 1};
		v += x[first + i * step];
	}
	assert_ok(c, model_exact(c, m, &head, s, v));
}

static void table(const int64_t *x, size_t n, int64_t most, int64_t lo, int64_t hi)
{
	struct model_term t = {0, 1};
	struct model_target target = {.id = STR("t"), .sum = {&t, 1}};

	m = model_make(c);
	for (size_t i = 0; i < n * n; i++)
		assert_ok(c, model_unknown(c, m, str_fmt(c, "x%zu", i), STR(""), 0, most));
	for (size_t i = 0; i < n; i++) {
		total(x, n, i * n, 1);
		total(x, n, i, n);
	}
	assert_ok(c, model_target(c, m, &target, (int64_t[]){lo, hi}, 0));
}

/* How far the value goes this way. */
static int64_t walk(struct move *s, const int64_t *from, int64_t by)
{
	int64_t x[N * N];

	memcpy(x, from, sizeof x);
	move_start(s, x);
	while (move_to(s, x, by))
		assert_true(recheck_solution(c, m, view, 0, x, x[0]));
	assert_true(recheck_solution(c, m, view, 0, x, x[0])); /* what failed left it alone */
	return x[0];
}

/* In a 3 x 3 table with all totals the corner has the values between two bounds. */
static void test_every_value(void **state)
{
	(void)state;
	for (size_t i = 0; i < TABLES; i++) {
		struct mem_mark mark = mem_mark(c);
		int64_t x[N * N], most = dice(2, 9);
		struct seek *s;
		struct infer r;

		for (size_t k = 0; k < N * N; k++)
			x[k] = dice(0, most);
		table(x, N, most, 0, 9);
		s = seek_make(c, m, (struct seek_limits){5000, 5000, 100000, 0, 0}, NULL);
		assert_ok(c, infer_target(c, s, m, view, 0, &r));
		assert_true(r.lo_sure && r.hi_sure);
		assert_int_equal(walk(s->step, x, -1), r.lo);
		assert_int_equal(walk(s->step, x, 1), r.hi);
		mem_reset(c, mark);
	}
}

struct adviser {
	const int64_t *x;
	size_t asked;
};

/* A point for the whole table, and no help with anything else. */
static int ask(struct ctx *ctx, void *arg, struct str question, struct str *ret)
{
	struct adviser *a = arg;
	struct buf b = buf_init(ctx, 1 << 16);
	const int64_t n = LARGE * LARGE, rows = 2 * LARGE + 1;

	a->asked++;
	if ((unsigned char)question.p[8] != n + 1 || (unsigned char)question.p[16] != rows)
		return err_set(ctx, ERR_FAIL, "no advice");
	buf_puts(&b, "WANSWR1\n");
	for (int64_t i = 0; i < 1 + n + 1 + rows; i++) {
		int64_t v = i == 0 || i > n + 1 ? 0 : a->x[i == n + 1 ? 0 : i - 1];

		for (unsigned k = 0; k < 8; k++)
			buf_putc(&b, (char)(unsigned char)((uint64_t)v >> 8 * k & 255));
	}
	*ret = buf_str(&b);
	return 0;
}

static void test_large(void **state)
{
	const struct seek_limits limits = {300, 40000, 100000, 4000000, 8000000};
	int64_t x[LARGE * LARGE];
	struct adviser adviser = {x, 0};
	const struct advice_source source = {ask, &adviser};
	struct audit a;

	(void)state;
	for (size_t i = 0; i < LARGE * LARGE; i++)
		x[i] = dice(300, 600);
	table(x, LARGE, MODEL_TOP, 250, 749);
	assert_ok(c, audit_run(c, m, limits, &source, &a));
	assert_int_equal(a.verdicts[0], INFER_SAFE);
	assert_int_equal(a.findings[0].r.checked, 1 + 500);
	assert_int_equal(a.findings[0].r.moved, 499);
	/* without a solution to begin at there is none */
	assert_ok(c, audit_run(c, m, limits, NULL, &a));
	assert_int_equal(a.verdicts[0], INFER_UNDECIDED);
	/* all others of its row are told: it is what is left */
	for (size_t i = 1; i < LARGE; i++)
		total(x, 1, i, 1);
	assert_ok(c, audit_run(c, m, limits, &source, &a));
	assert_int_equal(a.verdicts[0], INFER_UNSAFE);
	assert_int_equal(a.findings[0].r.lo, x[0]);
	assert_int_equal(a.findings[0].r.hi, x[0]);
	assert_int_equal(a.findings[0].r.below.n_rows, LARGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_every_value, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_large, setup, teardown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
