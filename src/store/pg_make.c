#include "store/pg_p.h"

#include "base/mem.h"

/* Where the tables stand: how many of this program's migrations they have. A copy that is not done
 * has no such row, and is no database for anybody. */
static int version(struct ctx *c, struct pg *p, int64_t *ret)
{
	struct str v;
	int rc = pg_value(c, p, "SELECT to_regclass('public.schema_version')", &v);

	*ret = 0;
	if (rc == 0 && v.n > 0)
		rc = pg_value(c, p, "SELECT max(n) FROM schema_version", &v);
	if (rc == 0 && v.n > 0 && !str_i64(v, ret))
		return err_set(c, ERR_INVALID, "database: schema_version is not to be read");
	return rc;
}

static int set_version(struct ctx *c, struct pg *p, size_t n)
{
	return pg_exec(c, p, str_fmt(c, "INSERT INTO schema_version (n) VALUES (%zu)", n).p);
}

/* A migration of guards alone has no tables, and the server calls an empty text no command. */
static int run_text(struct ctx *c, struct pg *p, const char *text)
{
	return text[0] == '\0' ? 0 : pg_exec(c, p, text);
}

/* One migration; bare: the tables alone. */
static int run_schema(struct ctx *c, struct pg *p, const struct sql_schema *s, bool bare)
{
	int rc = run_text(c, p, s->pg);

	if (rc == 0 && !bare)
		rc = run_text(c, p, s->rows);
	if (rc == 0 && !bare)
		rc = run_text(c, p, s->pg_after);
	return rc == 0 ? 0 : err_while(c, rc, "%s", s->name);
}

/* Migrations that are lacking, all or none. Of two programs that start at once the second waits,
 * and finds them done. */
static int migrate(struct ctx *c, struct pg *p)
{
	int64_t from = 0;
	int rc = pg_exec(c, p, "BEGIN; LOCK TABLE schema_version IN EXCLUSIVE MODE");

	if (rc == 0)
		rc = version(c, p, &from);
	for (size_t i = (size_t)from; i < sql_schemas_n && rc == 0; i++)
		rc = run_schema(c, p, &sql_schemas[i], false);
	if (rc == 0 && (size_t)from < sql_schemas_n)
		rc = set_version(c, p, sql_schemas_n);
	return rc == 0 ? pg_exec(c, p, "COMMIT") : rc;
}

int pg_schema_check(struct ctx *c, struct pg *p)
{
	int64_t n;
	int rc = version(c, p, &n);

	if (rc != 0)
		return rc;
	if (n == 0)
		return err_set(c, ERR_INVALID, "not a Writ database");
	if ((size_t)n > sql_schemas_n)
		return err_set(c, ERR_CONFLICT, "the database is of a newer program");
	if ((size_t)n == sql_schemas_n)
		return 0;
	rc = migrate(c, p);
	return rc == ERR_DENIED ? err_while(c, rc,
				      "the database is of an older program, and only the owner of "
				      "its tables may bring it up to date (writ db upgrade)")
				: rc;
}

static int taken(struct ctx *c, struct pg *p)
{
	int64_t n;
	int rc = version(c, p, &n);

	if (rc != 0)
		return rc;
	return err_set(c, ERR_CONFLICT,
	    n > 0 ? "the database holds an instance already"
		  : "the database holds a copy that was not finished: make it empty first");
}

int pg_make(struct ctx *c, struct pg *p, bool guarded)
{
	struct str there;
	int rc = pg_value(c, p,
	    "SELECT count(*) FROM pg_class WHERE relname = 'entry' AND relkind = 'r'", &there);

	if (rc == 0 && !str_is(there, "0"))
		return taken(c, p);
	if (rc == 0)
		rc = pg_exec(c, p, "BEGIN");
	if (rc == 0)
		rc = pg_exec(c, p, "CREATE TABLE schema_version (n BIGINT PRIMARY KEY)");
	for (size_t i = 0; i < sql_schemas_n && rc == 0; i++)
		rc = run_schema(c, p, &sql_schemas[i], !guarded);
	if (rc == 0 && guarded)
		rc = set_version(c, p, sql_schemas_n);
	return rc == 0 ? pg_exec(c, p, "COMMIT") : rc;
}

