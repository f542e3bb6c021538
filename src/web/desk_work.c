#include "web/desk_work.h"

#include "desk/assign.h"
#include "desk/order.h"
#include "out/view.h"
#include "out/view_search.h"
#include "out/view_work.h"
#include "web/desk_dress.h"
#include "web/path_order.h"

enum { WEEKS_AHEAD = 28 };

const struct route_field desk_search_fields[DESK_SEARCH_FIELDS] = {
    {.name = "any", .parse = field_line}, {.name = "instrument", .parse = field_word},
    {.name = "state", .parse = field_word}, {.name = "country", .parse = field_country},
    {.name = "assigned", .parse = field_line}, {.name = "open", .parse = field_word},
    {.name = "from", .parse = field_day}, {.name = "to", .parse = field_day},
    {.name = "after", .parse = field_line}, {.name = "saved", .parse = field_word},
    {.name = "name", .parse = field_line}, {.name = "run", .parse = field_yes},
    {.name = "ref", .parse = field_word}, {.name = "number", .parse = field_line},
    {.name = "target", .parse = field_line}, {.name = "kind", .parse = field_word},
    {.name = "body", .parse = field_word}, {.name = "limit", .parse = field_number}};
const struct route_field desk_calendar_fields[6] = {{.name = "from", .parse = field_day},
    {.name = "to", .parse = field_day}, {.name = "kind", .parse = field_word},
    {.name = "mine", .parse = field_yes}, {.name = "after", .parse = field_line},
    {.name = "limit", .parse = field_number}};
const struct route_field desk_assign_fields[2] = {
    {.name = "taker", .parse = field_line}, {.name = "note", .parse = field_text}};
const struct route_field desk_watch_fields[1] = {{.name = "on", .parse = field_yes}};
const struct route_field desk_note_fields[1] = {
    {.name = "reason", .needed = true, .parse = field_text}};

static struct day day_of(const struct route_value *v)
{
	return v->given ? (struct day){(int32_t)v->num} : DAY_NONE;
}

/* ---- searches ---- */

static struct search query_of(const struct route_ask *ask)
{
	const struct route_value *f = ask->fields;

	return (struct search){.any = f[0].text,
	    .instrument = f[1].text,
	    .state = f[2].text,
	    .country = f[3].text,
	    .assigned = f[4].text,
	    .open = str_is(f[5].text, "open")   ? SEARCH_OPEN
		    : str_is(f[5].text, "done") ? SEARCH_DONE
						: SEARCH_ANY,
	    .from = day_of(&f[6]),
	    .to = day_of(&f[7]),
	    .after = f[8].text,
	    .ref = f[12].text,
	    .number = f[13].text,
	    .target = f[14].text,
	    .kind = f[15].text,
	    .body = f[16].text,
	    .limit = f[17].num};
}

/* What was searched for, so that the form shows it and the next page asks the same. */
static void set_query(struct ctx *c, struct json *to, const struct search *q)
{
	static const char *const opens[] = {"", "open", "done"};
	struct json *j = json_map(c);

	json_set_text(c, j, "any", q->any);
	json_set_text(c, j, "instrument", q->instrument);
	json_set_text(c, j, "state", q->state);
	json_set_text(c, j, "country", q->country);
	json_set_text(c, j, "assigned", q->assigned);
	json_set_text(c, j, "open", str_of(opens[q->open]));
	json_set_text(c, j, "from", day_is_none(q->from) ? STR("") : day_str(c, q->from));
	json_set_text(c, j, "to", day_is_none(q->to) ? STR("") : day_str(c, q->to));
	json_set(c, to, "query", j);
}

static int saved_query(struct route_ask *ask, struct search *q)
{
	struct str after = q->after;
	int64_t limit = q->limit;
	struct search_saved s;
	int rc = search_saved_get(ask->c, ask->in, ask->who, ask->fields[9].text, &s);

	if (rc != 0)
		return rc;
	*q = s.query;
	q->after = after;
	q->limit = limit;
	return 0;
}

int desk_search(struct route_ask *ask, struct json **ret)
{
	struct search q = query_of(ask);
	struct json *saved;
	int rc = ask->fields[9].given ? saved_query(ask, &q) : 0;

	if (rc == 0)
		rc = view_search(ask->c, ask->in, ask->who, &q, ret);
	if (rc == 0)
		rc = view_saved(ask->c, ask->in, ask->who, &saved);
	if (rc != 0)
		return rc;
	json_set(ask->c, *ret, "saved", saved);
	set_query(ask->c, *ret, &q);
	return ask->api ? 0 : desk_dress_people(ask, *ret);
}

