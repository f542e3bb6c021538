#include "web/desk_list.h"

#include "desk/reply.h"
#include "out/view_after.h"
#include "out/view.h"
#include "out/view_list.h"
#include "out/view_oncall.h"
#include "out/view_work.h"
#include "web/path_order.h"

const struct route_field desk_cases_fields[3] = {{.name = "closed", .parse = field_yes},
    {.name = "limit", .parse = field_number}, {.name = "after", .parse = field_word}};
const struct route_field desk_demands_fields[3] = {{.name = "state", .parse = field_word},
    {.name = "limit", .parse = field_number}, {.name = "after", .parse = field_word}};
const struct route_field desk_queue_fields[3] = {{.name = "person", .parse = field_line},
    {.name = "limit", .parse = field_number}, {.name = "after", .parse = field_line}};
const struct route_field desk_pages_fields[1] = {{.name = "all", .parse = field_yes}};
const struct route_field desk_words_fields[1] = {{.name = "template", .parse = field_word}};

static struct matter_page page_of(const struct route_value *limit, const struct route_value *after)
{
	return (struct matter_page){.after = after->text,
	    .limit = limit->num > 0 && limit->num < VIEW_PAGE_MAX ? limit->num : VIEW_PAGE_MAX};
}

int desk_cases(struct route_ask *ask, struct json **ret)
{
	struct matter_page page = page_of(&ask->fields[1], &ask->fields[2]);

	return view_cases(ask->c, ask->in, ask->who, ask->fields[0].num != 0, &page, ret);
}

int desk_demands(struct route_ask *ask, struct json **ret)
{
	struct matter_page page = page_of(&ask->fields[1], &ask->fields[2]);
	struct str state = ask->fields[0].given ? ask->fields[0].text : STR("received");

	return view_demands(ask->c, ask->in, ask->who, state, &page, ret);
}

int desk_queue(struct route_ask *ask, struct json **ret)
{
	struct str person = ask->fields[0].given ? ask->fields[0].text : STR("nobody");

	return view_queue(
	    ask->c, ask->in, ask->who, person, ask->fields[2].text, ask->fields[1].num, ret);
}

int desk_pages(struct route_ask *ask, struct json **ret)
{
	struct json *list;
	int rc = view_pages(ask->c, ask->in, ask->who, ask->fields[0].num != 0, &list);

	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set(ask->c, *ret, "pages", list);
	return 0;
}

/* ---- of an order ---- */

int desk_why(struct route_ask *ask, struct json **ret)
{
	struct legal_order order;
	struct json *list;
	struct matter m;
	int rc = path_order(ask, &m, &order);

	if (rc == 0)
		rc = view_why(ask->c, ask->in, &order, &list);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "case", ask->parts[0]);
	json_set_int(ask->c, *ret, "order", order.seq);
	json_set(ask->c, *ret, "findings", list);
	return 0;
}

int desk_words(struct route_ask *ask, struct json **ret)
{
	struct legal_order order;
	struct str text;
	struct matter m;
	int rc = path_order(ask, &m, &order);

	if (rc == 0)
		rc = reply_text(ask->c, ask->in, ask->who, &order, ask->fields[0].text, &text);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "text", text);
	return 0;
}

/* ---- what is open of what left ---- */

int desk_after_open(struct route_ask *ask, struct json **ret)
{
	return view_after_open(ask->c, ask->in, ask->who, ret);
}
