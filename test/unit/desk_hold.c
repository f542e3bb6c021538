/* What outlives a case's state: preservation, secrecy, challenge; and the count-only sealed record.
 */
#include "desk_story.h"

#include "desk/contest_act.h"

static const struct story_ask records = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};
static const struct story_ask preserve = {.instrument = "US-PRESERVE",
    .facts = "'order.capability':false,'order.us_renewed':false",
    .fields = "'name','body'"};

static struct day day_of(struct story *st, const char *text)
{
	struct day d;

	assert_ok(st->c, day_parse(st->c, str_of(text), &d));
	return d;
}

/* ---- preservation ---- */

static void preserved(void **state)
{
	struct story *st = *state;
	struct legal_order o, w;
	struct story_mark m;

	(void)story_case(st, preserve, &o);
	(void)story_case(st, records, &w);
	assert_err(st->c, hold_preserve(st->c, st->in, &st->intake, &o), ERR_DENIED, "role");
	assert_err(st->c, hold_preserve(st->c, st->in, &st->ann, &w), ERR_DENIED,
	    "no preservation request");
	assert_err(st->c, hold_extend(st->c, st->in, &st->ann, &o, day_of(st, "2027-01-01")),
	    ERR_NOTFOUND, "running");
	m = story_mark(st);
	assert_ok(st->c, hold_preserve(st->c, st->in, &st->ann, &o));
	story_wrote(st, m, "preservation.start");
	assert_string_equal(story_state(st, &o), "preserved");
	/* 90 days (18 USC 2703(f)(2)) after the 15th of September */
	assert_int_equal(
	    story_num(st, "SELECT until FROM preservation"), day_of(st, "2026-12-14").n);
	m = story_mark(st);
	assert_err(st->c, hold_preserve(st->c, st->in, &st->ann, &o), ERR_DENIED, "preserved");
	assert_err(st->c, hold_extend(st->c, st->in, &st->ann, &o, day_of(st, "2026-12-14")),
	    ERR_INVALID, "later");
	assert_err(
	    st->c, hold_extend(st->c, st->in, &st->ann, &o, DAY_NONE), ERR_INVALID, "last day");
	story_untouched(st, m);
	assert_ok(st->c, hold_extend(st->c, st->in, &st->ann, &o, day_of(st, "2027-03-14")));
	assert_int_equal(story_num(st, "SELECT extended FROM preservation"), 1);
	assert_err(st->c, hold_release(st->c, st->in, &st->ann, &o, 4711), ERR_DENIED, "");
	assert_ok(st->c, hold_release(st->c, st->in, &st->ann, &o, w.id));
	assert_int_equal(story_num(st, "SELECT produced_by FROM preservation"), w.id);
	assert_int_equal(
	    story_num(st, "SELECT until FROM preservation"), day_of(st, "2027-03-14").n);
	assert_err(st->c, hold_release(st->c, st->in, &st->ann, &o, 0), ERR_NOTFOUND, "running");
	assert_err(st->c, hold_extend(st->c, st->in, &st->ann, &o, day_of(st, "2027-06-01")),
	    ERR_NOTFOUND, "running");
}

/* To preserve is not to produce: no data leaves on the request itself. */
static void nothing_leaves_on_a_preservation(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, preserve, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_int_equal(story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED);
	err_clear(st->c);
	assert_ok(st->c, hold_preserve(st->c, st->in, &st->ann, &o));
	story_no_way(st, &o, 1, ERR_DENIED, "preserved");
}

static void an_unsound_request_preserves_nothing(void **state)
{
	struct story *st = *state;
	struct story_ask a = preserve;
	struct legal_order o;
	struct story_mark m;

	a.unverified = true;
	(void)story_case(st, a, &o);
	m = story_mark(st);
	assert_err(
	    st->c, hold_preserve(st->c, st->in, &st->ann, &o), ERR_DENIED, "HOUSE-P1-AUTHORITY");
	story_untouched(st, m);
	assert_int_equal(story_num(st, "SELECT count(*) FROM preservation"), 0);
}

/* ---- secrecy ---- */

