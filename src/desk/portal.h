/*
 * What comes in by the portal: demands of vetted officers, whose authority is the one they were
 * vetted for and not what is typed; and demands by the public form for authorities without an
 * account, which go to triage as unverified. Both are kept as they came, like every other demand.
 *
 * What only this house can say (that it called back, that the facts show the emergency, ...) is not
 * taken from a sender: a reviewer enters it.
 */
#ifndef WRIT_PORTAL_H
#define WRIT_PORTAL_H

#include "desk/demand.h"
#include "desk/officer.h"

struct portal_demand {
	const struct draft *draft;         /* as the form gives it */
	const struct demand_paper *papers; /* in the blob store already (intake_papers) */
	size_t n_papers;
	bool shared;      /* all officers of the agency may see it */
	struct str cures; /* reference of an own refused demand that this one cures, or "" */
	/* what is to be on disk together with the demand, or not at all; NULL: nothing */
	int (*with)(struct ctx *c, const struct demand_receipt *receipt, void *arg);
	void *with_arg;
};

/* portal_submit(c, in, who, d, ret): the receipt's duplicates stay empty: they are the house's to
 * know. The demand is acknowledged when it returns; the signed promise follows from the process of
 * role work (intake_receipt). ERR_DENIED for who is no active officer, and for an instrument that
 * is handed over in another way; ERR_LIMIT above 60 an hour; ERR_NOTFOUND when `cures` is no demand
 * that the officer may see; the codes of demand_check.
 */
int portal_submit(struct ctx *c, struct instance *in, const struct person *who,
    const struct portal_demand *d, struct demand_receipt *ret) MUST_CHECK;
/* portal_form(c, in, place, d, ret): without an account; place: where it came from (an address of
 * the network), counted and not kept. ERR_LIMIT above 5 an hour from one place. */
int portal_form(struct ctx *c, struct instance *in, struct str place, const struct portal_demand *d,
    struct demand_receipt *ret) MUST_CHECK;

/* portal_seen(c, in, who, ref, ret_demand, ret_officer): the demand with this reference, if the
 * officer may see it: an own one, a colleague's of the same agency who shares it, or one they were
 * invited to. ERR_NOTFOUND otherwise, the same for one that does not exist. */
int portal_seen(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    struct demand *ret_demand, struct officer *ret_officer) MUST_CHECK;
/* portal_refused(c, in, who, ref, ret_demand, ret_orders, ret_officer): likewise, one whose first
 * order was refused; ERR_INVALID for others: only that is cured. */
int portal_refused(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    struct demand *ret_demand, struct legal_orders *ret_orders,
    struct officer *ret_officer) MUST_CHECK;
/* portal_order(c, in, who, ref, number, ret): one of its orders, by its number in the officer's
 * view; ERR_NOTFOUND likewise. portal_orders: all of them, in order; none while in triage. */
int portal_order(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    int64_t number, struct legal_order *ret) MUST_CHECK;
int portal_orders(struct ctx *c, struct instance *in, const struct demand *d,
    struct legal_orders *ret) MUST_CHECK;
/* portal_each(c, in, who, limit, fn, arg): references of what the officer may see, newest first. */
int portal_each(struct ctx *c, struct instance *in, const struct person *who, int64_t limit,
    int (*fn)(struct ctx *c, struct str ref, void *arg), void *arg) MUST_CHECK;

#endif
