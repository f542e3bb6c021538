#include "os/box.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <netinet/in.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "kind/hash.h"
#include "kind/json.h"
#include "kind/yaml.h"
#include "os/file.h"
#include "os/spawn.h"

#include "box_attempts.h"

enum { DONE = 0, REFUSED = 10, FAILED = 11, NOT_CONFINED = 12 };

/* Confined as role, or not at all for role -1, makes the attempt in a child: its wait status. */
static int attempt_in_child(const struct attempt *a, int role)
{
	struct kit k = kit_open();
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (pid == 0) {
		struct ctx *c = test_ctx();

		if (role >= 0 && box_confine(c, (enum box_role)role, NULL) < 0)
			_exit(NOT_CONFINED);
		if (a->fn(&k) >= 0)
			_exit(DONE);
		_exit(errno == EPERM ? REFUSED : FAILED);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	kit_close(&k);
	return status;
}

/* Without the box each attempt succeeds: so it is the box that the next tests see. */
static void test_all_possible_outside(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
		int status = attempt_in_child(&attempts[i], -1);

		if (status != 0)
			fail_msg(
			    "%s: status %#x without a box", attempts[i].name, (unsigned)status);
	}
}

static void check_role(enum box_role role)
{
	for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
		const struct attempt *a = &attempts[i];
		int status = attempt_in_child(a, (int)role);
		bool right;

		if (a->signer && role == BOX_SIGNER)
			right = status == 0;
		else if (a->quiet)
			right = WIFEXITED(status) && WEXITSTATUS(status) == REFUSED;
		else
			right = WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
		if (!right)
			fail_msg("%s: status %#x in role %d", a->name, (unsigned)status, (int)role);
	}
}

static void test_parse_cannot(void **state)
{
	(void)state;
	check_role(BOX_PARSE);
}

static void test_signer_cannot(void **state)
{
	(void)state;
	check_role(BOX_SIGNER);
}

/* ---- what must go on working ---- */

static int number_cmp(const void *a, const void *b)
{
	return memcmp(a, b, 8);
}

static bool parses(struct ctx *c)
{
	const struct yaml *y;
	struct json *j;

	return json_parse(c, "f", STR("{\"a\":[1,\"x\"]}"), &j) == 0 &&
	       yaml_parse(c, "f", STR("a:\n- b\n"), &y) == 0 &&
	       json_parse(c, "f", STR("{\"a\":"), &j) == ERR_INVALID;
}

static bool reads_and_answers(struct ctx *c, struct kit *k)
{
	struct spawn_peer peer = {.fd = k->pair[0], .pid = -1, .seconds = 60};
	struct str s;
	char bytes[8];
	struct stat st;

	return lseek(k->file, 0, SEEK_SET) == 0 && read(k->file, bytes, 8) == 4 &&
	       pread(k->file, bytes, 2, 1) == 2 && memcmp(bytes, "ex", 2) == 0 &&
	       syscall(SYS_fstat, k->file, &st) == 0 && st.st_size == 4 &&
	       spawn_peer_recv(c, &peer, &s) == 0 && str_is(s, "question") &&
	       spawn_peer_send(c, &peer, STR("answer")) == 0;
}

static bool computes(void)
{
	size_t n = 1 << 20;
	unsigned char *p = malloc(n), zero[32] = {0};
	struct ctx *c;
	struct secret s;
	struct hash h;

	if (p == NULL)
		return false;
	ctx_open(&c); /* kernel clock and entropy */
	if (ctx_now(c) < 1700000000)
		return false;
	ctx_random(c, p, n);
	qsort(p, n / 8, 8, number_cmp); /* glibc takes a buffer by the size of the memory */
	h = hash_keyed(zero, (struct str){(const char *)p, n});
	s = mem_secret_open(32);
	mem_secret_close(&s);
	ctx_close(&c);
	free(p);
	return !hash_eq(h, hash_of(STR("abc")));
}

static int work(struct kit *k, enum box_role role)
{
	struct ctx *c = test_ctx();

	if (box_confine(c, role, NULL) < 0)
		return NOT_CONFINED;
	if (!parses(c))
		return 2;
	if (!reads_and_answers(c, k))
		return 3;
	return computes() ? DONE : 4;
}

static void check_work(enum box_role role)
{
	struct kit k = kit_open();
	char bytes[16] = "";
	pid_t pid;
	int status;

	assert_int_equal(send(k.pair[1], "question", 8, 0), 8);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(work(&k, role));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (status != 0)
		fail_msg("work in role %d: status %#x", (int)role, (unsigned)status);
	assert_int_equal(recv(k.pair[1], bytes, sizeof bytes, MSG_DONTWAIT), 6);
	assert_string_equal(bytes, "answer");
	kit_close(&k);
}

static void test_work_inside(void **state)
{
	(void)state;
	check_work(BOX_PARSE);
	check_work(BOX_SIGNER);
}

