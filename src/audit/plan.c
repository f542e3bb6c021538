#include "audit/plan.h"

#include "audit/num_p.h"
#include "base/mem.h"

enum { FAILED = 512, ROUNDS = 400, SMALL_ROWS = 1000, SMALL_STEPS = 40000 };

/* One way to choose for every figure. */
struct way {
	int64_t cost;
	size_t n_changed;
	unsigned char
	    act[PLAN_EACH]; /* 1 + place among the figure's acts; from MERGED on: merging */
};

struct search {
	struct ctx *c;
	struct plan *p;
	const struct advice_source *source;
	struct seek_limits limits;
	bool *blamed;    /* by figure: it stands among the reasons of the last audit that failed */
	size_t **failed; /* ways that were not safe: their choices */
	size_t n_failed;
	struct ids by_id;
};

/* ---- one audit of a changed model ---- */

static void blame(struct search *s, const struct model *m, const struct infer_why *why)
{
	size_t figure;

	for (size_t i = 0; i < why->n_rows; i++)
		if (ids_find(&s->by_id, m->rows[why->rows[i]].head.id, &figure))
			s->blamed[figure] = true;
}

static int try_out(struct search *s, const size_t *chosen, bool *safe)
{
	struct mem_mark mark = mem_mark(s->c);
	const struct model *m = plan_apply(s->c, s->p, chosen);
	struct audit a;
	int rc = audit_until(s->c, m, s->limits, s->source, &a);

	s->p->audits++;
	memset(s->blamed, 0, s->p->n_figures * sizeof *s->blamed);
	*safe = rc == 0 && audit_safe(&a);
	for (size_t i = 0; rc == 0 && i < a.n_findings; i++) {
		const struct infer *r = &a.findings[i].r;

		if (r->verdict == INFER_SAFE || r->verdict == INFER_TOLD)
			continue;
		blame(s, m, &r->below);
		blame(s, m, &r->above);
		blame(s, m, &r->none);
	}
	mem_reset(s->c, mark);
	return rc;
}

/* ---- what tells less ---- */

/* With `a` a reader is told no more than with `b`, figure by figure: where `a` was not safe, `b` is
 * not either. 0: as it is. */
static bool tells_no_more(const struct plan *p, size_t a, size_t b)
{
	const struct plan_act *x = a == 0 ? NULL : &p->acts[a - 1];
	const struct plan_act *y = b == 0 ? NULL : &p->acts[b - 1];

	if (a == b)
		return true;
	if (x == NULL)
		return false;
	if (y == NULL || x->kind == PLAN_OUT)
		return true;
	if (y->kind == PLAN_OUT || x->kind == PLAN_MERGED || y->kind == PLAN_MERGED)
		return false;
	return x->lo <= y->lo && x->hi >= y->hi;
}

static bool fails_too(const struct search *s, const size_t *chosen)
{
	for (size_t i = 0; i < s->n_failed; i++) {
		size_t f = 0;

		while (f < s->p->n_figures && tells_no_more(s->p, s->failed[i][f], chosen[f]))
			f++;
		if (f == s->p->n_figures)
			return true;
	}
	return false;
}

static void note_failed(struct search *s, const size_t *chosen)
{
	if (s->n_failed == FAILED)
		return;
	memcpy(s->failed[s->n_failed++], chosen, s->p->n_figures * sizeof *chosen);
}

/* Safe, unless what failed before says that it cannot be. */
static int try_new(struct search *s, const size_t *chosen, bool *safe)
{
	int rc = 0;

	*safe = false;
	if (fails_too(s, chosen))
		return 0;
	rc = try_out(s, chosen, safe);
	if (rc == 0 && !*safe)
		note_failed(s, chosen);
	return rc;
}

/* ---- a set without anything to spare ---- */

static size_t out_of(const struct plan *p, size_t figure)
{
	return p->figures[figure].first + p->figures[figure].n_acts;
}

static void all_out(const struct plan *p, size_t *chosen)
{
	for (size_t f = 0; f < p->n_figures; f++)
		chosen[f] = out_of(p, f);
}

