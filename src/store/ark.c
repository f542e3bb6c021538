#include "store/ark.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"

enum {
	CHUNK = 64 << 10,
	STREAM = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	EXTRA = crypto_secretstream_xchacha20poly1305_ABYTES,
	LAST = crypto_secretstream_xchacha20poly1305_TAG_FINAL,
	MAGIC = 14,
	CHECK = 8,
	HEAD = MAGIC + VAULT_WRAPPED + CHECK,
	RECORD = 9
};
_Static_assert(STREAM == 24 && EXTRA == 17, "sizes named in ark.h");

static const char magic[] = "writ/backup/1\n";
_Static_assert(sizeof magic == MAGIC + 1, "the head's length");

struct ark {
	crypto_secretstream_xchacha20poly1305_state stream;
	unsigned char plain[CHUNK], sealed[CHUNK + EXTRA];
	size_t n, at; /* bytes in plain, and how many of them were read */
	bool last;    /* the last chunk was read */
	int64_t left; /* of the record that is being read */
	int fd;
	char *path, *temp; /* temp: NULL when reading, and once finished */
};

static int sys_err(struct ctx *c, const struct ark *a, const char *what)
{
	int e = errno;

	return err_set(c, e == ENOENT ? ERR_NOTFOUND : ERR_FAIL, "%s: cannot %s: %s", a->path, what,
	    strerror(e));
}

static struct ark *make(const char *path)
{
	struct ark *a = calloc(1, sizeof *a);

	if (a == NULL || (a->path = strdup(path)) == NULL)
		abort();
	a->fd = -1;
	return a;
}

void ark_close(struct ark **a)
{
	if (*a == NULL)
		return;
	if ((*a)->temp != NULL && (*a)->fd >= 0)
		(void)unlink((*a)->temp);
	if ((*a)->fd >= 0)
		(void)close((*a)->fd);
	free((*a)->path);
	free((*a)->temp);
	explicit_bzero(*a, sizeof **a);
	free(*a);
	*a = NULL;
}

static void put_check(const unsigned char *head, unsigned char check[static CHECK])
{
	struct hash h = hash_of((struct str){(const char *)head, MAGIC + VAULT_WRAPPED});

	memcpy(check, h.b, CHECK);
}

/* ---- writing ---- */

static int write_all(struct ctx *c, struct ark *a, const unsigned char *p, size_t n)
{
	return file_write_full(a->fd, (struct str){(const char *)p, n}) == 0
		   ? 0
		   : sys_err(c, a, "write");
}

static int put_chunk(struct ctx *c, struct ark *a, unsigned char tag)
{
	size_t n = a->n;

	(void)crypto_secretstream_xchacha20poly1305_push(
	    &a->stream, a->sealed, NULL, a->plain, n, NULL, 0, tag);
	a->n = 0;
	return write_all(c, a, a->sealed, n + EXTRA);
}

static int put_bytes(struct ctx *c, struct ark *a, const char *p, size_t n)
{
	int rc = 0;

	while (n > 0 && rc == 0) {
		size_t k = n < CHUNK - a->n ? n : CHUNK - a->n;

		memcpy(a->plain + a->n, p, k);
		a->n += k;
		p += k;
		n -= k;
		if (a->n == CHUNK)
			rc = put_chunk(c, a, 0);
	}
	return rc;
}

static int put_head(struct ctx *c, struct ark *a, const struct vault *v)
{
	unsigned char head[HEAD + STREAM], key[VAULT_KEY];
	int rc;

	ctx_random(c, key, sizeof key);
	memcpy(head, magic, MAGIC);
	vault_wrap(c, v, str_of(magic), key, head + MAGIC);
	put_check(head, head + MAGIC + VAULT_WRAPPED);
	(void)crypto_secretstream_xchacha20poly1305_init_push(&a->stream, head + HEAD, key);
	explicit_bzero(key, sizeof key);
	rc = write_all(c, a, head, sizeof head);
	return rc;
}

