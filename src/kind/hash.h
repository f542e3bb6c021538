/*
 * SHA-256 (FIPS 180-4) through OpenSSL, and keyed hashes. Pure, no allocation.
 */
#ifndef WRIT_HASH_H
#define WRIT_HASH_H

#include "base/text.h"

enum { HASH_SIZE = 32 };

struct hash {
	unsigned char b[HASH_SIZE];
};

/* hash_of(s): SHA-256 of the bytes. */
struct hash hash_of(struct str s);
/* hash_parts(parts, n): SHA-256 of the concatenation of n parts. */
struct hash hash_parts(const struct str *parts, size_t n);
/* hash_keyed(key, s): HMAC-SHA-256 (RFC 2104) with a 32-byte key. */
struct hash hash_keyed(const unsigned char key[static 32], struct str s);
bool hash_eq(struct hash a, struct hash b);
/* hash_hex(c, h): 64 lower-case hex digits. */
struct str hash_hex(struct ctx *c, struct hash h);
/* hash_parse(s, ret): 64 hex digits; false otherwise. */
bool hash_parse(struct str s, struct hash *ret) MUST_CHECK;
/* hash_str(h): borrowed view of the 32 bytes of *h. */
struct str hash_str(const struct hash *h);

/* Streaming, for files: begin, add as often as needed, end once. */
struct hash_run {
	uint64_t opaque[16];
};
void hash_begin(struct hash_run *r);
void hash_add(struct hash_run *r, struct str s);
struct hash hash_end(struct hash_run *r);

#endif
