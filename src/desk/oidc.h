/*
 * A round through the house's OpenID provider: the Authorization Code flow (OpenID Connect
 * Core 1.0, 3.1; RFC 9700) with PKCE (RFC 7636, S256), state, nonce, one exact redirect address,
 * and the issuer's own name in its answer where it gives one (RFC 9207).
 *
 *   web      oidc_start    the browser goes to the issuer. Nothing is stored: the state is one of
 *                          our challenges, bound to a cookie; verifier and nonce are keyed hashes
 *                          of it. What the round is for stands in the cookie.
 *   web      oidc_arrive   it comes back with a code: a row waits. A state comes back once.
 *   issuer   oidc_next     that process takes the code, asks the issuer, checks what it says
 *   issuer   oidc_end      (out/oidc_ask.h), and notes the subject, or which check failed
 *   web      oidc_result   the browser, which has waited, is told
 *   web      oidc_over     in the transaction of what the round brings about: once
 *
 * So no process that answers the network has the client's secret, a code's answer or a connection.
 */
#ifndef WRIT_OIDC_H
#define WRIT_OIDC_H

#include "desk/instance.h"
#include "in/issuer.h"
#include "kind/json.h"

enum {
	OIDC_CODE_MAX = 1600,      /* bytes; a request's target has 2,048 */
	OIDC_WAITING = 200,        /* rounds that wait at a time, */
	OIDC_WAITING_SOURCE = 20,  /* and from one network */
	OIDC_READ_SECONDS = 3600,  /* then the issuer's document and keys are read anew, */
	OIDC_RETRY_SECONDS = 60,   /* after a try that failed; and for a key that is not known */
	OIDC_FRESH_SECONDS = 86400 /* a document older than this is not gone by */
};

/* What a round is for. */
enum oidc_aim { OIDC_SIGN_IN, OIDC_AGAIN, OIDC_LINK, OIDC_OWN, OIDC_AIMS };

struct oidc_trip {
	enum oidc_aim aim;
	int64_t session; /* again, own */
	struct str what; /* again: the kind of act; link: its token */
	struct str back; /* again: where the browser goes on */
};

/* What a browser may learn of the issuer now. */
struct oidc_issuer {
	bool known;                 /* read, and not too long ago */
	struct instant read, tried; /* INSTANT_NONE: never */
	struct str fault;           /* of the last try: one word, "" */
	struct issuer at;
	struct str keys; /* JSON */
};

/* oidc_issuer_get(c, in, ret): as it was read last. */
int oidc_issuer_get(struct ctx *c, struct instance *in, struct oidc_issuer *ret) MUST_CHECK;
/* oidc_issuer_put(c, in, document, keys) / oidc_issuer_fault(c, in, word): of a try that was good,
 * or was not. */
int oidc_issuer_put(
    struct ctx *c, struct instance *in, struct str document, struct str keys) MUST_CHECK;
int oidc_issuer_fault(struct ctx *c, struct instance *in, const char *word) MUST_CHECK;

/* oidc_redirect(c, in): the one address that the issuer sends browsers back to. */
struct str oidc_redirect(struct ctx *c, const struct instance *in);
/* oidc_start(c, in, trip, ret_url, ret_cookie): every aim but a sign-in has the person sign in
 * there anew (prompt=login, max_age=0). ERR_NOTFOUND without an issuer; ERR_CONFLICT while it has
 * not been reached. */
int oidc_start(struct ctx *c, struct instance *in, const struct oidc_trip *trip,
    struct str *ret_url, struct str *ret_cookie) MUST_CHECK;
/* oidc_trip_read(c, cookie, ret): what stands in it; false for one that is none of ours. */
bool oidc_trip_read(struct ctx *c, struct str cookie, struct oidc_trip *ret);

struct oidc_back {
	struct str cookie;                  /* "" when the browser has none */
	struct str state, code, iss, error; /* "" when missing */
	struct hash source;                 /* of its network (throttle.h) */
};
/* oidc_arrive(c, in, back, ret_why): ERR_DENIED, always the same, with one word for the log;
 * ERR_LIMIT when too many wait. */
int oidc_arrive(struct ctx *c, struct instance *in, const struct oidc_back *back,
    const char **ret_why) MUST_CHECK;

struct oidc_round {
	int64_t id;
	struct str code, verifier, nonce;
	bool fresh;
	struct instant began;
};
/* oidc_next(c, in, ret): the oldest that waits; its code is this process's alone from now on.
 * ERR_NOTFOUND. */
int oidc_next(struct ctx *c, struct instance *in, struct oidc_round *ret) MUST_CHECK;
/* oidc_end(c, in, id, sub, fault): sub "": a bad one. */
int oidc_end(
    struct ctx *c, struct instance *in, int64_t id, struct str sub, const char *fault) MUST_CHECK;
int oidc_sweep(struct ctx *c, struct instance *in) MUST_CHECK;

enum oidc_stage { OIDC_WAITS, OIDC_GOOD, OIDC_BAD };
struct oidc_result {
	enum oidc_stage stage;
	int64_t id;
	struct str sub, fault;
};
/* oidc_result(c, in, cookie, ret): of this browser's last round. ERR_NOTFOUND: it has none, or
 * that is over. */
int oidc_result(
    struct ctx *c, struct instance *in, struct str cookie, struct oidc_result *ret) MUST_CHECK;
/* oidc_over(c, in, id): ERR_CONFLICT when it was over already. */
int oidc_over(struct ctx *c, struct instance *in, int64_t id) MUST_CHECK;

#endif
