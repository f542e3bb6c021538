/* From intake to a recorded production, step by step; and every way to one that must not exist. */
#include "desk_story.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'body','name'"};

static void sound_warrant(void **state)
{
	struct story *st = *state;
	struct produce_file files[2] = {story_file(st, 1), story_file(st, 2)};
	struct demand_opening how = {0};
	struct story_mark m = story_mark(st);
	struct legal_order o;
	struct matter matter;
	struct str ref = story_receive_by(st, &st->intake, warrant), production;

	story_wrote(st, m, "demand.receive");
	m = story_mark(st);
	assert_ok(st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &matter));
	story_wrote(st, m, "demand.open");
	assert_ok(st->c, matter_order(st->c, st->in, &matter, 0, &o));
	assert_string_equal(story_state(st, &o), "in_review");
	m = story_mark(st);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	story_wrote(st, m, "order.examine");
	m = story_mark(st);
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
	story_wrote(st, m, "item.decide");
	assert_ok(st->c, story_decide(st, &st->ann, &o, 2, ITEM_PRODUCE));
	assert_string_equal(
	    story_state(st, &o), "in_review"); /* content waits for its second person */
	m = story_mark(st);
	assert_ok(st->c, story_second(st, &st->bob, &o, 1));
	story_wrote(st, m, "item.second");
	assert_string_equal(story_state(st, &o), "approved");
	m = story_mark(st);
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, files, 2, &production));
	story_wrote(st, m, "production.make");
	assert_string_equal(story_state(st, &o), "produced");
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_CONTENT);
	m = story_mark(st);
	assert_ok(st->c, produce_deliver(st->c, st->in, &st->collector, production, STR("portal")));
	story_wrote(st, m, "production.deliver");
	assert_ok(st->c, produce_acknowledge(st->c, st->in, &st->intake, production));
	assert_string_equal(story_state(st, &o), "delivered");
	m = story_mark(st);
	assert_ok(st->c, matter_close(st->c, st->in, &st->ann, &matter, true));
	story_wrote(st, m, "matter.close");
}

/* ---- P5: approved items of this order, nothing else ---- */

static void only_the_people_who_may(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct produce_file f = story_file(st, 1);
	const struct person *not_these[] = {
	    &st->admin, &st->intake, &st->counsel, &st->publisher, &st->auditor};

	(void)story_case(st, warrant, &o);
	story_approve(st, &o);
	for (size_t i = 0; i < sizeof not_these / sizeof not_these[0]; i++)
		assert_err(st->c, story_produce_as(st, not_these[i], &o, &f, 1, NULL), ERR_DENIED,
		    "needs the role");
	assert_ok(st->c, story_produce_as(st, &st->ann, &o, &f, 1, NULL));
}

static void only_approved_items(void **state)
{
	struct story *st = *state;
	struct legal_order o, other;
	struct produce_file two[2] = {story_file(st, 1), story_file(st, 2)};
	struct story_mark m;

	(void)story_case(st, warrant, &o);
	(void)story_case(st, warrant, &other);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_WITHHOLD));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 2, ITEM_PRODUCE));
	story_no_way(st, &other, 1, ERR_DENIED, "in_review");
	story_no_way(st, &o, 1, ERR_DENIED, "item 1 is not approved: it is withhold");
	story_no_way(st, &o, 0, ERR_NOTFOUND, "no item 0");
	story_no_way(st, &o, 3, ERR_NOTFOUND, "no item 3");
	m = story_mark(st);
	assert_err(st->c, story_produce_as(st, &st->collector, &o, NULL, 0, NULL), ERR_INVALID,
	    "at least one");
	/* one good item does not carry a bad one with it */
	assert_err(
	    st->c, story_produce_as(st, &st->collector, &o, two, 2, NULL), ERR_DENIED, "item 1");
	story_untouched(st, m);
	assert_ok(st->c, story_produce(st, &o, 2));
	story_no_way(st, &o, 1, ERR_DENIED, "item 1 is not approved");
}

