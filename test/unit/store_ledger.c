/* Slots of many sizes: places, tiles and roots; proofs made from the stored tiles hold. */
#include "store/ledger.h"

#include "ledger_kit.h"
#include "proof/tile.h"

static struct hash leaf_of(struct ledger_kit *k, int64_t entry)
{
	const struct db_val *row;

	assert_ok(k->c, db_one(k->c, k->store.db, SQL_ENTRY_BY_ID, DB_ARGS(db_int(entry)), &row));
	return merkle_leaf(row[5].s);
}

struct bulk {
	int64_t n;
};

/* Entries by themselves, without rows: fast enough for 70,000. */
static int put_bulk(struct ctx *c, struct db *db, void *arg)
{
	struct bulk *b = arg;
	int64_t first;
	int rc = ledger_ids(c, db, 1, &first);

	for (int64_t i = 0; i < b->n && rc == 0; i++)
		rc = ledger_put(
		    c, db, first + i, "test", (struct instant){1}, 0, 0, STR("{}"), true, NULL);
	return rc == 0 ? ledger_pend(c, db, first, b->n) : rc;
}

static void put_entries(struct ledger_kit *k, int64_t n)
{
	struct bulk b = {n};

	assert_ok(k->c, db_tx(k->c, k->store.db, put_bulk, &b));
}

static int64_t close_slot(struct ledger_kit *k)
{
	int64_t size = -1;

	assert_ok(k->c, ledger_close_slot(k->c, k->store.db, STR("test"), &size));
	return size;
}

/* Proofs from the stored tiles against the root, computed by themselves from the entries. */
static void check_proofs(struct ledger_kit *k, uint64_t size, uint64_t old, struct hash old_root)
{
	struct ledger_nodes nodes = {k->store.db, (int64_t)size};
	const uint64_t places[] = {0, 1, size / 3, size / 2, size - 2, size - 1};
	struct merkle_proof proof;
	struct ledger_tree tree;

	assert_ok(k->c, ledger_tree(k->c, k->store.db, &tree));
	assert_int_equal(tree.size, size);
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		int64_t entry, place;

		if (places[i] >= size)
			continue;
		assert_ok(k->c, ledger_entry_at(k->c, k->store.db, (int64_t)places[i], &entry));
		assert_ok(k->c, ledger_place(k->c, k->store.db, entry, &place));
		assert_int_equal(place, places[i]);
		assert_ok(
		    k->c, merkle_inclusion(k->c, size, places[i], ledger_node, &nodes, &proof));
		assert_ok(k->c, merkle_check_inclusion(k->c, places[i], size, leaf_of(k, entry),
				    proof.at, proof.n, tree.root));
	}
	if (old == 0)
		return;
	assert_ok(k->c, merkle_consistency(k->c, old, size, ledger_node, &nodes, &proof));
	assert_ok(k->c,
	    merkle_check_consistency(k->c, old, old_root, size, tree.root, proof.at, proof.n));
}

static void grow(const int64_t *add, size_t n)
{
	struct ledger_kit k = ledger_kit_open();
	struct merkle m = {0};
	int64_t size = 0;

	for (size_t i = 0; i < n; i++) {
		struct hash old = merkle_root(&m);
		struct ledger_tree tree;

		put_entries(&k, add[i]);
		for (int64_t e = size + 1; e <= size + add[i]; e++) {
			struct mem_mark mark = mem_mark(k.c);

			merkle_add(&m, leaf_of(&k, e));
			mem_reset(k.c, mark);
		}
		assert_int_equal(close_slot(&k), size + add[i]);
		assert_ok(k.c, ledger_tree(k.c, k.store.db, &tree));
		assert_true(hash_eq(tree.root, merkle_root(&m)));
		check_proofs(&k, (uint64_t)(size + add[i]), (uint64_t)size, old);
		size += add[i];
	}
	ledger_kit_close(&k);
}

static void test_small_slots(void **state)
{
	static const int64_t add[] = {1, 1, 253, 1, 255, 256, 257, 1};

	(void)state;
	grow(add, sizeof add / sizeof add[0]);
}

static void test_slot_of_each_size(void **state)
{
	static const int64_t sizes[] = {1, 255, 256, 257};

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		grow(&sizes[i], 1);
}

static void test_large_slot(void **state)
{
	static const int64_t add[] = {70000, 300};

	(void)state;
	grow(add, 2);
}

