/* Signing in through the OpenID provider, from the desk's side: rounds that come back once, to one
 * browser and in time; subjects that are bound by two people or the own hand. The provider is
 * spoken to elsewhere (in_id_token, test/http/oidc.sh). */
#include "login_kit.h"
#include "officer_story.h"

#include "desk/oidc_login.h"

#define ISSUER "https://login.example.net"
static const char document[] =
    "{\"issuer\":\"" ISSUER "\",\"authorization_endpoint\":\"" ISSUER "/authorize\","
    "\"token_endpoint\":\"" ISSUER "/token\",\"jwks_uri\":\"" ISSUER "/keys\"}";

static int begin(void **state)
{
	struct story *st = story_open();

	login_url(st);
	st->in->oidc = (struct oidc_conf){.issuer = STR(ISSUER),
	    .client = STR("writ"),
	    .secret = STR("oidc"),
	    .name = STR("login"),
	    .port = 443};
	*state = st;
	return 0;
}

static int end(void **state)
{
	story_close(*state);
	return 0;
}

static void known(struct story *st)
{
	assert_ok(st->c, oidc_issuer_put(st->c, st->in, str_of(document), STR("{\"keys\":[]}")));
}

/* ---- a browser ---- */

/* A value of the address that it was sent to; what stands there needs no decoding. */
static struct str query(struct story *st, struct str url, const char *name)
{
	const char *at = strstr(url.p, str_fmt(st->c, "&%s=", name).p);
	struct str value, rest;

	assert_non_null(at);
	(void)str_cut(str_of(at + strlen(name) + 2), '&', &value, &rest);
	return value;
}

static struct oidc_back leave(struct story *st, const struct oidc_trip *trip)
{
	struct oidc_back b = {.code = STR("a code"), .iss = STR(ISSUER), .error = STR("")};
	struct str url;

	assert_ok(st->c, oidc_start(st->c, st->in, trip, &url, &b.cookie));
	b.state = query(st, url, "state");
	return b;
}

static void refuses(struct story *st, const struct oidc_back *b, const char *want)
{
	const char *why = "";

	assert_err(st->c, oidc_arrive(st->c, st->in, b, &why), ERR_DENIED,
	    "this sign-in was not accepted");
	assert_string_equal(why, want);
}

/* The whole round: who signs in there is sub. */
static struct oidc_result go(struct story *st, const struct oidc_trip *trip, const char *sub)
{
	struct oidc_back b = leave(st, trip);
	struct oidc_round round;
	struct oidc_result r;
	const char *why;

	assert_ok(st->c, oidc_arrive(st->c, st->in, &b, &why));
	assert_ok(st->c, oidc_next(st->c, st->in, &round));
	assert_ok(st->c, oidc_end(st->c, st->in, round.id, str_of(sub), ""));
	assert_ok(st->c, oidc_result(st->c, st->in, b.cookie, &r));
	assert_int_equal(r.stage, OIDC_GOOD);
	assert_str(r.sub, sub);
	return r;
}

static const struct oidc_trip to_sign_in = {.aim = OIDC_SIGN_IN};

static int64_t signed_in(struct story *st, const char *sub, const struct person *who)
{
	struct oidc_result r = go(st, &to_sign_in, sub);
	const char *why = "";
	struct session s;
	struct str token;
	struct person p;

	assert_ok(st->c, oidc_login(st->c, st->in, &r, &token, &why));
	assert_ok(st->c, session_find(st->c, st->in, token, &s, &p));
	assert_int_equal(p.id, who->id);
	return s.id;
}

static void stays_out(struct story *st, const char *sub, const char *want)
{
	struct oidc_result r = go(st, &to_sign_in, sub);
	const char *why = "";
	struct str token;

	assert_err(st->c, oidc_login(st->c, st->in, &r, &token, &why), ERR_DENIED,
	    "this sign-in was not accepted");
	assert_string_equal(why, want);
}

