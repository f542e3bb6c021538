#include "desk/person.h"

#include "base/mem.h"
#include "desk/right.h"
#include "kind/land.h"

static const struct {
	const char *word;
	unsigned bit;
} words[] = {{"intake", ROLE_INTAKE}, {"reviewer", ROLE_REVIEWER}, {"counsel", ROLE_COUNSEL},
    {"collector", ROLE_COLLECTOR}, {"finance", ROLE_FINANCE}, {"publisher", ROLE_PUBLISHER},
    {"auditor", ROLE_AUDITOR}, {"admin", ROLE_ADMIN}};
enum { N_WORDS = sizeof words / sizeof words[0] };

int person_roles(struct ctx *c, struct str text, unsigned *ret)
{
	unsigned roles = 0;
	struct str w;

	while (str_word(&text, &w)) {
		size_t i = 0;

		while (i < N_WORDS && !str_is(w, words[i].word))
			i++;
		if (i == N_WORDS)
			return err_set(c, ERR_INVALID,
			    "unknown role \"%.*s\": roles are intake, reviewer, counsel, "
			    "collector, "
			    "finance, publisher, auditor, admin, with blanks between",
			    STR_ARG(w));
		roles |= words[i].bit;
	}
	*ret = roles;
	return 0;
}

struct str person_roles_str(struct ctx *c, unsigned roles)
{
	struct buf b = buf_init(c, 256);

	for (size_t i = 0; i < N_WORDS; i++)
		if ((roles & words[i].bit) != 0)
			buf_fmt(&b, "%s%s", b.n > 0 ? " " : "", words[i].word);
	if ((roles & ROLE_CONNECTOR) != 0)
		buf_fmt(&b, "%sconnector", b.n > 0 ? " " : "");
	return buf_str(&b);
}

struct add {
	struct instance *in;
	struct str handle;
	unsigned roles;
	bool sealed;
	int64_t uid, id;
	const struct hash *secret;
};

static int add_row(struct ctx *c, struct step *s, void *arg)
{
	struct add *a = arg;
	const struct vault *v = a->in->store.vault;
	struct hash key = vault_key(v, "person.handle", a->handle);
	struct str ct = vault_seal(c, v, "person.handle", a->handle);
	int rc = step_insert(c, s, STEP_PERSON, SQL_PERSON_PUT,
	    DB_ARGS(db_blob(hash_str(&key)), db_blob(ct), db_int(a->roles), db_int(a->sealed),
		a->uid < 0 ? db_null() : db_int(a->uid),
		a->secret == NULL ? db_null() : db_blob(hash_str(a->secret)), db_int(1)),
	    &a->id);

	json_set_int(c, s->detail, "roles", a->roles);
	return rc;
}

static bool handle_ok(struct str h)
{
	for (size_t i = 0; i < h.n; i++)
		if (!((h.p[i] >= 'a' && h.p[i] <= 'z') || (h.p[i] >= '0' && h.p[i] <= '9') ||
			h.p[i] == '.' || h.p[i] == '-' || h.p[i] == '_'))
			return false;
	return h.n > 0 && h.n <= 64;
}

/* An admin keeps accounts and keys and reads no case (product.md 2). */
static int roles_fit(struct ctx *c, unsigned roles, bool sealed)
{
	if (roles == 0)
		return err_set(c, ERR_INVALID, "a person has at least one role");
	if ((roles & ROLE_ADMIN) != 0 && ((roles & ~(unsigned)ROLE_ADMIN) != 0 || sealed))
		return err_set(c, ERR_INVALID,
		    "an admin has no other role and no compartment: admins cannot read cases");
	return 0;
}

int person_add(struct ctx *c, struct instance *in, const struct person *by, struct str handle,
    unsigned roles, bool sealed, int64_t uid, const struct hash *secret, int64_t *ret_id)
{
	struct add a = {in, handle, roles, sealed, uid, 0, secret};
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_PERSON_COUNT, DB_NO_ARGS, &row);

	if (rc != 0)
		return rc;
	if (by == NULL && (row[0].num != 0 || (roles & ROLE_ADMIN) == 0))
		return err_set(c, ERR_DENIED,
		    "the first person is an admin (--roles admin), and admits the others");
	if (by != NULL)
		rc = right_needs(c, by, RIGHT_PERSON_ADD);
	if (rc != 0)
		return rc;
	if (!handle_ok(handle))
		return err_set(c, ERR_INVALID, "a name has 1 to 64 of a-z 0-9 . - _");
	if (uid < 0 && secret == NULL)
		return err_set(c, ERR_INVALID,
		    "a person is bound to a Unix user or a secret: --unix USER or --secret-out "
		    "FILE");
	rc = roles_fit(c, roles, sealed);
	if (rc != 0)
		return rc;
	rc = step_run(c, &in->store, "person.add", by == NULL ? 0 : by->id, add_row, &a, NULL);
	if (rc == ERR_CONFLICT) {
		err_clear(c);
		return err_set(c, ERR_CONFLICT, "the name, Unix user or secret is taken");
	}
	if (rc == 0)
		*ret_id = a.id;
	return rc;
}

