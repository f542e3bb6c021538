#include "web/desk_case.h"
#include "web/table.h"

static const struct route routes[] = {
    {"case", ROUTE_GET, "/desk/case/{case:word}", GATE_STAFF, .view = desk_case,
	.title = "one case in full"},
};
const struct route_family table_desk = TABLE_FAMILY(routes);
