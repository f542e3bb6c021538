/*
 * Time stamps (RFC 3161) over a SHA-256: the question, and whether an answer is one to it by an
 * authority that is trusted. Through OpenSSL; pure, hostile bytes.
 */
#ifndef WRIT_STAMP_H
#define WRIT_STAMP_H

#include "kind/day.h"
#include "kind/hash.h"

enum { STAMP_REPLY_MAX = 64 << 10 };

/* stamp_question(c, imprint, nonce): a TimeStampReq in DER that asks for the certificate as well.
 */
struct str stamp_question(struct ctx *c, struct hash imprint, uint64_t nonce);
/* stamp_check(c, reply, imprint, nonce, trusted, ret): a TimeStampResp in DER that was granted, for
 * this imprint, signed by a certificate for time stamping that leads to one in trusted (PEM); nonce
 * 0: any. The certificate is judged as of the stamp's own time. ERR_INVALID what is none;
 * ERR_DENIED what does not hold. */
int stamp_check(struct ctx *c, struct str reply, struct hash imprint, uint64_t nonce,
    struct str trusted, struct instant *ret) MUST_CHECK;

#endif
