#include "desk/enrol.h"

#include "base/mem.h"
#include "desk/login.h"
#include "desk/right.h"
#include "desk/subject.h"

enum { TOKEN = 32 };

/* ---- rows ---- */

struct waiting {
	int64_t id, rev, maker;
	bool proposed;
	struct instant until;
};

struct waitings {
	struct waiting *v;
	size_t n, cap;
};

static int add_waiting(struct ctx *c, const struct db_val *row, void *arg)
{
	struct waitings *all = arg;

	all->v = mem_grow(c, all->v, all->n, &all->cap, sizeof *all->v);
	all->v[all->n++] = (struct waiting){.id = row[0].num,
	    .rev = row[1].num,
	    .maker = row[5].num,
	    .proposed = str_is(row[4].s, "proposed"),
	    .until = db_get_instant(row[6])};
	return 0;
}

static int waitings_of(struct ctx *c, const struct step *s, int64_t person, struct waitings *ret)
{
	*ret = (struct waitings){0};
	return db_each(
	    c, s->store->db, SQL_ENROLMENT_WAITS, DB_ARGS(db_int(person)), add_waiting, ret);
}

/* A newer link, or none any more. except: one that goes on. */
static int end_waitings(struct ctx *c, struct step *s, const struct waitings *all, int64_t except)
{
	int rc = 0;

	for (size_t i = 0; i < all->n && rc == 0; i++)
		if (all->v[i].id != except)
			rc = step_update(c, s, STEP_ENROLMENT, SQL_ENROLMENT_END, all->v[i].id,
			    all->v[i].rev, DB_NO_ARGS);
	return rc;
}

/* ---- links ---- */

struct linking {
	struct instance *in;
	const struct person *person;
	int64_t by;
	struct enrol_link link;
	struct hash hash;
};

static struct linking linking_make(
    struct ctx *c, struct instance *in, const struct person *person, int64_t by)
{
	struct linking l = {.in = in, .person = person, .by = by};
	unsigned char raw[TOKEN];

	ctx_random(c, raw, sizeof raw);
	l.link.token = text_hex(c, raw, sizeof raw);
	l.link.url = str_fmt(c, "%.*s/enrol/%.*s", STR_ARG(in->serve.url), STR_ARG(l.link.token));
	l.link.until = (struct instant){ctx_now(c) + ENROL_LINK_SECONDS};
	l.hash = hash_of(l.link.token);
	return l;
}

static int link_row(struct ctx *c, struct step *s, void *arg)
{
	struct linking *l = arg;
	struct waitings old;
	int rc = waitings_of(c, s, l->person->id, &old);

	if (rc == 0)
		rc = end_waitings(c, s, &old, 0);
	json_set_int(c, s->detail, "person", l->person->id);
	if (rc == 0)
		rc = step_insert(c, s, STEP_ENROLMENT, SQL_ENROLMENT_PUT,
		    DB_ARGS(db_int(l->person->id), db_int(0), db_text(STR("open")), db_int(l->by),
			db_int(s->now.s), db_blob(hash_str(&l->hash)), db_instant(l->link.until)),
		    NULL);
	return rc;
}

static int check_url(struct ctx *c, const struct instance *in)
{
	if (in->serve.url.n > 0)
		return 0;
	return err_set(c, ERR_INVALID,
	    "writ.yaml has no url: a link leads there, and passkeys are made for its host");
}

static int check_person(struct ctx *c, const struct person *person)
{
	return person->active ? 0 : err_set(c, ERR_DENIED, "who was sent away is given no link");
}

/* Officers have no role; who vets them gives them their link. */
static int may_link(struct ctx *c, const struct person *by, const struct person *person)
{
	return right_needs(
	    c, by, person->roles == 0 ? RIGHT_PERSON_LINK_OFFICER : RIGHT_PERSON_LINK);
}

static int link_make(struct ctx *c, struct instance *in, int64_t by, const struct person *person,
    struct enrol_link *ret)
{
	struct linking l = linking_make(c, in, person, by);
	struct subjects others;
	struct keyring all;
	int rc = check_url(c, in);

