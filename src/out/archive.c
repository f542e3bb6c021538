#include "out/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 512, TEXTS_MAX = 64 << 20 };

static const char zeros[2 * BLOCK];

static int file_open(const struct produce_file *f)
{
	return open(
	    f->path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK); /* no pipe holds us */
}

int archive_measure(struct ctx *c, struct produce_file *f)
{
	int fd = file_open(f), rc = 0;
	struct stat st;

	if (fd < 0)
		return err_set(c, errno == ENOENT ? ERR_NOTFOUND : ERR_FAIL,
		    "collected file for item %lld: %s", (long long)f->item, strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > ARCHIVE_FILE_MAX)
		rc = err_set(c, ERR_INVALID,
		    "collected file for item %lld: not a plain file below 8 GiB",
		    (long long)f->item);
	else
		f->size = st.st_size;
	(void)close(fd);
	return rc;
}

/* ---- one head ---- */

static void octal(char *to, size_t width, uint64_t v)
{
	to[width - 1] = '\0';
	for (size_t i = width - 1; i-- > 0; v >>= 3)
		to[i] = (char)('0' + (v & 7));
}

static struct str head(struct archive *a, struct str name, int64_t size)
{
	char *h = a->head;
	unsigned sum = 0;

	memset(h, 0, BLOCK);
	memcpy(h, name.p, name.n < 100 ? name.n : 99);
	octal(h + 100, 8, 0600);
	octal(h + 108, 8, 0);
	octal(h + 116, 8, 0);
	octal(h + 124, 12, (uint64_t)size);
	octal(h + 136, 12, (uint64_t)a->now);
	memset(h + 148, ' ', 8);
	h[156] = '0';
	memcpy(h + 257,
	    "ustar\0"
	    "00",
	    8);
	for (size_t i = 0; i < BLOCK; i++)
		sum += (unsigned char)h[i];
	octal(h + 148, 7, sum);
	return (struct str){h, BLOCK};
}

static int64_t padding(int64_t size)
{
	return (BLOCK - size % BLOCK) % BLOCK;
}

void archive_text(struct archive *a, struct str name, struct str text)
{
	buf_put(&a->text, head(a, name, (int64_t)text.n));
	buf_put(&a->text, text);
	buf_put(&a->text, (struct str){zeros, (size_t)padding((int64_t)text.n)});
}

/* ---- the files ---- */

/* The texts, and two empty blocks: the end. */
static int finish(struct archive *a)
{
	int rc;

	a->text = buf_init(a->c, TEXTS_MAX);
	a->ended = true;
	rc = a->last(a, a->arg);
	buf_put(&a->text, (struct str){zeros, sizeof zeros});
	return rc == 0 ? buf_end(&a->text, "manifest", &a->ready) : rc;
}

static int begin_file(struct archive *a)
{
	while (a->at < a->n && a->files[a->at].no_data)
		a->at++;
	if (a->at == a->n)
		return finish(a);
	a->fd = file_open(&a->files[a->at]);
	if (a->fd < 0)
		return err_set(
		    a->c, ERR_CONFLICT, "a collected file went away while it was sealed");
	a->left = a->files[a->at].size;
	a->padding = padding(a->left);
	hash_begin(&a->run);
	a->ready = head(a, a->files[a->at].name, a->left);
	return 0;
}

static int end_file(struct archive *a)
{
	static const struct hash unknown;
	struct produce_file *f = &a->files[a->at++];
	struct hash h = hash_end(&a->run);
	char more;
	bool whole = read(a->fd, &more, 1) == 0;

	(void)close(a->fd);
	a->fd = -1;
	if (whole && (hash_eq(f->sha256, unknown) || hash_eq(f->sha256, h))) {
		f->sha256 = h;
		return 0;
	}
	return err_set(a->c, ERR_CONFLICT, "a collected file changed while it was sealed");
}

static ssize_t take(struct archive *a, void *buf, size_t n)
{
	ssize_t got;

	if (n > (uint64_t)a->left)
		n = (size_t)a->left;
	got = read(a->fd, buf, n);
	if (got <= 0)
		return err_set(a->c, ERR_CONFLICT, "a collected file shrank while it was sealed");
	hash_add(&a->run, (struct str){buf, (size_t)got});
	a->left -= got;
	return got;
}

void archive_begin(struct archive *a)
{
	a->fd = -1;
}

ssize_t archive_next(void *arg, void *buf, size_t n)
{
	struct archive *a = arg;
	int rc;

	for (;;) {
		if (a->ready.n > 0) {
			size_t k = n < a->ready.n ? n : a->ready.n;

			memcpy(buf, a->ready.p, k);
			a->ready.p += k;
			a->ready.n -= k;
			return (ssize_t)k;
		}
		if (a->ended)
			return 0;
		if (a->fd >= 0 && a->left > 0)
			return take(a, buf, n);
		if (a->fd >= 0 && a->padding > 0) {
			a->ready = (struct str){zeros, (size_t)a->padding};
			a->padding = 0;
			continue;
		}
		rc = a->fd >= 0 ? end_file(a) : 0;
		if (rc == 0)
			rc = begin_file(a);
		if (rc != 0)
			return rc;
	}
}

void archive_end(struct archive *a)
{
	if (a->fd >= 0)
		(void)close(a->fd);
	a->fd = -1;
}