static int open_new(struct ctx *c, struct ark *a)
{
	a->fd = open(a->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (a->fd < 0)
		return errno == EEXIST ? ERR_CONFLICT : sys_err(c, a, "make a file beside it");
	return flock(a->fd, LOCK_EX | LOCK_NB) == 0 ? 0 : sys_err(c, a, "lock the file beside it");
}

/* It begins as a backup does, or is empty still: not somebody's own file of that name. */
static bool is_left(int fd)
{
	char head[MAGIC];
	ssize_t got = pread(fd, head, sizeof head, 0);

	return got == 0 || (got == MAGIC && memcmp(head, magic, MAGIC) == 0);
}

/* The lock tells a file that is being written from one that a killed process left behind. */
static int open_temp(struct ctx *c, struct ark *a)
{
	int rc = open_new(c, a), left;

	if (rc != ERR_CONFLICT)
		return rc;
	left = open(a->temp, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (left >= 0 && flock(left, LOCK_EX | LOCK_NB) == 0 && is_left(left) &&
	    unlink(a->temp) == 0)
		rc = open_new(c, a);
	if (left >= 0)
		(void)close(left);
	return rc == ERR_CONFLICT
		   ? err_set(c, ERR_CONFLICT,
			 "%s: another process writes this file now, or %s is in the way", a->path,
			 a->temp)
		   : rc;
}

int ark_create(struct ctx *c, const struct vault *v, const char *path, struct ark **ret)
{
	struct ark *a;
	int rc;

	if (file_exists(path))
		return err_set(c, ERR_CONFLICT, "%s: exists already", path);
	a = make(path);
	a->temp = malloc(strlen(path) + sizeof ".tmp");
	if (a->temp == NULL)
		abort();
	(void)snprintf(a->temp, strlen(path) + sizeof ".tmp", "%s.tmp", path);
	rc = open_temp(c, a);
	if (rc == 0)
		rc = put_head(c, a, v);
	if (rc == 0)
		*ret = a;
	else
		ark_close(&a);
	return rc;
}

static int put_record(struct ctx *c, struct ark *a, char kind, uint64_t size)
{
	char head[RECORD];

	head[0] = kind;
	for (int i = 8; i > 0; i--, size >>= 8)
		head[i] = (char)(size & 255);
	return put_bytes(c, a, head, sizeof head);
}

int ark_put(struct ctx *c, struct ark *a, char kind, const struct str *parts, size_t n)
{
	uint64_t size = 0;
	int rc;

	for (size_t i = 0; i < n; i++)
		size += parts[i].n;
	rc = put_record(c, a, kind, size);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = put_bytes(c, a, parts[i].p, parts[i].n);
	return rc;
}

int ark_put_file(struct ctx *c, struct ark *a, char kind, struct str head, int fd, int64_t size,
    struct hash *ret)
{
	char room[16 << 10];
	struct hash_run run;
	int rc = put_record(c, a, kind, head.n + (uint64_t)size);

	hash_begin(&run);
	if (rc == 0)
		rc = put_bytes(c, a, head.p, head.n);
	while (size > 0 && rc == 0) {
		ssize_t got =
		    read(fd, room, size < (int64_t)sizeof room ? (size_t)size : sizeof room);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_set(c, ERR_FAIL, "a file became shorter while it was read");
		hash_add(&run, (struct str){room, (size_t)got});
		rc = put_bytes(c, a, room, (size_t)got);
		size -= got;
	}
	*ret = hash_end(&run);
	return rc;
}

int ark_finish(struct ctx *c, struct ark *a)
{
	int rc = put_chunk(c, a, LAST);

	if (rc == 0 && fsync(a->fd) != 0)
		rc = sys_err(c, a, "sync");
	if (rc == 0)
		rc = file_rename_new(c, a->temp, a->path);
	if (rc != 0)
		return rc;
	free(a->temp);
	a->temp = NULL;
	return 0;
}

/* ---- reading ---- */

static int damaged(struct ctx *c, const struct ark *a)
{
	return err_set(c, ERR_FAIL, "%s: the backup is damaged or cut", a->path);
}

static int open_head(struct ctx *c, struct ark *a, const struct vault *v)
{
	unsigned char head[HEAD + STREAM], check[CHECK], key[VAULT_KEY];
	ssize_t got = file_read_full(a->fd, head, sizeof head);
	int rc = 0;

	if (got < 0)
		return sys_err(c, a, "read");
	if (got < MAGIC || memcmp(head, magic, MAGIC) != 0)
		return err_set(c, ERR_INVALID, "%s: not a backup of Writ", a->path);
	if (got < (ssize_t)sizeof head)
		return err_set(c, ERR_INVALID, "%s: the backup is cut", a->path);
	put_check(head, check);
	if (memcmp(check, head + MAGIC + VAULT_WRAPPED, CHECK) != 0)
		return err_set(c, ERR_INVALID, "%s: the backup's head is damaged", a->path);
	if (!vault_unwrap(v, str_of(magic), head + MAGIC, key))
		return err_set(c, ERR_DENIED,
		    "%s: the backup was made with another instance key than this one", a->path);
	if (crypto_secretstream_xchacha20poly1305_init_pull(&a->stream, head + HEAD, key) != 0)
		rc = damaged(c, a);
	explicit_bzero(key, sizeof key);
	return rc;
}

int ark_open(struct ctx *c, const struct vault *v, const char *path, struct ark **ret)
{
	struct ark *a = make(path);
	int rc = 0;

	a->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (a->fd < 0)
		rc = sys_err(c, a, "open");
	if (rc == 0)
		rc = open_head(c, a, v);
	if (rc == 0)
		*ret = a;
	else
		ark_close(&a);
	return rc;
}

/* The next chunk. The end of the file is told only by the mark on the last one. */
static int get_chunk(struct ctx *c, struct ark *a)
{
	unsigned long long n;
	unsigned char tag, more;
	ssize_t got = file_read_full(a->fd, a->sealed, sizeof a->sealed);

	if (got < 0)
		return sys_err(c, a, "read");
	if (got < EXTRA || crypto_secretstream_xchacha20poly1305_pull(&a->stream, a->plain, &n,
			       &tag, a->sealed, (unsigned long long)got, NULL, 0) != 0)
		return damaged(c, a);
	a->n = (size_t)n;
	a->at = 0;
	a->last = tag == LAST;
	if (a->last && file_read_full(a->fd, &more, 1) != 0)
		return damaged(c, a);
	return 0;
}

/* p NULL: passed over. */
static int get_bytes(struct ctx *c, struct ark *a, unsigned char *p, uint64_t n)
{
	while (n > 0) {
		size_t k;
		int rc = 0;

		if (a->at == a->n)
			rc = a->last ? damaged(c, a) : get_chunk(c, a);
		if (rc != 0)
			return rc;
		k = n < a->n - a->at ? (size_t)n : a->n - a->at;
		if (p != NULL) {
			memcpy(p, a->plain + a->at, k);
			p += k;
		}
		a->at += k;
		n -= k;
	}
	return 0;
}

int ark_next(struct ctx *c, struct ark *a, char *ret_kind, int64_t *ret_size)
{
	unsigned char head[RECORD];
	uint64_t size = 0;
	int rc = get_bytes(c, a, NULL, (uint64_t)a->left);

	a->left = 0;
	while (rc == 0 && a->at == a->n) {
		if (a->last)
			return err_set(c, ERR_NOTFOUND, "%s: no more records", a->path);
		rc = get_chunk(c, a);
	}
	if (rc == 0)
		rc = get_bytes(c, a, head, sizeof head);
	for (size_t i = 1; i < RECORD && rc == 0; i++)
		size = size << 8 | head[i];
	if (rc == 0 && size > INT64_MAX)
		rc = damaged(c, a);
	if (rc != 0)
		return rc;
	a->left = (int64_t)size;
	*ret_kind = (char)head[0];
	*ret_size = a->left;
	return 0;
}

int ark_read(struct ctx *c, struct ark *a, void *p, size_t n)
{
	if ((int64_t)n > a->left)
		return damaged(c, a);
	a->left -= (int64_t)n;
	return get_bytes(c, a, p, n);
}

int ark_take(struct ctx *c, struct ark *a, size_t limit, struct str *ret)
{
	size_t n = (size_t)a->left;
	char *p;
	int rc;

	if (n > limit)
		return err_set(c, ERR_LIMIT, "%s: a record above %zu bytes", a->path, limit);
	p = mem_alloc(c, n + 1);
	rc = ark_read(c, a, p, n);
	if (rc == 0)
		*ret = (struct str){p, n};
	return rc;
}
