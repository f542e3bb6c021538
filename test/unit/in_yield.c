/* What an instant may mean, at the edges of a period and of the clock; which records pass then. The
 * formats are tried by test/oracle/scope.py, the shapes by test/flow/scope.sh. */
#include "in/yield.h"

#include "check.h"

static int nowhere(struct ctx *c, void *arg, struct str s)
{
	(void)c;
	(void)arg;
	(void)s;
	return 0;
}

/* The reason for which a record with this instant is held in October 2026, Berlin; "in_scope". */
static const char *why(struct ctx *c, const char *form, const char *zone, const char *at)
{
	struct yield_ask ask = {.kind = STR("account"), .target = STR("a"), .fields = STR("body")};
	struct day from, to;
	struct str text = str_fmt(c, "who,t,x\na,\"%s\",y\n", at);
	struct str shape = str_fmt(c,
	    "shape: s\nformat: csv\ntarget: who\ninstant: t\nform: %s\nzone: \"%s\"\nfields:\n"
	    "  body: x\n",
	    form, zone);
	const struct yield_shape *s;
	struct yield_report r;

	assert_true(day_make(2026, 10, 25, &from));
	assert_true(day_make(2026, 10, 31, &to));
	ask.from = instant_at(from, 0);
	ask.until = instant_at(day_add(to, 1), 0);
	assert_ok(c, yield_shape_parse(c, "s", shape, &s));
	yield_shapes_add(c, &ask.shapes, s);
	assert_ok(
	    c, yield_check(c, &ask, csv_input_text(&text), (struct yield_sink){nowhere, NULL}, &r));
	assert_int_equal(r.records, 1);
	return r.released == 1 ? "in_scope" : yield_reason_word(r.at[0].why);
}

static const struct {
	const char *form, *zone, *at, *want;
} instants[] = {
    /* the period begins in summer time and ends in winter time */
    {"iso", "unknown", "2026-10-24T21:59:59Z", "before"},
    {"iso", "unknown", "2026-10-24T22:00:00Z", "in_scope"},
    {"iso", "unknown", "2026-10-24T23:59:59.999+02:00", "before"},
    {"iso", "unknown", "2026-10-31T22:59:59.999Z", "in_scope"},
    {"iso", "unknown", "2026-10-31T23:00:00Z", "after"},
    {"iso", "unknown", "2026-10-31 23:59:59+0100", "in_scope"},
    {"iso", "unknown", "2026-11-01 00:00:00+01", "after"},
    /* the same wall clock, said, half said and not said */
    {"iso", "house", "2026-10-25 00:00", "in_scope"},
    {"iso", "house", "2026-10-24 23:59:59", "before"},
    {"iso", "house", "2026-10-31 23:59:59", "in_scope"},
    {"iso", "house", "2026-11-01 00:00:00", "after"},
    {"iso", "utc", "2026-10-24 21:59:59", "before"},
    {"iso", "utc", "2026-10-24 22:00:00", "in_scope"},
    {"iso", "+02:00", "2026-10-25 00:00:00", "in_scope"},
    {"iso", "+03:00", "2026-10-25 00:59:59", "before"},
    {"iso", "unknown", "2026-10-25 00:00:00", "zone"},
    {"iso", "unknown", "2026-10-25 11:59:59", "zone"},
    {"iso", "unknown", "2026-10-25 12:00:00", "in_scope"},
    {"iso", "unknown", "2026-10-24 09:59:59", "before"},
    {"iso", "unknown", "2026-10-24 10:00:00", "zone"},
    /* a day */
    {"iso", "house", "2026-10-25", "in_scope"},
    {"iso", "house", "2026-10-24", "before"},
    {"iso", "house", "2026-11-01", "after"},
    {"iso", "utc", "2026-10-31", "zone"},
    {"iso", "unknown", "2026-10-28", "in_scope"},
    /* no instants */
    {"iso", "house", "2026-10-32", "no_instant"},
    {"iso", "house", "2026-10-25T24:00:00", "no_instant"},
    {"iso", "house", "25.10.2026", "no_instant"},
    {"iso", "house", "2026-10-25T10:00:00 CET", "no_instant"},
    {"iso", "house", "", "no_instant"},
    {"epoch", "unknown", "1792879199", "before"},
    {"epoch", "unknown", "1792879200", "in_scope"},
    {"epoch", "unknown", "1793487599.9", "in_scope"},
    {"epoch", "unknown", "1793487600", "after"},
    {"epoch", "unknown", "0x6ade", "no_instant"},
    {"epoch_ms", "unknown", "1792879199999", "before"},
    {"epoch_ms", "unknown", "1792879200000", "in_scope"},
    {"epoch_ms", "unknown", "-1", "before"},
    {"rfc5322", "unknown", "Sun, 25 Oct 2026 00:00:00 +0200", "in_scope"},
    {"rfc5322", "unknown", "24 Oct 26 21:59:59 GMT (x (y))", "before"},
    {"rfc5322", "unknown", "Sat, 31 Oct 2026 22:59:59 -0000", "in_scope"},
    {"rfc5322", "unknown", "Sat, 31 Oct 2026 18:59:59 EDT", "in_scope"},
    {"rfc5322", "unknown", "Sat, 31 Oct 2026 19:00:00 EDT", "after"},
    {"rfc5322", "unknown", "Sat, 31 Oct 2026 22:59:59 CET", "zone"},
    {"rfc5322", "unknown", "Sat, 31 Oct 2026 22:59:59", "zone"},
    {"rfc5322", "unknown", "Oct 31 2026 22:59:59 +0000", "no_instant"},
    {"ctime", "utc", "Sat Oct 31 22:59:59 2026", "in_scope"},
    {"ctime", "utc", "Sat Oct 31 23:00:00 2026", "after"},
};

