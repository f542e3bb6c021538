/*
 * All rows out of one database and into another: nothing is lost or bent on the way, not through
 * bytes either, and a copy that was not finished is no database for anybody.
 */
#include "store/copy.h"

#include "ledger_kit.h"
#include "store/row.h"
#include "store/verify.h"

enum { ROLES = SQL_ROLE_ALL | SQL_ROLE_COPY };

struct pair {
	struct ledger_kit k;
	struct str url; /* of the copy */
	struct db *to;
};

/* People, closed records, two slots and one entry that waits. */
static struct pair pair_open(void)
{
	struct pair p = {.k = ledger_kit_open()};

	ledger_kit_people(&p.k, 5);
	(void)ledger_kit_slot(&p.k);
	ledger_kit_update(&p.k, 2, 1);
	ledger_kit_records(&p.k, 700);
	(void)ledger_kit_slot(&p.k);
	ledger_kit_people(&p.k, 1);
	db_close(&p.k.store.db);
	assert_ok(p.k.c,
	    db_open(p.k.c, str_fmt(p.k.c, "sqlite:%s", p.k.db_path.p), ROLES, &p.k.store.db));
	p.url = str_fmt(p.k.c, "sqlite:%s/copy.db", p.k.dir.p);
	assert_ok(p.k.c, db_fill(p.k.c, p.url, &p.to));
	return p;
}

static void pair_close(struct pair *p)
{
	db_close(&p->to);
	ledger_kit_close(&p->k);
}

static size_t table_of(const char *name)
{
	size_t i = 0;

	while (strcmp(sql_tables[i].name, name) != 0)
		i++;
	return i;
}

/* The copy is none that anybody opens. */
static void assert_unusable(struct pair *p)
{
	struct db *db;

	db_close(&p->to);
	assert_err(p->k.c, db_open(p->k.c, p->url, ROLES, &db), ERR_INVALID, "not a Writ database");
}

static void assert_verifies(struct pair *p)
{
	struct store store = {.db = p->to, .vault = p->k.store.vault};
	struct verify *v = verify_make(p->k.c);

	assert_ok(p->k.c, verify_own(p->k.c, &store, p->k.keys.p, false, v));
	assert_int_equal(v->n, 0);
	assert_int_equal(v->placed, 707);
	assert_int_equal(v->pending, 1);
}

struct seen {
	int64_t calls, last_done, last_total;
};

static void see(void *arg, const char *what, int64_t done, int64_t total)
{
	struct seen *s = arg;

	assert_non_null(what);
	s->calls++;
	s->last_done = done;
	s->last_total = total;
}

static void test_between(void **state)
{
	struct pair p = pair_open();
	struct ctx *c = p.k.c;
	struct seen seen = {0};
	struct copy_job job = {see, &seen};
	struct copy_sums sums, here;
	struct ledger_tree tree;
	struct db *db;

	(void)state;
	assert_ok(c, copy_between(c, p.k.store.db, p.to, &job, &sums));
	assert_int_equal(sums.table[table_of("person")].rows, 6);
	assert_int_equal(sums.table[table_of("closed")].rows, 700);
	assert_int_equal(sums.table[table_of("edition")].rows, 0);
	assert_int_equal(seen.last_done, seen.last_total);
	assert_true(seen.calls >= 2);
	/* the root of nothing but leaf bytes is the one the sequencer stored */
	assert_ok(c, ledger_tree(c, p.k.store.db, &tree));
	assert_int_equal(sums.size, tree.size);
	assert_true(hash_eq(sums.root, tree.root));
	assert_verifies(&p);
	/* not before db_guard */
	assert_err(c, db_open(c, p.url, ROLES, &db), ERR_INVALID, "not a Writ database");
	assert_ok(c, db_guard(c, p.to));
	db_close(&p.to);
	assert_ok(c, db_open(c, p.url, ROLES, &p.to));
	assert_ok(c, db_integrity(c, p.to));
	assert_ok(c, copy_dump(c, p.to, NULL, &here));
	assert_ok(c, copy_compare(c, &sums, &here));
	assert_verifies(&p);
	pair_close(&p);
}

/* ---- through bytes ---- */

struct stream {
	struct buf bytes;
	int64_t ends;
	size_t stop_at; /* fill fails before this table; 0: never */
	struct copy_sum want[SQL_TABLES];
};

static int write_row(struct ctx *c, size_t table, const struct db_val *row, void *arg)
{
	struct stream *s = arg;

	(void)c;
	buf_putc(&s->bytes, (char)table);
	for (size_t i = 0; i < sql_tables[table].n_columns; i++)
		row_put(&s->bytes, row[i]);
	return 0;
}

static int write_end(struct ctx *c, size_t table, const struct copy_sum *sum, void *arg)
{
	struct stream *s = arg;

	(void)c;
	assert_int_equal(table, s->ends++);
	s->want[table] = *sum;
	return 0;
}

