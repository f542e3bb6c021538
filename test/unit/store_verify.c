/* Verification against an attacker who has the database file: whatever is changed, removed,
 * reordered, added or rolled back is found, and the right thing is named. */
#include "store/verify.h"

#include "ledger_kit.h"
#include "os/file.h"
#include "store/sign_state.h"

/*
 * The ledger under attack. Places are entry ids less one.
 *   entries 1-3 person.add (slot of 3), 4 import, 5-9 closed records (slot of 9), 10 person.set of
 *   person 1, 11-12 person.add (slot of 12), 13 person.add, waiting
 */
enum { ENTRIES = 13, PLACED = 12, FIRST_CLOSED = 5, LAST_CLOSED = 9 };

static struct ledger_kit kit_make(void)
{
	struct ledger_kit k = ledger_kit_open();

	(void)ledger_kit_people(&k, 3);
	(void)ledger_kit_slot(&k);
	assert_int_equal(ledger_kit_records(&k, 5), FIRST_CLOSED);
	(void)ledger_kit_slot(&k);
	ledger_kit_update(&k, 1, 1);
	(void)ledger_kit_people(&k, 2);
	(void)ledger_kit_slot(&k);
	(void)ledger_kit_people(&k, 1);
	return k;
}

static struct verify *look(struct ledger_kit *k, bool quick)
{
	struct verify *v = verify_make(k->c);

	assert_ok(k->c, verify_own(k->c, &k->store, k->keys.p, quick, v));
	return v;
}

static bool found(const struct verify *v, const char *what)
{
	for (size_t i = 0; i < v->n; i++)
		if (strstr(v->text[i], what) != NULL)
			return true;
	return false;
}

static void print(const struct verify *v)
{
	for (size_t i = 0; i < v->n; i++)
		print_message("  %s\n", v->text[i]);
}

static void assert_found(const struct verify *v, const char *what)
{
	if (found(v, what))
		return;
	print(v);
	fail_msg("not found: %s", what);
}

static void assert_clean(const struct verify *v)
{
	print(v);
	assert_int_equal(v->n, 0);
	assert_int_equal(v->more, 0);
}

static void test_clean(void **state)
{
	struct ledger_kit k = kit_make();
	struct verify *v = look(&k, false);

	(void)state;
	assert_clean(v);
	assert_int_equal(v->placed, PLACED);
	assert_int_equal(v->pending, 1);
	assert_int_equal(v->checkpoints, 3);
	assert_int_equal(v->signed_size, PLACED);
	assert_int_equal(v->entries, ENTRIES);
	assert_int_equal(v->closed, 5);
	assert_int_equal(v->rows, 7); /* six persons, one import */
	assert_int_equal(v->erased, 0);
	v = look(&k, true);
	assert_clean(v);
	assert_int_equal(v->entries, 0);
	ledger_kit_close(&k);
}

static void test_empty(void **state)
{
	struct ledger_kit k = ledger_kit_open();

	(void)state;
	assert_clean(look(&k, false));
	(void)ledger_kit_people(&k, 1);
	assert_clean(look(&k, false));
	ledger_kit_close(&k);
}

/* An erased detail is counted, and so are the rows it answered for; nobody may erase without a
 * step. */
static void test_erased(void **state)
{
	struct ledger_kit k = kit_make();
	struct verify *v;

	(void)state;
	ledger_kit_sql(&k, "UPDATE entry SET salt = NULL, detail = NULL WHERE id IN (1, 2)");
	v = look(&k, false);
	assert_found(v, "entry 1: its detail was erased, and no erasure names it");
	assert_found(v, "entry 2: its detail was erased, and no erasure names it");
	assert_found(v, "person 2: names entry 2, whose detail was erased");
	assert_found(v, "erasures name 0 entries, but 2 are erased");
	assert_int_equal(v->n, 4);
	assert_int_equal(v->erased, 2);
	assert_int_equal(v->rows_erased, 1); /* person 2; person 1 is answered for by entry 10 */
	/* an erased column keeps its hash */
	ledger_kit_sql(&k, "UPDATE person SET handle_ct = NULL WHERE id = 4");
	assert_found(look(&k, false), "person 4: is not as entry 11 recorded it");
	ledger_kit_close(&k);
}

