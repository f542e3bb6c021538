#include "audit/num_p.h"
#include "audit/plan.h"
#include "audit/spread.h"
#include "base/mem.h"

/* Widths of bands that an exact figure may be told in, and how many figures are tried in pairs. */
enum { WIDTHS = 3, PAIRS = 8, MOVES = 20000 };
/* Costs in eighths: the n-th width, the n-th wider band; then the others. */
enum { COST_MERGED = 1, COST_KNOWN = 6, COST_OUT = 8, COST_WIDER_MOST = 5 };

/* ---- figures ---- */

static int find_figures(struct ctx *c, struct plan *p)
{
	const struct model *m = p->m;

	p->figure_of = mem_array(c, m->n_rows, sizeof *p->figure_of);
	p->figures = mem_array(c, m->n_rows, sizeof *p->figures);
	for (size_t r = 0; r < m->n_rows; r++) {
		if (m->rows[r].head.cost == 0)
			continue;
		if (r > 0 && p->figure_of[r - 1] != 0 &&
		    str_eq(m->rows[r].head.id, m->rows[r - 1].head.id)) {
			p->figure_of[r] = p->figure_of[r - 1];
			continue;
		}
		if (p->n_figures == PLAN_FIGURES)
			return err_set(
			    c, ERR_LIMIT, "more than %d figures may be changed", PLAN_FIGURES);
		p->figures[p->n_figures++].row = r;
		p->figure_of[r] = p->n_figures;
	}
	return 0;
}

static const struct model_row *row_of(const struct plan *p, size_t figure)
{
	return &p->m->rows[p->figures[figure].row];
}

static bool is_exact(const struct plan *p, size_t figure)
{
	const struct model_row *row = row_of(p, figure);

	return row->lo == row->hi && row->lo >= 0;
}

/* ---- what a reader knows without a figure ---- */

/* The range of the row's sum, by what single rows say, when each protected sum may be anything that
 * is permitted. */
static bool known_without(
    struct ctx *c, const struct plan *p, size_t figure, int64_t *lo, int64_t *hi)
{
	const struct model_row *row = row_of(p, figure);
	struct model m = *p->m;
	struct part *part;
	struct spread *s;

	m.rows = mem_array(c, p->m->n_rows + p->m->n_targets, sizeof *m.rows);
	m.n_rows = 0;
	for (size_t r = 0; r < p->m->n_rows; r++)
		if (p->figure_of[r] != figure + 1)
			m.rows[m.n_rows++] = p->m->rows[r];
	for (size_t t = 0; t < m.n_targets; t++)
		if (m.targets[t].has_permitted)
			m.rows[m.n_rows++] = (struct model_row){
			    .sum = m.targets[t].sum, .lo = m.targets[t].lo, .hi = m.targets[t].hi};
	m.targets = &(struct model_target){.sum = row->sum};
	m.n_targets = 1;
	part = part_of_target(c, &m, (struct model_view){true, (1u << MODEL_ASSUMPTIONS) - 1}, 0);
	s = spread_make(c, &m, 4 * MOVES);
	spread_start(s, part);
	if (spread_run(s, MOVES) != SPREAD_STILL)
		return false;
	*lo = s->lo[part->value];
	*hi = s->hi[part->value];
	return *lo > part->lo[part->value] && *hi < part->hi[part->value] && *lo <= row->lo &&
	       *hi >= row->hi && *lo < *hi;
}

/* ---- acts ---- */

/* The widths of what is permitted, the smallest first, then twice the largest and so on. */
static size_t widths(const struct model *m, int64_t ret[WIDTHS])
{
	size_t n = 0;

	while (n < WIDTHS) {
		int64_t above = n == 0 ? 1 : ret[n - 1], next = 0;

		for (size_t t = 0; t < m->n_targets; t++) {
			int64_t width = m->targets[t].hi - m->targets[t].lo + 1;

			if (m->targets[t].has_permitted && width > above &&
			    (next == 0 || width < next))
				next = width;
		}
		if (next == 0 && n == 0)
			return 0;
		ret[n++] = next != 0 ? next : 2 * above;
	}
	return n;
}

static void put(struct plan *p, struct plan_act act)
{
	p->acts[p->n_acts++] = act;
}

static void exact_acts(struct ctx *c, struct plan *p, size_t figure, int64_t cost)
{
	const struct model_row *row = row_of(p, figure);
	int64_t width[WIDTHS], lo = 0, hi = 0;
	struct mem_mark mark = mem_mark(c);
	size_t n = widths(p->m, width);
	bool known = known_without(c, p, figure, &lo, &hi);

	mem_reset(c, mark);
	for (size_t i = 0; i < n; i++) {
		int64_t from = num_mul(num_floor(row->lo, width[i]), width[i]);

		if (from + width[i] - 1 <= MODEL_TOP)
			put(p, (struct plan_act){PLAN_BAND, figure, 0, from, from + width[i] - 1,
				   (int64_t)(1 + i) * cost});
	}
	if (known)
		put(p, (struct plan_act){PLAN_KNOWN, figure, 0, lo, hi, COST_KNOWN * cost});
}

static void wider_acts(struct plan *p, size_t figure, int64_t cost)
{
	const struct model_row *row = row_of(p, figure);

	for (size_t i = 0; i < row->n_wider; i++)
		put(p, (struct plan_act){PLAN_WIDER, figure, 0, row->wider[i].lo, row->wider[i].hi,
			   (i < COST_WIDER_MOST ? (int64_t)i + 1 : COST_WIDER_MOST) * cost});
}

