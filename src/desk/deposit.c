#include "desk/deposit.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "desk/matter.h"
#include "kind/id.h"
#include "os/file.h"

#define SIZE_MOST (INT64_C(1) << 40)

/* What could be opened still. */
static int find(struct ctx *c, struct instance *in, int64_t production, const struct db_val **ret)
{
	int rc = db_find(c, in->store.db, SQL_DEPOSIT_FIND, DB_ARGS(db_int(production)), ret);

	if (rc == 0 && *ret != NULL && (*ret)[2].kind != DB_BLOB)
		*ret = NULL;
	return rc;
}

/* ---- putting ---- */

static int may_see(
    struct ctx *c, struct instance *in, const struct person *actor, const struct db_val *row)
{
	struct right_place place;
	struct legal_order o;
	struct matter m;
	int rc = row == NULL ? 0 : matter_order_by_id(c, in, row[3].num, &o);

	if (rc == 0 && row != NULL)
		rc = matter_by_id(c, in, o.matter, &m);
	if (rc != 0)
		return rc;
	if (row != NULL)
		place = matter_place(&m);
	return right_case(
	    c, actor, RIGHT_PRODUCTION_DELIVER, row == NULL ? NULL : &place, "production");
}

/* The newest seal is the one that counts: an older one was for a key that is no more. */
static int check_seal(struct ctx *c, struct instance *in, struct deposit_file *f, struct str first)
{
	const struct db_val *seal, *last;
	int rc = db_find(c, in->store.db, SQL_LAID_SEAL,
	    DB_ARGS(db_int(f->production), db_blob(hash_str(&f->made.plain))), &seal);

	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_PRODUCTION_SEAL_LAST,
		    DB_ARGS(db_int(f->production)), &last);
	if (rc != 0)
		return rc;
	if (seal == NULL && (last != NULL || !str_eq(first, hash_str(&f->made.plain))))
		return err_set(c, ERR_INVALID, "this is not the file that was sealed");
	if (seal != NULL && seal[0].num != last[0].num)
		return err_set(c, ERR_INVALID,
		    "this file was sealed before the last time: lay down the newest one");
	f->seal = seal == NULL ? 0 : seal[0].num;
	return 0;
}

int deposit_take(struct ctx *c, struct instance *in, int64_t production, struct str first,
    struct str path, struct deposit_file *ret)
{
	struct deposit_file f = {.production = production};
	int rc = blob_put(c, instance_path(c, in, in->blobs).p, str_z(c, path), SIZE_MOST, &f.made);

	if (rc != 0)
		return rc;
	f.key = vault_seal(c, in->store.vault, "deposit.key",
	    (struct str){(const char *)f.made.key, sizeof f.made.key});
	explicit_bzero(f.made.key, sizeof f.made.key);
	rc = check_seal(c, in, &f, first);
	if (rc == 0)
		*ret = f;
	else /* nobody has its key: it only takes room */
		(void)unlink(str_fmt(
		    c, "%s/%.2s/%s", instance_path(c, in, in->blobs).p, f.made.name, f.made.name)
				 .p);
	return rc;
}

static int forget(struct ctx *c, struct instance *in, struct str blob)
{
	return db_run(c, in->store.db, SQL_DEPOSIT_GONE_PUT, DB_ARGS(db_text(blob)), NULL);
}

int deposit_write(struct ctx *c, struct instance *in, const struct deposit_file *f)
{
	struct db *db = in->store.db;
	const struct db_val *row;
	int rc = db_find(c, db, SQL_DEPOSIT_FIND, DB_ARGS(db_int(f->production)), &row);

	if (rc == 0 && row == NULL)
		return db_run(c, db, SQL_DEPOSIT_PUT,
		    DB_ARGS(db_int(f->production), db_text(str_of(f->made.name)),
			db_int(f->made.size), db_blob(f->key), db_ref(f->seal)),
		    NULL);
	if (rc == 0)
		rc = forget(c, in, row[0].s);
	return rc == 0 ? db_run(c, db, SQL_DEPOSIT_SET,
			     DB_ARGS(db_text(str_of(f->made.name)), db_int(f->made.size),
				 db_blob(f->key), db_ref(f->seal), db_int(f->production)),
			     NULL)
		       : rc;
}

