/*
 * The data map and how each service stands, and tickets, as they are shown (SPEC.md 9.1, 9.2). A
 * list of tickets says nothing of the case: it is what a collector sees.
 */
#ifndef WRIT_VIEW_SERVICE_H
#define WRIT_VIEW_SERVICE_H

#include "desk/matter.h"
#include "kind/json.h"

/* view_services(c, in, actor, ret): {"services": [...], "map", "red"} for the profile in force
 * today; a map that does not read is "fault", and every service is red. Needs SERVICE_READ. */
int view_services(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;
/* view_service(c, in, actor, service, ret): one of them, with its entry. ERR_NOTFOUND. */
int view_service(struct ctx *c, struct instance *in, const struct person *actor, struct str service,
    struct json **ret) MUST_CHECK;
/* view_service_tests(c, in, service, to): adds "tests" to its value, the newest first: [{at, by,
 * well, why, files, sha256?, same}]; same: of the entry as it stands. */
int view_service_tests(
    struct ctx *c, struct instance *in, struct str service, struct json *to) MUST_CHECK;
/* view_services_count(c, in, ret_n, ret_red): how many services there are, and red ones, for the
 * house. */
int view_services_count(
    struct ctx *c, struct instance *in, int64_t *ret_n, int64_t *ret_red) MUST_CHECK;

/* view_tickets(c, in, actor, ret): [{"ticket", "service", "state", ...}] that wait. */
int view_tickets(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;
/* view_ticket(c, in, actor, ref, ret): one, with what it says: "body", and its "note". */
int view_ticket(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct json **ret) MUST_CHECK;
/* view_collect(c, in, actor, ref, ret): what a collector sees of one: the ticket ("body", and as a
 * connector gets it, "file"), and what came for it so far, each file with what the check said:
 * "files" [{name, size, sha256, check?}]; "by": how its service is collected. */
int view_collect(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct json **ret) MUST_CHECK;
/* view_tickets_of(c, in, actor, m, order, ret): those of an order, each with its item and the
 * folder of what came. */
int view_tickets_of(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, const struct legal_order *order, struct json **ret) MUST_CHECK;

#endif
