/*
 * What leaves, from the page: files that were collected come in with a form, one an item, and a job
 * seals them (work_job.h). The files lie in the folder of the spool that is called "kept" until the
 * job has ended. A release needs the passkey once more.
 */
#ifndef WRIT_DESK_PRODUCE_H
#define WRIT_DESK_PRODUCE_H

#include "web/route.h"

enum { DESK_PRODUCE_ITEMS = 32 }; /* items of an order that the page takes files for */

extern const struct route_files desk_produce_files;
extern const struct route_field desk_produce_fields[1]; /* no_data: numbers of items */

int desk_produce_page(struct route_ask *ask, struct json **ret);
int desk_produce(struct route_ask *ask, struct json **ret);
/* One's own job; its page comes again by itself while it runs. */
int desk_job(struct route_ask *ask, struct json **ret);

#endif