/* ---- going ---- */

static void where_it_leads(void **state)
{
	struct story *st = *state;
	struct str url, cookie, other_url, other_cookie, state_raw;
	struct oidc_trip again = {.aim = OIDC_AGAIN, .what = STR("keys"), .back = STR("/me")};
	struct oidc_trip read;
	struct instant made;

	assert_err(st->c, oidc_start(st->c, st->in, &to_sign_in, &url, &cookie), ERR_CONFLICT,
	    "cannot be reached");
	known(st);
	assert_ok(st->c, oidc_start(st->c, st->in, &to_sign_in, &url, &cookie));
	assert_true(str_starts(url,
	    ISSUER "/authorize?response_type=code&client_id=writ&redirect_uri=https%3A%2F%2F"
		   "desk.example.net%2Fsign-in%2Foidc%2Fback&scope=openid&state="));
	assert_str(query(st, url, "code_challenge_method"), "S256");
	assert_int_equal(query(st, url, "code_challenge").n, 43);
	assert_int_equal(query(st, url, "nonce").n, 43);
	assert_null(strstr(url.p, "prompt="));
	assert_true(text_unbase64url(st->c, query(st, url, "state"), &state_raw));
	assert_true(challenge_good(st->c, st->in, "oidc", cookie, state_raw, &made));
	/* nothing of one round fits another */
	assert_ok(st->c, oidc_start(st->c, st->in, &again, &other_url, &other_cookie));
	assert_false(str_eq(cookie, other_cookie));
	assert_false(str_eq(query(st, url, "state"), query(st, other_url, "state")));
	assert_false(str_eq(query(st, url, "nonce"), query(st, other_url, "nonce")));
	assert_false(
	    str_eq(query(st, url, "code_challenge"), query(st, other_url, "code_challenge")));
	assert_str(query(st, other_url, "prompt"), "login");
	assert_str(query(st, other_url, "max_age"), "0");
	assert_true(oidc_trip_read(st->c, other_cookie, &read));
	assert_int_equal(read.aim, OIDC_AGAIN);
	assert_str(read.what, "keys");
	/* asking stores nothing */
	assert_int_equal(story_num(st, "SELECT count(*) FROM oidc_round"), 0);
	/* what was read a day ago is not gone by */
	st->c->fixed_now += OIDC_FRESH_SECONDS;
	assert_err(st->c, oidc_start(st->c, st->in, &to_sign_in, &url, &cookie), ERR_CONFLICT,
	    "cannot be reached");
	st->in->oidc.issuer = STR("");
	assert_err(st->c, oidc_start(st->c, st->in, &to_sign_in, &url, &cookie), ERR_NOTFOUND,
	    "no OpenID provider");
}

static void cookies_of_others(void **state)
{
	struct story *st = *state;
	struct oidc_trip trip;
	static const char zero[] =
	    "0000000000000000000000000000000000000000000000000000000000000000";
	static const char *const bodies[] = {"", "{", "[]", "{\"aim\":\"sign_in\"}",
	    "{\"aim\":\"admin\",\"session\":1}", "{\"aim\":\"again\",\"session\":\"1\"}"};

	assert_false(oidc_trip_read(st->c, STR(""), &trip));
	assert_false(oidc_trip_read(st->c, STR("a.b"), &trip));
	assert_false(oidc_trip_read(st->c, str_of(zero), &trip));
	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
		assert_false(oidc_trip_read(st->c,
		    str_fmt(st->c, "%s.%s", zero,
			text_base64url(st->c, bodies[i], strlen(bodies[i])).p),
		    &trip));
}

/* ---- coming back ---- */

