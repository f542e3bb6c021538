/* Periods that titles name; the titles are of reports that were published, or made after them. */
#include "kind/mention.h"

#include "check.h"

static void test_titles(void **state)
{
	static const struct {
		const char *text, *want; /* NULL: none */
	} of[] = {
	    {"Requests received for all Microsoft Services from July - December 2017", "2017H2"},
	    {"Civil Legal Request Disclosures, January 2017 - June 2017", "2017H1"},
	    {"Law Enforcement Requests Report 2017", "2017"}, {"H1 2022", "2022H1"},
	    {"2022-H1", "2022H1"}, {"2013H2", "2013H2"}, {"1. Halbjahr 2013", "2013H1"},
	    {"first half of 2013", "2013H1"},
	    {"Juli\xe2\x80\x93"
	     "Dezember 2021",
		"2021H2"},
	    {"Januar bis M\xc3\xa4rz 2020", "2020-01-01/2020-03-31"},
	    {"Q3 2021", "2021-07-01/2021-09-30"}, {"February 2024", "2024-02-01/2024-02-29"},
	    {"July 2011 to June 2012", "2011-07-01/2012-06-30"},
	    {"2017: July to December", "2017H2"}, {"Jan 1, 2019 - Jun 30, 2019", "2019H1"},
	    {"Reports of 2012 and 2013", "2012"}, {"we may publish in 2019", "2019"}, {"", NULL},
	    {"Total Requests", NULL}, {"H3 2020", "2020"},
	    {"December - January 2020", "2019-12-01/2020-01-31"},
	    {"December 2020 - January 2020", "2020-01-01/2020-01-31"}, {"18 USC 2703(d)", NULL},
	    {"20170", NULL}, {"July", NULL}, {"1989", NULL}};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
		struct period p = {DAY_NONE, DAY_NONE};
		bool found = mention_find(str_of(of[i].text), &p);

		if (found != (of[i].want != NULL) ||
		    (found && !str_is(period_str(c, p), of[i].want)))
			fail_msg(
			    "\"%s\" names %s", of[i].text, found ? period_str(c, p).p : "nothing");
	}
	ctx_close(&c);
}

static void test_disjoint(void **state)
{
	struct period a = {DAY_NONE, DAY_NONE}, b = a;

	(void)state;
	assert_true(mention_find(STR("2017H1"), &a) && mention_find(STR("2017H2"), &b));
	assert_true(period_disjoint(a, b));
	assert_true(period_disjoint(b, a));
	assert_false(period_disjoint(a, a));
	assert_true(mention_find(STR("2017"), &b));
	assert_false(period_disjoint(a, b));
	assert_true(mention_find(STR("June - July 2017"), &b));
	assert_false(period_disjoint(a, b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_titles), cmocka_unit_test(test_disjoint)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
