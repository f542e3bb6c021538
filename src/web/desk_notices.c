#include "web/desk_notices.h"

#include "out/view_notice.h"
#include "web/path_order.h"

const struct route_field desk_notices_fields[3] = {{.name = "state", .parse = field_word},
    {.name = "limit", .parse = field_number}, {.name = "after", .parse = field_number}};

int desk_notices(struct route_ask *ask, struct json **ret)
{
	struct view_notices page = {ask->fields[0].text,
	    ask->fields[2].given ? ask->fields[2].num : 0,
	    ask->fields[1].given ? ask->fields[1].num : 0};
	struct str states = STR("due drafted approved sent objected withdrawn barred not_needed"),
		   one;
	struct json *list = json_list(ask->c);
	int rc = view_notices(ask->c, ask->in, ask->who, &page, ret);

	while (rc == 0 && !ask->api && str_word(&states, &one))
		json_add(ask->c, list, json_of_text(ask->c, one));
	if (rc == 0 && !ask->api)
		json_set(ask->c, *ret, "states", list);
	return rc;
}

int desk_notice_show(struct route_ask *ask, struct json **ret)
{
	struct legal_order order;
	struct json *list;
	struct matter m;
	int rc = path_order(ask, &m, &order);

	if (rc == 0)
		rc = notice_list(
		    ask->c, ask->in, order.id, right_has(ask->who, RIGHT_MATTER_TARGETS), &list);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set(ask->c, *ret, "notices", list);
	return 0;
}
