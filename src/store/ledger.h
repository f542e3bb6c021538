/*
 * The ledger: append-only entries, their places, tiles and checkpoints (SPEC.md 2; RFC 6962; C2SP
 * tlog-tiles). An entry is written with its cause; it gets its place when a slot closes, by the one
 * sequencer; the signer then signs the committed tree.
 *
 * leaf bytes  = 0x01 || commitment(32)
 * commitment  = SHA-256("writ/commit/1" NUL || salt(16) || detail)
 * Version byte 2 is kept for the vector commitments of a later format.
 */
#ifndef WRIT_LEDGER_H
#define WRIT_LEDGER_H

#include "kind/json.h"
#include "store/db.h"

enum { LEDGER_SALT = 16, LEDGER_LEAF = 33 };

enum { LEDGER_IDS_MAX = 1000 };

/* ledger_ids(c, db, n, ret): n ids for new entries, *ret and those after it, n up to
 * LEDGER_IDS_MAX. Inside a transaction; the entries or a stamp are written before more are asked
 * for. Ids ascend, and some may never be used. */
int ledger_ids(struct ctx *c, struct db *db, int64_t n, int64_t *ret) MUST_CHECK;
/* ledger_commit(salt, detail): the commitment. */
struct hash ledger_commit(const unsigned char salt[static LEDGER_SALT], struct str detail);
/* ledger_leaf(commitment, leaf): the 33 bytes that the log holds. */
void ledger_leaf(struct hash commitment, unsigned char leaf[static LEDGER_LEAF]);
/* ledger_put(c, db, id, kind, at, actor, matter, detail, keep, ret): writes the entry. keep false
 * stores no detail: the row that has the entry's id is the detail (table closed). ret (may be
 * NULL): the RFC 6962 leaf hash. The caller announces the range with ledger_pend before commit. */
int ledger_put(struct ctx *c, struct db *db, int64_t id, const char *kind, struct instant at,
    int64_t actor, int64_t matter, struct str detail, bool keep, struct hash *ret) MUST_CHECK;
/* ledger_pend(c, db, first, n): entries first..first+n-1 wait for their places. */
int ledger_pend(struct ctx *c, struct db *db, int64_t first, int64_t n) MUST_CHECK;

/* ledger_close_slot(c, db, holder, ret_size): under the sequencer's lease gives every waiting entry
 * its place, oldest id first, and stores places, tiles and the new tree in one transaction.
 * *ret_size is the tree's size after it (unchanged when nothing waited). ERR_CONFLICT while another
 * holder's lease runs. */
int ledger_close_slot(
    struct ctx *c, struct db *db, struct str holder, int64_t *ret_size) MUST_CHECK;

/* The newest committed tree; size 0 and the empty root before the first. */
struct ledger_tree {
	int64_t size;
	struct hash root;
	struct instant at;
};
int ledger_tree(struct ctx *c, struct db *db, struct ledger_tree *ret) MUST_CHECK;
/* ledger_place(c, db, entry, ret): the entry's place, -1 while it waits. */
int ledger_place(struct ctx *c, struct db *db, int64_t entry, int64_t *ret) MUST_CHECK;
/* ledger_entry_at(c, db, place, ret): the entry at a place; ERR_NOTFOUND beyond the tree. */
int ledger_entry_at(struct ctx *c, struct db *db, int64_t place, int64_t *ret) MUST_CHECK;
/* ledger_node(c, ledger_nodes, level, index, ret): hash of a complete subtree, for proofs: pass a
 * struct ledger_nodes with the tree's size as arg. */
struct ledger_nodes {
	struct db *db;
	int64_t size;
};
int ledger_node(
    struct ctx *c, void *arg, unsigned level, uint64_t index, struct hash *ret) MUST_CHECK;

#endif
