/* People decide (P3): answers, the second person, refusals; nothing in bulk, nothing answered away.
 */
#include "desk_story.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'body','name'"};
static const struct story_ask records = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};
static const struct story_ask epoc = {.instrument = "EU-EPOC",
    .facts = STORY_EPOC,
    .fields = "'body'",
    .country = "FR",
    .channel = "decentralised_it"};

static void roles(void **state)
{
	struct story *st = *state;
	const struct person *not_these[] = {
	    &st->admin, &st->intake, &st->collector, &st->publisher, &st->auditor};
	struct story_mark m;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	m = story_mark(st);
	for (size_t i = 0; i < sizeof not_these / sizeof not_these[0]; i++) {
		const struct person *p = not_these[i];

		assert_err(st->c, story_examine(st, p, &o), ERR_DENIED, "needs the role");
		assert_err(
		    st->c, story_decide(st, p, &o, 1, ITEM_PRODUCE), ERR_DENIED, "needs the role");
		assert_err(st->c, story_second(st, p, &o, 1), ERR_DENIED, "needs the role");
		assert_err(st->c, review_answer(st->c, st->in, p, &o, 1, STR("accept"), STR("x")),
		    ERR_DENIED, "needs the role");
		assert_err(st->c, review_reject(st->c, st->in, p, &o, STR("other"), STR("x")),
		    ERR_DENIED, "needs the role");
		assert_err(st->c, review_annex3(st->c, st->in, p, &o, STR("other"), STR("x")),
		    ERR_DENIED, "needs the role");
	}
	story_untouched(st, m);
}

/* ---- the second person ---- */

static void the_second_is_another(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_err(st->c, story_second(st, &st->bob, &o, 1), ERR_DENIED, "nobody has decided");
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 2, ITEM_PRODUCE));
	assert_err(st->c, story_second(st, &st->ann, &o, 1), ERR_DENIED,
	    "another than the one who decided");
	assert_err(st->c, story_second(st, &st->bob, &o, 2), ERR_DENIED, "no second person");
	assert_err(st->c, story_second(st, &st->bob, &o, 9), ERR_NOTFOUND, "no item 9");
	assert_string_equal(story_state(st, &o), "in_review");
	assert_ok(st->c, story_second(st, &st->counsel, &o, 1));
	assert_string_equal(story_state(st, &o), "approved");
	assert_err(st->c, story_second(st, &st->bob, &o, 1), ERR_DENIED, "approved");
	/* a decision made anew needs its second anew */
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->bob, &o, 1, ITEM_PRODUCE));
	assert_ok(st->c, story_decide(st, &st->bob, &o, 2, ITEM_PRODUCE));
	assert_string_equal(story_state(st, &o), "in_review");
	assert_err(st->c, story_second(st, &st->bob, &o, 1), ERR_DENIED, "another");
	assert_ok(st->c, story_second(st, &st->ann, &o, 1));
}

static void decided_again_while_it_waits(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
	assert_ok(st->c, story_decide(st, &st->bob, &o, 1, ITEM_PRODUCE));
	assert_int_equal(story_num(st, "SELECT count(*) FROM decision WHERE live = 1"), 1);
	assert_err(st->c, story_second(st, &st->bob, &o, 1), ERR_DENIED, "another");
	assert_ok(st->c, story_second(st, &st->ann, &o, 1));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_WITHHOLD));
	assert_err(st->c, story_second(st, &st->bob, &o, 1), ERR_DENIED, "no second person");
	assert_int_equal(story_num(st, "SELECT count(*) FROM decision WHERE live = 1"), 1);
}

