#include "out/view_list.h"

#include "out/view_set.h"

struct listing {
	struct instance *in;
	struct json *list;
	int64_t limit;
	struct str last;
	bool more;
};

/* One more is asked for than is shown, so that it is known whether more follow. */
static struct matter_page one_more(const struct matter_page *page)
{
	struct matter_page ask = *page;

	if (ask.limit < INT64_MAX)
		ask.limit++;
	return ask;
}

static bool has_room(struct listing *l, struct ctx *c, struct str ref)
{
	l->more = (int64_t)l->list->n == l->limit;
	if (!l->more)
		l->last = str_make(c, ref);
	return !l->more;
}

static struct json *whole(struct ctx *c, const struct listing *l, const char *key)
{
	struct json *j = json_map(c);

	json_set(c, j, key, l->list);
	if (l->more)
		json_set_text(c, j, "after", l->last);
	return j;
}

static int add_case(struct ctx *c, const struct matter *m, void *arg)
{
	struct listing *l = arg;
	struct legal_orders orders;
	struct json *j = json_map(c);
	int rc;

	if (!has_room(l, c, m->ref))
		return 0;
	rc = matter_orders(c, l->in, m->id, &orders);
	if (rc != 0)
		return rc;
	json_set_text(c, j, "case", m->ref);
	json_set_text(c, j, "state", str_of(matter_state(m, &orders)));
	json_set_text(c, j, "opened", instant_str(c, m->opened));
	json_set_text(c, j, "instrument", orders.n > 0 ? orders.v[0].instrument : STR(""));
	json_set_int(c, j, "orders", (int64_t)orders.n);
	json_add(c, l->list, j);
	return 0;
}

int view_cases(struct ctx *c, struct instance *in, const struct person *actor, bool closed,
    const struct matter_page *page, struct json **ret)
{
	struct listing l = {.in = in, .list = json_list(c), .limit = page->limit};
	struct matter_page ask = one_more(page);
	int rc = matter_page(c, in, actor, closed, &ask, add_case, &l);

	if (rc != 0)
		return rc;
	*ret = whole(c, &l, "cases");
	json_set_bool(c, *ret, "closed", closed);
	return 0;
}

static int add_demand(struct ctx *c, const struct demand *d, void *arg)
{
	struct listing *l = arg;
	struct str name = json_text(json_find(d->draft, "authority"), "name");
	struct json *j = json_map(c);

	if (!has_room(l, c, d->ref))
		return 0;
	json_set_text(c, j, "demand", d->ref);
	json_set_text(c, j, "received", instant_str(c, d->received));
	json_set_text(c, j, "country", d->country);
	json_set_text(c, j, "body", d->body);
	json_set_text(c, j, "channel", d->channel);
	if (name.n > 0)
		json_set_text(c, j, "authority", str_make(c, name));
	json_add(c, l->list, j);
	return 0;
}

int view_demands(struct ctx *c, struct instance *in, const struct person *actor, struct str state,
    const struct matter_page *page, struct json **ret)
{
	struct listing l = {.in = in, .list = json_list(c), .limit = page->limit};
	struct matter_page ask = one_more(page);
	int rc = demand_page(c, in, actor, state, &ask, add_demand, &l);

	if (rc != 0)
		return rc;
	*ret = whole(c, &l, "demands");
	json_set_text(c, *ret, "state", state);
	return 0;
}
