/* Signing in: from a passkey's answer to a session, and what does not become one. */
#include "login_kit.h"

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

static void a_passkey_signs_in(void **state)
{
	static const enum passkey_alg algs[] = {PASSKEY_ES256, PASSKEY_EDDSA};
	struct story *st = *state;
	const struct person *who[] = {&st->ann, &st->bob};

	for (int i = 0; i < 2; i++) {
		struct device d = device_of(st, who[i], algs[i], 0);
		struct str token = login_ok(st, &d), other = login_ok(st, &d);
		struct session s;
		struct person p;

		assert_int_equal(token.n, 64);
		assert_false(str_eq(token, other)); /* each sign-in has a session of its own */
		assert_ok(st->c, session_find(st->c, st->in, token, &s, &p));
		assert_int_equal(p.id, who[i]->id);
		assert_int_equal(s.proof.n, 64);
		assert_ok(st->c, session_find(st->c, st->in, other, &s, &p));
		/* its token stands nowhere, in no form */
		assert_int_equal(story_num(st, str_fmt(st->c,
						   "SELECT count(*) FROM session WHERE "
						   "instr(token_hash, x'%s') > 0 OR ref = '%s'",
						   token.p, token.p)
						   .p),
		    0);
		device_end(&d);
	}
	assert_int_equal(story_num(st, "SELECT count(*) FROM session"), 4);
}

static void each_answer_once(void **state)
{
	struct story *st = *state;
	struct device d = device_of(st, &st->ann, PASSKEY_EDDSA, 0);
	struct passkey_fields f = answer_of(st, &d);
	enum passkey_fault why;
	struct str token;

	assert_ok(st->c, login_take(st->c, st->in, &f, &token, &why));
	assert_fault(login_take(st->c, st->in, &f, &token, &why), PASSKEY_REPLAY);
	st->c->fixed_now += CHALLENGE_SECONDS - 1;
	assert_fault(login_take(st->c, st->in, &f, &token, &why), PASSKEY_REPLAY);
	st->c->fixed_now++; /* now it is too old as well; and what was noted of it may go */
	assert_fault(login_take(st->c, st->in, &f, &token, &why), PASSKEY_CHALLENGE);
	(void)login_ok(st, &d);
	assert_int_equal(story_num(st, "SELECT count(*) FROM challenge_used"), 1);
	(void)login_ok(st, &d);
	assert_int_equal(story_num(st, "SELECT count(*) FROM challenge_used"), 2);
	assert_int_equal(story_num(st, "SELECT count(*) FROM session"), 3);
	device_end(&d);
}

static void challenges(void **state)
{
	struct story *st = *state;
	struct device d = device_of(st, &st->ann, PASSKEY_ES256, 0);
	struct passkey_fields f = answer_of(st, &d);
	struct str good = challenge_make(st->c, st->in, "sign_in", STR("")), token;
	enum passkey_fault why;
	struct instant made;
	int64_t rows = story_num(st, "SELECT count(*) FROM challenge_used");
	char *z = mem_dup(st->c, good.p, good.n);

	/* too old */
	st->c->fixed_now += CHALLENGE_SECONDS;
	assert_fault(login_take(st->c, st->in, &f, &token, &why), PASSKEY_CHALLENGE);
	st->c->fixed_now -= CHALLENGE_SECONDS;
	/* of a time to come, which only another clock could have made */
	st->c->fixed_now -= 1;
	assert_false(challenge_good(st->c, st->in, "sign_in", STR(""), good, &made));
	st->c->fixed_now += 1;
	/* for something else */
	assert_true(challenge_good(st->c, st->in, "sign_in", STR(""), good, &made));
	assert_int_equal(made.s, st->c->fixed_now);
	assert_false(challenge_good(st->c, st->in, "enrol", STR(""), good, &made));
	assert_false(challenge_good(st->c, st->in, "sign_in", STR("x"), good, &made));
	f = device_sign_in(&d, challenge_make(st->c, st->in, "enrol", STR("")));
	assert_fault(login_take(st->c, st->in, &f, &token, &why), PASSKEY_CHALLENGE);
	/* made up, or each byte of it changed */
	f = device_sign_in(&d, STR("0123456789012345678901234567890123456789"));
	assert_fault(login_take(st->c, st->in, &f, &token, &why), PASSKEY_CHALLENGE);
	f = device_sign_in(&d, STR(""));
	assert_fault(login_take(st->c, st->in, &f, &token, &why), PASSKEY_CHALLENGE);
	for (size_t i = 0; i < good.n; i++) {
		z[i] ^= 1;
		assert_false(challenge_good(
		    st->c, st->in, "sign_in", STR(""), (struct str){z, good.n}, &made));
		z[i] ^= 1;
	}
	/* asking and failing leave nothing behind */
	assert_int_equal(story_num(st, "SELECT count(*) FROM challenge_used"), rows);
	device_end(&d);
}

