/* Clocks (SPEC.md 1.4): from one rule and the facts to instants. `struct clock` is in judge.h. */
#ifndef WRIT_CLOCK_P_H
#define WRIT_CLOCK_P_H

#include "law/cond_p.h"
#include "law/judge.h"

/* clock_start(c, law, in, view, rule, ret): false when the clock does not run. A clock whose `when`
 * or whose start is not known comes out as unknown, naming the missing facts. */
bool clock_start(struct ctx *c, const struct law *law, const struct judge_input *in,
    const struct cond_view *v, const struct clock_rule *rule, struct clock *ret);
/* clock_unconfirmed(clock, now): a confirm clock that ran out before anybody confirmed. */
bool clock_unconfirmed(const struct clock *clock, struct instant now);
/* clock_gates(clock): production depends on it: a verified confirm clock or earliest instant. */
bool clock_gates(const struct clock_rule *rule);

#endif
