/*
 * How long demands took from receipt to their outcome, as figures (section "response" of
 * SPEC.md 5.1): how many within so many days, and the median. Pure.
 */
#ifndef WRIT_TIMING_H
#define WRIT_TIMING_H

#include "stat/figure.h"

enum { TIMING_STEPS = 6 }; /* within 1, 3, 7, 14 and 30 days of 24 hours, and later */

struct timing {
	int64_t step[TIMING_STEPS], open;
	int64_t *seconds; /* of those that have an outcome */
	size_t n, cap;
};

/* timing_metric(i): "days_01" ... "days_30", "later"; NULL from TIMING_STEPS on. */
const char *timing_metric(size_t i);
/* timing_add(c, t, seconds): one demand; below 0: it has no outcome yet. */
void timing_add(struct ctx *c, struct timing *t, int64_t seconds);
/* timing_median(t): in hours, rounded half up; of an even number the middle between the two in the
 * middle; -1 without any. Sorts. */
int64_t timing_median(struct timing *t);
/* timing_figures(c, t, instrument, not_recorded, f): not_recorded: demands whose times an import
 * does not tell. Without a settled demand there is no median. */
void timing_figures(struct ctx *c, struct timing *t, struct str instrument, int64_t not_recorded,
    struct figures *f);

#endif
