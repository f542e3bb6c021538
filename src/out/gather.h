/*
 * What is done with a connector: a ticket is collected for, a service is tested; and with what
 * came: it is held against its scope, goes into a production, becomes a snapshot, and is cleared.
 * Collected files lie in collect/TICKET below the instance's folder, one folder for each ticket, so
 * for one item of a case; what is made of them is a production (out/production.h), which looks at
 * them first.
 */
#ifndef WRIT_GATHER_H
#define WRIT_GATHER_H

#include "desk/collect.h"
#include "out/connector.h"

struct produce_file;

/* gather_run(c, in, actor, ref, ret): collects for a ticket, once. ERR_DENIED where the gate says
 * so by now, the ticket expired or the service has another kind of connector. What the program did
 * is in *ret, and recorded. */
int gather_run(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct service_result *ret) MUST_CHECK;
/* gather_from(c, in, actor, ref, snapshot, ret): the same from the snapshot that this preserve
 * ticket became, in place of the service: the service is not asked. */
int gather_from(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str snapshot, struct service_result *ret) MUST_CHECK;
/* gather_test(c, in, actor, service, dir, ret): runs the connector on the canary account with a
 * ticket of its own (purpose "test"), compares, records; the files are removed again. ERR_NOTFOUND
 * for a service without an entry. dir: of a service that is collected by a person or its own
 * system, a folder with what that brought for the canary, which stays; "" for a program. */
int gather_test(struct ctx *c, struct instance *in, const struct person *actor, struct str service,
    struct str dir, struct service_result *ret) MUST_CHECK;

/* gather_settle(c, in, ref): after files came, or the ticket ended: files that were not looked at
 * yet are held against what the ticket asks for, and the answer is kept with each; those of a
 * preserve ticket that is done become a snapshot, and the folder goes. The program does it, for
 * whoever collects sees nothing more by it. */
int gather_settle(struct ctx *c, struct instance *in, struct str ref) MUST_CHECK;

/* gather_files(c, in, actor, order, refs, n, files, ret_n): what came for these tickets, as files
 * of a production of this order: each with its item and the hash that it had when it was collected;
 * one with nothing found is its item without data. A file of which nothing lies within what was
 * asked is left out. *files is made. ERR_NOTFOUND for a ticket that
 * is not of the order; ERR_CONFLICT for one that is not done, or whose files were cleared. */
int gather_files(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct str *refs, size_t n, struct produce_file **files,
    size_t *ret_n) MUST_CHECK;

struct gather_swept {
	int64_t folders, snapshots;
};
/* gather_sweep(c, in, ret): plain files go that nobody needs any more (SPEC.md 9.2), and snapshots
 * whose time is over. Overwriting them is not promised: on the disks of today it means nothing. */
int gather_sweep(struct ctx *c, struct instance *in, struct gather_swept *ret) MUST_CHECK;

#endif
