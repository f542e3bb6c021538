/*
 * The low-level SHA256_* calls work on a struct of ours: no fetch of an algorithm, no allocation,
 * about 0.12 us for a short text, where SHA256() or EVP cost three times that in OpenSSL 3 (each
 * call there looks the algorithm up and allocates). A ledger of millions of entries hashes each of
 * them several times. OpenSSL marks these calls as deprecated since 3.0, so we ask for the 1.1 API.
 */
#define OPENSSL_API_COMPAT 0x10101000L

#include "kind/hash.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(SHA256_CTX) <= sizeof(struct hash_run), "hash_run holds a SHA256_CTX");
_Static_assert(_Alignof(SHA256_CTX) <= _Alignof(struct hash_run), "hash_run is aligned for it");
_Static_assert(HASH_SIZE == SHA256_DIGEST_LENGTH, "SHA-256");

enum { BLOCK = SHA256_CBLOCK };

/* These calls can fail only when misused, and a wrong hash must never be stored. */
static void must(int ok)
{
	if (ok != 1)
		abort();
}

static void add(SHA256_CTX *x, struct str s)
{
	if (s.n > 0)
		must(SHA256_Update(x, s.p, s.n));
}

struct hash hash_of(struct str s)
{
	return hash_parts(&s, 1);
}

struct hash hash_parts(const struct str *parts, size_t n)
{
	struct hash h;
	SHA256_CTX x;

	must(SHA256_Init(&x));
	for (size_t i = 0; i < n; i++)
		add(&x, parts[i]);
	must(SHA256_Final(h.b, &x));
	return h;
}

struct hash hash_keyed(const unsigned char key[static 32], struct str s)
{
	unsigned char pad[BLOCK];
	struct hash inner, outer;
	SHA256_CTX x;

	for (size_t i = 0; i < BLOCK; i++)
		pad[i] = (unsigned char)((i < 32 ? key[i] : 0) ^ 0x36);
	must(SHA256_Init(&x));
	must(SHA256_Update(&x, pad, sizeof(pad)));
	add(&x, s);
	must(SHA256_Final(inner.b, &x));

	for (size_t i = 0; i < BLOCK; i++)
		pad[i] ^= 0x36 ^ 0x5c;
	must(SHA256_Init(&x));
	must(SHA256_Update(&x, pad, sizeof(pad)));
	must(SHA256_Update(&x, inner.b, sizeof(inner.b)));
	must(SHA256_Final(outer.b, &x));

	/* SHA256_Final wipes its buffer; the pad is the key in other clothes. */
	OPENSSL_cleanse(pad, sizeof(pad));
	OPENSSL_cleanse(&inner, sizeof(inner));
	return outer;
}

bool hash_eq(struct hash a, struct hash b)
{
	/* Constant time: some of the hashes compared are keyed. */
	return CRYPTO_memcmp(a.b, b.b, HASH_SIZE) == 0;
}

struct str hash_hex(struct ctx *c, struct hash h)
{
	return text_hex(c, h.b, HASH_SIZE);
}

bool hash_parse(struct str s, struct hash *ret)
{
	struct hash h;

	if (!text_unhex(s, h.b, HASH_SIZE))
		return false;
	*ret = h;
	return true;
}

struct str hash_str(const struct hash *h)
{
	return (struct str){(const char *)h->b, HASH_SIZE};
}

void hash_begin(struct hash_run *r)
{
	memset(r, 0, sizeof(*r));
	must(SHA256_Init((SHA256_CTX *)(void *)r));
}

void hash_add(struct hash_run *r, struct str s)
{
	add((SHA256_CTX *)(void *)r, s);
}

struct hash hash_end(struct hash_run *r)
{
	struct hash h;

	must(SHA256_Final(h.b, (SHA256_CTX *)(void *)r));
	return h;
}
