/* The checker alone: what it believes and what it does not. Every proof and every solution is
 * spoiled in each way there is, and must be refused then. */
#include "check.h"

#include "audit/recheck.h"
#include "audit/seek.h"

static struct ctx *c;
static struct model *m;
static const struct model_view all = {true, 1};

static struct model_sum sum2(size_t a, int64_t ta, size_t b, int64_t tb)
{
	struct model_sum s = {mem_array(c, 2, sizeof *s.v), tb == 0 ? 1 : 2};

	s.v[0] = (struct model_term){a, ta};
	s.v[1] = (struct model_term){b, tb};
	return s;
}

/* le = 927, 1000 <= le + ns <= 2000 (assumed), ns <= 249; z alone; target ns. */
static int setup(void **state)
{
	struct model_head h = {.id = STR("r0")}, h1 = {.id = STR("r1"), .assume = 1};
	struct model_target t = {.id = STR("t")};

	(void)state;
	c = test_ctx();
	m = model_make(c);
	t.sum = sum2(1, 1, 0, 0);
	if (model_unknown(c, m, STR("le"), STR(""), 0, MODEL_TOP) != 0 ||
	    model_unknown(c, m, STR("ns"), STR(""), 0, MODEL_TOP) != 0 ||
	    model_unknown(c, m, STR("z"), STR(""), 0, 9) != 0 ||
	    model_assumption(c, m, STR("p"), STR("")) != 0 ||
	    model_exact(c, m, &h, sum2(0, 1, 0, 0), 927) != 0 ||
	    model_band(c, m, &h1, sum2(0, 1, 1, 1), 1000, 2000) != 0 ||
	    model_band(c, m, &h, sum2(1, 1, 0, 0), 0, 249) != 0 ||
	    model_target(c, m, &t, (int64_t[]){0, 249}, 0) != 0)
		return -1;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

static bool solves(int64_t le, int64_t ns, int64_t z, int64_t value)
{
	return recheck_solution(c, m, all, 0, (int64_t[]){le, ns, z}, value);
}

static void test_solutions(void **state)
{
	(void)state;
	assert_true(solves(927, 73, -1, 73));
	assert_true(solves(927, 249, 9, 249));
	assert_false(solves(927, 72, -1, 72));   /* a row */
	assert_false(solves(927, 250, -1, 250)); /* a band */
	assert_false(solves(926, 74, -1, 74));
	assert_false(solves(927, 73, -1, 74)); /* another value */
	assert_false(solves(-1, 73, -1, 73));  /* a row with only a part of its unknowns */
	assert_false(solves(927, -1, -1, 0));
	assert_false(solves(927, 73, 10, 73)); /* a declared bound */
	assert_false(solves(927, 73, -2, 73));
	/* a row that ties z to what is said exactly says nothing about the others */
	assert_ok(c, model_least(c, m, &(struct model_head){.id = STR("r")}, sum2(0, 1, 2, 1), 1));
	assert_true(solves(927, 73, -1, 73));
	assert_true(solves(927, 73, 0, 73));
	assert_ok(c, model_most(c, m, &(struct model_head){.id = STR("r")}, sum2(0, 1, 2, 1), 930));
	assert_false(solves(927, 73, 4, 73));
	/* but one to what is not: it would hold, and z is not there */
	assert_ok(c, model_least(c, m, &(struct model_head){.id = STR("r")}, sum2(1, 1, 2, 1), 0));
	assert_true(solves(927, 73, 3, 73));
	assert_false(solves(927, 73, -1, 73));
	/* without the assumption the row does not count */
	assert_true(
	    recheck_solution(c, m, (struct model_view){true, 0}, 0, (int64_t[]){927, 0, 0}, 0));
}

/* sum: number of the row, m->n_rows for the definition of the target's value (number 3). */
static const struct spread_step good[] = {
    {SPREAD_MOST, 0, 0, 927}, {SPREAD_LEAST, 1, 1, 73}, {SPREAD_LEAST, 3, 3, 73}};

static bool proves(const struct spread_step *log, size_t n, int64_t lo, int64_t hi)
{
	return recheck_proof(c, m, all, 0, (int64_t[]){lo, hi}, log, n);
}

static void test_proof(void **state)
{
	struct spread_step bad[4];

	(void)state;
	assert_true(proves(good, 3, 0, 72));
	assert_false(proves(good, 3, 0, 73));     /* 73 can be */
	assert_false(proves(good, 2, 0, 72));     /* not at its end */
	assert_false(proves(good + 1, 2, 0, 72)); /* a step is missing */
	for (size_t i = 0; i < 3; i++) {
		memcpy(bad, good, sizeof good);
		bad[i].bound += bad[i].kind == SPREAD_LEAST ? 1 : -1;
		assert_true(i == 2 || !proves(bad, 3, 0, 72)); /* one more than follows */
		memcpy(bad, good, sizeof good);
		bad[i].row = 2;
		assert_false(proves(bad, 3, 0, 72));
		bad[i].row = 99;
		assert_false(proves(bad, 3, 0, 72));
		memcpy(bad, good, sizeof good);
		bad[i].unknown = 99;
		assert_false(proves(bad, 3, 0, 72));
		memcpy(bad, good, sizeof good);
		bad[i].kind = SPREAD_FALSE;
		assert_true(i == 2 || !proves(bad, 3, 0, 72)); /* the last closes either way */
		memcpy(bad, good, sizeof good);
		bad[i].kind = bad[i].kind == SPREAD_LEAST ? SPREAD_MOST : SPREAD_LEAST;
		assert_false(proves(bad, 3, 0, 72));
	}
	memcpy(bad, good, sizeof good);
	bad[3] = good[2];
	assert_false(proves(bad, 4, 0, 72)); /* goes on after its end */
	assert_false(
	    recheck_proof(c, m, (struct model_view){true, 0}, 0, (int64_t[]){0, 72}, good, 3));
	/* a region that the declared bounds leave out needs no step */
	assert_true(proves(good, 0, -5, -1));
	assert_false(proves(good, 0, 0, 0));
}

/* Both cases have to be closed. */
static void test_cases(void **state)
{
	static const struct spread_step log[] = {{SPREAD_LOW_FIRST, 1, 0, 40},
	    {SPREAD_MOST, 0, 0, 927}, {SPREAD_FALSE, 0, 1, 0}, {SPREAD_MOST, 3, 3, 72},
	    {SPREAD_MOST, 1, 3, 72}, {SPREAD_MOST, 0, 0, 927}, {SPREAD_FALSE, 0, 1, 0}};
	struct spread_step high[7];

	(void)state;
	assert_true(proves(log, 7, 0, 72));
	for (size_t n = 0; n < 7; n++)
		assert_false(proves(log, n, 0, 72));
	memcpy(high, log, sizeof log);
	high[0].kind = SPREAD_HIGH_FIRST;
	assert_false(proves(high, 7, 0, 72)); /* the high case needs what stands second */
	memcpy(high + 1, log + 3, 4 * sizeof *log);
	memcpy(high + 5, log + 1, 2 * sizeof *log);
	assert_true(proves(high, 7, 0, 72));
}

/* le + ns + z >= 20 and le - ns + z <= 5 (numbers 3 and 4) added up: 2 ns >= 15. */
static void test_sums(void **state)
{
	struct model_sum a = sum2(0, 1, 1, 1), b = sum2(0, 1, 1, -1);
	struct spread_step log[] = {{SPREAD_ADD, 0, 3, 1}, {SPREAD_ADD, 0, 4, -1},
	    {SPREAD_ADD, 0, 5, -2}, {SPREAD_SUM, 0, 4, 0}};
	struct spread_step bad[4];

	(void)state;
	m->n_rows = 0; /* other figures, with the same unknowns */
	assert_ok(c, model_least(c, m, &(struct model_head){.id = STR("z")}, sum2(2, 1, 0, 0), 0));
	m->rows[1] = m->rows[2] = m->rows[0];
	m->n_rows = 3;
	assert_ok(c, model_least(c, m, &(struct model_head){.id = STR("a")}, a, 20));
	assert_ok(c, model_most(c, m, &(struct model_head){.id = STR("b")}, b, 5));
	assert_true(proves(log, 4, 0, 7));
	assert_false(proves(log, 4, 0, 8)); /* 8 can be */
	assert_false(proves(log, 3, 0, 7));
	for (size_t i = 0; i < 3; i++) {
		memcpy(bad, log, sizeof log);
		bad[i].bound = 0;
		assert_false(proves(bad, 4, 0, 7));
		bad[i].bound = INT64_MAX;
		assert_false(proves(bad, 4, 0, 7));
		bad[i].bound = -log[i].bound;
		assert_false(proves(bad, 4, 0, 7)); /* open edges come in */
		memcpy(bad, log, sizeof log);
		bad[i].row = 99;
		assert_false(proves(bad, 4, 0, 7));
		memcpy(bad, log, sizeof log);
		bad[i].kind = SPREAD_SUM; /* the sum is not whole yet */
		assert_false(proves(bad, 4, 0, 7));
	}
	/* as well with larger factors, up to a limit that keeps 128 bits from overflow */
	memcpy(bad, log, sizeof log);
	for (size_t i = 0; i < 3; i++)
		bad[i].bound = log[i].bound * ((int64_t)1 << 39);
	assert_true(proves(bad, 4, 0, 7));
	for (size_t i = 0; i < 3; i++)
		bad[i].bound = log[i].bound * ((int64_t)1 << 41);
	assert_false(proves(bad, 4, 0, 7));
	/* a sum is used once */
	memcpy(bad, log, sizeof log);
	bad[0] = (struct spread_step){SPREAD_LOW_FIRST, 2, 0, 4};
	assert_false(proves(bad, 4, 0, 7));
}

/* What the search finds, also by a common divisor; and each single step of it changed. */
static void test_search(void **state)
{
	struct model_head h = {.id = STR("r2")};
	struct seek *s;
	struct part *p;

	(void)state;
	assert_ok(c, model_exact(c, m, &h, sum2(1, 2, 2, -4), 6)); /* ns = 2 z + 3 */
	s = seek_make(c, m, (struct seek_limits){1000, 1000, 10000, 0, 0}, NULL);
	p = part_of_target(c, m, (struct model_view){true, 0}, 0);
	assert_int_equal(seek_run(s, p, 0, 2, false), SEEK_NONE);
	assert_true(
	    recheck_proof(c, m, p->view, 0, (int64_t[]){0, 2}, s->spread->log, s->spread->n_log));
	assert_int_equal(seek_run(s, p, 4, 4, false), SEEK_NONE);
	assert_true(
	    recheck_proof(c, m, p->view, 0, (int64_t[]){4, 4}, s->spread->log, s->spread->n_log));
	for (size_t i = 0; i < s->spread->n_log; i++) {
		struct spread_step was = s->spread->log[i];

		s->spread->log[i].bound += was.kind == SPREAD_LEAST ? 100 : -100;
		assert_true(
		    was.kind == SPREAD_FALSE || !recheck_proof(c, m, p->view, 0, (int64_t[]){4, 4},
						    s->spread->log, s->spread->n_log));
		s->spread->log[i] = was;
	}
	assert_int_equal(seek_run(s, p, 4, 6, false), SEEK_FOUND);
	assert_int_equal(s->spread->lo[p->value], 5);
	assert_int_equal(seek_run(s, p, 4, 12, true), SEEK_FOUND);
	assert_int_equal(s->spread->lo[p->value], 11);
	assert_int_equal(seek_run(s, p, -9, -1, true), SEEK_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_solutions, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_proof, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_cases, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_sums, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_search, setup, teardown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
