/* The parts of a verification. Private to verify.c, split off for size only. */
#ifndef WRIT_VERIFY_P_H
#define WRIT_VERIFY_P_H

#include "proof/check.h"
#include "proof/note.h"
#include "store/sign.h"
#include "store/verify.h"

/* Entries first_entry.. hold the places first_place.., or wait (first_place -1). */
struct verify_run {
	int64_t first_place, first_entry, n;
};

/* The log's names and keys, one after the other (epoch.h); the first is epoch 1. */
struct verify_epoch {
	int64_t began;
	struct note_key log, receipt;
};

/* A tree that an ended epoch is known to have signed last, and that must be in the log. */
struct verify_last {
	int64_t size;
	struct hash root;
};

struct verify_work {
	struct db *db;
	const char *keys_dir;
	bool no_state; /* signer.state is left out */
	/* What signer.state said before the snapshot began: a tree is in the database before it is
	 * signed, so this one must be there; what was signed later need not. */
	struct sign_tree before;
	struct verify *v;
	struct verify_run *run; /* by place */
	size_t n_run, cap_run;
	struct verify_run *range; /* runs and waiting ranges, by entry */
	size_t n_range, cap_range;
	struct verify_epoch *epoch;
	size_t n_epoch, cap_epoch;
	struct verify_last *last;
	size_t n_last, cap_last;
};

/* verify_add(v, fmt, ...): notes a finding. */
void verify_add(struct verify *v, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* verify_epochs(c, w): the keys of all epochs; the records must follow one another, and keep what
 * the one before signed. First of all. */
int verify_epochs(struct ctx *c, struct verify_work *w) MUST_CHECK;
/* verify_log_key(w, size): the key by which a tree of this size was signed. */
const struct note_key *verify_log_key(const struct verify_work *w, int64_t size);
/* verify_log(c, w): places, tiles, root, checkpoints; fills in run and range. */
int verify_log(struct ctx *c, struct verify_work *w) MUST_CHECK;
/* verify_rows(c, w): commitments, rows, promises. After verify_log. */
int verify_rows(struct ctx *c, struct verify_work *w) MUST_CHECK;
/* verify_figures(c, w): the figures of every edition against the hash that its row, and so the
 * ledger, holds. */
int verify_figures(struct ctx *c, struct verify_work *w) MUST_CHECK;

#endif
