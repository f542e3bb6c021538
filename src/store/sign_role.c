#include "store/sign_role.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/box.h"
#include "os/spawn.h"
#include "store/sign_answer_p.h"
#include "store/sign_p.h"

enum { LOCK_TRIES = 500, LOCK_WAIT_NS = 20000000 };

/* ---- before the box ---- */

static int read_key(struct ctx *c, int fd, const char *name, struct note_signer *ret)
{
	struct secret text = mem_secret_open(SIGN_KEY_MAX);
	struct stat st;
	ssize_t got = pread(fd, text.p, SIGN_KEY_MAX, 0);
	int rc;

	if (got < 0 || fstat(fd, &st) != 0)
		rc = err_set(c, ERR_FAIL, "%s: cannot read: %s", name, strerror(errno));
	else if ((st.st_mode & 077) != 0)
		rc = err_set(c, ERR_DENIED, "%s: others than its owner may use the key", name);
	else
		rc = note_signer_parse(c, str_trim((struct str){(char *)text.p, (size_t)got}), ret);
	mem_secret_close(&text);
	return rc < 0 ? err_while(c, rc, "%s", name) : 0;
}

static int lock_state(struct ctx *c)
{
	const struct timespec nap = {0, LOCK_WAIT_NS};

	for (int i = 0; i < LOCK_TRIES; i++) {
		if (flock(SIGN_FD_STATE, LOCK_EX | LOCK_NB) == 0)
			return 0;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return err_set(
			    c, ERR_FAIL, "signer.state: cannot lock: %s", strerror(errno));
		(void)nanosleep(&nap, NULL);
	}
	return err_set(c, ERR_FAIL, "another signer is at work");
}

static bool key_is(struct str log, const char *suffix, struct str name)
{
	return name.n == log.n + strlen(suffix) && str_ends(name, suffix) &&
	       str_eq((struct str){name.p, log.n}, log);
}

static int prepare(struct ctx *c, struct sign_answer *r)
{
	int rc = box_hide(c);

	if (rc == 0)
		rc = read_key(c, SIGN_FD_LOG, "log.key", &r->log);
	if (rc == 0)
		rc = read_key(c, SIGN_FD_RECEIPT, "receipt.key", &r->receipt);
	r->has_ticket = fcntl(SIGN_FD_TICKET, F_GETFD) >= 0;
	if (rc == 0 && r->has_ticket)
		rc = read_key(c, SIGN_FD_TICKET, "ticket.key", &r->ticket);
	if (rc == 0 && !key_is(r->log.key.name, "/receipt", r->receipt.key.name))
		rc = err_set(c, ERR_INVALID, "receipt.key belongs to another log than log.key");
	if (rc == 0 && r->has_ticket && !key_is(r->log.key.name, "/ticket", r->ticket.key.name))
		rc = err_set(c, ERR_INVALID, "ticket.key belongs to another log than log.key");
	if (rc == 0)
		rc = lock_state(c);
	if (rc == 0)
		rc = sign_state_read(c, SIGN_FD_STATE, &r->last);
	if (rc == 0)
		rc = box_confine(c, BOX_SIGNER, NULL);
	(void)close(SIGN_FD_LOG);
	(void)close(SIGN_FD_RECEIPT);
	if (r->has_ticket)
		(void)close(SIGN_FD_TICKET);
	return rc;
}

/* ---- serving ---- */

/* Without keys or box every message is answered with the reason (ready < 0). */
static int serve(struct ctx *c, struct sign_answer *r, int ready)
{
	struct spawn_peer peer = spawn_peer_parent();
	struct str why = str_make(c, str_of(err_text(c)));

	for (;;) {
		struct mem_mark mark = mem_mark(c);
		struct buf answer = buf_init(c, SPAWN_MSG_MAX);
		struct str msg;
		int rc;

		err_clear(c);
		rc = spawn_peer_recv(c, &peer, &msg);
		if (rc < 0)
			return rc == ERR_NOTFOUND ? 0 : 1;
		rc = ready < 0 ? err_set(c, ready, "%s", why.p)
			       : sign_answer_put(c, r, msg, &answer);
		if (rc < 0) {
			answer = buf_init(c, SPAWN_MSG_MAX);
			buf_putc(&answer, rc == ERR_FAIL || ready < 0 ? SIGN_FAILED : SIGN_REFUSED);
			buf_puts(&answer, err_text(c));
		}
		err_clear(c);
		if (spawn_peer_send(c, &peer, buf_str(&answer)) < 0)
			return 1;
		mem_reset(c, mark);
	}
}

int sign_role_run(void)
{
	struct sign_answer r = {.state_fd = SIGN_FD_STATE};
	struct ctx *c;
	int status;

	ctx_open(&c);
	status = serve(c, &r, prepare(c, &r));
	note_signer_close(&r.log);
	note_signer_close(&r.receipt);
	note_signer_close(&r.ticket);
	ctx_close(&c);
	return status;
}
