#include "audit/recheck.h"

#include "base/mem.h"

__extension__ typedef __int128 wide;

/* ---- a solution ---- */

/* What is left of a row once the figures that are known exactly are taken out. */
struct rest {
	size_t from, n; /* in terms */
	wide lo, hi;
};

struct recheck {
	const struct model *m;
	struct model_view view;
	size_t *start, *touch; /* by unknown: the rows with it */
	bool *here, *known;    /* by unknown: is in the part; is said exactly */
	int64_t *exact;        /* by unknown: what is said */
	bool *seen;            /* by row */
	size_t *vars, n_vars, *rows, n_rows;
	size_t *open, n_open; /* of vars, those that are not said exactly */
	struct rest *rest;
	size_t n_rest;
	struct model_term *terms;
	bool bad; /* nothing can hold here, or the part is not whole */
};

struct recheck *recheck_make(struct ctx *c, const struct model *m)
{
	struct recheck *r = mem_alloc(c, sizeof *r);
	size_t n = 0, *at = mem_array(c, m->n_unknowns + 1, sizeof *at);

	*r = (struct recheck){.m = m, .bad = true};
	r->start = mem_array(c, m->n_unknowns + 1, sizeof *r->start);
	for (size_t i = 0; i < m->n_rows; i++)
		for (size_t k = 0; k < m->rows[i].sum.n; k++, n++)
			r->start[m->rows[i].sum.v[k].unknown + 1]++;
	for (size_t u = 0; u < m->n_unknowns; u++) {
		r->start[u + 1] += r->start[u];
		at[u] = r->start[u];
	}
	r->touch = mem_array(c, n, sizeof *r->touch);
	for (size_t i = 0; i < m->n_rows; i++)
		for (size_t k = 0; k < m->rows[i].sum.n; k++)
			r->touch[at[m->rows[i].sum.v[k].unknown]++] = i;
	r->here = mem_array(c, m->n_unknowns, sizeof *r->here);
	r->known = mem_array(c, m->n_unknowns, sizeof *r->known);
	r->exact = mem_array(c, m->n_unknowns, sizeof *r->exact);
	r->seen = mem_array(c, m->n_rows, sizeof *r->seen);
	r->vars = mem_array(c, m->n_unknowns, sizeof *r->vars);
	r->open = mem_array(c, m->n_unknowns, sizeof *r->open);
	r->rows = mem_array(c, m->n_rows, sizeof *r->rows);
	r->rest = mem_array(c, m->n_rows, sizeof *r->rest);
	r->terms = mem_array(c, n, sizeof *r->terms);
	return r;
}

/* Is it said exactly under this view, and what? */
static void find_exact(struct recheck *r, size_t u)
{
	r->known[u] = r->m->unknowns[u].least == r->m->unknowns[u].most;
	r->exact[u] = r->m->unknowns[u].least;
	for (size_t i = r->start[u]; i < r->start[u + 1] && !r->known[u]; i++) {
		const struct model_row *row = &r->m->rows[r->touch[i]];

		if (!model_in_view(row, r->view) || row->sum.n != 1 || row->lo != row->hi ||
		    row->lo % row->sum.v[0].times != 0)
			continue;
		r->known[u] = true;
		r->exact[u] = row->lo / row->sum.v[0].times;
		r->bad = r->bad || r->exact[u] < r->m->unknowns[u].least ||
			 r->exact[u] > r->m->unknowns[u].most;
	}
}

/* Takes the exact figures out of a row. A row that reaches into another part may name nothing of
 * this one but what is said exactly: then it is not this part's to hold. */
static void take_row(struct recheck *r, size_t row, size_t *n)
{
	const struct model_row *from = &r->m->rows[row];
	struct rest rest = {*n, 0, from->lo, from->hi};
	bool whole = true, open = false;

	if (r->seen[row] || !model_in_view(from, r->view))
		return;
	for (size_t i = 0; i < from->sum.n; i++) {
		const struct model_term *t = &from->sum.v[i];

		if (!r->here[t->unknown]) {
			whole = false;
		} else if (r->known[t->unknown]) {
			rest.lo -= (wide)t->times * r->exact[t->unknown];
			rest.hi -= (wide)t->times * r->exact[t->unknown];
		} else {
			open = true;
			r->terms[rest.from + rest.n++] = *t;
		}
	}
	r->bad = r->bad || (!whole && open);
	if (!whole)
		return;
	r->seen[row] = true;
	r->rows[r->n_rows++] = row;
	*n += rest.n;
	r->bad = r->bad || (rest.n == 0 && (rest.lo > 0 || rest.hi < 0));
	if (rest.n > 0)
		r->rest[r->n_rest++] = rest;
}

void recheck_open(struct recheck *r, struct model_view view, const size_t *vars, size_t n_vars)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_vars; i++)
		r->here[r->vars[i]] = false;
	for (size_t i = 0; i < r->n_rows; i++)
		r->seen[r->rows[i]] = false;
	r->view = view;
	r->bad = false;
	r->n_vars = r->n_rows = r->n_open = r->n_rest = 0;
	for (size_t i = 0; i < n_vars; i++)
		if (vars[i] < r->m->n_unknowns && !r->here[vars[i]]) {
			r->here[vars[i]] = true;
			r->vars[r->n_vars++] = vars[i];
			find_exact(r, vars[i]);
			if (!r->known[vars[i]])
				r->open[r->n_open++] = vars[i];
		}
	for (size_t i = 0; i < r->n_vars; i++)
		for (size_t k = r->start[r->vars[i]]; k < r->start[r->vars[i] + 1]; k++)
			take_row(r, r->touch[k], &n);
}

