/*
 * Exact search in one part: is there a solution in which the target's value lies in a region? Depth
 * first, by halving the range of one unknown at a time, with what spread.h tightens in every case.
 * A search that ends without a solution has been through all cases, and its log is the proof. One
 * that meets its limit says so, and nobody may take that for an answer. Where somebody gives advice
 * (advice.h), it is asked for after 200 cases, before all of them are gone through, and at most
 * 2,000 times in a run.
 */
#ifndef WRIT_SEEK_H
#define WRIT_SEEK_H

#include "audit/advice.h"
#include "audit/spread.h"

struct seek_limits {
	size_t cases; /* cases of one search */
	size_t steps; /* steps of its log */
	size_t total; /* cases of all searches for one target */
};

struct seek {
	struct ctx *c;
	struct spread *spread;
	const struct advice_source *source; /* NULL: nobody to ask */
	size_t asked, followed;             /* questions, and advice that held */
	struct seek_limits limits;
	size_t cases; /* of the last search */
	size_t most;  /* of it, at this time */
	size_t total; /* since it was last set to 0 */
};

enum seek_end { SEEK_FOUND, SEEK_NONE, SEEK_LIMIT };

/* seek_make(c, m, limits, source) */
struct seek *seek_make(struct ctx *c, const struct model *m, struct seek_limits limits,
    const struct advice_source *source);
/* seek_run(s, part, lo, hi, high_first): a solution with lo <= value <= hi, the lowest value there
 * is (the highest with high_first). A part without a target takes no region. SEEK_FOUND: the
 * solution stands in s->spread->lo by number. SEEK_NONE: s->spread->log proves it. */
enum seek_end seek_run(
    struct seek *s, const struct part *part, int64_t lo, int64_t hi, bool high_first);

#endif