static void test_erased_column(void **state)
{
	struct ledger_kit k = kit_make();
	const struct db_val *row;
	struct hash h;
	struct str sql;

	(void)state;
	assert_ok(k.c, db_one(k.c, k.store.db, SQL_IMAGE_PERSON, DB_ARGS(db_int(4)), &row));
	h = hash_of(row[10].s);
	sql = str_fmt(k.c, "UPDATE person SET handle_ct = NULL, handle_gone = x'%s' WHERE id = 4",
	    hash_hex(k.c, h).p);
	ledger_kit_sql(&k, sql.p);
	assert_clean(look(&k, false));
	ledger_kit_close(&k);
}

/* ---- every byte ---- */

static void put_raw(sqlite3 *raw, const char *sql, const char *p, size_t n, bool text, int64_t id)
{
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &s, NULL), SQLITE_OK);
	if (text)
		assert_int_equal(sqlite3_bind_text(s, 1, p, (int)n, SQLITE_STATIC), SQLITE_OK);
	else
		assert_int_equal(sqlite3_bind_blob(s, 1, p, (int)n, SQLITE_STATIC), SQLITE_OK);
	assert_int_equal(sqlite3_bind_int64(s, 2, id), SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_DONE);
	sqlite3_finalize(s);
}

static unsigned flip_column(struct ledger_kit *k, sqlite3 *raw, int64_t id, size_t column)
{
	static const char *const updates[] = {[5] = "UPDATE entry SET leaf = ?1 WHERE id = ?2",
	    [6] = "UPDATE entry SET salt = ?1 WHERE id = ?2",
	    [7] = "UPDATE entry SET detail = ?1 WHERE id = ?2"};
	char wants[2][64];
	const struct db_val *row;
	char *bytes;
	size_t n;

	(void)snprintf(wants[0], sizeof wants[0], "entry %lld", (long long)id);
	(void)snprintf(wants[1], sizeof wants[1], "closed record %lld", (long long)id);
	assert_ok(k->c, db_one(k->c, k->store.db, SQL_ENTRY_BY_ID, DB_ARGS(db_int(id)), &row));
	if (row[column].kind == DB_NULL)
		return 0;
	bytes = mem_dup(k->c, row[column].s.p, row[column].s.n);
	n = row[column].s.n;
	for (size_t i = 0; i < n; i++) {
		struct mem_mark mark = mem_mark(k->c);
		struct verify *v;

		bytes[i] = (char)(bytes[i] ^ 1 << (i % 8));
		put_raw(raw, updates[column], bytes, n, column == 7, id);
		v = look(k, false);
		if (!found(v, wants[0]) && !found(v, wants[1])) {
			print(v);
			fail_msg("entry %lld, column %zu, byte %zu", (long long)id, column, i);
		}
		if (column == 5 && id <= PLACED) {
			assert_found(v, "leaf bytes are not what was logged");
			assert_found(look(k, true), wants[0]);
		}
		bytes[i] = (char)(bytes[i] ^ 1 << (i % 8));
		put_raw(raw, updates[column], bytes, n, column == 7, id);
		mem_reset(k->c, mark);
	}
	return (unsigned)n;
}

static void test_every_byte(void **state)
{
	struct ledger_kit k = kit_make();
	unsigned n = 0;
	sqlite3 *raw;

	(void)state;
	ledger_kit_sql(&k, "SELECT 1"); /* drops the guards */
	assert_int_equal(sqlite3_open(k.db_path.p, &raw), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(raw, "PRAGMA synchronous = OFF", NULL, NULL, NULL), SQLITE_OK);
	for (int64_t id = 1; id <= ENTRIES; id++)
		for (size_t column = 5; column <= 7; column++)
			n += flip_column(&k, raw, id, column);
	assert_true(n > 13 * 49 + 8 * 100);
	print_message("%u bytes flipped, each found\n", n);
	assert_int_equal(sqlite3_close(raw), SQLITE_OK);
	assert_clean(look(&k, false));
	ledger_kit_close(&k);
}

/* ---- attacks ---- */

struct attack {
	const char *sql, *want;
	bool quick; /* found by the quick look too */
};

