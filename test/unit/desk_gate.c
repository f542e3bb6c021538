/* The gates P1, P2, P4 and P6: what the law packs and the house policy do not open stays shut,
 * whatever people try; and a clock that ran out shuts what was open. */
#include "desk_story.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'body','name'"};

/* Gefahr im Verzug: a prosecutor's order that a court confirms within three working days. */
static const struct story_ask provisional = {.instrument = "DE-100k-1",
    .facts = "'order.issuer':'prosecutor','order.provisional':true,'order.issued':'2026-09-15',"
	     "'order.capability':false,'order.form':'written','order.signed':true,"
	     "'order.emergency':false,'order.secrecy':false,'order.legal_basis':'100k',"
	     "'order.de_tenor':true,'order.de_reasons':true",
    .fields = "'session_times'",
    .country = "DE",
    .service = "files"};

/* The verdict on an item of the judgment as it is now, "" when the rule found nothing. */
static const char *verdict(
    struct story *st, const struct legal_order *o, int item, const char *rule)
{
	struct gate g;

	assert_ok(st->c, gate_load(st->c, st->in, o->id, &g));
	for (size_t i = 0; i < g.now.n_findings; i++)
		if (g.now.findings[i].item == item - 1 && str_is(g.now.findings[i].rule, rule))
			return judge_verdict_name(g.now.findings[i].verdict);
	return "";
}

/* Counsel allows whatever counsel is asked, everywhere; ret: how often. */
static int allow_all(struct story *st, const struct legal_order *o)
{
	struct gate g;
	int n = 0;

	assert_ok(st->c, gate_load(st->c, st->in, o->id, &g));
	for (size_t i = 0; i < g.n_stored; i++) {
		if (g.stored[i].verdict != VERDICT_COUNSEL)
			continue;
		assert_ok(st->c, review_answer(st->c, st->in, &st->counsel, o, (int64_t)i + 1,
				     STR("allow"), STR("considered")));
		n++;
	}
	return n;
}

/* ---- P1: a valid basis ---- */

static void examination_comes_first(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct story_mark m;

	(void)story_case(st, warrant, &o);
	m = story_mark(st);
	assert_err(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED,
	    "nobody has examined");
	assert_err(st->c, story_decide(st, &st->ann, &o, 1, ITEM_WITHHOLD), ERR_DENIED,
	    "nobody has examined");
	assert_err(st->c, review_basis(st->c, st->in, &st->ann, &o, true, STR(" ")), ERR_INVALID,
	    "reason");
	story_untouched(st, m);
	story_no_way(st, &o, 1, ERR_DENIED, "in_review");
	assert_ok(st->c, review_basis(st->c, st->in, &st->ann, &o, false, STR("a copy")));
	assert_err(
	    st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED, "did not pass");
	story_no_way(st, &o, 1, ERR_DENIED, "in_review");
}

static void a_failed_examination_ends_what_an_earlier_one_gave(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 2, ITEM_PRODUCE));
	assert_ok(
	    st->c, review_basis(st->c, st->in, &st->bob, &o, false, STR("the seal is wrong")));
	assert_string_equal(story_item(st, &o, 2), "asked");
	assert_ok(st->c, story_decide(st, &st->bob, &o, 1, ITEM_WITHHOLD));
	assert_string_equal(story_state(st, &o), "in_review");
	assert_err(
	    st->c, story_decide(st, &st->bob, &o, 2, ITEM_PRODUCE), ERR_DENIED, "did not pass");
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM decision WHERE live = 1 AND grants = 1"), 0);
}

