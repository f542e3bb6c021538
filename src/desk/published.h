/*
 * Anybody's published transparency report, checked (writ check): the files as they were published,
 * read by a mapping file (in/map_report.h), and everything in them that cannot be right or is worth
 * a question (stat/table.h; the list is SPEC.md 5.7), and what its figures together give away about
 * those that it prints as bands. Needs no instance, opens no file: callers
 * hand the bytes over and run it in a box.
 */
#ifndef WRIT_PUBLISHED_H
#define WRIT_PUBLISHED_H

#include "kind/day.h"
#include "stat/table.h"

struct published_file {
	struct str name; /* for messages */
	struct str bytes;
};

/* A table that was checked. */
struct published_table {
	struct str file, sheet, name;
	struct period period; /* both ends DAY_NONE: the rows have many */
	size_t rows;
	bool checked; /* false: none of the files has it */
	struct table_fit fit;
};

struct published_finding {
	struct str file, sheet, table; /* table "" for what is wrong with the file */
	struct table_finding what;
};

/* A country under another name than Writ prints. */
struct published_alias {
	struct str printed, code;
};

/* One way in which a printed band is narrowed: under what a reader has to take for granted. */
struct published_way {
	bool contradiction; /* no number fits: then no edges */
	int64_t lo, hi;
	bool has_hole; /* and not this one between them */
	int64_t hole;
	struct str assume;   /* as it goes on after "if"; "" with no assumption */
	struct str *because; /* figures and what ties them, with their places */
	size_t n_because;
};

/* A printed band that does not hold, or of which that is not known. */
struct published_band {
	struct str file, sheet, table, where, label, column;
	int64_t lo, hi; /* as printed */
	bool undecided; /* too large to be decided, or the search met its limit; no ways */
	struct published_way *ways;
	size_t n_ways;
};

enum { PUBLISHED_BANDS_MAX = 10000 };

/* What the bands of all files together give away (audit/audit.h). */
struct published_bands {
	struct published_band *v; /* the first PUBLISHED_BANDS_MAX */
	size_t n, cap;
	/* by band: each number of it stays possible; not so, whatever is taken for granted; not so
	 * under an assumption; no number of it fits, whatever is taken for granted (found as
	 * impossible, and not listed); undecided */
	int64_t hold, narrowed, narrowed_if, contradicted, undecided;
};

struct published {
	struct str publisher, source, note;
	struct period period;
	struct published_table *tables;
	struct published_finding *findings;
	struct published_alias *aliases;
	size_t n_tables, n_findings, n_aliases, cap_tables, cap_findings, cap_aliases;
	int64_t impossible, suspicious, fine;
	struct published_bands bands;
};

/* published_check(c, map_name, map_text, files, n, ret): ERR_INVALID or ERR_LIMIT when the mapping
 * or a file cannot be read, with its place; a report full of faults is no error. */
int published_check(struct ctx *c, const char *map_name, struct str map_text,
    const struct published_file *files, size_t n, struct published *ret) MUST_CHECK;

#endif