/* A good plan in the hand, and then other files: the gate looks at the files that are recorded. */
static void a_plan_is_no_permission(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct produce_file good = story_file(st, 2), bad = story_file(st, 1);
	struct produce_plan plan;

	(void)story_case(st, warrant, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_WITHHOLD));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 2, ITEM_PRODUCE));
	assert_ok(st->c, produce_prepare(st->c, st->in, &st->collector, &o, &good, 1, &plan));
	assert_err(st->c,
	    produce_record(st->c, st->in, &st->collector, &o, &bad, 1, &plan, hash_of(STR("s")), 1),
	    ERR_DENIED, "item 1");
	/* approval lost between the two: the second look counts */
	assert_ok(st->c, story_fact(st, &o, "order.signed", "no"));
	assert_err(st->c,
	    produce_record(
		st->c, st->in, &st->collector, &o, &good, 1, &plan, hash_of(STR("s")), 1),
	    ERR_DENIED, "in_review");
	assert_int_equal(story_num(st, "SELECT count(*) FROM production"), 0);
	/* and without has_files no file slips in */
	assert_ok(st->c, story_fact(st, &o, "order.signed", "yes"));
	story_approve(st, &o);
	/* allowed again, but the order is another than the one that was planned for */
	assert_err(st->c,
	    produce_record(
		st->c, st->in, &st->collector, &o, &good, 1, &plan, hash_of(STR("s")), 1),
	    ERR_CONFLICT, "meanwhile");
	assert_ok(st->c, produce_prepare(st->c, st->in, &st->collector, &o, &good, 1, &plan));
	plan.has_files = false;
	assert_int_equal(produce_record(st->c, st->in, &st->collector, &o, &good, 1, &plan,
			     hash_of(STR("s")), 1),
	    ERR_DENIED);
	err_clear(st->c);
	assert_int_equal(story_num(st, "SELECT count(*) FROM production_file"), 0);
}

static void the_second_person_is_due(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 2, ITEM_PRODUCE));
	story_no_way(st, &o, 1, ERR_DENIED, "in_review");
	story_no_way(st, &o, 2, ERR_DENIED, "in_review");
}

/* The same with the order forced to "approved" in the rows: the decision itself does not grant. */
static void a_forced_state_is_no_approval(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
	story_sql(st,
	    "BEGIN; " STORY_STAMP
	    "; UPDATE legal_order SET state = 'approved', rev = rev + 1, entry = " STORY_ENTRY
	    "; INSERT INTO entry (id, kind, at, actor, leaf)"
	    " SELECT max(id) + 1, 'test', 0, 0, zeroblob(33) FROM entry; COMMIT");
	story_no_way(st, &o, 1, ERR_DENIED, "item 1 waits for its second person");
	story_no_way(st, &o, 2, ERR_DENIED, "item 2 is not approved: it is asked");
}

static void the_manifest_names_the_scope(void **state)
{
	struct story *st = *state;
	struct produce_file f = story_file(st, 1);
	struct review_verdict v = {
	    .to = ITEM_NARROW, .code = STR("over_broad"), .reason = STR("a month")};
	struct produce_plan plan;
	struct legal_order o;
	struct str text;

	(void)story_case(st,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"},
	    &o);
	assert_ok(st->c, day_parse(st->c, STR("2026-07-01"), &v.from));
	assert_ok(st->c, day_parse(st->c, STR("2026-07-31"), &v.to_day));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, review_decide(st->c, st->in, &st->ann, &o, 1, &v));
	assert_ok(st->c, produce_prepare(st->c, st->in, &st->collector, &o, &f, 1, &plan));
	text = json_str(st->c, plan.manifest);
	assert_non_null(strstr(text.p, "\"from\":\"2026-07-01\""));
	assert_non_null(strstr(text.p, "\"to\":\"2026-07-31\""));
	assert_non_null(strstr(text.p, "\"target\":\"someone@example.net\""));
	assert_non_null(strstr(text.p, hash_hex(st->c, f.sha256).p));
	assert_str(plan.recipient, "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqq");
	assert_int_equal(json_find(plan.manifest, "files")->n, 1);
	assert_int_equal(json_text(json_find(plan.manifest, "files")->at[0], "ledger").n, 64);
}