struct putting {
	struct instance *in;
	struct deposit_file f;
};

static int put(struct ctx *c, struct db *db, void *arg)
{
	struct putting *p = arg;
	const struct db_val *row;
	int rc = find(c, p->in, p->f.production, &row);

	(void)db;
	if (rc == 0 && row != NULL && row[3].num == p->f.seal)
		rc = err_set(c, ERR_CONFLICT, "the sealed file lies in the portal already");
	return rc == 0 ? deposit_write(c, p->in, &p->f) : rc;
}

int deposit_put(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref, struct str path)
{
	struct putting p = {.in = in};
	const struct db_val *row;
	struct id id;
	int rc = right_needs(c, actor, RIGHT_PRODUCTION_DELIVER);

	if (rc == 0)
		rc = id_parse(c, ref, &id);
	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0)
		rc = may_see(c, in, actor, row);
	if (rc == 0)
		rc = deposit_take(c, in, row[0].num, row[8].s, path, &p.f);
	return rc == 0 ? db_tx(c, in->store.db, put, &p) : rc;
}

/* ---- what lies there ---- */

int deposit_has(struct ctx *c, struct instance *in, int64_t production, bool *ret)
{
	const struct db_val *row;
	int rc = find(c, in, production, &row);

	*ret = rc == 0 && row != NULL;
	return rc;
}

int deposit_find(struct ctx *c, struct instance *in, int64_t production, struct deposit_lies *ret,
    bool *ret_found)
{
	const struct db_val *row;
	struct str plain;
	int rc = find(c, in, production, &row);

	*ret_found = rc == 0 && row != NULL;
	if (!*ret_found)
		return rc;
	rc = vault_unseal(c, in->store.vault, "deposit.key", row[2].s, &plain);
	if (rc == 0 && plain.n != sizeof ret->key)
		rc = err_set(c, ERR_FAIL, "the key of a deposit is damaged");
	if (rc != 0)
		return rc;
	*ret = (struct deposit_lies){
	    .blob = str_make(c, row[0].s), .size = row[1].num, .seal = row[3].num};
	memcpy(ret->key, plain.p, sizeof ret->key);
	return 0;
}

/* ---- what goes ---- */

int deposit_close(struct ctx *c, struct instance *in, int64_t production)
{
	const struct db_val *row;
	int rc = find(c, in, production, &row);

	if (rc != 0 || row == NULL)
		return rc;
	rc = forget(c, in, row[0].s);
	return rc == 0
		   ? db_run(c, in->store.db, SQL_DEPOSIT_CLOSE, DB_ARGS(db_int(production)), NULL)
		   : rc;
}

static int take_name(struct ctx *c, const struct db_val *row, void *arg)
{
	json_add(c, arg, json_of_text(c, row[0].s));
	return 0;
}

int deposit_sweep(struct ctx *c, struct instance *in)
{
	struct json *names = json_list(c);
	int rc = db_each(c, in->store.db, SQL_DEPOSIT_GONE_EACH, DB_NO_ARGS, take_name, names);

	for (size_t i = 0; i < names->n && rc == 0; i++) {
		struct str name = names->at[i]->text;
		struct str dir =
		    str_fmt(c, "%s/%.2s", instance_path(c, in, in->blobs).p, str_z(c, name));

		if (name.n == BLOB_NAME && !str_has(name, '/') &&
		    unlink(str_fmt(c, "%s/%.*s", dir.p, STR_ARG(name)).p) == 0)
			rc = file_sync_dir(c, dir.p);
		else if (name.n == BLOB_NAME && errno != ENOENT)
			rc = err_set(
			    c, ERR_FAIL, "a deposit cannot be deleted: %s", strerror(errno));
		if (rc == 0)
			rc = db_run(
			    c, in->store.db, SQL_DEPOSIT_GONE_DROP, DB_ARGS(db_text(name)), NULL);
	}
	return rc;
}
