#include "store/pg_p.h"

#include "base/mem.h"

enum { COLUMNS_MAX = 64 };
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_INT8 = 20,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_VARCHAR = 1043
};

static void clear(struct pg_rows *r)
{
	PQclear(r->res);
	*r = (struct pg_rows){.at = -1, .ask = PG_FETCH_FIRST};
}

/* Memory stays the same however large the rows are. */
static int fitting(const PGresult *res)
{
	size_t n = (size_t)PQntuples(res), size = PQresultMemorySize(res);

	n = n == 0 ? PG_FETCH_FIRST : PG_FETCH_BYTES / (size / n + 1);
	return n < 1 ? 1 : n > PG_FETCH_MAX ? PG_FETCH_MAX : (int)n;
}

static void keep(struct pg *p, enum sql stmt)
{
	struct pg_rows *r = &p->rows[stmt];

	PQclear(r->res);
	r->res = p->kept;
	r->at = -1;
	r->full = PQntuples(r->res) == r->ask;
	r->ask = fitting(r->res);
	p->kept = NULL;
}

static int drain_kept(struct ctx *c, struct pg *p, enum sql stmt)
{
	int rc = pg_drain(c, p);

	if (rc == 0 && p->kept != NULL)
		keep(p, stmt);
	PQclear(p->kept);
	p->kept = NULL;
	return rc;
}

/* A large statement is read through a cursor, which lives in a transaction: one that only reads is
 * opened for it, and what runs meanwhile sees the same moment. */
