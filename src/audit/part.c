#include "audit/part.h"

#include "audit/num_p.h"
#include "base/mem.h"

/* Marks what a row ties to anything marked already; true when that was new. */
static bool tie(const struct model_sum *sum, bool *in)
{
	bool any = false, all = true;

	for (size_t i = 0; i < sum->n; i++) {
		any = any || in[sum->v[i].unknown];
		all = all && in[sum->v[i].unknown];
	}
	if (!any || all)
		return false;
	for (size_t i = 0; i < sum->n; i++)
		in[sum->v[i].unknown] = true;
	return true;
}

static void put_row(struct part *p, size_t number, struct model_sum sum, int64_t lo, int64_t hi)
{
	p->rows[p->n_rows++] = (struct part_row){number, sum, lo, hi, false};
}

/* The value of the target and what defines it. */
static void put_value(struct ctx *c, struct part *p)
{
	const struct model_sum *sum = &p->m->targets[p->target].sum;
	struct model_sum own = {mem_array(c, sum->n + 1, sizeof *own.v), sum->n + 1};
	int64_t lo = 0, hi = 0;

	for (size_t i = 0; i < sum->n; i++) {
		const struct model_unknown *u = &p->m->unknowns[sum->v[i].unknown];
		int64_t times = sum->v[i].times;

		own.v[i] = sum->v[i];
		lo = num_add(lo, num_mul(times, times > 0 ? u->least : u->most));
		hi = num_add(hi, num_mul(times, times > 0 ? u->most : u->least));
	}
	p->value = p->m->n_unknowns;
	own.v[sum->n] = (struct model_term){p->value, -1};
	p->vars[p->n_vars++] = p->value;
	p->lo[p->value] = lo;
	p->hi[p->value] = hi;
	put_row(p, p->m->n_rows, own, 0, 0);
}

static void put_touch(struct ctx *c, struct part *p)
{
	p->touch = mem_array(c, p->m->n_unknowns + 1, sizeof *p->touch);
	p->n_touch = mem_array(c, p->m->n_unknowns + 1, sizeof *p->n_touch);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; pass == 1 && i < p->n_vars; i++) {
			size_t v = p->vars[i];

			p->touch[v] = mem_array(c, p->n_touch[v], sizeof **p->touch);
			p->n_touch[v] = 0;
		}
		for (size_t r = 0; r < p->n_rows; r++)
			for (size_t i = 0; i < p->rows[r].sum.n; i++) {
				size_t v = p->rows[r].sum.v[i].unknown;

				if (pass == 1)
					p->touch[v][p->n_touch[v]] = r;
				p->n_touch[v]++;
			}
	}
}

static struct part *gather(
    struct ctx *c, const struct model *m, struct model_view view, size_t target, bool *in)
{
	struct part *p = mem_alloc(c, sizeof *p);
	bool more = true;

	*p = (struct part){.m = m, .view = view, .target = target, .value = PART_NO_TARGET};
	while (more) {
		more = false;
		for (size_t r = 0; r < m->n_rows; r++)
			if (model_in_view(&m->rows[r], view))
				more = tie(&m->rows[r].sum, in) || more;
	}
	p->vars = mem_array(c, m->n_unknowns + 1, sizeof *p->vars);
	p->rows = mem_array(c, m->n_rows + 1, sizeof *p->rows);
	p->lo = mem_array(c, m->n_unknowns + 1, sizeof *p->lo);
	p->hi = mem_array(c, m->n_unknowns + 1, sizeof *p->hi);
	for (size_t i = 0; i < m->n_unknowns; i++) {
		p->lo[i] = m->unknowns[i].least;
		p->hi[i] = m->unknowns[i].most;
		if (in[i])
			p->vars[p->n_vars++] = i;
	}
	for (size_t r = 0; r < m->n_rows; r++) {
		const struct model_row *row = &m->rows[r];

		if (!model_in_view(row, view) || !in[row->sum.v[0].unknown])
			continue;
		p->assume |= row->head.assume;
		p->superseded = p->superseded || row->superseded;
		put_row(p, r, row->sum, row->lo, row->hi);
	}
	if (target != PART_NO_TARGET)
		put_value(c, p);
	put_touch(c, p);
	return p;
}

struct part *part_of_target(
    struct ctx *c, const struct model *m, struct model_view view, size_t target)
{
	bool *in = mem_array(c, m->n_unknowns, sizeof *in);
	const struct model_sum *sum = &m->targets[target].sum;

	for (size_t i = 0; i < sum->n; i++)
		in[sum->v[i].unknown] = true;
	return gather(c, m, view, target, in);
}

struct part *part_of_unknown(
    struct ctx *c, const struct model *m, struct model_view view, size_t unknown)
{
	bool *in = mem_array(c, m->n_unknowns, sizeof *in);

	in[unknown] = true;
	return gather(c, m, view, PART_NO_TARGET, in);
}
