/* The counting rules (SPEC.md 5.2), one after the other, from rows as they stand. */
#include "count_world.h"

#include "store/vault.h"

static void assert_breach(struct count *k, const char *rule)
{
	struct breaches b = breaches_of(k);

	for (size_t i = 0; i < b.n; i++)
		if (strcmp(b.v[i].rule, rule) == 0)
			return;
	fail_msg("no breach %s", rule);
}

static void test_day_received_in_the_zone(void **state)
{
	struct count k;
	long long midnight = (long long)instant_at(day("2025-07-01"), 0).s;

	(void)state;
	put_order((struct an_order){.received = midnight - 1}); /* 21:59:59Z on the 30th */
	put_order((struct an_order){.received = midnight});
	put_order((struct an_order){.received = (long long)instant_at(day("2025-01-01"), 0).s});
	put_order((struct an_order){.received = (long long)instant_at(day("2025-01-01"), 0).s - 1});
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(number(&k, "total", "", "", "requests"), 2);
	assert_int_equal(number(&k, "total", "", "", "pending"), 2);
	assert_holds(&k);
}

static void test_outcome_as_of(void **state)
{
	struct count k;

	(void)state;
	put_order((struct an_order){
	    .received = at("2025-02-01"), .outcome = "content", .settled = at("2025-07-31")});
	put_order((struct an_order){
	    .received = at("2025-02-01"), .outcome = "content", .settled = at("2025-08-01")});
	k = count_as_of("2025H1", "2025-07-31");
	assert_int_equal(number(&k, "total", "", "", "content"), 1);
	assert_int_equal(number(&k, "total", "", "", "pending"), 1);
	assert_int_equal(number(&k, "total", "", "", "share_content"), 5000);
	k = count_as_of("2025H1", "2025-08-01");
	assert_int_equal(number(&k, "total", "", "", "content"), 2);
	assert_int_equal(number(&k, "total", "", "", "pending"), 0);
}

/* What a day saw stays, whatever came later. */
static void test_outcomes_of_their_days(void **state)
{
	struct count k;
	long long id = put_order((struct an_order){.received = at("2025-02-01"),
	    .outcome = "rejected",
	    .code = "no_basis",
	    .settled = at("2025-03-01")});

	(void)state;
	put_outcome(id, "", "", at("2025-09-01"));
	put_outcome(id, "content", "", at("2025-10-01"));
	k = count_as_of("2025H1", "2025-07-31");
	assert_int_equal(number(&k, "total", "", "", "rejected"), 1);
	assert_int_equal(number(&k, "total", "", "", "content"), 0);
	assert_holds(&k);
	k = count_as_of("2025H1", "2025-09-15");
	assert_int_equal(number(&k, "total", "", "", "pending"), 1);
	assert_holds(&k);
	k = count_as_of("2025H1", "2025-10-01");
	assert_int_equal(number(&k, "total", "", "", "content"), 1);
	assert_holds(&k);
}

/* A demand without a case. */
static void put_waiting(int id, const char *state, long long into, int compartment)
{
	sql("INSERT INTO demand (id, ref, received, recorded, channel, language, country, body, "
	    "level,"
	    " verified, state, merged_into, compartment, content_key, rev, entry) VALUES"
	    " (%d, 'T%d', %lld, 1, 'portal', 'en', 'DE', 'police', 'local', 1, '%s', nullif(%lld, "
	    "0), %d,"
	    " x'00', 1, 1)",
	    id, id, at("2025-02-02"), state, into, compartment);
}

static void test_triage(void **state)
{
	struct count k;
	long long id = put_order((struct an_order){.received = at("2025-02-01")});

	(void)state;
	put_waiting(901, "merged", id, 0);
	put_waiting(902, "not_data", 0, 0);
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(number(&k, "total", "", "", "requests"), 1);
	assert_holds(&k);
	put_waiting(903, "received", 0, 1); /* not told of */
	k = count_as_of("2025H1", "2026-01-10");
	assert_holds(&k);
	put_waiting(904, "received", 0, 0);
	k = count_as_of("2025H1", "2026-01-10");
	assert_breach(&k, "channels");
}

