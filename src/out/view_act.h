/*
 * What a person may do about an order at this moment, what stands in the way of the rest, and what
 * happens next: in one place, so that no page decides it. It repeats no gate: an act that this
 * offers is asked for again by desk when it is done.
 */
#ifndef WRIT_VIEW_ACT_H
#define WRIT_VIEW_ACT_H

#include "desk/gate.h"

/* view_acts(c, in, actor, g, j): j is the order as view_matter makes it, with its items, and with
 * "examined" where somebody examined it. Sets
 *   "may": {ACT: true}, ACT as the routes below /desk/case/.../order/N/ are named: fact, judge,
 *     answer, counsel, examine, examine_pass (that
 *     it passes), decide, second, withdraw_items, correct, return, reply, call_back,
 *     time, time_answer, reject, annex3, withdraw, redirect, lapse, preserve, preserve_extend,
 * preserve_release, secrecy_lift, secrecy_source, secrecy_step,
 * notice_draft, notice_copy, notice_approve, notice_send, notice_object, notice_settle, notice_end,
 * notice_withdrawn, challenge, challenge_end, produce, deliver, acknowledge,
 *     mail, mail_confirm, mail_stop, medium_back, misdelivered, misdelivered_settle, recall,
 *     recall_answer
 *   "blocked": {ACT: why}, for what the person's role does and something else bars; a word of the
 *     catalogue, "word blocked"
 *   "next": what happens next, "word next"
 * An act in neither is not the person's, or not one for this order. */
void view_acts(struct ctx *c, const struct instance *in, const struct person *actor,
    const struct gate *g, struct json *j);

#endif
