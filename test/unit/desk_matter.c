/* The case: who may know of it, what of it is derived, which moves there are - and that every step
 * stands in the ledger with the rows it touched. */
#include "desk_story.h"

#include "desk/redirect.h"

#include "store/ledger.h"

static const struct story_ask records = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};
static const struct story_ask letter = {.instrument = "US-NSL",
    .facts = STORY_NSL,
    .fields = "'name','toll_records'",
    .number = "NSL-1"};

/* ---- the sealed compartment ---- */

static int count_matters(struct ctx *c, const struct matter *m, void *arg)
{
	int *n = arg;

	(void)c;
	(void)m;
	(*n)++;
	return 0;
}

static int count_demands(struct ctx *c, const struct demand *d, void *arg)
{
	int *n = arg;

	(void)c;
	(void)d;
	(*n)++;
	return 0;
}

static int listed(struct story *st, const struct person *p)
{
	int n = 0;

	assert_ok(st->c, matter_each(st->c, st->in, p, false, count_matters, &n));
	return n;
}

static void invisible_to_all_others(void **state)
{
	struct story *st = *state;
	const struct person *others[] = {&st->intake, &st->ann, &st->counsel, &st->auditor};
	struct legal_order o;
	struct matter m = story_case_by(st, &st->named, letter, &o), got;
	struct demand d;
	struct str ref = story_text(st, "SELECT ref FROM demand");

	assert_int_equal(m.compartment, 1);
	assert_int_equal(listed(st, &st->named), 1);
	assert_ok(st->c, matter_get(st->c, st->in, &st->named, m.ref, &got));
	assert_ok(st->c, demand_get(st->c, st->in, &st->named, ref, &d));
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		int n = 0;

		assert_err(st->c, matter_get(st->c, st->in, others[i], m.ref, &got), ERR_NOTFOUND,
		    "no case has");
		assert_err(st->c, demand_get(st->c, st->in, others[i], ref, &d), ERR_NOTFOUND,
		    "no demand has");
		assert_int_equal(listed(st, others[i]), 0);
		assert_ok(
		    st->c, demand_each(st->c, st->in, others[i], STR("opened"), count_demands, &n));
		assert_int_equal(n, 0);
	}
	/* the same text for one that is not there at all */
	assert_err(st->c, matter_get(st->c, st->in, &st->ann, STR("not a reference"), &got),
	    ERR_INVALID, "");
}

/* Below the command line somebody may hold the order itself: no step answers. */
static void no_step_for_others(void **state)
{
	struct story *st = *state;
	struct demand_opening how = {0};
	struct legal_order o;
	struct matter m = story_case_by(st, &st->named, letter, &o), n;
	struct produce_file f = story_file(st, 1);
	struct produce_plan plan;
	struct story_mark mark;
	struct str ref = story_receive_by(st, &st->intake, records);
	const char *hidden = "no case has this reference";

	mark = story_mark(st);
	assert_err(st->c, story_examine(st, &st->ann, &o), ERR_NOTFOUND, hidden);
	assert_err(st->c, story_decide(st, &st->ann, &o, 1, ITEM_PRODUCE), ERR_NOTFOUND, hidden);
	assert_err(st->c, review_answer(st->c, st->in, &st->counsel, &o, 1, STR("allow"), STR("x")),
	    ERR_NOTFOUND, hidden);
	assert_err(st->c, review_reject(st->c, st->in, &st->counsel, &o, STR("other"), STR("x")),
	    ERR_NOTFOUND, hidden);
	assert_err(st->c, story_second(st, &st->bob, &o, 1), ERR_NOTFOUND, hidden);
	assert_err(st->c, story_fact(st, &o, "order.signed", "yes"), ERR_NOTFOUND, hidden);
	assert_err(
	    st->c, order_return(st->c, st->in, &st->ann, &o, STR("?")), ERR_NOTFOUND, hidden);
	assert_err(st->c, order_withdraw(st->c, st->in, &st->intake, &o, STR("other")),
	    ERR_NOTFOUND, hidden);
	assert_err(st->c, hold_preserve(st->c, st->in, &st->ann, &o), ERR_NOTFOUND, hidden);
	assert_err(
	    st->c, hold_lift_secrecy(st->c, st->in, &st->counsel, &o, 1), ERR_NOTFOUND, hidden);
	assert_err(st->c, hold_challenge(st->c, st->in, &st->counsel, &o, STR("order"), STR("x")),
	    ERR_NOTFOUND, hidden);
	assert_err(st->c, produce_prepare(st->c, st->in, &st->collector, &o, &f, 1, &plan),
	    ERR_NOTFOUND, hidden);
	assert_err(st->c, matter_close(st->c, st->in, &st->ann, &m, true), ERR_NOTFOUND, hidden);
	how.amends = &o;
	assert_err(
	    st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &n), ERR_NOTFOUND, hidden);
	how = (struct demand_opening){.cures = &o};
	assert_err(
	    st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &n), ERR_NOTFOUND, hidden);
	story_untouched(st, mark);
}