static void no_examination_over_a_fault(void **state)
{
	static const struct {
		const char *facts;
		bool unverified, broad;
		const char *part;
	} faults[] = {
	    {"'order.issuer':'police','order.competent':true,'order.signed':true,"
	     "'order.us_user_foreign':false,'order.us_2705b':false,'order.capability':false",
		false, false, "US-2703-WARRANT-COURT fails (not_competent)"},
	    {"'order.issuer':'judge','order.signed':true,'order.us_user_foreign':false,"
	     "'order.us_2705b':false,'order.capability':false",
		false, false, "US-2703-WARRANT-COURT waits for an answer (ask)"},
	    {"'order.issuer':'judge','order.competent':true,'order.signed':false,"
	     "'order.us_user_foreign':false,'order.us_2705b':false,'order.capability':false",
		false, false, "US-SIGNED waits for an answer (ask)"},
	    {STORY_WARRANT, true, false, "HOUSE-P1-AUTHORITY"},
	    {STORY_WARRANT, false, true, "HOUSE-P4-DEMAND fails (over_broad)"},
	};
	struct story *st = *state;
	struct legal_order o;

	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		struct story_ask a = {.instrument = "US-WARRANT",
		    .facts = faults[i].facts,
		    .fields = "'name'",
		    .unverified = faults[i].unverified,
		    .broad = faults[i].broad};

		(void)story_case(st, a, &o);
		assert_err(st->c, story_examine(st, &st->ann, &o), ERR_DENIED, faults[i].part);
		assert_ok(st->c, review_basis(st->c, st->in, &st->ann, &o, false, STR("no")));
		assert_err(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED,
		    "did not pass");
		story_no_way(st, &o, 1, ERR_DENIED, "in_review");
	}
}

static void a_verified_sender_opens_the_gate(void **state)
{
	struct story *st = *state;
	struct story_ask a = warrant;
	struct demand_opening how = {0};
	struct legal_order o;
	struct matter m;
	struct str ref;

	a.unverified = true;
	ref = story_receive_by(st, &st->intake, a);
	assert_ok(st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &m));
	assert_ok(st->c, matter_order(st->c, st->in, &m, 0, &o));
	assert_err(st->c, story_examine(st, &st->ann, &o), ERR_DENIED, "HOUSE-P1-AUTHORITY");
	assert_err(st->c, demand_verify(st->c, st->in, &st->ann, ref), ERR_DENIED, "intake");
	assert_ok(st->c, demand_verify(st->c, st->in, &st->intake, ref));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
}

static void changed_facts_end_the_approval(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	story_approve(st, &o);
	assert_ok(st->c, story_fact(st, &o, "order.competent", "no"));
	assert_string_equal(story_state(st, &o), "in_review");
	assert_string_equal(story_item(st, &o, 1), "asked");
	assert_int_equal(story_num(st, "SELECT count(*) FROM decision WHERE live = 1"), 0);
	story_no_way(st, &o, 1, ERR_DENIED, "in_review");
	assert_err(st->c, story_examine(st, &st->ann, &o), ERR_DENIED, "US-2703-WARRANT-COURT");
	/* even the old fact back again needs a new examination */
	assert_ok(st->c, story_fact(st, &o, "order.competent", "yes"));
	assert_err(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED,
	    "nobody has examined");
	story_approve(st, &o);
	assert_ok(st->c, story_produce(st, &o, 1));
}

static void facts_that_are_not_a_persons_to_enter(void **state)
{
	static const char *const names[] = {"authority.verified", "demand.specific",
	    "target.specific", "provider.establishments", "item.field", "order.instrument",
	    "order.basis", "order.class", "order.no_such_fact"};
	struct story *st = *state;
	struct story_mark m;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	m = story_mark(st);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		assert_int_equal(story_fact(st, &o, names[i], "yes"), ERR_INVALID),
		    err_clear(st->c);
	assert_err(st->c, story_fact(st, &o, "order.signed", "maybe"), ERR_INVALID, "order.signed");
	assert_err(st->c,
	    order_fact(st->c, st->in, &st->collector, &o, STR("order.signed"), STR("yes")),
	    ERR_DENIED, "needs the role");
	story_untouched(st, m);
	/* what a paper says of itself does not make it another instrument */
	(void)story_case(st,
	    (struct story_ask){.instrument = "US-SUBP-GJ",
		.fields = "'body'",
		.facts = STORY_SUBPOENA ",'order.class':'emergency',"
					"'order.basis':'permitted'"},
	    &o);
	assert_string_equal(verdict(st, &o, 1, "US-2703-A-180DAYS"), "fail");
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_err(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED, "fails");
}

static void unconfirmed_means_stop(void **state)
{
	struct story *st = *state;
	struct legal_order o, p;

	(void)story_case(st, provisional, &o);
	(void)story_case(st, provisional, &p);
	story_approve(st, &o);
	story_approve(st, &p);
	/* Tuesday to Friday: the last second of the third working day is still in time */
	st->c->fixed_now = STORY_NOW + 3 * STORY_DAY + 10 * 3600 - 1;
	assert_ok(st->c, story_produce(st, &p, 1));
	st->c->fixed_now++;
	story_no_way(st, &o, 1, ERR_DENIED, "not_confirmed");
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	assert_err(st->c, story_examine(st, &st->ann, &o), ERR_DENIED, "not_confirmed");
	assert_ok(st->c, order_lapse(st->c, st->in, &st->ann, &o, STR("not_confirmed")));
	assert_string_equal(story_state(st, &o), "lapsed");
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_REJECTED);
	assert_err(st->c, story_fact(st, &o, "order.confirmed", "yes"), ERR_DENIED, "lapsed");
}

