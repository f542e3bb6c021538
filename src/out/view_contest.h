/* Challenges of all cases, for the list at the desk; a case's own stand in its view (view.h). */
#ifndef WRIT_VIEW_CONTEST_H
#define WRIT_VIEW_CONTEST_H

#include "desk/contest.h"

struct view_contests {
	bool decided;     /* those that are over; else the open ones */
	struct str after; /* of the page before; "" */
	int64_t limit;    /* 0: as many as a page has */
};

/* view_contests(c, in, actor, ask, ret): {"state": "open" | "decided", "challenges": [{"case",
 * "order", "next"?: the next day, "next_is"?: "hearing" | "respond", and what contest_list says
 * without texts}], "after"?}: the newest first. ERR_DENIED without the right to read them. */
int view_contests(struct ctx *c, struct instance *in, const struct person *actor,
    const struct view_contests *ask, struct json **ret) MUST_CHECK;

#endif
