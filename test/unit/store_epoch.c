/* Epochs: when one is due, that it goes on over the same entries under keys of its own, and that a
 * record which was changed is found. */
#include "store/epoch.h"

#include "ledger_kit.h"
#include "os/file.h"
#include "store/verify.h"

static struct epoch_look look_at(struct ledger_kit *k)
{
	struct epoch_look look;

	assert_ok(k->c, epoch_look(k->c, k->store.db, k->keys.p, &look));
	return look;
}

static struct epoch open_epoch(struct ledger_kit *k, bool by_hand)
{
	struct epoch_look look = look_at(k);
	struct epoch e;

	assert_ok(
	    k->c, epoch_open(k->c, &k->store, k->keys.p, STR(KIT_ORIGIN), &look, by_hand, 0, &e));
	return e;
}

static struct slot close_slot(struct ledger_kit *k, int64_t number)
{
	struct slot s;

	assert_ok(k->c, slot_close(k->c, &k->store, epoch_keys(k->c, k->keys.p, number), &s));
	return s;
}

static struct verify *verified(struct ledger_kit *k, int64_t number)
{
	struct verify *v = verify_make(k->c);

	assert_ok(k->c, verify_own(k->c, &k->store, epoch_keys(k->c, k->keys.p, number), false, v));
	return v;
}

#define assert_clean(v)                                                                            \
	do {                                                                                       \
		if ((v)->n > 0)                                                                    \
			fail_msg("%s", (v)->text[0]);                                              \
	} while (0)

/* Some finding has this text. */
static void assert_found(const struct verify *v, const char *part)
{
	for (size_t i = 0; i < v->n; i++)
		if (strstr(v->text[i], part) != NULL)
			return;
	fail_msg("no finding has \"%s\"; the first of %zu is: %s", part, v->n,
	    v->n > 0 ? v->text[0] : "");
}

static void remove_key(struct ledger_kit *k, const char *name)
{
	assert_int_equal(unlink(str_fmt(k->c, "%s/%s", k->keys.p, name).p), 0);
}

/* The database as it is now, to come back to. */
static void keep(struct ledger_kit *k)
{
	db_close(&k->store.db);
	assert_ok(k->c,
	    file_copy_new(k->c, k->db_path.p, str_fmt(k->c, "%s.kept", k->db_path.p).p, 0600));
	ledger_kit_reopen(k);
}

static void go_back(struct ledger_kit *k)
{
	db_close(&k->store.db);
	assert_int_equal(unlink(k->db_path.p), 0);
	assert_ok(k->c,
	    file_copy_new(k->c, str_fmt(k->c, "%s.kept", k->db_path.p).p, k->db_path.p, 0600));
	k->people = 0;
	ledger_kit_reopen(k);
}

static void test_fits(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct epoch_look look = look_at(&k);

	(void)state;
	assert_int_equal(look.stand, EPOCH_GOES_ON); /* an empty ledger */
	assert_int_equal(look.last.size, 0);
	(void)ledger_kit_people(&k, 3);
	(void)ledger_kit_slot(&k);
	(void)ledger_kit_people(&k, 2);
	look = look_at(&k);
	assert_int_equal(look.stand, EPOCH_GOES_ON);
	assert_int_equal(look.number, 1);
	assert_int_equal(look.next, 2);
	assert_int_equal(look.last.size, 3);
	assert_true(str_starts(look.note, KIT_ORIGIN "\n3\n"));
	ledger_kit_close(&k);
}

static void test_lost(void **state)
{
	static const char *const names[] = {"log.key", "receipt.key", "signer.state"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct ledger_kit k = ledger_kit_open();
		struct epoch_look look;

		(void)ledger_kit_people(&k, 2);
		(void)ledger_kit_slot(&k);
		remove_key(&k, names[i]);
		look = look_at(&k);
		assert_int_equal(look.stand, EPOCH_LOST);
		assert_int_equal(look.last.size, 2);
		if (i == 2) {
			assert_ok(
			    k.c, file_write_atomic(k.c, str_fmt(k.c, "%s/signer.state", k.keys.p).p,
				     0600, STR("writ/signer/1 0")));
			assert_int_equal(look_at(&k).stand, EPOCH_LOST);
		}
		ledger_kit_close(&k);
	}
}

