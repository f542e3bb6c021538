/*
 * The facts that a letter lists: what was recalled, misdelivered, written to a medium, given with a
 * manifest, and to whom an order was redirected. Each is a paragraph of lines "Label: value", in
 * the letter's language. A letter to somebody who was not meant names nothing of the case.
 */
#ifndef WRIT_LETTER_FACTS_H
#define WRIT_LETTER_FACTS_H

#include "out/letter.h"
#include "desk/gate.h"

struct letter_facts {
	struct json *list; /* [{text}]; empty for a letter without facts */
	struct str to;     /* of a misdelivery: whom it reached */
	struct str ref;    /* of the production, where the letter is about one */
};

/* letter_facts(c, in, actor, g, ask, language, ret): ERR_DENIED when there is nothing of that kind,
 * ERR_NOTFOUND for a production that is none of the order's. */
int letter_facts(struct ctx *c, struct instance *in, const struct person *actor,
    const struct gate *g, const struct letter_ask *ask, struct str language,
    struct letter_facts *ret) MUST_CHECK;

#endif
