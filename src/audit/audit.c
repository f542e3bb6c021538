#include "audit/audit.h"

#include "base/mem.h"

enum { SETS = 1 << MODEL_ASSUMPTIONS };

struct seek_limits audit_limits(void)
{
	return (struct seek_limits){.cases = 20000,
	    .steps = 400000,
	    .total = 400000,
	    .work = 100000000,
	    .work_total = 400000000};
}

struct run {
	struct ctx *c;
	struct seek *s;
	const struct model *m;
	struct audit *a;
	size_t cap;
	bool *near;                 /* by unknown: stands in the sum of a target */
	struct part *whole, *piece; /* room */
	size_t *seen[2], n_seen;    /* by row: in which round it was seen last */
};

static struct audit_finding *put(struct run *run, struct audit_finding f)
{
	struct audit *a = run->a;

	a->findings = mem_grow(run->c, a->findings, a->n_findings, &run->cap, sizeof *a->findings);
	a->findings[a->n_findings] = f;
	return &a->findings[a->n_findings++];
}

static bool same(const struct infer *a, const struct infer *b)
{
	return a->verdict == b->verdict &&
	       (a->verdict == INFER_CONTRADICTION ||
		   (a->lo == b->lo && a->hi == b->hi && a->missing == b->missing));
}

/* The same as without one of its assumptions. */
static bool said_by_less(const struct infer *all, unsigned set)
{
	for (unsigned bit = 1; bit <= set; bit <<= 1)
		if ((set & bit) != 0 && same(&all[set], &all[set & ~bit]))
			return true;
	return false;
}

static int rank(enum infer_verdict v)
{
	switch (v) {
	case INFER_TOLD:
		return 0;
	case INFER_SAFE:
		return 1;
	case INFER_UNDECIDED:
		return 2;
	case INFER_UNSAFE:
		return 3;
	case INFER_CONTRADICTION:
		return 4;
	}
	return 4;
}

/* ---- targets ---- */

static int all_sets(
    struct run *run, size_t target, unsigned mask, bool intersected, struct infer *ret)
{
	int rc = 0;

	for (unsigned set = 0; rc == 0 && set < SETS; set++)
		if ((set & ~mask) == 0)
			rc = infer_target(run->c, run->s, run->m,
			    (struct model_view){intersected, set}, target, &ret[set]);
	return rc;
}

static int one_target(struct run *run, size_t target)
{
	struct ctx *c = run->c;
	const struct model_view full = {true, SETS - 1};
	const struct part *part = run->whole;
	struct infer *once = mem_array(c, SETS, sizeof *once);
	struct infer *twice = mem_array(c, SETS, sizeof *twice);
	enum infer_verdict *worst = &run->a->verdicts[target];
	int rc;

	part_fill_target(run->whole, full, target);
	rc = all_sets(run, target, part->assume, false, once);
	if (rc == 0 && part->superseded)
		rc = all_sets(run, target, part->assume, true, twice);
	*worst = run->m->targets[target].has_permitted ? INFER_SAFE : INFER_TOLD;
	for (int reading = 0; rc == 0 && reading < (part->superseded ? 2 : 1); reading++)
		for (unsigned set = 0; set < SETS; set++) {
			struct infer *r = reading == 0 ? &once[set] : &twice[set];
			struct audit_finding f = {target,
			    !part->superseded || same(&once[set], &twice[set]), part->superseded,
			    {reading == 1, set}, false, *r};

			if ((set & ~part->assume) != 0 || (reading == 1 && f.both))
				continue;
			f.news = !said_by_less(reading == 0 ? once : twice, set);
			(void)put(run, f);
			if (rank(r->verdict) > rank(*worst))
				*worst = r->verdict;
		}
	return rc;
}

/* ---- what no target is near to: can it be true at all? ---- */

/* What is known exactly at the part's edge is near a target only where nothing else is there. */
static bool near_target(const struct run *run, const struct part *p)
{
	for (size_t i = 0; i < p->n_vars; i++)
		if (run->near[p->vars[i]] && (!p->edge[p->vars[i]] || p->n_vars == 1))
			return true;
	return false;
}

/* Every piece into which this part falls under a view. */
static int pieces(struct run *run, const struct part *whole, struct model_view view,
    struct infer *ret, bool *found)
{
	size_t *seen = run->seen[1], mine = ++run->n_seen;
	struct part *p = run->piece;
	int rc = 0;

