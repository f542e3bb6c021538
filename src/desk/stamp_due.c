#include "desk/stamp_due.h"

#include <string.h>

#include "desk/retry.h"

enum { LATER_SECONDS = 8 * 3600 };

int stamp_want(struct ctx *c, struct instance *in, int64_t production)
{
	if (in->net.tsa_url.n == 0)
		return 0;
	return db_run(c, in->store.db, SQL_STAMP_WANT,
	    DB_ARGS(db_int(production), db_int(ctx_now(c)), db_int(ctx_now(c))), NULL);
}

int stamp_take(struct ctx *c, struct instance *in, struct stamp_due *ret)
{
	const struct db_val *row;
	struct stamp_due d;
	int64_t now = ctx_now(c), wait, changed = 0;
	int rc = db_find(c, in->store.db, SQL_STAMP_NEXT, DB_ARGS(db_int(now)), &row);

	if (rc == 0 && (row == NULL || row[3].s.n != HASH_SIZE))
		rc = err_set(c, ERR_NOTFOUND, "no time stamp is due");
	if (rc != 0)
		return rc;
	d = (struct stamp_due){row[0].num, row[1].num + 1, {row[2].num}, {{0}}};
	memcpy(d.manifest.b, row[3].s.p, HASH_SIZE);
	wait = retry_hook(d.tries, d.made, (struct instant){now});
	rc = db_run(c, in->store.db, SQL_STAMP_TAKE,
	    DB_ARGS(db_int(now + (wait < 0 ? LATER_SECONDS : wait)), db_int(d.production),
		db_int(d.tries - 1)),
	    &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(c, ERR_NOTFOUND, "another took it");
	if (rc == 0)
		*ret = d;
	return rc;
}

int stamp_keep(
    struct ctx *c, struct instance *in, int64_t production, struct str token, struct instant at)
{
	return db_run(c, in->store.db, SQL_STAMP_KEEP,
	    DB_ARGS(db_blob(token), db_int(at.s), db_int(production)), NULL);
}

int stamp_of(struct ctx *c, struct instance *in, int64_t production, struct str *ret_token,
    struct instant *ret_at)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_STAMP_OF, DB_ARGS(db_int(production)), &row);

	if (rc == 0 && (row == NULL || row[0].kind != DB_BLOB))
		rc = err_set(c, ERR_NOTFOUND, "the production has no time stamp");
	if (rc == 0) {
		*ret_token = str_make(c, row[0].s);
		*ret_at = (struct instant){row[1].num};
	}
	return rc;
}

int stamp_leaving(struct ctx *c, struct instance *in, int64_t production)
{
	struct instant at;
	struct str token;
	int rc;

	if (!in->net.tsa_required)
		return 0;
	rc = stamp_of(c, in, production, &token, &at);
	if (rc != ERR_NOTFOUND)
		return rc;
	err_clear(c);
	return err_set(c, ERR_DENIED,
	    "the production waits for its time stamp, without which nothing leaves this house");
}
