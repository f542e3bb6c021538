/* What comes after a delivery, for people: of one production, and what is open of all. */
#ifndef WRIT_VIEW_AFTER_H
#define WRIT_VIEW_AFTER_H

#include "desk/gate.h"

/* view_after_open(c, in, actor, ret): {"open": [{"what": mail|medium|misdelivery|recall|recall_due,
 * "state", "production", "case", "order", "at"}], "counts": {WHAT: n}} of the cases that the person
 * may know of. */
int view_after_open(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;
/* view_after_production(c, in, actor, g, j): adds to a production, as view_matter makes it,
 * "mails", "medium", "manifest", "misdeliveries", "recall", and "recall_due" with its cause. */
int view_after_production(struct ctx *c, struct instance *in, const struct person *actor,
    const struct gate *g, struct json *j) MUST_CHECK;
/* view_after_redirect(c, in, actor, order, j): adds "redirected_to" to an order. */
int view_after_redirect(struct ctx *c, struct instance *in, const struct person *actor,
    int64_t order, struct json *j) MUST_CHECK;

#endif
