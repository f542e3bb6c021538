/*
 * The disclosure audit: every target of a model under every way to read what was published. A way
 * is a reading of corrections (superseded: corrected rows are taken back; intersected: the
 * publisher is held to both) and a set of assumptions. A target is safe only where it is safe in
 * all of them.
 *
 * Most ways say the same. A finding is `news` where it differs from what each smaller set of
 * assumptions says already: these are told, so that a reader learns under which assumptions a
 * finding holds, and no more than once.
 */
#ifndef WRIT_AUDIT_H
#define WRIT_AUDIT_H

#include "audit/infer.h"

struct audit_finding {
	size_t target; /* PART_NO_TARGET: figures that contradict each other, with no target near */
	bool both;     /* both readings say this (view.intersected is false then) */
	bool two;      /* a corrected row is near: there are two readings */
	struct model_view view;
	bool news;
	struct infer r;
};

struct audit {
	const struct model *m;
	struct audit_finding *findings; /* by target, then reading, then assumptions */
	size_t n_findings;
	enum infer_verdict *verdicts; /* by target: the worst of all ways; SAFE < UNDECIDED < UNSAFE
					 < CONTRADICTION; TOLD where nothing is protected */
	size_t n_safe, n_not;         /* protected targets that are safe, and that are not */
	size_t n_contradictions;      /* findings without a target */
	size_t asked, followed;       /* questions to the solver, and advice that held */
};

/* audit_limits(): what a search may take before it gives up: some seconds a target. */
struct seek_limits audit_limits(void);
/* audit_run(c, m, limits, source, ret): ERR_FAIL as infer_target. source: whom to ask for advice,
 * or NULL. */
int audit_run(struct ctx *c, const struct model *m, struct seek_limits limits,
    const struct advice_source *source, struct audit *ret) MUST_CHECK;
/* audit_until(...): the same, and ends after the first target that is not safe: for who asks only
 * whether all are. */
int audit_until(struct ctx *c, const struct model *m, struct seek_limits limits,
    const struct advice_source *source, struct audit *ret) MUST_CHECK;
/* audit_safe(a): every protected target is safe in every way, and nothing contradicts itself. */
bool audit_safe(const struct audit *a);

#endif
