#include "audit/seek.h"

#include "audit/num_p.h"
#include "base/mem.h"

enum { DEPTH = 4000, MOVES = 500 };

struct seek *seek_make(struct ctx *c, const struct model *m, struct seek_limits limits)
{
	struct seek *s = mem_alloc(c, sizeof *s);

	s->spread = spread_make(c, m, limits.steps);
	s->limits = limits;
	return s;
}

/* The target's value first, so that the first solution is the lowest; then what has the fewest
 * values left. */
static size_t choose(const struct spread *s)
{
	const struct part *p = s->part;
	size_t best = PART_NO_TARGET;

	if (p->value != PART_NO_TARGET && s->lo[p->value] < s->hi[p->value])
		return p->value;
	for (size_t i = 0; i < p->n_vars; i++) {
		size_t v = p->vars[i];

		if (s->lo[v] < s->hi[v] &&
		    (best == PART_NO_TARGET || s->hi[v] - s->lo[v] < s->hi[best] - s->lo[best]))
			best = v;
	}
	return best;
}

static enum seek_end go(struct seek *s, size_t depth, bool high_first);

/* One half of the range of v. */
static enum seek_end half(
    struct seek *s, size_t depth, bool high_first, size_t v, int64_t lo, int64_t hi)
{
	size_t mark = s->spread->n_trail;
	enum seek_end end;

	if (!spread_set(s->spread, v, lo, hi))
		return SEEK_LIMIT;
	end = go(s, depth + 1, high_first);
	if (end == SEEK_NONE)
		spread_back(s->spread, mark);
	return end;
}

static enum seek_end go(struct seek *s, size_t depth, bool high_first)
{
	struct spread *sp = s->spread;
	enum spread_end end = spread_run(sp, MOVES);
	int64_t lo, hi, mid;
	enum seek_end first;
	size_t v;

	s->total++;
	if (++s->cases > s->limits.cases || s->total > s->limits.total || depth > DEPTH ||
	    end == SPREAD_FULL)
		return SEEK_LIMIT;
	if (end == SPREAD_NONE)
		return SEEK_NONE;
	v = choose(sp);
	if (end ==
	    SPREAD_MORE) /* its bounds crawl: a case tells more, but no row may be forgotten */
		spread_all(sp);
	if (v == PART_NO_TARGET)
		return end == SPREAD_MORE ? go(s, depth + 1, high_first) : SEEK_FOUND;
	lo = sp->lo[v];
	hi = sp->hi[v];
	mid = num_add(lo, num_sub(hi, lo) / 2);
	high_first = high_first && v == sp->part->value;
	if (!spread_note(sp,
		(struct spread_step){high_first ? SPREAD_HIGH_FIRST : SPREAD_LOW_FIRST, v, 0, mid}))
		return SEEK_LIMIT;
	first =
	    high_first ? half(s, depth, true, v, mid + 1, hi) : half(s, depth, false, v, lo, mid);
	if (first != SEEK_NONE)
		return first;
	if (end == SPREAD_MORE)
		spread_all(sp);
	return high_first ? half(s, depth, true, v, lo, mid)
			  : half(s, depth, false, v, mid + 1, hi);
}

enum seek_end seek_run(
    struct seek *s, const struct part *part, int64_t lo, int64_t hi, bool high_first)
{
	struct spread *sp = s->spread;

	s->cases = 0;
	spread_start(sp, part);
	if (part->value != PART_NO_TARGET) {
		lo = lo > part->lo[part->value] ? lo : part->lo[part->value];
		hi = hi < part->hi[part->value] ? hi : part->hi[part->value];
		if (lo > hi)
			return SEEK_NONE; /* the declared bounds say it: an empty log */
		(void)spread_set(sp, part->value, lo, hi);
	}
	return go(s, 0, high_first);
}
