/*
 * A collected file on disk, held against the scope of its item (in/yield.h): what may leave is
 * written to another file, and both are measured on the way.
 */
#ifndef WRIT_COLLECTED_H
#define WRIT_COLLECTED_H

#include "desk/produce.h"

struct collected {
	struct yield_report yield;
	struct hash came, leaves; /* SHA-256 of the collected file, and of what may leave */
	int64_t came_size, leaves_size;
};

/* collected_check(c, ask, what, path, out, ret): reads a plain file once and writes what may leave
 * to the descriptor out (-1: nowhere). what names the file in errors: ERR_NOTFOUND, or ERR_INVALID
 * for a link, a folder, a pipe, or what is larger than an archive can hold (8 GiB). Of a file that
 * cannot be checked (YIELD_UNKNOWN) nothing is written, and leaves is the hash of nothing. */
int collected_check(struct ctx *c, const struct yield_ask *ask, const char *what, const char *path,
    int out, struct collected *ret) MUST_CHECK;

/* collected_hash(c, path, ret): SHA-256 of a plain file. */
int collected_hash(struct ctx *c, const char *path, struct hash *ret) MUST_CHECK;

/* A folder of what may leave, while it is sealed: locked by who made it. */
struct collected_work {
	int lock; /* -1: there is none */
	const char *dir;
};

/* collected_files(c, in, actor, order, files, n, out_dir, ret): asks the gate (produce_scopes) and
 * checks the file of each item; what may leave is a new file in a folder of its own in out_dir, and
 * takes the place of files[i].path. A file that cannot be checked stays what it is.
 * collected_forget removes the folder; it is called whatever the former returned, on a work that
 * began as COLLECTED_NONE. What a killed program left in out_dir is removed by the next call. */
#define COLLECTED_NONE ((struct collected_work){-1, NULL})
int collected_files(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct produce_file *files, size_t n, const char *out_dir,
    struct collected_work *ret) MUST_CHECK;
void collected_forget(struct ctx *c, struct collected_work *work);

/* collected_said(c, y): the value of yield_json with "reasons" [{why, n}]. */
struct json *collected_said(struct ctx *c, const struct yield_report *y);
/* collected_report(c, files, n): what the check said of each file, for who collected it: the value
 * of yield_json with "item" and "reasons" [{why, n}], and the places of what was held back. */
struct json *collected_report(struct ctx *c, const struct produce_file *files, size_t n);

/* collected_shapes(c, dir, ret): the declared shapes, *.yaml of the folder in the order of their
 * names; none when there is no such folder. collected_shape adds one file's. */
int collected_shapes(struct ctx *c, const char *dir, struct yield_shapes *ret) MUST_CHECK;
int collected_shape(struct ctx *c, const char *path, struct yield_shapes *all) MUST_CHECK;

#endif
