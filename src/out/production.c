#include "out/production.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"
#include "os/spawn.h"
#include "out/collected.h"

enum { BLOCK = 512, AGE_SECONDS = 3600 };
#define SIZE_MAX_USTAR 077777777777ll /* eleven octal digits: 8 GiB */

/* ---- hashing what was collected ---- */

static int hash_file(struct ctx *c, struct produce_file *f)
{
	static const size_t chunk = 1 << 16;
	char *buf = mem_alloc(c, chunk);
	int fd = open(f->path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK),
	    rc = 0; /* no pipe holds us */
	struct hash_run run;
	struct stat st;
	ssize_t got = 0;

	if (fd < 0)
		return err_set(c, errno == ENOENT ? ERR_NOTFOUND : ERR_FAIL,
		    "collected file for item %lld: %s", (long long)f->item, strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > SIZE_MAX_USTAR)
		rc = err_set(c, ERR_INVALID,
		    "collected file for item %lld: not a plain file below 8 GiB",
		    (long long)f->item);
	hash_begin(&run);
	while (rc == 0 && (got = read(fd, buf, chunk)) > 0) {
		hash_add(&run, (struct str){buf, (size_t)got});
		f->size += got;
	}
	if (rc == 0 && got < 0)
		rc = err_set(c, ERR_FAIL, "collected file for item %lld: %s", (long long)f->item,
		    strerror(errno));
	f->sha256 = hash_end(&run);
	(void)close(fd);
	return rc;
}

/* The name inside says which item and what kind of file, never what the collector called it. */
static struct str inner_name(struct ctx *c, const struct produce_file *f, size_t k)
{
	const char *dot = strrchr(f->path.p, '.');
	bool plain = dot != NULL && strlen(dot) <= 6 && strchr(dot, '/') == NULL;

	for (const char *p = dot; plain && *++p != '\0';)
		plain = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9');
	return str_fmt(c, "files/item-%03lld-%03zu%s", (long long)f->item, k, plain ? dot : "");
}

/* ---- the archive, piece by piece into age ---- */

struct tar_feed {
	struct ctx *c;
	const struct produce_file *files;
	size_t n, at;          /* at: next file to begin */
	int fd;                /* the file being read, -1 */
	int64_t left, padding; /* bytes of it to come, then zeros */
	struct hash_run run;
	struct str head; /* bytes ready to go out */
	int64_t now;
	bool ended;
};

static void octal(char *to, size_t width, uint64_t v)
{
	to[width - 1] = '\0';
	for (size_t i = width - 1; i-- > 0; v >>= 3)
		to[i] = (char)('0' + (v & 7));
}

static void tar_head(struct tar_feed *t, struct str name, int64_t size)
{
	char *h = mem_alloc(t->c, BLOCK);
	unsigned sum = 0;

	memcpy(h, name.p, name.n < 100 ? name.n : 99);
	octal(h + 100, 8, 0600);
	octal(h + 108, 8, 0);
	octal(h + 116, 8, 0);
	octal(h + 124, 12, (uint64_t)size);
	octal(h + 136, 12, (uint64_t)t->now);
	memset(h + 148, ' ', 8);
	h[156] = '0';
	memcpy(h + 257,
	    "ustar\0"
	    "00",
	    8);
	for (size_t i = 0; i < BLOCK; i++)
		sum += (unsigned char)h[i];
	octal(h + 148, 7, sum);
	t->head = (struct str){h, BLOCK};
}

static int64_t padding(int64_t size)
{
	return (BLOCK - size % BLOCK) % BLOCK;
}

