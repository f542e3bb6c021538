/*
 * What lists are sorted and found by (tables order_desk and order_date): the next deadline of each
 * order, its dates, and the columns of case and demand that lists filter by. Computed from the case
 * at the end of every step on it, in the same transaction, so that it never says anything else than
 * the clocks do (law/judge.h); made again by due_sweep after packs have changed. Nothing decides by
 * it: gates ask the clocks themselves.
 */
#ifndef WRIT_DUE_H
#define WRIT_DUE_H

#include "desk/gate.h"

/* "No deadline" in order_desk.due: the last second of the year 9999, so that it sorts last. */
#define DUE_NONE INT64_C(253402300799)

/* One deadline that is still to be met. */
struct due {
	struct instant at; /* INSTANT_NONE: none, or a pause runs */
	struct str act, clock;
	int64_t rest; /* seconds left once the running pause ends; -1 when none runs */
};

/* due_open(m, o): something is still to be done about the order. */
bool due_open(const struct matter *m, const struct legal_order *o);
/* due_counts(o, clock): whether the order still has to meet this clock. */
bool due_counts(const struct legal_order *o, const struct clock *clock);
/* due_next(c, in, m, o, ret): the nearest deadline by the clocks of this moment. */
int due_next(struct ctx *c, struct instance *in, const struct matter *m,
    const struct legal_order *o, struct due *ret) MUST_CHECK;
/* due_after(c, s, instance): store.after. */
int due_after(struct ctx *c, struct step *s, void *instance) MUST_CHECK;

struct due_sweep {
	bool all; /* also rows that are not stale */
	void (*progress)(void *arg, int64_t done);
	void *arg;
};
/* due_sweep(c, in, actor, how, ret_changed): computes what is stale (after an upgrade of the
 * schema), or everything, case by case; needs ROLE_ADMIN or a role that works on cases. Others go
 * on working meanwhile. ret_changed: orders looked at. */
int due_sweep(struct ctx *c, struct instance *in, const struct person *actor,
    const struct due_sweep *how, int64_t *ret_changed) MUST_CHECK;

#endif
