/* One order as its officer sees it (view_officer.h). */
#include "desk/extension.h"
#include "out/cure_text.h"
#include "out/view_deliver.h"
#include "out/view_officer_p.h"

struct looking {
	struct instance *in;
	struct json *list;
	int64_t productions;
	bool sealed;  /* a production lies here that was not handed over */
	bool waiting; /* one was, and is not acknowledged */
};

/* ---- productions ---- */

static int note_channel(struct ctx *c, const struct db_val *row, void *arg)
{
	bool *portal = arg;

	(void)c;
	*portal = *portal || str_is(row[1].s, "portal");
	return 0;
}

static int count(struct ctx *c, const struct db_val *row, void *arg)
{
	(void)c;
	(void)row;
	*(int64_t *)arg += 1;
	return 0;
}

static int add_production(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;
	struct db *db = l->in->store.db;
	bool portal = false, here, acknowledged = str_is(row[10].s, "acknowledged"),
	     recalled = str_is(row[10].s, "recalled");
	int64_t fetched = 0, id = row[0].num;
	struct json *j = json_map(c);
	const struct db_val *seal;
	struct str hash;
	int rc;

	if (str_is(row[10].s, "sealed")) {
		l->sealed = true;
		return 0;
	}
	json_set_text(c, j, "production", str_make(c, row[2].s));
	json_set_int(c, j, "size", row[9].num);
	rc = db_find(c, db, SQL_PRODUCTION_SEAL_LAST, DB_ARGS(db_int(id)), &seal);
	if (rc != 0)
		return rc;
	hash = seal == NULL ? row[8].s : seal[3].s;
	json_set_text(c, j, "sha256", text_hex(c, hash.p, hash.n));
	json_set_bool(c, j, "acknowledged", acknowledged);
	rc = db_each(c, db, SQL_DELIVERY_OF_PRODUCTION, DB_ARGS(db_int(id)), note_channel, &portal);
	if (rc == 0)
		rc = db_each(
		    c, db, SQL_DOWNLOAD_OF_PRODUCTION, DB_ARGS(db_int(id)), count, &fetched);
	if (rc == 0)
		rc = view_deliver_brief(c, l->in, id, j);
	here = rc == 0 && portal && !recalled && json_find(j, "here") != NULL &&
	       json_find(j, "here")->yes;
	json_set_bool(c, j, "here", here);
	json_set_int(c, j, "number", ++l->productions);
	if (recalled)
		json_set_bool(c, j, "recalled", true);
	json_set_int(c, j, "fetched", fetched);
	json_add(c, l->list, j);
	l->waiting = l->waiting || (here && !acknowledged);
	return rc;
}

/* ---- items ---- */

static bool settled(const struct items *items)
{
	for (size_t i = 0; i < items->n; i++)
		if (items->v[i].state == ITEM_ASKED || items->v[i].state == ITEM_PRODUCE ||
		    items->v[i].state == ITEM_NARROW)
			return false;
	return true;
}

static const char *item_word(enum item_state s, bool told)
{
	if (s == ITEM_WITHDRAWN)
		return "withdrawn";
	if (!told)
		return "pending";
	return s == ITEM_PRODUCED ? "produced" : s == ITEM_NO_DATA ? "no_data" : "withheld";
}

static int put_items(struct ctx *c, struct instance *in, const struct legal_order *o,
    const struct items *items, bool told, struct json *to)
{
	struct json *list = json_list(c);
	struct targets targets;
	int rc = matter_targets(c, in, o->matter, &targets);

	for (size_t i = 0; i < items->n && rc == 0; i++) {
		const struct item *it = &items->v[i];
		const struct target *t = matter_target(&targets, it->target);
		struct json *j = json_map(c);

		json_set_int(c, j, "item", it->number);
		if (t != NULL && t->printed.n > 0) {
			json_set_text(c, j, "kind", t->kind);
			json_set_text(c, j, "target", t->printed);
		}
		json_set_text(c, j, "field", it->field);
		json_set_text(c, j, "service", it->service);
		if (!day_is_none(it->from))
			json_set_text(c, j, "from", day_str(c, it->from));
		if (!day_is_none(it->to))
			json_set_text(c, j, "to", day_str(c, it->to));
		json_set_text(c, j, "state", str_of(item_word(it->state, told)));
		json_add(c, list, j);
	}
	json_set(c, to, "items", list);
	return rc;
}

/* ---- messages ---- */

