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
extern const struct route_field desk_produce_fields[2]; /* no_data: numbers of items; ticket */

/* desk_release_may(ask): whether what this asks for may leave: of a browser's session the passkey
 * was used just now (session_fresh), of a token it has the right token.release. ERR_DENIED. What
 * leaves is asked twice: here who asks, in desk whether it may. desk_release_fresh(ask, v): sets
 * "fresh" for the page. */
int desk_release_may(struct route_ask *ask) MUST_CHECK;
int desk_release_fresh(struct route_ask *ask, struct json *v) MUST_CHECK;

/* A file that no machine can check: another person hands it in too, to say that it holds only what
 * was granted. It is not kept. */
extern const struct route_files desk_look_over_files;
extern const struct route_field desk_look_over_fields[1]; /* item: its number */
int desk_look_over(struct route_ask *ask, struct json **ret);

/* desk_produce_keep(ask, files): the files that came get names of their own until a job has ended:
 * adds {item, path} for each, the item as the field's name says it (file3). desk_produce_forget:
 * they go. */
int desk_produce_keep(struct route_ask *ask, struct json *files) MUST_CHECK;
void desk_produce_forget(struct ctx *c, const struct json *files);

int desk_produce_page(struct route_ask *ask, struct json **ret);
int desk_produce(struct route_ask *ask, struct json **ret);
/* One's own job; its page comes again by itself while it runs. */
/* with file=yes the API gives the file of a letter or of a claim's paper too, in base64 */
extern const struct route_field desk_job_fields[1];
int desk_job(struct route_ask *ask, struct json **ret);

#endif
