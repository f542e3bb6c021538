#include "desk/tries.h"

#include "desk/throttle.h"

int tries_count(
    struct ctx *c, struct instance *in, const struct tries *t, struct str who, bool *ret_over)
{
	struct hash key = vault_key(in->store.vault, "portal.count", who);
	struct db_val kind = db_text(str_of(t->kind)), whose = db_blob(hash_str(&key));
	int64_t now = ctx_now(c);
	const struct db_val *row;
	int rc = db_run(c, in->store.db, SQL_PORTAL_COUNT_PUT,
	    DB_ARGS(kind, whose, db_int(now), db_int(now - t->seconds)), NULL);

	if (rc == 0)
		rc = db_one(c, in->store.db, SQL_PORTAL_COUNT_GET, DB_ARGS(kind, whose), &row);
	if (rc == 0)
		*ret_over = row[0].num > t->most;
	return rc;
}

int tries_check(struct ctx *c, struct instance *in, const struct tries *t, struct str who)
{
	bool over = false;
	int rc = tries_count(c, in, t, who, &over);

	if (rc == 0 && over)
		rc = err_set(c, ERR_LIMIT, "too many within a short time: try again later");
	return rc;
}

int tries_place(struct ctx *c, struct instance *in, const struct tries *t, struct str address)
{
	struct hash net = throttle_source(c, in, address);

	return address.n == 0 ? 0 : tries_check(c, in, t, hash_str(&net));
}
