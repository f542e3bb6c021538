/* Collection: the collector's queue, one ticket, and the push API; tickets on a case; services. */
#include "web/collect.h"
#include "web/desk_ticket.h"
#include "web/lang.h"
#include "web/service.h"
#include "web/settings.h"
#include "web/table.h"

#include "tmpl_gen.h"

/* A form of a ticket's page, which comes again afterwards. What it tells is on disk. */
#define FORM(called, at, does, says)                                                               \
	.name = (called), .method = ROUTE_POST, .path = "/collect/ticket/{ticket:word}/" at,       \
	.gate = GATE_STAFF, .view = (does), .next = "collect_ticket", .form = "collect_ticket",    \
	.done = (says), .alone = true, ROUTE_NEEDS(RIGHT_TICKET_HAND_IN)

static const struct route routes[] = {
    {"collect", ROUTE_GET, "/collect", GATE_STAFF, .view = collect_queue, .page = tmpl_collect,
	ROUTE_NEEDS(RIGHT_TICKET_HAND_IN), .title = "tickets that wait to be collected for"},
    {"collect_tickets", ROUTE_GET, "/collect/tickets", GATE_STAFF, .view = collect_queue,
	ROUTE_NEEDS(RIGHT_TICKET_HAND_IN), .title = "the same, for the system of a service"},
    {"collect_ticket", ROUTE_GET, "/collect/ticket/{ticket:word}", GATE_STAFF,
	.view = collect_ticket, .page = tmpl_collect_ticket, ROUTE_NEEDS(RIGHT_TICKET_HAND_IN),
	.title = "one ticket, and what came for it so far"},
    {FORM("collect_take", "take", collect_take,
	SAY("The ticket is yours. Hand in what it asks for."))},
    {FORM("collect_file", "file", collect_file, SAY("The files are here.")),
	.files = &collect_files},
    {FORM("collect_drop", "drop", collect_drop, SAY("The file is taken out.")),
	ROUTE_TAKES(collect_name_fields)},
    {FORM("collect_done", "done", collect_done, SAY("It is handed in.")),
	ROUTE_TAKES(collect_done_fields)},
    {FORM("collect_failed", "failed", collect_failed,
	 SAY("It is recorded that nothing was collected.")),
	ROUTE_TAKES(collect_failed_fields)},
    {"collect_run", ROUTE_POST, "/collect/ticket/{ticket:word}/run", GATE_STAFF,
	.view = collect_run, .next = "collect_ticket", .form = "collect_ticket",
	ROUTE_TAKES(collect_run_fields), ROUTE_NEEDS(RIGHT_TICKET_RUN)},

    {"ticket_make", ROUTE_POST, "/desk/case/{case:word}/order/{n:number}/ticket", GATE_STAFF,
	.view = desk_ticket_make, .next = "case", .form = "case", ROUTE_TAKES(desk_ticket_fields),
	ROUTE_NEEDS(RIGHT_TICKET_MAKE)},
    {"ticket_file", ROUTE_GET,
	"/desk/case/{case:word}/order/{n:number}/ticket/{ticket:word}/{name:name}", GATE_STAFF,
	.run = desk_ticket_file, ROUTE_NEEDS(RIGHT_LOOK_OVER)},
    {"ticket_over", ROUTE_POST, "/desk/case/{case:word}/order/{n:number}/look-over-ticket",
	GATE_STAFF, .view = desk_ticket_over, .next = "case", .form = "case",
	ROUTE_TAKES(desk_ticket_over_fields), ROUTE_NEEDS(RIGHT_LOOK_OVER),
	.done = SAY("It is recorded. Another person seals it.")},

    {"service", ROUTE_GET, "/services/{service:word}", GATE_STAFF, .view = service_one,
	.page = tmpl_service, ROUTE_NEEDS(RIGHT_SERVICE_READ),
	.title = "one service: its entry, its tests"},
    {"settings_service_token_end", ROUTE_POST, "/settings/service-token/{n:number}/end", GATE_STAFF,
	.view = settings_service_token_end, .next = "settings", .form = "settings",
	ROUTE_NEEDS(RIGHT_SERVICE_TOKEN), .done = SAY("The token has ended.")},
    {"service_test", ROUTE_POST, "/services/{service:word}/test", GATE_STAFF,
	.view = service_run_test, .next = "service", .form = "service",
	ROUTE_NEEDS(RIGHT_SERVICE_TEST)},
};
const struct route_family table_collect = TABLE_FAMILY(routes);
