/* What lies in the portal, for the house (web/desk_deliver.h). */
#include "web/desk_deliver.h"
#include "web/desk_produce.h"
#include "web/lang.h"
#include "web/table.h"
#include "tmpl_gen.h"

#define AT "/desk/case/{case:word}/production/{production:word}"
/* An act whose page comes again afterwards. */
#define ACT(called, way, does, may)                                                                \
	.name = (called), .method = ROUTE_POST, .path = AT "/" way, .gate = GATE_STAFF,            \
	.view = (does), .next = "production", .form = "production", ROUTE_NEEDS(may)

static const struct route routes[] = {
    {"production", ROUTE_GET, AT, GATE_STAFF, .view = desk_production, .page = tmpl_production,
	ROUTE_NEEDS(RIGHT_PRODUCTION_ACCESS),
	.title = "a production in the portal, and who came for it"},
    {"production_deliver", ROUTE_POST, AT "/deliver", GATE_STAFF, .view = desk_deliver,
	.page = tmpl_production_pin, .form = "case", ROUTE_NEEDS(RIGHT_PRODUCTION_DELIVER),
	ROUTE_TAKES(desk_deliver_fields), .secret = true, .done = SAY("The delivery is recorded.")},
    {"production_pin", ROUTE_POST, AT "/pin", GATE_STAFF, .view = desk_pin,
	.page = tmpl_production_pin, .form = "production", ROUTE_NEEDS(RIGHT_PRODUCTION_LAY),
	.secret = true},
    {"production_lay", ROUTE_POST, AT "/lay", GATE_STAFF, .view = desk_lay, .next = "production",
	.form = "production", ROUTE_NEEDS(RIGHT_PRODUCTION_LAY), ROUTE_TAKES(desk_lay_fields)},
    {ACT("production_extend", "extend", desk_extend, RIGHT_PRODUCTION_LAY),
	ROUTE_TAKES(desk_extend_fields), .done = SAY("It lies there for longer.")},
    {ACT("production_revoke", "revoke", desk_revoke, RIGHT_PRODUCTION_REVOKE),
	ROUTE_TAKES(desk_revoke_fields), .done = SAY("It is taken back: nobody gets it now.")},
    {ACT("production_name", "name", desk_name, RIGHT_PRODUCTION_NAME),
	ROUTE_TAKES(desk_name_fields),
	.done = SAY("The officer is named. Seal it anew for their key.")},
    {"production_reseal", ROUTE_GET, AT "/reseal", GATE_STAFF, .view = desk_reseal_page,
	.page = tmpl_production_reseal, ROUTE_NEEDS(RIGHT_PRODUCTION_MAKE),
	.title = "which files a new seal needs"},
    {"production_reseal_do", ROUTE_POST, AT "/reseal", GATE_STAFF, .view = desk_reseal,
	.next = "production", .form = "production_reseal", ROUTE_TAKES(desk_reseal_fields),
	.files = &desk_produce_files, ROUTE_NEEDS(RIGHT_PRODUCTION_MAKE)},
};
const struct route_family table_deliver = TABLE_FAMILY(routes);
