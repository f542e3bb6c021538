/* Officers: registration that tells nothing, the code, vetting by one or two, standing and what
 * follows from it, forgetting. */
#include "officer_story.h"

/* ---- registration ---- */

static void what_a_form_needs(void **state)
{
	static const struct {
		struct officer_form f;
		const char *part;
	} cases[] = {
	    {{.name = {"", 0}}, "name"},
	    {{.name = {"a\nb", 3}}, "name"},
	    {{.phone = {" ", 1}}, "phone"},
	    {{.country = {"XX", 2}}, "country"},
	    {{.language = {"fr", 2}}, "language"},
	    {{.recipient = {"ssh-rsa x", 9}}, "recipient"},
	    {{.address = {"nobody", 6}}, "address"},
	};
	struct story *st = *state;
	struct story_mark m = story_mark(st);

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct officer_form f = officer_form_of("a@police.example");

		if (cases[i].f.name.p != NULL)
			f.name = cases[i].f.name;
		if (cases[i].f.phone.p != NULL)
			f.phone = cases[i].f.phone;
		if (cases[i].f.country.p != NULL)
			f.country = cases[i].f.country;
		if (cases[i].f.language.p != NULL)
			f.language = cases[i].f.language;
		if (cases[i].f.recipient.p != NULL)
			f.recipient = cases[i].f.recipient;
		if (cases[i].f.address.p != NULL)
			f.address = cases[i].f.address;
		assert_err(st->c, officer_register(st->c, st->in, STR(""), &f), ERR_INVALID,
		    cases[i].part);
	}
	story_untouched(st, m);
	assert_int_equal(officer_letters(st, NULL).n, 0);
}

/* Known or unknown, suspended or refused: the answer is one, and one letter goes to the address. */
static void registering_tells_nothing(void **state)
{
	static const char *const addresses[] = {
	    "new@police.example", "active@police.example", "gone@police.example"};
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police of A", "police.example");
	struct person active = officer_active(st, "active@police.example", agency);
	struct person gone = officer_active(st, "gone@police.example", agency);

	(void)active;
	assert_ok(st->c, standing_officer(st->c, st->in, &st->intake, officer_of(st, &gone).ref,
			     STR("suspended"), STR("a call")));
	for (size_t i = 0; i < 3; i++) {
		struct officer_form f = officer_form_of(addresses[i]);
		int64_t people = story_num(st, "SELECT count(*) FROM person");
		struct story_mark m = story_mark(st);
		int before = officer_letters(st, addresses[i]).n;

		assert_ok(st->c, officer_register(st->c, st->in, STR(""), &f));
		assert_int_equal(officer_letters(st, addresses[i]).n, before + 1);
		assert_int_equal(story_num(st, "SELECT count(*) FROM person"), people);
		assert_int_equal(story_mark(st).entries, m.entries);
	}
	/* and who is known gets no code, under whatever letter */
	assert_null(strstr(officer_letters(st, addresses[1]).last.text.p, "code"));
	assert_non_null(strstr(officer_letters(st, addresses[0]).last.text.p, "code"));
	/* a flood is answered alike, and sends nothing more */
	for (int i = 0; i < 5; i++) {
		struct officer_form f = officer_form_of(addresses[0]);

		assert_ok(st->c, officer_register(st->c, st->in, STR(""), &f));
	}
	assert_int_equal(officer_letters(st, addresses[0]).n, 3);
}

/* However many addresses one place has or names, and whoever else asks is not kept out by it. */
static void one_place_is_limited(void **state)
{
	struct story *st = *state;
	struct officer_form f;

	for (int i = 0; i < 20; i++) {
		struct str place = str_fmt(st->c, "2001:db8:1:2::%x", i + 1);

		f = officer_form_of(str_fmt(st->c, "a%d@police.example", i).p);
		assert_ok(st->c, officer_register(st->c, st->in, place, &f));
	}
	f = officer_form_of("b@police.example");
	assert_err(st->c, officer_register(st->c, st->in, STR("2001:db8:1:2:ffff::1"), &f),
	    ERR_LIMIT, "too many");
	assert_int_equal(officer_letters(st, "b@police.example").n, 0);
	/* one that was wrong was not counted, and another place is free */
	assert_ok(st->c, officer_register(st->c, st->in, STR("2001:db8:1:3::1"), &f));
	assert_ok(st->c, officer_register(st->c, st->in, STR("192.0.2.1"), &f));
	st->c->fixed_now += 3601;
	assert_ok(st->c, officer_register(st->c, st->in, STR("2001:db8:1:2::1"), &f));
}

