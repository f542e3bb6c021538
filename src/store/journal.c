#include "store/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"
#include "store/vault.h"

enum { HEAD = 15, CHECK_HEX = 16, READ_AT_ONCE = 64 << 10 };

static const struct {
	const char *name, *label;
} kinds[] = {
    [JOURNAL_ACK] = {"ack", "journal.ack"}, [JOURNAL_ERASED] = {"erased", "journal.erased"}};
enum { N_KINDS = sizeof kinds / sizeof kinds[0] };

/* ---- a line ---- */

struct hash journal_key(const struct store *store, enum journal_kind kind, struct str ref)
{
	return vault_key(store->vault, kinds[kind].label, ref);
}

static void put_line(
    struct ctx *c, struct buf *b, enum journal_kind kind, struct instant at, struct hash key)
{
	struct str head = str_fmt(
	    c, "writ/journal/1 %s %lld %s ", kinds[kind].name, (long long)at.s, hash_hex(c, key).p);

	buf_fmt(b, "%s%.*s\n", head.p, CHECK_HEX, hash_hex(c, hash_of(head)).p);
}

/* What a line says; printed again it must be the same bytes, so there is one way to write it. */
static bool read_line(struct ctx *c, struct str line, enum journal_kind *ret_kind,
    struct instant *ret_at, struct hash *ret_key)
{
	struct buf again = buf_init(c, JOURNAL_LINE_MAX + 1);
	struct str rest = line, word[5], more;
	size_t kind = 0;

	for (size_t i = 0; i < 5; i++)
		if (!str_word(&rest, &word[i]))
			return false;
	while (kind < N_KINDS && !str_is(word[1], kinds[kind].name))
		kind++;
	if (kind == N_KINDS || str_word(&rest, &more) || !str_i64(word[2], &ret_at->s) ||
	    !hash_parse(word[3], ret_key))
		return false;
	*ret_kind = (enum journal_kind)kind;
	put_line(c, &again, *ret_kind, *ret_at, *ret_key);
	return !again.over && again.n == line.n + 1 && memcmp(again.p, line.p, line.n) == 0;
}

/* ---- appending ---- */

static int sys_err(struct ctx *c, const char *what, const char *path)
{
	int e = errno;

	return err_set(c, e == ENOENT ? ERR_NOTFOUND : ERR_FAIL, "journal %s: cannot %s: %s", path,
	    what, strerror(e));
}

/* The last bytes of the file: where its last whole line ends, and whether that is a line of ours.
 */
static int find_end(struct ctx *c, int fd, const char *path, off_t size, off_t *ret)
{
	char tail[2 * JOURNAL_LINE_MAX];
	off_t from = size > (off_t)sizeof tail ? size - (off_t)sizeof tail : 0;
	ssize_t got = pread(fd, tail, sizeof tail, from);
	struct mem_mark mark = mem_mark(c);
	enum journal_kind kind;
	struct instant at;
	struct hash key;
	size_t end, begin;
	bool good;

	if (got < 0)
		return sys_err(c, "read", path);
	for (end = (size_t)got; end > 0 && tail[end - 1] != '\n'; end--)
		;
	if (end == 0 && from == 0) { /* a first line that was torn */
		*ret = 0;
		good = size < JOURNAL_LINE_MAX &&
		       strncmp(tail, "writ/journal/1 ", size < HEAD ? (size_t)size : HEAD) == 0;
		return good ? 0 : err_set(c, ERR_FAIL, "journal %s: this is no journal", path);
	}
	for (begin = end == 0 ? 0 : end - 1; begin > 0 && tail[begin - 1] != '\n'; begin--)
		;
	good =
	    end > 0 && read_line(c, (struct str){tail + begin, end - 1 - begin}, &kind, &at, &key);
	mem_reset(c, mark);
	if (!good)
		return err_set(c, ERR_FAIL,
		    "journal %s: its last line is damaged, or it is no journal: nothing is added",
		    path);
	*ret = from + (off_t)end;
	return 0;
}

/* Under the lock. The name is on disk before the first line is, so that a file with lines needs no
 * look at its folder. */
static int append(struct ctx *c, int fd, const char *path, struct str lines)
{
	struct stat st;
	off_t end = 0;
	int rc = 0;

	if (flock(fd, LOCK_EX) != 0 || fstat(fd, &st) != 0)
		return sys_err(c, "lock", path);
	if (!S_ISREG(st.st_mode))
		return err_set(c, ERR_FAIL, "journal %s: not a file", path);
	if (st.st_size == 0) {
		const char *slash = strrchr(path, '/');

		rc = file_sync_dir(c, slash == NULL   ? "."
				      : slash == path ? "/"
						      : mem_dup(c, path, (size_t)(slash - path)));
	} else {
		rc = find_end(c, fd, path, st.st_size, &end);
	}
	if (rc == 0 && end < st.st_size && ftruncate(fd, end) != 0)
		rc = sys_err(c, "cut off its torn line", path);
	if (rc < 0)
		return rc;
	if (file_write_full(fd, lines) != 0)
		rc = sys_err(c, "append", path);
	else if (fsync(fd) != 0)
		rc = sys_err(c, "sync", path);
	if (rc < 0 && ftruncate(fd, end) != 0)
		return err_while(c, rc, "a part was written and could not be cut off");
	return rc;
}

int journal_ready(struct ctx *c, struct str path)
{
	size_t n = path.n;

	while (n > 0 && path.p[n - 1] != '/')
		n--;
	return n <= 1 ? 0 : file_mkdirs(c, mem_dup(c, path.p, n - 1), 0700);
}