static void no_key_to_seal_to(void **state)
{
	struct story *st = *state;
	struct story_ask a = warrant;
	struct legal_order o;

	a.key = "";
	(void)story_case(st, a, &o);
	story_approve(st, &o);
	assert_err(st->c, story_produce(st, &o, 1), ERR_NOTFOUND, "no key to seal to");
}

static void nothing_found(void **state)
{
	struct story *st = *state;
	struct produce_file none = {.item = 1, .no_data = true}, file = story_file(st, 2);
	struct produce_file late = story_file(st, 1), empty = {.item = 2, .no_data = true};
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	story_approve(st, &o);
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &none, 1, NULL));
	assert_string_equal(story_item(st, &o, 1), "no_data");
	assert_string_equal(story_state(st, &o), "approved"); /* item 2 is still open: pending */
	assert_int_equal(story_order(st, o.id).outcome, 0);
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &file, 1, NULL));
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_NONCONTENT);
	assert_err(
	    st->c, story_produce_as(st, &st->collector, &o, &late, 1, NULL), ERR_DENIED, "no_data");
	assert_err(st->c, story_produce_as(st, &st->collector, &o, &empty, 1, NULL), ERR_DENIED,
	    "has data");
	assert_int_equal(story_num(st, "SELECT count(*) FROM production"), 1);

	(void)story_case(st, warrant, &o);
	story_approve(st, &o);
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &none, 1, NULL));
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &empty, 1, NULL));
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_NO_DATA);
	assert_string_equal(story_state(st, &o), "produced");
}

/* What went out stays on record: a later change opens the examination, not the outcome. */
static void disclosed_stays_disclosed(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	story_approve(st, &o);
	assert_ok(st->c, story_produce(st, &o, 1));
	assert_ok(st->c, story_fact(st, &o, "order.signed", "no"));
	assert_string_equal(story_state(st, &o), "in_review");
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_CONTENT);
	story_no_way(st, &o, 1, ERR_DENIED, "in_review");
	story_no_way(st, &o, 2, ERR_DENIED, "in_review");
	assert_ok(
	    st->c, review_reject(st->c, st->in, &st->ann, &o, STR("not_authentic"), STR("a copy")));
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_CONTENT);
	assert_string_equal(story_item(st, &o, 1), "produced");
	assert_string_equal(story_item(st, &o, 2), "withhold");
}

static void examined_again_after_a_production(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"},
	    &o);
	story_approve(st, &o);
	assert_ok(st->c, story_produce(st, &o, 1));
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	assert_string_equal(story_state(st, &o), "in_review");
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_string_equal(story_state(st, &o), "approved");
	/* nothing more goes out on the decision of before ... */
	story_no_way(st, &o, 1, ERR_DENIED, "its decision ended");
	/* ... but on one of today: a further file of the same item */
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
	assert_ok(st->c, story_produce(st, &o, 1));
	assert_string_equal(story_state(st, &o), "produced");
	/* a failed examination approves nothing, and nothing more goes out */
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	assert_ok(st->c, review_basis(st->c, st->in, &st->bob, &o, false, STR("forged")));
	assert_string_equal(story_state(st, &o), "in_review");
	story_no_way(st, &o, 1, ERR_DENIED, "in_review");
}

/* ---- the earliest instant ---- */

static const struct story_ask epoc = {.instrument = "EU-EPOC",
    .facts = STORY_EPOC,
    .fields = "'body'",
    .country = "FR",
    .channel = "decentralised_it"};

