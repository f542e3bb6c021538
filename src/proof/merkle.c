#include "proof/merkle.h"

#include <assert.h>

struct hash merkle_leaf(struct str entry)
{
	const struct str parts[2] = {{"\0", 1}, entry};

	return hash_parts(parts, 2);
}

struct hash merkle_node(struct hash left, struct hash right)
{
	unsigned char both[1 + 2 * HASH_SIZE];

	both[0] = 1;
	memcpy(both + 1, left.b, HASH_SIZE);
	memcpy(both + 1 + HASH_SIZE, right.b, HASH_SIZE);
	return hash_of((struct str){(const char *)both, sizeof both});
}

struct hash merkle_empty(void)
{
	return hash_of((struct str){"", 0});
}

static unsigned bits_set(uint64_t v)
{
	return (unsigned)__builtin_popcountll(v);
}

void merkle_add_subtree(struct merkle *m, unsigned level, struct hash h)
{
	unsigned n = bits_set(m->size), up = level;

	assert(level < 64 && (m->size & ((UINT64_C(1) << level) - 1)) == 0);
	assert(m->size <= UINT64_MAX - (UINT64_C(1) << level));
	/* a carry in the size is a join of two equal subtrees */
	while ((m->size >> up & 1) != 0) {
		h = merkle_node(m->edge[--n], h);
		up++;
	}
	m->edge[n] = h;
	m->size += UINT64_C(1) << level;
}

void merkle_add(struct merkle *m, struct hash leaf)
{
	merkle_add_subtree(m, 0, leaf);
}

struct hash merkle_root(const struct merkle *m)
{
	unsigned n = bits_set(m->size);
	struct hash r;

	if (n == 0)
		return merkle_empty();
	r = m->edge[--n];
	while (n > 0)
		r = merkle_node(m->edge[--n], r);
	return r;
}

/* One step up of both verifications: an odd node, or the last of its level, is a right child. A
 * last node without sibling is its own parent, so such levels are passed over. */
static bool step_is_right(uint64_t *fn, uint64_t *sn)
{
	bool right = (*fn & 1) != 0 || *fn == *sn;

	if (right)
		while ((*fn & 1) == 0 && *fn != 0) {
			*fn >>= 1;
			*sn >>= 1;
		}
	*fn >>= 1;
	*sn >>= 1;
	return right;
}

int merkle_check_inclusion(struct ctx *c, uint64_t index, uint64_t size, struct hash leaf,
    const struct hash *proof, size_t n, struct hash root)
{
	uint64_t fn = index, sn = size - 1;
	struct hash r = leaf;

	if (index >= size)
		return err_set(c, ERR_INVALID, "inclusion proof: index is outside the tree");
	for (size_t i = 0; i < n; i++) {
		if (sn == 0)
			return err_set(c, ERR_INVALID, "inclusion proof: too many hashes");
		r = step_is_right(&fn, &sn) ? merkle_node(proof[i], r) : merkle_node(r, proof[i]);
	}
	if (sn != 0)
		return err_set(c, ERR_INVALID, "inclusion proof: too few hashes");
	if (!hash_eq(r, root))
		return err_set(c, ERR_INVALID, "inclusion proof: leads to another root");
	return 0;
}

static int check_same_size(
    struct ctx *c, uint64_t size, struct hash root1, struct hash root2, size_t n)
{
	if (size == 0)
		return err_set(c, ERR_INVALID, "consistency proof: starts from an empty tree");
	if (n != 0)
		return err_set(c, ERR_INVALID, "consistency proof: too many hashes");
	if (!hash_eq(root1, root2))
		return err_set(c, ERR_INVALID, "consistency proof: equal sizes, other root");
	return 0;
}

int merkle_check_consistency(struct ctx *c, uint64_t size1, struct hash root1, uint64_t size2,
    struct hash root2, const struct hash *proof, size_t n)
{
	uint64_t fn = size1 - 1, sn = size2 - 1;
	struct hash r1, r2;
	size_t i = 0;

