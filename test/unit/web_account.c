/* Editions, permissions, figures known from outside, the statement and settings in the browser: who
 * sees what, what a job leaves behind, and what forms keep. */
#include "desk_pages.h"

#include "desk/permission.h"
#include "out/view_edition.h"
#include "web/work_job.h"

static struct asked get(struct story *st, const struct person *who, const char *path)
{
	return page_of(st, who, str_of(path));
}

static struct asked post(
    struct story *st, const struct person *who, const char *path, const char *fields)
{
	return post_by(st, who, str_of(path), fields);
}

/* Does what waits, as the process of role work would, and gives the page of the job. */
static struct asked done(struct story *st, struct asked p)
{
	assert_int_equal(p.status, 303);
	assert_true(str_starts(p.location, "/editions/job/"));
	assert_ok(st->c, work_job_next(st->c, st->in));
	return page_of(st, &st->publisher, p.location);
}

static void counted_and_looked_at(void **state)
{
	struct story *st = *state;
	struct asked p = get(st, &st->publisher, "/editions");

	assert_on(p, "No edition was made yet");
	assert_on(p, "2026H1"); /* over on the story's day, and not made */
	assert_on(p, "2026H2");
	p = post(st, &st->publisher, "/editions/make", "period=2026H1&title_en=Why");
	assert_int_equal(p.status, 400);
	assert_on(p, "nothing to correct");
	assert_on(p, "value=\"Why\"");
	p = done(st, post(st, &st->publisher, "/editions/make", "period=2026H1"));
	assert_on(p, "counted into a draft");
	p = get(st, &st->publisher, "/editions/2026H1.1");
	assert_on(p, "every rule holds");
	p = get(st, &st->publisher, "/editions/2026H1.1/preview/index.html");
	assert_int_equal(p.status, 200);
	assert_int_equal(get(st, &st->publisher, "/editions/2026H1.1/preview/x.html").status, 404);
	assert_int_equal(get(st, &st->publisher, "/editions/2025H1").status, 404);
	assert_int_equal(get(st, &st->publisher, "/editions/never").status, 404);
}

/* An instance without demands has nothing to draw; with one it is drawn, and a demand that waits in
 * triage stands against it in plain words. */
static void refused_in_plain_words(void **state)
{
	struct story *st = *state;
	struct story_ask ask = {
	    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};
	struct legal_order o;
	struct asked p;

	(void)story_case(st, ask, &o);
	(void)story_receive_by(st, &st->intake, ask);
	st->c->fixed_now += INT64_C(120) * STORY_DAY;
	p = done(st, post(st, &st->publisher, "/editions/make", "period=2026H2"));
	assert_on(p, "nothing waits in triage");
	assert_on(p, "1 demand still waits of the period in triage");
	assert_on(p, "What to do:");
	p = ask_by(st, &st->publisher, "GET", STR("/editions/2026H2"), STR(""), ANSWER_DE);
	assert_on(p, "Ersuchen wartet noch");
	assert_on(p, "<svg class=\"chart\"");
}

/* A session that used no passkey, or none at all, publishes nothing. */
static void not_without_a_passkey(void **state)
{
	struct story *st = *state;
	struct edition e;

	(void)done(st, post(st, &st->publisher, "/editions/make", "period=2026H1"));
	assert_int_equal(post(st, &st->publisher, "/editions/2026H1/publish", "").status, 403);
	assert_int_equal(post(st, &st->auditor, "/editions/2026H1/publish", "").status, 403);
	assert_int_equal(work_job_next(st->c, st->in), ERR_NOTFOUND);
	err_clear(st->c);
	assert_ok(st->c, edition_find(st->c, st->in, STR("2026H1"), &e));
	assert_false(e.is_published);
}

