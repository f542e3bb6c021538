/*
 * A blocked publication for each rule of SPEC.md 5.3: what is counted is spoiled on its way, as a
 * fault in the program would, both when the edition is made and when it is counted again. Each time
 * the draft says which rule does not hold, and the publication is refused by it.
 */
#include "count_world.h"

int __real_count_period(
    struct ctx *c, struct instance *in, const struct count_question *q, struct count *ret);
int __wrap_count_period(
    struct ctx *c, struct instance *in, const struct count_question *q, struct count *ret);

static void (*spoil)(struct figures *f);

int __wrap_count_period(
    struct ctx *ctx, struct instance *in, const struct count_question *q, struct count *ret)
{
	int rc = __real_count_period(ctx, in, q, ret);

	if (rc == 0 && spoil != NULL) {
		spoil(&ret->figures);
		figure_sort(&ret->figures);
	}
	return rc;
}

static struct figure *cell(struct figures *f, const char *section, const char *country,
    const char *instrument, const char *metric)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_is(f->v[i].section, section) && str_is(f->v[i].country, country) &&
		    str_is(f->v[i].instrument, instrument) && str_is(f->v[i].metric, metric))
			return &f->v[i];
	fail_msg("no cell %s %s %s %s", section, country, instrument, metric);
	return NULL;
}

static void set(struct figure *x, int64_t v)
{
	x->value_min = x->value_max = v;
}

static void partition(struct figures *f)
{
	set(cell(f, "country", "DE", "", "content"), 1);
}
static void countries(struct figures *f)
{
	set(cell(f, "country", "DE", "", "accounts"), 7);
}
static void classes(struct figures *f)
{
	set(cell(f, "class", "", "warrant", "accounts"), 7);
}
static void channels(struct figures *f)
{
	set(cell(f, "channel", "", "portal", "requests"), 1);
}
static void refusals(struct figures *f)
{
	set(cell(f, "refusal", "", "no_basis", "requests"), 2);
}
static void secrecy(struct figures *f)
{
	set(cell(f, "secrecy", "", "", "barred"), 1);
}
static void notice(struct figures *f)
{
	set(cell(f, "notice", "", "", "neither"), 1);
}
static void told_late(struct figures *f)
{
	set(cell(f, "told_late", "", "", "requests"), 1);
}
static void costs(struct figures *f)
{
	figure_add_exact(c, f, "costs", STR("DE"), STR("EUR"), "claimed", "minor_units", 100);
	figure_add_exact(c, f, "costs", STR(""), STR("EUR"), "claimed", "minor_units", 101);
}
static void costs_paid(struct figures *f)
{
	figure_add_exact(c, f, "costs", STR("DE"), STR("EUR"), "paid", "minor_units", 100);
}
static void response(struct figures *f)
{
	set(cell(f, "response", "", "", "later"), 9);
}
static void whole(struct figures *f)
{
	set(cell(f, "narrowed", "", "", "requests"), -1);
}
static void one_unit(struct figures *f)
{
	cell(f, "channel", "", "portal", "requests")->unit = STR("accounts");
}
static void unknown(struct figures *f)
{
	struct figure *x = cell(f, "narrowed", "", "", "requests");

	set(x, 0);
	x->status = FIGURE_UNKNOWN;
}
static void not_recorded(struct figures *f)
{
	cell(f, "narrowed", "", "", "requests")->metric = STR("not_recorded");
	set(cell(f, "narrowed", "", "", "not_recorded"), 1);
}
static void share(struct figures *f)
{
	set(cell(f, "total", "", "", "share_rejected"), 1);
}
static void total(struct figures *f)
{
	cell(f, "total", "", "", "requests")->metric = STR("accounts_more");
}
static void band(struct figures *f)
{
	cell(f, "national_security", "", "US-1874-A2", "nsl")->value_max = 498;
}
static void structure(struct figures *f)
{
	cell(f, "national_security", "", "US-1874-A2", "nsl")->metric = STR("letters");
}
static void delay(struct figures *f)
{
	struct figure x = *cell(f, "national_security", "", "US-1874-A2", "nsl");

	x.metric = STR("fisa_content");
	figure_add(c, f, x);
}
static void period_of(struct figures *f)
{
	figure_add(c, f,
	    (struct figure){STR("national_security"), STR(""), STR("US-1874-A2"), STR("nsl"), 0,
		499, STR("orders"), FIGURE_BAND});
}
static void secret(struct figures *f)
{
	figure_add_exact(
	    c, f, "class", STR(""), STR("national_security"), "requests", "requests", 0);
}
static void split(struct figures *f)
{
	figure_add_word(
	    c, f, "country", STR("IN"), STR(""), "requests", "requests", FIGURE_PROHIBITED);
	figure_add_exact(c, f, "preservation", STR("IN"), STR(""), "requests", "requests", 1);
}

