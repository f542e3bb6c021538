/*
 * A refused demand that its officer sends again, cured: what it said, so that nobody types it once
 * more, and its papers, each as a copy of its own, for the two are erased at different times.
 *
 * Only who submitted it gets anything of it: a colleague who was invited, or with whom it is
 * shared, sees its items and not its texts. Of one that was joined with another it is what the
 * officer wrote. What the house wrote is not in it: it is read as it came.
 */
#ifndef WRIT_CURE_H
#define WRIT_CURE_H

#include "desk/portal.h"

struct cure {
	const struct json *draft; /* as it came; NULL: another's, or erased */
	bool shared;
	struct demand demand;
	struct json *papers; /* [{"number", "name", "size"}] */
};

/* cure_of(c, in, who, ref, ret): ERR_NOTFOUND when `ref` is no demand that the officer may see;
 * ERR_INVALID when it was not refused. */
int cure_of(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    struct cure *ret) MUST_CHECK;
/* cure_paper(c, in, of, number, spool, ret): a copy of one of its papers in the blob store, by way
 * of the folder spool, for demand_put. ERR_NOTFOUND. */
int cure_paper(struct ctx *c, struct instance *in, const struct cure *of, int64_t number,
    const char *spool, struct demand_paper *ret) MUST_CHECK;

#endif