static void the_code(void **state)
{
	static const char no[] = "the code does not fit";
	struct story *st = *state;
	struct officer_form f = officer_form_of("Pat@Police.Example");
	struct officer o;
	struct str code;
	bool found;

	assert_err(st->c, officer_confirm(st->c, st->in, STR("x@y.example"), STR("ABCDEFGH")),
	    ERR_DENIED, no);
	assert_err(
	    st->c, officer_confirm(st->c, st->in, STR("x"), STR("ABCDEFGH")), ERR_DENIED, no);
	assert_ok(st->c, officer_register(st->c, st->in, STR(""), &f));
	code = officer_code(st, NULL);
	assert_int_equal(code.n, 8);
	/* five wrong ones end it; who registers again gets another at once */
	for (int i = 0; i < OFFICER_CODE_TRIES; i++)
		assert_err(st->c, officer_confirm(st->c, st->in, f.address, STR("WRONG000")),
		    ERR_DENIED, no);
	assert_err(st->c, officer_confirm(st->c, st->in, f.address, code), ERR_DENIED, no);
	assert_ok(st->c, officer_register(st->c, st->in, STR(""), &f));
	code = officer_code(st, NULL);
	st->c->fixed_now = STORY_NOW + OFFICER_CODE_SECONDS + 1;
	assert_err(st->c, officer_confirm(st->c, st->in, f.address, code), ERR_DENIED, no);
	assert_ok(st->c, officer_register(st->c, st->in, STR(""), &f));
	code = str_lower(st->c, officer_code(st, NULL));
	assert_ok(st->c, officer_confirm(st->c, st->in, f.address, code));
	assert_err(st->c, officer_confirm(st->c, st->in, f.address, code), ERR_DENIED, no);
	assert_ok(st->c, officer_find_address(st->c, st->in, f.address, &o, &found));
	assert_true(found);
	assert_str(o.state, "confirmed");
	assert_str(o.name, "Pat Doe");
	assert_int_equal(story_num(st, "SELECT roles FROM person ORDER BY id DESC LIMIT 1"), 0);
	assert_int_equal(story_num(st, "SELECT count(*) FROM registration"), 0);
}

/* ---- vetting ---- */

static void the_first_needs_two(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police of A", "police.example");
	struct officer o = officer_waiting(st, "a@police.example");
	struct person p;
	bool active = true;

	assert_err(st->c, officer_vet(st, &st->ann, o.ref, agency, &active), ERR_DENIED, "role");
	assert_err(st->c, officer_vet(st, &st->admin, o.ref, agency, &active), ERR_DENIED, "role");
	assert_ok(st->c, person_get(st->c, st->in, o.person, &p));
	assert_err(st->c, officer_acts(st->c, st->in, &p, &o), ERR_DENIED, "vetted");
	assert_ok(st->c, officer_vet(st, &st->intake, o.ref, agency, &active));
	assert_false(active);
	assert_err(st->c, officer_vet(st, &st->intake, o.ref, agency, &active), ERR_DENIED,
	    "another than the first");
	assert_err(st->c, officer_acts(st->c, st->in, &p, &o), ERR_DENIED, "vetted");
	assert_ok(st->c, officer_vet(st, &st->counsel, o.ref, (struct str){"", 0}, &active));
	assert_true(active);
	assert_ok(st->c, officer_acts(st->c, st->in, &p, &o));
	assert_err(
	    st->c, officer_vet(st, &st->counsel, o.ref, agency, &active), ERR_CONFLICT, "active");
	/* without an address of the house in writ.yaml the letter has no link */
	assert_str(officer_letters(st, "a@police.example").last.kind, "officer.welcome");
	assert_int_equal(story_num(st, "SELECT count(*) FROM enrolment"), 0);
	st->in->serve.url = STR("https://writ.example");
	o = officer_waiting(st, "b@police.example");
	assert_ok(st->c, officer_vet(st, &st->intake, o.ref, agency, &active));
	assert_non_null(
	    strstr(officer_letters(st, "b@police.example").last.text.p, "https://writ.example/"));
	assert_int_equal(story_num(st, "SELECT count(*) FROM enrolment WHERE state = 'open'"), 1);
}

static void the_next_needs_one_where_the_domain_is_known(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police of A", "police.example");
	struct officer o;
	bool active;

	(void)officer_active(st, "a@police.example", agency);
	o = officer_waiting(st, "b@north.police.example");
	assert_ok(st->c, officer_vet(st, &st->intake, o.ref, agency, &active));
	assert_true(active);
	o = officer_waiting(st, "c@notpolice.example");
	assert_ok(st->c, officer_vet(st, &st->intake, o.ref, agency, &active));
	assert_false(active);
	assert_ok(st->c,
	    vetting_refuse(st->c, st->in, &st->counsel, o.ref, STR("nobody knows them there")));
	/* who was refused may register anew, under the same address */
	o = officer_waiting(st, "c@notpolice.example");
	assert_str(o.state, "confirmed");
}

