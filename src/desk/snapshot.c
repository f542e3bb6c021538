#include "desk/snapshot.h"

#include <errno.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"

static const char key_label[] = "snapshot.key", name_label[] = "snapshot.name";

/* ---- making ---- */

struct keeping {
	struct instance *in;
	const struct collect *t;
	const struct snapshot_file *files;
	size_t n;
	int64_t preservation;
};

static int find_running(struct ctx *c, const struct db_val *row, void *arg)
{
	struct keeping *k = arg;

	(void)c;
	if (str_is(row[3].s, "running"))
		k->preservation = row[0].num;
	return 0;
}

static int put_file(struct ctx *c, const struct keeping *k, int64_t snapshot, size_t i)
{
	const struct snapshot_file *f = &k->files[i];
	struct vault *v = k->in->store.vault;

	return db_run(c, k->in->store.db, SQL_SNAPSHOT_FILE_PUT,
	    DB_ARGS(db_int(snapshot), db_int((int64_t)i + 1), db_text(str_of(f->made.name)),
		db_int(f->made.size),
		db_blob(vault_seal(
		    c, v, key_label, (struct str){(const char *)f->made.key, sizeof f->made.key})),
		db_blob(vault_seal(c, v, name_label, f->name))),
	    NULL);
}

static int keep(struct ctx *c, struct step *s, void *arg)
{
	struct keeping *k = arg;
	int64_t bytes = 0, id = 0;
	int rc = step_order(c, s, k->t->order);

	if (rc == 0)
		rc = db_each(c, k->in->store.db, SQL_PRESERVATION_OF_ORDER,
		    DB_ARGS(db_int(k->t->order)), find_running, k);
	if (rc == 0 && k->preservation == 0)
		rc = err_set(c, ERR_DENIED, "no preservation is running");
	for (size_t i = 0; i < k->n; i++)
		bytes += k->files[i].made.size;
	if (rc == 0)
		rc = step_insert(c, s, STEP_SNAPSHOT, SQL_SNAPSHOT_PUT,
		    DB_ARGS(db_int(k->t->id), db_int(k->preservation), db_int(s->now.s),
			db_int((int64_t)k->n), db_int(bytes), db_blob(hash_str(&k->t->listing))),
		    &id);
	for (size_t i = 0; i < k->n && rc == 0; i++)
		rc = put_file(c, k, id, i);
	return rc;
}

int snapshot_keep(struct ctx *c, struct instance *in, const struct collect *t,
    const struct snapshot_file *files, size_t n)
{
	struct keeping k = {.in = in, .t = t, .files = files, .n = n};

	return step_run(c, &in->store, "snapshot.keep", 0, keep, &k, NULL);
}

/* ---- using ---- */

int snapshot_of(struct ctx *c, struct instance *in, struct str ticket, int64_t *ret_id)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_SNAPSHOT_OF_TICKET, DB_ARGS(db_text(ticket)), &row);

	*ret_id = rc == 0 && row != NULL && row[2].kind == DB_NULL ? row[0].num : 0;
	return rc;
}

static bool names_field(const struct json *body, struct str field)
{
	const struct json *list = json_find(body, "fields");

	for (size_t i = 0; list != NULL && i < list->n; i++)
		if (str_eq(list->at[i]->text, field))
			return true;
	return false;
}

/* A snapshot is of what was there on its day: of the same identifier, nobody else's. */
static int fits(struct ctx *c, const struct collect *t, const struct collect *of)
{
	const struct json *want = t->body == NULL ? NULL : json_find(t->body, "target"),
			  *have = of->body == NULL ? NULL : json_find(of->body, "target"),
			  *fields = t->body == NULL ? NULL : json_find(t->body, "fields");

	if (want == NULL || have == NULL || fields == NULL)
		return err_set(c, ERR_NOTFOUND, "what the ticket says was erased");
	if (!str_eq(t->service, of->service))
		return err_set(c, ERR_DENIED, "the snapshot is of another service");
	if (!str_eq(json_str(c, want), json_str(c, have)))
		return err_set(c, ERR_DENIED, "the snapshot is of another target");
	for (size_t i = 0; i < fields->n; i++)
		if (!names_field(of->body, fields->at[i]->text))
			return err_set(c, ERR_DENIED, "the snapshot holds another field");
	return 0;
}

int snapshot_for(
    struct ctx *c, struct instance *in, const struct collect *t, struct str from, int64_t *ret_id)
{
	struct collect of;
	int64_t found = 0;
	int rc = snapshot_of(c, in, from, &found);

	if (rc == 0 && found == 0)
		rc = err_set(c, ERR_NOTFOUND, "there is no such snapshot, or not any more");
	if (rc == 0)
		rc = collect_find(c, in, from, &of);
	if (rc == 0)
		rc = fits(c, t, &of);
	if (rc == 0)
		*ret_id = found;
	return rc;
}

struct laying {
	struct instance *in;
	const char *dir;
};

static int lay_one(struct ctx *c, const struct db_val *row, void *arg)
{
	const struct laying *l = arg;
	struct vault *v = l->in->store.vault;
	unsigned char key[BLOB_KEY];
	struct str plain, name;
	int rc = row[3].kind == DB_BLOB
		     ? vault_unseal(c, v, key_label, row[3].s, &plain)
		     : err_set(c, ERR_NOTFOUND, "there is no such snapshot, or not any more");

	if (rc == 0)
		rc = vault_unseal(c, v, name_label, row[4].s, &name);
	if (rc == 0 && plain.n != sizeof key)
		rc = err_set(c, ERR_FAIL, "the key of a snapshot is damaged");
	if (rc != 0)
		return rc;
	memcpy(key, plain.p, sizeof key);
	return blob_get_file(c, instance_path(c, l->in, l->in->blobs).p, row[1].s, key,
	    str_fmt(c, "%s/%.*s", l->dir, STR_ARG(name)).p, NULL);
}

