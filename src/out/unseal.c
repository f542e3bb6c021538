#include "out/unseal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "in/tar.h"
#include "os/file.h"
#include "os/spawn.h"
#include "out/seal.h"

enum { SECONDS = 6 * 3600, KEY_MAX = 64 << 10, CHUNK = 64 << 10, TEXT_MAX = 16 << 20 };

/* One file of the archive. */
struct member {
	struct str name;
	int64_t at, size;
	struct hash sha256;
	bool named; /* by the manifest */
};

struct opening {
	struct ctx *c;
	const struct unseal *u;
	int fd; /* the archive */
	struct member *files;
	size_t n, cap;
	struct json *manifest, *seal;
	struct str manifest_text;
};

/* ---- the sealed file ---- */

static int hash_whole(struct ctx *c, int fd, struct hash *ret, int64_t from, int64_t size)
{
	char *bytes = mem_alloc(c, CHUNK);
	struct hash_run run;

	hash_begin(&run);
	while (size != 0) {
		size_t most = size > 0 && size < CHUNK ? (size_t)size : CHUNK;
		ssize_t got = pread(fd, bytes, most, from);

		if (got < 0 || (got == 0 && size > 0))
			return err_set(c, ERR_INVALID, "the file cannot be read to its end");
		if (got == 0)
			break;
		hash_add(&run, (struct str){bytes, (size_t)got});
		from += got;
		size -= size > 0 ? got : 0;
	}
	*ret = hash_end(&run);
	return 0;
}

static int key_in_memory(struct ctx *c, struct str path, int *ret)
{
	struct str text;
	int rc = file_read(c, str_z(c, path), KEY_MAX, &text);

	if (rc == 0)
		rc = file_memory(c, ret);
	if (rc == 0 && (file_write_full(*ret, text) != 0 || lseek(*ret, 0, SEEK_SET) != 0))
		rc = err_set(c, ERR_FAIL, "the key cannot be handed over");
	return rc;
}

static int run_tool(struct ctx *c, enum seal_kind kind, int key, int from, int to)
{
	static const char *const age[] = {"age", "-d", "-i", "/proc/self/fd/3", NULL};
	static const char *const openssl[] = {"openssl", "cms", "-decrypt", "-binary", "-inform",
	    "DER", "-inkey", "/proc/self/fd/3", NULL};
	struct spawn how = {.argv = kind == SEAL_AGE ? age : openssl,
	    .in = SPAWN_IN_FD,
	    .in_fd = from,
	    .out = SPAWN_OUT_FD,
	    .out_fd = to,
	    .fds = &key,
	    .n_fds = 1,
	    .seconds = SECONDS,
	    .boxed = true};
	struct spawn_result result;
	int rc = spawn_run(c, &how, &result);

	if (rc == 0 && result.status != 0)
		rc = err_set(c, ERR_DENIED,
		    "%s did not open it: it is not for this key, or was changed on its way",
		    how.argv[0]);
	return rc;
}

/* The archive lies under no name while it is checked. */
static int unseal(struct opening *o, enum seal_kind kind, int from)
{
	struct ctx *c = o->c;
	int key = -1, rc;

	if (kind == SEAL_OPENPGP)
		return err_set(c, ERR_INVALID,
		    "gpg opens this with your own keys: gpg --output production.tar --decrypt "
		    "FILE; "
		    "then: writ open production.tar");
	if (o->u->dir == NULL)
		return err_set(c, ERR_INVALID, "say with --out where what is in it goes");
	if (o->u->key.n == 0)
		return err_set(c, ERR_INVALID, "say with --key which key opens it");
	rc = key_in_memory(c, o->u->key, &key);
	o->fd = rc == 0 ? open(o->u->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) : -1;
	if (rc == 0 && o->fd < 0)
		rc =
		    err_set(c, ERR_FAIL, "%s: no file can be made: %s", o->u->dir, strerror(errno));
	if (rc == 0)
		rc = run_tool(c, kind, key, from, o->fd);
	if (key >= 0)
		(void)close(key);
	return rc;
}

