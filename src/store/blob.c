#include "store/blob.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"

enum {
	HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	EXTRA = crypto_secretstream_xchacha20poly1305_ABYTES,
	SEALED_CHUNK = BLOB_CHUNK + EXTRA,
	LAST = crypto_secretstream_xchacha20poly1305_TAG_FINAL
};
_Static_assert(BLOB_KEY == crypto_secretstream_xchacha20poly1305_KEYBYTES, "key");
_Static_assert(HEADER == 24 && EXTRA == 17, "sizes named in blob.h");

/* One document on its way in or out. */
struct flow {
	crypto_secretstream_xchacha20poly1305_state stream;
	unsigned char plain[BLOB_CHUNK], sealed[SEALED_CHUNK];
	struct hash_run plain_run, sealed_run;
	int64_t size;
	int in, out;
};

static int sys_err(struct ctx *c, const char *path)
{
	return err_set(
	    c, errno == ENOENT ? ERR_NOTFOUND : ERR_FAIL, "%s: %s", path, strerror(errno));
}

static struct str bytes_of(const unsigned char *p, size_t n)
{
	return (struct str){(const char *)p, n};
}

static int flow_start(struct ctx *c, struct flow **ret)
{
	struct flow *f;

	if (sodium_init() < 0)
		return err_set(c, ERR_FAIL, "libsodium does not start");
	f = mem_alloc(c, sizeof *f);
	hash_begin(&f->plain_run);
	hash_begin(&f->sealed_run);
	*ret = f;
	return 0;
}

/* ---- in ---- */

static int put_out(struct ctx *c, struct flow *f, const unsigned char *p, size_t n)
{
	hash_add(&f->sealed_run, bytes_of(p, n));
	return file_write_full(f->out, bytes_of(p, n)) == 0
		   ? 0
		   : err_set(c, ERR_FAIL, "blob: %s", strerror(errno));
}

static int encrypt(
    struct ctx *c, struct flow *f, const char *path, int64_t limit, const unsigned char *key)
{
	unsigned char header[HEADER];
	ssize_t got;
	int rc;

	/* libsodium draws the header at random; with a key that is never used twice that is free to
	 * be anything */
	(void)crypto_secretstream_xchacha20poly1305_init_push(&f->stream, header, key);
	rc = put_out(c, f, header, HEADER);
	do {
		got = rc == 0 ? file_read_full(f->in, f->plain, BLOB_CHUNK) : 0;
		if (got < 0)
			rc = sys_err(c, path);
		else if (rc == 0 && f->size + got > limit)
			rc = err_set(
			    c, ERR_LIMIT, "%s: larger than %lld bytes", path, (long long)limit);
		if (rc < 0)
			return rc;
		f->size += got;
		hash_add(&f->plain_run, bytes_of(f->plain, (size_t)got));
		(void)crypto_secretstream_xchacha20poly1305_push(&f->stream, f->sealed, NULL,
		    f->plain, (size_t)got, NULL, 0, got < BLOB_CHUNK ? LAST : 0);
		rc = put_out(c, f, f->sealed, (size_t)got + EXTRA);
	} while (got == BLOB_CHUNK && rc == 0);
	return rc;
}

static int open_source(struct ctx *c, const char *path, int *ret)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return sys_err(c, path);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		(void)close(fd);
		return err_set(c, ERR_INVALID, "%s: not a regular file", path);
	}
	*ret = fd;
	return 0;
}

/* From its temporary name to the one its bytes give it. */
static int settle(struct ctx *c, const char *dir, const char *temp, int fd, const char *name)
{
	struct str folder = str_fmt(c, "%s/%.2s", dir, name);
	int rc = file_mkdirs(c, folder.p, 0700);

	if (rc == 0 && fsync(fd) != 0)
		rc = sys_err(c, temp);
	if (rc == 0 && rename(temp, str_fmt(c, "%s/%s", folder.p, name).p) != 0)
		rc = sys_err(c, temp);
	if (rc == 0)
		rc = file_sync_dir(c, folder.p);
	return rc == 0 ? file_sync_dir(c, dir) : rc;
}

