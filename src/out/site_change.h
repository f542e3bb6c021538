/* What a corrected edition shows differently, for programs (SPEC.md 5.6) and for people. Pure. */
#ifndef WRIT_SITE_CHANGE_H
#define WRIT_SITE_CHANGE_H

#include "out/report_text.h"
#include "out/site.h"

/* site_change_json(c, e, b): against the edition before it. */
void site_change_json(struct ctx *c, const struct site_edition *e, struct buf *b);
/* site_change_page(c, s, e, lang, b): the same as a page, for the edition's folder. */
void site_change_page(struct ctx *c, const struct site *s, const struct site_edition *e,
    enum report_lang lang, struct buf *b);

#endif
