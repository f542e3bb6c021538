/* The fold from demands to figures, number by number: what is counted where, and what is unknown.
 */
#include "check.h"

#include "stat/tally.h"

static struct ctx *c;
static struct tally t;
static struct figures f;

static int setup(void **state)
{
	(void)state;
	c = test_ctx();
	tally_init(c, &t);
	f = (struct figures){0};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

static const struct tally_demand plain = {.country = {"DE", 2},
    .class = {"warrant", 7},
    .channel = {"portal", 6},
    .outcome = OUTCOME_CONTENT,
    .accounts = 3,
    .disclosed = 2};

static void make(const struct tally_source *sources, size_t n)
{
	tally_figures(c, &t, sources, n, &f);
	figure_sort(&f);
}

static const struct figure *get(
    const char *section, const char *country, const char *word, const char *metric)
{
	const struct figure *x = figure_find(&f, section, str_of(country), str_of(word), metric);

	if (x == NULL)
		fail_msg("no figure %s %s %s %s", section, country, word, metric);
	return x;
}

static void is(
    const char *section, const char *country, const char *word, const char *metric, int64_t want)
{
	const struct figure *x = get(section, country, word, metric);

	if (x->status != FIGURE_EXACT || x->value_min != want || x->value_max != want)
		fail_msg(
		    "%s %s %s %s is %lld", section, country, word, metric, (long long)x->value_min);
}

static void unknown(const char *section, const char *country, const char *word, const char *metric)
{
	assert_int_equal(get(section, country, word, metric)->status, FIGURE_UNKNOWN);
}

static void live_demands(void **state)
{
	struct tally_demand d = plain;

	(void)state;
	tally_demand_add(c, &t, &d);
	tally_demand_add(c, &t, &d); /* the same cell, hit last */
	d.country = STR("US");
	d.outcome = OUTCOME_REJECTED;
	d.channel = STR("fax");
	d.code = STR("over_broad");
	d.disclosed = 0;
	d.barred = d.narrowed = d.refused_first = d.withdrawn_notice = true;
	d.notice = TALLY_TOLD;
	d.told_late = true;
	tally_demand_add(c, &t, &d);
	tally_demand_add(c, &t, &d);
	d.code = STR(""); /* rejected without a code is told as "other", not left out */
	tally_demand_add(c, &t, &d);
	assert_int_equal(tally_live(&t), 5);
	make(NULL, 0);
	is("total", "", "", "requests", 5);
	is("total", "", "", "accounts", 15);
	is("total", "", "", "accounts_disclosed", 4);
	is("total", "", "", "share_content", 4000);
	is("total", "", "", "share_rejected", 6000);
	is("country", "DE", "", "content", 2);
	is("country", "US", "", "rejected", 3);
	is("class", "", "warrant", "requests", 5);
	is("country_class", "US", "warrant", "accounts", 9);
	is("refusal", "", "over_broad", "requests", 2);
	is("refusal", "", "other", "requests", 1);
	is("channel", "", "portal", "requests", 2);
	is("channel", "", "fax", "requests", 3);
	is("secrecy", "", "", "barred", 3);
	is("secrecy", "", "", "not_barred", 2);
	is("notice", "", "", "told", 3);
	is("notice", "", "", "neither", 2);
	is("notice", "", "", "barred", 0);
	is("told_late", "", "", "requests", 3);
	is("narrowed", "", "", "requests", 3);
	is("refused_first", "", "", "requests", 3);
	is("withdrawn_notice", "", "", "requests", 3);
	assert_false(figure_has_section(&f, "imported"));
}

static void emergencies(void **state)
{
	struct tally_demand d = plain;

	(void)state;
	d.emergency = true;
	tally_demand_add(c, &t, &d);
	d.outcome = OUTCOME_NO_DATA;
	tally_demand_add(c, &t, &d);
	d.emergency = false;
	tally_demand_add(c, &t, &d);
	make(NULL, 0);
	is("emergency", "", "", "requests", 2);
	is("emergency", "", "", "accounts", 6);
	is("emergency", "", "", "content", 1);
	is("emergency", "", "", "no_data", 1);
	is("total", "", "", "requests", 3);
}

static void preservations_stand_apart(void **state)
{
	struct tally_demand d = plain;

	(void)state;
	d.preservation = true;
	tally_demand_add(c, &t, &d);
	tally_demand_add(c, &t, &d);
	d.country = STR("US");
	tally_demand_add(c, &t, &d);
	d.country = STR(""); /* no country: counted all the same */
	tally_demand_add(c, &t, &d);
	assert_int_equal(tally_live(&t), 0);
	make(NULL, 0);
	is("preservation", "", "", "requests", 4);
	is("preservation", "", "", "accounts", 12);
	is("preservation", "DE", "", "requests", 2);
	is("preservation", "US", "", "accounts", 3);
	is("preservation", "??", "", "requests", 1);
	is("total", "", "", "requests", 0);
	assert_null(figure_find(&f, "total", STR(""), STR(""), "share_content"));
}

static void a_source_without_accounts(void **state)
{
	static const struct tally_source sources[] = {
	    {1, {"abc", 3}, true}, {2, {"xyz", 3}, false}, {3, {"none", 4}, true}};

	(void)state;
	tally_demand_add(c, &t, &plain);
	tally_closed_add(c, &t, 1, STR("US"), STR("warrant"), OUTCOME_CONTENT, 5);
	tally_closed_add(c, &t, 2, STR("FR"), STR("other"), OUTCOME_REJECTED, 0);
	make(sources, 3);
	is("total", "", "", "requests", 3);
	unknown("total", "", "", "accounts");
	unknown("total", "", "", "accounts_disclosed");
	is("country", "US", "", "accounts", 5);
	unknown("country", "FR", "", "accounts");
	is("class", "", "warrant", "accounts", 8);
	unknown("class", "", "other", "accounts");
	is("imported", "", "abc", "accounts", 5);
	unknown("imported", "FR", "xyz", "accounts");
	is("imported", "", "xyz", "requests", 1);
	assert_null(figure_find(&f, "imported", STR(""), STR("none"), "requests"));
	is("refusal", "", "not_recorded", "requests", 1);
	is("channel", "", "not_recorded", "requests", 2);
	is("secrecy", "", "", "not_recorded", 2);
	is("narrowed", "", "", "requests", 0);
}

static void a_period_of_imports_only(void **state)
{
	static const struct tally_source source = {1, {"abc", 3}, true};

	(void)state;
	tally_closed_add(c, &t, 1, STR("US"), STR("warrant"), OUTCOME_NOT_RECORDED, 1);
	make(&source, 1);
	unknown("emergency", "", "", "requests");
	unknown("narrowed", "", "", "requests");
	unknown("preservation", "", "", "requests");
	unknown("total", "", "", "accounts_disclosed");
	is("total", "", "", "share_not_recorded", 10000);
}

/* More kinds than the first table has room for, so that it grows; each is still found. */
static void many_cells(void **state)
{
	char country[3] = "AA";

	(void)state;
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 300; i++) {
			country[0] = (char)('A' + i / 26);
			country[1] = (char)('A' + i % 26);
			tally_closed_add(
			    c, &t, 1, str_of(country), STR("other"), OUTCOME_CONTENT, i);
		}
	assert_int_equal(t.n, 300);
	make(NULL, 0);
	is("total", "", "", "requests", 600);
	is("total", "", "", "accounts", 300 * 299);
	is("country", "AB", "", "accounts", 2);
	is("country", "LN", "", "requests", 2);
}

static void shares_round_half_up(void **state)
{
	(void)state;
	assert_int_equal(tally_share(1, 3), 3333);
	assert_int_equal(tally_share(2, 3), 6667);
	assert_int_equal(tally_share(1, 20000), 1); /* half a basis point */
	assert_int_equal(tally_share(0, 7), 0);
	assert_int_equal(tally_share(7, 7), 10000);
	assert_int_equal(tally_share(817, 37196), 220);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(live_demands, setup, teardown),
	    cmocka_unit_test_setup_teardown(emergencies, setup, teardown),
	    cmocka_unit_test_setup_teardown(preservations_stand_apart, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_source_without_accounts, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_period_of_imports_only, setup, teardown),
	    cmocka_unit_test_setup_teardown(many_cells, setup, teardown),
	    cmocka_unit_test(shares_round_half_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
