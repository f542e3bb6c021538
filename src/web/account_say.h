/* What may be said, in the browser: what counsel recorded, figures known from outside, how many
 * users there are. */
#ifndef WRIT_ACCOUNT_SAY_H
#define WRIT_ACCOUNT_SAY_H

#include "web/route.h"

extern const struct route_field account_permission_fields[2];
extern const struct route_field account_record_fields[14];
extern const struct route_field account_known_fields[8];
extern const struct route_field account_users_fields[3];

int account_permissions(struct route_ask *ask, struct json **ret);
int account_record(struct route_ask *ask, struct json **ret);
int account_permission_end(struct route_ask *ask, struct json **ret);
int account_known(struct route_ask *ask, struct json **ret);
int account_known_add(struct route_ask *ask, struct json **ret);
int account_known_end(struct route_ask *ask, struct json **ret);
int account_users(struct route_ask *ask, struct json **ret);

#endif