static bool can_merge(const struct plan *p, size_t a, size_t b)
{
	const struct model_row *x = row_of(p, a), *y = row_of(p, b);

	return is_exact(p, a) && is_exact(p, b) && x->head.publication == y->head.publication &&
	       x->head.assume == y->head.assume && !x->superseded && !y->superseded;
}

int plan_options(struct ctx *c, const struct model *m, struct plan *ret)
{
	struct plan p = {.m = m};
	size_t pairs, n = 0;
	int rc = find_figures(c, &p);

	if (rc != 0)
		return rc;
	pairs = p.n_figures <= PAIRS ? p.n_figures : 0;
	for (size_t f = 0; f < p.n_figures; f++)
		n += WIDTHS + 2 + row_of(&p, f)->n_wider;
	p.acts = mem_array(c, n + pairs * pairs, sizeof *p.acts);
	for (size_t f = 0; f < p.n_figures; f++) {
		int64_t cost = row_of(&p, f)->head.cost;

		p.figures[f].first = p.n_acts;
		if (is_exact(&p, f))
			exact_acts(c, &p, f, cost);
		wider_acts(&p, f, cost);
		put(&p, (struct plan_act){PLAN_OUT, f, 0, 0, 0, COST_OUT * cost});
		p.figures[f].n_acts = p.n_acts - p.figures[f].first;
	}
	p.n_own = p.n_acts;
	for (size_t a = 0; a < pairs; a++)
		for (size_t b = a + 1; b < pairs; b++)
			if (can_merge(&p, a, b))
				put(&p, (struct plan_act){PLAN_MERGED, a, b, 0, 0,
					    COST_MERGED * (row_of(&p, a)->head.cost +
							      row_of(&p, b)->head.cost)});
	*ret = p;
	return 0;
}

/* ---- a changed model ---- */

static void put_merged(
    struct ctx *c, const struct plan *p, struct model *to, const struct plan_act *act)
{
	const struct model_row *a = row_of(p, act->figure), *b = row_of(p, act->other);
	struct model_sum sum = {mem_array(c, a->sum.n + b->sum.n, sizeof *sum.v), 0};
	struct model_head head = a->head;
	struct model_row *row;

	memcpy(sum.v, a->sum.v, a->sum.n * sizeof *sum.v);
	memcpy(sum.v + a->sum.n, b->sum.v, b->sum.n * sizeof *sum.v);
	sum.n = a->sum.n + b->sum.n;
	head.en = str_fmt(c, "%.*s; %.*s", STR_ARG(a->head.en), STR_ARG(b->head.en));
	/* a sum that falls away or is too large says nothing: the figures are left out */
	if (model_exact(c, to, &head, sum, num_add(a->lo, b->lo)) != 0) {
		err_clear(c);
		return;
	}
	row = &to->rows[to->n_rows - 1];
	row->count = str_fmt(c, "%.*s + %.*s", STR_ARG(a->count), STR_ARG(b->count));
}

/* A range that is permitted because a figure tells it is no promise once the figure is left out. */
static void drop_targets(
    struct ctx *c, const struct plan *p, struct model *to, const size_t *chosen)
{
	size_t t;

	to->targets = mem_array(c, p->m->n_targets, sizeof *to->targets);
	memcpy(to->targets, p->m->targets, p->m->n_targets * sizeof *to->targets);
	for (size_t f = 0; f < p->n_figures; f++)
		if (chosen[f] != 0 && p->acts[chosen[f] - 1].kind == PLAN_OUT &&
		    ids_find(&p->m->of_targets, row_of(p, f)->head.id, &t) && to->targets[t].by_row)
			to->targets[t].has_permitted = false;
}

const struct model *plan_apply(struct ctx *c, const struct plan *p, const size_t *chosen)
{
	struct model *to = mem_alloc(c, sizeof *to);

	*to = *p->m;
	to->rows = mem_array(c, p->m->n_rows, sizeof *to->rows);
	to->room_rows = p->m->n_rows;
	to->n_rows = 0;
	to->of_rows = (struct ids){0};
	drop_targets(c, p, to, chosen);
	for (size_t r = 0; r < p->m->n_rows; r++) {
		size_t figure = p->figure_of[r];
		const struct plan_act *act = figure == 0 || chosen[figure - 1] == 0
						 ? NULL
						 : &p->acts[chosen[figure - 1] - 1];
		struct model_row *row;

		if (act != NULL && act->kind == PLAN_MERGED && act->figure == figure - 1)
			put_merged(c, p, to, act);
		if (act != NULL && (act->kind == PLAN_OUT || act->kind == PLAN_MERGED))
			continue;
		row = &to->rows[to->n_rows++];
		*row = p->m->rows[r];
		if (act == NULL)
			continue;
		row->lo = act->lo;
		row->hi = act->hi;
		row->said = (struct model_said){.kind = MODEL_BAND, .v = act->lo, .w = act->hi};
	}
	return to;
}

int64_t plan_cost(const struct plan *p, const size_t *chosen)
{
	int64_t cost = 0;

	for (size_t f = 0; f < p->n_figures; f++)
		if (chosen[f] != 0 && p->acts[chosen[f] - 1].figure == f)
			cost = num_add(cost, p->acts[chosen[f] - 1].cost);
	return cost;
}
