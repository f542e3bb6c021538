/*
 * The side journal: what a sender was told we have (acknowledgements) and what was erased, one line
 * each, appended and on disk before the answer. It lies on another disk than the database, so that
 * after a loss a restored backup can be told what it cannot know: erasures are done again, and
 * acknowledgements newer than the backup are listed.
 *
 * A line (SPEC.md 6.1):
 *
 *   "writ/journal/1 " KIND " " SECONDS " " KEY " " CHECK "\n"
 *
 * KIND is ack or erased; KEY the keyed hash of the reference, 64 hex digits: who has the journal
 * and not the instance key learns when something happened, not to whom; CHECK the first 16 hex
 * digits of the SHA-256 of what stands before it. Processes append under a lock of the file. A last
 * line without its newline was torn by a crash before anybody was answered: readers leave it out,
 * the next writer cuts it off.
 */
#ifndef WRIT_JOURNAL_H
#define WRIT_JOURNAL_H

#include "store/step.h"

enum { JOURNAL_LINE_MAX = 128 };

enum journal_kind { JOURNAL_ACK, JOURNAL_ERASED };

/* journal_key(store, kind, ref): the keyed hash by which a line names a reference. */
struct hash journal_key(const struct store *store, enum journal_kind kind, struct str ref);
/* journal_ready(c, path): its folder is there: for a process that locks itself in before the first
 * line is written. */
int journal_ready(struct ctx *c, struct str path) MUST_CHECK;
/* journal_add(c, store, path, kind, ref, at): appends one line; it is on disk when this returns,
 * and so are the file's name and folder when they are new. ERR_FAIL: nothing was added, or the file
 * is no journal. */
int journal_add(struct ctx *c, const struct store *store, struct str path, enum journal_kind kind,
    struct str ref, struct instant at) MUST_CHECK;
/* journal_add_all(c, store, path, kind, refs, n, at): n lines, on disk together: all or none. */
int journal_add_all(struct ctx *c, const struct store *store, struct str path,
    enum journal_kind kind, const struct str *refs, size_t n, struct instant at) MUST_CHECK;
/* journal_each(c, path, fn, arg): fn for each line, oldest first, until it returns non-zero, which
 * becomes the result. ERR_NOTFOUND without the file; a damaged line is ERR_FAIL with its number. */
int journal_each(struct ctx *c, struct str path,
    int (*fn)(struct ctx *c, enum journal_kind kind, struct instant at, struct hash key, void *arg),
    void *arg) MUST_CHECK;
/* journal_copy(c, from, to): every line of one journal is appended to another, and on disk. */
int journal_copy(struct ctx *c, struct str from, struct str to) MUST_CHECK;
/* journal_torn(c, path, ret): whether journal_each leaves out a torn last line: to be said. */
int journal_torn(struct ctx *c, struct str path, bool *ret) MUST_CHECK;

#endif
