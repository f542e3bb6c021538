/*
 * What a case tells of who is outside: call-backs, more time asked and granted, the officer and
 * agency behind it, alerts; what its users are told, and on what a bar to tell them rests. Parts of
 * view_matter.
 */
#ifndef WRIT_VIEW_SENDER_H
#define WRIT_VIEW_SENDER_H

#include "desk/matter.h"

/* view_sender_order(c, in, actor, order, to): adds call_backs and time (extensions) where there are
 * some; what was said is for those who work on the case. view_sender_matter(c, in, m, to): adds
 * sender (who submitted it by the portal) and alerts. */
int view_sender_order(struct ctx *c, struct instance *in, const struct person *actor, int64_t order,
    struct json *to) MUST_CHECK;
/* view_sender_bar(c, in, actor, secrecy, to): adds "source", "review" and "steps" (bar_step.h) of a
 * bar, and notices to users come with view_sender_order. */
int view_sender_bar(struct ctx *c, struct instance *in, const struct person *actor, int64_t secrecy,
    struct json *to) MUST_CHECK;
int view_sender_matter(
    struct ctx *c, struct instance *in, const struct matter *m, struct json *to) MUST_CHECK;

#endif