int snapshot_lay(struct ctx *c, struct instance *in, int64_t id, const char *dir)
{
	struct laying l = {in, dir};

	return db_each(c, in->store.db, SQL_SNAPSHOT_FILE_OF, DB_ARGS(db_int(id)), lay_one, &l);
}

/* ---- ending ---- */

struct ending {
	struct instance *in;
	int64_t order;
	struct str why;
	struct {
		int64_t id, rev;
	} * v;
	size_t n, cap;
};

static int add_live(struct ctx *c, const struct db_val *row, void *arg)
{
	struct ending *e = arg;

	if (row[7].kind != DB_NULL)
		return 0;
	e->v = mem_grow(c, e->v, e->n, &e->cap, sizeof *e->v);
	e->v[e->n].id = row[0].num;
	e->v[e->n++].rev = row[1].num;
	return 0;
}

int snapshot_end(struct ctx *c, struct step *s, struct instance *in, int64_t order, struct str why)
{
	struct ending e = {.in = in};
	struct db *db = in->store.db;
	int rc = db_each(c, db, SQL_SNAPSHOT_OF_ORDER, DB_ARGS(db_int(order)), add_live, &e);

	for (size_t i = 0; i < e.n && rc == 0; i++) {
		rc = db_run(c, db, SQL_SNAPSHOT_FORGET, DB_ARGS(db_int(e.v[i].id)), NULL);
		if (rc == 0)
			rc = step_update(c, s, STEP_SNAPSHOT, SQL_SNAPSHOT_END, e.v[i].id,
			    e.v[i].rev, DB_ARGS(db_int(s->now.s), db_text(why)));
	}
	return rc;
}

static int add_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "ticket", str_make(c, row[2].s));
	json_set_text(c, j, "service", str_make(c, row[10].s));
	json_set_text(c, j, "made", instant_str(c, (struct instant){row[4].num}));
	json_set_int(c, j, "files", row[5].num);
	json_set_int(c, j, "bytes", row[6].num);
	if (row[7].kind != DB_NULL) {
		json_set_text(c, j, "ended", instant_str(c, (struct instant){row[7].num}));
		json_set_text(c, j, "why", str_make(c, row[8].s));
	}
	json_add(c, arg, j);
	return 0;
}

int snapshot_each(struct ctx *c, struct instance *in, int64_t order, struct json *list)
{
	return db_each(
	    c, in->store.db, SQL_SNAPSHOT_OF_ORDER, DB_ARGS(db_int(order)), add_row, list);
}

/* ---- what time brings ---- */

static int expire(struct ctx *c, struct step *s, void *arg)
{
	const struct ending *e = arg;
	int rc = step_order(c, s, e->order);

	return rc == 0 ? snapshot_end(c, s, e->in, e->order, e->why) : rc;
}

struct due {
	int64_t *v;
	size_t n, cap;
};

static int add_due(struct ctx *c, const struct db_val *row, void *arg)
{
	struct due *d = arg;

	d->v = mem_grow(c, d->v, d->n, &d->cap, sizeof *d->v);
	d->v[d->n++] = row[0].num;
	return 0;
}

struct gone {
	struct {
		int64_t snapshot, number;
		struct str blob;
	} * v;
	size_t n, cap;
};

static int add_gone(struct ctx *c, const struct db_val *row, void *arg)
{
	struct gone *g = arg;

	g->v = mem_grow(c, g->v, g->n, &g->cap, sizeof *g->v);
	g->v[g->n].snapshot = row[0].num;
	g->v[g->n].number = row[1].num;
	g->v[g->n++].blob = str_make(c, row[2].s);
	return 0;
}

/* The key is gone already; the file only takes room. */
static int remove_gone(struct ctx *c, struct instance *in, int64_t *n)
{
	const char *dir = instance_path(c, in, in->blobs).p;
	struct gone g = {.n = 0};
	int rc = db_each(c, in->store.db, SQL_SNAPSHOT_GONE, NULL, 0, add_gone, &g);

	for (size_t i = 0; i < g.n && rc == 0; i++) {
		const char *path =
		    str_fmt(c, "%s/%.2s/%.*s", dir, g.v[i].blob.p, STR_ARG(g.v[i].blob)).p;

		if (unlink(path) != 0 && errno != ENOENT)
			return err_set(c, ERR_FAIL, "%s: %s", path, strerror(errno));
		rc = db_run(c, in->store.db, SQL_SNAPSHOT_FILE_DROP,
		    DB_ARGS(db_int(g.v[i].snapshot), db_int(g.v[i].number)), NULL);
		++*n;
	}
	return rc;
}

int snapshot_sweep(struct ctx *c, struct instance *in, int64_t *ret_n)
{
	struct day today = instant_day((struct instant){ctx_now(c)});
	struct due d = {.n = 0};
	int64_t n = 0;
	int rc = db_each(c, in->store.db, SQL_SNAPSHOT_DUE, DB_ARGS(db_int(today.n)), add_due, &d);

	for (size_t i = 0; i < d.n && rc == 0; i++) {
		struct ending e = {.in = in, .order = d.v[i], .why = STR("expired")};

		rc = step_run(c, &in->store, "snapshot.end", 0, expire, &e, NULL);
		n += rc == 0;
	}
	if (rc == 0)
		rc = remove_gone(c, in, &n);
	if (rc == 0)
		*ret_n = n;
	return rc;
}
