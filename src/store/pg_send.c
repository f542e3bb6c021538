#include "store/pg_p.h"

#include <errno.h>
#include <poll.h>
#include <time.h>

#include "base/mem.h"

enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, PARAMS_MAX = 32 };
enum { CONNECT_WAIT_NS = 200000000, CONNECT_FIRST = 1, CONNECT_AGAIN = 30 /* seconds */ };

/* What every session needs: names mean the tables of this database only, and a lock that is not to
 * be had ends in an error. */
static const char session[] = "SET search_path = public; SET client_encoding = 'UTF8';"
			      "SET default_transaction_isolation = 'read committed';"
			      "SET standard_conforming_strings = on;";

/* What is wished for, where the server knows it: the plan of a statement is made once, and the
 * locks of a machine that is gone without a word are free soon. */
static const char wishes[] = "SET lock_timeout = '20s'; SET client_min_messages = error;"
			     "SET plan_cache_mode = force_generic_plan; SET jit = off;"
			     "SET enable_seqscan = off;"
			     "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;"
			     "SET tcp_keepalives_count = 3;";

/* ---- errors ---- */

int pg_lost(struct ctx *c, struct pg *p, const char *what)
{
	p->queued = 0;
	return err_set(c, ERR_FAIL, "%s: the connection to the database was lost; %s", what,
	    p->in_commit ? "whether it was recorded is not known: look before you repeat it"
			 : "nothing was changed");
}

static bool starts(const char *state, const char *with)
{
	return strncmp(state, with, strlen(with)) == 0;
}

int pg_fault(struct ctx *c, const PGresult *res, const char *what)
{
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
	const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);

	if (state == NULL)
		state = "";
	if (text == NULL)
		text = "no reason given";
	if (starts(state, "23505"))
		return err_set(c, ERR_CONFLICT, "%s: exists already", what);
	if (starts(state, "23") || starts(state, "P0001"))
		return err_set(c, ERR_DENIED, "%s: the schema refuses: %s", what, text);
	if (starts(state, "42501"))
		return err_set(c, ERR_DENIED, "%s: the database refuses: %s", what, text);
	if (starts(state, "40"))
		return err_set(
		    c, ERR_CONFLICT, "%s: somebody changed it meanwhile; try again", what);
	if (starts(state, "55P03"))
		return err_set(c, ERR_CONFLICT, "%s: the database is busy", what);
	if (starts(state, "53100"))
		return err_set(c, ERR_FAIL, "%s: the disk is full", what);
	return err_set(c, ERR_FAIL, "%s: %s (%s)", what, text, state);
}

/* ---- the connection ---- */

static bool told(PGconn *conn, const char *text, size_t n)
{
	char one[256];
	PGresult *res;
	bool good;

	(void)snprintf(one, sizeof one, "%.*s", (int)n, text);
	res = PQexec(conn, one);
	good = PQresultStatus(res) == PGRES_COMMAND_OK;
	PQclear(res);
	return good;
}

/* One by one only for a server that does not know them all. */
static void wish(PGconn *conn)
{
	PGresult *res = PQexec(conn, wishes);
	bool all = PQresultStatus(res) == PGRES_COMMAND_OK;

	PQclear(res);
	for (const char *s = wishes; !all && *s != '\0'; s += strcspn(s, ";") + 1)
		(void)told(conn, s, strcspn(s, ";"));
}

static int prepare_session(struct ctx *c, struct pg *p)
{
	PGresult *res = PQexec(p->conn, session);
	int rc = PQresultStatus(res) == PGRES_COMMAND_OK ? 0 : pg_fault(c, res, "session");

	PQclear(res);
	if (rc != 0)
		return rc;
	wish(p->conn);
	res = PQexec(p->conn, "SELECT to_regproc('pg_catalog.pg_xact_status') IS NOT NULL");
	p->has_xact = PQresultStatus(res) == PGRES_TUPLES_OK && PQgetvalue(res, 0, 0)[0] == 't';
	PQclear(res);
	if (PQenterPipelineMode(p->conn) != 1)
		return err_set(c, ERR_FAIL, "the database connection takes no pipeline");
	return 0;
}

