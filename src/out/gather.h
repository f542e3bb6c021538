/*
 * What is done with a connector: a ticket is collected for, a service is tested. Collected files
 * lie in collect/TICKET below the instance's folder, one folder for each ticket, so for one item of
 * a case; what is made of them is a production (out/production.h), which looks at them first.
 */
#ifndef WRIT_GATHER_H
#define WRIT_GATHER_H

#include "desk/collect.h"
#include "out/connector.h"

/* gather_folder(c, in, ref): where the files of this ticket lie. */
struct str gather_folder(struct ctx *c, const struct instance *in, struct str ref);
/* gather_run(c, in, actor, ref, ret): collects for a ticket, once. ERR_DENIED where the gate says
 * so by now, the ticket expired or the service has another kind of connector. What the program did
 * is in *ret, and recorded. */
int gather_run(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct service_result *ret) MUST_CHECK;
/* gather_test(c, in, actor, service, ret): runs the connector on the canary account with a ticket
 * of its own (purpose "test"), compares, records; the files are removed again. ERR_NOTFOUND for a
 * service without an entry. */
int gather_test(struct ctx *c, struct instance *in, const struct person *actor, struct str service,
    struct service_result *ret) MUST_CHECK;

#endif
