/* Intake and triage: a demand is kept as it came; what cannot be judged is refused at the door;
 * duplicates are told; and a step that fails leaves nothing behind. */
#include "desk_story.h"

static const struct story_ask records = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'name'"};

static int receive(struct story *st, struct story_ask a, struct demand_receipt *ret)
{
	struct draft d = story_draft(st, a);

	return demand_receive(st->c, st->in, &st->intake, &d, NULL, 0, ret);
}

static int count_one(struct ctx *c, const struct demand *d, void *arg)
{
	int *n = arg;

	(void)c;
	(void)d;
	(*n)++;
	return 0;
}

static int listed_by_state(struct story *st, const char *state)
{
	int n = 0;

	assert_ok(st->c, demand_each(st->c, st->in, &st->intake, str_of(state), count_one, &n));
	return n;
}

/* ---- receiving ---- */

static void kept_as_it_came(void **state)
{
	struct story *st = *state;
	struct demand_receipt r;
	struct demand d;
	struct draft back;
	struct story_mark m = story_mark(st);

	assert_ok(st->c, receive(st, records, &r));
	story_wrote(st, m, "demand.receive");
	assert_ok(st->c, demand_get(st->c, st->in, &st->intake, r.ref, &d));
	assert_str(d.state, "received");
	assert_str(d.country, "US");
	assert_int_equal(d.entry, r.entry);
	assert_ok(st->c, draft_json_parse(st->c, "back", json_str(st->c, d.draft), &back));
	assert_str(back.orders[0].targets[0].value, "someone@example.net");
	assert_str(back.authority, "An authority");
	/* sealed in the row */
	assert_int_equal(
	    story_num(st,
		"SELECT count(*) FROM demand WHERE instr(draft_ct, CAST('someone' AS BLOB)) > 0"),
	    0);
	assert_int_equal(listed_by_state(st, "received"), 1);
}

