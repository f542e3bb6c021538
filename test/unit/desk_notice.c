/*
 * Notices to users: what nothing bars goes before the production, what is barred never goes, by the
 * desk's functions and below them.
 */
#include "desk_story.h"

#include "desk/notice_act.h"
#include "desk/outgoing.h"

static const struct story_ask records = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};
static const struct story_ask gagged = {.instrument = "US-WARRANT",
    .fields = "'name'",
    .facts = "'order.issuer':'judge','order.competent':true,'order.signed':true,"
	     "'order.us_user_foreign':false,'order.us_2705b':true,'order.capability':false,"
	     "'order.emergency':false,'order.secrecy_until':'2026-12-31'"};

static void sweep(struct story *st)
{
	struct notice_swept s;

	assert_ok(st->c, notice_act_sweep(st->c, st->in, NULL, &s));
}

static void draft(struct story *st, const struct legal_order *o)
{
	int64_t n;

	assert_ok(st->c, notice_act_draft(st->c, st->in, &st->ann, o, STR(""), &n));
	assert_int_equal(n, 1);
}

static void approve(struct story *st, const struct legal_order *o)
{
	assert_ok(st->c, notice_act_approve(st->c, st->in, &st->bob, o, 1, STR(""), STR("")));
}

static void send(struct story *st, const struct legal_order *o)
{
	assert_ok(st->c, notice_act_send(st->c, st->in, &st->bob, o, 1, false));
}

static const char *state_of(struct story *st, const struct legal_order *o)
{
	return story_text(st,
	    str_fmt(st->c, "SELECT state FROM notice WHERE legal_order = %lld", (long long)o->id).p)
	    .p;
}

/* The mail server took what waits. */
static void post(struct story *st)
{
	struct outgoing o;

	assert_ok(st->c, outgoing_take(st->c, st->in, &o));
	assert_str(o.kind, "user.notice");
	assert_str(o.to, "someone@example.net");
	assert_ok(st->c, outgoing_sent(st->c, st->in, o.ref));
	sweep(st);
}

static void at(struct story *st, const char *instant)
{
	struct instant t;

	assert_ok(st->c, instant_parse(st->c, str_of(instant), &t));
	st->c->fixed_now = t.s;
}

static void told_first(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	st->in->notice_wait = 7;
	(void)story_case(st, records, &o);
	story_approve(st, &o);
	story_no_way(st, &o, 1, ERR_DENIED, "told first");
	draft(st, &o);
	story_no_way(st, &o, 1, ERR_DENIED, "drafted");
	assert_err(
	    st->c, notice_act_send(st->c, st->in, &st->bob, &o, 1, false), ERR_CONFLICT, "drafted");
	assert_err(st->c, notice_act_approve(st->c, st->in, &st->intake, &o, 1, STR(""), STR("")),
	    ERR_DENIED, "role");
	approve(st, &o);
	send(st, &o);
	story_no_way(st, &o, 1, ERR_DENIED, "not left");
	sweep(st);
	story_no_way(st, &o, 1, ERR_DENIED, "not left");
	post(st);
	/* seven whole days after the 15th of September, in Berlin */
	story_no_way(st, &o, 1, ERR_DENIED, "no production before 2026-09-22T22:00:00Z");
	at(st, "2026-09-22T21:59:59Z");
	story_no_way(st, &o, 1, ERR_DENIED, "no production before");
	at(st, "2026-09-22T22:00:00Z");
	assert_ok(st->c, story_produce(st, &o, 1));
}

