#include "store/db_p.h"

#include <errno.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <time.h>

#include "base/mem.h"

struct lite {
	sqlite3 *db;
	sqlite3_stmt *stmts[SQL_COUNT]; /* prepared on first use */
	bool gives_id[SQL_COUNT];       /* INSERT ... RETURNING id */
	bool id_read[SQL_COUNT];        /* its one row was read */
	sqlite3_stmt *look, *unlook;    /* begin and end a transaction that reads */
	bool looking;
};

/* RETURNING makes SQLite open and drop a table of its own for each row that is written, which costs
 * more than the row. An id that is the table's rowid is to be had without: the clause is left out,
 * and the row that it would give is made from sqlite3_last_insert_rowid. */
static const char returning_id[] = "RETURNING id";

static int prepare(struct ctx *c, struct lite *l, enum sql stmt)
{
	struct str text = str_trim(str_of(sql_stmts[stmt].text));

	if (text.n > 0 && text.p[text.n - 1] == ';')
		text.n--;
	if (str_starts(text, "INSERT") && str_ends(text, returning_id)) {
		l->gives_id[stmt] = true;
		text.n -= sizeof returning_id - 1;
	}
	if (sqlite3_prepare_v3(l->db, text.p, (int)text.n, SQLITE_PREPARE_PERSISTENT,
		&l->stmts[stmt], NULL) != SQLITE_OK)
		return err_set(
		    c, ERR_FAIL, "statement %s: %s", sql_stmts[stmt].name, sqlite3_errmsg(l->db));
	return 0;
}