/* Where a second person is due (product.md, P3). */
static void when_a_second_is_due(void **state)
{
	static const char three[] = "{'kind':'email','value':'a@example.net'},"
				    "{'kind':'email','value':'b@example.net'},"
				    "{'kind':'email','value':'c@example.net'}";
	struct story *st = *state;
	struct {
		struct story_ask ask;
		const struct person *who;
		bool due;
	} cases[] = {
	    {records, &st->intake, false},
	    {{.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'body'"}, &st->intake,
		true},
	    {{.instrument = "US-WARRANT",
		 .facts = STORY_WARRANT,
		 .fields = "'name'",
		 .targets = three},
		&st->intake, true},
	    {{.instrument = "US-EMERG",
		 .fields = "'name'",
		 .facts = "'order.emergency_shown':true,'order.us_related':true,"
			  "'order.capability':false"},
		&st->intake, true},
	    {{.instrument = "US-NSL", .facts = STORY_NSL, .fields = "'name'"}, &st->named, true},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct person *p = cases[i].who == &st->named ? &st->named : &st->ann;
		struct legal_order o;
		struct gate g;

		(void)story_case_by(st, cases[i].who, cases[i].ask, &o);
		assert_ok(st->c, gate_load(st->c, st->in, o.id, &g));
		assert_int_equal(gate_second_due(&g, st->in, &g.items.v[0]), cases[i].due);
		if (gate_emergency(&g))
			assert_ok(st->c, story_call(st, &st->intake, &o, "confirmed"));
		assert_ok(st->c, story_examine(st, p, &o));
		for (size_t k = 1; k <= g.items.n; k++)
			assert_ok(st->c, story_decide(st, p, &o, (int64_t)k, ITEM_PRODUCE));
		assert_string_equal(story_state(st, &o), cases[i].due ? "in_review" : "approved");
	}
}

/* The emergency that a person finds in the paper later counts as one that was printed. */
static void an_emergency_entered_later(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, records, &o);
	assert_ok(st->c, story_fact(st, &o, "order.emergency", "yes"));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
	assert_string_equal(story_state(st, &o), "in_review");
	assert_err(st->c, story_second(st, &st->bob, &o, 1), ERR_DENIED, "called the authority");
	assert_ok(st->c, story_call(st, &st->ann, &o, "confirmed"));
	assert_ok(st->c, story_second(st, &st->bob, &o, 1));
	assert_string_equal(story_state(st, &o), "approved");
}

/* ---- answers ---- */

/* An unverified rule only asks, and a person may accept; a verified one wants facts; a fail is
 * final. */
static void answers(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	int64_t n;

	(void)story_case(st,
	    (struct story_ask){.instrument = "US-WARRANT",
		.fields = "'name'",
		.facts = "'order.issuer':'judge','order.signed':false,"
			 "'order.us_user_foreign':false,'order.us_2705b':false,"
			 "'order.capability':false"},
	    &o);
	n = story_finding(st, &o, "US-2703-WARRANT-COURT"); /* order.competent is not known */
	assert_err(st->c, review_answer(st->c, st->in, &st->ann, &o, n, STR("accept"), STR("sure")),
	    ERR_DENIED, "asks for facts");
	assert_ok(st->c, story_fact(st, &o, "order.competent", "yes"));
	n = story_finding(st, &o, "US-SIGNED");
	assert_err(st->c, story_examine(st, &st->ann, &o), ERR_DENIED, "US-SIGNED");
	assert_err(st->c, review_answer(st->c, st->in, &st->ann, &o, n, STR("allow"), STR("x")),
	    ERR_INVALID, "accept or deny");
	assert_err(st->c, review_answer(st->c, st->in, &st->ann, &o, n, STR("accept"), STR("  ")),
	    ERR_INVALID, "reason");
	assert_err(st->c, review_answer(st->c, st->in, &st->ann, &o, 99, STR("accept"), STR("x")),
	    ERR_NOTFOUND, "no finding 99");
	assert_err(st->c, review_answer(st->c, st->in, &st->ann, &o, 0, STR("accept"), STR("x")),
	    ERR_NOTFOUND, "no finding 0");
	assert_ok(st->c, review_answer(st->c, st->in, &st->ann, &o, n, STR("deny"), STR("a copy")));
	assert_err(st->c, story_examine(st, &st->ann, &o), ERR_DENIED, "answered against");
	assert_ok(
	    st->c, review_answer(st->c, st->in, &st->ann, &o, n, STR("accept"), STR("called")));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	/* a new round asks again: the answer was to what stood then */
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	assert_err(st->c, story_examine(st, &st->ann, &o), ERR_DENIED, "waits for an answer");
}

