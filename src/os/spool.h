/*
 * A folder for files that arrive: each has a random name, is locked (flock) by the process that
 * writes it, and is gone when that process lets go of it. What a process that died left behind is
 * nobody's, and swept by the next one that starts.
 *
 * A disk is not filled to its end: one part in SPOOL_RESERVE of it stays free, since the database
 * may lie on the same one. Called by: web.
 */
#ifndef WRIT_SPOOL_H
#define WRIT_SPOOL_H

#include "base/text.h"

enum { SPOOL_RESERVE = 50 };

struct spool_file {
	const char *path;
	int fd;    /* -1: none */
	bool full; /* the last error: no room on the disk */
	int64_t size;
};

/* spool_ready(c, dir): the folder is there, for this user alone (0700), and swept. ERR_DENIED:
 * others may read it; ERR_FAIL. */
int spool_ready(struct ctx *c, const char *dir) MUST_CHECK;
/* spool_room(dir, bytes): the disk has room for so many more. */
bool spool_room(const char *dir, int64_t bytes);
/* spool_open(c, dir, ret): a new, empty file of mode 0600. ERR_FAIL, perhaps with ret->full. */
int spool_open(struct ctx *c, const char *dir, struct spool_file *ret) MUST_CHECK;
/* spool_put(c, f, s): s at its end. ERR_FAIL, perhaps with f->full. */
int spool_put(struct ctx *c, struct spool_file *f, struct str s) MUST_CHECK;
/* spool_drop(f): the file is gone, if it is still there under its name. */
void spool_drop(struct spool_file *f);

#endif
