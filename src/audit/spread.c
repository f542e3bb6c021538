#include "audit/spread.h"

#include "audit/num_p.h"
#include "base/mem.h"

struct spread *spread_make(struct ctx *c, const struct model *m, size_t steps)
{
	struct spread *s = mem_alloc(c, sizeof *s);

	s->lo = mem_array(c, m->n_unknowns + 1, sizeof *s->lo);
	s->hi = mem_array(c, m->n_unknowns + 1, sizeof *s->hi);
	s->log = mem_array(c, steps, sizeof *s->log);
	s->trail = mem_array(c, steps, sizeof *s->trail);
	s->cap = steps;
	s->cap_queue = m->n_rows + 1;
	s->queue = mem_array(c, s->cap_queue, sizeof *s->queue);
	s->queued = mem_array(c, s->cap_queue, sizeof *s->queued);
	return s;
}

static void push(struct spread *s, size_t row)
{
	if (s->queued[row] || s->part->rows[row].off)
		return;
	s->queued[row] = true;
	s->queue[(s->head + s->n_queue++) % s->cap_queue] = row;
}

static size_t pull(struct spread *s)
{
	size_t row = s->queue[s->head];

	s->head = (s->head + 1) % s->cap_queue;
	s->n_queue--;
	s->queued[row] = false;
	return row;
}

static void push_rows_of(struct spread *s, size_t unknown)
{
	const struct part *p = s->part;

	if (unknown == p->value || p->asked[unknown] != 0)
		push(s, p->row_at[p->m->n_rows]);
	for (size_t i = p->start[unknown]; unknown != p->value && i < p->start[unknown + 1]; i++)
		if (p->row_at[p->touch[i].row] != PART_NONE)
			push(s, p->row_at[p->touch[i].row]);
}

void spread_all(struct spread *s)
{
	for (size_t r = 0; r < s->part->n_rows; r++)
		push(s, r);
}

void spread_start(struct spread *s, const struct part *part)
{
	while (s->n_queue > 0)
		(void)pull(s);
	s->part = part;
	s->n_log = s->n_trail = 0;
	for (size_t i = 0; i < part->n_vars; i++) {
		s->lo[part->vars[i]] = part->lo[part->vars[i]];
		s->hi[part->vars[i]] = part->hi[part->vars[i]];
	}
	spread_all(s);
}

bool spread_note(struct spread *s, struct spread_step step)
{
	if (s->n_log == s->cap)
		return false;
	s->log[s->n_log++] = step;
	return true;
}

bool spread_set(struct spread *s, size_t unknown, int64_t lo, int64_t hi)
{
	if (s->n_trail == s->cap)
		return false;
	s->trail[s->n_trail++] = (struct spread_undo){unknown, s->lo[unknown], s->hi[unknown]};
	s->lo[unknown] = lo;
	s->hi[unknown] = hi;
	push_rows_of(s, unknown);
	return true;
}

void spread_back(struct spread *s, size_t n_trail)
{
	while (s->n_trail > n_trail) {
		const struct spread_undo *u = &s->trail[--s->n_trail];

		s->lo[u->unknown] = u->lo;
		s->hi[u->unknown] = u->hi;
	}
}

/* A row with the present bounds: what its sum can be, and its edges after rounding to what can be
 * reached at all in steps of the common divisor of the open terms. */
struct reach {
	int64_t least, most, lo, hi;
};

static struct reach reach_of(const struct spread *s, const struct part_row *row)
{
	struct reach r = {0, 0, row->lo, row->hi};
	int64_t divisor = 0, fixed = 0;

