/* A case: its page, its papers, and what leaves of it. */
#ifndef WRIT_DESK_CASE_H
#define WRIT_DESK_CASE_H

#include "web/route.h"

/* paper, print; template, order, way: a template filled in for that form of that order. The page's
 * "fresh" says that the passkey was used just now (desk_produce.h). */
extern const struct route_field desk_case_fields[5];
int desk_case(struct route_ask *ask, struct json **ret);

/* Closing it when no order is open, and opening it again; the value is {case, closed}. */
int desk_close(struct route_ask *ask, struct json **ret);
int desk_reopen(struct route_ask *ask, struct json **ret);

/* One of its papers (web/desk_paper.h). */
extern const struct route_field desk_paper_fields[1];
int desk_paper(struct route_ask *ask, struct answer *a);

int desk_acknowledge(struct route_ask *ask, struct json **ret);

#endif
