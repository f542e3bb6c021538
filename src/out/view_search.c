#include "out/view_search.h"

#include "out/view_set.h"

int view_row(struct ctx *c, struct instance *in, const struct search_row *r, struct json **ret)
{
	struct json *j = json_map(c);
	int64_t now = ctx_now(c);

	json_set_text(c, j, "case", r->ref);
	json_set_int(c, j, "order", r->seq);
	view_set_instrument(c, in, j, r->instrument);
	json_set_text(c, j, "state", r->state);
	json_set_text(c, j, "country", r->country);
	json_set_text(c, j, "body", r->body);
	view_set_instant(c, j, "received", r->received);
	json_set_bool(c, j, "open", r->open);
	if (r->sealed)
		json_set_bool(c, j, "sealed", true);
	if (!instant_is_none(r->due)) {
		view_set_instant(c, j, "due", r->due);
		json_set_text(c, j, "act", r->act);
		json_set_bool(c, j, "overdue", r->due.s < now);
		json_set_int(c, j, "hours_left", (r->due.s - now) / 3600);
	}
	if (r->rest >= 0) {
		json_set_text(c, j, "act", r->act);
		json_set_int(c, j, "paused_hours_left", r->rest / 3600);
	}
	*ret = j;
	return view_set_person(c, in, j, "assigned", r->assigned);
}

int view_search(struct ctx *c, struct instance *in, const struct person *actor,
    const struct search *q, struct json **ret)
{
	struct json *j = json_map(c), *orders = json_list(c), *demands = json_list(c), *one;
	struct search_result found;
	int rc = search_run(c, in, actor, q, &found);

	for (size_t i = 0; rc == 0 && i < found.orders.n; i++) {
		rc = view_row(c, in, &found.orders.v[i], &one);
		if (rc == 0)
			json_add(c, orders, one);
	}
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < found.n_demands; i++) {
		one = json_map(c);
		json_set_text(c, one, "demand", found.demands[i].ref);
		json_set_text(c, one, "state", found.demands[i].state);
		view_set_instant(c, one, "received", found.demands[i].received);
		json_add(c, demands, one);
	}
	json_set(c, j, "orders", orders);
	json_set(c, j, "demands", demands);
	if (found.after.n > 0)
		json_set_text(c, j, "after", found.after);
	*ret = j;
	return 0;
}

static int add_saved(struct ctx *c, const struct search_saved *s, void *arg)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "ref", s->ref);
	json_set_text(c, j, "name", s->name);
	json_add(c, arg, j);
	return 0;
}

int view_saved(struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct json *list = json_list(c);
	int rc = search_saved_each(c, in, actor, add_saved, list);

	if (rc == 0)
		*ret = list;
	return rc;
}
