/*
 * What lies in the portal, as its officer and as the house see it (desk/laid.h, desk/fetch.h). A
 * PIN is in none of it: only whether there is one.
 */
#ifndef WRIT_VIEW_DELIVER_H
#define WRIT_VIEW_DELIVER_H

#include "desk/portal.h"

/* view_deliver_brief(c, in, production, j): sets, where it was laid down: in_portal (waiting,
 * fetched, expired, revoked, replaced), until, more, here (it can be fetched still). */
int view_deliver_brief(
    struct ctx *c, struct instance *in, int64_t production, struct json *j) MUST_CHECK;
/* view_deliver_officer(c, in, who, demand, ref, ret): production, demand, size, sha256, state,
 * until, here, pledged, pinned, pin_state, acknowledged, agency. Errors of fetch_find. */
int view_deliver_officer(struct ctx *c, struct instance *in, const struct person *who,
    struct str demand, struct str ref, struct json **ret) MUST_CHECK;
/* view_deliver_desk(c, in, actor, ref, ret): production, case, order, state, in_portal, until,
 * here, pin (told, mail, none), pin_state, more, taker; laid: [number, at, until, by, state, pins,
 * more, ended, ender, reason]; access: [officer, name, at, what, last, n, sent, size], by time.
 * Names only for who may read them. Needs production.access. */
int view_deliver_desk(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, struct json **ret) MUST_CHECK;
/* view_deliver_names(c, in, order, ret): active officers of the agency that sent its demand:
 * officer, and name for who may read names; an empty list where it came from none. */
int view_deliver_names(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct json **ret) MUST_CHECK;

/* view_deliver_files(c, in, ref, ret): the numbers of the items of its files, one a file. */
int view_deliver_files(
    struct ctx *c, struct instance *in, struct str ref, struct json **ret) MUST_CHECK;

#endif
