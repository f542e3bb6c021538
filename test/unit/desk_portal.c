/* The officers' side: submission with the authority that was vetted, what is told before, who sees
 * what, and what an officer does with a demand afterwards. */
#include "officer_story.h"

#include "desk/advice.h"
#include "desk/deposit.h"
#include "desk/extension.h"

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'body','name'"};

struct cast {
	struct str agency, other;
	struct person pat, kim, out; /* pat and kim of one agency, out of another */
};

static struct cast people(struct story *st)
{
	struct cast k;

	k.agency = officer_agency(st, "Police of A", "a.example");
	k.other = officer_agency(st, "Police of B", "b.example");
	k.pat = officer_active(st, "pat@a.example", k.agency);
	k.kim = officer_active(st, "kim@a.example", k.agency);
	k.out = officer_active(st, "out@b.example", k.other);
	return k;
}

static void ready(struct story *st, const struct legal_order *o)
{
	assert_ok(st->c, story_fact(st, o, "order.competent", "yes"));
	assert_ok(st->c, story_fact(st, o, "order.capability", "no"));
	assert_ok(st->c, story_fact(st, o, "order.us_user_foreign", "no"));
	story_approve(st, o);
}

/* ---- submission ---- */

static void the_authority_is_the_vetted_one(void **state)
{
	struct story *st = *state;
	struct cast k = people(st);
	struct story_ask a = warrant;
	struct legal_order o;
	struct demand d;
	struct str ref;
	struct story_mark m;

	a.country = "DE";
	a.body = "intelligence";
	a.channel = "letter";
	a.received = "2020-01-01T00:00:00Z";
	a.key = "age1zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";
	m = story_mark(st);
	ref = officer_submits(st, &k.pat, a, false);
	story_wrote(st, m, "demand.submit");
	assert_ok(st->c, demand_get(st->c, st->in, &st->intake, ref, &d));
	assert_str(d.country, "US");
	assert_str(d.body, "police");
	assert_str(d.channel, "portal");
	assert_int_equal(d.received.s, STORY_NOW);
	assert_true(d.verified);
	assert_str(json_text(json_find(d.draft, "authority"), "name"), "Police of A");
	assert_str(json_text(json_find(d.draft, "authority"), "key"), OFFICER_KEY);
	/* what only the house can say is not taken from a sender */
	(void)officer_opened(st, ref, &o);
	assert_int_equal(story_num(st, "SELECT count(*) FROM order_fact WHERE name = "
				       "'order.competent' OR name = 'order.capability'"),
	    0);
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM order_fact WHERE name = 'order.issuer'"), 1);
}

static void who_may_submit(void **state)
{
	struct story *st = *state;
	struct cast k = people(st);
	struct draft d = story_draft(st, warrant), nsl;
	struct portal_demand pd = {.draft = &d};
	struct demand_receipt r;
	struct story_mark m = story_mark(st);

	assert_err(
	    st->c, portal_submit(st->c, st->in, &st->intake, &pd, &r), ERR_DENIED, "officers");
	assert_err(st->c, portal_submit(st->c, st->in, NULL, &pd, &r), ERR_DENIED, "officers");
	assert_err(
	    st->c, demand_receive(st->c, st->in, &k.pat, &d, NULL, 0, &r), ERR_DENIED, "role");
	story_untouched(st, m);
	/* a sealed instrument is not told of */
	nsl = story_draft(
	    st, (struct story_ask){.instrument = "US-NSL", .facts = STORY_NSL, .fields = "'name'"});
	pd.draft = &nsl;
	assert_int_equal(portal_submit(st->c, st->in, &k.pat, &pd, &r), ERR_DENIED);
	assert_null(strstr(err_text(st->c), "sealed"));
	err_clear(st->c);
	pd.draft = &d;
	pd.cures = STR("7K3M-9QXR-4DTWA");
	assert_err(st->c, portal_submit(st->c, st->in, &k.pat, &pd, &r), ERR_NOTFOUND,
	    "no demand has this reference");
}

