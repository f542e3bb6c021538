#include "out/collected.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "kind/yaml.h"
#include "os/file.h"

#define SIZE_MAX_USTAR 077777777777ll /* eleven octal digits: 8 GiB */

struct passing {
	const char *what;
	int in, out;
	struct hash_run came, leaves;
	int64_t came_size, leaves_size;
};

static int take(struct ctx *c, void *arg, char *p, size_t cap, size_t *ret_n)
{
	struct passing *f = arg;
	ssize_t got;

	do
		got = read(f->in, p, cap);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_set(c, ERR_FAIL, "%s: %s", f->what, strerror(errno));
	hash_add(&f->came, (struct str){p, (size_t)got});
	f->came_size += got;
	*ret_n = (size_t)got;
	return 0;
}

static int put(struct ctx *c, void *arg, struct str s)
{
	struct passing *f = arg;

	hash_add(&f->leaves, s);
	f->leaves_size += (int64_t)s.n;
	if (f->leaves_size > SIZE_MAX_USTAR)
		return err_set(c, ERR_LIMIT, "what may leave is larger than 8 GiB");
	if (f->out >= 0 && file_write_full(f->out, s) != 0)
		return err_set(c, ERR_FAIL, "what may leave of %s cannot be written: %s", f->what,
		    strerror(errno));
	return 0;
}

/* What was not read to its end by the check counts too: the hash is of the whole file. */
static int rest(struct ctx *c, struct passing *f)
{
	static const size_t chunk = 1 << 16;
	char *p = mem_alloc(c, chunk);
	size_t n = 1;
	int rc = 0;

	while (rc == 0 && n > 0)
		rc = take(c, f, p, chunk, &n);
	return rc;
}

int collected_check(struct ctx *c, const struct yield_ask *ask, const char *what, const char *path,
    int out, struct collected *ret)
{
	struct passing f = {.what = what, .out = out};
	struct stat st;
	int rc = 0;

	f.in = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK); /* no pipe holds us */
	if (f.in < 0)
		return err_set(
		    c, errno == ENOENT ? ERR_NOTFOUND : ERR_FAIL, "%s: %s", what, strerror(errno));
	if (fstat(f.in, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > SIZE_MAX_USTAR)
		rc = err_set(c, ERR_INVALID, "%s: not a plain file below 8 GiB", what);
	hash_begin(&f.came);
	hash_begin(&f.leaves);
	if (rc == 0) {
		rc = yield_check(c, ask, (struct csv_input){take, &f}, (struct yield_sink){put, &f},
		    &ret->yield);
		if (rc == ERR_INVALID || rc == ERR_LIMIT)
			rc = err_while(c, rc, "%s", what);
	}
	if (rc == 0)
		rc = rest(c, &f);
	(void)close(f.in);
	ret->came = hash_end(&f.came);
	ret->leaves = hash_end(&f.leaves);
	ret->came_size = f.came_size;
	ret->leaves_size = f.leaves_size;
	return rc;
}

int collected_hash(struct ctx *c, const char *path, struct hash *ret)
{
	static const size_t chunk = 1 << 16;
	struct passing f = {.what = "the file"};
	char *p = mem_alloc(c, chunk);
	struct stat st;
	size_t n = 1;
	int rc = 0;

	f.in = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (f.in < 0)
		return err_set(
		    c, errno == ENOENT ? ERR_NOTFOUND : ERR_FAIL, "the file: %s", strerror(errno));
	if (fstat(f.in, &st) != 0 || !S_ISREG(st.st_mode))
		rc = err_set(c, ERR_INVALID, "the file: not a plain file");
	hash_begin(&f.came);
	while (rc == 0 && n > 0)
		rc = take(c, &f, p, chunk, &n);
	(void)close(f.in);
	*ret = hash_end(&f.came);
	return rc;
}

/* ---- declared shapes ---- */

int collected_shape(struct ctx *c, const char *path, struct yield_shapes *all)
{
	const struct yield_shape *s;
	struct str text;
	int rc = file_read(c, path, YAML_MAX, &text);

	if (rc == 0)
		rc = yield_shape_parse(c, path, text, &s);
	if (rc == 0)
		yield_shapes_add(c, all, s);
	return rc;
}

struct listing {
	const char *dir;
	struct yield_shapes *all;
};

static int add(struct ctx *c, const char *name, void *arg)
{
	const struct listing *l = arg;

	if (!str_ends(str_of(name), ".yaml"))
		return 0;
	return collected_shape(c, str_fmt(c, "%s/%s", l->dir, name).p, l->all);
}

int collected_shapes(struct ctx *c, const char *dir, struct yield_shapes *ret)
{
	struct listing l = {dir, ret};

	return file_exists(dir) ? file_each(c, dir, add, &l) : 0;
}

/* ---- the files of a production ---- */

/* The folder is locked by who made it: one that nobody holds was left by a program that was killed.
 */
#define BEGINS "in-scope-"
enum { TRIES = 100 };

