/*
 * Calling the authority back, at a number that was found independently of the demand (product.md 3A
 * of the field notes: forged emergency requests). Whoever calls writes down how it went; in an
 * emergency nothing leaves without a call-back that confirmed the demand, and another person's
 * release (gate_check_call; the schema's walls say the same). For other orders it may be recorded
 * too.
 */
#ifndef WRIT_CALL_BACK_H
#define WRIT_CALL_BACK_H

#include "desk/matter.h"

struct call_back {
	struct str result;   /* confirmed, unreached, denied */
	struct str source;   /* where the number was found: never the number in the demand */
	struct str said;     /* who answered, and what was said */
	struct instant when; /* of the call; INSTANT_NONE: now */
};

/* call_back_record(c, in, actor, order, call): intake, a reviewer or counsel. Source and what was
 * said are sealed. What changes by it is judged again: the first confirmation of an emergency, and
 * a denial, which takes back every confirmation before it. ERR_INVALID for an unknown result, an
 * empty source or text, and a call before the demand came or in time to come. */
int call_back_record(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct call_back *call) MUST_CHECK;
/* call_back_list(c, in, order, texts, ret): {number, result, at, by} and with `texts` {when,
 * source, said}, where they are not erased; oldest first. */
int call_back_list(
    struct ctx *c, struct instance *in, int64_t order, bool texts, struct json **ret) MUST_CHECK;

#endif
