/* Agencies, cases whose sender is not trusted any more, call-backs and time at the desk, letters on
 * their way: the staff's side of the portal beside vetting (vetting_officer.h). */
#ifndef WRIT_VETTING_AGENCY_H
#define WRIT_VETTING_AGENCY_H

#include "web/route.h"

extern const struct route_field vetting_agency_fields[5], vetting_domain_fields[1],
    vetting_confirm_fields[2], vetting_call_fields[4], vetting_time_fields[2],
    vetting_grant_fields[2];

int vetting_agencies(struct route_ask *ask, struct json **ret);
int vetting_agency_add(struct route_ask *ask, struct json **ret);
/* part 0 of these: the agency */
int vetting_agency(struct route_ask *ask, struct json **ret);
int vetting_domain(struct route_ask *ask, struct json **ret);
int vetting_domain_end(struct route_ask *ask, struct json **ret);
int vetting_agency_stand(struct route_ask *ask, struct json **ret);

int vetting_alerts(struct route_ask *ask, struct json **ret);
int vetting_confirm(struct route_ask *ask, struct json **ret); /* part 0: the case */
/* part 0: the case, part 1: the order's number */
int vetting_call_back(struct route_ask *ask, struct json **ret);
int vetting_ask_time(struct route_ask *ask, struct json **ret);
int vetting_answer_time(struct route_ask *ask, struct json **ret);

int vetting_outgoing(struct route_ask *ask, struct json **ret);

#endif
