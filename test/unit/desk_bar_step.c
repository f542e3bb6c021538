/*
 * A bar that a court reviews at the recipient's word: what follows on what, the days, and that it
 * stays until counsel lifts it. Days are counted by hand from 18 USC 3511(b)(1).
 */
#include "desk_story.h"

#include "desk/bar_step.h"
#include "desk/hold.h"
#include "desk/notice_act.h"

static struct day day_of(struct story *st, const char *z)
{
	struct day d = DAY_NONE;

	assert_ok(st->c, day_parse(st->c, str_of(z), &d));
	return d;
}

static void at(struct story *st, const char *instant)
{
	struct instant t;

	assert_ok(st->c, instant_parse(st->c, str_of(instant), &t));
	st->c->fixed_now = t.s;
}

/* A letter whose bar is on record. */
static void letter(struct story *st, struct legal_order *o)
{
	at(st, "2027-03-15T08:00:00Z");
	(void)story_case_by(st, &st->named,
	    (struct story_ask){.instrument = "US-NSL",
		.country = "US",
		.body = "intelligence",
		.facts = STORY_NSL ",'order.issued':'2027-03-10'",
		.fields = "'name'",
		.received = "2027-03-15T08:00:00Z"},
	    o);
	assert_int_equal(story_num(st, "SELECT count(*) FROM secrecy WHERE rule = 'G-NSL'"), 1);
}

static int step(struct story *st, const struct legal_order *o, const char *kind, const char *day)
{
	return bar_step_add(st->c, st->in, &st->named, o,
	    &(struct bar_step_new){1, str_of(kind), day_of(st, day), STR("N.D. Cal. 27-mc-17")});
}

#define APPLY                                                                                      \
	"SELECT strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch') FROM order_date WHERE act = "      \
	"'apply'"

static void a_letter_is_reviewed(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct json *list;

	letter(st, &o);
	assert_err(st->c, step(st, &o, "applied", "2027-03-15"), ERR_DENIED, "does not follow");
	assert_err(st->c, step(st, &o, "ordered", "2027-03-15"), ERR_DENIED, "does not follow");
	assert_err(st->c, step(st, &o, "shouted", "2027-03-15"), ERR_INVALID, "a step is");
	assert_err(st->c, step(st, &o, "notified", "2027-03-16"), ERR_INVALID, "today or earlier");
	assert_err(st->c,
	    bar_step_add(st->c, st->in, &st->ann, &o,
		&(struct bar_step_new){1, STR("notified"), day_of(st, "2027-03-15"), STR("")}),
	    ERR_DENIED, "counsel");
	assert_err(st->c,
	    bar_step_add(st->c, st->in, &st->named, &o,
		&(struct bar_step_new){2, STR("notified"), day_of(st, "2027-03-15"), STR("")}),
	    ERR_NOTFOUND, "no such bar");
	assert_ok(st->c, step(st, &o, "notified", "2027-03-15"));
	/* 30 days after 15 March: 16 left in March, and 14 (3511(b)(1)(B)) */
	assert_str(
	    story_text(st, "SELECT date(by_day * 86400, 'unixepoch') FROM bar_step"), "2027-04-14");
	assert_str(story_text(st, APPLY), "2027-04-14T21:59:59Z");
	/* the days of the Government run on when the answer has gone out */
	at(st, "2027-04-20T08:00:00Z");
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE act = 'apply'"), 1);
	assert_ok(st->c, step(st, &o, "asked", "2027-04-16"));
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE act = 'apply'"), 1);
	assert_ok(st->c, step(st, &o, "applied", "2027-04-14"));
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE act = 'apply'"), 0);
	/* "shall remain in effect during the pendency of proceedings" */
	assert_err(st->c, hold_lift_secrecy(st->c, st->in, &st->named, &o, 1), ERR_DENIED,
	    "stays in effect");
	assert_err(st->c, step(st, &o, "petitioned", "2027-04-14"), ERR_DENIED, "does not follow");
	assert_ok(st->c, step(st, &o, "refused", "2027-04-20"));
	assert_int_equal(story_num(st, "SELECT count(*) FROM secrecy WHERE lifted IS NULL"), 1);
	assert_ok(st->c, bar_step_list(st->c, st->in, 1, true, &list));
	assert_int_equal(list->n, 4);
	assert_str(json_text(list->at[2], "step"), "applied");
	assert_str(json_text(list->at[2], "said"), "N.D. Cal. 27-mc-17");
	assert_ok(st->c, bar_step_list(st->c, st->in, 1, false, &list));
	assert_null(json_find(list->at[2], "said"));
	assert_ok(st->c, hold_lift_secrecy(st->c, st->in, &st->named, &o, 1));
	assert_err(st->c, step(st, &o, "asked", "2027-04-20"), ERR_CONFLICT, "lifted");
}

