/* Triage: the inbox, a demand before it is a case, and what becomes of it. */
#ifndef WRIT_DESK_INBOX_H
#define WRIT_DESK_INBOX_H

#include "web/route.h"

extern const struct route_field desk_after_fields[2], desk_demand_fields[2], desk_open_fields[3],
    desk_into_fields[1], desk_sort_fields[1], desk_letter_fields[1];

int desk_inbox(struct route_ask *ask, struct json **ret);
int desk_demand(struct route_ask *ask, struct json **ret);
/* One of a demand's papers, as desk_paper (web/desk_paper.h). */
int desk_demand_paper(struct route_ask *ask, struct answer *a);

/* Acts; the value is {"demand", "state"}, and "case" where one was opened: a browser goes there. */
int desk_verify(struct route_ask *ask, struct json **ret);
int desk_open(struct route_ask *ask, struct json **ret);
int desk_merge(struct route_ask *ask, struct json **ret);
int desk_sort_out(struct route_ask *ask, struct json **ret);
int desk_letter(struct route_ask *ask, struct json **ret);

#endif
