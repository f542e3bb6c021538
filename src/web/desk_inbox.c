#include "web/desk_inbox.h"

#include "desk/reply.h"
#include "out/view_inbox.h"
#include "web/desk_dress.h"
#include "web/desk_paper.h"
#include "web/field.h"

const struct route_field desk_after_fields[2] = {
    {.name = "after", .parse = field_word}, {.name = "limit", .parse = field_number}};
const struct route_field desk_demand_fields[2] = {
    {.name = "paper", .parse = field_number}, {.name = "letter", .parse = field_word}};
const struct route_field desk_open_fields[3] = {{.name = "how", .parse = field_word},
    {.name = "case", .parse = field_word}, {.name = "order", .parse = field_number}};
const struct route_field desk_into_fields[1] = {
    {.name = "into", .needed = true, .parse = field_word}};
const struct route_field desk_sort_fields[1] = {
    {.name = "as", .needed = true, .parse = field_word}};
const struct route_field desk_letter_fields[1] = {{.name = "template", .parse = field_word}};

int desk_inbox(struct route_ask *ask, struct json **ret)
{
	const struct matter_page page = {.after = ask->fields[0].text, .limit = ask->fields[1].num};

	return view_inbox(ask->c, ask->in, ask->who, &page, ret);
}

int desk_demand(struct route_ask *ask, struct json **ret)
{
	bool letter = ask->route->method == ROUTE_GET && ask->fields[1].given;
	struct str text = {0};
	int rc = view_demand(ask->c, ask->in, ask->who, ask->parts[0], ret);

	if (rc == 0 && letter)
		rc = reply_preview(
		    ask->c, ask->in, ask->who, ask->parts[0], ask->fields[1].text, &text);
	if (rc == 0 && letter) {
		json_set_text(ask->c, *ret, "letter_as", ask->fields[1].text);
		json_set_text(ask->c, *ret, "letter", text);
	}
	if (rc == 0 && !ask->api)
		desk_dress_demand(ask, *ret);
	return rc;
}

int desk_demand_paper(struct route_ask *ask, struct answer *a)
{
	struct view_paper p;
	struct demand d;
	int64_t n = 0;
	int rc = demand_get(ask->c, ask->in, ask->who, ask->parts[0], &d);

	if (rc == 0 && !str_i64(ask->parts[1], &n))
		rc = ERR_NOTFOUND;
	if (rc == 0)
		rc = view_paper_of_demand(ask->c, ask->in, ask->who, &d, n, &p);
	if (rc == 0)
		desk_paper_answer(ask->c, &p, a);
	return rc;
}

/* ---- what becomes of it ---- */

static int now_stands(struct route_ask *ask, struct json **ret)
{
	struct json *j = json_map(ask->c);
	struct demand d;
	int rc = demand_get(ask->c, ask->in, ask->who, ask->parts[0], &d);

	if (rc != 0)
		return rc;
	json_set_text(ask->c, j, "demand", d.ref);
	json_set_text(ask->c, j, "state", d.state);
	*ret = j;
	return 0;
}

int desk_verify(struct route_ask *ask, struct json **ret)
{
	int rc = demand_verify(ask->c, ask->in, ask->who, ask->parts[0]);

	return rc == 0 ? now_stands(ask, ret) : rc;
}

/* The order of another case that this one takes the place of. */
static int other_order(struct route_ask *ask, struct legal_order *ret)
{
	struct matter m;
	int rc;

	if (!ask->fields[1].given)
		return err_set(ask->c, ERR_INVALID, "say of which case");
	rc = matter_get(ask->c, ask->in, ask->who, ask->fields[1].text, &m);
	return rc == 0 ? matter_order(ask->c, ask->in, &m, ask->fields[2].num, ret) : rc;
}

int desk_open(struct route_ask *ask, struct json **ret)
{
	struct str way = ask->fields[0].text;
	struct demand_opening how = {0};
	struct legal_order other;
	struct matter m;
	int rc = 0;

	if (str_is(way, "cures") || str_is(way, "amends"))
		rc = other_order(ask, &other);
	if (rc == 0 && str_is(way, "cures"))
		how.cures = &other;
	if (rc == 0 && str_is(way, "amends"))
		how.amends = &other;
	if (rc == 0)
		rc = demand_open(ask->c, ask->in, ask->who, ask->parts[0], &how, &m);
	if (rc == 0)
		rc = now_stands(ask, ret);
	if (rc != 0)
		return rc;
	json_set_text(ask->c, *ret, "case", m.ref);
	ask->go_on = str_fmt(ask->c, "/desk/case/%.*s?done=demand_open", STR_ARG(m.ref));
	return 0;
}

int desk_merge(struct route_ask *ask, struct json **ret)
{
	int rc = demand_merge(ask->c, ask->in, ask->who, ask->parts[0], ask->fields[0].text);

	return rc == 0 ? now_stands(ask, ret) : rc;
}

int desk_sort_out(struct route_ask *ask, struct json **ret)
{
	int rc = demand_sort_out(ask->c, ask->in, ask->who, ask->parts[0], ask->fields[0].text);

	return rc == 0 ? now_stands(ask, ret) : rc;
}

int desk_letter(struct route_ask *ask, struct json **ret)
{
	struct str letter;
	int rc =
	    reply_letter(ask->c, ask->in, ask->who, ask->parts[0], ask->fields[0].text, &letter);

	if (rc == 0)
		rc = now_stands(ask, ret);
	if (rc == 0)
		json_set_text(ask->c, *ret, "letter", letter);
	return rc;
}
