/* The desk's house-keeping: people on call, the quality sample, templates. */
#include "web/desk_call.h"
#include "web/desk_list.h"
#include "web/lang.h"
#include "web/table.h"

#include "tmpl_gen.h"

/* A form of one of these pages, which comes again afterwards. */
#define FORM(called, at, does, of, may, says)                                                      \
	.name = (called), .method = ROUTE_POST, .path = (at), .gate = GATE_STAFF, .view = (does),  \
	.next = (of), .form = (of), .done = (says), ROUTE_NEEDS(may)

static const struct route routes[] = {
    {"oncall", ROUTE_GET, "/desk/on-call", GATE_STAFF, .view = desk_oncall, .page = tmpl_oncall,
	ROUTE_NEEDS(RIGHT_ONCALL_READ), .title = "who is on call, and pages nobody has taken"},
    {"pages", ROUTE_GET, "/desk/on-call/pages", GATE_STAFF, .view = desk_pages,
	ROUTE_TAKES(desk_pages_fields), ROUTE_NEEDS(RIGHT_PAGING_READ),
	.title = "calls for emergencies"},
    {FORM("oncall_shift", "/desk/on-call/shift", desk_shift, "oncall", RIGHT_ONCALL_KEEP,
	 SAY("The rota is changed.")),
	ROUTE_TAKES(desk_shift_fields)},
    {FORM("oncall_shift_drop", "/desk/on-call/shift-drop", desk_shift_drop, "oncall",
	 RIGHT_ONCALL_KEEP, SAY("The rota is changed.")),
	ROUTE_TAKES(desk_line_fields)},
    {FORM("oncall_change", "/desk/on-call/change", desk_change, "oncall", RIGHT_ONCALL_KEEP,
	 SAY("The rota is changed.")),
	ROUTE_TAKES(desk_change_fields)},
    {FORM("oncall_change_drop", "/desk/on-call/change-drop", desk_change_drop, "oncall",
	 RIGHT_ONCALL_KEEP, SAY("The rota is changed.")),
	ROUTE_TAKES(desk_line_fields)},
    {FORM("oncall_take", "/desk/on-call/take/{page:word}", desk_take_page, "oncall",
	RIGHT_PAGING_ACKNOWLEDGE, SAY("You have it. Nobody else is called."))},

    {"sample", ROUTE_GET, "/desk/sample", GATE_STAFF, .view = desk_sample, .page = tmpl_sample,
	ROUTE_TAKES(desk_sample_fields), ROUTE_NEEDS(RIGHT_QUALITY_READ),
	.title = "settled orders to be looked at again"},
    {FORM("order_check", "/desk/case/{case:word}/order/{n:number}/check", desk_check, "sample",
	 RIGHT_QUALITY_CHECK, SAY("The result is recorded.")),
	ROUTE_TAKES(desk_check_fields)},

    {"templates", ROUTE_GET, "/desk/templates", GATE_STAFF, .view = desk_templates,
	.page = tmpl_templates, ROUTE_NEEDS(RIGHT_TEMPLATE_READ), .title = "templates of letters"},
    {FORM("template_keep", "/desk/templates", desk_template_keep, "templates", RIGHT_TEMPLATE_KEEP,
	 SAY("The template is kept.")),
	ROUTE_TAKES(desk_template_fields)},
    {FORM("template_drop", "/desk/templates/drop", desk_template_drop, "templates",
	 RIGHT_TEMPLATE_KEEP, SAY("The template is gone.")),
	ROUTE_TAKES(desk_template_drop_fields)},
};
const struct route_family table_call = TABLE_FAMILY(routes);
