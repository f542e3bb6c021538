/*
 * Documents as encrypted files. Each has a random key of its own, which the caller seals and keeps
 * in its row; the file's name is the SHA-256 of its bytes, in folders by the first two digits
 * (ab/abcd...). What is in a document is never looked at.
 *
 * Bytes: libsodium's secretstream (XChaCha20-Poly1305): 24 bytes of header, then chunks of 64 KiB
 * of the document, each 17 bytes longer; the last, shorter one (it may hold nothing) is marked as
 * last, so that a cut file does not open. Memory does not grow with the document.
 */
#ifndef WRIT_BLOB_H
#define WRIT_BLOB_H

#include <sys/types.h>

#include "kind/hash.h"

enum { BLOB_KEY = 32, BLOB_NAME = 64, BLOB_CHUNK = 64 << 10 };

struct blob_made {
	char name[BLOB_NAME + 1]; /* hex SHA-256 of the file; NUL-terminated */
	unsigned char key[BLOB_KEY];
	int64_t size;      /* of the document */
	struct hash plain; /* SHA-256 of the document */
};

/* blob_put(c, dir, path, limit, ret): encrypts the file at path into the blob folder dir. File and
 * folders are on disk when it returns. ERR_NOTFOUND; ERR_INVALID when path is no regular file;
 * ERR_LIMIT above limit bytes (nothing is left); ERR_FAIL. A crash may leave a file ".new.XXXXXX"
 * in dir. */
int blob_put(struct ctx *c, const char *dir, const char *path, int64_t limit,
    struct blob_made *ret) MUST_CHECK;
/* blob_get(c, dir, name, key, fd, ret): decrypts the document to an open file. What came out before
 * an error must be thrown away. ret (may be NULL): size and SHA-256. ERR_INVALID for what is no
 * blob's name; ERR_FAIL naming the blob when it is not there, damaged, cut, or of another key. */
int blob_get(struct ctx *c, const char *dir, struct str name,
    const unsigned char key[static BLOB_KEY], int fd, struct blob_made *ret) MUST_CHECK;
/* blob_get_file(c, dir, name, key, path, ret): the same into a new file of mode 0600, which is
 * there only when all of it is right. ERR_CONFLICT when path exists. */
int blob_get_file(struct ctx *c, const char *dir, struct str name,
    const unsigned char key[static BLOB_KEY], const char *path, struct blob_made *ret) MUST_CHECK;

/* A document read piece by piece. blob_open(c, dir, name, key, ret): in the arena of c, until
 * blob_close; errors as of blob_get. blob_next(b, p, n): up to n bytes that follow, 0 at the end,
 * -1 for what is damaged, cut, or not the bytes of its name: the last piece comes only when all of
 * it is right. */
struct blob_read;
int blob_open(struct ctx *c, const char *dir, struct str name,
    const unsigned char key[static BLOB_KEY], struct blob_read **ret) MUST_CHECK;
ssize_t blob_next(struct blob_read *b, char *p, size_t n);
void blob_close(struct blob_read **b);

#endif
