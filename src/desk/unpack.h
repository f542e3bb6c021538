/*
 * A backup taken apart again: into an empty folder and an empty database of either engine. Used by
 * `writ restore`, and by the check of `writ backup`.
 */
#ifndef WRIT_UNPACK_H
#define WRIT_UNPACK_H

#include "store/copy.h"
#include "store/vault.h"

struct unpack {
	struct str dir;      /* is there, empty: gets blob/, law/ and the database's file */
	struct str keys;     /* folder for the verifier keys, made if it is not there */
	struct str database; /* for db_fill */
	struct str owner;    /* who makes and owns PostgreSQL's tables, or "" */
	struct copy_job progress;
};

struct unpacked {
	struct copy_sums sums; /* of the database that was filled, read back from it */
	struct str conf;       /* writ.yaml as it was */
	struct str origin;
	struct instant at; /* of the backup */
	int64_t documents, damaged;
	bool has_law;
};

/* unpack_backup(c, vault, path, how, ret): rows are compared with the sums in the file, the ledger
 * verifies and has the root that the file names, before the database becomes one that a program
 * opens. Codes of ark_open; ERR_CONFLICT for a backup of another schema, or a database that is not
 * empty; ERR_FAIL when anything differs. What was written until then is left for the caller. */
int unpack_backup(struct ctx *c, struct vault *vault, const char *path, const struct unpack *how,
    struct unpacked *ret) MUST_CHECK;

#endif