/* From nothing on: what stands among the reasons is left out, the cheapest first, until it is safe.
 * Where no reason is told, all is left out. */
static int leave_out(struct search *s, size_t *chosen)
{
	const struct plan *p = s->p;
	bool safe = false;
	int rc = 0;

	memset(chosen, 0, p->n_figures * sizeof *chosen);
	for (size_t round = 0; rc == 0 && !safe && round < ROUNDS; round++) {
		size_t best = p->n_figures;

		rc = try_out(s, chosen, &safe);
		for (size_t f = 0; f < p->n_figures; f++)
			if (s->blamed[f] && chosen[f] == 0 &&
			    (best == p->n_figures ||
				p->acts[out_of(p, f) - 1].cost < p->acts[out_of(p, best) - 1].cost))
				best = f;
		if (best == p->n_figures)
			break;
		if (!safe)
			chosen[best] = out_of(p, best);
	}
	if (!safe)
		all_out(p, chosen);
	return rc;
}

/* The mildest act of one figure with which it stays safe. */
static int milder(struct search *s, size_t figure, size_t *chosen, bool *changed)
{
	const struct plan_figure *f = &s->p->figures[figure];
	size_t was = chosen[figure];
	bool safe = false;
	int rc = 0;

	for (size_t i = 0; rc == 0 && !safe && i <= f->n_acts; i++) {
		chosen[figure] = i == 0 ? 0 : f->first + i;
		if (chosen[figure] == was ||
		    (i > 0 && s->p->acts[chosen[figure] - 1].cost > s->p->acts[was - 1].cost))
			break;
		rc = try_new(s, chosen, &safe);
	}
	if (!safe)
		chosen[figure] = was;
	*changed = *changed || safe;
	return rc;
}

static int cut_down(struct search *s, size_t *chosen)
{
	bool changed = true;
	int rc = 0;

	while (rc == 0 && changed) {
		changed = false;
		for (size_t f = s->p->n_figures; rc == 0 && f-- > 0;)
			if (chosen[f] != 0)
				rc = milder(s, f, chosen, &changed);
	}
	return rc;
}

/* ---- every combination that costs less ---- */

struct list {
	struct way *v;
	size_t n;
	size_t chosen[PLAN_EACH];
};

static void keep_way(const struct plan *p, struct list *l, int64_t below)
{
	struct way w = {.cost = plan_cost(p, l->chosen)};

	for (size_t f = 0; f < p->n_figures; f++) {
		w.n_changed += l->chosen[f] != 0;
		w.act[f] = (unsigned char)l->chosen[f];
	}
	if (w.cost < below)
		l->v[l->n++] = w;
}

/* All choices for the figures from this one on; a merging act is chosen for both at the first. */
static void combine(const struct plan *p, struct list *l, size_t figure, int64_t below)
{
	const struct plan_figure *f = &p->figures[figure];

	if (figure == p->n_figures) {
		keep_way(p, l, below);
		return;
	}
	if (l->chosen[figure] != 0) { /* merged into one before */
		combine(p, l, figure + 1, below);
		return;
	}
	combine(p, l, figure + 1, below);
	for (size_t i = 1; i <= f->n_acts; i++) {
		l->chosen[figure] = f->first + i;
		combine(p, l, figure + 1, below);
	}
	for (size_t a = p->n_own; a < p->n_acts; a++) {
		if (p->acts[a].figure != figure || l->chosen[p->acts[a].other] != 0)
			continue;
		l->chosen[figure] = l->chosen[p->acts[a].other] = a + 1;
		combine(p, l, figure + 1, below);
		l->chosen[p->acts[a].other] = 0;
	}
	l->chosen[figure] = 0;
}

