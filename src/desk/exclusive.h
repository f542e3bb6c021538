/*
 * One structure for one time (50 USC 1874(a); SI 2018/349 reg 9): what the bands of an edition are
 * held against. A draft's bands are read by the people of the house, who may not know the number
 * behind them: windows of time that move by a day tell the day of an order, and how many accounts
 * it named.
 */
#ifndef WRIT_EXCLUSIVE_H
#define WRIT_EXCLUSIVE_H

#include "desk/edition.h"

/* exclusive_check(c, in, e, f): at publication. ERR_CONFLICT "exclusivity: ..." where a published
 * edition shows other bands of the jurisdiction for an overlapping time; also where a later version
 * is out. */
int exclusive_check(struct ctx *c, struct instance *in, const struct edition *e,
    const struct figures *f) MUST_CHECK;
/* exclusive_draft(c, in, actor, e, f): at making. ERR_DENIED where another edition, draft or
 * published, shows bands of the same structure for a time that overlaps without being the same, and
 * none of this time does; not for who is named to the sealed compartment. */
int exclusive_draft(struct ctx *c, struct instance *in, const struct person *actor,
    const struct edition *e, const struct figures *f) MUST_CHECK;

#endif
