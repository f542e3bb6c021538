/*
 * A table found in a book by its mapping (map_report.h): its rows, each field as text with its
 * place. What the texts mean as numbers is not asked here. Pure, in the arena.
 */
#ifndef WRIT_MAP_GRID_H
#define WRIT_MAP_GRID_H

#include "in/map_report.h"

struct map_text {
	struct str text; /* "" when nothing stands there */
	struct str where;
	bool number; /* a spreadsheet's number, not text */
};

struct map_line {
	struct str where;        /* its first label */
	bool total;              /* the publisher's own total */
	struct map_text *fields; /* one a column of the table */
};

struct map_grid {
	const struct book_sheet *sheet;
	struct map_line *lines;
	size_t n, cap;
	struct map_text *titles; /* texts above the rows */
	size_t n_titles, cap_titles;
};

/* map_grid_wants(t, file): the table is to be looked for in a file of this name. */
bool map_grid_wants(const struct map_table *t, struct str file);
/* map_grid_read(c, t, file, book, ret): ERR_INVALID "FILE: ..." with the place in the file and
 * the mapping's line: no such sheet, a column that is missing or there twice, a cell that does not
 * say what the mapping expects, a metric that comes twice. ERR_LIMIT. */
int map_grid_read(struct ctx *c, const struct map_table *t, const char *file,
    const struct book *book, struct map_grid *ret) MUST_CHECK;

#endif