static bool rows_hold(const struct recheck *r, const int64_t *x)
{
	for (size_t i = 0; i < r->n_rest; i++) {
		const struct model_term *t = &r->terms[r->rest[i].from];
		wide sum = 0;

		for (size_t k = 0; k < r->rest[i].n; k++)
			sum += (wide)t[k].times * x[t[k].unknown];
		if (sum < r->rest[i].lo || sum > r->rest[i].hi)
			return false;
	}
	return true;
}

bool recheck_holds(const struct recheck *r, size_t target, const int64_t *x, int64_t value)
{
	wide sum = 0;

	for (size_t i = 0; !r->bad && i < r->n_open; i++) {
		const struct model_unknown *u = &r->m->unknowns[r->open[i]];

		if (x[r->open[i]] < u->least || x[r->open[i]] > u->most)
			return false;
	}
	if (r->bad || !rows_hold(r, x))
		return false;
	for (size_t i = 0; target != PART_NO_TARGET && i < r->m->targets[target].sum.n; i++) {
		const struct model_term *t = &r->m->targets[target].sum.v[i];

		if (!r->here[t->unknown])
			return false;
		sum +=
		    (wide)t->times * (r->known[t->unknown] ? r->exact[t->unknown] : x[t->unknown]);
	}
	return target == PART_NO_TARGET || sum == value;
}

bool recheck_solution(struct ctx *c, const struct model *m, struct model_view view, size_t target,
    const int64_t *x, int64_t value)
{
	struct mem_mark mark = mem_mark(c);
	struct recheck *r = recheck_make(c, m);
	size_t *vars = mem_array(c, m->n_unknowns, sizeof *vars), n = 0;
	bool good;

	for (size_t i = 0; i < m->n_unknowns; i++)
		if (x[i] != -1)
			vars[n++] = i;
	recheck_open(r, view, vars, n);
	good = recheck_holds(r, target, x, value);
	for (size_t i = 0; i < n; i++)
		good = good && (!r->known[vars[i]] || x[vars[i]] == r->exact[vars[i]]);
	mem_reset(c, mark);
	return good;
}

/* ---- a proof ---- */

struct proof {
	const struct model *m;
	struct model_view view;
	size_t target;
	wide *lo, *hi; /* by number; the target's value last */
	/* the sum of rows that was added up: factors by number, its edges */
	wide *times, from, to;
	struct past *past; /* what the bounds were */
	size_t n_past;
};

struct past {
	size_t unknown;
	wide lo, hi;
};

/* |factor| of a row in a sum: 100,000 rows with factors to 2^17 and counts to 2^37 then stay below
 * 2^111. */
#define FACTOR_MAX ((wide)1 << 40)

struct later { /* the other of two cases, and how far back it begins */
	struct later *below;
	struct mem_mark mark;
	size_t unknown, n_past;
	wide from, to;
};

/* New bounds; the old ones are kept where cases may have to go back to them. */
static void set(struct proof *p, size_t unknown, wide lo, wide hi)
{
	if (p->past != NULL)
		p->past[p->n_past++] = (struct past){unknown, p->lo[unknown], p->hi[unknown]};
	p->lo[unknown] = lo;
	p->hi[unknown] = hi;
}

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
		set(p, s->unknown, s->bound, p->hi[s->unknown]);
	if (s->kind == SPREAD_MOST && s->bound < p->hi[s->unknown])
		set(p, s->unknown, p->lo[s->unknown], s->bound);
	return good;
}

static bool empty(const struct proof *p)
{
	for (size_t i = 0; i <= p->m->n_unknowns; i++)
		if (p->lo[i] > p->hi[i])
			return true;
	return false;
}

/* Two cases: the first is entered, the other waits. What it needs is given back when it is taken
 * up: by then no later one waits. */
static struct later *divide(
    struct ctx *c, struct proof *p, const struct spread_step *s, struct later *below)
{
	struct mem_mark mark = mem_mark(c);
	struct later *l = mem_alloc(c, sizeof *l);
	size_t u = s->unknown;

	*l = (struct later){below, mark, u, p->n_past, p->lo[u], p->hi[u]};
	if (s->kind == SPREAD_LOW_FIRST) {
		l->from = (wide)s->bound + 1;
		set(p, u, p->lo[u], s->bound);
	} else {
		l->to = s->bound;
		set(p, u, (wide)s->bound + 1, p->hi[u]);
	}
	return l;
}

/* The bounds from before both cases, and then the other case. */
static struct later *take_up(struct ctx *c, struct proof *p, const struct later *l)
{
	struct later *below = l->below;
	struct mem_mark mark = l->mark;

	while (p->n_past > l->n_past) {
		const struct past *was = &p->past[--p->n_past];

		p->lo[was->unknown] = was->lo;
		p->hi[was->unknown] = was->hi;
	}
	set(p, l->unknown, l->from, l->to);
	mem_reset(c, mark);
	return below;
}

/* Room for what cases may have to go back to: each step sets one bound, each case two. */
static void make_past(struct ctx *c, struct proof *p, const struct spread_step *log, size_t n)
{
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any = any || log[i].kind == SPREAD_LOW_FIRST || log[i].kind == SPREAD_HIGH_FIRST;
	if (any)
		p->past = mem_array(c, 2 * n, sizeof *p->past);
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
	struct mem_mark begin = mem_mark(c);
	size_t i = 0;
	bool closed;

	start(c, &p, region);
	make_past(c, &p, log, n);
	closed = empty(&p);
	while (!closed || later != NULL) {
		if (closed) {
			size_t u = later->unknown;

			later = take_up(c, &p, later);
			closed = p.lo[u] > p.hi[u];
			continue;
		}
		if (i == n || !one(c, &p, &log[i++], &later, &closed))
			break;
	}
	mem_reset(c, begin);
	return closed && later == NULL && i == n;
}
