#include "web/desk_notices.h"

#include "desk/notice_copy.h"
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

/* ---- the copy that goes with one ---- */

const struct route_field desk_copy_fields[2] = {
    {.name = "number", .needed = true, .parse = field_number},
    {.name = "paper", .parse = field_number}};
const struct route_files desk_copy_files = {
    .fields = "file", .most = 1, .each = NOTICE_COPY_MAX, .all = NOTICE_COPY_MAX + (64 << 10)};

int desk_notice_copy(struct route_ask *ask, struct json **ret)
{
	struct notice_copy_new n = {.paper = ask->fields[1].num, .path = STR("")};
	struct legal_order order;
	struct matter m;
	int rc = path_order(ask, &m, &order);

	/* a form in which no file was chosen sends an empty one */
	if (ask->n_files > 0 && ask->files[0].size > 0)
		n.path = ask->files[0].path;
	if (rc == 0)
		rc = notice_copy_set(ask->c, ask->in, ask->who, &order, ask->fields[0].num, &n);
	if (rc == 0)
		*ret = json_map(ask->c);
	return rc;
}
