/*
 * Anybody's published transparency report, checked (writ check): the files as they were published,
 * read by a mapping file (in/map_report.h), and everything in them that cannot be right or is worth
 * a question (stat/table.h; the list is SPEC.md 5.7). Needs no instance, opens no file: callers
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

struct published {
	struct str publisher, source, note;
	struct period period;
	struct published_table *tables;
	struct published_finding *findings;
	struct published_alias *aliases;
	size_t n_tables, n_findings, n_aliases, cap_tables, cap_findings, cap_aliases;
	int64_t impossible, suspicious, fine;
};

/* published_check(c, map_name, map_text, files, n, ret): ERR_INVALID or ERR_LIMIT when the mapping
 * or a file cannot be read, with its place; a report full of faults is no error. */
int published_check(struct ctx *c, const char *map_name, struct str map_text,
    const struct published_file *files, size_t n, struct published *ret) MUST_CHECK;

#endif
