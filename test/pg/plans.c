/*
 * Every statement on PostgreSQL: it can be prepared, its values have types the program reads, and
 * it does not read a whole table unless it says so. `plans URL` for a database with Writ's tables;
 * prints ok and not ok lines.
 */
#include <libpq-fe.h>

#include "base/mem.h"
#include "store/db.h"

static int bad;

static void verdict(bool good, const char *name, const char *what)
{
	if (good)
		return;
	(void)printf("not ok %s: %s\n", name, what);
	bad++;
}

/* A Seq Scan over a CTE or function is none over a table. */
static bool scans(struct str plan)
{
	struct str line;
	bool more = true;

	while (more) {
		more = str_cut(plan, '\n', &line, &plan);
		for (size_t i = 0; i + 11 < line.n; i++)
			if (strncmp(line.p + i, "Seq Scan on", 11) == 0)
				return true;
	}
	return false;
}

static void check_plan(struct ctx *c, struct db *db, int i)
{
	struct str plan = {"", 0};
	int rc = db_explain(c, db, (enum sql)i, &plan);

	verdict(rc == 0, sql_stmts[i].name, err_text(c));
	err_clear(c);
	if (!sql_stmts[i].scan_ok)
		verdict(!scans(plan), sql_stmts[i].name, str_z(c, plan));
}

static void check_types(PGconn *conn, int i)
{
	static const Oid known[] = {16, 17, 20, 23, 25, 1043};
	PGresult *res = PQprepare(conn, "", sql_stmts[i].pg, 0, NULL);
	bool good = PQresultStatus(res) == PGRES_COMMAND_OK;

	verdict(good, sql_stmts[i].name, PQresultErrorMessage(res));
	PQclear(res);
	if (!good)
		return;
	res = PQdescribePrepared(conn, "");
	verdict(PQnparams(res) == (int)sql_stmts[i].n_params, sql_stmts[i].name, "parameters");
	for (int k = 0; k < PQnfields(res); k++) {
		bool found = false;

		for (size_t t = 0; t < sizeof known / sizeof known[0]; t++)
			found = found || PQftype(res, k) == known[t];
		verdict(found, sql_stmts[i].name, "a column's type");
	}
	for (int k = 0; k < PQnparams(res); k++) {
		Oid t = PQparamtype(res, k);

		verdict(t == 17 || t == 20 || t == 25, sql_stmts[i].name, "a parameter's type");
	}
	PQclear(res);
}

int main(int argc, char **argv)
{
	struct ctx *c;
	struct db *db;
	PGconn *conn;

	if (argc != 2)
		return 2;
	ctx_open(&c);
	conn = PQconnectdb(argv[1]);
	if (db_open(c, str_of(argv[1]), SQL_ROLE_ALL, &db) != 0 ||
	    PQstatus(conn) != CONNECTION_OK) {
		(void)printf("not ok plans: %s\n", err_text(c));
		return 1;
	}
	for (int i = 0; i < SQL_COUNT; i++) {
		check_plan(c, db, i);
		check_types(conn, i);
	}
	if (bad == 0)
		(void)printf(
		    "ok %d statements are prepared, typed and read no whole table\n", SQL_COUNT);
	PQfinish(conn);
	db_close(&db);
	ctx_close(&c);
	return bad > 0;
}