static void not_before_the_ten_days_have_ended(void **state)
{
	/* received on the 15th: to the end of the 25th, Berlin */
	static const int64_t end = STORY_NOW + 10 * STORY_DAY + 10 * 3600 - 1;
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, epoc, &o);
	story_approve(st, &o);
	assert_int_equal(story_num(st, "SELECT not_before FROM decision WHERE live = 1"), end);
	story_no_way(st, &o, 1, ERR_DENIED, "no production before 2026-09-25T21:59:59Z");
	st->c->fixed_now = end - 1;
	story_no_way(st, &o, 1, ERR_DENIED, "no production before");
	st->c->fixed_now = end;
	assert_ok(st->c, story_produce(st, &o, 1));
}

static void the_enforcing_authority_clears(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, epoc, &o);
	story_approve(st, &o);
	assert_ok(st->c, story_fact(st, &o, "order.eu_enforcing_cleared", "yes"));
	story_no_way(st, &o, 1, ERR_DENIED, "in_review"); /* a fact: examined again */
	story_approve(st, &o);
	assert_ok(st->c, story_produce(st, &o, 1));
}

/* Not known whether anybody was notified: nobody guesses. */
static void unknown_notification(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, epoc, &o);
	story_approve(st, &o);
	assert_ok(st->c, story_fact(st, &o, "order.eu_notified", ""));
	assert_int_equal(story_examine(st, &st->ann, &o), ERR_DENIED);
	err_clear(st->c);
	st->c->fixed_now = STORY_NOW + 20 * STORY_DAY;
	story_no_way(st, &o, 1, ERR_DENIED, "");
}

/* ---- handing over ---- */

static void delivery(void **state)
{
	struct story *st = *state;
	struct produce_file f = story_file(st, 1);
	struct legal_order o;
	struct str ref;

	(void)story_case(st, warrant, &o);
	story_approve(st, &o);
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &f, 1, &ref));
	assert_err(
	    st->c, produce_acknowledge(st->c, st->in, &st->collector, ref), ERR_CONFLICT, "sealed");
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("plain_mail")),
	    ERR_INVALID, "channel");
	assert_err(st->c, produce_deliver(st->c, st->in, &st->auditor, ref, STR("portal")),
	    ERR_DENIED, "role");
	assert_int_equal(
	    produce_deliver(st->c, st->in, &st->collector, STR("nonsense"), STR("portal")),
	    ERR_INVALID);
	err_clear(st->c);
	assert_ok(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("portal")));
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("portal")),
	    ERR_CONFLICT, "delivered");
	assert_ok(st->c, produce_acknowledge(st->c, st->in, &st->collector, ref));
	assert_err(st->c, produce_acknowledge(st->c, st->in, &st->collector, ref), ERR_CONFLICT,
	    "acknowledged");
}

/* Sealed is not gone: a challenge, a withdrawal or a changed fact stops the hand-over too. */
static void delivery_stops(void **state)
{
	struct story *st = *state;
	struct produce_file f = story_file(st, 1);
	struct legal_order o[3];
	struct str ref[3];

	for (size_t i = 0; i < 3; i++) {
		(void)story_case(st, warrant, &o[i]);
		story_approve(st, &o[i]);
		assert_ok(st->c, story_produce_as(st, &st->collector, &o[i], &f, 1, &ref[i]));
	}
	assert_ok(
	    st->c, hold_challenge(st->c, st->in, &st->counsel, &o[0], STR("order"), STR("ground")));
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, ref[0], STR("portal")),
	    ERR_DENIED, "challenged");
	assert_ok(st->c, order_withdraw(st->c, st->in, &st->intake, &o[1], STR("authority")));
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, ref[1], STR("portal")),
	    ERR_DENIED, "withdrawn");
	assert_ok(st->c, story_fact(st, &o[2], "order.signed", "no"));
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, ref[2], STR("portal")),
	    ERR_DENIED, "in_review");
}