/* A sealed file that still lies here when the clock runs out stays here. */
static void unconfirmed_stops_the_delivery(void **state)
{
	struct story *st = *state;
	struct produce_file f = story_file(st, 1);
	struct legal_order o;
	struct str ref;

	(void)story_case(st, provisional, &o);
	story_approve(st, &o);
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &f, 1, &ref));
	st->c->fixed_now = STORY_NOW + 4 * STORY_DAY;
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("portal")),
	    ERR_DENIED, "not_confirmed");
	/* the court had confirmed in time, and somebody enters it: examined again, then handed over
	 */
	assert_ok(st->c, story_fact(st, &o, "order.confirmed", "yes"));
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("portal")),
	    ERR_DENIED, "in_review");
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("portal")));
	/* the authority's word that it arrived is taken whatever became of the order */
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	assert_ok(st->c, produce_acknowledge(st->c, st->in, &st->collector, ref));
	assert_string_equal(story_state(st, &o), "in_review");
}

static void confirmed_in_time_goes_on(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, provisional, &o);
	story_approve(st, &o);
	assert_ok(st->c, story_fact(st, &o, "order.confirmed", "yes"));
	story_approve(st, &o);
	st->c->fixed_now = STORY_NOW + 30 * STORY_DAY;
	assert_ok(st->c, story_produce(st, &o, 1));
}

/* ---- P2: content ---- */

static void content_on_a_subpoena(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st,
	    (struct story_ask){
		.instrument = "US-SUBP-GJ", .facts = STORY_SUBPOENA, .fields = "'body','name'"},
	    &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_err(
	    st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED, "wrong_instrument");
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_WITHHOLD));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 2, ITEM_PRODUCE));
	assert_string_equal(story_state(st, &o), "approved");
	assert_true(story_order(st, o.id).narrowed);
	story_no_way(st, &o, 1, ERR_DENIED, "wrong_instrument");
	assert_ok(st->c, story_produce(st, &o, 2));
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_NONCONTENT);
}

/* The statute commands, the house forbids: counsel decides, and only counsel. */
static void counsel_decides(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	int64_t n;

	(void)story_case(st,
	    (struct story_ask){.instrument = "US-SUBP-GJ",
		.fields = "'body'",
		.facts = "'order.issuer':'prosecutor','order.signed':true,"
			 "'order.us_user_foreign':false,'order.us_2705b':false,"
			 "'order.us_prior_notice':true,'order.us_old_or_rcs':true,"
			 "'order.capability':false"},
	    &o);
	assert_string_equal(verdict(st, &o, 1, "HOUSE-P2-CONTENT"), "counsel");
	n = story_finding(st, &o, "HOUSE-P2-CONTENT");
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_err(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED,
	    "waits for an answer");
	assert_err(st->c,
	    review_answer(st->c, st->in, &st->ann, &o, n, STR("allow"), STR("why not")), ERR_DENIED,
	    "counsel");
	assert_err(st->c,
	    review_answer(st->c, st->in, &st->counsel, &o, n, STR("accept"), STR("x")), ERR_INVALID,
	    "allow or deny");
	assert_err(st->c, review_answer(st->c, st->in, &st->counsel, &o, n, STR("allow"), STR("")),
	    ERR_INVALID, "reason");
	assert_ok(st->c, review_answer(st->c, st->in, &st->counsel, &o, n, STR("deny"), STR("no")));
	assert_err(
	    st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED, "answered against");
	assert_ok(
	    st->c, review_answer(st->c, st->in, &st->counsel, &o, n, STR("allow"), STR("yes")));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
	assert_int_equal(
	    story_num(st, "SELECT counsel FROM decision WHERE live = 1"), st->counsel.id);
	assert_ok(st->c, story_second(st, &st->bob, &o, 1));
	/* what counsel takes back is taken back, also after approval */
	assert_ok(st->c, review_answer(st->c, st->in, &st->counsel, &o, n, STR("deny"), STR("no")));
	story_no_way(st, &o, 1, ERR_DENIED, "answered against");
	assert_ok(
	    st->c, review_answer(st->c, st->in, &st->counsel, &o, n, STR("allow"), STR("yes")));
	assert_ok(st->c, story_produce(st, &o, 1));
}