static const struct attack attacks[] = {
    /* entries removed, reordered, swapped, added */
    {"DELETE FROM entry WHERE id = 2", "entry 2 (place 1): is gone", true},
    {"DELETE FROM entry WHERE id = 2", "person 2: names entry 2, which is not there", false},
    {"DELETE FROM entry WHERE id IN (6, 12); DELETE FROM closed WHERE id = 6",
	"entry 12 (place 11): is gone", true},
    {"UPDATE entry SET id = -1 WHERE id = 2; UPDATE entry SET id = 2 WHERE id = 3;"
     "UPDATE entry SET id = 3 WHERE id = -1",
	"not in the logged order: entries 1 to 2", true},
    {"UPDATE entry SET id = -1 WHERE id = 6; UPDATE entry SET id = 6 WHERE id = 11;"
     "UPDATE entry SET id = 11 WHERE id = -1",
	"not in the logged order: entries 5 to 10", true},
    {"DELETE FROM entry WHERE id = 6; UPDATE entry SET id = -id WHERE id > 6;"
     "UPDATE entry SET id = -id - 1 WHERE id < 0",
	"removed: entry 5", true},
    {"UPDATE entry SET id = -id WHERE id > 6; UPDATE entry SET id = 1 - id WHERE id < 0;"
     "INSERT INTO entry SELECT 7, kind, at, actor, matter, zeroblob(33), salt, detail FROM entry "
     "WHERE id = 2",
	"added, was not logged in this place: entry 6", true},
    {"INSERT INTO entry SELECT 99, kind, at, actor, matter, leaf, salt, detail FROM entry WHERE id "
     "= 2",
	"entry 99: has no place and does not wait", false},
    {"INSERT INTO entry SELECT 99, kind, at, actor, matter, leaf, salt, detail FROM entry WHERE id "
     "= 2",
	"14 entries are stored", true},
    {"DELETE FROM pending", "entry 13: has no place and does not wait", false},
    {"DELETE FROM pending; DELETE FROM entry WHERE id = 13; DELETE FROM person WHERE entry = 13",
	"", false}, /* nobody was told of it: see test_promises */
    {"INSERT INTO pending VALUES (2, 1)", "entry 2: has a place and waits", true},
    {"UPDATE pending SET n = 2", "13 entries are stored; 12 have a place and 2 wait", true},
    /* columns and details */
    {"UPDATE entry SET kind = 'x' WHERE id = 2", "entry 2: column kind differs", false},
    {"UPDATE entry SET at = at + 1 WHERE id = 2", "entry 2: column at differs", false},
    {"UPDATE entry SET actor = 7 WHERE id = 2", "entry 2: column actor differs", false},
    {"UPDATE entry SET matter = 7 WHERE id = 2", "entry 2: column matter differs", false},
    {"UPDATE entry SET salt = NULL WHERE id = 2", "entry 2: its salt is gone, but not its detail",
	false},
    {"UPDATE entry SET detail = NULL WHERE id = 2", "entry 2: its detail is gone, but not its salt",
	false},
    {"UPDATE entry SET detail = detail || ' ' WHERE id = 2",
	"entry 2: detail, salt or leaf are not what was committed to", false},
    {"UPDATE entry SET (salt, detail) = (SELECT salt, detail FROM entry WHERE id = 3) WHERE id = 2",
	"entry 2: detail, salt or leaf are not what was committed to", false},
    /* rows */
    {"UPDATE person SET roles = 255 WHERE id = 2", "person 2: is not as entry 2 recorded it",
	false},
    {"UPDATE person SET roles = 255 WHERE id = 1", "person 1: is not as entry 10 recorded it",
	false},
    {"UPDATE person SET handle_ct = zeroblob(40) WHERE id = 2",
	"person 2: is not as entry 2 recorded it", false},
    {"UPDATE person SET roles = 1, rev = 1, entry = 1 WHERE id = 1",
	"person 1: is at revision 1, but entry 10 made it 2", false},
    {"UPDATE person SET roles = 255, rev = 9 WHERE id = 2",
	"person 2: names entry 2, which does not know it so", false},
    {"UPDATE person SET roles = 255, rev = 2, entry = 10 WHERE id = 2",
	"person 2: names entry 10, which does not know it so", false},
    {"UPDATE person SET entry = 77, rev = 2 WHERE id = 2",
	"person 2: names entry 77, which is not there", false},
    {"DELETE FROM person WHERE id = 2", "person 2: the row is gone", false},
    {"DELETE FROM person WHERE id = 1", "person 1: the row is gone (entry 10 made it", false},
    {"INSERT INTO person SELECT 77, x'77', handle_ct, handle_gone, 255, 0, 777, NULL, 1, 1, 3 FROM "
     "person WHERE id = 3",
	"person 77: names entry 3, which does not know it so", false},
    {"UPDATE import SET source = 'other'", "import 1: is not as entry 4 recorded it", false},
    {"INSERT INTO matter (id, ref, demand, compartment, assigned, closed, opened, rev, entry) "
     "VALUES (1, 'R', 1, 0, NULL, 0, 5, 1, 3)",
	"matter 1: names entry 3, which does not know it so", false},
    /* closed records */
    {"UPDATE closed SET accounts = 2 WHERE id = 6", "closed record 6: row, salt or leaf", false},
    {"UPDATE entry SET at = at + 1 WHERE id = 6", "closed record 6: row, salt or leaf", false},
    {"UPDATE entry SET actor = 7 WHERE id = 6", "closed record 6: row, salt or leaf", false},
    {"UPDATE closed SET country = 'US' WHERE id = 9", "closed record 9: row, salt or leaf", false},
    {"UPDATE closed SET printed = '' WHERE id = 5", "closed record 5: row, salt or leaf", false},
    {"DELETE FROM closed WHERE id = 6", "closed record 6: the row is gone", false},
    {"INSERT INTO closed SELECT 99, import, line, day_from, day_to, country, class, outcome, "
     "accounts, printed FROM closed WHERE id = 6",
	"closed record 99: it has no entry", false},
    {"INSERT INTO closed SELECT 2, import, line, day_from, day_to, country, class, outcome, "
     "accounts, printed FROM closed WHERE id = 6",
	"entry 2: is not the entry of a closed record", false},
    {"UPDATE entry SET salt = NULL WHERE id = 6", "closed record 6: row, salt or leaf", false},
    {"UPDATE entry SET kind = 'x' WHERE id = 6", "entry 6: is not the entry of a closed record",
	false},
    /* tiles and places */
    {"UPDATE tile SET data = zeroblob(384)", "damaged tile: wrong hash over entries 0 to 11", true},
    {"UPDATE tile SET data = CAST(substr(data, 1, 96) || zeroblob(32) || "
     "substr(data, 129) AS BLOB)",
	"damaged tile: wrong hash over entry 3", true},
    {"UPDATE tile SET data = substr(data, 1, 352), width = 11", "damaged tile: wrong length", true},
    {"DELETE FROM tile", "absent tile over entries 0 to 11", true},
    {"INSERT INTO tile VALUES (0, 9, 1, zeroblob(32))", "2 tiles are stored, the tree has 1", true},
    {"DELETE FROM place_run WHERE first_place = 3", "places 3 to 8: no entries have them", true},
    {"DELETE FROM place_run WHERE first_place = 3", "place 6: no entry has it", true},
    {"UPDATE place_run SET n = 8 WHERE first_place = 3", "places 9 to 10: given twice", true},
    {"UPDATE place_run SET n = 7 WHERE first_place = 3", "entry 10: has two places", true},
    {"DELETE FROM place_run WHERE first_place = 9", "places are given up to 9", true},
    /* slots and checkpoints */
    {"UPDATE slot SET root = zeroblob(32) WHERE size = 3",
	"the slot and the checkpoint of size 3 have different roots", true},
    {"UPDATE slot SET root = zeroblob(32) WHERE size = 12",
	"the slot and the checkpoint of size 12 have different roots", true},
    {"DELETE FROM checkpoint WHERE size < 12; UPDATE slot SET root = zeroblob(32) WHERE size = 3",
	"fork: the slot of size 3 was made for another history; the difference is within places 0 "
	"to 2",
	true},
    {"DELETE FROM slot WHERE size = 12", "13 entries are stored; 9 have a place", true},
    {"DELETE FROM slot WHERE size = 12",
	"rolled back: the checkpoint is of size 12; places 9 to 11", true},
    {"UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = 9) WHERE size = 3",
	"the checkpoint stored for size 3 is of size 9", true},
    {"UPDATE checkpoint SET note = replace(note, char(10) || '9' || char(10), char(10) || '8' || "
     "char(10)) WHERE size = 9",
	"the checkpoint stored for size 9: ", true},
    {"UPDATE checkpoint SET note = 'x' WHERE size = 3", "the checkpoint stored for size 3: ", true},
};

