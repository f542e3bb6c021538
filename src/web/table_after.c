/* What comes after a delivery (SPEC.md 9.10): acts on a production, from the page of its case. */
#include "web/desk_after.h"
#include "web/desk_letter.h"
#include "web/desk_list.h"
#include "web/lang.h"
#include "web/table.h"

#include "tmpl_gen.h"

#define ACT(called, way, does, may, says)                                                          \
	.name = (called), .method = ROUTE_POST,                                                    \
	.path = "/desk/case/{case:word}/production/{production:word}/" way, .gate = GATE_STAFF,    \
	.view = (does), .next = "case", .form = "case", .done = (says), ROUTE_NEEDS(may)

static const struct route routes[] = {
    {ACT("production_mail", "mail", desk_mail, RIGHT_PRODUCTION_MAIL,
	 SAY("The mail is written. The production counts as delivered once the server has taken "
	     "it.")),
	ROUTE_TAKES(desk_mail_fields)},
    {ACT("production_mail_confirm", "mail-confirm", desk_mail_confirm,
	RIGHT_PRODUCTION_MAIL_CONFIRM, SAY("The mail is on its way."))},
    {ACT("production_mail_stop", "mail-stop", desk_mail_stop, RIGHT_PRODUCTION_MAIL,
	SAY("The mail is not sent."))},
    {ACT("production_medium_back", "medium-back", desk_medium_back, RIGHT_PRODUCTION_MEDIUM,
	 SAY("The receipt is recorded.")),
	ROUTE_TAKES(desk_medium_back_fields)},
    {ACT("production_misdelivered", "misdelivered", desk_misdelivered,
	 RIGHT_PRODUCTION_MISDELIVERED, SAY("The misdelivery is recorded.")),
	ROUTE_TAKES(desk_misdelivered_fields)},
    {ACT("production_misdelivered_settle", "misdelivered-settle", desk_misdelivered_settle,
	 RIGHT_MISDELIVERY_SETTLE, SAY("The misdelivery is settled.")),
	ROUTE_TAKES(desk_settle_fields)},
    {ACT("production_recall", "recall", desk_recall, RIGHT_PRODUCTION_RECALL,
	 SAY("The production is recalled.")),
	ROUTE_TAKES(desk_recall_fields)},
    {ACT("production_recall_answer", "recall-answer", desk_recall_answer, RIGHT_RECALL_ANSWER,
	 SAY("The authority's answer is recorded.")),
	ROUTE_TAKES(desk_recall_answer_fields)},
    {"production_manifest", ROUTE_GET,
	"/desk/case/{case:word}/production/{production:word}/manifest", GATE_STAFF,
	.run = desk_manifest, ROUTE_NEEDS(RIGHT_DEMAND_DETAIL)},
    {"after", ROUTE_GET, "/desk/after", GATE_STAFF, .view = desk_after_open, .page = tmpl_after,
	ROUTE_NEEDS(RIGHT_MATTER_READ), .title = "what is open of what left"},
};
const struct route_family table_after = TABLE_FAMILY(routes);