static int put_flow(struct ctx *c, struct flow *f, const char *dir, const char *path, int64_t limit,
    struct blob_made *made)
{
	char *temp = mem_dup(c, str_fmt(c, "%s/.new.XXXXXX", dir).p, strlen(dir) + 12);
	int rc;

	f->out = mkostemp(temp, O_CLOEXEC); /* mode 0600 */
	if (f->out < 0)
		return sys_err(c, temp);
	rc = encrypt(c, f, path, limit, made->key);
	if (rc == 0) {
		struct str hex = hash_hex(c, hash_end(&f->sealed_run));

		memcpy(made->name, hex.p, BLOB_NAME + 1);
		made->plain = hash_end(&f->plain_run);
		made->size = f->size;
		rc = settle(c, dir, temp, f->out, made->name);
	}
	(void)close(f->out);
	if (rc < 0)
		(void)unlink(temp);
	return rc;
}

int blob_put(struct ctx *c, const char *dir, const char *path, int64_t limit, struct blob_made *ret)
{
	struct mem_mark mark = mem_mark(c);
	struct blob_made made = {{0}, {0}, 0, {{0}}};
	struct flow *f;
	int rc = flow_start(c, &f);

	if (rc < 0)
		return rc;
	rc = open_source(c, path, &f->in);
	if (rc == 0) {
		ctx_random(c, made.key, BLOB_KEY);
		rc = put_flow(c, f, dir, path, limit, &made);
		(void)close(f->in);
	}
	if (rc == 0)
		*ret = made;
	explicit_bzero(made.key, BLOB_KEY);
	explicit_bzero(f, sizeof *f);
	mem_reset(c, mark);
	return rc;
}

/* ---- out ---- */

static int blob_err(struct ctx *c, struct str name, const char *what)
{
	return err_set(c, ERR_FAIL, "blob %.*s: %s", STR_ARG(name), what);
}

static int decrypt(struct ctx *c, struct flow *f, struct str name, const unsigned char *key)
{
	unsigned char header[HEADER], tag = 0;
	unsigned long long n;
	ssize_t got = file_read_full(f->in, header, HEADER);

	if (got != HEADER ||
	    crypto_secretstream_xchacha20poly1305_init_pull(&f->stream, header, key) != 0)
		return blob_err(c, name, "damaged or cut");
	hash_add(&f->sealed_run, bytes_of(header, HEADER));
	while (tag != LAST) {
		got = file_read_full(f->in, f->sealed, SEALED_CHUNK);
		if (got < EXTRA || crypto_secretstream_xchacha20poly1305_pull(&f->stream, f->plain,
				       &n, &tag, f->sealed, (unsigned long long)got, NULL, 0) != 0)
			return blob_err(c, name, "damaged, cut, or of another key");
		hash_add(&f->sealed_run, bytes_of(f->sealed, (size_t)got));
		hash_add(&f->plain_run, bytes_of(f->plain, (size_t)n));
		f->size += (int64_t)n;
		if (file_write_full(f->out, bytes_of(f->plain, (size_t)n)) != 0)
			return blob_err(c, name, strerror(errno));
	}
	if (file_read_full(f->in, f->sealed, 1) != 0)
		return blob_err(c, name, "damaged: something stands behind its end");
	return 0;
}

