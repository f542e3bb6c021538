#include "web/login.h"

#include "desk/choice.h"
#include "desk/enrol.h"
#include "desk/login.h"
#include "desk/oidc_login.h"
#include "desk/throttle.h"
#include "web/form.h"

static const char cookie_end[] =
    "__Host-writ=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0";

/* ---- fields ---- */

int login_field(struct ctx *c, struct str text, struct route_value *ret)
{
	if (text.n > PASSKEY_FIELD_MAX)
		return err_set(c, ERR_LIMIT, "too long");
	ret->text = text;
	return 0;
}

int login_back(struct ctx *c, struct str text, struct route_value *ret)
{
	bool ours = str_starts(text, "/") && !str_starts(text, "//") && text.n <= 500;

	for (size_t i = 0; i < text.n; i++)
		ours = ours && text.p[i] > ' ' && text.p[i] < 127 && text.p[i] != '\\';
	if (!ours)
		return err_set(c, ERR_INVALID, "no path of ours");
	ret->text = text;
	return 0;
}

struct passkey_fields login_answer(const struct route_ask *ask, size_t at)
{
	const struct route_value *v = ask->fields + at;

	return (struct passkey_fields){.id = v[0].text,
	    .client = v[1].text,
	    .attestation = v[2].text,
	    .data = v[3].text,
	    .signature = v[4].text,
	    .user = v[5].text};
}

/* ---- what all of them share ---- */

int login_noted(struct route_ask *ask)
{
	struct hash source = throttle_source(ask->c, ask->in, ask->from);
	bool over = false;
	int rc = throttle_fault(ask->c, ask->in, source);

	if (rc == 0)
		rc = throttle_over(ask->c, ask->in, source, &over);
	if (rc == 0 && over)
		answer_field(ask->a, "Retry-After", str_fmt(ask->c, "%d", THROTTLE_SECONDS));
	return rc;
}

int login_refused(struct route_ask *ask, int rc, enum passkey_fault why)
{
	struct str says;
	int noted;

	if (rc != ERR_DENIED && rc != ERR_NOTFOUND)
		return rc;
	ask->why = why == PASSKEY_NO_FAULT ? NULL : passkey_fault_word(why);
	says = str_make(ask->c, str_of(err_text(ask->c)));
	err_clear(ask->c);
	noted = login_noted(ask);
	if (noted != 0)
		return noted;
	return err_set(ask->c, rc, "%s", says.p);
}

int login_json(struct route_ask *ask, int rc, const struct json *j, struct answer *a)
{
	if (rc != 0)
		return rc;
	a->type = "application/json";
	buf_put(&a->body, json_str(ask->c, j));
	return 0;
}

static void cookie_set(struct route_ask *ask, struct str token)
{
	answer_field(ask->a, "Set-Cookie",
	    str_fmt(ask->c, "__Host-writ=%.*s; Path=/; Secure; HttpOnly; SameSite=Strict",
		STR_ARG(token)));
}

void login_language(struct route_ask *ask, struct str language)
{
	if (language.n > 0)
		answer_field(ask->a, "Set-Cookie",
		    str_fmt(ask->c,
			"writ-lang=%.*s; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
			STR_ARG(language)));
}

/* ---- signing in and out ---- */

int login_page(struct route_ask *ask, struct json **ret)
{
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "provider", ask->in->provider);
	json_set_bool(ask->c, *ret, "in", ask->who != NULL);
	json_set_text(ask->c, *ret, "oidc", ask->in->oidc.name);
	return 0;
}

int login_ask_start(struct route_ask *ask, struct answer *a)
{
	struct json *j = NULL;
	int rc = login_ask(ask->c, ask->in, &j);

	return login_json(ask, rc, j, a);
}

int login_start(struct route_ask *ask, struct json **ret)
{
	struct passkey_fields f = login_answer(ask, 0);
	enum passkey_fault why = PASSKEY_NO_FAULT;
	struct str token;
	int rc = login_take(ask->c, ask->in, &f, &token, &why);

	*ret = json_map(ask->c);
	return rc != 0 ? login_refused(ask, rc, why) : login_begin(ask, token);
}

/* What the browser held before is over: it has one session, and that is new. */
int login_begin(struct route_ask *ask, struct str token)
{
	struct session s;
	struct person p;
	struct str language;
	int rc = ask->login != 0 ? session_end(ask->c, ask->in, ask->login) : 0;

	if (rc == 0)
		rc = session_find(ask->c, ask->in, token, &s, &p);
	if (rc == 0)
		rc = choice_language(ask->c, ask->in, &p, &language);
	if (rc != 0)
		return rc;
	cookie_set(ask, token);
	login_language(ask, language);
	ask->go_on = p.roles == 0                          ? STR("/portal")
		     : right_has(&p, RIGHT_DAY_READ)       ? STR("/desk/today")
		     : right_has(&p, RIGHT_DEMAND_READ)    ? STR("/desk")
		     : right_has(&p, RIGHT_EDITION_READ)   ? STR("/editions")
		     : right_has(&p, RIGHT_SETTINGS_READ)  ? STR("/settings")
		     : right_has(&p, RIGHT_TICKET_HAND_IN) ? STR("/collect")
							   : STR("/me");
	return 0;
}