static const struct story_ask gagged = {.instrument = "US-WARRANT",
    .fields = "'name'",
    .facts = "'order.issuer':'judge','order.competent':true,'order.signed':true,"
	     "'order.us_user_foreign':false,'order.us_2705b':true,'order.capability':false,"
	     "'order.secrecy_until':'2026-12-31'"};

static void a_bar_makes_a_secrecy(void **state)
{
	struct story *st = *state;
	struct legal_order o, free;
	struct story_mark m;

	(void)story_case(st, records, &free);
	assert_int_equal(story_num(st, "SELECT count(*) FROM secrecy"), 0);
	(void)story_case(st, gagged, &o);
	assert_int_equal(story_num(st, "SELECT count(*) FROM secrecy"), 1);
	assert_int_equal(story_num(st, "SELECT until FROM secrecy"), day_of(st, "2026-12-31").n);
	/* judged again: the one that runs goes on, and its end follows the paper */
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	assert_ok(st->c, story_fact(st, &o, "order.secrecy_until", "2027-02-28"));
	assert_int_equal(story_num(st, "SELECT count(*) FROM secrecy"), 1);
	assert_int_equal(story_num(st, "SELECT until FROM secrecy"), day_of(st, "2027-02-28").n);
	m = story_mark(st);
	assert_err(st->c, hold_lift_secrecy(st->c, st->in, &st->ann, &o, 1), ERR_DENIED, "counsel");
	assert_err(st->c, hold_lift_secrecy(st->c, st->in, &st->counsel, &o, 2), ERR_NOTFOUND,
	    "no such entry");
	assert_err(st->c, hold_lift_secrecy(st->c, st->in, &st->counsel, &o, 0), ERR_NOTFOUND,
	    "no such entry");
	story_untouched(st, m);
	assert_ok(st->c, hold_lift_secrecy(st->c, st->in, &st->counsel, &o, 1));
	assert_int_equal(story_num(st, "SELECT lifted FROM secrecy"), STORY_NOW);
	/* lifted stays lifted when the order is judged again; a new end is a new bar */
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	assert_int_equal(story_num(st, "SELECT count(*) FROM secrecy"), 1);
	assert_int_equal(story_num(st, "SELECT until FROM secrecy"), day_of(st, "2027-02-28").n);
	assert_err(
	    st->c, hold_lift_secrecy(st->c, st->in, &st->counsel, &o, 1), ERR_CONFLICT, "already");
	assert_ok(st->c, story_fact(st, &o, "order.secrecy_until", "2027-08-31"));
	assert_int_equal(story_num(st, "SELECT count(*) FROM secrecy WHERE lifted IS NULL"), 1);
}

/* What only may bar is not on record as a bar: an edition would count it. */
static void a_question_is_no_bar(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct gate g;
	bool asked = false;

	(void)story_case(st,
	    (struct story_ask){.instrument = "US-WARRANT",
		.fields = "'name'",
		.facts = "'order.issuer':'judge','order.competent':true,'order.signed':true,"
			 "'order.capability':false"},
	    &o);
	assert_ok(st->c, gate_load(st->c, st->in, o.id, &g));
	for (size_t i = 0; i < g.now.n_bars; i++)
		asked = asked || g.now.bars[i].unknown;
	assert_true(asked);
	assert_int_equal(story_num(st, "SELECT count(*) FROM secrecy"), 0);
	assert_ok(st->c, story_fact(st, &o, "order.us_2705b", "yes"));
	assert_int_equal(story_num(st, "SELECT count(*) FROM secrecy"), 1);
}

/* ---- challenges ---- */

static int end_challenge(struct story *st, const struct legal_order *o, int64_t n, const char *how)
{
	return hold_challenge_end(
	    st->c, st->in, &st->counsel, o, n, str_of(how), STR("so the court"));
}

static int file_challenge(struct story *st, const struct legal_order *o, const char *against)
{
	return hold_challenge(
	    st->c, st->in, &st->counsel, o, str_of(against), STR("on this ground"));
}

