#include "web/desk_call.h"

#include "desk/reply.h"
#include "out/view_oncall.h"
#include "out/view_quality.h"
#include "web/desk_dress.h"
#include "web/path_order.h"

const struct route_field desk_shift_fields[3] = {
    {.name = "person", .needed = true, .parse = field_line},
    {.name = "rank", .needed = true, .parse = field_number},
    {.name = "when", .needed = true, .parse = field_line}};
const struct route_field desk_change_fields[4] = {
    {.name = "person", .needed = true, .parse = field_line},
    {.name = "rank", .needed = true, .parse = field_number},
    {.name = "since", .needed = true, .parse = field_instant},
    {.name = "until", .needed = true, .parse = field_instant}};
const struct route_field desk_line_fields[1] = {
    {.name = "number", .needed = true, .parse = field_number}};
const struct route_field desk_sample_fields[5] = {{.name = "period", .parse = field_line},
    {.name = "percent", .parse = field_number}, {.name = "waiting", .parse = field_yes},
    {.name = "after", .parse = field_line}, {.name = "limit", .parse = field_number}};
const struct route_field desk_check_fields[2] = {
    {.name = "verdict", .needed = true, .parse = field_word},
    {.name = "reason", .parse = field_text}};
const struct route_field desk_template_fields[3] = {
    {.name = "name", .needed = true, .parse = field_word},
    {.name = "language", .needed = true, .parse = field_word},
    {.name = "text", .needed = true, .parse = field_text}};
const struct route_field desk_template_drop_fields[2] = {
    {.name = "name", .needed = true, .parse = field_word},
    {.name = "language", .needed = true, .parse = field_word}};

static int done(struct route_ask *ask, struct json **ret)
{
	*ret = json_map(ask->c);
	return 0;
}

/* ---- people on call ---- */

int desk_oncall(struct route_ask *ask, struct json **ret)
{
	struct json *pages;
	int rc = view_oncall(ask->c, ask->in, ask->who, ret);

	if (rc == 0 && right_has(ask->who, RIGHT_PAGING_READ)) {
		rc = view_pages(ask->c, ask->in, ask->who, false, &pages);
		if (rc == 0)
			json_set(ask->c, *ret, "pages", pages);
	}
	if (rc != 0 || ask->api)
		return rc;
	json_set_bool(ask->c, *ret, "sees_pages", right_has(ask->who, RIGHT_PAGING_READ));
	json_set_bool(ask->c, *ret, "may_keep", right_has(ask->who, RIGHT_ONCALL_KEEP));
	json_set_bool(ask->c, *ret, "may_take", right_has(ask->who, RIGHT_PAGING_ACKNOWLEDGE));
	return desk_dress_people(ask, *ret);
}

static int rank_of(const struct route_value *v)
{
	return v->num > 9 ? 10 : (int)v->num; /* above 9 there is none, says desk */
}

int desk_shift(struct route_ask *ask, struct json **ret)
{
	const struct route_value *f = ask->fields;
	int rc = oncall_shift_add(ask->c, ask->in, ask->who, f[0].text, rank_of(&f[1]), f[2].text);

	return rc == 0 ? done(ask, ret) : rc;
}

int desk_shift_drop(struct route_ask *ask, struct json **ret)
{
	int rc = oncall_shift_drop(ask->c, ask->in, ask->who, ask->fields[0].num);

	return rc == 0 ? done(ask, ret) : rc;
}

int desk_change(struct route_ask *ask, struct json **ret)
{
	const struct route_value *f = ask->fields;
	int rc = oncall_change_add(ask->c, ask->in, ask->who, f[0].text, rank_of(&f[1]),
	    (struct instant){f[2].num}, (struct instant){f[3].num});

	return rc == 0 ? done(ask, ret) : rc;
}

int desk_change_drop(struct route_ask *ask, struct json **ret)
{
	int rc = oncall_change_drop(ask->c, ask->in, ask->who, ask->fields[0].num);

	return rc == 0 ? done(ask, ret) : rc;
}

int desk_take_page(struct route_ask *ask, struct json **ret)
{
	int rc = oncall_ack(ask->c, ask->in, ask->who, ask->parts[0]);

	return rc == 0 ? done(ask, ret) : rc;
}

/* ---- the quality sample ---- */

int desk_sample(struct route_ask *ask, struct json **ret)
{
	const struct route_value *f = ask->fields;
	struct day today = instant_day((struct instant){ctx_now(ask->c)});
	struct quality_ask q = {.period = {day_add(today, -DESK_SAMPLE_DAYS), today},
	    .percent = !f[1].given      ? DESK_SAMPLE_PERCENT
		       : f[1].num > 100 ? 101
					: (int)f[1].num,
	    .waiting = f[2].num != 0,
	    .after = f[3].text,
	    .limit = f[4].num};
	int rc = f[0].given ? period_parse(ask->c, f[0].text, &q.period) : 0;

	if (rc == 0)
		rc = view_quality(ask->c, ask->in, ask->who, &q, ret);
	if (rc != 0 || ask->api)
		return rc;
	for (size_t i = 0; i < json_find(*ret, "orders")->n; i++) {
		struct json *o = json_find(*ret, "orders")->at[i];

		json_set_text(ask->c, o, "key", str_fmt(ask->c, "q%zu", i + 1));
		json_set_text(ask->c, o, "path",
		    str_fmt(ask->c, "/desk/case/%.*s/order/%lld", STR_ARG(json_text(o, "case")),
			(long long)json_find(o, "order")->num));
	}
	json_set_bool(ask->c, *ret, "waiting", q.waiting);
	return 0;
}

int desk_check(struct route_ask *ask, struct json **ret)
{
	struct str verdict = ask->fields[0].text;
	struct legal_order order;
	struct matter m;
	int rc = path_order(ask, &m, &order);

	if (rc == 0 && !str_is(verdict, "agree") && !str_is(verdict, "disagree"))
		rc = err_set(ask->c, ERR_INVALID, "the result is agree or disagree");
	if (rc == 0)
		rc = quality_check(ask->c, ask->in, ask->who, &order, str_is(verdict, "agree"),
		    ask->fields[1].text);
	return rc == 0 ? done(ask, ret) : rc;
}

/* ---- templates of letters ---- */

static int add_template(struct ctx *c, const struct reply_template *t, void *arg)
{
	struct json *list = arg, *j = json_map(c);

	json_set_text(c, j, "template", t->name);
	json_set_text(c, j, "language", t->language);
	json_set_bool(c, j, "own", t->own);
	json_set_text(c, j, "text", t->text);
	json_add(c, list, j);
	return 0;
}

int desk_templates(struct route_ask *ask, struct json **ret)
{
	struct json *list = json_list(ask->c);
	int rc = reply_each(ask->c, ask->in, ask->who, add_template, list);

	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set(ask->c, *ret, "templates", list);
	json_set_bool(ask->c, *ret, "may_keep", right_has(ask->who, RIGHT_TEMPLATE_KEEP));
	return 0;
}

int desk_template_keep(struct route_ask *ask, struct json **ret)
{
	const struct route_value *f = ask->fields;
	int rc = reply_set(ask->c, ask->in, ask->who, f[0].text, f[1].text, f[2].text);

	return rc == 0 ? done(ask, ret) : rc;
}

int desk_template_drop(struct route_ask *ask, struct json **ret)
{
	int rc =
	    reply_set(ask->c, ask->in, ask->who, ask->fields[0].text, ask->fields[1].text, STR(""));

	return rc == 0 ? done(ask, ret) : rc;
}
