#include "out/view_deliver.h"

#include "base/mem.h"
#include "desk/agency.h"
#include "desk/fetch.h"
#include "desk/pin.h"
#include "desk/stamp_due.h"
#include "out/view_set.h"

/* ---- where it stands ---- */

static int set_laid(struct ctx *c, struct instance *in, const struct laid *l, struct json *j)
{
	struct str word;
	int rc = laid_word(c, in, l, &word);

	if (rc != 0)
		return rc;
	json_set_text(c, j, "in_portal", word);
	view_set_instant(c, j, "until", l->until);
	if (l->more.n > 0)
		json_set_text(c, j, "more", l->more);
	json_set_bool(c, j, "here", str_is(word, "waiting") || str_is(word, "fetched"));
	return 0;
}

int view_deliver_brief(struct ctx *c, struct instance *in, int64_t production, struct json *j)
{
	struct laid l;
	bool found;
	int rc = laid_last(c, in, production, &l, &found);

	return rc == 0 && found ? set_laid(c, in, &l, j) : rc;
}

/* ---- for the officer ---- */

static int set_hash(struct ctx *c, struct instance *in, int64_t production, struct str first,
    int64_t size, struct json *j)
{
	const struct db_val *seal;
	int rc =
	    db_find(c, in->store.db, SQL_PRODUCTION_SEAL_LAST, DB_ARGS(db_int(production)), &seal);
	struct str hash = rc == 0 && seal != NULL ? seal[3].s : first;

	if (rc != 0)
		return rc;
	json_set_int(c, j, "size", seal == NULL ? size : seal[4].num);
	json_set_text(c, j, "sha256", text_hex(c, hash.p, hash.n));
	return 0;
}

int view_deliver_officer(struct ctx *c, struct instance *in, const struct person *who,
    struct str demand, struct str ref, struct json **ret)
{
	struct json *j = json_map(c);
	const struct db_val *row;
	struct str pin = STR("none");
	struct fetch_seen s;
	struct agency a;
	bool pledged = false;
	int rc = fetch_find(c, in, who, demand, ref, &s);

	if (rc == 0 && s.laid.id == 0)
		rc = err_set(c, ERR_NOTFOUND, "no production has this reference");
	if (rc == 0)
		rc = db_one(c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(s.ref)), &row);
	if (rc == 0)
		rc = set_hash(c, in, s.production, row[8].s, row[9].num, j);
	if (rc == 0)
		rc = set_laid(c, in, &s.laid, j);
	if (rc == 0)
		rc = fetch_pledged(c, in, &s, &pledged);
	if (rc == 0)
		rc = pin_state(c, in, s.laid.id, &pin);
	if (rc == 0)
		rc = agency_by_id(c, in, s.officer.agency, &a);
	if (rc != 0)
		return rc;
	json_set_text(c, j, "demand", demand);
	json_set_text(c, j, "production", s.ref);
	json_set_text(c, j, "agency", a.name);
	json_set_bool(c, j, "pledged", pledged);
	json_set_bool(c, j, "pinned", !str_is(s.laid.pin, "none"));
	json_set_text(c, j, "pin", s.laid.pin);
	json_set_text(c, j, "pin_state", pin);
	json_set_bool(c, j, "acknowledged", str_is(s.state, "acknowledged"));
	*ret = j;
	return 0;
}

/* ---- for the house ---- */

struct looking {
	struct instance *in;
	const struct person *actor;
	struct json *laid;
	struct entry {
		int64_t at;
		struct json *j;
	} * v;
	size_t n, cap;
};

static int add_laid(struct ctx *c, const struct laid *l, void *arg)
{
	struct looking *k = arg;
	struct json *j = json_map(c);
	struct str word;
	int rc = laid_word(c, k->in, l, &word);

	if (rc != 0)
		return rc;
	json_set_int(c, j, "number", l->number);
	view_set_instant(c, j, "at", l->at);
	rc = view_set_person(c, k->in, j, "by", l->author);
	view_set_instant(c, j, "until", l->until);
	json_set_text(c, j, "state", word);
	json_set_int(c, j, "pins", l->pins);
	if (l->more.n > 0)
		json_set_text(c, j, "more", l->more);
	view_set_instant(c, j, "ended", l->ended);
	if (rc == 0)
		rc = view_set_person(c, k->in, j, "ender", l->ender);
	if (l->reason.n > 0)
		json_set_text(c, j, "reason", l->reason);
	json_add(c, k->laid, j);
	return rc;
}

