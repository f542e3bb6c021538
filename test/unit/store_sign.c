/* The signer as its own process: what it signs, what it refuses, and that no moment of its death or
 * of a rival makes it sign two histories. */
#include "store/sign.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>

#include "ledger_kit.h"
#include "os/file.h"
#include "os/spawn.h"
#include "store/sign_p.h"
#include "store/sign_state.h"

/* ---- trees: entry i of history h is the leaf "h i"; two histories part at `apart` ---- */

struct history {
	uint64_t apart;
	int name;
};

static int node(struct ctx *c, void *arg, unsigned level, uint64_t index, struct hash *ret)
{
	struct history *h = arg;
	struct merkle m = {0};

	for (uint64_t i = index << level; i < (index + 1) << level; i++) {
		char text[64];
		int n = snprintf(text, sizeof text, "%d %llu", i < h->apart ? 0 : h->name,
		    (unsigned long long)i);

		merkle_add(&m, merkle_leaf((struct str){text, (size_t)n}));
	}
	(void)c;
	*ret = merkle_root(&m);
	return 0;
}

static struct sign_tree tree_of(struct ctx *c, struct history h, uint64_t size)
{
	struct sign_tree t = {size, merkle_empty()};

	if (size > 0)
		assert_ok(c, merkle_root_at(c, size, node, &h, &t.root));
	return t;
}

static int try_sign(struct ledger_kit *k, struct history h, uint64_t from, uint64_t size,
    struct sign_tree *ret_last, struct str *ret_note)
{
	struct sign_tree to = tree_of(k->c, h, size);
	struct merkle_proof proof = {0};

	if (from > 0 && from <= size)
		assert_ok(k->c, merkle_consistency(k->c, from, size, node, &h, &proof));
	return sign_checkpoint(k->c, k->keys.p, from, &to, &proof, ret_last, ret_note);
}

static struct str sign(struct ledger_kit *k, struct history h, uint64_t from, uint64_t size)
{
	struct sign_tree last;
	struct str note;

	assert_ok(k->c, try_sign(k, h, from, size, &last, &note));
	return note;
}

static void assert_last(struct ledger_kit *k, uint64_t size)
{
	struct sign_tree last;

	assert_ok(k->c, sign_last(k->c, k->keys.p, &last));
	assert_int_equal(last.size, size);
}

static const struct history one = {0, 0};

/* ---- keys ---- */

static void test_create(void **state)
{
	static const struct {
		const char *name;
		mode_t mode;
	} files[] = {{"log.key", 0400}, {"log.vkey", 0644}, {"receipt.key", 0400},
	    {"receipt.vkey", 0644}, {"signer.state", 0600}};
	struct ledger_kit k = ledger_kit_open();
	struct note_key key;
	struct stat st;

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		assert_int_equal(stat(str_fmt(k.c, "%s/%s", k.keys.p, files[i].name).p, &st), 0);
		assert_int_equal(st.st_mode & 07777, files[i].mode);
	}
	assert_ok(k.c, sign_key(k.c, k.keys.p, "log", &key));
	assert_str(key.name, KIT_ORIGIN);
	assert_ok(k.c, sign_key(k.c, k.keys.p, "receipt", &key));
	assert_str(key.name, KIT_ORIGIN "/receipt");
	assert_err(k.c, sign_create(k.c, k.keys.p, STR("other.test")), ERR_CONFLICT, "exists");
	assert_int_equal(unlink(str_fmt(k.c, "%s/log.key", k.keys.p).p), 0);
	assert_err(k.c, sign_create(k.c, k.keys.p, STR("other.test")), ERR_CONFLICT, "exists");
	assert_err(k.c, sign_key(k.c, k.keys.p, "none", &key), ERR_NOTFOUND, "none.vkey");
	ledger_kit_close(&k);
}

