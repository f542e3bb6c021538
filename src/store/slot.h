/*
 * Closing a slot of the ledger: what waits gets its places (ledger.h), the signer signs the
 * committed tree, the note is stored. A crash at any moment in between is made good by the next
 * call: the same tree is signed again, with the same note.
 */
#ifndef WRIT_SLOT_H
#define WRIT_SLOT_H

#include "store/ledger.h"
#include "store/step.h"

enum {
	SLOT_SECONDS = 3600
}; /* how long an entry waits for its place at most, while somebody works */

struct slot {
	struct ledger_tree tree; /* size 0: the ledger is empty, nothing was signed */
	struct str note;         /* the signed checkpoint of that tree */
};

/* slot_close(c, store, keys_dir, ret): afterwards every committed entry has a place, and the newest
 * tree its checkpoint. Needs a handle with SQL_ROLE_CLI and SQL_ROLE_SEQ. ERR_CONFLICT while
 * another machine holds the sequencer's lease; ERR_DENIED when the signer refuses: the tree is
 * smaller than, or a fork of, what was signed; ERR_FAIL when signer.state was rolled back. */
int slot_close(
    struct ctx *c, struct store *store, const char *keys_dir, struct slot *ret) MUST_CHECK;
/* slot_close_due(c, store, keys_dir): as slot_close, but only when the oldest waiting entry waits
 * for SLOT_SECONDS, or is of an instant to come because the clock was set back, or a tree waits for
 * its checkpoint. */
int slot_close_due(struct ctx *c, struct store *store, const char *keys_dir) MUST_CHECK;
/* slot_note(c, db, size, ret): the checkpoint stored for a tree; the empty text when there is none.
 */
int slot_note(struct ctx *c, struct db *db, int64_t size, struct str *ret) MUST_CHECK;

#endif
