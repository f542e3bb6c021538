/* What happens to an order beside its examination: withdrawn, amended, cured, asked back,
 * redirected, lapsed, corrected; and two people with the same order open at once. */
#include "desk_story.h"

#include "desk/redirect.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'body','name'"};
static const struct story_ask records = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};

static int64_t live_grants(struct story *st)
{
	return story_num(st, "SELECT count(*) FROM decision WHERE live = 1");
}

/* ---- withdrawal ---- */

static void withdrawn(void **state)
{
	struct story *st = *state;
	struct story_mark m;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	story_approve(st, &o);
	m = story_mark(st);
	assert_err(st->c, order_withdraw(st->c, st->in, &st->intake, &o, STR("bored")), ERR_INVALID,
	    "because");
	assert_err(
	    st->c, order_withdraw(st->c, st->in, &st->intake, &o, STR("")), ERR_INVALID, "because");
	assert_err(st->c, order_withdraw(st->c, st->in, &st->auditor, &o, STR("notice")),
	    ERR_DENIED, "role");
	story_untouched(st, m);
	m = story_mark(st);
	assert_ok(st->c, order_withdraw(st->c, st->in, &st->intake, &o, STR("notice")));
	story_wrote(st, m, "order.withdraw");
	assert_string_equal(story_state(st, &o), "withdrawn");
	assert_string_equal(story_item(st, &o, 1), "withdrawn");
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_WITHDRAWN);
	assert_int_equal(live_grants(st), 0);
	story_no_way(st, &o, 1, ERR_DENIED, "withdrawn");
	m = story_mark(st);
	assert_err(st->c, order_withdraw(st->c, st->in, &st->intake, &o, STR("other")), ERR_DENIED,
	    "withdrawn");
	assert_err(st->c, story_fact(st, &o, "order.signed", "yes"), ERR_DENIED, "withdrawn");
	assert_err(
	    st->c, order_withdraw_item(st->c, st->in, &st->intake, &o, 1), ERR_DENIED, "withdrawn");
	story_untouched(st, m);
	assert_str(story_text(st, "SELECT withdrawn_because FROM legal_order"), "notice");
}

static void one_item_withdrawn(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	story_approve(st, &o);
	assert_ok(st->c, order_withdraw_item(st->c, st->in, &st->intake, &o, 1));
	assert_string_equal(story_item(st, &o, 1), "withdrawn");
	assert_int_equal(live_grants(st), 1);
	story_no_way(st, &o, 1, ERR_DENIED, "item 1 is not approved: it is withdrawn");
	assert_err(st->c, order_withdraw_item(st->c, st->in, &st->intake, &o, 3), ERR_NOTFOUND,
	    "no item 3");
	assert_ok(st->c, story_produce(st, &o, 2));
	assert_err(
	    st->c, order_withdraw_item(st->c, st->in, &st->intake, &o, 2), ERR_DENIED, "produced");
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_NONCONTENT);
	/* what was disclosed stays disclosed */
	assert_ok(st->c, order_withdraw(st->c, st->in, &st->intake, &o, STR("authority")));
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_NONCONTENT);
	assert_string_equal(story_item(st, &o, 2), "produced");
}

/* The one undecided item taken back: examining again is enough to go on with the others. */
static void the_last_question_withdrawn(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 2, ITEM_PRODUCE));
	assert_ok(st->c, order_withdraw_item(st->c, st->in, &st->intake, &o, 1));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_string_equal(story_state(st, &o), "approved");
	assert_ok(st->c, story_produce(st, &o, 2));
}

/* ---- chains ---- */

static void amended(void **state)
{
	struct story *st = *state;
	struct demand_opening how = {0};
	struct legal_order old, new;
	struct matter m = story_case(st, warrant, &old), same;
	struct story_mark mark;
	struct str ref;

	story_approve(st, &old);
	ref = story_receive_by(st, &st->intake, records);
	how.amends = &old;
	mark = story_mark(st);
	assert_ok(st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &same));
	story_wrote(st, mark, "order.amend");
	assert_int_equal(same.id, m.id);
	assert_ok(st->c, matter_order(st->c, st->in, &m, 2, &new));
	assert_string_equal(story_state(st, &old), "amended");
	assert_string_equal(story_state(st, &new), "in_review");
	assert_int_equal(new.amends, old.id);
	assert_int_equal(live_grants(st), 0); /* nothing goes out on the old one */
	story_no_way(st, &old, 1, ERR_DENIED, "amended");
	/* counted once: the old order has no outcome of its own */
	assert_int_equal(story_order(st, old.id).outcome, 0);
	story_approve(st, &new);
	assert_ok(st->c, story_produce(st, &new, 1));
	assert_err(st->c, matter_order(st->c, st->in, &m, 0, &old), ERR_INVALID, "--order");
	assert_err(st->c, matter_order(st->c, st->in, &m, 3, &old), ERR_NOTFOUND, "no such order");
}