/* A name that is no key name leaves nothing behind. */
static void test_create_bad_origin(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct str dir = str_fmt(k.c, "%s/more", k.dir.p);

	(void)state;
	assert_int_equal(mkdir(dir.p, 0700), 0);
	assert_err(k.c, sign_create(k.c, dir.p, STR("a+b")), ERR_INVALID, "");
	assert_err(k.c, sign_create(k.c, dir.p, STR("")), ERR_INVALID, "");
	assert_int_equal(rmdir(dir.p), 0);
	ledger_kit_close(&k);
}

/* ---- checkpoints ---- */

static void test_signs_what_grows(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct note_checkpoint cp;
	struct note_key key;
	struct str a, b;

	(void)state;
	assert_ok(k.c, sign_key(k.c, k.keys.p, "log", &key));
	(void)sign(&k, one, 0, 5);
	a = sign(&k, one, 5, 12);
	assert_ok(k.c, note_checkpoint_open(k.c, a, &key, 1, STR(KIT_ORIGIN), &cp));
	assert_int_equal(cp.size, 12);
	assert_true(hash_eq(cp.root, tree_of(k.c, one, 12).root));
	b = sign(&k, one, 12, 12);
	assert_true(str_eq(a, b));
	b = sign(
	    &k, one, 3, 12); /* the same tree is the same note, wherever the client thinks it was */
	assert_true(str_eq(a, b));
	assert_last(&k, 12);
	(void)sign(&k, one, 12, 300);
	assert_last(&k, 300);
	ledger_kit_close(&k);
}

static void test_refuses(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct history fork_at_7 = {7, 1}, fork_at_0 = {0, 2};
	struct sign_tree last = {0}, to;
	struct str note = STR("untouched");

	(void)state;
	(void)sign(&k, one, 0, 10);
	assert_err(k.c, try_sign(&k, one, 0, 9, &last, &note), ERR_DENIED, "smaller");
	assert_err(k.c, try_sign(&k, fork_at_7, 0, 10, &last, &note), ERR_DENIED, "fork");
	assert_err(k.c, try_sign(&k, fork_at_7, 10, 20, &last, &note), ERR_DENIED, "fork");
	assert_err(k.c, try_sign(&k, fork_at_0, 10, 11, &last, &note), ERR_DENIED, "fork");
	to = tree_of(k.c, one, 20); /* right, but not shown to be */
	assert_err(
	    k.c, sign_checkpoint(k.c, k.keys.p, 10, &to, NULL, &last, &note), ERR_DENIED, "fork");
	assert_err(k.c, try_sign(&k, one, 4, 20, &last, &note), ERR_CONFLICT, "10 entries");
	assert_int_equal(last.size, 10);
	assert_true(hash_eq(last.root, tree_of(k.c, one, 10).root));
	assert_err(k.c, try_sign(&k, one, 0, 20, &last, &note), ERR_CONFLICT, "10 entries");
	assert_str(note, "untouched");
	assert_last(&k, 10);
	(void)sign(&k, one, 10, 20);
	ledger_kit_close(&k);
}

static void test_empty_tree(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct sign_tree last, bad = {0};
	struct str note;

	(void)state;
	(void)sign(&k, one, 0, 0);
	assert_last(&k, 0);
	assert_err(
	    k.c, sign_checkpoint(k.c, k.keys.p, 0, &bad, NULL, &last, &note), ERR_DENIED, "fork");
	ledger_kit_close(&k);
}

/* ---- the other messages, and bytes that are none ---- */

static struct spawn_peer start(struct ledger_kit *k)
{
	static const char *const names[] = {"log.key", "receipt.key", "signer.state"};
	struct spawn_peer peer;
	int fds[3];

	for (size_t i = 0; i < 3; i++) {
		fds[i] = open(str_fmt(k->c, "%s/%s", k->keys.p, names[i]).p,
		    (i < 2 ? O_RDONLY : O_RDWR) | O_CLOEXEC);
		assert_true(fds[i] >= 0);
	}
	assert_ok(k->c, spawn_role(k->c, "signer", fds, 3, &peer));
	for (size_t i = 0; i < 3; i++)
		(void)close(fds[i]);
	peer.seconds = 20;
	return peer;
}