static void not_too_often(void **state)
{
	struct story *st = *state;
	struct cast k = people(st);
	struct draft d = story_draft(st, warrant);
	struct portal_demand pd = {.draft = &d};
	struct demand_receipt r;

	for (int i = 0; i < 60; i++)
		assert_ok(st->c, portal_submit(st->c, st->in, &k.pat, &pd, &r));
	assert_err(st->c, portal_submit(st->c, st->in, &k.pat, &pd, &r), ERR_LIMIT, "too many");
	assert_ok(st->c, portal_submit(st->c, st->in, &k.kim, &pd, &r));
	st->c->fixed_now = STORY_NOW + 3600;
	assert_ok(st->c, portal_submit(st->c, st->in, &k.pat, &pd, &r));
}

static void the_form_for_all(void **state)
{
	struct story *st = *state;
	struct draft d = story_draft(st, warrant);
	struct portal_demand pd = {.draft = &d, .shared = true};
	struct demand_receipt r;
	struct demand got;
	struct story_mark m = story_mark(st);

	assert_ok(st->c, portal_form(st->c, st->in, STR("192.0.2.1"), &pd, &r));
	story_wrote(st, m, "demand.form");
	assert_ok(st->c, demand_get(st->c, st->in, &st->intake, r.ref, &got));
	assert_str(got.channel, "form");
	assert_false(got.verified);
	assert_str(got.state, "received");
	assert_int_equal(story_num(st, "SELECT count(*) FROM submission"), 0);
	assert_int_equal(r.duplicates->n, 0);
	for (int i = 0; i < 4; i++)
		assert_ok(st->c, portal_form(st->c, st->in, STR("192.0.2.1"), &pd, &r));
	assert_err(
	    st->c, portal_form(st->c, st->in, STR("192.0.2.1"), &pd, &r), ERR_LIMIT, "too many");
	assert_ok(st->c, portal_form(st->c, st->in, STR("192.0.2.2"), &pd, &r));
}

/* ---- what is told before ---- */

static const struct json *advice_for(
    struct story *st, struct advice_ask a, const char *field, const char *instrument)
{
	struct json *list;

	if (a.service.n == 0)
		a.service = STR("mail");
	a.day = DAY_NONE;
	a.fields = str_of(field);
	assert_ok(st->c, advice_make(st->c, st->in, &a, &list));
	assert_int_equal(list->n, 1);
	for (size_t i = 0; i < json_find(list->at[0], "instruments")->n; i++) {
		const struct json *one = json_find(list->at[0], "instruments")->at[i];

		if (instrument != NULL && str_is(json_text(one, "instrument"), instrument))
			return one;
	}
	return instrument == NULL ? list->at[0] : NULL;
}

static bool misses(const struct json *choice, const char *fact)
{
	const struct json *m = json_find(choice, "missing");

	for (size_t i = 0; i < m->n; i++)
		if (str_is(json_text(m->at[i], "fact"), fact))
			return json_text(m->at[i], "en").n > 0 && json_text(m->at[i], "de").n > 0;
	return false;
}

