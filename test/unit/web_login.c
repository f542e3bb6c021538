/* Signing in through the route table: what a browser is given, what it must bring, and what an
 * attacker gets. Everything but the sockets. */
#include "login_kit.h"

#include "desk/throttle.h"
#include "web/face.h"
#include "web/public.h"
#include "web/table.h"

struct world {
	struct story *st;
	struct device d;
	struct route_table *table;
	struct public_site site;
	/* the browser */
	struct str cookie;
	bool own_page;
	struct answer a; /* the last answer */
	const char *why; /* the log's word for it */
};

static int begin(void **state)
{
	struct world *w = calloc(1, sizeof *w);

	w->st = story_open();
	login_url(w->st);
	w->table = table_make(w->st->c);
	w->site.in = w->st->in;
	w->site.files = -1;
	w->own_page = true;
	w->cookie = STR("");
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

static const char *field_of(const struct world *w, const char *name)
{
	for (size_t i = 0; i < w->a.n_fields; i++)
		if (strcmp(w->a.fields[i].name, name) == 0)
			return w->a.fields[i].value.p;
	return "";
}

/* As http_ask.c does it; a cookie that is set is kept. */
static int ask(struct world *w, const char *method, const char *path, const char *text)
{
	struct ctx *c = w->st->c;
	struct route_ask ask = {.c = c,
	    .site = &w->site,
	    .in = w->st->in,
	    .table = w->table,
	    .session = w->cookie,
	    .from = STR("192.0.2.7"),
	    .own_page = w->own_page};
	struct form form;
	const char *set;

	w->a = answer_init(c, ANSWER_EN);
	assert_ok(c, route_find(w->table, str_of(method), str_of(path), ask.parts, &ask.route));
	assert_ok(c, form_parse(c, str_of(text), &form));
	face_answer(w->table, &ask, &form, &w->a);
	err_clear(c);
	w->why = ask.why;
	set = field_of(w, "Set-Cookie");
	if (strncmp(set, "__Host-writ=", 12) == 0) {
		struct str value, rest;

		assert_non_null(strstr(set, "; Path=/; Secure; HttpOnly; SameSite=Strict"));
		assert_null(strstr(set, "Domain"));
		(void)str_cut(str_of(set + 12), ';', &value, &rest);
		w->cookie = str_make(c, value);
	}
	return w->a.status;
}

static struct str body(struct world *w)
{
	return buf_str(&w->a.body);
}

static bool shows(struct world *w, const char *part)
{
	return strstr(body(w).p, part) != NULL;
}

static struct json *json_of(struct world *w)
{
	struct json *j;

	assert_ok(w->st->c, json_parse(w->st->c, "answer", body(w), &j));
	return j;
}

static const char *form_text(struct world *w, const struct passkey_fields *f, const char *more)
{
	return str_fmt(w->st->c,
	    "id=%.*s&client=%.*s&attestation=%.*s&data=%.*s&signature=%.*s&user=%.*s%s",
	    STR_ARG(f->id), STR_ARG(f->client), STR_ARG(f->attestation), STR_ARG(f->data),
	    STR_ARG(f->signature), STR_ARG(f->user), more)
	    .p;
}

static const char *proof(struct world *w, const char *more)
{
	struct session s;
	struct person p;

	assert_ok(w->st->c, session_find(w->st->c, w->st->in, w->cookie, &s, &p));
	return str_fmt(w->st->c, "proof=%.*s%s", STR_ARG(s.proof), more).p;
}

static int sign_in(struct world *w, struct device *d)
{
	struct passkey_fields f;

	assert_int_equal(ask(w, "POST", "/sign-in/challenge", ""), 200);
	f = device_sign_in(d, challenge_of(w->st, json_of(w)));
	return ask(w, "POST", "/sign-in", form_text(w, &f, ""));
}

/* A person with a passkey, all of it through pages; signed in. */
static void enrolled(struct world *w)
{
	struct story *st = w->st;
	struct passkey_fields f;
	struct enrol_link link;
	const char *path;
	struct json *j;

	assert_ok(st->c, enrol_link(st->c, st->in, &st->admin, &st->ann, &link));
	path = str_fmt(st->c, "/enrol/%s", link.token.p).p;
	assert_int_equal(ask(w, "GET", path, ""), 200);
	assert_true(shows(w, "ann"));
	assert_string_equal(field_of(w, "Referrer-Policy"), "no-referrer");
	assert_int_equal(ask(w, "POST", str_fmt(st->c, "%s/challenge", path).p, ""), 200);
	j = json_of(w);
	w->d = device_make(st->c, PASSKEY_ES256);
	assert_true(text_unbase64url(st->c, json_text(j, "user"), &w->d.user));
	f = device_register(&w->d, challenge_of(st, j));
	/* without a name: the form again, the link still good */
	assert_int_equal(ask(w, "POST", path, form_text(w, &f, "&name=")), 400);
	assert_int_equal(ask(w, "POST", path, form_text(w, &f, "&name=Laptop")), 303);
	assert_string_equal(field_of(w, "Location"), "/sign-in?done=enrol_do");
	/* the link was used: as unknown as any other */
	assert_int_equal(ask(w, "GET", path, ""), 404);
	assert_false(shows(w, "ann"));
	assert_int_equal(sign_in(w, &w->d), 303);
	assert_string_equal(field_of(w, "Location"), "/desk/today");
	assert_int_equal(w->cookie.n, 64);
}

static void the_whole_way(void **state)
{
	struct world *w = *state;
	struct str mine;

	assert_int_equal(ask(w, "GET", "/sign-in", ""), 200);
	assert_true(shows(w, "data-passkey=\"get\""));
	assert_false(shows(w, "<script>"));
	assert_int_equal(ask(w, "GET", "/me", ""), 303);
	assert_string_equal(field_of(w, "Location"), "/sign-in");
	enrolled(w);
	assert_int_equal(ask(w, "GET", "/me", ""), 200);
	assert_true(shows(w, "Laptop"));
	mine = w->cookie;
	/* out: the cookie goes, and the session is over for whoever kept it */
	assert_int_equal(ask(w, "POST", "/sign-out", proof(w, "")), 303);
	assert_int_equal(w->cookie.n, 0);
	w->cookie = mine;
	assert_int_equal(ask(w, "GET", "/me", ""), 303);
}

/* What a page shows where it is not known who asks is the same bytes, whoever exists. */
static void nothing_is_told(void **state)
{
	struct world *w = *state;
	struct story *st = w->st;
	struct enrol_link link;
	struct str unknown, used;

	enrolled(w);
	w->cookie = STR("");
	assert_ok(st->c, enrol_link(st->c, st->in, &st->admin, &st->bob, &link));
	assert_int_equal(ask(w, "GET", "/enrol/0123456789abcdef", ""), 404);
	unknown = str_make(st->c, body(w));
	st->c->fixed_now += ENROL_LINK_SECONDS;
	assert_int_equal(ask(w, "GET", str_fmt(st->c, "/enrol/%s", link.token.p).p, ""), 404);
	used = str_make(st->c, body(w));
	assert_true(str_eq(unknown, used));
	assert_int_equal(
	    ask(w, "POST", str_fmt(st->c, "/enrol/%s/challenge", link.token.p).p, ""), 404);
	assert_true(str_eq(unknown, body(w)));
}

static void refusals(void **state)
{
	struct world *w = *state;
	struct story *st = w->st;
	struct device x, other = device_make(st->c, PASSKEY_ES256);
	struct passkey_fields f;
	struct str said;

	enrolled(w);
	w->cookie = STR("");
	assert_int_equal(sign_in(w, &other), 403);
	assert_string_equal(w->why, "unknown");
	said = str_make(st->c, body(w));
	assert_string_equal(field_of(w, "Set-Cookie"), "");
	x = w->d;
	x.key = other.key;
	assert_int_equal(sign_in(w, &x), 403);
	assert_string_equal(w->why, "signature");
	assert_true(str_eq(said, body(w))); /* outside all are the same */
	x = w->d;
	x.origin = "https://evil.example";
	assert_int_equal(sign_in(w, &x), 403);
	assert_string_equal(w->why, "origin");
	assert_true(str_eq(said, body(w)));
	/* a replay */
	assert_int_equal(ask(w, "POST", "/sign-in/challenge", ""), 200);
	f = device_sign_in(&w->d, challenge_of(st, json_of(w)));
	assert_int_equal(ask(w, "POST", "/sign-in", form_text(w, &f, "")), 303);
	w->cookie = STR("");
	assert_int_equal(ask(w, "POST", "/sign-in", form_text(w, &f, "")), 403);
	assert_string_equal(w->why, "replay");
	assert_int_equal(w->cookie.n, 0);
	/* nothing at all, and nonsense */
	assert_int_equal(ask(w, "POST", "/sign-in", ""), 403);
	assert_string_equal(w->why, "form");
	assert_int_equal(ask(w, "POST", "/sign-in", "id=%3Cscript%3E&client=%22"), 403);
	assert_false(shows(w, "<script>\""));
	/* another site's form does not even get so far */
	w->own_page = false;
	assert_int_equal(ask(w, "POST", "/sign-in/challenge", ""), 403);
	assert_int_equal(ask(w, "POST", "/sign-in", form_text(w, &f, "")), 403);
	assert_null(w->why);
	device_end(&other);
}

/* Whoever fails on purpose is told to wait, and locks nobody out. */
static void many_refusals(void **state)
{
	struct world *w = *state;
	struct device other = device_make(w->st->c, PASSKEY_ES256);

	enrolled(w);
	w->cookie = STR("");
	for (int i = 0; i < 3 * THROTTLE_MOST; i++)
		assert_int_equal(sign_in(w, &other), 403);
	assert_string_equal(field_of(w, "Retry-After"), "900");
	assert_int_equal(sign_in(w, &w->d), 303);
	device_end(&other);
}

/* A cookie that was there before the sign-in is not the one afterwards, and opens nothing. */
static void fixation(void **state)
{
	struct world *w = *state;
	struct str planted =
		       STR("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
		   first;
	struct passkey_fields f;

	enrolled(w);
	first = w->cookie;
	w->cookie = planted;
	assert_int_equal(sign_in(w, &w->d), 303);
	assert_false(str_eq(w->cookie, planted));
	w->cookie = planted;
	assert_int_equal(ask(w, "GET", "/me", ""), 303);
	/* who is signed in signs in by an own form alone, and that ends the session from before */
	w->cookie = first;
	assert_int_equal(ask(w, "POST", "/sign-in/challenge", ""), 403);
	assert_int_equal(ask(w, "POST", "/sign-in/challenge", proof(w, "")), 200);
	f = device_sign_in(&w->d, challenge_of(w->st, json_of(w)));
	assert_int_equal(
	    ask(w, "POST", "/sign-in", form_text(w, &f, str_fmt(w->st->c, "&%s", proof(w, "")).p)),
	    303);
	assert_false(str_eq(w->cookie, first));
	assert_int_equal(ask(w, "GET", "/me", ""), 200);
	w->cookie = first;
	assert_int_equal(ask(w, "GET", "/me", ""), 303);
}

/* The passkey once more, for this and for nothing else. */
static void confirmed(struct world *w)
{
	struct story *st = w->st;
	struct passkey_fields f;

	assert_int_equal(ask(w, "GET", "/verify/keys", "back=/me"), 200);
	assert_true(shows(w, "data-ask=\"/verify/keys/challenge\""));
	assert_true(shows(w, "action=\"/verify/keys\""));
	assert_int_equal(ask(w, "POST", "/verify/release/challenge", proof(w, "")), 200);
	f = device_sign_in(&w->d, challenge_of(st, json_of(w)));
	assert_int_equal(
	    ask(w, "POST", "/verify/keys", form_text(w, &f, str_fmt(st->c, "&%s", proof(w, "")).p)),
	    403);
	assert_string_equal(w->why, "challenge");
	assert_int_equal(ask(w, "POST", "/verify/keys/challenge", proof(w, "")), 200);
	f = device_sign_in(&w->d, challenge_of(st, json_of(w)));
	assert_int_equal(ask(w, "POST", "/verify/keys",
			     form_text(w, &f, str_fmt(st->c, "&back=/me&%s", proof(w, "")).p)),
	    303);
	assert_string_equal(field_of(w, "Location"), "/me");
}

static void own_things(void **state)
{
	struct world *w = *state;
	struct story *st = w->st;
	struct device two = device_make(st->c, PASSKEY_EDDSA);
	struct passkey_fields f;
	struct str other;
	struct json *j;

	enrolled(w);
	other = login_ok(st, &w->d);
	/* without the proof nothing is done */
	assert_int_equal(ask(w, "POST", "/me/sessions/end", ""), 403);
	assert_int_equal(ask(w, "POST", "/me/language", "language=de"), 403);
	/* another passkey: only with the passkey once more */
	assert_int_equal(ask(w, "POST", "/me/passkey/challenge", proof(w, "")), 403);
	assert_int_equal(ask(w, "POST", "/me/passkey/1/end", proof(w, "")), 303);
	assert_string_equal(field_of(w, "Location"), "/verify/keys?back=/me");
	assert_int_equal(ask(w, "GET", "/verify/nothing", ""), 404);
	assert_int_equal(ask(w, "GET", "/verify/keys", "back=//evil.example"), 400);
	assert_int_equal(ask(w, "GET", "/verify/keys", "back=/\\evil.example"), 400);
	assert_int_equal(ask(w, "GET", "/verify/keys", "back=https://evil.example"), 400);
	confirmed(w);
	assert_int_equal(ask(w, "POST", "/me/passkey/1/end", proof(w, "")), 403); /* the last one */
	assert_true(shows(w, "the last passkey stays"));
	assert_int_equal(ask(w, "POST", "/me/passkey/challenge", proof(w, "")), 200);
	j = json_of(w);
	f = device_register(&two, challenge_of(st, j));
	assert_int_equal(
	    ask(w, "POST", "/me/passkey",
		form_text(w, &f, str_fmt(st->c, "&name=Key%%20<b>&%s", proof(w, "")).p)),
	    303);
	assert_int_equal(ask(w, "GET", "/me", ""), 200);
	assert_true(shows(w, "Key &lt;b&gt;"));
	assert_false(shows(w, "Key <b>"));
	/* another session of the same person's */
	{
		struct session s;
		struct person p;

		assert_ok(st->c, session_find(st->c, st->in, other, &s, &p));
		assert_int_equal(
		    ask(w, "POST", str_fmt(st->c, "/me/session/%s/end", s.ref.p).p, proof(w, "")),
		    303);
		assert_err(st->c, session_find(st->c, st->in, other, &s, &p), ERR_DENIED, "again");
	}
	assert_int_equal(ask(w, "POST", "/me/language", proof(w, "&language=fr")), 400);
	assert_int_equal(ask(w, "POST", "/me/language", proof(w, "&language=de")), 303);
	assert_non_null(strstr(field_of(w, "Set-Cookie"), "writ-lang=de"));
	assert_int_equal(ask(w, "POST", "/me/passkey/1/end", proof(w, "")), 303);
	/* this session was opened with it, and is over */
	assert_int_equal(ask(w, "GET", "/me", ""), 303);
	device_end(&two);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
	    T(the_whole_way),
	    T(nothing_is_told),
	    T(refusals),
	    T(many_refusals),
	    T(fixation),
	    T(own_things),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
