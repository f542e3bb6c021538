/* The boxes with something left open: in each role everything that is not left to it is tried and
 * refused, and what is left to it works. Without the box each attempt succeeds, so it is the box
 * that the test sees. */
#include "os/box.h"

#include "check.h"
#include <asm/ioctls.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <netinet/in.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/file.h"
#include "os/spawn.h"

enum { DONE = 0, REFUSED = 10, FAILED = 11, NOT_CONFINED = 12 };

/* A folder left to the role, one that is not, and listeners that really are there. */
struct place {
	char in[64], out[64], key[96], sock[96];
	int tcp, local;
	uint16_t port;
	pid_t parent;
	struct ctx *c;
	char *page; /* of the parent's memory too */
};

static struct place place_make(void)
{
	struct place p = {.in = "/tmp/writ-box-in-XXXXXX", .out = "/tmp/writ-box-out-XXXXXX"};
	struct sockaddr_in in = {.sin_family = AF_INET};
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	socklen_t n = sizeof in;
	struct ctx *c = test_ctx();

	assert_non_null(mkdtemp(p.in));
	assert_non_null(mkdtemp(p.out));
	(void)snprintf(p.key, sizeof p.key, "%s/log.key", p.out);
	(void)snprintf(p.sock, sizeof p.sock, "%s/sock", p.out);
	assert_ok(c, file_write_atomic(c, p.key, 0400, STR("secret")));
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	p.tcp = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(p.tcp, (const struct sockaddr *)&in, sizeof in), 0);
	assert_int_equal(listen(p.tcp, 8), 0);
	assert_int_equal(getsockname(p.tcp, (struct sockaddr *)&in, &n), 0);
	p.port = ntohs(in.sin_port);
	(void)snprintf(un.sun_path, sizeof un.sun_path, "%s", p.sock);
	p.local = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(p.local, (const struct sockaddr *)&un, sizeof un), 0);
	assert_int_equal(listen(p.local, 8), 0);
	p.parent = getpid();
	p.c = c;
	p.page = mem_alloc(c, 64); /* looked at from the boxes */
	return p;
}

static void place_drop(struct place *p)
{
	char made[96];

	(void)snprintf(made, sizeof made, "%s/made", p->in);
	(void)unlink(made);
	(void)snprintf(made, sizeof made, "%s/made", p->out);
	(void)unlink(made);
	(void)unlink(p->key);
	(void)unlink(p->sock);
	(void)close(p->tcp);
	(void)close(p->local);
	assert_int_equal(rmdir(p->in), 0);
	assert_int_equal(rmdir(p->out), 0);
	ctx_close(&p->c);
}

/* ---- attempts: each returns as its system call does ---- */

