/*
 * A production that reached somebody else (SPEC.md 9.10). What lay in the portal is not fetched any
 * more while it is open; whom to tell, and by when, is for counsel: no deadline is made up here.
 */
#ifndef WRIT_MISDELIVERY_H
#define WRIT_MISDELIVERY_H

#include "desk/left.h"

struct misdelivery {
	int64_t id, rev, author, settler;
	struct day found;
	struct str state; /* open, settled */
	struct instant at, settled;
	const struct json *words; /* to_whom, how; NULL once erased, and unless asked for */
	struct str said;          /* likewise "": whom counsel decided to tell */
};

/* misdelivery_put(c, in, actor, ref, to_whom, how, found): found: the day on which it was noticed.
 * ERR_DENIED for what never left; ERR_CONFLICT while another one is open. */
int misdelivery_put(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str to_whom, struct str how, struct day found) MUST_CHECK;
/* misdelivery_settle(c, in, actor, ref, said): counsel alone. */
int misdelivery_settle(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, struct str said) MUST_CHECK;
/* misdelivery_of(c, in, production, words, fn, arg). */
int misdelivery_of(struct ctx *c, struct instance *in, int64_t production, bool words,
    int (*fn)(struct ctx *c, const struct misdelivery *m, void *arg), void *arg) MUST_CHECK;
/* misdelivery_open(c, in, production, ret): one is open. */
int misdelivery_open(struct ctx *c, struct instance *in, int64_t production, bool *ret) MUST_CHECK;

#endif
