/* Looks: reads of one moment, in which nothing can be written. */
#include "ledger_kit.h"

static int64_t people(struct ctx *c, struct db *db)
{
	const struct db_val *row;

	assert_ok(c, db_one(c, db, SQL_PERSON_COUNT, DB_NO_ARGS, &row));
	return row[0].num;
}

struct two {
	struct ledger_kit *k;
	struct db *other;
};

/* Somebody else writes between two readings. */
static int read_twice(struct ctx *c, void *arg)
{
	struct two *t = arg;
	int64_t before = people(c, t->k->store.db);
	struct ledger_kit other = *t->k;

	other.store.db = t->other;
	(void)ledger_kit_people(&other, 1);
	t->k->people = other.people;
	assert_int_equal(people(c, t->other), before + 1);
	assert_int_equal(people(c, t->k->store.db), before);
	return 0;
}

static void a_look_is_of_one_moment(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct two t = {.k = &k};

	(void)state;
	assert_ok(k.c, db_open(k.c, str_fmt(k.c, "sqlite:%s", k.db_path.p),
			   SQL_ROLE_CLI | SQL_ROLE_SEQ, &t.other));
	assert_ok(k.c, db_look(k.c, k.store.db, read_twice, &t));
	assert_int_equal(people(k.c, k.store.db), people(k.c, t.other));
	db_close(&t.other);
	ledger_kit_close(&k);
}

static int put_session(struct ctx *c, void *arg)
{
	struct db *db = arg;
	const struct db_val *row;

	return db_one(c, db, SQL_SESSION_PUT,
	    DB_ARGS(db_text(STR("r")), db_blob(STR("h")), db_int(1), db_int(1), db_null(),
		db_int(1), db_int(1)),
	    &row);
}

static int sweep(struct ctx *c, void *arg)
{
	return db_run(c, arg, SQL_SESSION_SWEEP, DB_ARGS(db_int(1)), NULL);
}

static int nothing(struct ctx *c, struct db *db, void *arg)
{
	(void)c;
	(void)db;
	(void)arg;
	return 0;
}

static int begin(struct ctx *c, void *arg)
{
	return db_tx(c, arg, nothing, NULL);
}

static int look_again(struct ctx *c, void *arg)
{
	return db_look(c, arg, sweep, arg);
}

static void nothing_is_written_in_a_look(void **state)
{
	static const struct {
		int (*fn)(struct ctx *c, void *arg);
		const char *says;
	} tries[] = {{put_session, "statement session_put: a change inside of a look"},
	    {sweep, "statement session_sweep: a change inside of a look"},
	    {begin, "transactions do not nest"}, {look_again, "looks do not nest"}};
	struct ledger_kit k = ledger_kit_open();

	(void)state;
	for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
		assert_err(k.c, db_look(k.c, k.store.db, tries[i].fn, k.store.db), ERR_FAIL,
		    tries[i].says);
		/* and afterwards everything goes on */
		(void)ledger_kit_people(&k, 1);
	}
	assert_ok(k.c, sweep(k.c, k.store.db));
	ledger_kit_close(&k);
}

static int within(struct ctx *c, struct db *db, void *arg)
{
	(void)arg;
	return db_look(c, db, sweep, db);
}

static void inside_a_transaction_it_is_just_the_call(void **state)
{
	struct ledger_kit k = ledger_kit_open();

	(void)state;
	assert_ok(k.c, db_tx(k.c, k.store.db, within, NULL));
	ledger_kit_close(&k);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_look_is_of_one_moment),
	    cmocka_unit_test(nothing_is_written_in_a_look),
	    cmocka_unit_test(inside_a_transaction_it_is_just_the_call),
	};

	ledger_kit_role(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
