/* Private to desk: what a table's texts mean. */
#ifndef WRIT_PUBLISHED_P_H
#define WRIT_PUBLISHED_P_H

#include "desk/published.h"
#include "in/map_grid.h"

/* published_table.c: the table of a grid. Countries that are spelled otherwise are noted in p,
 * those that none is found for in found. */
void published_table_make(struct ctx *c, const struct map_report *map, const struct map_table *t,
    const struct map_grid *grid, struct published *p, struct table_findings *found,
    struct table *ret);

#endif
