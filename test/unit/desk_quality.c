/* The sample: who is in it, that nobody looks at their own, and what is counted. */
#include "desk_story.h"

#include "desk/quality.h"

static struct quality_ask ask_of(int percent)
{
	struct day today = instant_day((struct instant){STORY_NOW});

	return (struct quality_ask){.period = {day_add(today, -1), day_add(today, 1)},
	    .percent = percent,
	    .after = STR("")};
}

static struct legal_order refused(struct story *st)
{
	struct legal_order o;

	(void)story_case(st,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"},
	    &o);
	assert_ok(st->c,
	    review_reject(st->c, st->in, &st->ann, &o, STR("wrong_instrument"), STR("because")));
	return o;
}

static size_t sample(struct story *st, const struct person *who, struct quality_ask ask)
{
	struct quality_page page;
	size_t n = 0;

	do {
		assert_ok(st->c, quality_sample(st->c, st->in, who, &ask, &page));
		n += page.n;
		ask.after = page.after;
	} while (page.after.n > 0);
	return n;
}

/* The share is what was asked, the smaller sample part of the larger, and it stays the same. */
static void a_fair_share(void **state)
{
	struct story *st = *state;
	int drawn = 0;

	for (int i = 0; i < 4000; i++) {
		struct str ref = str_fmt(st->c, "R-%d", i);
		bool few = quality_drawn(st->c, st->in, ref, 1, 10);

		drawn += few;
		if (few)
			assert_true(quality_drawn(st->c, st->in, ref, 1, 30));
		assert_int_equal(few, quality_drawn(st->c, st->in, ref, 1, 10));
		assert_true(quality_drawn(st->c, st->in, ref, 1, 100));
		assert_false(quality_drawn(st->c, st->in, ref, 1, 0));
	}
	assert_in_range(drawn, 320, 480); /* four standard deviations around 400 */
}

static void another_person_looks(void **state)
{
	struct story *st = *state;
	struct legal_order o = refused(st), open;
	struct quality_page page;
	struct quality_ask ask = ask_of(100);
	struct story_mark m;
	int64_t agree, disagree;

	(void)story_case(st,
	    (struct story_ask){
		.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"},
	    &open);
	assert_int_equal(sample(st, &st->bob, ask), 1);
	m = story_mark(st);
	assert_err(st->c, quality_check(st->c, st->in, &st->ann, &o, true, STR("")), ERR_DENIED,
	    "had a part");
	assert_err(st->c, quality_check(st->c, st->in, &st->intake, &o, true, STR("")), ERR_DENIED,
	    "quality");
	assert_err(st->c, quality_check(st->c, st->in, &st->bob, &o, false, STR(" ")), ERR_INVALID,
	    "reason");
	assert_err(st->c, quality_check(st->c, st->in, &st->bob, &open, true, STR("")), ERR_DENIED,
	    "settled");
	story_untouched(st, m);
	assert_ok(st->c, quality_sample(st->c, st->in, &st->ann, &ask, &page));
	assert_false(page.v[0].mine);
	assert_ok(st->c, quality_sample(st->c, st->in, &st->bob, &ask, &page));
	assert_true(page.v[0].mine);
	assert_ok(st->c, quality_check(st->c, st->in, &st->bob, &o, false, STR("too strict")));
	story_wrote(st, m, "quality.check");
	assert_err(st->c, quality_check(st->c, st->in, &st->counsel, &o, true, STR("")),
	    ERR_CONFLICT, "already");
	assert_ok(
	    st->c, quality_counts(st->c, st->in, &st->auditor, ask.period, &agree, &disagree));
	assert_int_equal(agree, 0);
	assert_int_equal(disagree, 1);
	ask.waiting = true;
	assert_int_equal(sample(st, &st->bob, ask), 0);
	/* below the program too */
	story_refused(st,
	    str_fmt(st->c,
		"INSERT INTO quality_check (legal_order, compartment, settled, verdict, checker, "
		"at, "
		"rev, entry) VALUES (%lld, 0, (SELECT settled FROM legal_order WHERE id = %lld), "
		"'agree', %lld, 1, 1, " STORY_ENTRY ")",
		(long long)o.id, (long long)o.id, (long long)st->ann.id)
		.p,
	    "another person");
	story_refused(st,
	    "UPDATE quality_check SET verdict = 'agree', rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
}

static void page_by_page(void **state)
{
	struct story *st = *state;
	struct quality_ask ask = ask_of(100);

	for (int i = 0; i < 5; i++)
		(void)refused(st);
	ask.limit = 2;
	assert_int_equal(sample(st, &st->bob, ask), 5);
	ask.percent = 0;
	assert_err(st->c, quality_sample(st->c, st->in, &st->bob, &ask, &(struct quality_page){0}),
	    ERR_INVALID, "percent");
	ask = ask_of(5);
	assert_err(st->c,
	    quality_sample(st->c, st->in, &st->intake, &ask, &(struct quality_page){0}), ERR_DENIED,
	    "sample");
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

#define quality_test(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    quality_test(a_fair_share),
	    quality_test(another_person_looks),
	    quality_test(page_by_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