/* ---- P4: one account, not a class ---- */

static void wildcards_never_reach_produce(void **state)
{
	static const char *const targets[] = {"{'kind':'domain','value':'*.example.net'}",
	    "{'kind':'email','value':'*@example.net'}",
	    "{'kind':'email','value':'all@example.net','specific':false}"};
	struct story *st = *state;

	for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
		struct story_ask a = warrant;
		struct legal_order o;

		a.targets = targets[i];
		(void)story_case(st, a, &o);
		assert_string_equal(verdict(st, &o, 1, "HOUSE-P4-TARGET"), "fail");
		(void)allow_all(st, &o);
		assert_ok(st->c, story_examine(st, &st->ann, &o));
		assert_err(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED,
		    "over_broad");
		story_no_way(st, &o, 1, ERR_DENIED, "in_review");
		assert_ok(st->c, review_reject(st->c, st->in, &st->ann, &o, STR("over_broad"),
				     STR("all users")));
	}
}

/* The amending demand is judged by its own words, not by those of the demand it replaces. */
static void an_amendment_does_not_inherit(void **state)
{
	static const struct {
		bool unverified, broad;
		const char *part;
	} worse[] = {{true, false, "HOUSE-P1-AUTHORITY"}, {false, true, "HOUSE-P4-DEMAND"}};
	struct story *st = *state;

	for (size_t i = 0; i < sizeof worse / sizeof worse[0]; i++) {
		struct story_ask a = warrant;
		struct demand_opening how = {0};
		struct legal_order o, n;
		struct matter m = story_case(st, warrant, &o);
		struct str ref;

		a.unverified = worse[i].unverified;
		a.broad = worse[i].broad;
		ref = story_receive_by(st, &st->intake, a);
		how.amends = &o;
		assert_ok(st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &m));
		assert_ok(st->c, matter_order(st->c, st->in, &m, 2, &n));
		assert_err(st->c, story_examine(st, &st->ann, &n), ERR_DENIED, worse[i].part);
	}
}

/* ... and an over-broad demand is mended by one that names its accounts. */
/* Another authority's demand would vanish from the account inside the chain. */
static void an_amendment_is_the_same_authoritys(void **state)
{
	static const struct {
		const char *country, *body;
	} others[] = {{"DE", "police"}, {"US", "court"}};
	struct story *st = *state;
	struct story_mark mark;
	struct legal_order o;
	struct matter m;

	(void)story_case(st, warrant, &o);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		struct story_ask a = warrant;
		struct demand_opening how = {.amends = &o};
		struct str ref;

		a.country = others[i].country;
		a.body = others[i].body;
		ref = story_receive_by(st, &st->intake, a);
		mark = story_mark(st);
		assert_err(st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &m),
		    ERR_DENIED, "amended by the same authority");
		story_untouched(st, mark);
	}
	assert_string_equal(story_state(st, &o), "in_review");
}

static void an_amendment_mends(void **state)
{
	struct story *st = *state;
	struct story_ask a = warrant;
	struct demand_opening how = {0};
	struct legal_order o, n;
	struct matter m;
	struct str ref;

	a.broad = true;
	m = story_case(st, a, &o);
	ref = story_receive_by(st, &st->intake, warrant);
	how.amends = &o;
	assert_ok(st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &m));
	assert_ok(st->c, matter_order(st->c, st->in, &m, 2, &n));
	story_approve(st, &n);
	assert_ok(st->c, story_produce(st, &n, 1));
}

/* ---- P6: keys and capabilities ---- */

static void keys_stay(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'key','name'"},
	    &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_err(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED, "");
	/* whatever counsel is asked and allows: no statute grants a key, so nothing can be produced
	 */
	(void)allow_all(st, &o);
	assert_int_equal(story_decide(st, &st->counsel, &o, 1, ITEM_PRODUCE), ERR_DENIED);
	err_clear(st->c);
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_WITHHOLD));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 2, ITEM_PRODUCE));
	story_no_way(st, &o, 1, ERR_DENIED, "");
}

