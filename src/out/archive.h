/*
 * A tar archive (POSIX ustar) that is made while it is read: collected files first, each read and
 * hashed once on its way, then texts that need those hashes. Nothing of it is kept. Memory does not
 * grow with what is in it, but for the texts.
 */
#ifndef WRIT_ARCHIVE_H
#define WRIT_ARCHIVE_H

#include "desk/produce.h"

#define ARCHIVE_FILE_MAX INT64_C(077777777777) /* eleven octal digits: 8 GiB less one byte */

struct archive {
	struct ctx *c;
	struct produce_file *files; /* name and size are given; sha256 is filled in, or
				     met where it is known */
	size_t n;
	/* Asked once, when all files went by: puts the texts in with archive_text. */
	int (*last)(struct archive *a, void *arg);
	void *arg;
	int64_t now;

	/* its own */
	size_t at;
	int fd;
	int64_t left, padding;
	struct hash_run run;
	struct buf text;
	struct str ready;
	char head[512];
	bool ended;
};

/* archive_measure(c, f): f->size as it is now. ERR_NOTFOUND; ERR_INVALID when it is no plain file
 * of at most ARCHIVE_FILE_MAX bytes. The errors name the item alone. */
int archive_measure(struct ctx *c, struct produce_file *f) MUST_CHECK;
/* archive_begin(a): before the first archive_next. */
void archive_begin(struct archive *a);
/* archive_next(a, buf, n): as in_next of struct spawn. ERR_CONFLICT when a file went away, or is
 * not what it was. */
ssize_t archive_next(void *a, void *buf, size_t n);
/* archive_text(a, name, text): one more file, in last only. */
void archive_text(struct archive *a, struct str name, struct str text);
/* archive_end(a): lets go of what is open. */
void archive_end(struct archive *a);

#endif