	if (size1 == size2)
		return check_same_size(c, size1, root1, root2, n);
	if (size1 == 0 || size1 > size2)
		return err_set(
		    c, ERR_INVALID, "consistency proof: sizes are not 0 < first <= second");
	if (n == 0)
		return err_set(c, ERR_INVALID, "consistency proof: too few hashes");
	while ((fn & 1) != 0) {
		fn >>= 1;
		sn >>= 1;
	}
	/* a power of two is a node of the second tree: the known root stands for the first hash */
	r1 = r2 = (size1 & (size1 - 1)) == 0 ? root1 : proof[i++];
	for (; i < n; i++) {
		if (sn == 0)
			return err_set(c, ERR_INVALID, "consistency proof: too many hashes");
		if (step_is_right(&fn, &sn)) {
			r1 = merkle_node(proof[i], r1);
			r2 = merkle_node(proof[i], r2);
		} else {
			r2 = merkle_node(r2, proof[i]);
		}
	}
	if (sn != 0)
		return err_set(c, ERR_INVALID, "consistency proof: too few hashes");
	if (!hash_eq(r1, root1) || !hash_eq(r2, root2))
		return err_set(c, ERR_INVALID, "consistency proof: leads to another root");
	return 0;
}

/* The root of the leaves [lo, hi), where lo is a multiple of a power of two not below hi - lo: the
 * complete subtrees of its size, largest first. */
static int range_root(
    struct ctx *c, uint64_t lo, uint64_t hi, merkle_get *get, void *arg, struct hash *ret)
{
	struct merkle m = {0};

	while (lo < hi) {
		unsigned level = 63 - (unsigned)__builtin_clzll(hi - lo);
		struct hash h;
		int rc = get(c, arg, level, lo >> level, &h);

		if (rc < 0)
			return rc;
		merkle_add_subtree(&m, level, h);
		lo += UINT64_C(1) << level;
	}
	*ret = merkle_root(&m);
	return 0;
}

/* The largest power of two below n; n > 1. */
static uint64_t split_of(uint64_t n)
{
	return UINT64_C(1) << (63 - (unsigned)__builtin_clzll(n - 1));
}

/* Proofs are found from the root down and read from the leaf up. */
static void proof_turn(struct merkle_proof *p)
{
	for (size_t i = 0; i < p->n / 2; i++) {
		struct hash h = p->at[i];

		p->at[i] = p->at[p->n - 1 - i];
		p->at[p->n - 1 - i] = h;
	}
}

int merkle_inclusion(struct ctx *c, uint64_t size, uint64_t index, merkle_get *get, void *arg,
    struct merkle_proof *ret)
{
	struct merkle_proof p = {0};
	uint64_t lo = 0, hi = size;

	if (index >= size)
		return err_set(c, ERR_INVALID, "inclusion proof: index is outside the tree");
	while (hi - lo > 1) {
		uint64_t mid = lo + split_of(hi - lo);
		bool left = index < mid;
		int rc = range_root(c, left ? mid : lo, left ? hi : mid, get, arg, &p.at[p.n]);

		if (rc < 0)
			return rc;
		p.n++;
		if (left)
			hi = mid;
		else
			lo = mid;
	}
	proof_turn(&p);
	*ret = p;
	return 0;
}

int merkle_consistency(struct ctx *c, uint64_t size1, uint64_t size2, merkle_get *get, void *arg,
    struct merkle_proof *ret)
{
	struct merkle_proof p = {0};
	uint64_t lo = 0, hi = size2;
	int rc;

	if (size1 == 0 || size1 > size2)
		return err_set(
		    c, ERR_INVALID, "consistency proof: sizes are not 0 < first <= second");
	while (hi != size1) {
		uint64_t mid = lo + split_of(hi - lo);
		bool left = size1 <= mid;

		rc = range_root(c, left ? mid : lo, left ? hi : mid, get, arg, &p.at[p.n]);
		if (rc < 0)
			return rc;
		p.n++;
		if (left)
			hi = mid;
		else
			lo = mid;
	}
	if (lo != 0) { /* the old tree does not end in a node the verifier has already */
		rc = range_root(c, lo, hi, get, arg, &p.at[p.n]);
		if (rc < 0)
			return rc;
		p.n++;
	}
	proof_turn(&p);
	*ret = p;
	return 0;
}

int merkle_root_at(struct ctx *c, uint64_t size, merkle_get *get, void *arg, struct hash *ret)
{
	return range_root(c, 0, size, get, arg, ret);
}