static int begin_file(struct tar_feed *t)
{
	while (t->at < t->n && t->files[t->at].no_data)
		t->at++;
	if (t->at == t->n) {
		t->head = (struct str){
		    mem_alloc(t->c, 2 * BLOCK), 2 * BLOCK}; /* two empty blocks end it */
		t->ended = true;
		return 0;
	}
	t->fd = open(t->files[t->at].path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (t->fd < 0)
		return err_set(
		    t->c, ERR_CONFLICT, "a collected file went away while it was sealed");
	t->left = t->files[t->at].size;
	t->padding = padding(t->left);
	hash_begin(&t->run);
	tar_head(t, t->files[t->at].name, t->left);
	return 0;
}

static int end_file(struct tar_feed *t)
{
	struct hash h = hash_end(&t->run);
	char more;
	bool same = read(t->fd, &more, 1) == 0 && hash_eq(h, t->files[t->at].sha256);

	(void)close(t->fd);
	t->fd = -1;
	t->at++;
	return same ? 0
		    : err_set(t->c, ERR_CONFLICT, "a collected file changed while it was sealed");
}

static ssize_t take(struct tar_feed *t, void *buf, size_t n)
{
	ssize_t got;

	if (n > (uint64_t)t->left)
		n = (size_t)t->left;
	got = read(t->fd, buf, n);
	if (got <= 0)
		return err_set(t->c, ERR_CONFLICT, "a collected file shrank while it was sealed");
	hash_add(&t->run, (struct str){buf, (size_t)got});
	t->left -= got;
	return got;
}

static ssize_t tar_next(void *arg, void *buf, size_t n)
{
	struct tar_feed *t = arg;
	int rc = 0;

	for (;;) {
		if (t->head.n > 0) {
			size_t take_n = n < t->head.n ? n : t->head.n;

			memcpy(buf, t->head.p, take_n);
			t->head.p += take_n;
			t->head.n -= take_n;
			return (ssize_t)take_n;
		}
		if (t->ended)
			return 0;
		if (t->fd >= 0 && t->left > 0)
			return take(t, buf, n);
		if (t->fd >= 0 && t->padding > 0) {
			t->head = (struct str){mem_alloc(t->c, BLOCK), (size_t)t->padding};
			t->padding = 0;
			continue;
		}
		if (t->fd >= 0)
			rc = end_file(t);
		if (rc == 0)
			rc = begin_file(t);
		if (rc != 0)
			return rc;
	}
}

/* The manifest goes first: its head, its text and its padding are one ready piece. */
static void begin_archive(struct tar_feed *t, struct str manifest)
{
	struct buf b = buf_init(t->c, manifest.n + 2 * BLOCK);
	char zeros[BLOCK] = {0};

	tar_head(t, STR("manifest.json"), (int64_t)manifest.n);
	buf_put(&b, t->head);
	buf_put(&b, manifest);
	buf_put(&b, (struct str){zeros, (size_t)padding((int64_t)manifest.n)});
	t->head = buf_str(&b);
}

/* ---- sealing ---- */

static int seal(struct ctx *c, const struct produce_plan *plan, const struct produce_file *files,
    size_t n, const char *part)
{
	const char *argv[] = {"age", "-r", plan->recipient.p, NULL};
	struct tar_feed feed = {.c = c, .files = files, .n = n, .fd = -1, .now = ctx_now(c)};
	struct spawn how = {.argv = argv,
	    .in = SPAWN_IN_NEXT,
	    .in_next = tar_next,
	    .in_arg = &feed,
	    .out = SPAWN_OUT_FD,
	    .seconds = AGE_SECONDS,
	    .boxed = true};
	struct spawn_result result;
	int rc;

	/* made here and handed over: age itself opens nothing */
	how.out_fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (how.out_fd < 0)
		return err_set(
		    c, ERR_FAIL, "the sealed file cannot be written: %s", strerror(errno));
	begin_archive(&feed, json_str(c, plan->manifest));
	rc = spawn_run(c, &how, &result);
	(void)close(how.out_fd);
	if (feed.fd >= 0)
		(void)close(feed.fd);
	if (rc == ERR_NOTFOUND)
		return err_while(c, rc, "sealing needs the program age (Debian package age)");
	if (rc == 0 && result.status != 0)
		rc = err_set(c, ERR_FAIL,
		    "age refused to seal (status %d): is the officer's key an age recipient?",
		    result.status);
	return rc;
}

static int hash_sealed(struct ctx *c, const char *part, struct hash *ret, int64_t *ret_size)
{
	struct produce_file f = {.path = str_of(part)};
	int fd = open(part, O_RDONLY | O_CLOEXEC), rc;

	if (fd < 0 || fsync(fd) != 0)
		rc = err_set(c, ERR_FAIL, "the sealed file cannot be written: %s", strerror(errno));
	else
		rc = hash_file(c, &f);
	if (fd >= 0)
		(void)close(fd);
	*ret = f.sha256;
	*ret_size = f.size;
	return rc;
}

static bool recipient_ok(struct str r)
{
	if (!str_starts(r, "age1") || r.n > 128)
		return false;
	for (size_t i = 0; i < r.n; i++)
		if (!((r.p[i] >= 'a' && r.p[i] <= 'z') || (r.p[i] >= '0' && r.p[i] <= '9')))
			return false;
	return true;
}

/* age runs in another folder: it needs the whole path. */
static int absolute(struct ctx *c, struct str dir, struct str *ret)
{
	char *whole = realpath(str_z(c, dir), NULL);

	if (whole == NULL)
		return err_set(c, errno == ENOENT ? ERR_NOTFOUND : ERR_FAIL,
		    "folder of --out for the sealed file: %s", strerror(errno));
	*ret = str_make(c, str_of(whole));
	free(whole);
	return 0;
}

struct unnamed {
	struct instance *in;
	const char *dir;
};

/* A kill between the record and the name leaves a whole file under the name of a part: it gets its
 * name. Other parts are let alone: another process may be sealing one. */
static int name_recorded(struct ctx *c, const char *name, void *arg)
{
	const struct unnamed *u = arg;
	struct str ref = str_of(name), part, path;
	struct hash sealed;
	bool recorded;
	int64_t size;
	int rc;

	if (!str_ends(ref, ".tar.age.part"))
		return 0;
	ref.n -= strlen(".tar.age.part");
	part = str_fmt(c, "%s/%s", u->dir, name);
	path = str_fmt(c, "%s/%.*s.tar.age", u->dir, STR_ARG(ref));
	rc = hash_sealed(c, part.p, &sealed, &size);
	if (rc != 0) { /* not ours to read, or just now renamed */
		err_clear(c);
		return 0;
	}
	rc = produce_recorded(c, u->in, ref, sealed, &recorded);
	if (rc == 0 && recorded && rename(part.p, path.p) != 0 && errno != ENOENT)
		rc = err_set(c, ERR_FAIL, "the sealed file %s cannot get its name: %s", part.p,
		    strerror(errno));
	return rc;
}

static int make(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct produce_file *files, size_t n, struct str out_dir,
    struct collected_work *work, struct produce_plan *ret_plan, struct str *ret_path)
{
	struct str path = {"", 0}, dir = {"", 0}, part;
	struct hash sealed = {{0}};
	int64_t size = 0;
	int rc = 0;

	if (out_dir.n > 0)
		rc = absolute(c, out_dir, &dir);
	if (rc == 0 && out_dir.n > 0)
		rc = file_each(c, dir.p, name_recorded, &(struct unnamed){in, dir.p});
	if (rc != 0)
		return rc;
	if (n > PRODUCTION_FILES_MAX)
		return err_set(
		    c, ERR_LIMIT, "more than %d files in one production", PRODUCTION_FILES_MAX);
	for (size_t i = 0; i < n; i++)
		if (!files[i].no_data)
			files[i].name = inner_name(c, &files[i], i + 1);
	rc = collected_files(c, in, actor, order, files, n, dir.p, work);
	if (rc == 0)
		rc = produce_prepare(c, in, actor, order, files, n, ret_plan);
	if (rc != 0 || !ret_plan->has_files) {
		*ret_path = path;
		return rc != 0 ? rc
			       : produce_record(c, in, actor, order, files, n, ret_plan, sealed, 0);
	}
	if (!recipient_ok(ret_plan->recipient))
		return err_set(
		    c, ERR_INVALID, "the officer's key is not an age recipient (age1...)");
	path = str_fmt(c, "%s/%s.tar.age", dir.p, ret_plan->ref.p);
	part = str_fmt(c, "%s.part", path.p);
	rc = seal(c, ret_plan, files, n, part.p);
	if (rc == 0)
		rc = hash_sealed(c, part.p, &sealed, &size);
	if (rc == 0)
		rc = file_sync_dir(c, dir.p);
	if (rc == 0)
		rc = produce_record(c, in, actor, order, files, n, ret_plan, sealed, size);
	if (rc != 0) {
		(void)unlink(part.p);
		return rc;
	}
	/* a file has its name only when the ledger knows it */
	if (rename(part.p, path.p) != 0 && !(errno == ENOENT && file_exists(path.p)))
		return err_set(c, ERR_FAIL,
		    "the production is recorded, and its sealed file is %s: %s", part.p,
		    strerror(errno));
	rc = file_sync_dir(c, dir.p);
	if (rc != 0)
		return rc;
	*ret_path = path;
	return 0;
}

int production_make(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct produce_file *files, size_t n, struct str out_dir,
    struct produce_plan *ret_plan, struct str *ret_path)
{
	struct collected_work work = COLLECTED_NONE;
	int rc = make(c, in, actor, order, files, n, out_dir, &work, ret_plan, ret_path);

	collected_forget(c, &work);
	return rc;
}