static void the_schema_vets_too(void **state)
{
#define OFFICER_STEP ", rev = rev + 1, entry = " STORY_ENTRY " WHERE id = 1"
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police of A", "police.example");
	struct officer o = officer_waiting(st, "a@police.example");

	(void)agency;
	assert_int_equal(o.id, 1);
	story_refused(st, "UPDATE officer SET state = 'active'" OFFICER_STEP, "CHECK");
	story_refused(st,
	    "UPDATE officer SET state = 'active', agency = 1, vetter = 2" OFFICER_STEP,
	    "vetted by two");
	story_refused(st,
	    "UPDATE officer SET state = 'active', agency = 1, vetter = 2, second_due = 1, second = "
	    "2" OFFICER_STEP,
	    "CHECK");
	story_refused(st,
	    "UPDATE officer SET state = 'active', agency = 1, vetter = 3, second_due = 1, second = "
	    "2" OFFICER_STEP,
	    "intake or counsel vets");
	story_refused(st,
	    "UPDATE person SET roles = 2, rev = rev + 1, entry = " STORY_ENTRY
	    " WHERE id = (SELECT person FROM officer)",
	    "no role");
	story_refused(st, "UPDATE officer SET ref = 'x'" OFFICER_STEP, "not rewritten");
	story_refused(st, "UPDATE officer SET profile_ct = x'00'" OFFICER_STEP, "not rewritten");
	story_refused(st,
	    "INSERT INTO submission (demand, officer, agency, shared, at, rev, entry) VALUES (1, "
	    "1, "
	    "1, 0, 1, 1, " STORY_ENTRY ")",
	    "an active officer");
	assert_err(st->c,
	    person_set(st->c, st->in, &st->admin,
		str_fmt(st->c, "officer-%s", str_lower(st->c, o.ref).p), ROLE_REVIEWER, false,
		true),
	    ERR_DENIED, "no role");
}

static void domains(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police of A", "police.example");
	struct json *list;
	struct agency a;
	bool known;

	assert_ok(st->c, agency_get(st->c, st->in, agency, &a));
	assert_err(st->c, agency_domain(st->c, st->in, &st->ann, agency, STR("x.example"), &known),
	    ERR_DENIED, "role");
	assert_err(st->c,
	    agency_domain(st->c, st->in, &st->intake, agency, STR("police.example"), &known),
	    ERR_CONFLICT, "known");
	assert_ok(
	    st->c, agency_domain(st->c, st->in, &st->intake, agency, STR("New.Example"), &known));
	assert_err(st->c,
	    agency_domain(st->c, st->in, &st->intake, agency, STR("new.example"), &known),
	    ERR_DENIED, "second person");
	assert_ok(st->c, agency_knows(st->c, st->in, a.id, STR("new.example"), &known));
	assert_false(known);
	assert_ok(st->c, agency_knows(st->c, st->in, a.id, STR("a.b.police.example"), &known));
	assert_true(known);
	assert_ok(st->c, agency_knows(st->c, st->in, a.id, STR("xpolice.example"), &known));
	assert_false(known);
	assert_ok(
	    st->c, agency_domain_end(st->c, st->in, &st->intake, agency, STR("police.example")));
	assert_ok(st->c, agency_knows(st->c, st->in, a.id, STR("police.example"), &known));
	assert_false(known);
	assert_ok(st->c, agency_domains(st->c, st->in, a.id, &list));
	assert_int_equal(list->n, 2);
}

/* ---- the key ---- */

static void the_key_is_changed_by_who_proves_it(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police of A", "police.example");
	struct person a = officer_active(st, "a@police.example", agency);
	struct person b = officer_active(st, "b@police.example", agency);
	struct str key = STR("age1zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz");
	int before = officer_letters(st, "b@police.example").n;
	struct instant now = {STORY_NOW}, old = {STORY_NOW - OFFICER_PROVED_SECONDS - 1};

	(void)b;
	assert_err(st->c, officer_set_key(st->c, st->in, &a, key, INSTANT_NONE), ERR_DENIED,
	    "sign in again");
	assert_err(
	    st->c, officer_set_key(st->c, st->in, &a, key, old), ERR_DENIED, "sign in again");
	assert_err(st->c, officer_set_key(st->c, st->in, &a, STR("x"), now), ERR_INVALID, "age");
	assert_err(
	    st->c, officer_set_key(st->c, st->in, &st->intake, key, now), ERR_DENIED, "officers");
	assert_ok(st->c, officer_set_key(st->c, st->in, &a, key, now));
	assert_str(officer_of(st, &a).recipient, key.p);
	assert_int_equal(officer_letters(st, "b@police.example").n, before + 1);
	assert_str(officer_letters(st, "b@police.example").last.kind, "officer.key");
}

