/*
 * Counting what comes from one address, officer or place, so that nobody floods the intake or
 * guesses codes. A window of time begins with the first; who is counted stands as a keyed hash. No
 * evidence: outside of the ledger.
 */
#ifndef WRIT_TRIES_H
#define WRIT_TRIES_H

#include "desk/instance.h"

struct tries {
	const char *kind; /* "register", "submit", ... */
	int64_t most;     /* within one window */
	int64_t seconds;  /* how long a window lasts */
};

/* tries_count(c, in, t, who, ret_over): counts one, and tells whether that is too many. */
int tries_count(struct ctx *c, struct instance *in, const struct tries *t, struct str who,
    bool *ret_over) MUST_CHECK;
/* tries_check: the same; ERR_LIMIT when it is too many. */
int tries_check(
    struct ctx *c, struct instance *in, const struct tries *t, struct str who) MUST_CHECK;
/* tries_place: of the network that an address as text is in (throttle_source), so that a
 * household's many addresses are one. "" is counted nowhere. */
int tries_place(
    struct ctx *c, struct instance *in, const struct tries *t, struct str address) MUST_CHECK;

#endif
