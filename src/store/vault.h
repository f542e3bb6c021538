/*
 * The instance key and what is done with it: sealing columns, keyed hashes to find sealed values
 * by, and encrypting documents. The key is a 32-byte file outside the database folder, mode 0400;
 * one key is derived for each purpose (libsodium crypto_kdf), so that no two uses share one.
 *
 * A sealed value: version byte 1, 24-byte nonce, XChaCha20-Poly1305 ciphertext; the column's label
 * is authenticated with it, so that a value moved into another column does not open.
 */
#ifndef WRIT_VAULT_H
#define WRIT_VAULT_H

#include "base/text.h"
#include "kind/hash.h"

struct vault;

enum { VAULT_KEY = 32, VAULT_WRAPPED = 24 + VAULT_KEY + 16 };

/* vault_create(c, path): writes a fresh key file, 0400. ERR_CONFLICT when the file exists. */
int vault_create(struct ctx *c, const char *path) MUST_CHECK;
/* vault_open(c, path, ret): ERR_NOTFOUND; ERR_INVALID when it is not 32 bytes; ERR_DENIED when
 * others than its owner may read it. */
int vault_open(struct ctx *c, const char *path, struct vault **ret) MUST_CHECK;
void vault_close(struct vault **v);

/* vault_seal(c, v, label, plain): the sealed value, in the arena. */
struct str vault_seal(struct ctx *c, const struct vault *v, const char *label, struct str plain);
/* vault_unseal(c, v, label, sealed, ret): ERR_FAIL when it does not open: damaged, moved, or sealed
 * with another key. */
int vault_unseal(struct ctx *c, const struct vault *v, const char *label, struct str sealed,
    struct str *ret) MUST_CHECK;
/* vault_key(v, label, plain): keyed hash (HMAC-SHA-256 over label NUL SHA-256(plain); label at most
 * 64 bytes) to find equal values by. */
struct hash vault_key(const struct vault *v, const char *label, struct str plain);

/* vault_token(v, label, plain): as vault_key, with a key of its own, for what goes outside or lives
 * for hours: form tokens, challenges, network addresses. What is learned of one kind helps nobody
 * with the other. */
struct hash vault_token(const struct vault *v, const char *label, struct str plain);

/* vault_wrap(c, v, head, key, out): the key of a file (a backup) sealed with a key derived for that
 * alone, head authenticated with it: nonce, then XChaCha20-Poly1305. vault_unwrap: false when it
 * does not open: of another instance key. */
void vault_wrap(struct ctx *c, const struct vault *v, struct str head,
    const unsigned char key[static VAULT_KEY], unsigned char out[static VAULT_WRAPPED]);
bool vault_unwrap(const struct vault *v, struct str head,
    const unsigned char in[static VAULT_WRAPPED], unsigned char ret[static VAULT_KEY]) MUST_CHECK;

#endif
