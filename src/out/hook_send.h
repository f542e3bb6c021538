/*
 * Messages to webhooks: their text, their signature, and sending them (format: SPEC.md 8.6).
 *
 *   POST, Content-Type: application/json
 *   Writ-Signature: t=UNIX,v1=HEX      HMAC-SHA-256, by the webhook's secret, of "UNIX.BODY"
 *   {"at": INSTANT, "case": REF, "event": EVENT, "id": ID}      or "demand" in place of "case"
 *
 * A status of 200 to 299 means that it was taken.
 */
#ifndef WRIT_HOOK_SEND_H
#define WRIT_HOOK_SEND_H

#include "desk/hook.h"

enum { HOOK_AGE_MAX = 300, HOOK_BODY_MAX = 64 << 10 };

/* hook_send_body(c, due): its text. */
struct str hook_send_body(struct ctx *c, const struct hook_due *due);
/* hook_send_sign(c, secret, t, body): "t=UNIX,v1=HEX"; secret: HOOK_SECRET bytes. */
struct str hook_send_sign(struct ctx *c, struct str secret, struct instant t, struct str body);
/* hook_send_check(c, secret, body, signature, now): as a receiver does. ERR_INVALID when it is no
 * signature; ERR_DENIED when it is another's, or more than HOOK_AGE_MAX seconds from now. */
int hook_send_check(struct ctx *c, struct str secret, struct str body, struct str signature,
    struct instant now) MUST_CHECK;
/* hook_send_next(c, in, ca): sends the next that is due. ca: "" or certificates to check against.
 * 0 whether it was taken or not; ERR_NOTFOUND: none is due. */
int hook_send_next(struct ctx *c, struct instance *in, struct str ca) MUST_CHECK;

#endif