static void refused_at_the_door(void **state)
{
	static const struct {
		struct story_ask ask;
		const char *part;
	} faults[] = {
	    {{.instrument = "US-WISH", .facts = STORY_WARRANT, .fields = "'name'"},
		"orders[0].instrument"},
	    {{.instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'soul'"},
		"orders[0].asks[0].fields"},
	    {{.instrument = "US-WARRANT",
		 .facts = STORY_WARRANT,
		 .fields = "'name'",
		 .service = "fax"},
		"orders[0].asks[0].service"},
	    {{.instrument = "US-WARRANT", .facts = "'order.wish':true", .fields = "'name'"},
		"orders[0].facts"},
	    {{.instrument = "US-WARRANT", .facts = "'order.signed':'maybe'", .fields = "'name'"},
		"order.signed"},
	    {{.instrument = "US-WARRANT",
		 .facts = STORY_WARRANT,
		 .fields = "'name'",
		 .channel = "pigeon"},
		"demand.channel"},
	    {{.instrument = "US-WARRANT",
		 .facts = STORY_WARRANT,
		 .fields = "'name'",
		 .body = "cousin"},
		"authority.body"},
	    {{.instrument = "US-WARRANT",
		 .facts = STORY_WARRANT,
		 .fields = "'name'",
		 .received = "2026-09-15T12:00:01Z"},
		"received: lies in the future"},
	};
	struct story *st = *state;
	struct demand_receipt r;
	struct story_mark m = story_mark(st);

	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
		assert_err(st->c, receive(st, faults[i].ask, &r), ERR_INVALID, faults[i].part);
	story_untouched(st, m);
	assert_ok(st->c, receive(st,
			     (struct story_ask){.instrument = "US-WARRANT",
				 .facts = STORY_WARRANT,
				 .fields = "'name'",
				 .received = "2026-09-15T12:00:00Z"},
			     &r));
}

static void only_intake_enters(void **state)
{
	struct story *st = *state;
	const struct person *others[] = {
	    &st->admin, &st->ann, &st->counsel, &st->collector, &st->publisher, &st->auditor};
	struct draft d = story_draft(st, records);
	struct demand_receipt r;
	struct story_mark m = story_mark(st);

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		assert_err(st->c, demand_receive(st->c, st->in, others[i], &d, NULL, 0, &r),
		    ERR_DENIED, "intake");
	story_untouched(st, m);
}

static void papers_come_with_it(void **state)
{
	struct story *st = *state;
	struct demand_paper papers[2] = {{STR("hash-1"), STR("warrant.pdf"), STR("key-1"), 10},
	    {STR("hash-2"), STR("annex.pdf"), STR("key-2"), 20}};
	struct draft d = story_draft(st, records);
	struct demand_receipt r;
	struct story_mark m = story_mark(st);

	assert_ok(st->c, demand_receive(st->c, st->in, &st->intake, &d, papers, 2, &r));
	story_wrote(st, m, "demand.receive"); /* one entry for all of it */
	assert_int_equal(story_num(st, "SELECT count(*) FROM paper"), 2);
	assert_int_equal(
	    story_num(st,
		"SELECT count(*) FROM paper WHERE instr(name_ct, CAST('warrant' AS BLOB)) > 0"
		" OR instr(key_ct, CAST('key-1' AS BLOB)) > 0"),
	    0);
}

/* ---- duplicates ---- */

static void duplicates(void **state)
{
	struct story *st = *state;
	struct story_ask a = records, b = records;
	struct demand_receipt first, again, same_number, other;

	a.number = b.number = "AZ-7";
	assert_ok(st->c, receive(st, a, &first));
	assert_int_equal(first.duplicates->n, 0);
	a.channel = "letter"; /* the same paper by another channel, later */
	a.received = "2026-09-15T09:30:00Z";
	a.unverified = true;
	assert_ok(st->c, receive(st, a, &again));
	assert_int_equal(again.duplicates->n, 1);
	assert_str(json_text(again.duplicates->at[0], "ref"), first.ref.p);
	assert_str(json_text(again.duplicates->at[0], "by"), "content");
	b.fields = "'address'"; /* another paper under the same file number */
	assert_ok(st->c, receive(st, b, &same_number));
	assert_int_equal(same_number.duplicates->n, 2);
	assert_str(json_text(same_number.duplicates->at[0], "by"), "number");
	assert_ok(st->c, receive(st, records, &other));
	assert_int_equal(other.duplicates->n, 0);
}

static void merged(void **state)
{
	struct story *st = *state;
	struct demand_opening how = {0};
	struct str a = story_receive_by(st, &st->intake, records),
		   b = story_receive_by(st, &st->intake, records);
	struct str c = story_receive_by(st, &st->intake, records);
	struct story_mark m = story_mark(st);
	struct matter matter;
	struct demand d;

	assert_err(st->c, demand_merge(st->c, st->in, &st->intake, a, a), ERR_INVALID, "another");
	assert_err(st->c, demand_merge(st->c, st->in, &st->ann, a, b), ERR_DENIED, "intake");
	story_untouched(st, m);
	m = story_mark(st);
	assert_ok(st->c, demand_merge(st->c, st->in, &st->intake, b, a));
	story_wrote(st, m, "demand.merge");
	assert_ok(st->c, demand_get(st->c, st->in, &st->intake, b, &d));
	assert_str(d.state, "merged");
	assert_err(
	    st->c, demand_merge(st->c, st->in, &st->intake, b, c), ERR_CONFLICT, "left triage");
	assert_err(st->c, demand_merge(st->c, st->in, &st->intake, c, b), ERR_INVALID, "stands");
	assert_err(st->c, demand_open(st->c, st->in, &st->intake, b, &how, &matter), ERR_CONFLICT,
	    "left triage");
	assert_ok(st->c, demand_open(st->c, st->in, &st->intake, a, &how, &matter));
	assert_err(
	    st->c, demand_merge(st->c, st->in, &st->intake, a, c), ERR_CONFLICT, "left triage");
	assert_ok(st->c, demand_merge(st->c, st->in, &st->intake, c, a));
}

/* ---- triage ---- */

static void sorted_out(void **state)
{
	static const char *const kinds[] = {
	    "take_down", "civil_party", "testimony", "data_subject", "press"};
	struct story *st = *state;
	struct demand_opening how = {0};
	struct matter m;

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct str ref = story_receive_by(st, &st->intake, records);

		assert_err(st->c, demand_sort_out(st->c, st->in, &st->intake, ref, STR("junk")),
		    ERR_INVALID, "one of");
		assert_ok(
		    st->c, demand_sort_out(st->c, st->in, &st->intake, ref, str_of(kinds[i])));
		assert_err(st->c, demand_sort_out(st->c, st->in, &st->intake, ref, STR("press")),
		    ERR_CONFLICT, "left triage");
		assert_err(st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &m),
		    ERR_CONFLICT, "left triage");
	}
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM entry WHERE kind = 'demand.sort_out' AND "
			  "instr(detail, '\"as\":\"press\"') > 0"),
	    1);
	assert_int_equal(story_num(st, "SELECT count(*) FROM matter"), 0);
}

