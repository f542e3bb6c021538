/* The template's vocabulary: what the act has, which order takes what, periods and their last day;
 * a file that is something else is refused at its place. */
#include "check.h"

#include "kind/land.h"
#include "law/dsa.h"

static struct ctx *c;
static struct dsa_law *law;

static int setup(void **state)
{
	(void)state;
	c = test_ctx();
	return dsa_builtin(c, &law);
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

static struct period period(const char *z)
{
	struct period p;

	assert_ok(c, period_parse(c, str_of(z), &p));
	return p;
}

static void test_categories(void **state)
{
	size_t orders = 0;

	(void)state;
	assert_int_equal(law->n_categories, 17);
	for (size_t i = 0; i < law->n_categories; i++) {
		const struct dsa_category *cat = &law->categories[i];

		assert_int_equal(cat->number, i + 1);
		assert_true(str_starts(cat->code, "STATEMENT_CATEGORY_"));
		assert_true((cat->keywords.n > 0) == (cat->number <= 15));
		assert_true(cat->keywords.n == 0 || str_ends(cat->keywords, " KEYWORD_OTHER"));
		orders += cat->orders;
		assert_true(cat->orders == (cat->number <= 14 || cat->number == 16));
	}
	assert_int_equal(orders, 15);
	assert_null(dsa_category_find(law, STR("STATEMENT_CATEGORY_")));
	assert_int_equal(law->sheets[DSA_ORDERS].n, 20);
	assert_str(law->sheets[DSA_ORDERS].columns[4], "Description of the sub-category \"Other\"");
}

static void test_check(void **state)
{
	static const struct {
		const char *category, *keyword, *own, *wrong;
	} cases[] = {{"STATEMENT_CATEGORY_VIOLENCE", "", "", NULL},
	    {"STATEMENT_CATEGORY_VIOLENCE", "KEYWORD_HUMAN_TRAFFICKING", "", NULL},
	    {"STATEMENT_CATEGORY_VIOLENCE", "KEYWORD_OTHER", "Umlaut \xc3\xa4", NULL},
	    {"STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER", "", "", NULL},
	    {"violence", "", "", "category: want"}, {"", "", "", "category: want"},
	    {"TOTAL", "", "", "category: want"},
	    {"STATEMENT_CATEGORY_OTHER_VIOLATION_TC", "", "", "not for orders"},
	    {"STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE", "", "", "not for orders"},
	    {"STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER", "KEYWORD_OTHER", "", "keyword: "},
	    {"STATEMENT_CATEGORY_VIOLENCE", "KEYWORD_PHISHING", "", "keyword: want one of"},
	    {"STATEMENT_CATEGORY_VIOLENCE", "", "words", "text: only KEYWORD_OTHER"},
	    {"STATEMENT_CATEGORY_VIOLENCE", "KEYWORD_HUMAN_TRAFFICKING", "words", "text: only"},
	    {"STATEMENT_CATEGORY_VIOLENCE", "KEYWORD_OTHER", "two\nlines", "text: want one line"},
	    {"STATEMENT_CATEGORY_VIOLENCE", "KEYWORD_OTHER", "\xff", "UTF-8"}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int rc = dsa_category_check(c, law, str_of(cases[i].category),
		    str_of(cases[i].keyword), str_of(cases[i].own));

		if (cases[i].wrong == NULL)
			assert_ok(c, rc);
		else
			assert_err(c, rc, ERR_INVALID, cases[i].wrong);
	}
}

static void test_states(void **state)
{
	(void)state;
	assert_str(dsa_state(law, STR("GR")), "EL");
	assert_str(dsa_state_iso(law, STR("EL")), "GR");
	assert_str(dsa_state(law, STR("DE")), "DE");
	assert_str(dsa_state_iso(law, STR("DE")), "DE");
	assert_int_equal(law->n_eurostat, 1);
	assert_false(law->eurostat[0].verified); /* mark M: SPEC.md says so too */
}

static void test_periods(void **state)
{
	static const struct {
		const char *period;
		bool small, large; /* fits a year's reporter, a very large one */
		const char *last;
	} cases[] = {{"2026", true, false, "2027-02-28"}, {"2027", true, false, "2028-02-29"},
	    {"2026H1", false, true, "2026-08-30"}, {"2026H2", false, true, "2027-02-28"},
	    {"2025H2", true, true, "2026-02-28"}, {"2025", false, false, ""},
	    {"2025H1", false, false, ""}, {"2026-01-01/2026-11-30", false, false, ""},
	    {"2026-01-02/2026-12-31", false, false, ""},
	    {"2026-07-01/2027-06-30", false, false, ""},
	    {"2026-04-01/2026-09-30", false, false, ""}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct period p = period(cases[i].period);
		int small = dsa_period_check(c, law, p, false), large;

		err_clear(c);
		large = dsa_period_check(c, law, p, true);
		err_clear(c);
		if ((small == 0) != cases[i].small || (large == 0) != cases[i].large)
			fail_msg("%s: %d %d", cases[i].period, small, large);
		if (small == 0 || large == 0)
			assert_str(day_str(c, dsa_deadline(law, p)), cases[i].last);
	}
	assert_err(c, dsa_period_check(c, law, period("2025"), false), ERR_INVALID, "2025-07-01");
}

/* The file as built in, with one thing changed. */
static void refused(const char *from, const char *to, const char *part)
{
	const struct law_file *files;
	struct dsa_law *got = NULL;
	struct str text = {"", 0};
	struct buf b = buf_init(c, 1 << 20);
	const char *at;
	size_t n;

	pack_builtin(c, &files, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(files[i].name, "dsa-template.yaml") == 0)
			text = str_make(c, files[i].text);
	at = strstr(text.p, from);
	if (at == NULL)
		fail_msg("not in the file: %s", from);
	buf_put(&b, (struct str){text.p, (size_t)(at - text.p)});
	buf_puts(&b, to);
	buf_puts(&b, at + strlen(from));
	assert_err(c, dsa_load(c, "f.yaml", buf_str(&b), &got), ERR_INVALID, part);
	assert_null(got);
}

static void test_refused(void **state)
{
	(void)state;
	refused("act: ", "acts: ", "f.yaml:");
	refused("from: 2025-07-01", "from: 2025-07-32", "f.yaml:");
	refused("publish_within: 2 months", "publish_within: 2 weeks", "publish_within: want");
	refused("verified: yes", "verified: no", "as it was read");
	refused("number: 1\n", "number: one\n", "number: want a number");
	refused("STATEMENT_CATEGORY_CYBER_VIOLENCE\n", "STATEMENT_CATEGORY_ANIMAL_WELFARE\n",
	    "the category stands twice");
	refused("iso: GR", "iso: US", "want a Member State");
	refused("code: EL", "code: DE", "no other's");
	refused("      - Scope\n", "", "3_member_states_orders with 20 columns");
	refused("2_categories_names", "2_names", "want 2_categories_names");
	refused("first_year: 2026", "first_year: soon", "first_year: want a number");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_categories),
	    cmocka_unit_test(test_check),
	    cmocka_unit_test(test_states),
	    cmocka_unit_test(test_periods),
	    cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
