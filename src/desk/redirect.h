/*
 * Sending an order on to the enterprise customer who controls the data (Art. 5(6) Reg. (EU)
 * 2023/1543; counted as an outcome of its own): the authority is told whom to ask and where. While
 * a bar stands against telling the customer or the user, or may stand, counsel alone does it, and
 * says so.
 */
#ifndef WRIT_REDIRECT_H
#define WRIT_REDIRECT_H

#include "desk/gate.h"

struct redirect_contact {
	struct str name, address; /* address: a few lines */
};

/* redirect_order(c, in, actor, order, contact, despite, reason): ends the order. ERR_DENIED for a
 * bar, to all but counsel with `despite`; ERR_INVALID for a contact without name or address. */
int redirect_order(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct redirect_contact *contact, bool despite,
    struct str reason) MUST_CHECK;
/* redirect_barred(c, in, g, ret): a bar stands, or may stand, against telling the customer. */
int redirect_barred(struct ctx *c, struct instance *in, const struct gate *g, bool *ret) MUST_CHECK;
/* redirect_of(c, in, order, ret, ret_found): the last one; its texts "" once erased. */
int redirect_of(struct ctx *c, struct instance *in, int64_t order, struct redirect_contact *ret,
    bool *ret_found) MUST_CHECK;

#endif