static void opened_once(void **state)
{
	struct story *st = *state;
	struct demand_opening how = {0};
	struct str ref = story_receive_by(st, &st->intake, records);
	struct matter m, again;
	struct story_mark mark;

	assert_err(
	    st->c, demand_open(st->c, st->in, &st->ann, ref, &how, &m), ERR_DENIED, "intake");
	assert_ok(st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &m));
	mark = story_mark(st);
	assert_err(st->c, demand_open(st->c, st->in, &st->intake, ref, &how, &again), ERR_CONFLICT,
	    "left triage");
	story_untouched(st, mark);
	assert_int_equal(story_num(st, "SELECT count(*) FROM matter"), 1);
	assert_int_equal(story_num(st, "SELECT count(*) FROM item"), 1);
}

/* Several targets and fields: one item for each pair; asks may name some of the targets. */
static void items_are_target_times_field(void **state)
{
	struct story *st = *state;
	struct legal_order o;
	struct items items;

	(void)story_case(st,
	    (struct story_ask){.instrument = "US-WARRANT",
		.facts = STORY_WARRANT,
		.fields = "'name','body','key'",
		.targets =
		    "{'kind':'email','value':'A@Example.net'},{'kind':'account','value':'u-7'}"},
	    &o);
	assert_ok(st->c, matter_items(st->c, st->in, o.id, &items));
	assert_int_equal(items.n, 6);
	for (size_t i = 0; i < items.n; i++) {
		assert_int_equal(items.v[i].number, i + 1);
		assert_str(items.v[i].fold, str_is(items.v[i].field, "name")   ? "noncontent"
					    : str_is(items.v[i].field, "body") ? "content"
									       : "key");
	}
}

/* An order that asks for nothing is opened, and only a person ends it. */
static void an_order_without_asks(void **state)
{
	struct story *st = *state;
	struct draft d = story_draft(st, records);
	struct demand_opening how = {0};
	struct demand_receipt r;
	struct legal_order o;
	struct matter m;

	d.orders[0].n_asks = 0;
	assert_ok(st->c, demand_receive(st->c, st->in, &st->intake, &d, NULL, 0, &r));
	assert_ok(st->c, demand_open(st->c, st->in, &st->intake, r.ref, &how, &m));
	assert_ok(st->c, matter_order(st->c, st->in, &m, 0, &o));
	assert_ok(st->c, story_examine(st, &st->ann, &o));
	assert_string_equal(story_state(st, &o), "in_review");
	story_no_way(st, &o, 1, ERR_DENIED, "in_review");
	d.n_orders = 0;
	assert_ok(st->c, demand_receive(st->c, st->in, &st->intake, &d, NULL, 0, &r));
	assert_err(st->c, demand_open(st->c, st->in, &st->intake, r.ref, &how, &m), ERR_INVALID,
	    "names no order");
}

static void references_are_looked_up_with_care(void **state)
{
	struct story *st = *state;
	struct str ref = story_receive_by(st, &st->intake, records);
	struct demand d;
	struct matter m;

	assert_int_equal(demand_get(st->c, st->in, &st->intake, STR(""), &d), ERR_INVALID);
	err_clear(st->c);
	assert_int_equal(
	    demand_get(st->c, st->in, &st->intake, STR("' OR 1=1 --"), &d), ERR_INVALID);
	err_clear(st->c);
	/* a demand's reference is none of a case */
	assert_err(st->c, matter_get(st->c, st->in, &st->intake, ref, &m), ERR_NOTFOUND, "no case");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(kept_as_it_came),
	    STORY_TEST(refused_at_the_door),
	    STORY_TEST(only_intake_enters),
	    STORY_TEST(papers_come_with_it),
	    STORY_TEST(duplicates),
	    STORY_TEST(merged),
	    STORY_TEST(sorted_out),
	    STORY_TEST(opened_once),
	    STORY_TEST(items_are_target_times_field),
	    STORY_TEST(an_order_without_asks),
	    STORY_TEST(references_are_looked_up_with_care),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
