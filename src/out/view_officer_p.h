/* The parts of the officer's view. Private to view_officer*.c. */
#ifndef WRIT_VIEW_OFFICER_P_H
#define WRIT_VIEW_OFFICER_P_H

#include "out/view_officer.h"

/* view_officer_order(c, in, o, number, ret): one order as the officer sees it. */
int view_officer_order(struct ctx *c, struct instance *in, const struct legal_order *o,
    int64_t number, struct json **ret) MUST_CHECK;

#endif