static void forged(void **state)
{
	struct story *st = *state;
	struct device d = device_of(st, &st->ann, PASSKEY_ES256, 0), other, x;
	struct story_mark m = story_mark(st);
	enum passkey_fault why;
	struct str token;

	other = device_make(st->c, PASSKEY_ES256);
	assert_fault(login_with(st, &other, &token, &why), PASSKEY_UNKNOWN);
	x = d;
	x.key = other.key;
	assert_fault(login_with(st, &x, &token, &why), PASSKEY_SIGNATURE);
	x = d;
	x.origin = "https://desk.example.org";
	assert_fault(login_with(st, &x, &token, &why), PASSKEY_ORIGIN);
	x = d;
	x.flags = 1;
	assert_fault(login_with(st, &x, &token, &why), PASSKEY_VERIFIED);
	x = d;
	x.user = STR("somebody else's");
	assert_fault(login_with(st, &x, &token, &why), PASSKEY_PERSON);
	st->in->serve.url = STR("https://other.example.net");
	assert_fault(login_with(st, &d, &token, &why), PASSKEY_ORIGIN);
	st->in->serve.url = STR("");
	assert_err(st->c, login_ask(st->c, st->in, &(struct json *){NULL}), ERR_INVALID, "url");
	login_url(st);
	story_untouched(st, m);
	x = d;
	x.user = STR(""); /* devices may leave it out */
	(void)login_ok(st, &x);
	device_end(&d);
	device_end(&other);
}

static void who_was_sent_away(void **state)
{
	struct story *st = *state;
	struct device d = device_of(st, &st->ann, PASSKEY_EDDSA, 0);
	struct str token = login_ok(st, &d), again;
	enum passkey_fault why;
	struct session s;
	struct person p;

	assert_ok(st->c, session_find(st->c, st->in, token, &s, &p));
	assert_ok(st->c, person_set(st->c, st->in, &st->admin, STR("ann"), 0, false, false));
	assert_err(st->c, session_find(st->c, st->in, token, &s, &p), ERR_DENIED, "sign in again");
	assert_fault(login_with(st, &d, &again, &why), PASSKEY_PERSON);
	/* coming back does not bring a session back */
	assert_ok(
	    st->c, person_set(st->c, st->in, &st->admin, STR("ann"), ROLE_REVIEWER, false, true));
	assert_err(st->c, session_find(st->c, st->in, token, &s, &p), ERR_DENIED, "sign in again");
	(void)login_ok(st, &d);
	device_end(&d);
}

static void an_ended_passkey(void **state)
{
	struct story *st = *state;
	struct device d = device_of(st, &st->ann, PASSKEY_EDDSA, 0);
	struct str token = login_ok(st, &d), again;
	enum passkey_fault why;
	struct session s;
	struct person p;

	assert_ok(st->c, keyring_end(st->c, st->in, &st->admin, st->ann.id, 1));
	assert_err(st->c, session_find(st->c, st->in, token, &s, &p), ERR_DENIED, "sign in again");
	assert_fault(login_with(st, &d, &again, &why), PASSKEY_UNKNOWN);
	device_end(&d);
}

/* A counter that goes back: refused, the passkey ends, and the ledger says so. */
static void a_copied_key(void **state)
{
	struct story *st = *state;
	struct device d = device_of(st, &st->ann, PASSKEY_ES256, 5), copy;
	struct story_mark m;
	struct str token, mine;
	enum passkey_fault why;
	struct session s;
	struct person p;

	copy = d;
	st->c->fixed_now += 60;
	(void)login_ok(st, &d);
	mine = login_ok(st, &d); /* 7 */
	st->c->fixed_now += 60;
	m = story_mark(st);
	assert_fault(login_with(st, &copy, &token, &why), PASSKEY_COUNT); /* 6 */
	story_wrote(st, m, "person.passkey_copied");
	assert_int_equal(story_num(st, "SELECT count(*) FROM passkey WHERE cause = 'copied'"), 1);
	assert_err(st->c, session_find(st->c, st->in, mine, &s, &p), ERR_DENIED, "sign in again");
	copy.count = 1000;
	assert_fault(login_with(st, &copy, &token, &why), PASSKEY_UNKNOWN);
	assert_fault(login_with(st, &d, &token, &why), PASSKEY_UNKNOWN);
	device_end(&d);
}

