/* Queues, a person's day, the calendar and the counts: right for whom they are shown to, and no
 * more. */
#include "desk_story.h"

#include "desk/assign.h"
#include "out/view.h"
#include "out/view_work.h"

static struct matter epoc(struct story *st, struct legal_order *ret)
{
	return story_case(st,
	    (struct story_ask){.instrument = "EU-EPOC",
		.facts = STORY_EPOC,
		.fields = "'body'",
		.country = "FR",
		.channel = "decentralised_it"},
	    ret);
}

static void give(struct story *st, struct matter *m, const char *name)
{
	assert_ok(
	    st->c, assign_case(st->c, st->in, &st->intake, m, str_of(name), STR("please look")));
}

static const struct json *queue_of(struct story *st, const struct person *who, const char *name)
{
	const struct json *list;
	struct json *j;

	assert_ok(st->c, view_queues(st->c, st->in, who, &j));
	list = json_find(j, "queues");
	for (size_t i = 0; i < list->n; i++)
		if (str_is(json_text(list->at[i], "person"), name))
			return list->at[i];
	fail_msg("no queue of %s", name);
	return NULL;
}

static int64_t num(const struct json *j, const char *key)
{
	const struct json *n = json_find(j, key);

	if (n == NULL)
		fail_msg("no %s", key);
	return n->num;
}

static int last_note(struct ctx *c, const struct assign_handover *h, void *arg)
{
	(void)c;
	*(struct assign_handover *)arg = *h;
	return 0;
}

