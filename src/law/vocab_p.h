/* The vocabulary: facts, fields and codes that packs may name (SPEC.md 1.1). */
#ifndef WRIT_VOCAB_P_H
#define WRIT_VOCAB_P_H

#include "law/pack.h"

/* vocab_read(c, law, root): adds one vocabulary file to law. ERR_INVALID with place, also for an id
 * that another file has declared. */
int vocab_read(struct ctx *c, struct law *law, const struct yaml *root) MUST_CHECK;
/* vocab_fault(c, law, fact, value): NULL when the value is of the fact's type and words, else what
 * the fact takes, as the end of a sentence. Never quotes the value. */
const char *vocab_fault(
    struct ctx *c, const struct law *law, const struct vocab_fact *fact, struct str value);

#endif