/* ---- standing ---- */

static const struct story_ask warrant = {
    .instrument = "US-WARRANT", .facts = STORY_WARRANT, .fields = "'body'"};

/* What the officer's form says of the house's own judgement is not taken: enter it. */
static void ready(struct story *st, const struct legal_order *o)
{
	assert_ok(st->c, story_fact(st, o, "order.competent", "yes"));
	assert_ok(st->c, story_fact(st, o, "order.capability", "no"));
	assert_ok(st->c, story_fact(st, o, "order.us_user_foreign", "no"));
	story_approve(st, o);
}

static void compromised_stops_everything(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police of A", "police.example");
	struct person p = officer_active(st, "a@police.example", agency);
	struct draft d = story_draft(st, warrant);
	struct portal_demand pd = {.draft = &d};
	struct produce_file f = story_file(st, 1);
	struct demand_receipt r;
	struct legal_order o;
	struct str prod;

	(void)officer_opened(st, officer_submits(st, &p, warrant, false), &o);
	ready(st, &o);
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &f, 1, &prod));
	assert_err(st->c,
	    standing_officer(
		st->c, st->in, &st->ann, officer_of(st, &p).ref, STR("compromised"), STR("x")),
	    ERR_DENIED, "role");
	assert_ok(
	    st->c, standing_officer(st->c, st->in, &st->intake, officer_of(st, &p).ref,
		       STR("compromised"), STR("the agency called: the mailbox was taken over")));
	/* acts no more, by the desk and below it */
	assert_err(st->c, portal_submit(st->c, st->in, &p, &pd, &r), ERR_DENIED, "vetted officers");
	assert_int_equal(story_num(st, "SELECT active FROM person WHERE roles = 0"), 0);
	/* what is open has an alert, what lies sealed stays here */
	assert_int_equal(story_num(st, "SELECT count(*) FROM alert"), 1);
	assert_str(
	    story_text(st, "SELECT kind FROM entry WHERE matter IS NOT NULL ORDER BY id DESC "
			   "LIMIT 1"),
	    "alert.raise");
	story_no_way(st, &o, 1, ERR_DENIED, "suspended or compromised");
	assert_err(st->c, produce_deliver(st->c, st->in, &st->collector, prod, STR("portal")),
	    ERR_DENIED, "suspended or compromised");
	story_refused(st,
	    "INSERT INTO delivery (production, channel, at, rev, entry) SELECT max(id), 'portal', "
	    "1,"
	    " 1, " STORY_ENTRY " FROM production",
	    "not trusted");
	story_refused(st,
	    "INSERT INTO production (ref, legal_order, at, maker, recipient, manifest_hash, "
	    "blob_hash, size, state, rev, entry) VALUES ('f', 1, 0, 6, 'k', x'00', x'00', 1, "
	    "'sealed', 1, " STORY_ENTRY ")",
	    "not trusted");
}

static void confirmed_by_another_way(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police of A", "police.example");
	struct person p = officer_active(st, "a@police.example", agency);
	struct str first = officer_submits(st, &p, warrant, false),
		   later = officer_submits(st, &p, warrant, false);
	struct produce_file f = story_file(st, 1);
	struct legal_order o, o2;
	struct matter m = officer_opened(st, first, &o);
	struct json *list;
	struct str prod;

	ready(st, &o);
	assert_ok(st->c, story_produce_as(st, &st->collector, &o, &f, 1, &prod));
	assert_ok(st->c, standing_officer(st->c, st->in, &st->intake, officer_of(st, &p).ref,
			     STR("suspended"), STR("a call")));
	/* and what waited in triage gets one as it is opened */
	(void)officer_opened(st, later, &o2);
	assert_int_equal(story_num(st, "SELECT count(*) FROM alert WHERE cleared IS NULL"), 2);
	assert_ok(st->c, standing_alerted(st->c, st->in, &st->intake, &list));
	assert_int_equal(list->n, 2);
	assert_err(st->c, standing_confirm(st->c, st->in, &st->ann, &m, STR("phone"), STR("x")),
	    ERR_DENIED, "role");
	assert_err(st->c, standing_confirm(st->c, st->in, &st->intake, &m, STR(""), STR("x")),
	    ERR_INVALID, "other way");
	assert_ok(st->c, standing_confirm(st->c, st->in, &st->intake, &m,
			     STR("the court's registry"), STR("the clerk read the warrant to us")));
	assert_err(st->c, standing_confirm(st->c, st->in, &st->intake, &m, STR("x"), STR("x")),
	    ERR_CONFLICT, "no alert");
	assert_ok(st->c, produce_deliver(st->c, st->in, &st->collector, prod, STR("portal")));
}

