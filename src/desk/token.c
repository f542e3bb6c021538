#include "desk/token.h"

#include "base/mem.h"
#include "desk/right.h"
#include "in/wording.h"

enum { RAW = 32, DAY_SECONDS = 86400 };

struct str token_text(struct ctx *c, struct hash *ret_hash)
{
	unsigned char raw[RAW];
	struct str text;

	ctx_random(c, raw, sizeof raw);
	text = str_fmt(c, "writ-token-%s", text_hex(c, raw, sizeof raw).p);
	*ret_hash = hash_of(text);
	return text;
}

/* ---- making ---- */

static int check(struct ctx *c, const struct person *who, const struct token_new *n)
{
	if (n->roles == 0)
		return err_set(c, ERR_INVALID, "a token has at least one role");
	if ((n->roles & ~who->roles) != 0)
		return err_set(c, ERR_DENIED, "a token has only roles of its person");
	if (n->sealed && !who->sealed)
		return err_set(c, ERR_DENIED, "only for persons named to the compartment");
	if (n->days < 1 || n->days > TOKEN_DAYS_MAX)
		return err_set(c, ERR_INVALID, "a token is good for 1 to %d days", TOKEN_DAYS_MAX);
	if (n->name.n == 0 || n->name.n > TOKEN_NAME_MAX || !wording_line_ok(n->name))
		return err_set(c, ERR_INVALID, "a token's name is one line of at most %d bytes",
		    TOKEN_NAME_MAX);
	return 0;
}

struct making {
	struct instance *in;
	const struct person *who;
	const struct token_new *n;
	const struct hash *hash;
	struct token_made made;
};

static int make(struct ctx *c, struct step *s, void *arg)
{
	struct making *m = arg;
	struct str ct = vault_seal(c, m->in->store.vault, "token.name", m->n->name);
	const struct db_val *row;
	int64_t id;
	int rc = db_one(c, m->in->store.db, SQL_API_TOKEN_COUNT,
	    DB_ARGS(db_int(s->now.s), db_int(m->who->id)), &row);

	if (rc != 0)
		return rc;
	if (row[1].num >= TOKEN_MAX)
		return err_set(c, ERR_LIMIT, "nobody has more than %d tokens", TOKEN_MAX);
	m->made.number = row[0].num + 1;
	m->made.until.s = s->now.s + m->n->days * DAY_SECONDS;
	json_set_int(c, s->detail, "person", m->who->id);
	json_set_int(c, s->detail, "number", m->made.number);
	return step_insert(c, s, STEP_API_TOKEN, SQL_API_TOKEN_PUT,
	    DB_ARGS(db_int(m->who->id), db_int(m->made.number), db_blob(hash_str(m->hash)),
		db_int(m->n->roles), db_int(m->n->sealed), db_instant(s->now),
		db_instant(m->made.until), db_blob(ct)),
	    &id);
}

int token_make(struct ctx *c, struct instance *in, const struct person *who,
    const struct token_new *n, const struct hash *hash, struct token_made *ret)
{
	struct making m = {in, who, n, hash, {0}};
	int rc = check(c, who, n);

	if (rc == 0)
		rc = step_run(c, &in->store, "person.token", who->id, make, &m, NULL);
	if (rc == 0)
		*ret = m.made;
	return rc;
}

/* ---- the tokens of a person ---- */

struct one {
	int64_t id, rev, number;
	unsigned roles;
	bool sealed;
	struct instant made, until, ended;
	struct str name;
};

struct all {
	struct instance *in;
	struct one *v;
	size_t n, cap;
};

static int add_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct all *a = arg;
	struct one *t;

	a->v = mem_grow(c, a->v, a->n, &a->cap, sizeof *a->v);
	t = &a->v[a->n++];
	*t = (struct one){.number = row[0].num,
	    .roles = (unsigned)row[1].num,
	    .sealed = row[2].num != 0,
	    .made = db_get_instant(row[3]),
	    .until = db_get_instant(row[4]),
	    .ended = db_get_instant(row[5]),
	    .name = STR(""),
	    .id = row[7].num,
	    .rev = row[8].num};
	return row[6].kind == DB_BLOB
		   ? vault_unseal(c, a->in->store.vault, "token.name", row[6].s, &t->name)
		   : 0;
}