static const struct {
	const char *rule, *period;
	void (*spoil)(struct figures *f);
} cases[] = {{"partition", "2025H2", partition}, {"countries", "2025H2", countries},
    {"classes", "2025H2", classes}, {"channels", "2025H2", channels},
    {"refusals", "2025H2", refusals}, {"secrecy", "2025H2", secrecy}, {"notice", "2025H2", notice},
    {"notice", "2025H2", told_late}, {"costs", "2025H2", costs}, {"costs", "2025H2", costs_paid},
    {"response", "2025H2", response}, {"whole", "2025H2", whole}, {"one_unit", "2025H2", one_unit},
    {"unknown", "2025H2", unknown}, {"not_recorded", "2025H2", not_recorded},
    {"share", "2025H2", share}, {"total", "2025H2", total}, {"band", "2025H2", band},
    {"structure", "2025H2", structure}, {"delay", "2025H2", delay}, {"period", "2025", period_of},
    {"secret", "2025H2", secret}, {"split", "2025H2", split}};

static void some_cases(void)
{
	put_order((struct an_order){.received = at("2025-08-01"),
	    .outcome = "noncontent",
	    .settled = at("2025-08-04"),
	    .targets = 2});
	put_order((struct an_order){.received = at("2025-08-02"),
	    .outcome = "rejected",
	    .code = "no_basis",
	    .settled = at("2025-08-03"),
	    .targets = 1});
	put_order((struct an_order){.received = at("2025-09-01"), .country = "FR"});
}

static bool says(const struct breaches *b, const char *rule)
{
	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->v[i].rule, rule) == 0)
			return true;
	return false;
}

static void test_each_rule_blocks(void **state)
{
	(void)state;
	some_cases();
	w.publisher.sealed = true; /* windows that overlap are made */
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct edition_new n = new_edition(cases[i].period, NULL);
		struct breaches b = {0};
		struct edition e, out;
		int rc;

		spoil = cases[i].spoil;
		assert_ok(c, edition_make(c, w.in, &w.publisher, &n, &e, &b));
		if (!says(&b, cases[i].rule))
			fail_msg("the draft does not say that %s does not hold", cases[i].rule);
		rc = edition_publish(c, w.in, &w.publisher, e.id, &out);
		if (rc != ERR_DENIED)
			fail_msg("%s: published, or refused otherwise (%d)", cases[i].rule, rc);
		err_clear(c);
		spoil = NULL;
		/* with what is really counted the draft is another one */
		assert_err(c, edition_publish(c, w.in, &w.publisher, e.id, &out), ERR_CONFLICT,
		    "make it again");
	}
}

/* And without a fault each of these periods goes out. */
static void test_nothing_blocks(void **state)
{
	static const char *const periods[] = {"2025H2", "2025"};

	(void)state;
	some_cases();
	for (size_t i = 0; i < 2; i++) {
		struct edition_new n = new_edition(periods[i], NULL);
		struct breaches b = {0};
		struct edition e, out;

		assert_ok(c, edition_make(c, w.in, &w.publisher, &n, &e, &b));
		assert_int_equal(b.n, 0);
		assert_ok(c, edition_publish(c, w.in, &w.publisher, e.id, &out));
	}
}

#define T(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
	const struct CMUnitTest tests[] = {T(test_each_rule_blocks), T(test_nothing_blocks)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
