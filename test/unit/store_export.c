/* The log as files, read back by the verifier that needs nothing else; and proofs as files. */
#include "store/export.h"

#include <fcntl.h>

#include "ledger_kit.h"
#include "os/file.h"
#include "proof/tile.h"
#include "store/prove.h"
#include "store/verify.h"

static struct str key_text(struct ledger_kit *k)
{
	struct str text;

	assert_ok(k->c, file_read(k->c, str_fmt(k->c, "%s/log.vkey", k->keys.p).p, 4096, &text));
	return text;
}

static struct verify *look(struct ledger_kit *k, const char *dir)
{
	struct verify *v = verify_make(k->c);

	assert_ok(k->c, verify_foreign(k->c, dir, key_text(k), v));
	return v;
}

static void assert_found(const struct verify *v, const char *what)
{
	for (size_t i = 0; i < v->n; i++)
		if (strstr(v->text[i], what) != NULL)
			return;
	for (size_t i = 0; i < v->n; i++)
		print_message("  %s\n", v->text[i]);
	fail_msg("not found: %s", what);
}

static const char *export_to(struct ledger_kit *k, const char *name, int64_t want)
{
	struct str dir = str_fmt(k->c, "%s/%s", k->dir.p, name);
	int64_t size = -1;

	assert_ok(k->c, export_log(k->c, &k->store, dir.p, &size));
	assert_int_equal(size, want);
	return dir.p;
}

static void put(struct ledger_kit *k, int64_t n)
{
	struct ledger_kit_closed x = {.import = 1, .n = n};

	assert_ok(k->c, db_tx(k->c, k->store.db, ledger_kit_put_closed, &x));
}

static void test_export(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct verify *v;
	const char *dir;
	int64_t size;

	(void)state;
	assert_err(k.c, export_log(k.c, &k.store, str_fmt(k.c, "%s/none", k.dir.p).p, &size),
	    ERR_NOTFOUND, "no checkpoint");
	(void)ledger_kit_records(&k, 1);
	(void)ledger_kit_slot(&k);
	dir = export_to(&k, "two", 2);
	v = look(&k, dir);
	assert_int_equal(v->n, 0);
	assert_int_equal(v->placed, 2);
	put(&k, 598);
	(void)ledger_kit_slot(&k);
	put(&k, 7); /* these wait: not in the export */
	dir = export_to(&k, "more", 600);
	assert_int_equal(look(&k, dir)->n, 0);
	assert_true(file_exists(str_fmt(k.c, "%s/tile/entries/001", dir).p));
	assert_true(file_exists(str_fmt(k.c, "%s/tile/entries/002.p/88", dir).p));
	assert_true(file_exists(str_fmt(k.c, "%s/tile/1/000.p/2", dir).p));
	assert_err(k.c, export_log(k.c, &k.store, dir, &size), ERR_CONFLICT, "already");
	/* places were given, but the tree is not signed yet: the older tree, from the grown tiles
	 */
	assert_ok(k.c, ledger_close_slot(k.c, k.store.db, STR("test"), &size));
	assert_int_equal(size, 607);
	assert_int_equal(look(&k, export_to(&k, "older", 600))->n, 0);
	(void)ledger_kit_slot(&k);
	assert_int_equal(look(&k, export_to(&k, "newer", 607))->n, 0);
	ledger_kit_close(&k);
}

/* Whole groups of tiles: folder names with x. */
static void test_export_full(void **state)
{
	struct ledger_kit k = ledger_kit_open();

	(void)state;
	(void)ledger_kit_records(&k, 511);
	(void)ledger_kit_slot(&k);
	assert_int_equal(look(&k, export_to(&k, "full", 512))->n, 0);
	ledger_kit_close(&k);
}

static void flip(struct ledger_kit *k, const char *dir, const char *name, off_t at)
{
	int fd = open(str_fmt(k->c, "%s/%s", dir, name).p, O_RDWR | O_CLOEXEC);
	char ch;

	assert_int_equal(pread(fd, &ch, 1, at), 1);
	ch = (char)(ch ^ 4);
	assert_int_equal(pwrite(fd, &ch, 1, at), 1);
	(void)close(fd);
}