	if (rc == 0)
		rc = check_person(c, person);
	if (rc == 0)
		rc = keyring_of(c, in, person->id, &all);
	if (rc == 0)
		rc = subject_of(c, in, person->id, &others);
	if (rc == 0 && all.n + others.n > 0)
		rc = err_set(c, ERR_CONFLICT,
		    "this person has or had passkeys: a new link takes two persons (user recover)");
	if (rc == 0)
		rc = step_run(c, &in->store, "person.link", by, link_row, &l, NULL);
	if (rc == 0)
		*ret = l.link;
	return rc;
}

int enrol_link(struct ctx *c, struct instance *in, const struct person *by,
    const struct person *person, struct enrol_link *ret)
{
	int rc = may_link(c, by, person);

	return rc == 0 ? link_make(c, in, by->id, person, ret) : rc;
}

struct making {
	struct instance *in;
	const struct person *by;
	struct str handle;
	unsigned roles;
	bool sealed;
	const struct str *lands;
	struct enrol_link link;
};

static int make_person(struct ctx *c, void *arg)
{
	struct making *m = arg;
	struct hash nobody; /* a secret's hash of which nobody has the secret */
	struct person p;
	int64_t id;
	int rc;

	ctx_random(c, nobody.b, sizeof nobody.b);
	rc = person_add(c, m->in, m->by, m->handle, m->roles, m->sealed, -1, &nobody, &id);
	if (rc == 0 && m->lands != NULL)
		rc = person_limit(c, m->in, m->by, m->handle, *m->lands);
	if (rc == 0)
		rc = person_get(c, m->in, id, &p);
	return rc == 0 ? link_make(c, m->in, m->by == NULL ? id : m->by->id, &p, &m->link) : rc;
}

int enrol_person(struct ctx *c, struct instance *in, const struct person *by, struct str handle,
    unsigned roles, bool sealed, const struct str *lands, struct enrol_link *ret)
{
	struct making m = {
	    .in = in, .by = by, .handle = handle, .roles = roles, .sealed = sealed, .lands = lands};
	int rc = check_url(c, in);

	if (rc == 0)
		rc = step_together(c, &in->store, make_person, &m);
	if (rc == 0)
		*ret = m.link;
	return rc;
}

/* ---- recovery ---- */

static int not_oneself(struct ctx *c, const struct person *by, const struct person *person)
{
	return by->id != person->id
		   ? 0
		   : err_set(c, ERR_DENIED, "nobody recovers oneself: two others do it");
}

static int propose(struct ctx *c, struct step *s, void *arg)
{
	struct linking *l = arg;
	struct waitings old;
	int rc = waitings_of(c, s, l->person->id, &old);

	for (size_t i = 0; rc == 0 && i < old.n; i++)
		if (old.v[i].proposed && s->now.s < old.v[i].until.s)
			rc = err_set(c, ERR_CONFLICT, "it is proposed already");
	if (rc == 0)
		rc = end_waitings(c, s, &old, 0);
	json_set_int(c, s->detail, "person", l->person->id);
	if (rc == 0)
		rc = step_insert(c, s, STEP_ENROLMENT, SQL_ENROLMENT_PUT,
		    DB_ARGS(db_int(l->person->id), db_int(1), db_text(STR("proposed")),
			db_int(l->by), db_int(s->now.s), db_null(),
			db_int(s->now.s + ENROL_PROPOSAL_SECONDS)),
		    NULL);
	return rc;
}

int enrol_recover(
    struct ctx *c, struct instance *in, const struct person *by, const struct person *person)
{
	struct linking l = {.in = in, .person = person, .by = by->id};
	int rc = right_needs(c, by, RIGHT_PERSON_RECOVER);

	if (rc == 0)
		rc = not_oneself(c, by, person);
	if (rc == 0)
		rc = check_person(c, person);
	return rc == 0 ? step_run(c, &in->store, "person.recover", by->id, propose, &l, NULL) : rc;
}

