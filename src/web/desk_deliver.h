/*
 * What lies in the portal, for the house (desk/laid.h): the page of one production with who came
 * for it, and what is done about it. A PIN is in the answer to the form that made it, and nowhere
 * else.
 */
#ifndef WRIT_DESK_DELIVER_H
#define WRIT_DESK_DELIVER_H

#include "web/route.h"

extern const struct route_field desk_deliver_fields[5], desk_lay_fields[2], desk_extend_fields[1],
    desk_revoke_fields[1], desk_name_fields[2], desk_reseal_fields[1];

/* part 0: the case, part 1: the production */
int desk_production(struct route_ask *ask, struct json **ret);
/* By the portal: laid down, with a PIN. By another way it is recorded. */
int desk_deliver(struct route_ask *ask, struct json **ret);
int desk_pin(struct route_ask *ask, struct json **ret);
int desk_lay(struct route_ask *ask, struct json **ret); /* a job */
int desk_extend(struct route_ask *ask, struct json **ret);
int desk_revoke(struct route_ask *ask, struct json **ret);
int desk_name(struct route_ask *ask, struct json **ret);
int desk_reseal_page(struct route_ask *ask, struct json **ret);
int desk_reseal(struct route_ask *ask, struct json **ret); /* a job */

#endif
