/*
 * The statement as a page of the site (SPEC.md 5.8): updates, never-statements, restraints, the
 * record and the principles, in one language; what is not translated stands in the other, marked
 * so. Pure.
 *
 * Of a never-statement the page shows the sentence and its "accurate as of" day, and nothing by
 * which a reader could tell how one ended that stood there before: no last day, no reference, no
 * trace of it afterwards.
 */
#ifndef WRIT_SITE_STATEMENT_H
#define WRIT_SITE_STATEMENT_H

#include "out/site.h"

/* site_statement_any(s): something was ever published; the page is then written in every build, so
 * that what ended goes from it. */
bool site_statement_any(const struct site *s);
/* site_statement_page(c, s, lang, b). */
void site_statement_page(struct ctx *c, const struct site *s, enum report_lang lang, struct buf *b);
/* site_statement_link(p, s): for the first page: the way to it, and its newest update. */
struct report_page;
void site_statement_link(const struct report_page *p, const struct site *s);
/* site_statement_words(x, lang, ret_lang): what it says in this language, or else in the other. */
const struct wording *site_statement_words(
    const struct statement *x, enum report_lang lang, enum report_lang *ret_lang);

#endif
