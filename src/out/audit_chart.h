/* The small picture of a finding: the range in which the law lets a reader place a number, and the
 * range in which a reader can place it, to one scale; as SVG text (report_chart.h says how). */
#ifndef WRIT_AUDIT_CHART_H
#define WRIT_AUDIT_CHART_H

#include "audit/tell_say.h"

/* audit_chart(b, s, id, t, r): id is unique in the page. */
void audit_chart(struct buf *b, const struct tell_say *s, const char *id,
    const struct model_target *t, const struct infer *r);

#endif
