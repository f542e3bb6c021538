/*
 * More time: the provider asks the authority, or the officer asks the provider, and the other side
 * grants or refuses. It changes no clock of the law by itself: it is shown beside them, for the
 * person who decides.
 */
#ifndef WRIT_EXTENSION_H
#define WRIT_EXTENSION_H

#include "desk/matter.h"

/* extension_ask(c, in, actor, order, until, reason): the provider asks (intake, reviewer, counsel).
 * ERR_INVALID for a day that is past or without a reason; ERR_CONFLICT while one of this side is
 * not answered. extension_answer(c, in, actor, order, number, grant): the provider answers what the
 * officer asked; also, for one asked by the provider, what an authority without the portal said. */
int extension_ask(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct day until, struct str reason) MUST_CHECK;
int extension_answer(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, bool grant) MUST_CHECK;
/* extension_sent_ask, extension_sent_answer: the officer's side; only desk/exchange.h calls them.
 */
int extension_sent_ask(struct ctx *c, struct instance *in, const struct person *officer,
    const struct legal_order *order, struct day until, struct str reason) MUST_CHECK;
int extension_sent_answer(struct ctx *c, struct instance *in, const struct person *officer,
    const struct legal_order *order, int64_t number, bool grant) MUST_CHECK;
/* extension_list(c, in, order, texts, ret): {number, side, state, until, at, answered, reason}. */
int extension_list(
    struct ctx *c, struct instance *in, int64_t order, bool texts, struct json **ret) MUST_CHECK;

#endif