/* What the person had ends: whoever found it cannot use it beside the new one. */
static int end_all(struct ctx *c, struct step *s, const struct linking *l)
{
	struct subjects others;
	struct keyring all;
	int rc = keyring_of(c, l->in, l->person->id, &all);

	if (rc == 0)
		rc = subject_of(c, l->in, l->person->id, &others);
	for (size_t i = 0; rc == 0 && i < all.n; i++)
		if (instant_is_none(all.v[i].ended))
			rc = keyring_end_row(c, l->in, s, &all.v[i], "recovery");
	for (size_t i = 0; rc == 0 && i < others.n; i++)
		if (instant_is_none(others.v[i].ended))
			rc = subject_end_row(c, l->in, s, &others.v[i], "recovery");
	if (rc == 0)
		rc = db_run(c, s->store->db, SQL_SESSION_END_PERSON,
		    DB_ARGS(db_int(s->now.s), db_int(l->person->id)), NULL);
	return rc;
}

static int confirm(struct ctx *c, struct step *s, void *arg)
{
	struct linking *l = arg;
	const struct waiting *w = NULL;
	struct waitings all;
	int rc = waitings_of(c, s, l->person->id, &all);

	for (size_t i = 0; rc == 0 && i < all.n; i++)
		if (all.v[i].proposed && s->now.s < all.v[i].until.s)
			w = &all.v[i];
	if (rc == 0 && w == NULL)
		rc = err_set(
		    c, ERR_NOTFOUND, "no recovery is proposed for this person, or no longer");
	else if (rc == 0 && w->maker == l->by)
		rc = err_set(c, ERR_DENIED, "another person than the one who proposed it confirms");
	if (rc == 0)
		rc = end_waitings(c, s, &all, w->id);
	if (rc == 0)
		rc = end_all(c, s, l);
	if (rc == 0)
		rc = enrol_tell_recovered(c, l->in, l->person);
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "person", l->person->id);
	return step_update(c, s, STEP_ENROLMENT, SQL_ENROLMENT_CONFIRM, w->id, w->rev,
	    DB_ARGS(db_int(l->by), db_blob(hash_str(&l->hash)), db_instant(l->link.until)));
}

int enrol_confirm(struct ctx *c, struct instance *in, const struct person *by,
    const struct person *person, struct enrol_link *ret)
{
	struct linking l = linking_make(c, in, person, by->id);
	int rc = right_needs(c, by, RIGHT_PERSON_RECOVER_CONFIRM);

	if (rc == 0)
		rc = not_oneself(c, by, person);
	if (rc == 0)
		rc = check_url(c, in);
	if (rc == 0)
		rc = check_person(c, person);
	if (rc == 0)
		rc = step_run(c, &in->store, "person.recover_confirm", by->id, confirm, &l, NULL);
	if (rc == 0)
		*ret = l.link;
	return rc;
}

/* ---- registering ---- */

static int no_link(struct ctx *c)
{
	return err_set(c, ERR_NOTFOUND, "this link is not good, or not any more");
}

int enrol_find(struct ctx *c, struct instance *in, struct str token, struct enrol *ret)
{
	struct hash h = hash_of(token);
	const struct db_val *row;
	struct enrol e;
	int rc =
	    db_find(c, in->store.db, SQL_ENROLMENT_BY_TOKEN, DB_ARGS(db_blob(hash_str(&h))), &row);

	if (rc != 0)
		return rc;
	if (row == NULL || !str_is(row[4].s, "open") || ctx_now(c) >= row[6].num)
		return no_link(c);
	e = (struct enrol){.id = row[0].num, .rev = row[1].num, .until = db_get_instant(row[6])};
	rc = person_get(c, in, row[2].num, &e.person);
	if (rc != 0)
		return rc;
	if (!e.person.active)
		return no_link(c);
	*ret = e;
	return 0;
}

/* What a browser makes a passkey for, in the words of Web Authentication. */
static int options(struct ctx *c, struct instance *in, const struct person *p, const char *purpose,
    struct str bound, struct json **ret)
{
	struct str challenge = challenge_make(c, in, purpose, bound);
	struct hash user = keyring_user(in, p->id);
	struct json *j = json_map(c), *known = json_list(c), *algs = json_list(c);
	struct keyring all;
	int rc = check_url(c, in);

