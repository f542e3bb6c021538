#include "audit/why.h"

#include "audit/recheck.h"
#include "base/mem.h"

enum { CASES = 200, ROWS = 100, MOVES = 20000, SHORT = 200 };

static struct part_row *row_of(const struct part *part, size_t number)
{
	return &part->rows[part->row_at[number]];
}

static bool is_case(const struct spread_step *s)
{
	return s->kind == SPREAD_LOW_FIRST || s->kind == SPREAD_HIGH_FIRST;
}

/* Which steps the end of a log rests on, from the end backwards: those that tightened a term of a
 * row that was used. Of a log with cases everything from the first case on, and what that rests on.
 */
static bool *needed_steps(struct ctx *c, const struct part *part, const struct spread *sp)
{
	bool *needed = mem_array(c, part->m->n_unknowns + 1, sizeof *needed);
	bool *keep = mem_array(c, sp->n_log, sizeof *keep);
	size_t first = 0;

	while (first < sp->n_log && !is_case(&sp->log[first]))
		first++;
	for (size_t i = sp->n_log; i-- > 0;) {
		const struct spread_step *st = &sp->log[i];
		const struct part_row *row = is_case(st) ? NULL : row_of(part, st->row);

		keep[i] = i + 1 == sp->n_log || i >= first || st->kind == SPREAD_ADD ||
			  needed[st->unknown];
		if (is_case(st))
			needed[st->unknown] = true;
		for (size_t k = 0; keep[i] && row != NULL && k < row->sum.n; k++)
			needed[row->sum.v[k].unknown] = true;
	}
	return keep;
}

/* Only the rows that the log rests on stay on. */
static void keep_used(struct ctx *c, struct part *part, const struct spread *sp)
{
	struct mem_mark mark = mem_mark(c);
	const bool *keep = needed_steps(c, part, sp);

	for (size_t r = 0; r < part->n_rows; r++)
		part->rows[r].off = true;
	for (size_t i = 0; i < sp->n_log; i++)
		if (keep[i] && !is_case(&sp->log[i]))
			row_of(part, sp->log[i].row)->off = false;
	part_on(part);
	mem_reset(c, mark);
}

/* Leaves out each row whose absence does not matter. */
static bool cut_down(struct seek *s, struct part *part, int64_t lo, int64_t hi)
{
	size_t on = 0;

	for (size_t r = 0; r < part->n_rows; r++)
		on += !part->rows[r].off;
	if (on > ROWS || s->cases > CASES)
		return false;
	for (size_t r = 0; r < part->n_rows; r++) {
		if (part->rows[r].off || part->rows[r].number == part->m->n_rows)
			continue;
		part->rows[r].off = true;
		if (seek_run(s, part, lo, hi, false) == SEEK_NONE)
			keep_used(s->c, part, s->spread);
		else
			part->rows[r].off = false;
	}
	return true;
}

static void list_rows(struct ctx *c, const struct part *part, struct infer_why *ret)
{
	size_t n = 0;

	for (size_t r = 0; r < part->n_rows; r++)
		n += !part->rows[r].off;
	ret->rows = mem_array(c, n, sizeof *ret->rows);
	ret->n_rows = 0;
	for (size_t r = 0; r < part->n_rows; r++)
		if (!part->rows[r].off && part->rows[r].number != part->m->n_rows)
			ret->rows[ret->n_rows++] = part->rows[r].number;
}

/* The steps of a log without cases that its end can rest on, copied. */
static void list_steps(
    struct ctx *c, struct part *part, const struct spread *sp, struct infer_why *ret)
{
	const bool *keep = needed_steps(c, part, sp);
	struct spread_step *steps;
	size_t n = 0;

	for (size_t i = 0; i < sp->n_log; i++)
		n += keep[i];
	steps = mem_array(c, n, sizeof *steps);
	for (size_t i = 0; i < sp->n_log; i++)
		if (keep[i])
			steps[ret->n_steps++] = sp->log[i];
	ret->steps = steps;
}

/* A chain that needs no region: from what is declared straight to the bound. It reads better than
 * "suppose it were less". */