static int read_all(struct ctx *c, struct copy_load *l, void *arg)
{
	struct stream *s = arg;
	struct str rest = buf_str(&s->bytes);
	struct copy_sum sum;
	size_t ended = 0;

	while (rest.n > 0) {
		struct db_val row[64];
		size_t table = (unsigned char)rest.p[0];
		int rc = 0;

		rest = (struct str){rest.p + 1, rest.n - 1};
		for (; ended < table && rc == 0; ended++) {
			rc = copy_put_end(c, l, ended, &sum);
			if (rc == 0 && !hash_eq(sum.hash, s->want[ended].hash))
				rc = err_set(c, ERR_INVALID, "sum of %s", sql_tables[ended].name);
		}
		if (rc == 0 && s->stop_at != 0 && table >= s->stop_at)
			rc = err_set(c, ERR_FAIL, "the bytes end here");
		for (size_t i = 0; i < sql_tables[table].n_columns && rc == 0; i++)
			assert_true(row_get(&rest, &row[i]));
		if (rc == 0)
			rc = copy_put(c, l, table, row, sql_tables[table].n_columns);
		if (rc != 0)
			return rc;
	}
	return 0;
}

static struct stream to_bytes(struct pair *p, struct copy_sums *ret)
{
	struct stream s = {.bytes = buf_init(p->k.c, 16 << 20)};
	struct copy_sink sink = {write_row, write_end, &s};

	assert_ok(p->k.c, copy_dump(p->k.c, p->k.store.db, &sink, ret));
	assert_int_equal(s.ends, sql_tables_n);
	return s;
}

static void test_bytes(void **state)
{
	struct pair p = pair_open();
	struct copy_sums source, given, got;
	struct stream s = to_bytes(&p, &source);
	struct ctx *c = p.k.c;

	(void)state;
	assert_ok(c, copy_load(c, p.to, read_all, &s, &given));
	assert_ok(c, copy_compare(c, &source, &given));
	assert_ok(c, copy_dump(c, p.to, NULL, &got));
	assert_ok(c, copy_compare(c, &source, &got));
	assert_true(hash_eq(source.root, got.root));
	assert_ok(c, db_guard(c, p.to));
	assert_verifies(&p);
	pair_close(&p);
}

static void test_broken_off(void **state)
{
	struct pair p = pair_open();
	struct copy_sums source, given, got;
	struct stream s = to_bytes(&p, &source);
	struct ctx *c = p.k.c;

	(void)state;
	s.stop_at = table_of("closed");
	assert_err(c, copy_load(c, p.to, read_all, &s, &given), ERR_FAIL, "the bytes end here");
	assert_ok(c, copy_dump(c, p.to, NULL, &got));
	assert_int_equal(got.table[table_of("entry")].rows, 0);
	assert_err(c, copy_compare(c, &source, &got), ERR_FAIL, "table ");
	assert_unusable(&p);
	assert_err(c, db_fill(c, p.url, &p.to), ERR_CONFLICT, "exists already");
	pair_close(&p);
}

/* ---- wrong rows ---- */

static int put_wrong(struct ctx *c, struct copy_load *l, void *arg)
{
	struct db_val slot[3] = {
	    db_int(1), db_blob(STR("12345678901234567890123456789012")), db_int(1)};
	struct db_val meta[2] = {db_text(STR("a")), db_text(STR("b"))};
	struct db_val run[3] = {db_int(0), db_int(1), db_int(0)};
	const int *what = arg;
	int rc = copy_put(c, l, table_of("meta"), meta, *what == 0 ? 3 : 2);

	if (rc == 0 && *what == 1)
		rc = copy_put(c, l, table_of("meta"), meta, 2);
	if (rc == 0 && *what == 2)
		rc = copy_put(c, l, table_of("place_run"), run, 3);
	if (rc == 0)
		rc = copy_put(c, l, table_of("slot"), slot, 3);
	return rc == 0 ? copy_put(c, l, table_of("meta"), meta, 2) : rc;
}

static void test_wrong(void **state)
{
	static const struct {
		int rc;
		const char *text;
	} want[] = {{ERR_INVALID, "table meta has 2 columns, a row has 3"},
	    {ERR_CONFLICT, "load_meta: exists already"},
	    {ERR_DENIED, "load_place_run: the schema refuses"},
	    {ERR_INVALID, "a table out of order"}};
	struct pair p = pair_open();
	struct copy_sums sums;

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_err(
		    p.k.c, copy_load(p.k.c, p.to, put_wrong, &i, &sums), want[i].rc, want[i].text);
	assert_unusable(&p);
	pair_close(&p);
}

static void raw(struct pair *p, const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	(void)p;
}

/* A row that refers to nothing, and one that came out otherwise than it went in. */
static void test_not_the_same(void **state)
{
	struct pair p = pair_open();
	struct ctx *c = p.k.c;
	struct copy_job job = {NULL, NULL};
	struct copy_sums sums, got;

	(void)state;
	assert_ok(c, copy_between(c, p.k.store.db, p.to, &job, &sums));
	raw(&p, p.url.p + 7, "UPDATE closed SET country = 'FR' WHERE id = 300");
	assert_ok(c, copy_dump(c, p.to, NULL, &got));
	assert_err(c, copy_compare(c, &sums, &got), ERR_FAIL, "table closed: the rows differ");
	raw(&p, p.url.p + 7, "DELETE FROM stamp WHERE id = 1");
	assert_ok(c, copy_dump(c, p.to, NULL, &got));
	assert_err(c, copy_compare(c, &sums, &got), ERR_FAIL, "table stamp: 8 rows here, 7 there");
	assert_err(c, db_guard(c, p.to), ERR_DENIED, "refers to one that is not there");
	assert_unusable(&p);
	pair_close(&p);
}

