/* Triage, lists and searches in the browser: who sees what, what a form brings about, what stands
 * in no address; and nothing that came in breaks out of its place. */
#include "desk_pages.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'", .number = "26-MJ-1"};

static struct str of_demand(struct story *st, struct str ref, const char *way)
{
	return str_fmt(st->c, "/desk/demand/%.*s%s", STR_ARG(ref), way);
}

static struct asked get(struct story *st, const struct person *who, const char *path)
{
	return page_of(st, who, str_of(path));
}

/* Intake decides what becomes of a demand; others who read it are offered nothing. */
static void triage_by_role(void **state)
{
	struct story *st = *state;
	struct str ref = story_receive_by(st, &st->intake, warrant);
	struct asked p = page_of(st, &st->intake, of_demand(st, ref, ""));

	assert_on(p, "Open a case");
	assert_on(p, "someone@example.net");
	p = page_of(st, &st->ann, of_demand(st, ref, ""));
	assert_on(p, "someone@example.net");
	assert_not_on(p, "Open a case");
	p = page_of(st, &st->auditor, of_demand(st, ref, ""));
	assert_int_equal(p.status, 200);
	assert_not_on(p, "someone@example.net");
	assert_int_equal(page_of(st, &st->collector, of_demand(st, ref, "")).status, 403);
	assert_int_equal(page_of(st, &st->admin, of_demand(st, ref, "")).status, 403);
	assert_int_equal(post_by(st, &st->ann, of_demand(st, ref, "/open"), "how=new").status, 403);
}

static void opened_merged_sorted(void **state)
{
	struct story *st = *state;
	struct str first = story_receive_by(st, &st->intake, warrant),
		   second = story_receive_by(st, &st->intake, warrant),
		   third = story_receive_by(st, &st->intake, warrant);
	struct asked p = get(st, &st->intake, "/desk");

	assert_on(p, first.p);
	assert_on(p, "seen before");
	p = post_by(st, &st->intake, of_demand(st, first, "/open"), "how=new");
	assert_int_equal(p.status, 303);
	assert_non_null(strstr(p.location.p, "/desk/case/"));
	p = post_by(st, &st->intake, of_demand(st, second, "/merge"),
	    str_fmt(st->c, "into=%.*s", STR_ARG(first)).p);
	assert_int_equal(p.status, 303);
	p = post_by(st, &st->intake, of_demand(st, third, "/sort-out"), "as=press");
	assert_int_equal(p.status, 303);
	p = page_of(st, &st->intake, of_demand(st, third, ""));
	assert_on(p, "Write the letter");
	assert_not_on(p, "Open a case");
	p = post_by(st, &st->intake, of_demand(st, third, "/letter"), "");
	assert_int_equal(p.status, 303);
	assert_not_on(page_of(st, &st->intake, of_demand(st, third, "")), "Write the letter");
	assert_on(get(st, &st->intake, "/desk"), "Nothing waits.");
	/* a second case is not opened of it, and the page says why */
	p = post_by(st, &st->intake, of_demand(st, first, "/open"), "how=new");
	assert_int_equal(p.status, 409);
}

/* A demand of the compartment is in no list and on no page, as if it were not there. */
static void sealed_is_nowhere(void **state)
{
	static const char *const lists[] = {
	    "/desk", "/desk/today", "/desk/queues", "/desk/calendar", "/desk/search"};
	struct story *st = *state;
	struct legal_order o;
	struct str before[5], ref;
	struct matter m;

	for (size_t i = 0; i < 5; i++)
		before[i] = get(st, &st->ann, lists[i]).body;
	ref = story_receive_by(st, &st->named,
	    (struct story_ask){.instrument = "US-NSL", .facts = STORY_NSL, .fields = "'name'"});
	m = story_case_by(st, &st->named,
	    (struct story_ask){.instrument = "US-NSL", .facts = STORY_NSL, .fields = "'name'"}, &o);
	for (size_t i = 0; i < 5; i++)
		assert_str(get(st, &st->ann, lists[i]).body, before[i].p);
	assert_int_equal(page_of(st, &st->ann, of_demand(st, ref, "")).status, 404);
	assert_on(get(st, &st->named, "/desk"), ref.p);
	assert_on(get(st, &st->named, "/desk/search"), m.ref.p);
}

