/* Emergencies: a call-back by one person, the release by another, before anything leaves; by the
 * desk, and by the schema for whoever goes round it. */
#include "desk_story.h"

static const struct story_ask emergency = {.instrument = "US-EMERG",
    .fields = "'name'",
    .facts = "'order.emergency_shown':true,'order.us_related':true,'order.call_back':true,"
	     "'order.capability':false"};

static struct story_ask by(const char *channel)
{
	struct story_ask a = emergency;

	a.channel = channel;
	return a;
}

/* What the paper says of a call-back counts for nothing, by whatever channel it came. */
static void nothing_without_a_call(void **state)
{
	static const char *const channels[] = {"portal", "form", "encrypted_mail", "phone"};
	struct story *st = *state;

	for (size_t i = 0; i < sizeof channels / sizeof channels[0]; i++) {
		struct legal_order o;
		struct story_mark m;

		(void)story_case(st, by(channels[i]), &o);
		m = story_mark(st);
		assert_int_equal(story_finding(st, &o, "HOUSE-P1-EMERGENCY") > 0, 1);
		assert_int_equal(story_examine(st, &st->ann, &o), ERR_DENIED);
		err_clear(st->c);
		assert_err(
		    st->c, story_fact(st, &o, "order.call_back", "yes"), ERR_INVALID, "call-back");
		story_untouched(st, m);
		assert_ok(st->c, story_call(st, &st->intake, &o, "unreached"));
		assert_int_equal(story_examine(st, &st->ann, &o), ERR_DENIED);
		err_clear(st->c);
		m = story_mark(st);
		assert_ok(st->c, story_call(st, &st->intake, &o, "confirmed"));
		story_wrote(st, m, "order.call_back");
		story_approve(st, &o);
		assert_ok(st->c, story_produce(st, &o, 1));
	}
}

static void the_recorder_does_not_release(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, emergency, &o);
	assert_ok(st->c, story_call(st, &st->bob, &o, "confirmed"));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
	assert_err(st->c, story_second(st, &st->bob, &o, 1), ERR_DENIED, "does not release");
	story_no_way(st, &o, 1, ERR_DENIED, "in_review");
	/* another's call-back, and bob may */
	assert_ok(st->c, story_call(st, &st->ann, &o, "confirmed"));
	assert_ok(st->c, story_second(st, &st->bob, &o, 1));
	assert_ok(st->c, story_produce(st, &o, 1));
}

/* A later call that was denied takes everything back, also what lies sealed. */
static void a_denial_stops(void **state)
{
	struct story *st = *state;
	struct produce_file f = story_file(st, 1);
	struct legal_order o;
	struct str ref;

	(void)story_case(st, emergency, &o);
	assert_ok(st->c, story_call(st, &st->intake, &o, "confirmed"));
	story_approve(st, &o);
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &f, 1, &ref));
	assert_ok(st->c, story_call(st, &st->intake, &o, "denied"));
	assert_string_equal(story_state(st, &o), "in_review");
	assert_int_equal(
	    produce_deliver(st->c, st->in, &st->collector, ref, STR("portal")), ERR_DENIED);
	err_clear(st->c);
	story_refused(st,
	    "INSERT INTO delivery (production, channel, at, rev, entry) SELECT max(id), 'portal', "
	    "1,"
	    " 1, " STORY_ENTRY " FROM production",
	    "no delivery");
	assert_int_equal(story_examine(st, &st->ann, &o), ERR_DENIED);
	err_clear(st->c);
}

static void what_a_call_needs(void **state)
{
	struct story *st = *state;
	struct call_back call = {.result = STR("confirmed"),
	    .source = STR("a page"),
	    .said = STR("somebody"),
	    .when = INSTANT_NONE};
	struct legal_order o;
	struct story_mark m;

	(void)story_case(st, emergency, &o);
	m = story_mark(st);
	assert_err(st->c, story_call(st, &st->collector, &o, "confirmed"), ERR_DENIED, "role");
	assert_err(st->c, story_call(st, &st->auditor, &o, "confirmed"), ERR_DENIED, "role");
	assert_err(st->c, story_call(st, &st->ann, &o, "maybe"), ERR_INVALID, "confirmed");
	call.source = STR(" ");
	assert_err(st->c, call_back_record(st->c, st->in, &st->ann, &o, &call), ERR_INVALID,
	    "independently");
	call.source = STR("a page");
	call.when = (struct instant){STORY_NOW + 1};
	assert_err(
	    st->c, call_back_record(st->c, st->in, &st->ann, &o, &call), ERR_INVALID, "future");
	call.when = (struct instant){1};
	assert_err(
	    st->c, call_back_record(st->c, st->in, &st->ann, &o, &call), ERR_INVALID, "before");
	story_untouched(st, m);
	assert_int_equal(story_num(st, "SELECT count(*) FROM call_back"), 0);
}

/* ---- below the desk ---- */

#define CALL(recorder, result)                                                                     \
	"INSERT INTO call_back (legal_order, result, recorder, at, rev, entry) VALUES (1, "        \
	"'" result "', " recorder ", 1, 1, " STORY_ENTRY ")"
#define SECOND(person)                                                                             \
	"UPDATE decision SET second = " person ", grants = 1, rev = rev + 1, entry = " STORY_ENTRY \
	" WHERE live = 1"

static void the_schema_says_so_too(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, emergency, &o);
	assert_int_equal(st->ann.id, 3);
	assert_int_equal(st->bob.id, 4);
	story_refused(st, CALL("6", "confirmed"), "calls back"); /* a collector */
	assert_ok(st->c, story_call(st, &st->bob, &o, "confirmed"));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
	story_refused(st, SECOND("4"), "released by another");
	story_refused(st, "UPDATE call_back SET recorder = 3, rev = 2, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(
	    st, "UPDATE call_back SET result = 'x', rev = 2, entry = " STORY_ENTRY, "rewritten");
	story_refused(st, "DELETE FROM call_back", "never deleted");
	/* counsel may; and after a denial nobody */
	story_sql(st, "BEGIN; " STORY_STAMP "; " SECOND("5") "; ROLLBACK");
	story_sql(st, "BEGIN; " STORY_STAMP "; " CALL("2", "denied"));
	story_refused(st, SECOND("5"), "released by another");
	story_sql(st, "ROLLBACK");
	story_sql(st,
	    "BEGIN; DROP TRIGGER production_file_scope; " STORY_STAMP "; " SECOND("5") "; " CALL(
		"2", "denied") "; "
			       "UPDATE legal_order SET state = 'approved', rev = rev + 1, entry "
			       "= " STORY_ENTRY
			       "; INSERT INTO production (ref, legal_order, at, maker, recipient, "
			       "manifest_hash, blob_hash, size, state, rev, entry) VALUES ('x', 1, "
			       "0, 6, "
			       "'k', x'00', x'00', 1, 'sealed', 1, " STORY_ENTRY ")");
	story_refused(st,
	    "INSERT INTO production_file (production, legal_order, item, decision, grants, "
	    "not_before, at, sha256, size, rev, entry) SELECT 1, 1, 1, d.id, 1, d.not_before, "
	    "1999999999, zeroblob(32), 1, 1, " STORY_ENTRY " FROM decision d WHERE d.live = 1",
	    "without a call-back");
	story_sql(st, "ROLLBACK");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(nothing_without_a_call),
	    STORY_TEST(the_recorder_does_not_release),
	    STORY_TEST(a_denial_stops),
	    STORY_TEST(what_a_call_needs),
	    STORY_TEST(the_schema_says_so_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