static void test_orders_of_one_case_each(void **state)
{
	struct count k;
	long long first = put_order((struct an_order){.received = at("2025-02-01"),
	    .outcome = "rejected",
	    .code = "over_broad",
	    .settled = at("2025-02-03"),
	    .targets = 3});

	(void)state;
	put_order((struct an_order){.received = at("2025-02-01"),
	    .matter = first,
	    .class = "subpoena",
	    .outcome = "noncontent",
	    .settled = at("2025-02-03"),
	    .narrowed = 1,
	    .targets = 2});
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(number(&k, "country", "DE", "", "requests"), 2);
	assert_int_equal(number(&k, "country", "DE", "", "accounts"), 5);
	assert_int_equal(number(&k, "country_class", "DE", "subpoena", "noncontent"), 1);
	assert_int_equal(number(&k, "class", "", "warrant", "rejected"), 1);
	assert_int_equal(number(&k, "refusal", "", "over_broad", "requests"), 1);
	assert_int_equal(number(&k, "narrowed", "", "", "requests"), 1);
	assert_int_equal(number(&k, "channel", "", "portal", "requests"), 2);
	assert_holds(&k);
}

static void test_cured_chain_counts_once_on_the_first_day(void **state)
{
	struct count k;
	long long a = put_order((struct an_order){.received = at("2025-06-20"),
	    .channel = "fax",
	    .outcome = "rejected",
	    .code = "not_authentic",
	    .settled = at("2025-06-22"),
	    .targets = 1});
	long long b = put_order((struct an_order){.received = at("2025-07-02"),
	    .cures = a,
	    .outcome = "rejected",
	    .code = "expired",
	    .settled = at("2025-07-03"),
	    .targets = 1});

	(void)state;
	put_order((struct an_order){.received = at("2025-08-01"),
	    .cures = b,
	    .class = "court_order",
	    .outcome = "noncontent",
	    .settled = at("2025-08-05"),
	    .targets = 2});
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(number(&k, "total", "", "", "requests"), 1);
	assert_int_equal(number(&k, "class", "", "court_order", "noncontent"), 1);
	assert_int_equal(number(&k, "total", "", "", "accounts"), 2);
	assert_int_equal(number(&k, "refused_first", "", "", "requests"), 1);
	assert_int_equal(number(&k, "channel", "", "fax", "requests"), 1);
	assert_holds(&k);
	k = count_as_of("2025H2", "2026-01-10");
	assert_int_equal(number(&k, "total", "", "", "requests"), 0);
	assert_holds(&k);
	k = count_as_of("2025H1", "2025-07-10"); /* the second refusal was the last word then */
	assert_int_equal(number(&k, "refusal", "", "expired", "requests"), 1);
	assert_int_equal(number(&k, "refused_first", "", "", "requests"), 0);
	k = count_as_of("2025H1", "2025-08-02"); /* resubmitted and waiting */
	assert_int_equal(number(&k, "total", "", "", "pending"), 1);
}

static void test_amended_order_is_replaced(void **state)
{
	struct count k;
	long long a = put_order((struct an_order){
	    .received = at("2025-03-01"), .class = "subpoena", .targets = 5, .emergency = 1});

	(void)state;
	put_order((struct an_order){.received = at("2025-03-09"),
	    .matter = a,
	    .amends = a,
	    .outcome = "no_data",
	    .settled = at("2025-03-10"),
	    .targets = 2});
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(number(&k, "total", "", "", "requests"), 1);
	assert_int_equal(number(&k, "country_class", "DE", "warrant", "no_data"), 1);
	assert_int_equal(number(&k, "total", "", "", "accounts"), 2);
	assert_int_equal(number(&k, "emergency", "", "", "no_data"), 1);
	assert_holds(&k);
}

/* What was disclosed before an amendment stays disclosed: a mixed result is the highest disclosure.
 */
static void test_highest_disclosure_of_a_chain(void **state)
{
	struct count k;
	long long a = put_order((struct an_order){
	    .received = at("2025-03-01"), .outcome = "noncontent", .settled = at("2025-03-02")});

	(void)state;
	put_order((struct an_order){.received = at("2025-03-09"),
	    .amends = a,
	    .outcome = "no_data",
	    .settled = at("2025-03-10")});
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(number(&k, "total", "", "", "noncontent"), 1);
	assert_holds(&k);
}

static void test_preservation_apart(void **state)
{
	struct count k;

	(void)state;
	put_order((struct an_order){.received = at("2025-03-01"),
	    .country = "US",
	    .class = "preservation",
	    .basis = "preservation",
	    .targets = 4});
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(number(&k, "total", "", "", "requests"), 0);
	assert_int_equal(number(&k, "preservation", "", "", "requests"), 1);
	assert_int_equal(number(&k, "preservation", "US", "", "accounts"), 4);
	assert_holds(&k);
}

