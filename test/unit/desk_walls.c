/* Attacks below the desk: by the store's own named statements and by plain SQL. What a gate
 * promises the schema refuses too, for whoever writes a step wrongly or on purpose. */
#include "desk_story.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'body','name'"};

#define STEP ", rev = rev + 1, entry = " STORY_ENTRY
#define REVIEW_INTO                                                                                \
	"INSERT INTO review (legal_order, round, reviewer, passed, not_before, at, rev, entry) "
#define DECISION_INTO                                                                              \
	"INSERT INTO decision (item, legal_order, review, review_passed, verdict, code, decider,"  \
	" second_due, second, counsel_due, counsel, not_before, grants, live, at, rev, entry) "
/* item 1 (content) and item 2 (name) of order 1, whose last review is the newest */
#define DECIDED(item, decider, due, second, counsel, grants)                                       \
	DECISION_INTO "SELECT " item ", 1, max(r.id), 1, 'produce', NULL, " decider ", " due       \
		      ", " second ", " counsel ", 0, " grants ", 1, 1, 1, " STORY_ENTRY            \
		      " FROM review r"

struct attack {
	const char *sql, *part;
};

static void refuse(struct story *st, const struct attack *a, size_t n)
{
	for (size_t i = 0; i < n; i++)
		story_refused(st, a[i].sql, a[i].part);
}
#define REFUSE(st, list) refuse(st, list, sizeof(list) / sizeof(list)[0])

/* ---- what was decided about stays what it is ---- */

static void rows_are_not_rewritten(void **state)
{
	static const struct attack attacks[] = {
	    {"UPDATE legal_order SET instrument = 'US-WARRANT'" STEP " WHERE id = 2", "rewritten"},
	    {"UPDATE legal_order SET basis = 'permitted'" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE legal_order SET class = 'consent'" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE legal_order SET received = 1" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE legal_order SET emergency = 1" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE legal_order SET cures = 2" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE legal_order SET amends = 2" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE legal_order SET demand = 2" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE legal_order SET matter = 2, seq = 9" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE matter SET compartment = 1" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE matter SET demand = 2" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE target SET specific = 0" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE target SET value_ct = x'00'" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE target SET matter = 2" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE item SET fold = 'noncontent'" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE item SET field = 'body'" STEP " WHERE id = 2", "rewritten"},
	    {"UPDATE item SET day_to = NULL" STEP " WHERE id = 2", "rewritten"},
	    {"UPDATE item SET legal_order = 2" STEP " WHERE id = 1", "rewritten"},
	    {"UPDATE item SET target = 2" STEP " WHERE id = 1", "keeps its target"},
	    {"UPDATE item SET decision = (SELECT decision FROM item WHERE id = 2)" STEP
	     " WHERE id = 1",
		"a decision of its own"},
	    {"UPDATE production SET legal_order = 2" STEP, "rewritten"},
	    {"UPDATE production SET maker = 1" STEP, "rewritten"},
	};
	struct story *st = *state;
	struct legal_order o, other;

	(void)story_case(st, warrant, &o);
	story_approve(st, &o);
	(void)story_case(st,
	    (struct story_ask){
		.instrument = "US-SUBP-GJ", .facts = STORY_SUBPOENA, .fields = "'body'"},
	    &other);
	assert_ok(st->c, story_produce(st, &o, 1));
	REFUSE(st, attacks);
}

struct trick {
	const struct item *item;
	int64_t target, decision;
};

/* Retargets by the statement made for it, then gives the item its old approval back. */
static int retarget_and_back(struct ctx *c, struct step *s, void *arg)
{
	struct trick *t = arg;
	int rc = step_update(c, s, STEP_ITEM, SQL_ITEM_RETARGET, t->item->id, t->item->rev,
	    DB_ARGS(db_int(t->target)));

	return rc != 0 ? rc
		       : step_update(c, s, STEP_ITEM, SQL_ITEM_SET, t->item->id, t->item->rev + 1,
			     DB_ARGS(db_text(STR("produce")), db_int(t->decision)));
}

static int end_and_back(struct ctx *c, struct step *s, void *arg)
{
	struct trick *t = arg;
	int rc = matter_end_decision(c, s, t->decision);

	return rc == 0 ? retarget_and_back(c, s, arg) : rc;
}