static int fault(struct ctx *c, sqlite3 *db, const char *what)
{
	int code = sqlite3_extended_errcode(db), why = sqlite3_system_errno(db);

	/* SQLite has one word for a disk that is full where it writes a page, and others where it
	 * makes or grows a file */
	if ((code & 0xff) == SQLITE_FULL ||
	    (((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN) &&
		(why == ENOSPC || why == EDQUOT)))
		return err_set(c, ERR_FAIL, "%s: the disk is full", what);
	switch (code & 0xff) {
	case SQLITE_CONSTRAINT:
		if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
			return err_set(c, ERR_CONFLICT, "%s: exists already", what);
		/* the message of a constraint names columns or a trigger's sentence, never values
		 */
		return err_set(
		    c, ERR_DENIED, "%s: the schema refuses: %s", what, sqlite3_errmsg(db));
	case SQLITE_BUSY:
		return err_set(c, ERR_CONFLICT, "%s: the database is busy", what);
	default:
		return err_set(c, ERR_FAIL, "%s: %s", what, sqlite3_errstr(code));
	}
}

static int run_kept(struct lite *l, sqlite3_stmt **kept, const char *text)
{
	int rc = SQLITE_OK;

	if (*kept == NULL)
		rc = sqlite3_prepare_v3(l->db, text, -1, SQLITE_PREPARE_PERSISTENT, kept, NULL);
	if (rc == SQLITE_OK) {
		(void)sqlite3_step(*kept);
		rc = sqlite3_reset(*kept);
	}
	return rc;
}

static int lite_begin(struct ctx *c, void *h, enum db_tx_kind kind)
{
	struct lite *l = h;

	if (kind == DB_LOOK) {
		l->looking = run_kept(l, &l->look, "BEGIN DEFERRED") == SQLITE_OK;
		return l->looking ? 0 : fault(c, l->db, "begin");
	}
	/* still or not: nobody else writes meanwhile */
	return sqlite3_exec(l->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK
		   ? 0
		   : fault(c, l->db, "begin");
}

/* When the disk fails in the commit, its bytes may stand in the log of the database all the same,
 * and whoever opens it next finds them. */
static int lite_commit(struct ctx *c, void *h)
{
	struct lite *l = h;

	if (sqlite3_exec(l->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK)
		return 0;
	if ((sqlite3_extended_errcode(l->db) & 0xff) != SQLITE_IOERR)
		return fault(c, l->db, "commit");
	return err_set(c, ERR_FAIL,
	    "commit: %s; whether it was recorded is not known: look before you repeat it",
	    sqlite3_errstr(sqlite3_extended_errcode(l->db)));
}

static void lite_rollback(void *h)
{
	struct lite *l = h;

	/* every statement of a look was ended by its reader */
	if (l->looking) {
		l->looking = false;
		if (run_kept(l, &l->unlook, "COMMIT") == SQLITE_OK)
			return;
	}
	for (size_t i = 0; i < SQL_COUNT; i++)
		if (l->stmts[i] != NULL)
			(void)sqlite3_reset(l->stmts[i]);
	if (sqlite3_get_autocommit(l->db) == 0)
		(void)sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
}

static int lite_start(struct ctx *c, void *h, enum sql stmt, const struct db_val *v, size_t n)
{
	struct lite *l = h;
	int rc = l->stmts[stmt] == NULL ? prepare(c, l, stmt) : 0;
	sqlite3_stmt *s = l->stmts[stmt];

	if (rc != 0)
		return rc;
	if (l->looking && sqlite3_stmt_readonly(s) == 0)
		return err_set(
		    c, ERR_FAIL, "statement %s: a change inside of a look", sql_stmts[stmt].name);
	l->id_read[stmt] = false;
	for (size_t i = 0; i < n && rc == SQLITE_OK; i++) {
		int at = (int)i + 1;

		switch (v[i].kind) {
		case DB_NULL:
			rc = sqlite3_bind_null(s, at);
			break;
		case DB_INT:
			rc = sqlite3_bind_int64(s, at, v[i].num);
			break;
		case DB_TEXT:
			rc = sqlite3_bind_text64(s, at, v[i].s.n == 0 ? "" : v[i].s.p, v[i].s.n,
			    SQLITE_STATIC, SQLITE_UTF8);
			break;
		case DB_BLOB:
			rc = sqlite3_bind_blob64(
			    s, at, v[i].s.n == 0 ? "" : v[i].s.p, v[i].s.n, SQLITE_STATIC);
			break;
		}
	}
	return rc == SQLITE_OK ? 0 : fault(c, l->db, sql_stmts[stmt].name);
}

static int lite_step(struct ctx *c, void *h, enum sql stmt)
{
	struct lite *l = h;

	if (l->id_read[stmt])
		return 0;
	switch (sqlite3_step(l->stmts[stmt])) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		l->id_read[stmt] = l->gives_id[stmt];
		return l->gives_id[stmt];
	default:
		return fault(c, l->db, sql_stmts[stmt].name);
	}
}

static size_t lite_columns(void *h, enum sql stmt)
{
	struct lite *l = h;

	return l->gives_id[stmt] ? 1 : (size_t)sqlite3_column_count(l->stmts[stmt]);
}

/* One look-up of the column, then its value without further checks: a column call each for type,
 * bytes and length costs more than the rest of reading a row. Sound because a connection belongs to
 * one thread (see db_sqlite_open). Fields are written one by one where they stay: a struct copied
 * right after it was written in parts waits for the processor's store buffer. */
static void lite_row(void *h, enum sql stmt, struct db_val *row, size_t n)
{
	struct lite *l = h;
	sqlite3_stmt *s = l->stmts[stmt];

	if (l->gives_id[stmt]) {
		row[0] = db_int(sqlite3_last_insert_rowid(l->db));
		return;
	}
	for (size_t i = 0; i < n; i++) {
		sqlite3_value *at = sqlite3_column_value(s, (int)i);
		struct db_val *v = &row[i];

		v->kind = DB_NULL;
		v->num = 0;
		v->s.p = NULL;
		v->s.n = 0;
		switch (sqlite3_value_type(at)) {
		case SQLITE_INTEGER:
			v->kind = DB_INT;
			v->num = sqlite3_value_int64(at);
			break;
		case SQLITE_TEXT:
			v->kind = DB_TEXT;
			v->s.p = (const char *)sqlite3_value_text(at);
			v->s.n = (size_t)sqlite3_value_bytes(at);
			break;
		case SQLITE_BLOB:
			v->kind = DB_BLOB;
			v->s.p = sqlite3_value_blob(at);
			v->s.n = (size_t)sqlite3_value_bytes(at);
			break;
		default:
			break;
		}
	}
}

static void lite_end(struct ctx *c, void *h, enum sql stmt)
{
	struct lite *l = h;

	(void)c;
	(void)sqlite3_reset(l->stmts[stmt]);
	(void)sqlite3_clear_bindings(l->stmts[stmt]);
}

static int64_t lite_changed(void *h)
{
	struct lite *l = h;

	return sqlite3_changes64(l->db);
}

static int lite_explain(struct ctx *c, void *h, enum sql stmt, struct str *ret)
{
	struct lite *l = h;
	struct str text = str_fmt(c, "EXPLAIN QUERY PLAN %s", sql_stmts[stmt].text);
	struct buf b = buf_init(c, 1 << 16);
	sqlite3_stmt *s;

	if (sqlite3_prepare_v2(l->db, text.p, (int)text.n, &s, NULL) != SQLITE_OK)
		return err_set(
		    c, ERR_FAIL, "statement %s: %s", sql_stmts[stmt].name, sqlite3_errmsg(l->db));
	while (sqlite3_step(s) == SQLITE_ROW)
		buf_fmt(&b, "%s\n", (const char *)sqlite3_column_text(s, 3));
	sqlite3_finalize(s);
	return buf_end(&b, "plan", ret);
}

static int lite_integrity(struct ctx *c, void *h)
{
	struct lite *l = h;
	sqlite3_stmt *s;
	int rc = 0;

	if (sqlite3_prepare_v2(l->db, "PRAGMA integrity_check(1)", -1, &s, NULL) != SQLITE_OK)
		return fault(c, l->db, "integrity");
	if (sqlite3_step(s) != SQLITE_ROW ||
	    strcmp((const char *)sqlite3_column_text(s, 0), "ok") != 0)
		rc = err_set(c, ERR_FAIL, "the database file is damaged");
	sqlite3_finalize(s);
	return rc;
}

static void lite_close(void *h)
{
	struct lite *l = h;

	for (size_t i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize(l->stmts[i]);
	sqlite3_finalize(l->look);
	sqlite3_finalize(l->unlook);
	sqlite3_close(l->db);
	free(l);
}

/* Durable at every commit; nothing in the file may run code. */
static const char settings[] = "PRAGMA journal_mode = WAL;"
			       "PRAGMA synchronous = FULL;"
			       "PRAGMA foreign_keys = ON;"
			       "PRAGMA trusted_schema = OFF;"
			       "PRAGMA cell_size_check = ON;"
			       "PRAGMA recursive_triggers = ON;"
			       "PRAGMA secure_delete = ON;"
			       "PRAGMA temp_store = MEMORY;"
			       "PRAGMA cache_size = -32768;"
			       "PRAGMA wal_autocheckpoint = 4000;";

static int user_version(sqlite3 *db)
{
	sqlite3_stmt *s;
	int v = -1;

	if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		v = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return v;
}

static int exec(struct ctx *c, sqlite3 *db, const char *what, const char *text)
{
	return sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK
		   ? 0
		   : err_set(c, ERR_FAIL, "%s: %s", what, sqlite3_errmsg(db));
}

/* One migration, unless another process has run it meanwhile. */
static int migrate_one(struct ctx *c, sqlite3 *db, size_t i)
{
	int rc = exec(c, db, sql_schemas[i].name, "BEGIN IMMEDIATE");
	char version[64];

	if (rc != 0 || user_version(db) != (int)i)
		return rc != 0 ? rc : exec(c, db, sql_schemas[i].name, "ROLLBACK");
	rc = exec(c, db, sql_schemas[i].name, sql_schemas[i].lite);
	if (rc == 0)
		rc = exec(c, db, sql_schemas[i].name, sql_schemas[i].rows);
	if (rc == 0)
		rc = exec(c, db, sql_schemas[i].name, sql_schemas[i].lite_after);
	(void)snprintf(version, sizeof version, "PRAGMA user_version = %d; COMMIT", (int)i + 1);
	if (rc == 0)
		rc = exec(c, db, sql_schemas[i].name, version);
	if (rc != 0)
		(void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

/* Runs the migrations this file does not have yet, each in its own transaction. */
static int migrate(struct ctx *c, sqlite3 *db)
{
	int rc = 0;

	for (size_t i = (size_t)user_version(db); i < sql_schemas_n && rc == 0; i++)
		rc = migrate_one(c, db, i);
	return rc;
}

/* While a database is filled nobody may open it, and what a crash leaves of it is thrown away: so
 * nothing is written twice, and nothing waits for the disk before lite_guard. An index is sorted on
 * disk, not in memory. */
static const char bare_settings[] = "PRAGMA journal_mode = DELETE;"
				    "PRAGMA synchronous = OFF;"
				    "PRAGMA foreign_keys = OFF;"
				    "PRAGMA temp_store = FILE;";

/* Tables without guards and keys; user_version stays 0, so that nobody opens it before lite_guard.
 */
static int make_bare(struct ctx *c, sqlite3 *db)
{
	int rc = exec(c, db, "open", bare_settings);

	for (size_t i = 0; i < sql_schemas_n && rc == 0; i++)
		rc = exec(c, db, sql_schemas[i].name, sql_schemas[i].lite);
	return rc;
}

static int keys_check(struct ctx *c, sqlite3 *db)
{
	sqlite3_stmt *s;
	int rc = 0;

	if (sqlite3_prepare_v2(db, "PRAGMA foreign_key_check", -1, &s, NULL) != SQLITE_OK)
		return fault(c, db, "keys");
	if (sqlite3_step(s) == SQLITE_ROW)
		rc = err_set(c, ERR_DENIED,
		    "the schema refuses: a row of table %s refers to one that "
		    "is not there",
		    (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	return rc;
}

/* The version is a transaction of its own, the first that waits for the disk: its journal is there
 * before anything is written, and takes the version back if not all of the file gets there. EXTRA:
 * the journal does not come back when it was done. */
static int lite_guard(struct ctx *c, void *h)
{
	struct lite *l = h;
	char version[96];
	int rc = exec(c, l->db, "begin", "BEGIN IMMEDIATE");

	for (size_t i = 0; i < sql_schemas_n && rc == 0; i++)
		rc = exec(c, l->db, sql_schemas[i].name, sql_schemas[i].lite_after);
	if (rc == 0)
		rc = keys_check(c, l->db);
	if (rc == 0)
		rc = exec(c, l->db, "commit", "COMMIT; PRAGMA synchronous = EXTRA");
	(void)snprintf(version, sizeof version, "BEGIN IMMEDIATE; PRAGMA user_version = %d; COMMIT",
	    (int)sql_schemas_n);
	if (rc == 0)
		rc = exec(c, l->db, "commit", version);
	return rc == 0 ? exec(c, l->db, "open", settings) : rc;
}

static int lite_report(
    struct ctx *c, void *h, void (*say)(void *arg, bool well, struct str line), void *arg)
{
	(void)h;
	say(arg, true, str_fmt(c, "SQLite %s: the file is whole", sqlite3_libversion()));
	say(arg, true,
	    STR("ledger append-only: no: rights and guards bind this program, not a process that "
		"was "
		"taken over (PostgreSQL with --database-owner has this wall)"));
	return 0;
}

/* What was overwritten is zeroed at once (secure_delete), but copies of it may lie where pages were
 * split, and in the log. VACUUM makes every page new out of what is there, in a file of its own
 * that is nobody else's; the log is then written back and emptied. Statements are let go first: one
 * that is not reset would hold the file. */
static int lite_scrub(struct ctx *c, void *h, bool *ret_done)
{
	struct lite *l = h;
	sqlite3_stmt *s = NULL;
	int rc;

	for (size_t i = 0; i < SQL_COUNT; i++)
		if (l->stmts[i] != NULL)
			(void)sqlite3_reset(l->stmts[i]);
	if (sqlite3_exec(l->db, "PRAGMA temp_store = FILE", NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(l->db, "VACUUM", NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(l->db, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(l->db, "PRAGMA wal_checkpoint(TRUNCATE)", -1, &s, NULL) != SQLITE_OK)
		return fault(c, l->db, "rewriting the file");
	rc = sqlite3_step(s) == SQLITE_ROW && sqlite3_column_int(s, 0) == 0
		 ? 0
		 : err_set(
		       c, ERR_CONFLICT, "rewriting the file: somebody is still reading; try again");
	sqlite3_finalize(s);
	*ret_done = rc == 0;
	return rc;
}

#define PATIENCE_MS 20000 /* how long another process may hold the file */

/* A file that is not in WAL mode yet is put into it by whoever comes first. SQLite asks no busy
 * handler when a reader of the mode wants to write it, since two such would wait for each other:
 * this one lets go and begins again. */
static bool settle(sqlite3 *db)
{
	struct timespec began, now;

	(void)clock_gettime(CLOCK_MONOTONIC, &began);
	for (;;) {
		if (sqlite3_exec(db, settings, NULL, NULL, NULL) == SQLITE_OK)
			return true;
		(void)clock_gettime(CLOCK_MONOTONIC, &now);
		if ((sqlite3_errcode(db) & 0xff) != SQLITE_BUSY ||
		    now.tv_sec - began.tv_sec >= PATIENCE_MS / 1000)
			return false;
		(void)sqlite3_sleep(10);
	}
}

static int configure(struct ctx *c, sqlite3 *db, enum db_how how)
{
	if (sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL) != SQLITE_OK ||
	    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) != SQLITE_OK ||
	    sqlite3_busy_timeout(db, PATIENCE_MS) != SQLITE_OK || !settle(db))
		return fault(c, db, "open");
	if (user_version(db) < 0 || (size_t)user_version(db) > sql_schemas_n)
		return err_set(c, ERR_CONFLICT, "the database is of a newer program");
	if (how == DB_OPEN && user_version(db) == 0)
		return err_set(c, ERR_INVALID, "not a Writ database");
	return how == DB_BARE ? make_bare(c, db) : migrate(c, db);
}

static const struct db_engine engine = {lite_close, lite_start, lite_step, lite_columns, lite_row,
    lite_end, lite_changed, NULL, NULL, lite_begin, lite_commit, lite_rollback, lite_explain,
    lite_integrity, NULL, lite_guard, NULL, lite_report, lite_scrub, NULL};

/* What SQLite puts aside lies beside the (first) database: rows have no place in a folder for all,
 * and a process that has locked itself in reaches no other. */
static void put_aside_beside(const char *file)
{
	const char *end = strrchr(file, '/');

	if (sqlite3_temp_directory == NULL)
		sqlite3_temp_directory = end == NULL
					     ? sqlite3_mprintf(".")
					     : sqlite3_mprintf("%.*s", (int)(end - file), file);
}

int db_sqlite_open(struct ctx *c, struct str path, enum db_how how,
    const struct db_engine **ret_engine, void **ret_handle)
{
	bool create = how != DB_OPEN;
	const char *file = str_z(c, path);
	struct stat st;
	struct lite *l;
	mode_t mask;
	int rc;

	if (!create && stat(file, &st) != 0)
		return err_set(c, ERR_NOTFOUND, "database %s: no such file", file);
	if (create && stat(file, &st) == 0)
		return err_set(c, ERR_CONFLICT, "database %s: exists already", file);
	l = calloc(1, sizeof *l);
	if (l == NULL)
		abort();
	/* No mutex and no statistics: a process has one thread and one connection (db.h). Where the
	 * library is in use already the calls change nothing. */
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	mask = umask(077); /* the database and its journals are nobody else's to read */
	rc = sqlite3_open_v2(file, &l->db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX |
		(create ? SQLITE_OPEN_CREATE : 0),
	    NULL);
	put_aside_beside(file);
	if (rc != SQLITE_OK)
		rc = err_set(c, ERR_FAIL, "database %s: %s", file, sqlite3_errstr(rc));
	else
		rc = configure(c, l->db, how);
	(void)umask(mask);
	if (rc != 0) {
		lite_close(l);
		return rc;
	}
	*ret_engine = &engine;
	*ret_handle = l;
	return 0;
}
