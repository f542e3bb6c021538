#include "audit/recheck.h"

#include "base/mem.h"

__extension__ typedef __int128 wide;

/* ---- a solution ---- */

bool recheck_solution(
    const struct model *m, struct model_view view, size_t target, const int64_t *x, int64_t value)
{
	wide sum = 0;

	for (size_t i = 0; i < m->n_unknowns; i++)
		if (x[i] != -1 && (x[i] < m->unknowns[i].least || x[i] > m->unknowns[i].most))
			return false;
	for (size_t r = 0; r < m->n_rows; r++) {
		const struct model_row *row = &m->rows[r];
		size_t there = 0;

		if (!model_in_view(row, view))
			continue;
		sum = 0;
		for (size_t i = 0; i < row->sum.n; i++) {
			sum += (wide)row->sum.v[i].times * x[row->sum.v[i].unknown];
			there += x[row->sum.v[i].unknown] != -1;
		}
		if (there != 0 && (there != row->sum.n || sum < row->lo || sum > row->hi))
			return false;
	}
	if (target == PART_NO_TARGET)
		return true;
	sum = 0;
	for (size_t i = 0; i < m->targets[target].sum.n; i++) {
		const struct model_term *t = &m->targets[target].sum.v[i];

		if (x[t->unknown] == -1)
			return false;
		sum += (wide)t->times * x[t->unknown];
	}
	return sum == value;
}

/* ---- a proof ---- */

struct proof {
	const struct model *m;
	struct model_view view;
	size_t target;
	wide *lo, *hi; /* by number; the target's value last */
	/* the sum of rows that was added up: factors by number, its edges where they are not open
	 */
	wide *times, from, to;
	bool from_open, to_open;
};

/* |factor| of a row in a sum: 2,000 rows of 64 terms then stay far below 2^127. */
#define FACTOR_MAX ((wide)1 << 40)

struct later { /* the other of two cases, and the bounds before both */
	struct later *below;
	struct mem_mark mark;
	size_t unknown;
	wide from, to;
	wide *lo, *hi;
};

/* The terms of a row by number; the definition's last term is the value. */
static size_t terms(const struct proof *p, size_t row, const struct model_sum **sum)
{
	*sum = row == p->m->n_rows ? &p->m->targets[p->target].sum : &p->m->rows[row].sum;
	return (*sum)->n + (row == p->m->n_rows);
}

static struct model_term term(const struct proof *p, const struct model_sum *sum, size_t i)
{
	return i < sum->n ? sum->v[i] : (struct model_term){p->m->n_unknowns, -1};
}

static bool row_known(const struct proof *p, size_t row)
{
	if (row == p->m->n_rows)
		return p->target != PART_NO_TARGET;
	return row < p->m->n_rows && model_in_view(&p->m->rows[row], p->view);
}

static wide divided(wide a, wide b, bool up)
{
	wide q = a / b;

	if (a % b != 0 && (a % b > 0) == up)
		q += up ? 1 : -1;
	return q;
}

/* What a sum can be within the present bounds, and in which steps. */
struct range {
	wide least, most, fixed, step;
};

static void reckon(const struct proof *p, size_t unknown, wide times, struct range *r)
{
	wide a = p->lo[unknown] * times, b = p->hi[unknown] * times;

	r->least += a < b ? a : b;
	r->most += a < b ? b : a;
	if (a == b) {
		r->fixed += a;
		return;
	}
	for (wide x = times < 0 ? -times : times; x != 0;) {
		wide rest = r->step % x;

		r->step = x;
		x = rest;
	}
}

static bool outside(const struct range *r, wide lo, wide hi)
{
	if (r->least > hi || r->most < lo)
		return true;
	if (r->step == 0)
		return false; /* all is fixed, and the row holds */
	/* the multiples of step that the row's edges leave; least and most are such multiples */
	return divided(lo - r->fixed, r->step, true) > divided(hi - r->fixed, r->step, false);
}

/* The row has no solution within the present bounds. */
static bool impossible(const struct proof *p, size_t row)
{
	const struct model_sum *sum;
	size_t n = terms(p, row, &sum);
	struct range r = {0, 0, 0, 0};

	for (size_t i = 0; i < n; i++)
		reckon(p, term(p, sum, i).unknown, term(p, sum, i).times, &r);
	return outside(&r, row == p->m->n_rows ? 0 : p->m->rows[row].lo,
	    row == p->m->n_rows ? 0 : p->m->rows[row].hi);
}

/* ---- sums of rows ---- */

static void sum_empty(struct proof *p)
{
	memset(p->times, 0, (p->m->n_unknowns + 1) * sizeof *p->times);
	p->from = p->to = 0;
}

static bool sum_add(struct proof *p, size_t row, wide times)
{
	const struct model_sum *sum;
	size_t n = terms(p, row, &sum);
	wide lo = row == p->m->n_rows ? 0 : p->m->rows[row].lo;
	wide hi = row == p->m->n_rows ? 0 : p->m->rows[row].hi;
	wide swap = lo;

	if (times == 0 || times > FACTOR_MAX || times < -FACTOR_MAX)
		return false;
	if (times < 0) {
		lo = hi;
		hi = swap;
	}
	p->from += times * lo;
	p->to += times * hi;
	for (size_t i = 0; i < n; i++)
		p->times[term(p, sum, i).unknown] += times * term(p, sum, i).times;
	return true;
}

static bool sum_impossible(const struct proof *p)
{
	struct range r = {0, 0, 0, 0};

	for (size_t i = 0; i <= p->m->n_unknowns; i++) {
		if (p->times[i] > FACTOR_MAX || p->times[i] < -FACTOR_MAX)
			return false;
		if (p->times[i] != 0)
			reckon(p, i, p->times[i], &r);
	}
	return outside(&r, p->from, p->to);
}