/* A refused order is cured, not amended; one that gave out data stands. */
static void what_is_not_amended(void **state)
{
	struct story *st = *state;
	struct demand_opening how = {0};
	struct legal_order refused, produced;
	struct story_mark mark;
	struct matter m;
	struct str ref;

	(void)story_case(st, records, &refused);
	assert_ok(
	    st->c, review_reject(st->c, st->in, &st->ann, &refused, STR("no_basis"), STR("x")));
	(void)story_case(st, records, &produced);
	story_approve(st, &produced);
	assert_ok(st->c, story_produce(st, &produced, 1));
	ref = story_receive_by(st, &st->intake, records);
	mark = story_mark(st);
	how.amends = &refused;
	assert_err(
	    st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &m), ERR_DENIED, "rejected");
	how.amends = &produced;
	assert_err(
	    st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &m), ERR_DENIED, "produced");
	story_untouched(st, mark);
}

static void cured(void **state)
{
	struct story *st = *state;
	struct demand_opening how = {0};
	struct legal_order old, new, stale;
	struct matter m, n = story_case(st, records, &old);
	struct str ref = story_receive_by(st, &st->intake, records);

	how.cures = &old;
	assert_err(st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &m), ERR_DENIED,
	    "only a refused");
	assert_ok(st->c, review_reject(st->c, st->in, &st->ann, &old, STR("no_basis"), STR("x")));
	assert_ok(st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &m));
	assert_int_not_equal(m.id, n.id);
	assert_ok(st->c, matter_order(st->c, st->in, &m, 0, &new));
	assert_int_equal(new.cures, old.id);
	assert_string_equal(story_state(st, &old), "rejected"); /* the chain is kept */
	story_approve(st, &new);
	assert_ok(st->c, story_produce(st, &new, 1));
	/* a stale copy that still says "rejected" does not open a chain on an order under review */
	stale = story_order(st, old.id);
	assert_ok(st->c, story_fact(st, &old, "order.legal_basis", "2703(a)"));
	how.cures = &stale;
	assert_int_equal(stale.state, ORDER_REJECTED);
	ref = story_receive_by(st, &st->intake, records);
	assert_err(
	    st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &m), ERR_DENIED, "in_review");
}

/* ---- questions ---- */

static void asked_back(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct story_mark m;

	(void)story_case(st, records, &o);
	m = story_mark(st);
	assert_err(
	    st->c, order_return(st->c, st->in, &st->ann, &o, STR(" ")), ERR_INVALID, "empty");
	assert_err(st->c, order_answer(st->c, st->in, &st->intake, &o, STR("well")), ERR_DENIED,
	    "no question");
	story_untouched(st, m);
	assert_ok(st->c, order_return(st->c, st->in, &st->ann, &o, STR("Which account?")));
	assert_string_equal(story_state(st, &o), "returned");
	assert_err(
	    st->c, order_return(st->c, st->in, &st->ann, &o, STR("And?")), ERR_DENIED, "returned");
	assert_err(st->c, story_examine(st, &st->ann, &o), ERR_DENIED, "returned");
	assert_err(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED, "returned");
	assert_ok(st->c, story_fact(st, &o, "order.legal_basis", "2703(a)"));
	assert_string_equal(story_state(st, &o), "returned"); /* the question is still out */
	st->c->fixed_now += 3600;
	assert_ok(st->c, order_answer(st->c, st->in, &st->intake, &o, STR("The one named.")));
	assert_string_equal(story_state(st, &o), "in_review");
	assert_int_equal(story_num(st, "SELECT until - since FROM pause"), 3600);
	story_approve(st, &o);
}