static void test_instants(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	assert_ok(c, day_zone(c, "Europe/Berlin"));
	for (size_t i = 0; i < sizeof instants / sizeof instants[0]; i++)
		if (strcmp(why(c, instants[i].form, instants[i].zone, instants[i].at),
			instants[i].want) != 0)
			fail_msg("%s in %s: %s, not %s", instants[i].at, instants[i].zone,
			    why(c, instants[i].form, instants[i].zone, instants[i].at),
			    instants[i].want);
	ctx_close(&c);
}

/* Held against the hour that comes twice, and against the one that never comes. */
static void test_clock(void **state)
{
	struct yield_ask ask = {.kind = STR("account"), .target = STR("a"), .fields = STR("body")};
	struct str shape = STR("shape: s\nformat: csv\ntarget: who\ninstant: t\nzone: house\n"
			       "fields:\n  body: x\n");
	struct str text = STR("who,t,x\na,2026-10-25 02:30,twice\na,2026-10-25 03:00,once\n"
			      "a,2026-03-29 02:30,never\n");
	const struct yield_shape *s;
	struct yield_report r;
	struct ctx *c = test_ctx();

	(void)state;
	assert_ok(c, day_zone(c, "Europe/Berlin"));
	assert_ok(c, yield_shape_parse(c, "s", shape, &s));
	yield_shapes_add(c, &ask.shapes, s);
	ask.until = INSTANT_NONE;
	ask.from = (struct instant){1792890000}; /* 2026-10-25T01:00:00Z: between the two */
	assert_ok(
	    c, yield_check(c, &ask, csv_input_text(&text), (struct yield_sink){nowhere, NULL}, &r));
	assert_int_equal(r.released, 1);
	assert_int_equal(r.held[YIELD_ZONE], 1);
	assert_int_equal(r.held[YIELD_NO_INSTANT], 1);
	ctx_close(&c);
}

static int fails(struct ctx *c, void *arg, char *p, size_t cap, size_t *ret_n)
{
	(void)arg;
	(void)p;
	(void)cap;
	(void)ret_n;
	return err_set(c, ERR_FAIL, "the disk is gone");
}

static void test_what_fails(void **state)
{
	struct yield_ask ask = {.kind = STR("email"), .target = STR("a"), .fields = STR("body")};
	struct str text = STR("");
	struct yield_report r;
	struct ctx *c = test_ctx();

	(void)state;
	assert_err(c,
	    yield_check(c, &ask, csv_input_text(&text), (struct yield_sink){nowhere, NULL}, &r),
	    ERR_INVALID, "the target of the item");
	ask.target = STR("a@b.example");
	assert_err(c,
	    yield_check(
		c, &ask, (struct csv_input){fails, NULL}, (struct yield_sink){nowhere, NULL}, &r),
	    ERR_FAIL, "the disk is gone");
	assert_ok(
	    c, yield_check(c, &ask, csv_input_text(&text), (struct yield_sink){nowhere, NULL}, &r));
	assert_int_equal(r.format, YIELD_UNKNOWN);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_instants),
	    cmocka_unit_test(test_clock),
	    cmocka_unit_test(test_what_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
