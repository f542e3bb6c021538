/* Documents set as PDF by the helper writ-typeset in a box. */
#ifndef WRIT_TYPESET_H
#define WRIT_TYPESET_H

#include "base/text.h"

/* typeset(c, document, most, what, ret, ret_status): the file's bytes, at most so many; what, an
 * ERR_TEXT, names it in errors. Where the helper does not set it, ret is empty and its exit status
 * is told: the caller says so. ERR_* when it is not there, cannot be started, or takes longer than
 * a minute. */
int typeset(struct ctx *c, struct str document, size_t most, const char *what, struct str *ret,
    int *ret_status) MUST_CHECK;

#endif
