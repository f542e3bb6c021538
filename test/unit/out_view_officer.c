/* What an officer sees, state by state: nothing tells whether there is such an account before the
 * order is answered, and nothing of the house is in it. */
#include "officer_story.h"

#include "desk/deposit.h"
#include "out/cure_text.h"
#include "out/view.h"
#include "out/view_officer.h"
#include "out/view_vetting.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'body','name'"};

struct scene {
	struct person pat;
	struct str ref;
	struct legal_order o;
	struct matter m;
};

static struct scene scene_of(struct story *st, const char *address)
{
	static const char domain[] = "a.example";
	struct scene s;

	s.pat = officer_active(st, address, officer_agency(st, "Police of A", domain));
	s.ref = officer_submits(st, &s.pat, warrant, false);
	return s;
}

static void open_it(struct story *st, struct scene *s)
{
	s->m = officer_opened(st, s->ref, &s->o);
	assert_ok(st->c, story_fact(st, &s->o, "order.competent", "yes"));
	assert_ok(st->c, story_fact(st, &s->o, "order.capability", "no"));
	assert_ok(st->c, story_fact(st, &s->o, "order.us_user_foreign", "no"));
}

static const struct json *look(struct story *st, const struct scene *s)
{
	struct json *j;

	assert_ok(st->c, view_officer_case(st->c, st->in, &s->pat, s->ref, &j));
	return j;
}

/* The view without what differs by chance: reference and instants. */
static struct str bare(struct story *st, const struct scene *s)
{
	const struct json *j = look(st, s);

	return str_fmt(
	    st->c, "%s %s", json_text(j, "state").p, json_str(st->c, json_find(j, "orders")).p);
}

static const struct json *order(const struct json *view)
{
	return json_find(view, "orders")->at[0];
}

static const char *item(const struct json *view, size_t n)
{
	return json_text(json_find(order(view), "items")->at[n - 1], "state").p;
}

static void before_an_answer_all_look_alike(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st, "pat@a.example");
	struct produce_file none = {.item = 2, .no_data = true};
	struct str first;

	assert_str(json_text(look(st, &s), "state"), "received");
	assert_int_equal(json_find(look(st, &s), "orders")->n, 0);
	open_it(st, &s);
	first = bare(st, &s);
	assert_str(json_text(look(st, &s), "state"), "in_review");
	/* examined; one item withheld; the other approved; without data */
	assert_ok(st->c, story_examine(st, &st->ann, &s.o));
	assert_str(bare(st, &s), first.p);
	assert_ok(st->c, story_decide(st, &st->ann, &s.o, 2, ITEM_PRODUCE));
	assert_str(bare(st, &s), first.p);
	assert_ok(st->c, story_decide(st, &st->ann, &s.o, 1, ITEM_PRODUCE));
	assert_ok(st->c, story_second(st, &st->bob, &s.o, 1));
	assert_string_equal(story_state(st, &s.o), "approved");
	assert_str(bare(st, &s), first.p);
	assert_ok(st->c, story_produce_as(st, &st->collector, &s.o, &none, 1, NULL));
	assert_string_equal(story_item(st, &s.o, 2), "no_data");
	assert_str(bare(st, &s), first.p);
	/* sealed, and not handed over */
	assert_ok(st->c, story_produce(st, &s.o, 1));
	assert_string_equal(story_state(st, &s.o), "produced");
	assert_str(bare(st, &s), first.p);
}