static void not_in_duplicates_nor_seen(void **state)
{
	struct story *st = *state;
	struct story_ask a = records;
	struct legal_order o, p;
	struct targets t;
	struct demand_receipt r;
	struct draft d;
	struct json *seen = json_list(st->c), *all = json_list(st->c);
	struct matter m;

	(void)story_case_by(st, &st->named, letter, &o);
	a.number = "NSL-1";
	d = story_draft(st, a);
	assert_ok(st->c, demand_receive(st->c, st->in, &st->intake, &d, NULL, 0, &r));
	assert_int_equal(r.duplicates->n, 0);
	assert_ok(st->c, demand_receive(st->c, st->in, &st->named, &d, NULL, 0, &r));
	assert_true(r.duplicates->n > 0);
	m = story_case(st, records, &p);
	assert_ok(st->c, matter_targets(st->c, st->in, m.id, &t));
	assert_ok(st->c, matter_seen(st->c, st->in, &st->ann, t.v[0].key, seen));
	assert_int_equal(seen->n, 1); /* this one alone */
	assert_ok(st->c, matter_seen(st->c, st->in, &st->named, t.v[0].key, all));
	assert_int_equal(all->n, 2);
	assert_err(
	    st->c, matter_seen(st->c, st->in, &st->admin, t.v[0].key, all), ERR_DENIED, "role");
	assert_err(
	    st->c, matter_seen(st->c, st->in, &st->publisher, t.v[0].key, all), ERR_DENIED, "role");
}

static void only_the_named_let_it_in(void **state)
{
	struct story *st = *state;
	struct demand_opening how = {0};
	struct legal_order open;
	struct draft d = story_draft(st, letter);
	struct demand_receipt r;
	struct story_mark mark;
	struct matter m;

	mark = story_mark(st);
	assert_err(st->c, demand_receive(st->c, st->in, &st->intake, &d, NULL, 0, &r), ERR_DENIED,
	    "sealed compartment");
	story_untouched(st, mark);
	/* and it never joins a case that others read */
	(void)story_case(st, records, &open);
	assert_ok(st->c, demand_receive(st->c, st->in, &st->named, &d, NULL, 0, &r));
	how.amends = &open;
	assert_err(st->c, demand_open(st->c, st->in, &st->named, r.ref, &how, &m), ERR_DENIED,
	    "compartment");
	assert_string_equal(story_state(st, &open), "in_review");
	assert_err(st->c,
	    demand_merge(
		st->c, st->in, &st->named, r.ref, story_receive_by(st, &st->intake, records)),
	    ERR_DENIED, "sealed");
}