/* Two answers of one device that overtake each other, and a replay, are no copy. */
static void an_overtaken_answer(void **state)
{
	struct story *st = *state;
	struct device d = device_of(st, &st->ann, PASSKEY_ES256, 5);
	struct passkey_fields first, second;
	struct story_mark m;
	enum passkey_fault why;
	struct str token;

	st->c->fixed_now += 60;
	first = answer_of(st, &d);
	second = answer_of(st, &d);
	st->c->fixed_now += 5;
	assert_ok(st->c, login_take(st->c, st->in, &second, &token, &why));
	m = story_mark(st);
	assert_fault(login_take(st->c, st->in, &first, &token, &why), PASSKEY_COUNT);
	assert_fault(login_take(st->c, st->in, &second, &token, &why), PASSKEY_COUNT);
	story_untouched(st, m);
	(void)login_ok(st, &d);
	/* a device that counted and now does not is another one */
	st->c->fixed_now += 60;
	d.count = 0;
	m = story_mark(st);
	assert_fault(login_with(st, &d, &token, &why), PASSKEY_COUNT);
	story_wrote(st, m, "person.passkey_copied");
	device_end(&d);
}

static void once_more(void **state)
{
	struct story *st = *state;
	struct device d = device_of(st, &st->ann, PASSKEY_EDDSA, 0);
	struct device bobs = device_of(st, &st->bob, PASSKEY_EDDSA, 0);
	struct str token = login_ok(st, &d), other = login_ok(st, &d);
	struct passkey_fields f, wrong;
	enum passkey_fault why;
	struct session s, s2;
	struct json *j;
	struct person p;

	assert_ok(st->c, session_find(st->c, st->in, token, &s, &p));
	assert_ok(st->c, session_find(st->c, st->in, other, &s2, &p));
	for (enum session_act act = 0; act < SESSION_ACTS; act++)
		assert_err(st->c, session_fresh(st->c, st->in, s.id, act), ERR_DENIED,
		    "needs your passkey once more");
	assert_ok(st->c, login_ask_again(st->c, st->in, s.id, &p, SESSION_RELEASE, &j));
	assert_int_equal(json_find(j, "allow")->n, 1);
	f = device_sign_in(&d, challenge_of(st, j));
	/* not a sign-in, not for another act, another session, another person's */
	assert_fault(login_take(st->c, st->in, &f, &token, &why), PASSKEY_CHALLENGE);
	assert_fault(
	    login_take_again(st->c, st->in, s.id, &p, SESSION_KEYS, &f, &why), PASSKEY_CHALLENGE);
	assert_fault(login_take_again(st->c, st->in, s2.id, &p, SESSION_RELEASE, &f, &why),
	    PASSKEY_CHALLENGE);
	wrong = device_sign_in(&bobs, challenge_of(st, j));
	assert_fault(login_take_again(st->c, st->in, s.id, &p, SESSION_RELEASE, &wrong, &why),
	    PASSKEY_PERSON);
	wrong = answer_of(st, &d); /* an answer to a sign-in */
	assert_fault(login_take_again(st->c, st->in, s.id, &p, SESSION_RELEASE, &wrong, &why),
	    PASSKEY_CHALLENGE);
	assert_ok(st->c, login_take_again(st->c, st->in, s.id, &p, SESSION_RELEASE, &f, &why));
	assert_fault(
	    login_take_again(st->c, st->in, s.id, &p, SESSION_RELEASE, &f, &why), PASSKEY_REPLAY);
	assert_ok(st->c, session_fresh(st->c, st->in, s.id, SESSION_RELEASE));
	assert_err(st->c, session_fresh(st->c, st->in, s.id, SESSION_PUBLICATION), ERR_DENIED,
	    "once more");
	assert_err(
	    st->c, session_fresh(st->c, st->in, s2.id, SESSION_RELEASE), ERR_DENIED, "once more");
	st->c->fixed_now += SESSION_CHECK_SECONDS;
	assert_ok(st->c, session_fresh(st->c, st->in, s.id, SESSION_RELEASE));
	st->c->fixed_now++;
	assert_err(
	    st->c, session_fresh(st->c, st->in, s.id, SESSION_RELEASE), ERR_DENIED, "once more");
	assert_ok(st->c, session_fresh(st->c, st->in, 0, SESSION_RELEASE)); /* a command */
	device_end(&d);
	device_end(&bobs);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
	    T(a_passkey_signs_in),
	    T(each_answer_once),
	    T(challenges),
	    T(forged),
	    T(who_was_sent_away),
	    T(an_ended_passkey),
	    T(a_copied_key),
	    T(an_overtaken_answer),
	    T(once_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