static int lock(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_DIRECTORY);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (fd >= 0)
		(void)close(fd);
	return -1;
}

static int sweep(struct ctx *c, const char *name, void *arg)
{
	const char *path = str_fmt(c, "%s/%s", (const char *)arg, name).p;
	int fd = str_starts(str_of(name), BEGINS) ? lock(path) : -1, rc = 0;

	if (fd < 0)
		return 0;
	rc = file_remove_tree(c, path);
	(void)close(fd);
	return rc;
}

/* Whether the folder that is locked is still the one of this name: between its making and its lock
 * somebody else's sweep may have taken it for one that was left. */
static bool still_there(int fd, const char *path)
{
	struct stat mine, named;

	return fstat(fd, &mine) == 0 && lstat(path, &named) == 0 && mine.st_dev == named.st_dev &&
	       mine.st_ino == named.st_ino;
}

static int begin(struct ctx *c, const char *out_dir, struct collected_work *ret)
{
	int rc = file_each(c, out_dir, sweep, mem_dup(c, out_dir, strlen(out_dir)));

	for (int tries = 0; rc == 0 && tries < TRIES; tries++) {
		struct id name = id_make(c);

		ret->dir = str_fmt(c, "%s/" BEGINS "%s", out_dir, name.z).p;
		rc = file_mkdirs(c, ret->dir, 0700);
		if (rc == 0)
			ret->lock = lock(ret->dir);
		if (rc == 0 && ret->lock >= 0 && still_there(ret->lock, ret->dir))
			return 0;
		if (ret->lock >= 0)
			(void)close(ret->lock);
		ret->lock = -1;
	}
	return rc != 0
		   ? rc
		   : err_set(c, ERR_FAIL, "what may leave cannot be written: %s", strerror(errno));
}

static int one(struct ctx *c, const struct yield_ask *ask, struct produce_file *f, const char *path)
{
	const char *what = str_fmt(
	    c, "%s %lld", err_word(c, ERR_TEXT("collected file for item")), (long long)f->item)
			       .p;
	struct yield_report *kept = mem_alloc(c, sizeof *kept);
	struct collected got;
	int rc, fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return err_set(
		    c, ERR_FAIL, "what may leave cannot be written: %s", strerror(errno));
	rc = collected_check(c, ask, what, f->path.p, fd, &got);
	(void)close(fd);
	if (rc != 0)
		return rc;
	if (f->expect != NULL && !hash_eq(*f->expect, got.came))
		return err_set(c, ERR_DENIED, "%s: it changed since it was collected", what);
	*kept = got.yield;
	f->yield = kept;
	f->came = f->sha256 = got.came;
	f->size = got.came_size;
	if (got.yield.format == YIELD_UNKNOWN)
		return 0;
	f->path = str_of(path);
	f->sha256 = got.leaves;
	f->size = got.leaves_size;
	return 0;
}

int collected_files(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct produce_file *files, size_t n, const char *out_dir,
    struct collected_work *ret)
{
	struct yield_ask *asks = mem_array(c, n + 1, sizeof *asks);
	struct yield_shapes shapes = {0};
	int rc = produce_scopes(c, in, actor, order, files, n, asks);

	if (rc == 0)
		rc = collected_shapes(c, instance_path(c, in, STR("shapes")).p, &shapes);
	for (size_t i = 0; i < n && rc == 0; i++) {
		if (files[i].no_data)
			continue;
		if (ret->lock < 0)
			rc = begin(c, out_dir, ret);
		asks[i].shapes = shapes;
		if (rc == 0)
			rc = one(c, &asks[i], &files[i], str_fmt(c, "%s/%zu", ret->dir, i).p);
	}
	return rc;
}

void collected_forget(struct ctx *c, struct collected_work *work)
{
	if (work->dir != NULL) {
		struct err before = c->err;

		(void)!file_remove_tree(c, work->dir);
		c->err = before; /* what went wrong before it counts; the next call tries again */
	}
	if (work->lock >= 0)
		(void)close(work->lock);
	*work = COLLECTED_NONE;
}

struct json *collected_said(struct ctx *c, const struct yield_report *y)
{
	struct json *j = yield_json(c, y, true), *reasons = json_list(c);

	for (size_t w = YIELD_IN + 1; w < YIELD_REASONS; w++) {
		struct json *one = json_map(c);

		if (y->held[w] == 0)
			continue;
		json_set_text(c, one, "why", str_of(yield_reason_word((enum yield_reason)w)));
		json_set_int(c, one, "n", y->held[w]);
		json_add(c, reasons, one);
	}
	json_set(c, j, "reasons", reasons);
	return j;
}

struct json *collected_report(struct ctx *c, const struct produce_file *files, size_t n)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < n; i++) {
		const struct yield_report *y = files[i].yield;
		struct json *j;

		if (y == NULL)
			continue;
		j = collected_said(c, y);
		json_set_int(c, j, "item", files[i].item);
		json_add(c, list, j);
	}
	return list;
}