static void a_case_changes_hands(void **state)
{
	struct story *st = *state;
	struct assign_handover h = {0};
	struct legal_order o;
	struct matter m = epoc(st, &o);
	struct story_mark mark = story_mark(st);
	struct json *j;

	assert_err(st->c, assign_case(st->c, st->in, &st->auditor, &m, STR("ann"), STR("")),
	    ERR_DENIED, "assigning");
	assert_err(st->c, assign_case(st->c, st->in, &st->ann, &m, STR("nobody at all"), STR("")),
	    ERR_NOTFOUND, "name");
	assert_err(st->c, assign_case(st->c, st->in, &st->ann, &m, STR("publisher"), STR("")),
	    ERR_DENIED, "does not work");
	assert_err(st->c, assign_case(st->c, st->in, &st->ann, &m, STR("admin"), STR("")),
	    ERR_DENIED, "does not work");
	story_untouched(st, mark);
	give(st, &m, "ann");
	story_wrote(st, mark, "matter.assign");
	assert_int_equal(m.assigned, st->ann.id);
	assert_err(st->c, assign_case(st->c, st->in, &st->intake, &m, STR("ann"), STR("")),
	    ERR_CONFLICT, "already");
	give(st, &m, "bob");
	assert_ok(st->c, assign_each(st->c, st->in, &m, last_note, &h));
	assert_int_equal(h.giver, st->intake.id);
	assert_int_equal(h.taker, st->bob.id);
	assert_str(h.note, "please look");
	assert_ok(st->c, view_matter(st->c, st->in, &st->ann, &m, &j));
	assert_str(json_text(j, "assigned"), "bob");
	assert_int_equal(json_find(j, "handovers")->n, 2);
	assert_int_equal(num(queue_of(st, &st->ann, "bob"), "orders"), 1);
	assert_int_equal(num(queue_of(st, &st->ann, "ann"), "orders"), 0);
	assert_int_equal(num(queue_of(st, &st->ann, ""), "orders"), 0);
	assert_ok(st->c, assign_case(st->c, st->in, &st->bob, &m, STR(""), STR("")));
	assert_int_equal(num(queue_of(st, &st->ann, ""), "orders"), 1);
	story_refused(st, "UPDATE handover SET taker = 1, rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
}

static void a_sealed_case_goes_to_the_named(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case_by(st, &st->named,
	    (struct story_ask){.instrument = "US-NSL", .facts = STORY_NSL, .fields = "'name'"}, &o);
	struct json *j;

	assert_err(st->c, assign_case(st->c, st->in, &st->named, &m, STR("ann"), STR("")),
	    ERR_DENIED, "does not work");
	assert_err(st->c, assign_case(st->c, st->in, &st->ann, &m, STR("ann"), STR("")),
	    ERR_NOTFOUND, "reference");
	assert_err(
	    st->c, assign_watch(st->c, st->in, &st->ann, &m, true), ERR_NOTFOUND, "reference");
	assert_ok(st->c, assign_case(st->c, st->in, &st->named, &m, STR("named2"), STR("")));
	assert_int_equal(num(queue_of(st, &st->ann, "named2"), "orders"), 0);
	assert_null(json_find(queue_of(st, &st->ann, "named2"), "oldest"));
	assert_int_equal(num(queue_of(st, &st->named, "named2"), "orders"), 1);
	assert_ok(st->c, view_overview(st->c, st->in, &st->ann, &j));
	assert_int_equal(num(j, "open"), 0);
	assert_ok(st->c, view_overview(st->c, st->in, &st->named, &j));
	assert_int_equal(num(j, "open"), 1);
	assert_ok(st->c, view_queue(st->c, st->in, &st->ann, STR("named2"), STR(""), 0, &j));
	assert_int_equal(json_find(j, "orders")->n, 0);
	assert_ok(st->c, view_queue(st->c, st->in, &st->named, STR("named2"), STR(""), 0, &j));
	assert_int_equal(json_find(j, "orders")->n, 1);
}

static void my_day(void **state)
{
	struct story *st = *state;
	struct legal_order o, w;
	struct matter m = epoc(st, &o), other;
	struct json *j;

	give(st, &m, "bob");
	other = story_case(st,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'body'"},
	    &w);
	assert_ok(st->c, story_examine(st, &st->ann, &w));
	assert_ok(st->c, story_decide(st, &st->ann, &w, 1, ITEM_PRODUCE));
	assert_ok(st->c, assign_watch(st->c, st->in, &st->bob, &other, true));
	assert_ok(st->c, assign_watch(st->c, st->in, &st->bob, &other, true));
	assert_ok(st->c, order_return(st->c, st->in, &st->bob, &o, STR("Which?")));
	assert_ok(st->c, order_answer(st->c, st->in, &st->bob, &o, STR("That.")));
	assert_ok(st->c, view_my_day(st->c, st->in, &st->bob, &j));
	assert_int_equal(json_find(j, "orders")->n, 1);
	assert_true(json_text(json_find(j, "orders")->at[0], "due").n > 0);
	assert_int_equal(json_find(j, "second")->n, 1);
	assert_int_equal(num(json_find(j, "second")->at[0], "item"), 1);
	assert_str(json_text(json_find(j, "second")->at[0], "decider"), "ann");
	assert_int_equal(json_find(j, "answered")->n, 1);
	assert_int_equal(json_find(j, "watched")->n, 1);
	/* nobody is their own second person, and intake is none */
	assert_ok(st->c, view_my_day(st->c, st->in, &st->ann, &j));
	assert_int_equal(json_find(j, "second")->n, 0);
	assert_ok(st->c, view_my_day(st->c, st->in, &st->intake, &j));
	assert_int_equal(json_find(j, "second")->n, 0);
	assert_ok(st->c, story_second(st, &st->bob, &w, 1));
	assert_ok(st->c, view_my_day(st->c, st->in, &st->bob, &j));
	assert_int_equal(json_find(j, "second")->n, 0);
	assert_ok(st->c, assign_watch(st->c, st->in, &st->bob, &other, false));
	assert_ok(st->c, view_my_day(st->c, st->in, &st->bob, &j));
	assert_int_equal(json_find(j, "watched")->n, 0);
	assert_err(st->c, view_my_day(st->c, st->in, &st->admin, &j), ERR_DENIED, "desk");
	assert_err(st->c, view_my_day(st->c, st->in, &st->auditor, &j), ERR_DENIED, "desk");
}

/* An emergency without a deadline stands before what is due, once. */
static void my_emergencies(void **state)
{
	static const struct story_ask emergency = {.instrument = "US-EMERG",
	    .facts = "'order.emergency':true,'order.us_related':true,'order.capability':false",
	    .fields = "'name'"};
	struct story *st = *state;
	struct legal_order o, u;
	struct matter m = epoc(st, &o), urgent = story_case(st, emergency, &u);
	const struct json *list;
	struct json *j;

	give(st, &m, "bob");
	give(st, &urgent, "bob");
	st->c->fixed_now += 90 * 60;
	assert_ok(st->c, view_my_day(st->c, st->in, &st->bob, &j));
	list = json_find(j, "orders");
	assert_int_equal(list->n, 2);
	assert_true(str_eq(json_text(list->at[0], "case"), urgent.ref));
	assert_true(json_find(list->at[0], "emergency")->yes);
	assert_int_equal(num(list->at[0], "age_minutes") >= 90, 1);
	assert_null(json_find(list->at[1], "emergency"));
	assert_ok(st->c, view_my_day(st->c, st->in, &st->ann, &j));
	assert_int_equal(json_find(j, "orders")->n, 0);
}

static void the_calendar(void **state)
{
	struct story *st = *state;
	struct view_span span = {
	    .from = instant_day((struct instant){STORY_NOW}), .after = STR(""), .kind = STR("")};
	struct legal_order o;
	struct matter m = epoc(st, &o);
	const struct json *list;
	struct json *j;

	span.to = day_add(span.from, 30);
	assert_ok(st->c, view_calendar(st->c, st->in, &st->ann, &span, &j));
	list = json_find(j, "dates");
	assert_true(list->n > 0);
	assert_str(json_text(list->at[0], "case"), m.ref.p);
	for (size_t i = 1; i < list->n; i++)
		assert_true(
		    str_cmp(json_text(list->at[i - 1], "at"), json_text(list->at[i], "at")) <= 0);
	/* one by one, it is the same */
	span.limit = 1;
	for (size_t i = 0; i < list->n; i++) {
		assert_ok(st->c, view_calendar(st->c, st->in, &st->ann, &span, &j));
		assert_str(json_text(json_find(j, "dates")->at[0], "rule"),
		    json_text(list->at[i], "rule").p);
		span.after = json_text(j, "after");
	}
	assert_int_equal(span.after.n, 0);
	span.mine = true;
	assert_ok(st->c, view_calendar(st->c, st->in, &st->ann, &span, &j));
	assert_int_equal(json_find(j, "dates")->n, 0);
	give(st, &m, "ann");
	assert_ok(st->c, view_calendar(st->c, st->in, &st->ann, &span, &j));
	assert_int_equal(json_find(j, "dates")->n, 1);
	span.kind = STR("preservation");
	span.mine = false;
	assert_ok(st->c, view_calendar(st->c, st->in, &st->ann, &span, &j));
	assert_int_equal(json_find(j, "dates")->n, 0);
	span.kind = STR("party");
	assert_err(st->c, view_calendar(st->c, st->in, &st->ann, &span, &j), ERR_INVALID, "kind");
	span.kind = STR("");
	span.to = day_add(span.from, -1);
	assert_err(st->c, view_calendar(st->c, st->in, &st->ann, &span, &j), ERR_INVALID, "last");
	assert_err(st->c, view_calendar(st->c, st->in, &st->admin, &span, &j), ERR_DENIED, "dates");
}

static void the_counts(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct json *j;
	struct str ref;

	(void)epoc(st, &o);
	ref = story_receive_by(st, &st->intake,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"});
	assert_ok(st->c, view_overview(st->c, st->in, &st->ann, &j));
	assert_int_equal(num(j, "triage"), 1);
	assert_int_equal(num(j, "open"), 1);
	assert_int_equal(num(j, "overdue"), 0);
	assert_int_equal(num(j, "nobody"), 1);
	assert_ok(st->c, demand_sort_out(st->c, st->in, &st->intake, ref, STR("press")));
	st->c->fixed_now += 60 * STORY_DAY;
	assert_ok(st->c, view_overview(st->c, st->in, &st->ann, &j));
	assert_int_equal(num(j, "triage"), 0);
	assert_int_equal(num(j, "overdue"), 1);
	assert_int_equal(num(json_find(j, "sorted"), "press"), 1);
	assert_int_equal(num(json_find(j, "sorted"), "other"), 0);
}

/* Lists that are walked in order are sorted already, whatever there is of them. */
static void along_an_index(void **state)
{
	static const struct {
		enum sql stmt;
		const char *index;
	} walks[] = {{SQL_QUEUE_NEXT, "order_desk_by_due"},
	    {SQL_QUEUE_OLDEST, "order_desk_by_person"}, {SQL_QUEUE_DUE, "order_desk_by_due"},
	    {SQL_COUNT_DUE, "order_desk_next"}, {SQL_DATES, "order_date_by_at"},
	    {SQL_DATES_OF_KIND, "order_date_by_kind"},
	    {SQL_DATES_OF_PERSON, "order_date_by_person"},
	    {SQL_SECOND_WAITING, "decision_waiting"}};
	struct story *st = *state;

	for (size_t i = 0; i < sizeof walks / sizeof walks[0]; i++) {
		struct str plan;

		assert_ok(st->c, db_explain(st->c, st->in->store.db, walks[i].stmt, &plan));
		if (strstr(plan.p, walks[i].index) == NULL || strstr(plan.p, "TEMP B-TREE") != NULL)
			fail_msg("%s: %s", walks[i].index, plan.p);
	}
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

#define work_test(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    work_test(a_case_changes_hands),
	    work_test(a_sealed_case_goes_to_the_named),
	    work_test(my_day),
	    work_test(my_emergencies),
	    work_test(the_calendar),
	    work_test(the_counts),
	    work_test(along_an_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
