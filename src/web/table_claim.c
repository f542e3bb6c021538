/* Costs: claims, one claim, and what is done with it. */
#include "web/desk_claim.h"
#include "web/desk_letter.h"
#include "web/lang.h"
#include "web/table.h"

#include "tmpl_gen.h"

/* A form of a claim's page, which comes again afterwards. */
#define FORM(called, at, does, may, says)                                                          \
	.name = (called), .method = ROUTE_POST, .path = ("/desk/claim/{claim:word}/" at),          \
	.gate = GATE_STAFF, .view = (does), .next = "claim", .form = "claim", .done = (says),      \
	ROUTE_NEEDS(may)

static const struct route routes[] = {
    {"claims", ROUTE_GET, "/desk/claims", GATE_STAFF, .view = desk_claims, .page = tmpl_claims,
	ROUTE_TAKES(desk_claims_fields), ROUTE_NEEDS(RIGHT_CLAIM_READ),
	.title = "claims by their state, and answered orders that nobody has claimed for"},
    {"claim", ROUTE_GET, "/desk/claim/{claim:word}", GATE_STAFF, .view = desk_claim,
	.page = tmpl_claim, ROUTE_NEEDS(RIGHT_CLAIM_READ), .title = "one claim with its lines"},
    {"claim_make", ROUTE_POST, "/desk/case/{case:word}/order/{n:number}/claim", GATE_STAFF,
	.view = desk_claim_make, .next = "claims", .form = "claims",
	.done = SAY("The claim is opened: look at its lines."), ROUTE_TAKES(desk_claim_make_fields),
	ROUTE_NEEDS(RIGHT_CLAIM_MAKE)},
    {"claim_bar", ROUTE_POST, "/desk/case/{case:word}/claim-bar", GATE_STAFF,
	.view = desk_claim_bar, .next = "case", .form = "case",
	.done = SAY("Nothing is claimed in this case."), ROUTE_TAKES(desk_claim_bar_fields),
	ROUTE_NEEDS(RIGHT_CLAIM_BAR)},
    {FORM("claim_line", "line", desk_claim_line, RIGHT_CLAIM_LINE, SAY("The line is changed.")),
	ROUTE_TAKES(desk_claim_line_fields)},
    {FORM("claim_cost", "cost", desk_claim_cost, RIGHT_CLAIM_LINE, SAY("The cost is recorded.")),
	ROUTE_TAKES(desk_claim_amount_fields)},
    {FORM(
	 "claim_to", "to", desk_claim_to, RIGHT_CLAIM_LINE, SAY("It is recorded to whom it goes.")),
	ROUTE_TAKES(desk_claim_to_fields)},
    {FORM("claim_send", "send", desk_claim_send, RIGHT_CLAIM_SEND,
	 SAY("The claim is recorded as sent.")),
	ROUTE_TAKES(desk_claim_send_fields)},
    {FORM("claim_pay", "pay", desk_claim_pay, RIGHT_CLAIM_SEND, SAY("The payment is recorded.")),
	ROUTE_TAKES(desk_claim_amount_fields)},
    {FORM("claim_paper", "paper", desk_claim_paper, RIGHT_CLAIM_READ, ""),
	ROUTE_TAKES(desk_claim_paper_fields)},
    {"claim_file", ROUTE_GET, "/desk/job/{job:word}/claim", GATE_STAFF, .run = desk_letter_file,
	ROUTE_NEEDS(RIGHT_CLAIM_READ)},
    {"claim_totals", ROUTE_GET, "/desk/claims/totals", GATE_STAFF, .view = desk_claim_totals,
	ROUTE_TAKES(desk_claim_totals_fields), ROUTE_NEEDS(RIGHT_CLAIM_TOTALS),
	.title = "costs claimed, by country"},
    {FORM("claim_end", "end", desk_claim_end, RIGHT_CLAIM_SEND, SAY("The claim has ended.")),
	ROUTE_TAKES(desk_claim_end_fields)},
};
const struct route_family table_claim = TABLE_FAMILY(routes);