static void a_fail_is_not_answered_away(void **state)
{
	static const struct {
		const char *answer, *verdict, *rule;
	} attacks[] = {
	    {"accept", "fail", "US-2703-A-180DAYS"},
	    {"allow", "fail", "US-2703-A-180DAYS"},
	    {"deny", "fail", "US-2703-A-180DAYS"},
	    {"allow", "ask", "US-SIGNED"},
	    {"accept", "pass", "HOUSE-P4-DEMAND"},
	};
	struct story *st = *state;
	struct legal_order o;
	int64_t n;

	(void)story_case(st,
	    (struct story_ask){.instrument = "US-SUBP-GJ",
		.fields = "'body','name'",
		.facts = "'order.issuer':'court','order.us_user_foreign':false,"
			 "'order.us_2705b':false,'order.us_prior_notice':false,"
			 "'order.us_old_or_rcs':false"},
	    &o);
	n = story_finding(st, &o, "US-2703-A-180DAYS");
	assert_true(n > 0);
	assert_err(st->c, review_answer(st->c, st->in, &st->ann, &o, n, STR("accept"), STR("x")),
	    ERR_DENIED, "not answered away");
	assert_err(st->c, review_answer(st->c, st->in, &st->counsel, &o, n, STR("allow"), STR("x")),
	    ERR_DENIED, "not answered away");
	for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++) {
		const char *sql = str_fmt(st->c,
		    "UPDATE finding SET answer = '%s', answered_by = 3, rev = rev + 1, entry "
		    "= " STORY_ENTRY " WHERE verdict = '%s' AND rule = '%s'",
		    attacks[i].answer, attacks[i].verdict, attacks[i].rule)
				      .p;

		story_refused(st, sql, "CHECK");
	}
	/* a question of verified law (order.capability is not known) takes no "accept" in the rows
	 * either */
	story_refused(st,
	    "UPDATE finding SET answer = 'accept', answered_by = 3, rev = rev + 1, entry "
	    "= " STORY_ENTRY " WHERE verdict = 'ask' AND verified = 1",
	    "CHECK");
	story_refused(st,
	    "UPDATE finding SET verified = 0, answer = 'accept', answered_by = 3, rev = rev + 1,"
	    " entry = " STORY_ENTRY " WHERE verdict = 'ask' AND verified = 1",
	    "not rewritten");
}

/* ---- verdicts ---- */

static struct day day_of(struct story *st, const char *text)
{
	struct day d;

	assert_ok(st->c, day_parse(st->c, str_of(text), &d));
	return d;
}

static void verdicts(void **state)
{
	struct story *st = *state;
	struct review_verdict v = {
	    .to = ITEM_NARROW, .from = DAY_NONE, .to_day = DAY_NONE, .reason = STR("r")};
	static const struct {
		const char *from, *to;
		bool good;
	} periods[] = {{"2026-05-31", "2026-07-31", false}, {"2026-06-01", "2026-09-01", false},
	    {"2026-07-31", "2026-07-01", false}, {"2026-06-01", "2026-08-31", true},
	    {"2026-07-01", "2026-07-01", true}};
	struct legal_order o;

	(void)story_case(st, records, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_err(
	    st->c, review_decide(st->c, st->in, &st->ann, &o, 1, &v), ERR_INVALID, "reason code");
	v.code = STR("no_such_code");
	assert_err(
	    st->c, review_decide(st->c, st->in, &st->ann, &o, 1, &v), ERR_INVALID, "reason code");
	v.code = STR("over_broad");
	assert_err(st->c, review_decide(st->c, st->in, &st->ann, &o, 1, &v), ERR_INVALID, "narrow");
	for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
		v.from = day_of(st, periods[i].from);
		v.to_day = day_of(st, periods[i].to);
		if (periods[i].good) {
			(void)story_case(st, records, &o);
			assert_ok(st->c, story_examine(st, &st->ann, &o));
			assert_ok(st->c, review_decide(st->c, st->in, &st->ann, &o, 1, &v));
			assert_string_equal(story_state(st, &o), "approved");
			assert_true(story_order(st, o.id).narrowed);
		} else {
			assert_err(st->c, review_decide(st->c, st->in, &st->ann, &o, 1, &v),
			    ERR_INVALID, "narrow");
		}
	}
	v.reason = STR("");
	assert_err(st->c, review_decide(st->c, st->in, &st->ann, &o, 1, &v), ERR_INVALID, "reason");
}

/* "produced" is no verdict of a person, nor are the other states an item can have. */
static void states_are_no_verdicts(void **state)
{
	static const enum item_state states[] = {
	    ITEM_ASKED, ITEM_WITHDRAWN, ITEM_NO_DATA, ITEM_PRODUCED};
	struct story *st = *state;
	struct story_mark m;
	struct legal_order o;

	(void)story_case(st, records, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	m = story_mark(st);
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		assert_err(st->c, story_decide(st, &st->ann, &o, 1, states[i]), ERR_INVALID, "");
	story_untouched(st, m);
	assert_string_equal(story_item(st, &o, 1), "asked");
}

/* Each order singly: a decision on one leaves its twin as it was. */
static void nothing_in_bulk(void **state)
{
	struct story *st = *state;
	struct legal_order a, b;
	struct story_mark m;

	(void)story_case(st, records, &a);
	(void)story_case(st, records, &b);
	story_approve(st, &a);
	assert_string_equal(story_state(st, &b), "in_review");
	assert_string_equal(story_item(st, &b, 1), "asked");
	m = story_mark(st);
	assert_err(st->c, story_decide(st, &st->ann, &b, 1, ITEM_PRODUCE), ERR_DENIED,
	    "nobody has examined");
	assert_err(
	    st->c, story_decide(st, &st->ann, &b, 2, ITEM_PRODUCE), ERR_NOTFOUND, "no item 2");
	story_untouched(st, m);
	assert_err(st->c, story_decide(st, &st->ann, &a, 1, ITEM_WITHHOLD), ERR_DENIED, "approved");
}

/* No rule refuses by itself: an order of which nothing is granted waits for a person. */
static void withheld_waits_for_a_person(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, records, &o);
	assert_ok(st->c, review_basis(st->c, st->in, &st->ann, &o, false, STR("no")));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_WITHHOLD));
	assert_string_equal(story_state(st, &o), "in_review");
	assert_int_equal(story_order(st, o.id).outcome, 0);
	assert_ok(
	    st->c, review_reject(st->c, st->in, &st->ann, &o, STR("no_basis"), STR("none named")));
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_REJECTED);
}

