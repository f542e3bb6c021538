/* The list of notices to users (out/view_notice.h), for the page and the API. */
#ifndef WRIT_DESK_NOTICES_H
#define WRIT_DESK_NOTICES_H

#include "web/field.h"
#include "web/route.h"

extern const struct route_field desk_notices_fields[3]; /* state, limit, after */
int desk_notices(struct route_ask *ask, struct json **ret);

#endif