/* ---- at the database ---- */

#define FILE_INTO(values)                                                                          \
	"INSERT INTO production_file (production, legal_order, item, decision, grants, "           \
	"not_before,"                                                                              \
	" at, sha256, size, rev, entry) " values

/* Two approved orders (1: warrant, with a production; 2: EPOC before its day) and one in review
 * (3). */
static void three_orders(struct story *st, struct legal_order o[3])
{
	(void)story_case(st, warrant, &o[0]);
	story_approve(st, &o[0]);
	assert_ok(st->c, story_produce(st, &o[0], 1));
	(void)story_case(st, epoc, &o[1]);
	story_approve(st, &o[1]);
	(void)story_case(st, warrant, &o[2]);
	assert_ok(st->c, story_examine(st, &st->ann, &o[2]));
	assert_ok(
	    st->c, story_decide(st, &st->ann, &o[2], 1, ITEM_PRODUCE)); /* without its second */
	assert_int_equal(o[0].id, 1);
	assert_int_equal(o[1].id, 2);
	assert_int_equal(o[2].id, 3);
	story_sql(st, "DROP TRIGGER production_file_scope"); /* its own wall: desk_scope.c */
}

/* A production row for an approved order: by itself it holds nothing. */
static const char *forged(struct story *st, int64_t order)
{
	return str_fmt(st->c,
	    "INSERT INTO production (id, ref, legal_order, at, maker, recipient, manifest_hash,"
	    " blob_hash, size, state, rev, entry) VALUES (%lld, 'forged-%lld', %lld, 0, %lld, 'k', "
	    "x'00', x'00', 1, 'sealed', 1, " STORY_ENTRY ")",
	    (long long)(100 + order), (long long)order, (long long)order,
	    (long long)st->collector.id)
	    .p;
}

static void the_schema_refuses_files(void **state)
{
	static const struct {
		const char *sql, *part;
	} attacks[] = {
	    /* no decision at all */
	    {FILE_INTO("VALUES (101, 1, 2, 9999, 1, 0, 1, zeroblob(32), 1, 1, " STORY_ENTRY ")"),
		"no production without"},
	    /* a decision of another item of the same order */
	    {FILE_INTO("SELECT 101, 1, 2, decision, 1, 0, 1, zeroblob(32), 1, 1, " STORY_ENTRY
		       " FROM item WHERE id = 1"),
		"no production without"},
	    /* an approved item, but a hash of the wrong length, or no hash */
	    {FILE_INTO("SELECT 101, 1, 2, decision, 1, 0, 1, x'00', 1, 1, " STORY_ENTRY
		       " FROM item WHERE id = 2"),
		"CHECK"},
	    /* the right decision under a production of another order */
	    {FILE_INTO("SELECT 102, 1, 2, decision, 1, 0, 1, zeroblob(32), 1, 1, " STORY_ENTRY
		       " FROM item WHERE id = 2"),
		"FOREIGN KEY"},
	    /* before the earliest instant, and with a made-up one */
	    {FILE_INTO("SELECT 102, 2, i.id, d.id, 1, d.not_before, d.not_before - 1, "
		       "zeroblob(32), 1, 1, " STORY_ENTRY
		       " FROM item i JOIN decision d ON d.id = i.decision WHERE i.legal_order = 2"),
		"CHECK"},
	    {FILE_INTO("SELECT 102, 2, i.id, d.id, 1, 0, 1, zeroblob(32), 1, 1, " STORY_ENTRY
		       " FROM item i JOIN decision d ON d.id = i.decision WHERE i.legal_order = 2"),
		"FOREIGN KEY"},
	    /* a decision without its second person, as granting or as what it is, in an order not
	       approved */
	    {FILE_INTO("SELECT 103, 3, i.id, d.id, 1, 0, 1, zeroblob(32), 1, 1, " STORY_ENTRY
		       " FROM item i JOIN decision d ON d.id = i.decision WHERE i.legal_order = 3"),
		"no production without"},
	    {FILE_INTO("SELECT 103, 3, i.id, d.id, 0, 0, 1, zeroblob(32), 1, 1, " STORY_ENTRY
		       " FROM item i JOIN decision d ON d.id = i.decision WHERE i.legal_order = 3"),
		"no production without"},
	};
	struct story *st = *state;
	struct legal_order o[3];

	three_orders(st, o);
	assert_ok(st->c, story_decide(st, &st->ann, &o[2], 2, ITEM_PRODUCE));
	story_sql(st, "BEGIN; " STORY_STAMP);
	story_sql(st, forged(st, 1));
	story_sql(st, forged(st, 2));
	story_refused(st, forged(st, 3), "grants nothing");
	for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++)
		story_refused(st, attacks[i].sql, attacks[i].part);
	/* even in an approved order a decision that grants nothing carries no file */
	story_sql(st,
	    "UPDATE legal_order SET state = 'approved', rev = rev + 1, entry = " STORY_ENTRY
	    " WHERE id = 3");
	story_sql(st, forged(st, 3)); /* the other item's decision grants */
	story_refused(st, attacks[6].sql, "FOREIGN KEY");
	story_refused(st, attacks[7].sql, "CHECK");
	story_sql(st, "ROLLBACK");
}

