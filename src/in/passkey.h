/*
 * What a browser answers for a passkey (W3C Web Authentication Level 2, sections 7.1 and 7.2), read
 * and checked. Hostile bytes: texts in base64url, a JSON text, CBOR. Pure.
 *
 * Taken are ES256 on P-256 and EdDSA on Ed25519, and at registration the attestation formats "none"
 * and "packed": the house asks for none and trusts none; a "packed" one without extensions must be
 * sound. The signature is libfido2's to check, what stands around it ours: it checks neither
 * challenge nor origin, and at a registration without attestation nothing at all.
 *
 * A refusal is ERR_DENIED with the same text for every reason; which check failed is told apart
 * from the error, for the log.
 */
#ifndef WRIT_IN_PASSKEY_H
#define WRIT_IN_PASSKEY_H

#include "base/text.h"

enum {
	PASSKEY_FIELD_MAX = 16 << 10, /* characters of a field */
	PASSKEY_ID_MIN = 16,          /* bytes of a credential id (7.1 step 22 has the most) */
	PASSKEY_ID_MAX = 1023,
	PASSKEY_KEY_MAX = 64 /* of a public key */
};

/* Why an answer was not taken. The last ones are found by desk/sign_in.c and desk/enrol.c. */
enum passkey_fault {
	PASSKEY_NO_FAULT,
	PASSKEY_FORM,        /* a field is missing, too long or no base64url */
	PASSKEY_CLIENT,      /* clientDataJSON is no such text */
	PASSKEY_TYPE,        /* made for the other ceremony */
	PASSKEY_CHALLENGE,   /* not ours, for something else, or its time is over */
	PASSKEY_ORIGIN,      /* made at another address */
	PASSKEY_CROSS,       /* made inside another's page */
	PASSKEY_ATTESTATION, /* not readable, or of a format that is not taken */
	PASSKEY_DATA,        /* authenticatorData is not well formed */
	PASSKEY_RP,          /* made for another site */
	PASSKEY_PRESENT,     /* nobody touched it */
	PASSKEY_VERIFIED,    /* it did not check who touched it */
	PASSKEY_BACKUP,      /* its two flags about backups cannot stand together */
	PASSKEY_ID,          /* the credential's id is not the one of the data */
	PASSKEY_ALG,         /* an algorithm that is not taken */
	PASSKEY_KEY,         /* no public key of that algorithm */
	PASSKEY_SIGNATURE,   /* does not fit */
	PASSKEY_UNKNOWN,     /* no such passkey here, or it was ended */
	PASSKEY_PERSON,      /* its person was sent away, or is another one */
	PASSKEY_COUNT,       /* its counter went back: two devices have this key */
	PASSKEY_REPLAY,      /* the challenge was answered before */
	PASSKEY_TAKEN,       /* registered already */
	PASSKEY_FAULTS
};

/* passkey_fault_word(f): one word for the log; "" for PASSKEY_NO_FAULT. */
const char *passkey_fault_word(enum passkey_fault f);

/* As the browser sent them, base64url; those that do not belong to the ceremony are "". */
struct passkey_fields {
	struct str id, client;
	struct str attestation;           /* registration: attestationObject */
	struct str data, signature, user; /* sign-in: authenticatorData, signature, userHandle */
};

struct passkey_answer {
	struct str id, client, attestation, data, signature, user; /* bytes */
	struct str challenge;                                      /* that clientDataJSON names */
};

/* What the house expects. */
struct passkey_house {
	struct str
	    origin;       /* "https://desk.example.net", with a port that is not the scheme's own */
	struct str rp_id; /* "desk.example.net" */
};

enum passkey_alg { PASSKEY_ES256 = -7, PASSKEY_EDDSA = -8 }; /* COSE (RFC 9053) */

struct passkey_key {
	struct str id; /* of the credential */
	enum passkey_alg alg;
	struct str key; /* ES256: x and y, 64 bytes; EdDSA: 32 bytes */
	uint32_t count; /* signatures so far; 0 where the device does not count */
	bool backed_up; /* the key is kept in more than one device */
};

/* passkey_read(c, f, ret, why): decodes the fields and takes the challenge out of clientDataJSON,
 * so that the caller can find out whether it is one of the house's. Nothing else is checked. */
int passkey_read(struct ctx *c, const struct passkey_fields *f, struct passkey_answer *ret,
    enum passkey_fault *why) MUST_CHECK;
/* passkey_new(c, house, a, ret, why): all checks of a registration but the challenge's. */
int passkey_new(struct ctx *c, const struct passkey_house *house, const struct passkey_answer *a,
    struct passkey_key *ret, enum passkey_fault *why) MUST_CHECK;
/* passkey_check(c, house, a, key, ret_count, why): all checks of a sign-in with this key but the
 * challenge's and the counter's, which the answer brings. */
int passkey_check(struct ctx *c, const struct passkey_house *house, const struct passkey_answer *a,
    const struct passkey_key *key, uint32_t *ret_count, enum passkey_fault *why) MUST_CHECK;
/* passkey_went_back(before, now): the counter of one device cannot have gone so (7.2 step 21). */
bool passkey_went_back(uint32_t before, uint32_t now);
/* passkey_refused(c, why, f): the error that all refusals have; sets *why. */
int passkey_refused(struct ctx *c, enum passkey_fault *why, enum passkey_fault f) MUST_CHECK;

#endif
