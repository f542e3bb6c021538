/* A data subject's request below the command line: the walls of the schema, who may do what, what
 * is told, and that an answer is never another than the one that was approved. */
#include "desk_story.h"

#include "desk/access.h"
#include "desk/notice_act.h"

#define NOBODY "email:nobody@example.com"
#define DOE "email:j.doe@example.com"

static struct str subject(struct story *st)
{
	struct str ref = story_receive_by(st, &st->intake,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"});

	assert_ok(st->c, demand_sort_out(st->c, st->in, &st->intake, ref, STR("data_subject")));
	return ref;
}

static struct str asked(struct story *st, struct str demand, const char *target)
{
	struct access_ask a = {.demand = demand,
	    .target = str_of(target),
	    .identified = STR("signed in"),
	    .language = STR("en")};
	struct str ref;

	assert_ok(st->c, access_ask(st->c, st->in, &st->intake, &a, &ref));
	return ref;
}

static struct str text(struct story *st, struct str ref)
{
	struct access_request r;
	struct json *j;

	assert_ok(st->c, access_get(st->c, st->in, &st->ann, ref, &r));
	assert_ok(st->c, access_json(st->c, st->in, &r, true, &j));
	return json_text(j, "text");
}

static void who_does_what(void **state)
{
	struct story *st = *state;
	struct str d = subject(st), ref = asked(st, d, NOBODY);
	struct access_ask a = {
	    .demand = d, .target = STR(NOBODY), .identified = STR("x"), .language = STR("en")};
	struct str other;

	assert_err(st->c, access_ask(st->c, st->in, &st->ann, &a, &other), ERR_DENIED, "role");
	assert_err(st->c, access_draft(st->c, st->in, &st->intake, ref), ERR_DENIED, "role");
	assert_err(st->c, access_draft(st->c, st->in, &st->auditor, ref), ERR_DENIED, "role");
	assert_err(st->c, access_approve(st->c, st->in, &st->bob, ref), ERR_CONFLICT, "asked");
	assert_ok(st->c, access_draft(st->c, st->in, &st->ann, ref));
	assert_err(
	    st->c, access_approve(st->c, st->in, &st->ann, ref), ERR_DENIED, "another person");
	assert_err(st->c, access_answer(st->c, st->in, &st->intake, ref), ERR_CONFLICT, "drafted");
	assert_ok(st->c, access_approve(st->c, st->in, &st->bob, ref));
	/* drafted again it waits for a second person again */
	assert_ok(st->c, access_draft(st->c, st->in, &st->bob, ref));
	assert_err(st->c, access_answer(st->c, st->in, &st->intake, ref), ERR_CONFLICT, "drafted");
	assert_ok(st->c, access_approve(st->c, st->in, &st->ann, ref));
	assert_ok(st->c, access_answer(st->c, st->in, &st->intake, ref));
	assert_err(st->c, access_drop(st->c, st->in, &st->ann, ref), ERR_CONFLICT, "answered");
	a.language = STR("fr");
	assert_err(
	    st->c, access_ask(st->c, st->in, &st->intake, &a, &other), ERR_INVALID, "en or de");
}

static void the_walls(void **state)
{
	struct story *st = *state;
	struct str ref = asked(st, subject(st), NOBODY);

	assert_ok(st->c, access_draft(st->c, st->in, &st->ann, ref));
	story_refused(st,
	    "UPDATE access_request SET state = 'approved', second = reviewer, rev = rev + 1, entry "
	    "= "
	    "(SELECT max(id) FROM stamp)",
	    "CHECK");
	story_refused(st,
	    "UPDATE access_request SET state = 'answered', told = 0, answered = 1, second = 1, rev "
	    "= "
	    "rev + 1, entry = (SELECT max(id) FROM stamp)",
	    "reviewed, approved");
	story_refused(st,
	    "UPDATE access_request SET state = 'approved', second = 1, text_ct = x'00', rev = rev "
	    "+ "
	    "1, entry = (SELECT max(id) FROM stamp)",
	    "reviewed, approved");
	story_refused(st,
	    "UPDATE access_request SET key = zeroblob(32), rev = rev + 1, entry = (SELECT max(id) "
	    "FROM stamp)",
	    "reviewed, approved");
	story_refused(st,
	    "INSERT INTO access_request SELECT 9, 'X', demand, key, 'approved', language, at, "
	    "author, "
	    "reviewer, NULL, NULL, NULL, NULL, 1, (SELECT max(id) FROM stamp), NULL, target_ct, "
	    "NULL, "
	    "who_ct, NULL, text_ct FROM access_request",
	    "begins with who asks");
	story_refused(st, "DELETE FROM access_request", "never deleted");
	assert_ok(st->c, access_approve(st->c, st->in, &st->bob, ref));
	assert_ok(st->c, access_answer(st->c, st->in, &st->intake, ref));
	story_refused(st,
	    "UPDATE access_request SET told = 1, rev = rev + 1, entry = (SELECT max(id) FROM "
	    "stamp)",
	    "reviewed, approved");
}

/* A case that is settled and barred by nothing is told; the same words as none while it is not
 * settled, while a bar may stand, while one stands. */
static void what_is_told(void **state)
{
	struct story *st = *state;
	struct str d = subject(st), none = asked(st, d, NOBODY), doe = asked(st, d, DOE), was;
	struct legal_order o;

	assert_ok(st->c, access_draft(st->c, st->in, &st->ann, none));
	was = text(st, none);
	assert_non_null(strstr(was.p, "nobody@example.com"));
	(void)story_case(st,
	    (struct story_ask){.instrument = "US-WARRANT",
		.facts = STORY_WARRANT,
		.fields = "'name'",
		.targets = "{'kind':'email','value':'j.doe@example.com'}"},
	    &o);
	assert_ok(st->c, access_draft(st->c, st->in, &st->ann, doe));
	assert_int_equal(text(st, doe).n, was.n - (sizeof NOBODY - sizeof DOE));
	assert_ok(st->c, access_approve(st->c, st->in, &st->bob, doe));
	assert_ok(st->c, story_fact(st, &o, "order.us_2705b", "no"));
	assert_ok(
	    st->c, review_reject(st->c, st->in, &st->ann, &o, STR("no_basis"), STR("a reason")));
	/* what was approved is not right any more */
	assert_err(
	    st->c, access_answer(st->c, st->in, &st->intake, doe), ERR_CONFLICT, "draft it again");
	assert_ok(st->c, access_draft(st->c, st->in, &st->ann, doe));
	assert_non_null(strstr(text(st, doe).p, "We did not comply with it."));
	assert_ok(st->c, story_fact(st, &o, "order.us_2705b", "yes"));
	assert_ok(
	    st->c, review_reject(st->c, st->in, &st->ann, &o, STR("no_basis"), STR("a reason")));
	assert_ok(st->c, access_draft(st->c, st->in, &st->ann, doe));
	assert_int_equal(text(st, doe).n, was.n - (sizeof NOBODY - sizeof DOE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(who_does_what), STORY_TEST(the_walls), STORY_TEST(what_is_told)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