struct copy {
	struct str db;
};

static struct copy copy_take(struct ledger_kit *k)
{
	struct copy x;

	ledger_kit_sql(k, "PRAGMA wal_checkpoint(TRUNCATE)");
	db_close(&k->store.db);
	assert_ok(k->c, file_read(k->c, k->db_path.p, 64 << 20, &x.db));
	ledger_kit_reopen(k);
	return x;
}

static void copy_restore(struct ledger_kit *k, struct copy x)
{
	db_close(&k->store.db);
	(void)unlink(str_fmt(k->c, "%s-wal", k->db_path.p).p);
	(void)unlink(str_fmt(k->c, "%s-shm", k->db_path.p).p);
	assert_ok(k->c, file_write_atomic(k->c, k->db_path.p, 0600, x.db));
	ledger_kit_reopen(k);
}

static void test_attacks(void **state)
{
	struct ledger_kit k = kit_make();
	struct copy x = copy_take(&k);

	(void)state;
	for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++) {
		struct mem_mark mark = mem_mark(k.c);
		struct verify *v;

		ledger_kit_sql(&k, attacks[i].sql);
		v = look(&k, false);
		if (attacks[i].want[0] != '\0' ? !found(v, attacks[i].want) : v->n > 0) {
			print(v);
			fail_msg("%s\nwant: %s", attacks[i].sql, attacks[i].want);
		}
		if (attacks[i].quick)
			assert_found(look(&k, true), attacks[i].want);
		copy_restore(&k, x);
		mem_reset(k.c, mark);
	}
	assert_clean(look(&k, false));
	ledger_kit_close(&k);
}

