/*
 * Searching: what is found by what, for whom, page by page, along which index; and what a kept
 * search leaves in the database.
 */
#include "desk_story.h"

#include "desk/search.h"

static struct search_result run_as(struct story *st, const struct person *who, struct search q)
{
	struct search_result r;

	if (q.from.n == 0)
		q.from = DAY_NONE;
	if (q.to.n == 0)
		q.to = DAY_NONE;
	assert_ok(st->c, search_run(st->c, st->in, who, &q, &r));
	return r;
}

static int run_rc(struct story *st, const struct person *who, struct search q)
{
	struct search_result r;

	if (q.from.n == 0)
		q.from = DAY_NONE;
	if (q.to.n == 0)
		q.to = DAY_NONE;
	return search_run(st->c, st->in, who, &q, &r);
}

static struct matter warrant(struct story *st, const char *target, const char *number)
{
	struct legal_order o;

	return story_case(st,
	    (struct story_ask){.instrument = "US-WARRANT",
		.facts = STORY_WARRANT,
		.fields = "'name'",
		.targets = str_fmt(st->c, "{'kind':'email','value':'%s'}", target).p,
		.number = number},
	    &o);
}

static void by_key(void **state)
{
	struct story *st = *state;
	struct matter a = warrant(st, "one@example.net", "26-MJ-1"),
		      b = warrant(st, "two@example.net", "26-MJ-2");
	struct str demand = story_text(st, "SELECT ref FROM demand ORDER BY id LIMIT 1");
	struct search_result r;

	r = run_as(st, &st->ann, (struct search){.target = STR("one@EXAMPLE.net")});
	assert_int_equal(r.orders.n, 1);
	assert_str(r.orders.v[0].ref, a.ref.p);
	assert_int_equal(r.after.n, 0);
	assert_true(r.orders.v[0].open);
	r = run_as(st, &st->ann, (struct search){.target = STR("three@example.net")});
	assert_int_equal(r.orders.n, 0);
	r = run_as(st, &st->ann, (struct search){.number = STR("26-MJ-2")});
	assert_int_equal(r.orders.n, 1);
	assert_int_equal(r.n_demands, 1);
	assert_str(r.orders.v[0].ref, b.ref.p);
	r = run_as(st, &st->ann, (struct search){.ref = str_lower(st->c, a.ref)});
	assert_int_equal(r.orders.n, 1);
	r = run_as(st, &st->ann, (struct search){.ref = demand});
	assert_int_equal(r.orders.n, 0);
	assert_int_equal(r.n_demands, 1);
	/* one box: reference, number, identifier */
	assert_int_equal(run_as(st, &st->ann, (struct search){.any = a.ref}).orders.n, 1);
	assert_int_equal(run_as(st, &st->ann, (struct search){.any = STR("26-MJ-2")}).orders.n, 1);
	assert_int_equal(
	    run_as(st, &st->ann, (struct search){.any = STR("two@example.net")}).orders.n, 1);
	/* both must hold */
	assert_int_equal(
	    run_as(st, &st->ann,
		(struct search){.target = STR("one@example.net"), .number = STR("26-MJ-2")})
		.orders.n,
	    0);
	assert_int_equal(
	    run_as(st, &st->ann,
		(struct search){.target = STR("one@example.net"), .number = STR("26-MJ-1")})
		.orders.n,
	    1);
	assert_int_equal(run_as(st, &st->ann,
			     (struct search){.target = STR("one@example.net"), .open = SEARCH_DONE})
			     .orders.n,
	    0);
}

static void what_is_wrong_is_not_repeated(void **state)
{
	struct story *st = *state;

	assert_err(st->c,
	    run_rc(
		st, &st->ann, (struct search){.target = STR("not a mail"), .kind = STR("email")}),
	    ERR_INVALID, "");
	assert_null(strstr(err_text(st->c), "not a mail"));
	err_clear(st->c);
	assert_err(st->c,
	    run_rc(st, &st->ann, (struct search){.target = STR("x"), .kind = STR("king")}),
	    ERR_INVALID, "kind");
	assert_err(st->c, run_rc(st, &st->ann, (struct search){.after = STR("00ff")}), ERR_INVALID,
	    "place in the list");
	assert_err(st->c, run_rc(st, &st->ann, (struct search){.assigned = STR("somebody")}),
	    ERR_NOTFOUND, "name");
	assert_err(st->c, run_rc(st, &st->ann, (struct search){.from = {20000}, .to = {19000}}),
	    ERR_INVALID, "period");
	assert_err(
	    st->c, run_rc(st, &st->admin, (struct search){.limit = 0}), ERR_DENIED, "searching");
	assert_err(st->c, run_rc(st, &st->collector, (struct search){.limit = 0}), ERR_DENIED,
	    "searching");
	assert_err(st->c, run_rc(st, &st->auditor, (struct search){.target = STR("a@b.net")}),
	    ERR_DENIED, "identifier");
	assert_ok(st->c, run_rc(st, &st->auditor, (struct search){.any = STR("a@b.net")}));
}

static void sealed_is_not_there(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case_by(st, &st->named,
	    (struct story_ask){
		.instrument = "US-NSL", .facts = STORY_NSL, .fields = "'name'", .number = "NSL-1"},
	    &o);
	const struct search asks[] = {{.ref = m.ref}, {.number = STR("NSL-1")},
	    {.target = STR("someone@example.net")}, {.any = m.ref}, {.instrument = STR("US-NSL")},
	    {.country = STR("US")}, {.state = STR("in_review")}, {.assigned = STR("nobody")},
	    {.limit = 5}, {.body = STR("police")}};

	for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
		struct search_result r = run_as(st, &st->ann, asks[i]);

		assert_int_equal(r.orders.n + r.n_demands, 0);
		assert_int_equal(r.after.n, 0);
		assert_int_equal(run_as(st, &st->named, asks[i]).orders.n, 1);
	}
}

