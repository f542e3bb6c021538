/*
 * Officers and agencies as the house sees them: the queue of those who wait, with what is known of
 * the domain and the authority; vetting one by one; how each stands; alerts; letters on their way.
 * What an officer is sent (the link to register a passkey) goes by letter and stands on no page.
 */
#ifndef WRIT_VETTING_OFFICER_H
#define WRIT_VETTING_OFFICER_H

#include "web/route.h"

extern const struct route_field vetting_list_fields[1], vetting_vet_fields[3],
    vetting_stand_fields[2], vetting_reason_fields[1];

int vetting_officers(struct route_ask *ask, struct json **ret);
/* part 0 of these: the officer */
int vetting_officer(struct route_ask *ask, struct json **ret);
int vetting_vet(struct route_ask *ask, struct json **ret);
int vetting_refused(struct route_ask *ask, struct json **ret);
int vetting_stand(struct route_ask *ask, struct json **ret);
int vetting_forget(struct route_ask *ask, struct json **ret);

#endif