static void test_beside(void **state)
{
	struct count k;
	long long id;

	(void)state;
	put_order((struct an_order){.received = at("2025-03-01"),
	    .outcome = "withdrawn",
	    .because = "notice",
	    .settled = at("2025-03-02")});
	put_order((struct an_order){.received = at("2025-03-01"),
	    .outcome = "withdrawn",
	    .because = "authority",
	    .settled = at("2025-03-02")});
	id = put_order(
	    (struct an_order){.received = at("2025-03-01"), .emergency = 1, .targets = 2});
	for (int i = 0; i < 2; i++) /* two bars on one order are one barred order */
		sql("INSERT INTO secrecy (legal_order, bars, rule, since, rev, entry) VALUES"
		    " (%lld, 'user', 'R', 1, 1, 1)",
		    id);
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(number(&k, "withdrawn_notice", "", "", "requests"), 1);
	assert_int_equal(number(&k, "emergency", "", "", "requests"), 1);
	assert_int_equal(number(&k, "emergency", "", "", "accounts"), 2);
	assert_int_equal(number(&k, "secrecy", "", "", "barred"), 1);
	assert_int_equal(number(&k, "secrecy", "", "", "not_barred"), 2);
	assert_holds(&k);
}

static void test_accounts_disclosed(void **state)
{
	struct count k;
	long long id = put_order((struct an_order){.received = at("2025-03-01"),
	    .outcome = "content",
	    .settled = at("2025-03-05"),
	    .targets = 3});

	(void)state;
	sql("PRAGMA foreign_keys = OFF; DROP TRIGGER production_file_gate; "
	    "DROP TRIGGER production_gate; DROP TRIGGER production_file_scope");
	for (int p = 1; p <= 3; p++)
		sql("INSERT INTO production (id, ref, legal_order, at, maker, recipient, "
		    "manifest_hash,"
		    " blob_hash, size, state, rev, entry) VALUES (%d, 'P%d', %lld, %lld, 1, 'k', "
		    "x'00', x'00',"
		    " 1, '%s', 1, 1)",
		    p, p, id, at(p == 3 ? "2026-01-11" : "2025-03-05"),
		    p == 2 ? "recalled" : "sealed");
	/* the first target twice in one production; the second recalled; the third after the day */
	sql("INSERT INTO production_file (production, legal_order, item, decision, grants, "
	    "not_before, at,"
	    " sha256, size, rev, entry) SELECT CASE WHEN i.target %% 1000 = 0 THEN 1 WHEN i.target "
	    "%% 1000 = 1"
	    " THEN 2 ELSE 3 END, i.legal_order, i.id, 1, 1, 0, 1, zeroblob(32), 1, 1, 1 FROM item "
	    "i");
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(number(&k, "total", "", "", "accounts"), 3);
	assert_int_equal(number(&k, "total", "", "", "accounts_disclosed"), 1);
	assert_holds(&k);
}

/* ---- national security ---- */

static void put_letters(int n, const char *when)
{
	for (int i = 0; i < n; i++)
		put_order((struct an_order){.received = at(when),
		    .country = "US",
		    .instrument = "US-NSL",
		    .class = "national_security",
		    .compartment = 1,
		    .targets = 2});
}

static void put_sealed_on(const char *kind, const char *when, int selectors, const char *service)
{
	struct str text = str_fmt(c,
	    "{\"day\":\"%s\",\"kind\":\"%s\",\"new_service\":\"%s\",\"selectors\":%d,"
	    "\"state\":\"open\"}",
	    when, kind, service, selectors);
	struct str ct = vault_seal(c, w.in->store.vault, "sealed_record.record", text);

	sql("INSERT INTO sealed_record (record_ct, rev, entry) VALUES (x'%s', 1, 1)",
	    text_hex(c, ct.p, ct.n).p);
}

static void put_sealed(const char *kind, const char *when, int selectors)
{
	put_sealed_on(kind, when, selectors, "");
}

static const struct figure *band_cell(const struct count *k, const char *metric)
{
	return figure_find(&k->figures, "national_security", STR(""), STR("US-1874-A2"), metric);
}