static long try_read_key(const struct place *p)
{
	return open(p->key, O_RDONLY);
}
static long try_list(const struct place *p)
{
	return open(p->out, O_RDONLY | O_DIRECTORY);
}
static long try_make(const struct place *p)
{
	char path[96];

	(void)snprintf(path, sizeof path, "%s/made", p->out);
	return open(path, O_WRONLY | O_CREAT, 0600);
}
static long try_remove(const struct place *p)
{
	return unlink(p->key);
}
static long try_rename(const struct place *p)
{
	char path[96];

	(void)snprintf(path, sizeof path, "%s/made", p->out);
	return rename(p->key, path);
}
static long try_overwrite(const struct place *p)
{
	(void)p;
	return open("/usr", O_RDWR | O_TMPFILE, 0600);
}
static long try_tcp(const struct place *p)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(p->port)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return fd < 0 ? fd : connect(fd, (const struct sockaddr *)&in, sizeof in);
}
static long try_udp(const struct place *p)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(p->port)};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return fd < 0 ? fd : sendto(fd, "x", 1, 0, (const struct sockaddr *)&in, sizeof in);
}
static long try_local(const struct place *p)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)snprintf(un.sun_path, sizeof un.sun_path, "%s", p->sock);
	return fd < 0 ? fd : connect(fd, (const struct sockaddr *)&un, sizeof un);
}
static long try_listen(const struct place *p)
{
	return listen(p->tcp, 8);
}
static long try_bind(const struct place *p)
{
	struct sockaddr_in in = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)p;
	return fd < 0 ? fd : bind(fd, (const struct sockaddr *)&in, sizeof in);
}
static long try_accept(const struct place *p)
{
	int rc;

	(void)fcntl(p->tcp, F_SETFL, O_NONBLOCK);
	rc = accept(p->tcp, NULL, NULL);
	return rc < 0 && errno == EAGAIN ? 0 : rc;
}
static long try_netlink(const struct place *p)
{
	(void)p;
	return socket(AF_NETLINK, SOCK_DGRAM, 15); /* kernel events */
}
static long try_exec(const struct place *p)
{
	char *argv[] = {"true", NULL}, *env[] = {NULL};

	(void)p;
	return execve("/bin/true", argv, env);
}
static long try_exec_shell(const struct place *p)
{
	char *argv[] = {"sh", "-c", "true", NULL}, *env[] = {NULL};

	(void)p;
	return execve("/bin/sh", argv, env);
}
static long try_execveat(const struct place *p)
{
	char *argv[] = {"true", NULL}, *env[] = {NULL};

	(void)p;
	return syscall(SYS_execveat, AT_FDCWD, "/bin/true", argv, env, 0);
}
static long forked(pid_t pid)
{
	if (pid == 0)
		_exit(0);
	return pid;
}
static long try_fork(const struct place *p)
{
	(void)p;
	return forked(fork());
}
static long try_kill(const struct place *p)
{
	return kill(p->parent, 0);
}
static long try_look(const struct place *p)
{
	char byte;
	struct iovec to = {&byte, 1}, from = {p->page, 1};

	return process_vm_readv(p->parent, &to, 1, &from, 1, 0);
}
static long try_ptrace(const struct place *p)
{
	(void)p;
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}
static long try_namespace(const struct place *p)
{
	(void)p;
	return unshare(CLONE_NEWUTS | CLONE_NEWUSER);
}
static long try_clone_namespace(const struct place *p)
{
	(void)p;
	return forked((pid_t)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, 0));
}
static long try_keyring(const struct place *p)
{
	(void)p;
	return syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, -3 /* session */, 1);
}
static long try_uring(const struct place *p)
{
	(void)p;
	(void)syscall(SYS_io_uring_setup, 0, NULL); /* EINVAL or EFAULT where it is allowed */
	return errno == EPERM ? -1 : 0;
}
static long try_type(const struct place *p)
{
	(void)p;
	(void)ioctl(0, TIOCSTI, "x"); /* no terminal: ENOTTY where it is allowed */
	return errno == EPERM ? -1 : 0;
}

enum {
	CLI = 1 << BOX_CLI,
	SEQ = 1 << BOX_SEQUENCER,
	SERVE = 1 << BOX_SERVE,
	WEB = 1 << BOX_WEB,
	WORK = 1 << BOX_WORK,
	TOOL = 1 << BOX_TOOL,
	NET = 1 << BOX_NET,
	STARTS = CLI | SERVE | WORK | TOOL | NET
};

struct attempt {
	const char *name;
	long (*fn)(const struct place *p);
	unsigned may; /* the roles that may */
	bool outside; /* without a box it succeeds on every machine */
};

static const struct attempt attempts[] = {
    {"read the log's key", try_read_key, 0, true},
    {"list a folder", try_list, 0, true},
    {"make a file", try_make, 0, true},
    {"remove a file", try_remove, 0, true},
    {"rename a file", try_rename, 0, true},
    {"make a nameless file", try_overwrite, 0, false},
    {"connect by TCP", try_tcp, 0, true},
    {"send by UDP", try_udp, 0, true},
    {"connect in the file system", try_local, 0, true},
    {"listen", try_listen, 0, true},
    {"bind", try_bind, 0, true},
    {"accept", try_accept, SERVE | WEB, true},
    {"netlink", try_netlink, 0, true},
    {"exec what is left", try_exec, STARTS, true},
    {"exec a shell", try_exec_shell, 0, true},
    {"execveat", try_execveat, 0, true},
    {"fork", try_fork, STARTS, true},
    {"signal outwards", try_kill, 0, true},
    {"read another's memory", try_look, 0, false},
    {"ptrace", try_ptrace, 0, true},
    {"unshare", try_namespace, 0, false},
    {"clone a namespace", try_clone_namespace, 0, false},
    {"keyring", try_keyring, 0, true},
    {"io_uring", try_uring, 0, false},
    {"type into the terminal", try_type, 0, true},
};
enum { ATTEMPTS = sizeof attempts / sizeof attempts[0] };

