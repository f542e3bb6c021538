/* Sessions: how they end, and what their token gives away. */
#include "login_kit.h"

#include "desk/throttle.h"

struct world {
	struct story *st;
	struct device d;
};

static int begin(void **state)
{
	struct world *w = calloc(1, sizeof *w);

	w->st = story_open();
	login_url(w->st);
	w->d = device_of(w->st, &w->st->ann, PASSKEY_EDDSA, 0);
	*state = w;
	return 0;
}

static int end(void **state)
{
	struct world *w = *state;

	device_end(&w->d);
	story_close(w->st);
	free(w);
	return 0;
}

static void goes_on(struct story *st, struct str token)
{
	struct session s;
	struct person p;

	assert_ok(st->c, session_find(st->c, st->in, token, &s, &p));
}

static void ended(struct story *st, struct str token)
{
	struct session s;
	struct person p;

	assert_err(st->c, session_find(st->c, st->in, token, &s, &p), ERR_DENIED,
	    "this session does not go on: sign in again");
}

static void idle(void **state)
{
	struct world *w = *state;
	struct story *st = w->st;
	struct str token = login_ok(st, &w->d);

	assert_int_equal(st->in->serve.session_idle, 1800);
	st->c->fixed_now += 1799;
	goes_on(st, token); /* and is seen */
	st->c->fixed_now += 1799;
	goes_on(st, token);
	st->c->fixed_now += 1800;
	ended(st, token);
	ended(st, token);
}

/* That it was seen is written down once a minute at most. */
static void seen(void **state)
{
	struct world *w = *state;
	struct story *st = w->st;
	struct str token = login_ok(st, &w->d);
	int64_t at = story_num(st, "SELECT seen FROM session");

	st->c->fixed_now += SESSION_SEEN_SECONDS - 1;
	goes_on(st, token);
	assert_int_equal(story_num(st, "SELECT seen FROM session"), at);
	st->c->fixed_now += 1;
	goes_on(st, token);
	assert_int_equal(story_num(st, "SELECT seen FROM session"), at + SESSION_SEEN_SECONDS);
}

static void absolute(void **state)
{
	struct world *w = *state;
	struct story *st = w->st;
	struct str token = login_ok(st, &w->d);
	int64_t to = st->c->fixed_now + st->in->serve.session_end;

	assert_int_equal(st->in->serve.session_end, 36000);
	while (st->c->fixed_now + 1000 < to) {
		goes_on(st, token);
		st->c->fixed_now += 1000;
	}
	goes_on(st, token);
	st->c->fixed_now = to - 1;
	goes_on(st, token);
	st->c->fixed_now = to;
	ended(st, token);
}

static void by_hand(void **state)
{
	struct world *w = *state;
	struct story *st = w->st;
	struct str a = login_ok(st, &w->d), b = login_ok(st, &w->d), c = login_ok(st, &w->d);
	struct session s, sb;
	struct person p;
	struct json *j;

	assert_ok(st->c, session_find(st->c, st->in, a, &s, &p));
	assert_ok(st->c, session_find(st->c, st->in, b, &sb, &p));
	assert_ok(st->c, session_view(st->c, st->in, &p, s.id, &j));
	assert_int_equal(json_find(j, "sessions")->n, 3);
	assert_non_null(json_find(json_find(j, "sessions")->at[0], "this"));
	assert_null(json_find(json_find(j, "sessions")->at[1], "this"));
	/* another person's reference is nobody's */
	assert_err(st->c, session_end_ref(st->c, st->in, &st->bob, sb.ref), ERR_NOTFOUND,
	    "none of your sessions");
	goes_on(st, b);
	assert_ok(st->c, session_end_ref(st->c, st->in, &p, sb.ref));
	ended(st, b);
	assert_err(st->c, session_end_ref(st->c, st->in, &p, sb.ref), ERR_NOTFOUND,
	    "none of your sessions");
	goes_on(st, a);
	assert_ok(st->c, session_end(st->c, st->in, s.id));
	ended(st, a);
	goes_on(st, c);
	assert_err(st->c, session_end_all(st->c, st->in, &st->bob, st->ann.id), ERR_DENIED,
	    "needs the role admin");
	goes_on(st, c);
	assert_ok(st->c, session_end_all(st->c, st->in, &st->admin, st->ann.id));
	assert_int_equal(
	    story_num(st, "SELECT count(*) FROM entry WHERE kind = 'person.sessions_end'"), 1);
	ended(st, c);
	assert_ok(st->c, session_view(st->c, st->in, &p, 0, &j));
	assert_int_equal(json_find(j, "sessions")->n, 0);
}

