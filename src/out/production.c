#include "out/production.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "desk/reseal.h"
#include "os/file.h"
#include "out/archive.h"
#include "out/collected.h"
#include "out/companion.h"
#include "out/seal.h"

/* The name inside says which item and what kind of file, never what the collector called it. */
static struct str inner_name(struct ctx *c, const struct produce_file *f, size_t k)
{
	const char *dot = strrchr(f->path.p, '.');
	bool plain = dot != NULL && strlen(dot) <= 6 && strchr(dot, '/') == NULL;

	for (const char *p = dot; plain && *++p != '\0';)
		plain = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9');
	return str_fmt(c, "files/item-%03lld-%03zu%s", (long long)f->item, k, plain ? dot : "");
}

/* ---- sealing ---- */

struct sealing {
	struct produce_plan *plan;
	const struct reseal *again; /* NULL: the first seal */
	const struct produce_file *files;
	size_t n;
};

/* What was sealed is what went by: the hashes of the manifest are those of the bytes in the file.
 */
static int put_texts(struct archive *a, void *arg)
{
	struct sealing *s = arg;
	struct str manifest;

	int rc = 0;

	if (s->again != NULL) {
		manifest = s->again->manifest;
		rc = reseal_same(a->c, s->again, s->files, s->n);
	} else {
		produce_hashed(a->c, s->plan, s->files, s->n);
		manifest = json_str(a->c, s->plan->manifest);
	}
	if (rc != 0)
		return rc;
	archive_text(a, STR("manifest.json"), manifest);
	archive_text(a, STR("seal.json"),
	    json_str(a->c, produce_seal_text(
			       a->c, s->plan, s->again == NULL ? 1 : s->again->number, manifest)));
	return 0;
}

static int seal(struct ctx *c, struct sealing s, struct produce_file *files, size_t n,
    const char *part, struct seal_made *ret)
{
	struct archive a = {
	    .c = c, .files = files, .n = n, .last = put_texts, .arg = &s, .now = ctx_now(c)};
	int fd, rc;

	/* made here and handed over: the tool itself opens nothing */
	fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return err_set(
		    c, ERR_FAIL, "the sealed file cannot be written: %s", strerror(errno));
	archive_begin(&a);
	rc = seal_run(c, &s.plan->key, archive_next, &a, fd, ret);
	archive_end(&a);
	(void)close(fd);
	return rc;
}

/* ---- names ---- */

