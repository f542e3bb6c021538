/* RFC 6962 tree: against a naive recursive reading of the definition, and against the public
 * vectors of transparency-dev/merkle (98 inclusion, 98 consistency). */
#include "proof/merkle.h"

#include "check.h"

enum { SIZES = 131 };

static struct hash leaves[SIZES];

static struct hash naive_leaf(size_t i)
{
	unsigned char small[3] = {0, (unsigned char)i, (unsigned char)(i * 7)};

	return hash_of((struct str){(const char *)small, sizeof small});
}

/* MTH of RFC 6962 section 2.1, word for word. */
static struct hash naive_root(size_t lo, size_t hi)
{
	size_t k = 1;
	struct hash l, r;
	struct str parts[3] = {{"\1", 1}};

	if (hi == lo)
		return hash_of(STR(""));
	if (hi - lo == 1)
		return leaves[lo];
	while (k * 2 < hi - lo)
		k *= 2;
	l = naive_root(lo, lo + k);
	r = naive_root(lo + k, hi);
	parts[1] = hash_str(&l);
	parts[2] = hash_str(&r);
	return hash_parts(parts, 3);
}

/* PATH and SUBPROOF of RFC 6962 sections 2.1.1 and 2.1.2, word for word. */
static void naive_path(size_t m, size_t lo, size_t hi, struct merkle_proof *p)
{
	size_t k = 1;

	if (hi - lo == 1)
		return;
	while (k * 2 < hi - lo)
		k *= 2;
	if (m < k) {
		naive_path(m, lo, lo + k, p);
		p->at[p->n++] = naive_root(lo + k, hi);
	} else {
		naive_path(m - k, lo + k, hi, p);
		p->at[p->n++] = naive_root(lo, lo + k);
	}
}

static void naive_subproof(size_t m, size_t lo, size_t hi, bool whole, struct merkle_proof *p)
{
	size_t k = 1;

	if (m == hi - lo) {
		if (!whole)
			p->at[p->n++] = naive_root(lo, hi);
		return;
	}
	while (k * 2 < hi - lo)
		k *= 2;
	if (m <= k) {
		naive_subproof(m, lo, lo + k, whole, p);
		p->at[p->n++] = naive_root(lo + k, hi);
	} else {
		naive_subproof(m - k, lo + k, hi, false, p);
		p->at[p->n++] = naive_root(lo, lo + k);
	}
}

/* Complete subtrees of the first *arg leaves; asking beyond them is a fault of the caller. */
static int get(struct ctx *c, void *arg, unsigned level, uint64_t index, struct hash *ret)
{
	const size_t *size = arg;

	if (((index + 1) << level) > *size)
		return err_set(c, ERR_FAIL, "not a complete subtree");
	*ret = naive_root(index << level, (index + 1) << level);
	return 0;
}

static void leaves_make(void)
{
	for (size_t i = 0; i < SIZES; i++)
		leaves[i] = naive_leaf(i);
}

static void same_proof(const struct merkle_proof *a, const struct merkle_proof *b)
{
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++)
		assert_true(hash_eq(a->at[i], b->at[i]));
}