static int open_archive(struct opening *o, struct json *ret)
{
	struct ctx *c = o->c;
	int fd = open(o->u->file, O_RDONLY | O_CLOEXEC), rc;
	enum seal_kind kind;
	struct hash h;
	char head[16];
	ssize_t got;

	if (fd < 0)
		return err_set(c, errno == ENOENT ? ERR_NOTFOUND : ERR_FAIL, "%s: %s", o->u->file,
		    strerror(errno));
	got = pread(fd, head, sizeof head, 0);
	rc = hash_whole(c, fd, &h, 0, -1);
	if (rc == 0 && o->u->has_sha256 && !hash_eq(h, o->u->sha256))
		rc = err_set(c, ERR_DENIED, "%s is not the file that was sealed: its SHA-256 is %s",
		    o->u->file, hash_hex(c, h).p);
	json_set_text(c, ret, "sha256", hash_hex(c, h));
	if (rc == 0 && seal_kind_seen((struct str){head, got > 0 ? (size_t)got : 0}, &kind)) {
		json_set_text(c, ret, "kind", str_of(seal_kind_word(kind)));
		rc = unseal(o, kind, fd);
		(void)close(fd);
	} else {
		o->fd = fd;
	}
	return rc;
}

/* ---- what is in it ---- */

static int read_text(struct opening *o, const struct member *m, struct json **ret, struct str *text)
{
	char *bytes;

	if (m->size > TEXT_MAX)
		return err_set(o->c, ERR_LIMIT, "%s is larger than 16 MiB", m->name.p);
	bytes = mem_alloc(o->c, (size_t)m->size + 1);
	if (pread(o->fd, bytes, (size_t)m->size, m->at) != m->size)
		return err_set(o->c, ERR_INVALID, "the archive is cut off");
	*text = (struct str){bytes, (size_t)m->size};
	return json_parse(o->c, m->name.p, *text, ret);
}

static int add_member(struct opening *o, const struct tar_head *h, int64_t at)
{
	struct member m = {.name = str_make(o->c, str_of(h->name)), .at = at, .size = h->size};
	struct str text;
	int rc;

	if (str_is(m.name, "manifest.json") && o->manifest == NULL) {
		rc = read_text(o, &m, &o->manifest, &o->manifest_text);
	} else if (str_is(m.name, "seal.json") && o->seal == NULL) {
		rc = read_text(o, &m, &o->seal, &text);
	} else {
		rc = str_starts(m.name, "files/") ? hash_whole(o->c, o->fd, &m.sha256, at, m.size)
						  : err_set(o->c, ERR_DENIED,
							"the archive has a file that belongs to no "
							"production: %s",
							m.name.p);
		o->files = mem_grow(o->c, o->files, o->n, &o->cap, sizeof *o->files);
		o->files[o->n++] = m;
	}
	return rc;
}

/* Two empty blocks, then nothing. */
static int check_end(struct opening *o, int64_t at)
{
	char rest[TAR_BLOCK + 1];
	struct tar_head h = {.end = false};
	ssize_t got = pread(o->fd, rest, sizeof rest, at);
	int rc = got == TAR_BLOCK ? tar_head_read(o->c, rest, &h) : 0;

	if (rc == 0 && !h.end)
		rc = err_set(o->c, ERR_DENIED, "something stands behind the end of the archive");
	return rc;
}

static int read_members(struct opening *o)
{
	char block[TAR_BLOCK];
	int64_t at = 0;
	int rc = 0;

	while (rc == 0) {
		struct tar_head h;

		if (pread(o->fd, block, sizeof block, at) != TAR_BLOCK)
			return err_set(
			    o->c, ERR_INVALID, "this is no production, or it is cut off");
		rc = tar_head_read(o->c, block, &h);
		at += TAR_BLOCK;
		if (rc == 0 && h.end)
			return check_end(o, at);
		if (rc == 0)
			rc = add_member(o, &h, at);
		at += rc == 0 ? h.size + tar_padding(h.size) : 0;
	}
	return rc;
}

/* ---- what the manifest says of it ---- */

static struct member *member_of(struct opening *o, struct str name)
{
	for (size_t i = 0; i < o->n; i++)
		if (str_eq(o->files[i].name, name))
			return &o->files[i];
	return NULL;
}

static int check_file(struct opening *o, const struct json *entry)
{
	struct str name = json_text(entry, "file");
	const struct json *size = json_find(entry, "size");
	struct member *m = member_of(o, name);
	struct hash h;

	if (name.n == 0) /* nothing was found for it */
		return 0;
	if (m == NULL || m->named)
		return err_set(o->c, ERR_DENIED, "%.*s is in the manifest and not in the archive",
		    STR_ARG(name));
	m->named = true;
	if (!hash_parse(json_text(entry, "sha256"), &h) || !hash_eq(h, m->sha256) || size == NULL ||
	    size->kind != JSON_INT || size->num != m->size)
		return err_set(o->c, ERR_DENIED,
		    "%s is not the file of the manifest: its SHA-256 is %s", m->name.p,
		    hash_hex(o->c, m->sha256).p);
	return 0;
}

