/* Nothing is recorded that was not held against its scope; what no machine can check needs another
 * person's yes, for that file and that decision: in the program and in the schema. */
#include "desk_story.h"

#include "desk/look_over.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};
static const struct yield_report unknown = {.format = YIELD_UNKNOWN, .shape = {"", 0}};
static const struct yield_report nothing = {
    .format = YIELD_CSV, .shape = {"", 0}, .records = 3, .held = {[YIELD_TARGET] = 3}};

static void what_was_not_checked_stays(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct produce_file f = story_file(st, 1), good = f;
	struct produce_plan plan;

	(void)story_case(st, warrant, &o);
	story_approve(st, &o);
	f.yield = NULL;
	assert_err(st->c, story_produce_as(st, &st->collector, &o, &f, 1, NULL), ERR_DENIED,
	    "was not held against its scope");
	f.yield = &nothing;
	assert_err(st->c, story_produce_as(st, &st->collector, &o, &f, 1, NULL), ERR_DENIED,
	    "nothing of the file of item 1");
	/* a plan for a file that was checked is none for one that was not */
	assert_ok(st->c, produce_prepare(st->c, st->in, &st->collector, &o, &good, 1, &plan));
	f.yield = NULL;
	assert_err(st->c,
	    produce_record(st->c, st->in, &st->collector, &o, &f, 1, &plan, hash_of(STR("s")), 1),
	    ERR_DENIED, "was not held against its scope");
	assert_int_equal(story_num(st, "SELECT count(*) FROM production"), 0);
}

static void another_person_looks_it_over(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct produce_file f = story_file(st, 1);
	struct hash other = hash_of(STR("another file"));

	(void)story_case(st, warrant, &o);
	f.yield = &unknown;
	assert_err(st->c, look_over_record(st->c, st->in, &st->bob, &o, 1, f.sha256), ERR_DENIED,
	    "item 1 is not approved");
	story_approve(st, &o);
	assert_err(st->c, story_produce_as(st, &st->collector, &o, &f, 1, NULL), ERR_DENIED,
	    "another person has to look it over");
	assert_err(st->c, look_over_record(st->c, st->in, &st->collector, &o, 1, f.sha256),
	    ERR_DENIED, "needs the role");
	assert_err(st->c, look_over_record(st->c, st->in, &st->bob, &o, 2, f.sha256), ERR_NOTFOUND,
	    "no item 2");
	assert_ok(st->c, look_over_record(st->c, st->in, &st->bob, &o, 1, other));
	assert_ok(st->c, look_over_record(st->c, st->in, &st->ann, &o, 1, f.sha256));
	/* ann may do both, but not for the same file */
	assert_err(st->c, story_produce_as(st, &st->ann, &o, &f, 1, NULL), ERR_DENIED,
	    "another person has to look it over");
	assert_ok(st->c, story_produce_as(st, &st->bob, &o, &f, 1, NULL));
	assert_int_equal(story_num(st, "SELECT count(*) FROM file_check WHERE look_over = 2"), 1);
}

/* Decided anew, the yes of before counts no more. */
static void a_yes_is_for_one_decision(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct produce_file f = story_file(st, 1);

	(void)story_case(st, warrant, &o);
	f.yield = &unknown;
	story_approve(st, &o);
	assert_ok(st->c, look_over_record(st->c, st->in, &st->bob, &o, 1, f.sha256));
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE));
	assert_err(st->c, story_produce_as(st, &st->collector, &o, &f, 1, NULL), ERR_DENIED,
	    "another person has to look it over");
}

#define CHECK_INTO(values)                                                                         \
	"INSERT INTO file_check (legal_order, production, item, checker, format, came, leaves, "   \
	"records, released, held, cut, masked, look_over, rev, entry) " values

static void the_schema_says_so_too(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct produce_file f = story_file(st, 1);

	(void)story_case(st, warrant, &o);
	f.yield = &unknown;
	story_approve(st, &o);
	assert_ok(st->c, look_over_record(st->c, st->in, &st->ann, &o, 1, f.sha256));
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &f, 1, NULL));
	story_refused(st,
	    "INSERT INTO production_file (production, legal_order, item, decision, grants, "
	    "not_before, at, sha256, size, rev, entry) SELECT production, legal_order, item, "
	    "decision, grants, not_before, at, zeroblob(32), 1, 1, " STORY_ENTRY
	    " FROM production_file",
	    "held against its scope");
	/* nobody's yes; one's own; another file's */
	story_refused(st,
	    CHECK_INTO("SELECT 1, 1, 1, 'c', 'unknown', sha256, sha256, 0, 0, '{}', 0, 0, NULL, "
		       "1, " STORY_ENTRY " FROM look_over"),
	    "CHECK");
	story_refused(st,
	    CHECK_INTO("SELECT 1, 1, 1, 'c', 'csv', sha256, sha256, 1, 0, '{}', 0, 0, NULL, "
		       "1, " STORY_ENTRY " FROM look_over"),
	    "CHECK");
	story_refused(st,
	    CHECK_INTO("SELECT 1, 1, 1, 'c', 'unknown', zeroblob(32), sha256, 0, 0, '{}', 0, 0, 1, "
		       "1, " STORY_ENTRY " FROM look_over"),
	    "another person");
	story_refused(st,
	    "UPDATE look_over SET person = person + 1, rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(st, "UPDATE file_check SET cut = 7, rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(st, "UPDATE file_check SET cut = 7", "not rewritten");
	story_refused(st, "DELETE FROM look_over", "never deleted");
	story_refused(st, "DELETE FROM file_check", "never deleted");
	story_sql(st, "DROP TRIGGER look_over_fixed; BEGIN; " STORY_STAMP
		      "; UPDATE look_over SET person = (SELECT maker FROM production), rev = 2, "
		      "entry = " STORY_ENTRY);
	story_refused(st,
	    CHECK_INTO("SELECT 1, 1, 1, 'c', 'unknown', sha256, sha256, 0, 0, '{}', 0, 0, 1, "
		       "1, " STORY_ENTRY " FROM look_over"),
	    "another person");
	story_sql(st, "ROLLBACK");
}

static void a_decision_that_masks(void **state)
{
	struct story *st = *state;
	struct review_verdict v = {.to = ITEM_PRODUCE,
	    .from = DAY_NONE,
	    .to_day = DAY_NONE,
	    .reason = STR("a reason"),
	    .mask = true};
	struct produce_file f = story_file(st, 1);
	struct yield_ask ask;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, review_decide(st->c, st->in, &st->ann, &o, 1, &v));
	assert_ok(st->c, produce_scopes(st->c, st->in, &st->collector, &o, &f, 1, &ask));
	assert_true(ask.mask);
	assert_str(ask.fields, "name");
	assert_str(ask.target, "someone@example.net");
	story_refused(st, "DELETE FROM decision_mask", "never deleted");
	/* and anew without */
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	v.mask = false;
	assert_ok(st->c, review_decide(st->c, st->in, &st->ann, &o, 1, &v));
	assert_ok(st->c, produce_scopes(st->c, st->in, &st->collector, &o, &f, 1, &ask));
	assert_false(ask.mask);
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	v.mask = true;
	v.to = ITEM_WITHHOLD;
	v.code = STR("over_broad");
	assert_err(st->c, review_decide(st->c, st->in, &st->ann, &o, 1, &v), ERR_INVALID,
	    "only where some leave");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(what_was_not_checked_stays),
	    STORY_TEST(another_person_looks_it_over),
	    STORY_TEST(a_yes_is_for_one_decision),
	    STORY_TEST(the_schema_says_so_too),
	    STORY_TEST(a_decision_that_masks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
