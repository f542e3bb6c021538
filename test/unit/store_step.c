/* A step: rows and their ledger entry together or not at all, and the image of a row, byte by byte.
 */
#include "store/step.h"

#include <signal.h>
#include <sys/wait.h>

#include "ledger_kit.h"
#include "store/verify.h"

/* ---- images ---- */

static void person_row(struct db_val row[11])
{
	row[0] = db_int(3);
	row[1] = db_blob((struct str){"\xaa\xbb", 2});
	row[2] = db_int(129);
	row[3] = db_int(0);
	row[4] = db_null();
	row[5] = db_blob((struct str){"\xcc", 1});
	row[6] = db_int(1);
	row[7] = db_int(2);
	row[8] = db_int(40);
	row[9] = db_null();
	row[10] = db_blob(STR("sealed"));
}

static void test_image_vector(void **state)
{
	struct ctx *c = test_ctx();
	struct db_val row[11], other[11];
	struct hash gone = hash_of(STR("sealed")), h;

	(void)state;
	person_row(row);
	h = step_image(c, STEP_PERSON, row);
	assert_str(
	    hash_hex(c, h), "a82ba1506be26e3e90f326dba564538b2c0d17b471a816dc17cf5a1335c3d6c3");
	/* erased: the same image, from the hash that is kept */
	row[9] = db_blob(hash_str(&gone));
	row[10] = db_null();
	assert_true(hash_eq(h, step_image(c, STEP_PERSON, row)));
	row[9] = db_null();
	assert_false(hash_eq(h, step_image(c, STEP_PERSON, row)));
	/* every column counts, and so does its kind */
	person_row(row);
	for (size_t i = 0; i < 11; i++) {
		if (i == 9)
			continue;
		memcpy(other, row, sizeof other);
		if (other[i].kind == DB_INT)
			other[i].num = -other[i].num - 1;
		else
			other[i] = db_text(STR("other"));
		assert_false(hash_eq(h, step_image(c, STEP_PERSON, other)));
	}
	memcpy(other, row, sizeof other);
	other[1].kind = DB_TEXT;
	assert_false(hash_eq(h, step_image(c, STEP_PERSON, other)));
	ctx_close(&c);
}

static void test_tables(void **state)
{
	(void)state;
	for (enum step_table t = 0; t < STEP_TABLES; t++) {
		assert_int_equal(step_table_find(str_of(step_table_name(t))), t);
		assert_int_equal(step_image_entry_col(t), step_image_rev_col(t) + 1);
	}
	assert_int_equal(step_table_find(STR("entry")), STEP_TABLES);
	assert_int_equal(step_table_find(STR("")), STEP_TABLES);
}

/* The layout told in step.c is that of the image statements: in a real row rev and entry stand
 * there. */
static void test_image_columns(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	const struct db_val *row;

	(void)state;
	(void)ledger_kit_people(&k, 2);
	ledger_kit_update(&k, 2, 1);
	assert_ok(
	    k.c, db_one(k.c, k.store.db, step_image_stmt(STEP_PERSON), DB_ARGS(db_int(2)), &row));
	assert_int_equal(row[step_image_rev_col(STEP_PERSON)].num, 2);
	assert_int_equal(row[step_image_entry_col(STEP_PERSON)].num, 3);
	ledger_kit_close(&k);
}

/* ---- steps ---- */

static int64_t entries(struct ledger_kit *k)
{
	int64_t next;

	assert_ok(k->c, ledger_ids(k->c, k->store.db, 1, &next));
	return next - 1;
}

static void test_entry(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct step s = ledger_kit_people(&k, 1);
	const struct db_val *e, *row;
	struct json *detail;
	const struct json *rows;

	(void)state;
	assert_int_equal(s.entry, 1);
	assert_ok(k.c, db_one(k.c, k.store.db, SQL_ENTRY_BY_ID, DB_ARGS(db_int(1)), &e));
	assert_ok(k.c, db_one(k.c, k.store.db, SQL_IMAGE_PERSON, DB_ARGS(db_int(1)), &row));
	assert_true(hash_eq(s.leaf, merkle_leaf(e[5].s)));
	assert_ok(k.c, json_parse(k.c, "detail", e[7].s, &detail));
	assert_str(json_text(detail, "kind"), "person.add");
	assert_int_equal(json_find(detail, "at")->num, 1768478400);
	assert_int_equal(json_find(detail, "actor")->num, 0);
	assert_null(json_find(detail, "matter"));
	rows = json_find(detail, "rows");
	assert_int_equal(rows->n, 1);
	assert_str(rows->at[0]->at[0]->text, "person");
	assert_int_equal(rows->at[0]->at[1]->num, 1);
	assert_int_equal(rows->at[0]->at[2]->num, 1);
	assert_true(
	    str_eq(rows->at[0]->at[3]->text, hash_hex(k.c, step_image(k.c, STEP_PERSON, row))));
	assert_true(str_eq(e[7].s, json_str(k.c, detail))); /* canonical */
	ledger_kit_close(&k);
}

