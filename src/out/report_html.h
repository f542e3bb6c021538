/*
 * An edition as one static page: no script, its own style sheet beside it (style.css), links only
 * to files of the same folder. WCAG 2.1: headings, captions, row and column scopes, charts with a
 * table beside them.
 */
#ifndef WRIT_REPORT_HTML_H
#define WRIT_REPORT_HTML_H

#include "out/report.h"
#include "out/report_text.h"

/* report_html_in(c, r, lang, b): the page in that language. */
int report_html_in(
    struct ctx *c, const struct report *r, enum report_lang lang, struct buf *b) MUST_CHECK;
/* report_html(c, r, b): in English. */
int report_html(struct ctx *c, const struct report *r, struct buf *b) MUST_CHECK;

#endif
