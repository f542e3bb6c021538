/* What stands beside the demands in an edition: whether users were told, what was freed, what was
 * claimed (SPEC.md 5.2). */
#include "count_world.h"

#include "store/vault.h"

/* ---- barred, told, neither ---- */

static void put_bar(
    long long order, const char *bars, long long since, const char *until, long long lifted)
{
	sql("INSERT INTO secrecy (legal_order, bars, rule, since, until, lifted, rev, entry) VALUES"
	    " (%lld, '%s', 'R', %lld, nullif(%d, 0), nullif(%lld, 0), 1, 1)",
	    order, bars, since, until == NULL ? 0 : day(until).n, lifted);
}

/* A notice of the order's first account that left at that instant; 0: still a draft. */
static void put_notice(long long order, long long posted)
{
	sql("INSERT INTO notice (legal_order, target, state, holds, at, way, rev, entry) VALUES"
	    " (%lld, %lld, 'drafted', 0, 1, '', 1, 1)",
	    order, order * 1000);
	if (posted == 0)
		return;
	sql("DROP TRIGGER IF EXISTS notice_step");
	sql("DROP TRIGGER IF EXISTS notice_barred");
	sql("UPDATE notice SET state = 'approved', approver = 1 WHERE legal_order = %lld", order);
	sql("UPDATE notice SET state = 'sent', sender = 1, sent = %lld, sent_day = %lld / 86400, "
	    "way = 'hand',"
	    " posted = %lld, not_before = %lld WHERE legal_order = %lld",
	    posted, posted, posted, posted, order);
}

static long long plain_order(const char *received)
{
	return put_order((struct an_order){.received = at(received), .targets = 1});
}

static void assert_split(const char *p, const char *as_of, int told, int barred, int neither)
{
	struct count k = count_as_of(p, as_of);

	assert_int_equal(number(&k, "notice", "", "", "told"), told);
	assert_int_equal(number(&k, "notice", "", "", "barred"), barred);
	assert_int_equal(number(&k, "notice", "", "", "neither"), neither);
	assert_holds(&k);
}

static void test_notice_split(void **state)
{
	long long first, second, told, both;

	(void)state;
	told = plain_order("2025-02-01");
	put_notice(told, at("2025-02-10"));
	first = plain_order("2025-02-02"); /* barred until the day of a last day */
	put_bar(first, "user", at("2025-02-03"), "2025-08-31", 0);
	second = plain_order("2025-02-03"); /* barred until it was lifted */
	put_bar(second, "both", at("2025-02-03"), NULL, at("2025-10-02"));
	put_bar(plain_order("2025-02-04"), "public", at("2025-02-04"), NULL, 0); /* not of users */
	put_notice(plain_order("2025-02-05"), 0);                                /* a draft */
	both = plain_order("2025-02-06"); /* told, and a bar began only then */
	put_notice(both, at("2025-03-01"));
	put_bar(both, "user", at("2025-03-02"), NULL, 0);
	assert_split("2025H1", "2025-02-09", 0, 2, 4);
	assert_split("2025H1", "2025-02-10", 1, 2, 3);
	assert_split("2025H1", "2025-08-31", 2, 2, 2);
	assert_split("2025H1", "2025-09-01", 2, 1, 3);
	assert_split("2025H1", "2025-10-01", 2, 1, 3);
	assert_split("2025H1", "2025-10-02", 2, 0, 4);
}

static void test_told_late(void **state)
{
	long long id = plain_order("2025-02-02"), early = plain_order("2025-02-02");
	struct count k;

	(void)state;
	put_bar(id, "user", at("2025-02-03"), "2025-05-31", 0);
	put_notice(id, at("2025-06-02"));
	put_notice(early, at("2025-02-04"));
	put_bar(early, "user", at("2025-02-05"), "2025-02-28", 0);
	k = count_as_of("2025H1", "2025-06-01");
	assert_int_equal(number(&k, "told_late", "", "", "requests"), 0);
	k = count_as_of("2025H1", "2025-06-02");
	assert_int_equal(number(&k, "told_late", "", "", "requests"), 1);
	assert_int_equal(number(&k, "notice", "", "", "told"), 2);
	assert_holds(&k);
}

/* A chain is told of once; what is secret is told of nowhere. */
static void test_notice_of_chains_and_secrets(void **state)
{
	long long refused = put_order((struct an_order){.received = at("2025-02-01"),
	    .outcome = "rejected",
	    .code = "no_basis",
	    .settled = at("2025-02-05"),
	    .targets = 1});
	long long cure = put_order((struct an_order){
	    .received = at("2025-03-01"), .cures = refused, .matter = refused, .targets = 1});
	long long letter = put_order((struct an_order){.received = at("2025-02-02"),
	    .country = "US",
	    .instrument = "US-NSL",
	    .class = "national_security",
	    .targets = 1});
	long long sealed = put_order(
	    (struct an_order){.received = at("2025-02-02"), .compartment = 1, .targets = 1});
	struct count k;

	(void)state;
	assert_split("2025H1", "2025-12-31", 0, 0, 1);
	put_bar(letter, "both", at("2025-02-03"), "2025-09-30", 0);
	put_bar(sealed, "both", at("2025-02-03"), "2025-09-30", 0);
	put_notice(letter, at("2025-10-10"));
	put_notice(sealed, at("2025-10-10"));
	assert_split("2025H1", "2025-12-31", 0, 0, 1);
	k = count_as_of("2025H2", "2025-12-31");
	assert_int_equal(number(&k, "freed", "", "", "requests"), 0);
	put_bar(cure, "user", at("2025-03-02"), NULL, 0);
	assert_split("2025H1", "2025-12-31", 0, 1, 0);
}

