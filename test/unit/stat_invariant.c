/* Sound figures hold; each rule is then broken once, and must be named. */
#include "check.h"

#include "stat/invariant.h"
#include "stat/tally.h"

static struct ctx *c;
static struct figures f;
static struct invariant_band bands[3];
static struct day today;

static void sound(void)
{
	struct tally t;
	const struct tally_demand live = {.country = STR("DE"),
	    .class = STR("subscriber_request"),
	    .channel = STR("portal"),
	    .code = STR("no_basis"),
	    .outcome = OUTCOME_REJECTED,
	    .accounts = 2};
	const struct tally_source source = {7, STR("abc"), true};

	f = (struct figures){0};
	tally_init(c, &t);
	tally_demand_add(c, &t, &live);
	tally_closed_add(c, &t, 7, STR("US"), STR("warrant"), OUTCOME_CONTENT, 3);
	tally_closed_add(c, &t, 7, STR("US"), STR("warrant"), OUTCOME_NOT_RECORDED, 1);
	tally_closed_add(c, &t, 7, STR("US"), STR("subpoena"), OUTCOME_NONCONTENT, 1);
	tally_figures(c, &t, &source, 1, &f);
	figure_add(c, &f,
	    (struct figure){STR("national_security"), STR(""), STR("S"), STR("nsl"), 0, 499,
		STR("orders"), FIGURE_BAND});
	figure_add_word(
	    c, &f, "national_security", STR(""), STR("P"), "notices", "orders", FIGURE_PROHIBITED);
	figure_sort(&f);
	today = (struct day){20000};
	bands[0] = (struct invariant_band){STR("S"), STR("nsl"), STR("orders"),
	    STR("50 USC 1874(a)(2)"), 500, false, STR(""), true, (struct day){19990}};
	bands[1] = (struct invariant_band){STR("S"), STR("fisa"), STR("orders"),
	    STR("50 USC 1874(b)(1)"), 500, false, STR(""), true, (struct day){20001}};
	bands[2] = (struct invariant_band){STR("P"), STR("notices"), STR("orders"),
	    STR("IPA s.95(2)"), 0, false, STR(""), false, DAY_NONE};
}

static int setup(void **state)
{
	(void)state;
	c = test_ctx();
	sound();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ctx_close(&c);
	return 0;
}

static struct breaches check(void)
{
	struct breaches b = {0};

	figure_sort(&f);
	invariant_check(c, &f, bands, 3, today, &b);
	return b;
}

static struct figure *cell(
    const char *section, const char *country, const char *instrument, const char *metric)
{
	for (size_t i = 0; i < f.n; i++)
		if (str_is(f.v[i].section, section) && str_is(f.v[i].country, country) &&
		    str_is(f.v[i].instrument, instrument) && str_is(f.v[i].metric, metric))
			return &f.v[i];
	fail_msg("no cell %s %s %s %s", section, country, instrument, metric);
	return NULL;
}

/* The rule is among the breaches, for this figure, and says where it stands. */
static void assert_breach(const char *rule, const char *figure, const char *cite)
{
	struct breaches b = check();

	for (size_t i = 0; i < b.n; i++)
		if (strcmp(b.v[i].rule, rule) == 0 && str_is(b.v[i].figure, figure) &&
		    str_is(b.v[i].cite, cite) && b.v[i].text.n > 0)
			return;
	for (size_t i = 0; i < b.n; i++)
		print_message("  %s: %.*s: %.*s\n", b.v[i].rule, STR_ARG(b.v[i].figure),
		    STR_ARG(b.v[i].text));
	fail_msg("no breach %s of %s", rule, figure);
}

#define SPEC "SPEC.md 5.3"

static void test_sound(void **state)
{
	struct breaches b = check();

	(void)state;
	for (size_t i = 0; i < b.n; i++)
		print_message("  %s: %.*s: %.*s\n", b.v[i].rule, STR_ARG(b.v[i].figure),
		    STR_ARG(b.v[i].text));
	assert_int_equal(b.n, 0);
}

static void set(struct figure *x, int64_t v)
{
	x->value_min = x->value_max = v;
}

static void test_partition(void **state)
{
	(void)state;
	set(cell("country", "DE", "", "rejected"), 0);
	assert_breach("partition", "country DE requests", SPEC);
	sound();
	set(cell("country_class", "US", "warrant", "content"), 2);
	assert_breach("partition", "country_class US warrant requests", SPEC);
	sound();
	set(cell("class", "", "warrant", "pending"), 1);
	assert_breach("partition", "class warrant requests", SPEC);
	sound();
	set(cell("total", "", "", "withdrawn"), 1);
	assert_breach("partition", "total requests", SPEC);
	sound();
	set(cell("emergency", "", "", "content"), 1);
	assert_breach("partition", "emergency requests", SPEC);
}

