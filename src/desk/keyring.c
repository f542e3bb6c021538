#include "desk/keyring.h"

#include "base/mem.h"
#include "desk/right.h"
#include "in/wording.h"

static int from_row(
    struct ctx *c, struct instance *in, const struct db_val *row, struct keyring_key *ret)
{
	struct keyring_key k = {.id = row[0].num,
	    .rev = row[1].num,
	    .person = row[2].num,
	    .number = row[3].num,
	    .key = {.id = str_make(c, row[4].s),
		.alg = (enum passkey_alg)row[5].num,
		.key = str_make(c, row[6].s),
		.count = (uint32_t)row[11].num},
	    .name = STR(""),
	    .added = db_get_instant(row[7]),
	    .ended = db_get_instant(row[8]),
	    .used = db_get_instant(row[12]),
	    .cause = str_make(c, row[9].s)};
	int rc = 0;

	if (row[10].kind == DB_BLOB)
		rc = vault_unseal(c, in->store.vault, "passkey.name", row[10].s, &k.name);
	if (rc == 0)
		*ret = k;
	return rc;
}

struct reading {
	struct instance *in;
	struct keyring all;
};

static int add_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct reading *r = arg;

	r->all.v = mem_grow(c, r->all.v, r->all.n, &r->all.cap, sizeof *r->all.v);
	r->all.live += row[8].kind == DB_NULL;
	return from_row(c, r->in, row, &r->all.v[r->all.n++]);
}

int keyring_of(struct ctx *c, struct instance *in, int64_t person, struct keyring *ret)
{
	struct reading r = {.in = in};
	int rc =
	    db_each(c, in->store.db, SQL_PASSKEY_OF_PERSON, DB_ARGS(db_int(person)), add_row, &r);

	if (rc == 0)
		*ret = r.all;
	return rc;
}

int keyring_find(struct ctx *c, struct instance *in, struct str credential, struct keyring_key *ret)
{
	const struct db_val *row;
	int rc =
	    db_find(c, in->store.db, SQL_PASSKEY_BY_CREDENTIAL, DB_ARGS(db_blob(credential)), &row);

	if (rc == 0 && row == NULL)
		*ret = (struct keyring_key){0};
	return rc != 0 || row == NULL ? rc : from_row(c, in, row, ret);
}

int keyring_put(struct ctx *c, struct instance *in, struct step *s, int64_t person,
    const struct passkey_key *key, struct str name, int64_t *ret_id)
{
	struct str ct = vault_seal(c, in->store.vault, "passkey.name", name);
	struct keyring_key taken;
	const struct db_val *row;
	int64_t number, id;
	int rc = db_one(c, in->store.db, SQL_PASSKEY_COUNT, DB_ARGS(db_int(person)), &row);

	if (rc != 0)
		return rc;
	number = row[0].num + 1;
	if (row[1].num >= KEYRING_MAX)
		return err_set(c, ERR_LIMIT, "nobody has more than %d passkeys", KEYRING_MAX);
	if (name.n == 0 || name.n > KEYRING_NAME_MAX || !wording_line_ok(name))
		return err_set(c, ERR_INVALID, "a passkey's name is one line of at most %d bytes",
		    KEYRING_NAME_MAX);
	rc = keyring_find(c, in, key->id, &taken);
	if (rc == 0 && taken.id != 0)
		rc = err_set(c, ERR_CONFLICT, "this passkey is registered already");
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "person", person);
	json_set_int(c, s->detail, "number", number);
	rc = step_insert(c, s, STEP_PASSKEY, SQL_PASSKEY_PUT,
	    DB_ARGS(db_int(person), db_int(number), db_blob(key->id), db_int(key->alg),
		db_blob(key->key), db_int(s->now.s), db_blob(ct)),
	    &id);
	if (rc == 0)
		rc = db_run(c, in->store.db, SQL_PASSKEY_USE_PUT,
		    DB_ARGS(db_int(id), db_int(key->count), db_int(s->now.s)), NULL);
	if (rc == 0)
		*ret_id = id;
	return rc;
}

