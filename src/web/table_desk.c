#include "web/desk_case.h"
#include "web/desk_order.h"
#include "web/lang.h"
#include "web/table.h"
#include "tmpl_gen.h"

/* An act on an order: a form of the case's page, which comes again afterwards. */
#define ACT(called, way, does, may, says)                                                          \
	.name = (called), .method = ROUTE_POST,                                                    \
	.path = "/desk/case/{case:word}/order/{n:number}/" way, .gate = GATE_STAFF,                \
	.view = (does), .next = "case", .form = "case", .done = (says), ROUTE_NEEDS(may)

static const struct route routes[] = {
    {"case", ROUTE_GET, "/desk/case/{case:word}", GATE_STAFF, .view = desk_case, .page = tmpl_case,
	ROUTE_NEEDS(RIGHT_MATTER_READ), ROUTE_TAKES(desk_case_fields), .title = "one case in full"},
    {"paper", ROUTE_GET, "/desk/case/{case:word}/paper/{n:number}", GATE_STAFF, .run = desk_paper,
	ROUTE_NEEDS(RIGHT_DEMAND_DETAIL), ROUTE_TAKES(desk_paper_fields)},
    {"production_deliver", ROUTE_POST,
	"/desk/case/{case:word}/production/{production:word}/deliver", GATE_STAFF,
	.view = desk_deliver, .next = "case", .form = "case", ROUTE_NEEDS(RIGHT_PRODUCTION_DELIVER),
	ROUTE_TAKES(desk_deliver_fields), .done = SAY("The delivery is recorded.")},
    {"production_acknowledge", ROUTE_POST,
	"/desk/case/{case:word}/production/{production:word}/acknowledge", GATE_STAFF,
	.view = desk_acknowledge, .next = "case", .form = "case",
	ROUTE_NEEDS(RIGHT_PRODUCTION_ACKNOWLEDGE), .done = SAY("The receipt is recorded.")},
    {ACT("order_fact", "fact", desk_fact, RIGHT_ORDER_FACT, SAY("The fact is recorded.")),
	ROUTE_TAKES(desk_fact_fields)},
    {ACT(
	"order_judge", "judge", desk_judge, RIGHT_ORDER_JUDGE, SAY("The order was judged again."))},
    {ACT("order_answer", "answer", desk_answer, RIGHT_FINDING_ANSWER,
	 SAY("The answer is recorded.")),
	ROUTE_TAKES(desk_answer_fields)},
    {ACT("order_examine", "examine", desk_examine, RIGHT_ORDER_EXAMINE,
	 SAY("The examination is recorded.")),
	ROUTE_TAKES(desk_examine_fields)},
    {ACT("item_decide", "decide", desk_decide, RIGHT_ITEM_DECIDE, SAY("The decision is recorded.")),
	ROUTE_TAKES(desk_decide_fields)},
    {ACT("item_second", "second", desk_second, RIGHT_ITEM_SECOND, SAY("The approval is recorded.")),
	ROUTE_TAKES(desk_items_fields)},
    {ACT("item_withdraw", "withdraw-items", desk_withdraw_items, RIGHT_ITEM_WITHDRAW,
	 SAY("The withdrawal is recorded.")),
	ROUTE_TAKES(desk_items_fields)},
    {ACT("item_correct", "correct", desk_correct, RIGHT_ITEM_CORRECT,
	 SAY("The identifier is corrected and examined again.")),
	ROUTE_TAKES(desk_correct_fields)},
    {ACT("order_return", "return", desk_return, RIGHT_ORDER_RETURN,
	 SAY("The question is with the authority.")),
	ROUTE_TAKES(desk_text_fields)},
    {ACT("order_reply", "reply", desk_reply, RIGHT_ORDER_ANSWER,
	 SAY("The authority's answer is recorded.")),
	ROUTE_TAKES(desk_text_fields)},
    {ACT("order_reject", "reject", desk_reject, RIGHT_ORDER_REJECT, SAY("The order is refused.")),
	ROUTE_TAKES(desk_reject_fields)},
    {ACT("order_annex3", "annex3", desk_annex3, RIGHT_ORDER_ANNEX3,
	 SAY("The order is answered by Annex III.")),
	ROUTE_TAKES(desk_reject_fields)},
    {ACT("order_withdraw", "withdraw", desk_withdraw, RIGHT_ORDER_WITHDRAW,
	 SAY("The withdrawal is recorded.")),
	ROUTE_TAKES(desk_word_fields)},
    {ACT("order_redirect", "redirect", desk_redirect, RIGHT_ORDER_REDIRECT,
	 SAY("The order is sent on to the customer.")),
	ROUTE_TAKES(desk_text_fields)},
    {ACT("order_lapse", "lapse", desk_lapse, RIGHT_ORDER_LAPSE, SAY("The lapse is recorded.")),
	ROUTE_TAKES(desk_word_fields)},
    {ACT("preserve_start", "preserve", desk_preserve, RIGHT_PRESERVATION_START,
	SAY("The preservation is in force."))},
    {ACT("preserve_extend", "preserve-extend", desk_preserve_extend, RIGHT_PRESERVATION_EXTEND,
	 SAY("The preservation is extended.")),
	ROUTE_TAKES(desk_until_fields)},
    {ACT("preserve_release", "preserve-release", desk_preserve_release, RIGHT_PRESERVATION_RELEASE,
	 SAY("The preservation has ended.")),
	ROUTE_TAKES(desk_by_fields)},
    {ACT("secrecy_lift", "secrecy-lift", desk_secrecy_lift, RIGHT_SECRECY_LIFT,
	 SAY("The bar has ended.")),
	ROUTE_TAKES(desk_number_fields)},
    {ACT("challenge_file", "challenge", desk_challenge, RIGHT_CHALLENGE_FILE,
	 SAY("The challenge is filed.")),
	ROUTE_TAKES(desk_challenge_fields)},
    {ACT("challenge_end", "challenge-end", desk_challenge_end, RIGHT_CHALLENGE_END,
	 SAY("The end of the challenge is recorded.")),
	ROUTE_TAKES(desk_challenge_end_fields)},
};
const struct route_family table_desk = TABLE_FAMILY(routes);
