/*
 * The portal before anybody has signed in: what it is, registering, confirming the address. A
 * registration and its confirmation are answered in the same way whatever is known
 * (desk/officer.h).
 */
#ifndef WRIT_OFFICE_PUBLIC_H
#define WRIT_OFFICE_PUBLIC_H

#include "web/route.h"

extern const struct route_field office_register_fields[8], office_confirm_fields[2];

int office_portal(struct route_ask *ask, struct json **ret);
int office_register_page(struct route_ask *ask, struct json **ret);
int office_register(struct route_ask *ask, struct json **ret);
int office_confirm_page(struct route_ask *ask, struct json **ret);
int office_confirm(struct route_ask *ask, struct json **ret);

#endif
