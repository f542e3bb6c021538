#include "os/spawn.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/box.h"

enum {
	CHUNK = 256 << 10,
	PIPE = 1 << 20,
	HIGH_FD = 64, /* above every number a child may find a descriptor at */
	LAST_FDS = 4 + SPAWN_FDS_MAX,
	ROUND_MS = 60000,
	CLOSE_MS = 5000
};

/* What a child becomes. fds[i] is its descriptor i. */
struct child {
	const char *path;
	const char *const *argv;
	const char *const *env;
	const char *dir;
	int fds[LAST_FDS];
	size_t n;
	struct ctx *c;
	enum box_role role;
	const struct box_leave *box; /* NULL: none */
};

struct run {
	struct ctx *c;
	const struct spawn *how;
	pid_t pid;
	int pidfd, in, out, err; /* -1: closed */
	bool exited;
	struct str pending; /* taken from the caller, not yet written */
	char *chunk;
	struct buf out_buf, err_buf;
	int64_t deadline; /* milliseconds of clock_ms */
};

static void fd_close(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

/* A limit on waiting must go on while the work's own clock stands still in a test. */
static int64_t clock_ms(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_MONOTONIC, &ts) != 0)
		abort();
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int sys_err(struct ctx *c, const char *what, const char *path)
{
	int e = errno;

	return err_set(
	    c, e == ENOENT ? ERR_NOTFOUND : ERR_FAIL, "%s: cannot %s: %s", path, what, strerror(e));
}

/* ---- the child, between fork and exec: system calls, and the box ---- */

