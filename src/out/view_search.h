/* What a search found, and the searches a person keeps, as one value for every face. */
#ifndef WRIT_VIEW_SEARCH_H
#define WRIT_VIEW_SEARCH_H

#include "desk/search.h"

/* view_row(c, in, r, ret): one order in a list:
 *   {"case", "order", "instrument", "title", "title_de", "state", "country", "body", "received",
 *    "open", "due", "act", "overdue", "hours_left", "paused_hours_left", "assigned"}
 * due and what follows only where a deadline runs. */
int view_row(
    struct ctx *c, struct instance *in, const struct search_row *r, struct json **ret) MUST_CHECK;
/* view_search(c, in, actor, q, ret): {"orders": [view_row], "demands": [{"demand", "state",
 * "received"}], "after"}. Errors of search_run. */
int view_search(struct ctx *c, struct instance *in, const struct person *actor,
    const struct search *q, struct json **ret) MUST_CHECK;
/* view_saved(c, in, actor, ret): [{"ref", "name"}]; what is searched for is shown when it is run.
 */
int view_saved(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;

#endif
