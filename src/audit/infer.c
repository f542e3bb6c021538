#include "audit/infer.h"

#include "audit/num_p.h"
#include "audit/why.h"
#include "base/mem.h"

/* LARGE: from so many open unknowns on, neighbours are looked for before edges. */
enum { OUTER_MOVES = 200000, LARGE = 100, WALK = 2 * MODEL_WIDTH };

/* One question about one target. */
struct ask {
	struct ctx *c;
	struct seek *s;
	const struct model *m;
	struct model_view view;
	size_t target;
	struct part *part;
	int64_t *x; /* the last solution */
	struct infer *r;
};

static int bug(struct ask *a)
{
	return err_set(a->c, ERR_FAIL,
	    "a solution of the audit does not hold when it is checked again: this is a bug");
}

/* Takes the solution that was found last, after checking it. *ret: the target's value. */
static int take(struct ask *a, int64_t *ret)
{
	const struct spread *sp = a->s->spread;
	int64_t value = a->part->value == PART_NO_TARGET ? 0 : sp->lo[a->part->value];

	for (size_t i = 0; i < a->part->n_vars; i++)
		a->x[a->part->vars[i]] = sp->lo[a->part->vars[i]];
	if (!seek_holds(a->s, a->part, a->x, value))
		return bug(a);
	a->s->x_serial = a->part == a->s->part ? a->part->serial : 0;
	a->r->checked++;
	*ret = value;
	return 0;
}

/* ---- from one value to the next by a small move ---- */

static int64_t value_of(const struct ask *a)
{
	const struct model_sum *sum = &a->m->targets[a->target].sum;
	int64_t value = 0;

	for (size_t i = 0; i < sum->n; i++)
		value = num_add(value, num_mul(sum->v[i].times, a->x[sum->v[i].unknown]));
	return value;
}

/* One value further, if a move leads there; counted when `count`. */
static bool step(struct ask *a, int64_t by, int64_t value, bool count, int *rc)
{
	if (!move_to(a->s->step, a->x, by))
		return false;
	if (!seek_holds(a->s, a->part, a->x, value)) {
		*rc = bug(a);
		return false;
	}
	a->r->checked += count;
	a->r->moved += count;
	return true;
}

/* From the present solution by moves to one value after the other, as far as `to`. */
static bool walk(struct ask *a, int64_t to, bool count, int *rc)
{
	int64_t value = value_of(a), by = to < value ? -1 : 1;

	if (num_abs(num_sub(to, value)) > WALK)
		return false;
	move_start(a->s->step, a->x);
	while (value != to) {
		value += by;
		if (!step(a, by, value, count, rc))
			return false;
	}
	return true;
}

/* ---- the questions ---- */

/* What can be said without a search: sound, perhaps too wide. */
static void outer(struct ask *a, int64_t *lo, int64_t *hi)
{
	struct spread *sp = a->s->spread;
	enum spread_end end;

	spread_start(sp, a->part);
	end = spread_run(sp, OUTER_MOVES);
	if (end != SPREAD_STILL && end != SPREAD_MORE)
		return;
	*lo = sp->lo[a->part->value];
	*hi = sp->hi[a->part->value];
}

/* Any solution of the part. */
static bool first_solution(struct ask *a, int *rc)
{
	const struct part *p = a->part;
	int64_t value;

	if (seek_run(a->s, p, p->lo[p->value], p->hi[p->value], false) != SEEK_FOUND)
		return false;
	*rc = take(a, &value);
	return *rc == 0;
}

/* The lowest and the highest value there is, or a reason why there is none. */
static int edges(struct ask *a)
{
	struct infer *r = a->r;
	int64_t least = a->part->lo[a->part->value], most = a->part->hi[a->part->value], lo, hi;
	enum seek_end end;
	int rc = 0;

	r->lo = least;
	r->hi = most;
	end = why_none(a->c, a->s, a->part, least, most, &r->none, &rc);
	if (end == SEEK_NONE)
		r->verdict = INFER_CONTRADICTION;
	if (rc != 0 || end == SEEK_NONE)
		return rc;
	if (end == SEEK_FOUND)
		rc = take(a, &r->lo);
	r->lo_sure = end == SEEK_FOUND;
	if (rc == 0 && end == SEEK_FOUND)
		end = seek_run(a->s, a->part, least, most, true);
	if (rc == 0 && end == SEEK_FOUND)
		rc = take(a, &r->hi);
	r->hi_sure = end == SEEK_FOUND;
	if (rc == 0 && !r->hi_sure) {
		lo = least;
		hi = most;
		outer(a, &lo, &hi);
		r->lo = r->lo_sure ? r->lo : lo;
		r->hi = hi;
	}
	r->lo_open = r->lo == least;
	r->hi_open = r->hi == most;
	return rc;
}

/* In a large part a search for the edges is dear, and in most cases what is permitted lies well
 * within them: from one solution of the part, the last target's, by small moves to every permitted
 * value that is not excluded already. True: each was written down and checked; lo and hi are set.
 */