static void an_objection_holds(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	st->in->notice_wait = 0;
	(void)story_case(st, records, &o);
	story_approve(st, &o);
	draft(st, &o);
	approve(st, &o);
	assert_ok(st->c, notice_act_send(st->c, st->in, &st->bob, &o, 1, true));
	assert_err(st->c, notice_act_object(st->c, st->in, &st->intake, &o, 1, STR(" ")),
	    ERR_INVALID, "reason");
	assert_ok(
	    st->c, notice_act_object(st->c, st->in, &st->intake, &o, 1, STR("a motion to quash")));
	story_no_way(st, &o, 1, ERR_DENIED, "objected");
	assert_err(st->c, notice_act_settle(st->c, st->in, &st->ann, &o, 1, STR("done")),
	    ERR_DENIED, "counsel");
	assert_ok(st->c, notice_act_settle(st->c, st->in, &st->counsel, &o, 1, STR("dismissed")));
	assert_ok(st->c, story_produce(st, &o, 1));
}

static void taken_back_because_of_it(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, records, &o);
	assert_err(
	    st->c, notice_act_withdrawn(st->c, st->in, &st->ann, &o), ERR_DENIED, "no notice");
	draft(st, &o);
	approve(st, &o);
	send(st, &o);
	assert_ok(st->c, notice_act_withdrawn(st->c, st->in, &st->ann, &o));
	assert_string_equal(story_state(st, &o), "withdrawn");
	assert_string_equal(state_of(st, &o), "withdrawn");
	assert_str(story_text(st, "SELECT withdrawn_because FROM legal_order"), "notice");
}

/* A bar of one case is a bar on the account, whatever case a notice is of. */
static void barred(void **state)
{
	struct story *st = *state;
	struct legal_order o, other;
	int64_t n;

	st->in->notice_wait = 7;
	(void)story_case(st, records, &other);
	(void)story_case(st, gagged, &o);
	assert_err(st->c, notice_act_draft(st->c, st->in, &st->ann, &o, STR(""), &n), ERR_DENIED,
	    "a bar holds");
	assert_err(st->c, notice_act_draft(st->c, st->in, &st->ann, &other, STR(""), &n),
	    ERR_DENIED, "a bar holds");
	sweep(st);
	assert_string_equal(state_of(st, &o), "barred");
	story_approve(st, &o);
	assert_ok(st->c, story_produce(st, &o, 1));
	/* the last day of the bar is the last of the year, in Berlin */
	at(st, "2026-12-31T22:59:59Z");
	sweep(st);
	assert_string_equal(state_of(st, &o), "barred");
	at(st, "2026-12-31T23:00:00Z");
	sweep(st);
	assert_string_equal(state_of(st, &o), "drafted");
	approve(st, &o);
	send(st, &o);
	post(st);
	assert_string_equal(state_of(st, &o), "sent");
	assert_int_equal(story_num(st, "SELECT posted = not_before FROM notice"), 1);
}

/* A bar that begins while the letter waits keeps it here. */
static void a_letter_is_called_back(void **state)
{
	struct story *st = *state;
	struct legal_order o, later;
	struct outgoing out;

	(void)story_case(st, records, &o);
	draft(st, &o);
	approve(st, &o);
	send(st, &o);
	(void)story_case(st, gagged, &later);
	assert_err(st->c, outgoing_take(st->c, st->in, &out), ERR_NOTFOUND, "no letter");
	sweep(st);
	assert_string_equal(state_of(st, &o), "barred");
	assert_int_equal(story_num(st, "SELECT count(*) FROM notice WHERE sent IS NOT NULL"), 0);
}

/* Below the desk. */
static void attacked(void **state)
{
	struct story *st = *state;
	struct legal_order o, later;

	(void)story_case(st, records, &o);
	draft(st, &o);
	approve(st, &o);
	(void)story_case(st, gagged, &later);
	assert_err(st->c, notice_act_send(st->c, st->in, &st->bob, &o, 1, true), ERR_DENIED,
	    "a bar holds");
#define SENT                                                                                       \
	"UPDATE notice SET state = 'sent', sender = 5, way = 'hand', sent = %lld, sent_day = "     \
	"%lld, posted = %lld, not_before = %lld, rev = rev + 1, entry = " STORY_ENTRY
	for (int days = 0; days < 2; days++)
		story_refused(st,
		    str_fmt(st->c, SENT, (long long)STORY_NOW,
			(long long)STORY_NOW / STORY_DAY + days, (long long)STORY_NOW,
			(long long)STORY_NOW)
			.p,
		    "while a bar holds");
	/* nor with a day on which the bar has ended, in the place of today */
	story_refused(st,
	    str_fmt(st->c, SENT, (long long)STORY_NOW, (long long)STORY_NOW / STORY_DAY + 400,
		(long long)STORY_NOW, (long long)STORY_NOW)
		.p,
	    "CHECK");
	story_refused(st, "DELETE FROM notice", "never deleted");
	story_refused(
	    st, "UPDATE notice SET state = 'objected', rev = rev + 1, entry = " STORY_ENTRY, "");
	story_refused(st,
	    "UPDATE notice SET target = (SELECT max(id) FROM target), rev = rev + 1, entry "
	    "= " STORY_ENTRY,
	    "not rewritten");
}