	if (rc == 0)
		rc = keyring_of(c, in, p->id, &all);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < all.n; i++)
		if (instant_is_none(all.v[i].ended))
			json_add(c, known,
			    json_of_text(
				c, text_base64url(c, all.v[i].key.id.p, all.v[i].key.id.n)));
	json_add(c, algs, json_of_int(c, PASSKEY_ES256));
	json_add(c, algs, json_of_int(c, PASSKEY_EDDSA));
	json_set_text(c, j, "challenge", text_base64url(c, challenge.p, challenge.n));
	json_set_text(c, j, "rpId", in->serve.host);
	json_set_text(c, j, "rpName", in->provider);
	json_set_text(c, j, "user", text_base64url(c, user.b, HASH_SIZE));
	json_set_text(c, j, "name", p->handle);
	json_set(c, j, "known", known);
	json_set(c, j, "algs", algs);
	json_set_int(c, j, "timeout", CHALLENGE_SECONDS * 1000);
	*ret = j;
	return 0;
}

struct registering {
	struct instance *in;
	struct str token; /* of a link; "" beside another passkey */
	int64_t person;
	struct passkey_key key;
	struct str name, challenge;
};

static int put_key(struct ctx *c, struct step *s, void *arg)
{
	struct registering *r = arg;
	struct enrol e = {0};
	int64_t id;
	int rc = challenge_use(c, r->in, r->challenge);

	if (rc == 0 && r->token.n > 0)
		rc = enrol_find(c, r->in, r->token, &e);
	if (rc == 0)
		rc = keyring_put(c, r->in, s, r->person, &r->key, r->name, &id);
	if (rc == 0 && r->token.n > 0)
		rc = step_update(
		    c, s, STEP_ENROLMENT, SQL_ENROLMENT_USE, e.id, e.rev, DB_ARGS(db_int(id)));
	return rc;
}

static int take(struct ctx *c, struct registering *r, const char *purpose, struct str bound,
    const struct passkey_fields *f, enum passkey_fault *why)
{
	struct passkey_house house = login_house(r->in);
	struct passkey_answer a;
	struct instant made;
	int rc = passkey_read(c, f, &a, why);

	if (rc != 0)
		return rc;
	if (house.origin.n == 0 || !challenge_good(c, r->in, purpose, bound, a.challenge, &made))
		return passkey_refused(c, why, PASSKEY_CHALLENGE);
	rc = passkey_new(c, &house, &a, &r->key, why);
	if (rc != 0)
		return rc;
	r->challenge = a.challenge;
	rc = step_run(c, &r->in->store, "person.passkey", r->person, put_key, r, NULL);
	return rc == ERR_CONFLICT ? passkey_refused(c, why, PASSKEY_TAKEN) : rc;
}

int enrol_ask(struct ctx *c, struct instance *in, struct str token, struct json **ret)
{
	struct enrol e;
	int rc = enrol_find(c, in, token, &e);

	return rc == 0 ? options(c, in, &e.person, "enrol", token, ret) : rc;
}

int enrol_take(struct ctx *c, struct instance *in, struct str token, const struct passkey_fields *f,
    struct str name, enum passkey_fault *why)
{
	struct registering r = {.in = in, .token = token, .name = name};
	struct enrol e;
	int rc = enrol_find(c, in, token, &e);

	if (rc != 0)
		return rc;
	r.person = e.person.id;
	return take(c, &r, "enrol", token, f, why);
}

int enrol_ask_more(struct ctx *c, struct instance *in, const struct person *who, int64_t session,
    struct json **ret)
{
	return options(c, in, who, "more", str_fmt(c, "%lld", (long long)session), ret);
}

int enrol_take_more(struct ctx *c, struct instance *in, const struct person *who, int64_t session,
    const struct passkey_fields *f, struct str name, enum passkey_fault *why)
{
	struct registering r = {.in = in, .token = STR(""), .person = who->id, .name = name};

	return take(c, &r, "more", str_fmt(c, "%lld", (long long)session), f, why);
}