/* Not reachable just now: a server that starts, or a primary that changes. */
static bool worth_waiting(const PGconn *conn)
{
	const char *why = PQerrorMessage(conn);

	return strstr(why, "starting up") != NULL || strstr(why, "shutting down") != NULL ||
	       strstr(why, "not accepting") != NULL || strstr(why, "recovery") != NULL ||
	       strstr(why, "read-write") != NULL || strstr(why, "refused") != NULL ||
	       strstr(why, "No such file") != NULL || strstr(why, "unexpectedly") != NULL ||
	       strstr(why, "timeout expired") != NULL || strstr(why, "too many clients") != NULL;
}

/* A machine that is gone without a word is noticed in seconds. What the address says counts more.
 */
static PGconn *connect_to(const char *url)
{
	static const char *const keys[] = {"connect_timeout", "keepalives_idle",
	    "keepalives_interval", "keepalives_count", "tcp_user_timeout", "dbname", NULL};
	const char *const values[] = {"5", "10", "5", "3", "20000", url, NULL};

	return PQconnectdbParams(keys, values, 1);
}

static double seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int pg_connect(struct ctx *c, struct pg *p)
{
	const struct timespec nap = {0, CONNECT_WAIT_NS};
	/* a first connection that fails is told soon: the address may be wrong */
	double until = seconds() + (p->conn != NULL ? CONNECT_AGAIN : CONNECT_FIRST);

	for (;;) {
		if (p->conn != NULL)
			PQfinish(p->conn);
		p->conn = connect_to(p->url);
		if (PQstatus(p->conn) == CONNECTION_OK) {
			memset(p->prepared, 0, sizeof p->prepared);
			p->queued = 0;
			return prepare_session(c, p);
		}
		if (!worth_waiting(p->conn) || seconds() >= until)
			break;
		(void)nanosleep(&nap, NULL);
	}
	return err_set(c, ERR_FAIL, "database: %.*s", (int)strcspn(PQerrorMessage(p->conn), "\n"),
	    PQerrorMessage(p->conn));
}

int pg_ready(struct ctx *c, struct pg *p)
{
	struct pollfd fd = {.fd = PQsocket(p->conn), .events = POLLIN};

	/* an idle connection says something only when it ends */
	if (PQstatus(p->conn) == CONNECTION_OK && p->queued == 0 && fd.fd >= 0 &&
	    poll(&fd, 1, 0) > 0)
		(void)PQconsumeInput(p->conn);
	return PQstatus(p->conn) == CONNECTION_OK ? 0 : pg_connect(c, p);
}

/* ---- the pipeline ---- */

static int note(struct ctx *c, struct pg *p, int sent, enum pg_op op, enum sql stmt)
{
	if (sent != 1)
		return pg_lost(c, p, "database");
	p->queue[p->queued++] = (struct pg_queued){op, stmt};
	return 0;
}

static int room(struct ctx *c, struct pg *p, size_t n)
{
	return p->queued + n < PG_QUEUE ? 0 : pg_drain(c, p);
}

int pg_queue_text(struct ctx *c, struct pg *p, const char *text)
{
	int rc = room(c, p, 1);

	return rc == 0 ? note(c, p, PQsendQueryParams(p->conn, text, 0, NULL, NULL, NULL, NULL, 1),
			     PG_OP_TEXT, SQL_COUNT)
		       : rc;
}

struct bound {
	Oid types[PARAMS_MAX];
	const char *values[PARAMS_MAX];
	int sizes[PARAMS_MAX], binary[PARAMS_MAX];
	unsigned char ints[PARAMS_MAX][8];
};

