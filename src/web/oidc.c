#include "web/oidc.h"

#include "desk/oidc_login.h"
#include "desk/throttle.h"
#include "web/login.h"

static const char cookie_end[] =
    "__Host-writ-oidc=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0";

/* ---- going ---- */

static int go(struct route_ask *ask, const struct oidc_trip *trip, struct answer *a)
{
	struct str url, cookie;
	int rc = oidc_start(ask->c, ask->in, trip, &url, &cookie);

	if (rc != 0)
		return rc;
	a->status = 303;
	answer_field(a, "Location", url);
	answer_field(a, "Referrer-Policy", STR("no-referrer"));
	answer_field(a, "Set-Cookie",
	    str_fmt(ask->c,
		"__Host-writ-oidc=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=%d",
		STR_ARG(cookie), CHALLENGE_SECONDS));
	return 0;
}

int oidc_page_go(struct route_ask *ask, struct answer *a)
{
	struct oidc_trip trip = {.aim = OIDC_SIGN_IN};

	return go(ask, &trip, a);
}

int oidc_page_link(struct route_ask *ask, struct answer *a)
{
	struct oidc_trip trip = {.aim = OIDC_LINK, .what = ask->parts[0]};
	struct enrol e;
	int rc = ask->in->oidc.issuer.n == 0
		     ? err_set(ask->c, ERR_NOTFOUND, "this house has no OpenID provider")
		     : enrol_find(ask->c, ask->in, ask->parts[0], &e);

	ask->a = a;
	return rc == 0 ? go(ask, &trip, a) : login_refused(ask, rc, PASSKEY_NO_FAULT);
}

int oidc_page_again(struct route_ask *ask, struct answer *a)
{
	struct oidc_trip trip = {.aim = OIDC_AGAIN,
	    .session = ask->login,
	    .what = ask->parts[0],
	    .back = ask->fields[0].given ? ask->fields[0].text : STR("/me")};
	bool may = false;
	int rc = oidc_login_may(ask->c, ask->in, ask->who, &may);

	if (rc == 0 && (!may || session_act_find(ask->parts[0]) == SESSION_ACTS))
		rc = err_set(ask->c, ERR_NOTFOUND, "nothing is confirmed there");
	return rc == 0 ? go(ask, &trip, a) : rc;
}

int oidc_page_own(struct route_ask *ask, struct answer *a)
{
	struct oidc_trip trip = {.aim = OIDC_OWN, .session = ask->login};
	int rc = ask->officer || ask->in->oidc.issuer.n == 0
		     ? err_set(ask->c, ERR_NOTFOUND, "this house has no OpenID provider")
		     : session_fresh(ask->c, ask->in, ask->login, SESSION_KEYS);

	return rc == 0 ? go(ask, &trip, a) : rc;
}

/* ---- coming back ---- */

static struct json *view_of(struct route_ask *ask, const char *stage)
{
	struct json *j = json_map(ask->c);

	json_set_text(ask->c, j, "stage", str_of(stage));
	json_set_text(ask->c, j, "name", ask->in->oidc.name);
	return j;
}

/* A page that says what went wrong and leads to the beginning, with the status of the error. */
static int failed(struct route_ask *ask, int rc, const char *why, struct json **ret)
{
	int noted = 0;

	if (rc == ERR_FAIL)
		return rc;
	ask->why = why;
	*ret = view_of(ask, "failed");
	json_set_text(ask->c, *ret, "says", str_make(ask->c, str_of(err_text(ask->c))));
	err_clear(ask->c);
	if (rc == ERR_DENIED)
		noted = login_noted(ask);
	ask->a->status = rc == ERR_LIMIT ? 429 : answer_status(rc);
	answer_field(ask->a, "Set-Cookie", str_of(cookie_end));
	return noted;
}

int oidc_page_back(struct route_ask *ask, struct json **ret)
{
	const struct route_value *v = ask->fields;
	struct oidc_back back = {.cookie = ask->round,
	    .state = v[0].text,
	    .code = v[1].text,
	    .iss = v[2].text,
	    .error = v[3].text,
	    .source = throttle_source(ask->c, ask->in, ask->from)};
	const char *why = NULL;
	int rc = oidc_arrive(ask->c, ask->in, &back, &why);

	answer_field(ask->a, "Referrer-Policy", STR("no-referrer"));
	if (rc == ERR_NOTFOUND)
		return rc;
	if (rc != 0)
		return failed(ask, rc, why, ret);
	*ret = view_of(ask, "waits");
	answer_field(ask->a, "Refresh", STR("0; url=/sign-in/oidc/wait"));
	return 0;
}

/* ---- waiting ---- */

/* What the round was for, and where the browser goes on. */
static int land(struct route_ask *ask, const struct oidc_result *r, const struct oidc_trip *trip,
    const char **why)
{
	struct str token;
	int rc = 0;

	if (trip->aim == OIDC_SIGN_IN) {
		rc = oidc_login(ask->c, ask->in, r, &token, why);
		return rc == 0 ? login_begin(ask, token) : rc;
	}
	if (trip->aim == OIDC_LINK) {
		ask->go_on = STR("/sign-in?done=oidc_link");
		return oidc_login_link(ask->c, ask->in, r, trip);
	}
	if (ask->who == NULL)
		return err_set(ask->c, ERR_DENIED, "this session does not go on: sign in again");
	if (trip->aim == OIDC_AGAIN) {
		ask->go_on = trip->back.n > 0 ? trip->back : STR("/me");
		return oidc_login_again(ask->c, ask->in, r, trip, ask->login, ask->who, why);
	}
	ask->go_on = STR("/me?done=oidc_own");
	rc = session_fresh(ask->c, ask->in, ask->login, SESSION_KEYS);
	return rc == 0 ? oidc_login_own(ask->c, ask->in, r, trip, ask->login, ask->who, why) : rc;
}

/* It is told once, then it is over. */
static int bad(struct route_ask *ask, const struct oidc_result *r)
{
	int rc = oidc_over(ask->c, ask->in, r->id);

	if (rc != 0)
		return rc;
	ask->why = str_z(ask->c, r->fault);
	return str_starts(r->fault, "token") || str_is(r->fault, "net_status")
		   ? err_set(ask->c, ERR_DENIED, "this sign-in was not accepted: begin anew")
		   : err_set(ask->c, ERR_CONFLICT,
			 "the sign-in service cannot be reached at present: use a passkey, or try "
			 "later");
}

int oidc_page_wait(struct route_ask *ask, struct json **ret)
{
	struct oidc_trip trip;
	struct oidc_result r;
	int rc = ask->in->oidc.issuer.n == 0 || !oidc_trip_read(ask->c, ask->round, &trip)
		     ? err_set(ask->c, ERR_NOTFOUND, "no sign-in waits for this browser")
		     : oidc_result(ask->c, ask->in, ask->round, &r);

	if (rc != 0)
		return rc;
	if (r.stage == OIDC_WAITS) {
		*ret = view_of(ask, "waits");
		answer_field(ask->a, "Refresh", STR("1"));
		return 0;
	}
	rc = r.stage == OIDC_BAD ? bad(ask, &r) : land(ask, &r, &trip, &ask->why);
	if (rc != 0) {
		ask->go_on = STR("");
		return failed(ask, rc, ask->why, ret);
	}
	*ret = view_of(ask, "done");
	answer_field(ask->a, "Set-Cookie", str_of(cookie_end));
	return 0;
}