static void a_petition_of_ones_own(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	letter(st, &o);
	assert_ok(st->c, step(st, &o, "petitioned", "2027-03-15"));
	/* no text gives the court days: nothing stands in the calendar */
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE act = 'apply'"), 0);
	assert_err(st->c, hold_lift_secrecy(st->c, st->in, &st->named, &o, 1), ERR_DENIED,
	    "stays in effect");
	assert_ok(st->c, step(st, &o, "ended", "2027-03-15"));
	assert_ok(st->c, hold_lift_secrecy(st->c, st->in, &st->named, &o, 1));
}

/* Three years after the letter it is asked about again, and not before a person said so. */
static void asked_after_three_years(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	letter(st, &o);
	assert_ok(
	    st->c, notice_act_source(st->c, st->in, &st->named, &o, 1, STR("statute"), DAY_NONE));
	assert_str(story_text(st, "SELECT date(review * 86400, 'unixepoch') FROM secrecy_source"),
	    "2030-03-10");
	assert_ok(st->c, notice_act_source(st->c, st->in, &st->named, &o, 1, STR("statute"),
			     day_of(st, "2028-05-01")));
	assert_str(story_text(st, "SELECT strftime('%Y-%m-%d', at, 'unixepoch') FROM order_date "
				  "WHERE act = 'review'"),
	    "2028-05-01");
}

/* Other bars have no such way; a challenge to them stands elsewhere. */
static void not_of_every_bar(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st,
	    (struct story_ask){.instrument = "US-WARRANT",
		.fields = "'name'",
		.facts = "'order.issuer':'judge','order.competent':true,'order.signed':true,"
			 "'order.us_user_foreign':false,'order.us_2705b':true,"
			 "'order.capability':false,'order.emergency':false"},
	    &o);
	assert_err(st->c,
	    bar_step_add(st->c, st->in, &st->counsel, &o,
		&(struct bar_step_new){
		    1, STR("notified"), instant_day((struct instant){ctx_now(st->c)}), STR("")}),
	    ERR_DENIED, "no reciprocal notice");
}

#define PUT(kind, number)                                                                          \
	"INSERT INTO bar_step (legal_order, secrecy, number, kind, day, author, at, rev, entry) "  \
	"SELECT legal_order, id, " number ", '" kind "', 1, 1, 1, 1, " STORY_ENTRY " FROM secrecy"

static void attacked(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	letter(st, &o);
	story_refused(st, PUT("applied", "1"), "follows on the one before");
	story_refused(st, PUT("ordered", "1"), "follows on the one before");
	story_refused(st, PUT("notified", "2"), "follows on the one before");
	assert_ok(st->c, step(st, &o, "petitioned", "2027-03-15"));
	story_refused(st, PUT("notified", "2"), "follows on the one before");
	story_refused(st, "DELETE FROM bar_step", "never deleted");
	story_refused(st, "UPDATE bar_step SET kind = 'ended', rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(st, "UPDATE bar_step SET said_ct = NULL, rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(st, "UPDATE secrecy SET lifted = 5, rev = rev + 1, entry = " STORY_ENTRY,
	    "stays in effect");
}

int main(void)
{
	const struct CMUnitTest tests[] = {STORY_TEST(a_letter_is_reviewed),
	    STORY_TEST(a_petition_of_ones_own), STORY_TEST(asked_after_three_years),
	    STORY_TEST(not_of_every_bar), STORY_TEST(attacked)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