static int change_stale(struct ctx *c, struct step *s, void *arg)
{
	struct ledger_kit_set right = {1, 1}, stale = {2, 7};
	int rc = ledger_kit_change(c, s, &right);

	(void)arg;
	return rc == 0 ? ledger_kit_change(c, s, &stale) : rc;
}

static int change_then_fail(struct ctx *c, struct step *s, void *arg)
{
	struct ledger_kit_set right = {1, 1};
	int rc = ledger_kit_change(c, s, &right);

	(void)arg;
	return rc == 0 ? err_set(c, ERR_DENIED, "not today") : rc;
}

static void test_all_or_nothing(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct step s = {.entry = -7};
	const struct db_val *row;

	(void)state;
	(void)ledger_kit_people(&k, 2);
	assert_err(k.c, step_run(k.c, &k.store, "x", 1, change_stale, NULL, &s), ERR_CONFLICT,
	    "meanwhile");
	assert_err(k.c, step_run(k.c, &k.store, "x", 1, change_then_fail, NULL, &s), ERR_DENIED,
	    "not today");
	assert_int_equal(s.entry, -7);
	assert_int_equal(entries(&k), 2);
	assert_ok(k.c, db_one(k.c, k.store.db, SQL_IMAGE_PERSON, DB_ARGS(db_int(1)), &row));
	assert_int_equal(row[step_image_rev_col(STEP_PERSON)].num, 1);
	ledger_kit_update(&k, 1, 1);
	assert_int_equal(entries(&k), 3);
	ledger_kit_close(&k);
}

struct pair {
	struct ledger_kit *k;
	int (*second)(struct ctx *c, struct step *s, void *arg);
};

static int two_steps(struct ctx *c, void *arg)
{
	struct pair *p = arg;
	struct ledger_kit_set one = {1, 1}, two = {2, 1};
	int rc = step_run(c, &p->k->store, "x", 1, ledger_kit_change, &one, NULL);

	return rc == 0 ? step_run(c, &p->k->store, "y", 1, p->second, &two, NULL) : rc;
}

/* Steps that belong together: each has its entry, and either all are there or none. */
static void test_together(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct pair p = {&k, change_then_fail};
	const struct db_val *row;
	int64_t recorded;

	(void)state;
	(void)ledger_kit_people(&k, 2);
	recorded = k.store.recorded;
	assert_true(recorded > 0);
	assert_err(k.c, step_together(k.c, &k.store, two_steps, &p), ERR_CONFLICT, "meanwhile");
	assert_int_equal(entries(&k), 2);
	assert_int_equal(k.store.recorded, recorded);
	assert_ok(k.c, db_one(k.c, k.store.db, SQL_IMAGE_PERSON, DB_ARGS(db_int(1)), &row));
	assert_int_equal(row[step_image_rev_col(STEP_PERSON)].num, 1);
	p.second = ledger_kit_change;
	assert_ok(k.c, step_together(k.c, &k.store, two_steps, &p));
	assert_int_equal(entries(&k), 4);
	assert_int_equal(k.store.recorded, recorded + 2);
	for (int64_t id = 1; id <= 2; id++) {
		assert_ok(
		    k.c, db_one(k.c, k.store.db, SQL_IMAGE_PERSON, DB_ARGS(db_int(id)), &row));
		assert_int_equal(row[step_image_entry_col(STEP_PERSON)].num, id + 2);
	}
	assert_false(db_in_tx(k.store.db));
	ledger_kit_close(&k);
}

