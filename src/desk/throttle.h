/*
 * Answers that were refused are counted by where they came from: a keyed hash of the network, never
 * the address. Only refusals count, and a passkey that is good is let in whatever the count says:
 * so whoever fails on purpose, from wherever, locks nobody out. Above the limit refusals are told
 * as such (429), and no more links are looked up for that network.
 */
#ifndef WRIT_THROTTLE_H
#define WRIT_THROTTLE_H

#include "desk/instance.h"

enum { THROTTLE_MOST = 20, THROTTLE_SECONDS = 900 };

/* throttle_source(in, address): of an address as text: an IPv4 address, or the first 64 bits of an
 * IPv6 address, which is what one household gets. */
struct hash throttle_source(struct ctx *c, const struct instance *in, struct str address);
/* throttle_fault(c, in, source): one more refusal. throttle_over: too many within
 * THROTTLE_SECONDS of the first. */
int throttle_fault(struct ctx *c, struct instance *in, struct hash source) MUST_CHECK;
int throttle_over(struct ctx *c, struct instance *in, struct hash source, bool *ret) MUST_CHECK;

#endif