static bool straight(struct seek *s, const struct part *part, int64_t lo, int64_t hi)
{
	struct spread *sp = s->spread;
	enum spread_end end;

	if (part->value == PART_NO_TARGET)
		return false;
	spread_start(sp, part);
	end = spread_run(sp, MOVES);
	if (end == SPREAD_NONE || end == SPREAD_FULL)
		return false;
	if (sp->lo[part->value] <= hi && sp->hi[part->value] >= lo)
		return false;
	/* the end of the log is the step that says it */
	while (sp->n_log > 0) {
		const struct spread_step *st = &sp->log[sp->n_log - 1];

		if (st->unknown == part->value &&
		    (st->kind == SPREAD_LEAST ? st->bound > hi : st->bound < lo))
			break;
		sp->n_log--;
	}
	return sp->n_log > 0;
}

/* The first step that closes the region ends the proof. */
static void end_early(struct spread *sp, const struct part *part, int64_t lo, int64_t hi)
{
	for (size_t i = 0; i < sp->n_log; i++) {
		const struct spread_step *st = &sp->log[i];

		if (st->unknown == part->value && st->kind != SPREAD_FALSE &&
		    (st->kind == SPREAD_LEAST ? st->bound > hi : st->bound < lo)) {
			sp->n_log = i + 1;
			return;
		}
	}
}

static void all_on(struct part *part)
{
	for (size_t r = 0; r < part->n_rows; r++)
		part->rows[r].off = false;
	part_on(part);
}

/* Leaves out the steps without which the proof holds just as well: for people, who read a few. */
static void shorten(
    struct ctx *c, const struct part *part, const int64_t region[2], struct infer_why *ret)
{
	struct spread_step *steps = mem_array(c, ret->n_steps, sizeof *steps);
	size_t n = ret->n_steps;

	if (n > SHORT)
		return;
	memcpy(steps, ret->steps, n * sizeof *steps);
	for (size_t i = n; i-- > 0;) {
		struct spread_step gone = steps[i];

		memmove(&steps[i], &steps[i + 1], (n - i - 1) * sizeof *steps);
		if (recheck_proof(c, part->m, part->view, part->target, region, steps, n - 1)) {
			n--;
			continue;
		}
		memmove(&steps[i + 1], &steps[i], (n - i - 1) * sizeof *steps);
		steps[i] = gone;
	}
	ret->steps = steps;
	ret->n_steps = n;
}

/* The proof that people are shown, checked again; one with cases as the search left it. */
static bool proved(struct ctx *c, struct part *part, const struct spread *sp, bool cases,
    int64_t lo, int64_t hi, struct infer_why *ret)
{
	const int64_t region[] = {lo, hi};

	if (cases)
		return recheck_proof(
		    c, part->m, part->view, part->target, region, sp->log, sp->n_log);
	list_steps(c, part, sp, ret);
	if (!recheck_proof(c, part->m, part->view, part->target, region, ret->steps, ret->n_steps))
		return false;
	shorten(c, part, region, ret);
	return true;
}

enum seek_end why_none(struct ctx *c, struct seek *s, struct part *part, int64_t lo, int64_t hi,
    struct infer_why *ret, int *rc)
{
	struct spread *sp = s->spread;
	enum seek_end end = seek_run(s, part, lo, hi, false);
	bool cases = false;

	*ret = (struct infer_why){0};
	if (end != SEEK_NONE)
		return end;
	ret->cases = s->cases;
	keep_used(c, part, sp);
	ret->least = cut_down(s, part, lo, hi);
	list_rows(c, part, ret);
	if (straight(s, part, lo, hi)) {
		end_early(sp, part, lo, hi);
	} else if (seek_run(s, part, lo, hi, false) == SEEK_NONE) {
		for (size_t i = 0; i < sp->n_log; i++)
			cases = cases || is_case(&sp->log[i]);
	} else {
		/* a solver that says something else when it is asked again */
		all_on(part);
		*ret = (struct infer_why){0};
		return SEEK_LIMIT;
	}
	all_on(part);
	if (!proved(c, part, sp, cases, lo, hi, ret))
		*rc = err_set(c, ERR_FAIL,
		    "a proof of the audit does not hold when it is checked again: this is a bug");
	return SEEK_NONE;
}
