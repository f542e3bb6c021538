/* Retention and holds; requests of data subjects. */
#include "web/desk_keep.h"
#include "web/lang.h"
#include "web/table.h"

#include "tmpl_gen.h"

#define FORM(called, at, does, of, may, says)                                                      \
	.name = (called), .method = ROUTE_POST, .path = (at), .gate = GATE_STAFF, .view = (does),  \
	.next = (of), .form = (of), .done = (says), ROUTE_NEEDS(may)

static const struct route routes[] = {
    {"retention", ROUTE_GET, "/desk/retention", GATE_STAFF, .view = desk_retention,
	.page = tmpl_retention, ROUTE_NEEDS(RIGHT_ERASE_READ), ROUTE_TAKES(desk_retention_fields),
	.title = "whose term is over, what is held and why, and what was erased"},
    {FORM("erase_hold", "/desk/retention/hold", desk_hold, "retention", RIGHT_ERASE_HOLD,
	 SAY("It is held.")),
	ROUTE_TAKES(desk_hold_fields)},
    {FORM("erase_release", "/desk/retention/release", desk_release, "retention",
	 RIGHT_ERASE_RELEASE, SAY("Nobody holds it any more.")),
	ROUTE_TAKES(desk_release_fields)},
    {FORM("erase_propose", "/desk/retention/propose", desk_erase_propose, "retention",
	 RIGHT_ERASE_READ, SAY("It stands on a list: another person confirms it.")),
	ROUTE_TAKES(desk_propose_fields)},

    {"requests", ROUTE_GET, "/desk/access", GATE_STAFF, .view = desk_requests,
	.page = tmpl_requests, ROUTE_NEEDS(RIGHT_ACCESS_READ), ROUTE_TAKES(desk_requests_fields),
	.title =
	    "requests of data subjects, and answers of nothing where something may be told now"},
    {"request_ask", ROUTE_POST, "/desk/access", GATE_STAFF, .view = desk_request_ask,
	.next = "requests", .form = "requests", .done = SAY("The request is recorded."),
	ROUTE_NEEDS(RIGHT_ACCESS_ASK), ROUTE_TAKES(desk_request_ask_fields)},
    {"request", ROUTE_GET, "/desk/access/{request:word}", GATE_STAFF, .view = desk_request,
	.page = tmpl_request, ROUTE_NEEDS(RIGHT_ACCESS_READ),
	.title = "one request of a data subject, with its answer"},
    {FORM("request_draft", "/desk/access/{request:word}/draft", desk_request_draft, "request",
	RIGHT_ACCESS_DRAFT, SAY("The answer is drafted: what may be told now."))},
    {FORM("request_approve", "/desk/access/{request:word}/approve", desk_request_approve, "request",
	RIGHT_ACCESS_APPROVE, SAY("The answer is approved."))},
    {FORM("request_answer", "/desk/access/{request:word}/answer", desk_request_answer, "request",
	RIGHT_ACCESS_ANSWER, SAY("It is recorded that the answer was given."))},
    {FORM("request_drop", "/desk/access/{request:word}/drop", desk_request_drop, "request",
	RIGHT_ACCESS_DRAFT, SAY("The request has ended without an answer."))},
    {FORM("request_again", "/desk/access/{request:word}/again", desk_request_again, "request",
	RIGHT_ACCESS_ASK, SAY("The request is recorded."))},
};
const struct route_family table_keep = TABLE_FAMILY(routes);
