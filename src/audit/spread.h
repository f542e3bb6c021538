/*
 * What rows say about single unknowns: bounds are tightened row by row until none moves any more
 * (interval propagation), in whole numbers. The bounds that result hold for every solution: they
 * may be too wide, never too narrow. With a common divisor of all open terms a row's edges move to
 * the next multiple, so that "twice a count is 7" is seen to be impossible.
 *
 * Every tightening is one step in a log: which row, which unknown, which bound. A log is a proof
 * that recheck.h follows with arithmetic of its own, and the reasons that people read are made from
 * it.
 */
#ifndef WRIT_SPREAD_H
#define WRIT_SPREAD_H

#include "audit/part.h"

enum spread_kind {
	SPREAD_LEAST,     /* row says: unknown >= bound */
	SPREAD_MOST,      /* row says: unknown <= bound */
	SPREAD_FALSE,     /* row cannot hold: this case is closed */
	SPREAD_ADD,       /* the row, bound times, is added to a sum of rows that starts empty */
	SPREAD_SUM,       /* that sum of rows cannot hold: this case is closed */
	SPREAD_LOW_FIRST, /* two cases: unknown <= bound, and afterwards unknown > bound */
	SPREAD_HIGH_FIRST /* two cases: unknown > bound, and afterwards unknown <= bound */
};

struct spread_step {
	enum spread_kind kind;
	size_t unknown, row; /* numbers of the model */
	int64_t bound;
};

struct spread_undo {
	size_t unknown;
	int64_t lo, hi;
};

/* Room for one run at a time; made once and used for all parts of a model. */
struct spread {
	const struct part *part;
	int64_t *lo, *hi; /* by number */
	struct spread_step *log;
	struct spread_undo *trail; /* what the bounds were: for going back */
	size_t n_log, n_trail, cap;
	size_t *queue; /* rows to look at again: a ring */
	bool *queued;
	size_t head, n_queue, cap_queue;
	size_t work; /* terms looked at, ever: what a limit can be put on that is no clock */
};

enum spread_end {
	SPREAD_STILL, /* nothing moves any more */
	SPREAD_MORE,  /* stopped after max tightenings: sound, perhaps too wide */
	SPREAD_NONE,  /* no solution */
	SPREAD_FULL   /* no more room for steps */
};

/* spread_make(c, m, steps): room for logs of so many steps. */
struct spread *spread_make(struct ctx *c, const struct model *m, size_t steps);
/* spread_start(s, part): the declared bounds, an empty log, every row to be looked at. */
void spread_start(struct spread *s, const struct part *part);
/* spread_note(s, step): one more step in the log; false when it is full. */
bool spread_note(struct spread *s, struct spread_step step);
/* spread_set(s, unknown, lo, hi): bounds that no row gave (a case, a region); its rows are to be
 * looked at. False when there is no room. */
bool spread_set(struct spread *s, size_t unknown, int64_t lo, int64_t hi);
/* spread_all(s): every row is to be looked at. */
void spread_all(struct spread *s);
/* spread_run(s, max): tightens until nothing moves, at most max times and once for each
 * unknown. Rows that are off are passed
 * over. The queue is empty afterwards. */
enum spread_end spread_run(struct spread *s, size_t max);
/* spread_back(s, n_trail): takes back what was set since the trail had this length. */
void spread_back(struct spread *s, size_t n_trail);

#endif
