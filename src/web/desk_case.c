#include "web/desk_case.h"

#include "desk/produce.h"
#include "desk/reply.h"
#include "out/view.h"
#include "web/desk_dress.h"
#include "web/desk_produce.h"
#include "web/desk_ticket.h"
#include "web/field.h"

const struct route_field desk_case_fields[5] = {{.name = "paper", .parse = field_number},
    {.name = "print", .parse = field_yes}, {.name = "template", .parse = field_word},
    {.name = "order", .parse = field_number}, {.name = "way", .parse = field_word}};
const struct route_field desk_paper_fields[1] = {{.name = "show", .parse = field_yes}};

/* ---- templates in its forms ---- */

/* The house's own, each once: the language is the demand's. */
static int add_offer(struct ctx *c, const struct reply_template *t, void *arg)
{
	struct json *list = arg;

	if (t->own && (list->n == 0 || !str_eq(list->at[list->n - 1]->text, t->name)))
		json_add(c, list, json_of_text(c, t->name));
	return 0;
}

/* The form that asked for a template gets its text; `of` is the order as the page has it. */
static int put_draft(struct route_ask *ask, const struct matter *m, struct json *of)
{
	struct legal_order order;
	struct str draft;
	int rc = matter_order(ask->c, ask->in, m, ask->fields[3].num, &order);

	if (rc == 0)
		rc = reply_text(ask->c, ask->in, ask->who, &order, ask->fields[2].text, &draft);
	if (rc != 0)
		return rc;
	json_set_text(ask->c, of, "way", ask->fields[4].text);
	json_set_text(ask->c, of, "draft", draft);
	return 0;
}

static int put_templates(struct route_ask *ask, const struct matter *m, struct json *v)
{
	const struct json *orders = json_find(v, "orders");
	struct json *list = json_list(ask->c);
	int rc = 0;

	if (right_has(ask->who, RIGHT_TEMPLATE_READ))
		rc = reply_each(ask->c, ask->in, ask->who, add_offer, list);
	json_set(ask->c, v, "offers", list);
	for (size_t i = 0; rc == 0 && orders != NULL && i < orders->n; i++) {
		int64_t n = json_find(orders->at[i], "order")->num;

		json_set_text(ask->c, orders->at[i], "id", str_fmt(ask->c, "%lld", (long long)n));
		if (ask->route->method == ROUTE_GET && ask->fields[2].given &&
		    ask->fields[3].num == n)
			rc = put_draft(ask, m, orders->at[i]);
	}
	return rc;
}

int desk_case(struct route_ask *ask, struct json **ret)
{
	const struct json *assign;
	struct matter m;
	int rc = matter_get(ask->c, ask->in, ask->who, ask->parts[0], &m);

	if (rc == 0)
		rc = view_matter(ask->c, ask->in, ask->who, &m, ret);
	if (rc != 0 || ask->api)
		return rc;
	desk_dress_case(ask, *ret);
	rc = put_templates(ask, &m, *ret);
	if (rc == 0)
		rc = desk_ticket_put(ask, &m, *ret);
	if (rc == 0 && right_has(ask->who, RIGHT_PRODUCTION_DELIVER))
		rc = desk_release_fresh(ask, *ret);
	if (rc != 0)
		return rc;
	assign = json_find(*ret, "may_assign");
	return assign != NULL && assign->yes ? desk_dress_takers(ask, *ret) : 0;
}

static int set_closed(struct route_ask *ask, bool closed, struct json **ret)
{
	struct matter m;
	int rc = matter_get(ask->c, ask->in, ask->who, ask->parts[0], &m);

	if (rc == 0 && m.closed == closed)
		rc = err_set(ask->c, ERR_CONFLICT,
		    closed ? "the case is closed already" : "the case is open already");
	if (rc == 0)
		rc = matter_close(ask->c, ask->in, ask->who, &m, closed);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "case", m.ref);
	json_set_bool(ask->c, *ret, "closed", closed);
	return 0;
}

int desk_close(struct route_ask *ask, struct json **ret)
{
	return set_closed(ask, true, ret);
}

int desk_reopen(struct route_ask *ask, struct json **ret)
{
	return set_closed(ask, false, ret);
}

/* ---- what leaves ---- */

static int production_state(struct route_ask *ask, struct json **ret)
{
	struct json *j = json_map(ask->c);

	json_set_text(ask->c, j, "case", ask->parts[0]);
	json_set_text(ask->c, j, "production", ask->parts[1]);
	*ret = j;
	return 0;
}

/* The production of this case, which the person may know of. */
static int production_of(struct route_ask *ask)
{
	struct matter m;
	int rc = matter_get(ask->c, ask->in, ask->who, ask->parts[0], &m);

	return rc == 0 ? produce_of(ask->c, ask->in, &m, ask->parts[1]) : rc;
}

int desk_acknowledge(struct route_ask *ask, struct json **ret)
{
	int rc = production_of(ask);

	if (rc == 0)
		rc = produce_acknowledge(ask->c, ask->in, ask->who, ask->parts[1]);
	return rc == 0 ? production_state(ask, ret) : rc;
}
