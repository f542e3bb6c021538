/*
 * What is done about a bar that can be reviewed at the recipient's word (18 USC 3511(b)(1); SPEC.md
 * 9.8): a notification to the Government and its application to a court, or a petition of one's
 * own, then what the court says. Steps are added and never changed; none of them ends the bar:
 * that is counsel's act alone (hold.h), and not while a court has the matter before it, for the bar
 * stays in effect then (3511(b)(1)(B)).
 *
 *   notified    the Government has received our notification: its days to apply begin
 *   applied     it has applied to a court
 *   petitioned  we have petitioned a court
 *   ordered     the court bars disclosure
 *   refused     the court does not
 *   asked       the Government was asked to look at the bar again, outside of a court
 *   kept        it has looked, and keeps the bar
 *   ended       it ends the bar: counsel lifts it
 *
 * What a court is told and says at length stands in the records of challenges (hold.h).
 */
#ifndef WRIT_BAR_STEP_H
#define WRIT_BAR_STEP_H

#include "desk/gate.h"
#include "desk/order.h"

struct bar_step_new {
	int64_t number; /* of the bar, as `matter show` lists them */
	struct str kind;
	struct day day;  /* on which it happened; not after today */
	struct str said; /* court, number, words; "" for none; kept sealed */
};

/* bar_step_add(c, in, actor, order, n): counsel. notified enters the fact of the bar's law
 * (bar_rule.reciprocal) in the same transaction, and keeps the last day that its verified clock
 * gives. ERR_DENIED: the bar's law has no such way, or the step does not follow on the last;
 * ERR_CONFLICT: the bar is lifted. */
int bar_step_add(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct bar_step_new *n) MUST_CHECK;
/* bar_step_list(c, in, secrecy, words, ret): [{"step", "day", "by", and with `words` "said"}]. */
int bar_step_list(
    struct ctx *c, struct instance *in, int64_t secrecy, bool words, struct json **ret) MUST_CHECK;
/* bar_step_may_lift(c, in, secrecy): ERR_DENIED while a court has the bar before it. */
int bar_step_may_lift(struct ctx *c, struct instance *in, int64_t secrecy) MUST_CHECK;
/* bar_step_review(c, in, g, rule, ret): the day on which the bar's law has it looked at again,
 * which can only be asked about; DAY_NONE: it says none, or the fact is missing. */
int bar_step_review(struct ctx *c, struct instance *in, const struct gate *g, struct str rule,
    struct day *ret) MUST_CHECK;

#endif
