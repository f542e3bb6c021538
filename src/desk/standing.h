/*
 * How officers and agencies stand, and what follows from it. Who is suspended or compromised acts
 * no more at once (the person is inactive, so no session and no step of theirs goes on), and every
 * open case of theirs gets an alert: nothing leaves it before a person has confirmed the demand by
 * another way. Needs intake or counsel.
 */
#ifndef WRIT_STANDING_H
#define WRIT_STANDING_H

#include "desk/matter.h"
#include "desk/officer.h"

/* standing_officer(c, in, actor, officer, act, reason): suspended, compromised, active (again:
 * counsel only), left, refused. Nobody comes back from left or refused: they register anew.
 * standing_agency: suspended, compromised, active; its officers act no more until it is active.
 * One step for the standing and one for each case, all together. ERR_CONFLICT when it stands so
 * already. */
int standing_officer(struct ctx *c, struct instance *in, const struct person *actor,
    struct str officer, struct str act, struct str reason) MUST_CHECK;
int standing_agency(struct ctx *c, struct instance *in, const struct person *actor,
    struct str agency, struct str act, struct str reason) MUST_CHECK;
/* standing_note(c, s, in, officer, agency, act, source, reason): inside a step: why; one of officer
 * and agency is 0. standing_list(c, in, officer, agency, ret): {act, at, by, source, reason},
 * oldest first. */
int standing_note(struct ctx *c, struct step *s, struct instance *in, int64_t officer,
    int64_t agency, const char *act, struct str source, struct str reason) MUST_CHECK;
int standing_list(struct ctx *c, struct instance *in, int64_t officer, int64_t agency,
    struct json **ret) MUST_CHECK;
/* standing_forget(c, in, actor, officer): erases what is personal of an officer who left or was
 * refused and whose demands are all settled: profile, key, reasons. Needs counsel. ERR_DENIED. */
int standing_forget(
    struct ctx *c, struct instance *in, const struct person *actor, struct str officer) MUST_CHECK;

/* standing_open(c, s, in, demand, matter): inside the step that opens a case: an alert when who
 * submitted the demand is not trusted by now. standing_lock(c, in, demand): before that, so that
 * nobody's standing changes meanwhile. */
int standing_lock(struct ctx *c, struct instance *in, int64_t demand) MUST_CHECK;
int standing_open(
    struct ctx *c, struct step *s, struct instance *in, int64_t demand, int64_t matter) MUST_CHECK;
/* standing_confirm(c, in, actor, m, source, reason): the demand was confirmed anew by another way:
 * the alerts of the case end. ERR_CONFLICT when there are none. */
int standing_confirm(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, struct str source, struct str reason) MUST_CHECK;
/* standing_alerts(c, in, matter, ret): {officer, cause, at, cleared, by}, oldest first.
 * standing_alerted(c, in, actor, ret): every case with an open alert that the actor may know of. */
int standing_alerts(
    struct ctx *c, struct instance *in, int64_t matter, struct json **ret) MUST_CHECK;
int standing_alerted(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;

#endif
