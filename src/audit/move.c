#include "audit/move.h"

#include "audit/num_p.h"
#include "base/mem.h"

/* How far a search goes: unknowns that change with the value, and changes tried for one length. */
enum { LONGEST = 16, TRIES = 40000 };

struct change {
	size_t unknown;
	int64_t by;
};

struct move {
	const struct part *part;
	int64_t *x;               /* the solution that is changed */
	int64_t *sum;             /* by place of the row: what it comes to */
	size_t *from;             /* by place of the row: where its open terms begin */
	struct model_term *terms; /* the open terms of all rows */
	int64_t *dir;             /* by number: how it was changed in this search */
	size_t *bad, n_bad;       /* places of the rows that do not hold */
	size_t *bad_at;           /* by place of the row: where in bad, from 1 */
	struct change path[LONGEST], last[LONGEST];
	size_t n_path, n_last, tries;
	int64_t last_by; /* what the last move did to the value */
	int64_t value;   /* what the target's sum has to come to */
};

struct move *move_make(struct ctx *c, const struct part *part)
{
	struct move *s = mem_alloc(c, sizeof *s);
	const struct model *m = part->m;
	size_t n = 0, longest = 0;

	for (size_t r = 0; r < m->n_rows; r++)
		n += m->rows[r].sum.n;
	for (size_t t = 0; t < m->n_targets; t++)
		longest = m->targets[t].sum.n > longest ? m->targets[t].sum.n : longest;
	s->part = part;
	s->sum = mem_array(c, m->n_rows + 1, sizeof *s->sum);
	s->from = mem_array(c, m->n_rows + 2, sizeof *s->from);
	s->terms = mem_array(c, n + longest, sizeof *s->terms);
	s->dir = mem_array(c, m->n_unknowns + 1, sizeof *s->dir);
	s->bad = mem_array(c, m->n_rows + 1, sizeof *s->bad);
	s->bad_at = mem_array(c, m->n_rows + 1, sizeof *s->bad_at);
	return s;
}

/* ---- rows ---- */

static const struct part_row *row_at(const struct move *s, size_t place)
{
	return &s->part->rows[place];
}

/* -1: the sum has to go down, 1: up, 0: the row holds. */
static int64_t wanted(const struct move *s, size_t place)
{
	const struct part_row *row = row_at(s, place);
	bool own = row->number == s->part->m->n_rows;
	int64_t lo = own ? s->value : row->lo, hi = own ? s->value : row->hi;

	return s->sum[place] > hi ? -1 : s->sum[place] < lo;
}

/* Puts the row onto the list of those that do not hold, or takes it off. */
static void judge(struct move *s, size_t place)
{
	bool bad = wanted(s, place) != 0;
	size_t at = s->bad_at[place];

	if (bad && at == 0) {
		s->bad[s->n_bad++] = place;
		s->bad_at[place] = s->n_bad;
	} else if (!bad && at != 0) {
		size_t moved = s->bad[--s->n_bad];

		s->bad[at - 1] = moved;
		s->bad_at[moved] = at;
		s->bad_at[place] = 0;
	}
}

static void add(struct move *s, size_t unknown, int64_t by)
{
	const struct part *p = s->part;

	s->x[unknown] += by;
	for (size_t i = p->start[unknown]; i < p->start[unknown + 1]; i++) {
		size_t place = p->row_at[p->touch[i].row];

		if (place == PART_NONE)
			continue;
		s->sum[place] = num_add(s->sum[place], num_mul(p->touch[i].times, by));
		judge(s, place);
	}
	if (p->asked[unknown] != 0) {
		size_t place = p->row_at[p->m->n_rows];

		s->sum[place] = num_add(s->sum[place], num_mul(p->asked[unknown], by));
		judge(s, place);
	}
}

static bool room(const struct move *s, size_t unknown, int64_t by)
{
	int64_t x = s->x[unknown] + by;

	return x >= s->part->lo[unknown] && x <= s->part->hi[unknown];
}

/* ---- the search ---- */

/* The row with the fewest unknowns to change. */
static size_t choose(const struct move *s)
{
	size_t best = s->bad[0];

	for (size_t i = 1; i < s->n_bad; i++) {
		size_t r = s->bad[i], n = s->from[r + 1] - s->from[r];
		size_t least = s->from[best + 1] - s->from[best];

		if (n < least || (n == least && r < best))
			best = r;
	}
	return best;
}

/* Mends all rows with at most `left` more changes. */
static bool mend(struct move *s, size_t left)
{
	size_t place;
	int64_t way;

	if (s->n_bad == 0)
		return true;
	if (left == 0)
		return false;
	place = choose(s);
	way = wanted(s, place);
	for (size_t i = s->from[place]; i < s->from[place + 1] && s->tries > 0; i++) {
		struct change ch = {s->terms[i].unknown, s->terms[i].times > 0 ? way : -way};

		if (s->dir[ch.unknown] != 0 || !room(s, ch.unknown, ch.by))
			continue;
		s->tries--;
		s->dir[ch.unknown] = ch.by;
		s->path[s->n_path++] = ch;
		add(s, ch.unknown, ch.by);
		if (mend(s, left - 1))
			return true;
		add(s, ch.unknown, -ch.by);
		s->n_path--;
		s->dir[ch.unknown] = 0;
	}
	return false;
}

static bool search(struct move *s)
{
	for (size_t longest = 1; longest <= LONGEST; longest += longest < 8 ? 1 : 4) {
		bool found;

		s->tries = TRIES;
		s->n_path = 0;
		found = mend(s, longest);
		for (size_t i = 0; found && i < s->n_path; i++)
			s->dir[s->path[i].unknown] = 0;
		if (found)
			return true;
	}
	return false;
}

/* The last move once more. */
static bool again(struct move *s)
{
	for (size_t i = 0; i < s->n_last; i++)
		if (!room(s, s->last[i].unknown, s->last[i].by))
			return false;
	for (size_t i = 0; i < s->n_last; i++)
		add(s, s->last[i].unknown, s->last[i].by);
	if (s->n_bad == 0)
		return true;
	for (size_t i = 0; i < s->n_last; i++)
		add(s, s->last[i].unknown, -s->last[i].by);
	return false;
}

/* ---- from outside ---- */

void move_start(struct move *s, const int64_t *x)
{
	const struct part *p = s->part;
	size_t n = 0;

	s->n_bad = s->n_last = 0;
	s->last_by = 0;
	for (size_t r = 0; r < p->n_rows; r++) {
		const struct model_sum *sum = &p->rows[r].sum;

		s->from[r] = n;
		s->sum[r] = 0;
		s->bad_at[r] = 0;
		for (size_t i = 0; i < sum->n; i++) {
			const struct model_term *t = &sum->v[i];

			if (t->unknown == p->value)
				continue;
			s->sum[r] = num_add(s->sum[r], num_mul(t->times, x[t->unknown]));
			if (!p->edge[t->unknown])
				s->terms[n++] = *t;
		}
	}
	s->from[p->n_rows] = n;
	s->value = p->value == PART_NO_TARGET ? 0 : s->sum[p->row_at[p->m->n_rows]];
}

bool move_to(struct move *s, int64_t *x, int64_t by)
{
	size_t own = s->part->row_at[s->part->m->n_rows];

	s->x = x;
	s->value += by;
	judge(s, own);
	if (s->last_by == by && again(s))
		return true;
	if (search(s)) {
		memcpy(s->last, s->path, sizeof s->last);
		s->n_last = s->n_path;
		s->last_by = by;
		return true;
	}
	s->value -= by;
	judge(s, own);
	return false;
}