static void only_what_fits_comes_back(void **state)
{
	struct story *st = *state;
	struct oidc_back good, bad, other;
	const char *why;

	known(st);
	good = leave(st, &to_sign_in);
	other = leave(st, &to_sign_in);
	bad = good;
	bad.cookie = STR("");
	refuses(st, &bad, "round_browser");
	bad.cookie = other.cookie; /* a link that an attacker sends */
	refuses(st, &bad, "round_state");
	bad = good;
	bad.state = STR("");
	refuses(st, &bad, "round_state");
	bad.state = str_fmt(st->c, "%.*sAA", (int)good.state.n - 2, good.state.p);
	refuses(st, &bad, "round_state");
	/* a challenge of ours, made for something else */
	bad.state = text_base64url(
	    st->c, challenge_make(st->c, st->in, "sign_in", STR("")).p, CHALLENGE_SIZE);
	refuses(st, &bad, "round_state");
	bad = good;
	bad.iss = STR("https://evil.example");
	refuses(st, &bad, "round_issuer");
	bad.iss = STR(ISSUER "/");
	refuses(st, &bad, "round_issuer");
	bad = good;
	bad.error = STR("access_denied");
	refuses(st, &bad, "round_declined");
	bad = good;
	bad.code = STR("");
	refuses(st, &bad, "round_code");
	assert_int_equal(story_num(st, "SELECT count(*) FROM oidc_round"), 0);
	/* an issuer that says nothing of iss need not send it */
	bad = good;
	bad.iss = STR("");
	assert_ok(st->c, oidc_arrive(st->c, st->in, &bad, &why));
	refuses(st, &good, "round_replay");
	/* in time */
	st->c->fixed_now += CHALLENGE_SECONDS;
	refuses(st, &other, "round_state");
}

/* An issuer that says it names itself does: silence is another's. */
static void silence_is_anothers(void **state)
{
	struct story *st = *state;
	struct str says =
	    str_fmt(st->c, "%.*s,\"authorization_response_iss_parameter_supported\":true}",
		(int)sizeof document - 2, document);
	struct oidc_back b;
	const char *why;

	assert_ok(st->c, oidc_issuer_put(st->c, st->in, says, STR("{\"keys\":[]}")));
	b = leave(st, &to_sign_in);
	b.iss = STR("");
	refuses(st, &b, "round_issuer");
	b.iss = STR(ISSUER);
	assert_ok(st->c, oidc_arrive(st->c, st->in, &b, &why));
}

static void room(void **state)
{
	struct story *st = *state;
	struct oidc_back b;
	const char *why;

	known(st);
	for (int i = 0; i < OIDC_WAITING_SOURCE; i++) {
		b = leave(st, &to_sign_in);
		assert_ok(st->c, oidc_arrive(st->c, st->in, &b, &why));
	}
	b = leave(st, &to_sign_in);
	assert_err(st->c, oidc_arrive(st->c, st->in, &b, &why), ERR_LIMIT, "too many");
	b.source.b[0] = 1; /* from elsewhere */
	assert_ok(st->c, oidc_arrive(st->c, st->in, &b, &why));
	/* they go with their time */
	st->c->fixed_now += CHALLENGE_SECONDS + 60;
	assert_ok(st->c, oidc_sweep(st->c, st->in));
	assert_int_equal(story_num(st, "SELECT count(*) FROM oidc_round"), 0);
}

