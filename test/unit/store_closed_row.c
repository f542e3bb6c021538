/* The committed bytes of a closed record: a vector, and that every column counts. */
#include "store/closed_row.h"

#include <unistd.h>

#include "check.h"
#include "store/ledger.h"

static void sample(struct db_val row[CLOSED_ROW_COLUMNS])
{
	row[CLOSED_ROW_ID] = db_int(7);
	row[CLOSED_ROW_IMPORT] = db_int(2);
	row[CLOSED_ROW_LINE] = db_int(3);
	row[CLOSED_ROW_FROM] = db_int(15706);
	row[CLOSED_ROW_TO] = db_int(15886);
	row[CLOSED_ROW_COUNTRY] = db_text(STR("DE"));
	row[CLOSED_ROW_CLASS] = db_text(STR("other"));
	row[CLOSED_ROW_OUTCOME] = db_int(2);
	row[CLOSED_ROW_ACCOUNTS] = db_int(1);
	row[CLOSED_ROW_PRINTED] = db_null();
}

static void test_image(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 1024);
	struct db_val row[CLOSED_ROW_COLUMNS];

	(void)state;
	sample(row);
	closed_row_image(&b, 1768478400, 1, row);
	assert_str(text_hex(c, b.p, b.n), "636c6f73656400"
					  "69000000006968d6c0"
					  "690000000000000001"
					  "690000000000000007"
					  "690000000000000002"
					  "690000000000000003"
					  "690000000000003d5a"
					  "690000000000003e0e"
					  "74000000024445"
					  "74000000056f74686572"
					  "690000000000000002"
					  "690000000000000001"
					  "6e");
	ctx_close(&c);
}

static struct db *scratch(struct ctx *c)
{
	static char path[64];
	char dir[] = "/tmp/writ-closed-row-XXXXXX";
	struct db *db;

	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof path, "sqlite:%s/writ.db", dir);
	assert_ok(c, db_create(c, str_of(path)));
	assert_ok(c, db_open(c, str_of(path), SQL_ROLE_ALL, &db));
	/* removed now: the open handle keeps it, and nothing is left behind when an assertion fails
	 */
	for (size_t i = 0; i < 3; i++) {
		static const char *const ends[3] = {"", "-wal", "-shm"};
		char file[80];

		(void)snprintf(file, sizeof file, "%s%s", path + 7, ends[i]);
		(void)unlink(file);
	}
	(void)rmdir(dir);
	return db;
}

struct put {
	struct db_val *row;
	struct buf *b;
};

static int put(struct ctx *c, struct db *db, void *arg)
{
	struct put *p = arg;
	const struct db_val *made;
	struct hash h = hash_of(STR("x"));
	int rc = db_run(c, db, SQL_STAMP_PUT, DB_ARGS(db_int(1)), NULL);

	if (rc != 0)
		return rc;
	rc = db_one(c, db, SQL_IMPORT_PUT,
	    DB_ARGS(db_text(STR("closed")), db_blob(hash_str(&h)), db_blob(hash_str(&h)),
		db_text(STR("s")), db_text(STR("done")), db_int(1), db_int(1), db_int(1), db_int(0),
		db_text(STR("")), db_int(1), db_int(1)),
	    &made);
	if (rc != 0)
		return rc;
	rc = ledger_put(c, db, 1, "import.begin", (struct instant){5}, 0, 0, STR("{}"), true, NULL);
	if (rc != 0)
		return rc;
	p->row[CLOSED_ROW_IMPORT] = made[0];
	return closed_row_put(c, db, p->row, (struct instant){5}, 1, p->b);
}

static void test_check(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 1024);
	struct db_val row[CLOSED_ROW_COLUMNS], other[CLOSED_ROW_COLUMNS];
	const struct db_val *read;
	struct put p = {row, &b};
	struct db *db = scratch(c);
	bool fits = false;

	(void)state;
	sample(row);
	assert_ok(c, db_tx(c, db, put, &p));
	assert_ok(c, db_one(c, db, SQL_CLOSED_BY_ID, DB_ARGS(db_int(7)), &read));
	assert_ok(c, closed_row_check(c, db, read, &b, &fits));
	assert_true(fits);
	for (size_t i = 1; i < CLOSED_ROW_COLUMNS; i++) {
		memcpy(other, read, sizeof other);
		if (other[i].kind == DB_INT)
			other[i].num++;
		else
			other[i] = db_text(STR("xx"));
		assert_ok(c, closed_row_check(c, db, other, &b, &fits));
		assert_false(fits);
	}
	memcpy(other, read, sizeof other);
	other[CLOSED_ROW_ID] = db_int(1); /* the entry of something else */
	assert_ok(c, closed_row_check(c, db, other, &b, &fits));
	assert_false(fits);
	other[CLOSED_ROW_ID] = db_int(99);
	assert_err(c, closed_row_check(c, db, other, &b, &fits), ERR_NOTFOUND, "no such record");
	db_close(&db);
	ctx_close(&c);
}

static void test_room(void **state)
{
	struct ctx *c = test_ctx();
	struct buf b = buf_init(c, 16);
	struct db_val row[CLOSED_ROW_COLUMNS];
	struct db *db = scratch(c);

	(void)state;
	sample(row);
	assert_err(c, closed_row_put(c, db, row, (struct instant){5}, 1, &b), ERR_LIMIT, "room");
	db_close(&db);
	ctx_close(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_image),
	    cmocka_unit_test(test_check),
	    cmocka_unit_test(test_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
