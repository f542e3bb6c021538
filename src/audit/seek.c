#include "audit/seek.h"

#include "audit/num_p.h"
#include "audit/recheck.h"
#include "base/mem.h"

enum { DEPTH = 4000, MOVES = 500, BEFORE_MOVES = 50, BEFORE_ADVICE = 200, QUESTIONS = 2000 };

struct seek *seek_make(struct ctx *c, const struct model *m, struct seek_limits limits,
    const struct advice_source *source)
{
	struct seek *s = mem_alloc(c, sizeof *s);

	s->c = c;
	s->source = source;
	s->spread = spread_make(c, m, limits.steps);
	s->part = part_make(c, m);
	s->recheck = recheck_make(c, m);
	s->step = move_make(c, s->part);
	s->x = mem_array(c, m->n_unknowns + 1, sizeof *s->x);
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
	for (size_t i = 0; i < p->n_look; i++) {
		size_t v = p->look[i];

		if (s->lo[v] < s->hi[v] &&
		    (best == PART_NO_TARGET || s->hi[v] - s->lo[v] < s->hi[best] - s->lo[best]))
			best = v;
	}
	return best;
}

/* Large parts make a case dear: then it is what was looked at that counts. */
static bool tired(const struct seek *s)
{
	const struct seek_limits *l = &s->limits;

	return l->work != 0 && (s->spread->work - s->work_search > l->work ||
				   s->spread->work - s->work_target > l->work_total);
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
	if (++s->cases > s->most || s->total > s->limits.total || depth > DEPTH ||
	    end == SPREAD_FULL || tired(s))
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

/* The part within the region, before any case. */
static void enter(struct seek *s, const struct part *part, int64_t lo, int64_t hi)
{
	spread_start(s->spread, part);
	if (part->value != PART_NO_TARGET)
		(void)spread_set(s->spread, part->value, lo, hi);
}

/* ---- advice ---- */

static bool ask(struct seek *s, const struct part *part, unsigned aim, struct advice *ret)
{
	struct spread *sp = s->spread;
	struct str answer;
	int rc;

	s->asked++;
	rc = s->source->ask(
	    s->c, s->source->arg, advice_question(s->c, part, sp->lo, sp->hi, aim), &answer);
	if (rc == 0)
		rc = advice_parse(s->c, part, sp->lo, sp->hi, answer, ret);
	err_clear(s->c);
	if (rc == ERR_NOTFOUND || s->asked == QUESTIONS)
		s->source = NULL;
	return rc == 0;
}

bool seek_spent(const struct seek *s)
{
	return s->total > s->limits.total ||
	       (s->limits.work_total != 0 &&
		   s->spread->work - s->work_target > s->limits.work_total);
}

bool seek_holds(struct seek *s, const struct part *part, const int64_t *x, int64_t value)
{
	if (s->opened != part || s->opened_serial != part->serial) {
		recheck_open(s->recheck, part->view, part->vars, part->n_vars);
		s->opened = part;
		s->opened_serial = part->serial;
	}
	return recheck_holds(s->recheck, part->target, x, value);
}

/* Adds the rows up as advised; whether that closes the region, the checker says. */
static bool add_up(
    struct seek *s, const struct part *part, int64_t lo, int64_t hi, const struct advice *a)
{
	struct spread *sp = s->spread;
	size_t mark = sp->n_log, last = 0;
	bool room = true;

	for (size_t r = 0; room && r < part->n_rows; r++) {
		if (a->y[r] == 0 || part->rows[r].off)
			continue;
		last = part->rows[r].number;
		room = spread_note(sp, (struct spread_step){SPREAD_ADD, 0, last, a->y[r]});
	}
	room = room && spread_note(sp, (struct spread_step){SPREAD_SUM, 0, last, 0});
	if (room && recheck_proof(s->c, part->m, part->view, part->target, (int64_t[]){lo, hi},
			sp->log, sp->n_log))
		return true;
	sp->n_log = mark;
	return false;
}

/* The point, if it solves everything. */
static bool take_point(
    struct seek *s, const struct part *part, int64_t lo, int64_t hi, const struct advice *a)
{
	struct spread *sp = s->spread;
	int64_t *x = mem_array(s->c, part->m->n_unknowns + 1, sizeof *x), value = 0;

	for (size_t i = 0; i < part->n_vars; i++)
		x[part->vars[i]] = a->x[i];
	if (part->value != PART_NO_TARGET)
		value = x[part->value];
	if (value < lo || value > hi || !seek_holds(s, part, x, value))
		return false;
	for (size_t i = 0; i < part->n_vars; i++)
		sp->lo[part->vars[i]] = x[part->vars[i]];
	return true;
}

/* The least and the most of the value, over the whole part, as sums of rows. */
static bool beyond(struct seek *s, const struct part *part, int64_t lo, int64_t hi)
{
	struct advice a;

	for (int most = 0; most <= 1 && s->source != NULL; most++) {
		spread_start(s->spread, part);
		(void)spread_run(s->spread, BEFORE_MOVES);
		if (ask(s, part, most == 1 ? ADVICE_MOST : ADVICE_LEAST, &a) &&
		    add_up(s, part, lo, hi, &a))
			return true;
	}
	return false;
}

static bool has_point(const struct advice *a)
{
	return a->status == ADVICE_OPTIMAL || a->status == ADVICE_POINT;
}

/* What a linear program says: a point at a corner, or a sum of rows that closes the region. */
static enum seek_end by_linear(
    struct seek *s, const struct part *part, int64_t lo, int64_t hi, unsigned aim, bool *infeasible)
{
	struct advice a;

	*infeasible = false;
	if (!ask(s, part, aim, &a))
		return SEEK_LIMIT;
	*infeasible = a.status == ADVICE_INFEASIBLE;
	if (has_point(&a) && take_point(s, part, lo, hi, &a))
		return SEEK_FOUND;
	if (add_up(s, part, lo, hi, &a))
		return SEEK_NONE;
	if (part->value != PART_NO_TARGET && !has_point(&a) && beyond(s, part, lo, hi))
		return SEEK_NONE;
	return SEEK_LIMIT;
}

/* Corners may have fractions where whole solutions lie beside them. */
static enum seek_end by_whole(
    struct seek *s, const struct part *part, int64_t lo, int64_t hi, unsigned aim)
{
	struct advice a;

	if (s->source == NULL || !ask(s, part, aim | ADVICE_WHOLE, &a) || !has_point(&a))
		return SEEK_LIMIT;
	return take_point(s, part, lo, hi, &a) ? SEEK_FOUND : SEEK_LIMIT;
}

static enum seek_end advised(
    struct seek *s, const struct part *part, int64_t lo, int64_t hi, bool high_first)
{
	struct mem_mark mark = mem_mark(s->c);
	enum seek_end end;
	unsigned aim = part->value == PART_NO_TARGET ? ADVICE_ANY
		       : high_first                  ? ADVICE_MOST
						     : ADVICE_LEAST;
	bool infeasible;

	enter(s, part, lo, hi);
	(void)spread_run(s->spread, BEFORE_MOVES);
	end = by_linear(s, part, lo, hi, aim, &infeasible);
	if (end == SEEK_LIMIT && !infeasible) {
		enter(s, part, lo, hi);
		(void)spread_run(s->spread, BEFORE_MOVES);
		end = by_whole(s, part, lo, hi, aim);
	}
	s->followed += end != SEEK_LIMIT;
	mem_reset(s->c, mark);
	return end;
}

enum seek_end seek_run(
    struct seek *s, const struct part *part, int64_t lo, int64_t hi, bool high_first)
{
	enum seek_end end;

	s->cases = 0;
	s->work_search = s->spread->work;
	if (part->value == PART_NO_TARGET) {
		lo = hi = 0;
	} else {
		lo = lo > part->lo[part->value] ? lo : part->lo[part->value];
		hi = hi < part->hi[part->value] ? hi : part->hi[part->value];
	}
	spread_start(s->spread, part);
	if (lo > hi)
		return SEEK_NONE; /* the declared bounds say it: an empty log */
	s->most = s->limits.cases;
	if (s->source != NULL && s->most > BEFORE_ADVICE)
		s->most = BEFORE_ADVICE;
	enter(s, part, lo, hi);
	end = go(s, 0, high_first);
	if (end != SEEK_LIMIT || s->source == NULL)
		return end;
	end = advised(s, part, lo, hi, high_first);
	if (end != SEEK_LIMIT)
		return end;
	s->cases = 0;
	s->work_search = s->spread->work;
	s->most = s->limits.cases;
	enter(s, part, lo, hi);
	return go(s, 0, high_first);
}