static void a_letter_from_end_to_end(void **state)
{
	struct story *st = *state;
	struct produce_file f = story_file(st, 1);
	struct legal_order o;

	(void)story_case_by(st, &st->named, letter, &o);
	assert_int_equal(story_num(st, "SELECT count(*) FROM secrecy WHERE bars = 'both'"), 1);
	assert_ok(st->c, story_examine(st, &st->named, &o));
	assert_ok(st->c, story_decide(st, &st->named, &o, 1, ITEM_PRODUCE));
	assert_ok(st->c, story_decide(st, &st->named, &o, 2, ITEM_WITHHOLD));
	assert_err(st->c, story_second(st, &st->named, &o, 1), ERR_DENIED, "another");
	assert_ok(st->c, story_second(st, &st->named_second, &o, 1));
	assert_ok(st->c, story_produce_as(st, &st->named, &o, &f, 1, NULL));
	assert_err(st->c,
	    produce_deliver(st->c, st->in, &st->collector,
		story_text(st, "SELECT ref FROM production"), STR("portal")),
	    ERR_NOTFOUND, "no production has this reference");
}

/* ---- who reads and who writes ---- */

static void admins_read_no_case(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct matter m = story_case(st, records, &o), got;
	struct str ref = story_text(st, "SELECT ref FROM demand");
	struct demand d;
	int n = 0;

	assert_err(st->c, matter_get(st->c, st->in, &st->admin, m.ref, &got), ERR_DENIED, "role");
	assert_err(st->c, matter_each(st->c, st->in, &st->admin, false, count_matters, &n),
	    ERR_DENIED, "role");
	assert_err(st->c, demand_get(st->c, st->in, &st->admin, ref, &d), ERR_DENIED, "role");
	assert_err(st->c, demand_each(st->c, st->in, &st->admin, STR("opened"), count_demands, &n),
	    ERR_DENIED, "role");
	assert_err(
	    st->c, matter_get(st->c, st->in, &st->publisher, m.ref, &got), ERR_DENIED, "role");
	assert_int_equal(n, 0);
}

static void an_auditor_changes_nothing(void **state)
{
	struct story *st = *state;
	const struct person *p = &st->auditor;
	struct legal_order o;
	struct matter m = story_case(st, records, &o), got;
	struct story_mark mark;
	struct demand_opening how = {0};
	struct str ref = story_receive_by(st, &st->intake, records);

	assert_ok(st->c, matter_get(st->c, st->in, p, m.ref, &got));
	mark = story_mark(st);
	assert_err(st->c, order_fact(st->c, st->in, p, &o, STR("order.signed"), STR("no")),
	    ERR_DENIED, "role");
	assert_err(st->c, order_judge(st->c, st->in, p, &o), ERR_DENIED, "role");
	assert_err(st->c, order_return(st->c, st->in, p, &o, STR("?")), ERR_DENIED, "role");
	assert_err(st->c, order_answer(st->c, st->in, p, &o, STR("!")), ERR_DENIED, "role");
	assert_err(st->c, order_withdraw_item(st->c, st->in, p, &o, 1), ERR_DENIED, "role");
	assert_err(st->c,
	    redirect_order(st->c, st->in, p, &o, &(struct redirect_contact){STR("A"), STR("B")},
		false, STR("x")),
	    ERR_DENIED, "role");
	assert_err(st->c, order_lapse(st->c, st->in, p, &o, STR("expired")), ERR_DENIED, "role");
	assert_err(st->c, order_correct(st->c, st->in, p, &o, 1, STR("email"), STR("a@b.de")),
	    ERR_DENIED, "role");
	assert_err(st->c, hold_preserve(st->c, st->in, p, &o), ERR_DENIED, "role");
	assert_err(st->c, hold_release(st->c, st->in, p, &o, 0), ERR_DENIED, "role");
	assert_err(st->c, hold_lift_secrecy(st->c, st->in, p, &o, 1), ERR_DENIED, "role");
	assert_err(st->c, hold_challenge(st->c, st->in, p, &o, STR("order"), STR("x")), ERR_DENIED,
	    "role");
	assert_err(st->c, hold_challenge_end(st->c, st->in, p, &o, 1, STR("upheld"), STR("found")),
	    ERR_DENIED, "role");
	assert_err(st->c, matter_close(st->c, st->in, p, &m, true), ERR_DENIED, "role");
	assert_err(st->c, demand_open(st->c, st->in, p, ref, &how, &got), ERR_DENIED, "role");
	assert_err(st->c, demand_verify(st->c, st->in, p, ref), ERR_DENIED, "role");
	assert_err(st->c, demand_sort_out(st->c, st->in, p, ref, STR("press")), ERR_DENIED, "role");
	assert_err(st->c, demand_merge(st->c, st->in, p, ref, ref), ERR_DENIED, "role");
	story_untouched(st, mark);
}