/* A signer that was put back to an earlier state may not sign: it is as good as lost. */
static void test_rolled_back_signer(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct str file = str_fmt(k.c, "%s/signer.state", k.keys.p), before;
	struct epoch_look look;

	(void)state;
	(void)ledger_kit_people(&k, 2);
	(void)ledger_kit_slot(&k);
	assert_ok(k.c, file_read(k.c, file.p, 8192, &before));
	(void)ledger_kit_people(&k, 1);
	(void)ledger_kit_slot(&k);
	assert_ok(k.c, file_write_atomic(k.c, file.p, 0600, before));
	look = look_at(&k);
	assert_int_equal(look.stand, EPOCH_LOST);
	assert_non_null(strstr(look.why, "older"));
	assert_int_equal(look.last.size, 3);
	ledger_kit_close(&k);
}

/* A new epoch: same entries, same places, a signer that extends just this tree. */
static void test_open(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct epoch e, now;
	struct verify *v;
	struct slot s;
	struct hash root;
	int64_t place;

	(void)state;
	(void)ledger_kit_people(&k, 300);
	root = ledger_kit_slot(&k).tree.root;
	(void)ledger_kit_people(&k, 2); /* waits */
	remove_key(&k, "log.key");
	e = open_epoch(&k, false);
	assert_int_equal(e.number, 2);
	assert_int_equal(e.began, 302);
	assert_str(e.origin, KIT_ORIGIN "/2");
	assert_ok(k.c, epoch_last(k.c, k.store.db, &now));
	assert_int_equal(now.number, 2);
	assert_true(str_eq(now.log_key, e.log_key));
	assert_false(file_exists(str_fmt(k.c, "%s/receipt.key", k.keys.p).p));
	assert_true(file_exists(str_fmt(k.c, "%s/receipt.key.ended", k.keys.p).p));
	assert_int_equal(look_at(&k).stand, EPOCH_GOES_ON);
	s = close_slot(&k, 2);
	assert_int_equal(s.tree.size, 303);
	assert_true(str_starts(s.note, KIT_ORIGIN "/2\n303\n"));
	assert_ok(k.c, ledger_place(k.c, k.store.db, 303, &place));
	assert_int_equal(place, 302);
	v = verified(&k, 2);
	assert_clean(v);
	assert_int_equal(v->epochs, 2);
	assert_int_equal(v->lost, 0);
	assert_int_equal(v->checkpoints, 2);
	/* and another on top of it, by hand */
	(void)ledger_kit_people(&k, 1);
	(void)close_slot(&k, 2);
	e = open_epoch(&k, true);
	assert_int_equal(e.number, 3);
	assert_err(k.c, slot_close(k.c, &k.store, epoch_keys(k.c, k.keys.p, 2), &s), ERR_NOTFOUND,
	    "log.key");
	(void)close_slot(&k, 3);
	v = verified(&k, 3);
	assert_clean(v);
	assert_int_equal(v->epochs, 3);
	/* what the first signed is still the beginning of it */
	{
		struct ledger_nodes nodes = {k.store.db, 305};
		struct hash old;

		assert_ok(k.c, merkle_root_at(k.c, 300, ledger_node, &nodes, &old));
		assert_true(hash_eq(old, root));
	}
	ledger_kit_close(&k);
}

/* The database went back to an older state than the signer's. */
static void test_behind(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct epoch_look look;
	struct verify *v;
	struct slot s;

	(void)state;
	(void)ledger_kit_people(&k, 5);
	(void)ledger_kit_slot(&k);
	keep(&k);
	(void)ledger_kit_people(&k, 4);
	s = ledger_kit_slot(&k);
	go_back(&k);
	look = look_at(&k);
	assert_int_equal(look.stand, EPOCH_BEHIND);
	assert_int_equal(look.last.size, 9);
	assert_true(hash_eq(look.last.root, s.tree.root));
	/* without an epoch the signer refuses, and that stays so */
	k.people = 20;
	(void)ledger_kit_people(&k, 1);
	assert_err(k.c, slot_close(k.c, &k.store, k.keys.p, &s), ERR_DENIED, "smaller");
	(void)open_epoch(&k, false);
	(void)close_slot(&k, 2);
	v = verified(&k, 2);
	assert_clean(v);
	assert_int_equal(v->lost, 3); /* 9 were signed, 6 are there */
	ledger_kit_close(&k);
}

/* It went back, and went on to as many entries as were signed: another history of the same length.
 */