/* The ten days of an EPOC wait while a question is out; the earliest instant with them. */
static void a_question_stops_the_clock(void **state)
{
	struct story *st = *state;
	struct story_ask a = {.instrument = "EU-EPOC",
	    .facts = STORY_EPOC,
	    .fields = "'body'",
	    .country = "FR",
	    .channel = "decentralised_it"};
	struct legal_order o;
	struct gate g;
	int64_t before;

	(void)story_case(st, a, &o);
	assert_ok(st->c, gate_load(st->c, st->in, o.id, &g));
	before = g.now.earliest.s;
	assert_ok(st->c, order_return(st->c, st->in, &st->ann, &o, STR("Which?")));
	st->c->fixed_now += 2 * STORY_DAY;
	assert_ok(st->c, order_answer(st->c, st->in, &st->intake, &o, STR("This.")));
	assert_ok(st->c, gate_load(st->c, st->in, o.id, &g));
	for (size_t i = 0; i < g.now.n_clocks; i++)
		if (str_is(g.now.clocks[i].id, "EE-10-2"))
			assert_int_equal(g.now.clocks[i].latest.s, before + 2 * STORY_DAY);
	assert_true(g.now.earliest.s >= before);
}

/* ---- endings ---- */

static void redirected(void **state)
{
	const struct redirect_contact k = {STR("Example Company"), STR("1 Main Street")};
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, records, &o);
	assert_err(st->c, redirect_order(st->c, st->in, &st->ann, &o, &k, false, STR("")),
	    ERR_INVALID, "reason");
	assert_err(st->c, redirect_order(st->c, st->in, &st->intake, &o, &k, false, STR("x")),
	    ERR_DENIED, "role");
	assert_ok(st->c,
	    redirect_order(st->c, st->in, &st->ann, &o, &k, false, STR("the company holds it")));
	assert_string_equal(story_state(st, &o), "redirected");
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_REDIRECTED);
	story_no_way(st, &o, 1, ERR_DENIED, "redirected");
}

static void lapsed(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, records, &o);
	story_approve(st, &o);
	assert_err(st->c, order_lapse(st->c, st->in, &st->ann, &o, STR("no_basis")), ERR_INVALID,
	    "not_confirmed or expired");
	assert_err(
	    st->c, order_lapse(st->c, st->in, &st->intake, &o, STR("expired")), ERR_DENIED, "role");
	assert_ok(st->c, order_lapse(st->c, st->in, &st->ann, &o, STR("expired")));
	assert_str(story_order(st, o.id).code, "expired");
	story_no_way(st, &o, 1, ERR_DENIED, "lapsed");
	assert_int_equal(live_grants(st), 0);
}

static void a_closed_case_rests(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st, records, &o), stale;
	struct story_mark mark;

	assert_err(st->c, matter_close(st->c, st->in, &st->ann, &m, true), ERR_DENIED, "in_review");
	assert_ok(st->c, review_reject(st->c, st->in, &st->ann, &o, STR("no_basis"), STR("x")));
	assert_err(st->c, matter_close(st->c, st->in, &st->intake, &m, true), ERR_DENIED, "role");
	stale = m;
	assert_ok(st->c, matter_close(st->c, st->in, &st->ann, &m, true));
	mark = story_mark(st);
	assert_err(
	    st->c, matter_close(st->c, st->in, &st->bob, &stale, true), ERR_CONFLICT, "meanwhile");
	assert_err(st->c, story_fact(st, &o, "order.signed", "yes"), ERR_DENIED, "closed");
	assert_err(st->c, story_examine(st, &st->ann, &o), ERR_DENIED, "closed");
	assert_err(st->c, order_withdraw(st->c, st->in, &st->intake, &o, STR("other")), ERR_DENIED,
	    "closed");
	story_untouched(st, mark);
	assert_ok(st->c, matter_close(st->c, st->in, &st->ann, &m, false));
	assert_ok(st->c, story_fact(st, &o, "order.legal_basis", "2703"));
	assert_string_equal(story_state(st, &o), "in_review");
	assert_int_equal(story_order(st, o.id).outcome, 0); /* open again: pending */
}

/* ---- corrections ---- */

static int correct(struct story *st, const struct legal_order *o, int64_t item, const char *kind,
    const char *value)
{
	return order_correct(st->c, st->in, &st->intake, o, item, str_of(kind), str_of(value));
}

static void corrected(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct story_mark m;

	(void)story_case(st, warrant, &o);
	story_approve(st, &o);
	m = story_mark(st);
	assert_int_equal(correct(st, &o, 1, "email", "no address"), ERR_INVALID);
	err_clear(st->c);
	assert_int_equal(correct(st, &o, 1, "soul", "x"), ERR_INVALID);
	err_clear(st->c);
	assert_err(st->c, correct(st, &o, 5, "email", "a@example.net"), ERR_NOTFOUND, "no item 5");
	story_untouched(st, m);
	m = story_mark(st);
	assert_ok(st->c, correct(st, &o, 1, "email", "Some.One@Example.NET"));
	story_wrote(st, m, "item.correct");
	assert_string_equal(story_state(st, &o), "in_review");
	assert_string_equal(story_item(st, &o, 1), "asked");
	assert_string_equal(story_item(st, &o, 2), "asked");
	story_no_way(st, &o, 1, ERR_DENIED, "in_review");
	assert_int_equal(story_num(st, "SELECT corrects FROM target ORDER BY id DESC LIMIT 1"), 1);
	story_approve(st, &o);
	assert_ok(st->c, story_produce(st, &o, 1));
	assert_err(st->c, correct(st, &o, 1, "email", "x@example.net"), ERR_DENIED, "produced");
}