static int kept(struct route_ask *ask, struct str ref, struct json **ret)
{
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "saved", ref);
	return 0;
}

int desk_search_save(struct route_ask *ask, struct json **ret)
{
	struct search q = query_of(ask);
	struct str ref;
	int rc = ask->fields[10].given
		     ? search_save(ask->c, ask->in, ask->who, ask->fields[10].text, &q, &ref)
		     : err_set(ask->c, ERR_INVALID, "a search that is kept needs a name");

	if (rc != 0)
		return rc;
	ask->go_on = str_fmt(ask->c, "/desk/search?saved=%.*s", STR_ARG(ref));
	return kept(ask, ref, ret);
}

int desk_search_drop(struct route_ask *ask, struct json **ret)
{
	int rc = search_saved_drop(ask->c, ask->in, ask->who, ask->parts[0]);

	return rc == 0 ? kept(ask, ask->parts[0], ret) : rc;
}

/* ---- what is to be done ---- */

int desk_today(struct route_ask *ask, struct json **ret)
{
	struct json *counts;
	int rc = view_my_day(ask->c, ask->in, ask->who, ret);

	if (rc == 0)
		rc = view_overview(ask->c, ask->in, ask->who, &counts);
	if (rc == 0)
		json_set(ask->c, *ret, "counts", counts);
	return rc;
}

int desk_queues(struct route_ask *ask, struct json **ret)
{
	return view_queues(ask->c, ask->in, ask->who, ret);
}

int desk_calendar(struct route_ask *ask, struct json **ret)
{
	struct day today = instant_day((struct instant){ctx_now(ask->c)});
	struct view_span span = {.from = day_of(&ask->fields[0]),
	    .to = day_of(&ask->fields[1]),
	    .kind = ask->fields[2].text,
	    .mine = ask->fields[3].num != 0,
	    .after = ask->fields[4].text,
	    .limit = ask->fields[5].num};
	int rc;

	if (day_is_none(span.from))
		span.from = today;
	if (day_is_none(span.to))
		span.to = day_add(span.from, WEEKS_AHEAD);
	rc = view_calendar(ask->c, ask->in, ask->who, &span, ret);
	if (rc != 0)
		return rc;
	json_set_text(ask->c, *ret, "from", day_str(ask->c, span.from));
	json_set_text(ask->c, *ret, "to", day_str(ask->c, span.to));
	json_set_text(ask->c, *ret, "kind", span.kind);
	json_set_bool(ask->c, *ret, "mine", span.mine);
	return ask->api ? 0 : desk_dress_people(ask, *ret);
}

/* ---- whose it is ---- */

static int case_stands(struct route_ask *ask, const struct matter *m, struct json **ret)
{
	*ret = json_map(ask->c);
	json_set_text(ask->c, *ret, "case", m->ref);
	return 0;
}

int desk_assign(struct route_ask *ask, struct json **ret)
{
	struct str taker = ask->fields[0].text;
	struct matter m;
	int rc = matter_get(ask->c, ask->in, ask->who, ask->parts[0], &m);

	if (rc == 0)
		rc = assign_case(ask->c, ask->in, ask->who, &m,
		    str_is(taker, "nobody") ? STR("") : taker, ask->fields[1].text);
	return rc == 0 ? case_stands(ask, &m, ret) : rc;
}

int desk_watch(struct route_ask *ask, struct json **ret)
{
	struct matter m;
	int rc = matter_get(ask->c, ask->in, ask->who, ask->parts[0], &m);

	if (rc == 0)
		rc = assign_watch(ask->c, ask->in, ask->who, &m, ask->fields[0].num != 0);
	return rc == 0 ? case_stands(ask, &m, ret) : rc;
}

int desk_note(struct route_ask *ask, struct json **ret)
{
	struct legal_order order;
	struct matter m;
	int rc = path_order(ask, &m, &order);

	if (rc == 0)
		rc = order_note(ask->c, ask->in, ask->who, &order, ask->fields[0].text);
	return rc == 0 ? view_order_state(ask->c, ask->in, &m, order.seq, ret) : rc;
}
