/* A sealed file that still lies here: what became of the case since it was sealed counts when it is
 * recorded, and again when it is handed over. */
#include "desk_story.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'body','name'"};

static const struct story_ask epoc = {.instrument = "EU-EPOC",
    .facts = STORY_EPOC,
    .fields = "'body'",
    .country = "FR",
    .channel = "decentralised_it"};

/* The earliest instant may become known after the file was sealed: then the file waits. */
static void delivery_waits_for_the_earliest_instant(void **state)
{
	static const int64_t end = STORY_NOW + 10 * STORY_DAY + 10 * 3600 - 1;
	struct story *st = *state;
	struct produce_file f = story_file(st, 1);
	struct legal_order o;
	struct str ref;

	(void)story_case(st, epoc, &o);
	assert_ok(st->c, story_fact(st, &o, "order.eu_enforcing_cleared", "yes"));
	story_approve(st, &o);
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &f, 1, &ref));
	assert_ok(st->c, story_fact(st, &o, "order.eu_enforcing_cleared", "no"));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("portal")),
	    ERR_DENIED, "no delivery before 2026-09-25T21:59:59Z");
	st->c->fixed_now = end - 1;
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("portal")),
	    ERR_DENIED, "no delivery before");
	st->c->fixed_now = end;
	assert_ok(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("portal")));
}

/* What counsel takes back, and what became of one item alone, stops the sealed file as well. */
static void delivery_asks_for_each_item(void **state)
{
	struct story *st = *state;
	struct produce_file f = story_file(st, 1);
	struct legal_order o;
	struct str ref;
	int64_t n;

	(void)story_case(st,
	    (struct story_ask){.instrument = "US-SUBP-GJ",
		.fields = "'body'",
		.facts = "'order.issuer':'prosecutor','order.signed':true,"
			 "'order.us_user_foreign':false,'order.us_2705b':false,"
			 "'order.us_prior_notice':true,'order.us_old_or_rcs':true,"
			 "'order.capability':false"},
	    &o);
	n = story_finding(st, &o, "HOUSE-P2-CONTENT");
	assert_ok(
	    st->c, review_answer(st->c, st->in, &st->counsel, &o, n, STR("allow"), STR("yes")));
	story_approve(st, &o);
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &f, 1, &ref));
	assert_ok(st->c, review_answer(st->c, st->in, &st->counsel, &o, n, STR("deny"), STR("no")));
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("portal")),
	    ERR_DENIED, "HOUSE-P2-CONTENT was answered against");
	/* the form is in order still, but the order does not reach content any more */
	assert_ok(st->c, story_fact(st, &o, "order.us_prior_notice", "no"));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_string_equal(story_state(st, &o), "approved");
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("portal")),
	    ERR_DENIED, "wrong_instrument");
	assert_string_equal(story_text(st, "SELECT state FROM production").p, "sealed");
}

/* An emergency that became known later: the second person is due for what has not left yet. */
static void delivery_asks_for_the_second_person(void **state)
{
	struct story *st = *state;
	struct produce_file f = story_file(st, 2);
	struct legal_order o;
	struct str ref;

	(void)story_case(st, warrant, &o);
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_WITHHOLD));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 2, ITEM_PRODUCE));
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &f, 1, &ref));
	assert_ok(st->c, story_fact(st, &o, "order.emergency", "yes"));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 1, ITEM_WITHHOLD));
	assert_string_equal(story_state(st, &o), "approved");
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, ref, STR("portal")),
	    ERR_DENIED, "second person");
}

/* Sealed with one account's data, and then another account was put in its place and approved. */
static void what_changed_while_it_was_sealed(void **state)
{
	struct story *st = *state;
	struct produce_file f = story_file(st, 1);
	struct review_verdict less = {.to = ITEM_NARROW,
	    .from = {20605}, /* 2026-06-01 */
	    .to_day = {20606},
	    .code = STR("other"),
	    .reason = STR("a reason")};
	struct produce_plan plan;
	struct legal_order o;

	(void)story_case(st, warrant, &o);
	story_approve(st, &o);
	assert_ok(st->c, produce_prepare(st->c, st->in, &st->collector, &o, &f, 1, &plan));
	assert_ok(st->c, order_correct(st->c, st->in, &st->ann, &o, 1, STR("email"),
			     STR("another@example.net")));
	story_approve(st, &o);
	assert_err(st->c,
	    produce_record(st->c, st->in, &st->collector, &o, &f, 1, &plan, hash_of(STR("s")), 1),
	    ERR_CONFLICT, "somebody changed the order meanwhile");
	assert_ok(st->c, produce_prepare(st->c, st->in, &st->collector, &o, &f, 1, &plan));
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_ok(st->c, review_decide(st->c, st->in, &st->ann, &o, 1, &less));
	assert_ok(st->c, story_second(st, &st->bob, &o, 1));
	assert_ok(st->c, story_decide(st, &st->ann, &o, 2, ITEM_PRODUCE));
	assert_err(st->c,
	    produce_record(st->c, st->in, &st->collector, &o, &f, 1, &plan, hash_of(STR("s")), 1),
	    ERR_CONFLICT, "somebody changed the order meanwhile");
	assert_int_equal(story_num(st, "SELECT count(*) FROM production"), 0);
	assert_ok(st->c, produce_prepare(st->c, st->in, &st->collector, &o, &f, 1, &plan));
	assert_ok(st->c,
	    produce_record(st->c, st->in, &st->collector, &o, &f, 1, &plan, hash_of(STR("s")), 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(delivery_waits_for_the_earliest_instant),
	    STORY_TEST(delivery_asks_for_each_item),
	    STORY_TEST(delivery_asks_for_the_second_person),
	    STORY_TEST(what_changed_while_it_was_sealed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