static void which_instrument(void **state)
{
	struct story *st = *state;
	struct advice_ask us = {.country = STR("US"), .body = STR("police"), .level = STR("local")};
	struct advice_ask de = {
	    .country = STR("DE"), .body = STR("police"), .service = STR("files")};
	struct advice_ask br = {.country = STR("BR"), .body = STR("police")};
	struct advice_ask wrong = us;
	struct json *list;
	struct story_mark m = story_mark(st);

	assert_non_null(advice_for(st, us, "body", "US-WARRANT"));
	assert_true(misses(advice_for(st, us, "body", "US-WARRANT"), "order.issuer"));
	/* what is for the house to find out is asked of nobody */
	assert_false(misses(advice_for(st, us, "body", "US-WARRANT"), "order.us_user_foreign"));
	assert_false(misses(advice_for(st, us, "body", "US-EMERG"), "order.call_back"));
	assert_null(advice_for(st, us, "body", "US-SUBP-GJ"));
	assert_non_null(advice_for(st, us, "name", "US-SUBP-GJ"));
	assert_null(advice_for(st, us, "body", "DE-100k-1"));
	assert_null(advice_for(st, us, "name", "US-NSL"));
	assert_non_null(advice_for(st, de, "session_times", "DE-100k-1"));
	us.instrument = STR("US-SUBP-GJ");
	assert_str(json_text(advice_for(st, us, "body", NULL), "have"), "fail");
	assert_str(json_text(advice_for(st, us, "name", NULL), "have"), "ask");
	/* an authority of elsewhere: no order of its own reaches us; and where nothing is enough,
	 * the refusal is named */
	assert_null(advice_for(st, br, "body", "US-WARRANT"));
	assert_null(advice_for(st, br, "body", "US-EMERG"));
	us.instrument = (struct str){"", 0};
	assert_str(
	    json_text(json_find(advice_for(st, us, "key", NULL), "instruments")->at[0], "verdict"),
	    "counsel");
	br.country = STR("FR");
	assert_int_equal(
	    json_find(advice_for(st, br, "realtime_signalling", NULL), "instruments")->n, 0);
	assert_str(json_text(advice_for(st, br, "realtime_signalling", NULL), "code"), "needs_mla");
	wrong.service = STR("nothing");
	wrong.day = DAY_NONE;
	wrong.fields = STR("body");
	assert_err(st->c, advice_make(st->c, st->in, &wrong, &list), ERR_INVALID, "service");
	wrong.service = STR("mail");
	wrong.fields = STR("soul");
	assert_err(st->c, advice_make(st->c, st->in, &wrong, &list), ERR_INVALID, "field");
	wrong.fields = STR("");
	assert_err(st->c, advice_make(st->c, st->in, &wrong, &list), ERR_INVALID, "wanted");
	story_untouched(st, m);
}

/* ---- who sees what ---- */

static void same_answer(
    struct story *st, const struct person *who, struct str ref, const char *part)
{
	struct officer o;
	struct demand d;

	assert_err(st->c, portal_seen(st->c, st->in, who, ref, &d, &o), ERR_NOTFOUND, part);
}

static void each_sees_their_own(void **state)
{
	static const char no[] = "no demand has this reference";
	struct story *st = *state;
	struct cast k = people(st);
	struct str own = officer_submits(st, &k.pat, warrant, false),
		   shared = officer_submits(st, &k.pat, warrant, true),
		   letter = story_receive_by(st, &st->intake, warrant);
	struct officer o;
	struct demand d;
	int before = officer_letters(st, "kim@a.example").n;

	assert_ok(st->c, portal_seen(st->c, st->in, &k.pat, own, &d, &o));
	assert_ok(st->c, portal_seen(st->c, st->in, &k.kim, shared, &d, &o));
	same_answer(st, &k.kim, own, no);
	same_answer(st, &k.out, own, no);
	same_answer(st, &k.out, shared, no);
	same_answer(st, &k.pat, letter, no);
	same_answer(st, &k.pat, STR("7K3M-9QXR-4DTWA"), no);
	same_answer(st, &k.pat, STR("../etc"), no);
	/* invited, and no more; of another agency nobody, and it is not told */
	assert_err(st->c, exchange_invite(st->c, st->in, &k.kim, shared, STR("pat@a.example")),
	    ERR_DENIED, "who submitted it");
	assert_ok(st->c, exchange_invite(st->c, st->in, &k.pat, own, STR("out@b.example")));
	assert_ok(st->c, exchange_invite(st->c, st->in, &k.pat, own, STR("none@a.example")));
	assert_int_equal(story_num(st, "SELECT count(*) FROM colleague"), 0);
	assert_ok(st->c, exchange_invite(st->c, st->in, &k.pat, own, STR("kim@a.example")));
	assert_int_equal(officer_letters(st, "kim@a.example").n, before + 1);
	assert_ok(st->c, portal_seen(st->c, st->in, &k.kim, own, &d, &o));
	assert_ok(st->c, exchange_uninvite(st->c, st->in, &k.pat, own, officer_of(st, &k.kim).ref));
	same_answer(st, &k.kim, own, no);
	assert_ok(st->c, exchange_share(st->c, st->in, &k.pat, own, true));
	assert_ok(st->c, portal_seen(st->c, st->in, &k.kim, own, &d, &o));
	assert_ok(st->c, exchange_share(st->c, st->in, &k.pat, shared, false));
	same_answer(st, &k.kim, shared, no);
	story_refused(st,
	    "INSERT INTO colleague (demand, officer, inviter, since, rev, entry) SELECT 1, o.id, "
	    "1, "
	    "1, 1, " STORY_ENTRY " FROM officer o JOIN agency a ON a.id = o.agency WHERE a.name = "
	    "'Police of B'",
	    "same agency");
}

