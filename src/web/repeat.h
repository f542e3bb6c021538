/*
 * Requests of the API that may be sent twice: with an Idempotency-Key an act is done once, and a
 * second request of the same person, route and key gets the answer of the first. The answer is kept
 * in the transaction of the act, so that a connection that breaks in between leaves both or
 * neither. Kept for REPEAT_SECONDS.
 */
#ifndef WRIT_REPEAT_H
#define WRIT_REPEAT_H

#include "web/route.h"

enum { REPEAT_SECONDS = 86400 };

/* repeat_run(ask, form, ret): ask->route->view, once for ask->repeat. ERR_CONFLICT when the key
 * came with other fields before; else as the view. One that came at the same moment from elsewhere,
 * as from a process that was killed while it committed, has its answer. */
int repeat_run(struct route_ask *ask, const struct form *form, struct json **ret) MUST_CHECK;
/* repeat_sweep(c, in): what is older goes. */
int repeat_sweep(struct ctx *c, struct instance *in) MUST_CHECK;

#endif