static void test_nothing_waits(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct ledger_tree tree;
	int64_t place, entry;

	(void)state;
	assert_int_equal(close_slot(&k), 0);
	assert_ok(k.c, ledger_tree(k.c, k.store.db, &tree));
	assert_int_equal(tree.size, 0);
	assert_true(hash_eq(tree.root, merkle_empty()));
	put_entries(&k, 3);
	assert_ok(k.c, ledger_place(k.c, k.store.db, 2, &place));
	assert_int_equal(place, -1);
	assert_int_equal(close_slot(&k), 3);
	assert_int_equal(close_slot(&k), 3);
	assert_ok(k.c, ledger_place(k.c, k.store.db, 4, &place));
	assert_int_equal(place, -1);
	assert_err(k.c, ledger_entry_at(k.c, k.store.db, 3, &entry), ERR_NOTFOUND, "place");
	assert_err(k.c, ledger_entry_at(k.c, k.store.db, -1, &entry), ERR_NOTFOUND, "place");
	ledger_kit_close(&k);
}

/* A range that waits for entries that are not there closes nothing at all. */
static void test_missing_entries(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	int64_t size;

	(void)state;
	put_entries(&k, 5);
	ledger_kit_sql(&k, "UPDATE pending SET n = 6");
	assert_err(
	    k.c, ledger_close_slot(k.c, k.store.db, STR("test"), &size), ERR_FAIL, "not there");
	ledger_kit_sql(&k, "UPDATE pending SET n = 5");
	assert_int_equal(close_slot(&k), 5);
	ledger_kit_close(&k);
}

static void test_lease(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	int64_t size;

	(void)state;
	put_entries(&k, 1);
	ledger_kit_sql(&k, "INSERT INTO lease VALUES ('sequencer', 'other', 1768478430)");
	assert_err(
	    k.c, ledger_close_slot(k.c, k.store.db, STR("test"), &size), ERR_CONFLICT, "lease");
	k.c->fixed_now = 1768478431;
	assert_int_equal(close_slot(&k), 1);
	ledger_kit_close(&k);
}

/* The guards of the schema, seen from plain SQL. */
static void test_append_only(void **state)
{
	static const char *const attacks[] = {
	    "UPDATE entry SET leaf = zeroblob(33) WHERE id = 1",
	    "UPDATE entry SET kind = 'x' WHERE id = 1",
	    "UPDATE entry SET detail = '{}' , salt = zeroblob(16) WHERE id = 1",
	    "DELETE FROM entry WHERE id = 1",
	    "UPDATE place_run SET n = 2",
	    "DELETE FROM place_run",
	    "UPDATE tile SET data = zeroblob(32)",
	    "UPDATE tile SET data = zeroblob(64), width = 2",
	    "DELETE FROM tile",
	    "UPDATE slot SET root = zeroblob(32)",
	    "DELETE FROM slot",
	};
	struct ledger_kit k = ledger_kit_open();
	sqlite3 *raw;

	(void)state;
	put_entries(&k, 1);
	assert_int_equal(close_slot(&k), 1);
	db_close(&k.store.db);
	assert_int_equal(sqlite3_open(k.db_path.p, &raw), SQLITE_OK);
	for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++)
		if (sqlite3_exec(raw, attacks[i], NULL, NULL, NULL) != SQLITE_CONSTRAINT)
			fail_msg("not refused: %s", attacks[i]);
	/* the one exception, the erasure of a detail, has its erasure (store_sql.c) */
	assert_int_equal(
	    sqlite3_exec(
		raw, "UPDATE entry SET salt = NULL, detail = NULL WHERE id = 1", NULL, NULL, NULL),
	    SQLITE_CONSTRAINT);
	assert_int_equal(sqlite3_close(raw), SQLITE_OK);
	ledger_kit_close(&k);
}

static void test_commitment_vector(void **state)
{
	static const unsigned char salt[LEDGER_SALT] = {
	    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
	struct ctx *c = test_ctx();
	unsigned char leaf[LEDGER_LEAF];
	struct hash h = ledger_commit(
	    salt, STR("{\"actor\":1,\"at\":1768478400,\"kind\":\"test\",\"rows\":[]}"));

	(void)state;
	ledger_leaf(h, leaf);
	assert_int_equal(leaf[0], 1);
	assert_memory_equal(leaf + 1, h.b, HASH_SIZE);
	assert_str(
	    hash_hex(c, h), "76bc206e29ba0ab7ba624267d9bc1e673763c606230733a50dcac4971a9f1cdb");
	assert_str(hash_hex(c, merkle_leaf((struct str){(char *)leaf, sizeof leaf})),
	    "37527ca0f77ab489f0e467568a50535f0939ecab783c95ed76307ac6c1236c35");
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_small_slots),
	    cmocka_unit_test(test_slot_of_each_size),
	    cmocka_unit_test(test_large_slot),
	    cmocka_unit_test(test_nothing_waits),
	    cmocka_unit_test(test_missing_entries),
	    cmocka_unit_test(test_lease),
	    cmocka_unit_test(test_append_only),
	    cmocka_unit_test(test_commitment_vector),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
