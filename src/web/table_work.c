/* Triage and the lists of the desk. */
#include "web/desk_inbox.h"
#include "web/desk_letter.h"
#include "web/desk_list.h"
#include "web/desk_produce.h"
#include "web/desk_work.h"
#include "web/lang.h"
#include "web/table.h"

#include "tmpl_gen.h"

/* An act on a demand in triage: a form of its page, which comes again afterwards. */
#define TRIAGE(called, way, does, may, says)                                                       \
	.name = (called), .method = ROUTE_POST, .path = "/desk/demand/{demand:word}/" way,         \
	.gate = GATE_STAFF, .view = (does), .next = "demand", .form = "demand", .done = (says),    \
	ROUTE_NEEDS(may)

static const struct route routes[] = {
    {"desk", ROUTE_GET, "/desk", GATE_STAFF, .view = desk_inbox, .page = tmpl_inbox,
	ROUTE_TAKES(desk_after_fields), ROUTE_NEEDS(RIGHT_DEMAND_READ),
	.title = "demands in triage"},
    {"demands", ROUTE_GET, "/desk/demands", GATE_STAFF, .view = desk_demands,
	ROUTE_TAKES(desk_demands_fields), ROUTE_NEEDS(RIGHT_DEMAND_READ),
	.title = "demands of one state"},
    {"demand", ROUTE_GET, "/desk/demand/{demand:word}", GATE_STAFF, .view = desk_demand,
	.page = tmpl_demand, ROUTE_TAKES(desk_demand_fields), ROUTE_NEEDS(RIGHT_DEMAND_READ),
	.title = "one demand"},
    {"demand_paper", ROUTE_GET, "/desk/demand/{demand:word}/paper/{n:number}", GATE_STAFF,
	.run = desk_demand_paper, ROUTE_NEEDS(RIGHT_DEMAND_DETAIL)},
    {TRIAGE("demand_verify", "verify", desk_verify, RIGHT_DEMAND_VERIFY,
	SAY("The sender is verified."))},
    {TRIAGE("demand_open", "open", desk_open, RIGHT_DEMAND_OPEN, SAY("The case is open.")),
	ROUTE_TAKES(desk_open_fields)},
    {TRIAGE("demand_merge", "merge", desk_merge, RIGHT_DEMAND_MERGE, SAY("The demand is merged.")),
	ROUTE_TAKES(desk_into_fields)},
    {TRIAGE("demand_sort_out", "sort-out", desk_sort_out, RIGHT_DEMAND_SORT_OUT,
	 SAY("It counts as no data demand.")),
	ROUTE_TAKES(desk_sort_fields)},
    {TRIAGE("demand_letter", "letter", desk_letter, RIGHT_DEMAND_LETTER,
	 SAY("The letter is written.")),
	ROUTE_TAKES(desk_letter_fields)},

    {"today", ROUTE_GET, "/desk/today", GATE_STAFF, .view = desk_today, .page = tmpl_today,
	ROUTE_NEEDS(RIGHT_DAY_READ), .title = "what a person has to do"},
    {"queues", ROUTE_GET, "/desk/queues", GATE_STAFF, .view = desk_queues, .page = tmpl_queues,
	ROUTE_NEEDS(RIGHT_QUEUE_READ), .title = "who has how much to do"},
    {"queue", ROUTE_GET, "/desk/queue", GATE_STAFF, .view = desk_queue,
	ROUTE_TAKES(desk_queue_fields), ROUTE_NEEDS(RIGHT_QUEUE_READ),
	.title = "one person's open orders"},
    {"cases", ROUTE_GET, "/desk/cases", GATE_STAFF, .view = desk_cases,
	ROUTE_TAKES(desk_cases_fields), ROUTE_NEEDS(RIGHT_MATTER_READ),
	.title = "cases as they were opened"},
    {"order_why", ROUTE_GET, "/desk/case/{case:word}/order/{n:number}/why", GATE_STAFF,
	.view = desk_why, ROUTE_NEEDS(RIGHT_MATTER_FILE),
	.title = "which sentence of which law gave each verdict"},
    {"order_text", ROUTE_GET, "/desk/case/{case:word}/order/{n:number}/text", GATE_STAFF,
	.view = desk_words, ROUTE_TAKES(desk_words_fields), ROUTE_NEEDS(RIGHT_ORDER_TEXT),
	.title = "a template filled in for an order"},
    {"order_letter", ROUTE_POST, "/desk/case/{case:word}/order/{n:number}/letter", GATE_STAFF,
	.view = desk_set_letter, .next = "case", .form = "case",
	ROUTE_TAKES(desk_set_letter_fields), ROUTE_NEEDS(RIGHT_ORDER_TEXT)},
    {"letter_file", ROUTE_GET, "/desk/job/{job:word}/letter", GATE_STAFF, .run = desk_letter_file,
	ROUTE_NEEDS(RIGHT_ORDER_TEXT)},
    {"calendar", ROUTE_GET, "/desk/calendar", GATE_STAFF, .view = desk_calendar,
	.page = tmpl_calendar, ROUTE_TAKES(desk_calendar_fields), ROUTE_NEEDS(RIGHT_QUEUE_READ),
	.title = "deadlines, bars and preservations"},
    {"search", ROUTE_GET, "/desk/search", GATE_STAFF, .view = desk_search, .page = tmpl_search,
	ROUTE_TAKES(desk_search_fields), ROUTE_NEEDS(RIGHT_SEARCH), .title = "orders in a list"},
    {"search_do", ROUTE_POST, "/desk/search", GATE_STAFF, .view = desk_search, .page = tmpl_search,
	.form = "search", ROUTE_TAKES(desk_search_fields), ROUTE_NEEDS(RIGHT_SEARCH)},
    {"search_save", ROUTE_POST, "/desk/search/save", GATE_STAFF, .view = desk_search_save,
	.next = "search", .form = "search", ROUTE_TAKES(desk_search_fields),
	ROUTE_NEEDS(RIGHT_SEARCH)},
    {"search_drop", ROUTE_POST, "/desk/search/drop/{saved:word}", GATE_STAFF,
	.view = desk_search_drop, .next = "search", ROUTE_NEEDS(RIGHT_SEARCH),
	.done = SAY("The search is no longer kept.")},

    {"produce", ROUTE_GET, "/desk/case/{case:word}/order/{n:number}/produce", GATE_STAFF,
	.view = desk_produce_page, .page = tmpl_produce, ROUTE_NEEDS(RIGHT_PRODUCTION_MAKE),
	.title = "what may leave of an order"},
    {"produce_do", ROUTE_POST, "/desk/case/{case:word}/order/{n:number}/produce", GATE_STAFF,
	.view = desk_produce, .next = "case", .form = "produce", ROUTE_TAKES(desk_produce_fields),
	.files = &desk_produce_files, ROUTE_NEEDS(RIGHT_PRODUCTION_MAKE)},
    {"look_over", ROUTE_POST, "/desk/case/{case:word}/order/{n:number}/look-over", GATE_STAFF,
	.view = desk_look_over, .next = "produce", .form = "produce",
	ROUTE_TAKES(desk_look_over_fields), .files = &desk_look_over_files,
	ROUTE_NEEDS(RIGHT_LOOK_OVER),
	.done = SAY("It is recorded. Another person hands in the same file and seals it.")},
    {"job", ROUTE_GET, "/desk/job/{job:word}", GATE_STAFF, .view = desk_job, .page = tmpl_job,
	ROUTE_TAKES(desk_job_fields), .title = "one of your jobs"},

    {"case_assign", ROUTE_POST, "/desk/case/{case:word}/assign", GATE_STAFF, .view = desk_assign,
	.next = "case", .form = "case", ROUTE_TAKES(desk_assign_fields),
	ROUTE_NEEDS(RIGHT_MATTER_ASSIGN), .done = SAY("The case is handed over.")},
    {"case_watch", ROUTE_POST, "/desk/case/{case:word}/watch", GATE_STAFF, .view = desk_watch,
	.next = "case", .form = "case", ROUTE_TAKES(desk_watch_fields),
	ROUTE_NEEDS(RIGHT_MATTER_READ), .done = SAY("Your list is changed.")},
    {"order_note", ROUTE_POST, "/desk/case/{case:word}/order/{n:number}/note", GATE_STAFF,
	.view = desk_note, .next = "case", .form = "case", ROUTE_TAKES(desk_note_fields),
	ROUTE_NEEDS(RIGHT_ORDER_NOTE), .done = SAY("The note is kept.")},
};
const struct route_family table_work = TABLE_FAMILY(routes);
