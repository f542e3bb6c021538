/*
 * Collection in the browser and by programs of the provider (SPEC.md 9.2): the tickets that wait,
 * one ticket with what came for it, and what is done with it. A collector sees the ticket and never
 * the case; a system of a service comes with a token of its own and sees its service's tickets.
 */
#ifndef WRIT_WEB_COLLECT_H
#define WRIT_WEB_COLLECT_H

#include "web/route.h"

extern const struct route_files collect_files;            /* file, each as often as it is */
extern const struct route_field collect_name_fields[1];   /* name */
extern const struct route_field collect_done_fields[3];   /* listing, none, how */
extern const struct route_field collect_failed_fields[2]; /* why, how */
extern const struct route_field collect_run_fields[1];    /* snapshot */

int collect_queue(struct route_ask *ask, struct json **ret);
int collect_ticket(struct route_ask *ask, struct json **ret);
int collect_take(struct route_ask *ask, struct json **ret);
int collect_file(struct route_ask *ask, struct json **ret);
int collect_drop(struct route_ask *ask, struct json **ret);
int collect_done(struct route_ask *ask, struct json **ret);
int collect_failed(struct route_ask *ask, struct json **ret);
/* A job: the program of the service is run for it. */
int collect_run(struct route_ask *ask, struct json **ret);

#endif
