/*
 * What to change so that an audit comes out safe: the cheapest set of changes to figures that may
 * be changed (those with a cost in the file). Each change tells a reader less than the figure did:
 *
 *   band    an exact figure is told as a band of some width, whose edges are multiples of it
 *   wider   a band becomes a wider one that the law permits as well (named in the file)
 *   merged  two exact figures of one publication become their sum
 *   known   an exact figure is told as the range that a reader knows without it: what the other
 *           figures and the permitted ranges leave
 *   out     a figure is left out
 *
 * Nothing is chosen by a hidden number, for none is in the file: by permitted ranges, published
 * figures, cost, and the order in the file where costs are equal. Only the audit of the changed
 * figures, all of it, makes a proposal one. Fewer words never make a safe number unsafe, so when
 * nothing is safe with every changeable figure left out, nothing helps.
 *
 * Few figures: every combination that could cost less was judged (`least`). Many: no single change
 * of the set can be spared or made milder, but another set may be cheaper.
 */
#ifndef WRIT_PLAN_H
#define WRIT_PLAN_H

#include "audit/audit.h"

enum plan_kind { PLAN_BAND, PLAN_WIDER, PLAN_MERGED, PLAN_KNOWN, PLAN_OUT };

enum {
	PLAN_FIGURES = 2000, /* changeable ones */
	PLAN_EACH = 12,      /* figures, so that every combination is judged */
	PLAN_WAYS = 65536,   /* and combinations of them */
	PLAN_AUDITS = 4000   /* audits before every combination is given up */
};

struct plan_act {
	enum plan_kind kind;
	size_t figure, other; /* other: PLAN_MERGED only, and it comes later in the file */
	int64_t lo, hi;       /* PLAN_BAND, PLAN_WIDER, PLAN_KNOWN */
	int64_t cost;         /* in eighths of what leaving out costs */
};

/* A figure that may be changed: one row of the file, which is two of the model for a percentage. */
struct plan_figure {
	size_t row;           /* the first of them, in the model */
	size_t first, n_acts; /* its acts in plan.acts, the cheapest first; not the merging ones */
};

struct plan {
	const struct model *m;
	struct plan_figure *figures;
	struct plan_act *acts; /* of each figure, and those that merge after all of these */
	size_t n_figures, n_acts, n_own;
	size_t *figure_of; /* by row of the model: its figure + 1, or 0 */
	/* what came out */
	bool needed; /* the file is not safe as it is */
	bool found;  /* and is with `chosen` */
	bool least;
	size_t *chosen; /* by figure: its act + 1, or 0: as it is */
	int64_t cost;
	size_t audits; /* audits of changed figures */
	const struct model *changed;
	struct audit before, after;
};

/* plan_options(c, m, ret): the figures and what can be done with each; nothing is judged. ERR_LIMIT
 * above PLAN_FIGURES. */
int plan_options(struct ctx *c, const struct model *m, struct plan *ret) MUST_CHECK;
/* plan_apply(c, p, chosen): the model with these changes. */
const struct model *plan_apply(struct ctx *c, const struct plan *p, const size_t *chosen);
/* plan_cost(p, chosen): a merging act counts once. */
int64_t plan_cost(const struct plan *p, const size_t *chosen);
/* plan_make(c, m, source, ret): as audit_run. */
int plan_make(struct ctx *c, const struct model *m, const struct advice_source *source,
    struct plan *ret) MUST_CHECK;

#endif