static void test_malformed_messages(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	static const char kinds[] = "cptx";
	struct spawn_peer peer = start(&k);
	char bytes[SIGN_CHECKPOINT_HEAD + 66 * HASH_SIZE] = {0};
	struct str answer;

	(void)state;
	for (size_t i = 0; kinds[i] != '\0'; i++)
		for (size_t n = 1; n < sizeof bytes; n += n < 120 ? 1 : 97) {
			bool whole = (kinds[i] == 'c' && n >= SIGN_CHECKPOINT_HEAD &&
					 (n - SIGN_CHECKPOINT_HEAD) % HASH_SIZE == 0) ||
				     (kinds[i] == 'p' && n == SIGN_PROMISE_SIZE);

			bytes[0] = kinds[i];
			if (whole)
				continue;
			assert_ok(k.c, spawn_peer_send(k.c, &peer, (struct str){bytes, n}));
			assert_ok(k.c, spawn_peer_recv(k.c, &peer, &answer));
			assert_int_equal(answer.p[0], SIGN_REFUSED);
		}
	bytes[0] = 'c'; /* a size above 2^63 - 1, and a proof of 66 hashes */
	memset(bytes + 9, 0xff, 8);
	assert_ok(k.c, spawn_peer_send(k.c, &peer, (struct str){bytes, SIGN_CHECKPOINT_HEAD}));
	assert_ok(k.c, spawn_peer_recv(k.c, &peer, &answer));
	assert_int_equal(answer.p[0], SIGN_REFUSED);
	memset(bytes + 9, 0, 7);
	assert_ok(k.c, spawn_peer_send(k.c, &peer, (struct str){bytes, sizeof bytes}));
	assert_ok(k.c, spawn_peer_recv(k.c, &peer, &answer));
	assert_int_equal(answer.p[0], SIGN_REFUSED);
	assert_int_equal(spawn_peer_close(&peer), 0);
	assert_last(&k, 0);
	ledger_kit_close(&k);
}

static void test_promise(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct hash leaf = hash_of(STR("leaf")), got;
	struct instant at;
	struct note_key key, log;
	struct str note, bad;

	(void)state;
	assert_ok(k.c, sign_key(k.c, k.keys.p, "receipt", &key));
	assert_ok(k.c, sign_key(k.c, k.keys.p, "log", &log));
	assert_ok(k.c, sign_promise(k.c, k.keys.p, leaf, (struct instant){1768478400}, &note));
	assert_true(str_starts(note, "writ/promise/1\n" KIT_ORIGIN "\n"));
	assert_ok(k.c, sign_promise_open(k.c, note, &key, &got, &at));
	assert_true(hash_eq(got, leaf));
	assert_int_equal(at.s, 1768478400);
	assert_err(k.c, sign_promise_open(k.c, note, &log, &got, &at), ERR_DENIED, "");
	bad = str_make(k.c, note);
	((char *)(uintptr_t)bad.p)[40] ^= 1;
	assert_err(k.c, sign_promise_open(k.c, bad, &key, &got, &at), ERR_INVALID, "");
	/* a checkpoint is no promise, whoever signed it */
	assert_err(k.c, sign_promise_open(k.c, sign(&k, one, 0, 5), &log, &got, &at), ERR_INVALID,
	    "promise");
	ledger_kit_close(&k);
}

static void test_ticket(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct hash h = hash_of(STR("x"));
	struct note_signer key;
	struct secret text;
	struct str note;

	(void)state;
	assert_err(k.c, sign_ticket(k.c, k.keys.p, h, &note), ERR_DENIED, "no ticket key");
	assert_ok(k.c, note_signer_make(k.c, STR(KIT_ORIGIN "/ticket"), &key));
	text = note_signer_print(&key);
	assert_ok(k.c, file_write_atomic(k.c, str_fmt(k.c, "%s/ticket.key", k.keys.p).p, 0400,
			   (struct str){(char *)text.p, text.n}));
	mem_secret_close(&text);
	note_signer_close(&key);
	assert_ok(k.c, sign_ticket(k.c, k.keys.p, h, &note));
	assert_true(str_starts(note, "writ/ticket/1\n" KIT_ORIGIN "\n"));
	ledger_kit_close(&k);
}

