/*
 * The key that an officer gives to have productions sealed to: an age recipient, a public OpenPGP
 * key in armour, or an X.509 certificate in PEM (for CMS, as in S/MIME). Which of them it is, is
 * seen from the text. Pure.
 */
#ifndef WRIT_SEAL_KEY_H
#define WRIT_SEAL_KEY_H

#include "kind/day.h"

enum seal_kind { SEAL_AGE, SEAL_OPENPGP, SEAL_CMS, SEAL_KINDS };

enum { SEAL_KEY_MAX = 32 << 10 }; /* bytes of its text */

struct seal_key {
	enum seal_kind kind;
	struct str text; /* as it was given, lines ending in LF */
	/* What two people compare: of age the recipient itself, of OpenPGP the fingerprint (40 hex
	 * digits), of a certificate the SHA-256 of its DER (64). */
	struct str print;
	bool rsa; /* a certificate's key: RSA, else an elliptic curve */
};

/* seal_key_shape(s): NULL when s looks like one of them, or is empty; else what is wrong. What is
 * stored keeps this shape for good, also after it expired. */
const char *seal_key_shape(struct str s);
/* seal_key_read(c, s, now, ret): also whether it can be sealed to at `now`: not revoked, expired,
 * weak (RSA below 2048 bits, elliptic curves below 256) or made for something else. ERR_INVALID;
 * the text never repeats the key. */
int seal_key_read(struct ctx *c, struct str s, struct instant now, struct seal_key *ret) MUST_CHECK;
/* seal_key_name(c, s, ret): its kind and fingerprint, whether or not it may be used: for lists.
 * false when it has no fingerprint. */
bool seal_key_name(struct ctx *c, struct str s, struct seal_key *ret);
/* seal_key_groups(c, print): the fingerprint in groups of four, for eyes. */
struct str seal_key_groups(struct ctx *c, struct str print);

const char *seal_kind_word(enum seal_kind kind);   /* age openpgp cms */
const char *seal_kind_suffix(enum seal_kind kind); /* of sealed files: .age .gpg .p7m */

#endif
