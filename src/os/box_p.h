/* Private to os: the walls of a box, one file each. */
#ifndef WRIT_BOX_P_H
#define WRIT_BOX_P_H

#include "os/box.h"

struct box_profile {
	const char *name;
	bool closed;         /* parse and signer: no path, no call that is not on the list */
	bool needs_landlock; /* does not start without */
	bool starts;         /* other programs and processes */
	bool listens;        /* takes connections on sockets it has */
	bool alone;          /* no sockets of its own at all */
	bool no_local;       /* none in the file system: the database's is there */
};

const struct box_profile *box_profile(enum box_role role);
/* box_err(c, wall, e): "cannot confine this process: WALL: ..." */
int box_err(struct ctx *c, const char *wall, int e) MUST_CHECK;

int box_land_enter(
    struct ctx *c, const struct box_profile *p, const struct box_leave *leave) MUST_CHECK;
int box_calls_enter(struct ctx *c, enum box_role role, const struct box_leave *leave) MUST_CHECK;

#endif
