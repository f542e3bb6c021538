/*
 * A socket that listens, and the user that a service runs as. Both need rights that the service
 * gives up at once, so the process that starts it does this first. Called by: cli (serve).
 */
#ifndef WRIT_LISTEN_H
#define WRIT_LISTEN_H

#include "base/text.h"

/* listen_open(c, address, ret): "127.0.0.1:8780", "[::1]:8780"; numbers only, so that no name is
 * asked for. The socket does not block and is closed on exec. ERR_INVALID: no such form;
 * ERR_CONFLICT: something listens there; ERR_DENIED: not for this user; ERR_FAIL. */
int listen_open(struct ctx *c, struct str address, int *ret) MUST_CHECK;
/* listen_is_own(c, address): only this machine comes to it. */
bool listen_is_own(struct ctx *c, struct str address);
/* listen_is_root(): this process has root's rights. */
bool listen_is_root(void);
/* listen_drop(c, user): becomes this user with its groups, for good. ERR_NOTFOUND: no such user;
 * ERR_INVALID: it is root; ERR_FAIL. */
int listen_drop(struct ctx *c, struct str user) MUST_CHECK;

#endif