/* ---- keys and state that are not as they should be ---- */

static void test_bad_keys(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct str key = str_fmt(k.c, "%s/receipt.key", k.keys.p), text, note;
	struct sign_tree last;

	(void)state;
	assert_int_equal(chmod(key.p, 0440), 0);
	assert_err(k.c, try_sign(&k, one, 0, 1, &last, &note), ERR_FAIL, "others than its owner");
	assert_ok(k.c, file_read(k.c, key.p, 4096, &text));
	assert_ok(k.c, file_write_atomic(k.c, key.p, 0400, (struct str){text.p, text.n - 4}));
	assert_err(k.c, try_sign(&k, one, 0, 1, &last, &note), ERR_FAIL, "receipt.key");
	assert_ok(k.c, file_read(k.c, str_fmt(k.c, "%s/log.key", k.keys.p).p, 4096, &text));
	assert_ok(k.c, file_write_atomic(k.c, key.p, 0400, text));
	assert_err(k.c, try_sign(&k, one, 0, 1, &last, &note), ERR_FAIL, "another log");
	assert_int_equal(unlink(key.p), 0);
	assert_err(k.c, try_sign(&k, one, 0, 1, &last, &note), ERR_NOTFOUND, "receipt.key");
	ledger_kit_close(&k);
}

static void damage(struct ledger_kit *k, off_t at)
{
	int fd = open(str_fmt(k->c, "%s/signer.state", k->keys.p).p, O_RDWR | O_CLOEXEC);
	char ch;

	assert_int_equal(pread(fd, &ch, 1, at), 1);
	ch = (char)(ch ^ 1);
	assert_int_equal(pwrite(fd, &ch, 1, at), 1);
	(void)close(fd);
}

/* Any byte of the newest record: the one before counts. Both: nothing is signed. */
static void test_state_damaged(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct sign_tree last;
	struct str note;

	(void)state;
	(void)sign(&k, one, 0, 5);
	for (off_t i = 0; i < SIGN_STATE_LINE; i++) {
		assert_last(&k, 5);
		damage(&k, SIGN_STATE_PLACE + i);
		assert_last(&k, 0);
		damage(&k, SIGN_STATE_PLACE + i);
	}
	damage(&k, 20);
	assert_last(&k, 5);
	damage(&k, SIGN_STATE_PLACE + 100);
	assert_err(k.c, sign_last(k.c, k.keys.p, &last), ERR_FAIL, "damaged");
	assert_err(k.c, try_sign(&k, one, 5, 9, &last, &note), ERR_FAIL, "damaged");
	ledger_kit_close(&k);
}

/* ---- death and rivals ---- */

static struct str request(struct ledger_kit *k, struct history h, uint64_t from, uint64_t size)
{
	struct sign_tree to = tree_of(k->c, h, size);
	struct buf b = buf_init(k->c, SPAWN_MSG_MAX);
	struct merkle_proof proof = {0};

	if (from > 0)
		assert_ok(k->c, merkle_consistency(k->c, from, size, node, &h, &proof));
	buf_putc(&b, SIGN_CHECKPOINT);
	sign_put_number(&b, from);
	sign_put_number(&b, size);
	buf_put(&b, hash_str(&to.root));
	for (size_t i = 0; i < proof.n; i++)
		buf_put(&b, hash_str(&proof.at[i]));
	return buf_str(&b);
}

/* The state is written, the answer never comes: the same tree is signed again, a fork is not. */
static void test_answer_lost(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct history other = {5, 1};
	struct spawn_peer peer = start(&k);
	struct sign_tree last;
	struct str note;

	(void)state;
	assert_ok(k.c, spawn_peer_send(k.c, &peer, request(&k, one, 0, 8)));
	(void)spawn_peer_close(&peer);
	assert_last(&k, 8);
	assert_err(k.c, try_sign(&k, other, 0, 8, &last, &note), ERR_DENIED, "fork");
	note = sign(&k, one, 0, 8);
	assert_true(str_eq(note, sign(&k, one, 0, 8)));
	ledger_kit_close(&k);
}