static void recorded_by_counsel_of_the_compartment(void **state)
{
	static const char fields[] =
	    "kind=prohibited&subject=FJ&given=2026-09-01&law=A+letter&title_en=No+"
	    "number&authority_en=A+court";
	struct story *st = *state;
	struct asked p = get(st, &st->publisher, "/permissions");

	assert_on(p, "Nothing is recorded");
	assert_not_on(p, "action=\"/permissions\"");
	assert_int_equal(post(st, &st->publisher, "/permissions", fields).status, 403);
	assert_int_equal(post(st, &st->counsel, "/permissions", fields).status, 403);
	p = post(st, &st->named_second, "/permissions",
	    "kind=prohibited&subject=Fiji&given=2026-09-01&law=A+letter&title_en=No+number");
	assert_int_equal(p.status, 400);
	assert_on(p, "value=\"A letter\"");
	assert_int_equal(post(st, &st->named_second, "/permissions", fields).status, 303);
	assert_on(get(st, &st->auditor, "/permissions"), "Fiji");
}

static void known_from_outside(void **state)
{
	struct story *st = *state;
	struct asked p = post(st, &st->publisher, "/known",
	    "country=US&period=2026H1&unit=orders&counts=some&value=7&published=2026-09-01&source="
	    "R");

	assert_int_equal(p.status, 400);
	assert_on(p, "id=\"wrong-counts\"");
	p = post(st, &st->publisher, "/known",
	    "country=US&period=2026H1&unit=orders&counts=others&value=7&published=2026-09-01&"
	    "source=R");
	assert_int_equal(p.status, 303);
	assert_on(get(st, &st->counsel, "/known"), "Take back");
	assert_not_on(get(st, &st->publisher, "/known"), "Take back"); /* the own one */
	p = post(st, &st->publisher, "/editions/users",
	    "users_period=2026H1&number=1000&users_source=Count+of+June");
	assert_int_equal(p.status, 303);
}

/* What waits is told in the same words whoever asks, and who wrote it does not publish it. */
static void statement(void **state)
{
	struct story *st = *state;
	struct asked p = post(st, &st->publisher, "/statement/new", "part=never&text_en=Never.");
	struct str at;

	assert_int_equal(p.status, 400);
	assert_on(p, "id=\"wrong-title_en\"");
	assert_on(p, "Never.");
	p = post(
	    st, &st->publisher, "/statement/new", "part=never&title_en=No+door&text_en=Never.");
	assert_int_equal(p.status, 303);
	at = (struct str){p.location.p, p.location.n - strlen("?done=statement_propose")};
	p = page_of(st, &st->named_second, at);
	assert_on(p, "as every never-statement does");
	assert_on(p, "/clear\"");
	assert_not_on(page_of(st, &st->publisher, at), "/publish\"");
	assert_not_on(page_of(st, &st->counsel, at), "/clear\"");
	assert_int_equal(
	    post_by(st, &st->named_second, str_fmt(st->c, "%.*s/clear", STR_ARG(at)), "").status,
	    303);
	assert_int_equal(
	    post_by(st, &st->publisher, str_fmt(st->c, "%.*s/publish", STR_ARG(at)), "").status,
	    403);
}

static void settings(void **state)
{
	struct story *st = *state;
	struct asked p = get(st, &st->admin, "/settings");

	assert_on(p, "What writ.yaml says");
	assert_on(p, "intake");
	assert_not_on(p, "keys/");
	assert_int_equal(get(st, &st->publisher, "/settings").status, 403);
	assert_int_equal(get(st, &st->admin, "/editions").status, 403);
}

/* Drafts are for those who read them, also in the list. */
static void drafts_are_not_for_all(void **state)
{
	struct story *st = *state;
	struct json *list;

	(void)done(st, post(st, &st->publisher, "/editions/make", "period=2026H1"));
	assert_ok(st->c, view_editions(st->c, st->in, &st->auditor, &list));
	assert_int_equal(list->n, 1);
	assert_ok(st->c, view_editions(st->c, st->in, &st->ann, &list));
	assert_int_equal(list->n, 0);
	assert_int_equal(get(st, &st->ann, "/editions").status, 403);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, story_setup, story_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(counted_and_looked_at),
	    TEST(refused_in_plain_words),
	    TEST(not_without_a_passkey),
	    TEST(recorded_by_counsel_of_the_compartment),
	    TEST(known_from_outside),
	    TEST(statement),
	    TEST(settings),
	    TEST(drafts_are_not_for_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
