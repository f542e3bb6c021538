/* What a boxed role must not be able to do: one function for each attempt, and the table of them.
 */
#ifndef WRIT_TEST_BOX_ATTEMPTS_H
#define WRIT_TEST_BOX_ATTEMPTS_H

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
#include "kind/hash.h"
#include "kind/json.h"
#include "kind/yaml.h"
#include "os/file.h"
#include "os/spawn.h"

/* Opened before a child locks itself in. */
struct kit {
	int file;    /* regular, read and write, 4 bytes "text" */
	int udp;     /* not connected */
	int pair[2]; /* SOCK_SEQPACKET */
	void *page;
	pid_t parent;
};

static struct kit kit_open(void)
{
	struct kit k;

	k.file = memfd_create("box", MFD_CLOEXEC);
	assert_true(k.file >= 0);
	assert_int_equal(write(k.file, "text", 4), 4);
	k.udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	assert_true(k.udp >= 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, k.pair), 0);
	k.page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_true(k.page != MAP_FAILED);
	k.parent = getpid();
	return k;
}

static void kit_close(struct kit *k)
{
	(void)close(k->file);
	(void)close(k->udp);
	(void)close(k->pair[0]);
	(void)close(k->pair[1]);
	(void)munmap(k->page, 4096);
}

/* ---- what must not be possible: each returns as its system call does ---- */

static long try_open(struct kit *k)
{
	(void)k;
	return open("/", O_RDONLY | O_DIRECTORY);
}

static long try_open_null(struct kit *k)
{
	(void)k;
	return syscall(SYS_open, "/dev/null", O_WRONLY, 0);
}

static long try_openat2(struct kit *k)
{
	struct open_how how = {.flags = O_RDONLY};

	(void)k;
	return syscall(SYS_openat2, AT_FDCWD, "/", &how, sizeof how);
}

static long try_creat(struct kit *k)
{
	(void)k;
	return creat("/dev/null", 0600);
}

static long try_stat(struct kit *k)
{
	struct stat st;

	(void)k;
	return stat("/", &st);
}

static long try_statx(struct kit *k)
{
	struct statx st;

	(void)k;
	return statx(AT_FDCWD, "/", 0, STATX_BASIC_STATS, &st);
}

static long try_access(struct kit *k)
{
	(void)k;
	return access("/", R_OK);
}

static long try_readlink(struct kit *k)
{
	char bytes[256];

	(void)k;
	return readlink("/proc/self/exe", bytes, sizeof bytes);
}

static long try_getcwd(struct kit *k)
{
	char bytes[4096];

	(void)k;
	return syscall(SYS_getcwd, bytes, sizeof bytes);
}

static long try_chdir(struct kit *k)
{
	(void)k;
	return chdir("/");
}

static long try_memfd(struct kit *k)
{
	(void)k;
	return memfd_create("x", 0);
}

static long try_pipe(struct kit *k)
{
	int p[2];

	(void)k;
	return pipe2(p, 0);
}

static long try_dup(struct kit *k)
{
	return dup(k->file);
}

static long try_dup_by_fcntl(struct kit *k)
{
	return fcntl(k->file, F_DUPFD, 0);
}

static long try_socket_inet(struct kit *k)
{
	(void)k;
	return socket(AF_INET, SOCK_STREAM, 0);
}

static long try_socket_unix(struct kit *k)
{
	(void)k;
	return socket(AF_UNIX, SOCK_STREAM, 0);
}

static long try_socketpair(struct kit *k)
{
	int p[2];

	(void)k;
	return socketpair(AF_UNIX, SOCK_STREAM, 0, p);
}

static struct sockaddr_in loopback(void)
{
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(9)};

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return in;
}

static long try_connect(struct kit *k)
{
	struct sockaddr_in in = loopback();

	return connect(k->udp, (const struct sockaddr *)&in, sizeof in);
}

static long try_bind(struct kit *k)
{
	struct sockaddr_in in = {.sin_family = AF_INET};

	return bind(k->udp, (const struct sockaddr *)&in, sizeof in);
}

static long try_sendto(struct kit *k)
{
	struct sockaddr_in in = loopback();

	return sendto(k->udp, "x", 1, 0, (const struct sockaddr *)&in, sizeof in);
}

static long try_sendmsg(struct kit *k)
{
	struct sockaddr_in in = loopback();
	struct iovec v = {"x", 1};
	struct msghdr m = {
	    .msg_name = &in, .msg_namelen = sizeof in, .msg_iov = &v, .msg_iovlen = 1};

	return sendmsg(k->udp, &m, 0);
}

static long try_exec(struct kit *k)
{
	char *argv[] = {"true", NULL}, *env[] = {NULL};

	(void)k;
	return execve("/bin/true", argv, env);
}

static long try_execveat(struct kit *k)
{
	char *argv[] = {"true", NULL}, *env[] = {NULL};

	(void)k;
	return syscall(SYS_execveat, AT_FDCWD, "/bin/true", argv, env, 0);
}

