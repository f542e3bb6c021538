/* One-time links, recovery by two, a person's passkeys. */
#include "login_kit.h"

#include "desk/outgoing.h"

static int begin(void **state)
{
	*state = story_open();
	login_url(*state);
	return 0;
}

static int end(void **state)
{
	story_close(*state);
	return 0;
}

static int telling_one(struct ctx *c, const struct outgoing *o, void *arg)
{
	int *n = arg;

	(void)c;
	assert_str(o->kind, "person.recovered");
	assert_str(o->to, "ann@house.example");
	assert_non_null(strstr(o->text.p, "somebody else"));
	assert_null(strstr(o->text.p, "enrol"));
	*n += 1;
	return 0;
}

/* How many mails tell ann of a recovery; the link is never in one. */
static int told(struct story *st)
{
	int n = 0;

	assert_ok(st->c, outgoing_each(st->c, st->in, 10, telling_one, &n));
	return n;
}

static void a_link_is_used_once(void **state)
{
	struct story *st = *state;
	struct story_mark m = story_mark(st);
	struct device d = device_make(st->c, PASSKEY_ES256),
		      late = device_make(st->c, PASSKEY_EDDSA);
	enum passkey_fault why;
	struct enrol_link link;
	struct enrol e;
	struct json *j;

	assert_ok(st->c, enrol_link(st->c, st->in, &st->admin, &st->ann, &link));
	story_wrote(st, m, "person.link");
	assert_int_equal(link.token.n, ENROL_TOKEN_SIZE);
	assert_true(str_starts(link.url, "https://desk.example.net/enrol/"));
	assert_true(str_ends(link.url, link.token.p));
	assert_ok(st->c, enrol_find(st->c, st->in, link.token, &e));
	assert_int_equal(e.person.id, st->ann.id);
	assert_ok(st->c, enrol_ask(st->c, st->in, link.token, &j));
	assert_str(json_text(j, "rpId"), "desk.example.net");
	assert_str(json_text(j, "name"), "ann");
	m = story_mark(st);
	assert_ok(st->c, enrol_with(st, link.token, &d, &why));
	story_wrote(st, m, "person.passkey");
	/* used: nothing is told of it any more, also to a second device */
	assert_err(st->c, enrol_find(st->c, st->in, link.token, &e), ERR_NOTFOUND, "not good");
	assert_err(st->c, enrol_with(st, link.token, &late, &why), ERR_NOTFOUND, "not good");
	assert_err(st->c, enrol_ask(st->c, st->in, STR("0"), &j), ERR_NOTFOUND, "not good");
	assert_int_equal(story_num(st, "SELECT count(*) FROM passkey"), 1);
	/* neither the token nor the passkey's name is stored in the clear */
	assert_int_equal(story_num(st, "SELECT count(*) FROM passkey WHERE instr(name_ct, "
				       "CAST('Laptop' AS BLOB)) > 0"),
	    0);
	device_end(&d);
	device_end(&late);
}

static void a_link_ends(void **state)
{
	struct story *st = *state;
	struct device d = device_make(st->c, PASSKEY_ES256);
	enum passkey_fault why;
	struct enrol_link first, second;
	struct enrol e;

	/* by a newer one */
	assert_ok(st->c, enrol_link(st->c, st->in, &st->admin, &st->ann, &first));
	assert_ok(st->c, enrol_link(st->c, st->in, &st->admin, &st->ann, &second));
	assert_err(st->c, enrol_find(st->c, st->in, first.token, &e), ERR_NOTFOUND, "not good");
	/* by time */
	st->c->fixed_now += ENROL_LINK_SECONDS - 1;
	assert_ok(st->c, enrol_find(st->c, st->in, second.token, &e));
	st->c->fixed_now++;
	assert_err(st->c, enrol_with(st, second.token, &d, &why), ERR_NOTFOUND, "not good");
	/* with its person */
	assert_ok(st->c, enrol_link(st->c, st->in, &st->admin, &st->ann, &first));
	assert_ok(st->c, person_set(st->c, st->in, &st->admin, STR("ann"), 0, false, false));
	assert_err(st->c, enrol_with(st, first.token, &d, &why), ERR_NOTFOUND, "not good");
	assert_int_equal(story_num(st, "SELECT count(*) FROM passkey"), 0);
	device_end(&d);
}