static int check_manifest(struct opening *o)
{
	const struct json *list = json_find(o->manifest, "files");
	struct hash tied;
	int rc = 0;

	if (o->manifest == NULL || o->seal == NULL || list == NULL || list->kind != JSON_LIST ||
	    !str_starts(json_text(o->manifest, "format"), "writ-manifest/") ||
	    !str_is(json_text(o->seal, "format"), "writ-seal/1"))
		return err_set(o->c, ERR_INVALID, "this is no production: it has no manifest");
	if (!hash_parse(json_text(o->seal, "manifest"), &tied) ||
	    !hash_eq(tied, hash_of(o->manifest_text)))
		return err_set(
		    o->c, ERR_DENIED, "manifest.json is not the one that was sealed (seal.json)");
	for (size_t i = 0; i < list->n && rc == 0; i++)
		rc = check_file(o, list->at[i]);
	for (size_t i = 0; i < o->n && rc == 0; i++)
		if (!o->files[i].named)
			rc = err_set(o->c, ERR_DENIED,
			    "%s is in the archive and not in the manifest", o->files[i].name.p);
	return rc;
}

/* ---- giving it out ---- */

static int copy_out(struct opening *o, const struct member *m, const char *path)
{
	char *bytes = mem_alloc(o->c, CHUNK);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600), rc = 0;

	if (fd < 0)
		return err_set(o->c, errno == EEXIST ? ERR_CONFLICT : ERR_FAIL, "%s: %s", path,
		    strerror(errno));
	for (int64_t done = 0; done < m->size && rc == 0;) {
		size_t most = m->size - done < CHUNK ? (size_t)(m->size - done) : CHUNK;
		ssize_t got = pread(o->fd, bytes, most, m->at + done);

		if (got <= 0 || file_write_full(fd, (struct str){bytes, (size_t)got}) != 0)
			rc = err_set(o->c, ERR_FAIL, "%s: cannot be written", path);
		done += got;
	}
	if (close(fd) != 0 && rc == 0)
		rc = err_set(o->c, ERR_FAIL, "%s: %s", path, strerror(errno));
	return rc;
}

static int give_out(struct opening *o)
{
	struct ctx *c = o->c;
	const char *dir = o->u->dir;
	int rc = file_mkdirs(c, str_fmt(c, "%s/files", dir).p, 0700);

	for (size_t i = 0; i < o->n && rc == 0; i++)
		if (strchr(o->files[i].name.p + strlen("files/"), '/') != NULL)
			rc = err_set(c, ERR_DENIED, "the archive has a folder of no production");
	for (size_t i = 0; i < o->n && rc == 0; i++) {
		rc = copy_out(o, &o->files[i], str_fmt(c, "%s/%s", dir, o->files[i].name.p).p);
		for (size_t k = 0; rc != 0 && k < i; k++)
			(void)unlink(str_fmt(c, "%s/%s", dir, o->files[k].name.p).p);
	}
	if (rc == 0)
		rc = file_write_atomic(
		    c, str_fmt(c, "%s/manifest.json", dir).p, 0600, o->manifest_text);
	return rc;
}

static void say(struct opening *o, struct json *j)
{
	static const char *const from[] = {"production", "case", "provider", "made"};
	struct json *list = json_list(o->c);

	for (size_t i = 0; i < sizeof from / sizeof from[0]; i++)
		json_set_text(o->c, j, from[i], json_text(o->manifest, from[i]));
	for (size_t i = 0; i < o->n; i++) {
		struct json *one = json_map(o->c);

		json_set_text(o->c, one, "file", o->files[i].name);
		json_set_text(o->c, one, "sha256", hash_hex(o->c, o->files[i].sha256));
		json_set_int(o->c, one, "size", o->files[i].size);
		json_add(o->c, list, one);
	}
	json_set(o->c, j, "files", list);
}

int unseal_open(struct ctx *c, const struct unseal *u, struct json **ret)
{
	struct opening o = {.c = c, .u = u, .fd = -1};
	struct json *j = json_map(c);
	int rc = open_archive(&o, j);

	if (rc == 0)
		rc = read_members(&o);
	if (rc == 0)
		rc = check_manifest(&o);
	if (rc == 0 && u->dir != NULL)
		rc = give_out(&o);
	if (o.fd >= 0)
		(void)close(o.fd);
	if (rc != 0)
		return rc;
	say(&o, j);
	*ret = j;
	return 0;
}