/* Numbers that were loaded are not drawn again. */
static int set_sequences(struct ctx *c, struct pg *p)
{
	int rc = 0;

	for (size_t i = 0; i < sql_tables_n && rc == 0; i++)
		if (sql_tables[i].gives_id)
			rc = pg_exec(c, p,
			    str_fmt(c,
				"SELECT setval('%s_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM "
				"%s),"
				" false)",
				sql_tables[i].name, sql_tables[i].name)
				.p);
	return rc;
}

int pg_guard(struct ctx *c, void *h)
{
	struct pg *p = h;
	int rc = pg_exec(c, p, "BEGIN");

	for (size_t i = 0; i < sql_schemas_n && rc == 0; i++)
		rc = run_text(c, p, sql_schemas[i].pg_after);
	if (rc == 0)
		rc = set_sequences(c, p);
	if (rc == 0)
		rc = set_version(c, p, sql_schemas_n);
	if (rc == 0)
		rc = pg_exec(c, p, "COMMIT");
	return rc == 0 ? pg_exec(c, p, "ANALYZE") : rc;
}

/* ---- rights ---- */

int pg_grant(struct ctx *c, struct pg *p, struct str user)
{
	char *name = PQescapeIdentifier(p->conn, user.p, user.n);
	struct str to;
	int rc = 0;

	if (name == NULL)
		return err_set(c, ERR_INVALID, "database: the user's name is no text");
	to = str_make(c, str_of(name));
	PQfreemem(name);
	rc = pg_exec(c, p,
	    str_fmt(c,
		"GRANT USAGE ON SCHEMA public TO %s; GRANT USAGE ON ALL SEQUENCES IN SCHEMA public "
		"TO"
		" %s; GRANT SELECT ON schema_version TO %s",
		to.p, to.p, to.p)
		.p);
	for (size_t i = 0; i < sql_tables_n && rc == 0; i++)
		rc = pg_exec(c, p,
		    str_fmt(c, "REVOKE ALL ON %s FROM %s; GRANT %s ON %s TO %s", sql_tables[i].name,
			to.p, sql_tables[i].rights, sql_tables[i].name, to.p)
			.p);
	return rc;
}

int db_pg_user(struct ctx *c, struct str url, struct str *ret)
{
	PGconn *conn = PQconnectdb(str_z(c, url));
	int rc = 0;

	if (PQstatus(conn) == CONNECTION_OK)
		*ret = str_make(c, str_of(PQuser(conn)));
	else
		rc = err_set(c, ERR_FAIL, "database: %.*s",
		    (int)strcspn(PQerrorMessage(conn), "\n"), PQerrorMessage(conn));
	PQfinish(conn);
	return rc;
}

/* ---- what was erased ---- */

/* VACUUM alone gives dead rows' room back and leaves their bytes in it; FULL writes the table and
 * its indexes anew. Nobody reads or writes the table meanwhile. */
int pg_scrub(struct ctx *c, void *h, bool *ret_done)
{
	static const char *const tables[] = {"demand", "paper", "order_fact", "target", "finding",
	    "review", "decision", "production", "production_file", "look_over", "file_check",
	    "challenge", "message", "erasure_hold", "notice", "claim", "claim_line", "bar_step",
	    "notice_copy", "ticket", "ticket_file", "snapshot_file", "entry"};
	struct pg *p = h;
	struct str owns;
	int rc = pg_value(c, p,
	    "SELECT CASE WHEN pg_has_role(relowner, 'USAGE') THEN 'yes' ELSE 'no' END"
	    " FROM pg_class WHERE oid = 'public.entry'::regclass",
	    &owns);

	*ret_done = rc == 0 && str_is(owns, "yes");
	for (size_t i = 0; i < sizeof tables / sizeof tables[0] && rc == 0 && *ret_done; i++)
		rc = pg_exec(c, p, str_fmt(c, "VACUUM (FULL) %s", tables[i]).p);
	*ret_done = *ret_done && rc == 0;
	return rc;
}

