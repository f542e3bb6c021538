#include "store/sign.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"
#include "os/spawn.h"
#include "store/sign_p.h"
#include "store/sign_state.h"

enum { ANSWER_SECONDS = 60 };

/* ---- keys ---- */

static int put_file(struct ctx *c, const char *path, mode_t mode, struct str s)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
	int rc = 0;

	if (fd < 0)
		return err_set(
		    c, errno == EEXIST ? ERR_CONFLICT : ERR_FAIL, "%s: %s", path, strerror(errno));
	if (fchmod(fd, mode) != 0 || write(fd, s.p, s.n) != (ssize_t)s.n || fsync(fd) != 0)
		rc = err_set(c, ERR_FAIL, "%s: cannot write", path);
	(void)close(fd);
	return rc;
}

static int put_pair(struct ctx *c, const char *keys_dir, const char *file, struct str name)
{
	struct note_signer key;
	struct secret text;
	int rc = note_signer_make(c, name, &key);

	if (rc < 0)
		return rc;
	text = note_signer_print(&key);
	rc = put_file(c, str_fmt(c, "%s/%s.vkey", keys_dir, file).p, 0644,
	    str_fmt(c, "%s\n", note_key_print(c, &key.key).p));
	if (rc == 0)
		rc = put_file(c, str_fmt(c, "%s/%s.key", keys_dir, file).p, 0400,
		    (struct str){(char *)text.p, text.n});
	mem_secret_close(&text);
	note_signer_close(&key);
	return rc;
}

int sign_create_after(
    struct ctx *c, const char *keys_dir, struct str origin, const struct sign_tree *from)
{
	static const char *const files[] = {
	    "log.key", "log.vkey", "receipt.key", "receipt.vkey", "signer.state"};
	struct sign_state first = {.size = (int64_t)from->size, .root = from->root};
	int rc;

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct str path = str_fmt(c, "%s/%s", keys_dir, files[i]);

		if (file_exists(path.p))
			return err_set(c, ERR_CONFLICT, "%s: exists already", path.p);
	}
	rc = put_file(
	    c, str_fmt(c, "%s/signer.state", keys_dir).p, 0600, sign_state_print(c, &first));
	if (rc == 0)
		rc = put_pair(c, keys_dir, "receipt", str_fmt(c, "%.*s/receipt", STR_ARG(origin)));
	if (rc == 0)
		rc = put_pair(c, keys_dir, "log", origin);
	if (rc == 0)
		return file_sync_dir(c, keys_dir);
	/* a key that nobody was told of is worth nothing; leave the folder as it was */
	for (size_t i = 0; rc != ERR_CONFLICT && i < sizeof files / sizeof files[0]; i++)
		(void)unlink(str_fmt(c, "%s/%s", keys_dir, files[i]).p);
	return rc;
}

int sign_create(struct ctx *c, const char *keys_dir, struct str origin)
{
	struct sign_tree empty = {0, merkle_empty()};

	return sign_create_after(c, keys_dir, origin, &empty);
}

int sign_create_ticket(struct ctx *c, const char *keys_dir, struct str origin)
{
	struct str path = str_fmt(c, "%s/ticket.key", keys_dir);
	int rc;

	if (file_exists(path.p))
		return err_set(c, ERR_CONFLICT, "%s: exists already", path.p);
	/* of a run that was ended before its key was there */
	(void)unlink(str_fmt(c, "%s/ticket.vkey", keys_dir).p);
	rc = put_pair(c, keys_dir, "ticket", str_fmt(c, "%.*s/ticket", STR_ARG(origin)));
	return rc == 0 ? file_sync_dir(c, keys_dir) : rc;
}

int sign_key(struct ctx *c, const char *keys_dir, const char *name, struct note_key *ret)
{
	struct str path = str_fmt(c, "%s/%s.vkey", keys_dir, name), text;
	int rc = file_read(c, path.p, SIGN_KEY_MAX, &text);

	if (rc == 0 && note_key_parse(c, str_trim(text), ret) < 0)
		rc = err_while(c, ERR_INVALID, "%s", path.p);
	return rc;
}