static void test_countries(void **state)
{
	(void)state;
	set(cell("country", "DE", "", "accounts"), 3);
	assert_breach("countries", "total accounts", SPEC);
	sound();
	set(cell("country", "US", "", "content"), 2);
	assert_breach("countries", "total content", SPEC);
	sound();
	figure_add_exact(c, &f, "country", STR("FR"), STR(""), "requests", "requests", 1);
	assert_breach("countries", "total requests", SPEC);
}

static void test_classes(void **state)
{
	(void)state;
	set(cell("class", "", "warrant", "accounts"), 5);
	assert_breach("classes", "total accounts", SPEC);
	assert_breach("classes", "class warrant accounts", SPEC);
	sound();
	set(cell("country_class", "DE", "subscriber_request", "requests"), 2);
	assert_breach("classes", "country DE requests", SPEC);
	assert_breach("classes", "class subscriber_request requests", SPEC);
}

static void test_channels(void **state)
{
	(void)state;
	set(cell("channel", "", "portal", "requests"), 0);
	assert_breach("channels", "total requests", SPEC);
}

static void test_refusals(void **state)
{
	(void)state;
	set(cell("refusal", "", "no_basis", "requests"), 0);
	assert_breach("refusals", "total rejected", SPEC);
}

static void test_secrecy(void **state)
{
	(void)state;
	set(cell("secrecy", "", "", "barred"), 1);
	assert_breach("secrecy", "total requests", SPEC);
}

static void test_whole(void **state)
{
	(void)state;
	set(cell("country", "DE", "", "accounts"), -1);
	assert_breach("whole", "country DE accounts", SPEC);
	sound();
	cell("country", "DE", "", "accounts")->value_max = 3;
	assert_breach("whole", "country DE accounts", SPEC);
}

static void test_one_unit(void **state)
{
	(void)state;
	cell("country", "US", "", "content")->unit = STR("accounts");
	assert_breach("one_unit", "country US content", SPEC);
	sound();
	cell("country", "US", "", "accounts")->unit = STR("requests");
	assert_breach("one_unit", "country US accounts", SPEC);
	sound();
	cell("total", "", "", "share_content")->unit = STR("percent");
	assert_breach("one_unit", "total share_content", SPEC);
	sound();
	cell("national_security", "", "S", "nsl")->unit = STR("accounts");
	assert_breach("one_unit", "national_security S nsl", "50 USC 1874(a)(2)");
}

static void test_label_twice(void **state)
{
	(void)state;
	figure_add_exact(c, &f, "country", STR("DE"), STR(""), "content", "requests", 0);
	assert_breach("label_twice", "country DE content", SPEC);
}

static void test_unknown(void **state)
{
	struct figure *x = cell("country", "DE", "", "accounts");
	struct breaches b;

	(void)state;
	set(x, 0);
	x->status = FIGURE_UNKNOWN;
	assert_breach("unknown", "country DE accounts", SPEC);
	assert_breach("countries", "total accounts", SPEC); /* an exact sum of what is not known */
	sound();
	/* from an imported report it may stand: the US row comes from one */
	x = cell("country", "US", "", "accounts");
	set(x, 0);
	x->status = FIGURE_UNKNOWN;
	b = check();
	for (size_t k = 0; k < b.n; k++)
		assert_string_not_equal(b.v[k].rule, "unknown");
}

static void test_not_recorded(void **state)
{
	(void)state;
	set(cell("country", "DE", "", "rejected"), 0);
	set(cell("country", "DE", "", "not_recorded"), 1);
	assert_breach("not_recorded", "country DE not_recorded", SPEC);
}

static void test_status(void **state)
{
	(void)state;
	cell("country", "DE", "", "accounts")->status = FIGURE_NOT_COUNTABLE;
	assert_breach("status", "country DE accounts", SPEC);
}

static void test_share(void **state)
{
	(void)state;
	set(cell("total", "", "", "share_rejected"), 2501);
	assert_breach("share", "total share_rejected", SPEC);
}

static void test_total(void **state)
{
	(void)state;
	f.n = 0;
	assert_breach("total", "total requests", SPEC);
}

static void test_band(void **state)
{
	struct figure *x = cell("national_security", "", "S", "nsl");

	(void)state;
	x->value_max = 249; /* another width */
	assert_breach("band", "national_security S nsl", "50 USC 1874(a)(2)");
	x->value_min = 500, x->value_max = 1499; /* two bands */
	assert_breach("band", "national_security S nsl", "50 USC 1874(a)(2)");
	x->value_min = 22, x->value_max = 499; /* a raised lower edge may stand */
	assert_int_equal(check().n, 0);
	x->value_min = x->value_max = 1;
	x->status = FIGURE_EXACT;
	assert_breach("band", "national_security S nsl", "50 USC 1874(a)(2)");
	sound();
	x = cell("national_security", "", "P", "notices");
	x->status = FIGURE_BAND;
	x->value_max = 499;
	assert_breach("band", "national_security P notices", "IPA s.95(2)");
	sound();
	x = cell("country", "DE", "", "accounts");
	x->status = FIGURE_BAND;
	x->value_min = 0;
	assert_breach("band", "country DE accounts", SPEC);
}