/* The step follows from what is known; then it is known, too. */
static bool follow(struct proof *p, const struct spread_step *s)
{
	wide *edge = s->kind == SPREAD_LEAST ? &p->hi[s->unknown] : &p->lo[s->unknown];
	wide before = *edge,
	     beyond = s->kind == SPREAD_LEAST ? (wide)s->bound - 1 : (wide)s->bound + 1;
	bool good;

	if (s->kind == SPREAD_LEAST ? beyond >= before : beyond <= before)
		beyond = before; /* all that is left lies beyond: the row must be impossible */
	*edge = beyond;
	good = p->lo[s->unknown] > p->hi[s->unknown] || impossible(p, s->row);
	*edge = before;
	if (s->kind == SPREAD_LEAST && s->bound > p->lo[s->unknown])
		p->lo[s->unknown] = s->bound;
	if (s->kind == SPREAD_MOST && s->bound < p->hi[s->unknown])
		p->hi[s->unknown] = s->bound;
	return good;
}

static bool empty(const struct proof *p)
{
	for (size_t i = 0; i <= p->m->n_unknowns; i++)
		if (p->lo[i] > p->hi[i])
			return true;
	return false;
}

static void copy(
    const struct proof *p, wide *lo, wide *hi, const wide *from_lo, const wide *from_hi)
{
	memcpy(lo, from_lo, (p->m->n_unknowns + 1) * sizeof *lo);
	memcpy(hi, from_hi, (p->m->n_unknowns + 1) * sizeof *hi);
}

/* Two cases: the first is entered, the other waits. What it needs is given back when it is taken
 * up: by then no later one waits. */
static struct later *divide(
    struct ctx *c, struct proof *p, const struct spread_step *s, struct later *below)
{
	struct mem_mark mark = mem_mark(c);
	struct later *l = mem_alloc(c, sizeof *l);
	size_t u = s->unknown, n = p->m->n_unknowns + 1;

	*l = (struct later){below, mark, u, p->lo[u], p->hi[u], mem_array(c, n, sizeof(wide)),
	    mem_array(c, n, sizeof(wide))};
	copy(p, l->lo, l->hi, p->lo, p->hi);
	if (s->kind == SPREAD_LOW_FIRST) {
		p->hi[u] = s->bound;
		l->from = (wide)s->bound + 1;
	} else {
		p->lo[u] = (wide)s->bound + 1;
		l->to = s->bound;
	}
	return l;
}

static void start(struct ctx *c, struct proof *p, const int64_t region[2])
{
	const struct model *m = p->m;
	wide least = 0, most = 0;

	p->lo = mem_array(c, m->n_unknowns + 1, sizeof *p->lo);
	p->hi = mem_array(c, m->n_unknowns + 1, sizeof *p->hi);
	p->times = mem_array(c, m->n_unknowns + 1, sizeof *p->times);
	for (size_t i = 0; i < m->n_unknowns; i++) {
		p->lo[i] = m->unknowns[i].least;
		p->hi[i] = m->unknowns[i].most;
	}
	if (p->target == PART_NO_TARGET)
		return;
	for (size_t i = 0; i < m->targets[p->target].sum.n; i++) {
		const struct model_term *t = &m->targets[p->target].sum.v[i];
		wide a = p->lo[t->unknown] * t->times, b = p->hi[t->unknown] * t->times;

		least += a < b ? a : b;
		most += a < b ? b : a;
	}
	p->lo[m->n_unknowns] = region[0] > least ? region[0] : least;
	p->hi[m->n_unknowns] = region[1] < most ? region[1] : most;
}

/* One step; false when it does not follow. *closed: the present case has no solution. */
static bool one(
    struct ctx *c, struct proof *p, const struct spread_step *s, struct later **later, bool *closed)
{
	if (s->unknown > p->m->n_unknowns)
		return false;
	switch (s->kind) {
	case SPREAD_LEAST:
	case SPREAD_MOST:
		if (!row_known(p, s->row) || !follow(p, s))
			return false;
		*closed = p->lo[s->unknown] > p->hi[s->unknown];
		return true;
	case SPREAD_FALSE:
		*closed = row_known(p, s->row) && impossible(p, s->row);
		return *closed;
	case SPREAD_ADD:
		return row_known(p, s->row) && sum_add(p, s->row, s->bound);
	case SPREAD_SUM:
		*closed = sum_impossible(p);
		sum_empty(p);
		return *closed;
	case SPREAD_LOW_FIRST:
	case SPREAD_HIGH_FIRST:
		*later = divide(c, p, s, *later);
		*closed = p->lo[s->unknown] > p->hi[s->unknown];
		return true;
	}
	return false;
}

bool recheck_proof(struct ctx *c, const struct model *m, struct model_view view, size_t target,
    const int64_t region[2], const struct spread_step *log, size_t n)
{
	struct proof p = {.m = m, .view = view, .target = target};
	struct later *later = NULL;
	struct mem_mark begin = mem_mark(c), mark;
	size_t i = 0;
	bool closed;

	start(c, &p, region);
	closed = empty(&p);
	while (!closed || later != NULL) {
		if (closed) {
			copy(&p, p.lo, p.hi, later->lo, later->hi);
			p.lo[later->unknown] = later->from;
			p.hi[later->unknown] = later->to;
			closed = p.lo[later->unknown] > p.hi[later->unknown];
			mark = later->mark;
			later = later->below;
			mem_reset(c, mark);
			continue;
		}
		if (i == n || !one(c, &p, &log[i++], &later, &closed))
			break;
	}
	mem_reset(c, begin);
	return closed && later == NULL && i == n;
}
