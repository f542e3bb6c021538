/* Messages to the signer: whatever comes, it signs only trees that extend the one it signed last,
 * with that one on disk before the answer; what it signs verifies; a refused message changes
 * nothing. Input: messages, each behind a byte that is its length; the byte 255 makes a right one.
 */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "store/sign.h"
#include "store/sign_answer_p.h"
#include "store/sign_p.h"

enum { LEAVES_MOST = 64, MESSAGES_MOST = 24 };

/* The tree that right messages are about. */
struct tree {
	struct hash leaf[LEAVES_MOST];
	size_t size;
};

static int get(struct ctx *c, void *arg, unsigned level, uint64_t index, struct hash *ret)
{
	const struct tree *t = arg;
	struct merkle m = {0};

	(void)c;
	for (size_t i = 0; i < (size_t)1 << level; i++)
		merkle_add(&m, t->leaf[(index << level) + i]);
	*ret = merkle_root(&m);
	return 0;
}

static struct hash root_at(const struct tree *t, size_t size)
{
	struct merkle m = {0};

	for (size_t i = 0; i < size; i++)
		merkle_add(&m, t->leaf[i]);
	return merkle_root(&m);
}

/* A right message for an extension of the tree signed last, if that was one of this tree. */
static struct str right(struct ctx *c, struct tree *t, const struct sign_answer *r, unsigned more)
{
	struct buf b = buf_init(c, 4096);
	struct merkle_proof proof = {0};
	struct hash root;

	t->size += t->size + more % 8 <= LEAVES_MOST ? more % 8 : 0;
	root = root_at(t, t->size);
	if (r->last.size > 0 && (size_t)r->last.size <= t->size)
		fuzz_must(
		    merkle_consistency(c, (uint64_t)r->last.size, t->size, get, t, &proof) == 0,
		    "a proof is made");
	buf_putc(&b, SIGN_CHECKPOINT);
	sign_put_number(&b, (uint64_t)r->last.size);
	sign_put_number(&b, t->size);
	buf_put(&b, hash_str(&root));
	for (size_t i = 0; i < proof.n && r->last.size != (int64_t)t->size; i++)
		buf_put(&b, hash_str(&proof.at[i]));
	return buf_str(&b);
}

static void check_note(struct ctx *c, const struct sign_answer *r, struct str msg, struct str note)
{
	struct note_checkpoint cp;
	struct instant at;
	struct hash leaf;
	struct note n;

	if (msg.p[0] == SIGN_CHECKPOINT) {
		fuzz_must(note_checkpoint_open(c, note, &r->log.key, 1, r->log.key.name, &cp) == 0,
		    "a checkpoint verifies");
		fuzz_must((int64_t)cp.size == r->last.size && hash_eq(cp.root, r->last.root),
		    "and is of the tree on disk");
	} else if (msg.p[0] == SIGN_PROMISE) {
		fuzz_must(sign_promise_open(c, note, &r->receipt.key, &leaf, &at) == 0,
		    "a promise verifies");
		fuzz_must(memcmp(leaf.b, msg.p + 9, HASH_SIZE) == 0 &&
			      (uint64_t)at.s == sign_get_number(msg.p + 1),
		    "and says what was asked");
	} else {
		fuzz_must(msg.p[0] == SIGN_TICKET && r->has_ticket, "a ticket");
		fuzz_must(note_open(c, note, &r->ticket.key, 1, &n) == 0, "verifies");
	}
}

static void one(struct ctx *c, struct sign_answer *r, const struct tree *t, struct str msg, bool ok)
{
	struct sign_state before = r->last, disk;
	struct buf b = buf_init(c, 1 << 16);
	int rc = sign_answer_put(c, r, msg, &b);
	struct str answer = buf_str(&b);

	fuzz_must(!ok || rc == 0, "a right message is answered");
	if (rc != 0)
		fuzz_refused(c, rc);
	err_clear(c);
	fuzz_must(sign_state_read(c, r->state_fd, &disk) == 0 && disk.number == r->last.number &&
		      disk.size == r->last.size && hash_eq(disk.root, r->last.root),
	    "what was signed last is on disk");
	fuzz_must(r->last.size >= before.size, "a log does not shrink");
	if (rc != 0 || answer.p[0] == SIGN_LAST) {
		fuzz_must(r->last.number == before.number, "nothing was signed");
		return;
	}
	if (before.size > 0 && before.size <= (int64_t)t->size &&
	    hash_eq(before.root, root_at(t, (size_t)before.size)) &&
	    r->last.size <= (int64_t)t->size)
		fuzz_must(hash_eq(r->last.root, root_at(t, (size_t)r->last.size)),
		    "what is signed extends the tree signed last");
	fuzz_must(answer.p[0] == SIGN_SIGNED, "signed");
	check_note(c, r, msg, (struct str){answer.p + 1, answer.n - 1});
}

static void serve(struct ctx *c, struct sign_answer *r, struct tree *t, struct str in)
{
	for (int i = 0; i < MESSAGES_MOST && in.n > 0; i++) {
		unsigned n = fuzz_byte(&in);
		bool ours = r->last.size == 0 ||
			    (r->last.size <= (int64_t)t->size &&
				hash_eq(r->last.root, root_at(t, (size_t)r->last.size)));
		struct str msg;

		if (n == 255) {
			msg = right(c, t, r, fuzz_byte(&in));
			one(c, r, t, msg, ours && t->size > 0);
			continue;
		}
		msg = (struct str){in.p, n < in.n ? n : in.n};
		in = (struct str){in.p + msg.n, in.n - msg.n};
		one(c, r, t, msg, false);
	}
}

struct keys {
	struct ctx *c; /* where their names live; NULL before they are made */
	struct note_signer log, receipt, ticket;
};

/* Made once: they are the same for all inputs. */
static const struct keys *keys_made(void)
{
	static struct keys k;

	if (k.c != NULL)
		return &k;
	ctx_open(&k.c);
	k.c->fixed_seed = 1;
	fuzz_must(note_signer_make(k.c, STR("e.net/w"), &k.log) == 0 &&
		      note_signer_make(k.c, STR("e.net/w/receipt"), &k.receipt) == 0 &&
		      note_signer_make(k.c, STR("e.net/w/ticket"), &k.ticket) == 0,
	    "keys");
	return &k;
}

static void fuzz_one(struct ctx *c, struct str in)
{
	const struct keys *k = keys_made();
	struct sign_answer r = {.log = k->log,
	    .receipt = k->receipt,
	    .ticket = k->ticket,
	    .last = {.root = merkle_empty()}};
	struct tree *t = mem_alloc(c, sizeof *t);

	for (size_t i = 0; i < LEAVES_MOST; i++)
		t->leaf[i] = merkle_leaf(str_fmt(c, "%zu", i));
	r.state_fd = memfd_create("signer.state", MFD_CLOEXEC);
	r.has_ticket = fuzz_byte(&in) % 2 == 0;
	fuzz_must(
	    r.state_fd >= 0 && sign_state_write(c, r.state_fd, &r.last) == 0, "a fresh state");
	serve(c, &r, t, in);
	(void)close(r.state_fd);
}
