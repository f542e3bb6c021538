/* A plan as text for people, and as JSON (SPEC.md 7.2). */
#ifndef WRIT_PLAN_TELL_H
#define WRIT_PLAN_TELL_H

#include "audit/plan.h"
#include "audit/tell.h"

/* In the reader's language; what comes from the file is harmless in it (base/plain.h). */
void plan_text(struct buf *b, const struct plan *p, enum tell_lang lang);
struct json *plan_json(struct ctx *c, const struct plan *p);

#endif