static int set_officer(struct ctx *c, const struct looking *k, struct json *j, int64_t id)
{
	struct officer o;
	int rc = officer_by_id(c, k->in, id, &o);

	if (rc != 0)
		return rc;
	json_set_text(c, j, "officer", o.ref);
	if (o.name.n > 0 && right_has(k->actor, RIGHT_OFFICER_NAMES))
		json_set_text(c, j, "name", o.name);
	return 0;
}

static struct json *add_entry(struct ctx *c, struct looking *k, int64_t at, struct str what)
{
	struct json *j = json_map(c);

	k->v = mem_grow(c, k->v, k->n, &k->cap, sizeof *k->v);
	k->v[k->n++] = (struct entry){at, j};
	view_set_instant(c, j, "at", (struct instant){at});
	json_set_text(c, j, "what", str_make(c, what));
	return j;
}

static int add_pledge(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *k = arg;

	return set_officer(c, k, add_entry(c, k, row[1].num, STR("pledged")), row[0].num);
}

static int add_download(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *k = arg;
	struct json *j = add_entry(c, k, row[1].num, row[2].s);

	view_set_instant(c, j, "last", db_get_instant(row[3]));
	json_set_int(c, j, "sent", row[4].num);
	json_set_int(c, j, "size", row[5].num);
	return set_officer(c, k, j, row[0].num);
}

/* The hour's first; the window began with it at the earliest. */
static int add_refusal(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *k = arg;
	struct json *j = add_entry(c, k, row[3].num, row[1].s);

	json_set_int(c, j, "n", row[4].num);
	return set_officer(c, k, j, row[0].num);
}

static int by_time(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static int set_access(struct ctx *c, struct looking *k, int64_t production, struct json *to)
{
	struct db *db = k->in->store.db;
	struct json *list = json_list(c);
	int rc =
	    db_each(c, db, SQL_PLEDGE_OF_PRODUCTION, DB_ARGS(db_int(production)), add_pledge, k);

	if (rc == 0)
		rc =
		    db_each(c, db, SQL_DOWNLOAD_ENDS, DB_ARGS(db_int(production)), add_download, k);
	if (rc == 0)
		rc = db_each(
		    c, db, SQL_REFUSAL_OF_PRODUCTION, DB_ARGS(db_int(production)), add_refusal, k);
	if (rc == 0 && k->n > 0)
		qsort(k->v, k->n, sizeof *k->v, by_time);
	for (size_t i = 0; i < k->n; i++)
		json_add(c, list, k->v[i].j);
	json_set(c, to, "access", list);
	return rc;
}

static int set_taker(struct ctx *c, struct looking *k, int64_t production, struct json *to)
{
	struct json *j = json_map(c);
	struct instant since;
	int64_t taker;
	int rc = laid_taker(c, k->in, production, &taker, &since);

	if (rc != 0 || taker == 0)
		return rc;
	view_set_instant(c, j, "since", since);
	json_set(c, to, "taker", j);
	return set_officer(c, k, j, taker);
}

static int set_pin(struct ctx *c, struct looking *k, int64_t production, struct json *to)
{
	struct str state;
	struct laid l;
	bool found;
	int rc = laid_last(c, k->in, production, &l, &found);

	if (rc != 0 || !found)
		return rc;
	rc = pin_state(c, k->in, l.id, &state);
	if (rc != 0)
		return rc;
	json_set_text(c, to, "pin", l.pin);
	json_set_text(c, to, "pin_state", state);
	return 0;
}

/* What lies elsewhere does not exist for the person. */
static int find(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    const struct db_val **ret, struct legal_order *order, struct matter *m)
{
	struct right_place place;
	struct id id;
	int rc = right_needs(c, actor, RIGHT_PRODUCTION_ACCESS);

	*ret = NULL;
	if (rc == 0)
		rc = id_parse(c, ref, &id);
	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(id_str(&id))), ret);
	if (rc == 0 && *ret != NULL)
		rc = matter_order_by_id(c, in, (*ret)[3].num, order);
	if (rc == 0 && *ret != NULL)
		rc = matter_by_id(c, in, order->matter, m);
	if (rc == 0 && *ret != NULL)
		place = matter_place(m);
	return rc == 0 ? right_case(c, actor, RIGHT_PRODUCTION_ACCESS, *ret == NULL ? NULL : &place,
			     ERR_TEXT("production"))
		       : rc;
}

