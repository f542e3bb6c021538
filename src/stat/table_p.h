/* Private to stat: one checking of a table. */
#ifndef WRIT_TABLE_P_H
#define WRIT_TABLE_P_H

#include "stat/table.h"

struct table_pass {
	struct ctx *c;
	const struct table *t;
	struct table_findings *ret;
	struct table_fit fit;
};

/* A sum of ranges; any: a part says nothing, so there is no upper edge. */
struct table_range {
	int64_t lo, hi;
	bool any, over, figures; /* figures: at least one part has one */
};

/* table_range_add(r, cell). table_range_meets(r, cell): one number can be both. */
void table_range_add(struct table_range *r, const struct table_cell *cell);
bool table_range_meets(const struct table_range *r, const struct table_cell *cell);
/* table_range_text: "115", "100 to 120", "at least 100". */
struct str table_range_text(struct ctx *c, const struct table_range *r);
struct str table_cell_text(struct ctx *c, const struct table_cell *cell);
/* table_counts(cell): it has a figure. */
bool table_counts(const struct table_cell *cell);

/* table_sum.c: what must add up. */
void table_sum_unit(struct table_pass *k);
void table_sum_row(struct table_pass *k, const struct table_row *row);
void table_sum_totals(struct table_pass *k);
/* table_share.c: printed shares, and bands. */
void table_share_row(struct table_pass *k, const struct table_row *row);
void table_share_bands(struct table_pass *k);

#endif
