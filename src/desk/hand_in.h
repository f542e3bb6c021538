/*
 * What a person or a system of the provider hands in for a ticket (SPEC.md 9.2): the ticket is
 * taken, files come one by one, and it ends: done with all of them, done with nothing found, or
 * failed with a word. Files lie in collect/TICKET and are rows of ticket_file. A file is there
 * whole or not at all: an upload that was cut off left nothing and is begun anew.
 *
 * Who hands in sees the ticket alone. A system hands in for services whose connector is push, a
 * person for those whose connector is person; a program runs (out/gather.h).
 */
#ifndef WRIT_HAND_IN_H
#define WRIT_HAND_IN_H

#include "desk/collect.h"

enum {
	HAND_IN_FILES_MAX = 10000,
	HAND_IN_AT_ONCE = 31,   /* files of one command or form */
	HAND_IN_NAME_MAX = 128, /* bytes of a file's name */
	HAND_IN_SAID_MAX = 4000 /* bytes of how it was collected */
};

/* hand_in_name_ok(name): letters, digits, '.', '_' and '-', not beginning with '.' or '-'. */
bool hand_in_name_ok(struct str name);

/* hand_in_get(c, in, actor, ref, ret): the ticket, for who may hand in; ERR_NOTFOUND as for one
 * that nobody has. */
int hand_in_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct collect *ret) MUST_CHECK;
/* hand_in_take(c, in, actor, t): once; from then on files may come. ERR_DENIED for a service with
 * another kind of connector, ERR_CONFLICT when it was taken. */
int hand_in_take(
    struct ctx *c, struct instance *in, const struct person *actor, struct collect *t) MUST_CHECK;
/* hand_in_file(c, in, actor, t, name, path, size, hash): the file at path, which is whole and
 * known, becomes one of the ticket's, under this name; path is gone then. The same name with the
 * same bytes again is no error, and path stays. ERR_INVALID for a name; ERR_CONFLICT for a name
 * that has other bytes, or a ticket that is not being collected; ERR_LIMIT above the entry's
 * megabytes or HAND_IN_FILES_MAX; ERR_DENIED once it has expired. */
int hand_in_file(struct ctx *c, struct instance *in, const struct person *actor,
    const struct collect *t, struct str name, struct str path, int64_t size,
    const struct hash *hash) MUST_CHECK;
/* hand_in_drop(c, in, actor, t, name): takes a file out again. ERR_NOTFOUND. */
int hand_in_drop(struct ctx *c, struct instance *in, const struct person *actor,
    const struct collect *t, struct str name) MUST_CHECK;
/* hand_in_listing(c, in, t, ret_n, ret): how many files there are, and SHA-256 of what `sha256sum
 * *` prints of them. */
int hand_in_listing(struct ctx *c, struct instance *in, const struct collect *t, int64_t *ret_n,
    struct hash *ret) MUST_CHECK;
/* hand_in_done(c, in, actor, t, listing, none, said): it ends. listing: what the other side knows
 * of its files; NULL: a person who sees them on the page. none: that nothing was found is said.
 * ERR_CONFLICT when the listings differ; ERR_INVALID for no files without none, or with it. */
int hand_in_done(struct ctx *c, struct instance *in, const struct person *actor, struct collect *t,
    const struct hash *listing, bool none, struct str said) MUST_CHECK;
/* hand_in_failed(c, in, actor, t, why, said): why: refused, later or failed. What came is removed.
 */
int hand_in_failed(struct ctx *c, struct instance *in, const struct person *actor,
    struct collect *t, struct str why, struct str said) MUST_CHECK;
/* hand_in_each(c, in, ticket, fn, arg): its files: name, size, SHA-256, and what the check said of
 * it, NULL before it was looked at. */
struct hand_in_file {
	struct str name;
	int64_t size;
	struct hash sha256;
	struct json *check;
};
int hand_in_each(struct ctx *c, struct instance *in, int64_t ticket,
    int (*fn)(struct ctx *c, const struct hand_in_file *f, void *arg), void *arg) MUST_CHECK;
/* hand_in_checked(c, in, ticket, name, check): what the check said. hand_in_note(c, in, t, name,
 * size, hash): a file that a program left, which lies in its place already. */
int hand_in_checked(struct ctx *c, struct instance *in, int64_t ticket, struct str name,
    const struct json *check) MUST_CHECK;
int hand_in_note(struct ctx *c, struct instance *in, const struct collect *t, struct str name,
    int64_t size, const struct hash *hash) MUST_CHECK;

#endif