static void an_emergency_waits_for_nobody(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct gate g;

	st->in->notice_wait = 7;
	(void)story_case(st, records, &o);
	story_approve(st, &o);
	assert_ok(st->c, gate_load(st->c, st->in, o.id, &g));
	assert_err(st->c, notice_check(st->c, st->in, &g, &g.items.v[0]), ERR_DENIED, "told first");
	g.order.emergency = true;
	assert_ok(st->c, notice_check(st->c, st->in, &g, &g.items.v[0]));
	assert_ok(st->c,
	    notice_act_not_needed(st->c, st->in, &st->ann, &o, 0, STR("the user consented")));
	assert_ok(st->c, story_produce(st, &o, 1));
}

static void on_what_a_bar_rests(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct day review;

	assert_ok(st->c, day_parse(st->c, STR("2026-11-30"), &review));
	(void)story_case(st, gagged, &o);
	assert_err(st->c,
	    notice_act_source(st->c, st->in, &st->ann, &o, 1, STR("rumour"), DAY_NONE), ERR_INVALID,
	    "statute");
	assert_err(st->c, notice_act_source(st->c, st->in, &st->ann, &o, 2, STR("order"), DAY_NONE),
	    ERR_NOTFOUND, "no such");
	assert_ok(st->c, notice_act_source(st->c, st->in, &st->ann, &o, 1, STR("order"), DAY_NONE));
	assert_ok(st->c, notice_act_source(st->c, st->in, &st->ann, &o, 1, STR("order"), review));
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE act = 'review' AND "
				       "kind = 'bar'"),
	    1);
	assert_ok(st->c, hold_lift_secrecy(st->c, st->in, &st->counsel, &o, 1));
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE act = 'review'"), 0);
}

/* The work process has fewer statements than the desk. */
static void the_work_process_sweeps(void **state)
{
	struct story *st = *state;
	struct notice_swept s;
	struct instance *work;
	struct legal_order o;

	(void)story_case(st, gagged, &o);
	assert_ok(st->c, instance_open(st->c, str_fmt(st->c, "%s/i", st->dir),
			     SQL_ROLE_WORK | SQL_ROLE_SEQ, &work));
	assert_ok(st->c, notice_act_sweep(st->c, work, NULL, &s));
	assert_int_equal(s.barred, 1);
	at(st, "2027-01-01T09:00:00Z");
	assert_ok(st->c, notice_act_sweep(st->c, work, NULL, &s));
	assert_int_equal(s.drafted, 1);
	assert_ok(st->c, notice_act_sweep(st->c, work, NULL, &s));
	assert_int_equal(s.orders, 0);
	instance_close(&work);
}

int main(void)
{
	const struct CMUnitTest tests[] = {STORY_TEST(told_first), STORY_TEST(an_objection_holds),
	    STORY_TEST(taken_back_because_of_it), STORY_TEST(barred),
	    STORY_TEST(a_letter_is_called_back), STORY_TEST(attacked),
	    STORY_TEST(an_emergency_waits_for_nobody), STORY_TEST(on_what_a_bar_rests),
	    STORY_TEST(the_work_process_sweeps)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