static int start_large(struct ctx *c, struct pg *p, enum sql stmt, const struct db_val *v, size_t n)
{
	int rc = 0;

	if (!p->in_tx && p->reading == 0)
		rc = pg_queue_text(c, p, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
	if (rc == 0)
		rc = pg_queue_cursor(c, p, stmt, v, n);
	if (rc == 0)
		rc = pg_queue_fetch(c, p, stmt);
	if (rc == 0)
		rc = drain_kept(c, p, stmt);
	p->rows[stmt].cursor = rc == 0;
	if (rc == 0 && !p->in_tx)
		p->reading++;
	if (rc != 0 && !p->in_tx && p->reading == 0)
		pg_rollback(p);
	return rc;
}

static int start_once(struct ctx *c, struct pg *p, enum sql stmt, const struct db_val *v, size_t n)
{
	int rc = pg_queue_stmt(c, p, PG_OP_KEEP, stmt, v, n);

	return rc == 0 ? drain_kept(c, p, stmt) : rc;
}

static int pg_start(struct ctx *c, void *h, enum sql stmt, const struct db_val *v, size_t n)
{
	struct pg *p = h;
	bool alone = !p->in_tx && p->reading == 0;
	int rc = alone ? pg_ready(c, p) : 0;

	if (rc != 0)
		return rc;
	clear(&p->rows[stmt]);
	if (sql_stmts[stmt].shape == SQL_LARGE)
		return start_large(c, p, stmt, v, n);
	rc = start_once(c, p, stmt, v, n);
	/* what only reads can be asked again when the connection went away under it */
	if (rc != 0 && alone && sql_stmts[stmt].shape != SQL_RUN &&
	    PQstatus(p->conn) != CONNECTION_OK) {
		err_clear(c);
		rc = pg_connect(c, p);
		if (rc == 0)
			rc = start_once(c, p, stmt, v, n);
	}
	return rc;
}

static int pg_step(struct ctx *c, void *h, enum sql stmt)
{
	struct pg *p = h;
	struct pg_rows *r = &p->rows[stmt];
	int rc;

	if (r->at + 1 < PQntuples(r->res)) {
		r->at++;
		return 1;
	}
	if (!r->cursor || !r->full)
		return 0;
	rc = pg_queue_fetch(c, p, stmt);
	if (rc == 0)
		rc = drain_kept(c, p, stmt);
	return rc == 0 ? pg_step(c, h, stmt) : rc;
}

static size_t pg_columns(void *h, enum sql stmt)
{
	struct pg *p = h;

	return (size_t)PQnfields(p->rows[stmt].res);
}

static int64_t int_of(const char *b, int size)
{
	uint64_t v = (b[0] & 0x80) != 0 ? UINT64_MAX : 0;

	for (int i = 0; i < size; i++)
		v = v << 8 | (unsigned char)b[i];
	return (int64_t)v;
}

static struct db_val value(const PGresult *res, int at, int col)
{
	struct str s;

	if (PQgetisnull(res, at, col))
		return db_null();
	s = (struct str){PQgetvalue(res, at, col), (size_t)PQgetlength(res, at, col)};
	switch (PQftype(res, col)) {
	case OID_INT8:
		return db_int(int_of(s.p, 8));
	case OID_INT4:
		return db_int(int_of(s.p, 4));
	case OID_BOOL:
		return db_int(s.p[0]);
	case OID_BYTEA:
		return db_blob(s);
	default: /* texts; another type is a statement that the tests refuse */
		return db_text(s);
	}
}

static void pg_row(void *h, enum sql stmt, struct db_val *row, size_t n)
{
	struct pg *p = h;
	struct pg_rows *r = &p->rows[stmt];

	for (size_t i = 0; i < n; i++)
		row[i] = value(r->res, r->at, (int)i);
}

static void pg_end(struct ctx *c, void *h, enum sql stmt)
{
	struct pg *p = h;
	bool cursor = p->rows[stmt].cursor;
	int rc = 0;

	clear(&p->rows[stmt]);
	if (!cursor)
		return;
	if (p->in_tx || p->reading > 1)
		rc = pg_queue_close(c, p, stmt);
	if (!p->in_tx && --p->reading == 0)
		pg_rollback(p);
	(void)rc; /* the next call meets the same fault, and tells it */
}

static int pg_queue_run(struct ctx *c, void *h, enum sql stmt, const struct db_val *v, size_t n)
{
	return pg_queue_stmt(c, h, PG_OP_STMT, stmt, v, n);
}

static int each_kept(struct ctx *c, struct pg *p, const struct db_call *calls,
    int (*fn)(struct ctx *c, size_t i, const struct db_val *row, void *arg), void *arg,
    size_t first)
{
	struct db_val row[COLUMNS_MAX];
	int rc = 0;

	for (size_t i = 0; i < p->n_many && rc == 0; i++) {
		PGresult *res = p->many[i];

		if (PQntuples(res) != 1 || PQnfields(res) > COLUMNS_MAX)
			return err_set(
			    c, ERR_NOTFOUND, "%s: no such record", sql_stmts[calls[i].stmt].name);
		for (int k = 0; k < PQnfields(res); k++)
			row[k] = value(res, 0, k);
		rc = fn(c, first + i, row, arg);
	}
	return rc;
}

static int pg_batch(struct ctx *c, void *h, const struct db_call *calls, size_t n,
    int (*fn)(struct ctx *c, size_t i, const struct db_val *row, void *arg), void *arg)
{
	struct pg *p = h;
	int rc = p->in_tx ? 0 : pg_ready(c, p);

	for (size_t first = 0, k; first < n && rc == 0; first += k) {
		k = n - first < PG_MANY ? n - first : PG_MANY;
		for (size_t i = 0; i < k && rc == 0; i++)
			rc = pg_queue_stmt(
			    c, p, PG_OP_MANY, calls[first + i].stmt, &calls[first + i].v, 1);
		if (rc == 0)
			rc = pg_drain(c, p);
		if (rc == 0)
			rc = each_kept(c, p, calls + first, fn, arg, first);
		while (p->n_many > 0)
			PQclear(p->many[--p->n_many]);
	}
	return rc;
}

static int64_t pg_changed(void *h)
{
	struct pg *p = h;

	return p->changed;
}

static bool pg_met(void *h)
{
	struct pg *p = h;
	bool met = p->met;

	p->met = false;
	return met;
}

static void pg_close(void *h)
{
	struct pg *p = h;

	for (size_t i = 0; i < SQL_COUNT; i++)
		PQclear(p->rows[i].res);
	PQclear(p->kept);
	PQfinish(p->conn);
	free(p->load);
	free(p->url);
	free(p);
}

/* The plan that the statement gets with no scan of a table unless nothing else will do. */
static int pg_explain(struct ctx *c, void *h, enum sql stmt, struct str *ret)
{
	struct str nulls = {"", 0};
	int rc = pg_exec(c, h, str_fmt(c, "PREPARE x AS %s", sql_stmts[stmt].pg).p);

	for (unsigned i = 0; i < sql_stmts[stmt].n_params; i++)
		nulls = str_fmt(c, "%s%sNULL", nulls.p, i == 0 ? "" : ", ");
	if (rc == 0)
		rc = pg_value(c, h,
		    str_fmt(c, "EXPLAIN (COSTS OFF) EXECUTE x%s%s%s", nulls.n == 0 ? "" : "(",
			nulls.p, nulls.n == 0 ? "" : ")")
			.p,
		    ret);
	if (rc == 0)
		rc = pg_exec(c, h, "DEALLOCATE x");
	return rc < 0 ? err_while(c, rc, "statement %s", sql_stmts[stmt].name) : 0;
}

/* The server checks the sums of its pages itself, where they are on (pg_report says). */
static int pg_integrity(struct ctx *c, void *h)
{
	return pg_exec(c, h, "SELECT 1");
}

static const struct db_engine engine = {pg_close, pg_start, pg_step, pg_columns, pg_row, pg_end,
    pg_changed, pg_queue_run, pg_batch, pg_begin, pg_commit, pg_rollback, pg_explain, pg_integrity,
    pg_witness, pg_guard, pg_load, pg_report, pg_scrub, pg_met};

int db_pg_open(struct ctx *c, struct str url, enum db_how how, const struct db_engine **ret_engine,
    void **ret_handle)
{
	struct pg *p = calloc(1, sizeof *p);
	int rc;

	if (p == NULL)
		abort();
	for (size_t i = 0; i < SQL_COUNT; i++)
		p->rows[i] = (struct pg_rows){.at = -1, .ask = PG_FETCH_FIRST};
	p->url = strndup(url.p, url.n);
	if (p->url == NULL)
		abort();
	rc = pg_connect(c, p);
	if (rc == 0)
		rc = how == DB_OPEN ? pg_schema_check(c, p) : pg_make(c, p, how == DB_MAKE);
	if (rc != 0) {
		pg_close(p);
		return rc;
	}
	*ret_engine = &engine;
	*ret_handle = p;
	return 0;
}

int db_pg_grant(struct ctx *c, void *h, struct str user)
{
	return pg_grant(c, h, user);
}
