/* What an engine gives to db.c. Rows are read into the caller's array, so that no engine allocates.
 */
#ifndef WRIT_DB_P_H
#define WRIT_DB_P_H

#include "store/db.h"

enum db_tx_kind {
	DB_TX,    /* reads and writes */
	DB_STILL, /* likewise, and all that is read is of one moment */
	DB_LOOK   /* reads alone, of one moment; what writes is refused */
};

struct db_engine {
	void (*close)(void *h);
	/* begin a statement with its values bound */
	int (*start)(struct ctx *c, void *h, enum sql stmt, const struct db_val *v, size_t n);
	/* 1 row, 0 end, negative error; values borrowed until the next call */
	int (*step)(struct ctx *c, void *h, enum sql stmt);
	size_t (*columns)(void *h, enum sql stmt);
	/* the first n columns of the row */
	void (*row)(void *h, enum sql stmt, struct db_val *row, size_t n);
	void (*end)(struct ctx *c, void *h, enum sql stmt);
	int64_t (*changed)(void *h);
	/* a statement without rows whose outcome is told by the next call or the commit; NULL: none
	 */
	int (*queue)(struct ctx *c, void *h, enum sql stmt, const struct db_val *v, size_t n);
	/* several at once, as db_batch; NULL: one after the other */
	int (*batch)(struct ctx *c, void *h, const struct db_call *calls, size_t n,
	    int (*fn)(struct ctx *c, size_t i, const struct db_val *row, void *arg), void *arg);
	int (*begin)(struct ctx *c, void *h, enum db_tx_kind kind);
	int (*commit)(struct ctx *c, void *h);
	void (*rollback)(void *h);
	int (*explain)(struct ctx *c, void *h, enum sql stmt, struct str *ret);
	int (*integrity)(struct ctx *c, void *h);
	/* the transaction writes this entry: how a commit whose answer was lost is told; NULL:
	 * never lost
	 */
	void (*witness)(void *h, int64_t entry, struct str leaf);
	int (*guard)(struct ctx *c, void *h);
	/* db_load, at full speed; row NULL: db_load_end. NULL: by the statement load_TABLE */
	int (*load)(struct ctx *c, void *h, size_t table, const struct db_val *row);
	int (*report)(
	    struct ctx *c, void *h, void (*say)(void *arg, bool well, struct str line), void *arg);
	int (*scrub)(struct ctx *c, void *h, bool *ret_done);
	/* as db_met; NULL: transactions never meet */
	bool (*met)(void *h);
};

enum db_how {
	DB_OPEN, /* one that is there */
	DB_MAKE, /* a new one */
	DB_BARE  /* a new one without guards, keys and indexes, to be filled by a copy */
};

/* db_sqlite_open(c, path, how, ret_engine, ret_handle). */
int db_sqlite_open(struct ctx *c, struct str path, enum db_how how,
    const struct db_engine **ret_engine, void **ret_handle) MUST_CHECK;
/* db_pg_open(c, url, how, ret_engine, ret_handle): url as libpq takes it. */
int db_pg_open(struct ctx *c, struct str url, enum db_how how, const struct db_engine **ret_engine,
    void **ret_handle) MUST_CHECK;
/* db_pg_grant(c, h, user): the rights that the program's statements need, and no others. */
int db_pg_grant(struct ctx *c, void *h, struct str user) MUST_CHECK;
/* db_pg_user(c, url, ret): the name that a connection by this address signs in with. */
int db_pg_user(struct ctx *c, struct str url, struct str *ret) MUST_CHECK;

#endif