/* The schema holds what the step promises: a row changes only together with a newer entry. */
static void test_schema(void **state)
{
	static const char *const stray[] = {
	    "UPDATE person SET roles = 255 WHERE id = 1",
	    "UPDATE person SET roles = 255, rev = 2 WHERE id = 1",
	    "UPDATE person SET roles = 255, rev = 3, entry = 2 WHERE id = 1",
	    "DELETE FROM person WHERE id = 1",
	};
	struct ledger_kit k = ledger_kit_open();
	sqlite3 *raw;

	(void)state;
	(void)ledger_kit_people(&k, 2);
	assert_int_equal(sqlite3_open(k.db_path.p, &raw), SQLITE_OK);
	for (size_t i = 0; i < sizeof stray / sizeof stray[0]; i++)
		if (sqlite3_exec(raw, stray[i], NULL, NULL, NULL) != SQLITE_CONSTRAINT)
			fail_msg("not refused: %s", stray[i]);
	assert_int_equal(sqlite3_close(raw), SQLITE_OK);
	ledger_kit_close(&k);
}

/* A row made and changed by one step is listed once, as it is at the end. */
static int insert_and_change(struct ctx *c, struct step *s, void *arg)
{
	int64_t number = 90;
	struct ledger_kit_set x = {1, 1};
	int rc = ledger_kit_add(c, s, &number);

	(void)arg;
	return rc == 0 ? ledger_kit_change(c, s, &x) : rc;
}

static void test_row_made_and_changed(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct verify *v = verify_make(k.c);
	struct json *detail;
	const struct json *rows;
	const struct db_val *e;

	(void)state;
	assert_ok(k.c, step_run(k.c, &k.store, "x", 0, insert_and_change, NULL, NULL));
	assert_ok(k.c, db_one(k.c, k.store.db, SQL_ENTRY_BY_ID, DB_ARGS(db_int(1)), &e));
	assert_ok(k.c, json_parse(k.c, "detail", e[7].s, &detail));
	rows = json_find(detail, "rows");
	assert_int_equal(rows->n, 1);
	assert_int_equal(rows->at[0]->at[2]->num, 2);
	assert_ok(k.c, verify_own(k.c, &k.store, k.keys.p, false, v));
	assert_int_equal(v->n, 0);
	ledger_kit_close(&k);
}

/* ---- kill -9 ---- */

/* A child writes steps and closes slots until it is killed; then everything must verify. */
static _Noreturn void work(struct ledger_kit *k)
{
	for (int64_t i = 0;; i++) {
		struct mem_mark mark = mem_mark(k->c);
		struct slot s;

		if (step_run(k->c, &k->store, "person.add", 0, ledger_kit_add, &k->people, NULL) !=
		    0)
			_exit(1);
		if (i % 3 == 2 && slot_close(k->c, &k->store, k->keys.p, &s) != 0)
			_exit(2);
		mem_reset(k->c, mark);
	}
}

static void test_killed(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	int64_t before = 0;

	(void)state;
	for (unsigned i = 0; i < 25; i++) {
		const struct timespec nap = {0, 3000000 + (long)(i * 7919 % 120) * 1000000};
		struct verify *v = verify_make(k.c);
		int status;
		pid_t pid;

		k.people = 1000 * (int64_t)i;
		db_close(&k.store.db);
		pid = fork();
		assert_true(pid >= 0);
		if (pid == 0) {
			ledger_kit_reopen(&k);
			work(&k);
		}
		(void)nanosleep(&nap, NULL);
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		ledger_kit_reopen(&k);
		assert_ok(k.c, verify_own(k.c, &k.store, k.keys.p, false, v));
		for (size_t j = 0; j < v->n; j++)
			print_message("  %s\n", v->text[j]);
		assert_int_equal(v->n, 0);
		assert_true(v->entries >= before && v->rows == v->entries);
		before = v->entries;
	}
	(void)ledger_kit_slot(&k);
	print_message("killed 25 times, %lld steps kept\n", (long long)before);
	assert_true(before > 0);
	ledger_kit_close(&k);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_image_vector),
	    cmocka_unit_test(test_tables),
	    cmocka_unit_test(test_image_columns),
	    cmocka_unit_test(test_entry),
	    cmocka_unit_test(test_all_or_nothing),
	    cmocka_unit_test(test_together),
	    cmocka_unit_test(test_schema),
	    cmocka_unit_test(test_row_made_and_changed),
	    cmocka_unit_test(test_killed),
	};

	ledger_kit_role(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
