/*
 * What an edition rests on: the permissions and bars without which its figures would be others, or
 * could not be published. It names them, so that no rule is changed in silence.
 */
#ifndef WRIT_RESTS_H
#define WRIT_RESTS_H

#include "desk/edition.h"
#include "desk/permission.h"

/* rests_find(c, all, e, f, at, ret): those that hold at that instant and concern e with the figures
 * f: of its structures, of bands in a period that it touches, of countries it shows with a word. In
 * the order in which they were recorded. */
void rests_find(struct ctx *c, const struct permissions *all, const struct edition *e,
    const struct figures *f, struct instant at, struct permissions *ret);
/* rests_permissions(c, in, e, ret): all permissions; where e is published, as the ledger had them
 * then: an instant is a second, and what was recorded or ended later in it changes no edition. */
int rests_permissions(struct ctx *c, struct instance *in, const struct edition *e,
    struct permissions *ret) MUST_CHECK;
/* rests_load(c, in, e, f, ret): as of its publication; of a draft, now. */
int rests_load(struct ctx *c, struct instance *in, const struct edition *e, const struct figures *f,
    struct permissions *ret) MUST_CHECK;

#endif
