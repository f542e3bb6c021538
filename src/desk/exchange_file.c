/* Acknowledging what was produced (exchange.h). */
#include "desk/exchange.h"
#include "desk/fetch.h"
#include "desk/produce.h"

static int count_fetch(struct ctx *c, const struct db_val *row, void *arg)
{
	(void)c;
	(void)row;
	*(int64_t *)arg += 1;
	return 0;
}

int exchange_acknowledge(
    struct ctx *c, struct instance *in, const struct person *who, struct str ref)
{
	struct fetch_seen seen;
	int64_t fetched = 0;
	int rc = fetch_find(c, in, who, STR(""), ref, &seen);

	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_DOWNLOAD_OF_PRODUCTION,
		    DB_ARGS(db_int(seen.production)), count_fetch, &fetched);
	if (rc == 0 && fetched == 0)
		rc = err_set(c, ERR_CONFLICT, "fetch it first: nobody has yet");
	return rc == 0 ? produce_sent_acknowledge(c, in, who, ref) : rc;
}
