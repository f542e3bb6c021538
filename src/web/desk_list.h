/*
 * Lists and explanations that the API answers and no page shows: what pages have of them is the
 * inbox, searches and the case. For commands on a server, and whoever else asks by the API.
 */
#ifndef WRIT_DESK_LIST_H
#define WRIT_DESK_LIST_H

#include "web/route.h"

extern const struct route_field desk_cases_fields[3], desk_demands_fields[3], desk_queue_fields[3],
    desk_pages_fields[1], desk_words_fields[1];
/* view_cases, view_demands ("received" without a state), view_queue ("nobody" without a person). */
int desk_cases(struct route_ask *ask, struct json **ret);
int desk_demands(struct route_ask *ask, struct json **ret);
int desk_queue(struct route_ask *ask, struct json **ret);
/* {"pages": view_pages}: those that nobody has taken, or all. */
int desk_pages(struct route_ask *ask, struct json **ret);
/* {"case", "order", "findings": view_why}; part 0: the case, part 1: the order's number. */
int desk_why(struct route_ask *ask, struct json **ret);
/* {"text": reply_text}, a template filled in for the order. */
int desk_words(struct route_ask *ask, struct json **ret);

/* desk_after_open: mails, media, misdeliveries and recalls that are open (SPEC.md 9.10). */
int desk_after_open(struct route_ask *ask, struct json **ret);

#endif
