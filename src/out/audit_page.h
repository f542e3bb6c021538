/*
 * A disclosure audit as a page for a person: one file of static HTML with the site's style in it,
 * no script, nothing fetched. It says what `writ audit` says on the terminal, in the same sentences
 * (audit/tell_say.h): each number that is not safe with a picture of the permitted and the inferred
 * range, the figures that give it away and how it follows; what could not be decided; what is told;
 * what is safe; and what a reader has to take for granted. English and German. Pure.
 */
#ifndef WRIT_AUDIT_PAGE_H
#define WRIT_AUDIT_PAGE_H

#include "audit/audit.h"
#include "out/report_text.h"

/* audit_page(c, a, lang, b): the whole page. ERR_LIMIT where b has no room for it. */
int audit_page(
    struct ctx *c, const struct audit *a, enum report_lang lang, struct buf *b) MUST_CHECK;

#endif
