/* Private to desk: what a table's texts mean. */
#ifndef WRIT_PUBLISHED_P_H
#define WRIT_PUBLISHED_P_H

#include "desk/published.h"
#include "in/map_grid.h"

/* A table that was read, for what can be inferred from all of them together. */
struct published_read {
	const struct map_table *map;
	struct str file, sheet;
	struct table table;
	size_t *place; /* by column of the mapping: its place in the table, or MAP_ABSENT */
	struct table_fit fit;
};

/* published_table.c: the table of a grid. Countries that are spelled otherwise are noted in p,
 * those that none is found for in found. ret_place: as published_read.place. */
void published_table_make(struct ctx *c, const struct map_report *map, const struct map_table *t,
    const struct map_grid *grid, struct published *p, struct table_findings *found,
    struct table *ret, size_t **ret_place);

/* published.c: adds what was found in a file, and empties found. */
void published_take(struct ctx *c, struct published *p, const struct published_read *at,
    struct table_findings *found);

/* published_infer.c: p->bands. A band that no number fits is found as impossible. ERR_FAIL only for
 * a bug of the audit; ERR_INVALID for a tie whose column is none of figures. */
int published_infer(struct ctx *c, const struct map_report *map, const struct published_read *v,
    size_t n, struct published *p) MUST_CHECK;

#endif
