/*
 * Agencies and officers as the house sees them: the queue of those who wait, how each stands and
 * why, the cases with alerts. Names and addresses are for intake and counsel.
 */
#ifndef WRIT_VIEW_VETTING_H
#define WRIT_VIEW_VETTING_H

#include "desk/officer.h"

/* view_agencies(c, in, actor, ret): {agency, country, body, level, name, state, domains}. */
int view_agencies(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;
/* view_agency(c, in, actor, ref, ret): the same of one, with its officers and its history. */
int view_agency(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct json **ret) MUST_CHECK;
/* view_officers(c, in, actor, state, ret): those who stand so; `confirmed` is the queue.
 * view_officer_staff(c, in, actor, ref, ret): one, with the history of the standing. */
int view_officers(struct ctx *c, struct instance *in, const struct person *actor, struct str state,
    struct json **ret) MUST_CHECK;
int view_officer_staff(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, struct json **ret) MUST_CHECK;

#endif
