/*
 * Advice from outside: a solver may propose a point, or factors for the rows
 * whose sum then says what no single row does. Nothing of it is believed. A point is put into every
 * row; a sum of rows is a step of a proof that recheck.h follows. A solver that errs, lies or dies
 * costs an answer, never makes a wrong one.
 *
 * Question and answer are whole 64-bit numbers, lowest byte first (SPEC.md 7.1).
 */
#ifndef WRIT_ADVICE_H
#define WRIT_ADVICE_H

#include "audit/part.h"

/* Of the target's value; with ADVICE_WHOLE among whole numbers, else a linear program. */
enum advice_aim { ADVICE_ANY, ADVICE_LEAST, ADVICE_MOST, ADVICE_WHOLE = 4 };

/* ADVICE_POINT: a point, and perhaps there are better ones. */
enum advice_status { ADVICE_OPTIMAL, ADVICE_INFEASIBLE, ADVICE_NOTHING, ADVICE_POINT };

struct advice {
	enum advice_status status;
	int64_t *x; /* ADVICE_OPTIMAL, ADVICE_POINT: by place in part->vars; rounded, so it may be
		       no solution */
	int64_t *y; /* factors by place in part->rows; 0: not needed */
};

enum { ADVICE_MAX = 8 << 20, ADVICE_FACTOR = 1000000000 };

/* advice_question(c, part, lo, hi, aim): lo, hi by number; aim as in enum advice_aim. Only what is
 * not known yet is asked: unknowns whose bounds meet are put into the rows' edges, rows that are
 * off or name nothing else are left out. The value stays, even when it is known. */
struct str advice_question(
    struct ctx *c, const struct part *part, const int64_t *lo, const int64_t *hi, unsigned aim);
/* advice_parse(c, part, lo, hi, answer, ret): to the question with the same bounds. ERR_INVALID for
 * anything else than an answer of this size. Factors beyond ADVICE_FACTOR are refused. */
int advice_parse(struct ctx *c, const struct part *part, const int64_t *lo, const int64_t *hi,
    struct str answer, struct advice *ret) MUST_CHECK;

/* Who asks the solver: an answer in *ret, or ERR_*. ERR_NOTFOUND: there is none. */
struct advice_source {
	int (*ask)(struct ctx *c, void *arg, struct str question, struct str *ret);
	void *arg;
};

#endif
