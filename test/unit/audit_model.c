#include "check.h"

#include "audit/model.h"
#include "audit/tell_say.h"

static struct ctx *c;

/* A row's figure in words. */
static struct str said(const struct model *m, size_t row)
{
	const struct audit a = {.m = m};
	const struct tell_say say = {c, &a, TELL_EN, false};

	return tell_say_figure(&say, &m->rows[row]);
}
static struct model *m;

static int setup(void **state)
{
	(void)state;
	c = test_ctx();
	m = model_make(c);
	if (model_unknown(c, m, STR("a"), STR("a"), 0, 100) != 0 ||
	    model_unknown(c, m, STR("b"), STR("b"), 0, MODEL_TOP) != 0)
		return -1;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

/* times_a a + times_b b */
static struct model_sum sum(int64_t times_a, int64_t times_b)
{
	struct model_sum s = {mem_array(c, 2, sizeof *s.v), 2};

	s.v[0] = (struct model_term){0, times_a};
	s.v[1] = (struct model_term){1, times_b};
	return s;
}

static struct model_head head(const char *id)
{
	return (struct model_head){.id = str_of(id)};
}

static void expect(size_t row, int64_t a, int64_t b, int64_t lo, int64_t hi)
{
	const struct model_row *r = &m->rows[row];
	int64_t got[2] = {0, 0};

	for (size_t i = 0; i < r->sum.n; i++) {
		assert_true(r->sum.v[i].times != 0);
		got[r->sum.v[i].unknown] = r->sum.v[i].times;
	}
	assert_int_equal(got[0], a);
	assert_int_equal(got[1], b);
	assert_int_equal(r->lo, lo);
	assert_int_equal(r->hi, hi);
}

static void test_kinds(void **state)
{
	struct model_head h = head("r");

	(void)state;
	assert_ok(c, model_exact(c, m, &h, sum(1, 1), 927));
	assert_ok(c, model_band(c, m, &h, sum(1, 0), 0, 249));
	assert_ok(c, model_least(c, m, &h, sum(0, 1), 22));
	assert_ok(c, model_most(c, m, &h, sum(1, 1), 1040));
	assert_ok(c, model_part(c, m, &h, sum(1, 0), sum(1, 1)));
	expect(0, 1, 1, 927, 927);
	expect(1, 1, 0, 0, 249);
	expect(2, 0, 1, 22, MODEL_OPEN);
	expect(3, 1, 1, -MODEL_OPEN, 1040);
	expect(4, 0, 1, 0, MODEL_OPEN); /* the whole less its part */
	assert_str(said(m, 0), "exactly 927");
	assert_str(said(m, 1), "0 to 249");
}

static void test_rounding(void **state)
{
	static const struct {
		int64_t v, base, lo, hi;
		enum model_way way;
	} rows[] = {{1100, 100, 1050, 1149, MODEL_NEAREST}, {15, 5, 13, 17, MODEL_NEAREST},
	    {1100, 100, 1100, 1199, MODEL_DOWN}, {1100, 100, 1001, 1100, MODEL_UP},
	    {1100, 100, 1001, 1199, MODEL_EITHER}};
	struct model_head h = head("r");

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_ok(
		    c, model_round(c, m, &h, sum(1, 0), rows[i].v, rows[i].base, rows[i].way));
		expect(i, 1, 0, rows[i].lo, rows[i].hi);
	}
	assert_err(c, model_round(c, m, &h, sum(1, 0), 1101, 100, MODEL_DOWN), ERR_INVALID,
	    "multiple of its base");
	assert_err(
	    c, model_round(c, m, &h, sum(1, 0), 1, 1, MODEL_DOWN), ERR_INVALID, "at least 2");
	assert_err(
	    c, model_round(c, m, &h, sum(1, 0), 0, 0, MODEL_DOWN), ERR_INVALID, "at least 2");
}

/* a is 81 % of a + b: 161 (a + b) <= 200 a <= 163 (a + b) */
static void test_percent(void **state)
{
	struct model_head h = head("r");

	(void)state;
	assert_ok(c, model_percent(c, m, &h, sum(1, 0), sum(1, 1), 81, 0));
	expect(0, 39, -161, 0, MODEL_OPEN);
	expect(1, 37, -163, -MODEL_OPEN, 0);
	assert_str(said(m, 0), "81 %");
	assert_ok(c, model_percent(c, m, &h, sum(1, 0), sum(0, 1), 805, 1));
	expect(2, 2000, -1609, 0, MODEL_OPEN);
	assert_str(said(m, 2), "80.5 %");
	assert_ok(c, model_percent(c, m, &h, sum(1, 0), sum(0, 1), 5, 2));
	assert_str(said(m, 4), "0.05 %");
	assert_err(c, model_percent(c, m, &h, sum(1, 0), sum(0, 1), -1, 0), ERR_INVALID, "between");
	assert_err(c, model_percent(c, m, &h, sum(1, 0), sum(0, 1), 1, 3), ERR_INVALID, "decimal");
	assert_err(
	    c, model_percent(c, m, &h, sum(9000, 0), sum(0, 1), 1, 2), ERR_INVALID, "put together");
}

