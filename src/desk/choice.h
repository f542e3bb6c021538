/* What a person would rather have. No evidence: it stands in no entry. */
#ifndef WRIT_CHOICE_H
#define WRIT_CHOICE_H

#include "desk/person.h"

/* choice_language(c, in, who, ret): "en", "de", or "" when nothing was chosen.
 * choice_set_language: ERR_INVALID for another. */
int choice_language(
    struct ctx *c, struct instance *in, const struct person *who, struct str *ret) MUST_CHECK;
int choice_set_language(
    struct ctx *c, struct instance *in, const struct person *who, struct str language) MUST_CHECK;

#endif
