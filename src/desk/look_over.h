/*
 * Files that no machine can check (in/yield.h): one person collects and seals, another one looks
 * the file over first and says that it holds only what the item's decision grants. Persons are
 * compared, not roles; the yes is for that file, by its SHA-256, and for that decision.
 */
#ifndef WRIT_LOOK_OVER_H
#define WRIT_LOOK_OVER_H

#include "desk/matter.h"
#include "kind/hash.h"

/* look_over_record(c, in, actor, order, item, sha256): the person's yes. item: its number from 1.
 * ERR_DENIED unless the item is approved now. Needs reviewer or counsel. */
int look_over_record(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t item, struct hash sha256) MUST_CHECK;
/* look_over_find(c, in, maker, item, decision, sha256, ret): the row of a yes that another person
 * than maker gave; 0 when there is none. item and decision: the rows' ids. */
int look_over_find(struct ctx *c, struct instance *in, int64_t maker, int64_t item,
    int64_t decision, struct hash sha256, int64_t *ret) MUST_CHECK;

#endif