static void ready_and_answered(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st, "pat@a.example");
	const char *sealed = str_fmt(st->c, "%s/sealed", st->dir).p;
	struct produce_file f = story_file(st, 1);
	const struct json *v, *p;
	struct str prod, pin;
	FILE *out = tmpfile();

	open_it(st, &s);
	assert_ok(st->c, story_examine(st, &st->ann, &s.o));
	assert_ok(st->c, story_decide(st, &st->ann, &s.o, 1, ITEM_PRODUCE));
	assert_ok(st->c, story_decide(st, &st->ann, &s.o, 2, ITEM_WITHHOLD));
	assert_ok(st->c, story_second(st, &st->bob, &s.o, 1));
	assert_ok(st->c, file_write_atomic(st->c, sealed, 0600, STR("sealed")));
	assert_ok(st->c, story_produce_as(st, &st->collector, &s.o, &f, 1, &prod));
	assert_str(json_text(look(st, &s), "state"), "in_review");
	pin = officer_laid(st, prod, str_of(sealed));
	v = look(st, &s);
	assert_str(json_text(v, "state"), "ready");
	assert_string_equal(item(v, 1), "produced");
	assert_string_equal(item(v, 2), "withheld");
	p = json_find(order(v), "productions")->at[0];
	assert_str(json_text(p, "production"), prod.p);
	assert_true(json_find(p, "here")->yes);
	assert_non_null(out);
	assert_str(json_text(p, "in_portal"), "waiting");
	assert_ok(st->c, fetch_pledge(st->c, st->in, &s.pat, STR(""), prod));
	assert_ok(st->c, officer_fetches(st, &s.pat, prod, pin, out, "fetched"));
	assert_int_equal(fclose(out), 0);
	assert_ok(st->c, exchange_acknowledge(st->c, st->in, &s.pat, prod));
	v = look(st, &s);
	assert_str(json_text(v, "state"), "answered");
	assert_int_equal(json_find(json_find(order(v), "productions")->at[0], "fetched")->num, 1);
}

static void no_data_is_an_answer_once_all_is_done(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st, "pat@a.example");
	struct produce_file none[] = {{.item = 1, .no_data = true}, {.item = 2, .no_data = true}};
	const struct json *v;

	open_it(st, &s);
	story_approve(st, &s.o);
	assert_ok(st->c, story_produce_as(st, &st->collector, &s.o, none, 2, NULL));
	v = look(st, &s);
	assert_str(json_text(v, "state"), "answered");
	assert_string_equal(item(v, 1), "no_data");
}

static void refused_with_its_cure(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st, "pat@a.example");
	struct draft d = story_draft(st, warrant);
	struct portal_demand pd = {.draft = &d, .cures = s.ref};
	struct demand_receipt r;
	const struct json *o;
	struct demand got;
	struct str text;

	open_it(st, &s);
	assert_err(
	    st->c, portal_submit(st->c, st->in, &s.pat, &pd, &r), ERR_INVALID, "only a refused");
	assert_ok(st->c, order_return(st->c, st->in, &st->ann, &s.o, STR("Which zone?")));
	assert_str(json_text(look(st, &s), "state"), "question");
	assert_ok(st->c, review_reject(st->c, st->in, &st->ann, &s.o, STR("not_authentic"),
			     STR("ann thinks the signature is a scan")));
	o = order(look(st, &s));
	assert_str(json_text(o, "state"), "refused");
	assert_str(json_text(o, "code"), "not_authentic");
	assert_true(json_text(o, "code_de").n > 0);
	assert_str(json_text(o, "cure_en"), cure_text(STR("not_authentic"), false).p);
	assert_str(json_text(json_find(o, "messages")->at[0], "text"), "Which zone?");
	assert_string_equal(item(look(st, &s), 1), "withheld");
	/* no reason of the house, no name of anybody, no finding */
	text = json_str(st->c, look(st, &s));
	assert_null(strstr(text.p, "signature is a scan"));
	assert_null(strstr(text.p, "ann"));
	assert_null(strstr(text.p, "finding"));
	assert_null(strstr(text.p, s.m.ref.p));
	/* and the next one says what it cures */
	assert_ok(st->c, portal_submit(st->c, st->in, &s.pat, &pd, &r));
	assert_ok(st->c, demand_get(st->c, st->in, &st->intake, r.ref, &got));
	assert_str(json_text(json_find(got.draft, "orders")->at[0], "cures"), s.m.ref.p);
}