static void an_agency_suspended_and_trusted_again(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police of A", "police.example");
	struct person a = officer_active(st, "a@police.example", agency);
	struct person b = officer_active(st, "b@police.example", agency);
	struct legal_order o;
	struct officer now;

	(void)officer_opened(st, officer_submits(st, &a, warrant, false), &o);
	assert_ok(st->c, standing_officer(st->c, st->in, &st->counsel, officer_of(st, &b).ref,
			     STR("suspended"), STR("left their badge on the train")));
	assert_ok(st->c,
	    standing_agency(st->c, st->in, &st->counsel, agency, STR("suspended"), STR("a call")));
	assert_err(st->c,
	    standing_agency(st->c, st->in, &st->counsel, agency, STR("suspended"), STR("a call")),
	    ERR_CONFLICT, "already");
	assert_int_equal(story_num(st, "SELECT count(*) FROM alert"), 1);
	assert_err(st->c, officer_acts(st->c, st->in, &a, &now), ERR_DENIED, "vetted");
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM person WHERE roles = 0 AND active = 1"), 0);
	assert_err(st->c,
	    standing_agency(st->c, st->in, &st->intake, agency, STR("active"), STR("a call")),
	    ERR_DENIED, "counsel");
	assert_ok(st->c,
	    standing_agency(st->c, st->in, &st->counsel, agency, STR("active"), STR("mended")));
	assert_ok(st->c, officer_acts(st->c, st->in, &a, &now));
	/* who was suspended alone stays so */
	assert_err(st->c, officer_acts(st->c, st->in, &b, &now), ERR_DENIED, "vetted");
}

static void forgotten(void **state)
{
	struct story *st = *state;
	struct str agency = officer_agency(st, "Police of A", "police.example");
	struct person p = officer_active(st, "a@police.example", agency);
	struct str officer = officer_of(st, &p).ref;
	struct str ref = officer_submits(st, &p, warrant, false);
	struct json *list;

	assert_err(
	    st->c, standing_forget(st->c, st->in, &st->counsel, officer), ERR_DENIED, "is active");
	assert_ok(st->c, standing_officer(st->c, st->in, &st->intake, officer, STR("left"),
			     STR("moved to another post")));
	assert_err(
	    st->c, standing_forget(st->c, st->in, &st->counsel, officer), ERR_DENIED, "open yet");
	assert_ok(st->c, demand_sort_out(st->c, st->in, &st->intake, ref, STR("press")));
	assert_err(st->c, standing_forget(st->c, st->in, &st->intake, officer), ERR_DENIED, "role");
	assert_ok(st->c, standing_forget(st->c, st->in, &st->counsel, officer));
	assert_err(
	    st->c, standing_forget(st->c, st->in, &st->counsel, officer), ERR_CONFLICT, "already");
	assert_int_equal(story_num(st, "SELECT count(*) FROM officer WHERE profile_ct IS NOT NULL "
				       "OR profile_gone IS NULL OR recipient <> ''"),
	    0);
	assert_int_equal(story_num(st, "SELECT count(*) FROM officer_address"), 0);
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM standing WHERE officer IS NOT NULL AND "
			  "reason_ct IS NOT NULL"),
	    0);
	assert_ok(st->c, standing_list(st->c, st->in, 1, 0, &list));
	assert_int_equal(list->n, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    STORY_TEST(what_a_form_needs),
	    STORY_TEST(registering_tells_nothing),
	    STORY_TEST(one_place_is_limited),
	    STORY_TEST(the_code),
	    STORY_TEST(the_first_needs_two),
	    STORY_TEST(the_next_needs_one_where_the_domain_is_known),
	    STORY_TEST(the_schema_vets_too),
	    STORY_TEST(domains),
	    STORY_TEST(the_key_is_changed_by_who_proves_it),
	    STORY_TEST(compromised_stops_everything),
	    STORY_TEST(confirmed_by_another_way),
	    STORY_TEST(an_agency_suspended_and_trusted_again),
	    STORY_TEST(forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