static void a_challenge_holds_the_order(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st, records, &o);
	struct legal_orders all;
	struct story_mark mark;

	story_approve(st, &o);
	mark = story_mark(st);
	assert_err(st->c, hold_challenge(st->c, st->in, &st->ann, &o, STR("order"), STR("x")),
	    ERR_DENIED, "counsel");
	assert_err(st->c, file_challenge(st, &o, "judge"), ERR_INVALID, "against");
	assert_err(st->c, hold_challenge(st->c, st->in, &st->counsel, &o, STR("order"), STR(" ")),
	    ERR_INVALID, "ground");
	story_untouched(st, mark);
	assert_ok(st->c, file_challenge(st, &o, "secrecy"));
	assert_int_equal(story_order(st, o.id).hold.n, 0);
	assert_ok(st->c, file_challenge(st, &o, "order"));
	assert_string_equal(story_state(st, &o), "approved");
	assert_ok(st->c, matter_orders(st->c, st->in, m.id, &all));
	assert_string_equal(matter_state(&m, &all), "challenged");
	story_no_way(st, &o, 1, ERR_DENIED, "challenged");
	assert_err(st->c, end_challenge(st, &o, 2, "won"), ERR_INVALID,
	    "upheld, narrowed, dismissed, withdrawn or moot");
	assert_err(st->c, end_challenge(st, &o, 3, "dismissed"), ERR_NOTFOUND, "no such entry");
	assert_ok(st->c,
	    end_challenge(st, &o, 1, "upheld")); /* of the secrecy: the order is still held */
	story_no_way(st, &o, 1, ERR_DENIED, "challenged");
	assert_ok(st->c, end_challenge(st, &o, 2, "dismissed"));
	assert_err(st->c, end_challenge(st, &o, 2, "upheld"), ERR_CONFLICT, "already");
	assert_ok(st->c, story_produce(st, &o, 1));
}

static void the_last_challenge_frees(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, records, &o);
	story_approve(st, &o);
	assert_ok(st->c, file_challenge(st, &o, "order"));
	assert_ok(st->c, file_challenge(st, &o, "order"));
	assert_ok(st->c, end_challenge(st, &o, 1, "withdrawn"));
	story_no_way(st, &o, 1, ERR_DENIED, "challenged");
	assert_ok(st->c, end_challenge(st, &o, 2, "dismissed"));
	assert_ok(st->c, story_produce(st, &o, 1));
}

/* A court has set the order aside: it is refused, is never produced and never comes back, and the
 * case can be closed. The schema says so too. */
static void an_upheld_challenge_ends_it(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st, records, &o);

	story_approve(st, &o);
	assert_ok(st->c, file_challenge(st, &o, "order"));
	assert_err(st->c,
	    hold_challenge_end(st->c, st->in, &st->counsel, &o, 1, STR("upheld"), STR(" ")),
	    ERR_INVALID, "what the court found");
	assert_ok(st->c, end_challenge(st, &o, 1, "upheld"));
	assert_string_equal(story_state(st, &o), "rejected");
	assert_int_equal(story_order(st, o.id).hold.n, 0);
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_REJECTED);
	assert_int_equal(story_num(st, "SELECT count(*) FROM decision WHERE live = 1"), 0);
	story_no_way(st, &o, 1, ERR_DENIED, "rejected");
	assert_err(
	    st->c, order_judge(st->c, st->in, &st->ann, &o), ERR_DENIED, "does not come back");
	assert_err(
	    st->c, story_fact(st, &o, "order.signed", "yes"), ERR_DENIED, "does not come back");
	story_refused(st,
	    "INSERT INTO stamp (id) VALUES (900); UPDATE legal_order SET state = 'in_review', rev "
	    "= "
	    "rev + 1, entry = 900 WHERE id = 1",
	    "does not come back");
	assert_ok(st->c, matter_close(st->c, st->in, &st->ann, &m, true));
}

