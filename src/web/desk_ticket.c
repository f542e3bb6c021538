#include "web/desk_ticket.h"

#include "desk/job.h"
#include "desk/snapshot.h"
#include "out/view_service.h"
#include "web/field.h"
#include "web/path_order.h"

const struct route_field desk_ticket_fields[2] = {
    {.name = "item", .needed = true, .parse = field_number, .many = true},
    {.name = "preserve", .parse = field_yes}};
const struct route_field desk_ticket_over_fields[2] = {
    {.name = "ticket", .needed = true, .parse = field_word},
    {.name = "name", .needed = true, .parse = field_line}};

/* ---- on the page ---- */

static bool preserving(const struct json *order)
{
	const struct json *all = json_find(order, "preservation");

	for (size_t i = 0; all != NULL && i < all->n; i++)
		if (str_is(json_text(all->at[i], "state"), "running"))
			return true;
	return false;
}

/* A ticket of this item that is under way, or has brought something. */
static bool asked_for(const struct json *tickets, int64_t item)
{
	for (size_t i = 0; i < tickets->n; i++) {
		const struct json *t = tickets->at[i], *n = json_find(t, "item");
		struct str state = json_text(t, "state");

		if (n != NULL && n->num == item &&
		    (str_is(state, "open") || str_is(state, "running") || str_is(state, "done")))
			return true;
	}
	return false;
}

/* Every item that may be asked for; "fresh" are those that nobody asked for yet. */
static struct json *may_ask(struct ctx *c, const struct json *order, bool keep)
{
	const struct json *items = json_find(order, "items"),
			  *tickets = json_find(order, "tickets");
	struct json *list = json_list(c);

	for (size_t i = 0; items != NULL && i < items->n; i++) {
		const struct json *it = items->at[i];
		struct str state = json_text(it, "state");
		int64_t n = json_find(it, "item")->num;
		struct json *j;

		if (!keep && !str_is(state, "produce") && !str_is(state, "narrow"))
			continue;
		j = json_map(c);
		json_set_int(c, j, "item", n);
		json_set_text(c, j, "target", json_text(it, "target"));
		json_set_text(c, j, "field", json_text(it, "field"));
		json_set_text(c, j, "service", json_text(it, "service"));
		json_set_bool(c, j, "asked", tickets != NULL && asked_for(tickets, n));
		json_add(c, list, j);
	}
	return list;
}

/* What came and did not leave yet: its item is still open. */
static void put_waits(struct ctx *c, const struct json *items, struct json *tickets)
{
	for (size_t i = 0; items != NULL && i < tickets->n; i++) {
		const struct json *n = json_find(tickets->at[i], "item");

		for (size_t k = 0; n != NULL && k < items->n; k++)
			if (json_find(items->at[k], "item")->num == n->num &&
			    (str_is(json_text(items->at[k], "state"), "produce") ||
				str_is(json_text(items->at[k], "state"), "narrow")))
				json_set_bool(c, tickets->at[i], "waits", true);
	}
}

static int put_order(struct route_ask *ask, const struct matter *m, struct json *order)
{
	struct json *tickets, *kept = json_list(ask->c);
	struct legal_order o;
	bool keep = preserving(order);
	int rc = matter_order(ask->c, ask->in, m, json_find(order, "order")->num, &o);

	if (rc == 0)
		rc = view_tickets_of(ask->c, ask->in, ask->who, m, &o, &tickets);
	if (rc != 0)
		return rc;
	put_waits(ask->c, json_find(order, "items"), tickets);
	json_set(ask->c, order, "tickets", tickets);
	rc = snapshot_each(ask->c, ask->in, o.id, kept);
	if (kept->n > 0)
		json_set(ask->c, order, "snapshots", kept);
	json_set_bool(ask->c, order, "preserving", keep);
	if (right_has(ask->who, RIGHT_TICKET_MAKE))
		json_set(ask->c, order, "may_ask", may_ask(ask->c, order, keep));
	return rc;
}

/* Services that a production would need, and that nobody showed to work. */
static int put_red(struct route_ask *ask, struct json *order)
{
	const struct json *items = json_find(order, "items"), *all;
	struct json *services, *red = json_list(ask->c);
	int rc = view_services(ask->c, ask->in, ask->who, &services);

	if (rc != 0)
		return rc;
	all = json_find(services, "services");
	for (size_t i = 0; i < all->n; i++) {
		const struct json *s = all->at[i], *well = json_find(s, "well");
		bool named = false;

		for (size_t k = 0; items != NULL && k < items->n; k++)
			named = named ||
				str_eq(json_text(items->at[k], "service"), json_text(s, "service"));
		if (named && well != NULL && !well->yes)
			json_add(ask->c, red, all->at[i]);
	}
	if (red->n > 0)
		json_set(ask->c, order, "red", red);
	return 0;
}

int desk_ticket_put(struct route_ask *ask, const struct matter *m, struct json *v)
{
	const struct json *orders = json_find(v, "orders");
	int rc = 0;

	json_set_bool(ask->c, v, "looks_over", right_has(ask->who, RIGHT_LOOK_OVER));
	for (size_t i = 0; rc == 0 && orders != NULL && i < orders->n; i++) {
		if (right_has(ask->who, RIGHT_TICKET_READ))
			rc = put_order(ask, m, orders->at[i]);
		if (rc == 0 && ask->in->map.n > 0 && right_has(ask->who, RIGHT_SERVICE_READ))
			rc = put_red(ask, orders->at[i]);
	}
	return rc;
}

/* ---- asking ---- */

int desk_ticket_make(struct route_ask *ask, struct json **ret)
{
	struct json *what = json_map(ask->c), *items = json_list(ask->c);
	struct legal_order order;
	struct matter m;
	struct str ref;
	int rc = path_order(ask, &m, &order);

	for (size_t i = 0; rc == 0 && i < ask->fields[0].n; i++)
		json_add(ask->c, items, json_of_int(ask->c, ask->fields[0].all[i].num));
	if (rc != 0)
		return rc;
	json_set_text(ask->c, what, "case", m.ref);
	json_set_int(ask->c, what, "order", order.seq);
	json_set(ask->c, what, "items", items);
	json_set_bool(ask->c, what, "preserve", ask->fields[1].given && ask->fields[1].num != 0);
	json_set_text(ask->c, what, "lang", ask->lang == ANSWER_DE ? STR("de") : STR("en"));
	rc = job_put(ask->c, ask->in, ask->who, "ticket_make", what, &ref);
	if (rc != 0)
		return rc;
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "job", ref);
	ask->go_on = str_fmt(ask->c, "/desk/job/%.*s", STR_ARG(ref));
	return 0;
}