static void test_hashes(void **state)
{
	struct ctx *c = test_ctx();
	struct merkle m = {0};
	unsigned char two[2] = {5, 35};

	(void)state;
	assert_str(hash_hex(c, merkle_empty()),
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_str(hash_hex(c, merkle_leaf(STR(""))), /* RFC 6962: SHA-256 of one zero byte */
	    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
	leaves_make();
	assert_true(hash_eq(merkle_leaf((struct str){(const char *)two, 2}), leaves[5]));
	for (size_t n = 0; n < SIZES; n++) {
		struct hash at, want = naive_root(0, n);

		assert_true(hash_eq(merkle_root(&m), want));
		assert_ok(c, merkle_root_at(c, n, get, &n, &at));
		assert_true(hash_eq(at, want));
		assert_int_equal(m.size, n);
		merkle_add(&m, leaves[n]);
	}
	ctx_close(&c);
}

static void test_subtrees(void **state)
{
	(void)state;
	leaves_make();
	/* 128 + 2 + 1 as subtrees gives the same edge as leaf by leaf; so does 64 + 64 */
	for (int twice = 0; twice < 2; twice++) {
		struct merkle m = {0};

		if (twice) {
			merkle_add_subtree(&m, 6, naive_root(0, 64));
			merkle_add_subtree(&m, 6, naive_root(64, 128));
		} else {
			merkle_add_subtree(&m, 7, naive_root(0, 128));
		}
		merkle_add_subtree(&m, 1, naive_root(128, 130));
		merkle_add_subtree(&m, 0, leaves[130]);
		assert_true(hash_eq(merkle_root(&m), naive_root(0, 131)));
	}
}

static void test_inclusion_all(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	leaves_make();
	for (size_t n = 1; n < SIZES; n++) {
		struct hash root = naive_root(0, n);

		for (size_t i = 0; i < n; i++) {
			struct merkle_proof p, q = {0};
			struct hash bad = leaves[i];

			assert_ok(c, merkle_inclusion(c, n, i, get, &n, &p));
			naive_path(i, 0, n, &q);
			same_proof(&p, &q);
			assert_ok(c, merkle_check_inclusion(c, i, n, leaves[i], p.at, p.n, root));
			bad.b[i % 32] ^= 1;
			assert_err(c, merkle_check_inclusion(c, i, n, bad, p.at, p.n, root),
			    ERR_INVALID, "another root");
			assert_err(c,
			    merkle_check_inclusion(c, i, n, leaves[i], p.at, p.n + 1, root),
			    ERR_INVALID, "too many");
			if (p.n > 0)
				assert_err(c,
				    merkle_check_inclusion(c, i, n, leaves[i], p.at, p.n - 1, root),
				    ERR_INVALID, "too few");
		}
		assert_err(c, merkle_check_inclusion(c, n, n, leaves[0], NULL, 0, root),
		    ERR_INVALID, "outside");
	}
	ctx_close(&c);
}

static void test_consistency_all(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	leaves_make();
	for (size_t n = 1; n < SIZES; n++)
		for (size_t m = 1; m <= n; m++) {
			struct hash r1 = naive_root(0, m), r2 = naive_root(0, n), bad = r1;
			struct merkle_proof p, q = {0};

			assert_ok(c, merkle_consistency(c, m, n, get, &n, &p));
			naive_subproof(m, 0, n, true, &q);
			same_proof(&p, &q);
			assert_ok(c, merkle_check_consistency(c, m, r1, n, r2, p.at, p.n));
			bad.b[0] ^= 128;
			assert_err(c, merkle_check_consistency(c, m, bad, n, r2, p.at, p.n),
			    ERR_INVALID, m == n ? "other root" : "another root");
			assert_err(c, merkle_check_consistency(c, m, r1, n, r2, p.at, p.n + 1),
			    ERR_INVALID, "too many");
			if (p.n > 0)
				assert_err(c,
				    merkle_check_consistency(c, m, r1, n, r2, p.at, p.n - 1),
				    ERR_INVALID, "too few");
		}
	ctx_close(&c);
}

/* Every bit of the hashes counts, and every number of the statement. */
static void test_altered(void **state)
{
	struct ctx *c = test_ctx();
	size_t n = 100, from = 37;
	struct merkle_proof p, q;
	struct hash r1, r2;

	(void)state;
	leaves_make();
	r1 = naive_root(0, from);
	r2 = naive_root(0, n);
	assert_ok(c, merkle_inclusion(c, n, 77, get, &n, &p));
	assert_ok(c, merkle_consistency(c, from, n, get, &n, &q));
	for (size_t bit = 0; bit < p.n * 256; bit++) {
		p.at[bit / 256].b[bit / 8 % 32] ^= (unsigned char)(1 << bit % 8);
		assert_err(c, merkle_check_inclusion(c, 77, n, leaves[77], p.at, p.n, r2),
		    ERR_INVALID, "another root");
		p.at[bit / 256].b[bit / 8 % 32] ^= (unsigned char)(1 << bit % 8);
	}
	for (size_t bit = 0; bit < q.n * 256; bit++) {
		q.at[bit / 256].b[bit / 8 % 32] ^= (unsigned char)(1 << bit % 8);
		assert_err(c, merkle_check_consistency(c, from, r1, n, r2, q.at, q.n), ERR_INVALID,
		    "another root");
		q.at[bit / 256].b[bit / 8 % 32] ^= (unsigned char)(1 << bit % 8);
	}
	for (size_t i = 0; i < n; i++)
		if (i != 77)
			assert_int_equal(merkle_check_inclusion(c, i, n, leaves[77], p.at, p.n, r2),
			    ERR_INVALID);
	err_clear(c);
	ctx_close(&c);
}

static void test_refused(void **state)
{
	struct ctx *c = test_ctx();
	struct hash h = merkle_empty(), many[70] = {{{0}}};
	struct merkle_proof p;
	size_t n = 5;

	(void)state;
	assert_err(c, merkle_check_inclusion(c, 0, 0, h, NULL, 0, h), ERR_INVALID, "outside");
	assert_err(c, merkle_check_inclusion(c, UINT64_MAX, UINT64_MAX, h, NULL, 0, h), ERR_INVALID,
	    "outside");
	assert_err(
	    c, merkle_check_inclusion(c, 1, UINT64_MAX, h, many, 70, h), ERR_INVALID, "too many");
	assert_err(
	    c, merkle_check_inclusion(c, 1, UINT64_MAX, h, many, 63, h), ERR_INVALID, "too few");
	assert_err(c, merkle_check_consistency(c, 0, h, 0, h, NULL, 0), ERR_INVALID, "empty tree");
	assert_err(c, merkle_check_consistency(c, 0, h, 5, h, NULL, 0), ERR_INVALID, "sizes");
	assert_err(c, merkle_check_consistency(c, 6, h, 5, h, NULL, 0), ERR_INVALID, "sizes");
	assert_err(
	    c, merkle_check_consistency(c, 7, h, UINT64_MAX, h, many, 70), ERR_INVALID, "too many");
	assert_err(c, merkle_inclusion(c, 5, 5, get, &n, &p), ERR_INVALID, "outside");
	assert_err(c, merkle_consistency(c, 0, 5, get, &n, &p), ERR_INVALID, "sizes");
	assert_err(c, merkle_consistency(c, 6, 5, get, &n, &p), ERR_INVALID, "sizes");
	/* a source that fails is passed on, and nothing is returned */
	n = 3;
	p.n = 99;
	assert_err(c, merkle_inclusion(c, 5, 4, get, &n, &p), ERR_FAIL, "complete");
	assert_int_equal(p.n, 99);
	ctx_close(&c);
}

/* ---- public vectors ---- */

/* The value behind "key": as it stands, up to the character `end`. The files are one JSON object a
 * line with plain keys; kind/json.h cannot read them, as one index is 2^64 - 1. */
static struct str field(struct str line, const char *key, char end)
{
	struct str mark = line, rest;
	size_t k = strlen(key);

	for (size_t i = 0; i + k + 3 < line.n; i++)
		if (line.p[i] == '"' && memcmp(line.p + i + 1, key, k) == 0 &&
		    memcmp(line.p + i + 1 + k, "\":", 2) == 0) {
			mark = (struct str){line.p + i + k + 3, line.n - i - k - 3};
			str_cut(mark, end, &mark, &rest);
			return mark;
		}
	fail_msg("no field %s in %.*s", key, STR_ARG(line));
	return mark;
}

static uint64_t field_u64(struct str line, const char *key)
{
	return strtoull(field(line, key, ',').p, NULL, 10);
}

/* Some vectors have hashes of other lengths (none, 9, 12 bytes), one of them in a proof that holds:
 * filled up with zeros they are different hashes still, and the verification decides. Only a leaf
 * hash of another length is refused where it is read: struct hash cannot say it. */
static struct hash hash_of_text(struct ctx *c, struct str s)
{
	struct hash h = {{0}};
	struct str raw;

	assert_true(text_unbase64(c, s, &raw));
	assert_true(raw.n <= HASH_SIZE);
	if (raw.n > 0)
		memcpy(h.b, raw.p, raw.n);
	return h;
}

static struct hash field_hash(struct ctx *c, struct str line, const char *key)
{
	struct str s = field(line, key, ',');

	return hash_of_text(c, (struct str){s.p + 1, s.n - 2});
}

static size_t field_proof(struct ctx *c, struct str line, struct hash *at)
{
	struct str list = field(line, "proof", ']'), item;
	size_t n = 0;

	if (str_starts(list, "null"))
		return 0;
	list = (struct str){list.p + 1, list.n - 1};
	while (list.n > 0) {
		str_cut(list, ',', &item, &list);
		at[n++] = hash_of_text(c, (struct str){item.p + 1, item.n - 2});
	}
	return n;
}

static int one_inclusion(struct ctx *c, struct str line)
{
	struct hash proof[16];
	size_t n = field_proof(c, line, proof);

	if (field(line, "leafHash", ',').n != 2 + 44) /* base64 of 32 bytes, in quotes */
		return ERR_INVALID;
	return merkle_check_inclusion(c, field_u64(line, "leafIdx"), field_u64(line, "treeSize"),
	    field_hash(c, line, "leafHash"), proof, n, field_hash(c, line, "root"));
}

static int one_consistency(struct ctx *c, struct str line)
{
	struct hash proof[16];
	size_t n = field_proof(c, line, proof);

	return merkle_check_consistency(c, field_u64(line, "size1"), field_hash(c, line, "root1"),
	    field_u64(line, "size2"), field_hash(c, line, "root2"), proof, n);
}

static int vectors(struct ctx *c, const char *name, int (*one)(struct ctx *, struct str))
{
	const char *shared = getenv("WRIT_SHARED");
	struct str path =
	    str_fmt(c, "%s/data/merkle/%s.jsonl", shared == NULL ? "../shared" : shared, name);
	FILE *f = fopen(path.p, "r");
	char line[4096];
	int n = 0;

	if (f == NULL) {
		print_message("no file data/merkle/%s.jsonl under WRIT_SHARED: skipped\n", name);
		return 0;
	}
	for (; fgets(line, sizeof line, f) != NULL; n++) {
		bool bad = str_starts(field(str_of(line), "wantErr", ','), "true");
		int rc = one(c, str_of(line));

		if ((rc < 0) != bad)
			fail_msg("%s line %d: %d (%s): %s", name, n + 1, rc, err_text(c), line);
		err_clear(c);
	}
	(void)fclose(f);
	return n;
}

static void test_vectors(void **state)
{
	struct ctx *c = test_ctx();
	int n = vectors(c, "inclusion", one_inclusion);
	int m = vectors(c, "consistency", one_consistency);

	(void)state;
	print_message("%d inclusion and %d consistency vectors\n", n, m);
	assert_true(n == 0 || n == 98);
	assert_true(m == 0 || m == 98);
	ctx_close(&c);
	if (n == 0 || m == 0)
		skip();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_hashes),
	    cmocka_unit_test(test_subtrees),
	    cmocka_unit_test(test_inclusion_all),
	    cmocka_unit_test(test_consistency_all),
	    cmocka_unit_test(test_altered),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_vectors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
