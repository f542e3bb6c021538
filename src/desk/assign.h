/*
 * Who works on a case: assigned to one person, handed over with a note, watched by others. The
 * assignment is an act on the case and stands in the ledger; a watch is nobody's business but the
 * watcher's.
 */
#ifndef WRIT_ASSIGN_H
#define WRIT_ASSIGN_H

#include "desk/matter.h"

enum { ASSIGN_NOTE_MAX = 16 << 10 };

/* assign_case(c, in, actor, m, taker, note): taker is a person's name, "" for nobody; note may be
 * "". By intake, reviewer or counsel. ERR_NOTFOUND when nobody has the name; ERR_DENIED when the
 * person is not active, does not work on cases, or may not know of this one (the text is the same);
 * ERR_CONFLICT when the case is theirs already. Updates *m. */
int assign_case(struct ctx *c, struct instance *in, const struct person *actor, struct matter *m,
    struct str taker, struct str note) MUST_CHECK;

struct assign_handover {
	int64_t giver, taker; /* taker 0: nobody */
	struct instant at;
	struct str note; /* "" without one, or once it is erased */
};
/* assign_each(c, in, m, fn, arg): as they happened. */
int assign_each(struct ctx *c, struct instance *in, const struct matter *m,
    int (*fn)(struct ctx *c, const struct assign_handover *h, void *arg), void *arg) MUST_CHECK;

/* assign_watch(c, in, actor, m, on): whoever may read the case. assign_watches: whether they do. */
int assign_watch(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, bool on) MUST_CHECK;
int assign_watches(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, bool *ret) MUST_CHECK;

#endif
