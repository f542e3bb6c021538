/*
 * A backup: everything of an instance in one encrypted file (SPEC.md 6.2), while others go on
 * working. In it are all rows of one moment, the documents, writ.yaml, own rule packs and the log's
 * verifier keys. Never in it: the instance key, the keys that sign, and what the signer signed
 * last.
 */
#ifndef WRIT_BACKUP_H
#define WRIT_BACKUP_H

#include "desk/right.h"
#include "store/copy.h"

struct backup_job {
	const char *path; /* of the file; nothing may be there */
	bool check;       /* restore it into a folder beside it, and compare */
	struct copy_job progress;
};

struct backup_made {
	struct copy_sums sums; /* of the rows, with the ledger's size and root */
	int64_t rows, documents, size;
	int64_t damaged; /* documents whose bytes are not those of their names any more */
	char first_damaged[65];
};

/* backup_make(c, in, actor, job, ret): the file is there, whole and on disk, or not at all.
 * ERR_DENIED without the role admin; ERR_CONFLICT when something has that name; ERR_FAIL when the
 * check finds a difference (the file is then removed). Documents that are damaged already are
 * counted, not refused: the rest must be saved. */
int backup_make(struct ctx *c, struct instance *in, const struct person *actor,
    const struct backup_job *job, struct backup_made *ret) MUST_CHECK;

#endif
