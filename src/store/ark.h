/*
 * An encrypted file of records: what a backup is written into (SPEC.md 6.2). Its key is random and
 * stands in its head, sealed with a key derived from the instance key: a backup opens only with the
 * instance key it was made with, which is never in it.
 *
 * Bytes: head "writ/backup/1\n", the sealed key (72), the first 8 bytes of the SHA-256 of what
 * precedes; then libsodium's secretstream as in blob.h: 24 bytes of header, chunks of 64 KiB, the
 * last marked as last. Inside, records one after the other: a byte for the kind, the payload's size
 * (8 bytes, big-endian), the payload. Memory does not grow with the file.
 *
 * A new file has the name PATH.tmp until ark_finish: PATH is there whole or not at all.
 */
#ifndef WRIT_ARK_H
#define WRIT_ARK_H

#include "store/vault.h"

struct ark;

/* ark_create(c, v, path, ret): ERR_CONFLICT when path exists, or another process writes it now.
 * What a process that was killed left of PATH.tmp is overwritten. */
int ark_create(struct ctx *c, const struct vault *v, const char *path, struct ark **ret) MUST_CHECK;
/* ark_put(c, a, kind, parts, n): a record whose payload is the parts, one after the other. */
int ark_put(struct ctx *c, struct ark *a, char kind, const struct str *parts, size_t n) MUST_CHECK;
/* ark_put_file(c, a, kind, head, fd, size, ret): a record of head and then size bytes of fd; ret
 * gets their SHA-256. ERR_FAIL when the file is shorter. */
int ark_put_file(struct ctx *c, struct ark *a, char kind, struct str head, int fd, int64_t size,
    struct hash *ret) MUST_CHECK;
/* ark_finish(c, a): the file is whole, has its name and is on disk. */
int ark_finish(struct ctx *c, struct ark *a) MUST_CHECK;

/* ark_open(c, v, path, ret): ERR_NOTFOUND; ERR_INVALID for what is no backup, or one whose head is
 * damaged; ERR_DENIED for one that was made with another instance key. */
int ark_open(struct ctx *c, const struct vault *v, const char *path, struct ark **ret) MUST_CHECK;
/* ark_next(c, a, ret_kind, ret_size): the next record; what is left of the one before is passed
 * over. ERR_NOTFOUND at the file's whole end; ERR_FAIL when it is damaged or cut. */
int ark_next(struct ctx *c, struct ark *a, char *ret_kind, int64_t *ret_size) MUST_CHECK;
/* ark_read(c, a, p, n): the next n bytes of the record. ERR_FAIL when it has not as many. */
int ark_read(struct ctx *c, struct ark *a, void *p, size_t n) MUST_CHECK;
/* ark_take(c, a, limit, ret): what is left of the record, in the arena. ERR_LIMIT above limit. */
int ark_take(struct ctx *c, struct ark *a, size_t limit, struct str *ret) MUST_CHECK;

/* ark_close(a): a new file that was not finished is removed. Accepts NULL. */
void ark_close(struct ark **a);

#endif