static bool all_by_moves(struct ask *a, int *rc)
{
	const struct model_target *t = &a->m->targets[a->target];
	struct infer *r = a->r;
	int64_t least = a->part->lo[a->part->value], most = a->part->hi[a->part->value];
	int64_t lo = least, hi = most, from, to, value;
	int64_t *kept;

	if (!t->has_permitted || a->part != a->s->part || a->part->n_open < LARGE ||
	    (a->s->x_serial != a->part->serial && !first_solution(a, rc)))
		return false;
	outer(a, &lo, &hi);
	from = t->lo > lo ? t->lo : lo;
	to = t->hi < hi ? t->hi : hi;
	value = value_of(a);
	value = value < from ? from : value > to ? to : value;
	if (from > to || !walk(a, value, false, rc))
		return false;
	r->checked++;
	kept = mem_array(a->c, a->m->n_unknowns, sizeof *kept);
	memcpy(kept, a->x, a->m->n_unknowns * sizeof *kept);
	if (!walk(a, to, true, rc))
		return false;
	memcpy(a->x, kept, a->m->n_unknowns * sizeof *kept);
	if (!walk(a, from, true, rc))
		return false;
	r->lo = lo;
	r->hi = hi;
	r->lo_sure = lo == from;
	r->hi_sure = hi == to;
	r->lo_open = lo == least;
	r->hi_open = hi == most;
	return true;
}

/* Proofs that nothing lies outside of lo and hi. An edge that cannot be proved is given up. */
static int prove_edges(struct ask *a)
{
	struct infer *r = a->r;
	int64_t least = a->part->lo[a->part->value], most = a->part->hi[a->part->value];
	int rc = 0;

	if (r->lo > least &&
	    why_none(a->c, a->s, a->part, least, r->lo - 1, &r->below, &rc) != SEEK_NONE) {
		r->lo = least;
		r->lo_sure = false;
	}
	if (rc == 0 && r->hi < most &&
	    why_none(a->c, a->s, a->part, r->hi + 1, most, &r->above, &rc) != SEEK_NONE) {
		r->hi = most;
		r->hi_sure = false;
	}
	return rc;
}

/* A value that no small move reaches: a search of its own. */
static int search_value(struct ask *a, int64_t value, bool *found, bool *limit)
{
	struct spread *sp = a->s->spread;
	enum seek_end end = seek_run(a->s, a->part, value, value, false);
	int64_t got;
	int rc = 0;

	*found = end == SEEK_FOUND;
	*limit = end == SEEK_LIMIT;
	if (end == SEEK_FOUND)
		return take(a, &got);
	if (end == SEEK_LIMIT)
		return 0;
	if (!recheck_proof(
		a->c, a->m, a->view, a->target, (int64_t[]){value, value}, sp->log, sp->n_log))
		return bug(a);
	a->r->missing++;
	if (!a->r->has_hole) {
		a->r->has_hole = true;
		a->r->hole = value;
		/* it is proved; what is asked for is the shortest reason */
		(void)why_none(a->c, a->s, a->part, value, value, &a->r->none, &rc);
	}
	return rc;
}

/* Every value of the permitted range that lies within the edges. *ret: some stayed undecided. */
static int scan(struct ask *a, int64_t from, int64_t to, bool *ret)
{
	bool have = false, limit = false;
	int rc = 0;

	*ret = false;
	for (int64_t v = from; rc == 0 && v <= to; v++) {
		if (have && step(a, 1, v, true, &rc))
			continue;
		if (rc == 0)
			rc = search_value(a, v, &have, &limit);
		if (have)
			move_start(a->s->step, a->x);
		if (!limit)
			continue;
		*ret = true;
		a->r->missing_sure = false;
		if (seek_spent(a->s))
			break;
	}
	return rc;
}

static int judge(struct ask *a, bool all)
{
	const struct model_target *t = &a->m->targets[a->target];
	struct infer *r = a->r;
	int64_t from, to;
	bool open = false;
	int rc = prove_edges(a);

	if (rc != 0)
		return rc;
	r->verdict = INFER_TOLD;
	if (!t->has_permitted)
		return 0;
	from = t->lo > r->lo ? t->lo : r->lo;
	to = t->hi < r->hi ? t->hi : r->hi;
	r->missing_sure = true;
	r->missing = from <= to ? t->hi - t->lo - (to - from) : t->hi - t->lo + 1;
	if (!all)
		rc = scan(a, from, to, &open);
	r->verdict = r->missing > 0 ? INFER_UNSAFE : open ? INFER_UNDECIDED : INFER_SAFE;
	return rc;
}

static struct ask start(struct ctx *c, struct seek *s, struct part *part, struct infer *r)
{
	struct ask a = {.c = c,
	    .s = s,
	    .m = part->m,
	    .view = part->view,
	    .target = part->target,
	    .part = part,
	    .x = s->x,
	    .r = r};

	s->total = 0;
	s->work_target = s->spread->work;
	*r = (struct infer){.assume = part->assume, .superseded = part->superseded};
	return a;
}

int infer_target(struct ctx *c, struct seek *s, const struct model *m, struct model_view view,
    size_t target, struct infer *ret)
{
	struct infer r;
	struct ask a;
	bool all;
	int rc = 0;

	(void)m;
	part_fill_target(s->part, view, target);
	a = start(c, s, s->part, &r);
	all = all_by_moves(&a, &rc);
	if (rc == 0 && !all) {
		r = (struct infer){.assume = r.assume, .superseded = r.superseded};
		rc = edges(&a);
	}
	if (rc == 0 && r.verdict != INFER_CONTRADICTION)
		rc = judge(&a, all);
	if (rc == 0)
		*ret = r;
	return rc;
}

int infer_part(struct ctx *c, struct seek *s, struct part *part, struct infer *ret)
{
	struct infer r;
	struct ask a = start(c, s, part, &r);
	int64_t value;
	int rc = 0;
	enum seek_end end = why_none(c, s, part, 0, 0, &r.none, &rc);

	if (rc == 0 && end == SEEK_FOUND)
		rc = take(&a, &value);
	r.verdict = end == SEEK_NONE    ? INFER_CONTRADICTION
		    : end == SEEK_LIMIT ? INFER_UNDECIDED
					: INFER_TOLD;
	if (rc == 0)
		*ret = r;
	return rc;
}