static int open_file(struct ctx *c, const char *keys_dir, const char *name, int flags, int *ret)
{
	struct str path = str_fmt(c, "%s/%s", keys_dir, name);
	int fd = open(path.p, flags | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return err_set(c,
		    errno == ENOENT   ? ERR_NOTFOUND
		    : errno == EACCES ? ERR_DENIED
				      : ERR_FAIL,
		    "%s: %s", path.p, strerror(errno));
	*ret = fd;
	return 0;
}

static int read_state(struct ctx *c, const char *keys_dir, struct sign_state *ret)
{
	int fd, rc = open_file(c, keys_dir, "signer.state", O_RDONLY, &fd);

	if (rc < 0)
		return rc;
	rc = sign_state_read(c, fd, ret);
	(void)close(fd);
	return rc;
}

int sign_last(struct ctx *c, const char *keys_dir, struct sign_tree *ret)
{
	struct sign_state s;
	int rc = read_state(c, keys_dir, &s);

	if (rc == 0)
		*ret = (struct sign_tree){(uint64_t)s.size, s.root};
	return rc;
}

int sign_used(struct ctx *c, const char *keys_dir, bool *ret)
{
	struct sign_state s;
	int rc = read_state(c, keys_dir, &s);

	if (rc == 0)
		*ret = s.number > 0;
	return rc;
}

/* ---- asking ---- */

static int open_keys(struct ctx *c, const char *keys_dir, int *fds, size_t *n)
{
	static const struct {
		const char *name;
		int flags;
	} files[] = {{"log.key", O_RDONLY}, {"receipt.key", O_RDONLY}, {"signer.state", O_RDWR}};
	int rc = 0;

	for (; *n < sizeof files / sizeof files[0] && rc == 0; *n += rc == 0)
		rc = open_file(c, keys_dir, files[*n].name, files[*n].flags, &fds[*n]);
	if (rc == 0) {
		rc = open_file(c, keys_dir, "ticket.key", O_RDONLY, &fds[*n]);
		*n += rc == 0;
	}
	if (rc == ERR_NOTFOUND && *n == SIGN_FD_TICKET - SIGN_FD_LOG) {
		err_clear(c);
		rc = 0;
	}
	return rc;
}

/* One message, one answer. */
static int ask(struct ctx *c, const char *keys_dir, struct str msg, struct str *ret)
{
	int fds[SIGN_FD_TICKET - SIGN_FD_LOG + 1];
	struct spawn_peer peer;
	struct str answer;
	size_t n = 0;
	int rc = open_keys(c, keys_dir, fds, &n);

	if (rc == 0) {
		rc = spawn_role(c, "signer", fds, n, &peer);
		if (rc == 0) {
			peer.seconds = ANSWER_SECONDS;
			rc = spawn_peer_send(c, &peer, msg);
			if (rc == 0)
				rc = spawn_peer_recv(c, &peer, &answer);
			if (rc < 0) /* whatever it was, no keys are missing */
				rc = err_while(c, ERR_FAIL, "no answer");
			(void)spawn_peer_close(&peer);
		}
	}
	while (n > 0)
		(void)close(fds[--n]);
	if (rc < 0)
		return err_while(c, rc, "signer");
	if (answer.p[0] == SIGN_FAILED)
		return err_set(c, ERR_FAIL, "signer: %.*s", (int)answer.n - 1, answer.p + 1);
	if (answer.p[0] == SIGN_REFUSED)
		return err_set(
		    c, ERR_DENIED, "signer: refused: %.*s", (int)answer.n - 1, answer.p + 1);
	*ret = answer;
	return 0;
}

static int get_note(struct ctx *c, struct str answer, struct str *ret)
{
	if (answer.p[0] != SIGN_SIGNED)
		return err_set(c, ERR_FAIL, "signer: an answer that was not asked for");
	*ret = (struct str){answer.p + 1, answer.n - 1};
	return 0;
}

/* What comes back is looked at: a wrong note must not be stored. */
static int check_note(
    struct ctx *c, const char *keys_dir, struct str note, const struct sign_tree *to)
{
	struct note_checkpoint cp;
	struct note_key key;
	int rc = sign_key(c, keys_dir, "log", &key);

	if (rc == 0)
		rc = note_checkpoint_open(c, note, &key, 1, key.name, &cp);
	if (rc == 0 && (cp.size != to->size || !hash_eq(cp.root, to->root)))
		rc = err_set(c, ERR_FAIL, "it is for another tree");
	return rc == 0 ? 0 : err_while(c, ERR_FAIL, "the signer's note does not fit log.vkey");
}

int sign_checkpoint(struct ctx *c, const char *keys_dir, uint64_t from, const struct sign_tree *to,
    const struct merkle_proof *proof, struct sign_tree *ret_last, struct str *ret_note)
{
	struct buf msg = buf_init(c, SPAWN_MSG_MAX);
	struct str answer, note;
	int rc;

	buf_putc(&msg, SIGN_CHECKPOINT);
	sign_put_number(&msg, from);
	sign_put_number(&msg, to->size);
	buf_put(&msg, hash_str(&to->root));
	for (size_t i = 0; proof != NULL && i < proof->n; i++)
		buf_put(&msg, hash_str(&proof->at[i]));
	rc = ask(c, keys_dir, buf_str(&msg), &answer);
	if (rc < 0)
		return rc;
	if (answer.p[0] == SIGN_LAST && answer.n == 1 + 8 + HASH_SIZE) {
		ret_last->size = sign_get_number(answer.p + 1);
		memcpy(ret_last->root.b, answer.p + 9, HASH_SIZE);
		return err_set(c, ERR_CONFLICT,
		    "signer: another tree was signed last, of %llu entries",
		    (unsigned long long)ret_last->size);
	}
	rc = get_note(c, answer, &note);
	if (rc == 0)
		rc = check_note(c, keys_dir, note, to);
	if (rc == 0)
		*ret_note = note;
	return rc;
}

int sign_promise(
    struct ctx *c, const char *keys_dir, struct hash leaf, struct instant at, struct str *ret_note)
{
	struct buf msg = buf_init(c, SIGN_PROMISE_SIZE);
	struct str answer;
	int rc;

	buf_putc(&msg, SIGN_PROMISE);
	sign_put_number(&msg, (uint64_t)at.s);
	buf_put(&msg, hash_str(&leaf));
	rc = ask(c, keys_dir, buf_str(&msg), &answer);
	return rc == 0 ? get_note(c, answer, ret_note) : rc;
}

int sign_ticket(struct ctx *c, const char *keys_dir, struct hash hash, struct str *ret_note)
{
	struct buf msg = buf_init(c, SIGN_TICKET_SIZE);
	struct str answer;
	int rc;

	buf_putc(&msg, SIGN_TICKET);
	buf_put(&msg, hash_str(&hash));
	rc = ask(c, keys_dir, buf_str(&msg), &answer);
	return rc == 0 ? get_note(c, answer, ret_note) : rc;
}

int sign_promise_open(struct ctx *c, struct str note, const struct note_key *key,
    struct hash *ret_leaf, struct instant *ret_at)
{
	struct str rest, line[4], raw;
	struct instant at;
	struct note n;
	int rc = note_open(c, note, key, 1, &n);

	if (rc < 0)
		return rc;
	rest = n.text;
	for (size_t i = 0; i < 4; i++)
		if (!str_cut(rest, '\n', &line[i], &rest))
			return err_set(c, ERR_INVALID, "promise: line %zu is missing", i + 1);
	if (rest.n != 0 || !str_is(line[0], "writ/promise/1"))
		return err_set(c, ERR_INVALID, "promise: not of this format");
	if (key->name.n != line[1].n + strlen("/receipt") || !str_ends(key->name, "/receipt") ||
	    memcmp(key->name.p, line[1].p, line[1].n) != 0)
		return err_set(c, ERR_DENIED, "promise: of another log than its key");
	if (!text_unbase64(c, line[2], &raw) || raw.n != HASH_SIZE || !str_i64(line[3], &at.s))
		return err_set(c, ERR_INVALID, "promise: no hash or no time");
	memcpy(ret_leaf->b, raw.p, HASH_SIZE);
	*ret_at = at;
	return 0;
}