static void the_schema_refuses_held_and_wild(void **state)
{
	static const char good[] =
	    FILE_INTO("SELECT 101, 1, 2, decision, 1, 0, 1, zeroblob(32), 1, 1, " STORY_ENTRY
		      " FROM item WHERE id = 2");
#define STEP ", rev = rev + 1, entry = " STORY_ENTRY " WHERE id = "
	static const char *const changes[] = {
	    "UPDATE legal_order SET hold = 'challenged'" STEP "1",
	    "UPDATE legal_order SET state = 'in_review'" STEP "1",
	    /* were it ever so: the wall before it says no itself (desk_walls.c) */
	    "DROP TRIGGER legal_order_fixed; UPDATE legal_order SET basis = 'capability'" STEP "1",
	    "DROP TRIGGER target_fixed; UPDATE target SET specific = 0" STEP "1",
	    "UPDATE item SET state = 'withhold'" STEP "2",
	    "UPDATE decision SET live = 0" STEP "(SELECT decision FROM item WHERE id = 2)",
	};
#undef STEP
	struct story *st = *state;
	struct legal_order o[3];

	three_orders(st, o);
	story_sql(st, "BEGIN; " STORY_STAMP);
	story_sql(st, forged(st, 1));
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		story_sql(st, "SAVEPOINT s");
		story_sql(st, changes[i]);
		story_refused(st, good, "no production without a live approved decision");
		story_sql(st, "ROLLBACK TO s");
	}
	/* the same statement is good where nothing stands against it: the attacks failed for their
	 * reason */
	story_sql(st, good);
	story_sql(st, "ROLLBACK");
}

