/*
 * Commands on another machine's server (`writ --server https://desk.example --secret FILE ...`):
 * the arguments become the fields of a route of its HTTP API, which says itself, in /openapi.json,
 * where the route lies. One table in remote.c says which command is which route (operationId). Exit
 * statuses are those of the command on an instance; an act carries an Idempotency-Key, so that it
 * happens once (`--idempotency KEY` repeats an earlier one).
 */
#ifndef WRIT_REMOTE_H
#define WRIT_REMOTE_H

#include "cli/cli.h"

/* remote_run(cli): the command, on cli->server. ERR_INVALID where it has no route. */
int remote_run(struct cli *cli) MUST_CHECK;

#endif