/* A correction is no way around P4, and the instant of use is no part of the slip. */
static void corrections_keep_the_rest(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct targets t;

	(void)story_case(st, records, &o);
	assert_int_equal(correct(st, &o, 1, "domain", "*.example.net"), ERR_INVALID);
	err_clear(st->c);
	/* nor does the same word twice make one account of all of them */
	(void)story_case(st,
	    (struct story_ask){.instrument = "US-WARRANT",
		.facts = STORY_WARRANT,
		.fields = "'name'",
		.targets = "{'kind':'email','value':'all@example.net','specific':false}"},
	    &o);
	assert_err(
	    st->c, correct(st, &o, 1, "email", "all@example.net"), ERR_DENIED, "amended order");
	(void)story_case(st,
	    (struct story_ask){.instrument = "US-WARRANT",
		.facts = STORY_WARRANT,
		.fields = "'assigned_ip'",
		.targets = "{'kind':'ipv4','value':'192.0.2.7','at':'2026-08-01T10:00:00Z'}"},
	    &o);
	assert_ok(st->c, correct(st, &o, 1, "ipv4", "192.0.2.8"));
	assert_ok(st->c, matter_targets(st->c, st->in, o.matter, &t));
	assert_str(t.v[t.n - 1].value, "192.0.2.8");
	assert_int_equal(t.v[t.n - 1].at.s, t.v[0].at.s);
}

/* ---- two people at once ---- */

/* Every step reads the rows anew inside its transaction: a stale copy neither wins nor breaks
 * anything. */
static void stale_copies(void **state)
{
	struct story *st = *state;
	struct legal_order o, ann, bob;

	(void)story_case(st, records, &o);
	ann = bob = o;
	assert_ok(st->c, review_reject(st->c, st->in, &st->ann, &ann, STR("no_basis"), STR("x")));
	assert_int_equal(bob.state, ORDER_IN_REVIEW);
	assert_err(st->c, story_examine(st, &st->bob, &bob), ERR_DENIED, "rejected");
	assert_err(st->c, review_reject(st->c, st->in, &st->bob, &bob, STR("other"), STR("y")),
	    ERR_DENIED, "rejected");
	assert_str(story_order(st, o.id).code, "no_basis");
}

struct race {
	struct story *st;
	struct legal_order order;
	int second;
};

/* Moves the order twice from the same copy: the row has another revision by then. */
static int move_twice(struct ctx *c, struct step *s, void *arg)
{
	struct race *r = arg;
	struct legal_order copy = r->order;
	int rc = matter_move_order(c, s, &r->order, ORDER_RETURNED, NULL);

	if (rc != 0)
		return rc;
	r->second = matter_move_order(c, s, &copy, ORDER_RETURNED, NULL);
	return r->second;
}

static void a_stale_revision_conflicts(void **state)
{
	struct story *st = *state;
	struct race r = {.st = st};
	struct story_mark m;

	(void)story_case(st, records, &r.order);
	m = story_mark(st);
	assert_err(st->c,
	    step_run(st->c, &st->in->store, "order.return", st->ann.id, move_twice, &r, NULL),
	    ERR_CONFLICT, "somebody changed it meanwhile");
	assert_int_equal(r.second, ERR_CONFLICT);
	story_untouched(st, m); /* the first move went back with it */
	assert_string_equal(story_state(st, &r.order), "in_review");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(withdrawn),
	    STORY_TEST(one_item_withdrawn),
	    STORY_TEST(the_last_question_withdrawn),
	    STORY_TEST(amended),
	    STORY_TEST(what_is_not_amended),
	    STORY_TEST(cured),
	    STORY_TEST(asked_back),
	    STORY_TEST(a_question_stops_the_clock),
	    STORY_TEST(redirected),
	    STORY_TEST(lapsed),
	    STORY_TEST(a_closed_case_rests),
	    STORY_TEST(corrected),
	    STORY_TEST(corrections_keep_the_rest),
	    STORY_TEST(stale_copies),
	    STORY_TEST(a_stale_revision_conflicts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
