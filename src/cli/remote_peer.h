/*
 * The server that a command works on: its address, the token, the certificates; and asking it. What
 * it answers in place of a value becomes the error that the same command would have on an instance.
 */
#ifndef WRIT_REMOTE_PEER_H
#define WRIT_REMOTE_PEER_H

#include "cli/cli.h"
#include "kind/host.h"

struct remote_peer {
	struct ctx *c;
	struct host host;
	struct str base; /* the address without its path */
	struct str token;
	struct str ca, certificate, key; /* PEM; "" without */
	struct str once;                 /* the Idempotency-Key of an act */
	int64_t seconds;
};

/* remote_peer_open(cli, ret): reads what the general options name, before the process locks itself
 * in, and notes the port for that. The token is what --secret holds, or WRIT_TOKEN. ERR_INVALID. */
int remote_peer_open(struct cli *cli, struct remote_peer *ret) MUST_CHECK;

struct remote_asked {
	bool post;
	bool once; /* an act: with the key, so that it may be asked again */
	struct str path, form;
};
/* remote_peer_ask(p, ask, ret): the answer's JSON value, of status 200. What breaks off is asked
 * once more, which does no act twice. Else the error by the answer's word or status: 404
 * ERR_NOTFOUND, 409 ERR_CONFLICT, 401 and 403 ERR_DENIED, 400 ERR_INVALID, 413 and 429 ERR_LIMIT;
 * no connection, no answer in time, 503 and all else ERR_FAIL. When it is not known whether an act
 * happened, the error says so, and the key by which it can be asked for again. */
int remote_peer_ask(
    struct remote_peer *p, const struct remote_asked *ask, struct json **ret) MUST_CHECK;

#endif
