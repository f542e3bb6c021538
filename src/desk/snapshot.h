/*
 * Snapshots: what was collected for a preservation (SPEC.md 9.7). Each file is an encrypted blob
 * with a key of its own; nobody reads one, and the only way out is a ticket of a later order whose
 * decision grants an item of the same service and target: its files are then laid down for that
 * ticket and go the way of any collected file, scope check included. A release of the preservation
 * takes the keys away in the same transaction, its last day does in the sweep; the files follow.
 */
#ifndef WRIT_SNAPSHOT_H
#define WRIT_SNAPSHOT_H

#include "desk/collect.h"
#include "store/blob.h"

struct snapshot_file {
	struct str name;
	struct blob_made made;
};

/* snapshot_keep(c, in, t, files, n): the files of a preserve ticket that is done become one. The
 * program does it: no person sees them. ERR_DENIED when no preservation runs any more. */
int snapshot_keep(struct ctx *c, struct instance *in, const struct collect *t,
    const struct snapshot_file *files, size_t n) MUST_CHECK;
/* snapshot_of(c, in, ticket, ret_id): the snapshot that this preserve ticket became, not ended; 0:
 * none. */
int snapshot_of(struct ctx *c, struct instance *in, struct str ticket, int64_t *ret_id) MUST_CHECK;
/* snapshot_for(c, in, t, from, ret_id): the snapshot of the preserve ticket `from`, when it may
 * answer t: of the same service and target, with the field. ERR_NOTFOUND, also when it has ended;
 * ERR_DENIED with what does not fit. */
int snapshot_for(struct ctx *c, struct instance *in, const struct collect *t, struct str from,
    int64_t *ret_id) MUST_CHECK;
/* snapshot_lay(c, in, id, dir): its files, plain, into the folder dir, which is there. */
int snapshot_lay(struct ctx *c, struct instance *in, int64_t id, const char *dir) MUST_CHECK;
/* snapshot_end(c, s, in, order, why): within a step: all snapshots of the order end and have no
 * keys from now on. */
int snapshot_end(
    struct ctx *c, struct step *s, struct instance *in, int64_t order, struct str why) MUST_CHECK;
/* snapshot_each(c, in, order, list): adds {"ticket", "files", "bytes", "made", "ended", "why"} of
 * each of the order's. */
int snapshot_each(struct ctx *c, struct instance *in, int64_t order, struct json *list) MUST_CHECK;
/* snapshot_sweep(c, in, ret_n): those whose preservation's last day is over end; encrypted files
 * without a key are removed. ret_n: how many of either. */
int snapshot_sweep(struct ctx *c, struct instance *in, int64_t *ret_n) MUST_CHECK;

#endif