/* ---- the derived state, and the table of moves ---- */

static void the_state_is_derived(void **state)
{
	static const struct {
		enum order_state a, b;
		const char *hold, *want;
	} cases[] = {
	    {ORDER_IN_REVIEW, ORDER_PRODUCED, "", "in_review"},
	    {ORDER_REJECTED, ORDER_APPROVED, "", "approved"},
	    {ORDER_AMENDED, ORDER_DELIVERED, "", "delivered"},
	    {ORDER_WITHDRAWN, ORDER_REJECTED, "", "rejected"},
	    {ORDER_RETURNED, ORDER_APPROVED, "", "returned"},
	    {ORDER_PRODUCED, ORDER_IN_REVIEW, "on_hold", "on hold"},
	    {ORDER_APPROVED, ORDER_REJECTED, "challenged", "challenged"},
	};
	struct matter m = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct legal_order v[2] = {
		    {.state = cases[i].a}, {.state = cases[i].b, .hold = str_of(cases[i].hold)}};
		struct legal_orders all = {.v = v, .n = 2};

		assert_string_equal(matter_state(&m, &all), cases[i].want);
	}
	m.closed = true;
	assert_string_equal(matter_state(&m, &(struct legal_orders){0}), "closed");
}

struct move {
	struct legal_order order;
	enum order_state to;
};

static int try_move(struct ctx *c, struct step *s, void *arg)
{
	struct move *m = arg;

	return matter_move_order(c, s, &m->order, m->to, NULL);
}

/* From review there is no way past the decision, and no move to where the order already is. */
static void no_short_cuts(void **state)
{
	static const enum order_state never[] = {
	    ORDER_RECEIVED, ORDER_IN_REVIEW, ORDER_PRODUCED, ORDER_DELIVERED};
	struct story *st = *state;
	struct legal_order o;
	struct story_mark mark;

	(void)story_case(st, records, &o);
	mark = story_mark(st);
	for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
		struct move m = {o, never[i]};

		assert_err(st->c,
		    step_run(st->c, &st->in->store, "test.move", st->ann.id, try_move, &m, NULL),
		    ERR_DENIED, "cannot become");
	}
	story_untouched(st, mark);
}

/* ---- the ledger ---- */

/* Each row's newest state is the one its entry commits to, byte for byte. */
static void every_row_stands_in_its_entry(void **state)
{
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, records, &o);
	story_approve(st, &o);
	assert_ok(st->c, story_produce(st, &o, 1));
	for (enum step_table t = 0; t < STEP_TABLES; t++) {
		int64_t n =
		    story_num(st, str_fmt(st->c, "SELECT max(id) FROM %s", step_table_name(t)).p);

		for (int64_t id = 1; id <= n; id++) {
			const struct db_val *row;
			struct str want;

			assert_ok(st->c, db_one(st->c, st->in->store.db, step_image_stmt(t),
					     DB_ARGS(db_int(id)), &row));
			want = str_fmt(st->c, "[\"%s\",%lld,%lld,\"%s\"]", step_table_name(t),
			    (long long)id, (long long)row[step_image_rev_col(t)].num,
			    hash_hex(st->c, step_image(st->c, t, row)).p);
			assert_int_equal(
			    story_num(st, str_fmt(st->c,
					      "SELECT count(*) FROM entry WHERE id = %lld AND "
					      "instr(detail, '%s') > 0",
					      (long long)row[step_image_entry_col(t)].num, want.p)
					      .p),
			    1);
		}
	}
}

