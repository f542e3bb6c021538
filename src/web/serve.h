/*
 * The loop of a process that answers: connections as they come, and what the process that started
 * it says, until it is told to end. Called by: web (web_role), and the server of test/http.
 */
#ifndef WRIT_SERVE_H
#define WRIT_SERVE_H

#include "os/crew.h"
#include "web/http.h"

/* serve_run(c, m, h): until the last connection has ended. Told to drain, each request has the time
 * that is its own, a long upload too; who told it to stop does not wait for that. */
void serve_run(struct ctx *c, const struct crew_member *m, struct http *h);

#endif
