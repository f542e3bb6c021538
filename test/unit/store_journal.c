/* The side journal: its bytes, that lines of many processes stay whole, and what is torn or
 * damaged.
 */
#include "store/journal.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "ledger_kit.h"
#include "os/file.h"

struct seen {
	size_t acks, erased;
	struct hash last;
	struct instant at;
	size_t stop_at;
};

static int see(struct ctx *c, enum journal_kind kind, struct instant at, struct hash key, void *arg)
{
	struct seen *s = arg;

	(void)c;
	*(kind == JOURNAL_ACK ? &s->acks : &s->erased) += 1;
	s->last = key;
	s->at = at;
	return s->stop_at > 0 && s->acks + s->erased == s->stop_at ? 77 : 0;
}

static struct str journal_of(struct ledger_kit *k)
{
	return str_fmt(k->c, "%s/side/deep/writ.journal", k->dir.p);
}

static struct str bytes_of(struct ledger_kit *k)
{
	struct str s;

	assert_ok(k->c, file_read(k->c, journal_of(k).p, 1 << 20, &s));
	return s;
}

static void put_bytes(struct ledger_kit *k, struct str s)
{
	assert_ok(k->c, file_write_atomic(k->c, journal_of(k).p, 0600, s));
}

/* SPEC.md 6.1 */
static void test_bytes(void **state)
{
	unsigned char key[32];
	struct ledger_kit k = ledger_kit_open();
	struct str path = str_fmt(k.c, "%s/fixed.key", k.dir.p), want;
	struct vault *own = k.store.vault;

	(void)state;
	for (size_t i = 0; i < sizeof key; i++)
		key[i] = (unsigned char)i;
	assert_ok(k.c, file_write_atomic(k.c, path.p, 0400, (struct str){(char *)key, 32}));
	assert_ok(k.c, vault_open(k.c, path.p, &k.store.vault));
	assert_ok(k.c, journal_add(k.c, &k.store, journal_of(&k), JOURNAL_ACK,
			   STR("7K3M-9QXR-4DTWA"), (struct instant){1768478400}));
	assert_ok(k.c, journal_add(k.c, &k.store, journal_of(&k), JOURNAL_ERASED,
			   STR("7K3M-9QXR-4DTWA"), (struct instant){1768478401}));
	want = STR(
	    "writ/journal/1 ack 1768478400 "
	    "476a627f80db2a00d4b9ab49492bd09eaded921573fe2e7e3223eb4213c6dc94 7d6e7efdfba1ea57\n"
	    "writ/journal/1 erased 1768478401 "
	    "f9a6c471a9026c6a19cae527fe5f640a25932b764b2a7ca32855ddd309a3c42e ba8b78303a28e69a\n");
	assert_str(bytes_of(&k), want.p);
	vault_close(&k.store.vault);
	k.store.vault = own;
	ledger_kit_close(&k);
}

static void test_there_and_back(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct str refs[] = {STR("a"), STR("b"), STR("c")};
	struct instant at = {1768478400};
	struct seen s = {0};
	bool torn = true;

	(void)state;
	assert_err(k.c, journal_each(k.c, journal_of(&k), see, &s), ERR_NOTFOUND, "writ.journal");
	assert_ok(k.c, journal_add_all(k.c, &k.store, journal_of(&k), JOURNAL_ACK, refs, 0, at));
	assert_false(file_exists(journal_of(&k).p));
	assert_ok(k.c, journal_add_all(k.c, &k.store, journal_of(&k), JOURNAL_ACK, refs, 3, at));
	at.s += 5;
	assert_ok(k.c, journal_add(k.c, &k.store, journal_of(&k), JOURNAL_ERASED, refs[1], at));
	assert_ok(k.c, journal_each(k.c, journal_of(&k), see, &s));
	assert_int_equal(s.acks, 3);
	assert_int_equal(s.erased, 1);
	assert_int_equal(s.at.s, at.s);
	assert_true(hash_eq(s.last, journal_key(&k.store, JOURNAL_ERASED, refs[1])));
	assert_false(hash_eq(s.last, journal_key(&k.store, JOURNAL_ACK, refs[1])));
	assert_ok(k.c, journal_torn(k.c, journal_of(&k), &torn));
	assert_false(torn);
	s = (struct seen){.stop_at = 2};
	assert_int_equal(journal_each(k.c, journal_of(&k), see, &s), 77);
	assert_int_equal(s.acks, 2);
	ledger_kit_close(&k);
}

/* Cut at every byte: what was whole stays, the rest is left out by the reader and cut off by the
 * next writer. */
