/* What a corrected edition shows differently, for programs (SPEC.md 5.6). Pure. */
#ifndef WRIT_SITE_CHANGE_H
#define WRIT_SITE_CHANGE_H

#include "out/site.h"

/* site_change_json(c, e, b): against the edition before it. */
void site_change_json(struct ctx *c, const struct site_edition *e, struct buf *b);

#endif
