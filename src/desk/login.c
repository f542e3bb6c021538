#include "desk/login.h"

#include "base/mem.h"

struct passkey_house login_house(const struct instance *in)
{
	return (struct passkey_house){.origin = in->serve.url, .rp_id = in->serve.host};
}

/* ---- asking ---- */

static int ask(struct ctx *c, struct instance *in, struct str challenge, struct json **ret)
{
	struct json *j = json_map(c);

	if (in->serve.url.n == 0)
		return err_set(
		    c, ERR_INVALID, "writ.yaml: url is missing: passkeys are made for it");
	json_set_text(c, j, "challenge", text_base64url(c, challenge.p, challenge.n));
	json_set_text(c, j, "rpId", in->serve.host);
	json_set_int(c, j, "timeout", CHALLENGE_SECONDS * 1000);
	*ret = j;
	return 0;
}

int login_ask(struct ctx *c, struct instance *in, struct json **ret)
{
	return ask(c, in, challenge_make(c, in, "sign_in", STR("")), ret);
}

static struct str bound_to(struct ctx *c, int64_t session)
{
	return str_fmt(c, "%lld", (long long)session);
}

static const char *again(struct ctx *c, enum session_act act)
{
	return str_fmt(c, "again %s", session_act_word(act)).p;
}

int login_ask_again(struct ctx *c, struct instance *in, int64_t session, const struct person *who,
    enum session_act act, struct json **ret)
{
	struct json *list = json_list(c);
	struct keyring all;
	int rc = ask(c, in, challenge_make(c, in, again(c, act), bound_to(c, session)), ret);

	if (rc == 0)
		rc = keyring_of(c, in, who->id, &all);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < all.n; i++)
		if (instant_is_none(all.v[i].ended))
			json_add(c, list,
			    json_of_text(
				c, text_base64url(c, all.v[i].key.id.p, all.v[i].key.id.n)));
	json_set(c, *ret, "allow", list);
	return 0;
}

/* ---- taking ---- */

struct taking {
	struct instance *in;
	struct passkey_answer answer;
	struct instant asked; /* when its challenge was made */
	struct keyring_key k;
	struct person person;
	uint32_t count;
	int64_t session; /* of a check; 0 for a sign-in */
	enum session_act act;
	struct str token;
};

/* Whose passkey it is, and whether that still counts. */
static int find(struct ctx *c, struct taking *t, const struct person *only, enum passkey_fault *why)
{
	struct hash user;
	int rc = keyring_find(c, t->in, t->answer.id, &t->k);

	if (rc != 0)
		return rc;
	if (t->k.id == 0 || !instant_is_none(t->k.ended))
		return passkey_refused(c, why, PASSKEY_UNKNOWN);
	rc = person_get(c, t->in, t->k.person, &t->person);
	if (rc != 0)
		return rc;
	user = keyring_user(t->in, t->person.id);
	if (!t->person.active || (only != NULL && only->id != t->person.id) ||
	    (t->answer.user.n > 0 && !str_eq(t->answer.user, hash_str(&user))))
		return passkey_refused(c, why, PASSKEY_PERSON);
	return 0;
}

static int check(struct ctx *c, struct taking *t, const struct passkey_fields *f,
    const char *purpose, struct str bound, const struct person *only, enum passkey_fault *why)
{
	struct passkey_house house = login_house(t->in);
	int rc = passkey_read(c, f, &t->answer, why);

	if (rc != 0)
		return rc;
	if (house.origin.n == 0 ||
	    !challenge_good(c, t->in, purpose, bound, t->answer.challenge, &t->asked))
		return passkey_refused(c, why, PASSKEY_CHALLENGE);
	rc = find(c, t, only, why);
	return rc == 0 ? passkey_check(c, &house, &t->answer, &t->k.key, &t->count, why) : rc;
}

static int copied(struct ctx *c, struct step *s, void *arg)
{
	struct taking *t = arg;
	struct keyring_key now;
	int rc = keyring_find(c, t->in, t->answer.id, &now);

	if (rc == 0 && !instant_is_none(now.ended))
		rc = err_set(c, ERR_CONFLICT, "it has ended already");
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "person", now.person);
	json_set_int(c, s->detail, "number", now.number);
	json_set_text(c, s->detail, "cause", STR("copied"));
	return keyring_end_row(c, t->in, s, &now, "copied");
}

/* The signature is good, and the counter is not: two devices. */
static int count_wrong(struct ctx *c, struct taking *t, enum passkey_fault *why)
{
	int rc = 0;

	if (instant_is_none(t->k.used) || t->asked.s > t->k.used.s)
		rc = step_run(c, &t->in->store, "person.passkey_copied", 0, copied, t, NULL);
	if (rc != 0 && rc != ERR_CONFLICT)
		return rc;
	return passkey_refused(c, why, PASSKEY_COUNT);
}

/* In one transaction: the challenge is answered, the counter goes on, and what the answer is for.
 */
static int accept(struct ctx *c, struct db *db, void *arg)
{
	struct taking *t = arg;
	struct session_by by;
	int rc = challenge_use(c, t->in, t->answer.challenge);

	(void)db;
	if (rc == 0)
		rc = keyring_used(c, t->in, &t->k, t->count);
	if (rc != 0)
		return rc;
	by = (struct session_by){.person = t->k.person, .passkey = t->k.id};
	return t->session == 0 ? session_open(c, t->in, &by, &t->token)
			       : session_verify(c, t->in, t->session, t->act);
}

static int take(struct ctx *c, struct taking *t, enum passkey_fault *why)
{
	int rc;

	if (passkey_went_back(t->k.key.count, t->count))
		return count_wrong(c, t, why);
	rc = db_tx(c, t->in->store.db, accept, t);
	return rc == ERR_CONFLICT ? passkey_refused(c, why, PASSKEY_REPLAY) : rc;
}

int login_take(struct ctx *c, struct instance *in, const struct passkey_fields *f,
    struct str *ret_token, enum passkey_fault *why)
{
	struct taking t = {.in = in};
	int rc = check(c, &t, f, "sign_in", STR(""), NULL, why);

	if (rc == 0)
		rc = take(c, &t, why);
	if (rc == 0)
		*ret_token = t.token;
	return rc;
}

int login_take_again(struct ctx *c, struct instance *in, int64_t session, const struct person *who,
    enum session_act act, const struct passkey_fields *f, enum passkey_fault *why)
{
	struct taking t = {.in = in, .session = session, .act = act};
	int rc = check(c, &t, f, again(c, act), bound_to(c, session), who, why);

	return rc == 0 ? take(c, &t, why) : rc;
}
