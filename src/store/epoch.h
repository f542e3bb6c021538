/*
 * Epochs of the log (SPEC.md 2.12). When the signer is lost, or has signed more than the database
 * holds (a restored backup), the old key may not sign again: it would sign a second history. The
 * log then goes on as another one, with its own origin (ORIGIN/2, ORIGIN/3 ...) and keys, over the
 * same entries at the same places; its first entry says what the old one signed last. The new
 * signer starts from the tree as it was then, and signs only what extends it.
 *
 * The keys of epoch 1 are in the folder of the keys, those of epoch N in epoch-N below it. Which
 * epoch it is is told by the database alone, so the step that opens one changes both at once.
 */
#ifndef WRIT_EPOCH_H
#define WRIT_EPOCH_H

#include "store/sign.h"
#include "store/step.h"

struct epoch {
	int64_t number;     /* 1: the log as it was made; then the texts are empty */
	struct str origin;  /* name of the log */
	struct str log_key; /* its verifier key, as text */
	struct str receipt_key;
	int64_t began; /* places that there were before it */
};

/* epoch_last(c, db, ret): the epoch that goes on now. */
int epoch_last(struct ctx *c, struct db *db, struct epoch *ret) MUST_CHECK;
/* epoch_keys(c, root, number): where the keys of an epoch are; root is the folder of the keys. */
const char *epoch_keys(struct ctx *c, const char *root, int64_t number);

enum epoch_stand {
	EPOCH_GOES_ON, /* signer and database fit */
	EPOCH_BEHIND,  /* the signer has signed what the database does not hold */
	EPOCH_LOST /* the keys or what was signed last are gone, damaged, or older than the log */
};

struct epoch_look {
	enum epoch_stand stand;
	const char *why;       /* a sentence */
	int64_t number;        /* of the epoch that was signed last */
	int64_t next;          /* number for a new one */
	struct sign_tree last; /* signed last, as far as is known here; size 0: nothing is known */
	struct str note;       /* its checkpoint, where the database has it */
};

/* epoch_look(c, db, root, ret): compares what was signed with what is there. ERR_DENIED when this
 * process may not read the signer's state. */
int epoch_look(struct ctx *c, struct db *db, const char *root, struct epoch_look *ret) MUST_CHECK;
/* epoch_open(c, store, root, origin, look, by_hand, actor, ret): a new epoch, whatever look->stand
 * says: places for all entries, new keys, the entry, and the old keys put away (log.key.ended).
 * origin is that of epoch 1. The slot is then closed by the caller, with the new keys. ERR_NOTFOUND
 * without the old verifier keys; ERR_CONFLICT when somebody writes to the ledger meanwhile, or
 * opens an epoch too. */
int epoch_open(struct ctx *c, struct store *store, const char *root, struct str origin,
    const struct epoch_look *look, bool by_hand, int64_t actor, struct epoch *ret) MUST_CHECK;

#endif