/* No more combinations than these; 0 when there are too many to go through. */
static size_t count_ways(const struct plan *p)
{
	size_t n = 1;

	if (p->n_figures > PLAN_EACH || p->n_acts > 255)
		return 0;
	for (size_t f = 0; f < p->n_figures; f++) {
		size_t merging = 0;

		for (size_t a = p->n_own; a < p->n_acts; a++)
			merging += p->acts[a].figure == f;
		n *= 1 + p->figures[f].n_acts + merging;
		if (n > PLAN_WAYS)
			return 0;
	}
	return n;
}

/* By cost; then fewer changes; then what stands later in the file is changed. */
static int by_cost(const void *a, const void *b)
{
	const struct way *x = a, *y = b;

	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	if (x->n_changed != y->n_changed)
		return x->n_changed < y->n_changed ? -1 : 1;
	return memcmp(x->act, y->act, sizeof x->act);
}

static int least_of_all(struct search *s)
{
	struct plan *p = s->p;
	struct list *l = mem_alloc(s->c, sizeof *l);
	size_t n = count_ways(p), *chosen = mem_array(s->c, p->n_figures, sizeof *chosen);
	bool safe = false;
	int rc = 0;

	if (n == 0)
		return 0;
	l->v = mem_array(s->c, n, sizeof *l->v);
	combine(p, l, 0, p->cost);
	qsort(l->v, l->n, sizeof *l->v, by_cost);
	for (size_t i = 0; rc == 0 && !safe && i < l->n; i++) {
		if (p->audits > PLAN_AUDITS)
			return 0;
		for (size_t f = 0; f < p->n_figures; f++)
			chosen[f] = l->v[i].act[f];
		rc = try_new(s, chosen, &safe);
	}
	if (safe) {
		p->chosen = chosen;
		p->cost = plan_cost(p, chosen);
	}
	p->least = true;
	return rc;
}

/* ---- from outside ---- */

static struct search start(struct ctx *c, struct plan *p, const struct advice_source *source)
{
	struct search s = {.c = c, .p = p, .source = source, .limits = audit_limits()};

	/* room for steps is made for each audit anew */
	if (p->m->n_rows < SMALL_ROWS)
		s.limits.steps = SMALL_STEPS;
	s.blamed = mem_array(c, p->n_figures, sizeof *s.blamed);
	s.failed = mem_array(c, FAILED, sizeof *s.failed);
	for (size_t i = 0; i < FAILED; i++)
		s.failed[i] = mem_array(c, p->n_figures, sizeof **s.failed);
	for (size_t f = 0; f < p->n_figures; f++)
		ids_put(c, &s.by_id, p->m->rows[p->figures[f].row].head.id, f);
	return s;
}

static int search(struct search *s)
{
	struct plan *p = s->p;
	bool safe;
	int rc;

	all_out(p, p->chosen);
	rc = try_out(s, p->chosen, &safe);
	if (rc != 0 || !safe)
		return rc;
	rc = leave_out(s, p->chosen);
	if (rc == 0)
		rc = cut_down(s, p->chosen);
	if (rc != 0)
		return rc;
	p->cost = plan_cost(p, p->chosen);
	p->found = true;
	return least_of_all(s);
}

int plan_make(
    struct ctx *c, const struct model *m, const struct advice_source *source, struct plan *ret)
{
	struct plan p;
	struct search s;
	int rc = plan_options(c, m, &p);

	if (rc == 0)
		rc = audit_run(c, m, audit_limits(), source, &p.before);
	if (rc != 0)
		return rc;
	p.needed = !audit_safe(&p.before);
	p.chosen = mem_array(c, p.n_figures, sizeof *p.chosen);
	if (p.needed && p.n_figures > 0) {
		s = start(c, &p, source);
		rc = search(&s);
	}
	if (rc == 0 && p.needed) { /* what is trusted is this audit and nothing before it */
		if (!p.found && p.n_figures > 0)
			all_out(&p, p.chosen);
		p.changed = plan_apply(c, &p, p.chosen);
		rc = audit_run(c, p.changed, audit_limits(), source, &p.after);
		p.found = p.found && rc == 0 && audit_safe(&p.after);
	}
	if (rc == 0)
		*ret = p;
	return rc;
}
