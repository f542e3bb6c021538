#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "os/box_p.h"

#ifndef TIOCSTI
#include <asm/ioctls.h>
#endif

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* ---- closed roles: what is not on these lists ends the process ---- */

/* Allowed with any arguments. */
static const int common_calls[] = {SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64),
    SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(fstat),
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(mlock),
    SCMP_SYS(munlock), SCMP_SYS(futex), SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(exit), SCMP_SYS(exit_group),
    SCMP_SYS(restart_syscall), SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday), SCMP_SYS(sched_yield), SCMP_SYS(getpid),
    SCMP_SYS(gettid), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid),
    SCMP_SYS(getrandom), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(recvfrom),
    SCMP_SYS(sysinfo) /* qsort asks for the memory size */};

static const int signer_calls[] = {
    SCMP_SYS(pwrite64), SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(ftruncate)};

/* Refused with EPERM: a library may try these and go on without. */
static const int quiet_calls[] = {SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(openat2),
    SCMP_SYS(creat), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx),
    SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(ioctl), SCMP_SYS(uname),
    SCMP_SYS(sched_getaffinity)};

/* 0, or a negative errno, as libseccomp has it. */
static int calls_add(scmp_filter_ctx f, uint32_t action, const int *calls, size_t n)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = seccomp_rule_add_array(f, action, calls[i], 0, NULL);
	return rc;
}

/* Calls of which only harmless forms are allowed. */
static int forms_add(scmp_filter_ctx f)
{
	const struct scmp_arg_cmp no_exec = {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
	const struct scmp_arg_cmp no_address = {4, SCMP_CMP_EQ, 0, 0};
	const struct scmp_arg_cmp flags_of_fd = {1, SCMP_CMP_EQ, F_GETFD, 0};
	const struct scmp_arg_cmp flags_of_file = {1, SCMP_CMP_EQ, F_GETFL, 0};
	const struct scmp_arg_cmp self = {0, SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0};
	const struct scmp_arg_cmp read_limit[] = {{0, SCMP_CMP_EQ, 0, 0}, {2, SCMP_CMP_EQ, 0, 0}};
	const struct {
		int call;
		unsigned n;
		const struct scmp_arg_cmp *form;
	} all[] = {
	    {SCMP_SYS(mmap), 1, &no_exec},
	    {SCMP_SYS(mprotect), 1, &no_exec},
	    {SCMP_SYS(sendto), 1, &no_address}, /* send() on a connected socket */
	    {SCMP_SYS(fcntl), 1, &flags_of_fd},
	    {SCMP_SYS(fcntl), 1, &flags_of_file},
	    {SCMP_SYS(tgkill), 1, &self}, /* abort() */
	    {SCMP_SYS(prlimit64), 2, read_limit},
	};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof all / sizeof all[0]; i++)
		rc = seccomp_rule_add_array(f, SCMP_ACT_ALLOW, all[i].call, all[i].n, all[i].form);
	return rc;
}

static int closed_add(scmp_filter_ctx f, enum box_role role)
{
	int rc = calls_add(f, SCMP_ACT_ALLOW, common_calls, COUNT(common_calls));

	if (rc == 0 && role == BOX_SIGNER)
		rc = calls_add(f, SCMP_ACT_ALLOW, signer_calls, COUNT(signer_calls));
	if (rc == 0)
		rc = calls_add(f, SCMP_ACT_ERRNO(EPERM), quiet_calls, COUNT(quiet_calls));
	return rc == 0 ? forms_add(f) : rc;
}

/* ---- open roles: what is on these lists fails with EPERM ---- */

/* What no part of Writ and no tool of its has a use for: looking into other processes, changing the
 * system or its own namespaces, kernel interfaces with a history of holes. */
static const int never_calls[] = {SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev), SCMP_SYS(process_madvise), SCMP_SYS(pidfd_getfd), SCMP_SYS(kcmp),
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(open_tree),
    SCMP_SYS(move_mount), SCMP_SYS(fsopen), SCMP_SYS(fsconfig), SCMP_SYS(fsmount), SCMP_SYS(fspick),
    SCMP_SYS(mount_setattr), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup),
    SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register), SCMP_SYS(add_key), SCMP_SYS(request_key),
    SCMP_SYS(keyctl), SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(init_module),
    SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(reboot), SCMP_SYS(swapon),
    SCMP_SYS(swapoff), SCMP_SYS(acct), SCMP_SYS(quotactl), SCMP_SYS(syslog), SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime), SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex), SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname), SCMP_SYS(iopl), SCMP_SYS(ioperm), SCMP_SYS(modify_ldt),
    SCMP_SYS(mknod), SCMP_SYS(mknodat), SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setreuid),
    SCMP_SYS(setregid), SCMP_SYS(setresuid), SCMP_SYS(setresgid), SCMP_SYS(setgroups),
    SCMP_SYS(setfsuid), SCMP_SYS(setfsgid), SCMP_SYS(capset), SCMP_SYS(name_to_handle_at),
    SCMP_SYS(open_by_handle_at), SCMP_SYS(fanotify_init), SCMP_SYS(execveat)};

