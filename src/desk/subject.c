#include "desk/subject.h"

#include "base/mem.h"
#include "desk/keyring.h"
#include "desk/right.h"
#include "in/id_token.h"

static const char label[] = "oidc_subject.subject";

/* Of issuer and subject together: another issuer's subject of the same name is another one. */
static struct hash key_of(struct ctx *c, const struct instance *in, struct str sub)
{
	struct str both = str_fmt(c, "%.*s\n%.*s", STR_ARG(in->oidc.issuer), STR_ARG(sub));

	return vault_key(in->store.vault, label, both);
}

/* ---- reading ---- */

static int from_row(
    struct ctx *c, struct instance *in, const struct db_val *row, struct subject *ret)
{
	struct subject o = {.id = row[0].num,
	    .rev = row[1].num,
	    .person = row[2].num,
	    .number = row[3].num,
	    .issuer = str_make(c, row[4].s),
	    .way = str_make(c, row[5].s),
	    .added = db_get_instant(row[6]),
	    .ended = db_get_instant(row[7]),
	    .cause = str_make(c, row[8].s),
	    .sub = STR("")};
	int rc =
	    row[9].kind == DB_BLOB ? vault_unseal(c, in->store.vault, label, row[9].s, &o.sub) : 0;

	if (rc == 0)
		*ret = o;
	return rc;
}

struct reading {
	struct instance *in;
	struct subjects all;
};

static int add_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct reading *r = arg;
	struct subject *o;
	int rc;

	r->all.v = mem_grow(c, r->all.v, r->all.n, &r->all.cap, sizeof *r->all.v);
	o = &r->all.v[r->all.n++];
	rc = from_row(c, r->in, row, o);
	if (rc == 0 && instant_is_none(o->ended)) {
		r->all.live++;
		r->all.here += str_eq(o->issuer, r->in->oidc.issuer);
	}
	return rc;
}

int subject_of(struct ctx *c, struct instance *in, int64_t person, struct subjects *ret)
{
	struct reading r = {.in = in};
	int rc = db_each(
	    c, in->store.db, SQL_OIDC_SUBJECT_OF_PERSON, DB_ARGS(db_int(person)), add_row, &r);

	if (rc == 0)
		*ret = r.all;
	return rc;
}

int subject_find(struct ctx *c, struct instance *in, struct str sub, struct subject *ret)
{
	struct hash key = key_of(c, in, sub);
	const struct db_val *row;
	int rc =
	    db_find(c, in->store.db, SQL_OIDC_SUBJECT_LIVE, DB_ARGS(db_blob(hash_str(&key))), &row);

	if (rc == 0 && row == NULL)
		*ret = (struct subject){0};
	return rc != 0 || row == NULL ? rc : from_row(c, in, row, ret);
}

/* ---- binding ---- */

int subject_put(struct ctx *c, struct instance *in, struct step *s, int64_t person, struct str sub,
    const char *way, int64_t *ret_id)
{
	struct hash key = key_of(c, in, sub);
	struct subject taken;
	struct subjects all;
	struct person p;
	int rc = person_get(c, in, person, &p);

	if (rc == 0 && p.roles == 0)
		rc = err_set(c, ERR_DENIED, "only people of the provider sign in there");
	if (rc == 0)
		rc = subject_of(c, in, person, &all);
	if (rc == 0 && all.live >= SUBJECT_MAX)
		rc = err_set(c, ERR_LIMIT, "nobody has more than %d of these", SUBJECT_MAX);
	if (rc == 0)
		rc = subject_find(c, in, sub, &taken);
	if (rc == 0 && taken.id != 0)
		rc = err_set(c, ERR_CONFLICT, "this sign-in is bound already");
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "person", person);
	json_set_int(c, s->detail, "number", (int64_t)all.n + 1);
	json_set_text(c, s->detail, "way", str_of(way));
	return step_insert(c, s, STEP_OIDC_SUBJECT, SQL_OIDC_SUBJECT_PUT,
	    DB_ARGS(db_int(person), db_int((int64_t)all.n + 1), db_blob(hash_str(&key)),
		db_text(in->oidc.issuer), db_text(str_of(way)), db_int(s->now.s),
		db_blob(vault_seal(c, in->store.vault, label, sub))),
	    ret_id);
}

struct binding {
	struct instance *in;
	const struct person *person;
	struct str sub;
};

/* With a subject of their own choice an admin would come in as somebody who signs in already. */
static int bind(struct ctx *c, struct step *s, void *arg)
{
	const struct binding *b = arg;
	struct subjects others;
	struct keyring keys;
	int64_t id;
	int rc = keyring_of(c, b->in, b->person->id, &keys);

	if (rc == 0)
		rc = subject_of(c, b->in, b->person->id, &others);
	if (rc == 0 && keys.n + others.n > 0)
		rc = err_set(c, ERR_CONFLICT,
		    "this person has or had a way in: another one takes two persons (user "
		    "recover), "
		    "or the person's own hand");
	return rc == 0 ? subject_put(c, b->in, s, b->person->id, b->sub, "admin", &id) : rc;
}

