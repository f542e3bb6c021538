/* What is kept and what is told of it: retention (out/view_erase.h), holds, and the requests of
 * data subjects (desk/access.h). What an erasure rewrites is done at the command line: a web
 * process rewrites no database. */
#ifndef WRIT_DESK_KEEP_H
#define WRIT_DESK_KEEP_H

#include "web/route.h"

/* {view_retention, "may_hold"} */
extern const struct route_field desk_retention_fields[1];
int desk_retention(struct route_ask *ask, struct json **ret);
/* of a case or a demand, named in a field */
extern const struct route_field desk_hold_fields[3], desk_release_fields[1], desk_propose_fields[1];
int desk_hold(struct route_ask *ask, struct json **ret);
int desk_release(struct route_ask *ask, struct json **ret);
int desk_erase_propose(struct route_ask *ask, struct json **ret);

/* {access_list, "due": [access_due]} */
extern const struct route_field desk_requests_fields[2], desk_request_ask_fields[5];
int desk_requests(struct route_ask *ask, struct json **ret);
int desk_request_ask(struct route_ask *ask, struct json **ret);
/* part 0: the request */
int desk_request(struct route_ask *ask, struct json **ret);
int desk_request_draft(struct route_ask *ask, struct json **ret);
int desk_request_approve(struct route_ask *ask, struct json **ret);
int desk_request_answer(struct route_ask *ask, struct json **ret);
int desk_request_drop(struct route_ask *ask, struct json **ret);
int desk_request_again(struct route_ask *ask, struct json **ret);

#endif