static void test_foreign_damage(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct verify *v = verify_make(k.c);
	const char *dir;

	(void)state;
	(void)ledger_kit_records(&k, 599);
	(void)ledger_kit_slot(&k);
	dir = export_to(&k, "log", 600);
	for (off_t i = 0; i < 35; i++) { /* each byte of entry 258, and of its length */
		flip(&k, dir, "tile/entries/001", 2 * 35 + i);
		assert_true(look(&k, dir)->n > 0);
		if (i >= 2)
			assert_found(look(&k, dir), "not what was logged: entry 258");
		flip(&k, dir, "tile/entries/001", 2 * 35 + i);
	}
	flip(&k, dir, "tile/0/001", 40);
	assert_found(look(&k, dir), "damaged tile: wrong hash over entry 257");
	flip(&k, dir, "tile/0/001", 40);
	flip(&k, dir, "tile/1/000.p/2", 40);
	assert_found(look(&k, dir), "tile/1/000.p/2");
	flip(&k, dir, "tile/1/000.p/2", 40);
	assert_int_equal(look(&k, dir)->n, 0);
	assert_int_equal(unlink(str_fmt(k.c, "%s/tile/0/000", dir).p), 0);
	assert_found(look(&k, dir), "absent tile over entries 0 to 255");
	assert_int_equal(unlink(str_fmt(k.c, "%s/tile/entries/000", dir).p), 0);
	assert_found(look(&k, dir), "absent: entries 0 to 255");
	flip(&k, dir, "checkpoint", 20);
	assert_found(look(&k, dir), "checkpoint: ");
	assert_int_equal(unlink(str_fmt(k.c, "%s/checkpoint", dir).p), 0);
	assert_err(k.c, verify_foreign(k.c, dir, key_text(&k), v), ERR_NOTFOUND, "checkpoint");
	assert_err(k.c, verify_foreign(k.c, dir, STR("no+key"), v), ERR_INVALID, "verifier key");
	ledger_kit_close(&k);
}

static void test_foreign_key(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct verify *v = verify_make(k.c);
	struct note_signer other;
	const char *dir;

	(void)state;
	(void)ledger_kit_records(&k, 3);
	(void)ledger_kit_slot(&k);
	dir = export_to(&k, "log", 4);
	assert_ok(k.c, note_signer_make(k.c, STR("other.test"), &other));
	assert_ok(k.c, verify_foreign(k.c, dir, note_key_print(k.c, &other.key), v));
	assert_found(v, "checkpoint: ");
	assert_int_equal(v->checkpoints, 0);
	note_signer_close(&other);
	ledger_kit_close(&k);
}

/* ---- proofs ---- */

static void test_prove(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct hash unknown = hash_of(STR("x"));
	struct step s = ledger_kit_people(&k, 1), waiting;
	struct str text;
	struct prove p;

	(void)state;
	assert_err(k.c, prove_leaf(k.c, &k.store, s.leaf, &text), ERR_NOTFOUND, "");
	(void)ledger_kit_records(&k, 599);
	(void)ledger_kit_slot(&k);
	waiting = ledger_kit_people(&k, 1);
	assert_ok(k.c, prove_leaf(k.c, &k.store, s.leaf, &text));
	assert_true(str_starts(text, "c2sp.org/tlog-proof@v1\nextra A"));
	assert_ok(k.c, prove_check(k.c, text, key_text(&k), &p));
	assert_true(hash_eq(p.leaf, s.leaf));
	assert_int_equal(p.index, 0);
	assert_int_equal(p.tree.size, 601);
	assert_str(p.tree.origin, KIT_ORIGIN);
	for (int64_t e = 1; e <= 601; e += 40) {
		assert_ok(k.c, prove_entry(k.c, &k.store, e, &text));
		assert_ok(k.c, prove_check(k.c, text, key_text(&k), &p));
		assert_int_equal(p.index, e - 1);
	}
	assert_err(k.c, prove_leaf(k.c, &k.store, unknown, &text), ERR_NOTFOUND, "no entry");
	assert_err(k.c, prove_leaf(k.c, &k.store, waiting.leaf, &text), ERR_NOTFOUND, "no entry");
	assert_err(k.c, prove_entry(k.c, &k.store, waiting.entry, &text), ERR_NOTFOUND, "waits");
	assert_err(k.c, prove_entry(k.c, &k.store, 9999, &text), ERR_NOTFOUND, "waits");
	ledger_kit_close(&k);
}