int subject_bind(struct ctx *c, struct instance *in, const struct person *by,
    const struct person *person, struct str sub)
{
	struct binding b = {in, person, sub};
	int rc = right_needs(c, by, RIGHT_PERSON_SUBJECT);

	if (rc != 0)
		return rc;
	if (in->oidc.issuer.n == 0)
		return err_set(c, ERR_INVALID, "writ.yaml names no OpenID provider (oidc_issuer)");
	if (!id_token_subject_ok(sub))
		return err_set(c, ERR_INVALID,
		    "a subject is the provider's own name for somebody (sub), 1 to %d plain "
		    "characters",
		    ID_TOKEN_SUBJECT_MAX);
	if (!person->active)
		return err_set(c, ERR_DENIED, "who was sent away does not sign in");
	return step_run(c, &in->store, "person.subject", by->id, bind, &b, NULL);
}

/* ---- ending ---- */

int subject_end_row(
    struct ctx *c, struct instance *in, struct step *s, const struct subject *o, const char *cause)
{
	int rc = step_update(c, s, STEP_OIDC_SUBJECT, SQL_OIDC_SUBJECT_END, o->id, o->rev,
	    DB_ARGS(db_int(s->now.s), db_text(str_of(cause))));

	if (rc == 0)
		rc = db_run(c, in->store.db, SQL_SESSION_END_SUBJECT,
		    DB_ARGS(db_int(s->now.s), db_int(o->person), db_int(o->id)), NULL);
	return rc;
}

struct ending {
	struct instance *in;
	int64_t person, number;
	const char *cause;
};

static int own_last(struct ctx *c, const struct ending *e, const struct subjects *all)
{
	struct keyring keys;
	int rc = strcmp(e->cause, "own") == 0 ? keyring_of(c, e->in, e->person, &keys) : 0;

	if (rc == 0 && strcmp(e->cause, "own") == 0 && all->live + keys.live == 1)
		rc = err_set(c, ERR_DENIED,
		    "the last way in stays: register a passkey first, or nobody could sign in");
	return rc;
}

static int end(struct ctx *c, struct step *s, void *arg)
{
	const struct ending *e = arg;
	const struct subject *o = NULL;
	struct subjects all;
	int rc = subject_of(c, e->in, e->person, &all);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].number == e->number)
			o = &all.v[i];
	if (o == NULL)
		return err_set(c, ERR_NOTFOUND, "no sign-in of this number is bound");
	if (!instant_is_none(o->ended))
		return err_set(c, ERR_CONFLICT, "it has ended already");
	rc = own_last(c, e, &all);
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "person", e->person);
	json_set_int(c, s->detail, "number", e->number);
	json_set_text(c, s->detail, "cause", str_of(e->cause));
	return subject_end_row(c, e->in, s, o, e->cause);
}

int subject_end(
    struct ctx *c, struct instance *in, const struct person *by, int64_t person, int64_t number)
{
	struct ending e = {in, person, number, by->id == person ? "own" : "admin"};
	int rc = by->id == person ? 0 : right_needs(c, by, RIGHT_PERSON_SUBJECT_END);

	return rc == 0 ? step_run(c, &in->store, "person.subject_end", by->id, end, &e, NULL) : rc;
}

/* ---- showing ---- */

int subject_view(
    struct ctx *c, struct instance *in, const struct person *by, int64_t person, struct json **ret)
{
	struct json *j = json_map(c), *list = json_list(c);
	struct subjects all;
	int rc = by->id == person ? 0 : right_needs(c, by, RIGHT_PERSON_SUBJECTS);

	if (rc == 0)
		rc = subject_of(c, in, person, &all);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < all.n; i++) {
		const struct subject *o = &all.v[i];
		struct json *one = json_map(c);

		json_set_int(c, one, "number", o->number);
		json_set_text(c, one, "issuer", o->issuer);
		json_set_text(c, one, "subject", o->sub);
		json_set_text(c, one, "way", o->way);
		json_set_text(c, one, "added", instant_str(c, o->added));
		if (!instant_is_none(o->ended)) {
			json_set_text(c, one, "ended", instant_str(c, o->ended));
			json_set_text(c, one, "cause", o->cause);
		}
		json_add(c, list, one);
	}
	json_set(c, j, "subjects", list);
	json_set_int(c, j, "live", (int64_t)all.live);
	*ret = j;
	return 0;
}
