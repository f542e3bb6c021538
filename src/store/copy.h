/*
 * All rows of an instance, out of one database and into another: for `db copy`, and for backups.
 *
 * copy_dump reads every row of every table in one consistent moment, table after table in the order
 * of sql_tables, rows in the order of their keys, while others go on writing. copy_load takes rows
 * in that order into a bare database (db_fill). What is loaded is one transaction; the database is
 * one that db_open takes only after db_guard, and stays unusable if that never happens. Memory does
 * not grow with the rows.
 *
 * The sum of a table is SHA-256("writ/table/1" NUL table's name NUL, then each row's values in the
 * order of sql_tables[].columns, each as row.h writes it) (SPEC.md 2): equal sums, equal rows, on
 * either engine.
 *
 * Handles need SQL_ROLE_COPY beside the program's roles: db_open(c, url, SQL_ROLE_ALL |
 * SQL_ROLE_COPY, ...).
 */
#ifndef WRIT_COPY_H
#define WRIT_COPY_H

#include "store/ledger.h"

struct copy_sum {
	int64_t rows;
	struct hash hash;
};

struct copy_sums {
	size_t n; /* sql_tables_n */
	struct copy_sum table[SQL_TABLES];
	/* The log's tree, computed from the entries' leaf bytes in the order of their places. */
	int64_t size;
	struct hash root;
};

/* Where rows go. row: sql_tables[table].n_columns values, borrowed; end: after the last row of each
 * table, also of one without rows. Either may be NULL. */
struct copy_sink {
	int (*row)(struct ctx *c, size_t table, const struct db_val *row, void *arg);
	int (*end)(struct ctx *c, size_t table, const struct copy_sum *sum, void *arg);
	void *arg;
};

/* copy_dump(c, db, sink, ret): sink may be NULL: only the sums. ret may be NULL. ERR_FAIL when
 * places and entries do not fit (the log would not verify); else what the sink returns. */
int copy_dump(
    struct ctx *c, struct db *db, const struct copy_sink *sink, struct copy_sums *ret) MUST_CHECK;

struct copy_load;
/* copy_load(c, db, fill, arg, ret): fill gives the rows, by copy_put; ret gets the sums of what was
 * given (size and root stay 0). db is from db_fill. An error of fill leaves nothing. */
int copy_load(struct ctx *c, struct db *db,
    int (*fill)(struct ctx *c, struct copy_load *l, void *arg), void *arg,
    struct copy_sums *ret) MUST_CHECK;
/* copy_put(c, l, table, row, n): ERR_INVALID when n is not the table's number of columns, or a
 * table comes after a later one. */
int copy_put(struct ctx *c, struct copy_load *l, size_t table, const struct db_val *row,
    size_t n) MUST_CHECK;
/* copy_put_end(c, l, table, ret): no more rows of this table; ret (may be NULL): its sum. Not
 * needed: the next table ends it too. */
int copy_put_end(struct ctx *c, struct copy_load *l, size_t table, struct copy_sum *ret) MUST_CHECK;

/* copy_compare(c, a, b): ERR_FAIL naming the first table that differs. Rows only. */
int copy_compare(struct ctx *c, const struct copy_sums *a, const struct copy_sums *b) MUST_CHECK;

/* copy_between(c, from, to, job, ret): everything of from into to, a bare database of either
 * engine, read back and compared: rows, sums and the ledger's root. ERR_CONFLICT when from was
 * written to meanwhile. to is not guarded yet: the caller verifies it and calls db_guard. */
struct copy_job {
	void (*progress)(void *arg, const char *what, int64_t done, int64_t total); /* or NULL */
	void *arg;
};
int copy_between(struct ctx *c, struct db *from, struct db *to, const struct copy_job *job,
    struct copy_sums *ret) MUST_CHECK;

#endif
