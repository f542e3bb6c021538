/*
 * Faults put under a program that knows nothing of them: a library for LD_PRELOAD. It counts what
 * the program asks of the system, and at the N-th time lets it fail, kills the process, or takes
 * the power away from all its processes. Children that the program starts with an environment of
 * their own (the signer, age) are reached too: execve hands the settings on.
 *
 *   WRIT_FAULT       "ACT CLASS N [on]"
 *       ACT     count (nothing happens), kill (this process), cut (all of them), tear (half of a
 * write, then cut), eio, enospc, short (half is written and told so), nomem, flip (a bit of what is
 * written is another) CLASS   write, read,
 * sync, name (make, rename, remove, cut a file or folder), send (on a socket), alloc, op (write,
 * sync, name, send together) N       the N-th, from 1, over all processes; "on": and every one
 * after it WRIT_FAULT_ROOT  files count below this folder only WRIT_FAULT_PAGE  a file of 4096
 * bytes, zero at the start: the counters (64 bit each, in the order of the classes above), then
 * whether the fault happened and whether the power is off WRIT_FAULT_LOG   if set: where synced
 * states are kept for power.c WRIT_FAULT_SYNC  "none", "files", "folders": which syncs are true,
 * the others only say so; unset: all
 *
 * Syncs are not passed to the disk: a killed process does not need them, and a loss of power is
 * computed from the log. Works inside the signer's box: what it opens is open before the box is
 * closed, and its own work is system calls that the box permits.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_memalign(size_t align, size_t n);
extern char **environ;

enum class { WRITE, READ, SYNC, NAME, SEND, ALLOC, OP, CLASSES };
enum act { COUNT, KILL, CUT, TEAR, EIO_, ENOSPC_, SHORT, NOMEM, FLIP };

struct page {
	_Atomic uint64_t count[CLASSES];
	_Atomic uint64_t fired, off;
};

enum { LOG_FD = 900, FDS = 64, PATH = 4096, ENV = 128 };

static struct page *page;
static enum act act;
static enum class class;
static uint64_t at;
static bool on, logs, lies_files, lies_folders;
static char root[PATH], paths[FDS][256]; /* paths: what was open at the start, for use in the box */

