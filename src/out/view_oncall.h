/* People on call and the pages that are out, as one value for every face. */
#ifndef WRIT_VIEW_ONCALL_H
#define WRIT_VIEW_ONCALL_H

#include "desk/oncall.h"

/* view_oncall(c, in, actor, ret): {"now", "oncall": [name, in the order in which they are called],
 * "next": {"at", "oncall"}: when within a week that changes, absent when it does not; "shifts":
 * [{"number", "person", "rank", "when"}], "changes": [{"number", "person", "rank" (absent: away),
 * "since", "until"}], "people", "longest_minutes": nobody on call at a stretch in the next
 * ONCALL_CHECK_DAYS days, "gaps": those too long [{"from", "to"}], "covered": no gap is too long
 * and there are two people}. Whoever works on cases, and admins. */
int view_oncall(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;
/* view_pages(c, in, actor, all, ret): [{"page", "demand", "since", "minutes", "turns",
 * "acknowledged", "by"}], as oncall_pages. */
int view_pages(struct ctx *c, struct instance *in, const struct person *actor, bool all,
    struct json **ret) MUST_CHECK;

#endif
