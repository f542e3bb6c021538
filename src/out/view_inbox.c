#include "out/view_inbox.h"

#include "desk/reply.h"
#include "out/view_set.h"

struct looking {
	struct instance *in;
	const struct person *actor;
	struct json *list;
	int64_t limit, seen;
	struct str last;
	bool more;
	struct json *urgent; /* references that stand on top, or would on the first page */
	bool first;
};

static int64_t count_of(const struct json *list)
{
	if (list == NULL)
		return 0;
	return list->kind == JSON_INT ? list->num : (int64_t)list->n;
}

static bool says_emergency(const struct instance *in, const struct json *order)
{
	const struct instrument *i = pack_instrument(in->law, json_text(order, "instrument"));
	const struct json *said = json_find(json_find(order, "facts"), "order.emergency");

	return (i != NULL && str_is(i->class, "emergency")) ||
	       (said != NULL && said->kind == JSON_BOOL && said->yes) ||
	       (said != NULL && said->kind == JSON_TEXT && str_is(said->text, "yes"));
}

static void set_orders(
    struct ctx *c, const struct instance *in, const struct json *draft, struct json *to)
{
	const struct json *list = json_find(draft, "orders");
	struct json *orders = json_list(c);
	bool emergency = false;
	int64_t targets = 0;

	for (size_t i = 0; list != NULL && i < list->n; i++) {
		struct json *o = json_map(c);
		int64_t n = count_of(json_find(list->at[i], "targets"));

		view_set_instrument(c, in, o, json_text(list->at[i], "instrument"));
		json_set_int(c, o, "targets", n);
		json_add(c, orders, o);
		emergency = emergency || says_emergency(in, list->at[i]);
		targets += n;
	}
	json_set_bool(c, to, "emergency", emergency);
	json_set(c, to, "orders", orders);
	json_set_int(c, to, "targets", targets);
}

static int add_duplicate(struct ctx *c, const struct db_val *row, void *arg)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "ref", str_make(c, row[0].s));
	json_set_text(c, j, "state", str_make(c, row[1].s));
	json_set_text(c, j, "by", str_make(c, row[2].s));
	json_add(c, arg, j);
	return 0;
}

static int set_head(struct ctx *c, struct looking *l, const struct demand *d, struct json *j)
{
	struct json *same = json_list(c);
	struct db *db = l->in->store.db;
	int rc;

	json_set_text(c, j, "demand", d->ref);
	view_set_instant(c, j, "received", d->received);
	json_set_int(c, j, "age_hours", (ctx_now(c) - d->received.s) / 3600);
	json_set_int(c, j, "age_minutes", (ctx_now(c) - d->received.s) / 60);
	json_set_text(c, j, "channel", d->channel);
	json_set_text(c, j, "country", d->country);
	json_set_text(c, j, "body", d->body);
	json_set_text(c, j, "level", d->level);
	json_set_text(c, j, "language", d->language);
	json_set_bool(c, j, "verified", d->verified);
	if (d->compartment != 0)
		json_set_bool(c, j, "sealed", true);
	set_orders(c, l->in, d->draft, j);
	rc = db_each(c, db, SQL_INBOX_LIKE,
	    DB_ARGS(db_int(d->id), db_int(l->actor->sealed), db_int(right_within(l->actor))),
	    add_duplicate, same);
	if (rc == 0)
		rc = db_each(c, db, SQL_INBOX_SAME_NUMBER,
		    DB_ARGS(
			db_int(d->id), db_int(l->actor->sealed), db_int(right_within(l->actor))),
		    add_duplicate, same);
	json_set(c, j, "duplicates", same);
	return rc;
}

static int urgent_one(struct ctx *c, const struct demand *d, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);
	int rc = l->first ? set_head(c, l, d, j) : 0;

	json_add(c, l->urgent, json_of_text(c, d->ref));
	if (l->first)
		json_add(c, l->list, j);
	return rc;
}

static bool stands_on_top(const struct looking *l, struct str ref)
{
	for (size_t i = 0; i < l->urgent->n; i++)
		if (str_eq(l->urgent->at[i]->text, ref))
			return true;
	return false;
}

static int inbox_one(struct ctx *c, const struct demand *d, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);
	int rc;

	if (l->seen == l->limit) {
		l->more = true;
		return 0;
	}
	l->seen++;
	l->last = d->ref;
	if (stands_on_top(l, d->ref))
		return 0;
	rc = set_head(c, l, d, j);
	json_add(c, l->list, j);
	return rc;
}

int view_inbox(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter_page *page, struct json **ret)
{
	struct looking l = {.in = in,
	    .actor = actor,
	    .list = json_list(c),
	    .limit = page->limit,
	    .urgent = json_list(c),
	    .first = page->after.n == 0};
	struct matter_page ask = *page;
	struct json *j = json_map(c);
	int rc;

	if (l.limit <= 0 || l.limit > VIEW_INBOX_MAX)
		l.limit = VIEW_INBOX_MAX;
	ask.limit = l.limit + 1;
	rc = demand_urgent(c, in, actor, urgent_one, &l);
	if (rc == 0)
		rc = demand_page(c, in, actor, STR("received"), &ask, inbox_one, &l);
	if (rc != 0)
		return rc;
	view_set_instant(c, j, "now", (struct instant){ctx_now(c)});
	json_set(c, j, "demands", l.list);
	if (l.more)
		json_set_text(c, j, "after", l.last);
	*ret = j;
	return 0;
}

/* ---- one demand ---- */

