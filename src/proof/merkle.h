/*
 * The Merkle tree of RFC 6962 section 2.1 over SHA-256: leaf = H(0x00 || entry), node =
 * H(0x01 || left || right), the empty tree = H(""). A tree of n leaves is split at the largest
 * power of two below n. Proofs are those of RFC 9162 sections 2.1.3 and 2.1.4. Pure.
 *
 * A complete subtree is named (level, index): it covers the leaves [index << level,
 * (index + 1) << level). Every proof can be put together from complete subtrees, so whoever can
 * return those (from tiles, from a table) can prove.
 *
 * Used by tile (tiles hold complete subtrees), check (whole logs), the sequencer, the signer and
 * receipts.
 */
#ifndef WRIT_MERKLE_H
#define WRIT_MERKLE_H

#include "kind/hash.h"

enum {
	MERKLE_EDGE_MAX = 64, /* one complete subtree for each bit of the size */
	MERKLE_PROOF_MAX = 65 /* 64 levels, and the start hash of a consistency proof */
};

/* The right edge of a growing tree: the complete subtrees its size splits into, largest first, as
 * many as the size has bits set. All zero is the empty tree. */
struct merkle {
	uint64_t size;
	struct hash edge[MERKLE_EDGE_MAX];
};

/* The hashes of an inclusion or consistency proof, in the order of RFC 9162 (from the leaf up). */
struct merkle_proof {
	size_t n;
	struct hash at[MERKLE_PROOF_MAX];
};

/* A function that returns the hash of the complete subtree (level, index): 0, or a negative code
 * with the text recorded. */
typedef int merkle_get(struct ctx *c, void *arg, unsigned level, uint64_t index, struct hash *ret);

/* merkle_leaf(entry): the leaf hash of an entry's bytes. */
struct hash merkle_leaf(struct str entry);
/* merkle_node(left, right): the hash of an inner node. */
struct hash merkle_node(struct hash left, struct hash right);
/* merkle_empty(): the root of the tree without leaves. */
struct hash merkle_empty(void);

/* merkle_add(m, leaf): appends one leaf hash. At most 2^64 - 1 leaves: more is a bug. */
void merkle_add(struct merkle *m, struct hash leaf);
/* merkle_add_subtree(m, level, h): appends 2^level leaves whose complete subtree has the hash h.
 * The size must be a multiple of 2^level (else it is a bug). */
void merkle_add_subtree(struct merkle *m, unsigned level, struct hash h);
/* merkle_root(m): the root of what was added so far. */
struct hash merkle_root(const struct merkle *m);

/* merkle_check_inclusion(c, index, size, leaf, proof, n, root): RFC 9162 section 2.1.3.2. 0 when
 * the n hashes prove that the tree (size, root) has this leaf hash at this index; ERR_INVALID with
 * the reason otherwise (index outside the tree, proof too short or too long, other root). */
int merkle_check_inclusion(struct ctx *c, uint64_t index, uint64_t size, struct hash leaf,
    const struct hash *proof, size_t n, struct hash root) MUST_CHECK;
/* merkle_check_consistency(c, size1, root1, size2, root2, proof, n): RFC 9162 section 2.1.4.2. 0
 * when the n hashes prove that the tree (size1, root1) is the beginning of (size2, root2). Equal
 * sizes need equal roots and no proof. size1 = 0 says nothing about the second tree and is refused
 * (also with size2 = 0), as is size1 > size2. ERR_INVALID with the reason. */
int merkle_check_consistency(struct ctx *c, uint64_t size1, struct hash root1, uint64_t size2,
    struct hash root2, const struct hash *proof, size_t n) MUST_CHECK;

/* merkle_inclusion(c, size, index, get, arg, ret): makes the proof that the leaf at index is in the
 * tree of this size (RFC 9162 section 2.1.3.1). ERR_INVALID for index >= size; codes of get. */
int merkle_inclusion(struct ctx *c, uint64_t size, uint64_t index, merkle_get *get, void *arg,
    struct merkle_proof *ret) MUST_CHECK;
/* merkle_consistency(c, size1, size2, get, arg, ret): makes the proof from size1 to size2 (RFC 9162
 * section 2.1.4.1), empty for equal sizes. ERR_INVALID unless 0 < size1 <= size2; codes of get. */
int merkle_consistency(struct ctx *c, uint64_t size1, uint64_t size2, merkle_get *get, void *arg,
    struct merkle_proof *ret) MUST_CHECK;
/* merkle_root_at(c, size, get, arg, ret): the root of the first `size` leaves; codes of get. */
int merkle_root_at(
    struct ctx *c, uint64_t size, merkle_get *get, void *arg, struct hash *ret) MUST_CHECK;

#endif
