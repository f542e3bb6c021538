/*
 * Triage: what waits, with what a person needs to decide what becomes of it; and one demand before
 * it is a case. The same values for the command line, pages and the API.
 */
#ifndef WRIT_VIEW_INBOX_H
#define WRIT_VIEW_INBOX_H

#include "desk/demand.h"

enum { VIEW_INBOX_MAX = 200 };

/* view_inbox(c, in, actor, page, ret): demands in triage, emergencies on top of the first page,
 * then the oldest first, at most page->limit (0 or more than VIEW_INBOX_MAX: VIEW_INBOX_MAX) after
 * page->after and those on top; an emergency stands nowhere else (desk/demand.h, demand_urgent):
 *   {"now", "demands": [{"demand", "received", "age_hours", "age_minutes", "channel", "country",
 * "body", "level", "language", "verified", "emergency", "sealed", "orders": [{"instrument",
 * "title", "title_de", "targets"}], "targets", "duplicates": [{"ref", "state", "by"}]}], "after":
 * the last, where more follow} Those of the sealed compartment only for people named to it.
 * ERR_NOTFOUND for an `after` that the actor may not know of; ERR_DENIED for who does not read
 * demands. */
int view_inbox(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter_page *page, struct json **ret) MUST_CHECK;
/* view_demand(c, in, actor, ref, ret): all of the above of one demand in any state, and
 *   "state", "case" once it is open, "merged_into", "draft": as it was read (absent once erased),
 *   "papers": [{"number", "name", "size"}], "law": what the packs know of its instruments [{...,
 *   "class", "cite", "quote", "mark", "verified"}], "seen": cases that name the same identifiers,
 *   by place in the draft [{"order", "target", "cases"}], "sorted": {"as", "at", "by", "letter_at",
 *   "language", "letter"}. An auditor sees the outline alone. */
int view_demand(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct json **ret) MUST_CHECK;

#endif
