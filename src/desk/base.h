/*
 * How many active users there were in a period, entered by a publisher with its source, so that an
 * edition can say which share of them demands were about. A later entry takes the place of an
 * earlier one; nothing is rewritten. SPEC.md 5.10.
 */
#ifndef WRIT_BASE_H
#define WRIT_BASE_H

#include "desk/right.h"

struct base {
	int64_t users; /* 0: none was entered */
	struct str source;
	struct day recorded;
};

/* base_record(c, in, actor, p, users, source): ERR_DENIED without the role publisher; ERR_INVALID
 * for a number below 1 or a source that is not one line. */
int base_record(struct ctx *c, struct instance *in, const struct person *actor, struct period p,
    int64_t users, struct str source) MUST_CHECK;
/* base_find(c, in, p, at, before, ret): the one in force at that instant for exactly this period,
 * of those with a ledger entry before `before` (INT64_MAX: any). */
int base_find(struct ctx *c, struct instance *in, struct period p, struct instant at,
    int64_t before, struct base *ret) MUST_CHECK;

#endif
