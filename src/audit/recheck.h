/*
 * The small program that everything the audit says has to pass. It shares no code with the search:
 * it reads the model's own rows, and does its own arithmetic in 128 bits.
 *
 * A solution is checked by putting it into every row. A proof that there is none in a region is
 * followed step by step: a step that claims "unknown <= b because of this row" is believed only
 * when the row cannot hold with unknown >= b + 1 and what was shown before.
 */
#ifndef WRIT_RECHECK_H
#define WRIT_RECHECK_H

#include "audit/spread.h"

/* recheck_solution(m, view, target, x, value): x has a count for each unknown, or -1 for one that
 * lies in another part. Every row of the view that has one of them has all of them and holds; each
 * count lies in its declared bounds; the target's sum is value (target PART_NO_TARGET: no target).
 */
bool recheck_solution(
    const struct model *m, struct model_view view, size_t target, const int64_t *x, int64_t value);
/* recheck_proof(c, m, view, target, region, log, n): there is no solution under this view with
 * region[0] <= value <= region[1]; without a target none at all. An empty log proves a region
 * beyond what the declared bounds allow. False as well when the log goes on after its end. */
bool recheck_proof(struct ctx *c, const struct model *m, struct model_view view, size_t target,
    const int64_t region[2], const struct spread_step *log, size_t n);

#endif
