/*
 * What an officer sees of their demands: states, questions, refusals with how they are cured, what
 * waits to be fetched. No findings, notes or names of the house. Until an order is answered nothing
 * tells whether there is such an account: an item that is withheld, one without data and one that
 * nobody has looked at are all `pending`. A reference that the officer may not see is answered as
 * one that does not exist (portal_seen).
 *
 * States of an order: in_review, question, refused, annex3, preserved, withdrawn, redirected,
 * replaced, ready (something waits to be fetched), answered. Of a demand: received while it waits
 * in triage, closed where it was sorted out as no demand for data, else that of the order which
 * asks most of the officer.
 */
#ifndef WRIT_VIEW_OFFICER_H
#define WRIT_VIEW_OFFICER_H

#include "desk/portal.h"

/* view_officer_case(c, in, who, ref, ret): ERR_NOTFOUND; ERR_DENIED for who is no active officer.
 */
int view_officer_case(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    struct json **ret) MUST_CHECK;
/* view_officer_list(c, in, who, limit, ret): {demand, received, state, own}, newest first. */
int view_officer_list(struct ctx *c, struct instance *in, const struct person *who, int64_t limit,
    struct json **ret) MUST_CHECK;
/* view_officer_self(c, in, who, ret): the officer's own account: name, address, agency, key. */
int view_officer_self(
    struct ctx *c, struct instance *in, const struct person *who, struct json **ret) MUST_CHECK;
/* view_officer_file(c, ref, head): the name that a sealed file is fetched under: the production's
 * reference, and the ending for what its first bytes (16 are enough) show it to be. */
struct str view_officer_file(struct ctx *c, struct str ref, struct str head);

#endif