static void a_code_is_taken_once(void **state)
{
	struct story *st = *state;
	struct oidc_round round, none;
	struct oidc_result r;
	struct oidc_back b;
	const char *why = "";
	struct str token;

	known(st);
	assert_err(st->c, oidc_next(st->c, st->in, &none), ERR_NOTFOUND, "no round");
	b = leave(st, &to_sign_in);
	assert_err(
	    st->c, oidc_result(st->c, st->in, b.cookie, &r), ERR_NOTFOUND, "no sign-in waits");
	assert_ok(st->c, oidc_arrive(st->c, st->in, &b, &why));
	assert_int_equal(
	    story_num(st, "SELECT instr(code_ct, CAST('a code' AS BLOB)) FROM oidc_round"), 0);
	assert_ok(st->c, oidc_next(st->c, st->in, &round));
	assert_str(round.code, "a code");
	assert_int_equal(round.verifier.n, 43);
	assert_false(str_eq(round.verifier, round.nonce));
	assert_false(round.fresh);
	assert_err(st->c, oidc_next(st->c, st->in, &none), ERR_NOTFOUND, "no round");
	assert_int_equal(story_num(st, "SELECT count(code_ct) FROM oidc_round"), 0);
	assert_ok(st->c, oidc_result(st->c, st->in, b.cookie, &r));
	assert_int_equal(r.stage, OIDC_WAITS);
	/* a bad end stays a bad end */
	assert_ok(st->c, oidc_end(st->c, st->in, round.id, STR(""), "token_nonce"));
	assert_ok(st->c, oidc_end(st->c, st->in, round.id, STR("sub"), ""));
	assert_ok(st->c, oidc_result(st->c, st->in, b.cookie, &r));
	assert_int_equal(r.stage, OIDC_BAD);
	assert_str(r.fault, "token_nonce");
	/* a good one brings about one session */
	assert_ok(st->c, subject_bind(st->c, st->in, &st->admin, &st->ann, STR("sub-ann")));
	r = go(st, &to_sign_in, "sub-ann");
	assert_ok(st->c, oidc_login(st->c, st->in, &r, &token, &why));
	assert_err(st->c, oidc_login(st->c, st->in, &r, &token, &why), ERR_CONFLICT,
	    "this sign-in is over");
	assert_int_equal(story_num(st, "SELECT count(*) FROM session"), 1);
	assert_int_equal(story_num(st, "SELECT count(subject_ct) FROM oidc_round"), 0);
}

/* ---- who comes in ---- */

static void only_who_is_bound_comes_in(void **state)
{
	struct story *st = *state;
	struct story_mark m = story_mark(st);
	struct str token;
	struct session s;
	struct person p;
	struct oidc_result r;
	const char *why;

	known(st);
	stays_out(st, "sub-ann", "subject_unknown");
	assert_ok(st->c, subject_bind(st->c, st->in, &st->admin, &st->ann, STR("sub-ann")));
	story_wrote(st, m, "person.subject");
	assert_int_equal(story_num(st, "SELECT instr(subject_ct, CAST('sub-ann' AS BLOB)) FROM "
				       "oidc_subject"),
	    0);
	r = go(st, &to_sign_in, "sub-ann");
	assert_ok(st->c, oidc_login(st->c, st->in, &r, &token, &why));
	assert_ok(st->c, session_find(st->c, st->in, token, &s, &p));
	assert_int_equal(p.id, st->ann.id);
	/* another issuer's subject of the same name is another one */
	st->in->oidc.issuer = STR("https://login.other.example");
	assert_ok(st->c, oidc_issuer_put(st->c, st->in,
			     STR("{\"issuer\":\"https://login.other.example\","
				 "\"authorization_endpoint\":\"https://login.other.example/a\","
				 "\"token_endpoint\":\"https://login.other.example/t\","
				 "\"jwks_uri\":\"https://login.other.example/k\"}"),
			     STR("{\"keys\":[]}")));
	r = (struct oidc_result){.stage = OIDC_GOOD, .id = r.id, .sub = STR("sub-ann")};
	assert_err(st->c, oidc_login(st->c, st->in, &r, &token, &why), ERR_DENIED, "not accepted");
	assert_string_equal(why, "subject_unknown");
	st->in->oidc.issuer = STR(ISSUER);
	/* its end ends its sessions */
	m = story_mark(st);
	assert_ok(st->c, subject_end(st->c, st->in, &st->admin, st->ann.id, 1));
	story_wrote(st, m, "person.subject_end");
	assert_err(st->c, session_find(st->c, st->in, token, &s, &p), ERR_DENIED, "does not go on");
	stays_out(st, "sub-ann", "subject_unknown");
}