/* Roles that start nothing, and signal nobody. */
static const int start_calls[] = {SCMP_SYS(execve), SCMP_SYS(fork), SCMP_SYS(vfork),
    SCMP_SYS(clone), SCMP_SYS(kill), SCMP_SYS(tkill), SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(rt_sigqueueinfo), SCMP_SYS(rt_tgsigqueueinfo)};

static const int listen_calls[] = {SCMP_SYS(accept), SCMP_SYS(accept4)};

/* Roles without the database behind a socket. */
static const int socket_calls[] = {SCMP_SYS(socket), SCMP_SYS(connect), SCMP_SYS(bind)};

static int refuse_form(scmp_filter_ctx f, int call, unsigned n, const struct scmp_arg_cmp *form)
{
	return seccomp_rule_add_array(f, SCMP_ACT_ERRNO(EPERM), call, n, form);
}

static int refuse_if(scmp_filter_ctx f, int call, struct scmp_arg_cmp one)
{
	return refuse_form(f, call, 1, &one);
}

static struct scmp_arg_cmp equal(unsigned arg, scmp_datum_t v)
{
	return (struct scmp_arg_cmp){arg, SCMP_CMP_EQ, v, 0};
}

/* Namespaces by clone; clone3 hides its flags in memory, and the C library goes on without it. */
static int namespaces_add(scmp_filter_ctx f)
{
	static const unsigned flags[] = {CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC,
	    CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET};
	int rc = seccomp_rule_add_array(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0, NULL);

	for (size_t i = 0; i < COUNT(flags) && rc == 0; i++)
		rc = refuse_if(f, SCMP_SYS(clone),
		    (struct scmp_arg_cmp){0, SCMP_CMP_MASKED_EQ, flags[i], flags[i]});
	return rc;
}

/* Which sockets: in the file system, and towards TCP ports with what finding an address needs. */
static int sockets_add(
    scmp_filter_ctx f, const struct box_profile *p, const struct box_leave *leave)
{
	const struct scmp_arg_cmp raw[2][2] = {
	    {equal(0, AF_INET), {1, SCMP_CMP_MASKED_EQ, 0xf, SOCK_RAW}},
	    {equal(0, AF_INET6), {1, SCMP_CMP_MASKED_EQ, 0xf, SOCK_RAW}}};
	bool net = leave->n_ports > 0;
	int rc = 0;

	for (unsigned family = 0; family <= AF_NETLINK && rc == 0; family++) {
		bool may =
		    (family == AF_UNIX && !p->no_local && (leave->local || net)) ||
		    (net && (family == AF_INET || family == AF_INET6 || family == AF_NETLINK));

		if (!may)
			rc = refuse_if(f, SCMP_SYS(socket), equal(0, family));
	}
	if (rc == 0)
		rc = refuse_if(
		    f, SCMP_SYS(socket), (struct scmp_arg_cmp){0, SCMP_CMP_GT, AF_NETLINK, 0});
	for (size_t i = 0; i < 2 && net && rc == 0; i++)
		rc = refuse_form(f, SCMP_SYS(socket), 2, raw[i]);
	return rc;
}

static int open_add(scmp_filter_ctx f, const struct box_profile *p, const struct box_leave *leave)
{
	bool sockets = !p->alone && (leave->local || leave->n_ports > 0);
	int rc = calls_add(f, SCMP_ACT_ERRNO(EPERM), never_calls, COUNT(never_calls));

	if (rc == 0 && !p->starts)
		rc = calls_add(f, SCMP_ACT_ERRNO(EPERM), start_calls, COUNT(start_calls));
	if (rc == 0 && !p->listens)
		rc = calls_add(f, SCMP_ACT_ERRNO(EPERM), listen_calls, COUNT(listen_calls));
	if (rc == 0) /* sockets that listen are handed over, never made */
		rc = refuse_form(f, SCMP_SYS(listen), 0, NULL);
	if (rc == 0)
		rc = sockets
			 ? sockets_add(f, p, leave)
			 : calls_add(f, SCMP_ACT_ERRNO(EPERM), socket_calls, COUNT(socket_calls));
	if (rc == 0)
		rc = p->starts ? namespaces_add(f) : refuse_form(f, SCMP_SYS(clone3), 0, NULL);
	if (rc == 0) /* keys typed into the terminal of whoever started it */
		rc = refuse_if(f, SCMP_SYS(ioctl), equal(1, TIOCSTI));
	if (rc == 0)
		rc = refuse_if(f, SCMP_SYS(ioctl), equal(1, TIOCLINUX));
	return rc;
}

int box_calls_enter(struct ctx *c, enum box_role role, const struct box_leave *leave)
{
	const struct box_profile *p = box_profile(role);
	scmp_filter_ctx f = seccomp_init(p->closed ? SCMP_ACT_KILL_PROCESS : SCMP_ACT_ALLOW);
	int rc;

	if (f == NULL)
		return err_set(c, ERR_FAIL,
		    "cannot confine this process: seccomp is not available on this system");
	rc = seccomp_attr_set(f, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
	if (rc == 0)
		rc = p->closed ? closed_add(f, role) : open_add(f, p, leave);
	if (rc == 0)
		rc = seccomp_load(f);
	seccomp_release(f);
	return rc == 0 ? 0 : box_err(c, "seccomp", -rc);
}
