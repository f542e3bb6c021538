/* Private to in: where the columns of a table lie. */
#ifndef WRIT_MAP_REPORT_P_H
#define WRIT_MAP_REPORT_P_H

#include "in/map_p.h"
#include "in/map_report.h"

struct map_expect {
	int32_t row, col;
	struct str cell, text;
	int line; /* in the mapping file */
};

struct map_layout {
	struct map map; /* the columns, with the places at which the mapping names them */
	bool letters;
	int32_t header, first, last; /* rows; last 0: to the end */
	struct map_expect *expect;
	size_t n_expect;
	struct map_conds only, skip;
	struct map_cond total;
	bool has_total;
	size_t metric, value; /* long: columns of the file; else MAP_NO_COLUMN */
	bool *is_metric;      /* long: the column is a metric's name */
};

/* map_tie.c: the ties of a report whose tables have been read. */
int map_tie_parse(struct ctx *c, const struct yaml *root, struct map_report *r) MUST_CHECK;

#endif