/* ---- what stands ---- */

static const struct {
	bool needed;
	const char *wall, *ask, *yes, *no;
} walls[] = {
    {true, "ledger append-only",
	"SELECT CASE WHEN has_column_privilege('entry', 'leaf', 'UPDATE') OR"
	" has_table_privilege('entry', 'DELETE') THEN 'no' ELSE 'yes' END",
	"this user may not rewrite or delete entries",
	"this user owns the tables: guards bind the program, not one that was taken over (make the "
	"instance with --database-owner)"},
    {true, "no superuser",
	"SELECT CASE WHEN rolsuper THEN 'no' ELSE 'yes' END FROM pg_roles WHERE rolname = "
	"current_user",
	"an ordinary user", "the program signs in as a superuser: no right binds it"},
    {true, "ids in order",
	"SELECT CASE WHEN cache_size = 1 THEN 'yes' ELSE 'no' END FROM pg_sequences WHERE"
	" schemaname = 'public' AND sequencename = 'entry_id_seq'",
	"each entry's id is newer than the last",
	"entry_id_seq hands out ids in advance: entries of a case can get places out of order "
	"(ALTER "
	"SEQUENCE entry_id_seq CACHE 1)"},
    {true, "commits on disk",
	"SELECT CASE WHEN current_setting('fsync') = 'on' AND current_setting('synchronous_commit')"
	" <> 'off' AND current_setting('full_page_writes') = 'on' THEN 'yes' ELSE 'no' END",
	"fsync, synchronous_commit and full_page_writes are on",
	"fsync, synchronous_commit or full_page_writes is off: an acknowledged demand can be lost"},
    {false, "commits on a standby",
	"SELECT CASE WHEN current_setting('synchronous_standby_names') <> '' AND"
	" current_setting('synchronous_commit') IN ('on', 'remote_apply') THEN 'yes' ELSE 'no' END",
	"a standby has each commit before it is acknowledged",
	"no synchronous standby: when the primary is lost, so are its last acknowledged steps"},
    {false, "page sums",
	"SELECT CASE WHEN current_setting('data_checksums') = 'on' THEN 'yes' ELSE 'no' END",
	"damaged pages are noticed",
	"data_checksums is off: the server does not notice damaged pages"},
};

/* A standby that lags behind is worse than none that is asked: its promotion forgets what was
 * acknowledged. How each one follows is shown to few; that there is one, to everybody. */
static int report_standbys(
    struct ctx *c, struct pg *p, void (*say)(void *arg, bool well, struct str line), void *arg)
{
	struct str n;
	int rc = pg_value(c, p,
	    "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'async' OR"
	    " (sync_state IS NULL AND current_setting('synchronous_standby_names') = '')",
	    &n);

	if (rc == 0 && !str_is(n, "0"))
		say(arg, false,
		    STR("a standby is asynchronous: promoting it loses what was acknowledged "
			"last"));
	return rc;
}

int pg_report(struct ctx *c, void *h, void (*say)(void *arg, bool well, struct str line), void *arg)
{
	struct pg *p = h;
	struct str v;
	int rc = pg_value(c, p, "SHOW server_version", &v);

	if (rc == 0)
		say(arg, true, str_fmt(c, "PostgreSQL %s", v.p));
	for (size_t i = 0; i < sizeof walls / sizeof walls[0] && rc == 0; i++) {
		bool yes;

		rc = pg_value(c, p, walls[i].ask, &v);
		yes = str_is(v, "yes");
		if (rc == 0)
			say(arg, yes || !walls[i].needed,
			    str_fmt(c, "%s: %s: %s", walls[i].wall, yes ? "yes" : "no",
				yes ? walls[i].yes : walls[i].no));
	}
	return rc == 0 ? report_standbys(c, p, say, arg) : rc;
}
