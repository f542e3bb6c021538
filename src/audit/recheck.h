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

/* What checks solutions of one part after the other; it reads the model's rows with an index of its
 * own. recheck_make(c, m): room for it. The model does not change afterwards. */
struct recheck;
struct recheck *recheck_make(struct ctx *c, const struct model *m);
/* recheck_open(r, view, vars, n): from now on, solutions for these unknowns. A row that names some
 * of them and others, too, is another part's when those of them it names are said exactly by rows
 * of this view (for then it says nothing about these); else no solution holds, for the part is not
 * whole. */
void recheck_open(struct recheck *r, struct model_view view, const size_t *vars, size_t n);
/* recheck_holds(r, target, x, value): x by number has a count for each unknown of the part that is
 * not said exactly, in its declared bounds (what is said exactly is not read). Every row of the
 * part holds; the target's sum is value (target PART_NO_TARGET: no target). */
bool recheck_holds(const struct recheck *r, size_t target, const int64_t *x, int64_t value);
/* recheck_solution(c, m, view, target, x, value): the same once; x is -1 for what lies in another
 * part. */
bool recheck_solution(struct ctx *c, const struct model *m, struct model_view view, size_t target,
    const int64_t *x, int64_t value) MUST_CHECK;
/* recheck_proof(c, m, view, target, region, log, n): there is no solution under this view with
 * region[0] <= value <= region[1]; without a target none at all. An empty log proves a region
 * beyond what the declared bounds allow. False as well when the log goes on after its end. */
bool recheck_proof(struct ctx *c, const struct model *m, struct model_view view, size_t target,
    const int64_t region[2], const struct spread_step *log, size_t n);

#endif
