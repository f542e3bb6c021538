#include "desk/throttle.h"

#include <arpa/inet.h>

#include "base/mem.h"

struct hash throttle_source(struct ctx *c, const struct instance *in, struct str address)
{
	const char *z = str_z(c, address);
	unsigned char raw[16];
	struct str net = address;

	if (inet_pton(AF_INET6, z, raw) == 1) {
		static const unsigned char mapped[12] = {[10] = 255, [11] = 255};
		bool v4 = memcmp(raw, mapped, sizeof mapped) == 0;

		net = (struct str){mem_dup(c, v4 ? raw + 12 : raw, v4 ? 4 : 8), v4 ? 4 : 8};
	} else if (inet_pton(AF_INET, z, raw) == 1) {
		net = (struct str){mem_dup(c, raw, 4), 4};
	}
	return vault_token(in->store.vault, "network", net);
}

int throttle_fault(struct ctx *c, struct instance *in, struct hash source)
{
	int64_t now = ctx_now(c);
	int rc = db_run(c, in->store.db, SQL_FAULT_SWEEP, DB_ARGS(db_int(now)), NULL);

	if (rc == 0)
		rc = db_run(c, in->store.db, SQL_FAULT_ADD,
		    DB_ARGS(db_blob(hash_str(&source)), db_int(now + THROTTLE_SECONDS)), NULL);
	return rc;
}

int throttle_over(struct ctx *c, struct instance *in, struct hash source, bool *ret)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_FAULT_FIND,
	    DB_ARGS(db_blob(hash_str(&source)), db_int(ctx_now(c))), &row);

	if (rc == 0)
		*ret = row != NULL && row[0].num > THROTTLE_MOST;
	return rc;
}
