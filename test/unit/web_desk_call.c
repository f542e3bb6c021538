/* People on call, the quality sample, templates in forms and letters, what a token may release, and
 * collected files that nobody waits for. */
#include "desk_pages.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#include "desk/oncall.h"
#include "desk/reply.h"
#include "web/desk_produce.h"
#include "web/work_job.h"
#include "web/work_sweep.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'", .number = "26-MJ-1"};

static struct asked get(struct story *st, const struct person *who, const char *path)
{
	return page_of(st, who, str_of(path));
}

static struct asked post(
    struct story *st, const struct person *who, const char *path, const char *fields)
{
	return post_by(st, who, str_of(path), fields);
}

/* The story's now is a Tuesday, 14:00 in Berlin. */
static void rota(void **state)
{
	struct story *st = *state;
	struct asked p = get(st, &st->ann, "/desk/on-call");

	assert_on(p, "Nobody is on the rota yet.");
	assert_on(p, "not covered");
	p = post(
	    st, &st->ann, "/desk/on-call/shift", "person=ann&rank=1&when=Mon+08%3A00-Wed+08%3A00");
	assert_int_equal(p.status, 303);
	p = post(
	    st, &st->ann, "/desk/on-call/shift", "person=bob&rank=1&when=Wed+08%3A00-Mon+08%3A00");
	assert_int_equal(p.status, 303);
	p = get(st, &st->intake, "/desk/on-call");
	assert_on(p, "Now: <b>ann</b>");
	assert_on(p, "<b>bob</b>"); /* next */
	assert_not_on(p, "not covered");
	assert_not_on(p, "Add a shift");
	assert_int_equal(post(st, &st->intake, "/desk/on-call/shift-drop", "number=1").status, 403);
	p = post(st, &st->ann, "/desk/on-call/change",
	    "person=ann&rank=0&since=2026-09-15T10:00:00Z&until=2026-09-15T20:00:00Z");
	assert_int_equal(p.status, 303);
	p = get(st, &st->ann, "/desk/on-call");
	assert_on(p, "Now: nobody");
	assert_on(p, "is away");
	p = post(st, &st->ann, "/desk/on-call/shift", "at=shift&person=ann&rank=1&when=sometimes");
	assert_int_equal(p.status, 400);
	assert_on(p, "sometimes");
	assert_on(
	    ask_by(st, &st->ann, "GET", STR("/desk/on-call"), STR(""), ANSWER_DE), "Bereitschaft");
	assert_int_equal(get(st, &st->collector, "/desk/on-call").status, 403);
}

static int ref_of(struct ctx *c, const struct oncall_page *p, void *arg)
{
	struct str *ref = arg;

	*ref = str_make(c, p->ref);
	return 0;
}

static void page_taken_once(void **state)
{
	struct story *st = *state;
	struct story_ask urgent = warrant;
	struct str ref = STR(""), take;
	struct asked p;

	urgent.facts = "'order.issuer':'judge','order.competent':true,'order.signed':true,"
		       "'order.us_user_foreign':false,'order.us_2705b':false,"
		       "'order.capability':false,'order.emergency':true";
	(void)story_receive_by(st, &st->intake, urgent);
	assert_ok(st->c, oncall_pages(st->c, st->in, &st->ann, false, ref_of, &ref));
	assert_true(ref.n > 0);
	assert_on(get(st, &st->ann, "/desk/on-call"), "I have it");
	assert_not_on(get(st, &st->auditor, "/desk/on-call"), "I have it");
	assert_not_on(get(st, &st->admin, "/desk/on-call"), "Pages that nobody has taken");
	take = str_fmt(st->c, "/desk/on-call/take/%.*s", STR_ARG(ref));
	assert_int_equal(post_by(st, &st->ann, take, "").status, 303);
	assert_int_equal(post_by(st, &st->bob, take, "").status, 409);
	p = get(st, &st->ann, "/desk/on-call");
	assert_on(p, "No page is out.");
}

static void looked_at_again(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st, warrant, &o);
	struct str check = str_fmt(st->c, "/desk/case/%.*s/order/1/check", STR_ARG(m.ref));
	struct asked p;

	assert_ok(st->c, order_note(st->c, st->in, &st->ann, &o, STR("they called")));
	assert_ok(st->c, order_withdraw(st->c, st->in, &st->ann, &o, STR("other")));
	p = ask_by(st, &st->bob, "GET", STR("/desk/sample"), STR("percent=100"), ANSWER_EN);
	assert_int_equal(p.status, 200);
	assert_on(p, m.ref.p);
	assert_on(p, "I have looked at it");
	/* who had a part in it does not check it; an auditor only reads */
	p = ask_by(st, &st->ann, "GET", STR("/desk/sample"), STR("percent=100"), ANSWER_EN);
	assert_not_on(p, "I have looked at it");
	p = ask_by(st, &st->auditor, "GET", STR("/desk/sample"), STR("percent=100"), ANSWER_EN);
	assert_on(p, m.ref.p);
	assert_not_on(p, "I have looked at it");
	assert_int_equal(get(st, &st->intake, "/desk/sample").status, 403);
	assert_int_equal(post_by(st, &st->bob, check, "verdict=maybe").status, 400);
	assert_int_equal(post_by(st, &st->bob, check, "verdict=disagree").status, 400);
	p = post_by(st, &st->bob, check, "verdict=disagree&reason=it+was+not+taken+back");
	assert_int_equal(p.status, 303);
	assert_int_equal(post_by(st, &st->counsel, check, "verdict=agree").status, 409);
	p = ask_by(st, &st->bob, "GET", STR("/desk/sample"), STR("percent=100"), ANSWER_DE);
	assert_on(p, "stimmt nicht zu");
	assert_on(p, "angesehen von bob");
}

