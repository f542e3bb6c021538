#include "audit/infer.h"

#include "audit/num_p.h"
#include "audit/recheck.h"
#include "audit/why.h"
#include "base/mem.h"

enum { OUTER_MOVES = 20000 };

/* One question about one target. */
struct ask {
	struct ctx *c;
	struct seek *s;
	const struct model *m;
	struct model_view view;
	size_t target;
	struct part *part;
	int64_t *x;    /* the last solution; -1: in another part */
	int64_t *move; /* the last difference of two neighbours */
	bool has_move;
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

	for (size_t i = 0; i < a->part->n_vars; i++) {
		size_t v = a->part->vars[i];

		if (v == a->part->value)
			continue;
		a->move[v] = num_sub(sp->lo[v], a->x[v] == -1 ? 0 : a->x[v]);
		a->x[v] = sp->lo[v];
	}
	a->has_move = true;
	if (!recheck_solution(a->m, a->view, a->part->target, a->x, value))
		return bug(a);
	a->r->checked++;
	*ret = value;
	return 0;
}

/* ---- from one value to the next by a small move ---- */

static bool fits(const struct ask *a, int64_t value)
{
	return recheck_solution(a->m, a->view, a->target, a->x, value);
}

static bool shift(struct ask *a, size_t i, int64_t by, size_t k, int64_t by2, int64_t value)
{
	size_t v = a->part->vars[i], w = a->part->vars[k];

	if (a->x[v] + by < 0 || (i != k && a->x[w] + by2 < 0))
		return false;
	a->x[v] += by;
	if (i != k)
		a->x[w] += by2;
	if (fits(a, value))
		return true;
	a->x[v] -= by;
	if (i != k)
		a->x[w] -= by2;
	return false;
}

static bool again(struct ask *a, int64_t value)
{
	size_t i, n = a->part->n_vars;
	bool good = a->has_move;

	for (i = 0; good && i < n; i++) {
		size_t v = a->part->vars[i];

		if (v != a->part->value && a->x[v] + a->move[v] < 0)
			good = false;
	}
	if (!good)
		return false;
	for (i = 0; i < n; i++)
		if (a->part->vars[i] != a->part->value)
			a->x[a->part->vars[i]] += a->move[a->part->vars[i]];
	if (fits(a, value))
		return true;
	for (i = 0; i < n; i++)
		if (a->part->vars[i] != a->part->value)
			a->x[a->part->vars[i]] -= a->move[a->part->vars[i]];
	return false;
}

static void keep_move(struct ask *a, size_t i, int64_t by, size_t k, int64_t by2)
{
	memset(a->move, 0, a->m->n_unknowns * sizeof *a->move);
	a->move[a->part->vars[i]] = by;
	if (i != k)
		a->move[a->part->vars[k]] = by2;
	a->has_move = true;
}

/* The value before was value - 1: the last move once more, one count by one, or two by one each. */
static bool step_up(struct ask *a, int64_t value)
{
	size_t n = a->part->n_vars - 1; /* the value stands last */

	if (again(a, value))
		return true;
	if (n > 24)
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = i; k < n; k++)
			for (int64_t by = -1; by <= 1; by += 2)
				for (int64_t by2 = -1; by2 <= 1; by2 += 2)
					if (shift(a, i, by, k, by2, value)) {
						keep_move(a, i, by, k, by2);
						return true;
					}
	return false;
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
		if (have && step_up(a, v)) {
			a->r->checked++;
			a->r->moved++;
			continue;
		}
		rc = search_value(a, v, &have, &limit);
		if (!limit)
			continue;
		*ret = true;
		a->r->missing_sure = false;
		if (a->s->total > a->s->limits.total)
			break;
	}
	return rc;
}

static int judge(struct ask *a)
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
	    .r = r};

	a.x = mem_array(c, part->m->n_unknowns, sizeof *a.x);
	a.move = mem_array(c, part->m->n_unknowns, sizeof *a.move);
	for (size_t i = 0; i < part->m->n_unknowns; i++)
		a.x[i] = -1;
	s->total = 0;
	*r = (struct infer){.assume = part->assume, .superseded = part->superseded};
	return a;
}

int infer_target(struct ctx *c, struct seek *s, const struct model *m, struct model_view view,
    size_t target, struct infer *ret)
{
	struct infer r;
	struct ask a = start(c, s, part_of_target(c, m, view, target), &r);
	int rc = edges(&a);

	if (rc == 0 && r.verdict != INFER_CONTRADICTION)
		rc = judge(&a);
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
