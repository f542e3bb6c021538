/*
 * What people decide about an order: answers to findings, the examination of the basis, a decision
 * for each item, the second person, the refusal (P1-P4). No function here decides by itself: each
 * takes a person and a reason.
 */
#ifndef WRIT_REVIEW_H
#define WRIT_REVIEW_H

#include "desk/gate.h"

/* review_answer(c, in, actor, order, finding, answer, reason): `accept` or `deny` a question of an
 * unverified rule (reviewer or counsel); `allow` or `deny` where counsel decides (counsel only). A
 * question of verified law is answered by facts (order_fact). ERR_DENIED otherwise. finding is the
 * number in the list of the current round, from 1. */
int review_answer(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t finding, struct str answer,
    struct str reason) MUST_CHECK;

/* review_basis(c, in, actor, order, passed, reason): a person has examined the basis. It passes
 * only when gate_check_order does; a failing examination needs no gate. */
int review_basis(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, bool passed, struct str reason) MUST_CHECK;

/* review_word(c, word, ret): produce, narrow or withhold, as people say a decision. ERR_INVALID. */
int review_word(struct ctx *c, struct str word, enum item_state *ret) MUST_CHECK;
struct review_verdict {
	enum item_state to;      /* ITEM_PRODUCE, ITEM_NARROW, ITEM_WITHHOLD */
	struct day from, to_day; /* the narrowed period, inside the one asked for */
	struct str code;         /* refusal code; needed to narrow or withhold */
	struct str reason;
	bool mask; /* other people's identifiers are masked in what leaves; not of content */
};
/* review_decide(c, in, actor, order, item, verdict): decides one item (numbers from 1). Producing
 * needs a passed examination of this round and an item that the gate lets through. When the last
 * item is decided and every second person has approved, the order stands approved (something is
 * granted) or waits for a refusal by a person. */
int review_decide(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t item, const struct review_verdict *verdict) MUST_CHECK;
/* review_second(c, in, actor, order, item): the second person approves what another has decided;
 * for content, emergencies, national security and many targets. ERR_DENIED for the same person. */
int review_second(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t item) MUST_CHECK;
/* review_reject(c, in, actor, order, code, reason): refuses the whole order. Not for an EPOC, which
 * is answered by Annex III (review_annex3). */
int review_reject(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str code, struct str reason) MUST_CHECK;
/* review_annex3(c, in, actor, order, code, reason): answers an EPOC or EPOC-PR by the Annex III
 * form and keeps the data preserved (Reg. (EU) 2023/1543 Art. 10(5)-(9), 11(4)-(7)). */
int review_annex3(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str code, struct str reason) MUST_CHECK;

#endif