/* None, one, or as many as stay in the band: not one byte of the figures differs. */
static void test_letters_leave_no_trace(void **state)
{
	struct count k;
	const char *none;

	(void)state;
	put_order((struct an_order){.received = at("2025-03-01"), .country = "US"});
	k = count_as_of("2025H1", "2026-01-10");
	none = csv(&k.figures);
	assert_non_null(band_cell(&k, "nsl"));
	assert_int_equal(band_cell(&k, "nsl")->value_max, 499);
	put_letters(1, "2025-04-01");
	k = count_as_of("2025H1", "2026-01-10");
	assert_string_equal(csv(&k.figures), none);
	put_letters(13, "2025-04-02");
	put_sealed("directive", "2025-04-02", 400);
	k = count_as_of("2025H1", "2026-01-10");
	assert_string_equal(csv(&k.figures), none);
	assert_holds(&k);
	assert_null(strstr(csv(&k.figures), ",14,"));
	assert_null(strstr(none, ",national_security,requests"));
	/* across the edge of a band the band moves, and nothing else */
	put_sealed("fisa_content", "2025-04-03", 100);
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(band_cell(&k, "fisa_content_selectors")->value_min, 500);
	assert_int_equal(band_cell(&k, "fisa_content")->value_min, 0);
	assert_int_equal(number(&k, "total", "", "", "requests"), 1);
	assert_holds(&k);
}

/* 540 days after the first order on a new service, and not 540 days after each. */
static void test_new_service_waits(void **state)
{
	struct count k;

	(void)state;
	put_order((struct an_order){.received = at("2025-03-01"), .country = "US"});
	put_sealed_on("fisa_content", "2024-07-24", 1, "chat");
	put_sealed_on("fisa_content", "2025-04-02", 600, "chat");
	today("2026-01-14"); /* 2024-07-24 + 540 days is the 15th */
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(band_cell(&k, "fisa_content_selectors")->value_min, 0);
	assert_holds(&k);
	today("2026-01-15");
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(band_cell(&k, "fisa_content_selectors")->value_min, 500);
	/* what all process combined counts has no such rule (1874(b)(2)) */
	w.in->bands = STR("US-1874-A3");
	today("2026-01-14");
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(figure_find(&k.figures, "national_security", STR(""), STR("US-1874-A3"),
			     "all_selectors")
			     ->value_min,
	    500);
}

static void test_fisa_waits(void **state)
{
	struct count k;

	(void)state;
	put_letters(1, "2025-04-01");
	today("2025-12-26"); /* 2025-06-30 + 180 days is the 27th */
	k = count_as_of("2025H1", "2025-12-20");
	assert_non_null(band_cell(&k, "nsl"));
	assert_null(band_cell(&k, "fisa_content"));
	assert_holds(&k);
	today("2025-12-27");
	k = count_as_of("2025H1", "2025-12-20");
	assert_non_null(band_cell(&k, "fisa_content"));
	assert_non_null(band_cell(&k, "fisa_noncontent_selectors"));
	assert_holds(&k);
}

/* Sealed by compartment, by class, by basis or by instrument: each keeps an order out of exact
 * figures. */
static void test_protected_orders(void **state)
{
	struct count k;

	(void)state;
	put_order((struct an_order){.received = at("2025-03-01"), .compartment = 1});
	put_order((struct an_order){.received = at("2025-03-01"), .class = "national_security"});
	put_order((struct an_order){.received = at("2025-03-01"), .basis = "sealed"});
	put_order((struct an_order){
	    .received = at("2025-03-01"), .country = "GB", .instrument = "UK-INT"});
	put_order((struct an_order){.received = at("2025-03-01"),
	    .country = "GB",
	    .instrument = "UK-TCN",
	    .class = "capability",
	    .basis = "capability"});
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(number(&k, "total", "", "", "requests"), 0);
	assert_int_equal(number(&k, "secrecy", "", "", "not_barred"), 0);
	assert_false(figure_has_section(&k.figures, "country"));
	assert_holds(&k);
}

/* A chain with one sealed member is sealed. */
static void test_sealed_chain(void **state)
{
	struct count k;
	long long a = put_order((struct an_order){.received = at("2025-03-01"),
	    .country = "US",
	    .outcome = "rejected",
	    .code = "no_basis",
	    .settled = at("2025-03-02")});

	(void)state;
	put_order((struct an_order){.received = at("2025-03-09"),
	    .country = "US",
	    .cures = a,
	    .instrument = "US-NSL",
	    .class = "national_security",
	    .compartment = 1});
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(number(&k, "total", "", "", "requests"), 0);
	assert_holds(&k);
}

