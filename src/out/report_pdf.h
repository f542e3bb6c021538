/*
 * An edition as a PDF for reading and printing: A4, tagged, in the reader's language. Laid out by
 * the helper writ-typeset (helpers/typeset.c) in a box; the same report and the same fonts give the
 * same bytes.
 */
#ifndef WRIT_REPORT_PDF_H
#define WRIT_REPORT_PDF_H

#include "out/report.h"
#include "out/report_text.h"

/* report_pdf_document(c, r, lang, b): what the helper is given. Pure. */
void report_pdf_document(
    struct ctx *c, const struct report *r, enum report_lang lang, struct buf *b);
/* report_pdf(c, r, lang, ret): the file's bytes. ERR_NOTFOUND: the helper is not installed;
 * ERR_LIMIT: it took more than a minute. */
int report_pdf(
    struct ctx *c, const struct report *r, enum report_lang lang, struct str *ret) MUST_CHECK;

#endif
