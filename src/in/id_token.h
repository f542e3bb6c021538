/*
 * An ID token: what an OpenID provider says of who signed in there, signed (OpenID Connect
 * Core 1.0, sections 2 and 3.1.3.7; RFC 7515, 7519). Read and checked whole. Hostile bytes. Pure.
 *
 * It must be a JWS of three parts, by RS256 or ES256, with the key that it names out of the
 * issuer's own set; for this client alone; made just now; with the nonce of this round. A token for
 * several is refused: we trust nobody else who may hold it (3.1.3.7, 3). Keys that it brings along
 * (jwk, jku, x5c, x5u) are not looked at.
 *
 * A refusal is ERR_DENIED with the same text for every reason; which check failed is told apart
 * from the error, for the log.
 */
#ifndef WRIT_IN_ID_TOKEN_H
#define WRIT_IN_ID_TOKEN_H

#include "in/jwk.h"
#include "kind/day.h"

enum {
	ID_TOKEN_MAX = 32 << 10,
	ID_TOKEN_SUBJECT_MAX = 255, /* section 2, sub */
	ID_TOKEN_SKEW = 60,         /* seconds that clocks differ */
	ID_TOKEN_AGE = 600          /* seconds since iat */
};

enum id_token_fault {
	ID_TOKEN_NO_FAULT,
	ID_TOKEN_FORM, /* not three parts of base64url, or too long */
	ID_TOKEN_HEAD, /* the first part is no such JSON, or wants what we do not know (crit) */
	ID_TOKEN_ALG,  /* not RS256 or ES256 */
	ID_TOKEN_KEY,  /* the set has no key of this name for this algorithm: perhaps anew */
	ID_TOKEN_SIGNATURE, /* does not fit */
	ID_TOKEN_CLAIMS,    /* the second part is no such JSON */
	ID_TOKEN_ISSUER,    /* of another issuer */
	ID_TOKEN_AUDIENCE,  /* not for this client, or not for it alone */
	ID_TOKEN_PARTY,     /* azp names another client */
	ID_TOKEN_EXPIRED,   /* exp is over, or missing */
	ID_TOKEN_TIME,      /* iat or nbf is to come, iat is long ago or missing */
	ID_TOKEN_NONCE,     /* of another round */
	ID_TOKEN_SUBJECT,   /* sub is missing, too long or not plain */
	ID_TOKEN_AUTH,      /* auth_time is missing, before the round began, or to come */
	ID_TOKEN_FAULTS
};

/* id_token_fault_word(f): one word for the log; "" for ID_TOKEN_NO_FAULT. */
const char *id_token_fault_word(enum id_token_fault f);

struct id_token_want {
	struct str issuer, client, nonce; /* none of them "" */
	struct instant now;
	struct instant
	    since; /* the sign-in there must be of then or later; INSTANT_NONE: whenever */
};

/* id_token_check(c, token, keys, want, ret_subject, why): keys: of jwk_set_read. */
int id_token_check(struct ctx *c, struct str token, const struct json *keys,
    const struct id_token_want *want, struct str *ret_subject, enum id_token_fault *why) MUST_CHECK;
/* id_token_subject_ok(s): a sub as section 2 has it: ASCII, 1 to ID_TOKEN_SUBJECT_MAX bytes; and
 * without blanks and control characters. */
bool id_token_subject_ok(struct str s);

#endif