static void who_was_sent_away_stays_out(void **state)
{
	struct story *st = *state;

	known(st);
	assert_ok(st->c, subject_bind(st->c, st->in, &st->admin, &st->ann, STR("sub-ann")));
	assert_ok(
	    st->c, person_set(st->c, st->in, &st->admin, STR("ann"), ROLE_REVIEWER, false, false));
	stays_out(st, "sub-ann", "subject_person");
	assert_ok(st->c, person_get(st->c, st->in, st->ann.id, &st->ann));
	assert_err(st->c, subject_bind(st->c, st->in, &st->admin, &st->ann, STR("sub-2")),
	    ERR_DENIED, "sent away");
}

static void who_binds(void **state)
{
	struct story *st = *state;
	struct device d = device_of(st, &st->bob, PASSKEY_ES256, 1);
	struct person officer;
	struct enrol_link link;

	assert_err(st->c, subject_bind(st->c, st->in, &st->bob, &st->ann, STR("s")), ERR_DENIED,
	    "needs the role admin");
	assert_err(st->c, subject_bind(st->c, st->in, &st->admin, &st->ann, STR("a b")),
	    ERR_INVALID, "plain");
	assert_err(st->c, subject_bind(st->c, st->in, &st->admin, &st->ann, STR("")), ERR_INVALID,
	    "plain");
	/* beside a passkey an admin alone would come in as somebody else */
	assert_err(st->c, subject_bind(st->c, st->in, &st->admin, &st->bob, STR("s")), ERR_CONFLICT,
	    "two persons");
	assert_ok(st->c, subject_bind(st->c, st->in, &st->admin, &st->ann, STR("s")));
	assert_err(st->c, subject_bind(st->c, st->in, &st->admin, &st->ann, STR("s2")),
	    ERR_CONFLICT, "two persons");
	assert_err(st->c, enrol_link(st->c, st->in, &st->admin, &st->ann, &link), ERR_CONFLICT,
	    "takes two persons");
	/* also once it has ended */
	assert_ok(st->c, subject_end(st->c, st->in, &st->admin, st->ann.id, 1));
	assert_err(st->c, subject_bind(st->c, st->in, &st->admin, &st->ann, STR("s")), ERR_CONFLICT,
	    "two persons");
	/* an officer has no role here */
	officer = officer_active(
	    st, "pat@agency.example", officer_agency(st, "Agency", "agency.example"));
	assert_err(st->c, subject_bind(st->c, st->in, &st->admin, &officer, STR("o")), ERR_DENIED,
	    "only people of the provider");
	device_end(&d);
}

static int land_link(struct story *st, struct str token, const char *sub)
{
	struct oidc_trip trip = {.aim = OIDC_LINK, .what = token};
	struct oidc_result r = go(st, &trip, sub);

	return oidc_login_link(st->c, st->in, &r, &trip);
}

static void by_a_link(void **state)
{
	struct story *st = *state;
	struct device d;
	enum passkey_fault why;
	struct enrol_link link;

	known(st);
	assert_ok(st->c, enrol_link(st->c, st->in, &st->admin, &st->ann, &link));
	assert_ok(st->c, land_link(st, link.token, "sub-ann"));
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM enrolment WHERE state = 'used' AND subject = 1"),
	    1);
	assert_err(st->c, land_link(st, link.token, "sub-more"), ERR_NOTFOUND, "not good");
	(void)signed_in(st, "sub-ann", &st->ann);
	/* a recovery by two ends it, and gives a link */
	assert_ok(st->c, enrol_recover(st->c, st->in, &st->admin, &st->ann));
	assert_ok(st->c, enrol_confirm(st->c, st->in, &st->counsel, &st->ann, &link));
	stays_out(st, "sub-ann", "subject_unknown");
	assert_int_equal(story_num(st, "SELECT count(*) FROM session WHERE ended IS NULL"), 0);
	assert_str(story_text(st, "SELECT cause FROM oidc_subject"), "recovery");
	d = device_make(st->c, PASSKEY_ES256);
	assert_ok(st->c, enrol_with(st, link.token, &d, &why));
	device_end(&d);
	/* the same subject may be bound anew */
	assert_ok(st->c, enrol_link(st->c, st->in, &st->admin, &st->bob, &link));
	assert_ok(st->c, land_link(st, link.token, "sub-ann"));
	(void)signed_in(st, "sub-ann", &st->bob);
}