static void an_approval_does_not_move_to_another_account(void **state)
{
	struct story *st = *state;
	struct legal_order o, other;
	struct items items;
	struct story_mark m;
	struct trick t;

	(void)story_case(st, warrant, &o);
	(void)story_case(st, warrant, &other);
	story_approve(st, &o);
	assert_ok(st->c, matter_items(st->c, st->in, o.id, &items));
	t = (struct trick){&items.v[0], 2, items.v[0].decision};
	m = story_mark(st);
	assert_err(st->c,
	    step_run(st->c, &st->in->store, "trick", st->ann.id, retarget_and_back, &t, NULL),
	    ERR_DENIED, "keeps its target");
	assert_err(st->c,
	    step_run(st->c, &st->in->store, "trick", st->ann.id, end_and_back, &t, NULL),
	    ERR_DENIED, "a decision of its own that stands");
	story_untouched(st, m);
	assert_ok(st->c, story_produce(st, &o, 1));
}

/* ---- who stands behind it ---- */

static void reviews_need_a_reviewer(void **state)
{
	static const struct attack attacks[] = {
	    {REVIEW_INTO "VALUES (1, 1, 6, 1, 0, 1, 1, " STORY_ENTRY ")", "reviewer or counsel"},
	    {REVIEW_INTO "VALUES (1, 1, 1, 0, 0, 1, 1, " STORY_ENTRY ")", "reviewer or counsel"},
	    {REVIEW_INTO "VALUES (1, 1, 4, 1, 0, 1, 1, " STORY_ENTRY ")", "reviewer or counsel"},
	    {REVIEW_INTO "VALUES (2, 1, 3, 1, 0, 1, 1, " STORY_ENTRY ")", "fails or waits"},
	    {REVIEW_INTO "VALUES (3, 1, 3, 1, 0, 1, 1, " STORY_ENTRY ")", "fails or waits"},
	};
	struct story *st = *state;
	struct story_ask broad = warrant, unknown = warrant;
	struct legal_order o;

	broad.broad = true;
	unknown.facts = "'order.issuer':'judge','order.signed':true,'order.us_user_foreign':false,"
			"'order.us_2705b':false,'order.capability':false";
	(void)story_case(st, warrant, &o);
	(void)story_case(st, broad, &o);
	(void)story_case(st, unknown, &o);
	assert_int_equal(st->ann.id, 3);
	assert_int_equal(st->bob.id, 4);
	assert_int_equal(st->collector.id, 6);
	/* bob was sent away */
	assert_ok(
	    st->c, person_set(st->c, st->in, &st->admin, STR("bob"), ROLE_REVIEWER, false, false));
	REFUSE(st, attacks);
}

static void decisions_need_their_people(void **state)
{
	static const struct attack attacks[] = {
	    /* content by one person alone; the second at once; by who decides nothing */
	    {DECIDED("1", "3", "0", "NULL", "0, NULL", "1"), "needs a second person"},
	    {DECIDED("1", "3", "1", "4", "0, NULL", "1"), "the second comes after"},
	    {DECIDED("2", "6", "0", "NULL", "0, NULL", "1"), "a reviewer or counsel decides"},
	    {DECIDED("2", "1", "0", "NULL", "0, NULL", "1"), "a reviewer or counsel decides"},
	    {DECIDED("2", "4", "0", "NULL", "0, NULL", "1"), "a reviewer or counsel decides"},
	    /* a reviewer in the place of counsel */
	    {DECIDED("2", "3", "0", "NULL", "1, 3", "1"), "a reviewer or counsel decides"},
	    {"UPDATE decision SET second = 6, grants = 1" STEP " WHERE item = 1 AND live = 1",
		"is the second person"},
	    {"UPDATE decision SET second = 4, grants = 1" STEP " WHERE item = 1 AND live = 1",
		"is the second person"},
	};
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
	assert_ok(
	    st->c, person_set(st->c, st->in, &st->admin, STR("bob"), ROLE_REVIEWER, false, false));
	REFUSE(st, attacks);
	/* the same is good from those who may: the attacks failed for their reason */
	story_sql(st,
	    "BEGIN; " STORY_STAMP "; " DECIDED("2", "3", "0", "NULL", "0, NULL",
		"1") "; "
		     "UPDATE decision SET second = 5, grants = 1" STEP " WHERE item = 1; ROLLBACK");
}

