/* Tightening by itself: what single rows say, exactly; common divisors; going back; room. And
 * parts: what is tied together and what is not. */
#include "check.h"

#include "audit/spread.h"

static struct ctx *c;
static struct model *m;
static const struct model_view all = {true, 0};

static int setup(void **state)
{
	(void)state;
	c = test_ctx();
	m = model_make(c);
	for (size_t i = 0; i < 4; i++)
		if (model_unknown(c, m, str_fmt(c, "x%zu", i), STR(""), 0, 1000000) != 0)
			return -1;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

static void row(int64_t lo, int64_t hi, int64_t x0, int64_t x1, int64_t x2)
{
	const int64_t times[] = {x0, x1, x2};
	struct model_sum s = {mem_array(c, 3, sizeof *s.v), 0};

	for (size_t i = 0; i < 3; i++)
		if (times[i] != 0)
			s.v[s.n++] = (struct model_term){i, times[i]};
	assert_ok(c, model_band(c, m, &(struct model_head){.id = STR("r")}, s, lo, hi));
}

static enum spread_end run(struct spread *s)
{
	spread_start(s, part_of_unknown(c, m, all, 0));
	return spread_run(s, 10000);
}

static void bounds(const struct spread *s, size_t x, int64_t lo, int64_t hi)
{
	assert_int_equal(s->lo[x], lo);
	assert_int_equal(s->hi[x], hi);
}

static void test_rounded_inwards(void **state)
{
	struct spread *s;

	(void)state;
	row(7, 11, 3, 0, 0);   /* 3 to 3 */
	row(-8, -4, 1, -3, 0); /* 3 x1 from 7 to 11 */
	s = spread_make(c, m, 100);
	assert_int_equal(run(s), SPREAD_STILL);
	bounds(s, 0, 3, 3);
	bounds(s, 1, 3, 3);
	bounds(s, 2, 0, 0); /* another part: not touched */
	assert_int_equal(s->part->n_vars, 2);
	assert_int_equal(s->part->n_rows, 2);
}

static void test_common_divisor(void **state)
{
	struct spread *s;

	(void)state;
	row(7, 7, 2, -4, 6);
	s = spread_make(c, m, 100);
	assert_int_equal(run(s), SPREAD_NONE);
	assert_int_equal(s->n_log, 1);
	assert_int_equal(s->log[0].kind, SPREAD_FALSE);
}

/* With x1 fixed the others go in steps of 10. */
static void test_divisor_of_what_is_open(void **state)
{
	struct spread *s;

	(void)state;
	row(3, 3, 0, 1, 0);
	row(14, 32, 10, 1, 0);
	s = spread_make(c, m, 100);
	assert_int_equal(run(s), SPREAD_STILL);
	bounds(s, 0, 2, 2); /* 13 is too little, 33 too much */
}

static void test_back_and_room(void **state)
{
	struct spread *s;
	size_t mark;

	(void)state;
	row(10, 20, 1, 1, 1);
	s = spread_make(c, m, 100);
	assert_int_equal(run(s), SPREAD_STILL);
	bounds(s, 0, 0, 20);
	mark = s->n_trail;
	assert_true(spread_set(s, 1, 15, 20));
	assert_int_equal(spread_run(s, 100), SPREAD_STILL);
	bounds(s, 0, 0, 5);
	spread_back(s, mark);
	bounds(s, 0, 0, 20);
	bounds(s, 1, 0, 20);
	s = spread_make(c, m, 1);
	assert_int_equal(run(s), SPREAD_FULL);
}

/* x0 = x1 + 1 and x1 = x0: the bounds crawl to the end of the world, one by one. */
static void test_crawl(void **state)
{
	struct spread *s;

	(void)state;
	row(1, 1, 1, -1, 0);
	row(0, 0, 1, -1, 0);
	s = spread_make(c, m, 100000);
	spread_start(s, part_of_unknown(c, m, all, 0));
	assert_int_equal(spread_run(s, 50), SPREAD_MORE);
	assert_true(s->lo[0] > 10 && s->lo[0] < 1000);
	assert_int_equal(s->n_queue, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_rounded_inwards, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_common_divisor, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_divisor_of_what_is_open, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_back_and_room, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_crawl, setup, teardown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