static int read_all(struct ctx *c, struct instance *in, int64_t person, struct all *ret)
{
	*ret = (struct all){.in = in};
	return db_each(
	    c, in->store.db, SQL_API_TOKEN_OF_PERSON, DB_ARGS(db_int(person)), add_row, ret);
}

struct ending {
	struct instance *in;
	int64_t person, number, by;
};

static int end(struct ctx *c, struct step *s, void *arg)
{
	const struct ending *e = arg;
	const struct one *t = NULL;
	struct all all;
	int rc = read_all(c, e->in, e->person, &all);

	for (size_t i = 0; rc == 0 && i < all.n; i++)
		if (all.v[i].number == e->number)
			t = &all.v[i];
	if (rc == 0 && t == NULL)
		rc = err_set(c, ERR_NOTFOUND, "there is no token of this number");
	if (rc == 0 && !instant_is_none(t->ended))
		rc = err_set(c, ERR_CONFLICT, "it has ended already");
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "person", e->person);
	json_set_int(c, s->detail, "number", e->number);
	return step_update(c, s, STEP_API_TOKEN, SQL_API_TOKEN_END, t->id, t->rev,
	    DB_ARGS(db_instant(s->now), db_int(e->by)));
}

int token_end(
    struct ctx *c, struct instance *in, const struct person *by, int64_t person, int64_t number)
{
	struct ending e = {in, person, number, by->id};
	int rc = by->id == person ? 0 : right_needs(c, by, RIGHT_PERSON_TOKEN_END);

	return rc == 0 ? step_run(c, &in->store, "person.token_end", by->id, end, &e, NULL) : rc;
}

/* ---- signing in ---- */

static int nobody(struct ctx *c)
{
	err_clear(c);
	return err_set(c, ERR_DENIED, "this token is not good, or not any more");
}

int token_person(struct ctx *c, struct instance *in, struct str text, struct person *ret)
{
	struct hash h = hash_of(text);
	const struct db_val *row;
	struct person p;
	unsigned roles;
	bool sealed;
	int rc =
	    db_find(c, in->store.db, SQL_API_TOKEN_BY_HASH, DB_ARGS(db_blob(hash_str(&h))), &row);

	if (rc != 0)
		return rc;
	if (row == NULL || row[4].kind != DB_NULL || row[3].num <= ctx_now(c))
		return nobody(c);
	roles = (unsigned)row[1].num;
	sealed = row[2].num != 0;
	rc = person_get(c, in, row[0].num, &p);
	if (rc != 0)
		return rc;
	p.roles &= roles;
	p.sealed = p.sealed && sealed;
	if (!p.active || p.roles == 0)
		return nobody(c);
	*ret = p;
	return 0;
}

/* ---- showing ---- */

static struct json *shown(struct ctx *c, const struct one *t, const struct person *by)
{
	struct json *j = json_map(c);

	json_set_int(c, j, "number", t->number);
	json_set_text(c, j, "name", t->name);
	json_set_text(c, j, "roles", person_roles_str(c, t->roles));
	/* who is named is told only to those who may know it */
	if (right_has(by, RIGHT_PERSON_NAMED))
		json_set_bool(c, j, "sealed", t->sealed);
	json_set_text(c, j, "made", instant_str(c, t->made));
	json_set_text(c, j, "until", instant_str(c, t->until));
	if (!instant_is_none(t->ended))
		json_set_text(c, j, "ended", instant_str(c, t->ended));
	json_set_bool(c, j, "good", instant_is_none(t->ended) && t->until.s > ctx_now(c));
	return j;
}

int token_view(
    struct ctx *c, struct instance *in, const struct person *by, int64_t person, struct json **ret)
{
	struct json *list = json_list(c);
	struct all all;
	int rc = by->id == person ? 0 : right_needs(c, by, RIGHT_PERSON_TOKENS);

	if (rc == 0)
		rc = read_all(c, in, person, &all);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < all.n; i++)
		json_add(c, list, shown(c, &all.v[i], by));
	*ret = json_map(c);
	json_set(c, *ret, "tokens", list);
	return 0;
}