static void test_structures(void **state)
{
	struct count k;
	const struct figure *x;

	(void)state;
	put_letters(300, "2025-04-01");
	put_order((struct an_order){.received = at("2025-03-01"),
	    .country = "GB",
	    .instrument = "UK-INT",
	    .compartment = 1});
	w.in->bands = STR("US-1874-A3 UK-349-1000");
	k = count_as_of("2025H1", "2026-01-10");
	x = figure_find(&k.figures, "national_security", STR(""), STR("US-1874-A3"), "all");
	assert_non_null(x);
	assert_int_equal(x->value_min, 250);
	assert_int_equal(x->value_max, 499);
	x = figure_find(&k.figures, "national_security", STR(""), STR("UK-349-1000"), "warrants");
	assert_non_null(x);
	assert_int_equal(x->value_max, 999);
	x = figure_find(&k.figures, "national_security", STR(""), STR("UK-NOTICE"), "notices");
	assert_non_null(x);
	assert_int_equal(x->status, FIGURE_PROHIBITED);
	assert_null(figure_find(&k.figures, "national_security", STR(""), STR("US-1874-C"), "all"));
	assert_holds(&k);
	/* a year is no half-year: the structure says nothing about it */
	k = count_as_of("2024", "2026-01-10");
	assert_null(
	    figure_find(&k.figures, "national_security", STR(""), STR("US-1874-A3"), "all"));
	assert_holds(&k);
	w.in->bands = STR("none");
	k = count_as_of("2025H1", "2026-01-10");
	x = figure_find(&k.figures, "national_security", STR(""), STR(""), "process");
	assert_non_null(x);
	assert_int_equal(x->status, FIGURE_PROHIBITED);
	assert_holds(&k);
}

/* ---- history ---- */

static void test_history(void **state)
{
	struct count k;
	const struct figure *x;

	(void)state;
	put_import(1, "done", 4, 10);
	put_closed(1, "2013H1", "DE", "other", OUTCOME_CONTENT, 3);
	put_closed(1, "2013H1", "DE", "other", OUTCOME_CONTENT, 2);
	put_closed(1, "2013H1", "US", "other", OUTCOME_NOT_RECORDED, 5);
	put_closed(1, "2013H2", "US", "other", OUTCOME_CONTENT, 5); /* another half */
	k = count_as_of("2013H1", "2013-07-01");
	assert_int_equal(number(&k, "total", "", "", "requests"), 3);
	assert_int_equal(number(&k, "country", "DE", "", "accounts"), 5);
	assert_int_equal(number(&k, "total", "", "", "not_recorded"), 1);
	assert_int_equal(number(&k, "imported", "US", k.imports.v[0].key.p, "requests"), 1);
	assert_int_equal(number(&k, "channel", "", "not_recorded", "requests"), 3);
	/* the source says nothing of these: that is not 0 */
	assert_int_equal(figure_find(&k.figures, "emergency", STR(""), STR(""), "requests")->status,
	    FIGURE_UNKNOWN);
	assert_int_equal(
	    figure_find(&k.figures, "preservation", STR(""), STR(""), "requests")->status,
	    FIGURE_UNKNOWN);
	assert_null(figure_find(&k.figures, "secrecy", STR(""), STR(""), "barred"));
	/* of that time this system knows nothing: no band is claimed, though one is due */
	x = band_cell(&k, "nsl");
	assert_non_null(x);
	assert_int_equal(x->status, FIGURE_NOT_COUNTABLE);
	assert_holds(&k);
	k = count_as_of("2013", "2014-01-01");
	assert_int_equal(number(&k, "total", "", "", "requests"), 4);
	put_order((struct an_order){.received = at("2013-03-01"),
	    .outcome = "rejected",
	    .code = "channel",
	    .settled = at("2013-03-02")});
	k = count_as_of("2013H1", "2013-07-01");
	assert_int_equal(number(&k, "total", "", "", "requests"), 4);
	assert_int_equal(band_cell(&k, "nsl")->status, FIGURE_BAND);
	assert_holds(&k);
}

static void test_history_without_accounts(void **state)
{
	struct count k;

	(void)state;
	put_import(1, "done", 1, 0);
	put_closed(1, "2022H1", "NL", "other", OUTCOME_NO_DATA, 0);
	k = count_as_of("2022H1", "2022-07-01");
	assert_int_equal(figure_find(&k.figures, "country", STR("NL"), STR(""), "accounts")->status,
	    FIGURE_UNKNOWN);
	assert_holds(&k);
}