int login_stop(struct route_ask *ask, struct json **ret)
{
	int rc = ask->login == 0 ? 0 : session_end(ask->c, ask->in, ask->login);

	if (rc == 0)
		answer_field(ask->a, "Set-Cookie", str_of(cookie_end));
	*ret = json_map(ask->c);
	return rc;
}

/* ---- a link ---- */

int login_enrol_page(struct route_ask *ask, struct json **ret)
{
	struct enrol e;
	int rc = enrol_find(ask->c, ask->in, ask->parts[0], &e);

	/* the address has the token: it goes to nobody else */
	answer_field(ask->a, "Referrer-Policy", STR("no-referrer"));
	if (rc != 0)
		return login_refused(ask, rc, PASSKEY_NO_FAULT);
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "provider", ask->in->provider);
	json_set_text(ask->c, *ret, "person", e.person.handle);
	json_set_text(ask->c, *ret, "until", instant_str(ask->c, e.until));
	json_set_text(ask->c, *ret, "path", str_fmt(ask->c, "/enrol/%.*s", STR_ARG(ask->parts[0])));
	json_set_text(
	    ask->c, *ret, "ask", str_fmt(ask->c, "/enrol/%.*s/challenge", STR_ARG(ask->parts[0])));
	/* officers have no other way in than a passkey */
	json_set_text(ask->c, *ret, "oidc", e.person.roles == 0 ? STR("") : ask->in->oidc.name);
	json_set_text(
	    ask->c, *ret, "round", str_fmt(ask->c, "/enrol/%.*s/oidc", STR_ARG(ask->parts[0])));
	return 0;
}

int login_enrol_ask(struct route_ask *ask, struct answer *a)
{
	struct json *j = NULL;
	int rc;

	ask->a = a;
	rc = enrol_ask(ask->c, ask->in, ask->parts[0], &j);
	if (rc != 0)
		return login_refused(ask, rc, PASSKEY_NO_FAULT);
	return login_json(ask, 0, j, a);
}

int login_enrol(struct route_ask *ask, struct json **ret)
{
	struct passkey_fields f = login_answer(ask, 1);
	enum passkey_fault why = PASSKEY_NO_FAULT;
	int rc = enrol_take(ask->c, ask->in, ask->parts[0], &f, ask->fields[0].text, &why);

	*ret = json_map(ask->c);
	return rc == 0 ? 0 : login_refused(ask, rc, why);
}

/* ---- the passkey once more ---- */

static int act_of(struct route_ask *ask, enum session_act *ret)
{
	*ret = session_act_find(ask->parts[0]);
	return *ret < SESSION_ACTS ? 0 : err_set(ask->c, ERR_NOTFOUND, "no such kind of act");
}

int login_verify_page(struct route_ask *ask, struct json **ret)
{
	struct str back = ask->fields[0].given ? ask->fields[0].text : STR("/me");
	enum session_act act;
	const char *path;
	bool there = false;
	int rc = act_of(ask, &act);

	if (rc == 0)
		rc = oidc_login_may(ask->c, ask->in, ask->who, &there);
	if (rc != 0)
		return rc;
	path = str_fmt(ask->c, "/verify/%s", session_act_word(act)).p;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "act", str_of(session_act_word(act)));
	json_set_text(ask->c, *ret, "path", str_of(path));
	json_set_text(ask->c, *ret, "ask", str_fmt(ask->c, "%s/challenge", path));
	json_set_text(ask->c, *ret, "back", back);
	json_set_text(ask->c, *ret, "oidc", there ? ask->in->oidc.name : STR(""));
	json_set_text(ask->c, *ret, "round", str_fmt(ask->c, "%s/oidc", path));
	return 0;
}

int login_verify_ask(struct route_ask *ask, struct answer *a)
{
	struct json *j = NULL;
	enum session_act act;
	int rc = act_of(ask, &act);

	if (rc == 0)
		rc = login_ask_again(ask->c, ask->in, ask->login, ask->who, act, &j);
	return login_json(ask, rc, j, a);
}

int login_verify(struct route_ask *ask, struct json **ret)
{
	struct passkey_fields f = login_answer(ask, 1);
	enum passkey_fault why = PASSKEY_NO_FAULT;
	enum session_act act;
	int rc = act_of(ask, &act);

	if (rc != 0)
		return rc;
	rc = login_take_again(ask->c, ask->in, ask->login, ask->who, act, &f, &why);
	if (rc != 0)
		return login_refused(ask, rc, why);
	ask->go_on = ask->fields[0].given ? ask->fields[0].text : STR("/me");
	*ret = json_map(ask->c);
	return 0;
}
