/*
 * Making the log's keys, and asking the signer. The keys are files in one folder:
 *
 *   log.key, receipt.key     C2SP signer keys (Ed25519) as text, 0400; named ORIGIN and
 *                            ORIGIN/receipt. ticket.key (ORIGIN/ticket) may be there too
 *   log.vkey, receipt.vkey   their verifier keys as text, for everybody
 *   signer.state             what was signed last (sign_state.h). Never restored from a backup
 *
 * This process opens the files but does not read the keys: it hands the descriptors to the role
 * "signer" (sign_role.h), asks one thing, and lets it end. Not usable inside a box.
 */
#ifndef WRIT_SIGN_H
#define WRIT_SIGN_H

#include "kind/day.h"
#include "proof/merkle.h"
#include "proof/note.h"

/* A tree as it is signed. */
struct sign_tree {
	uint64_t size; /* at most 2^63 - 1 */
	struct hash root;
};

/* sign_create(c, keys_dir, origin): makes both keys and a fresh signer.state in a folder that is
 * there. ERR_CONFLICT when one of the files exists; ERR_INVALID for an origin that is no key name.
 */
int sign_create(struct ctx *c, const char *keys_dir, struct str origin) MUST_CHECK;
/* sign_create_after(c, keys_dir, origin, from): the same for a signer that will sign only what
 * extends the tree `from`, as if it had signed that last. */
int sign_create_after(struct ctx *c, const char *keys_dir, struct str origin,
    const struct sign_tree *from) MUST_CHECK;
/* sign_create_ticket(c, keys_dir, origin): makes ticket.key and ticket.vkey beside them.
 * ERR_CONFLICT when there is one. */
int sign_create_ticket(struct ctx *c, const char *keys_dir, struct str origin) MUST_CHECK;
/* sign_key(c, keys_dir, name, ret): reads a verifier key, "log", "receipt" or "ticket".
 * ERR_NOTFOUND, ERR_INVALID. */
int sign_key(
    struct ctx *c, const char *keys_dir, const char *name, struct note_key *ret) MUST_CHECK;
/* sign_last(c, keys_dir, ret): what signer.state says was signed last; size 0 before the first.
 * ERR_NOTFOUND without the file; ERR_DENIED when this process may not read it; ERR_FAIL when it is
 * damaged. */
int sign_last(struct ctx *c, const char *keys_dir, struct sign_tree *ret) MUST_CHECK;

/* sign_used(c, keys_dir, ret): whether the signer has signed a tree since its keys were made; codes
 * of sign_last. */
int sign_used(struct ctx *c, const char *keys_dir, bool *ret) MUST_CHECK;

/* sign_checkpoint(c, keys_dir, from, to, proof, ret_last, ret_note): the signed checkpoint of `to`,
 * verified. from is the size signed last (0: none), proof leads from there to `to` and may be NULL
 * when from is 0. ERR_CONFLICT: another tree was signed last; *ret_last is it, try again from
 * there. ERR_DENIED: `to` is smaller than it, or does not extend it (a fork). ERR_NOTFOUND without
 * keys, ERR_FAIL. */
int sign_checkpoint(struct ctx *c, const char *keys_dir, uint64_t from, const struct sign_tree *to,
    const struct merkle_proof *proof, struct sign_tree *ret_last, struct str *ret_note) MUST_CHECK;
/* sign_promise(c, keys_dir, leaf, at, ret_note): a signed note that the entry with this leaf hash
 * will have its place (SPEC.md 2.7). ERR_NOTFOUND without keys, ERR_FAIL. */
int sign_promise(struct ctx *c, const char *keys_dir, struct hash leaf, struct instant at,
    struct str *ret_note) MUST_CHECK;
/* sign_ticket(c, keys_dir, hash, ret_note): ERR_DENIED where there is no ticket.key. */
int sign_ticket(
    struct ctx *c, const char *keys_dir, struct hash hash, struct str *ret_note) MUST_CHECK;

/* sign_promise_open(c, note, key, ret_leaf, ret_at): reads a promise. ERR_INVALID, ERR_DENIED as
 * note_open. */
int sign_promise_open(struct ctx *c, struct str note, const struct note_key *key,
    struct hash *ret_leaf, struct instant *ret_at) MUST_CHECK;

#endif
