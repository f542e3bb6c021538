/*
 * Recalling what left (SPEC.md 9.10): when a confirmation, a validation, an objection or a
 * challenge takes away the ground on which it left. Counsel records it; the production is recalled
 * for good: never delivered, mailed, fetched or sealed anew; the authority is asked to delete, and
 * its answer is recorded. No law that was read at the source sets a day for that, so there is no
 * clock.
 */
#ifndef WRIT_RECALL_H
#define WRIT_RECALL_H

#include "desk/left.h"

struct recall {
	int64_t id, rev, author, answerer;
	struct str cause, answer; /* answer: "" deleted refused none */
	struct instant at;
	struct day answered;
	struct str reason, said; /* "" once erased, and unless asked for */
};

/* recall_put(c, in, actor, ref, cause, reason): cause: validation confirmation objection challenge
 * misdelivery other. ERR_DENIED for what never left; ERR_CONFLICT when it was recalled. */
int recall_put(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str cause, struct str reason) MUST_CHECK;
/* recall_answer(c, in, actor, ref, answer, day, said): deleted, refused or none; one that was none
 * may come later. */
int recall_answer(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str answer, struct day day, struct str said) MUST_CHECK;
/* recall_of(c, in, production, words, ret, ret_found). */
int recall_of(struct ctx *c, struct instance *in, int64_t production, bool words,
    struct recall *ret, bool *ret_found) MUST_CHECK;

/* recall_due(c, in, g, ret): why what left on this order is to be recalled, as a word of the
 * causes, and "" when nothing speaks for it: the order lapsed unconfirmed or its time to be
 * confirmed ran out; it was withdrawn before its validation came (Art. 4(5) Reg. (EU) 2023/1543);
 * the enforcing authority raised a ground (Art. 12(2)); a challenge to it was upheld. It decides
 * nothing: counsel does. */
int recall_due(
    struct ctx *c, struct instance *in, const struct gate *g, struct str *ret) MUST_CHECK;
/* recall_due_of(c, in, g, production, ret): the same of one production that was not recalled: ""
 * also when it never left; `other` for one that a mail server took though something stopped it. */
int recall_due_of(struct ctx *c, struct instance *in, const struct gate *g, int64_t production,
    struct str *ret) MUST_CHECK;

#endif
