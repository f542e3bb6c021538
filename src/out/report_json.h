/* An edition as JSON: SPEC.md 5.4. */
#ifndef WRIT_REPORT_JSON_H
#define WRIT_REPORT_JSON_H

#include "kind/json.h"
#include "out/report.h"

/* report_json(c, r, b): the whole report, schema "writ/report/1". */
int report_json(struct ctx *c, const struct report *r, struct buf *b) MUST_CHECK;
/* report_json_cause(c, r): why it corrects the edition before, by language; NULL: it does not. */
struct json *report_json_cause(struct ctx *c, const struct report *r);
/* report_json_figure(c, x): one figure as an object; no values where the status has none. */
struct json *report_json_figure(struct ctx *c, const struct figure *x);

#endif
