/*
 * Claims as finance sees them: the case's reference and the claim, and no targets. The command
 * line, the HTTP API and the pages show these values. Amounts are text: "95.00 EUR".
 */
#ifndef WRIT_VIEW_CLAIM_H
#define WRIT_VIEW_CLAIM_H

#include "desk/claim.h"

/* view_claim(c, in, k, ret): {"claim", "case", "order", "country", "instrument", "state", "fees",
 * "title", "title_de", "cite", "called", "measure_end", "claim_by"?, "limitation"?, "over"? (its
 * last day is past), "central"?, "capped"?, "cost"?, "total", "asked", "reduced"?, "paid"?,
 * "sent"?, "sender"?, "late"?, "ended"?, "repay"?, "barred"?, "reason"?, "buyer"?: {...}, "lines":
 * [{"line", "nr", "text", "text_de", "unit", "quantity", "proposed"?, "rate"?, "blocks", "amount",
 * "percent"?, "total", "state", "author", "reason"?}], "rows": [{"nr", "text", "text_de", "unit",
 * "amount"?}] (of the table), "confirmed": n, "waiting": n (lines)} */
int view_claim(
    struct ctx *c, struct instance *in, const struct claim *k, struct json **ret) MUST_CHECK;
/* view_claims(c, in, actor, page, ret): {"state", "claims": [the above without lines, rows, reason
 * and buyer], "after"?} */
int view_claims(struct ctx *c, struct instance *in, const struct person *actor,
    const struct claim_page *page, struct json **ret) MUST_CHECK;
/* view_claim_due(c, in, actor, p, ret): {"period", "orders": [{"case", "order", "country",
 * "instrument", "title"?, "settled"}]}: answered, and nobody has claimed. */
int view_claim_due(struct ctx *c, struct instance *in, const struct person *actor, struct period p,
    struct json **ret) MUST_CHECK;
/* view_claim_totals(c, in, actor, p, as_of, ret): {"period", "as_of", "countries": [{"country",
 * "claims", "claimed", "paid"}]}, one for each currency. */
int view_claim_totals(struct ctx *c, struct instance *in, const struct person *actor,
    struct period p, struct day as_of, struct json **ret) MUST_CHECK;

#endif