static void bind_values(struct bound *b, const struct db_val *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t num = (uint64_t)v[i].num;

		b->types[i] = 0; /* a NULL has the type that its place asks for */
		b->values[i] = NULL;
		b->sizes[i] = 0;
		b->binary[i] = 1;
		switch (v[i].kind) {
		case DB_NULL:
			break;
		case DB_INT:
			for (int k = 7; k >= 0; k--, num >>= 8)
				b->ints[i][k] = (unsigned char)(num & 255);
			b->types[i] = OID_INT8;
			b->values[i] = (const char *)b->ints[i];
			b->sizes[i] = 8;
			break;
		case DB_TEXT:
		case DB_BLOB:
			b->types[i] = v[i].kind == DB_TEXT ? OID_TEXT : OID_BYTEA;
			b->values[i] = v[i].s.n == 0 ? "" : v[i].s.p;
			b->sizes[i] = (int)v[i].s.n;
			break;
		}
	}
}

static int check_sizes(struct ctx *c, enum sql stmt, const struct db_val *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].s.n > (1u << 30) || (v[i].kind == DB_TEXT && v[i].s.n > 0 &&
						 memchr(v[i].s.p, '\0', v[i].s.n) != NULL))
			return err_set(c, ERR_INVALID, "%s: a text with a zero byte, or too long",
			    sql_stmts[stmt].name);
	return n <= PARAMS_MAX ? 0 : err_set(c, ERR_FAIL, "too many values");
}

int pg_queue_stmt(
    struct ctx *c, struct pg *p, enum pg_op op, enum sql stmt, const struct db_val *v, size_t n)
{
	struct bound b;
	char name[16];
	int rc = check_sizes(c, stmt, v, n);

	if (rc == 0)
		rc = room(c, p, 2);
	if (rc != 0)
		return rc;
	bind_values(&b, v, n);
	(void)snprintf(name, sizeof name, "s%d", (int)stmt);
	if (!p->prepared[stmt]) {
		rc = note(c, p, PQsendPrepare(p->conn, name, sql_stmts[stmt].pg, (int)n, b.types),
		    PG_OP_PREPARE, stmt);
		if (rc != 0)
			return rc;
		p->prepared[stmt] = true;
	}
	return note(c, p,
	    PQsendQueryPrepared(p->conn, name, (int)n, b.values, b.sizes, b.binary, 1), op, stmt);
}

int pg_queue_cursor(struct ctx *c, struct pg *p, enum sql stmt, const struct db_val *v, size_t n)
{
	struct str text =
	    str_fmt(c, "DECLARE c%d NO SCROLL CURSOR FOR %s", (int)stmt, sql_stmts[stmt].pg);
	struct bound b;
	int rc = check_sizes(c, stmt, v, n);

	if (rc == 0)
		rc = room(c, p, 1);
	if (rc != 0)
		return rc;
	bind_values(&b, v, n);
	return note(c, p,
	    PQsendQueryParams(p->conn, text.p, (int)n, b.types, b.values, b.sizes, b.binary, 1),
	    PG_OP_STMT, stmt);
}

int pg_queue_fetch(struct ctx *c, struct pg *p, enum sql stmt)
{
	char text[64];
	int rc = room(c, p, 1);

	(void)snprintf(text, sizeof text, "FETCH %d FROM c%d", p->rows[stmt].ask, (int)stmt);
	return rc == 0 ? note(c, p, PQsendQueryParams(p->conn, text, 0, NULL, NULL, NULL, NULL, 1),
			     PG_OP_KEEP, stmt)
		       : rc;
}

int pg_queue_close(struct ctx *c, struct pg *p, enum sql stmt)
{
	char text[32];

	(void)snprintf(text, sizeof text, "CLOSE c%d", (int)stmt);
	return pg_queue_text(c, p, text);
}

/* One answer; a result to keep is kept. Returns failed, or the first error: what follows one in the
 * pipeline is only passed over. */