static void searches(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st, warrant, &o);
	struct asked p = post_by(st, &st->ann, STR("/desk/search"), "any=someone%40example.net");

	assert_int_equal(p.status, 200);
	assert_on(p, m.ref.p);
	p = post_by(st, &st->ann, STR("/desk/search"), "any=26-MJ-1&open=open");
	assert_on(p, m.ref.p);
	p = post_by(st, &st->ann, STR("/desk/search"), "any=nobody%40example.net");
	assert_on(p, "Nothing is found.");
	p = post_by(st, &st->ann, STR("/desk/search/save"), "any=someone%40example.net&name=Doe");
	assert_int_equal(p.status, 303);
	assert_null(strstr(p.location.p, "someone"));
	p = ask_by(st, &st->ann, "GET", STR("/desk/search"),
	    (struct str){strchr(p.location.p, '?') + 1, strlen(strchr(p.location.p, '?') + 1)},
	    ANSWER_EN);
	assert_on(p, m.ref.p);
	assert_on(p, "Doe");
	/* of nobody else */
	assert_not_on(get(st, &st->bob, "/desk/search"), "Doe");
	/* an auditor looks for no identifier */
	p = post_by(st, &st->auditor, STR("/desk/search"), "any=someone%40example.net");
	assert_not_on(p, m.ref.p);
}

static void taken_and_handed_over(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st, warrant, &o);
	struct str at = str_fmt(st->c, "/desk/case/%.*s", STR_ARG(m.ref));
	struct asked p = post_by(st, &st->ann, str_fmt(st->c, "%s/assign", at.p),
	    "taker=ann&note=<script>alert(1)</script>");

	assert_int_equal(p.status, 303);
	assert_on(get(st, &st->ann, "/desk/today"), m.ref.p);
	assert_not_on(get(st, &st->bob, "/desk/today"), m.ref.p);
	p = page_of(st, &st->bob, at);
	assert_on(p, "&lt;script&gt;");
	assert_not_on(p, "<script>alert");
	p = post_by(st, &st->bob, str_fmt(st->c, "%s/watch", at.p), "on=yes");
	assert_int_equal(p.status, 303);
	assert_on(get(st, &st->bob, "/desk/today"), m.ref.p);
	p = post_by(
	    st, &st->ann, str_fmt(st->c, "%s/order/1/note", at.p), "reason=Ask+again+on+Monday");
	assert_int_equal(p.status, 303);
	assert_on(page_of(st, &st->bob, at), "Ask again on Monday");
}

/* Both languages, every page, with a name that would break out. */
static void nothing_breaks_out(void **state)
{
	static const char *const lists[] = {
	    "/desk", "/desk/today", "/desk/queues", "/desk/calendar", "/desk/search"};
	struct story *st = *state;
	struct story_ask ask = warrant;
	struct str ref;

	ask.number = "\\\"><script>alert(1)</script>";
	ref = story_receive_by(st, &st->intake, ask);
	for (int l = ANSWER_EN; l <= ANSWER_DE; l++) {
		struct asked p = ask_by(
		    st, &st->intake, "GET", of_demand(st, ref, ""), STR(""), (enum answer_lang)l);

		assert_on(p, "&lt;script&gt;alert(1)");
		assert_not_on(p, "<script>alert");
		for (size_t i = 0; i < 5; i++) {
			p = ask_by(
			    st, &st->intake, "GET", str_of(lists[i]), STR(""), (enum answer_lang)l);
			assert_int_equal(p.status, 200);
			assert_not_on(p, "<script>alert");
		}
	}
	/* what was searched for comes back in the form */
	assert_not_on(post_by(st, &st->intake, STR("/desk/search"),
			  "any=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"),
	    "<script>alert");
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
	    TEST(triage_by_role),
	    TEST(opened_merged_sorted),
	    TEST(sealed_is_nowhere),
	    TEST(searches),
	    TEST(taken_and_handed_over),
	    TEST(nothing_breaks_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
