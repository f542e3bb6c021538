#include "store/pg_p.h"

#include <time.h>

#include "base/mem.h"

enum { UNKNOWN_TRIES = 100, UNKNOWN_WAIT_NS = 200000000 };

int pg_begin(struct ctx *c, void *h, enum db_tx_kind kind)
{
	static const char *const how[] = {[DB_TX] = "BEGIN",
	    [DB_STILL] = "BEGIN ISOLATION LEVEL REPEATABLE READ",
	    [DB_LOOK] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
	struct pg *p = h;
	int rc;

	if (p->reading > 0)
		return err_set(c, ERR_FAIL, "a change inside of a long reading");
	rc = pg_ready(c, p);
	p->xact = 0;
	p->witness = 0;
	if (rc == 0)
		rc = pg_queue_text(c, p, how[kind]);
	if (rc == 0 && p->has_xact && kind != DB_LOOK)
		rc = pg_queue_text(
		    c, p, "SELECT CAST(CAST(pg_current_xact_id() AS text) AS bigint)");
	p->in_tx = rc == 0;
	return rc;
}

void pg_rollback(void *h)
{
	struct pg *p = h;
	struct ctx *c;

	/* the caller's context holds the error that led here */
	ctx_open(&c);
	p->in_tx = false;
	pg_load_stop(p);
	if (PQstatus(p->conn) == CONNECTION_OK && PQtransactionStatus(p->conn) != PQTRANS_IDLE) {
		/* what was queued is sent too, in vain: an aborted transaction takes nothing */
		if (pg_drain(c, p) != 0)
			err_clear(c);
		if (pg_queue_text(c, p, "ROLLBACK") != 0 || pg_drain(c, p) != 0)
			err_clear(c);
	}
	p->queued = 0;
	ctx_close(&c);
}

void pg_witness(void *h, int64_t entry, struct str leaf)
{
	struct pg *p = h;

	if (leaf.n > sizeof p->leaf)
		return;
	p->witness = entry;
	memcpy(p->leaf, leaf.p, leaf.n);
	p->leaf_n = leaf.n;
}

/* Whether the server is still at it: its session may outlive the connection. */
static int still_running(struct ctx *c, struct pg *p, int64_t xact, bool *ret)
{
	struct str state = {"", 0};
	int rc = 0;

	if (xact > 0)
		rc = pg_value(c, p,
		    str_fmt(c,
			"SELECT pg_xact_status(x) FROM (SELECT CAST('%lld' AS xid8) AS x) AS s"
			" WHERE CAST(CAST(x AS text) AS bigint) <"
			" CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint)",
			(long long)xact)
			.p,
		    &state);
	*ret = str_is(state, "in progress");
	return rc;
}

static int witnessed(struct ctx *c, struct pg *p, bool *ret)
{
	int rc = pg_queue_stmt(c, p, PG_OP_KEEP, SQL_ENTRY_BY_ID, DB_ARGS(db_int(p->witness)));

	if (rc == 0)
		rc = pg_drain(c, p);
	/* id, kind, at, actor, matter, leaf, ...; the leaf has 128 random bits in it */
	*ret = rc == 0 && p->kept != NULL && PQntuples(p->kept) == 1 &&
	       (size_t)PQgetlength(p->kept, 0, 5) == p->leaf_n &&
	       memcmp(PQgetvalue(p->kept, 0, 5), p->leaf, p->leaf_n) == 0;
	PQclear(p->kept);
	p->kept = NULL;
	return rc;
}

static int not_known(struct ctx *c, struct pg *p)
{
	int rc;

	p->in_commit = true;
	rc = pg_lost(c, p, "commit");
	p->in_commit = false;
	return rc;
}

/* The connection went while the commit was on its way: it happened or it did not, and the entry
 * tells. A server that is still at it is waited for; where it cannot be asked, only an entry that
 * is there tells anything. */
static int look(struct ctx *c, struct pg *p)
{
	const struct timespec nap = {0, UNKNOWN_WAIT_NS};
	int64_t xact = p->has_xact ? p->xact : 0;
	bool there = false, running = true;
	int rc = 0;

	for (int i = 0; i < UNKNOWN_TRIES && running && rc == 0; i++) {
		rc = pg_ready(c, p);
		if (rc == 0)
			rc = still_running(c, p, xact, &running);
		if (rc == 0 && running)
			(void)nanosleep(&nap, NULL);
	}
	if (rc == 0 && !running)
		rc = witnessed(c, p, &there);
	if (rc != 0 || running)
		err_clear(c);
	if (there && rc == 0 && !running)
		return 0;
	return rc != 0 || running || xact == 0 ? not_known(c, p) : pg_lost(c, p, "commit");
}

int pg_commit(struct ctx *c, void *h)
{
	struct pg *p = h;
	int rc = pg_queue_text(c, p, "COMMIT");

	p->in_commit = true;
	if (rc == 0)
		rc = pg_drain(c, p);
	p->in_commit = false;
	if (rc != 0 && PQstatus(p->conn) != CONNECTION_OK && p->witness > 0) {
		err_clear(c);
		rc = look(c, p);
	}
	p->in_tx = rc != 0;
	return rc;
}
