/*
 * What a reader can tell about one target under one view.
 *
 * SAFE says that every number of the permitted range is the target's value in some solution: each
 * was written down and put into every row (recheck.h). UNSAFE says that at least one of them cannot
 * be, with a proof that recheck.h has followed. A search that meets its limit is UNDECIDED, which
 * is to be treated as unsafe. Possible, not probable: nothing is said about which value is likely.
 */
#ifndef WRIT_INFER_H
#define WRIT_INFER_H

#include "audit/seek.h"

enum infer_verdict {
	INFER_SAFE,
	INFER_UNSAFE,
	INFER_UNDECIDED,
	INFER_CONTRADICTION, /* no solution at all: the rows contradict each other */
	INFER_TOLD           /* the target has no permitted range: lo and hi are told */
};

/* Why something cannot be: the rows that suffice, and the steps where no cases had to be tried. */
struct infer_why {
	size_t *rows, n_rows; /* numbers of the model, none of them to spare where `least` is set */
	bool least;
	const struct spread_step *steps; /* tightenings that lead to it, in order; none: by cases */
	size_t n_steps;
	size_t cases; /* how many were tried */
};

struct infer {
	enum infer_verdict verdict;
	int64_t lo, hi;        /* no solution lies outside */
	bool lo_sure, hi_sure; /* and one lies at this edge */
	bool lo_open, hi_open; /* no row sets this edge, only the declared bounds do */
	int64_t missing;       /* values of the permitted range that cannot be */
	bool missing_sure;     /* false: at least so many */
	bool has_hole;         /* the first value between lo and hi that cannot be */
	int64_t hole;
	struct infer_why below, above, none; /* why not below lo, not above hi; not the hole, or
						(CONTRADICTION) not at all */
	int64_t checked, moved;              /* solutions written down; of them by a small move */
	unsigned assume;                     /* assumptions that the part's rows hang on */
	bool superseded;                     /* a row of the part was corrected */
};

/* infer_target(c, s, m, view, target, ret): ERR_FAIL only when a proof or a solution does not pass
 * recheck.h, which a bug alone can bring about. */
int infer_target(struct ctx *c, struct seek *s, const struct model *m, struct model_view view,
    size_t target, struct infer *ret) MUST_CHECK;
/* infer_part(c, s, part, ret): whether a part without a target has a solution: verdict
 * INFER_CONTRADICTION with `none`, INFER_UNDECIDED, or INFER_TOLD. */
int infer_part(struct ctx *c, struct seek *s, struct part *part, struct infer *ret) MUST_CHECK;

#endif
