/*
 * Open demands out of a foreign CSV: one struct draft a row, by a mapping file of kind demands
 * (SPEC.md 4.6), over the handle of map_rows.h.
 */
#ifndef WRIT_MAP_DEMAND_H
#define WRIT_MAP_DEMAND_H

#include "in/draft.h"
#include "in/map_rows.h"

/* map_demand_next(c, rows, ret, ret_line): 1 and the next demand with the line of its row, 0 at the
 * end. ERR_INVALID or ERR_LIMIT "FILE:LINE:COL: column ..." refuse the row, as in map_rows_closed.
 * The draft is copied into the arena. The zone of day_zone counts for receipts that are a day and a
 * time. */
int map_demand_next(
    struct ctx *c, struct map_rows *rows, struct draft *ret, int64_t *ret_line) MUST_CHECK;

#endif