static int add_land(struct ctx *c, const struct db_val *row, void *arg)
{
	struct buf *lands = arg;

	(void)c;
	if (row[3].num != 0)
		buf_fmt(lands, "%s%.*s", lands->n > 0 ? " " : "", STR_ARG(row[2].s));
	return 0;
}

static int read_lands(struct ctx *c, struct instance *in, int64_t person, struct str *ret)
{
	struct buf lands = buf_init(c, 3 * PERSON_LANDS_MAX);
	int rc =
	    db_each(c, in->store.db, SQL_LAND_OF_PERSON, DB_ARGS(db_int(person)), add_land, &lands);

	if (rc == 0)
		*ret = buf_str(&lands);
	return rc;
}

static int handle_of(struct ctx *c, struct instance *in, const struct db_val *row, struct str *ret)
{
	*ret = STR("(erased)");
	return row[5].kind == DB_BLOB
		   ? vault_unseal(c, in->store.vault, "person.handle", row[5].s, ret)
		   : 0;
}

static int from_row(
    struct ctx *c, struct instance *in, const struct db_val *row, struct person *ret)
{
	struct person p = {.id = row[0].num,
	    .rev = row[1].num,
	    .roles = (unsigned)row[2].num,
	    .sealed = row[3].num != 0,
	    .active = row[4].num != 0,
	    .lands = {"", 0}};
	int rc = handle_of(c, in, row, &p.handle);

	if (rc == 0 && row[6].num > 0)
		rc = read_lands(c, in, p.id, &p.lands);
	if (rc == 0)
		*ret = p;
	return rc;
}

static int sign_in(struct ctx *c, struct instance *in, const struct db_val *row, struct person *ret)
{
	if (row == NULL || row[4].num == 0)
		return err_set(c, ERR_DENIED,
		    "nobody is known by this sign-in (--secret FILE names another; an admin adds "
		    "people with `writ user add`)");
	return from_row(c, in, row, ret);
}

int person_by_uid(struct ctx *c, struct instance *in, int64_t uid, struct person *ret)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_PERSON_BY_UID, DB_ARGS(db_int(uid)), &row);

	return rc == 0 ? sign_in(c, in, row, ret) : rc;
}

int person_by_secret(struct ctx *c, struct instance *in, struct str secret, struct person *ret)
{
	struct hash h = hash_of(secret);
	const struct db_val *row;
	int rc =
	    db_find(c, in->store.db, SQL_PERSON_BY_SECRET, DB_ARGS(db_blob(hash_str(&h))), &row);

	return rc == 0 ? sign_in(c, in, row, ret) : rc;
}

int person_get(struct ctx *c, struct instance *in, int64_t id, struct person *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_PERSON_BY_ID, DB_ARGS(db_int(id)), &row);

	return rc == 0 ? from_row(c, in, row, ret) : rc;
}

int person_name(struct ctx *c, struct instance *in, int64_t id, struct str *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_PERSON_BY_ID, DB_ARGS(db_int(id)), &row);

	return rc == 0 ? handle_of(c, in, row, ret) : rc;
}

int person_find(struct ctx *c, struct instance *in, struct str handle, struct person *ret)
{
	struct hash key = vault_key(in->store.vault, "person.handle", handle);
	const struct db_val *row;
	int rc =
	    db_find(c, in->store.db, SQL_PERSON_BY_HANDLE, DB_ARGS(db_blob(hash_str(&key))), &row);

	if (rc != 0)
		return rc;
	if (row == NULL)
		return err_set(c, ERR_NOTFOUND, "nobody has this name");
	return from_row(c, in, row, ret);
}

/* ---- changing ------------------------------------------------------------------------------- */

struct setting {
	struct person who;
	unsigned roles;
	bool sealed, active;
};

static int set_row(struct ctx *c, struct step *s, void *arg)
{
	struct setting *set = arg;

	int rc = 0;

	json_set_int(c, s->detail, "person", set->who.id);
	json_set_int(c, s->detail, "roles", set->roles);
	json_set_bool(c, s->detail, "active", set->active);
	if (!set->active)
		rc = db_run(c, s->store->db, SQL_SESSION_END_PERSON,
		    DB_ARGS(db_int(s->now.s), db_int(set->who.id)), NULL);
	return rc != 0 ? rc
		       : step_update(c, s, STEP_PERSON, SQL_PERSON_SET, set->who.id, set->who.rev,
			     DB_ARGS(db_int(set->roles), db_int(set->sealed), db_int(set->active)));
}

static int count_admin(struct ctx *c, const struct person *p, void *arg)
{
	int *admins = arg;

	(void)c;
	*admins += p->active && (p->roles & ROLE_ADMIN) != 0;
	return 0;
}