static void test_refused(void **state)
{
	struct model_head h = head("r");
	struct model_target t = {.id = STR("t"), .sum = sum(1, 0)};

	(void)state;
	assert_err(c, model_unknown(c, m, STR("a"), STR(""), 0, 1), ERR_INVALID, "of its own");
	assert_err(c, model_unknown(c, m, STR("c"), STR(""), -1, 1), ERR_INVALID, "between");
	assert_err(c, model_unknown(c, m, STR("c"), STR(""), 2, 1), ERR_INVALID, "between");
	assert_err(
	    c, model_unknown(c, m, STR("c"), STR(""), 0, MODEL_TOP + 1), ERR_INVALID, "between");
	assert_err(c, model_exact(c, m, &h, sum(0, 0), 1), ERR_INVALID, "nothing is left");
	assert_err(c, model_exact(c, m, &h, sum(MODEL_FACTOR + 1, 0), 1), ERR_INVALID, "factor");
	assert_err(c, model_exact(c, m, &h, sum(1, 0), MODEL_TOP + 1), ERR_INVALID, "larger");
	assert_err(c, model_exact(c, m, &h, sum(1, 0), INT64_MIN), ERR_INVALID, "larger");
	assert_err(c, model_band(c, m, &h, sum(1, 0), 2, 1), ERR_INVALID, "above the upper");
	assert_err(c, model_part(c, m, &h, sum(1, 1), sum(1, 1)), ERR_INVALID, "nothing is left");
	assert_err(c, model_target(c, m, &t, (int64_t[]){0, 99}, 100), ERR_INVALID, "no number");
	assert_err(
	    c, model_target(c, m, &t, (int64_t[]){0, MODEL_WIDTH}, 0), ERR_LIMIT, "more than");
	assert_err(c, model_supersede(c, m, STR("r"), STR("")), ERR_INVALID, "no such row");
	assert_int_equal(m->n_rows, 0);
	assert_int_equal(m->n_targets, 0);
}

static void test_released_and_views(void **state)
{
	struct model_target t = {.id = STR("t"), .sum = sum(1, 0)};
	struct model_head h = head("r");

	(void)state;
	assert_ok(c, model_target(c, m, &t, (int64_t[]){0, 499}, 22));
	assert_int_equal(m->targets[0].lo, 22);
	assert_err(c, model_target(c, m, &t, (int64_t[]){0, 499}, 0), ERR_INVALID, "of its own");
	t.id = STR("u");
	assert_ok(c, model_target(c, m, &t, (int64_t[]){500, 999}, 22));
	assert_int_equal(m->targets[1].lo, 500);
	h.assume = 2;
	assert_ok(c, model_exact(c, m, &h, sum(1, 0), 1));
	assert_false(model_in_view(&m->rows[0], (struct model_view){true, 1}));
	assert_true(model_in_view(&m->rows[0], (struct model_view){false, 3}));
	assert_ok(c, model_supersede(c, m, STR("r"), STR("later")));
	assert_false(model_in_view(&m->rows[0], (struct model_view){false, 3}));
	assert_true(model_in_view(&m->rows[0], (struct model_view){true, 2}));
}

static void test_limits(void **state)
{
	struct model_head h = head("r");

	(void)state;
	for (size_t i = 0; i < MODEL_ROWS; i++)
		assert_ok(c, model_exact(c, m, &h, sum(1, 0), 1));
	assert_err(c, model_exact(c, m, &h, sum(1, 0), 1), ERR_LIMIT, "rows");
	for (size_t i = 0; i < MODEL_ASSUMPTIONS; i++)
		assert_ok(c, model_assumption(c, m, str_fmt(c, "a%zu", i), STR("")));
	assert_err(c, model_assumption(c, m, STR("x"), STR("")), ERR_LIMIT, "assumptions");
	assert_err(c, model_assumption(c, m, STR("x"), STR("")), ERR_LIMIT, "assumptions");
	for (size_t i = m->n_unknowns; i < MODEL_UNKNOWNS; i++)
		assert_ok(c, model_unknown(c, m, str_fmt(c, "u%zu", i), STR(""), 0, 1));
	assert_err(c, model_unknown(c, m, STR("x"), STR(""), 0, 1), ERR_LIMIT, "unknowns");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_kinds, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_rounding, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_percent, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_released_and_views, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_limits, setup, teardown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
