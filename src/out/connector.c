#include "out/connector.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/box.h"
#include "os/file.h"
#include "os/spawn.h"

enum {
	SOCKET_AT = 3, /* the first descriptor that a program is handed */
	WORDS_MAX = 64,
	NAME_LEN_MAX = 128,
	CHUNK = 1 << 16,
	LISTING_MAX = 4 << 20
};

/* ---- what came ---- */

struct came {
	struct connector_file *files;
	size_t n, cap;
	int64_t bytes;
	bool odd; /* something that is no plain file with a plain name */
};

static bool plain_name(const char *name)
{
	size_t n = strlen(name);

	if (n > NAME_LEN_MAX || name[0] == '.' || name[0] == '-')
		return false;
	for (size_t i = 0; i < n; i++) {
		char ch = name[i];

		if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
			(ch >= '0' && ch <= '9') || ch == '.' || ch == '_' || ch == '-'))
			return false;
	}
	return true;
}

static void add_name(struct ctx *c, int dir, const char *name, struct came *r)
{
	struct stat st;

	if (!plain_name(name) || fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !S_ISREG(st.st_mode) || st.st_nlink != 1) {
		r->odd = true;
		return;
	}
	r->bytes += st.st_size;
	r->files = mem_grow(c, r->files, r->n, &r->cap, sizeof *r->files);
	r->files[r->n++] =
	    (struct connector_file){.name = str_make(c, str_of(name)), .size = st.st_size};
}

