#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/box_p.h"

/* The kernel's interface (linux/landlock.h), as of ABI 6: the header of the oldest system we build
 * on knows less than its kernel. Fields a kernel does not know must be zero, so they are set by
 * ABI. */
struct ruleset {
	uint64_t fs, net, scoped;
};

struct path_rule {
	uint64_t allowed;
	int32_t fd;
} __attribute__((packed));

struct port_rule {
	uint64_t allowed, port;
};

enum {
	LANDLOCK_VERSION = 1, /* flag: return the ABI */
	RULE_PATH = 1,
	RULE_PORT = 2,
	ABI_REFER = 2,
	ABI_TRUNCATE = 3,
	ABI_NET = 4,
	ABI_IOCTL = 5,
	ABI_SCOPE = 6,
	FS_RIGHTS = 13 /* number of rights in ABI 1; each later one added one bit */
};

enum {
	FS_EXECUTE = 1 << 0,
	FS_WRITE = 1 << 1,
	FS_READ = 1 << 2,
	FS_READ_DIR = 1 << 3,
	FS_REMOVE_DIR = 1 << 4,
	FS_REMOVE = 1 << 5,
	FS_MAKE_DIR = 1 << 7,
	FS_MAKE = 1 << 8,
	FS_REFER = 1 << 13,
	FS_TRUNCATE = 1 << 14,
	FS_FILE = FS_EXECUTE | FS_WRITE | FS_READ | FS_TRUNCATE, /* rights that a file can have */
	NET_CONNECT = 2,
	SCOPE_SIGNAL = 2
};

int box_landlock(void)
{
	long v = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_VERSION);

	return v > 0 ? (int)v : 0;
}

static uint64_t rights_of(unsigned may)
{
	uint64_t fs = 0;

	if ((may & BOX_READ) != 0)
		fs |= FS_READ | FS_READ_DIR;
	if ((may & BOX_WRITE) != 0)
		fs |= FS_WRITE | FS_REMOVE_DIR | FS_REMOVE | FS_MAKE_DIR | FS_MAKE | FS_REFER |
		      FS_TRUNCATE;
	if ((may & BOX_EXEC) != 0)
		fs |= FS_EXECUTE | FS_READ;
	return fs;
}

static int path_add(struct ctx *c, int set, uint64_t handled, const struct box_path *p)
{
	struct path_rule rule = {.allowed = rights_of(p->may) & handled};
	struct stat st;
	int fd = open(p->path, O_PATH | O_CLOEXEC), rc = 0;

	if (fd < 0) /* what cannot be reached now is not to be reached later */
		return 0;
	if (fstat(fd, &st) != 0)
		rc = box_err(c, "Landlock", errno);
	if (rc == 0 && !S_ISDIR(st.st_mode))
		rule.allowed &= FS_FILE;
	rule.fd = fd;
	if (rc == 0 && syscall(SYS_landlock_add_rule, set, RULE_PATH, &rule, 0) != 0)
		rc = box_err(c, "Landlock", errno);
	(void)close(fd);
	return rc;
}

static int rules_add(
    struct ctx *c, int set, const struct ruleset *all, const struct box_leave *leave)
{
	int rc = 0;

	for (size_t i = 0; i < leave->n_paths && rc == 0; i++)
		rc = path_add(c, set, all->fs, &leave->paths[i]);
	for (size_t i = 0; i < leave->n_ports && rc == 0 && all->net != 0; i++) {
		struct port_rule rule = {NET_CONNECT, (uint64_t)leave->ports[i]};

		if (syscall(SYS_landlock_add_rule, set, RULE_PORT, &rule, 0) != 0)
			rc = box_err(c, "Landlock", errno);
	}
	return rc;
}

int box_land_enter(struct ctx *c, const struct box_profile *p, const struct box_leave *leave)
{
	static const struct box_leave nothing;
	int abi = box_landlock(), extra = 0, fd, rc;
	struct ruleset all = {0};

	if (abi < 1 && !p->needs_landlock)
		return 0;
	if (abi < 1)
		return err_set(c, ERR_FAIL,
		    "cannot confine this process: Landlock is not available on this system");
	extra = (abi >= ABI_REFER) + (abi >= ABI_TRUNCATE) + (abi >= ABI_IOCTL);
	all.fs = (UINT64_C(1) << (FS_RIGHTS + extra)) - 1;
	all.net = abi >= ABI_NET ? 3 : 0;      /* bind, connect */
	all.scoped = abi >= ABI_SCOPE ? 3 : 0; /* abstract sockets, signals */
	if (all.scoped != 0 && leave->local)
		all.scoped = SCOPE_SIGNAL;
	fd = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	if (fd < 0)
		return box_err(c, "Landlock", errno);
	/* What is handled and not allowed by a rule is refused; the closed roles have no rule. */
	rc = rules_add(c, fd, &all, p->closed ? &nothing : leave);
	if (rc == 0 && syscall(SYS_landlock_restrict_self, fd, 0) != 0)
		rc = box_err(c, "Landlock", errno);
	(void)close(fd);
	return rc;
}
