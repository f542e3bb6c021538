/*
 * The quality sample: of the orders settled in a period, n in a hundred are looked at again by
 * somebody who had no part in them. Which ones is decided by a keyed hash of the order's reference:
 * nobody can foresee or choose them, and asked again it is the same ones; a larger share holds the
 * smaller one.
 */
#ifndef WRIT_QUALITY_H
#define WRIT_QUALITY_H

#include "desk/search.h"

enum { QUALITY_PAGE_MAX = 100, QUALITY_LOOK = 2000 };

struct quality_ask {
	struct period period; /* settled in it */
	int percent;          /* 1 to 100 */
	bool waiting;         /* only those that nobody has looked at */
	struct str after;
	int64_t limit; /* 0: QUALITY_PAGE_MAX */
};

struct quality_one {
	struct search_row order;
	struct instant settled;
	int64_t checker; /* 0: nobody yet */
	struct str verdict;
	bool mine; /* the actor may look at it: they had no part in it */
};

struct quality_page {
	struct quality_one *v;
	size_t n, cap;
	struct str after; /* "": no more */
};
/* quality_sample(c, in, actor, ask, ret): in the order of settling; a page may be short and yet say
 * that more follow (QUALITY_LOOK orders are looked at). Reviewer, counsel or auditor. ERR_INVALID
 * for a percentage or cursor that is none. */
int quality_sample(struct ctx *c, struct instance *in, const struct person *actor,
    const struct quality_ask *ask, struct quality_page *ret) MUST_CHECK;
/* quality_drawn(in, ref, seq, percent): whether this order is of the sample. */
bool quality_drawn(
    struct ctx *c, const struct instance *in, struct str ref, int64_t seq, int percent);

/* quality_check(c, in, actor, order, agree, reason): the result, once for an order. Reviewer or
 * counsel who neither examined, decided, approved nor wrote anything in it (ERR_DENIED); settled
 * orders only; disagreeing needs a reason. It changes nothing about the order: reopening is a step
 * of its own. */
int quality_check(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, bool agree, struct str reason) MUST_CHECK;
/* quality_counts(c, in, actor, period, ret_agree, ret_disagree): checks of orders settled in it. */
int quality_counts(struct ctx *c, struct instance *in, const struct person *actor,
    struct period period, int64_t *ret_agree, int64_t *ret_disagree) MUST_CHECK;

#endif
