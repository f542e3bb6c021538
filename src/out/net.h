/*
 * What goes to another machine: the helper writ-net (helpers/net.c, the protocol stands there) is
 * started for one request, in a box that leaves it one port and the name service. Only processes
 * that were left these ports themselves can start it to any use: role work, and commands on another
 * server.
 */
#ifndef WRIT_NET_H
#define WRIT_NET_H

#include "kind/json.h"

enum { NET_ANSWER_MAX = 16 << 20 };

enum net_did {
	NET_DONE,    /* answered, with status */
	NET_REFUSED, /* the server took no mail */
	NET_SIGN_IN, /* it did not let us in */
	NET_NAME,    /* no such host */
	NET_CONNECT,
	NET_TLS, /* not encrypted, or a certificate that does not hold */
	NET_TIME,
	NET_LIMIT, /* more than was to be taken */
	NET_BROKEN
};

struct net_answer {
	enum net_did did;
	int status; /* of HTTP or SMTP, 0: none came */
	int wait;   /* seconds after which to ask again (Retry-After), 0: not said */
	struct str body;
};

/* net_ask(c, port, head, body, ret): head as the helper wants it; its "seconds" are the limit. 0
 * whatever was answered. ERR_NOTFOUND: no helper; ERR_FAIL. Neither the error nor anything else
 * tells what was asked. */
int net_ask(struct ctx *c, int port, const struct json *head, struct str body,
    struct net_answer *ret) MUST_CHECK;
/* net_word(did): for people, without an address: "no connection". */
const char *net_word(enum net_did did);

#endif