static void test_structure(void **state)
{
	(void)state;
	cell("national_security", "", "S", "nsl")->instrument = STR("T");
	assert_breach("structure", "national_security T nsl", SPEC);
	assert_breach("structure", "nsl", "50 USC 1874(a)(2)"); /* and the due one is missing */
}

static void test_delay(void **state)
{
	(void)state;
	figure_add(c, &f,
	    (struct figure){STR("national_security"), STR(""), STR("S"), STR("fisa"), 0, 499,
		STR("orders"), FIGURE_BAND});
	assert_breach("delay", "national_security S fisa", "50 USC 1874(b)(1)");
	today.n++;
	assert_int_equal(check().n, 0);
}

static void test_period(void **state)
{
	(void)state;
	bands[0].due = false;
	assert_breach("period", "national_security S nsl", "50 USC 1874(a)(2)");
}

static void test_secret(void **state)
{
	(void)state;
	figure_add_exact(
	    c, &f, "class", STR(""), STR("national_security"), "requests", "requests", 1);
	assert_breach("secret", "class national_security requests", SPEC);
}

/* A country with a word in place of numbers stands in no sum and nowhere else. */
static void test_split(void **state)
{
	(void)state;
	figure_add_word(
	    c, &f, "country", STR("FR"), STR(""), "requests", "requests", FIGURE_PROHIBITED);
	figure_add_word(
	    c, &f, "country", STR("FR"), STR(""), "accounts", "accounts", FIGURE_PROHIBITED);
	assert_int_equal(check().n, 0);
	figure_add_exact(c, &f, "preservation", STR("FR"), STR(""), "requests", "requests", 2);
	assert_breach("split", "preservation FR requests", SPEC);
	sound();
	figure_add_word(c, &f, "country_class", STR("DE"), STR("realtime"), "requests", "requests",
	    FIGURE_NOT_COUNTABLE);
	assert_int_equal(check().n, 0);
	figure_add_exact(
	    c, &f, "country_class", STR("DE"), STR("realtime"), "content", "requests", 0);
	assert_breach("split", "country_class DE realtime content", SPEC);
	sound();
	bands[0].country = STR("US"); /* a number that holds all of a country's demands */
	assert_breach("split", "US", "50 USC 1874(a)(2)");
}

static void test_shared_edges(void **state)
{
	struct figure *x;

	(void)state;
	bands[0].shared_edges = true;
	assert_breach("band", "national_security S nsl", "50 USC 1874(a)(2)");
	x = cell("national_security", "", "S", "nsl");
	x->value_max = 500;
	assert_int_equal(check().n, 0);
}

/* Times add up to the requests, and the share of users is that of the accounts. */
static void test_response_and_users(void **state)
{
	int64_t requests = cell("total", "", "", "requests")->value_min;
	int64_t accounts = cell("total", "", "", "accounts")->value_min;

	(void)state;
	figure_add_exact(c, &f, "response", STR(""), STR(""), "days_01", "requests", requests - 1);
	assert_breach("response", "total requests", SPEC);
	figure_add_exact(c, &f, "response", STR(""), STR(""), "open", "requests", 1);
	figure_add_exact(c, &f, "response", STR(""), STR(""), "median_hours", "hours", 7);
	figure_add_exact(c, &f, "response", STR(""), STR("emergency"), "days_01", "requests", 9);
	assert_breach("response", "emergency requests", SPEC);
	sound();
	figure_add_exact(c, &f, "users", STR(""), STR(""), "active", "users", 2000000);
	figure_add_exact(
	    c, &f, "users", STR(""), STR(""), "per_million", "per_million", (accounts + 1) / 2);
	assert_int_equal(check().n, 0);
	set(cell("users", "", "", "per_million"), accounts + 3);
	assert_breach("share", "users per_million", SPEC);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {T(test_sound), T(test_partition), T(test_countries),
	    T(test_classes), T(test_channels), T(test_refusals), T(test_secrecy), T(test_whole),
	    T(test_one_unit), T(test_label_twice), T(test_unknown), T(test_not_recorded),
	    T(test_status), T(test_share), T(test_total), T(test_band), T(test_structure),
	    T(test_delay), T(test_period), T(test_secret), T(test_split), T(test_shared_edges),
	    T(test_response_and_users)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
