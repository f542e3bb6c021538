/*
 * The database, seen as named statements (sql/query). Texts, shapes and the roles that may run each
 * are made at build time by tools/embed; no SQL stands in C. One connection per process, opened
 * after exec.
 *
 * Values go in as an array in the order of the statement's :parameters, DB_ARGS(db_int(1), ...).
 * Rows come out as arrays of struct db_val: copied into the arena by db_one and db_find, borrowed
 * for the length of the callback by db_each.
 */
#ifndef WRIT_DB_H
#define WRIT_DB_H

#include "base/text.h"
#include "kind/day.h"
#include "kind/hash.h"
#include "sql_gen.h"

enum db_kind { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };

struct db_val {
	enum db_kind kind;
	int64_t num;
	struct str s;
};

static inline struct db_val db_int(int64_t v)
{
	return (struct db_val){.kind = DB_INT, .num = v};
}
static inline struct db_val db_text(struct str s)
{
	return (struct db_val){.kind = DB_TEXT, .s = s};
}
static inline struct db_val db_blob(struct str s)
{
	return (struct db_val){.kind = DB_BLOB, .s = s};
}
static inline struct db_val db_null(void)
{
	return (struct db_val){.kind = DB_NULL};
}
/* db_day: NULL for DAY_NONE. db_instant: NULL for INSTANT_NONE. db_ref: NULL for id 0.
 * db_text_or_null: NULL for "". */
static inline struct db_val db_day(struct day d)
{
	return day_is_none(d) ? db_null() : db_int(d.n);
}
static inline struct db_val db_instant(struct instant t)
{
	return instant_is_none(t) ? db_null() : db_int(t.s);
}
static inline struct db_val db_ref(int64_t id)
{
	return id == 0 ? db_null() : db_int(id);
}
static inline struct db_val db_text_or_null(struct str s)
{
	return s.n > 0 ? db_text(s) : db_null();
}
/* The way back. */
static inline struct day db_get_day(struct db_val v)
{
	return v.kind == DB_NULL ? DAY_NONE : (struct day){(int32_t)v.num};
}
static inline struct instant db_get_instant(struct db_val v)
{
	return v.kind == DB_NULL ? INSTANT_NONE : (struct instant){v.num};
}

#define DB_ARGS(...)                                                                               \
	(const struct db_val[]){__VA_ARGS__},                                                      \
	    sizeof((const struct db_val[]){__VA_ARGS__}) / sizeof(struct db_val)
#define DB_NO_ARGS NULL, 0

struct db;

/* db_open(c, url, role, ret): "sqlite:PATH", or "postgresql://..." as libpq takes it. Creates
 * nothing: ERR_NOTFOUND when the file is absent. ERR_INVALID for another scheme, or a database
 * without Writ's tables; ERR_CONFLICT when the schema is not this program's. */
int db_open(struct ctx *c, struct str url, unsigned role, struct db **ret) MUST_CHECK;
/* db_create(c, url, ret): makes the database, runs every migration. ERR_CONFLICT when it exists. */
int db_create(struct ctx *c, struct str url) MUST_CHECK;
/* db_grant(c, owner, url): as the owner of the tables gives the user of url the rights that the
 * program's statements need, and no others: on PostgreSQL the ledger's tables are then append-only
 * for a taken-over program too. 0 and nothing done on SQLite, or when both are one user. */
int db_grant(struct ctx *c, struct str owner, struct str url) MUST_CHECK;
/* db_fill(c, url, ret): makes the database bare: no guards, keys and indexes, so that a copy fills
 * it by db_load. db_guard puts them up, checks every key, puts all on disk, and only then is it one
 * that db_open takes. */
int db_fill(struct ctx *c, struct str url, struct db **ret) MUST_CHECK;
int db_guard(struct ctx *c, struct db *db) MUST_CHECK;
/* db_load(c, db, table, row): a row into the bare table sql_tables[table], with all its columns.
 * Inside db_tx. An error may be told later, at the latest by db_load_end, which ends the table. */
int db_load(struct ctx *c, struct db *db, size_t table, const struct db_val *row) MUST_CHECK;
int db_load_end(struct ctx *c, struct db *db, size_t table) MUST_CHECK;
void db_close(struct db **db);

enum { DB_PORTS_MAX = 8, DB_FILES_MAX = 3 };

/* What a process that locks itself in must be left with so that its database stays in reach, also
 * over a connection made anew. All empty for SQLite, whose folder is the caller's to know. */
struct db_reach {
	bool local; /* a socket in the file system */
	int ports[DB_PORTS_MAX];
	size_t n_ports;
	struct str files[DB_FILES_MAX];
	size_t n_files;
};
/* db_reach(c, url, ret): ERR_INVALID when url is none. */
int db_reach(struct ctx *c, struct str url, struct db_reach *ret) MUST_CHECK;

