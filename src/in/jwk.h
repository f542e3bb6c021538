/*
 * A set of public keys as an issuer publishes it (RFC 7517, RFC 7518 section 6), and signatures
 * made with them (RFC 7515). Hostile bytes: a JSON text. Pure.
 *
 * Taken are RS256 with a modulus of 2,048 to 8,192 bits, and ES256 on P-256. A key is the one that
 * the signature names (kid), of the kind that its algorithm has: so no public key ever serves as
 * the secret of an HMAC. Keys of other kinds, and those for encryption, are passed over.
 */
#ifndef WRIT_IN_JWK_H
#define WRIT_IN_JWK_H

#include "kind/json.h"

enum { JWK_SET_MAX = 256 << 10, JWK_KEYS_MAX = 64, JWK_KID_MAX = 255 };

enum jwk_alg { JWK_NONE, JWK_RS256, JWK_ES256 };

/* jwk_alg_find(word): JWK_NONE for every other one, "none" and "HS256" among them. */
enum jwk_alg jwk_alg_find(struct str word);
/* jwk_set_read(c, text, ret): {"keys": [...]}. ERR_INVALID; ERR_LIMIT. */
int jwk_set_read(struct ctx *c, struct str text, struct json **ret) MUST_CHECK;
/* jwk_find(set, alg, kid): the one key of this name that may sign so; NULL when there is none, or
 * two that cannot be told apart. */
const struct json *jwk_find(const struct json *set, enum jwk_alg alg, struct str kid);
/* jwk_verify(c, key, alg, text, signature): the signature is of this text and key. A key that is
 * none, or too small or large, has signed nothing. */
bool jwk_verify(
    struct ctx *c, const struct json *key, enum jwk_alg alg, struct str text, struct str signature);

#endif
