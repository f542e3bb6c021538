/*
 * Other processes: outside programs, and Writ itself in another role. No shell ever.
 *
 * A child gets exactly the descriptors named here, a fixed small environment (PATH,
 * HOME=/nonexistent, LC_ALL=C.UTF-8, and what the caller adds), its own process group, default
 * signals, and dies with this process. Nothing of its group outlives the call that ended it, and no
 * zombie stays.
 *
 * Called by: out (solver, gpg, age, office programs), cli and main (roles). Not usable inside a
 * box.
 */
#ifndef WRIT_SPAWN_H
#define WRIT_SPAWN_H

#include <sys/types.h>

#include "base/text.h"

struct box_path;

enum spawn_in {
	SPAWN_IN_NONE, /* nothing to read */
	SPAWN_IN_TEXT, /* in_text */
	SPAWN_IN_FD,   /* in_fd becomes its standard input */
	SPAWN_IN_NEXT  /* in_next is asked for one chunk after the other */
};

enum spawn_out {
	SPAWN_OUT_NONE, /* thrown away */
	SPAWN_OUT_TEXT, /* captured, at most out_limit bytes */
	SPAWN_OUT_FD    /* out_fd becomes its standard output */
};

enum {
	SPAWN_ERR_MAX = 16 << 10, /* bytes of standard error kept; the rest is read and dropped */
	SPAWN_MSG_MAX = 64 << 10, /* bytes in one message to or from a role */
	SPAWN_FDS_MAX = 16        /* descriptors handed to a role */
};

struct spawn {
	/* Ends with NULL. argv[0] is a path with a '/', or a name looked for in /usr/local/bin,
	 * /usr/bin and /bin; the caller's PATH does not count. */
	const char *const *argv;
	const char *const *env; /* more "NAME=value", ends with NULL; or NULL */
	const char *dir;        /* working folder; NULL: "/" */
	enum spawn_in in;
	struct str in_text;
	int in_fd;
	/* Puts at most n bytes into buf: their number, 0 at the end, or ERR_* after err_set. */
	ssize_t (*in_next)(void *arg, void *buf, size_t n);
	void *in_arg;
	enum spawn_out out;
	int out_fd;
	size_t out_limit;
	const int *fds; /* become its descriptors 3, 4 ...; at most SPAWN_FDS_MAX */
	size_t n_fds;
	int seconds; /* at least 1: then its group is killed */
	/* It starts in a box (os/box.h, BOX_TOOL): it may read what any program needs and itself,
	 * write to what it was handed, and use as many seconds of processor time; no network, no
	 * other file, no other program. */
	bool boxed;
	/* Of one in a box: TCP ports that it may connect to, and how hosts are found (BOX_NET). */
	const int *ports;
	size_t n_ports;
	/* Of one in a box: what else it may reach (struct box_path, os/box.h), and how large a file
	 * it writes may become; 0: no limit. */
	const struct box_path *paths;
	size_t n_paths;
	int64_t file_bytes;
};

struct spawn_result {
	int status;     /* exit status, or 128 + the signal that ended it */
	struct str out; /* SPAWN_OUT_TEXT */
	/* Up to SPAWN_ERR_MAX bytes. It may quote the input: never part of a log or an error text.
	 */
	struct str err;
};

/* spawn_run(c, how, ret): runs it to its end. 0 whatever its status is. ERR_NOTFOUND: no such
 * program; ERR_LIMIT: more output than out_limit, or not done in time; the code of in_next;
 * ERR_FAIL. A program that does not read all its input is no error. */
int spawn_run(struct ctx *c, const struct spawn *how, struct spawn_result *ret) MUST_CHECK;

/* spawn_helper(c, name, ret): where a program lies that belongs to this one (helpers/): beside it,
 * or, when installed, in ../libexec/writ. ERR_NOTFOUND names it. */
int spawn_helper(struct ctx *c, const char *name, struct str *ret) MUST_CHECK;

/* One end of a connection between this process and a role: whole messages in order, 1 to
 * SPAWN_MSG_MAX bytes (AF_UNIX, SOCK_SEQPACKET). */
struct spawn_peer {
	int fd;
	pid_t pid;   /* -1 in the role itself */
	int seconds; /* longest wait of spawn_peer_recv; 0, as made: no limit */
};

/* spawn_role(c, role, fds, n, ret): runs this very program as `writ --role=ROLE` (letters a-z). It
 * finds the connection as descriptor 3, and fds[0], fds[1] ... as 4, 5 ...; standard input and
 * output are empty, standard error is shared. The fds stay open here; closing them is the caller's.
 */
int spawn_role(
    struct ctx *c, const char *role, const int *fds, size_t n, struct spawn_peer *ret) MUST_CHECK;
/* spawn_helper_peer(c, name, fds, n, ret): a helper (spawn_helper) instead of a role, in the same
 * way. It puts its box up itself. */
int spawn_helper_peer(
    struct ctx *c, const char *name, const int *fds, size_t n, struct spawn_peer *ret) MUST_CHECK;
/* spawn_peer_parent(): inside a role, the connection to the process that started it. */
struct spawn_peer spawn_peer_parent(void);
/* spawn_peer_send(c, peer, msg): ERR_INVALID for an empty message, ERR_LIMIT for one too large,
 * ERR_FAIL when the other side is gone. Waits while the other side's queue is full. */
int spawn_peer_send(struct ctx *c, const struct spawn_peer *peer, struct str msg) MUST_CHECK;
/* spawn_peer_recv(c, peer, ret): the next message, in the arena. ERR_NOTFOUND: the other side has
 * closed; ERR_LIMIT: no message in peer->seconds, or one too large (it is dropped whole). */
int spawn_peer_recv(struct ctx *c, const struct spawn_peer *peer, struct str *ret) MUST_CHECK;
/* spawn_peer_take(c, peer, bytes, ret_n): the same into the caller's memory, for streams. */
int spawn_peer_take(struct ctx *c, const struct spawn_peer *peer, char bytes[static SPAWN_MSG_MAX],
    size_t *ret_n) MUST_CHECK;
/* spawn_peer_close(peer): closes, waits 5 seconds for the role to end, then kills it. Its status as
 * in struct spawn_result; 0 in the role itself, and when closed before. */
int spawn_peer_close(struct spawn_peer *peer);

#endif
