/*
 * What lists are sorted by never says anything else than the clocks: after every kind of step, at
 * that moment and later, the row of order_desk and the clocks of the case are the same.
 */
#include "desk_story.h"

#include "desk/due.h"
#include "desk/erase.h"

static int64_t row_of(struct story *st, const struct legal_order *o, const char *column)
{
	return story_num(st, str_fmt(st->c, "SELECT %s FROM order_desk WHERE legal_order = %lld",
				 column, (long long)o->id)
				 .p);
}

/* At the present and at later moments. */
static void agrees(struct story *st, const struct legal_order *order)
{
	static const int64_t later[] = {0, 1, 3600, 40 * STORY_DAY};
	int64_t now = st->c->fixed_now, due = row_of(st, order, "due"),
		rest = row_of(st, order, "rest");

	for (size_t i = 0; i < sizeof later / sizeof later[0]; i++) {
		struct legal_order o = story_order(st, order->id);
		struct matter m;
		struct due d;

		st->c->fixed_now = now + later[i];
		assert_ok(st->c, matter_by_id(st->c, st->in, o.matter, &m));
		assert_ok(st->c, due_next(st->c, st->in, &m, &o, &d));
		assert_int_equal(due, instant_is_none(d.at) ? DUE_NONE : d.at.s);
		assert_int_equal(rest, d.rest);
		assert_int_equal(row_of(st, order, "open"), due_open(&m, &o));
		assert_str(story_text(st, str_fmt(st->c,
					      "SELECT state FROM order_desk WHERE legal_order = "
					      "%lld",
					      (long long)o.id)
					      .p),
		    matter_order_word(o.state));
	}
	st->c->fixed_now = now;
}

/* The test's own reading of the law's end: what gate_load says of the clocks. */
static int64_t nearest(struct story *st, const struct legal_order *o)
{
	int64_t best = DUE_NONE;
	struct gate g;

	assert_ok(st->c, gate_load(st->c, st->in, o->id, &g));
	for (size_t i = 0; i < g.now.n_clocks; i++) {
		const struct clock *k = &g.now.clocks[i];

		if (!k->unknown && !k->stopped && !instant_is_none(k->latest) &&
		    !str_is(k->act, "expire") && k->latest.s < best)
			best = k->latest.s;
	}
	return best;
}

static void epoc(struct story *st, struct legal_order *ret)
{
	(void)story_case(st,
	    (struct story_ask){.instrument = "EU-EPOC",
		.facts = STORY_EPOC,
		.fields = "'name'",
		.country = "FR",
		.channel = "decentralised_it"},
	    ret);
}

static void every_step_agrees(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	epoc(st, &o);
	agrees(st, &o);
	assert_true(row_of(st, &o, "due") < DUE_NONE);
	assert_int_equal(row_of(st, &o, "due"), nearest(st, &o));
	assert_ok(
	    st->c, order_fact(st->c, st->in, &st->ann, &o, STR("order.emergency"), STR("yes")));
	agrees(st, &o);
	assert_int_equal(row_of(st, &o, "due"), nearest(st, &o));
	assert_ok(
	    st->c, order_fact(st->c, st->in, &st->ann, &o, STR("order.emergency"), STR("no")));
	agrees(st, &o);
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	agrees(st, &o);
	assert_ok(st->c, order_withdraw(st->c, st->in, &st->ann, &o, STR("authority")));
	agrees(st, &o);
	assert_int_equal(row_of(st, &o, "due"), DUE_NONE);
	assert_int_equal(row_of(st, &o, "open"), 0);
}

/* While a question is out, an end that a pause moves is no date; what is left is. */
static void a_pause_keeps_the_rest(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	int64_t before;

	epoc(st, &o);
	before = row_of(st, &o, "due");
	assert_ok(st->c, order_return(st->c, st->in, &st->ann, &o, STR("Which account?")));
	agrees(st, &o);
	st->c->fixed_now += 2 * STORY_DAY;
	assert_ok(st->c, order_answer(st->c, st->in, &st->ann, &o, STR("That one.")));
	agrees(st, &o);
	assert_true(row_of(st, &o, "due") >= before);
}

static void refused_orders_have_none(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name','body'"},
	    &o);
	agrees(st, &o);
	assert_ok(st->c,
	    review_reject(st->c, st->in, &st->ann, &o, STR("wrong_instrument"), STR("too broad")));
	agrees(st, &o);
	assert_int_equal(row_of(st, &o, "open"), 0);
	assert_int_equal(row_of(st, &o, "due"), DUE_NONE);
}

/* A row that somebody spoilt, or a migration made, is mended by the sweep. */
static void the_sweep_mends(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	int64_t n, due;

	epoc(st, &o);
	due = row_of(st, &o, "due");
	story_sql(st, "UPDATE order_desk SET due = 1, act = 'x', state = 'closed', stale = 1");
	story_sql(st, "DELETE FROM order_date");
	assert_err(st->c, due_sweep(st->c, st->in, &st->auditor, &(struct due_sweep){0}, &n),
	    ERR_DENIED, "anew");
	assert_ok(st->c, due_sweep(st->c, st->in, &st->ann, &(struct due_sweep){0}, &n));
	assert_int_equal(n, 1);
	agrees(st, &o);
	assert_int_equal(row_of(st, &o, "due"), due);
	assert_true(story_num(st, "SELECT count(*) FROM order_date WHERE kind = 'deadline'") > 0);
	assert_ok(st->c, due_sweep(st->c, st->in, &st->ann, &(struct due_sweep){0}, &n));
	assert_int_equal(n, 0);
	assert_ok(st->c, due_sweep(st->c, st->in, &st->ann, &(struct due_sweep){.all = true}, &n));
	assert_int_equal(n, 1);
}

/* A bar of the order's own end is a date; lifted, it is none. */
static void bars_are_dates(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	epoc(st, &o);
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_date WHERE kind = 'bar'"),
	    story_num(st, "SELECT count(*) FROM secrecy WHERE until IS NOT NULL"));
	story_sql(st, "DROP TRIGGER secrecy_begin");
	story_sql(st, str_fmt(st->c,
			  "INSERT INTO secrecy (legal_order, bars, rule, since, until, rev, entry) "
			  "VALUES (%lld, 'user', 'R', 1, 21000, 1, (SELECT max(id) FROM stamp))",
			  (long long)o.id)
			  .p);
	assert_ok(st->c, order_judge(st->c, st->in, &st->ann, &o));
	assert_int_equal(
	    story_num(st, "SELECT at FROM order_date WHERE kind = 'bar' AND name = 'R'"),
	    instant_at((struct day){21001}, 0).s - 1);
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

#define due_test(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    due_test(every_step_agrees),
	    due_test(a_pause_keeps_the_rest),
	    due_test(refused_orders_have_none),
	    due_test(the_sweep_mends),
	    due_test(bars_are_dates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