static const enum box_role roles[] = {
    BOX_SEQUENCER, BOX_CLI, BOX_SERVE, BOX_WEB, BOX_WORK, BOX_TOOL, BOX_NET};
enum { N_ROLES = sizeof roles / sizeof roles[0] };

static bool refused(int e)
{
	return e == EPERM || e == EACCES || e == ENOSYS;
}

static int confine(struct ctx *c, enum box_role role, const struct place *p, struct box_leave leave)
{
	const struct box_path own[] = {
	    {p->in, BOX_READ | BOX_WRITE}, {"/bin/true", BOX_EXEC}, {"/no/such/path", BOX_READ}};

	leave.paths = box_programs(c, own, 3, &leave.n_paths);
	return box_confine(c, role, &leave);
}

/* In a child, in the role or (-1) in no box: DONE, REFUSED or FAILED. */
static int outcome(const struct attempt *a, int role, const struct place *p, struct box_leave leave)
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (pid == 0) {
		struct ctx *c = test_ctx();

		if (role >= 0 && confine(c, (enum box_role)role, p, leave) < 0)
			_exit(NOT_CONFINED);
		errno = 0;
		if (a->fn(p) >= 0)
			_exit(DONE);
		_exit(refused(errno) ? REFUSED : FAILED);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static void test_possible_outside(void **state)
{
	(void)state;
	for (size_t i = 0; i < ATTEMPTS; i++) {
		struct place p = place_make();
		int got = attempts[i].outside ? outcome(&attempts[i], -1, &p, (struct box_leave){0})
					      : DONE;

		place_drop(&p);
		if (got != DONE)
			fail_msg("%s: %d without a box", attempts[i].name, got);
	}
}

static void test_each_role_cannot(void **state)
{
	struct place p = place_make();

	(void)state;
	for (size_t r = 0; r < N_ROLES; r++) {
		for (size_t i = 0; i < ATTEMPTS; i++) {
			const struct attempt *a = &attempts[i];
			bool may = (a->may & 1u << roles[r]) != 0;
			int got = outcome(a, (int)roles[r], &p, (struct box_leave){0});

			/* signals are Landlock's from ABI 6 on, where the role starts programs */
			if (a->fn == try_kill && box_landlock() < 6 && (STARTS & 1u << roles[r]))
				continue;
			if (got != (may ? DONE : REFUSED))
				fail_msg(
				    "%s in role %s: %d", a->name, box_role_name(roles[r]), got);
		}
	}
	place_drop(&p);
}

/* ---- what is left works ---- */

static long work_in_folder(const struct place *p)
{
	struct ctx *c = test_ctx();
	char path[96], byte;
	int fd;

	(void)snprintf(path, sizeof path, "%s/made", p->in);
	if (file_write_atomic(c, path, 0600, STR("x")) != 0)
		return -1;
	fd = open(path, O_RDWR);
	return fd >= 0 && read(fd, &byte, 1) == 1 && ftruncate(fd, 0) == 0 && fsync(fd) == 0 &&
		       unlink(path) == 0
		   ? 0
		   : -1;
}

static long work_runs_tool(const struct place *p)
{
	const char *argv[] = {"/bin/true", NULL};
	struct spawn how = {.argv = argv, .seconds = 60, .boxed = true};
	struct spawn_result res;

	(void)p;
	return spawn_run(test_ctx(), &how, &res) == 0 && res.status == 0 ? 0 : -1;
}

static void test_left_works(void **state)
{
	static const struct attempt folder = {"its folder", work_in_folder, 0, true},
				    tool = {"a tool in a box of its own", work_runs_tool, 0, true},
				    local = {"local", try_local, 0, true},
				    tcp = {"tcp", try_tcp, 0, true},
				    listening = {"listen", try_listen, 0, true};
	struct place p = place_make(), other = place_make();
	int port = p.port;
	const struct box_leave nothing = {0}, sockets = {.local = true},
			       ports = {.ports = &port, .n_ports = 1};

	(void)state;
	for (size_t r = 0; r < N_ROLES; r++) {
		int role = (int)roles[r];

		assert_int_equal(outcome(&folder, role, &p, nothing), DONE);
		if (roles[r] == BOX_TOOL)
			continue; /* no socket is ever left to it */
		assert_int_equal(
		    outcome(&local, role, &p, sockets), roles[r] == BOX_NET ? REFUSED : DONE);
		if (roles[r] == BOX_NET) /* the others' sockets there stay open in its backlog */
			assert_int_equal(outcome(&local, role, &p, ports), REFUSED);
		assert_int_equal(outcome(&tcp, role, &p, sockets), REFUSED);
		assert_int_equal(outcome(&tcp, role, &p, ports), DONE);
		assert_int_equal(outcome(&listening, role, &p, ports), REFUSED);
		if (box_landlock() >= 4)
			assert_int_equal(outcome(&tcp, role, &other, ports), REFUSED);
	}
	assert_int_equal(outcome(&tool, BOX_CLI, &p, nothing), DONE);
	assert_int_equal(outcome(&tool, BOX_WORK, &p, nothing), DONE);
	place_drop(&p);
	place_drop(&other);
}

/* An outside program in its box: what it was handed, and nothing else. */
static void test_tool(void **state)
{
	static const struct {
		const char *script;
		bool may;
	} cases[] = {{"exit 0", true}, {"echo x", true}, {"true </usr/share/zoneinfo/UTC", true},
	    {"ls /", false}, {"cat /etc/shadow", false}, {"echo x >/tmp/writ-box-made", false},
	    {"/bin/true", false}, {"kill -0 $PPID", false}};
	struct ctx *c = test_ctx();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *argv[] = {"sh", "-c", cases[i].script, NULL};
		struct spawn how = {.argv = argv,
		    .out = SPAWN_OUT_TEXT,
		    .out_limit = 10000,
		    .seconds = 60,
		    .boxed = true};
		struct spawn_result res;

		if (strncmp(cases[i].script, "kill", 4) == 0 && box_landlock() < 6)
			continue;
		assert_ok(c, spawn_run(c, &how, &res));
		if ((res.status == 0) != cases[i].may)
			fail_msg("\"%s\" ended with %d", cases[i].script, res.status);
		how.boxed = false;
		if (strstr(cases[i].script, "/tmp/") == NULL) {
			assert_ok(c, spawn_run(c, &how, &res));
			assert_int_equal(res.status, 0);
		}
	}
	ctx_close(&c);
}

