/*
 * Verification of a log: an instance's own, with every row that its entries commit to, and any
 * foreign one, from a folder of C2SP tlog-tiles files alone.
 *
 * An own log is verified in two parts. The log: places without gap and each once, every entry's
 * leaf bytes up through every tile of every level to the root of the newest slot, every stored
 * checkpoint (signature by the key of its epoch, size, root), what an epoch before signed last, and
 * what signer.state says was signed. The rows: each
 * entry's commitment is recomputed from salt and detail (or from its row in table closed), the
 * entry's columns are compared with the detail, and each row of each table of step.h must be just
 * what the entry that last touched it recorded. A detail that was erased is
 * counted, and a finding unless an erasure's own entry names it; a row that still rests on such an
 * entry is one.
 *
 * All is read from one snapshot of the database; writers are not held up. Memory does not grow with
 * the log, but for 33 bytes for 256 entries (check.h), 24 a run of places and 48 a checkpoint.
 */
#ifndef WRIT_VERIFY_H
#define WRIT_VERIFY_H

#include "store/step.h"

enum { VERIFY_FINDINGS_MAX = 100, VERIFY_TEXT = 320 };

/* About 32 KB: made in the arena by verify_make. */
struct verify {
	int64_t placed;      /* entries of the tree that was verified */
	int64_t pending;     /* entries that wait for their place */
	int64_t signed_size; /* size of the newest checkpoint with a good signature */
	int64_t checkpoints; /* checkpoints with a good signature */
	int64_t epochs;      /* of the log (epoch.h) */
	int64_t lost; /* entries that ended epochs had signed beyond what was there at their end */
	/* the rows; 0 after a quick verification and for a foreign log */
	int64_t entries;     /* entries looked at */
	int64_t erased;      /* of them, with erased detail */
	int64_t closed;      /* of them, records of imported history */
	int64_t rows;        /* rows looked at, without those of table closed */
	int64_t rows_erased; /* of them, last touched by an entry with erased detail */
	int64_t promises;    /* signed promises looked at */
	bool state_unread;   /* not for this user to read: that the database is the newest was not
				looked at */
	size_t n;            /* findings; 0: everything was verified */
	size_t more;         /* findings beyond VERIFY_FINDINGS_MAX */
	char text[VERIFY_FINDINGS_MAX][VERIFY_TEXT];
};

struct verify *verify_make(struct ctx *c);
/* verify_own(c, store, keys_dir, quick, ret): log.vkey and receipt.vkey come from keys_dir; without
 * the right to read signer.state that part is left out (state_unread); that it is gone is found.
 * quick: the log alone. 0 when the verification could be done, whatever it found: ask ret->n.
 * ERR_NOTFOUND without log.vkey, ERR_FAIL when the database cannot be read, ERR_LIMIT above
 * CHECK_SIZE_MAX entries. */
int verify_own(struct ctx *c, struct store *store, const char *keys_dir, bool quick,
    struct verify *ret) MUST_CHECK;
/* verify_restored(c, store, keys_dir, ret): all of it but signer.state, which a restored database
 * is compared with by epoch_look. */
int verify_restored(
    struct ctx *c, struct store *store, const char *keys_dir, struct verify *ret) MUST_CHECK;
/* verify_foreign(c, dir, vkey, ret): the log in the files below dir; vkey is a verifier key as
 * text. ERR_INVALID for what is no key, ERR_NOTFOUND without a checkpoint file; a checkpoint that
 * the key did not sign is a finding, and then nothing else is looked at. */
int verify_foreign(struct ctx *c, const char *dir, struct str vkey, struct verify *ret) MUST_CHECK;

#endif
