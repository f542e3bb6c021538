#include "out/view_after.h"

#include "desk/mailing.h"
#include "desk/medium.h"
#include "desk/misdelivery.h"
#include "desk/recall.h"
#include "desk/redirect.h"
#include "out/view_set.h"

struct looking {
	struct instance *in;
	const struct person *actor;
	struct json *list, *counts;
	bool words;
};

/* ---- one production ---- */

static int add_mail(struct ctx *c, const struct mailing *m, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);
	int rc;

	json_set_text(c, j, "state", m->state);
	json_set_bool(c, j, "official", m->official);
	view_set_instant(c, j, "at", m->at);
	view_set_instant(c, j, "taken", m->taken);
	json_set_int(c, j, "size", m->size);
	if (m->message.n > 0)
		json_set_text(c, j, "message", m->message);
	if (m->to.n > 0)
		json_set_text(c, j, "to", m->to);
	if (m->reason.n > 0)
		json_set_text(c, j, "reason", m->reason);
	rc = view_set_person(c, l->in, j, "by", m->author);
	if (rc == 0)
		rc = view_set_person(c, l->in, j, "second", m->second);
	json_add(c, l->list, j);
	return rc;
}

static int set_mails(struct ctx *c, struct looking *l, int64_t id, struct json *to)
{
	int rc;

	l->list = json_list(c);
	rc = mailing_of(c, l->in, id, l->words, add_mail, l);
	if (rc == 0 && l->list->n > 0)
		json_set(c, to, "mails", l->list);
	return rc;
}

static int set_medium(struct ctx *c, struct looking *l, int64_t id, struct json *to)
{
	static const char *const keys[] = {"serial", "bag", "carrier", "handed_to"};
	struct json *j = json_map(c);
	struct medium m;
	int rc = medium_last(c, l->in, id, l->words, &m);

	if (rc == ERR_NOTFOUND) {
		err_clear(c);
		return 0;
	}
	if (rc != 0)
		return rc;
	json_set_text(c, j, "kind", m.kind);
	json_set_text(c, j, "sha256", hash_hex(c, m.sealed));
	json_set_int(c, j, "size", m.size);
	view_set_instant(c, j, "at", m.at);
	view_set_day(c, j, "received", m.received);
	for (size_t i = 0; m.words != NULL && i < sizeof keys / sizeof keys[0]; i++)
		if (json_text(m.words, keys[i]).n > 0)
			json_set_text(c, j, keys[i], json_text(m.words, keys[i]));
	if (m.back != NULL)
		json_set_text(c, j, "received_by", json_text(m.back, "by"));
	json_set(c, to, "medium", j);
	return view_set_person(c, l->in, j, "by", m.author);
}

static int set_manifest(struct ctx *c, struct looking *l, int64_t id, struct json *to)
{
	struct json *j = json_map(c);
	const struct db_val *row;
	int rc = db_find(c, l->in->store.db, SQL_TRANSFER_LAST, DB_ARGS(db_int(id)), &row);

	if (rc != 0 || row == NULL)
		return rc;
	view_set_instant(c, j, "at", db_get_instant(row[1]));
	json_set_text(c, j, "means", str_make(c, row[2].s));
	view_set_instant(c, j, "until", db_get_instant(row[3]));
	json_set(c, to, "manifest", j);
	return 0;
}

static int add_misdelivery(struct ctx *c, const struct misdelivery *m, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);
	int rc;

	json_set_text(c, j, "state", m->state);
	view_set_day(c, j, "found", m->found);
	view_set_instant(c, j, "settled", m->settled);
	if (m->words != NULL) {
		json_set_text(c, j, "to_whom", json_text(m->words, "to_whom"));
		json_set_text(c, j, "how", json_text(m->words, "how"));
	}
	if (m->said.n > 0)
		json_set_text(c, j, "said", m->said);
	rc = view_set_person(c, l->in, j, "by", m->author);
	json_add(c, l->list, j);
	return rc;
}

static int set_misdeliveries(struct ctx *c, struct looking *l, int64_t id, struct json *to)
{
	int rc;

	l->list = json_list(c);
	rc = misdelivery_of(c, l->in, id, l->words, add_misdelivery, l);
	if (rc == 0 && l->list->n > 0)
		json_set(c, to, "misdeliveries", l->list);
	return rc;
}

static int set_recall(
    struct ctx *c, struct looking *l, const struct gate *g, int64_t id, struct json *to)
{
	struct json *j = json_map(c);
	struct recall r;
	struct str due = STR("");
	bool found;
	int rc = recall_of(c, l->in, id, l->words, &r, &found);