	for (size_t i = 0; i < row->sum.n; i++) {
		int64_t times = row->sum.v[i].times;
		int64_t lo = s->lo[row->sum.v[i].unknown], hi = s->hi[row->sum.v[i].unknown];

		r.least = num_add(r.least, num_mul(times, times > 0 ? lo : hi));
		r.most = num_add(r.most, num_mul(times, times > 0 ? hi : lo));
		if (lo == hi)
			fixed = num_add(fixed, num_mul(times, lo));
		else
			divisor = num_gcd(divisor, times);
	}
	if (divisor > 1 && row->lo != -MODEL_OPEN)
		r.lo = num_add(fixed, num_mul(divisor, num_ceil(num_sub(row->lo, fixed), divisor)));
	if (divisor > 1 && row->hi != MODEL_OPEN)
		r.hi =
		    num_add(fixed, num_mul(divisor, num_floor(num_sub(row->hi, fixed), divisor)));
	return r;
}

/* What the row leaves to one of its terms: times * x lies between lo - (the others at most) and
 * hi - (the others at least). */
static void leave(
    const struct spread *s, const struct reach *r, struct model_term t, int64_t *lo, int64_t *hi)
{
	int64_t from = s->lo[t.unknown], to = s->hi[t.unknown];
	int64_t size = num_abs(t.times);
	int64_t low = num_sub(r->lo, num_sub(r->most, num_mul(t.times, t.times > 0 ? to : from)));
	int64_t high = num_sub(r->hi, num_sub(r->least, num_mul(t.times, t.times > 0 ? from : to)));

	if (t.times < 0) {
		int64_t swap = low;

		low = num_sub(0, high);
		high = num_sub(0, swap);
	}
	*lo = num_ceil(low, size);
	*hi = num_floor(high, size);
}

/* Tightens what one row tightens. SPREAD_MORE: something moved. */
static enum spread_end look(struct spread *s, const struct part_row *row)
{
	struct reach r = reach_of(s, row);
	bool moved = false;

	if (r.least > r.hi || r.most < r.lo || r.lo > r.hi)
		return spread_note(s, (struct spread_step){SPREAD_FALSE, 0, row->number, 0})
			   ? SPREAD_NONE
			   : SPREAD_FULL;
	for (size_t i = 0; i < row->sum.n; i++) {
		size_t u = row->sum.v[i].unknown;
		int64_t from = s->lo[u], to = s->hi[u], lo, hi;

		if (from == to)
			continue;
		leave(s, &r, row->sum.v[i], &lo, &hi);
		if (lo > from &&
		    !spread_note(s, (struct spread_step){SPREAD_LEAST, u, row->number, lo}))
			return SPREAD_FULL;
		if (lo > from && lo > to)
			return SPREAD_NONE;
		if (hi < to &&
		    !spread_note(s, (struct spread_step){SPREAD_MOST, u, row->number, hi}))
			return SPREAD_FULL;
		lo = lo > from ? lo : from;
		hi = hi < to ? hi : to;
		if (lo > hi)
			return SPREAD_NONE;
		if (lo == from && hi == to)
			continue;
		moved = true;
		if (!spread_set(s, u, lo, hi))
			return SPREAD_FULL;
		/* the edges stay as they were: still sound, and the row is looked at again */
		r.least = num_add(r.least,
		    num_mul(row->sum.v[i].times, row->sum.v[i].times > 0 ? lo - from : hi - to));
		r.most = num_add(r.most,
		    num_mul(row->sum.v[i].times, row->sum.v[i].times > 0 ? hi - to : lo - from));
	}
	return moved ? SPREAD_MORE : SPREAD_STILL;
}

enum spread_end spread_run(struct spread *s, size_t max)
{
	size_t moves = 0;
	enum spread_end end = SPREAD_STILL;
	const struct part_row *row;

	max += s->part->n_vars; /* a large part is not worse off than a small one */
	while (s->n_queue > 0) {
		if (moves > max) {
			end = SPREAD_MORE;
			break;
		}
		row = &s->part->rows[pull(s)];
		s->work += row->sum.n;
		end = look(s, row);
		moves += end == SPREAD_MORE;
		if (end == SPREAD_NONE || end == SPREAD_FULL)
			break;
		end = SPREAD_STILL;
	}
	while (s->n_queue > 0)
		(void)pull(s);
	return end;
}
