/*
 * What stands before and after the recording of a demand that came in singly: its papers go into
 * the blob store, its sender gets a promise.
 */
#ifndef WRIT_INTAKE_H
#define WRIT_INTAKE_H

#include "desk/demand.h"

enum { INTAKE_PAPER_MAX = 512 << 20, INTAKE_NAMED_SECONDS = 10 };

/* intake_papers(c, in, file, draft, ret): encrypts the papers that the draft names, which lie in
 * the folder of `file`, into the blob store; *ret has draft->n_papers. On disk before any row names
 * them. Errors of blob_put, with the paper's number. */
int intake_papers(struct ctx *c, struct instance *in, struct str file, const struct draft *draft,
    struct demand_paper **ret) MUST_CHECK;
/* intake_promise(c, in, receipt, ret): acknowledges the demand in the side journal (desk/ack.h),
 * then signs the promise for its sender and keeps it; the proof follows when the slot has closed.
 */
int intake_promise(struct ctx *c, struct instance *in, const struct demand_receipt *receipt,
    struct str *ret) MUST_CHECK;

/* For a process that cannot reach the signer. intake_owe(c, in, receipt): the row that asks for the
 * promise, within the transaction of the demand's step; intake_owed(c, in, ref): once that is on
 * disk, the acknowledgement, if it is not made yet: then the sender may be answered.
 * intake_promises signs what waits so, and is called by the process of role work; what a process
 * that was killed had recorded and not acknowledged it acknowledges itself, INTAKE_NAMED_SECONDS
 * later: nothing is signed that the journal does not name. intake_receipt: the signed promise of a
 * demand, "" while it waits. */
int intake_owe(struct ctx *c, struct instance *in, const struct demand_receipt *receipt) MUST_CHECK;
int intake_owed(struct ctx *c, struct instance *in, struct str ref) MUST_CHECK;
int intake_promises(struct ctx *c, struct instance *in) MUST_CHECK;
int intake_receipt(
    struct ctx *c, struct instance *in, const struct demand *d, struct str *ret) MUST_CHECK;
/* intake_receipt_by(c, in, ref, ret): by the demand's reference, for a caller who has it from us.
 */
int intake_receipt_by(
    struct ctx *c, struct instance *in, struct str ref, struct str *ret) MUST_CHECK;

#endif