	*found = false;
	for (size_t i = 0; rc == 0 && i < whole->n_rows && !*found; i++) {
		size_t row = whole->rows[i].number;

		if (seen[row] == mine || !model_in_view(&run->m->rows[row], view))
			continue;
		part_fill_row(p, view, row);
		for (size_t k = 0; k < p->n_rows; k++)
			seen[p->rows[k].number] = mine;
		if (near_target(run, p))
			continue;
		rc = infer_part(run->c, run->s, p, ret);
		*found = ret->verdict == INFER_CONTRADICTION || ret->verdict == INFER_UNDECIDED;
	}
	return rc;
}

static bool less_found(const bool *found, unsigned set)
{
	for (unsigned bit = 1; bit <= set; bit <<= 1)
		if ((set & bit) != 0 && found[set & ~bit])
			return true;
	return false;
}

static int one_part(struct run *run, const struct part *whole)
{
	bool found[2][SETS] = {{false}};
	int rc = 0;

	for (int reading = 0; rc == 0 && reading < (whole->superseded ? 2 : 1); reading++)
		for (unsigned set = 0; rc == 0 && set < SETS; set++) {
			struct audit_finding f = {PART_NO_TARGET, reading == 0, whole->superseded,
			    {reading == 1, set}, true, {0}};

			if ((set & ~whole->assume) != 0)
				continue;
			rc = pieces(run, whole, f.view, &f.r, &found[reading][set]);
			if (rc != 0 || !found[reading][set] || less_found(found[reading], set) ||
			    (reading == 1 && found[0][set]))
				continue;
			(void)put(run, f);
			run->a->n_contradictions++;
		}
	return rc;
}

static int all_parts(struct run *run)
{
	const struct model *m = run->m;
	size_t *seen = run->seen[0], mine = ++run->n_seen;
	struct part *p = run->whole;
	int rc = 0;

	for (size_t r = 0; rc == 0 && r < m->n_rows; r++) {
		if (seen[r] == mine)
			continue;
		part_fill_row(p, (struct model_view){true, SETS - 1}, r);
		for (size_t k = 0; k < p->n_rows; k++)
			seen[p->rows[k].number] = mine;
		rc = one_part(run, p);
	}
	return rc;
}

static int run_all(struct ctx *c, const struct model *m, struct seek_limits limits,
    const struct advice_source *source, bool hasty, struct audit *ret)
{
	struct audit a = {.m = m};
	struct run run = {.c = c, .s = seek_make(c, m, limits, source), .m = m, .a = &a};
	int rc = 0;

	run.whole = part_make(c, m);
	run.piece = part_make(c, m);
	run.seen[0] = mem_array(c, m->n_rows, sizeof *run.seen[0]);
	run.seen[1] = mem_array(c, m->n_rows, sizeof *run.seen[1]);
	a.verdicts = mem_array(c, m->n_targets, sizeof *a.verdicts);
	run.near = mem_array(c, m->n_unknowns, sizeof *run.near);
	for (size_t t = 0; t < m->n_targets; t++)
		for (size_t i = 0; i < m->targets[t].sum.n; i++)
			run.near[m->targets[t].sum.v[i].unknown] = true;
	for (size_t t = 0; rc == 0 && t < m->n_targets && !(hasty && a.n_not > 0); t++) {
		rc = one_target(&run, t);
		a.n_safe += a.verdicts[t] == INFER_SAFE;
		a.n_not += rank(a.verdicts[t]) > rank(INFER_SAFE);
	}
	if (rc == 0 && !(hasty && a.n_not > 0))
		rc = all_parts(&run);
	a.asked = run.s->asked;
	a.followed = run.s->followed;
	if (rc == 0)
		*ret = a;
	return rc;
}

int audit_run(struct ctx *c, const struct model *m, struct seek_limits limits,
    const struct advice_source *source, struct audit *ret)
{
	return run_all(c, m, limits, source, false, ret);
}

int audit_until(struct ctx *c, const struct model *m, struct seek_limits limits,
    const struct advice_source *source, struct audit *ret)
{
	return run_all(c, m, limits, source, true, ret);
}

bool audit_safe(const struct audit *a)
{
	return a->n_not == 0 && a->n_contradictions == 0;
}
