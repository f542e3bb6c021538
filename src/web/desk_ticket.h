/*
 * Tickets on a case's page: what is asked for, of which item, what came; and a collected file for
 * who looks it over. What is made here is signed by a job.
 */
#ifndef WRIT_DESK_TICKET_H
#define WRIT_DESK_TICKET_H

#include "web/route.h"

extern const struct route_field desk_ticket_fields[2];      /* item: numbers; preserve */
extern const struct route_field desk_ticket_over_fields[2]; /* ticket, name */

/* desk_ticket_put(ask, m, v): into each order of the page's value "tickets", "may_ask" (items that
 * may be asked for now: [{item, target, field, service}]), "preserving", "snapshots"; and "red"
 * beside: the services of its items without a test that stands. */
struct matter;
int desk_ticket_put(struct route_ask *ask, const struct matter *m, struct json *v) MUST_CHECK;

int desk_ticket_make(struct route_ask *ask, struct json **ret);
/* One file of a ticket of the order, for who may look it over. */
int desk_ticket_file(struct route_ask *ask, struct answer *a);
int desk_ticket_over(struct route_ask *ask, struct json **ret);

#endif