	if (rc == 0 && !found)
		rc = recall_due_of(c, l->in, g, id, &due);
	if (rc != 0)
		return rc;
	if (due.n > 0)
		json_set_text(c, to, "recall_due", due);
	if (!found)
		return 0;
	json_set_text(c, j, "cause", r.cause);
	view_set_instant(c, j, "at", r.at);
	if (r.answer.n > 0)
		json_set_text(c, j, "answer", r.answer);
	view_set_day(c, j, "answered", r.answered);
	if (r.reason.n > 0)
		json_set_text(c, j, "reason", r.reason);
	if (r.said.n > 0)
		json_set_text(c, j, "said", r.said);
	json_set(c, to, "recall", j);
	return view_set_person(c, l->in, j, "by", r.author);
}

int view_after_production(struct ctx *c, struct instance *in, const struct person *actor,
    const struct gate *g, struct json *j)
{
	struct looking l = {
	    .in = in, .actor = actor, .words = right_has(actor, RIGHT_DEMAND_DETAIL)};
	const struct db_val *row;
	int64_t id;
	int rc = db_one(c, in->store.db, SQL_PRODUCTION_BY_REF,
	    DB_ARGS(db_text(json_text(j, "production"))), &row);

	if (rc != 0)
		return rc;
	id = row[0].num;
	rc = set_mails(c, &l, id, j);
	if (rc == 0)
		rc = set_medium(c, &l, id, j);
	if (rc == 0)
		rc = set_manifest(c, &l, id, j);
	if (rc == 0)
		rc = set_misdeliveries(c, &l, id, j);
	return rc == 0 ? set_recall(c, &l, g, id, j) : rc;
}

int view_after_redirect(
    struct ctx *c, struct instance *in, const struct person *actor, int64_t order, struct json *j)
{
	struct json *to = json_map(c);
	struct redirect_contact k;
	bool found;
	int rc = redirect_of(c, in, order, &k, &found);

	if (rc != 0 || !found || !right_has(actor, RIGHT_DEMAND_DETAIL) || k.name.n == 0)
		return rc;
	json_set_text(c, to, "name", k.name);
	json_set_text(c, to, "address", k.address);
	json_set(c, j, "redirected_to", to);
	return 0;
}

/* ---- all that is open ---- */

static int count(struct ctx *c, struct looking *l, struct str what)
{
	const char *key = str_z(c, what);
	const struct json *n = json_find(l->counts, key);

	json_set_int(c, l->counts, key, (n == NULL ? 0 : n->num) + 1);
	return 0;
}

static int add_open(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);
	struct right_place place;
	struct matter m;
	int64_t matter = row[6].num;
	int rc;

	json_set_text(c, j, "what", str_make(c, row[0].s));
	json_set_text(c, j, "state", str_make(c, row[4].s));
	json_set_text(c, j, "production", str_make(c, row[1].s));
	json_set_text(c, j, "case", str_make(c, row[2].s));
	json_set_int(c, j, "order", row[3].num);
	view_set_instant(c, j, "at", (struct instant){row[5].num});
	rc = matter_by_id(c, l->in, matter, &m);
	if (rc != 0)
		return rc;
	place = matter_place(&m);
	if (!right_knows(l->actor, &place))
		return 0;
	json_add(c, l->list, j);
	return count(c, l, json_text(j, "what"));
}

/* What is to be recalled, by the packs and the answers of this moment. */
static int add_due(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);
	struct right_place place;
	struct gate g;
	struct str due, ref = str_make(c, row[2].s);
	int64_t production = row[0].num;
	int rc = gate_load(c, l->in, row[1].num, &g);

	if (rc == 0)
		rc = recall_due_of(c, l->in, &g, production, &due);
	if (rc != 0 || due.n == 0)
		return rc;
	place = matter_place(&g.matter);
	if (!right_knows(l->actor, &place))
		return 0;
	json_set_text(c, j, "what", STR("recall_due"));
	json_set_text(c, j, "state", due);
	json_set_text(c, j, "production", ref);
	json_set_text(c, j, "case", g.matter.ref);
	json_set_int(c, j, "order", g.order.seq);
	json_add(c, l->list, j);
	return count(c, l, STR("recall_due"));
}

int view_after_open(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret)
{
	struct looking l = {.in = in, .actor = actor, .list = json_list(c), .counts = json_map(c)};
	struct json *j = json_map(c);
	int rc = right_needs(c, actor, RIGHT_MATTER_READ);

	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_AFTER_OPEN, DB_NO_ARGS, add_open, &l);
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_RECALL_CANDIDATES, DB_ARGS(db_int(ctx_now(c))),
		    add_due, &l);
	if (rc != 0)
		return rc;
	json_set(c, j, "open", l.list);
	json_set(c, j, "counts", l.counts);
	*ret = j;
	return 0;
}