static void child_signals(void)
{
	struct sigaction sa = {.sa_handler = SIG_DFL};
	sigset_t none;

	for (int s = 1; s < NSIG; s++)
		(void)sigaction(s, &sa, NULL); /* some cannot be set, which is as well */
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Puts each descriptor at its place, by way of high numbers so that none is overwritten. */
static bool child_fds(const struct child *ch)
{
	int high[LAST_FDS];

	for (size_t i = 0; i < ch->n; i++) {
		high[i] = fcntl(ch->fds[i], F_DUPFD_CLOEXEC, HIGH_FD);
		if (high[i] < 0)
			return false;
	}
	for (size_t i = 0; i < ch->n; i++)
		if (dup2(high[i], (int)i) < 0)
			return false;
	return close_range((unsigned)ch->n, ~0u, CLOSE_RANGE_CLOEXEC) == 0;
}

/* One process with one thread forked, so that memory may be taken here. */
static bool child_box(const struct child *ch)
{
	if (ch->box == NULL || box_confine(ch->c, ch->role, ch->box) == 0)
		return true;
	errno = EPERM;
	return false;
}

static _Noreturn void child_exec(const struct child *ch, int fault, pid_t parent)
{
	int high = fcntl(fault, F_DUPFD_CLOEXEC, HIGH_FD), e;

	child_signals();
	(void)setpgid(0, 0);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
		_exit(127);
	errno = 0;
	if (high >= 0 && child_fds(ch) && chdir(ch->dir) == 0 && child_box(ch))
		(void)execve(ch->path, (char *const *)ch->argv, (char *const *)ch->env);
	e = errno;
	if (high < 0 || write(high, &e, sizeof e) != (ssize_t)sizeof e)
		_exit(126); /* the parent sees the status instead of the reason */
	_exit(127);
}

/* ---- starting ---- */

static int status_of(pid_t pid)
{
	int s;

	while (waitpid(pid, &s, 0) < 0)
		if (errno != EINTR)
			return 127; /* somebody else has waited for it */
	return WIFEXITED(s) ? WEXITSTATUS(s) : 128 + WTERMSIG(s);
}

/* Forks and returns after the exec has happened or failed. */
static int child_start(struct ctx *c, const struct child *ch, pid_t *ret)
{
	int fault[2], e = 0;
	pid_t self = getpid(), pid;
	ssize_t got;

	if (pipe2(fault, O_CLOEXEC) != 0)
		return sys_err(c, "make a pipe", ch->path);
	pid = fork();
	if (pid == 0)
		child_exec(ch, fault[1], self);
	fd_close(&fault[1]);
	if (pid < 0) {
		fd_close(&fault[0]);
		return sys_err(c, "fork", ch->path);
	}
	do
		got = read(fault[0], &e, sizeof e);
	while (got < 0 && errno == EINTR);
	fd_close(&fault[0]);
	if (got == 0) {
		*ret = pid;
		return 0;
	}
	(void)status_of(pid);
	errno = got == (ssize_t)sizeof e ? e : EIO;
	return sys_err(c, "run", ch->path);
}

int spawn_helper(struct ctx *c, const char *name, struct str *ret)
{
	static const char *const ways[] = {"", "../libexec/writ/", "../"};
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	char *end;

	if (n > 0) {
		self[n] = '\0';
		end = strrchr(self, '/');
		for (size_t i = 0; end != NULL && i < sizeof ways / sizeof ways[0]; i++) {
			struct str path =
			    str_fmt(c, "%.*s/%s%s", (int)(end - self), self, ways[i], name);

			if (access(path.p, X_OK) == 0) {
				*ret = path;
				return 0;
			}
		}
	}
	return err_set(c, ERR_NOTFOUND, "%s: this part of Writ is not installed", name);
}

static int program_find(struct ctx *c, const char *name, const char **ret)
{
	static const char *const dirs[] = {"/usr/local/bin", "/usr/bin", "/bin"};

	if (strchr(name, '/') != NULL) {
		*ret = name;
		return 0;
	}
	for (size_t i = 0; i < sizeof dirs / sizeof dirs[0]; i++) {
		struct str path = str_fmt(c, "%s/%s", dirs[i], name);

		if (access(path.p, X_OK) == 0) {
			*ret = path.p;
			return 0;
		}
	}
	return err_set(c, ERR_NOTFOUND, "%s: there is no such program", name);
}

static const char *const *env_make(struct ctx *c, const char *const *more)
{
	static const char *const fixed[] = {
	    "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nonexistent", "LC_ALL=C.UTF-8"};
	size_t n = sizeof fixed / sizeof fixed[0], extra = 0;
	const char **env;

	while (more != NULL && more[extra] != NULL)
		extra++;
	env = mem_array(c, n + extra + 1, sizeof *env);
	memcpy(env, fixed, sizeof fixed);
	if (extra > 0)
		memcpy(env + n, more, extra * sizeof *env);
	return env;
}

/* ---- running a program ---- */

struct pipes {
	int in[2], out[2], err[2], null;
};

static void pipes_close(struct pipes *p)
{
	for (size_t i = 0; i < 2; i++) {
		fd_close(&p->in[i]);
		fd_close(&p->out[i]);
		fd_close(&p->err[i]);
	}
	fd_close(&p->null);
}

static int pipes_open(struct ctx *c, const struct spawn *how, struct pipes *ret)
{
	struct pipes p = {{-1, -1}, {-1, -1}, {-1, -1}, -1};
	bool in = how->in == SPAWN_IN_TEXT || how->in == SPAWN_IN_NEXT;
	int rc = 0;

	p.null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (p.null < 0)
		rc = sys_err(c, "open", "/dev/null");
	else if ((in && pipe2(p.in, O_CLOEXEC) != 0) || pipe2(p.err, O_CLOEXEC) != 0 ||
		 (how->out == SPAWN_OUT_TEXT && pipe2(p.out, O_CLOEXEC) != 0))
		rc = sys_err(c, "make a pipe", how->argv[0]);
	else if (in && fcntl(p.in[1], F_SETFL, O_NONBLOCK) != 0)
		rc = sys_err(c, "set up a pipe", how->argv[0]);
	if (rc == 0 && how->in == SPAWN_IN_NEXT) /* fewer turns for large inputs; may be refused */
		(void)fcntl(p.in[1], F_SETPIPE_SZ, PIPE);
	if (rc < 0)
		pipes_close(&p);
	else
		*ret = p;
	return rc;
}

static int fd_or(int fd, int other)
{
	return fd >= 0 ? fd : other;
}

static int run_start(struct run *r)
{
	const struct spawn *how = r->how;
	struct child ch = {.argv = how->argv,
	    .dir = how->dir == NULL ? "/" : how->dir,
	    .n = 3 + how->n_fds,
	    .c = r->c};
	struct box_path *own;
	struct box_leave box = {0};
	struct pipes p;
	int rc = program_find(r->c, how->argv[0], &ch.path);

	if (rc == 0)
		rc = pipes_open(r->c, how, &p);
	if (rc < 0)
		return rc;
	ch.env = env_make(r->c, how->env);
	if (how->boxed) {
		own = mem_array(r->c, how->n_paths + 1, sizeof *own);
		own[0] = (struct box_path){ch.path, BOX_EXEC};
		if (how->n_paths > 0)
			memcpy(own + 1, how->paths, how->n_paths * sizeof *own);
		box.paths = box_programs(r->c, own, how->n_paths + 1, &box.n_paths);
		box.file_bytes = how->file_bytes;
		box.seconds = how->seconds;
		box.ports = how->ports;
		box.n_ports = how->n_ports;
		ch.role = how->n_ports > 0 ? BOX_NET : BOX_TOOL;
		ch.box = &box;
	}
	ch.fds[0] = how->in == SPAWN_IN_FD ? how->in_fd : fd_or(p.in[0], p.null);
	ch.fds[1] = how->out == SPAWN_OUT_FD ? how->out_fd : fd_or(p.out[1], p.null);
	ch.fds[2] = p.err[1];
	for (size_t i = 0; i < how->n_fds; i++)
		ch.fds[3 + i] = how->fds[i];
	rc = child_start(r->c, &ch, &r->pid);
	if (rc == 0) {
		r->in = p.in[1];
		r->out = p.out[0];
		r->err = p.err[0];
		p.in[1] = p.out[0] = p.err[0] = -1; /* the run's from here on */
		r->pidfd = pidfd_open(r->pid, 0);
		if (r->pidfd < 0)
			rc = sys_err(r->c, "watch", ch.path);
	}
	pipes_close(&p);
	return rc;
}

/* Makes sure there is something to write; closes the input at its end. */
static int run_refill(struct run *r)
{
	ssize_t got = 0;

	if (r->pending.n > 0)
		return 0;
	if (r->how->in == SPAWN_IN_NEXT) {
		got = r->how->in_next(r->how->in_arg, r->chunk, CHUNK);
		assert(got <= CHUNK);
	}
	if (got < 0)
		return (int)got;
	if (got == 0)
		fd_close(&r->in);
	r->pending = (struct str){r->chunk, (size_t)got};
	return 0;
}

static int run_feed(struct run *r)
{
	int rc = run_refill(r);
	ssize_t done;

	if (rc < 0 || r->in < 0)
		return rc;
	done = write(r->in, r->pending.p, r->pending.n);
	if (done >= 0) {
		r->pending.p += done;
		r->pending.n -= (size_t)done;
	} else if (errno == EPIPE) {
		fd_close(&r->in); /* it wants no more */
	} else if (errno != EAGAIN && errno != EINTR) {
		return sys_err(r->c, "write to", r->how->argv[0]);
	}
	return 0;
}

/* Takes what is there into b; closes *fd at the end. With drop, what does not fit is read all the
 * same, so that the program does not block on it. */
static int run_take(struct run *r, int *fd, struct buf *b, bool drop)
{
	char bytes[8192];
	ssize_t got = read(*fd, bytes, sizeof bytes);
	size_t n = got > 0 ? (size_t)got : 0;

	if (got == 0)
		fd_close(fd);
	if (got < 0 && errno != EINTR && errno != EAGAIN)
		return sys_err(r->c, "read from", r->how->argv[0]);
	if (drop && n > b->limit - b->n)
		n = b->limit - b->n;
	buf_put(b, (struct str){bytes, n});
	if (b->over)
		return err_set(
		    r->c, ERR_LIMIT, "%s: wrote more than %zu bytes", r->how->argv[0], b->limit);
	return 0;
}

static int run_round(struct run *r)
{
	struct pollfd p[] = {
	    {r->in, POLLOUT, 0},
	    {r->out, POLLIN, 0},
	    {r->err, POLLIN, 0},
	    {r->exited ? -1 : r->pidfd, POLLIN, 0},
	};
	int64_t left = r->deadline - clock_ms();
	int rc = 0;

	if (left <= 0) /* also for a program that never lets the poll time out */
		return err_set(r->c, ERR_LIMIT, "%s: not done in %d seconds", r->how->argv[0],
		    r->how->seconds);
	if (poll(p, 4, left < ROUND_MS ? (int)left : ROUND_MS) < 0)
		return errno == EINTR ? 0 : sys_err(r->c, "wait for", r->how->argv[0]);
	if (p[0].revents != 0)
		rc = run_feed(r);
	if (rc == 0 && p[1].revents != 0)
		rc = run_take(r, &r->out, &r->out_buf, false);
	if (rc == 0 && p[2].revents != 0)
		rc = run_take(r, &r->err, &r->err_buf, true);
	if (p[3].revents != 0) {
		r->exited = true;
		fd_close(&r->in); /* nobody is left to read it */
	}
	return rc;
}

/* The group is killed before its leader is waited for, while its number cannot be another's. */
static int run_end(struct run *r)
{
	int status = 0;

	if (r->pid > 0) {
		(void)kill(-r->pid, SIGKILL);
		status = status_of(r->pid);
	}
	fd_close(&r->in);
	fd_close(&r->out);
	fd_close(&r->err);
	fd_close(&r->pidfd);
	return status;
}

int spawn_run(struct ctx *c, const struct spawn *how, struct spawn_result *ret)
{
	struct run r = {.c = c, .how = how, .pid = -1, .pidfd = -1, .in = -1, .out = -1, .err = -1};
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	int rc, status;

	assert(how->argv != NULL && how->argv[0] != NULL && how->seconds > 0);
	assert(how->n_fds <= SPAWN_FDS_MAX);
	if (how->in == SPAWN_IN_TEXT)
		r.pending = how->in_text;
	if (how->in == SPAWN_IN_NEXT)
		r.chunk = mem_alloc(c, CHUNK);
	r.out_buf = buf_init(c, how->out_limit);
	r.err_buf = buf_init(c, SPAWN_ERR_MAX);
	r.deadline = clock_ms() + (int64_t)how->seconds * 1000;
	if (sigaction(SIGPIPE, &ignore, &before) != 0)
		abort(); /* only a wrong number can do this */
	rc = run_start(&r);
	while (rc == 0 && !(r.exited && r.out < 0 && r.err < 0))
		rc = run_round(&r);
	status = run_end(&r);
	(void)sigaction(SIGPIPE, &before, NULL);
	if (rc == 0)
		*ret = (struct spawn_result){status, buf_str(&r.out_buf), buf_str(&r.err_buf)};
	return rc;
}

/* ---- roles ---- */

static bool role_ok(const char *role)
{
	return *role != '\0' && role[strspn(role, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

/* LeakSanitizer stops and inspects the process from a thread of its own, which no box allows. Where
 * the zones are is asked for before the box. */
static const char *const *role_env(struct ctx *c)
{
	const char **more = mem_array(c, 3, sizeof *more), *zones = getenv("TZDIR");
	size_t n = 0;

#ifdef __SANITIZE_ADDRESS__
	more[n++] = "ASAN_OPTIONS=detect_leaks=0";
#endif
	if (zones != NULL)
		more[n++] = str_fmt(c, "TZDIR=%s", zones).p;
	more[n] = NULL;
	return env_make(c, more);
}

static int peer_start(struct ctx *c, const char *path, const char *const *argv, const int *fds,
    size_t n, struct spawn_peer *ret)
{
	struct child ch = {.path = path, .argv = argv, .dir = "/", .n = 4 + n};
	int pair[2], null, rc;
	pid_t pid;

	assert(n <= SPAWN_FDS_MAX);
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (null < 0)
		return sys_err(c, "open", "/dev/null");
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
		rc = sys_err(c, "make a connection", path);
		fd_close(&null);
		return rc;
	}
	ch.env = role_env(c);
	ch.fds[0] = ch.fds[1] = null;
	ch.fds[2] = fcntl(2, F_GETFD) >= 0 ? 2 : null;
	ch.fds[3] = pair[1];
	for (size_t i = 0; i < n; i++)
		ch.fds[4 + i] = fds[i];
	rc = child_start(c, &ch, &pid);
	fd_close(&pair[1]);
	fd_close(&null);
	if (rc < 0) {
		fd_close(&pair[0]);
		return rc;
	}
	*ret = (struct spawn_peer){.fd = pair[0], .pid = pid};
	return 0;
}

int spawn_role(struct ctx *c, const char *role, const int *fds, size_t n, struct spawn_peer *ret)
{
	const char *argv[] = {"writ", str_fmt(c, "--role=%s", role).p, NULL};

	assert(role_ok(role));
	return peer_start(c, "/proc/self/exe", argv, fds, n, ret);
}

int spawn_helper_peer(
    struct ctx *c, const char *name, const int *fds, size_t n, struct spawn_peer *ret)
{
	const char *argv[] = {name, NULL};
	struct str path;
	int rc = spawn_helper(c, name, &path);

	return rc == 0 ? peer_start(c, path.p, argv, fds, n, ret) : rc;
}

struct spawn_peer spawn_peer_parent(void)
{
	return (struct spawn_peer){.fd = 3, .pid = -1};
}

int spawn_peer_send(struct ctx *c, const struct spawn_peer *peer, struct str msg)
{
	ssize_t done;

	if (msg.n == 0)
		return err_set(c, ERR_INVALID, "a message to a role is empty");
	if (msg.n > SPAWN_MSG_MAX)
		return err_set(
		    c, ERR_LIMIT, "a message to a role is larger than %d bytes", SPAWN_MSG_MAX);
	do
		done = send(peer->fd, msg.p, msg.n, MSG_NOSIGNAL);
	while (done < 0 && errno == EINTR);
	if (done < 0)
		return err_set(c, ERR_FAIL, "cannot send to a role: %s", strerror(errno));
	return 0;
}

/* Waits until there is something to receive, or the end. */
static int peer_wait(struct ctx *c, const struct spawn_peer *peer)
{
	int64_t end = clock_ms() + (int64_t)peer->seconds * 1000;

	for (;;) {
		struct pollfd p = {peer->fd, POLLIN, 0};
		int64_t left = end - clock_ms();
		int n = poll(&p, 1, peer->seconds == 0 ? -1 : left < 0 ? 0 : (int)left);

		if (n > 0)
			return 0;
		if (n == 0)
			return err_set(
			    c, ERR_LIMIT, "no answer from a role in %d seconds", peer->seconds);
		if (errno != EINTR)
			return err_set(c, ERR_FAIL, "cannot wait for a role: %s", strerror(errno));
	}
}

int spawn_peer_take(
    struct ctx *c, const struct spawn_peer *peer, char bytes[static SPAWN_MSG_MAX], size_t *ret_n)
{
	ssize_t got;
	int rc = peer_wait(c, peer);

	if (rc < 0)
		return rc;
	do
		got = recv(peer->fd, bytes, SPAWN_MSG_MAX, MSG_TRUNC); /* the true length */
	while (got < 0 && (errno == EINTR || errno == ECONNRESET));
	/* A reset is told once, when the other side ended with our last message unread; what it had
	 * to say before is still there, and then comes the end. */
	if (got == 0)
		return err_set(c, ERR_NOTFOUND, "a role has closed the connection");
	if (got < 0)
		return err_set(c, ERR_FAIL, "cannot receive from a role: %s", strerror(errno));
	if (got > SPAWN_MSG_MAX)
		return err_set(
		    c, ERR_LIMIT, "a message from a role is larger than %d bytes", SPAWN_MSG_MAX);
	*ret_n = (size_t)got;
	return 0;
}

int spawn_peer_recv(struct ctx *c, const struct spawn_peer *peer, struct str *ret)
{
	char bytes[SPAWN_MSG_MAX];
	size_t n;
	int rc = spawn_peer_take(c, peer, bytes, &n);

	if (rc == 0)
		*ret = (struct str){mem_dup(c, bytes, n), n};
	return rc;
}

int spawn_peer_close(struct spawn_peer *peer)
{
	struct pollfd p = {-1, POLLIN, 0};
	int status;

	fd_close(&peer->fd);
	if (peer->pid <= 0)
		return 0;
	p.fd = pidfd_open(peer->pid, 0);
	if (p.fd >= 0)
		(void)poll(&p, 1, CLOSE_MS); /* cut short by a signal, it ends sooner: no harm */
	fd_close(&p.fd);
	(void)kill(-peer->pid, SIGKILL);
	status = status_of(peer->pid);
	peer->pid = -1;
	return status;
}
