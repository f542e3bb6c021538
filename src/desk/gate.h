/*
 * The law gate (P1, P2, P4, P6): the one place where a case meets the rule packs. gate_judge
 * gathers the facts of an order and judges them now; gate_check says whether an item, or the order,
 * may go on given what people answered. Every path to a decision, an approval or a production asks
 * here.
 */
#ifndef WRIT_GATE_H
#define WRIT_GATE_H

#include "desk/matter.h"
#include "law/judge.h"

struct gate {
	struct matter matter;
	struct legal_order order;
	struct items items;
	struct targets targets;
	struct judge_input input;
	struct judgment now; /* judged from the facts as they are */
	/* The findings of the last stored round, with the people's answers. */
	struct gate_finding *stored;
	size_t n_stored, cap_stored;
	int64_t round;
	/* Call-backs that confirmed the demand and that no later one denied: who recorded each. */
	int64_t *called_by;
	size_t n_called, cap_called;
	bool set_aside; /* a court has set the order aside (desk/contest.h) */
	/* What a court left of the order, an item a row; none where it left all. */
	struct gate_bound *bounds;
	size_t n_bounds, cap_bounds;
	int64_t alerts; /* that nobody has cleared: the sender is not trusted (desk/standing.h) */
};

struct gate_bound {
	int64_t item; /* its id */
	bool allowed;
	struct day from, to; /* DAY_NONE: as it was asked */
};

struct gate_finding {
	int64_t id, rev, item; /* item id, 0 for the order */
	struct str rule, pack, code, why, answer;
	struct str reason_ct; /* of the answer, sealed as "finding.reason"; "" without */
	int64_t answered_by;
	enum verdict verdict;
	bool verified;
};

/* gate_load(c, in, order, ret): reads the order's rows and judges. Inside or outside a step. */
int gate_load(struct ctx *c, struct instance *in, int64_t order, struct gate *ret) MUST_CHECK;
/* gate_look(c, in, m, o, ret): the same for a page, of rows that were read already and without the
 * explanations of findings; nothing is stored from it. */
int gate_look(struct ctx *c, struct instance *in, const struct matter *m,
    const struct legal_order *o, struct gate *ret) MUST_CHECK;
/* gate_clocks(c, in, matter, order, ret): the clocks alone (judge_clocks), without items, targets
 * and findings: ret->input and ret->now. For lists; what is decided asks gate_load. */
int gate_clocks(struct ctx *c, struct instance *in, const struct matter *matter,
    const struct legal_order *order, struct gate *ret) MUST_CHECK;
/* gate_store(c, s, g): writes the judgment as the next round of findings, and a secrecy for every
 * bar that applies (not one that only may apply) and has none running. Passes of rules that do not
 * grant are not stored. */
int gate_store(struct ctx *c, struct step *s, struct gate *g) MUST_CHECK;

/* gate_check_order(c, g): 0 when nothing about the whole order stands against going on: no fail,
 * every question and every "counsel decides" answered in its favour. ERR_DENIED names the rule and
 * code. */
int gate_check_order(struct ctx *c, const struct gate *g) MUST_CHECK;
/* gate_check_item(c, g, item, ret_counsel): likewise for one item, and the item must be granted;
 * *ret_counsel = the counsel who allowed a counsel-decides finding, 0 when none was due. */
int gate_check_item(
    struct ctx *c, const struct gate *g, const struct item *item, int64_t *ret_counsel) MUST_CHECK;
/* gate_check_days(c, g, item, from, to): ERR_DENIED for days of an item that a court has not left
 * of the order; DAY_NONE: from or until any. */
int gate_check_days(struct ctx *c, const struct gate *g, const struct item *item, struct day from,
    struct day to) MUST_CHECK;
/* gate_second_due(g, in, item): whether a second person must approve this item (P3). */
bool gate_second_due(const struct gate *g, const struct instance *in, const struct item *item);
/* gate_emergency(g): an emergency by its instrument, by the paper, or as a person entered it. */
bool gate_emergency(const struct gate *g);
/* gate_check_call(c, g, second): in an emergency nothing leaves before the authority was called
 * back, and `second`, who releases it, is another than the one who recorded that. 0 without an
 * emergency; ERR_DENIED. */
int gate_check_call(struct ctx *c, const struct gate *g, int64_t second) MUST_CHECK;
/* gate_check_sender(c, g): ERR_DENIED while an alert about the sender stands. */
int gate_check_sender(struct ctx *c, const struct gate *g) MUST_CHECK;
/* gate_profile(c, p, f): the provider's facts, as a profile gives them; none for NULL. */
void gate_profile(struct ctx *c, const struct profile *p, struct facts *f);

#endif