static void by_column_and_page(void **state)
{
	static const struct search all = {.limit = 2};
	struct story *st = *state;
	struct search q = all;
	struct str seen[8];
	size_t n = 0;

	for (int i = 0; i < 5; i++) {
		struct legal_order o;

		(void)story_case(st,
		    (struct story_ask){.instrument = i == 3 ? "US-SUBP-GJ" : "US-WARRANT",
			.facts = i == 3 ? STORY_SUBPOENA : STORY_WARRANT,
			.fields = "'name'",
			.received = str_fmt(st->c, "2026-09-1%dT08:00:00Z", i).p},
		    &o);
	}
	do {
		struct search_result r = run_as(st, &st->ann, q);

		for (size_t i = 0; i < r.orders.n; i++) {
			for (size_t k = 0; k < n; k++)
				assert_false(str_eq(seen[k], r.orders.v[i].ref));
			seen[n++] = r.orders.v[i].ref;
		}
		q.after = r.after;
	} while (q.after.n > 0 && n < 8);
	assert_int_equal(n, 5);
	assert_int_equal(
	    run_as(st, &st->ann, (struct search){.instrument = STR("US-SUBP-GJ")}).orders.n, 1);
	assert_int_equal(run_as(st, &st->ann, (struct search){.country = STR("DE")}).orders.n, 0);
	assert_int_equal(run_as(st, &st->ann,
			     (struct search){.country = STR("US"), .instrument = STR("US-WARRANT")})
			     .orders.n,
	    4);
	/* received from and to, both included */
	assert_int_equal(
	    run_as(st, &st->ann,
		(struct search){.from = instant_day((struct instant){STORY_NOW - 3 * STORY_DAY}),
		    .to = instant_day((struct instant){STORY_NOW - 2 * STORY_DAY})})
		.orders.n,
	    2);
}

static int count_one(struct ctx *c, const struct search_saved *s, void *arg)
{
	int *n = arg;

	(void)c;
	(void)s;
	++*n;
	return 0;
}

static void kept_searches(void **state)
{
	struct story *st = *state;
	struct search q = {.target = STR("secret-target@example.net"),
	    .from = {20000},
	    .to = DAY_NONE,
	    .open = SEARCH_OPEN};
	struct search_saved s;
	struct str ref;
	int n = 0;

	assert_ok(st->c, search_save(st->c, st->in, &st->ann, STR("his mail"), &q, &ref));
	assert_ok(st->c, search_saved_get(st->c, st->in, &st->ann, ref, &s));
	assert_str(s.name, "his mail");
	assert_true(str_eq(s.query.target, q.target));
	assert_int_equal(s.query.from.n, 20000);
	assert_true(day_is_none(s.query.to));
	assert_int_equal(s.query.open, SEARCH_OPEN);
	assert_err(st->c, search_saved_get(st->c, st->in, &st->bob, ref, &s), ERR_NOTFOUND, "keep");
	assert_err(st->c, search_saved_drop(st->c, st->in, &st->bob, ref), ERR_NOTFOUND, "keep");
	assert_ok(st->c, search_saved_each(st->c, st->in, &st->bob, count_one, &n));
	assert_int_equal(n, 0);
	/* nothing of it stands in clear */
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM saved_search WHERE instr(query_ct, "
			  "CAST('secret' AS BLOB)) OR instr(name_ct, CAST('mail' AS BLOB))"),
	    0);
	assert_err(
	    st->c, search_save(st->c, st->in, &st->ann, STR(" "), &q, &ref), ERR_INVALID, "name");
	assert_ok(st->c, search_saved_drop(st->c, st->in, &st->ann, ref));
	assert_int_equal(story_num(st, "SELECT count(*) FROM saved_search"), 0);
}

/* Each search goes along one index, sorted already: its cost is that of what it shows. */
static void along_an_index(void **state)
{
	static const struct {
		enum sql stmt;
		const char *index;
	} walks[] = {{SQL_SEARCH_ALL, "order_desk_by_received"},
	    {SQL_SEARCH_COUNTRY, "order_desk_by_country"}, {SQL_SEARCH_BODY, "order_desk_by_body"},
	    {SQL_SEARCH_INSTRUMENT, "order_desk_by_instrument"},
	    {SQL_SEARCH_STATE, "order_desk_by_state"}, {SQL_SEARCH_PERSON, "order_desk_by_person"},
	    {SQL_SEARCH_TARGET, "target_by_value"}, {SQL_SEARCH_NUMBER, "demand_by_number"}};
	struct story *st = *state;

	for (size_t i = 0; i < sizeof walks / sizeof walks[0]; i++) {
		struct str plan;

		assert_ok(st->c, db_explain(st->c, st->in->store.db, walks[i].stmt, &plan));
		if (strstr(plan.p, walks[i].index) == NULL)
			fail_msg("%s: %s", walks[i].index, plan.p);
		if (i < 6 && strstr(plan.p, "TEMP B-TREE") != NULL)
			fail_msg("%s is sorted: %s", walks[i].index, plan.p);
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

#define search_test(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    search_test(by_key),
	    search_test(what_is_wrong_is_not_repeated),
	    search_test(sealed_is_not_there),
	    search_test(by_column_and_page),
	    search_test(kept_searches),
	    search_test(along_an_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