/* ---- what an officer does with it ---- */

static void questions_and_corrections(void **state)
{
	struct story *st = *state;
	struct cast k = people(st);
	struct str ref = officer_submits(st, &k.pat, warrant, false);
	struct legal_order o;
	struct story_mark m;

	assert_err(st->c, exchange_answer(st->c, st->in, &k.pat, ref, 1, STR("yes")), ERR_NOTFOUND,
	    "no demand");
	(void)officer_opened(st, ref, &o);
	assert_err(st->c, exchange_answer(st->c, st->in, &k.pat, ref, 1, STR("yes")), ERR_DENIED,
	    "no question");
	assert_ok(st->c, order_return(st->c, st->in, &st->ann, &o, STR("Which zone?")));
	m = story_mark(st);
	assert_err(st->c, exchange_answer(st->c, st->in, &k.out, ref, 1, STR("x")), ERR_NOTFOUND,
	    "no demand");
	assert_err(st->c, exchange_answer(st->c, st->in, &k.kim, ref, 1, STR("x")), ERR_NOTFOUND,
	    "no demand");
	assert_err(
	    st->c, exchange_answer(st->c, st->in, &k.pat, ref, 1, STR(" ")), ERR_INVALID, "empty");
	story_untouched(st, m);
	assert_ok(st->c, exchange_answer(st->c, st->in, &k.pat, ref, 1, STR("UTC")));
	story_wrote(st, m, "order.answer");
	assert_string_equal(story_state(st, &o), "in_review");
	ready(st, &o);
	/* a slip is corrected, and everything is examined again */
	assert_ok(st->c, exchange_correct(st->c, st->in, &k.pat, ref, 1, 1, STR("email"),
			     STR("someone.else@example.net")));
	assert_string_equal(story_state(st, &o), "in_review");
	assert_string_equal(story_item(st, &o, 1), "asked");
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM target WHERE corrects IS NOT NULL"), 1);
	assert_err(st->c,
	    exchange_correct(st->c, st->in, &k.pat, ref, 1, 9, STR("email"), STR("x@example.net")),
	    ERR_NOTFOUND, "no item");
}

static void withdrawals(void **state)
{
	struct story *st = *state;
	struct cast k = people(st);
	struct str early = officer_submits(st, &k.pat, warrant, false),
		   late = officer_submits(st, &k.pat, warrant, false);
	struct legal_order o, p;

	assert_ok(st->c, exchange_withdraw(st->c, st->in, &k.pat, early, 0, STR("authority")));
	assert_err(st->c, exchange_withdraw(st->c, st->in, &k.pat, early, 0, STR("authority")),
	    ERR_CONFLICT, "already");
	(void)officer_opened(st, early, &o);
	assert_string_equal(story_state(st, &o), "withdrawn");
	assert_int_equal(story_order(st, o.id).outcome, OUTCOME_WITHDRAWN);
	(void)officer_opened(st, late, &p);
	assert_err(st->c, exchange_withdraw(st->c, st->in, &k.out, late, 0, STR("authority")),
	    ERR_NOTFOUND, "no demand");
	assert_err(st->c, exchange_withdraw(st->c, st->in, &k.pat, late, 1, STR("notice")),
	    ERR_INVALID, "because");
	assert_ok(st->c, exchange_withdraw_item(st->c, st->in, &k.pat, late, 1, 1));
	assert_string_equal(story_item(st, &p, 1), "withdrawn");
	assert_ok(st->c, exchange_withdraw(st->c, st->in, &k.pat, late, 0, STR("settled")));
	assert_string_equal(story_state(st, &p), "withdrawn");
	assert_err(st->c, exchange_withdraw(st->c, st->in, &k.pat, late, 0, STR("settled")),
	    ERR_CONFLICT, "nothing left");
}

