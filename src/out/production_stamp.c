#include "desk/stamp_due.h"
#include "kind/id.h"
#include "os/file.h"
#include "out/production.h"
#include "proof/stamp.h"

enum { CA_MAX = 1 << 20 };

int production_stamp(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str *ret_token, struct instant *ret_at)
{
	const struct db_val *row;
	struct hash manifest = {{0}};
	struct legal_order o;
	struct str trusted;
	int64_t production = 0;
	struct id id;
	int rc = id_parse(c, ref, &id);

	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && (row == NULL || row[7].s.n != HASH_SIZE))
		rc = err_set(c, ERR_NOTFOUND, "no such production");
	if (rc == 0) {
		production = row[0].num;
		memcpy(manifest.b, row[7].s.p, HASH_SIZE);
		rc = matter_order_by_id(c, in, row[3].num, &o);
	}
	if (rc == 0)
		rc = matter_enter(c, in, actor, RIGHT_PRODUCTION_DELIVER, o.matter, false);
	if (rc == 0)
		rc = stamp_of(c, in, production, ret_token, ret_at);
	if (rc == 0 && in->net.tsa_ca.n == 0)
		rc = err_set(
		    c, ERR_INVALID, "writ.yaml names no authority for time stamps (tsa_ca)");
	if (rc == 0)
		rc = file_read(c, instance_path(c, in, in->net.tsa_ca).p, CA_MAX, &trusted);
	return rc == 0 ? stamp_check(c, *ret_token, manifest, 0, trusted, ret_at) : rc;
}
