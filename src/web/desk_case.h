/* A case: its page, and what people do on it. */
#ifndef WRIT_DESK_CASE_H
#define WRIT_DESK_CASE_H

#include "web/route.h"

int desk_case(struct route_ask *ask, struct json **ret);

#endif