/* What a browser held before a sign-in is nothing afterwards; a token nobody gave opens nothing. */
static void no_fixation(void **state)
{
	struct world *w = *state;
	struct story *st = w->st;
	struct str planted =
	    STR("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	struct str first = login_ok(st, &w->d), token;

	ended(st, planted);
	ended(st, STR(""));
	ended(st, str_fmt(st->c, "%.*s0", STR_ARG(first)));
	token = login_ok(st, &w->d);
	assert_false(str_eq(token, first));
	ended(st, planted);
}

/* The form's token comes from the session's, and from no other. */
static void form_tokens(void **state)
{
	struct world *w = *state;
	struct story *st = w->st;
	struct str a = login_ok(st, &w->d), b = login_ok(st, &w->d);
	struct session sa, sb, again;
	struct person p;

	assert_ok(st->c, session_find(st->c, st->in, a, &sa, &p));
	assert_ok(st->c, session_find(st->c, st->in, b, &sb, &p));
	assert_ok(st->c, session_find(st->c, st->in, a, &again, &p));
	assert_true(str_eq(sa.proof, again.proof));
	assert_false(str_eq(sa.proof, sb.proof));
	assert_false(str_eq(sa.proof, a));
	assert_false(str_eq(sa.proof, hash_hex(st->c, hash_of(a))));
}

static void old_ones_go(void **state)
{
	struct world *w = *state;
	struct story *st = w->st;
	struct session s;
	struct person p;
	struct str token = login_ok(st, &w->d);

	assert_ok(st->c, session_find(st->c, st->in, token, &s, &p));
	assert_ok(st->c, session_verify(st->c, st->in, s.id, SESSION_KEYS));
	st->c->fixed_now += 9 * STORY_DAY;
	(void)login_ok(st, &w->d);
	assert_int_equal(story_num(st, "SELECT count(*) FROM session"), 1);
	assert_int_equal(story_num(st, "SELECT count(*) FROM session_check"), 0);
}

static void every_one(void **state)
{
	struct world *w = *state;
	struct story *st = w->st;
	struct str a = login_ok(st, &w->d), b = login_ok(st, &w->d);

	assert_ok(st->c, session_end_every(st->c, st->in));
	ended(st, a);
	ended(st, b);
	goes_on(st, login_ok(st, &w->d));
}

static void words(void **state)
{
	(void)state;
	for (enum session_act act = 0; act < SESSION_ACTS; act++)
		assert_int_equal(session_act_find(str_of(session_act_word(act))), act);
	assert_int_equal(session_act_find(STR("")), SESSION_ACTS);
	assert_int_equal(session_act_find(STR("releases")), SESSION_ACTS);
}

/* ---- refused answers ---- */

static bool over(struct story *st, struct hash source)
{
	bool ret;

	assert_ok(st->c, throttle_over(st->c, st->in, source, &ret));
	return ret;
}

static void sources(void **state)
{
	static const char *const same[][2] = {{"192.0.2.7", "::ffff:192.0.2.7"},
	    {"2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"},
	    {"2001:db8:1:2::1", "2001:DB8:1:2::9"}};
	static const char *const other[][2] = {{"192.0.2.7", "192.0.2.8"},
	    {"2001:db8:1:2::1", "2001:db8:1:3::1"}, {"", "192.0.2.7"}, {"x", "y"}};
	struct story *st = ((struct world *)*state)->st;

	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		assert_true(hash_eq(throttle_source(st->c, st->in, str_of(same[i][0])),
		    throttle_source(st->c, st->in, str_of(same[i][1]))));
	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
		assert_false(hash_eq(throttle_source(st->c, st->in, str_of(other[i][0])),
		    throttle_source(st->c, st->in, str_of(other[i][1]))));
}

static void counted(void **state)
{
	struct world *w = *state;
	struct story *st = w->st;
	struct hash here = throttle_source(st->c, st->in, STR("192.0.2.7"));
	struct hash there = throttle_source(st->c, st->in, STR("192.0.2.8"));

	for (int i = 0; i < THROTTLE_MOST; i++) {
		assert_ok(st->c, throttle_fault(st->c, st->in, here));
		assert_false(over(st, here));
	}
	assert_ok(st->c, throttle_fault(st->c, st->in, here));
	assert_true(over(st, here));
	assert_false(over(st, there));
	/* whoever fails on purpose locks nobody out: a good passkey is let in from there too */
	goes_on(st, login_ok(st, &w->d));
	st->c->fixed_now += THROTTLE_SECONDS - 1;
	assert_true(over(st, here));
	st->c->fixed_now++;
	assert_false(over(st, here));
	assert_ok(st->c, throttle_fault(st->c, st->in, there)); /* sweeps */
	assert_int_equal(story_num(st, "SELECT count(*) FROM sign_in_fault"), 1);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
	    T(idle),
	    T(seen),
	    T(absolute),
	    T(by_hand),
	    T(no_fixation),
	    T(form_tokens),
	    T(old_ones_go),
	    T(every_one),
	    T(words),
	    T(sources),
	    T(counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