static void codes_go_to_counsel(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	int64_t n;

	(void)story_case(st,
	    (struct story_ask){.instrument = "DE-100j-3",
		.fields = "'access_code'",
		.country = "DE",
		.service = "files",
		.facts = "'order.issuer':'court','order.capability':false,"
			 "'order.form':'written','order.emergency':false,"
			 "'order.legal_basis':'100j','order.signed':true"},
	    &o);
	assert_string_equal(verdict(st, &o, 1, "HOUSE-P6-PASSWORD"), "counsel");
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	n = story_finding(st, &o, "HOUSE-P6-PASSWORD");
	assert_err(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED,
	    "HOUSE-P6-PASSWORD");
	assert_err(st->c, review_answer(st->c, st->in, &st->ann, &o, n, STR("allow"), STR("x")),
	    ERR_DENIED, "counsel");
	assert_ok(
	    st->c, review_answer(st->c, st->in, &st->counsel, &o, n, STR("allow"), STR("ok")));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
}

static void nothing_on_a_capability(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	/* beside a warrant: counsel alone */
	(void)story_case(st,
	    (struct story_ask){.instrument = "US-WARRANT",
		.fields = "'name'",
		.facts = "'order.issuer':'judge','order.competent':true,"
			 "'order.signed':true,'order.us_user_foreign':false,"
			 "'order.us_2705b':false,'order.capability':true"},
	    &o);
	assert_string_equal(verdict(st, &o, 0, "HOUSE-P6-CAPABILITY"), "counsel");
	assert_err(st->c, story_examine(st, &st->ann, &o), ERR_DENIED, "HOUSE-P6-CAPABILITY");
	assert_err(st->c,
	    review_answer(st->c, st->in, &st->ann, &o, story_finding(st, &o, "HOUSE-P6-CAPABILITY"),
		STR("allow"), STR("x")),
	    ERR_DENIED, "counsel");
	/* counsel may take the question over; still nothing is produced on it */
	(void)allow_all(st, &o);
	assert_ok(st->c, story_examine(st, &st->counsel, &o));
	assert_err(st->c, story_decide(st, &st->counsel, &o, 1, ITEM_PRODUCE), ERR_DENIED,
	    "nothing is produced on a demand to build access");
	/* a notice of its own kind: nothing, whatever counsel says */
	(void)story_case(st,
	    (struct story_ask){.instrument = "UK-TCN",
		.fields = "'name'",
		.country = "GB",
		.body = "ministry",
		.facts = "'order.issuer':'secretary_of_state'"},
	    &o);
	(void)allow_all(st, &o);
	assert_int_equal(story_examine(st, &st->ann, &o), ERR_DENIED);
	err_clear(st->c);
	assert_int_equal(story_decide(st, &st->counsel, &o, 1, ITEM_PRODUCE), ERR_DENIED);
	err_clear(st->c);
	story_no_way(st, &o, 1, ERR_DENIED, "in_review");
}

/* No law that Writ knows meets authority and provider: mutual legal assistance. */
static void a_foreign_authority_needs_assistance(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st,
	    (struct story_ask){.instrument = "US-WARRANT",
		.facts = STORY_WARRANT,
		.fields = "'name'",
		.country = "FR"},
	    &o);
	assert_err(st->c, story_examine(st, &st->ann, &o), ERR_DENIED, "needs_mla");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(examination_comes_first),
	    STORY_TEST(a_failed_examination_ends_what_an_earlier_one_gave),
	    STORY_TEST(no_examination_over_a_fault),
	    STORY_TEST(a_verified_sender_opens_the_gate),
	    STORY_TEST(changed_facts_end_the_approval),
	    STORY_TEST(facts_that_are_not_a_persons_to_enter),
	    STORY_TEST(unconfirmed_means_stop),
	    STORY_TEST(unconfirmed_stops_the_delivery),
	    STORY_TEST(confirmed_in_time_goes_on),
	    STORY_TEST(content_on_a_subpoena),
	    STORY_TEST(counsel_decides),
	    STORY_TEST(wildcards_never_reach_produce),
	    STORY_TEST(an_amendment_does_not_inherit),
	    STORY_TEST(an_amendment_is_the_same_authoritys),
	    STORY_TEST(an_amendment_mends),
	    STORY_TEST(keys_stay),
	    STORY_TEST(codes_go_to_counsel),
	    STORY_TEST(nothing_on_a_capability),
	    STORY_TEST(a_foreign_authority_needs_assistance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
