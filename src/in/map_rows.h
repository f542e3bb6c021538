/*
 * One reading of a CSV by a mapping file (map.h): rows of history as struct map_closed; open
 * demands are read by map_demand.h over the same handle.
 *
 * An aggregated row is spread over single records by a fixed rule, so that everybody gets the same
 * ones (SPEC.md 4.5): the row's R requests become R records; outcomes come in the order of enum
 * map_outcome, what the counts leave over is not_recorded; of the row's A accounts each record gets
 * floor(A / R), and the first A mod R records one more.
 */
#ifndef WRIT_MAP_ROWS_H
#define WRIT_MAP_ROWS_H

#include "in/csv.h"
#include "in/map.h"
#include "kind/day.h"

enum { MAP_REQUESTS_MAX = 1000000 }; /* of one row */

struct map_closed {
	int64_t line; /* of the row in the CSV */
	struct day from, to;
	struct str country, class;
	struct str printed; /* a remark the source prints beside it */
	bool has_printed;
	int64_t requests; /* at least 1 */
	int64_t accounts;
	int64_t counts[MAP_OUTCOMES]; /* adds up to requests */
};

struct map_rows;

/* map_rows_open(c, map, file, in, ret): reads the header. ERR_INVALID "FILE:LINE:COL: ..." when a
 * column that the mapping file names is missing or there twice. c must outlive the handle. */
int map_rows_open(struct ctx *c, const struct map *map, const char *file, struct csv_input in,
    struct map_rows **ret) MUST_CHECK;
void map_rows_close(struct map_rows **rows);

/* map_rows_closed(c, rows, ret): 1 and the next piece of history, 0 at the end. A CSV row gives one
 * piece for each of its groups that has requests, all or none. ERR_INVALID or ERR_LIMIT refuse the
 * row; called again after err_clear it goes on with the next. Texts are valid until the next row is
 * read. Arena use: none that lasts; callers may reset. */
int map_rows_closed(struct ctx *c, struct map_rows *rows, struct map_closed *ret) MUST_CHECK;
/* map_rows_more(rows): the row read last has another piece. */
bool map_rows_more(const struct map_rows *rows);
/* map_rows_next_line(rows): line on which the next row begins. */
int64_t map_rows_next_line(const struct map_rows *rows);
/* map_rows_fault(rows): place of the last error. */
struct csv_place map_rows_fault(const struct map_rows *rows);
/* map_rows_end(c, rows, ret_note): after the end, compares the rows with the source's own total.
 * Requests or accounts that differ are ERR_INVALID at the total's field, unless the mapping file
 * says `differs: note`; differing outcomes are only noted, originals have such faults. Where rows
 * were refused nothing is compared. The note has sentences for people, "" when there is nothing to
 * say. */
int map_rows_end(struct ctx *c, struct map_rows *rows, struct str *ret_note) MUST_CHECK;

/* map_rows_spread(row, i, ret_outcome, ret_accounts): record i (from 0) of the row's requests. */
void map_rows_spread(
    const struct map_closed *row, int64_t i, enum map_outcome *ret_outcome, int64_t *ret_accounts);

#endif
