#include "check.h"

#include "audit/doc.h"
#include "audit/tell_say.h"

static struct ctx *c;

/* A row's figure in words. */
static struct str said(const struct model *m, size_t row)
{
	const struct audit a = {.m = m};
	const struct tell_say say = {c, &a, TELL_EN, false};

	return tell_say_figure(&say, &m->rows[row]);
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

static const char head[] = "title: t\nsynthetic: yes\nunknowns:\n"
			   "  - id: a\n    en: A\n"
			   "  - id: b2.c_d\n    en: B\n    least: 1\n    most: 9\n"
			   "assumptions:\n  - id: p\n    en: P\n  - id: q\n    en: Q\n"
			   "publications:\n  - id: one\n    who: W\n    date: 2026-01-31\n"
			   "    source: S\n    rows:\n      - id: r1\n        en: R\n";
static const char tail[] = "targets:\n  - id: t\n    en: T\n    count: a\n";

/* head, the rest of the first row, tail and the rest of the target */
static int parse(const char *row, const char *target, const struct model **ret)
{
	return doc_parse(c, "f", str_fmt(c, "%s%s%s%s", head, row, tail, target), ret);
}

static void test_whole(void **state)
{
	const struct model *m;

	(void)state;
	assert_ok(
	    c, parse("        count: 2 a - b2.c_d + a\n        band: 10-20\n"
		     "        assume: q p\n"
		     "      - id: r2\n        en: R2\n        count: a\n        percent: 0.5\n"
		     "        of: b2.c_d\n"
		     "corrections:\n  - row: r2\n    by: later\n",
		   "    permitted: 0-249\n    released: 3\n    rule: R\n    cite: C\n", &m));
	assert_int_equal(m->n_unknowns, 2);
	assert_int_equal(m->unknowns[1].least, 1);
	assert_int_equal(m->unknowns[1].most, 9);
	assert_int_equal(m->unknowns[0].most, MODEL_TOP);
	assert_int_equal(m->n_rows, 3); /* a percentage is two */
	assert_int_equal(m->rows[0].sum.n, 2);
	assert_int_equal(m->rows[0].sum.v[0].times, 3);
	assert_int_equal(m->rows[0].sum.v[1].times, -1);
	assert_int_equal(m->rows[0].head.assume, 3);
	assert_true(m->rows[1].superseded && m->rows[2].superseded && !m->rows[0].superseded);
	assert_str(said(m, 1), "0.5 % of b2.c_d");
	assert_str(m->rows[1].by, "later");
	assert_int_equal(m->targets[0].lo, 3);
	assert_int_equal(m->targets[0].hi, 249);
	assert_true(m->synthetic);
}

static void test_figures(void **state)
{
	static const struct {
		const char *text, *said;
		int64_t lo, hi;
	} rows[] = {{"exact: 7", "exactly 7", 7, 7}, {"at_least: 7", "at least 7", 7, MODEL_OPEN},
	    {"released: 7", "at least 7, by letters made public", 7, MODEL_OPEN},
	    {"at_most: 7", "at most 7", -MODEL_OPEN, 7},
	    {"ledger: 7", "at most 7, by the size of the ledger", -MODEL_OPEN, 7},
	    {"part_of: a + b2.c_d", "a part of a + b2.c_d", 0, MODEL_OPEN},
	    {"rounded: 20\n        base: 10", "20, rounded to the nearest multiple of 10", 15, 24},
	    {"rounded: 20\n        base: 10\n        way: down",
		"20, rounded down to a multiple of 10", 20, 29}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct model *m;

		assert_ok(
		    c, parse(str_fmt(c, "        count: a\n        %s\n", rows[i].text).p, "", &m));
		assert_int_equal(m->rows[0].lo, rows[i].lo);
		assert_int_equal(m->rows[0].hi, rows[i].hi);
		assert_str(said(m, 0), rows[i].said);
		assert_false(m->targets[0].has_permitted);
	}
}

static void test_refused_rows(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {{"count: a\n", "f:21:9: the figure is missing"},
	    {"count: a\n        exact: 1\n        band: 0-1\n", "one row has one figure"},
	    {"count: a\n        exact: 1.5\n", "f:24:16: key \"exact\" must have a whole number"},
	    {"count: a\n        exact: 100000000001\n", "whole number up to"},
	    {"count: a\n        band: 5\n", "f:24:15: key \"band\" must have a range"},
	    {"count: a\n        band: 5-4\n", "range"},
	    {"count: a\n        exact: 1\n        of: a\n", "a percentage says of what"},
	    {"count: a\n        percent: 5\n", "a percentage says of what"},
	    {"count: a\n        percent: 5.123\n        of: b2.c_d\n", "two decimal places"},
	    {"count: a\n        percent: x\n        of: b2.c_d\n", "two decimal places"},
	    {"count: a\n        percent: 5.-1\n        of: b2.c_d\n", "two decimal places"},
	    {"count: a\n        exact: 1\n        base: 5\n", "base and way belong"},
	    {"count: a\n        rounded: 7\n        base: 5\n", "multiple of its base"},
	    {"count: a\n        rounded: 7\n", "at least 2"},
	    {"count: a\n        rounded: 5\n        base: 5\n        way: up and down\n",
		"way is nearest"},
	    {"count: a b2.c_d\n        exact: 1\n", "f:23:16: two terms"},
	    {"count: a +\n        exact: 1\n", "ends with a sign"},
	    {"count: a + x\n        exact: 1\n", "no unknown"},
	    {"count: 0 a\n        exact: 1\n", "a factor lies between"},
	    {"count: 3\n        exact: 1\n", "a factor stands before"},
	    {"count: a - a\n        exact: 1\n", "f:21:9: nothing is left of the sum"},
	    {"count: \"\"\n        exact: 1\n", "a sum is missing"},
	    {"count: a\n        exact: 1\n        assume: p r\n", "f:25:17: names what is no"},
	    {"count: a\n        exact: 1\n        more: 1\n", "f:25:9: "},
	    {"count: a\n        exact: 1\n      - id: r1\n        en: R\n        count: a\n"
	     "        exact: 1\n",
		"of its own"},
	    {"count: a\n        exact: 1\ncorrections:\n  - row: r3\n    by: x\n",
		"f:26:10: there is no such row"}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct model *m;

		assert_err(c, parse(str_fmt(c, "        %s", rows[i].text).p, "", &m), ERR_INVALID,
		    rows[i].want);
	}
}

static void test_refused_targets(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {{"    permitted: 0-249\n", "\"rule\" is missing"},
	    {"    permitted: 0-249\n    rule: R\n", "\"cite\" is missing"},
	    {"    rule: R\n", "belong to a permitted range"},
	    {"    released: 3\n", "belong to a permitted range"},
	    {"    permitted: 0-5\n    released: 6\n    rule: R\n    cite: C\n",
		"no number lies in the permitted range"},
	    {"    en: again\n", "f:"}, {"    released: many\n", "whole number"},
	    {"  - id: t\n    en: T\n    count: a\n", "of its own"}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct model *m;

		assert_err(c, parse("        count: a\n        exact: 1\n", rows[i].text, &m),
		    ERR_INVALID, rows[i].want);
	}
}

static void test_refused_heads(void **state)
{
	static const struct {
		const char *text, *want;
	} docs[] = {{"", "\"title\" is missing"}, {"- a\n", "keys with values"},
	    {"title: t\n", "\"synthetic\" is missing"},
	    {"title: t\nsynthetic: maybe\n", "f:2:12: synthetic is yes or no"},
	    {"title: \"a\\tb\"\nsynthetic: no\n", "one line"},
	    {"title: t\nsynthetic: no\n", "\"unknowns\" is missing"},
	    {"title: t\nsynthetic: no\nunknowns: a\n", "must have a list"},
	    {"title: t\nsynthetic: no\nunknowns:\n  - id: A\n    en: A\n", "f:4:9: an id has"},
	    {"title: t\nsynthetic: no\nunknowns:\n  - id: a\n    en: A\n    least: 3\n    most: "
	     "2\n",
		"f:4:5: a count lies between"},
	    {"title: t\nsynthetic: no\nunknowns:\n  - id: a\n    en: A\nassumptions:\n  - id: a\n"
	     "    en: A\n  - id: a\n    en: A\n",
		"f:9:5: an assumption needs"},
	    {"title: t\nsynthetic: no\nunknowns:\n  - id: a\n    en: A\n", "\"publications\""},
	    {"title: t\nsynthetic: no\nunknowns:\n  - id: a\n    en: A\npublications:\n  - id: a\n"
	     "    who: W\n    date: 2026-02-30\n    source: S\n    rows:\n      - id: r\n",
		"f:9:11: the date is"}};

	(void)state;
	for (size_t i = 0; i < sizeof docs / sizeof docs[0]; i++) {
		const struct model *m;

		assert_err(
		    c, doc_parse(c, "f", str_of(docs[i].text), &m), ERR_INVALID, docs[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_whole, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_figures, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_refused_rows, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_refused_targets, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_refused_heads, setup, teardown)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