/* ---- once more ---- */

static int again(struct story *st, int64_t began, int64_t session, const struct person *who,
    const char *sub, const char **why)
{
	struct oidc_trip trip = {
	    .aim = OIDC_AGAIN, .session = began, .what = STR("release"), .back = STR("/me")};
	struct oidc_result r = go(st, &trip, sub);

	return oidc_login_again(st->c, st->in, &r, &trip, session, who, why);
}

static void once_more(void **state)
{
	struct story *st = *state;
	const char *why = "";
	struct device d;
	int64_t s, other;

	known(st);
	assert_ok(st->c, subject_bind(st->c, st->in, &st->admin, &st->ann, STR("sub-ann")));
	assert_ok(st->c, subject_bind(st->c, st->in, &st->admin, &st->bob, STR("sub-bob")));
	s = signed_in(st, "sub-ann", &st->ann);
	other = signed_in(st, "sub-ann", &st->ann);
	assert_err(
	    st->c, session_fresh(st->c, st->in, s, SESSION_RELEASE), ERR_DENIED, "once more");
	assert_err(st->c, again(st, s, s, &st->ann, "sub-bob", &why), ERR_DENIED, "not accepted");
	assert_string_equal(why, "subject_person");
	assert_err(
	    st->c, again(st, other, s, &st->ann, "sub-ann", &why), ERR_DENIED, "not accepted");
	assert_string_equal(why, "round_session");
	assert_err(st->c, again(st, 0, 0, &st->ann, "sub-ann", &why), ERR_DENIED, "not accepted");
	assert_err(
	    st->c, session_fresh(st->c, st->in, s, SESSION_RELEASE), ERR_DENIED, "once more");
	assert_ok(st->c, again(st, s, s, &st->ann, "sub-ann", &why));
	assert_ok(st->c, session_fresh(st->c, st->in, s, SESSION_RELEASE));
	assert_err(
	    st->c, session_fresh(st->c, st->in, s, SESSION_PUBLICATION), ERR_DENIED, "once more");
	assert_err(
	    st->c, session_fresh(st->c, st->in, other, SESSION_RELEASE), ERR_DENIED, "once more");
	st->c->fixed_now += SESSION_CHECK_SECONDS + 1;
	assert_err(
	    st->c, session_fresh(st->c, st->in, s, SESSION_RELEASE), ERR_DENIED, "once more");
	/* who has a passkey uses it */
	assert_ok(st->c, enrol_recover(st->c, st->in, &st->admin, &st->bob));
	{
		struct enrol_link link;
		enum passkey_fault fault;
		struct oidc_trip own = {.aim = OIDC_OWN, .session = 1};
		struct oidc_result r;

		assert_ok(st->c, enrol_confirm(st->c, st->in, &st->counsel, &st->bob, &link));
		d = device_make(st->c, PASSKEY_ES256);
		assert_ok(st->c, enrol_with(st, link.token, &d, &fault));
		r = go(st, &own, "sub-bob");
		assert_ok(st->c, oidc_login_own(st->c, st->in, &r, &own, 1, &st->bob, &why));
	}
	s = signed_in(st, "sub-bob", &st->bob);
	assert_err(st->c, again(st, s, s, &st->bob, "sub-bob", &why), ERR_DENIED, "not accepted");
	assert_string_equal(why, "round_passkey");
	device_end(&d);
}