static void write_meanwhile(void *arg, const char *what, int64_t done, int64_t total)
{
	struct pair *p = arg;

	if (strcmp(what, "compare") == 0 && done == total)
		raw(p, p->k.db_path.p,
		    "INSERT INTO entry (id, kind, at, actor, leaf) VALUES (9999, 'x', 1, 0, "
		    "zeroblob(33))");
}

static void test_source(void **state)
{
	struct pair p = pair_open();
	struct ctx *c = p.k.c;
	struct copy_job job = {write_meanwhile, &p};
	struct copy_sums sums;

	(void)state;
	assert_err(c, copy_between(c, p.k.store.db, p.to, &job, &sums), ERR_CONFLICT,
	    "somebody wrote to the instance meanwhile");
	assert_unusable(&p);
	/* a ledger with a hole is no source */
	raw(&p, p.k.db_path.p,
	    "DROP TRIGGER entry_no_delete; PRAGMA foreign_keys = OFF; DELETE FROM entry WHERE id = "
	    "3");
	assert_err(
	    c, copy_dump(c, p.k.store.db, NULL, &sums), ERR_FAIL, "entries with a place are gone");
	raw(&p, p.k.db_path.p,
	    "DROP TRIGGER place_run_no_delete; DELETE FROM place_run WHERE first_place = 0");
	assert_err(c, copy_dump(c, p.k.store.db, NULL, &sums), ERR_FAIL, "places have a gap");
	pair_close(&p);
}

/* ---- bytes of a row, and the sum of a table (SPEC.md 2.10) ---- */

static void test_row(void **state)
{
	struct ctx *c = test_ctx();
	struct db_val v[5] = {
	    db_int(INT64_MIN), db_null(), db_text(STR("a")), db_blob(STR("")), db_int(-1)};
	struct buf b = buf_init(c, 1000);
	struct str all, rest;
	struct db_val got;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		row_put(&b, v[i]);
	all = rest = buf_str(&b);
	assert_str(text_hex(c, all.p, all.n), "698000000000000000"
					      "6e"
					      "740000000161"
					      "6200000000"
					      "69ffffffffffffffff");
	for (size_t i = 0; i < 5; i++) {
		assert_true(row_get(&rest, &got));
		assert_int_equal(got.kind, v[i].kind);
		assert_true(got.num == v[i].num && str_eq(got.s, v[i].s));
	}
	assert_false(row_get(&rest, &got));
	/* cut short anywhere: no value, and nothing is taken */
	for (size_t n = 0; n < 9; n++) {
		rest = (struct str){all.p, n};
		assert_false(row_get(&rest, &got));
		assert_int_equal(rest.n, n);
	}
	for (size_t n = 10; n < 16; n++) {
		rest = (struct str){all.p + 10, n - 10};
		assert_false(row_get(&rest, &got));
	}
	rest = (struct str){"t\xff\xff\xff\xff", 5};
	assert_false(row_get(&rest, &got));
	rest = STR("x1234567890");
	assert_false(row_get(&rest, &got));
	ctx_close(&c);
}

static int put_meta(struct ctx *c, struct copy_load *l, void *arg)
{
	struct db_val one[2] = {db_text(STR("demo")), db_text(STR("yes"))};
	struct db_val two[2] = {db_text(STR("x")), db_text(STR(""))};
	int rc = copy_put(c, l, 0, one, 2);

	(void)arg;
	return rc == 0 ? copy_put(c, l, 0, two, 2) : rc;
}

static void test_sum(void **state)
{
	struct pair p = pair_open();
	struct copy_sums sums;

	(void)state;
	assert_int_equal(table_of("meta"), 0);
	assert_ok(p.k.c, copy_load(p.k.c, p.to, put_meta, NULL, &sums));
	assert_int_equal(sums.table[0].rows, 2);
	assert_str(hash_hex(p.k.c, sums.table[0].hash),
	    "8f01c5ef6061b01d2d4356cdb4c9a57301301640db151db83a5c0b74603d23a6");
	assert_str(hash_hex(p.k.c, sums.table[1].hash),
	    "f1adf1c19f9ddb8e25e4abf3ed49393c1fcfd000cc3ce2cd2f829477ef19256c");
	pair_close(&p);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_between),
	    cmocka_unit_test(test_bytes), cmocka_unit_test(test_broken_off),
	    cmocka_unit_test(test_wrong), cmocka_unit_test(test_not_the_same),
	    cmocka_unit_test(test_source), cmocka_unit_test(test_row), cmocka_unit_test(test_sum)};

	ledger_kit_role(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