static int hash_sealed(struct ctx *c, const char *part, struct hash *ret)
{
	static const size_t chunk = 1 << 16;
	int fd = open(part, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), rc = 0;
	char *bytes = mem_alloc(c, chunk);
	struct hash_run run;
	ssize_t got = -1;

	hash_begin(&run);
	while (fd >= 0 && (got = read(fd, bytes, chunk)) > 0)
		hash_add(&run, (struct str){bytes, (size_t)got});
	*ret = hash_end(&run);
	if (got < 0)
		rc = err_set(c, ERR_FAIL, "the sealed file cannot be read: %s", strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	return rc;
}

/* Said to people, who look for it from another folder. */
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
	struct str ref = str_of(name), whole = ref, part, path;
	struct hash sealed;
	bool recorded;
	int rc;

	if (!str_ends(ref, ".part") || !str_cut(ref, '.', &ref, &whole))
		return 0;
	part = str_fmt(c, "%s/%s", u->dir, name);
	path = (struct str){part.p, part.n - strlen(".part")};
	path = str_make(c, path);
	rc = hash_sealed(c, part.p, &sealed);
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

static int name_parts(struct ctx *c, struct instance *in, struct str out_dir, struct str *ret_dir)
{
	int rc = absolute(c, out_dir, ret_dir);

	return rc == 0 ? file_each(c, ret_dir->p, name_recorded, &(struct unnamed){in, ret_dir->p})
		       : rc;
}

static int name_files(struct ctx *c, struct produce_file *files, size_t n)
{
	if (n > PRODUCTION_FILES_MAX)
		return err_set(
		    c, ERR_LIMIT, "more than %d files in one production", PRODUCTION_FILES_MAX);
	for (size_t i = 0; i < n; i++)
		if (!files[i].no_data)
			files[i].name = inner_name(c, &files[i], i + 1);
	return 0;
}

static int measure(struct ctx *c, struct produce_file *files, size_t n, int64_t *ret_all)
{
	int rc = 0;

	*ret_all = 0;
	for (size_t i = 0; i < n && rc == 0; i++) {
		if (files[i].no_data)
			continue;
		rc = archive_measure(c, &files[i]);
		*ret_all += files[i].size;
	}
	return rc;
}

/* A file has its name only when the ledger knows it. */
static int name_give(struct ctx *c, struct str dir, struct str part, struct str path)
{
	if (rename(part.p, path.p) != 0 && !(errno == ENOENT && file_exists(path.p)))
		return err_set(c, ERR_FAIL,
		    "the production is recorded, and its sealed file is %s: %s", part.p,
		    strerror(errno));
	return file_sync_dir(c, dir.p);
}

/* Comes last: where a kill leaves it out, the views tell the same hashes. */
static int finish(struct ctx *c, const struct instance *in, const struct produce_plan *plan,
    int64_t number, struct str manifest, const struct seal_made *made, struct str path)
{
	const char *file = strrchr(path.p, '/') + 1, *dot = strstr(file, ".tar.");
	struct companion k = {.plan = plan,
	    .number = number,
	    .manifest = manifest,
	    .file = str_of(file),
	    .made = made};

	return companion_write(c, in, str_fmt(c, "%.*s.json", (int)(dot - path.p), path.p).p, &k);
}

static int make(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct produce_file *files, size_t n, struct str out_dir,
    struct collected_work *work, struct produce_plan *ret_plan, struct str *ret_path)
{
	struct str path = {"", 0}, dir = {"", 0}, part;
	struct seal_made made = {.size = 0};
	int64_t all = 0;
	int rc = out_dir.n > 0 ? name_parts(c, in, out_dir, &dir) : 0;

	if (rc == 0)
		rc = name_files(c, files, n);
	if (rc == 0)
		rc = collected_files(c, in, actor, order, files, n, dir.p, work);
	if (rc == 0)
		rc = measure(c, files, n, &all);
	if (rc == 0)
		rc = produce_prepare(c, in, actor, order, files, n, ret_plan);
	if (rc != 0 || !ret_plan->has_files) {
		*ret_path = path;
		return rc != 0 ? rc
			       : produce_record(
				     c, in, actor, order, files, n, ret_plan, made.sha256, 0);
	}
	rc = seal_fits(c, &ret_plan->key, all);
	if (rc != 0)
		return rc;
	path =
	    str_fmt(c, "%s/%s.tar%s", dir.p, ret_plan->ref.p, seal_kind_suffix(ret_plan->key.kind));
	part = str_fmt(c, "%s.part", path.p);
	rc = seal(c, (struct sealing){ret_plan, NULL, files, n}, files, n, part.p, &made);
	if (rc == 0)
		rc = file_sync_dir(c, dir.p);
	if (rc == 0)
		rc =
		    produce_record(c, in, actor, order, files, n, ret_plan, made.sha256, made.size);
	if (rc != 0) {
		(void)unlink(part.p);
		return rc;
	}
	*ret_path = path;
	rc = name_give(c, dir, part, path);
	return rc == 0 ? finish(c, in, ret_plan, 1, json_str(c, ret_plan->manifest), &made, path)
		       : rc;
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

/* What is collected again goes the same way: only what may leave is compared and sealed. */
static int collect_again(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, struct produce_file *files, size_t n, struct str dir,
    struct collected_work *work, struct reseal *ret)
{
	struct legal_order order;
	int64_t all = 0;
	int rc = reseal_prepare(c, in, actor, ref, files, n, ret);

	if (rc == 0)
		rc = matter_order_by_id(c, in, ret->order, &order);
	if (rc == 0)
		rc = collected_files(c, in, actor, &order, files, n, dir.p, work);
	if (rc == 0)
		rc = measure(c, files, n, &all);
	if (rc == 0)
		rc = reseal_same(c, ret, files, n);
	return rc == 0 ? seal_fits(c, &ret->plan.key, all) : rc;
}

static int reseal(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct produce_file *files, size_t n, struct str reason, struct str out_dir,
    struct collected_work *work, struct str *ret_path)
{
	struct str dir = {"", 0}, path, part;
	struct seal_made made = {.size = 0};
	struct reseal r;
	int rc = reason.n == 0 ? err_set(c, ERR_INVALID, "say why it is sealed anew")
			       : name_parts(c, in, out_dir, &dir);

	if (rc == 0)
		rc = collect_again(c, in, actor, ref, files, n, dir, work, &r);
	if (rc != 0)
		return rc;
	path = str_fmt(c, "%s/%s.%lld.tar%s", dir.p, r.plan.ref.p, (long long)r.number,
	    seal_kind_suffix(r.plan.key.kind));
	part = str_fmt(c, "%s.part", path.p);
	rc = seal(c, (struct sealing){&r.plan, &r, files, n}, files, n, part.p, &made);
	if (rc == 0)
		rc = file_sync_dir(c, dir.p);
	if (rc == 0)
		rc = reseal_record(c, in, actor, &r, made.sha256, made.size, reason);
	if (rc != 0) {
		(void)unlink(part.p);
		return rc;
	}
	*ret_path = path;
	rc = name_give(c, dir, part, path);
	return rc == 0 ? finish(c, in, &r.plan, r.number, r.manifest, &made, path) : rc;
}

int production_reseal(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, struct produce_file *files, size_t n, struct str reason, struct str out_dir,
    struct str *ret_path)
{
	struct collected_work work = COLLECTED_NONE;
	int rc = reseal(c, in, actor, ref, files, n, reason, out_dir, &work, ret_path);

	collected_forget(c, &work);
	return rc;
}
