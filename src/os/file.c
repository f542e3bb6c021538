#include "os/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

/* Records errno; what is "open", "sync" and so on. */
static int sys_err(struct ctx *c, const char *what, const char *path)
{
	int e = errno;

	return err_set(
	    c, e == ENOENT ? ERR_NOTFOUND : ERR_FAIL, "%s: cannot %s: %s", path, what, strerror(e));
}

/* The folder a path's last part is in: "." for a bare name. */
static const char *dir_of(struct ctx *c, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	if (slash == path)
		return "/";
	return mem_dup(c, path, (size_t)(slash - path));
}

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

int file_write_full(int fd, struct str s)
{
	while (s.n > 0) {
		ssize_t done = write(fd, s.p, s.n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		s.p += done;
		s.n -= (size_t)done;
	}
	return 0;
}

ssize_t file_read_full(int fd, unsigned char *p, size_t n)
{
	size_t have = 0;

	while (have < n) {
		ssize_t got = read(fd, p + have, n - have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

/* Bytes read, at most n; -1 with errno. */
static ssize_t read_some(int fd, char *p, size_t n)
{
	ssize_t got;

	do
		got = read(fd, p, n);
	while (got < 0 && errno == EINTR);
	return got;
}

static int fd_read(struct ctx *c, int fd, const char *path, size_t limit, struct str *ret)
{
	size_t n = 0, cap = 4096;
	struct stat st;
	char *p;

	if (fstat(fd, &st) != 0)
		return sys_err(c, "read", path);
	/* A device or a pipe says 0, a growing file too little: the size is only a first guess. */
	if (st.st_size > 0 && (uint64_t)st.st_size > limit)
		return err_set(c, ERR_LIMIT, "%s: larger than %zu bytes", path, limit);
	if (st.st_size > 0)
		cap = (size_t)st.st_size + 2;
	p = mem_alloc(c, cap);
	for (;;) {
		ssize_t got = read_some(fd, p + n, cap - n - 1);

		if (got < 0)
			return sys_err(c, "read", path);
		if (got == 0)
			break;
		n += (size_t)got;
		if (n > limit)
			return err_set(c, ERR_LIMIT, "%s: larger than %zu bytes", path, limit);
		if (n + 1 == cap)
			p = mem_grow(c, p, cap, &cap, 1);
	}
	p[n] = '\0';
	*ret = (struct str){p, n};
	return 0;
}

int file_read(struct ctx *c, const char *path, size_t limit, struct str *ret)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), rc;

	if (fd < 0)
		return sys_err(c, "open", path);
	rc = fd_read(c, fd, path, limit, ret);
	(void)close(fd); /* nothing was written, so nothing can be lost */
	return rc;
}

/* The bytes on disk under a temporary name; the file is removed again when that fails. */
static int temp_write(struct ctx *c, char *temp, const char *path, mode_t mode, struct str s)
{
	int fd = mkostemp(temp, O_CLOEXEC), rc = 0;

	if (fd < 0)
		return sys_err(c, "make a file beside it", path);
	if (file_write_full(fd, s) != 0)
		rc = sys_err(c, "write", path);
	else if (fchmod(fd, mode) != 0)
		rc = sys_err(c, "set the mode", path);
	else if (fsync(fd) != 0)
		rc = sys_err(c, "sync", path);
	if (close(fd) != 0 && rc == 0)
		rc = sys_err(c, "close", path);
	if (rc < 0)
		(void)unlink(temp);
	return rc;
}

int file_write_atomic(struct ctx *c, const char *path, mode_t mode, struct str s)
{
	const char *dir = dir_of(c, path);
	struct str temp = str_fmt(c, "%s/.%s.XXXXXX", dir, name_of(path));
	char *name = mem_dup(c, temp.p, temp.n);
	int rc;

	rc = temp_write(c, name, path, mode, s);
	if (rc < 0)
		return rc;
	if (rename(name, path) != 0) {
		rc = sys_err(c, "replace", path);
		(void)unlink(name);
		return rc;
	}
	return file_sync_dir(c, dir);
}

static int fd_append(struct ctx *c, int fd, const char *path, struct str s)
{
	struct stat st;
	int rc = 0;

	if (fstat(fd, &st) != 0)
		return sys_err(c, "read the size", path);
	if (file_write_full(fd, s) != 0)
		rc = sys_err(c, "append", path);
	else if (fsync(fd) != 0)
		rc = sys_err(c, "sync", path);
	if (rc < 0 && S_ISREG(st.st_mode) && ftruncate(fd, st.st_size) != 0)
		return err_while(c, rc, "a part was written and could not be cut off");
	return rc;
}

int file_append_sync(struct ctx *c, const char *path, mode_t mode, struct str s)
{
	bool made = !file_exists(path);
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, mode), rc;

	if (fd < 0)
		return sys_err(c, "open", path);
	rc = fd_append(c, fd, path, s);
	if (close(fd) != 0 && rc == 0)
		rc = sys_err(c, "close", path);
	if (rc == 0 && made)
		rc = file_sync_dir(c, dir_of(c, path));
	return rc;
}

bool file_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

static int mkdir_one(struct ctx *c, const char *path, mode_t mode)
{
	struct stat st;

	if (mkdir(path, mode) == 0)
		return file_sync_dir(c, dir_of(c, path));
	if (errno == ENOTDIR)
		return err_set(c, ERR_CONFLICT, "%s: a part of the path is not a folder", path);
	if (errno != EEXIST)
		return sys_err(c, "make the folder", path);
	if (stat(path, &st) != 0)
		return sys_err(c, "read", path);
	if (!S_ISDIR(st.st_mode))
		return err_set(c, ERR_CONFLICT, "%s: is there and is not a folder", path);
	return 0;
}

int file_mkdirs(struct ctx *c, const char *path, mode_t mode)
{
	char *part = mem_dup(c, path, strlen(path));

	if (*path == '\0')
		return err_set(c, ERR_INVALID, "the path of a folder is empty");
	for (char *p = part + 1; *p != '\0'; p++) {
		int rc;

		if (*p != '/' || p[-1] == '/')
			continue;
		*p = '\0';
		rc = mkdir_one(c, part, mode);
		*p = '/';
		if (rc < 0)
			return rc;
	}
	if (part[strlen(part) - 1] == '/')
		return 0; /* the loop has made the last one */
	return mkdir_one(c, part, mode);
}

static int name_cmp(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int names_read(struct ctx *c, const char *dir, const char ***ret, size_t *ret_n)
{
	DIR *d = opendir(dir);
	const char **names = NULL;
	size_t n = 0, cap = 0;
	int rc = 0;

	if (d == NULL)
		return sys_err(c, "open the folder", dir);
	for (;;) {
		const struct dirent *e;

		errno = 0;
		e = readdir(d);
		if (e == NULL)
			break;
		if (e->d_name[0] == '.')
			continue;
		names = mem_grow(c, names, n, &cap, sizeof *names);
		names[n++] = mem_dup(c, e->d_name, strlen(e->d_name));
	}
	if (errno != 0)
		rc = sys_err(c, "read the folder", dir);
	(void)closedir(d);
	if (rc < 0)
		return rc;
	if (n > 0)
		qsort(names, n, sizeof *names, name_cmp);
	*ret = names;
	*ret_n = n;
	return 0;
}

int file_each(struct ctx *c, const char *dir, int (*fn)(struct ctx *c, const char *name, void *arg),
    void *arg)
{
	const char **names = NULL;
	size_t n = 0;
	int rc = names_read(c, dir, &names, &n);

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = fn(c, names[i], arg);
	return rc;
}

int file_rename_new(struct ctx *c, const char *from, const char *to)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) != 0) {
		/* some file systems know no such rename: the look before it must do there */
		if (errno == EEXIST || (errno == EINVAL && file_exists(to)))
			return err_set(c, ERR_CONFLICT, "%s: exists already", to);
		if (errno != EINVAL || rename(from, to) != 0)
			return sys_err(c, "give the name", to);
	}
	return file_sync_dir(c, dir_of(c, to));
}