/* ---- the signer's side ---- */

/* A checkpoint that the log's own key signed, as a thief of the key would. */
static struct str forge(struct ledger_kit *k, uint64_t size, struct hash root)
{
	struct note_checkpoint cp = {.origin = STR(KIT_ORIGIN), .size = size, .root = root};
	struct str text, key_text;
	struct note_signer key;
	struct note n;

	assert_ok(k->c, file_read(k->c, str_fmt(k->c, "%s/log.key", k->keys.p).p, 4096, &key_text));
	assert_ok(k->c, note_signer_parse(k->c, str_trim(key_text), &key));
	assert_ok(k->c, note_checkpoint_print(k->c, &cp, &text));
	assert_ok(k->c, note_make(k->c, text, &n));
	assert_ok(k->c, note_sign(k->c, &key, &n));
	note_signer_close(&key);
	return note_print(k->c, &n);
}

static void test_forks(void **state)
{
	struct ledger_kit k = kit_make();
	struct copy x = copy_take(&k);
	struct hash other = hash_of(STR("other"));

	(void)state;
	ledger_kit_sql(
	    &k, str_fmt(k.c, "INSERT INTO checkpoint VALUES (5, '%s')", forge(&k, 5, other).p).p);
	assert_found(look(&k, true),
	    "fork: the checkpoint of size 5 was made for another history; the "
	    "difference is within places 3 to 4 (entries 4 to 5)");
	copy_restore(&k, x);
	ledger_kit_sql(
	    &k, str_fmt(k.c, "INSERT INTO checkpoint VALUES (40, '%s')", forge(&k, 40, other).p).p);
	assert_found(look(&k, true), "rolled back: the checkpoint is of size 40");
	copy_restore(&k, x);
	ledger_kit_sql(&k, str_fmt(k.c, "UPDATE checkpoint SET note = '%s' WHERE size = 12",
			       forge(&k, 12, other).p)
			       .p);
	assert_found(look(&k, true), "the checkpoint of size 12 have different roots");
	assert_found(look(&k, true), "does not give the root");
	ledger_kit_close(&k);
}

static void write_state(struct ledger_kit *k, int64_t size, struct hash root)
{
	struct sign_state s = {.number = 900, .size = size, .root = root};

	assert_ok(k->c, file_write_atomic(k->c, str_fmt(k->c, "%s/signer.state", k->keys.p).p, 0600,
			    sign_state_print(k->c, &s)));
}

static void test_signer_state(void **state)
{
	struct ledger_kit k = kit_make();
	struct hash other = hash_of(STR("other"));

	(void)state;
	write_state(&k, 9, other);
	assert_found(look(&k, true),
	    "signer.state was rolled back: it says 9 entries were signed last, a "
	    "checkpoint is of 12");
	write_state(&k, 12, other);
	assert_found(
	    look(&k, true), "signer.state and the checkpoint of size 12 have different roots");
	write_state(&k, 20, other);
	assert_found(
	    look(&k, true), "rolled back: signer.state is of size 20; places 12 to 19 are gone");
	assert_ok(k.c,
	    file_write_atomic(k.c, str_fmt(k.c, "%s/signer.state", k.keys.p).p, 0600, STR("x")));
	assert_found(look(&k, true), "signer.state is damaged");
	assert_int_equal(unlink(str_fmt(k.c, "%s/signer.state", k.keys.p).p), 0);
	assert_found(look(&k, true), "signer.state is gone");
	ledger_kit_close(&k);
}

