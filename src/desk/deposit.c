#include "desk/deposit.h"

#include <string.h>

#include "base/mem.h"
#include "desk/matter.h"
#include "desk/reseal.h"
#include "kind/id.h"
#include "store/blob.h"

#define SIZE_MOST (INT64_C(1) << 40)

struct putting {
	int64_t production;
	struct blob_made made;
	struct str key;
};

static int put(struct ctx *c, struct db *db, void *arg)
{
	struct putting *p = arg;
	int rc = db_run(c, db, SQL_DEPOSIT_PUT,
	    DB_ARGS(db_int(p->production), db_text(str_of(p->made.name)), db_int(p->made.size),
		db_blob(p->key)),
	    NULL);

	if (rc != ERR_CONFLICT)
		return rc;
	err_clear(c);
	return err_set(c, ERR_CONFLICT, "the sealed file lies in the portal already");
}

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

int deposit_put(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref, struct str path)
{
	struct putting p = {0};
	const struct db_val *row;
	bool ours = false;
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
		rc = blob_put(
		    c, instance_path(c, in, in->blobs).p, str_z(c, path), SIZE_MOST, &p.made);
	if (rc != 0)
		return rc;
	rc = reseal_sealed(c, in, row[0].num, p.made.plain, &ours);
	if (rc != 0)
		return rc;
	if (!ours && !str_eq(row[8].s, hash_str(&p.made.plain)))
		return err_set(c, ERR_INVALID, "this is not the file that was sealed");
	p.production = row[0].num;
	p.key = vault_seal(c, in->store.vault, "deposit.key",
	    (struct str){(const char *)p.made.key, sizeof p.made.key});
	return db_tx(c, in->store.db, put, &p);
}

static int find(struct ctx *c, struct instance *in, int64_t production, const struct db_val **ret)
{
	int rc = db_find(c, in->store.db, SQL_DEPOSIT_FIND, DB_ARGS(db_int(production)), ret);

	if (rc == 0 && *ret != NULL && (*ret)[2].kind != DB_BLOB)
		*ret = NULL;
	return rc;
}

int deposit_has(struct ctx *c, struct instance *in, int64_t production, bool *ret)
{
	const struct db_val *row;
	int rc = find(c, in, production, &row);

	*ret = rc == 0 && row != NULL;
	return rc;
}

int deposit_read(struct ctx *c, struct instance *in, int64_t production, int fd)
{
	unsigned char key[BLOB_KEY];
	const struct db_val *row;
	struct str plain;
	int rc = find(c, in, production, &row);

	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "the sealed file does not lie here");
	if (rc == 0)
		rc = vault_unseal(c, in->store.vault, "deposit.key", row[2].s, &plain);
	if (rc == 0 && plain.n != sizeof key)
		rc = err_set(c, ERR_FAIL, "the key of a deposit is damaged");
	if (rc != 0)
		return rc;
	memcpy(key, plain.p, sizeof key);
	return blob_get(c, instance_path(c, in, in->blobs).p, row[0].s, key, fd, NULL);
}