static void nothing_is_granted_over_a_finding(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st,
	    (struct story_ask){
		.instrument = "US-SUBP-GJ", .facts = STORY_SUBPOENA, .fields = "'body','name'"},
	    &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	story_refused(st, DECIDED("1", "3", "1", "NULL", "0, NULL", "0"), "fails or waits");
	story_sql(st,
	    "BEGIN; " STORY_STAMP "; " DECIDED("2", "3", "0", "NULL", "0, NULL", "1") "; "
										      "ROLLBACK");
}

/* Signed in before, sent away since, and the step comes through only now. */
static void who_was_sent_away_acts_no_more(void **state)
{
	struct story *st = *state;
	struct story_mark m;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
	assert_ok(
	    st->c, person_set(st->c, st->in, &st->admin, STR("bob"), ROLE_REVIEWER, false, false));
	assert_ok(
	    st->c, person_set(st->c, st->in, &st->admin, STR("intake"), ROLE_INTAKE, false, false));
	m = story_mark(st);
	assert_int_equal(story_second(st, &st->bob, &o, 1), ERR_DENIED);
	err_clear(st->c);
	assert_int_equal(story_decide(st, &st->bob, &o, 2, ITEM_PRODUCE), ERR_DENIED);
	err_clear(st->c);
	assert_err(st->c,
	    story_fact(st, &o, "order.signed", "no") == 0
		? order_withdraw(st->c, st->in, &st->intake, &o, STR("authority"))
		: 0,
	    ERR_DENIED, "was sent away");
	assert_int_equal(story_mark(st).entries, m.entries + 1); /* ann's */
	/* an admin may go by the own hand, once there is another */
	(void)story_person(st, "next", ROLE_ADMIN, false, 1020);
	assert_ok(
	    st->c, person_set(st->c, st->in, &st->admin, STR("admin"), ROLE_ADMIN, false, false));
	assert_err(st->c,
	    person_set(st->c, st->in, &st->admin, STR("ann"), ROLE_REVIEWER, false, false),
	    ERR_DENIED, "was sent away");
}

/* ---- what leaves ---- */

static void productions_need_their_order(void **state)
{
	static const char made[] =
	    "INSERT INTO production (ref, legal_order, at, maker, recipient, manifest_hash,"
	    " blob_hash, size, state, rev, entry) VALUES ('forged', %d, 0, %d, 'k', x'00', x'00',"
	    " 1, 'sealed', 1, " STORY_ENTRY ")";
	static const char handed[] =
	    "INSERT INTO delivery (production, channel, at, rev, entry)"
	    " SELECT max(id), 'portal', 1, 1, " STORY_ENTRY " FROM production";
	struct story *st = *state;
	struct legal_order o, p;

	(void)story_case(st, warrant, &o);
	(void)story_case(st, warrant, &p);
	story_approve(st, &o);
	story_refused(st, str_fmt(st->c, made, 2, 6).p, "grants nothing");
	story_refused(st, str_fmt(st->c, made, 1, 2).p, "grants nothing"); /* intake */
	/* an approved state by itself grants nothing */
	story_sql(st, "BEGIN; " STORY_STAMP "; UPDATE legal_order SET state = 'approved'" STEP
		      " WHERE id = 2");
	story_refused(st, str_fmt(st->c, made, 2, 6).p, "grants nothing");
	story_sql(st, "ROLLBACK");
	/* an empty production can be written, and goes nowhere */
	story_sql(st, "BEGIN; " STORY_STAMP);
	story_sql(st, str_fmt(st->c, made, 1, 6).p);
	story_refused(st, handed, "no delivery of an empty");
	story_sql(st, "ROLLBACK");
	assert_ok(st->c, story_produce(st, &o, 1));
	assert_ok(
	    st->c, hold_challenge(st->c, st->in, &st->counsel, &o, STR("order"), STR("ground")));
	story_refused(st, str_fmt(st->c, made, 1, 6).p, "grants nothing");
	story_refused(st, handed, "no delivery of an empty, stopped");
	assert_ok(st->c,
	    hold_challenge_end(st->c, st->in, &st->counsel, &o, 1, STR("dismissed"), STR("found")));
	story_sql(st, "BEGIN; " STORY_STAMP);
	story_sql(st, handed);
	story_sql(st, "ROLLBACK");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(rows_are_not_rewritten),
	    STORY_TEST(an_approval_does_not_move_to_another_account),
	    STORY_TEST(reviews_need_a_reviewer),
	    STORY_TEST(decisions_need_their_people),
	    STORY_TEST(nothing_is_granted_over_a_finding),
	    STORY_TEST(who_was_sent_away_acts_no_more),
	    STORY_TEST(productions_need_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
