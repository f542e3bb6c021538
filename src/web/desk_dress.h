/*
 * What a page of the desk needs beside the view that the API shows: addresses, keys that make ids
 * of fields unique, choices in the reader's language, items as a grid. Only pages are dressed.
 */
#ifndef WRIT_DESK_DRESS_H
#define WRIT_DESK_DRESS_H

#include "web/route.h"

/* desk_dress_case(ask, v): v is of view_matter; members that web/page/case.tmpl names are set. */
void desk_dress_case(const struct route_ask *ask, struct json *v);

/* desk_choices(ask, kind, words): [{"value", "label"}] of words of the database (page_word). */
struct json *desk_choices(const struct route_ask *ask, const char *kind, const char *words);

#endif