/* What was disclosed before stays disclosed, and is to be recalled. */
static void set_aside_after_it_left(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	bool recall = true;

	(void)story_case(st, records, &o);
	story_approve(st, &o);
	assert_ok(st->c, story_produce(st, &o, 1));
	story_sql(st, "DROP TRIGGER production_step; UPDATE production SET state = 'delivered'");
	assert_ok(st->c, contest_recall_due(st->c, st->in, o.id, &recall));
	assert_false(recall);
	assert_ok(st->c, file_challenge(st, &o, "order"));
	assert_ok(st->c, end_challenge(st, &o, 1, "upheld"));
	assert_string_equal(story_state(st, &o), "rejected");
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_NONCONTENT);
	assert_ok(st->c, contest_recall_due(st->c, st->in, o.id, &recall));
	assert_true(recall);
	story_refused(st,
	    "INSERT INTO stamp (id) VALUES (900); INSERT INTO production SELECT 9, 'X', "
	    "legal_order, "
	    "at, maker, recipient, manifest_hash, blob_hash, size, 'sealed', 1, 900 FROM "
	    "production",
	    "set aside");
}

static int rule(struct story *st, const struct legal_order *o, const char *how,
    const struct contest_left *left, size_t n)
{
	struct contest_ruling r = {.outcome = str_of(how),
	    .decided = DAY_NONE,
	    .text = STR("so the court"),
	    .left = left,
	    .n_left = n};

	return contest_end(st->c, st->in, &st->counsel, o, 1, &r);
}

/* A court left the first item, of some days: what was decided falls, and the wall stands in the
 * gate and in the schema. */
static void a_narrowed_order(void **state)
{
	struct story *st = *state;
	struct contest_left left = {1, day_of(st, "2026-08-10"), day_of(st, "2026-08-20")};
	struct review_verdict narrow = {.to = ITEM_NARROW,
	    .from = left.from,
	    .to_day = left.to,
	    .code = STR("other"),
	    .reason = STR("as the court left it")};
	struct legal_order o;

	(void)story_case(st,
	    (struct story_ask){.instrument = "US-WARRANT",
		.facts = STORY_WARRANT,
		.fields = "'session_times','name'"},
	    &o);
	story_approve(st, &o);
	assert_ok(st->c, file_challenge(st, &o, "order"));
	assert_err(st->c, rule(st, &o, "narrowed", NULL, 0), ERR_INVALID, "names the items");
	assert_err(st->c, rule(st, &o, "dismissed", &left, 1), ERR_INVALID, "it alone");
	assert_ok(st->c, rule(st, &o, "narrowed", &left, 1));
	assert_string_equal(story_state(st, &o), "in_review");
	assert_true(story_order(st, o.id).narrowed);
	assert_int_equal(story_num(st, "SELECT count(*) FROM decision WHERE live = 1"), 0);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_err(
	    st->c, story_decide(st, &st->ann, &o, 2, ITEM_PRODUCE), ERR_DENIED, "left it out");
	assert_err(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_DENIED, "narrow it");
	narrow.from = day_add(left.from, -1);
	assert_err(st->c, review_decide(st->c, st->in, &st->ann, &o, 1, &narrow), ERR_DENIED,
	    "a court has left");
	story_refused(st,
	    "INSERT INTO stamp (id) VALUES (900); INSERT INTO decision (item, legal_order, review, "
	    "review_passed, verdict, decider, second_due, counsel_due, not_before, grants, live, "
	    "at, "
	    "rev, entry) SELECT i.id, i.legal_order, r.id, 1, 'produce', 3, 1, 0, r.not_before, 0, "
	    "1, "
	    "1, 1, 900 FROM item i JOIN review r ON r.legal_order = i.legal_order WHERE i.id = 2 "
	    "ORDER BY r.id DESC LIMIT 1",
	    "outside of what a court left");
	narrow.from = left.from;
	assert_ok(st->c, review_decide(st->c, st->in, &st->ann, &o, 1, &narrow));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 2, ITEM_WITHHOLD));
}

/* A bar falls with the ruling against it, and with no other. */
static void an_upheld_challenge_lifts_the_bar(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, records, &o);
	assert_ok(st->c, story_fact(st, &o, "order.us_2705b", "yes"));
	assert_int_equal(story_num(st, "SELECT count(*) FROM secrecy WHERE lifted IS NULL"), 1);
	assert_ok(st->c, file_challenge(st, &o, "secrecy"));
	assert_ok(st->c, end_challenge(st, &o, 1, "dismissed"));
	assert_int_equal(story_num(st, "SELECT count(*) FROM secrecy WHERE lifted IS NULL"), 1);
	assert_ok(st->c, file_challenge(st, &o, "secrecy"));
	assert_ok(st->c, end_challenge(st, &o, 2, "upheld"));
	assert_int_equal(story_num(st, "SELECT count(*) FROM secrecy WHERE lifted IS NULL"), 0);
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM contest q JOIN secrecy s ON s.id = "
			  "q.secrecy WHERE q.outcome = 'upheld' AND s.lifted IS NOT NULL"),
	    1);
}

