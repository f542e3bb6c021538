/*
 * What the last look at an edition found (edition_check): kept, because the disclosure audit may
 * take longer than a page may. It is no evidence; publication judges anew. A verdict has grounds:
 * permissions, figures known from outside, the editions that are out. When one of them changed it
 * is old, and the page says so.
 */
#ifndef WRIT_VERDICT_H
#define WRIT_VERDICT_H

#include "desk/edition.h"
#include "kind/json.h"

struct verdict_kept {
	bool found;   /* somebody has looked */
	bool current; /* and nothing that it rests on has changed since */
	struct instant at;
	struct json *breaches; /* a list, as verdict_put got it */
};

/* verdict_put(c, in, e, breaches): in place of the one before. */
int verdict_put(struct ctx *c, struct instance *in, const struct edition *e,
    const struct json *breaches) MUST_CHECK;
/* verdict_get(c, in, e, ret): of a published edition one is old only when it was of the draft. */
int verdict_get(struct ctx *c, struct instance *in, const struct edition *e,
    struct verdict_kept *ret) MUST_CHECK;

#endif