static void lists_and_others(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st, "pat@a.example");
	struct person kim =
	    officer_active(st, "kim@b.example", officer_agency(st, "Police of B", "b.example"));
	struct str second = officer_submits(st, &s.pat, warrant, true);
	struct json *j;

	assert_ok(st->c, view_officer_list(st->c, st->in, &s.pat, 10, &j));
	assert_int_equal(j->n, 2);
	assert_str(json_text(j->at[0], "demand"), second.p);
	assert_ok(st->c, view_officer_list(st->c, st->in, &s.pat, 1, &j));
	assert_int_equal(j->n, 1);
	assert_ok(st->c, view_officer_list(st->c, st->in, &kim, 10, &j));
	assert_int_equal(j->n, 0);
	assert_err(st->c, view_officer_case(st->c, st->in, &kim, s.ref, &j), ERR_NOTFOUND,
	    "no demand has this reference");
	assert_err(
	    st->c, view_officer_case(st->c, st->in, &st->ann, s.ref, &j), ERR_DENIED, "officers");
	/* sorted out in triage: closed, and no word why */
	assert_ok(st->c, demand_sort_out(st->c, st->in, &st->intake, second, STR("press")));
	assert_ok(st->c, view_officer_case(st->c, st->in, &s.pat, second, &j));
	assert_str(json_text(j, "state"), "closed");
	assert_ok(st->c, view_officer_self(st->c, st->in, &s.pat, &j));
	assert_str(json_text(j, "agency"), "Police of A");
}

/* A duplicate of another agency's demand is not followed. */
static void joined_with_anothers(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st, "pat@a.example");
	struct person kim =
	    officer_active(st, "kim@b.example", officer_agency(st, "Police of B", "b.example"));
	struct str theirs = officer_submits(st, &kim, warrant, false),
		   own = officer_submits(st, &s.pat, warrant, false);
	struct json *j;

	open_it(st, &s);
	assert_ok(st->c, demand_merge(st->c, st->in, &st->intake, theirs, s.ref));
	assert_ok(st->c, view_officer_case(st->c, st->in, &kim, theirs, &j));
	assert_str(json_text(j, "state"), "in_review");
	assert_int_equal(json_find(j, "orders")->n, 0);
	assert_ok(st->c, demand_merge(st->c, st->in, &st->intake, own, s.ref));
	assert_ok(st->c, view_officer_case(st->c, st->in, &s.pat, own, &j));
	assert_int_equal(json_find(j, "orders")->n, 1);
	assert_err(
	    st->c, exchange_answer(st->c, st->in, &s.pat, own, 1, STR("x")), ERR_DENIED, "joined");
}

static void what_the_house_sees(void **state)
{
	struct story *st = *state;
	struct scene s = scene_of(st, "pat@a.example");
	struct officer waiting = officer_waiting(st, "new@a.example");
	struct json *j;

	open_it(st, &s);
	assert_ok(st->c, view_officers(st->c, st->in, &st->intake, STR("confirmed"), &j));
	assert_int_equal(j->n, 1);
	assert_str(json_text(j->at[0], "officer"), waiting.ref.p);
	assert_str(json_text(j->at[0], "address"), "new@a.example");
	assert_ok(st->c, view_officers(st->c, st->in, &st->auditor, STR("confirmed"), &j));
	assert_int_equal(json_text(j->at[0], "address").n, 0);
	assert_str(json_text(j->at[0], "domain"), "a.example");
	assert_err(
	    st->c, view_officers(st->c, st->in, &st->admin, STR("active"), &j), ERR_DENIED, "role");
	assert_err(st->c, view_officers(st->c, st->in, &st->intake, STR("x"), &j), ERR_INVALID,
	    "confirmed");
	assert_ok(st->c, story_call(st, &st->ann, &s.o, "confirmed"));
	assert_ok(st->c, view_matter(st->c, st->in, &st->ann, &s.m, &j));
	assert_str(json_text(json_find(j, "sender"), "agency_name"), "Police of A");
	assert_str(
	    json_text(json_find(order(j), "call_backs")->at[0], "said"), "the desk sergeant");
	assert_ok(st->c, view_matter(st->c, st->in, &st->auditor, &s.m, &j));
	assert_int_equal(json_text(json_find(order(j), "call_backs")->at[0], "said").n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(before_an_answer_all_look_alike),
	    STORY_TEST(ready_and_answered),
	    STORY_TEST(no_data_is_an_answer_once_all_is_done),
	    STORY_TEST(refused_with_its_cure),
	    STORY_TEST(lists_and_others),
	    STORY_TEST(joined_with_anothers),
	    STORY_TEST(what_the_house_sees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
