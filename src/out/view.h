/*
 * A case as one JSON value, the same for the command line, pages and the API: orders with findings,
 * items, clocks, bars, holds, productions, history. Texts of statutes come from the packs.
 */
#ifndef WRIT_VIEW_H
#define WRIT_VIEW_H

#include "desk/matter.h"

/* view_matter(c, in, actor, m, ret): targets are opened only for those who work on the case; an
 * auditor sees them as "(kind, not shown)" (product.md 2). */
int view_matter(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, struct json **ret) MUST_CHECK;
/* view_why(c, in, order, ret): every finding of the order as it is judged now, with citation,
 * quoted sentence, mark and explanation tree. */
int view_why(struct ctx *c, struct instance *in, const struct legal_order *order,
    struct json **ret) MUST_CHECK;

/* view_order_state(c, in, m, seq, ret): what an act on an order answers, as things stand now:
 * {"case", "order", "order_state", "case_state"}. */
int view_order_state(struct ctx *c, struct instance *in, const struct matter *m, int64_t seq,
    struct json **ret) MUST_CHECK;

#endif