/* A failed assertion must end as one, and not look like an attack. */
static void test_abort_inside(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	assert_true(pid >= 0);
	if (pid == 0) {
		struct ctx *c = test_ctx();

		(void)signal(SIGABRT, SIG_DFL);
		if (box_confine(c, BOX_SIGNER, NULL) < 0)
			_exit(NOT_CONFINED);
		abort();
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	assert_false(WCOREDUMP(status));
}

/* ---- the walls one by one, as the kernel tells them ---- */

static rlim_t limit_of(__rlimit_resource_t what)
{
	struct rlimit l;

	return getrlimit(what, &l) == 0 && l.rlim_cur == l.rlim_max ? l.rlim_max : RLIM_INFINITY;
}

static int limits_wrong(enum box_role role)
{
	if (limit_of(RLIMIT_CORE) != 0)
		return 1;
	if (limit_of(RLIMIT_NPROC) != 0)
		return 2;
	if (limit_of(RLIMIT_NOFILE) > 64)
		return 3;
	if ((limit_of(RLIMIT_CPU) <= BOX_PARSE_SECONDS) != (role == BOX_PARSE))
		return 4;
#ifndef __SANITIZE_ADDRESS__
	if (limit_of(RLIMIT_AS) != (role == BOX_PARSE ? BOX_PARSE_BYTES : BOX_SIGNER_BYTES))
		return 5;
	if (mmap(NULL, (size_t)600 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
	    MAP_FAILED)
		return 6;
#endif
	return 0;
}

static void test_limits(void **state)
{
	(void)state;
	for (int role = BOX_SIGNER; role <= BOX_PARSE; role++) {
		pid_t pid = fork();
		int status;

		assert_true(pid >= 0);
		if (pid == 0) {
			struct ctx *c = test_ctx();

			if (box_confine(c, (enum box_role)role, NULL) < 0)
				_exit(NOT_CONFINED);
			_exit(limits_wrong((enum box_role)role));
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
	}
}

static void test_kernel_sees_the_walls(void **state)
{
	struct ctx *c = test_ctx();
	struct kit k = kit_open();
	pid_t pid = fork();
	struct str s;
	char byte;

	(void)state;
	assert_true(pid >= 0);
	if (pid == 0) {
		if (box_confine(c, BOX_PARSE, NULL) < 0 || send(k.pair[0], "x", 1, 0) != 1)
			_exit(NOT_CONFINED);
		_exit(recv(k.pair[0], &byte, 1, 0) == 1 ? 0 : 1);
	}
	assert_int_equal(recv(k.pair[1], &byte, 1, 0), 1);
	assert_ok(c, file_read(c, str_fmt(c, "/proc/%d/status", (int)pid).p, 1 << 20, &s));
	assert_non_null(strstr(s.p, "\nNoNewPrivs:\t1\n"));
	assert_non_null(strstr(s.p, "\nSeccomp:\t2\n"));
	assert_int_equal(send(k.pair[1], "x", 1, 0), 1);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	kit_close(&k);
	ctx_close(&c);
}

/* A system that refuses one call, as an old kernel or a container does. */
struct refusal {
	const char *want; /* the wall the error must name */
	int call;
	unsigned n;
	struct scmp_arg_cmp arg;
};

/* Exit status of a child that tries to lock itself in under such a system. */
static int confine_under(const struct refusal *r)
{
	const struct scmp_arg_cmp mode = {0, SCMP_CMP_EQ, PR_SET_SECCOMP, 0};
	struct ctx *c = test_ctx();
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	int rc;

	if (f == NULL ||
	    seccomp_rule_add_array(f, SCMP_ACT_ERRNO(EPERM), r->call, r->n, &r->arg) != 0)
		return NOT_CONFINED;
	/* libseccomp turns to prctl when the system call is refused. */
	if (r->call == SCMP_SYS(seccomp) &&
	    seccomp_rule_add_array(f, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prctl), 1, &mode) != 0)
		return NOT_CONFINED;
	if (seccomp_load(f) != 0)
		return NOT_CONFINED;
	seccomp_release(f);
	rc = box_confine(c, BOX_PARSE, NULL);
	return rc == ERR_FAIL && strstr(err_text(c), r->want) != NULL ? 0 : 1;
}

static void test_fails_closed(void **state)
{
	const struct refusal all[] = {
	    {"Landlock is not", SCMP_SYS(landlock_create_ruleset), 0, {0, SCMP_CMP_EQ, 0, 0}},
	    {"Landlock: Operation not", SCMP_SYS(landlock_create_ruleset), 1,
		{2, SCMP_CMP_EQ, 0, 0}},
	    {"Landlock: Operation not", SCMP_SYS(landlock_restrict_self), 0,
		{0, SCMP_CMP_EQ, 0, 0}},
	    {"no_new_privs: Operation not", SCMP_SYS(prctl), 1,
		{0, SCMP_CMP_EQ, PR_SET_NO_NEW_PRIVS, 0}},
	    {"core dumps: Operation not", SCMP_SYS(prctl), 1, {0, SCMP_CMP_EQ, PR_SET_DUMPABLE, 0}},
	    {"process limit: Operation not", SCMP_SYS(prlimit64), 1,
		{1, SCMP_CMP_EQ, RLIMIT_NPROC, 0}},
	    {"time limit: Operation not", SCMP_SYS(prlimit64), 1, {1, SCMP_CMP_EQ, RLIMIT_CPU, 0}},
	    {"seccomp: ", SCMP_SYS(seccomp), 0, {0, SCMP_CMP_EQ, 0, 0}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		pid_t pid = fork();
		int status;

		assert_true(pid >= 0);
		if (pid == 0)
			_exit(confine_under(&all[i]));
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (status != 0)
			fail_msg("%s: status %#x", all[i].want, (unsigned)status);
	}
}

static void test_hide(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	assert_true(pid >= 0);
	if (pid == 0) {
		struct ctx *c = test_ctx();

		if (box_hide(c) < 0 || limit_of(RLIMIT_CORE) != 0)
			_exit(1);
		_exit(open("/", O_RDONLY) >= 0 ? 0 : 2); /* and nothing else is taken */
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_all_possible_outside),
	    cmocka_unit_test(test_parse_cannot),
	    cmocka_unit_test(test_signer_cannot),
	    cmocka_unit_test(test_work_inside),
	    cmocka_unit_test(test_abort_inside),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_kernel_sees_the_walls),
	    cmocka_unit_test(test_fails_closed),
	    cmocka_unit_test(test_hide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
