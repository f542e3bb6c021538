/*
 * What the EU's template wants of an order beside its facts: the category of illegal content that
 * the authority's provision is about, and when the authority was told of the receipt. When the
 * order arrived, and when it was given effect, the program knows (its receipt; the handing over).
 *
 * Only for orders of a Member State's authority, and never for anything of national security.
 */
#ifndef WRIT_DSA_ORDER_H
#define WRIT_DSA_ORDER_H

#include "desk/matter.h"

enum dsa_order_told {
	DSA_ORDER_UNKNOWN,
	DSA_ORDER_ENTERED, /* at `informed` */
	DSA_ORDER_RECEIPT  /* by the receipt that recording the demand makes, at that instant */
};

struct dsa_order {
	struct str category, keyword, own; /* keyword, own: "" without */
	enum dsa_order_told told;
	struct instant informed; /* INSTANT_NONE unless told is DSA_ORDER_ENTERED */
	bool automatic;          /* told by a machine */
};

/* dsa_order_get(c, in, order, past, ret, ret_has): the newest that was entered before `past`. */
int dsa_order_get(struct ctx *c, struct instance *in, int64_t order, struct instant past,
    struct dsa_order *ret, bool *ret_has) MUST_CHECK;
/* dsa_order_enter(c, in, actor, order, d): adds a row (intake, reviewer, counsel); it stands in the
 * place of an earlier one. ERR_INVALID "FIELD: ..." for what cannot be; ERR_DENIED for an order
 * that never enters an exact figure; the case may be closed. */
int dsa_order_enter(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct dsa_order *d) MUST_CHECK;

#endif
