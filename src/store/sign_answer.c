#include "store/sign_answer_p.h"

#include "base/mem.h"
#include "store/sign_p.h"

static int malformed(struct ctx *c)
{
	return err_set(c, ERR_INVALID, "a message to the signer has a wrong length");
}

static int answer_note(
    struct ctx *c, const struct note_signer *key, struct str text, struct buf *answer)
{
	struct note n;
	int rc = note_make(c, text, &n);

	if (rc == 0)
		rc = note_sign(c, key, &n);
	if (rc < 0)
		return rc;
	buf_putc(answer, SIGN_SIGNED);
	buf_put(answer, note_print(c, &n));
	return 0;
}

static int extends(struct ctx *c, const struct sign_answer *r, struct sign_state now,
    const struct hash *proof, size_t n)
{
	int rc;

	if (now.size < r->last.size)
		return err_set(c, ERR_DENIED,
		    "a tree of %lld entries is smaller than the one signed "
		    "last, of %lld",
		    (long long)now.size, (long long)r->last.size);
	if (now.size == r->last.size)
		return err_set(c, ERR_DENIED, "fork: another tree of %lld entries was signed",
		    (long long)now.size);
	if (r->last.size == 0)
		return n == 0 ? 0 : malformed(c);
	rc = merkle_check_consistency(
	    c, (uint64_t)r->last.size, r->last.root, (uint64_t)now.size, now.root, proof, n);
	if (rc == 0)
		return 0;
	return err_while(c, ERR_DENIED,
	    "fork: the tree of %lld entries is not shown to extend the one signed last, of %lld",
	    (long long)now.size, (long long)r->last.size);
}

static int answer_checkpoint(
    struct ctx *c, struct sign_answer *r, struct str msg, struct buf *answer)
{
	struct hash proof[MERKLE_PROOF_MAX];
	struct sign_state now = {.number = r->last.number + 1};
	struct note_checkpoint cp = {.origin = r->log.key.name};
	size_t n = msg.n < SIGN_CHECKPOINT_HEAD ? 0 : (msg.n - SIGN_CHECKPOINT_HEAD) / HASH_SIZE;
	struct str text;
	int rc;

	if (msg.n != SIGN_CHECKPOINT_HEAD + n * HASH_SIZE || n > MERKLE_PROOF_MAX ||
	    sign_get_number(msg.p + 9) > INT64_MAX)
		return malformed(c);
	memcpy(proof, msg.p + SIGN_CHECKPOINT_HEAD, n * HASH_SIZE);
	memcpy(now.root.b, msg.p + 17, HASH_SIZE);
	now.size = (int64_t)sign_get_number(msg.p + 9);
	if (now.size != r->last.size || !hash_eq(now.root, r->last.root)) {
		if (now.size > r->last.size &&
		    sign_get_number(msg.p + 1) != (uint64_t)r->last.size) {
			buf_putc(answer, SIGN_LAST);
			sign_put_number(answer, (uint64_t)r->last.size);
			buf_put(answer, hash_str(&r->last.root));
			return 0;
		}
		rc = extends(c, r, now, proof, n);
		if (rc == 0)
			rc = sign_state_write(c, r->state_fd, &now);
		if (rc < 0)
			return rc;
		r->last = now;
	}
	cp.size = (uint64_t)now.size;
	cp.root = now.root;
	rc = note_checkpoint_print(c, &cp, &text);
	return rc == 0 ? answer_note(c, &r->log, text, answer) : rc;
}

static int answer_promise(
    struct ctx *c, const struct sign_answer *r, struct str msg, struct buf *answer)
{
	if (msg.n != SIGN_PROMISE_SIZE || sign_get_number(msg.p + 1) > INT64_MAX)
		return malformed(c);
	return answer_note(c, &r->receipt,
	    str_fmt(c, "writ/promise/1\n%.*s\n%s\n%llu\n", STR_ARG(r->log.key.name),
		text_base64(c, msg.p + 9, HASH_SIZE).p,
		(unsigned long long)sign_get_number(msg.p + 1)),
	    answer);
}

static int answer_ticket(
    struct ctx *c, const struct sign_answer *r, struct str msg, struct buf *answer)
{
	if (msg.n != SIGN_TICKET_SIZE)
		return malformed(c);
	if (!r->has_ticket)
		return err_set(c, ERR_DENIED, "there is no ticket key");
	return answer_note(c, &r->ticket,
	    str_fmt(c, "writ/ticket/1\n%.*s\n%s\n", STR_ARG(r->log.key.name),
		text_base64(c, msg.p + 1, HASH_SIZE).p),
	    answer);
}

int sign_answer_put(struct ctx *c, struct sign_answer *r, struct str msg, struct buf *answer)
{
	if (msg.n == 0)
		return malformed(c);
	switch (msg.p[0]) {
	case SIGN_CHECKPOINT:
		return answer_checkpoint(c, r, msg, answer);
	case SIGN_PROMISE:
		return answer_promise(c, r, msg, answer);
	case SIGN_TICKET:
		return answer_ticket(c, r, msg, answer);
	default:
		return err_set(c, ERR_INVALID, "the signer does not know this message");
	}
}