static int add_paper(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);
	struct str name;
	int rc = 0;

	json_set_int(c, j, "number", (int64_t)l->list->n + 1);
	json_set_int(c, j, "size", row[2].num);
	if (row[3].kind == DB_BLOB && right_has(l->actor, RIGHT_DEMAND_DETAIL)) {
		rc = vault_unseal(c, l->in->store.vault, "paper.name", row[3].s, &name);
		if (rc == 0)
			json_set_text(c, j, "name", name);
	}
	json_add(c, l->list, j);
	return rc;
}

static void set_law(
    struct ctx *c, const struct instance *in, const struct demand *d, struct json *to)
{
	const struct json *orders = json_find(d->draft, "orders");
	struct json *list = json_list(c);

	for (size_t k = 0; orders != NULL && k < orders->n; k++) {
		struct str id = json_text(orders->at[k], "instrument");
		const struct instrument *i = pack_instrument(in->law, id);
		struct json *j = json_map(c);

		view_set_instrument(c, in, j, id);
		if (i != NULL) {
			json_set_text(c, j, "class", i->class);
			json_set_text(c, j, "cite", i->src.cite);
			if (i->src.quote.n > 0)
				json_set_text(c, j, "quote", i->src.quote);
			json_set_text(c, j, "mark", i->src.mark);
			json_set_bool(c, j, "verified", i->src.verified);
		}
		json_add(c, list, j);
	}
	json_set(c, to, "law", list);
}

static int seen_one(struct ctx *c, struct looking *l, const struct draft_target *t, size_t order,
    size_t number, struct json *list)
{
	struct hash key = vault_key(l->in->store.vault, "target.value",
	    str_fmt(c, "%.*s:%.*s", STR_ARG(t->kind), STR_ARG(t->value)));
	struct json *cases = json_list(c), *j;
	int rc = matter_seen(c, l->in, l->actor, key, cases);

	if (rc != 0 || cases->n == 0)
		return rc;
	j = json_map(c);
	json_set_int(c, j, "order", (int64_t)order + 1);
	json_set_int(c, j, "target", (int64_t)number + 1);
	json_set(c, j, "cases", cases);
	json_add(c, list, j);
	return 0;
}

enum { SEEN_MAX = 200 }; /* targets that are looked up for a preview */

static int set_seen(struct ctx *c, struct looking *l, const struct demand *d, struct json *to)
{
	struct json *list = json_list(c);
	struct draft draft;
	size_t n = 0;
	int rc = draft_json_parse(c, "stored demand", json_str(c, d->draft), &draft);

	for (size_t o = 0; rc == 0 && o < draft.n_orders; o++)
		for (size_t t = 0; rc == 0 && t < draft.orders[o].n_targets && n < SEEN_MAX; t++)
			if (draft.orders[o].targets[t].specific) {
				rc = seen_one(c, l, &draft.orders[o].targets[t], o, t, list);
				n++;
			}
	json_set(c, to, "seen", list);
	return rc;
}

static int set_sorted(struct ctx *c, struct looking *l, const struct demand *d, struct json *to)
{
	struct json *j = json_map(c);
	struct reply_sorted s;
	bool has;
	int rc = reply_sorted(c, l->in, d, &s, &has);

	if (rc != 0 || !has)
		return rc;
	json_set_text(c, j, "as", s.kind);
	view_set_instant(c, j, "at", s.at);
	rc = view_set_person(c, l->in, j, "by", s.author);
	view_set_instant(c, j, "letter_at", s.letter_at);
	if (s.language.n > 0)
		json_set_text(c, j, "language", s.language);
	if (s.letter.n > 0 && right_has(l->actor, RIGHT_DEMAND_DETAIL))
		json_set_text(c, j, "letter", s.letter);
	json_set(c, to, "sorted", j);
	return rc;
}

static int set_places(struct ctx *c, struct looking *l, const struct demand *d, struct json *to)
{
	const struct db_val *row;
	int rc = db_find(c, l->in->store.db, SQL_MATTER_BY_DEMAND, DB_ARGS(db_int(d->id)), &row);

	json_set_text(c, to, "state", d->state);
	if (rc == 0 && row != NULL && (row[4].num == 0 || l->actor->sealed))
		json_set_text(c, to, "case", row[2].s);
	if (rc == 0 && d->merged_into != 0) {
		rc = db_one(
		    c, l->in->store.db, SQL_DEMAND_BY_ID, DB_ARGS(db_int(d->merged_into)), &row);
		if (rc == 0)
			json_set_text(c, to, "merged_into", row[2].s);
	}
	return rc;
}

int view_demand(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct json **ret)
{
	struct looking l = {.in = in, .actor = actor, .list = json_list(c)};
	struct json *j = json_map(c);
	struct demand d;
	int rc = demand_get(c, in, actor, ref, &d);

	if (rc == 0)
		rc = set_head(c, &l, &d, j);
	if (rc == 0)
		rc = set_places(c, &l, &d, j);
	if (rc == 0)
		rc = db_each(
		    c, in->store.db, SQL_PAPER_OF_DEMAND, DB_ARGS(db_int(d.id)), add_paper, &l);
	json_set(c, j, "papers", l.list);
	if (rc == 0 && d.draft != NULL) {
		set_law(c, in, &d, j);
		json_set(c, j, "draft", d.draft);
		rc = right_has(actor, RIGHT_DEMAND_DETAIL) ? set_seen(c, &l, &d, j) : 0;
	}
	if (rc == 0)
		rc = set_sorted(c, &l, &d, j);
	if (rc == 0)
		*ret = j;
	return rc;
}
