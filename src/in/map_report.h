/*
 * Mapping files of the kind report (SPEC.md 4.7): how a published transparency report is read, so
 * that it can be checked (writ check). A report has tables; a table lies in a CSV or in one sheet
 * of a workbook; the mapping says which column is what, and what must add up.
 *
 * Columns are known by their names in the header row, or, with `letters: yes`, by the letters of
 * the sheet; then `expect` says what must stand in which cell, so that a workbook that was laid out
 * anew is refused and not misread. With `long` each row of the file gives one number, and the names
 * are those of its metrics. Pure, in the arena.
 */
#ifndef WRIT_MAP_REPORT_H
#define WRIT_MAP_REPORT_H

#include "in/book.h"
#include "kind/day.h"
#include "kind/yaml.h"

enum { MAP_TABLES_MAX = 100, MAP_COLUMNS_MAX = 400, MAP_ASSUMPTIONS_MAX = 4 };
#define MAP_ABSENT SIZE_MAX

struct map_named { /* an outcome: its name, and its column */
	struct str name;
	size_t col;
};

struct map_share {
	size_t col, of;
	size_t *parts, n_parts;
	bool percent; /* a bare 35 is 35 %; else it is printed as 0.35. "35%" says it itself */
	int decimals; /* of the printed figure, at least; 0 to 6 */
};

struct map_adds {
	size_t whole, *parts, n_parts;
};

struct map_span {
	size_t lo, hi;
};

enum map_unit { MAP_UNIT_DATA, MAP_UNIT_REQUESTS, MAP_UNIT_ACCOUNTS, MAP_UNIT_NONE };

/* One table. Columns are numbers below n_columns; MAP_ABSENT: not given. */
struct map_table {
	const struct yaml *at;
	struct str name, file, sheet;
	bool has_period; /* else the report's own */
	struct period period;
	struct str *columns; /* names, or letters */
	size_t n_columns;
	size_t *labels, n_labels;
	size_t *by, n_by; /* a total is that of the rows with the same texts in these columns */
	size_t country;   /* one of the labels, or MAP_ABSENT */
	size_t requests, accounts;
	struct map_named *outcomes;
	struct map_share *shares;
	struct map_adds *sums;
	struct map_span *bands;
	size_t n_outcomes, n_shares, n_sums, n_bands;
	int64_t widths[8];
	size_t n_widths;
	enum map_unit unit;
	bool each_demand; /* a row is one demand; outcomes are flags */
	struct str yes, no;
	struct map_layout *layout; /* private to in */
};

/* A number of another table: the row's label as printed, or "" for each row of the same label. */
struct map_cell {
	size_t table, col;
	struct str row;
	const struct yaml *at;
};

/* Numbers of several tables that add up: what is counted as a whole here is counted in parts there.
 * assume: what has to be taken for granted for it, as it goes on after "if"; "" where nothing. */
struct map_tie {
	struct map_cell whole, *parts;
	size_t n_parts;
	struct str assume;
};

struct map_report {
	struct str publisher, source, note;
	/* One of: fixed; named by the text of a cell (period_row > 0); none, because the rows have
	 * many (both ends DAY_NONE). */
	struct period period;
	struct str period_sheet;
	int32_t period_row, period_col;
	const struct yaml *period_at;
	char delimiter, thousands;
	struct str *none; /* texts that stand for no number */
	size_t n_none;
	struct map_table *tables;
	struct map_tie *ties;
	size_t n_tables, n_ties;
};

/* map_report_parse(c, file, text, ret): ERR_INVALID "FILE:LINE:COL: ...". */
int map_report_parse(
    struct ctx *c, const char *file, struct str text, const struct map_report **ret) MUST_CHECK;

#endif
