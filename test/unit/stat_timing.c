/* How long demands took: steps, medians of odd and even numbers, what is open. */
#include "check.h"

#include "stat/timing.h"

static struct ctx *c;

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

static int64_t number(const struct figures *f, const char *metric)
{
	return figure_number(f, "response", STR(""), STR("emergency"), metric);
}

static void test_steps(void **state)
{
	static const int64_t seconds[] = {0, 86400, 86401, 3 * 86400, 7 * 86400 + 1, 14 * 86400,
	    30 * 86400, 30 * 86400 + 1, -1, -1};
	struct timing t = {0};
	struct figures f = {0};

	(void)state;
	for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++)
		timing_add(c, &t, seconds[i]);
	timing_figures(c, &t, STR("emergency"), 4, &f);
	figure_sort(&f);
	assert_int_equal(number(&f, "days_01"), 2);
	assert_int_equal(number(&f, "days_03"), 2);
	assert_int_equal(number(&f, "days_07"), 0);
	assert_int_equal(number(&f, "days_14"), 2);
	assert_int_equal(number(&f, "days_30"), 1);
	assert_int_equal(number(&f, "later"), 1);
	assert_int_equal(number(&f, "open"), 2);
	assert_int_equal(number(&f, "not_recorded"), 4);
	/* between 3 days and 7 days and a second */
	assert_int_equal(number(&f, "median_hours"), 120);
	assert_null(timing_metric(TIMING_STEPS));
}

static void test_median(void **state)
{
	struct timing t = {0};
	struct figures f = {0};

	(void)state;
	assert_int_equal(timing_median(&t), -1);
	timing_figures(c, &t, STR("emergency"), 0, &f);
	assert_int_equal(f.n, TIMING_STEPS + 1); /* no median, and nothing that is not recorded */
	timing_add(c, &t, 1800);
	assert_int_equal(timing_median(&t), 1); /* half an hour goes up */
	timing_add(c, &t, 0);
	assert_int_equal(timing_median(&t), 0); /* a quarter */
	timing_add(c, &t, 7200);
	assert_int_equal(timing_median(&t), 1);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {T(test_steps), T(test_median)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
