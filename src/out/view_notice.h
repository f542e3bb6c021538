/* Notices to users as a list: what waits for a person, case by case, and no words of theirs. */
#ifndef WRIT_VIEW_NOTICE_H
#define WRIT_VIEW_NOTICE_H

#include "desk/notice.h"

enum { VIEW_NOTICES_MAX = 100 };

struct view_notices {
	struct str state; /* as the table has them; "": drafted */
	int64_t after;    /* of the page before; 0: from the first */
	int64_t limit;    /* 1..VIEW_NOTICES_MAX, else that */
};
/* view_notices(c, in, actor, page, ret): {"state", "notices": [{"case", "order", "number", "state",
 * "country", "holds", "at", "sent", "posted", "not_before"}], "after"?}. ERR_INVALID: no such
 * state. */
int view_notices(struct ctx *c, struct instance *in, const struct person *actor,
    const struct view_notices *page, struct json **ret) MUST_CHECK;
/* view_notice_claims(c, in, order, to): adds "claims" of an order: [{"claim", "state", "asked"}],
 * where it has any. */
int view_notice_claims(
    struct ctx *c, struct instance *in, int64_t order, struct json *to) MUST_CHECK;

#endif
