/* A letter (letter.h) as a tagged PDF, set by the helper writ-typeset in a box. The same parts and
 * the same fonts give the same bytes. */
#ifndef WRIT_LETTER_PDF_H
#define WRIT_LETTER_PDF_H

#include "kind/json.h"

/* letter_document(c, parts, b): what the helper is given (helpers/letter.h). Pure. */
void letter_document(struct ctx *c, const struct json *parts, struct buf *b);
/* letter_pdf(c, parts, ret): the file's bytes. Failures as report_pdf. */
int letter_pdf(struct ctx *c, const struct json *parts, struct str *ret) MUST_CHECK;

#endif
