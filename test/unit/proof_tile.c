/* Tiles: paths (with the examples of the specification), which tiles a size has, bundles, and
 * proofs read from tiles against the tree kept leaf by leaf. */
#include "proof/tile.h"

#include "check.h"

static void path_is(struct ctx *c, struct tile t, const char *z)
{
	struct tile back;

	assert_str(tile_path(c, &t), z);
	assert_ok(c, tile_parse(c, str_of(z), &back));
	assert_int_equal(back.entries, t.entries);
	assert_int_equal(back.level, t.level);
	assert_true(back.index == t.index);
	assert_int_equal(back.width, t.width);
}

static void test_paths(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	path_is(c, (struct tile){false, 0, 1234067, 256}, "tile/0/x001/x234/067");
	path_is(c, (struct tile){false, 0, 0, 256}, "tile/0/000");
	path_is(c, (struct tile){false, 1, 999, 255}, "tile/1/999.p/255");
	path_is(c, (struct tile){false, 2, 1000, 1}, "tile/2/x001/000.p/1");
	path_is(c, (struct tile){false, 63, 0, 256}, "tile/63/000");
	path_is(c, (struct tile){true, 0, 273, 112}, "tile/entries/273.p/112");
	path_is(c, (struct tile){true, 0, 1000000, 256}, "tile/entries/x001/x000/000");
	path_is(c, (struct tile){false, 0, UINT64_MAX, 256},
	    "tile/0/x018/x446/x744/x073/x709/x551/615");
	ctx_close(&c);
}

static void test_paths_refused(void **state)
{
	static const char *const bad[] = {"", "tile", "tile/", "tile/0", "tile/0/", "tile/0/00",
	    "tile/0/0000", "tile/0/00a", "tile/0/-01", "tile/0/+01", "tile/00/000", "tile/64/000",
	    "tile/-0/000", "tile/x/000", "/tile/0/000", "tile/0/000/", "tile/0/x000/067",
	    "tile/0/001/067", "tile/0/x001", "tile/0/xx01/067", "tile/0/x001//067",
	    "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/",
	    "tile/0/000.p", "tile/0/000.p/1/", "tile/0/000.p/1.p/1", "tile/0/.p/1", "tile//000",
	    "tiles/0/000", "tile/Entries/000", "tile/entries/000 ", "tile/0/000\n",
	    "tile/0/x018/x446/x744/x073/x709/x551/616",
	    "tile/0/x001/x018/x446/x744/x073/x709/x551/615", "checkpoint", "tile/../checkpoint"};
	struct ctx *c = test_ctx();
	struct tile t;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (tile_parse(c, str_of(bad[i]), &t) != ERR_INVALID)
			fail_msg("accepted: %s", bad[i]);
		err_clear(c);
	}
	assert_err(c, tile_parse(c, (struct str){"tile/0/000\0", 11}, &t), ERR_INVALID, "tile");
	ctx_close(&c);
}

static void test_walk(void **state)
{
	unsigned full[4] = {0}, part[4] = {0};
	struct tile t;
	bool more;

	(void)state;
	assert_false(tile_first(0, &t));
	for (more = tile_first(70000, &t); more; more = tile_next(70000, &t)) {
		assert_true(t.level < 4);
		if (t.width == 256)
			full[t.level]++;
		else
			part[t.level] = t.width;
	}
	assert_int_equal(full[0], 273);
	assert_int_equal(part[0], 112);
	assert_int_equal(full[1], 1);
	assert_int_equal(part[1], 17);
	assert_int_equal(full[2], 0);
	assert_int_equal(part[2], 1);
	assert_int_equal(full[3] + part[3], 0);
	/* 256 leaves: a full tile and one hash above it */
	assert_true(tile_first(256, &t) && t.width == 256 && t.level == 0);
	assert_true(tile_next(256, &t) && t.width == 1 && t.level == 1 && t.index == 0);
	assert_false(tile_next(256, &t));
	assert_int_equal(tile_at(UINT64_MAX, 7, 0).width, 255);
	assert_int_equal(tile_at(UINT64_MAX, 8, 0).width, 0);
	assert_int_equal(tile_at(UINT64_MAX, 0, UINT64_MAX).width, 0);
}

static void test_bundles(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 200000);
	struct str big = {mem_alloc(c, TILE_ENTRY_MAX + 1), TILE_ENTRY_MAX}, at[4], text, e;

	(void)state;
	assert_ok(c, tile_entry_put(c, &b, STR("one")));
	assert_ok(c, tile_entry_put(c, &b, STR("")));
	assert_ok(c, tile_entry_put(c, &b, big));
	big.n++;
	assert_err(c, tile_entry_put(c, &b, big), ERR_LIMIT, "65535");
	assert_ok(c, buf_end(&b, "bundle", &text));
	assert_int_equal(text.n, 5 + 2 + 65537);
	assert_memory_equal(text.p, "\0\3one\0\0\377\377", 9);
	assert_ok(c, tile_entries(c, text, 3, at));
	assert_str(at[0], "one");
	assert_int_equal(at[1].n, 0);
	assert_int_equal(at[2].n, TILE_ENTRY_MAX);
	assert_err(c, tile_entries(c, text, 2, at), ERR_INVALID, "more bytes");
	assert_err(c, tile_entries(c, text, 4, at), ERR_INVALID, "entry 3");
	text.n--;
	assert_err(c, tile_entries(c, text, 3, at), ERR_INVALID, "entry 2");
	text.n = 1;
	assert_false(tile_entry_next(&text, &e));
	assert_int_equal(text.n, 1);
	ctx_close(&c);
}