/* No entry names a person outside, an identifier, or a reason. */
static void no_personal_data_in_the_ledger(void **state)
{
	static const char *const secrets[] = {
	    "someone", "example.net", "read the paper", "An authority", "bob"};
	struct story *st = *state;
	struct legal_order o;

	(void)story_case(st, records, &o);
	story_approve(st, &o);
	assert_ok(st->c, story_produce(st, &o, 1));
	for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
		assert_int_equal(
		    story_num(st,
			str_fmt(st->c, "SELECT count(*) FROM entry WHERE instr(detail, '%s') > 0",
			    secrets[i])
			    .p),
		    0);
}

/* ---- lists, a page at a time ---- */

enum { PAGES_MAX = 16 };

struct seen {
	struct str ref[PAGES_MAX];
	size_t n;
};

static int see_matter(struct ctx *c, const struct matter *m, void *arg)
{
	struct seen *s = arg;

	assert_true(s->n < PAGES_MAX);
	s->ref[s->n++] = str_make(c, m->ref);
	return 0;
}

static int see_demand(struct ctx *c, const struct demand *d, void *arg)
{
	struct seen *s = arg;

	assert_true(s->n < PAGES_MAX);
	s->ref[s->n++] = str_make(c, d->ref);
	return 0;
}

static void same_refs(const struct seen *a, const struct seen *b)
{
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++)
		assert_true(str_eq(a->ref[i], b->ref[i]));
}

/* Five cases of which four were opened in the same second: each comes once, in the order of the
 * whole list. */
static void pages_are_the_list(void **state)
{
	struct story *st = *state;
	struct seen all = {0}, paged = {0}, demands = {0}, paged_demands = {0};
	struct matter_page page = {.limit = 2}, none = {.limit = 2};
	struct story_ask ask = records;
	struct legal_order o;
	struct matter sealed;

	for (int i = 0; i < 5; i++) {
		ask.number = str_fmt(st->c, "PAGE-%d", i).p;
		(void)story_case_by(st, &st->intake, ask, &o);
		st->c->fixed_now += i == 3;
	}
	sealed = story_case_by(st, &st->named, letter, &o);
	assert_ok(st->c, matter_each(st->c, st->in, &st->ann, false, see_matter, &all));
	assert_ok(st->c, demand_each(st->c, st->in, &st->ann, STR("opened"), see_demand, &demands));
	assert_int_equal(all.n, 5);
	for (size_t before = 1; before != paged.n;) {
		before = paged.n;
		assert_ok(
		    st->c, matter_page(st->c, st->in, &st->ann, false, &page, see_matter, &paged));
		assert_true(paged.n - before <= 2);
		page.after = paged.ref[paged.n - 1];
	}
	same_refs(&paged, &all);
	page.after = (struct str){"", 0};
	for (size_t before = 1; before != paged_demands.n;) {
		before = paged_demands.n;
		assert_ok(st->c, demand_page(st->c, st->in, &st->ann, STR("opened"), &page,
				     see_demand, &paged_demands));
		assert_true(paged_demands.n - before <= 2);
		page.after = paged_demands.ref[paged_demands.n - 1];
	}
	same_refs(&paged_demands, &demands);
	/* nobody learns by a page of a case that he may not know of */
	none.after = sealed.ref;
	assert_err(st->c, matter_page(st->c, st->in, &st->ann, false, &none, see_matter, &all),
	    ERR_NOTFOUND, "no case has");
	none.after = story_text(st, "SELECT ref FROM demand WHERE compartment = 1");
	assert_err(st->c,
	    demand_page(st->c, st->in, &st->ann, STR("opened"), &none, see_demand, &demands),
	    ERR_NOTFOUND, "no demand has");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(invisible_to_all_others),
	    STORY_TEST(no_step_for_others),
	    STORY_TEST(not_in_duplicates_nor_seen),
	    STORY_TEST(only_the_named_let_it_in),
	    STORY_TEST(a_letter_from_end_to_end),
	    STORY_TEST(admins_read_no_case),
	    STORY_TEST(an_auditor_changes_nothing),
	    cmocka_unit_test(the_state_is_derived),
	    STORY_TEST(no_short_cuts),
	    STORY_TEST(every_row_stands_in_its_entry),
	    STORY_TEST(no_personal_data_in_the_ledger),
	    STORY_TEST(pages_are_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
