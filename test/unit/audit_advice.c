/* Advice: its bytes, and a search with advisers that help, lie, or are not there. */
#include "check.h"

#include "audit/audit.h"

static struct ctx *c;
static struct model *m;

static int put_row(const char *id, const int64_t times[3], int64_t lo, int64_t hi)
{
	struct model_sum s = {mem_array(c, 3, sizeof *s.v), 0};

	for (size_t i = 0; i < 3; i++)
		if (times[i] != 0)
			s.v[s.n++] = (struct model_term){i, times[i]};
	return model_band(c, m, &(struct model_head){.id = str_of(id)}, s, lo, hi);
}

/* x + y + z = 20000001 and 1000 <= x - y + z <= 5000: y from 9997501 to 9999500, by cases only. */
static int setup(void **state)
{
	struct model_target t = {.id = STR("t")};
	struct model_term y = {1, 1};

	(void)state;
	c = test_ctx();
	m = model_make(c);
	t.sum = (struct model_sum){&y, 1};
	for (size_t i = 0; i < 3; i++)
		if (model_unknown(c, m, str_fmt(c, "x%zu", i), STR(""), 0, MODEL_TOP) != 0)
			return -1;
	if (put_row("a", (int64_t[]){1, 1, 1}, 20000001, 20000001) != 0 ||
	    put_row("b", (int64_t[]){1, -1, 1}, 1000, 5000) != 0)
		return -1;
	return model_target(c, m, &t, (int64_t[]){9997500, 9997600}, 0);
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

static void put(struct buf *b, int64_t v)
{
	for (unsigned i = 0; i < 8; i++)
		buf_putc(b, (char)(unsigned char)((uint64_t)v >> 8 * i & 255));
}

static struct str answer(int64_t status, const int64_t *numbers, size_t n)
{
	struct buf b = buf_init(c, 4096);

	buf_puts(&b, "WANSWR1\n");
	put(&b, status);
	for (size_t i = 0; i < n; i++)
		put(&b, numbers[i]);
	return buf_str(&b);
}

static void test_bytes(void **state)
{
	struct part *p = part_of_target(c, m, (struct model_view){true, 0}, 0);
	const int64_t numbers[] = {1, 2, 3, 2, 7, -8, 9};
	struct advice a;
	struct str q = advice_question(c, p, p->lo, p->hi, ADVICE_MOST), s;

	(void)state;
	assert_int_equal(p->n_vars, 4);
	assert_int_equal(p->n_rows, 3);
	assert_int_equal(q.n, 8 + 8 * (3 + 2 * 4 + 3 * 3 + 2 * (3 + 3 + 2)));
	assert_memory_equal(q.p, "WSOLVE1\n\4\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0", 32);
	s = answer(0, numbers, 7);
	assert_ok(c, advice_parse(c, p, p->lo, p->hi, s, &a));
	assert_int_equal(a.status, ADVICE_OPTIMAL);
	assert_int_equal(a.x[3], 2);
	assert_int_equal(a.y[1], -8);
	s.n--;
	assert_err(c, advice_parse(c, p, p->lo, p->hi, s, &a), ERR_INVALID, "size or form");
	assert_err(c, advice_parse(c, p, p->lo, p->hi, answer(0, numbers, 6), &a), ERR_INVALID,
	    "size or form");
	assert_err(
	    c, advice_parse(c, p, p->lo, p->hi, answer(4, numbers, 7), &a), ERR_INVALID, "status");
	assert_err(
	    c, advice_parse(c, p, p->lo, p->hi, answer(-1, numbers, 7), &a), ERR_INVALID, "status");
	assert_err(c,
	    advice_parse(
		c, p, p->lo, p->hi, answer(0, (int64_t[]){0, 0, 0, 0, INT64_MIN, 0, 0}, 7), &a),
	    ERR_INVALID, "factor");
	assert_err(c,
	    advice_parse(c, p, p->lo, p->hi,
		answer(0, (int64_t[]){0, 0, 0, 0, 0, 0, ADVICE_FACTOR + 1}, 7), &a),
	    ERR_INVALID, "factor");
	/* what is known already is not asked, nor a row without anything else */
	p->hi[0] = p->hi[2] = p->lo[2] = 0;
	q = advice_question(c, p, p->lo, p->hi, ADVICE_MOST);
	assert_int_equal(q.n, 8 + 8 * (3 + 2 * 2 + 3 * 3 + 2 * (1 + 1 + 2)));
	s = answer(0, numbers, 5);
	assert_ok(c, advice_parse(c, p, p->lo, p->hi, s, &a));
	assert_int_equal(a.x[0], 0);
	assert_int_equal(a.x[1], 1);
	assert_int_equal(a.x[3], 2);
	assert_int_equal(a.y[2], 7);
	s = str_make(c, answer(0, numbers, 5));
	((char *)(uintptr_t)s.p)[0] = 'X';
	assert_err(c, advice_parse(c, p, p->lo, p->hi, s, &a), ERR_INVALID, "size or form");
}

struct adviser {
	int64_t status, numbers[7];
	int rc;
	size_t asked;
};

static int ask(struct ctx *ctx, void *arg, struct str question, struct str *ret)
{
	struct adviser *a = arg;

	int64_t known[6] = {a->numbers[0]}; /* y is known where one value alone is asked about */

	memcpy(known + 1, a->numbers + 2, 5 * sizeof *known);
	a->asked++;
	if (a->rc != 0)
		return err_set(ctx, a->rc, "no advice");
	*ret = question.p[8] == 4 ? answer(a->status, a->numbers, 7) : answer(a->status, known, 6);
	return 0;
}

static struct audit audited(struct adviser *adviser)
{
	const struct seek_limits few = {1, 600, 100000, 0, 0};
	const struct advice_source source = {ask, adviser};
	struct audit a;

	assert_ok(c, audit_run(c, m, few, adviser == NULL ? NULL : &source, &a));
	return a;
}

/* The sum a - b of the rows: 2 y lies between 19995001 and 19999001. */
static void test_good_advice(void **state)
{
	struct adviser good = {.status = 1, .numbers = {0, 0, 0, 0, 1, -1, -2}};
	struct audit a = audited(NULL);

	(void)state;
	assert_int_equal(a.verdicts[0], INFER_UNDECIDED);
	a = audited(&good);
	assert_true(good.asked > 0 && a.followed > 0);
	assert_int_equal(a.verdicts[0], INFER_UNSAFE); /* the first number cannot be */
	assert_true(!a.findings[0].r.missing_sure && a.findings[0].r.missing == 1);
	good.status = 0;
	good.numbers[0] = 10002500;
	good.numbers[1] = good.numbers[3] = 9997501;
	a = audited(&good);
	assert_int_equal(a.verdicts[0], INFER_UNSAFE);
	assert_int_equal(a.findings[0].r.lo, 9997501);
	assert_true(a.findings[0].r.lo_sure && a.findings[0].r.missing == 1);
}

static void test_bad_advice(void **state)
{
	static struct adviser bad[] = {
	    {.status = 0, .numbers = {10002500, 9997500, 0, 9997500, 1, 1, -1}},
	    {.status = 0, .numbers = {-1, -1, -1, -1, -1, -1, -1}},
	    {.status = 0, .numbers = {INT64_MAX, INT64_MIN, INT64_MAX, 9997500, 0, 0, 0}},
	    {.status = 1, .numbers = {0, 0, 0, 0, 1, 1, 1}},
	    {.status = 1, .numbers = {0, 0, 0, 0, 1000000000, 1000000000, 1000000000}},
	    {.status = 2}, {.rc = ERR_FAIL}, {.rc = ERR_LIMIT}, {.rc = ERR_NOTFOUND}};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct audit a = audited(&bad[i]);

		if (a.verdicts[0] != INFER_UNDECIDED || a.followed != 0)
			fail_msg("adviser %zu was followed", i);
		assert_true(bad[i].rc != ERR_NOTFOUND || bad[i].asked == 1); /* not again */
		assert_string_equal(err_text(c), "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_bytes, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_good_advice, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_bad_advice, setup, teardown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
