/*
 * Many open demands out of one CSV by a mapping file (in/map_demand.h, SPEC.md 4.6): each becomes a
 * demand in triage, as if it had been entered singly, with its own ledger entry. The file is read
 * twice: first to check every row, then to store. The row of table import moves on in the same
 * transaction as each demand, so a run that was killed is continued where it stood. Refused rows
 * are reported with their place; the rest is untouched by them.
 */
#ifndef WRIT_ARRIVAL_H
#define WRIT_ARRIVAL_H

#include "desk/right.h"

struct arrival_job {
	const char *path, *map_path;
	bool whole; /* all or nothing: one transaction, one ledger entry; no row may be refused */
	/* Both may be NULL. total is the number of rows the first reading found. */
	void (*progress)(void *arg, int64_t done, int64_t total);
	void (*refused)(void *arg, int64_t line, int64_t col, struct str why);
	void *arg;
};

struct arrival_result {
	int64_t demands, refused;
	bool resumed;
};

/* arrival_import(c, in, actor, job, ret): needs ROLE_INTAKE. ERR_INVALID for a wrong mapping file
 * or header, a file without a single good row, and with `whole` for any refused row; ERR_CONFLICT
 * when this file was imported by this mapping file already, or changed between the readings. */
int arrival_import(struct ctx *c, struct instance *in, const struct person *actor,
    const struct arrival_job *job, struct arrival_result *ret) MUST_CHECK;

#endif
