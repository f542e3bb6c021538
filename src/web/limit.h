/*
 * How much one address may ask: requests a second, and open connections, over all processes
 * together. An address is what a provider of access gives one customer: an IPv4 address, or the /64
 * of an IPv6 one. Addresses are kept nowhere: they are hashed with a key that the parent draws at
 * its start, into numbers in the shared page (os/crew.h), and nobody without the key can choose two
 * that meet.
 *
 * Requests follow the generic cell rate algorithm (ITU-T I.371): a full bucket is LIMIT_BURST
 * seconds' worth, and refills steadily. Connections are counted by hash alone, so that two
 * addresses in some thousands share a count.
 *
 * Behind a server in front (`proxy`) the address is the last hop of X-Forwarded-For, which that
 * server has written; without one its request is not limited here. This machine's own addresses are
 * limited only where the configuration gives limits itself: an unnamed server in front would
 * otherwise use up everybody's.
 */
#ifndef WRIT_LIMIT_H
#define WRIT_LIMIT_H

#include "os/crew.h"

struct sockaddr;

enum { LIMIT_BURST = 5, LIMIT_SPAN = 4 /* places that one hash may use */ };

struct limit_who {
	unsigned char b[16];
	size_t n; /* 0: nobody that is limited */
	bool own; /* of this machine */
};

struct limit {
	struct crew_share *share;
	size_t slot;                   /* of this process */
	int64_t requests, connections; /* a second; open; 0: no limit */
	bool all;                      /* this machine's own addresses too */
	struct limit_who proxy;        /* n 0: none */
};

/* limit_address(text, ret): an address of numbers; false: it is none. */
bool limit_address(struct str text, struct limit_who *ret) MUST_CHECK;
/* limit_peer(a): of the other side of a connection. */
struct limit_who limit_peer(const struct sockaddr *a);
/* limit_hop(l, peer, forwarded, ret): whether it is the server in front that asks; *ret is then the
 * address that it has seen, in its words: the last hop. Whatever else the field says, anybody can
 * have written. */
bool limit_hop(const struct limit *l, struct limit_who peer, struct str forwarded, struct str *ret);
/* limit_asker(l, peer, forwarded): who asks; forwarded is the last X-Forwarded-For, "" without. */
struct limit_who limit_asker(const struct limit *l, struct limit_who peer, struct str forwarded);
/* limit_request(l, who, now_us): 0: it may; else the seconds to wait. */
int64_t limit_request(const struct limit *l, struct limit_who who, int64_t now_us);
/* limit_connect(l, peer): it may have one more connection. limit_hold(l, peer, ret), and at the end
 * limit_let(l, held). */
bool limit_connect(const struct limit *l, struct limit_who peer);
size_t limit_hold(const struct limit *l, struct limit_who peer);
void limit_let(const struct limit *l, size_t held);

#endif
