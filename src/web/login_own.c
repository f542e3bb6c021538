#include "web/login_own.h"

#include "desk/choice.h"
#include "desk/enrol.h"
#include "desk/keyring.h"
#include "desk/session.h"
#include "desk/subject.h"
#include "web/login.h"

/* Each of a list gets the address that ends it. */
static void add_end(
    struct route_ask *ask, const struct json *list, const char *base, const char *key)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct json *id = json_find(list->at[i], key);

		json_set_text(ask->c, list->at[i], "end",
		    id->kind == JSON_INT
			? str_fmt(ask->c, "/me/%s/%lld/end", base, (long long)id->num)
			: str_fmt(ask->c, "/me/%s/%.*s/end", base, STR_ARG(id->text)));
	}
}

enum { TOLD_SECONDS = 90 * 86400 };

/* That somebody recovered this person's access stands on the page for a while: if it was not they
 * who asked for it, they are the one to know. */
static void set_recovered(struct route_ask *ask, struct json *v)
{
	const struct json *all = json_find(v, "passkeys");
	struct instant last = INSTANT_NONE, t;

	for (size_t i = 0; i < all->n; i++)
		if (str_is(json_text(all->at[i], "cause"), "recovery") &&
		    instant_parse(ask->c, json_text(all->at[i], "ended"), &t) == 0 &&
		    (instant_is_none(last) || t.s > last.s))
			last = t;
	if (!instant_is_none(last) && ctx_now(ask->c) - last.s < TOLD_SECONDS)
		json_set_text(ask->c, v, "recovered", instant_str(ask->c, last));
}

static const char once_more[] = "/verify/keys?back=/me";

int login_own_page(struct route_ask *ask, struct json **ret)
{
	struct json *keys, *sessions, *subjects;
	struct str language;
	bool fresh;
	int rc = keyring_view(ask->c, ask->in, ask->who, ask->who->id, &keys);

	if (rc == 0)
		rc = session_view(ask->c, ask->in, ask->who, ask->login, &sessions);
	if (rc == 0)
		rc = subject_view(ask->c, ask->in, ask->who, ask->who->id, &subjects);
	if (rc == 0)
		rc = choice_language(ask->c, ask->in, ask->who, &language);
	if (rc != 0)
		return rc;
	fresh = session_fresh(ask->c, ask->in, ask->login, SESSION_KEYS) == 0;
	err_clear(ask->c);
	json_set_text(ask->c, keys, "person", ask->who->handle);
	set_recovered(ask, keys);
	json_set(
	    ask->c, keys, "sessions", (struct json *)(uintptr_t)json_find(sessions, "sessions"));
	json_set(
	    ask->c, keys, "subjects", (struct json *)(uintptr_t)json_find(subjects, "subjects"));
	json_set_int(
	    ask->c, keys, "ways", json_find(keys, "live")->num + json_find(subjects, "live")->num);
	json_set_text(ask->c, keys, "oidc", ask->officer ? STR("") : ask->in->oidc.name);
	add_end(ask, json_find(keys, "passkeys"), "passkey", "number");
	add_end(ask, json_find(keys, "subjects"), "subject", "number");
	add_end(ask, json_find(keys, "sessions"), "session", "ref");
	json_set_text(ask->c, keys, "language",
	    language.n > 0           ? language
	    : ask->lang == ANSWER_DE ? STR("de")
				     : STR("en"));
	json_set_bool(ask->c, keys, "fresh", fresh);
	json_set_text(ask->c, keys, "verify", str_of(once_more));
	*ret = keys;
	return 0;
}

int login_own_ask(struct route_ask *ask, struct answer *a)
{
	struct json *j = NULL;
	int rc = session_fresh(ask->c, ask->in, ask->login, SESSION_KEYS);

	if (rc == 0)
		rc = enrol_ask_more(ask->c, ask->in, ask->who, ask->login, &j);
	return login_json(ask, rc, j, a);
}

/* Not fresh: there first. True when the view goes on. */
static bool is_fresh(struct route_ask *ask, int *ret_rc)
{
	*ret_rc = session_fresh(ask->c, ask->in, ask->login, SESSION_KEYS);
	if (*ret_rc != ERR_DENIED)
		return *ret_rc == 0;
	err_clear(ask->c);
	ask->go_on = str_of(once_more);
	*ret_rc = 0;
	return false;
}

int login_own_more(struct route_ask *ask, struct json **ret)
{
	struct passkey_fields f = login_answer(ask, 1);
	enum passkey_fault why = PASSKEY_NO_FAULT;
	int rc;

	*ret = json_map(ask->c);
	if (!is_fresh(ask, &rc))
		return rc;
	rc = enrol_take_more(ask->c, ask->in, ask->who, ask->login, &f, ask->fields[0].text, &why);
	return rc == 0 ? 0 : login_refused(ask, rc, why);
}

int login_own_end(struct route_ask *ask, struct json **ret)
{
	int64_t number = 0;
	int rc;

	*ret = json_map(ask->c);
	if (!str_i64(ask->parts[0], &number))
		return ERR_NOTFOUND;
	if (!is_fresh(ask, &rc))
		return rc;
	return keyring_end(ask->c, ask->in, ask->who, ask->who->id, number);
}

int login_own_subject(struct route_ask *ask, struct json **ret)
{
	int64_t number = 0;
	int rc;

	*ret = json_map(ask->c);
	if (!str_i64(ask->parts[0], &number))
		return ERR_NOTFOUND;
	if (!is_fresh(ask, &rc))
		return rc;
	return subject_end(ask->c, ask->in, ask->who, ask->who->id, number);
}

int login_own_session(struct route_ask *ask, struct json **ret)
{
	*ret = json_map(ask->c);
	return session_end_ref(ask->c, ask->in, ask->who, ask->parts[0]);
}

int login_own_sessions(struct route_ask *ask, struct json **ret)
{
	*ret = json_map(ask->c);
	return session_end_all(ask->c, ask->in, ask->who, ask->who->id);
}

int login_own_language(struct route_ask *ask, struct json **ret)
{
	int rc = choice_set_language(ask->c, ask->in, ask->who, ask->fields[0].text);

	*ret = json_map(ask->c);
	if (rc == 0)
		login_language(ask, ask->fields[0].text);
	return rc;
}
