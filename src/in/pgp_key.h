/*
 * Reads a public OpenPGP key as an officer gives it: one armoured block with one key of version 4
 * (RFC 4880). Pure, hostile bytes. No signature is checked here: what the key says of itself is
 * taken at its word, so that a key that cannot be sealed to is refused when it is entered; gpg
 * checks the signatures when a production is sealed, and seals to nothing else than this text.
 */
#ifndef WRIT_PGP_KEY_H
#define WRIT_PGP_KEY_H

#include "kind/day.h"

enum { PGP_BITS_LEAST = 2048 }; /* of RSA and Elgamal */

/* pgp_key_read(c, text, now, ret_print): the fingerprint, 40 capital hex digits. ERR_INVALID: no
 * armoured public key, more than one, a secret key, another version; or one that may not be used
 * at `now`: revoked, expired, without a key for encryption, or with a weak one. */
int pgp_key_read(
    struct ctx *c, struct str text, struct instant now, struct str *ret_print) MUST_CHECK;
/* pgp_key_print(c, text, ret): its fingerprint alone, of one that may not be used as well. */
int pgp_key_print(struct ctx *c, struct str text, struct str *ret) MUST_CHECK;

#endif