static void who_gives_links(void **state)
{
	struct story *st = *state;
	const struct person *others[] = {&st->intake, &st->ann, &st->counsel, &st->collector,
	    &st->publisher, &st->auditor, &st->named};
	struct story_mark m = story_mark(st);
	struct enrol_link link;
	struct person gone = st->bob;

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		assert_err(st->c, enrol_link(st->c, st->in, others[i], &st->bob, &link), ERR_DENIED,
		    "needs the role admin");
		assert_err(st->c,
		    enrol_person(
			st->c, st->in, others[i], STR("eve"), ROLE_REVIEWER, false, NULL, &link),
		    ERR_DENIED, "needs the role admin");
	}
	gone.active = false;
	assert_err(
	    st->c, enrol_link(st->c, st->in, &st->admin, &gone, &link), ERR_DENIED, "sent away");
	st->in->serve.url = STR("");
	assert_err(
	    st->c, enrol_link(st->c, st->in, &st->admin, &st->bob, &link), ERR_INVALID, "url");
	assert_err(st->c,
	    enrol_person(st->c, st->in, &st->admin, STR("eve"), ROLE_REVIEWER, false, NULL, &link),
	    ERR_INVALID, "url");
	login_url(st);
	story_untouched(st, m);
}

static void a_new_person(void **state)
{
	struct story *st = *state;
	struct device d = device_make(st->c, PASSKEY_EDDSA);
	enum passkey_fault why;
	struct enrol_link link;
	struct session s;
	struct person p;
	struct str token;

	assert_err(st->c,
	    enrol_person(st->c, st->in, &st->admin, STR("ann"), ROLE_REVIEWER, false, NULL, &link),
	    ERR_CONFLICT, "taken");
	assert_ok(st->c,
	    enrol_person(st->c, st->in, &st->admin, STR("eve"), ROLE_REVIEWER, false, NULL, &link));
	assert_ok(st->c, enrol_with(st, link.token, &d, &why));
	token = login_ok(st, &d);
	assert_ok(st->c, session_find(st->c, st->in, token, &s, &p));
	assert_str(p.handle, "eve");
	assert_int_equal(p.roles, ROLE_REVIEWER);
	device_end(&d);
}

