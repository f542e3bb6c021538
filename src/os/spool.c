#include "os/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"

enum {
	NAME_BYTES = 16,
	LOOK_BYTES = 4 << 20 /* after so many the disk is looked at again */
};

static int os_err(struct ctx *c, struct spool_file *f, const char *what)
{
	f->full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
	return err_set(c, ERR_FAIL, "spool: cannot %s: %s", what, strerror(errno));
}

/* ---- the folder ---- */

/* Whoever writes it holds its lock. */
static int sweep_one(struct ctx *c, const char *name, void *dir)
{
	struct mem_mark mark = mem_mark(c);
	const char *path = str_fmt(c, "%s/%s", (const char *)dir, name).p;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
		(void)unlink(path); /* what cannot be removed harms nobody */
	if (fd >= 0)
		(void)close(fd);
	mem_reset(c, mark);
	return 0;
}

int spool_ready(struct ctx *c, const char *dir)
{
	struct stat st;
	int rc = file_mkdirs(c, dir, 0700);

	if (rc != 0)
		return rc;
	if (stat(dir, &st) != 0)
		return err_set(c, ERR_FAIL, "%s: %s", dir, strerror(errno));
	if ((st.st_mode & 077) != 0)
		return err_set(
		    c, ERR_DENIED, "%s: others may look into this folder (want mode 0700)", dir);
	return file_each(c, dir, sweep_one, (void *)(uintptr_t)dir);
}

bool spool_room(const char *dir, int64_t bytes)
{
	struct statvfs v;
	uint64_t left, keep;

	if (statvfs(dir, &v) != 0)
		return false;
	left = (uint64_t)v.f_bavail * v.f_frsize;
	keep = (uint64_t)v.f_blocks * v.f_frsize / SPOOL_RESERVE;
	return left >= keep && left - keep >= (uint64_t)bytes;
}

/* ---- a file ---- */

/* false: it was swept between being made and being locked. */
static bool is_ours(int fd)
{
	struct stat st;

	return flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &st) == 0 && st.st_nlink == 1;
}

int spool_open(struct ctx *c, const char *dir, struct spool_file *ret)
{
	struct spool_file f = {.fd = -1};
	unsigned char name[NAME_BYTES];

	for (int i = 0; i < 3; i++) {
		ctx_random(c, name, sizeof name);
		f.path = str_fmt(c, "%s/%s", dir, text_hex(c, name, sizeof name).p).p;
		f.fd = open(f.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (f.fd < 0)
			break;
		if (is_ours(f.fd)) {
			*ret = f;
			return 0;
		}
		(void)close(f.fd);
		errno = EAGAIN;
	}
	*ret = (struct spool_file){.fd = -1};
	return os_err(c, ret, "make a file");
}

int spool_put(struct ctx *c, struct spool_file *f, struct str s)
{
	struct statvfs v;

	if (file_write_full(f->fd, s) != 0)
		return os_err(c, f, "write");
	if (f->size / LOOK_BYTES != (f->size + (int64_t)s.n) / LOOK_BYTES &&
	    fstatvfs(f->fd, &v) == 0 && v.f_bavail < v.f_blocks / SPOOL_RESERVE) {
		errno = ENOSPC;
		return os_err(c, f, "write");
	}
	f->size += (int64_t)s.n;
	return 0;
}

void spool_drop(struct spool_file *f)
{
	if (f->fd < 0)
		return;
	(void)unlink(f->path);
	(void)close(f->fd);
	f->fd = -1;
}