static void test_killed(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	uint64_t size = 0, written = 0;

	(void)state;
	for (unsigned i = 0; i < 40; i++) {
		struct spawn_peer peer = start(&k);
		const struct timespec nap = {0, (long)(i % 20) * 1500000};
		struct history other = {size, 1};
		struct sign_tree last;
		struct str note;
		int rc;

		assert_ok(k.c, spawn_peer_send(k.c, &peer, request(&k, one, size, size + 3)));
		(void)nanosleep(&nap, NULL);
		(void)kill(peer.pid, SIGKILL);
		(void)spawn_peer_close(&peer);
		assert_ok(k.c, sign_last(k.c, k.keys.p, &last));
		assert_true(last.size == size || last.size == size + 3);
		written += last.size != size;
		/* before or after: the other history is signed only if this one was not */
		rc = try_sign(&k, other, size, size + 3, &last, &note);
		assert_int_equal(rc, last.size == size ? 0 : ERR_DENIED);
		err_clear(k.c);
		if (rc == 0) { /* it was before: that history it is now, so begin anew */
			ledger_kit_close(&k);
			k = ledger_kit_open();
			size = 0;
			continue;
		}
		(void)sign(&k, one, size, size + 3);
		size += 3;
	}
	print_message("%llu of 40 died after the state was written\n", (unsigned long long)written);
	ledger_kit_close(&k);
}

static pid_t rival(struct ledger_kit *k, struct history h, uint64_t from, uint64_t size)
{
	pid_t pid = fork();
	struct sign_tree last;
	struct str note;

	assert_true(pid >= 0);
	if (pid == 0)
		_exit(try_sign(k, h, from, size, &last, &note) == 0 ? 0 : 1);
	return pid;
}

static void test_two_at_once(void **state)
{
	struct ledger_kit k = ledger_kit_open();

	(void)state;
	(void)sign(&k, one, 0, 4);
	for (int i = 0; i < 8; i++) {
		struct history a = {4, 1}, b = {4, 2};
		int won = 0, status;
		pid_t pids[2];

		if (i > 0) {
			ledger_kit_close(&k);
			k = ledger_kit_open();
			(void)sign(&k, one, 0, 4);
		}
		pids[0] = rival(&k, a, 4, 9);
		pids[1] = rival(&k, b, 4, 9);
		for (size_t j = 0; j < 2; j++) {
			assert_int_equal(waitpid(pids[j], &status, 0), pids[j]);
			assert_true(WIFEXITED(status));
			won += WEXITSTATUS(status) == 0;
		}
		assert_int_equal(won, 1);
		assert_last(&k, 9);
	}
	ledger_kit_close(&k);
}