/* The whole database from an old backup is sound in itself; what was signed since tells. */
static void test_old_backup(void **state)
{
	struct ledger_kit k = kit_make();
	struct copy x = copy_take(&k);

	(void)state;
	(void)ledger_kit_slot(&k);
	copy_restore(&k, x);
	assert_found(
	    look(&k, true), "rolled back: signer.state is of size 13; places 12 to 12 are gone");
	ledger_kit_close(&k);
}

static void test_wrong_key(void **state)
{
	struct ledger_kit k = kit_make();
	struct str other = str_fmt(k.c, "%s/other", k.dir.p);
	struct verify *v = verify_make(k.c);

	(void)state;
	assert_int_equal(mkdir(other.p, 0700), 0);
	assert_ok(k.c, sign_create(k.c, other.p, STR(KIT_ORIGIN)));
	assert_ok(k.c, verify_own(k.c, &k.store, other.p, true, v));
	assert_found(v, "the checkpoint stored for size 12: ");
	assert_err(
	    k.c, verify_own(k.c, &k.store, "/nonexistent", true, v), ERR_NOTFOUND, "log.vkey");
	ledger_kit_close(&k);
}

static void test_promises(void **state)
{
	struct ledger_kit k = kit_make();
	struct step s = ledger_kit_people(&k, 1);
	struct str note;

	(void)state;
	assert_ok(k.c, sign_promise(k.c, k.keys.p, s.leaf, s.now, &note));
	assert_ok(k.c, db_run(k.c, k.store.db, SQL_PROMISE_PUT,
			   DB_ARGS(db_int(s.entry), db_text(note)), NULL));
	assert_clean(look(&k, false));
	assert_int_equal(look(&k, false)->promises, 1);
	ledger_kit_sql(&k,
	    "DELETE FROM pending WHERE first_entry = 14; DELETE FROM entry WHERE id = 14;"
	    "DELETE FROM person WHERE entry = 14");
	assert_found(look(&k, false), "promise of entry 14: it was given for another entry");
	ledger_kit_sql(&k, "UPDATE promise SET entry = 2");
	assert_found(look(&k, false), "promise of entry 2: it was given for another entry");
	ledger_kit_sql(&k, "UPDATE promise SET note = 'x'");
	assert_found(look(&k, false), "promise of entry 2: ");
	ledger_kit_close(&k);
}

/* ---- a log of several tiles ---- */

static void test_large(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct copy x;
	struct verify *v;

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct ledger_kit_closed more = {.import = 1, .n = 300};

		if (i == 0)
			(void)ledger_kit_records(&k, 299); /* entry 1 is the import, 300 in all */
		else
			assert_ok(k.c, db_tx(k.c, k.store.db, ledger_kit_put_closed, &more));
		(void)ledger_kit_slot(&k);
	}
	x = copy_take(&k);
	assert_clean(look(&k, false));
	ledger_kit_sql(&k, "UPDATE entry SET leaf = zeroblob(33) WHERE id = 513");
	assert_found(
	    look(&k, true), "entry 513 (place 512): its leaf bytes are not what was logged");
	copy_restore(&k, x);
	/* entry and its hash in the tile: the hash above tells */
	ledger_kit_sql(&k, "UPDATE entry SET leaf = zeroblob(33) WHERE id = 300;"
			   "UPDATE tile SET data = zeroblob(8192) WHERE level = 0 AND idx = 1");
	v = look(&k, true);
	assert_true(v->n > 0);
	assert_found(v, "ids 257 to 512");
	copy_restore(&k, x);
	/* more findings than are kept */
	ledger_kit_sql(&k, "UPDATE closed SET accounts = 7");
	v = look(&k, false);
	assert_int_equal(v->n, VERIFY_FINDINGS_MAX);
	assert_int_equal(v->more, 899 - VERIFY_FINDINGS_MAX);
	ledger_kit_close(&k);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_clean),
	    cmocka_unit_test(test_empty),
	    cmocka_unit_test(test_erased),
	    cmocka_unit_test(test_erased_column),
	    cmocka_unit_test(test_every_byte),
	    cmocka_unit_test(test_attacks),
	    cmocka_unit_test(test_forks),
	    cmocka_unit_test(test_signer_state),
	    cmocka_unit_test(test_old_backup),
	    cmocka_unit_test(test_wrong_key),
	    cmocka_unit_test(test_promises),
	    cmocka_unit_test(test_large),
	};

	ledger_kit_role(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
