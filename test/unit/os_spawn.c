#include "os/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

/* ---- this program as a role ---- */

static int role_echo(void)
{
	struct spawn_peer up = spawn_peer_parent();
	struct ctx *c;
	int rc;

	ctx_open(&c);
	for (;;) {
		struct str msg;

		rc = spawn_peer_recv(c, &up, &msg);
		if (rc < 0 || spawn_peer_send(c, &up, msg) < 0)
			break;
	}
	ctx_close(&c);
	return rc == ERR_NOTFOUND ? 42 : 1;
}

/* Tells which descriptors below 200 are open, its environment, and what 4 and 5 have to read. */
static int role_tell(void)
{
	struct spawn_peer up = spawn_peer_parent();
	struct ctx *c;
	struct buf b;

	ctx_open(&c);
	b = buf_init(c, SPAWN_MSG_MAX);
	for (int fd = 0; fd < 200; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			buf_fmt(&b, "%d ", fd);
	for (int fd = 4; fd <= 5; fd++) {
		char bytes[16];
		ssize_t got = read(fd, bytes, sizeof bytes);

		buf_putc(&b, '|');
		if (got > 0)
			buf_put(&b, (struct str){bytes, (size_t)got});
	}
	if (spawn_peer_send(c, &up, buf_str(&b)) < 0)
		return 1;
	ctx_close(&c);
	return 0;
}

/* Sends one message more than allowed, then one that is. */
static int role_big(void)
{
	static char bytes[SPAWN_MSG_MAX + 1];

	if (send(3, bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes || send(3, "ok", 2, 0) != 2)
		return 1;
	return 0;
}

static int role_main(const char *role)
{
	if (strcmp(role, "--role=echo") == 0)
		return role_echo();
	if (strcmp(role, "--role=tell") == 0)
		return role_tell();
	if (strcmp(role, "--role=big") == 0)
		return role_big();
	for (;;)
		(void)pause(); /* --role=hang */
}

/* ---- running programs ---- */

/* No child may be left, whatever happened. */
static void assert_no_child(void)
{
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static int fds_open(void)
{
	int n = 0;

	for (int fd = 0; fd < 200; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

static struct spawn shell(const char **argv, const char *script)
{
	argv[0] = "sh";
	argv[1] = "-c";
	argv[2] = script;
	argv[3] = NULL;
	return (struct spawn){
	    .argv = argv, .out = SPAWN_OUT_TEXT, .out_limit = 1 << 20, .seconds = 60};
}

static void test_text_in_and_out(void **state)
{
	struct ctx *c = test_ctx();
	const char *argv[4];
	struct spawn how = shell(argv, "cat; echo err >&2; exit 3");
	struct spawn_result r;
	int before = fds_open();

	(void)state;
	how.in = SPAWN_IN_TEXT;
	how.in_text = STR("a\0b");
	assert_ok(c, spawn_run(c, &how, &r));
	assert_int_equal(r.status, 3);
	assert_true(str_eq(r.out, STR("a\0b")));
	assert_str(r.err, "err\n");
	how.in_text = STR("");
	assert_ok(c, spawn_run(c, &how, &r));
	assert_str(r.out, "");
	how.in = SPAWN_IN_NONE;
	how.out = SPAWN_OUT_NONE;
	assert_ok(c, spawn_run(c, &how, &r));
	assert_int_equal(r.status, 3);
	assert_str(r.out, "");
	assert_int_equal(fds_open(), before);
	assert_no_child();
	ctx_close(&c);
}

static void test_no_shell(void **state)
{
	struct ctx *c = test_ctx();
	const char *argv[] = {"printf", "%s|", "$HOME; `id` *", "", "a b", NULL};
	struct spawn how = {.argv = argv, .out = SPAWN_OUT_TEXT, .out_limit = 100, .seconds = 60};
	struct spawn_result r;

	(void)state;
	assert_ok(c, spawn_run(c, &how, &r));
	assert_str(r.out, "$HOME; `id` *||a b|");
	ctx_close(&c);
}

static void test_status(void **state)
{
	struct ctx *c = test_ctx();
	const char *argv[4];
	struct spawn how = shell(argv, "kill -TERM $$");
	struct spawn_result r;

	(void)state;
	assert_ok(c, spawn_run(c, &how, &r));
	assert_int_equal(r.status, 128 + SIGTERM);
	assert_no_child();
	ctx_close(&c);
}

static void test_no_such_program(void **state)
{
	struct ctx *c = test_ctx();
	const char *argv[] = {"writ-no-such-program", NULL};
	struct spawn how = {.argv = argv, .seconds = 60};
	struct spawn_result r;
	int before = fds_open();

	(void)state;
	assert_err(c, spawn_run(c, &how, &r), ERR_NOTFOUND, "writ-no-such-program: there is no");
	argv[0] = "/usr/bin/writ-no-such-program";
	assert_err(c, spawn_run(c, &how, &r), ERR_NOTFOUND, "cannot run: No such file");
	argv[0] = "/dev/null";
	assert_err(c, spawn_run(c, &how, &r), ERR_FAIL, "cannot run: Permission denied");
	argv[0] = "true";
	how.dir = "/proc/no-such-folder";
	assert_err(c, spawn_run(c, &how, &r), ERR_NOTFOUND, "cannot run");
	assert_int_equal(fds_open(), before);
	assert_no_child();
	ctx_close(&c);
}

static void test_surroundings(void **state)
{
	struct ctx *c = test_ctx();
	const char *argv[4];
	const char *more[] = {"GNUPGHOME=/x", NULL};
	const char *env_argv[] = {"env", NULL};
	struct spawn how = shell(argv, "pwd; exec ls /proc/self/fd");
	struct spawn_result r;
	int stray = dup2(2, 77); /* open, and not close-on-exec */

	(void)state;
	assert_int_equal(stray, 77);
	/* 3 is the folder that ls itself reads. */
	assert_ok(c, spawn_run(c, &how, &r));
	assert_str(r.out, "/\n0\n1\n2\n3\n");
	how.dir = "/usr";
	assert_ok(c, spawn_run(c, &how, &r));
	assert_str(r.out, "/usr\n0\n1\n2\n3\n");
	assert_int_equal(close(stray), 0);
	assert_int_equal(setenv("WRIT_TEST_SECRET", "x", 1), 0);
	how.argv = env_argv;
	how.env = more;
	assert_ok(c, spawn_run(c, &how, &r));
	assert_str(r.out, "PATH=/usr/local/bin:/usr/bin:/bin\nHOME=/nonexistent\nLC_ALL=C.UTF-8\n"
			  "GNUPGHOME=/x\n");
	ctx_close(&c);
}

/* A child gets default signals even when this process ignores or blocks them, and this process's
 * own are as before. */
static void test_signals(void **state)
{
	struct ctx *c = test_ctx();
	const char *argv[4];
	struct spawn how =
	    shell(argv, "grep -E '^Sig(Blk|Ign)' /proc/self/status | tr -d '\\t\\n'");
	struct sigaction handle = {.sa_handler = SIG_IGN}, now;
	struct spawn_result r;
	sigset_t set, old;

	(void)state;
	assert_int_equal(sigaction(SIGUSR1, &handle, NULL), 0);
	assert_int_equal(sigemptyset(&set) | sigaddset(&set, SIGUSR2), 0);
	assert_int_equal(sigprocmask(SIG_BLOCK, &set, &old), 0);
	assert_ok(c, spawn_run(c, &how, &r));
	assert_str(r.out, "SigBlk:0000000000000000SigIgn:0000000000000000");
	assert_int_equal(sigprocmask(SIG_SETMASK, &old, NULL), 0);
	assert_int_equal(sigaction(SIGPIPE, NULL, &now), 0);
	assert_true(now.sa_handler == SIG_DFL);
	ctx_close(&c);
}

struct stream {
	size_t sent, total;
	struct ctx *c;
};

static char stream_byte(size_t i)
{
	return (char)((i * 131 + i / 65536) & 0xff);
}

/* Uneven chunks, so that no boundary agrees with the pipe's. */
static ssize_t stream_next(void *arg, void *buf, size_t n)
{
	struct stream *s = arg;
	size_t take = s->sent % 3 == 0 ? n : n / 2 + 1;
	char *p = buf;

	if (take > s->total - s->sent)
		take = s->total - s->sent;
	for (size_t i = 0; i < take; i++)
		p[i] = stream_byte(s->sent + i);
	s->sent += take;
	return (ssize_t)take;
}

static ssize_t stream_fail(void *arg, void *buf, size_t n)
{
	struct stream *s = arg;

	if (s->sent > 100000)
		return err_set(s->c, ERR_INVALID, "source broke");
	return stream_next(arg, buf, n);
}

/* Both pipes full at the same time: a naive writer would stop here for ever. */
static void test_large_both_ways(void **state)
{
	struct ctx *c = test_ctx();
	struct stream s = {0, 10000001, c};
	const char *argv[4];
	struct spawn how = shell(argv, "head -c 3000000 /dev/zero >&2; cat");
	struct spawn_result r;

	(void)state;
	how.in = SPAWN_IN_NEXT;
	how.in_next = stream_next;
	how.in_arg = &s;
	how.out_limit = s.total;
	assert_ok(c, spawn_run(c, &how, &r));
	assert_int_equal(r.out.n, s.total);
	for (size_t i = 0; i < r.out.n; i++)
		if (r.out.p[i] != stream_byte(i))
			fail_msg("byte %zu differs", i);
	assert_int_equal(r.err.n, SPAWN_ERR_MAX); /* bounded, the rest read and dropped */
	ctx_close(&c);
}

static void test_source_fails(void **state)
{
	struct ctx *c = test_ctx();
	struct stream s = {0, 10000000, c};
	const char *argv[4];
	struct spawn how = shell(argv, "cat >/dev/null; sleep 1000");
	struct spawn_result r;

	(void)state;
	how.in = SPAWN_IN_NEXT;
	how.in_next = stream_fail;
	how.in_arg = &s;
	assert_err(c, spawn_run(c, &how, &r), ERR_INVALID, "source broke");
	assert_no_child();
	ctx_close(&c);
}

static void test_input_not_wanted(void **state)
{
	struct ctx *c = test_ctx();
	struct stream s = {0, 10000000, c};
	const char *argv[4];
	struct spawn how = shell(argv, "exec <&-; echo done");
	struct spawn_result r;

	(void)state;
	how.in = SPAWN_IN_NEXT;
	how.in_next = stream_next;
	how.in_arg = &s;
	assert_ok(c, spawn_run(c, &how, &r));
	assert_int_equal(r.status, 0);
	assert_str(r.out, "done\n");
	ctx_close(&c);
}

static void test_output_limit(void **state)
{
	struct ctx *c = test_ctx();
	const char *argv[4];
	struct spawn how = shell(argv, "printf 12345");
	struct spawn_result r;

	(void)state;
	how.out_limit = 5;
	assert_ok(c, spawn_run(c, &how, &r));
	how.out_limit = 4;
	assert_err(c, spawn_run(c, &how, &r), ERR_LIMIT, "sh: wrote more than 4 bytes");
	argv[2] = "yes";
	how.out_limit = 100000;
	assert_err(c, spawn_run(c, &how, &r), ERR_LIMIT, "wrote more than 100000 bytes");
	assert_no_child();
	ctx_close(&c);
}

/* A process that is no more, or is only waiting for an init that does not come. */
static bool gone(struct ctx *c, int64_t pid)
{
	char bytes[512] = "";
	int fd = open(str_fmt(c, "/proc/%lld/stat", (long long)pid).p, O_RDONLY | O_CLOEXEC);
	const char *end;

	if (fd < 0)
		return true;
	(void)!read(fd, bytes, sizeof bytes - 1);
	(void)close(fd);
	end = strrchr(bytes, ')');
	return end == NULL || end[2] == 'Z' || end[2] == 'X';
}

static void assert_soon_gone(struct ctx *c, struct str number)
{
	int64_t pid;

	assert_true(str_i64(str_trim(number), &pid));
	for (int i = 0; i < 1000 && !gone(c, pid); i++)
		(void)usleep(10000);
	assert_true(gone(c, pid));
}

static void test_timeout_kills_the_group(void **state)
{
	struct ctx *c = test_ctx();
	const char *argv[4];
	struct spawn how = shell(argv, "sleep 1000 & echo $!; wait");
	struct spawn_result r;
	char number[32];
	ssize_t got;
	int p[2];

	(void)state;
	assert_int_equal(pipe2(p, O_CLOEXEC), 0);
	how.seconds = 1;
	how.out = SPAWN_OUT_FD;
	how.out_fd = p[1];
	assert_err(c, spawn_run(c, &how, &r), ERR_LIMIT, "sh: not done in 1 seconds");
	got = read(p[0], number, sizeof number);
	assert_true(got > 0);
	assert_soon_gone(c, (struct str){number, (size_t)got});
	/* Always something to read: the limit must hold all the same. */
	argv[2] = "yes >&2";
	assert_err(c, spawn_run(c, &how, &r), ERR_LIMIT, "not done in 1 seconds");
	/* It has ended itself, what it left behind holds the output open. */
	argv[2] = "sleep 1000 &";
	how.out = SPAWN_OUT_TEXT;
	assert_err(c, spawn_run(c, &how, &r), ERR_LIMIT, "not done in 1 seconds");
	(void)close(p[0]);
	(void)close(p[1]);
	assert_no_child();
	ctx_close(&c);
}

static void test_nothing_left_behind(void **state)
{
	struct ctx *c = test_ctx();
	const char *argv[4];
	struct spawn how = shell(argv, "sleep 1000 >/dev/null 2>&1 & echo $!");
	struct spawn_result r;

	(void)state;
	assert_ok(c, spawn_run(c, &how, &r));
	assert_soon_gone(c, r.out);
	ctx_close(&c);
}

static void test_descriptors_as_input_and_output(void **state)
{
	struct ctx *c = test_ctx();
	const char *argv[4];
	struct spawn how = shell(argv, "cat");
	struct spawn_result r;
	char bytes[8] = "";
	int in[2], out[2];

	(void)state;
	assert_int_equal(pipe2(in, O_CLOEXEC) | pipe2(out, O_CLOEXEC), 0);
	assert_int_equal(write(in[1], "hello", 5), 5);
	(void)close(in[1]);
	how.in = SPAWN_IN_FD;
	how.in_fd = in[0];
	how.out = SPAWN_OUT_FD;
	how.out_fd = out[1];
	assert_ok(c, spawn_run(c, &how, &r));
	assert_int_equal(read(out[0], bytes, sizeof bytes), 5);
	assert_string_equal(bytes, "hello");
	assert_int_equal(close(in[0]) | close(out[0]) | close(out[1]), 0);
	ctx_close(&c);
}

/* A daemon has no standard descriptors; its pipes then get the numbers 0 to 2. */
static void test_without_standard_descriptors(void **state)
{
	struct ctx *c = test_ctx();
	const char *argv[4];
	struct spawn how = shell(argv, "cat; echo err >&2");
	pid_t pid = fork();
	int status;

	(void)state;
	assert_true(pid >= 0);
	if (pid == 0) {
		struct spawn_result r;
		bool good;

		for (int fd = 0; fd < 3; fd++)
			(void)close(fd);
		how.in = SPAWN_IN_TEXT;
		how.in_text = STR("text");
		good = spawn_run(c, &how, &r) == 0 && str_is(r.out, "text") &&
		       str_is(r.err, "err\n") && r.status == 0;
		_exit(good ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	ctx_close(&c);
}

/* ---- roles ---- */

static void test_role_echo(void **state)
{
	struct ctx *c = test_ctx();
	char *most = mem_alloc(c, SPAWN_MSG_MAX + 1);
	struct spawn_peer peer;
	struct str s;
	int before = fds_open();

	(void)state;
	ctx_random(c, most, SPAWN_MSG_MAX);
	assert_ok(c, spawn_role(c, "echo", NULL, 0, &peer));
	peer.seconds = 60;
	for (int i = 0; i < 100; i++) {
		struct str msg = str_fmt(c, "message %d", i);

		assert_ok(c, spawn_peer_send(c, &peer, msg));
		assert_ok(c, spawn_peer_recv(c, &peer, &s));
		assert_true(str_eq(s, msg));
	}
	assert_ok(c, spawn_peer_send(c, &peer, (struct str){most, SPAWN_MSG_MAX}));
	assert_ok(c, spawn_peer_recv(c, &peer, &s));
	assert_true(str_eq(s, (struct str){most, SPAWN_MSG_MAX}));
	assert_err(c, spawn_peer_send(c, &peer, (struct str){most, SPAWN_MSG_MAX + 1}), ERR_LIMIT,
	    "larger than 65536");
	assert_err(c, spawn_peer_send(c, &peer, STR("")), ERR_INVALID, "empty");
	peer.seconds = 1;
	s = STR("untouched");
	assert_err(c, spawn_peer_recv(c, &peer, &s), ERR_LIMIT, "no answer from a role in 1");
	assert_str(s, "untouched");
	assert_int_equal(spawn_peer_close(&peer), 42); /* it saw the end */
	assert_int_equal(spawn_peer_close(&peer), 0);
	assert_int_equal(fds_open(), before);
	assert_no_child();
	ctx_close(&c);
}

static void test_role_descriptors(void **state)
{
	struct ctx *c = test_ctx();
	struct spawn_peer peer;
	int a[2], b[2], fds[2];
	struct str s;

	(void)state;
	assert_int_equal(pipe2(a, O_CLOEXEC) | pipe2(b, 0), 0);
	assert_int_equal(write(a[1], "first", 5) + write(b[1], "second", 6), 11);
	fds[0] = a[0];
	fds[1] = b[0];
	assert_ok(c, spawn_role(c, "tell", fds, 2, &peer));
	assert_ok(c, spawn_peer_recv(c, &peer, &s));
	assert_str(s, "0 1 2 3 4 5 |first|second");
	assert_err(c, spawn_peer_recv(c, &peer, &s), ERR_NOTFOUND, "has closed");
	assert_int_equal(spawn_peer_close(&peer), 0);
	for (int i = 0; i < 2; i++)
		assert_int_equal(close(a[i]) | close(b[i]), 0); /* still ours */
	ctx_close(&c);
}

static void test_role_too_big(void **state)
{
	struct ctx *c = test_ctx();
	struct spawn_peer peer;
	struct str s;

	(void)state;
	assert_ok(c, spawn_role(c, "big", NULL, 0, &peer));
	assert_err(c, spawn_peer_recv(c, &peer, &s), ERR_LIMIT, "larger than 65536");
	assert_ok(c, spawn_peer_recv(c, &peer, &s));
	assert_str(s, "ok");
	assert_int_equal(spawn_peer_close(&peer), 0);
	ctx_close(&c);
}

static void test_role_that_died(void **state)
{
	struct ctx *c = test_ctx();
	struct spawn_peer peer;
	struct str s;

	(void)state;
	assert_ok(c, spawn_role(c, "hang", NULL, 0, &peer));
	assert_int_equal(kill(peer.pid, SIGKILL), 0);
	assert_err(c, spawn_peer_recv(c, &peer, &s), ERR_NOTFOUND, "has closed");
	assert_err(c, spawn_peer_send(c, &peer, STR("x")), ERR_FAIL, "cannot send to a role");
	assert_int_equal(spawn_peer_close(&peer), 128 + SIGKILL);
	assert_no_child();
	ctx_close(&c);
}

static void test_role_that_hangs_is_killed(void **state)
{
	struct ctx *c = test_ctx();
	struct spawn_peer peer;

	(void)state;
	assert_ok(c, spawn_role(c, "hang", NULL, 0, &peer));
	assert_int_equal(spawn_peer_close(&peer), 128 + SIGKILL);
	assert_no_child();
	ctx_close(&c);
}

/* When the process that started a role dies, the role does too. */
static void test_role_dies_with_its_parent(void **state)
{
	struct ctx *c = test_ctx();
	int64_t number = 0;
	pid_t pid;
	int p[2];

	(void)state;
	assert_int_equal(pipe2(p, O_CLOEXEC), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct spawn_peer peer;

		if (spawn_role(c, "hang", NULL, 0, &peer) < 0)
			_exit(1);
		number = peer.pid;
		(void)!write(p[1], &number, sizeof number);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_int_equal(read(p[0], &number, sizeof number), sizeof number);
	assert_soon_gone(c, str_fmt(c, "%lld", (long long)number));
	assert_int_equal(close(p[0]) | close(p[1]), 0);
	ctx_close(&c);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_text_in_and_out),
	    cmocka_unit_test(test_no_shell),
	    cmocka_unit_test(test_status),
	    cmocka_unit_test(test_no_such_program),
	    cmocka_unit_test(test_surroundings),
	    cmocka_unit_test(test_signals),
	    cmocka_unit_test(test_large_both_ways),
	    cmocka_unit_test(test_source_fails),
	    cmocka_unit_test(test_input_not_wanted),
	    cmocka_unit_test(test_output_limit),
	    cmocka_unit_test(test_timeout_kills_the_group),
	    cmocka_unit_test(test_nothing_left_behind),
	    cmocka_unit_test(test_descriptors_as_input_and_output),
	    cmocka_unit_test(test_without_standard_descriptors),
	    cmocka_unit_test(test_role_echo),
	    cmocka_unit_test(test_role_descriptors),
	    cmocka_unit_test(test_role_too_big),
	    cmocka_unit_test(test_role_that_died),
	    cmocka_unit_test(test_role_that_hangs_is_killed),
	    cmocka_unit_test(test_role_dies_with_its_parent),
	};

	if (argc > 1)
		return role_main(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