/* While the state is locked a signer waits. */
static void test_waits_for_the_lock(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	int fd = open(str_fmt(k.c, "%s/signer.state", k.keys.p).p, O_RDWR | O_CLOEXEC), status;
	const struct timespec nap = {0, 400000000};
	pid_t pid;

	(void)state;
	assert_int_equal(flock(fd, LOCK_EX), 0);
	pid = rival(&k, one, 0, 3);
	(void)nanosleep(&nap, NULL);
	assert_last(&k, 0);
	assert_int_equal(flock(fd, LOCK_UN), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_last(&k, 3);
	(void)close(fd);
	ledger_kit_close(&k);
}

/* ---- slots ---- */

static void test_slot(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct str note, state_file = str_fmt(k.c, "%s/signer.state", k.keys.p), kept;
	struct slot s = ledger_kit_slot(&k);

	(void)state;
	assert_int_equal(s.tree.size, 0);
	(void)ledger_kit_people(&k, 3);
	s = ledger_kit_slot(&k);
	assert_int_equal(s.tree.size, 3);
	assert_ok(k.c, slot_note(k.c, k.store.db, 3, &note));
	assert_true(str_eq(note, s.note));
	assert_true(str_eq(ledger_kit_slot(&k).note, note)); /* nothing new */
	assert_ok(k.c, file_read(k.c, state_file.p, 8192, &kept));
	/* a crash after the signer's answer: the table does not have the note */
	(void)ledger_kit_people(&k, 2);
	s = ledger_kit_slot(&k);
	ledger_kit_sql(&k, "DELETE FROM checkpoint WHERE size = 5");
	assert_true(str_eq(ledger_kit_slot(&k).note, s.note));
	/* and one slot later */
	ledger_kit_sql(&k, "DELETE FROM checkpoint WHERE size = 5");
	(void)ledger_kit_people(&k, 1);
	assert_int_equal(ledger_kit_slot(&k).tree.size, 6);
	/* signer.state from an old backup */
	assert_ok(k.c, file_write_atomic(k.c, state_file.p, 0600, kept));
	(void)ledger_kit_people(&k, 1);
	assert_err(k.c, slot_close(k.c, &k.store, k.keys.p, &s), ERR_FAIL, "rolled back");
	ledger_kit_close(&k);
}

static void test_slot_of_a_rolled_back_database(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct slot s;

	(void)state;
	(void)ledger_kit_people(&k, 2);
	(void)ledger_kit_slot(&k);
	db_close(&k.store.db);
	assert_int_equal(unlink(k.db_path.p), 0);
	assert_ok(k.c, db_create(k.c, str_fmt(k.c, "sqlite:%s", k.db_path.p)));
	ledger_kit_reopen(&k);
	k.people = 0;
	(void)ledger_kit_people(&k, 1);
	assert_err(k.c, slot_close(k.c, &k.store, k.keys.p, &s), ERR_DENIED, "smaller");
	(void)ledger_kit_people(&k, 1);
	assert_err(k.c, slot_close(k.c, &k.store, k.keys.p, &s), ERR_DENIED, "fork");
	(void)ledger_kit_people(&k, 1);
	assert_err(k.c, slot_close(k.c, &k.store, k.keys.p, &s), ERR_DENIED, "fork");
	ledger_kit_close(&k);
}

static void test_slot_due(void **state)
{
	struct ledger_kit k = ledger_kit_open();
	struct ledger_tree tree;

	(void)state;
	(void)ledger_kit_people(&k, 2);
	assert_ok(k.c, slot_close_due(k.c, &k.store, k.keys.p));
	assert_ok(k.c, ledger_tree(k.c, k.store.db, &tree));
	assert_int_equal(tree.size, 0);
	k.c->fixed_now += SLOT_SECONDS;
	assert_ok(k.c, slot_close_due(k.c, &k.store, k.keys.p));
	assert_ok(k.c, ledger_tree(k.c, k.store.db, &tree));
	assert_int_equal(tree.size, 2);
	ledger_kit_sql(&k, "DELETE FROM checkpoint");
	assert_ok(k.c, slot_close_due(k.c, &k.store, k.keys.p));
	assert_true(ledger_kit_slot(&k).note.n > 0);
	ledger_kit_close(&k);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_create),
	    cmocka_unit_test(test_create_bad_origin),
	    cmocka_unit_test(test_signs_what_grows),
	    cmocka_unit_test(test_refuses),
	    cmocka_unit_test(test_empty_tree),
	    cmocka_unit_test(test_malformed_messages),
	    cmocka_unit_test(test_promise),
	    cmocka_unit_test(test_ticket),
	    cmocka_unit_test(test_bad_keys),
	    cmocka_unit_test(test_state_damaged),
	    cmocka_unit_test(test_answer_lost),
	    cmocka_unit_test(test_killed),
	    cmocka_unit_test(test_two_at_once),
	    cmocka_unit_test(test_waits_for_the_lock),
	    cmocka_unit_test(test_slot),
	    cmocka_unit_test(test_slot_of_a_rolled_back_database),
	    cmocka_unit_test(test_slot_due),
	};

	ledger_kit_role(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