static int take(struct ctx *c, struct pg *p, const struct pg_queued *q, PGresult *res, int failed)
{
	const char *what = q->stmt < SQL_COUNT ? sql_stmts[q->stmt].name : "transaction";
	ExecStatusType st = PQresultStatus(res);

	/* the server's way to say that there was nothing left to commit */
	if (p->in_commit && q->op == PG_OP_TEXT && strcmp(PQcmdStatus(res), "ROLLBACK") == 0) {
		PQclear(res);
		return failed != 0
			   ? failed
			   : err_set(c, ERR_FAIL, "commit: a statement before it had failed");
	}
	if (st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK) {
		const char *n = PQcmdTuples(res);
		int64_t changed = 0;

		if (q->op == PG_OP_KEEP) {
			p->changed = str_i64(str_of(n), &changed) ? changed : 0;
			p->kept = res;
			return failed;
		}
		if (q->op == PG_OP_MANY) {
			p->many[p->n_many++] = res;
			return failed;
		}
		if (q->op == PG_OP_TEXT && st == PGRES_TUPLES_OK && PQntuples(res) == 1 &&
		    PQftype(res, 0) == OID_INT8) {
			p->xact = 0;
			for (int k = 0; k < 8; k++)
				p->xact = p->xact << 8 | (unsigned char)PQgetvalue(res, 0, 0)[k];
		}
		PQclear(res);
		return failed;
	}
	if (q->op == PG_OP_PREPARE)
		p->prepared[q->stmt] = false;
	if (failed == 0) {
		const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);

		p->met = p->met || (state != NULL && starts(state, "40"));
		failed = pg_fault(c, res, what);
	}
	PQclear(res);
	return failed;
}

int pg_drain(struct ctx *c, struct pg *p)
{
	size_t n = p->queued;
	int failed = 0;
	PGresult *res;

	if (n == 0)
		return 0;
	if (PQpipelineSync(p->conn) != 1)
		return pg_lost(c, p, "database");
	p->queued = 0;
	for (size_t i = 0; i < n; i++) {
		res = PQgetResult(p->conn);
		if (res == NULL || PQstatus(p->conn) != CONNECTION_OK) {
			PQclear(res);
			return pg_lost(c, p, "database");
		}
		failed = take(c, p, &p->queue[i], res, failed);
		while ((res = PQgetResult(p->conn)) != NULL)
			PQclear(res);
	}
	res = PQgetResult(p->conn);
	if (PQresultStatus(res) != PGRES_PIPELINE_SYNC) {
		PQclear(res);
		return pg_lost(c, p, "database");
	}
	PQclear(res);
	return failed;
}

/* ---- the program's own texts ---- */

int pg_value(struct ctx *c, struct pg *p, const char *text, struct str *ret)
{
	PGresult *res;
	int rc = pg_ready(c, p);

	if (rc == 0)
		rc = pg_drain(c, p);
	if (rc != 0)
		return rc;
	(void)PQexitPipelineMode(p->conn);
	res = PQexec(p->conn, text);
	*ret = (struct str){"", 0};
	if (PQresultStatus(res) == PGRES_TUPLES_OK) {
		struct buf b = buf_init(c, 1 << 20);

		for (int i = 0; i < PQntuples(res); i++)
			buf_fmt(&b, "%s%s", i == 0 ? "" : "\n", PQgetvalue(res, i, 0));
		rc = buf_end(&b, "answer", ret);
	} else if (PQresultStatus(res) != PGRES_COMMAND_OK &&
		   /* a migration may have guards and no tables */
		   PQresultStatus(res) != PGRES_EMPTY_QUERY) {
		rc = PQstatus(p->conn) == CONNECTION_OK ? pg_fault(c, res, "database")
							: pg_lost(c, p, "database");
	}
	PQclear(res);
	if (PQstatus(p->conn) == CONNECTION_OK)
		(void)PQenterPipelineMode(p->conn);
	return rc;
}

int pg_exec(struct ctx *c, struct pg *p, const char *text)
{
	struct str none;

	return pg_value(c, p, text, &none);
}
