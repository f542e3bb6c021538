/*
 * Proofs that an entry is in the log, as files that can be checked offline with the log's verifier
 * key alone: C2SP tlog-proof (c2sp.org/tlog-proof@v1). The `extra` line holds the entry's 33 leaf
 * bytes, from which the leaf hash is made. A proof tells the entry's place and the log's size: it
 * is for whom they may be told.
 */
#ifndef WRIT_PROVE_H
#define WRIT_PROVE_H

#include "proof/note.h"
#include "store/step.h"

enum { PROVE_MAX = NOTE_MAX + 16384 }; /* bytes of a proof */

/* What a proof shows. */
struct prove {
	struct hash leaf; /* RFC 6962 leaf hash */
	uint64_t index;
	struct note_checkpoint tree; /* of the tree it is in */
};

/* prove_leaf(c, store, leaf, ret): the proof for a leaf hash in the tree of the newest checkpoint.
 * ERR_NOTFOUND when no entry with a place in it has that leaf hash: it waits, or never was. */
int prove_leaf(struct ctx *c, struct store *store, struct hash leaf, struct str *ret) MUST_CHECK;
/* prove_entry(c, store, entry, ret): the same by the entry's id. */
int prove_entry(struct ctx *c, struct store *store, int64_t entry, struct str *ret) MUST_CHECK;
/* prove_check(c, text, vkey, ret): checks a proof with a verifier key. ERR_INVALID naming the line,
 * or when the proof or the signature is wrong; ERR_DENIED when the key did not sign it. Whether
 * ret->leaf is the entry one wants to see proved is for the caller to compare. */
int prove_check(struct ctx *c, struct str text, struct str vkey, struct prove *ret) MUST_CHECK;

#endif
