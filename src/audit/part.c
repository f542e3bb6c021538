#include "audit/part.h"

#include "audit/num_p.h"
#include "base/mem.h"

/* ---- the room ---- */

static void index_rows(struct ctx *c, struct part *p)
{
	const struct model *m = p->m;
	size_t *at = mem_array(c, m->n_unknowns + 2, sizeof *at), n = 0;

	p->start = mem_array(c, m->n_unknowns + 2, sizeof *p->start);
	for (size_t r = 0; r < m->n_rows; r++)
		for (size_t i = 0; i < m->rows[r].sum.n; i++) {
			p->start[m->rows[r].sum.v[i].unknown + 1]++;
			n++;
		}
	for (size_t u = 0; u < m->n_unknowns; u++)
		p->start[u + 1] += p->start[u];
	memcpy(at, p->start, (m->n_unknowns + 1) * sizeof *at);
	p->touch = mem_array(c, n, sizeof *p->touch);
	for (size_t r = 0; r < m->n_rows; r++)
		for (size_t i = 0; i < m->rows[r].sum.n; i++) {
			const struct model_term *t = &m->rows[r].sum.v[i];

			p->touch[at[t->unknown]++] = (struct part_touch){r, t->times};
		}
}

/* What is known exactly under every view. */
static void find_fixed(struct part *p)
{
	const struct model *m = p->m;

	for (size_t u = 0; u < m->n_unknowns; u++)
		p->fixed[u] = m->unknowns[u].least == m->unknowns[u].most;
	for (size_t r = 0; r < m->n_rows; r++) {
		const struct model_row *row = &m->rows[r];
		const struct model_term *t = row->sum.v;

		if (row->sum.n == 1 && row->lo == row->hi && row->head.assume == 0 &&
		    !row->superseded && row->lo % t->times == 0)
			p->fixed[t->unknown] = true;
	}
}

struct part *part_make(struct ctx *c, const struct model *m)
{
	struct part *p = mem_alloc(c, sizeof *p);
	size_t longest = 0;

	*p = (struct part){.m = m, .target = PART_NO_TARGET, .value = PART_NO_TARGET};
	for (size_t t = 0; t < m->n_targets; t++)
		longest = m->targets[t].sum.n > longest ? m->targets[t].sum.n : longest;
	p->own = mem_array(c, longest + 1, sizeof *p->own);
	p->vars = mem_array(c, m->n_unknowns + 1, sizeof *p->vars);
	p->open = mem_array(c, m->n_unknowns + 1, sizeof *p->open);
	p->look = mem_array(c, m->n_unknowns + 1, sizeof *p->look);
	p->seen = mem_array(c, m->n_unknowns + 1, sizeof *p->seen);
	p->rows = mem_array(c, m->n_rows + 1, sizeof *p->rows);
	p->lo = mem_array(c, m->n_unknowns + 1, sizeof *p->lo);
	p->hi = mem_array(c, m->n_unknowns + 1, sizeof *p->hi);
	p->in = mem_array(c, m->n_unknowns + 1, sizeof *p->in);
	p->edge = mem_array(c, m->n_unknowns + 1, sizeof *p->edge);
	p->asked = mem_array(c, m->n_unknowns + 1, sizeof *p->asked);
	p->fixed = mem_array(c, m->n_unknowns + 1, sizeof *p->fixed);
	p->met = mem_array(c, m->n_rows, sizeof *p->met);
	p->row_at = mem_array(c, m->n_rows + 1, sizeof *p->row_at);
	for (size_t r = 0; r <= m->n_rows; r++)
		p->row_at[r] = PART_NONE;
	for (size_t u = 0; u < m->n_unknowns; u++) {
		p->lo[u] = m->unknowns[u].least;
		p->hi[u] = m->unknowns[u].most;
	}
	index_rows(c, p);
	find_fixed(p);
	return p;
}

static void clear(struct part *p)
{
	for (size_t i = 0; i < p->n_vars; i++)
		p->in[p->vars[i]] = p->edge[p->vars[i]] = false;
	for (size_t r = 0; r < p->n_rows; r++) {
		const struct model_sum *sum = &p->rows[r].sum;

		p->row_at[p->rows[r].number] = PART_NONE;
		for (size_t i = 0; p->rows[r].number == p->m->n_rows && i < sum->n; i++)
			p->asked[sum->v[i].unknown] = 0;
	}
	p->n_vars = p->n_open = p->n_rows = p->n_terms = 0;
	p->target = p->value = PART_NO_TARGET;
	p->assume = 0;
	p->superseded = p->single = false;
	p->serial++;
}

/* ---- what is tied together ---- */

static void take_unknown(struct part *p, size_t u)
{
	if (p->in[u])
		return;
	p->in[u] = true;
	p->edge[u] = p->fixed[u];
	p->vars[p->n_vars++] = u;
}

static void take_row(struct part *p, size_t number)
{
	const struct model_row *row = &p->m->rows[number];

	if (p->row_at[number] != PART_NONE || !model_in_view(row, p->view))
		return;
	p->row_at[number] = p->n_rows;
	p->rows[p->n_rows++] = (struct part_row){number, row->sum, row->lo, row->hi, false};
	p->n_terms += row->sum.n;
	p->assume |= row->head.assume;
	p->superseded = p->superseded || row->superseded;
	for (size_t i = 0; i < row->sum.n; i++)
		take_unknown(p, row->sum.v[i].unknown);
}