/* Depth first; as deep as the stack goes is deeper than what Writ makes. */
static int remove_at(struct ctx *c, int dir, const char *name, const char *path)
{
	const struct dirent *e;
	int fd, rc = 0;
	DIR *d;

	if (unlinkat(dir, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return sys_err(c, "remove", path);
	fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	d = fd < 0 ? NULL : fdopendir(fd);
	if (d == NULL) {
		rc = sys_err(c, "remove", path);
		if (fd >= 0)
			(void)close(fd);
		return rc;
	}
	while (rc == 0 && (e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			rc = remove_at(c, dirfd(d), e->d_name, path);
	(void)closedir(d);
	if (rc == 0 && unlinkat(dir, name, AT_REMOVEDIR) != 0)
		rc = sys_err(c, "remove", path);
	return rc;
}

int file_remove_tree(struct ctx *c, const char *path)
{
	return remove_at(c, AT_FDCWD, path, path);
}

static int fd_copy(struct ctx *c, int in, int out, const char *from, const char *to)
{
	char room[16 << 10]; /* it may be a key: nothing of it stays */
	ssize_t got;
	int rc = 0;

	while (rc == 0 && (got = read_some(in, room, sizeof room)) != 0)
		if (got < 0)
			rc = sys_err(c, "read", from);
		else if (file_write_full(out, (struct str){room, (size_t)got}) != 0)
			rc = sys_err(c, "write", to);
	explicit_bzero(room, sizeof room);
	return rc;
}

int file_copy_new(struct ctx *c, const char *from, const char *to, mode_t mode)
{
	int in = open(from, O_RDONLY | O_CLOEXEC | O_NOCTTY), out, rc;

	if (in < 0)
		return sys_err(c, "open", from);
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (out < 0) {
		rc = errno == EEXIST ? err_set(c, ERR_CONFLICT, "%s: exists already", to)
				     : sys_err(c, "make", to);
	} else {
		rc = fd_copy(c, in, out, from, to);
		if (rc == 0 && (fchmod(out, mode) != 0 || fsync(out) != 0))
			rc = sys_err(c, "write", to);
		(void)close(out);
		if (rc != 0)
			(void)unlink(to);
	}
	(void)close(in);
	return rc;
}

int file_sync_dir(struct ctx *c, const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = 0;

	if (fd < 0)
		return sys_err(c, "open the folder", dir);
	if (fsync(fd) != 0)
		rc = sys_err(c, "sync the folder", dir);
	(void)close(fd);
	return rc;
}

int file_memory(struct ctx *c, int *ret)
{
	*ret = memfd_create("writ", MFD_CLOEXEC);
	return *ret < 0 ? sys_err(c, "make", "memory") : 0;
}