static void test_history_that_blocks(void **state)
{
	struct count k;

	(void)state;
	put_import(1, "running", 2, 10);
	put_closed(1, "2013H1", "DE", "other", OUTCOME_CONTENT, 3);
	k = count_as_of("2013H1", "2013-07-01");
	assert_breach(&k, "import");
	put_import(2, "done", 2, 10);
	put_closed(2, "2012", "DE", "other", OUTCOME_CONTENT, 3);
	k = count_as_of("2012H1", "2013-07-01");
	assert_breach(&k, "period");
	put_closed(2, "2011H1", "US", "national_security", OUTCOME_CONTENT, 3);
	k = count_as_of("2011H1", "2013-07-01");
	assert_breach(&k, "secret");
	assert_int_equal(number(&k, "total", "", "", "requests"), 0);
}

/* An edition's count under these bars, as the program asks it. */
static struct count count_barred(const char *p, const struct permissions *bars)
{
	struct count_question q = {.period = period(p),
	    .as_of = instant_day((struct instant){ctx_now(c)}),
	    .today = instant_day((struct instant){ctx_now(c)})};
	struct band_law *law;
	struct count k;

	assert_ok(c, band_builtin(c, &law));
	q.law = law;
	assert_ok(c, band_choose(c, law, w.in->bands, &q.structures, &q.n_structures));
	q.scope = scope_make(c, q.structures, q.n_structures, bars, (struct instant){ctx_now(c)});
	assert_ok(c, count_period(c, w.in, &q, &k));
	return k;
}

/* A chain with one member that may not be counted is counted nowhere, whatever its last is. */
static void test_chain_of_a_barred_class(void **state)
{
	struct permission bar = {.kind = PERMISSION_PROHIBITED,
	    .subject = STR("DE"),
	    .class = STR("warrant"),
	    .given = day("2025-01-01"),
	    .until = DAY_NONE,
	    .ended = INSTANT_NONE};
	struct permissions bars = {&bar, 1, 1}, none = {0};
	long long first = put_order((struct an_order){.received = at("2025-02-01"),
	    .outcome = "rejected",
	    .code = "no_basis",
	    .settled = at("2025-02-02")});
	struct count k;

	(void)state;
	put_order((struct an_order){
	    .received = at("2025-02-10"), .class = "subscriber_request", .cures = first});
	put_order((struct an_order){.received = at("2025-02-11"), .class = "subscriber_request"});
	k = count_barred("2025H1", &none);
	assert_int_equal(number(&k, "total", "", "", "requests"), 2);
	k = count_barred("2025H1", &bars);
	assert_int_equal(number(&k, "total", "", "", "requests"), 1);
	assert_int_equal(number(&k, "refused_first", "", "", "requests"), 0);
	assert_holds(&k);
}

/* One number for all of a country has its sealed cases in it, whatever their instrument. */
static void test_sealed_case_in_one_number(void **state)
{
	struct permissions none = {0};
	struct an_order o = {.country = "US", .compartment = 1};
	const struct figure *x;
	struct count k;

	(void)state;
	today("2013-07-01");
	w.in->bands = STR("US-COMB-2013");
	for (int i = 0; i < 1001; i++) {
		o.received = at("2012-08-01");
		o.targets = i == 0 ? 2 : 0;
		put_order(o);
	}
	o.country = "DE"; /* another country's, and what only preserves, is not among them */
	put_order(o);
	k = count_barred("2012H2", &none);
	x = figure_find(&k.figures, "national_security", STR(""), STR("US-COMB-2013"), "requests");
	assert_non_null(x);
	assert_int_equal(x->value_min, 1000);
	assert_int_equal(number(&k, "total", "", "", "requests"), 0);
	assert_holds(&k);
}

#define T(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
	const struct CMUnitTest tests[] = {T(test_day_received_in_the_zone), T(test_outcome_as_of),
	    T(test_outcomes_of_their_days), T(test_triage), T(test_orders_of_one_case_each),
	    T(test_cured_chain_counts_once_on_the_first_day), T(test_amended_order_is_replaced),
	    T(test_highest_disclosure_of_a_chain), T(test_preservation_apart), T(test_beside),
	    T(test_accounts_disclosed), T(test_letters_leave_no_trace), T(test_fisa_waits),
	    T(test_protected_orders), T(test_new_service_waits), T(test_sealed_chain),
	    T(test_chain_of_a_barred_class), T(test_sealed_case_in_one_number), T(test_structures),
	    T(test_history), T(test_history_without_accounts), T(test_history_that_blocks)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
