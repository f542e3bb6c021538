/*
 * The process that answers the network (role web). It is told where its instance is, opens
 * database, instance key and the public site, locks itself in, and serves until it is told to end.
 * What it is told by the process that started it (os/crew.h):
 *
 *   {"dir": "/var/lib/writ", "now": -1}     now: a demo's fixed clock
 */
#ifndef WRIT_WEB_ROLE_H
#define WRIT_WEB_ROLE_H

/* web_role_run(): the exit status. */
int web_role_run(void);

#endif
