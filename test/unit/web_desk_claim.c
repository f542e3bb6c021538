/* Costs in the browser: finance sees claims and no case; forms, and what they refuse. */
#include "desk_pages.h"

static struct person finance;

static int begin(void **state)
{
	struct story *st = story_open();

	finance = story_person(st, "finance", ROLE_FINANCE, false, 1020);
	st->in->costs = (struct claim_conf){.charge = STR("US DE"),
	    .never_above_cost = true,
	    .pay_within = 30,
	    .invoice = STR("X")};
	*state = st;
	return 0;
}

static int finish(void **state)
{
	story_close(*state);
	return 0;
}

static struct asked get(struct story *st, const struct person *who, const char *path)
{
	err_clear(st->c);
	return page_of(st, who, str_of(path));
}

static struct asked post(
    struct story *st, const struct person *who, const char *path, const char *fields)
{
	err_clear(st->c);
	return post_by(st, who, str_of(path), fields);
}

static struct matter answered(struct story *st)
{
	struct legal_order o;
	struct matter m = story_case(st,
	    (struct story_ask){.instrument = "DE-100g-1",
		.facts = "'order.issuer':'court','order.child_abuse':false",
		.fields = "'name','session_ip'",
		.country = "DE",
		.body = "court"},
	    &o);

	story_sql(st, "DROP TRIGGER IF EXISTS production_gate; BEGIN; " STORY_STAMP);
	story_sql(st,
	    str_fmt(st->c,
		"UPDATE item SET state = 'produced', rev = rev + 1, entry = " STORY_ENTRY
		" WHERE legal_order = %lld; UPDATE legal_order SET state = 'delivered', outcome = "
		"'noncontent', settled = %d, rev = rev + 1, entry = " STORY_ENTRY
		" WHERE id = %lld; INSERT INTO production (ref, legal_order, at, maker, recipient, "
		"manifest_hash, blob_hash, size, state, rev, entry) VALUES ('P', %lld, %d, 1, 'k', "
		"x'00', x'00', 1, 'delivered', 1, " STORY_ENTRY ")",
		(long long)o.id, STORY_NOW, (long long)o.id, (long long)o.id, STORY_NOW)
		.p);
	story_sql(st, "INSERT INTO entry (id, kind, at, actor, leaf) VALUES ((SELECT max(id) FROM "
		      "stamp), 'test', 1, 0, zeroblob(33)); COMMIT");
	return m;
}

static void the_whole_way(void **state)
{
	struct story *st = *state;
	struct matter m = answered(st);
	struct str claim, order = str_fmt(st->c, "/desk/case/%.*s/order/1/claim", STR_ARG(m.ref));
	struct asked p = get(st, &finance, "/desk/claims");

	assert_on(p, m.ref.p);
	assert_not_on(p, "someone@example.net");
	assert_int_equal(
	    get(st, &finance, str_fmt(st->c, "/desk/case/%.*s", STR_ARG(m.ref)).p).status, 403);
	assert_int_equal(post(st, &st->ann, order.p, "").status, 403);
	p = post(st, &finance, order.p, "");
	assert_int_equal(p.status, 303);
	assert_true(str_starts(p.location, "/desk/claim/"));
	claim = str_make(st->c, p.location);
	(void)str_cut(claim, '?', &claim, &order);
	claim = str_make(st->c, claim);
	p = get(st, &finance, claim.p);
	assert_on(p, "proposed");
	assert_on(p, "25.00 EUR");
	assert_not_on(p, "someone@example.net");
	p = post(st, &finance, str_fmt(st->c, "%s/send", claim.p).p, "at=send");
	assert_int_equal(p.status, 403);
	assert_on(p, "only proposed");
	assert_int_equal(
	    post(st, &finance, str_fmt(st->c, "%s/line", claim.p).p, "number=1").status, 303);
	assert_int_equal(post(st, &finance, str_fmt(st->c, "%s/line", claim.p).p,
			     "number=2&strike=yes&reason=not+ours")
			     .status,
	    303);
	p = post(st, &finance, str_fmt(st->c, "%s/cost", claim.p).p, "at=cost&amount=12,50");
	assert_int_equal(p.status, 400);
	assert_int_equal(
	    post(st, &finance, str_fmt(st->c, "%s/cost", claim.p).p, "amount=12.50").status, 303);
	assert_int_equal(post(st, &finance, str_fmt(st->c, "%s/to", claim.p).p,
			     "name=A&street=B&post_code=1&city=C&country=DE&number=100+Js+1")
			     .status,
	    303);
	assert_int_equal(post(st, &finance, str_fmt(st->c, "%s/send", claim.p).p, "").status, 303);
	assert_int_equal(
	    post(st, &finance, str_fmt(st->c, "%s/pay", claim.p).p, "amount=12.50").status, 303);
	p = ask_by(st, &finance, "GET", claim, STR(""), ANSWER_DE);
	assert_on(p, "gezahlt");
	assert_on(p, "12.50 EUR");
	assert_on(
	    ask_by(st, &st->auditor, "GET", STR("/desk/claims"), STR("state=paid"), ANSWER_EN),
	    "12.50 EUR");
	assert_int_equal(get(st, &st->collector, "/desk/claims").status, 403);
}

/* A bar that comes while it is open: the page says so, and no form goes through but to waive it. */
static void barred(void **state)
{
	struct story *st = *state;
	struct matter m = answered(st);
	struct asked p = post(
	    st, &finance, str_fmt(st->c, "/desk/case/%.*s/order/1/claim", STR_ARG(m.ref)).p, "");
	struct str claim, rest;

	(void)str_cut(p.location, '?', &claim, &rest);
	claim = str_make(st->c, claim);
	assert_int_equal(
	    post(st, &st->ann, str_fmt(st->c, "/desk/case/%.*s/claim-bar", STR_ARG(m.ref)).p,
		"kind=child_abuse")
		.status,
	    303);
	assert_on(get(st, &finance, claim.p), "A bar came to the case");
	assert_int_equal(
	    post(st, &finance, str_fmt(st->c, "%s/line", claim.p).p, "number=1").status, 403);
	assert_int_equal(
	    post(st, &finance, str_fmt(st->c, "%s/cost", claim.p).p, "amount=1.00").status, 403);
	assert_int_equal(post(st, &finance, str_fmt(st->c, "%s/end", claim.p).p,
			     "state=waived&reason=child+abuse")
			     .status,
	    303);
	assert_not_on(get(st, &finance, "/desk/claims"), m.ref.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(the_whole_way, begin, finish),
	    cmocka_unit_test_setup_teardown(barred, begin, finish)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
