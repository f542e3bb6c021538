/* The list of notices to users (out/view_notice.h), for the page and the API. */
#ifndef WRIT_DESK_NOTICES_H
#define WRIT_DESK_NOTICES_H

#include "web/field.h"
#include "web/route.h"

extern const struct route_field desk_notices_fields[3]; /* state, limit, after */
int desk_notices(struct route_ask *ask, struct json **ret);
/* A paper of the case by its number, the file "file", or with neither no copy after all. */
extern const struct route_field desk_copy_fields[2];
extern const struct route_files desk_copy_files;
int desk_notice_copy(struct route_ask *ask, struct json **ret);
/* {"notices": notice_list}, for the API alone; part 0: the case, part 1: the order's number. */
int desk_notice_show(struct route_ask *ask, struct json **ret);

#endif
