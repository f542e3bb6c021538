/* What a web process keeps of the outside once it has locked itself in: the database, the encrypted
 * documents, the spool, the public site, and the log's verifier keys, which are for everybody. Not
 * the folder of keys: its own key is in its memory. */
#ifndef WRIT_REACH_H
#define WRIT_REACH_H

#include "desk/instance.h"
#include "os/box.h"

/* reach_open(c, told, role, ret): the instance that the starting process names, and the clock of a
 * demo. */
int reach_open(struct ctx *c, struct str told, unsigned role, struct instance **ret) MUST_CHECK;
/* reach_leave(c, in, ret): for box_confine. ERR_INVALID when the database's address is none. */
int reach_leave(struct ctx *c, const struct instance *in, struct box_leave *ret) MUST_CHECK;
/* reach_work(c, in, ret): what the process of role work keeps: the instance's folders, keys too,
 * for the signer that it starts, the public site to write, and the program that sets its PDFs. */
int reach_work(struct ctx *c, const struct instance *in, struct box_leave *ret) MUST_CHECK;

/* reach_post(c, in, ret): what the process keeps that speaks to other machines: the helper
 * writ-net, the ports that writ.yaml names, and no folder of keys. */
int reach_post(struct ctx *c, const struct instance *in, struct box_leave *ret) MUST_CHECK;

/* reach_issuer(c, in, ret): what the process keeps that speaks to the OpenID provider: the helper,
 * the issuer's port, the client's secret. */
int reach_issuer(struct ctx *c, const struct instance *in, struct box_leave *ret) MUST_CHECK;

#endif
