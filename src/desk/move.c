#include "desk/move.h"

#include "base/mem.h"
#include "store/verify.h"

static int verify(struct ctx *c, struct instance *in, struct db *db)
{
	struct store store = {.db = db, .vault = in->store.vault};
	struct verify *v = verify_make(c);
	int rc = verify_own(c, &store, instance_keys(c, in), false, v);

	if (rc == 0 && v->n > 0)
		rc = err_set(c, ERR_FAIL, "its ledger does not verify: %s", v->text[0]);
	return rc == 0 ? 0 : err_while(c, rc, "the copy");
}

static int copy_into(struct ctx *c, struct instance *in, const struct move *m, struct db *from,
    struct str make, struct copy_sums *ret)
{
	struct db *to;
	int rc = db_fill(c, make, &to);

	if (rc != 0)
		return rc;
	rc = copy_between(c, from, to, &m->job, ret);
	if (rc == 0)
		rc = verify(c, in, to);
	if (rc == 0)
		rc = db_guard(c, to);
	db_close(&to);
	return rc;
}

int move_database(struct ctx *c, struct instance *in, const struct person *actor,
    const struct move *m, struct copy_sums *ret)
{
	struct str from_url = instance_url(c, in, m->from), to_url = instance_url(c, in, m->to);
	struct str make = m->owner.n > 0 ? m->owner : to_url;
	struct db *from;
	int rc = right_needs(c, actor, RIGHT_DB_COPY);

	if (rc == 0)
		rc = db_open(c, from_url, SQL_ROLE_ALL | SQL_ROLE_COPY, &from);
	if (rc != 0)
		return rc;
	rc = copy_into(c, in, m, from, make, ret);
	db_close(&from);
	if (rc == 0 && m->owner.n > 0)
		rc = db_grant(c, m->owner, to_url);
	return rc;
}

int move_upgrade(struct ctx *c, const struct instance *in, struct str owner)
{
	struct str url = instance_database(c, in);
	struct db *db;
	int rc = db_open(c, owner.n > 0 ? owner : url, SQL_ROLE_ALL, &db);

	if (rc != 0)
		return rc;
	db_close(&db);
	return owner.n > 0 ? db_grant(c, owner, url) : 0;
}