static int add_lines(struct ctx *c, struct str path, struct str lines)
{
	const char *name = str_z(c, path);
	int fd, rc = 0;

	if (lines.n == 0)
		return 0;
	if (!file_exists(name))
		rc = journal_ready(c, path);
	if (rc != 0)
		return rc;
	fd = open(name, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
	if (fd < 0)
		return sys_err(c, "open", name);
	rc = append(c, fd, name, lines);
	(void)close(fd);
	return rc;
}

int journal_add_all(struct ctx *c, const struct store *store, struct str path,
    enum journal_kind kind, const struct str *refs, size_t n, struct instant at)
{
	struct mem_mark mark = mem_mark(c);
	struct buf b = buf_init(c, n * JOURNAL_LINE_MAX);
	int rc;

	for (size_t i = 0; i < n; i++)
		put_line(c, &b, kind, at, journal_key(store, kind, refs[i]));
	rc = add_lines(c, path, buf_str(&b));
	mem_reset(c, mark);
	return rc;
}

int journal_add(struct ctx *c, const struct store *store, struct str path, enum journal_kind kind,
    struct str ref, struct instant at)
{
	return journal_add_all(c, store, path, kind, &ref, 1, at);
}

/* ---- reading ---- */

struct reading {
	const char *path;
	char *p; /* READ_AT_ONCE bytes; n of them are not a whole line yet */
	size_t n;
	int64_t line;
	int (*fn)(
	    struct ctx *c, enum journal_kind kind, struct instant at, struct hash key, void *arg);
	void *arg;
};

static int take_line(struct ctx *c, struct reading *r, struct str line)
{
	struct mem_mark mark = mem_mark(c);
	enum journal_kind kind;
	struct instant at;
	struct hash key;
	bool good = read_line(c, line, &kind, &at, &key);

	mem_reset(c, mark);
	r->line++;
	if (!good)
		return err_set(
		    c, ERR_FAIL, "journal %s: line %lld is damaged", r->path, (long long)r->line);
	return r->fn == NULL ? 0 : r->fn(c, kind, at, key, r->arg);
}

static int take_lines(struct ctx *c, struct reading *r)
{
	size_t from = 0;
	int rc = 0;

	while (rc == 0) {
		const char *end = memchr(r->p + from, '\n', r->n - from);
		size_t n = end == NULL ? 0 : (size_t)(end - (r->p + from));

		if (end == NULL)
			break;
		rc = take_line(c, r, (struct str){r->p + from, n});
		from += n + 1;
	}
	if (rc != 0)
		return rc;
	memmove(r->p, r->p + from, r->n - from);
	r->n -= from;
	if (r->n >= JOURNAL_LINE_MAX)
		rc = err_set(c, ERR_FAIL, "journal %s: line %lld is damaged", r->path,
		    (long long)r->line + 1);
	return rc;
}

/* What is in the file now: the lock is held only to find out how long it is, so that fn may take
 * its time, and append. */
static int read_lines(struct ctx *c, struct reading *r)
{
	int fd = open(r->path, O_RDONLY | O_CLOEXEC | O_NOCTTY), rc = 0;
	struct stat st;
	off_t at = 0;

	if (fd < 0)
		return sys_err(c, "open", r->path);
	if (flock(fd, LOCK_SH) != 0 || fstat(fd, &st) != 0)
		rc = sys_err(c, "lock", r->path);
	else if (!S_ISREG(st.st_mode))
		rc = err_set(c, ERR_FAIL, "journal %s: not a file", r->path);
	(void)flock(fd, LOCK_UN);
	r->p = mem_alloc(c, READ_AT_ONCE);
	while (rc == 0 && at < st.st_size) {
		size_t room = READ_AT_ONCE - r->n;
		ssize_t got = pread(fd, r->p + r->n,
		    (off_t)room < st.st_size - at ? room : (size_t)(st.st_size - at), at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			rc = sys_err(c, "read", r->path);
		if (got <= 0)
			break;
		at += got;
		r->n += (size_t)got;
		rc = take_lines(c, r);
	}
	(void)close(fd);
	return rc;
}

int journal_each(struct ctx *c, struct str path,
    int (*fn)(struct ctx *c, enum journal_kind kind, struct instant at, struct hash key, void *arg),
    void *arg)
{
	struct reading r = {.path = str_z(c, path), .fn = fn, .arg = arg};

	return read_lines(c, &r);
}

int journal_torn(struct ctx *c, struct str path, bool *ret)
{
	struct mem_mark mark = mem_mark(c);
	struct reading r = {.path = str_z(c, path)};
	int rc = read_lines(c, &r);

	mem_reset(c, mark);
	if (rc == 0)
		*ret = r.n > 0;
	return rc;
}

/* ---- from one into another ---- */

struct copying {
	struct str to;
	struct buf lines;
};

static int copy_line(
    struct ctx *c, enum journal_kind kind, struct instant at, struct hash key, void *arg)
{
	struct copying *x = arg;
	int rc = 0;

	if (x->lines.n + JOURNAL_LINE_MAX > x->lines.limit) {
		rc = add_lines(c, x->to, buf_str(&x->lines));
		x->lines.n = 0;
	}
	put_line(c, &x->lines, kind, at, key);
	return rc;
}

int journal_copy(struct ctx *c, struct str from, struct str to)
{
	struct copying x = {to, buf_init(c, READ_AT_ONCE)};
	int rc = journal_each(c, from, copy_line, &x);

	return rc == 0 ? add_lines(c, to, buf_str(&x.lines)) : rc;
}