/* ---- refusing ---- */

static void rejecting(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct story_mark m;

	(void)story_case(st, warrant, &o);
	m = story_mark(st);
	assert_err(st->c, review_reject(st->c, st->in, &st->ann, &o, STR(""), STR("x")),
	    ERR_INVALID, "refusal code");
	assert_err(st->c, review_reject(st->c, st->in, &st->ann, &o, STR("because"), STR("x")),
	    ERR_INVALID, "refusal code");
	assert_err(st->c, review_reject(st->c, st->in, &st->ann, &o, STR("no_basis"), STR("")),
	    ERR_INVALID, "reason");
	assert_err(st->c, review_annex3(st->c, st->in, &st->ann, &o, STR("no_basis"), STR("x")),
	    ERR_DENIED, "EPOC");
	story_untouched(st, m);
	m = story_mark(st);
	assert_ok(
	    st->c, review_reject(st->c, st->in, &st->ann, &o, STR("no_basis"), STR("none named")));
	story_wrote(st, m, "order.reject");
	assert_string_equal(story_state(st, &o), "rejected");
	assert_str(story_order(st, o.id).code, "no_basis");
	assert_string_equal(story_item(st, &o, 1), "withhold");
	story_no_way(st, &o, 1, ERR_DENIED, "rejected");
	m = story_mark(st);
	assert_err(st->c, review_reject(st->c, st->in, &st->ann, &o, STR("other"), STR("again")),
	    ERR_DENIED, "rejected");
	assert_err(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED, "rejected");
	assert_err(st->c, story_examine(st, &st->ann, &o), ERR_DENIED, "rejected");
	story_untouched(st, m);
	/* the reason is sealed in the row and told to nobody who only has the file */
	assert_int_equal(story_num(st, "SELECT count(*) FROM message WHERE kind = 'refusal' AND "
				       "instr(text_ct, CAST('none named' AS BLOB)) > 0"),
	    0);
}

static void an_epoc_is_answered_by_annex_three(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct story_mark m;

	(void)story_case(st, epoc, &o);
	m = story_mark(st);
	assert_err(st->c,
	    review_reject(st->c, st->in, &st->ann, &o, STR("not_competent"), STR("x")), ERR_DENIED,
	    "Annex III");
	story_untouched(st, m);
	assert_ok(st->c,
	    review_annex3(st->c, st->in, &st->ann, &o, STR("not_competent"), STR("a prosecutor")));
	assert_string_equal(story_state(st, &o), "annex3");
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_ANNEX3);
	assert_int_equal(
	    story_num(
		st, "SELECT count(*) FROM preservation WHERE state = 'running' AND until IS NULL"),
	    1);
	story_no_way(st, &o, 1, ERR_DENIED, "annex3");
	assert_err(st->c, review_annex3(st->c, st->in, &st->ann, &o, STR("other"), STR("x")),
	    ERR_DENIED, "annex3");
	assert_int_equal(story_num(st, "SELECT count(*) FROM preservation"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(roles),
	    STORY_TEST(the_second_is_another),
	    STORY_TEST(decided_again_while_it_waits),
	    STORY_TEST(when_a_second_is_due),
	    STORY_TEST(an_emergency_entered_later),
	    STORY_TEST(answers),
	    STORY_TEST(a_fail_is_not_answered_away),
	    STORY_TEST(verdicts),
	    STORY_TEST(states_are_no_verdicts),
	    STORY_TEST(nothing_in_bulk),
	    STORY_TEST(withheld_waits_for_a_person),
	    STORY_TEST(rejecting),
	    STORY_TEST(an_epoc_is_answered_by_annex_three),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