/* ---- a log in memory ---- */

struct log {
	uint64_t size;
	bool full_only;  /* partial tiles are gone: a later, larger log has full ones */
	bool short_tile; /* one hash too few */
	struct hash *at[TILE_LEVELS];
	unsigned calls;
};

static struct log *log_make(struct ctx *c, uint64_t size)
{
	struct log *l = mem_alloc(c, sizeof *l);

	l->size = size;
	l->at[0] = mem_array(c, size + 256, sizeof(struct hash));
	for (uint64_t i = 0; i < size; i++) {
		struct str entry = {(const char *)&i, sizeof i};

		l->at[0][i] = merkle_leaf(entry);
	}
	for (unsigned level = 1; level < TILE_LEVELS; level++) {
		uint64_t n = size >> 8 * level;

		l->at[level] = mem_array(c, n + 256, sizeof(struct hash));
		for (uint64_t i = 0; i < n; i++) {
			struct str bytes = {(const char *)(l->at[level - 1] + 256 * i), TILE_BYTES};

			assert_ok(c, tile_hash(c, bytes, &l->at[level][i]));
		}
	}
	return l;
}

static int log_tile(struct ctx *c, void *arg, const struct tile *t, struct str *ret)
{
	struct log *l = arg;
	struct tile have = tile_at(l->size, t->level, t->index);

	l->calls++;
	if (have.width == 0 || (t->width != have.width && !l->full_only) ||
	    (l->full_only && t->width < 256))
		return err_set(c, ERR_NOTFOUND, "no such tile");
	*ret = (struct str){(const char *)(l->at[t->level] + 256 * t->index),
	    (size_t)HASH_SIZE * (t->width - (l->short_tile ? 1 : 0))};
	return 0;
}

static struct hash root_of(const struct log *l, uint64_t size)
{
	struct merkle m = {0};

	for (uint64_t i = 0; i < size; i++)
		merkle_add(&m, l->at[0][i]);
	return merkle_root(&m);
}

static void proofs_hold(struct ctx *c, struct log *l)
{
	struct tile_reader r = {l->size, log_tile, l};
	struct hash root = root_of(l, l->size), old;
	uint64_t step = l->size / 50 + 1;
	struct merkle_proof p;

	for (uint64_t i = 0; i < l->size; i += step) {
		assert_ok(c, merkle_inclusion(c, l->size, i, tile_subtree, &r, &p));
		assert_ok(c, merkle_check_inclusion(c, i, l->size, l->at[0][i], p.at, p.n, root));
		old = root_of(l, i + 1);
		assert_ok(c, merkle_consistency(c, i + 1, l->size, tile_subtree, &r, &p));
		assert_ok(c, merkle_check_consistency(c, i + 1, old, l->size, root, p.at, p.n));
	}
}

static void test_proofs(void **state)
{
	static const uint64_t sizes[] = {1, 2, 3, 255, 256, 257, 1000, 65536, 70000};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct mem_mark mark = mem_mark(c);
		struct log *l = log_make(c, sizes[i]);

		proofs_hold(c, l);
		l->full_only = true;
		proofs_hold(c, l);
		mem_reset(c, mark);
	}
	ctx_close(&c);
}

static void test_reader_refuses(void **state)
{
	struct ctx *c = test_ctx();
	struct log *l = log_make(c, 300);
	struct tile_reader r = {300, log_tile, l};
	struct hash h, whole;

	(void)state;
	assert_ok(c, tile_subtree(c, &r, 8, 0, &h));
	assert_ok(c, tile_subtree(c, &r, 0, 299, &h));
	assert_true(hash_eq(h, l->at[0][299]));
	assert_err(c, tile_subtree(c, &r, 0, 300, &h), ERR_INVALID, "beyond");
	assert_err(c, tile_subtree(c, &r, 8, 1, &h), ERR_INVALID, "beyond");
	assert_err(c, tile_subtree(c, &r, 64, 0, &h), ERR_INVALID, "beyond");
	l->short_tile = true;
	assert_err(c, tile_subtree(c, &r, 3, 0, &h), ERR_INVALID, "tile/0/000: wrong length");
	r.size = 1000; /* promises more than there is: neither partial nor full tile */
	l->short_tile = false;
	assert_err(c, tile_subtree(c, &r, 0, 999, &h), ERR_NOTFOUND, "no such tile");
	assert_err(c, tile_hash(c, STR(""), &whole), ERR_INVALID, "whole hashes");
	assert_err(c, tile_hash(c, STR("abc"), &whole), ERR_INVALID, "whole hashes");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_paths),
	    cmocka_unit_test(test_paths_refused),
	    cmocka_unit_test(test_walk),
	    cmocka_unit_test(test_bundles),
	    cmocka_unit_test(test_proofs),
	    cmocka_unit_test(test_reader_refuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
