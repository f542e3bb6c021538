/*
 * What a page of the desk needs beside the view that the API shows: addresses, keys that make ids
 * of fields unique, choices in the reader's language, items as a grid. Only pages are dressed.
 */
#ifndef WRIT_DESK_DRESS_H
#define WRIT_DESK_DRESS_H

#include "web/route.h"

/* desk_dress_case(ask, v): v is of view_matter; members that web/page/case.tmpl names are set. */
void desk_dress_case(const struct route_ask *ask, struct json *v);

/* desk_dress_demand(ask, v): v is of view_demand, for web/page/inbox.tmpl. */
void desk_dress_demand(const struct route_ask *ask, struct json *v);
/* desk_dress_takers(ask, v): sets "people": [{"value", "label"}], who works on cases. */
int desk_dress_takers(const struct route_ask *ask, struct json *v) MUST_CHECK;
/* desk_dress_people(ask, v): likewise, and what there is to choose from in forms of lists:
 * "states", "dates_of". */
int desk_dress_people(const struct route_ask *ask, struct json *v) MUST_CHECK;

#endif