static int add_message(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);
	struct str text;
	int rc;

	if ((!str_is(row[1].s, "question") && !str_is(row[1].s, "answer")) ||
	    row[4].kind != DB_BLOB)
		return 0;
	rc = vault_unseal(c, l->in->store.vault, "message.text", row[4].s, &text);
	if (rc != 0)
		return rc;
	json_set_text(c, j, "kind", str_make(c, row[1].s));
	json_set_text(c, j, "at", instant_str(c, (struct instant){row[2].num}));
	json_set_text(c, j, "text", text);
	json_add(c, l->list, j);
	return 0;
}

/* ---- the state ---- */

static const char *ended_word(const struct legal_order *o)
{
	if (o->outcome == OUTCOME_REJECTED)
		return "refused";
	if (o->outcome == OUTCOME_WITHDRAWN)
		return "withdrawn";
	if (o->outcome == OUTCOME_REDIRECTED)
		return "redirected";
	return o->outcome == OUTCOME_ANNEX3 ? "annex3" : "answered";
}

static const char *state_word(
    const struct legal_order *o, const struct looking *l, const struct items *items)
{
	switch (o->state) {
	case ORDER_RECEIVED:
	case ORDER_IN_REVIEW:
	case ORDER_APPROVED:
	case ORDER_STATES:
		return "in_review";
	case ORDER_RETURNED:
		return "question";
	case ORDER_REJECTED:
	case ORDER_LAPSED:
		return "refused";
	case ORDER_ANNEX3:
		return "annex3";
	case ORDER_PRESERVED:
		return "preserved";
	case ORDER_WITHDRAWN:
		return "withdrawn";
	case ORDER_REDIRECTED:
		return "redirected";
	case ORDER_AMENDED:
		return "replaced";
	case ORDER_PRODUCED:
	case ORDER_DELIVERED:
		if (l->waiting)
			return "ready";
		return settled(items) && !l->sealed ? "answered" : "in_review";
	case ORDER_CLOSED:
		break;
	}
	return ended_word(o);
}

static void put_refusal(
    struct ctx *c, struct instance *in, const struct legal_order *o, struct json *to)
{
	const struct vocab_code *code = pack_code(in->law, o->code);

	json_set_text(c, to, "code", o->code);
	if (code != NULL) {
		json_set_text(c, to, "code_en", code->en);
		json_set_text(c, to, "code_de", code->de);
	}
	json_set_text(c, to, "cure_en", cure_text(o->code, false));
	json_set_text(c, to, "cure_de", cure_text(o->code, true));
}

static void put_head(struct ctx *c, struct instance *in, const struct legal_order *o,
    const char *state, struct json *to)
{
	const struct instrument *i = pack_instrument(in->law, o->instrument);

	json_set_text(c, to, "instrument", o->instrument);
	if (i != NULL) {
		json_set_text(c, to, "title_en", i->en);
		json_set_text(c, to, "title_de", i->de);
	}
	json_set_text(c, to, "state", str_of(state));
	if (str_is(str_of(state), "refused") || str_is(str_of(state), "annex3"))
		put_refusal(c, in, o, to);
}

int view_officer_order(struct ctx *c, struct instance *in, const struct legal_order *o,
    int64_t number, struct json **ret)
{
	struct looking l = {.in = in, .list = json_list(c)},
		       said = {.in = in, .list = json_list(c)};
	struct json *j = json_map(c), *time;
	struct items items;
	const char *state;
	bool told;
	int rc = matter_items(c, in, o->id, &items);

	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_PRODUCTION_OF_ORDER, DB_ARGS(db_int(o->id)),
		    add_production, &l);
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_MESSAGE_OF_ORDER, DB_ARGS(db_int(o->id)),
		    add_message, &said);
	if (rc == 0)
		rc = extension_list(c, in, o->id, true, &time);
	if (rc != 0)
		return rc;
	state = state_word(o, &l, &items);
	told = settled(&items) && !l.sealed &&
	       (str_is(str_of(state), "answered") || str_is(str_of(state), "ready") ||
		   str_is(str_of(state), "refused") || str_is(str_of(state), "annex3"));
	json_set_int(c, j, "order", number);
	put_head(c, in, o, state, j);
	json_set(c, j, "messages", said.list);
	json_set(c, j, "time", time);
	json_set(c, j, "productions", l.list);
	rc = put_items(c, in, o, &items, told, j);
	if (rc == 0)
		*ret = j;
	return rc;
}
