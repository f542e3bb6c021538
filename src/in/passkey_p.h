/* Private to in/passkey*.c: the bytes of an authenticator. */
#ifndef WRIT_IN_PASSKEY_P_H
#define WRIT_IN_PASSKEY_P_H

#include "in/passkey.h"

enum { /* Web Authentication 6.1 */
	PASSKEY_FLAG_PRESENT = 1,
	PASSKEY_FLAG_VERIFIED = 4,
	PASSKEY_FLAG_MAY_BACK_UP = 8,
	PASSKEY_FLAG_BACKED_UP = 16,
	PASSKEY_FLAG_KEY = 64,
	PASSKEY_FLAG_EXTENSIONS = 128
};

struct passkey_statement {
	bool packed;          /* format "packed"; else "none" */
	struct str data;      /* authenticatorData */
	struct str statement; /* attStmt as it came, a CBOR map */
};

struct passkey_data {
	struct str rp_hash;
	unsigned flags;
	uint32_t count;
	struct str id, cose; /* with a key; cose is one CBOR map */
};

/* passkey_statement_read(bytes, ret): an attestationObject: PASSKEY_NO_FAULT or what is wrong. All
 * of it is one well-formed value whose lengths lie within it, so that a library which makes room
 * for what a length says may read it. */
enum passkey_fault passkey_statement_read(struct str in, struct passkey_statement *ret);
/* passkey_data_read(bytes, with_key, ret): with the new key, as at registration, or without. */
enum passkey_fault passkey_data_read(struct str in, bool with_key, struct passkey_data *ret);
/* passkey_cose_read(c, map, ret): alg and key of a COSE_Key (RFC 9053) that has exactly the members
 * of its kind. */
enum passkey_fault passkey_cose_read(struct ctx *c, struct str in, struct passkey_key *ret);

#endif