/* The vector of SPEC.md 2.10. */
static void test_vector(void **state)
{
	static const char text[] = "c2sp.org/tlog-proof@v1\n"
				   "extra AXa8IG4pugq3umJCZ9m8Hmc3Y8YGIwczpQ3KxJcanxzb\n"
				   "index 0\n"
				   "cuA0IzWVyRkzWEJFa7Ez08U5Tv+ukBh0MdkSGTy0xNM=\n"
				   "\n"
				   "example.test/log\n"
				   "2\n"
				   "HQA8uakTIvAA5ItHNEKWo8DQw8jz8yP6itErGKih+lI=\n"
				   "\n"
				   "\xe2\x80\x94 example.test/log "
				   "suFtm1FB9jC/EWMgOCDgikpn6RhqAZq6rl17H49yfIFLAXhHeiZCjnVv87uYrXA"
				   "d1qttAj4EP+sQg8qiRFTgcsOcVwk=\n";
	struct ctx *c = test_ctx();
	struct prove p;

	(void)state;
	assert_ok(c,
	    prove_check(c, str_of(text),
		STR("example.test/log+b2e16d9b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"), &p));
	assert_str(hash_hex(c, p.leaf),
	    "37527ca0f77ab489f0e467568a50535f0939ecab783c95ed76307ac6c1236c35");
	assert_str(hash_hex(c, p.tree.root),
	    "1d003cb9a91322f000e48b47344296a3c0d0c3c8f3f323fa8ad12b18a8a1fa52");
	ctx_close(&c);
}

/* Any byte changed or cut away, any line dropped or doubled: refused. */
static void test_prove_damage(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct str text, key = key_text(&k);
	struct prove p;
	char *bytes;

	(void)state;
	(void)ledger_kit_records(&k, 20);
	(void)ledger_kit_slot(&k);
	assert_ok(k.c, prove_entry(k.c, &k.store, 7, &text));
	bytes = mem_dup(k.c, text.p, text.n);
	for (size_t i = 0; i < text.n; i++) {
		struct mem_mark mark = mem_mark(k.c);

		bytes[i] = (char)(bytes[i] ^ 1);
		assert_int_not_equal(prove_check(k.c, (struct str){bytes, text.n}, key, &p), 0);
		err_clear(k.c);
		bytes[i] = (char)(bytes[i] ^ 1);
		assert_int_not_equal(prove_check(k.c, (struct str){bytes, i}, key, &p), 0);
		err_clear(k.c);
		mem_reset(k.c, mark);
	}
	assert_err(k.c, prove_check(k.c, STR("c2sp.org/tlog-proof@v1\nindex 1\n\n"), key, &p),
	    ERR_INVALID, "proof:2");
	assert_err(
	    k.c, prove_check(k.c, str_fmt(k.c, "%.*sx", STR_ARG(text)), key, &p), ERR_INVALID, "");
	assert_err(k.c, prove_check(k.c, text, STR("k"), &p), ERR_INVALID, "verifier key");
	ledger_kit_close(&k);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_export),
	    cmocka_unit_test(test_export_full),
	    cmocka_unit_test(test_foreign_damage),
	    cmocka_unit_test(test_foreign_key),
	    cmocka_unit_test(test_prove),
	    cmocka_unit_test(test_vector),
	    cmocka_unit_test(test_prove_damage),
	};

	ledger_kit_role(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