static void test_fork(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct slot s;

	(void)state;
	(void)ledger_kit_people(&k, 2);
	(void)ledger_kit_slot(&k);
	keep(&k);
	(void)ledger_kit_people(&k, 2);
	(void)ledger_kit_slot(&k);
	go_back(&k);
	k.people = 20;
	(void)ledger_kit_people(&k, 3);
	assert_err(k.c, slot_close(k.c, &k.store, k.keys.p, &s), ERR_DENIED, "fork");
	assert_int_equal(look_at(&k).stand, EPOCH_BEHIND);
	(void)open_epoch(&k, false);
	(void)close_slot(&k, 2);
	assert_clean(verified(&k, 2));
	ledger_kit_close(&k);
}

/* It went back to before an epoch: that one's number is not used again. */
static void test_before_an_epoch(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct epoch_look look;
	struct verify *v;

	(void)state;
	(void)ledger_kit_people(&k, 2);
	(void)ledger_kit_slot(&k);
	keep(&k);
	(void)open_epoch(&k, true);
	(void)close_slot(&k, 2);
	go_back(&k);
	look = look_at(&k);
	assert_int_equal(look.stand, EPOCH_BEHIND);
	assert_int_equal(look.number, 2);
	assert_int_equal(look.next, 3);
	assert_int_equal(look.last.size, 3);
	assert_str(open_epoch(&k, false).origin, KIT_ORIGIN "/3");
	(void)close_slot(&k, 3);
	v = verified(&k, 3);
	assert_clean(v);
	assert_int_equal(v->lost, 1);
	ledger_kit_close(&k);
}

/* Keys that a crash left before the step are made anew. */
static void test_crash_before_the_step(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	const char *dir = epoch_keys(k.c, k.keys.p, 2);

	(void)state;
	(void)ledger_kit_people(&k, 2);
	(void)ledger_kit_slot(&k);
	assert_ok(k.c, file_mkdirs(k.c, dir, 0700));
	assert_ok(k.c, sign_create(k.c, dir, STR(KIT_ORIGIN "/2")));
	assert_int_equal(look_at(&k).stand, EPOCH_GOES_ON);
	assert_int_equal(open_epoch(&k, true).number, 2);
	(void)close_slot(&k, 2);
	assert_clean(verified(&k, 2));
	ledger_kit_close(&k);
}

/* A record that says something else than was signed. */
static void test_changed_record(void **state)
{
	static const struct {
		const char *sql, *found;
	} tries[] = {{"UPDATE epoch SET log_key = old_log_key", "log.vkey is not the key"},
	    {"UPDATE epoch SET old_log_key = log_key", "checkpoint"},
	    {"UPDATE epoch SET old_note = replace(old_note, '\n2\n', '\n3\n')",
		"epoch 2: the checkpoint"},
	    {"UPDATE epoch SET old_size = 1", "differ"},
	    {"UPDATE epoch SET old_root = zeroblob(32), old_note = NULL", "epoch"},
	    {"UPDATE epoch SET began = 3", "its entry has a place of the epoch before"},
	    {"UPDATE epoch SET began = 1", "the checkpoint stored for size 2"},
	    {"UPDATE epoch SET why = 'lost'", "epoch"},
	    {"UPDATE epoch SET receipt_key = 'x'", "verifier key"},
	    {"DELETE FROM epoch", "checkpoint"}};

	(void)state;
	for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
		struct ledger_kit k = ledger_kit_open();

		(void)ledger_kit_people(&k, 2);
		(void)ledger_kit_slot(&k);
		(void)open_epoch(&k, true);
		(void)close_slot(&k, 2);
		assert_clean(verified(&k, 2));
		ledger_kit_sql(&k, tries[i].sql);
		assert_found(verified(&k, 2), tries[i].found);
		ledger_kit_close(&k);
	}
}

static void test_without_old_keys(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct epoch_look look;
	struct epoch e;

	(void)state;
	(void)ledger_kit_people(&k, 2);
	(void)ledger_kit_slot(&k);
	remove_key(&k, "log.vkey");
	look = look_at(&k);
	assert_err(k.c, epoch_open(k.c, &k.store, k.keys.p, STR(KIT_ORIGIN), &look, true, 0, &e),
	    ERR_NOTFOUND, "log.vkey");
	assert_false(file_exists(epoch_keys(k.c, k.keys.p, 2)));
	ledger_kit_close(&k);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_fits), cmocka_unit_test(test_lost),
	    cmocka_unit_test(test_rolled_back_signer), cmocka_unit_test(test_open),
	    cmocka_unit_test(test_behind), cmocka_unit_test(test_fork),
	    cmocka_unit_test(test_before_an_epoch), cmocka_unit_test(test_crash_before_the_step),
	    cmocka_unit_test(test_changed_record), cmocka_unit_test(test_without_old_keys)};

	ledger_kit_role(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
