#include "out/collected.h"

#include <errno.h>
#include <fcntl.h>
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
