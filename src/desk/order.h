/*
 * What happens to an order beside its examination: facts entered or corrected, questions to the
 * authority and its answers, withdrawal in whole or part, redirection to the customer, lapse,
 * corrected identifiers.
 *
 * Whatever changes the facts opens the examination again: the order goes back to review, decisions
 * that granted something end, and nothing can be produced on the old ones.
 */
#ifndef WRIT_ORDER_H
#define WRIT_ORDER_H

#include "desk/matter.h"

/* order_fact(c, in, actor, order, name, value): enters one fact (intake, reviewer, counsel). An
 * empty value takes it away. ERR_INVALID for a fact or value that is not in the vocabulary, and for
 * facts that the program itself knows (authority.*, provider.*, demand.*). */
int order_fact(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str name, struct str value) MUST_CHECK;
/* order_judge(c, in, actor, order): judges again, for packs that changed or time that passed. */
int order_judge(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order) MUST_CHECK;
/* order_judge_matter(c, s, in, matter): inside a running step, judges again every order of the
 * matter that is in review, because something all of them rest on has changed. */
int order_judge_matter(
    struct ctx *c, struct step *s, struct instance *in, int64_t matter) MUST_CHECK;
/* order_look_again(c, s, in, order): inside a running step on its case: judges one order again and
 * puts it back into review, because what it rests on has changed. */
int order_look_again(struct ctx *c, struct step *s, struct instance *in, int64_t order) MUST_CHECK;
/* order_return(c, in, actor, order, question): asks the authority; clocks that know the reason
 * "clarification" pause. order_answer: what it said; the pause ends. */
int order_return(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str question) MUST_CHECK;
int order_answer(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str answer) MUST_CHECK;
/* order_note(c, in, actor, order, text): what a person wants to stand beside the order; it goes to
 * nobody outside. */
int order_note(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str text) MUST_CHECK;
/* order_withdraw(c, in, actor, order, because): the authority takes it back; `because` is one of:
 * authority, notice, settled, other. */
int order_withdraw(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str because) MUST_CHECK;
/* order_end_withdrawn(c, s, in, order): inside the step that opens it: taken back while it waited
 * in triage. */
int order_end_withdrawn(
    struct ctx *c, struct step *s, struct instance *in, int64_t order) MUST_CHECK;
/* order_withdraw_item: takes one item back. */
int order_withdraw_item(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t item) MUST_CHECK;
/* order_end_redirected(c, s, in, actor, order, reason): inside the step of desk/redirect.h. */
int order_end_redirected(struct ctx *c, struct step *s, struct instance *in,
    const struct person *actor, int64_t order, struct str reason) MUST_CHECK;
/* order_lapse(c, in, actor, order, code): never confirmed (not_confirmed) or out of time (expired).
 */
int order_lapse(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str code) MUST_CHECK;
/* order_correct(c, in, actor, order, item, kind, printed): a slip in an identifier, corrected by
 * the officer; the item is examined again. An identifier the order does not name needs an amended
 * order. */
int order_correct(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t item, struct str kind, struct str printed) MUST_CHECK;

/* What the officer who sent the order says by the portal, where the desk's functions above are for
 * people who record it. Only desk/exchange.h calls these: it has asked whether the officer may see
 * the order. Errors as above. */
int order_sent_answer(struct ctx *c, struct instance *in, const struct person *officer,
    const struct legal_order *order, struct str text) MUST_CHECK;
int order_sent_withdrawal(struct ctx *c, struct instance *in, const struct person *officer,
    const struct legal_order *order, struct str because) MUST_CHECK;
int order_sent_item(struct ctx *c, struct instance *in, const struct person *officer,
    const struct legal_order *order, int64_t item) MUST_CHECK;
int order_sent_correction(struct ctx *c, struct instance *in, const struct person *officer,
    const struct legal_order *order, int64_t item, struct str kind, struct str printed) MUST_CHECK;

#endif