static long forked(pid_t pid)
{
	if (pid == 0)
		_exit(0);
	return pid;
}

static long try_fork(struct kit *k)
{
	(void)k;
	return forked(fork());
}

static long try_raw_fork(struct kit *k)
{
	(void)k;
	return forked((pid_t)syscall(SYS_fork));
}

static long try_clone3(struct kit *k)
{
	struct clone_args args = {.exit_signal = SIGCHLD};

	(void)k;
	return forked((pid_t)syscall(SYS_clone3, &args, sizeof args));
}

static long try_ptrace(struct kit *k)
{
	(void)k;
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static long try_read_memory(struct kit *k)
{
	char byte;
	struct iovec to = {&byte, 1}, from = {k->page, 1};

	return process_vm_readv(getpid(), &to, 1, &from, 1, 0);
}

static long try_kill_parent(struct kit *k)
{
	return kill(k->parent, 0);
}

static long try_tgkill_parent(struct kit *k)
{
	return syscall(SYS_tgkill, k->parent, k->parent, 0);
}

static long try_kill_group(struct kit *k)
{
	(void)k;
	return kill(0, 0);
}

static long try_map_exec(struct kit *k)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)k;
	return p == MAP_FAILED ? -1 : 0;
}

static long try_protect_exec(struct kit *k)
{
	return mprotect(k->page, 4096, PROT_READ | PROT_EXEC);
}

static long try_rlimit(struct kit *k)
{
	struct rlimit core = {0, 0};

	(void)k;
	return setrlimit(RLIMIT_CORE, &core);
}

static long try_umask(struct kit *k)
{
	(void)k;
	return umask(0);
}

static long try_setsid(struct kit *k)
{
	(void)k;
	return setsid();
}

static long try_unlink(struct kit *k)
{
	(void)k;
	return unlink("/writ-box-no-such-file") == 0 || errno == ENOENT ? 0 : -1;
}

static long try_rename(struct kit *k)
{
	(void)k;
	return rename("/writ-box-no-such-file", "/x") == 0 || errno == ENOENT ? 0 : -1;
}

static long try_mkdir(struct kit *k)
{
	(void)k;
	return mkdir("/proc/self", 0700) == 0 || errno == EEXIST ? 0 : -1;
}

static long try_fchmod(struct kit *k)
{
	return fchmod(k->file, 0600);
}

/* These three the signer may do. */
static long try_pwrite(struct kit *k)
{
	return pwrite(k->file, "T", 1, 0);
}

static long try_fsync(struct kit *k)
{
	return fsync(k->file);
}

static long try_ftruncate(struct kit *k)
{
	return ftruncate(k->file, 2);
}

struct attempt {
	const char *name;
	long (*fn)(struct kit *k);
	bool quiet;  /* refused with EPERM; otherwise the process ends by SIGSYS */
	bool signer; /* the signer may */
};

static const struct attempt attempts[] = {
    {"open", try_open, true, false},
    {"open for writing", try_open_null, true, false},
    {"openat2", try_openat2, true, false},
    {"creat", try_creat, true, false},
    {"stat", try_stat, true, false},
    {"statx", try_statx, true, false},
    {"access", try_access, true, false},
    {"readlink", try_readlink, true, false},
    {"getcwd", try_getcwd, true, false},
    {"chdir", try_chdir, false, false},
    {"memfd_create", try_memfd, false, false},
    {"pipe2", try_pipe, false, false},
    {"dup", try_dup, false, false},
    {"fcntl F_DUPFD", try_dup_by_fcntl, false, false},
    {"socket inet", try_socket_inet, false, false},
    {"socket unix", try_socket_unix, false, false},
    {"socketpair", try_socketpair, false, false},
    {"connect", try_connect, false, false},
    {"bind", try_bind, false, false},
    {"sendto", try_sendto, false, false},
    {"sendmsg", try_sendmsg, false, false},
    {"execve", try_exec, false, false},
    {"execveat", try_execveat, false, false},
    {"fork", try_fork, false, false},
    {"raw fork", try_raw_fork, false, false},
    {"clone3", try_clone3, false, false},
    {"ptrace", try_ptrace, false, false},
    {"process_vm_readv", try_read_memory, false, false},
    {"kill parent", try_kill_parent, false, false},
    {"tgkill parent", try_tgkill_parent, false, false},
    {"kill group", try_kill_group, false, false},
    {"mmap exec", try_map_exec, false, false},
    {"mprotect exec", try_protect_exec, false, false},
    {"setrlimit", try_rlimit, false, false},
    {"umask", try_umask, false, false},
    {"setsid", try_setsid, false, false},
    {"unlink", try_unlink, false, false},
    {"rename", try_rename, false, false},
    {"mkdir", try_mkdir, false, false},
    {"fchmod", try_fchmod, false, false},
    {"pwrite", try_pwrite, false, true},
    {"fsync", try_fsync, false, true},
    {"ftruncate", try_ftruncate, false, true},
};

#endif
