/*
 * The boxes around processes. A process opens all it needs, then locks itself in for good. Four
 * walls, each enough to stop most of it alone: Landlock (which paths, from ABI 4 which TCP ports,
 * from ABI 6 no signal or abstract socket outwards), seccomp (which system calls), no_new_privs,
 * and resource limits with core dumps off and memory closed to other processes of the same user.
 *
 *   closed   parse, signer: nothing but the descriptors that are open. seccomp is a list of what is
 *            allowed; opening or looking at a path fails with EPERM, because libraries try that
 *            without harm, and any other call ends the process (SIGSYS): no honest code makes it
 *   open     the others: the paths and ports in struct box_leave. seccomp is a list of what is
 *            refused (EPERM): a library may do much that is not known beforehand, SQLite and libpq
 *            open files and sockets later, and nothing of it is worth the process's life
 *
 *   role       files   network          programs, processes
 *   sequencer  leave   the database's   none
 *   cli        leave   the database's   those that leave names
 *   serve      leave   the database's, for the web processes it starts          itself
 *   web        leave   the database's, and connections to the sockets it has    none
 *   work       leave   ports in leave   those that leave names
 *   tool       leave   none             an outside program (os/spawn.h): put up before its exec
 *   net        leave   ports in leave   the same, for the helper that speaks to other machines
 *
 * Before box_confine a role has opened its descriptors, read its keys, called day_zone, and has
 * used each library that reads files of its own once (sodium_init). It leaves by _exit: the
 * sanitizers' work at exit is not possible inside.
 */
#ifndef WRIT_BOX_H
#define WRIT_BOX_H

#include "base/text.h"

enum box_role {
	BOX_SIGNER, /* also writes at places of, cuts and syncs files that are open already */
	BOX_PARSE,  /* one document: limited processor time, BOX_PARSE_BYTES of memory */
	BOX_SEQUENCER,
	BOX_CLI,
	BOX_SERVE, /* starts and watches the web processes; takes no connection itself */
	BOX_WEB,
	BOX_WORK,
	BOX_TOOL,
	BOX_NET,
	BOX_ROLES
};

enum { BOX_PARSE_SECONDS = 10, BOX_PARSE_BYTES = 512 << 20, BOX_SIGNER_BYTES = 256 << 20 };

enum box_right {
	BOX_READ = 1,  /* the file, or all below the folder */
	BOX_WRITE = 2, /* also make, rename and remove there */
	BOX_EXEC = 4
};

struct box_path {
	const char *path; /* one that does not exist is passed over */
	unsigned may;
};

/* What a process keeps of the outside. */
struct box_leave {
	int64_t file_bytes; /* BOX_TOOL: no file it writes becomes larger; 0: no limit */
	int seconds; /* processor time: BOX_PARSE, 0: BOX_PARSE_SECONDS; BOX_TOOL and BOX_NET,
			0: no limit */
	const struct box_path *paths;
	size_t n_paths;
	bool local;       /* sockets in the file system */
	const int *ports; /* TCP ports that may be connected to */
	size_t n_ports;
};

/* box_confine(c, role, leave): leave may be NULL: nothing. From its return on the process is
 * inside. ERR_FAIL naming the wall that could not be put up: the caller must end, for a part of the
 * walls may stand already. Without Landlock signer, parse, serve and web fail; the others go on
 * behind the other walls, and `writ doctor` says so. Memory limits are not set in sanitizer builds,
 * which reserve terabytes of addresses. */
int box_confine(struct ctx *c, enum box_role role, const struct box_leave *leave) MUST_CHECK;
/* box_hide(c): for a process with keys that is not boxed: no core dumps, and no other process of
 * the same user may read its memory. ERR_FAIL. */
int box_hide(struct ctx *c) MUST_CHECK;
/* box_programs(c, more, n, ret_n): more, and what any program needs to start: the system's
 * libraries, settings, zones and devices to read, and the loader to execute. */
const struct box_path *box_programs(
    struct ctx *c, const struct box_path *more, size_t n, size_t *ret_n);

/* What stands between a role and the outside, as a trial found it: for each wall a child locks
 * itself in, with nothing left to it, and tries to get through. */
enum box_wall {
	BOX_WALL_FILES,    /* a folder does not open */
	BOX_WALL_NETWORK,  /* no TCP connection, no UDP packet */
	BOX_WALL_PROGRAMS, /* another program does not start */
	BOX_WALL_OTHERS,   /* no signal to the process that started it, no look into its memory */
	BOX_WALL_DUMPS,    /* no core file; its memory is closed to the user's other processes */
	BOX_WALLS
};

struct box_trial {
	bool starts; /* false: the role refuses to work here */
	bool holds[BOX_WALLS];
};

const char *box_role_name(enum box_role role);
const char *box_wall_name(enum box_wall wall);
/* box_try(c, role): not usable inside a box. */
struct box_trial box_try(struct ctx *c, enum box_role role);
/* box_landlock(): the ABI of Landlock, 0 if there is none. */
int box_landlock(void);

#endif