/* When the manifest was stamped (SPEC.md 9.9); nothing while no stamp is there. */
static int set_stamp(struct ctx *c, struct instance *in, int64_t production, struct json *j)
{
	struct instant at = INSTANT_NONE;
	struct str token;
	int rc = stamp_of(c, in, production, &token, &at);

	if (rc == ERR_NOTFOUND) {
		err_clear(c);
		return 0;
	}
	if (rc == 0)
		view_set_instant(c, j, "time_stamp", at);
	return rc;
}

int view_deliver_desk(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, struct json **ret)
{
	struct looking k = {.in = in, .actor = actor, .laid = json_list(c)};
	struct json *j = json_map(c);
	const struct db_val *row;
	struct legal_order order;
	struct matter m;
	int64_t production;
	int rc = find(c, in, actor, ref, &row, &order, &m);

	if (rc != 0)
		return rc;
	production = row[0].num;
	json_set_text(c, j, "production", str_make(c, row[2].s));
	json_set_text(c, j, "case", m.ref);
	json_set_int(c, j, "order", order.seq);
	json_set_text(c, j, "state", str_make(c, row[10].s));
	rc = set_hash(c, in, production, str_make(c, row[8].s), row[9].num, j);
	if (rc == 0)
		rc = view_deliver_brief(c, in, production, j);
	if (rc == 0)
		rc = set_stamp(c, in, production, j);
	if (rc == 0)
		rc = set_pin(c, &k, production, j);
	if (rc == 0)
		rc = set_taker(c, &k, production, j);
	if (rc == 0)
		rc = laid_each(c, in, production, add_laid, &k);
	json_set(c, j, "laid", k.laid);
	if (rc == 0)
		rc = set_access(c, &k, production, j);
	*ret = j;
	return rc;
}

struct naming {
	const struct person *actor;
	struct json *list;
};

static int add_name(struct ctx *c, const struct officer *o, void *arg)
{
	const struct naming *n = arg;
	struct json *j = json_map(c);

	if (!str_is(o->state, "active"))
		return 0;
	json_set_text(c, j, "officer", o->ref);
	if (o->name.n > 0 && right_has(n->actor, RIGHT_OFFICER_NAMES))
		json_set_text(c, j, "name", o->name);
	json_add(c, n->list, j);
	return 0;
}

int view_deliver_names(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct json **ret)
{
	struct naming n = {actor, json_list(c)};
	const struct db_val *sub = NULL;
	struct matter m;
	int rc = matter_by_id(c, in, order->matter, &m);

	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_SUBMISSION_OF_DEMAND,
		    DB_ARGS(db_int(order->demand != 0 ? order->demand : m.demand)), &sub);
	if (rc == 0 && sub != NULL)
		rc = officer_of_agency(c, in, sub[4].num, add_name, &n);
	*ret = n.list;
	return rc;
}

struct filing {
	const struct items *items;
	struct json *list;
};

static int add_file(struct ctx *c, const struct db_val *row, void *arg)
{
	struct filing *f = arg;

	for (size_t i = 0; i < f->items->n; i++)
		if (f->items->v[i].id == row[0].num) {
			struct json *j = json_map(c);

			json_set_int(c, j, "item", f->items->v[i].number);
			json_set_text(c, j, "field", f->items->v[i].field);
			json_set_text(c, j, "service", f->items->v[i].service);
			json_add(c, f->list, j);
		}
	return 0;
}

int view_deliver_files(struct ctx *c, struct instance *in, struct str ref, struct json **ret)
{
	const struct db_val *row;
	struct items items;
	struct filing f = {&items, json_list(c)};
	int rc = db_one(c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(ref)), &row);

	if (rc == 0)
		rc = matter_items(c, in, row[3].num, &items);
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_PRODUCTION_ITEMS, DB_ARGS(row[0]), add_file, &f);
	*ret = f.list;
	return rc;
}
