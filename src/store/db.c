#include "store/db.h"

#include "base/mem.h"
#include "store/db_p.h"

enum { MAX_COLUMNS = 64 };

struct db {
	const struct db_engine *engine;
	void *handle;
	unsigned role;
	bool in_tx;
	bool looking, looked; /* inside of db_look; and a statement was run there */
	/* A statement may run again only after its rows were read to the end. */
	bool busy[SQL_COUNT];
};

static int open_any(struct ctx *c, struct str url, enum db_how how, unsigned role, struct db **ret)
{
	const struct db_engine *engine;
	void *handle;
	struct db *db;
	int rc;

	if (str_starts(url, "sqlite:"))
		rc = db_sqlite_open(c, (struct str){url.p + 7, url.n - 7}, how, &engine, &handle);
	else if (str_starts(url, "postgresql:"))
		rc = db_pg_open(c, url, how, &engine, &handle);
	else
		rc = err_set(c, ERR_INVALID, "database: want sqlite:PATH or postgresql://...");
	if (rc != 0)
		return rc;
	db = calloc(1, sizeof *db);
	if (db == NULL)
		abort();
	db->engine = engine;
	db->handle = handle;
	db->role = role;
	*ret = db;
	return 0;
}

int db_open(struct ctx *c, struct str url, unsigned role, struct db **ret)
{
	return open_any(c, url, DB_OPEN, role, ret);
}

int db_create(struct ctx *c, struct str url)
{
	struct db *db;
	int rc = open_any(c, url, DB_MAKE, SQL_ROLE_ALL, &db);

	if (rc == 0)
		db_close(&db);
	return rc;
}

int db_grant(struct ctx *c, struct str owner, struct str url)
{
	struct str user, us;
	struct db *db;
	int rc;

	if (!str_starts(url, "postgresql:"))
		return 0;
	rc = db_pg_user(c, url, &user);
	if (rc == 0)
		rc = db_pg_user(c, owner, &us);
	if (rc != 0 || str_eq(user, us))
		return rc;
	rc = db_open(c, owner, SQL_ROLE_ALL, &db);
	if (rc != 0)
		return rc;
	rc = db_pg_grant(c, db->handle, user);
	db_close(&db);
	return rc;
}

int db_fill(struct ctx *c, struct str url, struct db **ret)
{
	return open_any(c, url, DB_BARE, SQL_ROLE_ALL | SQL_ROLE_COPY, ret);
}

int db_guard(struct ctx *c, struct db *db)
{
	return db->engine->guard(c, db->handle);
}

int db_load(struct ctx *c, struct db *db, size_t table, const struct db_val *row)
{
	const struct sql_table *t = &sql_tables[table];

	if ((db->role & SQL_ROLE_COPY) == 0 || !db->in_tx)
		return err_set(c, ERR_FAIL, "table %s: wrong use", t->name);
	return db->engine->load != NULL ? db->engine->load(c, db->handle, table, row)
					: db_run(c, db, (enum sql)t->load, row, t->n_columns, NULL);
}

int db_load_end(struct ctx *c, struct db *db, size_t table)
{
	return db->engine->load != NULL ? db->engine->load(c, db->handle, table, NULL) : 0;
}

void db_close(struct db **db)
{
	if (*db == NULL)
		return;
	(*db)->engine->close((*db)->handle);
	free(*db);
	*db = NULL;
}

static int check_use(struct ctx *c, struct db *db, enum sql stmt, size_t n)
{
	const struct sql_stmt *s = &sql_stmts[stmt];

	if ((s->roles & db->role) == 0)
		return err_set(c, ERR_DENIED, "statement %s is not for this role", s->name);
	if (db->looking && s->shape == SQL_RUN)
		return err_set(c, ERR_FAIL, "statement %s: a change inside of a look", s->name);
	if (n != s->n_params || db->busy[stmt])
		return err_set(c, ERR_FAIL, "statement %s: wrong use", s->name);
	if (db->looking && !db->looked) {
		int rc = db->engine->begin(c, db->handle, DB_LOOK);

		db->looked = rc == 0;
		return rc;
	}
	return 0;
}

