/*
 * An officer gets what was produced (desk/fetch.h): the page of one production, what they say
 * before they get it, and the file, which is decrypted as it is sent: nothing of it is written
 * anywhere, and a production that is taken back meanwhile ends with the piece that is on its way.
 */
#ifndef WRIT_OFFICE_FETCH_H
#define WRIT_OFFICE_FETCH_H

#include "web/route.h"

extern const struct route_field office_pledge_fields[1], office_fetch_fields[1];

/* part 0: the demand, part 1: the production */
int office_production(struct route_ask *ask, struct json **ret);
int office_pledge(struct route_ask *ask, struct json **ret);
int office_fetch(struct route_ask *ask, struct answer *a);

#endif
