/* Cases as they were opened and demands of one state as they came, page by page. */
#ifndef WRIT_VIEW_LIST_H
#define WRIT_VIEW_LIST_H

#include "desk/demand.h"

enum { VIEW_PAGE_MAX = 1000 };

/* view_cases(c, in, actor, closed, page, ret): {"cases": [{"case", "state", "opened", "instrument"
 * (of the first order), "orders": how many}], "after": the last, where more follow,
 * "closed"}: the open ones, or the closed ones. page->limit is from 1; errors of matter_page. */
int view_cases(struct ctx *c, struct instance *in, const struct person *actor, bool closed,
    const struct matter_page *page, struct json **ret) MUST_CHECK;
/* view_demands(c, in, actor, state, page, ret): {"demands": [{"demand", "received", "country",
 * "body", "channel", "authority": its name, only for who works on demands}], "after", "state"}.
 * Errors of demand_page. */
int view_demands(struct ctx *c, struct instance *in, const struct person *actor, struct str state,
    const struct matter_page *page, struct json **ret) MUST_CHECK;

#endif