static int by_bytes(const void *a, const void *b)
{
	const struct connector_file *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

/* All names, also those that begin with a dot: nothing is left lying unseen. */
static int look(struct ctx *c, const char *path, struct came *r)
{
	DIR *d = opendir(path);
	const struct dirent *e;

	if (d == NULL)
		return err_set(c, ERR_FAIL, "%s: %s", path, strerror(errno));
	while ((e = readdir(d)) != NULL && r->n <= CONNECTOR_FILES_MAX)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			add_name(c, dirfd(d), e->d_name, r);
	(void)closedir(d);
	if (r->n > 0)
		qsort(r->files, r->n, sizeof *r->files, by_bytes);
	return 0;
}

static int hash_one(struct ctx *c, const char *dir, struct str name, struct hash *ret)
{
	struct str path = str_fmt(c, "%s/%.*s", dir, STR_ARG(name));
	int fd = open(path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	char *buf = mem_alloc(c, CHUNK);
	struct hash_run run;
	ssize_t got = fd < 0 ? -1 : 0;

	hash_begin(&run);
	while (fd >= 0 && (got = read(fd, buf, CHUNK)) > 0)
		hash_add(&run, (struct str){buf, (size_t)got});
	if (fd >= 0)
		(void)close(fd);
	if (got < 0)
		return err_set(c, ERR_FAIL, "a collected file: %s", strerror(errno));
	*ret = hash_end(&run);
	return 0;
}

/* What `sha256sum *` prints in the folder, in the order of the C locale. */
static int list(struct ctx *c, const char *dir, struct came *r, struct hash *ret)
{
	struct buf b = buf_init(c, LISTING_MAX);
	struct str text;
	int rc = 0;

	for (size_t i = 0; i < r->n && rc == 0; i++) {
		struct connector_file *f = &r->files[i];

		rc = hash_one(c, dir, f->name, &f->hash);
		if (rc == 0)
			buf_fmt(&b, "%s  %.*s\n", hash_hex(c, f->hash).p, STR_ARG(f->name));
	}
	if (rc == 0)
		rc = buf_end(&b, "the listing of collected files", &text);
	if (rc == 0)
		*ret = hash_of(text);
	return rc;
}

/* ---- running ---- */

static const char **words_of(struct ctx *c, struct str first, struct str rest)
{
	const char **argv = mem_array(c, WORDS_MAX + 2, sizeof *argv);
	struct str word;
	size_t n = 0;

	argv[n++] = str_z(c, first);
	while (n <= WORDS_MAX && str_word(&rest, &word))
		argv[n++] = str_z(c, word);
	return argv;
}

static size_t add_paths(
    struct ctx *c, struct str words, unsigned may, struct box_path *to, size_t n)
{
	struct str word;

	while (n < WORDS_MAX && str_word(&words, &word))
		to[n++] = (struct box_path){str_z(c, word), may};
	return n;
}

static const char *why_of(int status)
{
	if (status == 0)
		return "";
	if (status == CONNECTOR_REFUSED)
		return "refused";
	if (status == CONNECTOR_LATER)
		return "later";
	if (status == 128 + SIGXFSZ)
		return "size";
	/* whoever used up the processor's time is ended by the kernel with SIGKILL */
	return status == 128 + SIGXCPU || status == 128 + SIGKILL ? "time" : "failed";
}

/* The connection is made out here. -1: nothing listens there. */
static int connect_to(struct str path)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	memcpy(a.sun_path, path.p, path.n < sizeof a.sun_path ? path.n : sizeof a.sun_path - 1);
	if (connect(fd, (const struct sockaddr *)&a, sizeof a) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

static int start(struct ctx *c, const struct map_service *s, struct str ticket, const char *dir,
    const char **ret_why)
{
	struct box_path *paths = mem_array(c, WORDS_MAX + 1, sizeof *paths);
	const char *env[] = {str_fmt(c, "WRIT_OUT=%s", dir).p,
	    s->socket.n > 0 ? str_fmt(c, "WRIT_SOCKET=%d", SOCKET_AT).p : NULL, NULL};
	int socket_fd = -1;
	struct spawn how = {.argv = words_of(c, s->program, s->arguments),
	    .env = env,
	    .dir = dir,
	    .in = SPAWN_IN_TEXT,
	    .in_text = ticket,
	    .out = SPAWN_OUT_NONE,
	    .seconds = (int)s->seconds,
	    .boxed = true,
	    .paths = paths,
	    .file_bytes = s->megabytes << 20};
	struct spawn_result result;
	int rc;

	if (s->socket.n > 0) {
		socket_fd = connect_to(s->socket);
		how.fds = &socket_fd;
		how.n_fds = 1;
		if (socket_fd < 0) {
			*ret_why = "later";
			return 0;
		}
	}
	how.n_paths = add_paths(c, s->reads, BOX_READ, paths, 0);
	how.n_paths = add_paths(c, s->runs, BOX_EXEC, paths, how.n_paths);
	paths[how.n_paths++] = (struct box_path){dir, BOX_READ | BOX_WRITE};
	rc = spawn_run(c, &how, &result);
	if (socket_fd >= 0)
		(void)close(socket_fd);
	if (rc == 0)
		*ret_why = why_of(result.status);
	else
		*ret_why = rc == ERR_LIMIT ? "time" : "missing";
	if (rc != 0)
		err_clear(c); /* why says it */
	return 0;
}

static int take(struct ctx *c, int64_t most, const char *dir, struct service_result *ret)
{
	struct came r = {0};
	int rc = look(c, dir, &r);

	if (rc != 0)
		return rc;
	if (r.odd || r.n > CONNECTOR_FILES_MAX)
		ret->why = "files";
	else if (r.bytes > most)
		ret->why = "size";
	else
		rc = list(c, dir, &r, &ret->listing);
	ret->files = (int64_t)r.n;
	return rc;
}

int connector_came(struct ctx *c, const char *dir, struct service_result *ret)
{
	return take(c, INT64_MAX, dir, ret);
}

int connector_files(struct ctx *c, const char *dir, struct connector_file **ret, size_t *ret_n)
{
	struct came r = {0};
	struct hash whole;
	int rc = look(c, dir, &r);

	if (rc == 0)
		rc = list(c, dir, &r, &whole);
	if (rc == 0) {
		*ret = r.files;
		*ret_n = r.n;
	}
	return rc;
}

int connector_run(struct ctx *c, const struct map_service *s, struct str ticket, const char *dir,
    struct service_result *ret)
{
	struct service_result r = {.why = ""};
	char *whole;
	int rc;

	if (mkdir(dir, 0700) != 0)
		return err_set(
		    c, errno == EEXIST ? ERR_CONFLICT : ERR_FAIL, "%s: %s", dir, strerror(errno));
	whole = realpath(dir, NULL); /* the program starts in another folder */
	if (whole == NULL)
		return err_set(c, ERR_FAIL, "%s: %s", dir, strerror(errno));
	rc = start(c, s, ticket, whole, &r.why);
	if (rc == 0 && r.why[0] == '\0')
		rc = take(c, s->megabytes << 20, whole, &r);
	if (rc != 0 || r.why[0] != '\0') {
		int gone = file_remove_tree(c, whole);

		rc = rc != 0 ? rc : gone;
		r.files = 0;
	}
	free(whole);
	if (rc == 0)
		*ret = r;
	return rc;
}