static void time_asked_and_granted(void **state)
{
	struct story *st = *state;
	struct cast k = people(st);
	struct str ref = officer_submits(st, &k.pat, warrant, false);
	struct day past, soon;
	struct legal_order o;
	struct json *list;

	(void)officer_opened(st, ref, &o);
	soon.n = (int32_t)(STORY_NOW / 86400 + 10);
	past.n = soon.n - 20;
	assert_err(st->c, extension_ask(st->c, st->in, &st->ann, &o, past, STR("x")), ERR_INVALID,
	    "day to come");
	assert_err(st->c, extension_ask(st->c, st->in, &st->ann, &o, soon, STR("")), ERR_INVALID,
	    "reason");
	assert_err(st->c, extension_ask(st->c, st->in, &st->collector, &o, soon, STR("x")),
	    ERR_DENIED, "role");
	assert_ok(st->c, extension_ask(st->c, st->in, &st->ann, &o, soon, STR("large mailbox")));
	assert_err(st->c, extension_ask(st->c, st->in, &st->ann, &o, soon, STR("x")), ERR_CONFLICT,
	    "already");
	assert_err(st->c, exchange_answer_time(st->c, st->in, &k.out, ref, 1, 1, true),
	    ERR_NOTFOUND, "no demand");
	assert_ok(st->c, exchange_answer_time(st->c, st->in, &k.pat, ref, 1, 1, true));
	assert_err(st->c, exchange_answer_time(st->c, st->in, &k.pat, ref, 1, 1, false),
	    ERR_CONFLICT, "answered");
	/* the other way round; nobody grants their own */
	assert_ok(st->c,
	    exchange_ask_time(st->c, st->in, &k.pat, ref, 1, soon, STR("the judge is away")));
	assert_err(st->c, exchange_answer_time(st->c, st->in, &k.pat, ref, 1, 2, true), ERR_DENIED,
	    "other side");
	assert_ok(st->c, extension_answer(st->c, st->in, &st->bob, &o, 2, false));
	assert_ok(st->c, extension_list(st->c, st->in, o.id, true, &list));
	assert_int_equal(list->n, 2);
	assert_str(json_text(list->at[0], "state"), "granted");
	assert_str(json_text(list->at[0], "reason"), "large mailbox");
	assert_str(json_text(list->at[1], "state"), "refused");
	story_refused(st,
	    "UPDATE extension SET state = 'granted', rev = rev + 1, entry = " STORY_ENTRY
	    " WHERE state = 'refused'",
	    "not rewritten");
}

/* ---- fetching ---- */

static void write_file(struct story *st, const char *path, const char *text)
{
	assert_ok(st->c, file_write_atomic(st->c, path, 0600, str_of(text)));
}