/* libc's own syscall, which is overlaid below. Six words are handed on, however many count. */
static long real(long number, ...)
{
	static long (*call)(long number, ...);
	va_list ap;
	long a[6];

	va_start(ap, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	if (call == NULL)
		*(void **)(&call) = dlsym(RTLD_NEXT, "syscall");
	return call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* ---- settings ---- */

static int word(const char *text, const char *const *words, int n)
{
	for (int i = 0; i < n; i++)
		if (strncmp(text, words[i], strlen(words[i])) == 0 && text[strlen(words[i])] == ' ')
			return i;
	return -1;
}

static void wrong_use(const char *why)
{
	(void)real(SYS_write, 2, why, strlen(why));
	(void)real(SYS_write, 2, "\n", 1);
	_exit(125);
}

static void read_spec(const char *text)
{
	static const char *const acts[] = {
	    "count", "kill", "cut", "tear", "eio", "enospc", "short", "nomem", "flip"};
	static const char *const classes[] = {
	    "write", "read", "sync", "name", "send", "alloc", "op"};
	int a = word(text, acts, 9), c = a < 0 ? -1 : word(strchr(text, ' ') + 1, classes, 7);
	char *end;

	if (c < 0)
		wrong_use("fault: WRIT_FAULT wants \"ACT CLASS N [on]\"");
	act = (enum act)a;
	class = (enum class)c;
	at = strtoull(strrchr(text, ' ') + 1, &end, 10);
	if (strcmp(strrchr(text, ' '), " on") == 0) {
		on = true;
		at = strtoull(strchr(strchr(text, ' ') + 1, ' ') + 1, &end, 10);
	}
}

static void open_log(const char *path)
{
	int fd =
	    (int)real(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0 || real(SYS_dup3, fd, LOG_FD, O_CLOEXEC) < 0)
		wrong_use("fault: cannot open WRIT_FAULT_LOG");
	(void)real(SYS_close, fd);
	logs = true;
}

static ssize_t path_of(int fd, char *to, size_t n)
{
	char link[32];
	ssize_t got;

	(void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	got = real(SYS_readlink, link, to, n - 1);
	if (got < 0 && fd >= 0 && fd < FDS && paths[fd][0] != '\0') {
		got = (ssize_t)strnlen(paths[fd], n - 1);
		memcpy(to, paths[fd], (size_t)got);
	}
	if (got >= 0)
		to[got] = '\0';
	return got;
}

__attribute__((constructor)) static void begin(void)
{
	const char *spec = getenv("WRIT_FAULT"), *file = getenv("WRIT_FAULT_PAGE"),
		   *top = getenv("WRIT_FAULT_ROOT"), *log = getenv("WRIT_FAULT_LOG"),
		   *lie = getenv("WRIT_FAULT_SYNC");
	int fd;

	if (spec == NULL || file == NULL || top == NULL)
		return;
	read_spec(spec);
	(void)snprintf(root, sizeof root, "%s", top);
	for (int i = 0; i < FDS; i++) {
		char now[PATH];

		if (path_of(i, now, sizeof now) >= 0)
			(void)snprintf(paths[i], sizeof paths[i], "%.255s", now);
	}
	if (log != NULL)
		open_log(log);
	if (lie != NULL) {
		lies_files = strcmp(lie, "files") != 0;
		lies_folders = strcmp(lie, "folders") != 0;
	}
	fd = (int)real(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC, 0);
	page = fd < 0 ? MAP_FAILED
		      : mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED)
		wrong_use("fault: cannot map WRIT_FAULT_PAGE");
	(void)real(SYS_close, fd);
}

/* ---- counting ---- */

static _Noreturn void die(void)
{
	for (;;)
		(void)real(SYS_kill, getpid(), SIGKILL); /* in the box the call itself ends it */
}

static bool due(enum class c)
{
	uint64_t n = atomic_fetch_add(&page->count[c], 1) + 1;
	uint64_t ops = c == READ || c == ALLOC ? 0 : atomic_fetch_add(&page->count[OP], 1) + 1;

	if (class == OP)
		n = ops;
	else if (class != c)
		return false;
	if (act == COUNT || n < at || (n > at && !on))
		return false;
	atomic_store(&page->fired, 1);
	return true;
}

/* 0: go on; 1: half of it; 2: with another bit; -1: fails, errno set. */
static int met(enum class c)
{
	if (page == NULL)
		return 0;
	if (atomic_load(&page->off) != 0)
		die();
	if (!due(c))
		return 0;
	switch (act) {
	case CUT:
		atomic_store(&page->off, 1);
		die();
	case KILL:
		die();
	case TEAR:
	case SHORT:
		return c == WRITE ? 1 : 0;
	case EIO_:
		errno = EIO;
		return -1;
	case ENOSPC_:
		errno = ENOSPC;
		return c == WRITE || c == NAME ? -1 : 0;
	case NOMEM:
		errno = ENOMEM;
		return c == ALLOC ? -1 : 0;
	case FLIP:
		return c == WRITE ? 2 : 0;
	case COUNT:
		break;
	}
	return 0;
}

/* What makes room does not fail for want of it. */
static int met_free(void)
{
	return met(NAME) < 0 && act != ENOSPC_ ? -1 : 0;
}

static void torn(void)
{
	if (act != TEAR)
		return;
	atomic_store(&page->off, 1);
	die();
}

static bool below(const char *path)
{
	size_t n = strlen(root);

	return strncmp(path, root, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

static bool path_counts(const char *path)
{
	char here[PATH];
	size_t n;

	if (page == NULL)
		return false;
	if (path[0] == '/')
		return below(path);
	if (real(SYS_getcwd, here, sizeof here) < 0)
		return false;
	n = strlen(here);
	(void)snprintf(here + n, sizeof here - n, "/%s", path);
	return below(here);
}

static bool fd_counts(int fd)
{
	char path[PATH];

	return page != NULL && path_of(fd, path, sizeof path) >= 0 && below(path);
}

/* ---- the log of what is on disk ---- */

static void log_put(const void *p, size_t n)
{
	const char *c = p;

	while (n > 0) {
		long done = real(SYS_write, LOG_FD, c, n);

		if (done < 0)
			die();
		c += done;
		n -= (size_t)done;
	}
}

static void log_line(const char *text)
{
	log_put(text, strlen(text));
}

/* The file as it is now, with its number. */
static void log_file(int fd, const struct stat *st)
{
	char link[32], head[64], buf[1 << 14];
	int from = fd, flags = (int)real(SYS_fcntl, fd, F_GETFL);

	if ((flags & O_ACCMODE) == O_WRONLY) {
		(void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
		from = (int)real(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC, 0);
	}
	(void)snprintf(head, sizeof head, "S %llu %lld\n", (unsigned long long)st->st_ino,
	    (long long)st->st_size);
	log_line(head);
	for (off_t o = 0; o < st->st_size;) {
		size_t want =
		    st->st_size - o < (off_t)sizeof buf ? (size_t)(st->st_size - o) : sizeof buf;
		long got = real(SYS_pread64, from, buf, want, o);

		if (got <= 0)
			die();
		log_put(buf, (size_t)got);
		o += got;
	}
	if (from != fd)
		(void)real(SYS_close, from);
}

struct entry {
	uint64_t ino;
	int64_t off;
	unsigned short size;
	unsigned char type;
	char name[];
};

/* The names in the folder as they are now. */
static void log_folder(int fd)
{
	char path[PATH], line[PATH + 64];
	_Alignas(struct entry) char buf[1 << 14];
	int dir;
	long got;

	if (path_of(fd, path, sizeof path) < 0)
		die();
	(void)snprintf(line, sizeof line, "D %s\n", path + strlen(root));
	log_line(line);
	dir = (int)real(SYS_openat, AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	while ((got = real(SYS_getdents64, dir, buf, sizeof buf)) > 0)
		for (long o = 0; o < got;) {
			const struct entry *e = (const struct entry *)(const void *)(buf + o);

			o += e->size;
			if (strcmp(e->name, ".") == 0 || strcmp(e->name, "..") == 0)
				continue;
			(void)snprintf(line, sizeof line, "N %llu %c %s\n",
			    (unsigned long long)e->ino, e->type == 4 ? 'd' : 'f', e->name);
			log_line(line);
		}
	(void)real(SYS_close, dir);
	log_line("E\n");
}

/* The file of this name goes away: its number may come again as another file's. */
static void log_gone(const char *path)
{
	struct stat st;
	char line[64];

	if (!logs || real(SYS_lstat, path, &st) != 0 || st.st_nlink > 1)
		return;
	(void)snprintf(line, sizeof line, "U %llu\n", (unsigned long long)st.st_ino);
	log_line(line);
}

static int sync_any(int fd, long call)
{
	struct stat st;
	int rc;

	if (!fd_counts(fd))
		return (int)real(call, fd);
	rc = met(SYNC);
	if (rc < 0)
		return -1;
	if (!logs || real(SYS_fstat, fd, &st) != 0)
		return 0;
	if (S_ISDIR(st.st_mode) && !lies_folders)
		log_folder(fd);
	if (S_ISREG(st.st_mode) && !lies_files)
		log_file(fd, &st);
	return 0;
}

/* ---- what the program calls ---- */

int fsync(int fd)
{
	return sync_any(fd, SYS_fsync);
}

int fdatasync(int fd)
{
	return sync_any(fd, SYS_fdatasync);
}

ssize_t write(int fd, const void *p, size_t n)
{
	int rc = fd_counts(fd) ? met(WRITE) : 0;
	ssize_t done;

	if (rc < 0)
		return -1;
	if (rc == 2 && n > 0) {
		unsigned char first = *(const unsigned char *)p ^ 1;

		return real(SYS_write, fd, &first, 1) != 1
			   ? -1
			   : 1 + real(SYS_write, fd, (const unsigned char *)p + 1, n - 1);
	}
	done = real(SYS_write, fd, p, rc > 0 && n > 1 ? n / 2 : n);
	if (rc > 0)
		torn();
	return done;
}

ssize_t pwrite64(int fd, const void *p, size_t n, off_t o)
{
	int rc = fd_counts(fd) ? met(WRITE) : 0;
	ssize_t done;

	if (rc < 0)
		return -1;
	done = real(SYS_pwrite64, fd, p, rc > 0 && n > 1 ? n / 2 : n, o);
	if (rc > 0)
		torn();
	return done;
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t o)
{
	return pwrite64(fd, p, n, o);
}

ssize_t writev(int fd, const struct iovec *v, int n)
{
	return fd_counts(fd) && met(WRITE) < 0 ? -1 : real(SYS_writev, fd, v, n);
}

ssize_t read(int fd, void *p, size_t n)
{
	return fd_counts(fd) && met(READ) < 0 ? -1 : real(SYS_read, fd, p, n);
}

ssize_t pread64(int fd, void *p, size_t n, off_t o)
{
	return fd_counts(fd) && met(READ) < 0 ? -1 : real(SYS_pread64, fd, p, n, o);
}

ssize_t pread(int fd, void *p, size_t n, off_t o)
{
	return pread64(fd, p, n, o);
}

int ftruncate64(int fd, off_t n)
{
	return fd_counts(fd) && met_free() < 0 ? -1 : (int)real(SYS_ftruncate, fd, n);
}

int ftruncate(int fd, off_t n)
{
	return ftruncate64(fd, n);
}

int posix_fallocate64(int fd, off_t o, off_t n)
{
	if (fd_counts(fd) && met(NAME) < 0)
		return errno;
	return real(SYS_fallocate, fd, 0, o, n) == 0 ? 0 : errno;
}

int posix_fallocate(int fd, off_t o, off_t n)
{
	return posix_fallocate64(fd, o, n);
}

int fallocate64(int fd, int mode, off_t o, off_t n)
{
	return fd_counts(fd) && met(NAME) < 0 ? -1 : (int)real(SYS_fallocate, fd, mode, o, n);
}

int fallocate(int fd, int mode, off_t o, off_t n)
{
	return fallocate64(fd, mode, o, n);
}

int rename(const char *from, const char *to)
{
	if (path_counts(to)) {
		if (met(NAME) < 0)
			return -1;
		log_gone(to);
	}
	return (int)real(SYS_rename, from, to);
}

int unlink(const char *path)
{
	if (path_counts(path)) {
		if (met_free() < 0)
			return -1;
		log_gone(path);
	}
	return (int)real(SYS_unlink, path);
}

int mkdir(const char *path, mode_t mode)
{
	if (path_counts(path) && real(SYS_access, path, F_OK) != 0 && met(NAME) < 0)
		return -1;
	return (int)real(SYS_mkdir, path, mode);
}

static int open_any(const char *path, int flags, mode_t mode)
{
	bool makes =
	    (flags & O_CREAT) != 0 && path_counts(path) && real(SYS_access, path, F_OK) != 0;

	if (makes && met(NAME) < 0)
		return -1;
	return (int)real(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = (flags & O_CREAT) != 0 ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	return open_any(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = (flags & O_CREAT) != 0 ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	return open_any(path, flags, mode);
}

int mkostemp64(char *temp, int flags)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	char *x = temp + strlen(temp) - 6;
	unsigned char r[6];
	int fd;

	do {
		(void)real(SYS_getrandom, r, sizeof r, 0);
		for (int i = 0; i < 6; i++)
			x[i] = letters[r[i] % 36];
		fd = open_any(temp, flags | O_RDWR | O_CREAT | O_EXCL, 0600);
	} while (fd < 0 && errno == EEXIST);
	return fd;
}

int mkostemp(char *temp, int flags)
{
	return mkostemp64(temp, flags);
}

/* A socket on which nothing can be sent any more is a broken one: its reader finds the end. One
 * that only does not send is not to be had, and a library that waits for an answer or the end, as
 * libpq does, would wait for ever. */
ssize_t send(int fd, const void *p, size_t n, int flags)
{
	if (page == NULL || met(SEND) == 0)
		return real(SYS_sendto, fd, p, n, flags, 0L, 0L);
	(void)real(SYS_shutdown, fd, SHUT_RDWR);
	errno = ECONNRESET;
	return -1;
}

static bool no_memory(void)
{
	return page != NULL && met(ALLOC) < 0;
}

void *malloc(size_t n)
{
	return no_memory() ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return no_memory() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	return no_memory() ? NULL : __libc_realloc(p, n);
}

void *aligned_alloc(size_t align, size_t n)
{
	return no_memory() ? NULL : __libc_memalign(align, n);
}

int posix_memalign(void **ret, size_t align, size_t n)
{
	void *p = no_memory() ? NULL : __libc_memalign(align, n);

	if (p == NULL)
		return ENOMEM;
	*ret = p;
	return 0;
}

/* Hands the settings on to a program that gets another environment. */
/* ---- the box ---- */

/* Landlock (linux/landlock.h): what a set permits of a file. */
struct rule {
	uint64_t allowed;
	int32_t fd;
} __attribute__((packed));
enum { WRITE_FILE = 1 << 1, READ_FILE = 1 << 2, RULE_PATH = 1 };

static void permit(int set, const char *path)
{
	struct rule rule = {READ_FILE | WRITE_FILE,
	    path == NULL ? -1 : (int32_t)real(SYS_openat, AT_FDCWD, path, O_PATH | O_CLOEXEC, 0)};

	if (rule.fd < 0)
		return;
	(void)real(SYS_landlock_add_rule, set, RULE_PATH, &rule, 0);
	(void)real(SYS_close, rule.fd);
}

/* A command that locks itself in starts the signer from inside: that one must find this library,
 * and what it counts in, as it would find the system's own. */
long syscall(long number, ...)
{
	va_list ap;
	long a[6];

	va_start(ap, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	if (number == SYS_landlock_restrict_self && page != NULL) {
		permit((int)a[0], getenv("LD_PRELOAD"));
		permit((int)a[0], getenv("WRIT_FAULT_PAGE"));
		permit((int)a[0], getenv("WRIT_FAULT_LOG"));
	}
	return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int execve(const char *path, char *const argv[], char *const envp[])
{
	char *more[ENV];
	size_t n = 0;

	for (; page != NULL && envp[n] != NULL && n < ENV - 8; n++)
		more[n] = envp[n];
	for (size_t i = 0; page != NULL && environ[i] != NULL && n < ENV - 1; i++)
		if (strncmp(environ[i], "WRIT_FAULT", 10) == 0 ||
		    strncmp(environ[i], "LD_PRELOAD=", 11) == 0)
			more[n++] = environ[i];
	more[n] = NULL;
	return (int)real(SYS_execve, path, argv, page != NULL ? more : envp);
}
