/*
 * A published table as numbers, and what cannot be right in it (SPEC.md 5.7). Whoever read the
 * table says where each number stands; nothing here knows files. Pure.
 *
 * A cell is a range from lo to hi: an exact number has lo == hi; a band, "< 10" or "n/a" (0 and
 * more) the edges of what it can be. A sum is compared as a range too: what a hidden number could
 * still repair is no finding.
 *
 * Three degrees: impossible (whatever the true numbers are, this table is not right), suspicious
 * (can be right; worth asking the publisher), and fine, which is only counted: one for each
 * comparison that held.
 */
#ifndef WRIT_TABLE_H
#define WRIT_TABLE_H

#include "kind/decimal.h"

enum table_state {
	TABLE_BLANK, /* nothing stands there: 0 and more, and no figure */
	TABLE_KNOWN, /* lo..hi */
	TABLE_FRACTION,
	TABLE_TEXT /* no number at all: 0 and more */
};

struct table_cell {
	enum table_state state;
	int64_t lo, hi;
	struct str where; /* place in the sheet */
};
#define TABLE_ANY INT64_MAX /* hi of a cell that says nothing */

enum table_role { TABLE_REQUESTS, TABLE_ACCOUNTS, TABLE_OUTCOME, TABLE_OTHER };

struct table_column {
	struct str name; /* as messages call it */
	enum table_role role;
};

/* A printed share: parts / of. Without parts their number is not printed: then any whole number
 * of `of` may give the share. */
struct table_share {
	struct str name;
	size_t *parts, n_parts, of; /* columns */
};

struct table_printed {
	bool given, is_share; /* given, but no number: text */
	struct decimal p;     /* a fraction: 0.35 */
	int decimals;         /* of the fraction, to which it is printed */
	struct str where;
};

/* A column that others add up to, in each row. */
struct table_sum {
	size_t whole, *parts, n_parts;
};

struct table_band {
	size_t lo, hi; /* columns; the same where one text has both */
};

struct table_row {
	struct str label; /* as printed */
	struct str key;   /* what must be there once: the country's code, or the text; "" if none */
	struct str where;
	bool total;
	struct str group;              /* a total is that of its group's rows */
	struct table_cell *cells;      /* one a column */
	struct table_printed *printed; /* one a share */
};

enum table_unit {
	TABLE_BY_DATA, /* to be decided */
	TABLE_BY_REQUESTS,
	TABLE_BY_ACCOUNTS,
	TABLE_NO_UNIT /* the outcomes are no partition */
};

struct table {
	struct str name;
	struct table_column *columns;
	struct table_share *shares;
	struct table_sum *sums;
	struct table_band *bands;
	size_t n_columns, n_shares, n_sums, n_bands;
	int64_t widths[8]; /* of its bands; one of these for all of them */
	size_t n_widths;
	enum table_unit unit;
	bool repeats; /* labels may come again: each row is one demand */
	struct table_row *rows;
	size_t n_rows, cap_rows;
};

enum table_degree { TABLE_IMPOSSIBLE, TABLE_SUSPICIOUS };

struct table_finding {
	enum table_degree degree;
	const char *rule; /* its name in SPEC.md 5.7 */
	struct str where; /* place in the sheet; "" for all of it */
	struct str text;  /* what is wrong, with the numbers */
	struct str right; /* what would be right; "" when the table does not say */
};

enum { TABLE_FINDINGS_MAX = 10000 };

struct table_findings {
	struct table_finding *v; /* the first TABLE_FINDINGS_MAX */
	size_t n, cap;
	int64_t impossible, suspicious, fine;
};

/* What the outcomes add up to, and in how many rows. */
struct table_fit {
	enum table_unit unit; /* never TABLE_BY_DATA, unless there was nothing to decide from */
	int64_t requests, accounts, both, neither; /* rows, totals aside */
};

/* table_check(c, t, ret, ret_fit): appends what is found, in the order of the table. */
void table_check(
    struct ctx *c, const struct table *t, struct table_findings *ret, struct table_fit *ret_fit);
/* table_find(c, ret, degree, rule, where, right, fmt, ...): for what only the caller can see. */
void table_find(struct ctx *c, struct table_findings *ret, enum table_degree degree,
    const char *rule, struct str where, struct str right, const char *fmt, ...) PRINTF_LIKE(7, 8);

#endif