int person_set(struct ctx *c, struct instance *in, const struct person *by, struct str handle,
    unsigned roles, bool sealed, bool active)
{
	struct setting set = {.roles = roles, .sealed = sealed, .active = active};
	int admins = 0;
	int rc = right_needs(c, by, RIGHT_PERSON_SET);

	if (rc == 0 && active)
		rc = roles_fit(c, roles, sealed);
	if (rc == 0)
		rc = person_find(c, in, handle, &set.who);
	if (rc == 0)
		rc = person_each(c, in, count_admin, &admins);
	if (rc != 0)
		return rc;
	if ((set.who.roles & ROLE_ADMIN) != 0 && set.who.active && admins == 1 &&
	    (!active || (roles & ROLE_ADMIN) == 0))
		return err_set(c, ERR_DENIED, "the last admin cannot go: make another one first");
	return step_run(c, &in->store, "person.set", by->id, set_row, &set, NULL);
}

/* ---- jurisdiction ---- */

struct limiting {
	struct instance *in;
	struct person who;
	struct str lands, seen; /* seen: those that have a row */
	struct land_row {
		int64_t id, rev;
		bool active, wanted;
	} * rows;
	size_t n, cap;
};

static int check_lands(struct ctx *c, struct str lands)
{
	struct buf seen = buf_init(c, 3 * PERSON_LANDS_MAX);
	struct str w;

	for (size_t n = 0; str_word(&lands, &w); n++) {
		if (n == PERSON_LANDS_MAX)
			return err_set(c, ERR_INVALID, "countries: %d at most", PERSON_LANDS_MAX);
		if (!land_known(w))
			return err_set(c, ERR_INVALID,
			    "countries: \"%.*s\" is no country: ISO codes with blanks between, as "
			    "DE FR",
			    STR_ARG(w));
		if (str_has_word(buf_str(&seen), w))
			return err_set(c, ERR_INVALID, "countries: %.*s stands twice", STR_ARG(w));
		buf_fmt(&seen, "%s%.*s", n > 0 ? " " : "", STR_ARG(w));
	}
	return 0;
}

static int note_land(struct ctx *c, const struct db_val *row, void *arg)
{
	struct limiting *l = arg;

	l->rows = mem_grow(c, l->rows, l->n, &l->cap, sizeof *l->rows);
	l->rows[l->n++] = (struct land_row){
	    row[0].num, row[1].num, row[3].num != 0, str_has_word(l->lands, row[2].s)};
	l->seen = str_fmt(c, "%.*s %.*s", STR_ARG(l->seen), STR_ARG(row[2].s));
	return 0;
}

/* No row goes: it is made inactive, so that who could see what, when, stays in the ledger. */
static int limit_rows(struct ctx *c, struct step *s, void *arg)
{
	struct limiting *l = arg;
	struct str rest = l->lands, w;
	int rc = db_each(
	    c, l->in->store.db, SQL_LAND_OF_PERSON, DB_ARGS(db_int(l->who.id)), note_land, l);

	json_set_int(c, s->detail, "person", l->who.id);
	json_set_text(c, s->detail, "countries", l->lands);
	for (size_t i = 0; i < l->n && rc == 0; i++)
		if (l->rows[i].active != l->rows[i].wanted)
			rc = step_update(c, s, STEP_PERSON_LAND, SQL_LAND_SET, l->rows[i].id,
			    l->rows[i].rev, DB_ARGS(db_int(l->rows[i].wanted)));
	while (rc == 0 && str_word(&rest, &w))
		if (!str_has_word(l->seen, w))
			rc = step_insert(c, s, STEP_PERSON_LAND, SQL_LAND_PUT,
			    DB_ARGS(db_int(l->who.id), db_text(w), db_int(1)), NULL);
	return rc;
}

int person_limit(struct ctx *c, struct instance *in, const struct person *by, struct str handle,
    struct str lands)
{
	struct limiting l = {.in = in, .lands = lands, .seen = STR("")};
	int rc = by == NULL ? 0 : right_needs(c, by, RIGHT_PERSON_SET);

	if (rc == 0)
		rc = check_lands(c, lands);
	if (rc == 0)
		rc = person_find(c, in, handle, &l.who);
	if (rc == 0 && (l.who.roles & ROLE_ADMIN) != 0)
		rc = err_set(c, ERR_INVALID, "an admin reads no case: countries are for others");
	return rc == 0 ? step_run(c, &in->store, "person.limit", by == NULL ? 0 : by->id,
			     limit_rows, &l, NULL)
		       : rc;
}

struct each {
	struct instance *in;
	int (*fn)(struct ctx *c, const struct person *p, void *arg);
	void *arg;
};

static int each_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;
	struct person p;
	int rc = from_row(c, e->in, row, &p);

	return rc == 0 ? e->fn(c, &p, e->arg) : rc;
}

int person_each(struct ctx *c, struct instance *in,
    int (*fn)(struct ctx *c, const struct person *p, void *arg), void *arg)
{
	struct each e = {in, fn, arg};

	return db_each(c, in->store.db, SQL_PERSON_EACH, DB_NO_ARGS, each_row, &e);
}
