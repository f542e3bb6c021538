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
#include "audit/recheck.h"
#include "audit/move.h"

struct seek_limits {
	size_t cases; /* cases of one search */
	size_t steps; /* steps of its log */
	size_t total; /* cases of all searches for one target */
	/* terms of rows looked at, in one search and in all for one target; 0: no such limit */
	size_t work, work_total;
};

struct seek {
	struct ctx *c;
	struct spread *spread;
	const struct advice_source *source; /* NULL: nobody to ask */
	size_t asked, followed;             /* questions, and advice that held */
	struct seek_limits limits;
	size_t cases;                    /* of the last search */
	size_t most;                     /* of it, at this time */
	size_t total;                    /* since it was last set to 0 */
	size_t work_search, work_target; /* spread->work when they began */
	struct part *part;               /* room */
	struct recheck *recheck;
	const struct part *opened; /* what recheck is open for */
	size_t opened_serial;
	struct move *step;
	/* A solution of the part with this serial number that was checked, by number of the
	 * unknown.
	 */
	int64_t *x;
	size_t x_serial;
};

enum seek_end { SEEK_FOUND, SEEK_NONE, SEEK_LIMIT };

/* seek_make(c, m, limits, source) */
struct seek *seek_make(struct ctx *c, const struct model *m, struct seek_limits limits,
    const struct advice_source *source);
/* seek_spent(s): no search for this target may begin any more. */
bool seek_spent(const struct seek *s);
/* seek_holds(s, part, x, value): recheck_holds for the part. */
bool seek_holds(struct seek *s, const struct part *part, const int64_t *x, int64_t value);
/* seek_run(s, part, lo, hi, high_first): a solution with lo <= value <= hi, the lowest value there
 * is (the highest with high_first). A part without a target takes no region. SEEK_FOUND: the
 * solution stands in s->spread->lo by number. SEEK_NONE: s->spread->log proves it. */
enum seek_end seek_run(
    struct seek *s, const struct part *part, int64_t lo, int64_t hi, bool high_first);

#endif