int keyring_used(struct ctx *c, struct instance *in, const struct keyring_key *k, uint32_t count)
{
	int64_t changed;
	int rc = db_run(c, in->store.db, SQL_PASSKEY_USE_PUT,
	    DB_ARGS(db_int(k->id), db_int(count), db_int(ctx_now(c))), &changed);

	if (rc == 0 && changed == 0)
		rc = err_set(c, ERR_CONFLICT, "another answer came between");
	return rc;
}

struct hash keyring_user(const struct instance *in, int64_t person)
{
	char z[24];
	int n = snprintf(z, sizeof z, "%lld", (long long)person);

	return vault_token(in->store.vault, "passkey.user", (struct str){z, (size_t)n});
}

/* ---- ending ---- */

int keyring_end_row(struct ctx *c, struct instance *in, struct step *s, const struct keyring_key *k,
    const char *cause)
{
	int rc = step_update(c, s, STEP_PASSKEY, SQL_PASSKEY_END, k->id, k->rev,
	    DB_ARGS(db_int(s->now.s), db_text(str_of(cause))));

	if (rc == 0)
		rc = db_run(c, in->store.db, SQL_SESSION_END_PASSKEY,
		    DB_ARGS(db_int(s->now.s), db_int(k->person), db_int(k->id)), NULL);
	return rc;
}

struct ending {
	struct instance *in;
	int64_t person, number;
	const char *cause;
};

static int end(struct ctx *c, struct step *s, void *arg)
{
	const struct ending *e = arg;
	const struct keyring_key *k = NULL;
	struct keyring all;
	int rc = keyring_of(c, e->in, e->person, &all);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].number == e->number)
			k = &all.v[i];
	if (k == NULL)
		return err_set(c, ERR_NOTFOUND, "there is no passkey of this number");
	if (!instant_is_none(k->ended))
		return err_set(c, ERR_CONFLICT, "it has ended already");
	if (strcmp(e->cause, "own") == 0 && all.live == 1)
		return err_set(c, ERR_DENIED,
		    "the last passkey stays: register another one first, or nobody could sign in");
	json_set_int(c, s->detail, "person", e->person);
	json_set_int(c, s->detail, "number", e->number);
	json_set_text(c, s->detail, "cause", str_of(e->cause));
	return keyring_end_row(c, e->in, s, k, e->cause);
}

int keyring_end(
    struct ctx *c, struct instance *in, const struct person *by, int64_t person, int64_t number)
{
	struct ending e = {in, person, number, by->id == person ? "own" : "admin"};
	int rc = by->id == person ? 0 : right_needs(c, by, RIGHT_PERSON_PASSKEY_END);

	return rc == 0 ? step_run(c, &in->store, "person.passkey_end", by->id, end, &e, NULL) : rc;
}

/* ---- showing ---- */

static void put_instant(struct ctx *c, struct json *j, const char *key, struct instant t)
{
	if (!instant_is_none(t))
		json_set_text(c, j, key, instant_str(c, t));
}

int keyring_view(
    struct ctx *c, struct instance *in, const struct person *by, int64_t person, struct json **ret)
{
	struct json *j = json_map(c), *list = json_list(c);
	struct keyring all;
	int rc = by->id == person ? 0 : right_needs(c, by, RIGHT_PERSON_PASSKEYS);

	if (rc == 0)
		rc = keyring_of(c, in, person, &all);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < all.n; i++) {
		const struct keyring_key *k = &all.v[i];
		struct json *one = json_map(c);

		json_set_int(c, one, "number", k->number);
		json_set_text(c, one, "name", k->name);
		put_instant(c, one, "added", k->added);
		put_instant(c, one, "used", k->used);
		put_instant(c, one, "ended", k->ended);
		if (k->cause.n > 0)
			json_set_text(c, one, "cause", k->cause);
		json_add(c, list, one);
	}
	json_set(c, j, "passkeys", list);
	json_set_int(c, j, "live", (int64_t)all.live);
	*ret = j;
	return 0;
}
