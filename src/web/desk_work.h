/* Lists of the desk: one's day, queues, the calendar, searches; and whose a case is. */
#ifndef WRIT_DESK_WORK_H
#define WRIT_DESK_WORK_H

#include "web/route.h"

/* What is searched for may be an identifier or a file number, which stand in no address: a search
 * is posted, and its answer is the page. A saved one is named by its reference. */
enum { DESK_SEARCH_FIELDS = 18 };
extern const struct route_field desk_search_fields[DESK_SEARCH_FIELDS];
int desk_search(struct route_ask *ask, struct json **ret);
int desk_search_save(struct route_ask *ask, struct json **ret);
int desk_search_drop(struct route_ask *ask, struct json **ret);

int desk_today(struct route_ask *ask, struct json **ret);
int desk_queues(struct route_ask *ask, struct json **ret);
extern const struct route_field desk_calendar_fields[6];
int desk_calendar(struct route_ask *ask, struct json **ret);

extern const struct route_field desk_assign_fields[2], desk_watch_fields[1], desk_note_fields[1];
int desk_assign(struct route_ask *ask, struct json **ret);
int desk_watch(struct route_ask *ask, struct json **ret);
int desk_note(struct route_ask *ask, struct json **ret);

#endif