/* db_run: a statement without rows. *ret_changed (may be NULL) = rows changed. With NULL and inside
 * db_tx an error may be told by a later call, at the latest by db_tx itself. A broken constraint is
 * ERR_CONFLICT (unique) or ERR_DENIED (CHECK, foreign key, trigger: the schema's promise). */
int db_run(struct ctx *c, struct db *db, enum sql stmt, const struct db_val *v, size_t n,
    int64_t *ret_changed) MUST_CHECK;
/* db_change: as db_run with ret_changed, but *ret_changed is -1 where the outcome is not known yet:
 * the caller finds out otherwise before the end of the transaction. */
int db_change(struct ctx *c, struct db *db, enum sql stmt, const struct db_val *v, size_t n,
    int64_t *ret_changed) MUST_CHECK;
/* db_batch: n statements with one value each, whose rows are asked for together: fn is called with
 * the row of call i, in order; a call without a row is ERR_NOTFOUND. */
struct db_call {
	enum sql stmt;
	struct db_val v;
};
int db_batch(struct ctx *c, struct db *db, const struct db_call *calls, size_t n,
    int (*fn)(struct ctx *c, size_t i, const struct db_val *row, void *arg), void *arg) MUST_CHECK;
/* db_one: exactly one row, copied; ERR_NOTFOUND without one. */
int db_one(struct ctx *c, struct db *db, enum sql stmt, const struct db_val *v, size_t n,
    const struct db_val **ret) MUST_CHECK;
/* db_find: as db_one, but *ret = NULL without a row. */
int db_find(struct ctx *c, struct db *db, enum sql stmt, const struct db_val *v, size_t n,
    const struct db_val **ret) MUST_CHECK;
/* db_each: fn for each row until it returns non-zero, which becomes the result. fn may run other
 * statements. The arena grows only by what fn keeps. */
int db_each(struct ctx *c, struct db *db, enum sql stmt, const struct db_val *v, size_t n,
    int (*fn)(struct ctx *c, const struct db_val *row, void *arg), void *arg) MUST_CHECK;
/* db_tx: fn inside one transaction (BEGIN IMMEDIATE); commits when fn returns 0, else rolls back
 * and returns fn's code. Not nested. The commit is durable when db_tx returns 0. ERR_FAIL from the
 * commit itself may mean that it is not known whether it happened; the text says so. */
int db_tx(struct ctx *c, struct db *db, int (*fn)(struct ctx *c, struct db *db, void *arg),
    void *arg) MUST_CHECK;

/* db_in_tx(db): a transaction is open. */
bool db_in_tx(const struct db *db);
/* db_met(db): since this was asked last a transaction was given up because it and another one
 * waited for each other, or read what the other changed (SQLSTATE class 40): nothing of it stands,
 * its error is ERR_CONFLICT, and the same again may well succeed. */
bool db_met(struct db *db);
/* db_tx_still: as db_tx, and all that fn reads is of one moment, while others go on writing. */
int db_tx_still(struct ctx *c, struct db *db, int (*fn)(struct ctx *c, struct db *db, void *arg),
    void *arg) MUST_CHECK;

/* db_look: fn reads; all of it is of one moment, while others go on writing, and it costs less than
 * as many statements by themselves. Nothing is written inside: a statement that would, and db_tx,
 * is ERR_FAIL. Does not nest; inside a transaction it is just the call. The moment is that of the
 * first statement; without one the database is not asked for anything. */
int db_look(
    struct ctx *c, struct db *db, int (*fn)(struct ctx *c, void *arg), void *arg) MUST_CHECK;

/* db_witness(db, entry, leaf): the running transaction writes this entry. If the answer to the
 * commit is lost with the connection, its presence tells whether the commit happened. */
void db_witness(struct db *db, int64_t entry, struct str leaf);
/* db_report(c, db, say, arg): a line for each wall that this engine offers or lacks, for `writ
 * doctor`; well is false where the house should change something. */
int db_report(struct ctx *c, struct db *db, void (*say)(void *arg, bool well, struct str line),
    void *arg) MUST_CHECK;
/* db_scrub(c, db, ret_done): what was overwritten or deleted is not left in the database's own
 * files either. SQLite rewrites its file and empties its log; PostgreSQL rewrites the tables that
 * hold personal detail, which only their owner may: else *ret_done is false and nothing was done.
 * Takes as long as the database is large. ERR_CONFLICT while others are at work for too long. */
int db_scrub(struct ctx *c, struct db *db, bool *ret_done) MUST_CHECK;

/* db_explain(c, db, stmt, ret): the engine's plan as text, for the test that refuses full scans. */
int db_explain(struct ctx *c, struct db *db, enum sql stmt, struct str *ret) MUST_CHECK;
/* db_integrity(c, db): the engine's own check of the file. ERR_FAIL with the first fault. */
int db_integrity(struct ctx *c, struct db *db) MUST_CHECK;

#endif
