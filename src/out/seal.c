#include "out/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "os/file.h"
#include "os/spawn.h"

enum { SECONDS = 6 * 3600, ARGS = 32, KEY_FD = 3, PIPE = 1 << 20, FLUSH = 32 << 20 };

const char *const seal_tools[SEAL_TOOLS] = {"/usr/local/bin/age", "/usr/bin/age", "/bin/age",
    "/usr/local/bin/gpg", "/usr/bin/gpg", "/bin/gpg", "/usr/local/bin/openssl", "/usr/bin/openssl",
    "/bin/openssl"};

int seal_fits(struct ctx *c, const struct seal_key *key, int64_t size)
{
	if (key->kind == SEAL_CMS && size > SEAL_CMS_MAX)
		return err_set(c, ERR_LIMIT,
		    "above 100 MB nothing is sealed to a certificate, for it could not be opened: "
		    "ask the officer for an age or OpenPGP key");
	return 0;
}

bool seal_kind_seen(struct str head, enum seal_kind *ret)
{
	unsigned char first = head.n > 0 ? (unsigned char)head.p[0] : 0;

	if (str_starts(head, "age-encryption.o"))
		*ret = SEAL_AGE;
	else if (first == 0xc1 || (first & 0xfc) == 0x84) /* a session key's packet, new or old */
		*ret = SEAL_OPENPGP;
	else if (first == 0x30) /* a sequence of DER */
		*ret = SEAL_CMS;
	else
		return false;
	return true;
}

/* ---- the tools ---- */

static const char *const gpg_args[] = {"gpg", "--homedir", "/nonexistent", "--no-options",
    "--batch", "--no-tty", "--quiet", "--no-autostart", "--no-keyring", "--no-random-seed-file",
    "--no-auto-key-locate", "--disable-dirmngr", "--trust-model", "always", "--compress-algo",
    "none", "--cipher-algo", "AES256", "--force-mdc", "--set-filename", "",
    "--enable-special-filenames", "--recipient-file", "-&3", "--encrypt", NULL};
static const char *const openssl_args[] = {"openssl", "cms", "-encrypt", "-binary", "-stream",
    "-outform", "DER", "-aes-256-gcm", "-recip", "/proc/self/fd/3", "-keyopt", NULL};

static const char *const tools[SEAL_KINDS] = {"age", "gpg", "openssl"};

static void args_of(const struct seal_key *key, const char *argv[static ARGS])
{
	const char *const *from = key->kind == SEAL_OPENPGP ? gpg_args : openssl_args;
	size_t n = 0;

	if (key->kind == SEAL_AGE) {
		argv[n++] = "age";
		argv[n++] = "-r";
		argv[n++] = key->text.p;
	} else {
		while (from[n] != NULL) {
			argv[n] = from[n];
			n++;
		}
	}
	if (key->kind == SEAL_CMS)
		argv[n++] = key->rsa ? "rsa_padding_mode:oaep" : "ecdh_kdf_md:sha256";
	argv[n] = NULL;
}

/* The key lies in memory under a number, not in a folder. */
static int key_open(struct ctx *c, const struct seal_key *key, int *ret)
{
	int rc;

	*ret = -1;
	if (key->kind == SEAL_AGE)
		return 0;
	rc = file_memory(c, ret);
	if (rc == 0)
		rc = file_write_full(*ret, key->text);
	if (rc == 0 && lseek(*ret, 0, SEEK_SET) != 0)
		rc = ERR_FAIL;
	return rc == 0 ? 0 : err_set(c, ERR_FAIL, "the key cannot be handed over");
}

/* ---- the run ---- */

struct sealing {
	const struct seal_key *key;
	ssize_t (*next)(void *arg, void *buf, size_t n);
	void *arg;
	int key_fd, to; /* to: the pipe that the sealed bytes go into */
	int fd;
	int64_t passed; /* since the disk was last told */
};

/* The disk begins to write while we still seal: else all of it waits for the end. */
static ssize_t next_flushed(void *arg, void *buf, size_t n)
{
	struct sealing *s = arg;
	ssize_t got = s->next(s->arg, buf, n);

	s->passed += got > 0 ? got : 0;
	if (s->passed >= FLUSH) {
		(void)sync_file_range(
		    s->fd, 0, 0, SYNC_FILE_RANGE_WRITE); /* no promise: fsync is */
		s->passed = 0;
	}
	return got;
}

static int tool_run(struct ctx *c, struct sealing *s)
{
	const char *argv[ARGS];
	struct spawn how = {.argv = argv,
	    .in = SPAWN_IN_NEXT,
	    .in_next = next_flushed,
	    .in_arg = s,
	    .out = SPAWN_OUT_FD,
	    .out_fd = s->to,
	    .fds = &s->key_fd,
	    .n_fds = s->key_fd >= 0 ? 1 : 0,
	    .seconds = SECONDS,
	    .boxed = true};
	const char *tool = tools[s->key->kind];
	struct spawn_result result;
	int rc;

	args_of(s->key, argv);
	rc = spawn_run(c, &how, &result);
	if (rc == ERR_NOTFOUND)
		return err_while(c, rc, "sealing needs the program %s (a Debian package)", tool);
	if (rc == 0 && result.status != 0)
		rc = err_set(c, ERR_INVALID, "%s refused to seal to the officer's key (status %d)",
		    tool, result.status);
	return rc;
}

/* The helper answers when the pipe ends: hash and size, or that the file could not be written. */
static int made_recv(struct ctx *c, struct spawn_peer *peer, int fd, struct seal_made *ret)
{
	struct str msg;
	int rc = spawn_peer_recv(c, peer, &msg);

	if (rc == 0 && msg.n == 1 + sizeof *ret && *msg.p == SEAL_DONE)
		memcpy(ret, msg.p + 1, sizeof *ret);
	else if (rc == 0)
		rc = err_set(c, ERR_FAIL, "the sealed file cannot be written: %.*s", STR_ARG(msg));
	if (rc == 0 && fsync(fd) != 0 && errno != EINVAL) /* no file: nothing to keep */
		rc = err_set(c, ERR_FAIL, "the sealed file cannot be written: %s", strerror(errno));
	return rc;
}

static int role_start(struct ctx *c, int fd, int *ret_to, struct spawn_peer *ret)
{
	int pair[2], fds[2], rc;

	if (pipe2(pair, O_CLOEXEC) != 0)
		return err_set(
		    c, ERR_FAIL, "the sealed file cannot be written: %s", strerror(errno));
	(void)fcntl(pair[0], F_SETPIPE_SZ, PIPE); /* fewer turns; may be refused */
	fds[0] = pair[0];
	fds[1] = fd;
	rc = spawn_helper_peer(c, "writ-seal", fds, 2, ret);
	(void)close(pair[0]);
	if (rc != 0)
		(void)close(pair[1]);
	else
		*ret_to = pair[1];
	return rc;
}

int seal_run(struct ctx *c, const struct seal_key *key,
    ssize_t (*next)(void *arg, void *buf, size_t n), void *arg, int fd, struct seal_made *ret)
{
	struct sealing s = {.key = key, .next = next, .arg = arg, .to = -1, .fd = fd};
	struct spawn_peer peer;
	int rc = key_open(c, key, &s.key_fd);

	if (rc == 0)
		rc = role_start(c, fd, &s.to, &peer);
	if (rc == 0) {
		rc = tool_run(c, &s);
		(void)close(s.to);
		if (rc == 0)
			rc = made_recv(c, &peer, fd, ret);
		(void)spawn_peer_close(&peer);
	}
	if (s.key_fd >= 0)
		(void)close(s.key_fd);
	return rc;
}