static int by_number(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int by_row(const void *a, const void *b)
{
	const struct part_row *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

/* Rows that are about the edge alone: they tie nothing, but may be wrong. */
static void edge_rows(struct part *p)
{
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < p->n_vars; i++) {
			size_t u = p->vars[i];

			for (size_t k = p->start[u]; p->edge[u] && k < p->start[u + 1]; k++) {
				size_t row = p->touch[k].row;

				if (pass == 1)
					p->met[row] = 0;
				else if (++p->met[row] == p->m->rows[row].sum.n)
					take_row(p, row);
			}
		}
}

/* From what was taken to everything it is tied to. */
static void spread_out(struct part *p)
{
	for (size_t i = 0; i < p->n_vars; i++) {
		size_t u = p->vars[i];

		for (size_t k = p->start[u]; k < p->start[u + 1]; k++) {
			size_t row = p->touch[k].row;

			if (!p->edge[u] || p->m->rows[row].sum.n == 1)
				take_row(p, row);
		}
	}
	edge_rows(p);
	qsort(p->vars, p->n_vars, sizeof *p->vars, by_number);
	qsort(p->rows, p->n_rows, sizeof *p->rows, by_row);
	for (size_t r = 0; r < p->n_rows; r++)
		p->row_at[p->rows[r].number] = r;
	for (size_t i = 0; i < p->n_vars; i++)
		if (!p->edge[p->vars[i]])
			p->open[p->n_open++] = p->vars[i];
	memcpy(p->look, p->open, p->n_open * sizeof *p->look);
	p->n_look = p->n_open;
}

void part_on(struct part *p)
{
	p->n_look = 0;
	for (size_t r = 0; r < p->n_rows; r++)
		for (size_t i = 0; !p->rows[r].off && i < p->rows[r].sum.n; i++)
			p->seen[p->rows[r].sum.v[i].unknown] = true;
	for (size_t i = 0; i < p->n_open; i++)
		if (p->seen[p->open[i]])
			p->look[p->n_look++] = p->open[i];
	for (size_t i = 0; i < p->n_vars; i++)
		p->seen[p->vars[i]] = false;
}

/* ---- the value of the target and what defines it ---- */

static void put_value(struct part *p, size_t target)
{
	const struct model_sum *sum = &p->m->targets[target].sum;
	int64_t lo = 0, hi = 0;

	p->target = target;
	p->value = p->m->n_unknowns;
	for (size_t i = 0; i < sum->n; i++) {
		size_t u = sum->v[i].unknown;
		int64_t times = sum->v[i].times;

		p->own[i] = sum->v[i];
		p->asked[u] = times;
		lo = num_add(lo, num_mul(times, times > 0 ? p->lo[u] : p->hi[u]));
		hi = num_add(hi, num_mul(times, times > 0 ? p->hi[u] : p->lo[u]));
	}
	p->own[sum->n] = (struct model_term){p->value, -1};
	p->vars[p->n_vars++] = p->value;
	p->lo[p->value] = lo;
	p->hi[p->value] = hi;
	p->row_at[p->m->n_rows] = p->n_rows;
	p->rows[p->n_rows++] = (struct part_row){p->m->n_rows, {p->own, sum->n + 1}, 0, 0, false};
	p->n_terms += sum->n + 1;
}

static void drop_value(struct part *p)
{
	const struct model_sum *sum = &p->rows[--p->n_rows].sum;

	p->n_vars--;
	p->n_terms -= sum->n;
	for (size_t i = 0; i + 1 < sum->n; i++)
		p->asked[sum->v[i].unknown] = 0;
}

/* The same part for another target: only where a single unknown made it what it is, and all of the
 * new target's unknowns lie within. */
static bool same_part(const struct part *p, struct model_view view, const struct model_sum *sum)
{
	if (!p->single || p->value == PART_NO_TARGET || p->view.assume != view.assume ||
	    p->view.intersected != view.intersected)
		return false;
	for (size_t i = 0; i < sum->n; i++)
		if (!p->in[sum->v[i].unknown] || p->edge[sum->v[i].unknown])
			return false;
	return true;
}

void part_fill_target(struct part *p, struct model_view view, size_t target)
{
	const struct model_sum *sum = &p->m->targets[target].sum;

	if (same_part(p, view, sum)) {
		drop_value(p);
		put_value(p, target);
		return;
	}
	clear(p);
	p->view = view;
	for (size_t i = 0; i < sum->n; i++)
		take_unknown(p, sum->v[i].unknown);
	p->single = sum->n == 1 && !p->edge[sum->v[0].unknown];
	spread_out(p);
	put_value(p, target);
}

void part_fill_unknown(struct part *p, struct model_view view, size_t unknown)
{
	clear(p);
	p->view = view;
	take_unknown(p, unknown);
	spread_out(p);
}

void part_fill_row(struct part *p, struct model_view view, size_t row)
{
	clear(p);
	p->view = view;
	take_row(p, row);
	spread_out(p);
}

struct part *part_of_target(
    struct ctx *c, const struct model *m, struct model_view view, size_t target)
{
	struct part *p = part_make(c, m);

	part_fill_target(p, view, target);
	return p;
}

struct part *part_of_unknown(
    struct ctx *c, const struct model *m, struct model_view view, size_t unknown)
{
	struct part *p = part_make(c, m);

	part_fill_unknown(p, view, unknown);
	return p;
}
