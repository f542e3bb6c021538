/* Inclusion and consistency: a root is that of RFC 6962's definition; a proof that was made
 * verifies; with one bit changed, a hash more or less, or another place it never does; and proofs
 * of foreign bytes verify nothing. Input: size, older size, index, what to change, then a foreign
 * proof. */
#include "fuzz.h"

#include "proof/merkle.h"

enum { SIZE_MOST = 200 };

/* The same for all inputs: the leaves, and the root of each beginning and complete subtree once it
 * was asked for. */
struct tree {
	struct hash leaf[SIZE_MOST], root[SIZE_MOST + 1], node[8][SIZE_MOST];
	bool has_root[SIZE_MOST + 1], has_node[8][SIZE_MOST];
};

/* RFC 6962 section 2.1, as it stands there. */
static struct hash mth(const struct tree *t, size_t from, size_t n)
{
	size_t k = 1;

	if (n == 0)
		return merkle_empty();
	if (n == 1)
		return t->leaf[from];
	while (k * 2 < n)
		k *= 2;
	return merkle_node(mth(t, from, k), mth(t, from + k, n - k));
}

static struct hash root_of(struct tree *t, size_t size)
{
	if (!t->has_root[size])
		t->root[size] = mth(t, 0, size);
	t->has_root[size] = true;
	return t->root[size];
}

static int get(struct ctx *c, void *arg, unsigned level, uint64_t index, struct hash *ret)
{
	struct tree *t = arg;

	(void)c;
	fuzz_must(level < 8 && (index + 1) << level <= SIZE_MOST, "only subtrees of the tree");
	if (!t->has_node[level][index])
		t->node[level][index] = mth(t, (size_t)(index << level), (size_t)1 << level);
	t->has_node[level][index] = true;
	*ret = t->node[level][index];
	return 0;
}

struct change {
	size_t hash;
	unsigned byte, bit, kind;
};

/* Changes one bit of a hash of the proof, or its length; false when there is nothing to change. */
static bool change(struct merkle_proof *p, struct change x)
{
	if (x.kind == 0 && p->n > 0)
		p->at[x.hash % p->n].b[x.byte % HASH_SIZE] ^= (unsigned char)(1U << x.bit % 8);
	else if (x.kind == 1 && p->n > 0)
		p->n--;
	else if (x.kind == 2 && p->n < MERKLE_PROOF_MAX)
		p->at[p->n++] = merkle_empty();
	else
		return false;
	return true;
}

static void inclusion(
    struct ctx *c, struct tree *t, size_t size, size_t index, size_t other, struct change x)
{
	struct hash root = root_of(t, size), leaf = t->leaf[index], bad = root;
	struct merkle_proof p;
	int rc = merkle_inclusion(c, size, index, get, t, &p);

	fuzz_must(rc == 0, "a proof is made");
	rc = merkle_check_inclusion(c, index, size, leaf, p.at, p.n, root);
	fuzz_must(rc == 0, "and verifies");
	if (other % size != index)
		fuzz_must(merkle_check_inclusion(c, other % size, size, leaf, p.at, p.n, root) != 0,
		    "not for another place");
	err_clear(c);
	bad.b[x.byte % HASH_SIZE] ^= (unsigned char)(1U << x.bit % 8);
	fuzz_must(merkle_check_inclusion(c, index, size, leaf, p.at, p.n, bad) != 0,
	    "not against another root");
	err_clear(c);
	if (change(&p, x)) {
		rc = merkle_check_inclusion(c, index, size, leaf, p.at, p.n, root);
		fuzz_must(rc != 0, "not when it was changed");
		fuzz_refused(c, rc);
	}
	err_clear(c);
}

static void consistency(struct ctx *c, struct tree *t, size_t old, size_t size, struct change x)
{
	struct hash root1 = root_of(t, old), root2 = root_of(t, size), bad = root1;
	struct merkle_proof p;
	int rc = merkle_consistency(c, old, size, get, t, &p);

	fuzz_must((rc == 0) == (old > 0), "a proof is made from a tree that is not empty");
	err_clear(c);
	if (rc != 0)
		return;
	rc = merkle_check_consistency(c, old, root1, size, root2, p.at, p.n);
	fuzz_must(rc == 0, "and verifies");
	bad.b[x.byte % HASH_SIZE] ^= (unsigned char)(1U << x.bit % 8);
	fuzz_must(merkle_check_consistency(c, old, bad, size, root2, p.at, p.n) != 0,
	    "not from another tree");
	err_clear(c);
	fuzz_must(merkle_check_consistency(c, old, root1, size, bad, p.at, p.n) != 0,
	    "not to another tree");
	err_clear(c);
	if (change(&p, x)) {
		rc = merkle_check_consistency(c, old, root1, size, root2, p.at, p.n);
		fuzz_must(rc != 0, "not when it was changed");
		fuzz_refused(c, rc);
	}
	err_clear(c);
}

/* Bytes of somebody else: any sizes, any hashes. */
static void foreign(struct ctx *c, struct str in, struct hash root)
{
	uint64_t index = fuzz_u64(&in, 8), size = fuzz_u64(&in, 8);
	struct hash at[MERKLE_PROOF_MAX + 3];
	size_t n = 0;

	for (; in.n >= HASH_SIZE && n < MERKLE_PROOF_MAX + 3; n++) {
		memcpy(at[n].b, in.p, HASH_SIZE);
		in = (struct str){in.p + HASH_SIZE, in.n - HASH_SIZE};
	}
	fuzz_must(merkle_check_inclusion(c, index, size, merkle_empty(), at, n, root) != 0,
	    "foreign bytes prove nothing");
	err_clear(c);
	if (index != size)
		fuzz_must(
		    merkle_check_consistency(c, index, merkle_empty(), size, root, at, n) != 0,
		    "foreign bytes prove nothing");
	err_clear(c);
}

static struct tree *tree_of(struct ctx *c)
{
	static struct tree t;
	struct merkle m = {0};

	for (size_t i = 0; i < SIZE_MOST && !t.has_root[0]; i++) {
		t.leaf[i] = merkle_leaf(str_fmt(c, "%zu", i));
		merkle_add(&m, t.leaf[i]);
		fuzz_must(hash_eq(merkle_root(&m), root_of(&t, i + 1)), "the root of RFC 6962");
	}
	(void)root_of(&t, 0);
	return &t;
}

static void fuzz_one(struct ctx *c, struct str in)
{
	size_t size = 1 + (size_t)fuzz_u64(&in, 2) % SIZE_MOST;
	size_t old = (size_t)fuzz_u64(&in, 2) % (size + 1), index = (size_t)fuzz_u64(&in, 2) % size;
	size_t other = (size_t)fuzz_u64(&in, 2);
	struct change x = {fuzz_byte(&in), fuzz_byte(&in), fuzz_byte(&in), fuzz_byte(&in) % 3};
	struct tree *t = tree_of(c);

	inclusion(c, t, size, index, other, x);
	consistency(c, t, old, size, x);
	foreign(c, in, root_of(t, size));
}
