/*
 * History that a provider brings along: closed demands of a published period, without targets, read
 * out of a CSV by a mapping file (in/map.h, SPEC.md 4). They count in editions, marked as imported,
 * and stand at no gate.
 *
 * One ledger entry for each record (store/closed_row.h). The file is read twice: first to check it
 * whole (every refused row, the source's own total, the file's hash), so that a wrong file stores
 * nothing; then to store it, CLOSED_BATCH records a transaction, each of which also moves
 * import.next_line. So after a kill at any moment the ledger verifies, and the same command goes on
 * where the last commit stood. A row of the file is never split over two transactions. Until
 * import.state is 'done' its records are a part of something: editions must wait for it.
 *
 * Memory: one row of the file and the database's cache, whatever the file's size.
 */
#ifndef WRIT_CLOSED_H
#define WRIT_CLOSED_H

#include "desk/right.h"

enum {
	CLOSED_BATCH = 20000,
	CLOSED_REFUSED_MAX = 1000 /* refused rows that are reported one by one */
};

struct closed_refused {
	int64_t line, col;
	struct str why; /* "FILE:LINE:COL: column ...: ..."; never the field's text */
};

struct closed_job {
	const char *path, *map_path;
	bool whole;    /* all or nothing: one transaction, and no row may be refused */
	int64_t batch; /* records a transaction; 0: CLOSED_BATCH */
	/* Both may be NULL. progress is called often; done and total count bytes over both
	 * readings. refused is called in the first reading, before anything is stored; what it
	 * allocates from c stays. */
	void (*progress)(void *arg, int64_t done, int64_t total);
	void (*refused)(void *arg, const struct closed_refused *r);
	void *arg;
};

struct closed_result {
	int64_t import; /* row of table import */
	int64_t records, accounts, refused;
	bool resumed;
	struct str source, note;
};

/* closed_import(c, in, actor, job, ret): needs ROLE_INTAKE (ERR_DENIED). Rows that are wrong are
 * refused one by one and the rest is imported. ERR_INVALID for a wrong mapping file or header, a
 * total that differs, a file with no record, and with `whole` for any refused row; ERR_CONFLICT
 * when this file was imported by this mapping file already, when a begun import is asked for whole,
 * or when the file changed between the readings. Nothing is stored unless the first reading
 * succeeded. */
int closed_import(struct ctx *c, struct instance *in, const struct person *actor,
    const struct closed_job *job, struct closed_result *ret) MUST_CHECK;

/* An import as `writ import list` and the editions' notes show it. */
struct closed_source {
	int64_t id, records, accounts, refused;
	struct str kind, source, note;
	bool done;
};
/* closed_each(c, in, fn, arg): every import, oldest first. */
int closed_each(struct ctx *c, struct instance *in,
    int (*fn)(struct ctx *c, const struct closed_source *s, void *arg), void *arg) MUST_CHECK;

#endif
