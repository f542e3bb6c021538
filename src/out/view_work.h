/*
 * What is to be done, by whom and by when: queues, a person's day, the calendar, the house's
 * counts. Each costs the same however many cases there are: lists come page by page along an index,
 * and counts stop at VIEW_COUNT_MAX ("that many or more").
 *
 * Nobody's value holds, or counts, what they may not know of.
 */
#ifndef WRIT_VIEW_WORK_H
#define WRIT_VIEW_WORK_H

#include "desk/search.h"

enum { VIEW_COUNT_MAX = 1000, VIEW_LIST_MAX = 100, VIEW_SOON_DAYS = 14 };

/* view_queues(c, in, actor, ret): {"now", "most": VIEW_COUNT_MAX, "queues": [{"person" (absent for
 * what is nobody's), "orders", "overdue", "due_today", "oldest", "oldest_days"}]}: open orders,
 * of everybody who works on cases. Intake, reviewer, counsel, auditor. */
int view_queues(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;
/* view_queue(c, in, actor, person, after, limit, ret): {"orders": [view_row], "after"}: the open
 * orders of one person by their next deadline; "nobody": what is assigned to nobody. */
int view_queue(struct ctx *c, struct instance *in, const struct person *actor, struct str person,
    struct str after, int64_t limit, struct json **ret) MUST_CHECK;
/* view_my_day(c, in, actor, ret): {"now", "orders": mine, emergencies first (with "emergency" and
 * "age_minutes"), each by next deadline, "answered": mine whose
 * question was answered [{"case", "order", "at"}], "second": what waits for a second person other
 * than its decider, for who may approve [{"case", "order", "item", "decided", "decider"}],
 * "ending": bars and preservations of mine that end in VIEW_SOON_DAYS (view_date), "watched":
 * [view_row]}; each at most VIEW_LIST_MAX. */
int view_my_day(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;

struct view_span {
	struct day from, to; /* both included */
	struct str kind;     /* deadline, bar, preservation; "" all */
	bool mine;           /* of cases assigned to the actor */
	struct str after;
	int64_t limit; /* 0: VIEW_LIST_MAX */
};
/* view_calendar(c, in, actor, span, ret): {"dates": [{"at", "day", "kind", "rule", "act", "case",
 * "order", "assigned"}], "after"}, in the order of time. ERR_INVALID for a kind that is none, or an
 * end before the beginning. */
int view_calendar(struct ctx *c, struct instance *in, const struct person *actor,
    const struct view_span *span, struct json **ret) MUST_CHECK;
/* view_overview(c, in, actor, ret): {"now", "most", "triage", "open", "overdue", "due_today",
 * "returned", "second", "nobody", "notices" (drafts to be approved), "objections", "claims" (open),
 * "sorted": {kind: how many in the last 365 days}}. */
int view_overview(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;

#endif