static void recovery_takes_two(void **state)
{
	struct story *st = *state;
	struct device lost = device_of(st, &st->ann, PASSKEY_ES256, 0);
	struct device fresh = device_make(st->c, PASSKEY_EDDSA);
	struct str token = login_ok(st, &lost), again;
	enum passkey_fault why;
	struct enrol_link link;
	struct session s;
	struct person p, root2;
	struct story_mark m;

	root2 = story_person(st, "root2", ROLE_ADMIN, false, 1100);
	/* not alone */
	assert_err(st->c, enrol_link(st->c, st->in, &st->admin, &st->ann, &link), ERR_CONFLICT,
	    "takes two persons");
	assert_err(st->c, enrol_confirm(st->c, st->in, &st->counsel, &st->ann, &link), ERR_NOTFOUND,
	    "no recovery is proposed");
	assert_err(st->c, enrol_recover(st->c, st->in, &st->counsel, &st->ann), ERR_DENIED,
	    "needs the role admin");
	assert_err(st->c, enrol_recover(st->c, st->in, &root2, &root2), ERR_DENIED, "oneself");
	m = story_mark(st);
	assert_ok(st->c, enrol_recover(st->c, st->in, &st->admin, &st->ann));
	story_wrote(st, m, "person.recover");
	assert_err(st->c, enrol_recover(st->c, st->in, &root2, &st->ann), ERR_CONFLICT,
	    "proposed already");
	assert_err(st->c, enrol_confirm(st->c, st->in, &st->admin, &st->ann, &link), ERR_DENIED,
	    "another person");
	assert_err(st->c, enrol_confirm(st->c, st->in, &st->ann, &st->ann, &link), ERR_DENIED,
	    "needs the role");
	assert_err(st->c, enrol_confirm(st->c, st->in, &st->bob, &st->ann, &link), ERR_DENIED,
	    "needs the role");
	/* until somebody confirms, nothing has changed */
	assert_ok(st->c, session_find(st->c, st->in, token, &s, &p));
	m = story_mark(st);
	assert_ok(
	    st->c, db_run(st->c, st->in->store.db, SQL_PERSON_MAIL_PUT,
		       DB_ARGS(db_int(st->ann.id), db_blob(vault_seal(st->c, st->in->store.vault,
						       "person.mail", STR("ann@house.example")))),
		       NULL));
	assert_int_equal(told(st), 0);
	assert_ok(st->c, enrol_confirm(st->c, st->in, &st->counsel, &st->ann, &link));
	story_wrote(st, m, "person.recover_confirm");
	assert_int_equal(told(st), 1);
	assert_err(st->c, session_find(st->c, st->in, token, &s, &p), ERR_DENIED, "sign in again");
	assert_fault(login_with(st, &lost, &again, &why), PASSKEY_UNKNOWN);
	assert_ok(st->c, enrol_with(st, link.token, &fresh, &why));
	(void)login_ok(st, &fresh);
	assert_err(st->c, enrol_confirm(st->c, st->in, &root2, &st->ann, &link), ERR_NOTFOUND,
	    "no recovery");
	device_end(&lost);
	device_end(&fresh);
}

static void a_proposal_grows_old(void **state)
{
	struct story *st = *state;
	struct device lost = device_of(st, &st->ann, PASSKEY_ES256, 0);
	struct enrol_link link;

	assert_ok(st->c, enrol_recover(st->c, st->in, &st->admin, &st->ann));
	st->c->fixed_now += ENROL_PROPOSAL_SECONDS;
	assert_err(st->c, enrol_confirm(st->c, st->in, &st->counsel, &st->ann, &link), ERR_NOTFOUND,
	    "no longer");
	assert_ok(st->c, enrol_recover(st->c, st->in, &st->admin, &st->ann));
	assert_ok(st->c, enrol_confirm(st->c, st->in, &st->counsel, &st->ann, &link));
	device_end(&lost);
}

/* Walls below the desk: what the schema itself refuses. */
static void walls(void **state)
{
	struct story *st = *state;
	struct device d = device_of(st, &st->ann, PASSKEY_ES256, 0);

	assert_ok(st->c, enrol_recover(st->c, st->in, &st->admin, &st->ann));
	story_refused(st,
	    "INSERT INTO enrolment (person, recovery, state, maker, made, token_hash, until, rev, "
	    "entry)"
	    " SELECT person, 0, 'open', maker, made, x'77', until, 1, " STORY_ENTRY
	    " FROM enrolment WHERE state = 'proposed'",
	    "takes two persons");
	story_refused(st,
	    "UPDATE enrolment SET state = 'open', token_hash = x'78', rev = rev + 1, entry "
	    "= " STORY_ENTRY " WHERE state = 'proposed'",
	    "CHECK");
	story_refused(st,
	    "UPDATE enrolment SET state = 'open', token_hash = x'78', confirmer = maker, rev = rev "
	    "+ 1, "
	    "entry = " STORY_ENTRY " WHERE state = 'proposed'",
	    "CHECK");
	story_refused(st,
	    "UPDATE enrolment SET state = 'open', token_hash = x'78', confirmer = (SELECT id FROM "
	    "person WHERE unix_uid = 1003), rev = rev + 1, entry = " STORY_ENTRY
	    " WHERE state = 'proposed'",
	    "an admin or counsel confirms");
	story_refused(st,
	    "UPDATE enrolment SET state = 'open', rev = rev + 1, entry = " STORY_ENTRY
	    " WHERE state = 'used'",
	    "used once");
	story_refused(st,
	    "UPDATE passkey SET ended = 1, cause = 'own', rev = rev + 1, entry = " STORY_ENTRY,
	    "own last passkey");
	story_refused(st,
	    "UPDATE passkey SET public_key = zeroblob(64), rev = rev + 1, entry = " STORY_ENTRY,
	    "not rewritten");
	story_refused(st, "DELETE FROM passkey", "never deleted");
	story_refused(st, "DELETE FROM enrolment", "never deleted");
	device_end(&d);
}