static void the_last_way_in_stays(void **state)
{
	struct story *st = *state;

	assert_ok(st->c, subject_bind(st->c, st->in, &st->admin, &st->ann, STR("sub-ann")));
	assert_err(st->c, subject_end(st->c, st->in, &st->ann, st->ann.id, 1), ERR_DENIED,
	    "the last way in stays");
	assert_err(st->c, subject_end(st->c, st->in, &st->bob, st->ann.id, 1), ERR_DENIED,
	    "needs the role admin");
	assert_err(
	    st->c, subject_end(st->c, st->in, &st->ann, st->ann.id, 2), ERR_NOTFOUND, "number");
	assert_ok(st->c, subject_end(st->c, st->in, &st->admin, st->ann.id, 1));
	assert_err(
	    st->c, subject_end(st->c, st->in, &st->admin, st->ann.id, 1), ERR_CONFLICT, "already");
}

#define SUBJECT_INTO                                                                               \
	"INSERT INTO oidc_subject (person, number, subject_key, issuer, way, added, cause, rev, "  \
	"entry) VALUES "

static void below_the_desk(void **state)
{
	struct story *st = *state;
	struct device d = device_of(st, &st->bob, PASSKEY_ES256, 1);
	struct person officer;

	assert_ok(st->c, subject_bind(st->c, st->in, &st->admin, &st->ann, STR("sub-ann")));
	officer = officer_active(
	    st, "pat@agency.example", officer_agency(st, "Agency", "agency.example"));
	story_refused(st,
	    str_fmt(st->c,
		SUBJECT_INTO "(%lld, 1, randomblob(32), 'i', 'admin', 1, '', 1, " STORY_ENTRY ")",
		(long long)st->bob.id)
		.p,
	    "only a first subject");
	story_refused(st,
	    str_fmt(st->c,
		SUBJECT_INTO "(%lld, 2, randomblob(32), 'i', 'admin', 1, '', 1, " STORY_ENTRY ")",
		(long long)st->ann.id)
		.p,
	    "only a first subject");
	story_refused(st,
	    str_fmt(st->c,
		SUBJECT_INTO "(%lld, 1, randomblob(32), 'i', 'own', 1, '', 1, " STORY_ENTRY ")",
		(long long)officer.id)
		.p,
	    "of the provider");
	story_refused(st,
	    str_fmt(st->c,
		SUBJECT_INTO "(%lld, 1, (SELECT subject_key FROM oidc_subject), 'i', 'own', 1, '', "
			     "1, " STORY_ENTRY ")",
		(long long)st->bob.id)
		.p,
	    "UNIQUE");
	story_refused(st,
	    "UPDATE oidc_subject SET cause = 'own', ended = 1, rev = rev + 1, entry = " STORY_ENTRY,
	    "last way in");
	story_refused(st,
	    "UPDATE oidc_subject SET subject_key = zeroblob(32), rev = rev + 1, entry "
	    "= " STORY_ENTRY,
	    "not rewritten");
	story_refused(st, "DELETE FROM oidc_subject", "never deleted");
	story_refused(st,
	    str_fmt(st->c,
		"INSERT INTO session (ref, token_hash, person, started, seen) VALUES ('r', x'00', "
		"%lld, 1, 1)",
		(long long)st->ann.id)
		.p,
	    "CHECK");
	device_end(&d);
}

#define OIDC_TEST(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    OIDC_TEST(where_it_leads),
	    OIDC_TEST(cookies_of_others),
	    OIDC_TEST(only_what_fits_comes_back),
	    OIDC_TEST(silence_is_anothers),
	    OIDC_TEST(room),
	    OIDC_TEST(a_code_is_taken_once),
	    OIDC_TEST(only_who_is_bound_comes_in),
	    OIDC_TEST(who_was_sent_away_stays_out),
	    OIDC_TEST(who_binds),
	    OIDC_TEST(by_a_link),
	    OIDC_TEST(once_more),
	    OIDC_TEST(the_last_way_in_stays),
	    OIDC_TEST(below_the_desk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