static int start(struct ctx *c, struct db *db, enum sql stmt, const struct db_val *v, size_t n)
{
	int rc = check_use(c, db, stmt, n);

	if (rc != 0)
		return rc;
	rc = db->engine->start(c, db->handle, stmt, v, n);
	db->busy[stmt] = rc == 0;
	return rc;
}

static void finish(struct ctx *c, struct db *db, enum sql stmt)
{
	db->engine->end(c, db->handle, stmt);
	db->busy[stmt] = false;
}

int db_run(struct ctx *c, struct db *db, enum sql stmt, const struct db_val *v, size_t n,
    int64_t *ret_changed)
{
	int rc;

	if (ret_changed == NULL && db->in_tx && db->engine->queue != NULL) {
		rc = check_use(c, db, stmt, n);
		return rc == 0 ? db->engine->queue(c, db->handle, stmt, v, n) : rc;
	}
	rc = start(c, db, stmt, v, n);
	if (rc != 0)
		return rc;
	rc = db->engine->step(c, db->handle, stmt);
	if (rc == 0 && ret_changed != NULL)
		*ret_changed = db->engine->changed(db->handle);
	finish(c, db, stmt);
	return rc > 0 ? 0 : rc;
}

int db_change(struct ctx *c, struct db *db, enum sql stmt, const struct db_val *v, size_t n,
    int64_t *ret_changed)
{
	int rc;

	if (!db->in_tx || db->engine->queue == NULL)
		return db_run(c, db, stmt, v, n, ret_changed);
	rc = db_run(c, db, stmt, v, n, NULL);
	if (rc == 0)
		*ret_changed = -1;
	return rc;
}

struct one_of {
	size_t i;
	bool found;
	int (*fn)(struct ctx *c, size_t i, const struct db_val *row, void *arg);
	void *arg;
};

static int each_of(struct ctx *c, const struct db_val *row, void *arg)
{
	struct one_of *o = arg;

	o->found = true;
	return o->fn(c, o->i, row, o->arg);
}

int db_batch(struct ctx *c, struct db *db, const struct db_call *calls, size_t n,
    int (*fn)(struct ctx *c, size_t i, const struct db_val *row, void *arg), void *arg)
{
	int rc = 0;

	for (size_t i = 0; i < n && rc == 0; i++)
		rc = check_use(c, db, calls[i].stmt, 1);
	if (rc == 0 && db->engine->batch != NULL)
		return db->engine->batch(c, db->handle, calls, n, fn, arg);
	for (size_t i = 0; i < n && rc == 0; i++) {
		struct one_of o = {i, false, fn, arg};

		rc = db_each(c, db, calls[i].stmt, &calls[i].v, 1, each_of, &o);
		if (rc == 0 && !o.found)
			rc = err_set(
			    c, ERR_NOTFOUND, "%s: no such record", sql_stmts[calls[i].stmt].name);
	}
	return rc;
}

static const struct db_val *copy_row(struct ctx *c, struct db *db, enum sql stmt)
{
	size_t n = db->engine->columns(db->handle, stmt);
	struct db_val *row = mem_array(c, n, sizeof *row);

	db->engine->row(db->handle, stmt, row, n);
	for (size_t i = 0; i < n; i++)
		if (row[i].kind == DB_TEXT || row[i].kind == DB_BLOB)
			row[i].s = str_make(c, row[i].s);
	return row;
}

int db_find(struct ctx *c, struct db *db, enum sql stmt, const struct db_val *v, size_t n,
    const struct db_val **ret)
{
	const struct db_val *row = NULL;
	int rc = start(c, db, stmt, v, n), more;

	if (rc != 0)
		return rc;
	rc = db->engine->step(c, db->handle, stmt);
	if (rc > 0) {
		row = copy_row(c, db, stmt);
		/* to the end: an INSERT ... RETURNING is done only then */
		more = db->engine->step(c, db->handle, stmt);
		rc = more > 0 ? err_set(c, ERR_FAIL, "statement %s: more than one row",
				    sql_stmts[stmt].name)
			      : more;
	}
	finish(c, db, stmt);
	if (rc != 0)
		return rc;
	*ret = row;
	return 0;
}