static void templates(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st, warrant, &o);
	struct str at = str_fmt(st->c, "/desk/case/%.*s", STR_ARG(m.ref));
	struct asked p = post(st, &st->ann, "/desk/templates",
	    "name=ask_seal&language=en&text=In+%7Bcase%7D%3A+is+it+sealed%3F+%3Cb%3E");

	assert_int_equal(p.status, 303);
	p = post(
	    st, &st->ann, "/desk/templates", "at=keep&name=bad&language=en&text=%7Bnothing%7D");
	assert_int_equal(p.status, 400);
	assert_on(p, "{nothing}");
	assert_int_equal(
	    post(st, &st->intake, "/desk/templates", "name=a&language=en&text=b").status, 403);
	p = get(st, &st->intake, "/desk/templates");
	assert_on(p, "ask_seal");
	assert_not_on(p, "Keep a template");
	/* offered in the forms, and filled in where it was asked for */
	p = page_of(st, &st->ann, at);
	assert_on(p, "Start from a template:");
	assert_not_on(p, "is it sealed?");
	p = ask_by(st, &st->ann, "GET", at, STR("template=ask_seal&order=1&way=return"), ANSWER_EN);
	assert_on(p, str_fmt(st->c, "In %.*s: is it sealed? &lt;b&gt;", STR_ARG(m.ref)).p);
	assert_int_equal(
	    post(st, &st->ann, "/desk/templates/drop", "name=ask_seal&language=en").status, 303);
	assert_not_on(page_of(st, &st->ann, at), "Start from a template:");
}

static void letter_before(void **state)
{
	struct story *st = *state;
	struct str ref = story_receive_by(st, &st->intake, warrant),
		   at = str_fmt(st->c, "/desk/demand/%.*s", STR_ARG(ref));
	struct asked p = ask_by(st, &st->intake, "GET", at, STR("letter=press"), ANSWER_EN);

	assert_int_equal(p.status, 200);
	assert_on(p, "The letter would say:");
	assert_on(p, "Example Mail");
	assert_not_on(page_of(st, &st->intake, at), "The letter would say:");
	/* nothing is written by looking */
	assert_int_equal(story_num(st, "SELECT count(*) FROM demand_sorted"), 0);
	assert_int_equal(
	    ask_by(st, &st->ann, "GET", at, STR("letter=press"), ANSWER_EN).status, 403);
}

/* A token releases when it has the role for it; a browser's session when the passkey was used. */
static void token_release(void **state)
{
	struct story *st = *state;
	struct route_ask ask = {.c = st->c, .in = st->in, .who = &st->ann, .token = STR("t")};

	assert_err(st->c, desk_release_may(&ask), ERR_DENIED, "release by a token");
	ask.who = &st->collector;
	assert_ok(st->c, desk_release_may(&ask));
	ask.token = STR("");
	ask.login = 4711; /* no session of this number had a passkey */
	assert_true(desk_release_may(&ask) != 0);
	err_clear(st->c);
}

static const char *kept_file(struct story *st, const char *dir, const char *name, time_t age)
{
	const char *at = str_fmt(st->c, "%s/%s", dir, name).p;
	struct timespec t[2] = {{time(NULL) - age, 0}, {time(NULL) - age, 0}};

	assert_ok(st->c, file_write_atomic(st->c, at, 0600, STR("collected")));
	assert_int_equal(utimensat(AT_FDCWD, at, t, 0), 0);
	return at;
}

static void kept_swept(void **state)
{
	struct story *st = *state;
	struct ctx *c = st->c;
	const char *dir = str_fmt(c, "%s/kept", instance_path(c, st->in, st->in->serve.spool).p).p;
	const char *named, *old, *young;
	struct json *what = json_map(c), *files = json_list(c), *f = json_map(c);
	struct str ref;

	assert_ok(c, work_sweep_kept(c, st->in)); /* no folder is no fault */
	assert_ok(c, file_mkdirs(c, dir, 0700));
	named = kept_file(st, dir, "named", 2 * WORK_KEPT_SECONDS);
	old = kept_file(st, dir, "old", 2 * WORK_KEPT_SECONDS);
	young = kept_file(st, dir, "young", 60);
	json_set_text(c, f, "path", str_of(named));
	json_add(c, files, f);
	json_set(c, what, "files", files);
	assert_ok(c, job_put(c, st->in, &st->ann, "produce", what, &ref));
	assert_ok(c, work_sweep_kept(c, st->in));
	assert_true(file_exists(named));
	assert_false(file_exists(old));
	assert_true(file_exists(young));
}

static int setup(void **state)
{
	*state = story_open();
	return 0;
}

static int teardown(void **state)
{
	story_close(*state);
	return 0;
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(rota),
	    TEST(page_taken_once),
	    TEST(looked_at_again),
	    TEST(templates),
	    TEST(letter_before),
	    TEST(token_release),
	    TEST(kept_swept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