/* An appeal follows what was decided; won by the authority it gives nothing back. */
static void an_appeal(void **state)
{
	struct story *st = *state;
	struct contest_new n = {.against = STR("order"),
	    .kind = STR("appeal"),
	    .party = STR("authority"),
	    .ground = STR("they say"),
	    .filed = DAY_NONE,
	    .answer_by = DAY_NONE,
	    .follows = 1};
	struct legal_order o;

	(void)story_case(st, records, &o);
	story_approve(st, &o);
	assert_ok(st->c, file_challenge(st, &o, "order"));
	assert_err(
	    st->c, contest_file(st->c, st->in, &st->counsel, &o, &n), ERR_INVALID, "not decided");
	assert_ok(st->c, end_challenge(st, &o, 1, "upheld"));
	n.answer_by = day_of(st, "2026-10-01");
	assert_err(st->c, contest_file(st->c, st->in, &st->counsel, &o, &n), ERR_INVALID, "rests");
	n.basis = STR("the court's letter");
	assert_ok(st->c, contest_file(st->c, st->in, &st->counsel, &o, &n));
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE act = 'respond'"), 1);
	assert_ok(st->c, contest_hearing(st->c, st->in, &st->ann, &o, 2, 0, STR(""),
			     day_of(st, "2026-10-05"), STR("room 3")));
	assert_ok(st->c, contest_hearing(st->c, st->in, &st->ann, &o, 2, 1, STR("moved"),
			     day_of(st, "2026-10-20"), STR("")));
	assert_err(st->c,
	    contest_hearing(st->c, st->in, &st->ann, &o, 2, 1, STR("held"), DAY_NONE, STR("")),
	    ERR_CONFLICT, "over already");
	assert_err(st->c,
	    contest_hearing(st->c, st->in, &st->ann, &o, 2, 2, STR("held"), DAY_NONE, STR("")),
	    ERR_INVALID, "still to come");
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE act = 'hearing'"), 1);
	assert_ok(st->c, end_challenge(st, &o, 2, "upheld"));
	assert_string_equal(story_state(st, &o), "rejected");
	assert_err(
	    st->c, order_judge(st->c, st->in, &st->ann, &o), ERR_DENIED, "does not come back");
}

/* What could be said of one: nothing while a bar runs, of a file that is not public, or of a sealed
 * case; always in the same words. */
static void what_is_said_of_a_challenge(void **state)
{
	struct story *st = *state;
	struct contest_new n = {.against = STR("order"),
	    .ground = STR("g"),
	    .file = STR("1:26-mj-9"),
	    .filed = DAY_NONE,
	    .answer_by = DAY_NONE};
	struct legal_order o;
	struct json *j;

	(void)story_case(st, records, &o);
	assert_ok(st->c, story_fact(st, &o, "order.us_2705b", "no"));
	assert_ok(st->c, contest_file(st->c, st->in, &st->counsel, &o, &n));
	assert_err(st->c, contest_draft(st->c, st->in, &st->counsel, &o, 1, &j), ERR_DENIED,
	    "nothing of this challenge is offered");
	n.in_public = true;
	assert_ok(st->c, contest_file(st->c, st->in, &st->counsel, &o, &n));
	assert_err(st->c, contest_draft(st->c, st->in, &st->ann, &o, 2, &j), ERR_DENIED, "role");
	assert_ok(st->c, contest_draft(st->c, st->in, &st->counsel, &o, 2, &j));
	assert_str(json_text(j, "kind"), "suit");
	assert_null(strstr(json_str(st->c, j).p, "mj-9"));
	assert_ok(st->c, story_fact(st, &o, "order.us_2705b", "yes"));
	assert_err(st->c, contest_draft(st->c, st->in, &st->counsel, &o, 2, &j), ERR_DENIED,
	    "nothing of this challenge is offered");
}

