#include "stat/timing.h"

#include <stdlib.h>

#include "base/mem.h"

static const struct {
	const char *metric;
	int64_t days; /* 0: no end */
} steps[TIMING_STEPS] = {
    {"days_01", 1}, {"days_03", 3}, {"days_07", 7}, {"days_14", 14}, {"days_30", 30}, {"later", 0}};

const char *timing_metric(size_t i)
{
	return i < TIMING_STEPS ? steps[i].metric : NULL;
}

void timing_add(struct ctx *c, struct timing *t, int64_t seconds)
{
	size_t i = 0;

	if (seconds < 0) {
		t->open++;
		return;
	}
	while (steps[i].days != 0 && seconds > steps[i].days * 86400)
		i++;
	t->step[i]++;
	t->seconds = mem_grow(c, t->seconds, t->n, &t->cap, sizeof *t->seconds);
	t->seconds[t->n++] = seconds;
}

static int by_size(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

int64_t timing_median(struct timing *t)
{
	int64_t twice;

	if (t->n == 0)
		return -1;
	qsort(t->seconds, t->n, sizeof *t->seconds, by_size);
	twice = t->seconds[(t->n - 1) / 2] + t->seconds[t->n / 2];
	return (twice + 3600) / 7200;
}

void timing_figures(
    struct ctx *c, struct timing *t, struct str instrument, int64_t not_recorded, struct figures *f)
{
	int64_t median = timing_median(t);

	for (size_t i = 0; i < TIMING_STEPS; i++)
		figure_add_exact(
		    c, f, "response", STR(""), instrument, steps[i].metric, "requests", t->step[i]);
	figure_add_exact(c, f, "response", STR(""), instrument, "open", "requests", t->open);
	if (not_recorded > 0)
		figure_add_exact(c, f, "response", STR(""), instrument, "not_recorded", "requests",
		    not_recorded);
	if (median >= 0)
		figure_add_exact(
		    c, f, "response", STR(""), instrument, "median_hours", "hours", median);
}
