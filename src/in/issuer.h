/*
 * What an OpenID provider tells of itself (OpenID Connect Discovery 1.0, section 3; RFC 8414), and
 * what its token endpoint answers (OpenID Connect Core 3.1.3.3). Hostile bytes: JSON texts. Pure.
 *
 * The document must name the issuer exactly as writ.yaml does. Its addresses are https; http only
 * on this machine by its number, and then the issuer too. What we ask ourselves lies at the
 * issuer's port, the only one that the process which asks may connect to.
 */
#ifndef WRIT_IN_ISSUER_H
#define WRIT_IN_ISSUER_H

#include "kind/json.h"

enum { ISSUER_TEXT_MAX = 256 << 10, ISSUER_ANSWER_MAX = 128 << 10 };

struct issuer {
	struct str authorize, token, keys; /* addresses */
	bool in_body;   /* the secret goes in the form, where the issuer takes no Basic */
	bool says_self; /* answers to the browser name the issuer (RFC 9207) */
};

/* issuer_read(c, text, issuer, ret): ERR_INVALID names the member; ERR_LIMIT. */
int issuer_read(struct ctx *c, struct str text, struct str issuer, struct issuer *ret) MUST_CHECK;
/* issuer_token(c, text, ret): the ID token in an answer of the token endpoint. ERR_INVALID. */
int issuer_token(struct ctx *c, struct str text, struct str *ret) MUST_CHECK;

#endif
