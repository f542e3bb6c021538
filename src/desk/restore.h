/*
 * An instance out of a backup, on an empty machine: a folder that is there whole, under its name,
 * or not at all. Before anybody else can open it, what the side journals say was erased is erased
 * again, and the log goes on: in the same epoch where the signer is there and fits, else in a new
 * one.
 */
#ifndef WRIT_RESTORE_H
#define WRIT_RESTORE_H

#include "desk/ack.h"
#include "store/copy.h"
#include "store/epoch.h"

struct restore_job {
	const char *path; /* of the backup */
	struct str dir;   /* for the instance: not there, or empty */
	struct str key;   /* file with the instance key; "" when it is in keys */
	struct str keys;  /* the signer's folder, where it was saved: used where it is; or "" */
	struct str database, owner; /* addresses, or "" for sqlite:data/writ.db */
	const struct str *journals;
	size_t n_journals;
	struct copy_job progress;
};

struct restored {
	struct instant at; /* of the backup */
	int64_t rows, documents, damaged;
	int64_t size; /* of the ledger as it was saved, and its root */
	struct hash root;
	struct epoch_look look; /* signer and database, before a new epoch */
	struct epoch epoch;     /* that goes on now */
	bool new_epoch;
	struct ack_report acks;
	int64_t erased;        /* cases that were erased again */
	int64_t erased_absent; /* erasures of what the backup does not hold */
	size_t torn;           /* journals whose last line was torn */
	struct str changed;    /* keys of writ.yaml that were set anew, with blanks between */
};

/* restore_backup(c, job, ret): ERR_CONFLICT when job->dir is not empty, or another restore works on
 * it; codes of unpack_backup; a journal that is damaged ends it. After a failure job->dir is what
 * it was (a database of PostgreSQL has to be emptied by hand). */
int restore_backup(struct ctx *c, const struct restore_job *job, struct restored *ret) MUST_CHECK;

#endif
