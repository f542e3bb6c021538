/* Idempotency keys of the API: done once, whatever comes twice, and nothing kept of what failed. */
#include "desk_story.h"

#include "web/face.h"
#include "web/public.h"
#include "web/repeat.h"
#include "web/table.h"

struct world {
	struct story *st;
	struct route_table *table;
	struct public_site site;
	struct str ref;
	struct answer a;
};

static const struct person *asking;

static int sign_in(struct route_ask *ask)
{
	ask->who = asking;
	return 0;
}

static int begin(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	struct legal_order o;

	assert_non_null(w);
	w->st = story_open();
	w->table = table_make(w->st->c);
	w->table->sign_in = sign_in;
	w->site = (struct public_site){.in = w->st->in, .files = -1, .token = STR("")};
	w->ref = story_case(w->st,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"},
	    &o)
		     .ref;
	asking = &w->st->ann;
	*state = w;
	return 0;
}

static int end(void **state)
{
	struct world *w = *state;

	story_close(w->st);
	free(w);
	return 0;
}

/* Status of one POST on the case's first order. */
static int post(struct world *w, const char *route, const char *key, const char *text)
{
	struct ctx *c = w->st->c;
	struct route_ask ask = {.c = c,
	    .site = &w->site,
	    .in = w->st->in,
	    .table = w->table,
	    .route = route_named(w->table, route),
	    .repeat = str_of(key),
	    .parts = {w->ref, STR("1")},
	    .own_page = true,
	    .api = true};
	struct form form;

	assert_non_null(ask.route);
	assert_ok(c, form_parse(c, str_of(text), &form));
	w->a = answer_init(c, ANSWER_EN);
	face_answer(w->table, &ask, &form, &w->a);
	err_clear(c);
	return w->a.status;
}

static struct str body(struct world *w)
{
	return str_make(w->st->c, buf_str(&w->a.body));
}

static int64_t kept(struct world *w)
{
	return story_num(w->st, "SELECT count(*) FROM repeat");
}

#define ASKS "reason=Which+account+is+meant%3F"

static void the_same_key_acts_once(void **state)
{
	struct world *w = *state;
	struct story_mark m = story_mark(w->st);
	struct str first;

	assert_int_equal(post(w, "order_return", "a key", ASKS), 200);
	story_wrote(w->st, m, "order.return");
	first = body(w);
	m = story_mark(w->st);
	assert_int_equal(post(w, "order_return", "a key", ASKS), 200);
	assert_str(body(w), first.p);
	story_untouched(w->st, m);
	/* without a key it is a second act, which the order's state refuses */
	assert_int_equal(post(w, "order_return", "", ASKS), 403);
	/* with another key too, and that refusal is not kept */
	assert_int_equal(post(w, "order_return", "another key", ASKS), 403);
	assert_int_equal(kept(w), 1);
}

static void another_request_has_no_use_of_the_key(void **state)
{
	struct world *w = *state;
	struct story_mark m;

	assert_int_equal(post(w, "order_return", "a key", ASKS), 200);
	m = story_mark(w->st);
	assert_int_equal(post(w, "order_return", "a key", "reason=Something+else"), 409);
	assert_non_null(strstr(body(w).p, "came with another request"));
	assert_int_equal(post(w, "order_return", "a key", ASKS "&more=1"), 409);
	story_untouched(w->st, m);
	/* the key is that of a person and of a route: another's is another key */
	asking = &w->st->intake;
	assert_int_equal(post(w, "order_return", "a key", ASKS), 403);
	assert_null(strstr(body(w).p, "another request"));
	assert_int_equal(post(w, "order_reply", "a key", "reason=They+answered"), 200);
	asking = &w->st->ann;
	assert_int_equal(kept(w), 2);
}

static void what_fails_may_be_sent_again(void **state)
{
	struct world *w = *state;

	assert_int_equal(post(w, "order_reply", "a key", "reason=They+answered"), 403);
	assert_int_equal(post(w, "order_reply", "a key", ""), 400);
	assert_int_equal(kept(w), 0);
	assert_int_equal(post(w, "order_return", "a key 2", ASKS), 200);
	assert_int_equal(post(w, "order_reply", "a key", "reason=They+answered"), 200);
	assert_int_equal(kept(w), 2);
}

/* The answer is not told to who lost the right to it. */
static void rights_come_before_the_kept_answer(void **state)
{
	struct world *w = *state;

	assert_int_equal(post(w, "order_judge", "a key", ""), 200);
	asking = &w->st->collector;
	assert_int_equal(post(w, "order_judge", "a key", ""), 403);
	asking = NULL;
	assert_int_equal(post(w, "order_judge", "a key", ""), 401);
}

/* Two at the same moment: the key's row is unique, so the second one to write it is refused as a
 * whole; here the first one is a row that appears behind the look. */
static void of_two_at_once_one_acts(void **state)
{
	struct world *w = *state;
	struct story *st = w->st;
	int64_t entries;

	story_sql(st, "CREATE TRIGGER other_first BEFORE INSERT ON repeat WHEN NEW.made > 0 BEGIN "
		      "INSERT INTO repeat VALUES (NEW.key, 0, NEW.asked, NEW.answer_ct); END");
	entries = story_num(st, "SELECT count(*) FROM entry");
	assert_int_equal(post(w, "order_return", "a key", ASKS), 409);
	assert_int_equal(story_num(st, "SELECT count(*) FROM entry"), entries);
	assert_int_equal(kept(w), 0);
	story_sql(st, "DROP TRIGGER other_first");
	assert_int_equal(post(w, "order_return", "a key", ASKS), 200);
	assert_int_equal(story_num(st, "SELECT count(*) FROM entry"), entries + 1);
}

static void a_day_later_it_is_a_new_key(void **state)
{
	struct world *w = *state;
	struct ctx *c = w->st->c;

	assert_int_equal(post(w, "order_judge", "a key", ""), 200);
	c->fixed_now += REPEAT_SECONDS - 1;
	assert_ok(c, repeat_sweep(c, w->st->in));
	assert_int_equal(kept(w), 1);
	c->fixed_now += 2;
	assert_ok(c, repeat_sweep(c, w->st->in));
	assert_int_equal(kept(w), 0);
}

/* Neither the key nor the answer lies open in the database. */
static void nothing_lies_open(void **state)
{
	struct world *w = *state;

	assert_int_equal(post(w, "order_return", "canary-key", ASKS), 200);
	assert_int_equal(story_num(w->st, "SELECT count(*) FROM repeat WHERE instr(key, "
					  "CAST('canary' AS BLOB)) OR instr(answer_ct, "
					  "CAST('order_state' AS BLOB))"),
	    0);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(the_same_key_acts_once),
	    TEST(another_request_has_no_use_of_the_key),
	    TEST(what_fails_may_be_sent_again),
	    TEST(rights_come_before_the_kept_answer),
	    TEST(of_two_at_once_one_acts),
	    TEST(a_day_later_it_is_a_new_key),
	    TEST(nothing_lies_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