int blob_get(struct ctx *c, const char *dir, struct str name,
    const unsigned char key[static BLOB_KEY], int fd, struct blob_made *ret)
{
	struct mem_mark mark = mem_mark(c);
	struct hash want;
	struct flow *f;
	int rc;

	if (!hash_parse(name, &want) || !str_eq(hash_hex(c, want), name))
		return err_set(c, ERR_INVALID, "not a blob's name");
	rc = flow_start(c, &f);
	if (rc < 0)
		return rc;
	f->out = fd;
	f->in = open(str_fmt(c, "%s/%.2s/%.*s", dir, name.p, STR_ARG(name)).p,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (f->in < 0)
		rc = blob_err(c, name, strerror(errno));
	else {
		rc = decrypt(c, f, name, key);
		(void)close(f->in);
	}
	if (rc == 0 && !hash_eq(hash_end(&f->sealed_run), want))
		rc = blob_err(c, name, "its bytes are not those of its name");
	if (rc == 0 && ret != NULL) {
		memcpy(ret->name, name.p, BLOB_NAME);
		ret->name[BLOB_NAME] = '\0';
		memcpy(ret->key, key, BLOB_KEY);
		ret->size = f->size;
		ret->plain = hash_end(&f->plain_run);
	}
	explicit_bzero(f, sizeof *f);
	mem_reset(c, mark);
	return rc;
}

int blob_get_file(struct ctx *c, const char *dir, struct str name,
    const unsigned char key[static BLOB_KEY], const char *path, struct blob_made *ret)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	int rc;

	if (fd < 0)
		return err_set(
		    c, errno == EEXIST ? ERR_CONFLICT : ERR_FAIL, "%s: %s", path, strerror(errno));
	rc = blob_get(c, dir, name, key, fd, ret);
	if (rc == 0 && fsync(fd) != 0)
		rc = sys_err(c, path);
	(void)close(fd);
	if (rc < 0)
		(void)unlink(path);
	return rc;
}

/* ---- out, piece by piece ---- */

struct blob_read {
	struct flow f;
	struct hash want;
	size_t at, n; /* what of the chunk in f.plain was given out, of how much */
	bool last;
};

int blob_open(struct ctx *c, const char *dir, struct str name,
    const unsigned char key[static BLOB_KEY], struct blob_read **ret)
{
	unsigned char header[HEADER];
	struct blob_read *b;
	struct hash want;

	if (!hash_parse(name, &want) || !str_eq(hash_hex(c, want), name))
		return err_set(c, ERR_INVALID, "not a blob's name");
	if (sodium_init() < 0)
		return err_set(c, ERR_FAIL, "libsodium does not start");
	b = mem_alloc(c, sizeof *b);
	b->want = want;
	hash_begin(&b->f.sealed_run);
	b->f.in = open(str_fmt(c, "%s/%.2s/%.*s", dir, name.p, STR_ARG(name)).p,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (b->f.in < 0)
		return blob_err(c, name, strerror(errno));
	if (file_read_full(b->f.in, header, HEADER) != HEADER ||
	    crypto_secretstream_xchacha20poly1305_init_pull(&b->f.stream, header, key) != 0) {
		blob_close(&b);
		return blob_err(c, name, "damaged or cut");
	}
	hash_add(&b->f.sealed_run, bytes_of(header, HEADER));
	*ret = b;
	return 0;
}

/* The next chunk; the last one only with its end and the name's hash looked at. */
static bool chunk(struct blob_read *b)
{
	unsigned char tag = 0;
	unsigned long long n;
	ssize_t got = file_read_full(b->f.in, b->f.sealed, SEALED_CHUNK);

	if (got < EXTRA || crypto_secretstream_xchacha20poly1305_pull(&b->f.stream, b->f.plain, &n,
			       &tag, b->f.sealed, (unsigned long long)got, NULL, 0) != 0)
		return false;
	hash_add(&b->f.sealed_run, bytes_of(b->f.sealed, (size_t)got));
	b->at = 0;
	b->n = (size_t)n;
	b->last = tag == LAST;
	return !b->last || (file_read_full(b->f.in, b->f.sealed, 1) == 0 &&
			       hash_eq(hash_end(&b->f.sealed_run), b->want));
}

ssize_t blob_next(struct blob_read *b, char *p, size_t n)
{
	if (b->at == b->n && !b->last && !chunk(b)) {
		b->at = b->n = 0;
		return -1;
	}
	if (n > b->n - b->at)
		n = b->n - b->at;
	memcpy(p, b->f.plain + b->at, n);
	b->at += n;
	return (ssize_t)n;
}

void blob_close(struct blob_read **b)
{
	if (*b == NULL)
		return;
	if ((*b)->f.in >= 0)
		(void)close((*b)->f.in);
	explicit_bzero(*b, sizeof **b);
	*b = NULL;
}
