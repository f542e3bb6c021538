/*
 * The file that an audit reads (SPEC.md 7, writ-audit(5)): who published which figures, what ties
 * them together, and which numbers are protected. Strict YAML; unknown keys are refused with their
 * line. Pure.
 */
#ifndef WRIT_DOC_H
#define WRIT_DOC_H

#include "audit/model.h"

/* doc_parse(c, file, text, ret): ERR_INVALID or ERR_LIMIT "FILE:LINE:COL: ..."; no error text
 * quotes the input. */
int doc_parse(
    struct ctx *c, const char *file, struct str text, const struct model **ret) MUST_CHECK;

#endif