static void more_passkeys(void **state)
{
	struct story *st = *state;
	struct device d = device_of(st, &st->ann, PASSKEY_ES256, 0);
	struct device two = device_make(st->c, PASSKEY_EDDSA),
		      bobs = device_of(st, &st->bob, PASSKEY_EDDSA, 0);
	struct passkey_fields f;
	enum passkey_fault why;
	struct json *j;
	struct str token;

	/* the own last one stays */
	assert_err(st->c, keyring_end(st->c, st->in, &st->ann, st->ann.id, 1), ERR_DENIED,
	    "the last passkey stays");
	assert_ok(st->c, enrol_ask_more(st->c, st->in, &st->ann, 7, &j));
	assert_int_equal(json_find(j, "known")->n, 1);
	f = device_register(&two, challenge_of(st, j));
	/* not in another session, nor with a link's or a sign-in's challenge */
	assert_fault(
	    enrol_take_more(st->c, st->in, &st->ann, 8, &f, STR("Key"), &why), PASSKEY_CHALLENGE);
	assert_err(st->c, enrol_take_more(st->c, st->in, &st->ann, 7, &f, STR("two\nlines"), &why),
	    ERR_INVALID, "one line");
	assert_err(st->c, enrol_take_more(st->c, st->in, &st->ann, 7, &f, STR(""), &why),
	    ERR_INVALID, "one line");
	assert_ok(st->c, enrol_take_more(st->c, st->in, &st->ann, 7, &f, STR("Key"), &why));
	assert_fault(
	    enrol_take_more(st->c, st->in, &st->ann, 7, &f, STR("Key"), &why), PASSKEY_TAKEN);
	/* somebody else's credential is nobody's second one */
	assert_ok(st->c, enrol_ask_more(st->c, st->in, &st->ann, 7, &j));
	f = device_register(&bobs, challenge_of(st, j));
	assert_fault(
	    enrol_take_more(st->c, st->in, &st->ann, 7, &f, STR("Key"), &why), PASSKEY_TAKEN);
	assert_ok(st->c, keyring_view(st->c, st->in, &st->ann, st->ann.id, &j));
	assert_int_equal(json_find(j, "passkeys")->n, 2);
	assert_str(json_text(json_find(j, "passkeys")->at[1], "name"), "Key");
	assert_err(
	    st->c, keyring_view(st->c, st->in, &st->bob, st->ann.id, &j), ERR_DENIED, "admin");
	assert_ok(st->c, keyring_view(st->c, st->in, &st->admin, st->ann.id, &j));
	assert_err(st->c, keyring_end(st->c, st->in, &st->bob, st->ann.id, 1), ERR_DENIED, "admin");
	assert_err(
	    st->c, keyring_end(st->c, st->in, &st->ann, st->ann.id, 3), ERR_NOTFOUND, "number");
	assert_ok(st->c, keyring_end(st->c, st->in, &st->ann, st->ann.id, 1));
	assert_err(
	    st->c, keyring_end(st->c, st->in, &st->ann, st->ann.id, 1), ERR_CONFLICT, "already");
	assert_fault(login_with(st, &d, &token, &why), PASSKEY_UNKNOWN);
	(void)login_ok(st, &two);
	device_end(&d);
	device_end(&two);
	device_end(&bobs);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
	    T(a_link_is_used_once),
	    T(a_link_ends),
	    T(who_gives_links),
	    T(a_new_person),
	    T(recovery_takes_two),
	    T(a_proposal_grows_old),
	    T(walls),
	    T(more_passkeys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