static void test_torn(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct str refs[] = {STR("a"), STR("b")}, whole;
	struct instant at = {1768478400};
	size_t first;

	(void)state;
	assert_ok(k.c, journal_add_all(k.c, &k.store, journal_of(&k), JOURNAL_ACK, refs, 2, at));
	whole = bytes_of(&k);
	first = (size_t)((const char *)memchr(whole.p, '\n', whole.n) - whole.p) + 1;
	for (size_t n = 0; n <= whole.n; n++) {
		struct seen s = {0};
		size_t lines = n == whole.n ? 2 : n >= first ? 1 : 0;
		bool torn;

		put_bytes(&k, (struct str){whole.p, n});
		assert_ok(k.c, journal_each(k.c, journal_of(&k), see, &s));
		assert_int_equal(s.acks, lines);
		assert_ok(k.c, journal_torn(k.c, journal_of(&k), &torn));
		assert_int_equal(torn, n != 0 && n != first && n != whole.n);
		assert_ok(
		    k.c, journal_add(k.c, &k.store, journal_of(&k), JOURNAL_ERASED, refs[0], at));
		s = (struct seen){0};
		assert_ok(k.c, journal_each(k.c, journal_of(&k), see, &s));
		assert_int_equal(s.acks, lines);
		assert_int_equal(s.erased, 1);
	}
	ledger_kit_close(&k);
}

/* Any changed byte of a whole line is told with the line's number. */
static void test_damaged(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct str refs[] = {STR("a"), STR("b")}, whole;
	struct instant at = {1768478400};
	size_t first;
	char *p;

	(void)state;
	assert_ok(k.c, journal_add_all(k.c, &k.store, journal_of(&k), JOURNAL_ACK, refs, 2, at));
	whole = bytes_of(&k);
	first = (size_t)((const char *)memchr(whole.p, '\n', whole.n) - whole.p) + 1;
	p = mem_dup(k.c, whole.p, whole.n);
	for (size_t i = 0; i < whole.n - 1; i++) {
		struct seen s = {0};
		const char *where = i < first ? "line 1" : "line 2";

		p[i] ^= 1;
		put_bytes(&k, (struct str){p, whole.n});
		assert_err(k.c, journal_each(k.c, journal_of(&k), see, &s), ERR_FAIL, where);
		p[i] ^= 1;
	}
	p[first + 20] ^= 1;
	put_bytes(&k, (struct str){p, whole.n});
	assert_err(k.c, journal_add(k.c, &k.store, journal_of(&k), JOURNAL_ACK, refs[0], at),
	    ERR_FAIL, "damaged");
	assert_int_equal(bytes_of(&k).n, whole.n);
	ledger_kit_close(&k);
}

/* A file of somebody else's is not written into. */
static void test_foreign(void **state)
{
	static const char *const others[] = {"hello", "hello\n", "writ/journal/2 ack 1 2 3\n"};
	struct ledger_kit k = ledger_kit_open();
	struct instant at = {1768478400};

	(void)state;
	assert_ok(k.c, journal_add(k.c, &k.store, journal_of(&k), JOURNAL_ACK, STR("a"), at));
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		put_bytes(&k, str_of(others[i]));
		assert_err(k.c,
		    journal_add(k.c, &k.store, journal_of(&k), JOURNAL_ACK, STR("a"), at), ERR_FAIL,
		    "no journal");
		assert_str(bytes_of(&k), others[i]);
	}
	ledger_kit_close(&k);
}

/* A full disk: nothing of the line stays, and what was there still reads. */
static void test_full(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct instant at = {1768478400};
	struct rlimit old, small;
	struct str before;

	(void)state;
	assert_ok(k.c, journal_add(k.c, &k.store, journal_of(&k), JOURNAL_ACK, STR("a"), at));
	before = bytes_of(&k);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = (struct rlimit){before.n + 20, old.rlim_max};
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_err(k.c, journal_add(k.c, &k.store, journal_of(&k), JOURNAL_ACK, STR("b"), at),
	    ERR_FAIL, "cannot append");
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_true(str_eq(bytes_of(&k), before));
	ledger_kit_close(&k);
}

enum { WRITERS = 6, EACH = 25 };

static void test_many_writers(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct instant at = {1768478400};
	struct seen s = {0};

	(void)state;
	for (int i = 0; i < WRITERS; i++) {
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid > 0)
			continue;
		for (int n = 0; n < EACH; n++)
			if (journal_add(k.c, &k.store, journal_of(&k),
				n % 2 == 0 ? JOURNAL_ACK : JOURNAL_ERASED,
				str_fmt(k.c, "%d/%d", i, n), at) != 0)
				_exit(1);
		_exit(0);
	}
	for (int i = 0; i < WRITERS; i++) {
		int status = 1;

		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	assert_ok(k.c, journal_each(k.c, journal_of(&k), see, &s));
	assert_int_equal(s.acks, WRITERS * (EACH / 2 + 1));
	assert_int_equal(s.erased, WRITERS * (EACH / 2));
	ledger_kit_close(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_bytes),
	    cmocka_unit_test(test_there_and_back), cmocka_unit_test(test_torn),
	    cmocka_unit_test(test_damaged), cmocka_unit_test(test_foreign),
	    cmocka_unit_test(test_full), cmocka_unit_test(test_many_writers)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