/* ---- what doctor tells ---- */

static void test_trial(void **state)
{
	struct ctx *c = test_ctx();

	(void)state;
	for (unsigned role = 0; role < BOX_ROLES; role++) {
		struct box_trial t = box_try(c, (enum box_role)role);

		assert_true(t.starts);
		for (unsigned w = 0; w < BOX_WALLS; w++)
			if (!t.holds[w] && !(w == BOX_WALL_OTHERS && box_landlock() < 6))
				fail_msg("%s: %s", box_role_name((enum box_role)role),
				    box_wall_name((enum box_wall)w));
	}
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	ctx_close(&c);
}

/* Where Landlock is missing: signer, parse, serve and web do not start; the others do, and the
 * trial tells what is open. */
static int without_landlock(void)
{
	struct ctx *c = test_ctx();
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);

	if (f == NULL ||
	    seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0) !=
		0 ||
	    seccomp_load(f) != 0)
		return NOT_CONFINED;
	for (unsigned role = 0; role < BOX_ROLES; role++) {
		bool needs =
		    role == BOX_SIGNER || role == BOX_PARSE || role == BOX_SERVE || role == BOX_WEB;
		struct box_trial t = box_try(c, (enum box_role)role);

		if (t.starts == needs)
			return 20 + (int)role;
		if (!needs && (t.holds[BOX_WALL_FILES] || !t.holds[BOX_WALL_NETWORK]))
			return 30 + (int)role;
	}
	return DONE;
}

static void test_trial_without_landlock(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(without_landlock());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_possible_outside),
	    cmocka_unit_test(test_each_role_cannot),
	    cmocka_unit_test(test_left_works),
	    cmocka_unit_test(test_tool),
	    cmocka_unit_test(test_trial),
	    cmocka_unit_test(test_trial_without_landlock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
