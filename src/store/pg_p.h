/*
 * PostgreSQL, as db_pg.c, pg_send.c, pg_tx.c, pg_load.c and pg_make.c share it. Everything goes
 * through libpq's pipeline: what has no answer to wait for is queued and sent with the next thing
 * that has one.
 */
#ifndef WRIT_PG_P_H
#define WRIT_PG_P_H

#include <libpq-fe.h>

#include "store/db_p.h"

enum { PG_QUEUE = 256, PG_MANY = 64, PG_WITNESS = 64 };
/* rows of one fetch: the first, and later as many as have so many bytes */
enum { PG_FETCH_FIRST = 100, PG_FETCH_MAX = 2000, PG_FETCH_BYTES = 2 << 20 };

enum pg_op {
	PG_OP_PREPARE, /* of a statement */
	PG_OP_STMT,    /* a statement whose rows nobody reads */
	PG_OP_KEEP,    /* the statement whose result is kept */
	PG_OP_MANY,    /* one of several whose results are kept */
	PG_OP_TEXT     /* BEGIN, COMMIT and the like */
};

struct pg_queued {
	enum pg_op op;
	enum sql stmt;
};

/* The rows of a statement that is being read. */
struct pg_rows {
	PGresult *res;
	int at;  /* the row, -1 before the first */
	int ask; /* how many the next fetch asks for */
	bool cursor, full;
};

struct pg {
	PGconn *conn;
	char *url;
	bool prepared[SQL_COUNT];
	struct pg_rows rows[SQL_COUNT];
	struct pg_queued queue[PG_QUEUE];
	size_t queued;
	PGresult *kept, *many[PG_MANY];
	size_t n_many;
	int64_t changed;
	bool in_tx, in_commit;
	bool met;    /* the server gave a transaction up for another one's sake */
	int reading; /* large statements that are open outside of db_tx: they share one snapshot */
	bool has_xact; /* the server knows transactions by number */
	int64_t xact;  /* that of this transaction; 0: not known */
	/* an entry that this transaction wrote: there exactly when it was committed */
	int64_t witness;
	unsigned char leaf[PG_WITNESS];
	size_t leaf_n;
	/* the table that a COPY fills, plus one; 0: none */
	size_t loading;
	unsigned char *load; /* what was not sent yet, PG_LOAD bytes */
	size_t load_n;
};

/* pg_connect(c, p): connects (again), 20 seconds long; ERR_FAIL. Forgets what was prepared. */
int pg_connect(struct ctx *c, struct pg *p) MUST_CHECK;
/* pg_ready(c, p): a connection that is alive, made again when it was idle and is gone. */
int pg_ready(struct ctx *c, struct pg *p) MUST_CHECK;
/* pg_exec(c, p, text): SQL of the program itself, outside of any transaction of db.h. */
int pg_exec(struct ctx *c, struct pg *p, const char *text) MUST_CHECK;
/* pg_value(c, p, text, ret): its one value as text, or "" for none; as pg_exec. */
int pg_value(struct ctx *c, struct pg *p, const char *text, struct str *ret) MUST_CHECK;
/* pg_fault(c, res, what): the error of a result, as db.h says. No values: only the server's primary
 * message, which names tables, constraints and guards. */
int pg_fault(struct ctx *c, const PGresult *res, const char *what);
int pg_lost(struct ctx *c, struct pg *p, const char *what);

/* pg_queue_text, pg_queue_stmt: into the pipeline; sent when it is full. */
int pg_queue_text(struct ctx *c, struct pg *p, const char *text) MUST_CHECK;
int pg_queue_stmt(struct ctx *c, struct pg *p, enum pg_op op, enum sql stmt, const struct db_val *v,
    size_t n) MUST_CHECK;
/* pg_queue_cursor: DECLARE for a large statement; pg_queue_fetch: its next rows. */
int pg_queue_cursor(
    struct ctx *c, struct pg *p, enum sql stmt, const struct db_val *v, size_t n) MUST_CHECK;
int pg_queue_fetch(struct ctx *c, struct pg *p, enum sql stmt) MUST_CHECK;
int pg_queue_close(struct ctx *c, struct pg *p, enum sql stmt) MUST_CHECK;
/* pg_drain(c, p): sends all and reads all answers; the first error is the result. p->kept is the
 * result of PG_OP_KEEP. */
int pg_drain(struct ctx *c, struct pg *p) MUST_CHECK;

/* pg_tx.c */
int pg_begin(struct ctx *c, void *h, enum db_tx_kind kind) MUST_CHECK;
int pg_commit(struct ctx *c, void *h) MUST_CHECK;
void pg_rollback(void *h);
void pg_witness(void *h, int64_t entry, struct str leaf);

/* pg_load.c: db_load. pg_load_stop: gives up one that runs, before a rollback. */
int pg_load(struct ctx *c, void *h, size_t table, const struct db_val *row) MUST_CHECK;
void pg_load_stop(struct pg *p);

/* pg_make.c */
int pg_schema_check(struct ctx *c, struct pg *p) MUST_CHECK;
int pg_make(struct ctx *c, struct pg *p, bool guarded) MUST_CHECK;
int pg_guard(struct ctx *c, void *h) MUST_CHECK;
int pg_grant(struct ctx *c, struct pg *p, struct str user) MUST_CHECK;
int pg_scrub(struct ctx *c, void *h, bool *ret_done) MUST_CHECK;
int pg_report(struct ctx *c, void *h, void (*say)(void *arg, bool well, struct str line),
    void *arg) MUST_CHECK;

#endif