static void the_schema_refuses_rewriting(void **state)
{
#define STEP ", rev = rev + 1, entry = " STORY_ENTRY
	static const struct {
		const char *sql, *part;
	} attacks[] = {
	    {"UPDATE decision SET grants = 1" STEP " WHERE legal_order = 3", "CHECK"},
	    {"UPDATE decision SET second = decider, grants = 1" STEP " WHERE legal_order = 3",
		"CHECK"},
	    {"UPDATE decision SET second_due = 0, grants = 1" STEP " WHERE legal_order = 3",
		"not rewritten"},
	    {"UPDATE decision SET verdict = 'withhold'" STEP " WHERE legal_order = 3",
		"not rewritten"},
	    {"UPDATE decision SET not_before = 0" STEP " WHERE legal_order = 2", "not rewritten"},
	    {"UPDATE decision SET item = 2" STEP " WHERE item = 1", "not rewritten"},
	    {"UPDATE decision SET decider = 4" STEP " WHERE item = 1", "not rewritten"},
	    {"UPDATE decision SET second = 9" STEP " WHERE item = 1", "not rewritten"},
	    {"UPDATE review SET passed = 0" STEP " WHERE legal_order = 1", "not rewritten"},
	    {"UPDATE review SET not_before = 0" STEP " WHERE legal_order = 2", "not rewritten"},
	    {"UPDATE production_file SET item = 2" STEP, "not rewritten"},
	    {"UPDATE legal_order SET state = 'approved' WHERE id = 3", "newer ledger entry"},
	    {"UPDATE legal_order SET state = 'approved', rev = rev + 1 WHERE id = 3",
		"newer ledger entry"},
	    {"UPDATE legal_order SET state = 'approved', entry = 9999 WHERE id = 3",
		"newer ledger entry"},
	    {"UPDATE legal_order SET state = 'approved', entry = " STORY_ENTRY " WHERE id = 3",
		"newer ledger entry"},
	    {"UPDATE legal_order SET state = 'approved', rev = rev + 1, entry = (SELECT max(id) "
	     "FROM entry)"
	     " WHERE id = 3",
		"newer ledger entry"},
	    {"UPDATE legal_order SET state = 'rejected'" STEP " WHERE id = 3", "CHECK"},
	    {"UPDATE item SET state = 'produced' WHERE id = 2", "newer ledger entry"},
	    {"UPDATE finding SET verdict = 'ask'" STEP " WHERE id = 1", "not rewritten"},
	    {"UPDATE entry SET detail = '{}' WHERE id = 1", "append-only"},
	    {"UPDATE entry SET kind = 'x' WHERE id = 1", "append-only"},
	};
	struct story *st = *state;
	struct legal_order o[3];

	three_orders(st, o);
	for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++)
		story_refused(st, attacks[i].sql, attacks[i].part);
	/* with an entry that is never written, nothing commits */
	story_sql(st, "BEGIN; " STORY_STAMP "; UPDATE legal_order SET state = 'approved'" STEP
		      " WHERE id = 3");
	assert_int_equal(sqlite3_exec(st->raw, "COMMIT", NULL, NULL, NULL), SQLITE_CONSTRAINT);
	story_sql(st, "ROLLBACK");
#undef STEP
}

static void nothing_is_deleted(void **state)
{
	static const char *const tables[] = {"entry", "person", "demand", "matter", "legal_order",
	    "order_fact", "target", "item", "finding", "review", "decision", "production",
	    "production_file"};
	struct story *st = *state;
	struct legal_order o[3];

	three_orders(st, o);
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		assert_true(
		    story_num(st, str_fmt(st->c, "SELECT count(*) FROM %s", tables[i]).p) > 0);
		story_refused(st, str_fmt(st->c, "DELETE FROM %s", tables[i]).p, tables[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(sound_warrant),
	    STORY_TEST(only_the_people_who_may),
	    STORY_TEST(only_approved_items),
	    STORY_TEST(a_plan_is_no_permission),
	    STORY_TEST(the_second_person_is_due),
	    STORY_TEST(a_forced_state_is_no_approval),
	    STORY_TEST(the_manifest_names_the_scope),
	    STORY_TEST(no_key_to_seal_to),
	    STORY_TEST(nothing_found),
	    STORY_TEST(disclosed_stays_disclosed),
	    STORY_TEST(examined_again_after_a_production),
	    STORY_TEST(not_before_the_ten_days_have_ended),
	    STORY_TEST(the_enforcing_authority_clears),
	    STORY_TEST(unknown_notification),
	    STORY_TEST(delivery),
	    STORY_TEST(delivery_stops),
	    STORY_TEST(the_schema_refuses_files),
	    STORY_TEST(the_schema_refuses_held_and_wild),
	    STORY_TEST(the_schema_refuses_rewriting),
	    STORY_TEST(nothing_is_deleted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