/* ---- the count-only record ---- */

static int count_records(struct ctx *c, const struct sealed_record *r, void *arg)
{
	int64_t *selectors = arg;

	(void)c;
	assert_str(r->kind, "fisa_content");
	*selectors += r->selectors;
	return 0;
}

static void the_sealed_record(void **state)
{
	struct story *st = *state;
	struct sealed_record r = {.kind = STR("fisa_content"),
	    .day = day_of(st, "2026-05-04"),
	    .selectors = 7,
	    .state = STR("open")};
	const struct person *not_these[] = {
	    &st->admin, &st->intake, &st->ann, &st->counsel, &st->publisher, &st->auditor};
	struct person publisher = story_person(st, "named-publisher", ROLE_PUBLISHER, true, 1010);
	int64_t selectors = 0;

	for (size_t i = 0; i < sizeof not_these / sizeof not_these[0]; i++) {
		assert_err(st->c, hold_sealed_add(st->c, st->in, not_these[i], &r), ERR_DENIED,
		    "compartment");
		assert_err(st->c,
		    hold_sealed_each(st->c, st->in, not_these[i], count_records, &selectors),
		    ERR_DENIED, "compartment");
	}
	assert_err(st->c, hold_sealed_each(st->c, st->in, &publisher, count_records, &selectors),
	    ERR_DENIED, "compartment");
	assert_ok(st->c, hold_sealed_add(st->c, st->in, &st->named, &r));
	assert_ok(st->c, hold_sealed_add(st->c, st->in, &st->named, &r));
	assert_ok(st->c, hold_sealed_each(st->c, st->in, &st->named, count_records, &selectors));
	assert_int_equal(selectors, 14);
	r.kind = STR("letter");
	assert_err(st->c, hold_sealed_add(st->c, st->in, &st->named, &r), ERR_INVALID, "kind");
	r.kind = STR("directive");
	r.selectors = -1;
	assert_err(st->c, hold_sealed_add(st->c, st->in, &st->named, &r), ERR_INVALID, "selectors");
	r.selectors = 1;
	r.day = DAY_NONE;
	assert_err(st->c, hold_sealed_add(st->c, st->in, &st->named, &r), ERR_INVALID, "day");
	/* neither the row nor the ledger says of what kind or how many */
	assert_int_equal(story_num(st, "SELECT count(*) FROM entry WHERE detail LIKE '%fisa%'"), 0);
	assert_int_equal(story_num(st, "SELECT count(*) FROM sealed_record WHERE instr(record_ct, "
				       "CAST('fisa' AS BLOB)) > 0"),
	    0);
}

/* FISA paper does not even enter as a demand. */
static void no_paper_of_a_sealed_kind(void **state)
{
	struct story *st = *state;
	struct draft d = story_draft(
	    st, (struct story_ask){.instrument = "US-FISA-I", .facts = "", .fields = "'name'"});
	struct demand_receipt r;
	struct story_mark m = story_mark(st);

	assert_err(st->c, demand_receive(st->c, st->in, &st->named, &d, NULL, 0, &r), ERR_INVALID,
	    "count-only");
	story_untouched(st, m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(preserved),
	    STORY_TEST(nothing_leaves_on_a_preservation),
	    STORY_TEST(an_unsound_request_preserves_nothing),
	    STORY_TEST(a_bar_makes_a_secrecy),
	    STORY_TEST(a_question_is_no_bar),
	    STORY_TEST(a_challenge_holds_the_order),
	    STORY_TEST(the_last_challenge_frees),
	    STORY_TEST(an_upheld_challenge_ends_it),
	    STORY_TEST(set_aside_after_it_left),
	    STORY_TEST(a_narrowed_order),
	    STORY_TEST(an_upheld_challenge_lifts_the_bar),
	    STORY_TEST(an_appeal),
	    STORY_TEST(what_is_said_of_a_challenge),
	    STORY_TEST(the_sealed_record),
	    STORY_TEST(no_paper_of_a_sealed_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
