/* What a web process keeps of the outside once it has locked itself in: the database, the encrypted
 * documents, the public site. Not the folder of keys: its own key is in its memory. */
#ifndef WRIT_REACH_H
#define WRIT_REACH_H

#include "desk/instance.h"
#include "os/box.h"

/* reach_leave(c, in, ret): for box_confine. ERR_INVALID when the database's address is none. */
int reach_leave(struct ctx *c, const struct instance *in, struct box_leave *ret) MUST_CHECK;

#endif
