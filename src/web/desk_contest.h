/* Challenges at the desk (desk/contest_act.h): forms of the case's page, and the list of all. */
#ifndef WRIT_DESK_CONTEST_H
#define WRIT_DESK_CONTEST_H

#include "web/route.h"

/* part 0: the case, part 1: the order's number */
extern const struct route_field desk_challenge_fields[12], desk_challenge_end_fields[5],
    desk_challenge_due_fields[3], desk_challenge_hearing_fields[5], desk_challenge_permit_fields[2],
    desk_challenge_draft_fields[1];
int desk_challenge(struct route_ask *ask, struct json **ret);
int desk_challenge_end(struct route_ask *ask, struct json **ret);
int desk_challenge_due(struct route_ask *ask, struct json **ret);
int desk_challenge_hearing(struct route_ask *ask, struct json **ret);
int desk_challenge_permit(struct route_ask *ask, struct json **ret);
/* {contest_draft, "case"} */
int desk_challenge_draft(struct route_ask *ask, struct json **ret);
/* {view_contests} */
extern const struct route_field desk_challenges_fields[3];
int desk_challenges(struct route_ask *ask, struct json **ret);

#endif
