/* The case and the order that a path names: a line with /case/{case}/order/{n} */
#ifndef WRIT_PATH_ORDER_H
#define WRIT_PATH_ORDER_H

#include "desk/matter.h"
#include "web/field.h"

/* path_number(ask, ret): the order's number, from 1. ERR_NOTFOUND. */
int path_number(struct route_ask *ask, int64_t *ret) MUST_CHECK;
/* path_order(ask, ret_matter, ret): ERR_NOTFOUND also for a case that the person may not know of.
 */
int path_order(
    struct route_ask *ask, struct matter *ret_matter, struct legal_order *ret) MUST_CHECK;

#endif