int db_one(struct ctx *c, struct db *db, enum sql stmt, const struct db_val *v, size_t n,
    const struct db_val **ret)
{
	const struct db_val *row;
	int rc = db_find(c, db, stmt, v, n, &row);

	if (rc == 0 && row == NULL)
		return err_set(c, ERR_NOTFOUND, "%s: no such record", sql_stmts[stmt].name);
	if (rc == 0)
		*ret = row;
	return rc;
}

int db_each(struct ctx *c, struct db *db, enum sql stmt, const struct db_val *v, size_t n,
    int (*fn)(struct ctx *c, const struct db_val *row, void *arg), void *arg)
{
	struct db_val row[MAX_COLUMNS];
	size_t columns;
	int rc = start(c, db, stmt, v, n);

	if (rc != 0)
		return rc;
	columns = db->engine->columns(db->handle, stmt);
	if (columns > MAX_COLUMNS)
		rc = err_set(c, ERR_FAIL, "statement %s: too many columns", sql_stmts[stmt].name);
	while (rc == 0) {
		rc = db->engine->step(c, db->handle, stmt);
		if (rc <= 0)
			break;
		db->engine->row(db->handle, stmt, row, columns);
		rc = fn(c, row, arg);
	}
	finish(c, db, stmt);
	return rc;
}

static int tx(struct ctx *c, struct db *db, enum db_tx_kind kind,
    int (*fn)(struct ctx *c, struct db *db, void *arg), void *arg)
{
	int rc;

	if (db->in_tx || db->looking)
		return err_set(c, ERR_FAIL, "transactions do not nest");
	rc = db->engine->begin(c, db->handle, kind);
	if (rc != 0)
		return rc;
	db->in_tx = true;
	rc = fn(c, db, arg);
	if (rc == 0)
		rc = db->engine->commit(c, db->handle);
	if (rc != 0)
		db->engine->rollback(db->handle);
	db->in_tx = false;
	return rc;
}

int db_tx(
    struct ctx *c, struct db *db, int (*fn)(struct ctx *c, struct db *db, void *arg), void *arg)
{
	return tx(c, db, DB_TX, fn, arg);
}

int db_tx_still(
    struct ctx *c, struct db *db, int (*fn)(struct ctx *c, struct db *db, void *arg), void *arg)
{
	return tx(c, db, DB_STILL, fn, arg);
}

int db_look(struct ctx *c, struct db *db, int (*fn)(struct ctx *c, void *arg), void *arg)
{
	int rc;

	if (db->in_tx)
		return fn(c, arg);
	if (db->looking)
		return err_set(c, ERR_FAIL, "looks do not nest");
	db->looking = true;
	rc = fn(c, arg);
	db->looking = false;
	if (db->looked) /* nothing was written: either end is alike */
		db->engine->rollback(db->handle);
	db->looked = false;
	return rc;
}

bool db_in_tx(const struct db *db)
{
	return db->in_tx;
}

bool db_met(struct db *db)
{
	return db->engine->met != NULL && db->engine->met(db->handle);
}

void db_witness(struct db *db, int64_t entry, struct str leaf)
{
	if (db->engine->witness != NULL)
		db->engine->witness(db->handle, entry, leaf);
}

int db_report(
    struct ctx *c, struct db *db, void (*say)(void *arg, bool well, struct str line), void *arg)
{
	return db->engine->report(c, db->handle, say, arg);
}

int db_scrub(struct ctx *c, struct db *db, bool *ret_done)
{
	return db->engine->scrub(c, db->handle, ret_done);
}

int db_explain(struct ctx *c, struct db *db, enum sql stmt, struct str *ret)
{
	return db->engine->explain(c, db->handle, stmt, ret);
}

int db_integrity(struct ctx *c, struct db *db)
{
	return db->engine->integrity(c, db->handle);
}
