/* Costs, for finance: claims and what waits for one (out/view_claim.h). Amounts in forms are as
 * people write them, in the claim's currency: "12.50". Letter and invoice are jobs: a web process
 * starts no program. */
#ifndef WRIT_DESK_CLAIM_H
#define WRIT_DESK_CLAIM_H

#include "web/route.h"

/* Without a period: orders answered in the last DESK_CLAIM_DAYS days. */
enum { DESK_CLAIM_DAYS = 120 };

/* {view_claims, "due": [view_claim_due's orders], "period", "may"} */
extern const struct route_field desk_claims_fields[3];
int desk_claims(struct route_ask *ask, struct json **ret);
/* part 0: the claim: {view_claim, "may"} */
int desk_claim(struct route_ask *ask, struct json **ret);
/* part 0: the case, part 1: the order's number */
extern const struct route_field desk_claim_make_fields[4];
int desk_claim_make(struct route_ask *ask, struct json **ret);
/* part 0: the claim */
extern const struct route_field desk_claim_line_fields[6], desk_claim_amount_fields[1],
    desk_claim_to_fields[7], desk_claim_send_fields[1], desk_claim_end_fields[2];
int desk_claim_line(struct route_ask *ask, struct json **ret);
int desk_claim_cost(struct route_ask *ask, struct json **ret);
int desk_claim_to(struct route_ask *ask, struct json **ret);
int desk_claim_send(struct route_ask *ask, struct json **ret);
int desk_claim_pay(struct route_ask *ask, struct json **ret);
int desk_claim_end(struct route_ask *ask, struct json **ret);
/* part 0: the case */
extern const struct route_field desk_claim_bar_fields[1];
int desk_claim_bar(struct route_ask *ask, struct json **ret);
/* field paper: letter or invoice: {"job"}; its file is taken as a letter's is (desk_letter.h). */
extern const struct route_field desk_claim_paper_fields[2];
int desk_claim_paper(struct route_ask *ask, struct json **ret);
/* view_claim_totals, for the API alone */
extern const struct route_field desk_claim_totals_fields[2];
int desk_claim_totals(struct route_ask *ask, struct json **ret);

#endif
