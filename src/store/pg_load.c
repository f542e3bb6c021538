/* Filling a bare table: COPY in the binary form, which is not for the pipeline. */
#include "store/pg_p.h"

#include "base/mem.h"

enum { PG_LOAD = 1 << 16 };

static int refused(struct ctx *c, struct pg *p)
{
	return PQstatus(p->conn) == CONNECTION_OK
		   ? err_set(c, ERR_FAIL, "copy: the database takes no more rows")
		   : pg_lost(c, p, "copy");
}

static int send(struct ctx *c, struct pg *p, const void *bytes, size_t n)
{
	return PQputCopyData(p->conn, bytes, (int)n) == 1 ? 0 : refused(c, p);
}

static int flush(struct ctx *c, struct pg *p)
{
	int rc = p->load_n > 0 ? send(c, p, p->load, p->load_n) : 0;

	p->load_n = 0;
	return rc;
}

static int put(struct ctx *c, struct pg *p, const void *bytes, size_t n)
{
	int rc = p->load_n + n > PG_LOAD ? flush(c, p) : 0;

	if (rc != 0 || n > PG_LOAD)
		return rc != 0 ? rc : send(c, p, bytes, n);
	memcpy(p->load + p->load_n, bytes, n);
	p->load_n += n;
	return 0;
}

static int put_number(struct ctx *c, struct pg *p, int64_t v, size_t bytes)
{
	unsigned char b[8];
	uint64_t u = (uint64_t)v;

	for (size_t i = bytes; i > 0; i--, u >>= 8)
		b[i - 1] = (unsigned char)(u & 255);
	return put(c, p, b, bytes);
}

static int put_value(struct ctx *c, struct pg *p, struct db_val v)
{
	int rc;

	switch (v.kind) {
	case DB_NULL:
		return put_number(c, p, -1, 4);
	case DB_INT:
		rc = put_number(c, p, 8, 4);
		return rc == 0 ? put_number(c, p, v.num, 8) : rc;
	case DB_TEXT:
	case DB_BLOB:
		break;
	}
	rc = put_number(c, p, (int64_t)v.s.n, 4);
	return rc == 0 ? put(c, p, v.s.p, v.s.n) : rc;
}

/* The head: its signature, no flags, no extension. */
static int begin(struct ctx *c, struct pg *p, size_t table)
{
	static const char head[19] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";
	struct str text = str_fmt(c, "COPY %s (%s) FROM STDIN (FORMAT binary)",
	    sql_tables[table].name, sql_tables[table].columns);
	int rc = pg_drain(c, p);
	PGresult *res;

	if (rc != 0)
		return rc;
	if (p->load == NULL)
		p->load = malloc(PG_LOAD);
	if (p->load == NULL)
		abort();
	p->load_n = 0;
	(void)PQexitPipelineMode(p->conn);
	res = PQexec(p->conn, text.p);
	if (PQresultStatus(res) == PGRES_COPY_IN)
		p->loading = table + 1;
	else
		rc = PQstatus(p->conn) == CONNECTION_OK ? pg_fault(c, res, sql_tables[table].name)
							: pg_lost(c, p, "copy");
	PQclear(res);
	if (rc != 0 && PQstatus(p->conn) == CONNECTION_OK)
		(void)PQenterPipelineMode(p->conn);
	return rc == 0 ? put(c, p, head, sizeof head) : rc;
}

/* The end of the COPY, and what the server says to all of it. */
static int end(struct ctx *c, struct pg *p, const char *given_up)
{
	const char *what = sql_tables[p->loading - 1].name;
	int rc = PQputCopyEnd(p->conn, given_up) == 1 ? 0 : refused(c, p);
	PGresult *res;

	p->loading = 0;
	while ((res = PQgetResult(p->conn)) != NULL) {
		if (rc == 0 && PQresultStatus(res) != PGRES_COMMAND_OK)
			rc = pg_fault(c, res, what);
		PQclear(res);
	}
	if (PQstatus(p->conn) == CONNECTION_OK)
		(void)PQenterPipelineMode(p->conn);
	else if (rc == 0)
		rc = pg_lost(c, p, "copy");
	return rc;
}

int pg_load(struct ctx *c, void *h, size_t table, const struct db_val *row)
{
	struct mem_mark mark = mem_mark(c);
	struct pg *p = h;
	int rc = p->loading == 0 ? begin(c, p, table) : 0;

	mem_reset(c, mark);
	if (rc == 0 && p->loading != table + 1)
		return err_set(c, ERR_FAIL, "copy: one table after the other");
	if (rc == 0)
		rc = put_number(c, p, row == NULL ? -1 : (int64_t)sql_tables[table].n_columns, 2);
	for (size_t i = 0; row != NULL && i < sql_tables[table].n_columns && rc == 0; i++)
		rc = put_value(c, p, row[i]);
	if (rc == 0 && row == NULL)
		rc = flush(c, p);
	return rc == 0 && row == NULL ? end(c, p, NULL) : rc;
}

void pg_load_stop(struct pg *p)
{
	struct ctx *c;

	if (p->loading == 0)
		return;
	/* the caller's context holds the error that led here */
	ctx_open(&c);
	if (end(c, p, "given up") != 0)
		err_clear(c);
	ctx_close(&c);
}
