/*
 * States that outlive the case's: preservation, secrecy, challenge, hold; and the count-only sealed
 * record.
 */
#ifndef WRIT_HOLD_H
#define WRIT_HOLD_H

#include "desk/gate.h"

/* hold_preserve(c, in, actor, order): puts a preservation in force with the end its clock gives (18
 * USC 2703(f), Art. 11(1) Reg. (EU) 2023/1543 ...); an order whose basis is preservation then
 * stands preserved. ERR_DENIED when the order fails its rules. */
int hold_preserve(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order) MUST_CHECK;
/* hold_extend(c, in, actor, order, until): a renewed request; each extension is recorded. */
int hold_extend(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct day until) MUST_CHECK;
/* hold_extend_by_law(c, in, actor, order): the same until the day that the law's clock gives now,
 * after the fact that the request was renewed (order.us_renewed, order.eu_extended) is entered.
 * ERR_DENIED when the law gives no later day. */
int hold_extend_by_law(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order) MUST_CHECK;
/* hold_release(c, in, actor, order, produced_by): ends it; produced_by (0: none) is the later order
 * the data were produced under. */
int hold_release(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t produced_by) MUST_CHECK;
/* hold_lift_secrecy(c, in, actor, order, number): a bar has ended by its authority's word; number
 * from 1 in the order's list. Counsel only. */
int hold_lift_secrecy(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number) MUST_CHECK;

/* hold_challenge, hold_challenge_end: contest_file and contest_end (contest_act.h) for what has no
 * court, file and dates yet. */
int hold_challenge(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str against, struct str text) MUST_CHECK;
int hold_challenge_end(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str state, struct str found) MUST_CHECK;

struct sealed_record {
	struct str kind; /* fisa_content, fisa_noncontent, directive */
	struct day day;
	int64_t selectors;
	struct str state; /* open, closed */
	/* the platform, product or service that it was on, where no such order came before for it:
	 * a name of the house's own; "" for what was there already (50 USC 1874(b)(1)(B)) */
	struct str new_service;
};
/* hold_sealed_add(c, in, actor, record): counts one FISA order or directive: no paper, no target.
 * Only a person named to the compartment who works on cases; hold_sealed_each also an auditor. */
int hold_sealed_add(struct ctx *c, struct instance *in, const struct person *actor,
    const struct sealed_record *record) MUST_CHECK;
int hold_sealed_each(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct sealed_record *r, void *arg), void *arg) MUST_CHECK;

#endif
