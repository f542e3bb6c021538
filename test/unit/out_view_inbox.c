/* Triage as one value: what stands in it, for whom, page by page; and no sign of what is sealed. */
#include "desk_story.h"

#include "out/view_inbox.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'", .number = "26-MJ-1"};

static const struct json *rows(
    struct story *st, const struct person *who, struct matter_page page, struct json **ret)
{
	assert_ok(st->c, view_inbox(st->c, st->in, who, &page, ret));
	return json_find(*ret, "demands");
}

static void what_decides_it(void **state)
{
	struct story *st = *state;
	struct str first = story_receive_by(st, &st->intake, warrant), second;
	struct story_ask again = warrant;
	const struct json *list, *d;
	struct json *j;

	st->c->fixed_now += 7200;
	again.channel = "plain_mail";
	again.unverified = true;
	second = story_receive_by(st, &st->intake, again);
	list = rows(st, &st->intake, (struct matter_page){.limit = 0, .after = STR("")}, &j);
	assert_int_equal(list->n, 2);
	d = list->at[1];
	assert_str(json_text(d, "demand"), second.p);
	assert_str(json_text(d, "channel"), "plain_mail");
	assert_false(json_find(d, "verified")->yes);
	assert_int_equal(json_find(d, "age_hours")->num, 6);
	assert_int_equal(json_find(d, "targets")->num, 1);
	assert_false(json_find(d, "emergency")->yes);
	assert_str(json_text(json_find(d, "orders")->at[0], "instrument"), "US-WARRANT");
	assert_true(json_text(json_find(d, "orders")->at[0], "title_de").n > 0);
	assert_int_equal(json_find(d, "duplicates")->n, 1);
	assert_str(json_text(json_find(d, "duplicates")->at[0], "ref"), first.p);
	assert_str(json_text(json_find(d, "duplicates")->at[0], "by"), "content");
	/* the same number, another question */
	again.fields = "'name','body'";
	(void)story_receive_by(st, &st->intake, again);
	list = rows(st, &st->intake, (struct matter_page){.limit = 0, .after = STR("")}, &j);
	assert_int_equal(json_find(list->at[2], "duplicates")->n, 2);
	assert_str(json_text(json_find(list->at[2], "duplicates")->at[0], "by"), "number");
	assert_null(json_find(list->at[2], "draft"));
}

static void page_by_page(void **state)
{
	struct story *st = *state;
	const struct json *list;
	struct str after = STR("");
	struct json *j;
	size_t seen = 0;

	for (int i = 0; i < 5; i++)
		(void)story_receive_by(st, &st->intake,
		    (struct story_ask){
			.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"});
	for (int page = 0; page < 3; page++) {
		list = rows(st, &st->intake, (struct matter_page){.limit = 2, .after = after}, &j);
		seen += list->n;
		after = json_text(j, "after");
		assert_int_equal(after.n > 0, page < 2);
	}
	assert_int_equal(seen, 5);
}

static const struct story_ask emergency = {.instrument = "US-EMERG",
    .facts = "'order.emergency':true,'order.us_related':true,'order.capability':false",
    .fields = "'name'"};

/* They come later and stand first, once; and on no page after that. */
static void emergencies_on_top(void **state)
{
	struct story *st = *state;
	struct str after, urgent;
	const struct json *list;
	struct json *j;
	int64_t age;

	for (int i = 0; i < 3; i++)
		(void)story_receive_by(st, &st->intake,
		    (struct story_ask){
			.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"});
	urgent = story_receive_by(st, &st->intake, emergency);
	list = rows(st, &st->intake, (struct matter_page){.limit = 2, .after = STR("")}, &j);
	age = json_find(list->at[0], "age_minutes")->num;
	st->c->fixed_now += 3 * 3600 + 20 * 60;
	list = rows(st, &st->intake, (struct matter_page){.limit = 2, .after = STR("")}, &j);
	assert_int_equal(list->n, 3);
	assert_true(str_eq(json_text(list->at[0], "demand"), urgent));
	assert_true(json_find(list->at[0], "emergency")->yes);
	assert_int_equal(json_find(list->at[0], "age_minutes")->num, age + 200);
	assert_false(json_find(list->at[1], "emergency")->yes);
	after = json_text(j, "after");
	assert_true(after.n > 0);
	list = rows(st, &st->intake, (struct matter_page){.limit = 2, .after = after}, &j);
	assert_int_equal(list->n, 1);
	assert_false(json_find(list->at[0], "emergency")->yes);
	assert_int_equal(json_text(j, "after").n, 0);
	/* out of triage it is gone from there too */
	assert_ok(st->c, demand_sort_out(st->c, st->in, &st->intake, urgent, STR("other")));
	list = rows(st, &st->intake, (struct matter_page){.limit = 0, .after = STR("")}, &j);
	assert_int_equal(list->n, 3);
	assert_false(json_find(list->at[0], "emergency")->yes);
}

static void sealed_ones_for_the_named(void **state)
{
	struct story *st = *state;
	struct str ref = story_receive_by(st, &st->named,
	    (struct story_ask){.instrument = "US-NSL", .facts = STORY_NSL, .fields = "'name'"});
	struct matter_page page = {.limit = 0, .after = STR("")};
	struct json *j;

	assert_int_equal(rows(st, &st->intake, page, &j)->n, 0);
	assert_int_equal(rows(st, &st->named, page, &j)->n, 1);
	page.after = ref;
	assert_err(
	    st->c, view_inbox(st->c, st->in, &st->intake, &page, &j), ERR_NOTFOUND, "demand");
	assert_err(st->c, view_demand(st->c, st->in, &st->intake, ref, &j), ERR_NOTFOUND, "demand");
	page.after = STR("");
	assert_err(st->c, view_inbox(st->c, st->in, &st->admin, &page, &j), ERR_DENIED, "reading");
	assert_err(
	    st->c, view_inbox(st->c, st->in, &st->publisher, &page, &j), ERR_DENIED, "reading");
}

static void one_demand(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct str ref;
	struct json *j;

	(void)story_case(st, warrant, &o);
	ref = story_receive_by(st, &st->intake,
	    (struct story_ask){
		.instrument = "US-SUBP-GJ", .facts = STORY_SUBPOENA, .fields = "'name'"});
	assert_ok(st->c, view_demand(st->c, st->in, &st->ann, ref, &j));
	assert_str(json_text(j, "state"), "received");
	assert_non_null(json_find(j, "draft"));
	assert_true(json_text(json_find(j, "law")->at[0], "cite").n > 0);
	assert_int_equal(json_find(j, "seen")->n, 1);
	assert_int_equal(json_find(json_find(j, "seen")->at[0], "cases")->n, 1);
	/* an auditor sees the outline */
	assert_ok(st->c, view_demand(st->c, st->in, &st->auditor, ref, &j));
	assert_null(json_find(j, "seen"));
	assert_true(strstr(json_str(st->c, j).p, "someone") == NULL);
	assert_ok(st->c, demand_sort_out(st->c, st->in, &st->intake, ref, STR("testimony")));
	assert_ok(st->c, view_demand(st->c, st->in, &st->intake, ref, &j));
	assert_str(json_text(json_find(j, "sorted"), "as"), "testimony");
	assert_str(json_text(json_find(j, "sorted"), "by"), "intake");
}

static int begin(void **state)
{
	*state = story_open();
	return 0;
}

static int end(void **state)
{
	story_close(*state);
	return 0;
}

#define view_test(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    view_test(what_decides_it),
	    view_test(page_by_page),
	    view_test(emergencies_on_top),
	    view_test(sealed_ones_for_the_named),
	    view_test(one_demand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