static void assert_freed(const char *p, const char *as_of, int want)
{
	struct count k = count_as_of(p, as_of);

	assert_int_equal(number(&k, "freed", "", "", "requests"), want);
	assert_holds(&k);
}

static void test_freed(void **state)
{
	long long id = plain_order("2025-02-01"), two = plain_order("2025-02-01");

	(void)state;
	put_bar(id, "user", at("2025-02-03"), "2025-06-30", 0); /* ends with the half-year */
	assert_freed("2025H1", "2025-12-31", 0);
	assert_freed("2025H2", "2025-12-31", 1);
	assert_freed("2025H2", "2025-07-01", 1);
	assert_freed("2025H2", "2025-06-30", 0); /* not yet */
	put_bar(two, "user", at("2025-02-03"), "2025-08-30", 0);
	put_bar(two, "public", at("2025-02-03"), NULL, at("2025-11-05")); /* the last one */
	assert_freed("2025H2", "2025-11-04", 1);
	assert_freed("2025H2", "2025-11-05", 2);
	put_bar(two, "user", at("2025-02-03"), "2026-02-01", 0);
	assert_freed("2025H2", "2026-01-10", 1);
}

/* Where one number could have held all of a country's demands, none of them is told apart later. */
static void test_freed_of_combined_times(void **state)
{
	long long id = put_order(
	    (struct an_order){.received = at("2013-08-01"), .country = "US", .targets = 1});
	long long after = put_order(
	    (struct an_order){.received = at("2014-03-01"), .country = "US", .targets = 1});

	(void)state;
	put_bar(id, "user", at("2013-08-03"), "2025-07-30", 0);
	assert_freed("2025H2", "2025-12-31", 0);
	put_bar(after, "user", at("2014-03-03"), "2025-07-30", 0);
	assert_freed("2025H2", "2025-12-31", 1);
}

/* ---- costs ---- */

static void put_claim(long long order, const char *country, const char *currency, const char *state,
    const char *sent, int asked, int paid)
{
	long long id = ++w.ids;

	sql("DROP TRIGGER IF EXISTS claim_of_order");
	sql("INSERT INTO claim (id, ref, legal_order, matter, compartment, country, fees, currency,"
	    " state, emergency, child_abuse, central, measure_end, capped, total, asked, paid,"
	    " opened, author, sent_day, sender, late, ended_day, rev, entry)"
	    " SELECT %lld, 'C%lld', o.id, o.matter, m.compartment, '%s', 'f', '%s', '%s', 0, 0, 0,"
	    " 1, 0, %d, %d, %d, 1, 1, %d, 1, 0, CASE WHEN '%s' = 'sent' THEN NULL ELSE %d END, 1, 1"
	    " FROM legal_order o JOIN matter m ON m.id = o.matter WHERE o.id = %lld",
	    id, id, country, currency, state, asked, asked, paid, day(sent).n, state,
	    day("2025-11-30").n, order);
}

static void test_costs(void **state)
{
	long long de = plain_order("2025-02-01"),
		  us = put_order((struct an_order){
		      .received = at("2025-08-01"), .country = "US", .targets = 1});
	long long letter = put_order((struct an_order){.received = at("2025-08-02"),
	    .country = "US",
	    .instrument = "US-NSL",
	    .class = "national_security",
	    .targets = 1});
	long long sealed =
	    put_order((struct an_order){.received = at("2025-08-02"), .compartment = 1});
	struct count k;

	(void)state;
	put_claim(de, "DE", "EUR", "paid", "2025-09-01", 9500, 9000);
	put_claim(de, "DE", "EUR", "sent", "2025-09-02", 2500, 0); /* of the same demand */
	put_claim(us, "US", "USD", "sent", "2025-09-02", 12000, 0);
	put_claim(us, "US", "USD", "waived", "2025-09-02", 700, 0);
	put_claim(us, "US", "USD", "sent", "2026-01-02", 800, 0);
	put_claim(letter, "US", "USD", "sent", "2025-09-02", 5000, 0);
	put_claim(sealed, "DE", "EUR", "sent", "2025-09-02", 6000, 0);
	k = count_as_of("2025H2", "2026-01-10");
	assert_null(figure_find(&k.figures, "costs", STR(""), STR(""), "requests"));
	w.in->costs.charge = STR("DE US");
	k = count_as_of("2025H2", "2026-01-10");
	assert_int_equal(number(&k, "costs", "", "", "requests"), 2);
	assert_int_equal(number(&k, "costs", "DE", "EUR", "requests"), 1);
	assert_int_equal(number(&k, "costs", "DE", "EUR", "claimed"), 12000);
	assert_int_equal(number(&k, "costs", "DE", "EUR", "paid"), 9000);
	assert_int_equal(number(&k, "costs", "", "EUR", "claimed"), 12000);
	assert_int_equal(number(&k, "costs", "US", "USD", "claimed"), 12000);
	assert_int_equal(number(&k, "costs", "US", "USD", "paid"), 0);
	assert_holds(&k);
	k = count_as_of("2025H2", "2025-11-29"); /* nothing was paid yet, nor waived */
	assert_int_equal(number(&k, "costs", "DE", "EUR", "paid"), 0);
	assert_int_equal(number(&k, "costs", "US", "USD", "claimed"), 12700);
	assert_holds(&k);
	k = count_as_of("2025H1", "2026-01-10");
	assert_int_equal(number(&k, "costs", "", "", "requests"), 0);
	assert_holds(&k);
	w.in->costs.charge = STR("");
}

#define T(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)

int main(void)
{
	const struct CMUnitTest tests[] = {T(test_notice_split), T(test_told_late),
	    T(test_notice_of_chains_and_secrets), T(test_freed), T(test_freed_of_combined_times),
	    T(test_costs)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