static void fetched_and_acknowledged(void **state)
{
	static const char no[] = "no production has this reference";
	struct story *st = *state;
	struct cast k = people(st);
	struct str ref = officer_submits(st, &k.pat, warrant, false), prod, got, pin;
	const char *sealed = str_fmt(st->c, "%s/sealed", st->dir).p,
		   *other = str_fmt(st->c, "%s/other", st->dir).p,
		   *out = str_fmt(st->c, "%s/out", st->dir).p;
	struct produce_file f = story_file(st, 1);
	struct legal_order o;
	FILE *to = fopen(out, "w+");

	assert_non_null(to);
	(void)officer_opened(st, ref, &o);
	ready(st, &o);
	write_file(st, sealed, "sealed"); /* as story_produce_as has it */
	write_file(st, other, "another file");
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &f, 1, &prod));
	assert_err(
	    st->c, officer_fetches(st, &k.pat, prod, STR("x"), to, "fetched"), ERR_NOTFOUND, no);
	assert_err(st->c, deposit_put(st->c, st->in, &st->collector, prod, str_of(other)),
	    ERR_INVALID, "not the file");
	pin = officer_laid(st, prod, str_of(sealed));
	assert_err(st->c, deposit_put(st->c, st->in, &st->collector, prod, str_of(sealed)),
	    ERR_CONFLICT, "already");
	assert_err(st->c, exchange_acknowledge(st->c, st->in, &k.pat, prod), ERR_CONFLICT, "fetch");
	assert_err(st->c, officer_fetches(st, &k.out, prod, pin, to, "fetched"), ERR_NOTFOUND, no);
	assert_err(st->c, officer_fetches(st, &k.kim, prod, pin, to, "fetched"), ERR_NOTFOUND, no);
	assert_err(
	    st->c, officer_fetches(st, &k.pat, STR("x"), pin, to, "fetched"), ERR_NOTFOUND, no);
	assert_err(
	    st->c, officer_fetches(st, &k.pat, prod, pin, to, "fetched"), ERR_DENIED, "say first");
	assert_ok(st->c, fetch_pledge(st->c, st->in, &k.pat, ref, prod));
	assert_ok(st->c, officer_fetches(st, &k.pat, prod, pin, to, "fetched"));
	assert_int_equal(fclose(to), 0);
	assert_ok(st->c, file_read(st->c, out, 100, &got));
	assert_str(got, "sealed");
	assert_int_equal(story_num(st, "SELECT count(*) FROM download"), 1);
	assert_ok(st->c, exchange_acknowledge(st->c, st->in, &k.pat, prod));
	assert_str(story_text(st, "SELECT state FROM production"), "acknowledged");
	assert_int_equal(
	    story_num(st, "SELECT actor FROM entry ORDER BY id DESC LIMIT 1"), k.pat.id);
}

/* Sealed to the key that the officer has now, whatever the demand was sent with. */
static void sealed_to_the_key_of_now(void **state)
{
	struct story *st = *state;
	struct cast k = people(st);
	struct str key = STR("age1zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz");
	struct produce_file f = story_file(st, 1);
	struct produce_plan plan;
	struct legal_order o;

	(void)officer_opened(st, officer_submits(st, &k.pat, warrant, false), &o);
	ready(st, &o);
	assert_ok(st->c, produce_prepare(st->c, st->in, &st->collector, &o, &f, 1, &plan));
	assert_str(plan.recipient, OFFICER_KEY);
	assert_ok(st->c, officer_set_key(st->c, st->in, &k.pat, key, (struct instant){STORY_NOW}));
	assert_err(st->c,
	    produce_record(
		st->c, st->in, &st->collector, &o, &f, 1, &plan, hash_of(STR("sealed")), 1),
	    ERR_DENIED, "changed while");
	assert_ok(st->c, produce_prepare(st->c, st->in, &st->collector, &o, &f, 1, &plan));
	assert_str(plan.recipient, key.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(the_authority_is_the_vetted_one),
	    STORY_TEST(who_may_submit),
	    STORY_TEST(not_too_often),
	    STORY_TEST(the_form_for_all),
	    STORY_TEST(which_instrument),
	    STORY_TEST(each_sees_their_own),
	    STORY_TEST(questions_and_corrections),
	    STORY_TEST(withdrawals),
	    STORY_TEST(time_asked_and_granted),
	    STORY_TEST(fetched_and_acknowledged),
	    STORY_TEST(sealed_to_the_key_of_now),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
