/*
 * Vetting: a person of intake or counsel has checked, by a way found independently, that an officer
 * is who they say, and ties them to an agency. A second person is due for the first officer of an
 * agency, and for an address whose domain the agency is not known by. Nobody is vetted in bulk.
 */
#ifndef WRIT_VETTING_H
#define WRIT_VETTING_H

#include "desk/officer.h"

struct vetting {
	struct str agency; /* reference; the second person may leave it empty */
	struct str source; /* where the number was found that was called */
	struct str reason; /* who answered, and what was checked */
};

/* vetting_approve(c, in, actor, officer, v, ret_active): the first or the second person approves.
 * *ret_active: the officer may sign in and submit now; else another person is due. ERR_DENIED for
 * the same person twice, or an agency that is not active; ERR_CONFLICT for one who does not wait.
 */
int vetting_approve(struct ctx *c, struct instance *in, const struct person *actor,
    struct str officer, const struct vetting *v, bool *ret_active) MUST_CHECK;
/* vetting_refuse(c, in, actor, officer, reason): they may register anew. */
int vetting_refuse(struct ctx *c, struct instance *in, const struct person *actor,
    struct str officer, struct str reason) MUST_CHECK;

#endif
