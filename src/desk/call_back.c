#include "desk/call_back.h"

#include "base/mem.h"
#include "desk/gate.h"
#include "desk/order.h"

struct recording {
	struct instance *in;
	const struct person *actor;
	int64_t order;
	const struct call_back *call;
};

static struct db_val sealed(struct ctx *c, struct instance *in, const struct call_back *call)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "when",
	    instant_str(
		c, instant_is_none(call->when) ? (struct instant){ctx_now(c)} : call->when));
	json_set_text(c, j, "source", call->source);
	json_set_text(c, j, "said", call->said);
	return db_blob(vault_seal(c, in->store.vault, "call_back.text", json_str(c, j)));
}

/* Decisions end only where the law is judged otherwise by it. */
static bool changes(const struct gate *g, struct str result)
{
	if (str_is(result, "denied"))
		return g->order.state == ORDER_APPROVED || g->order.state == ORDER_IN_REVIEW ||
		       g->order.state == ORDER_PRODUCED;
	return str_is(result, "confirmed") && g->n_called == 0 &&
	       g->order.state == ORDER_IN_REVIEW && str_is(g->order.class, "emergency");
}

static int record(struct ctx *c, struct step *s, void *arg)
{
	struct recording *r = arg;
	struct gate g;
	int rc = step_order(c, s, r->order);

	if (rc == 0)
		rc = gate_load(c, r->in, r->order, &g);
	if (rc == 0)
		rc = matter_enter(c, r->in, r->actor, RIGHT_ORDER_CALL_BACK, g.matter.id, true);
	if (rc == 0 && !instant_is_none(r->call->when) && r->call->when.s < g.order.received.s)
		rc = err_set(c, ERR_INVALID, "the call lies before the demand came");
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", g.order.seq);
	json_set_text(c, s->detail, "result", r->call->result);
	rc = step_insert(c, s, STEP_CALL_BACK, SQL_CALL_BACK_PUT,
	    DB_ARGS(db_int(r->order), db_text(r->call->result), db_int(r->actor->id),
		db_int(s->now.s), sealed(c, r->in, r->call)),
	    NULL);
	if (rc == 0 && changes(&g, r->call->result))
		rc = order_look_again(c, s, r->in, r->order);
	return rc;
}

int call_back_record(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct call_back *call)
{
	struct recording r = {in, actor, order->id, call};
	int rc = right_needs(c, actor, RIGHT_ORDER_CALL_BACK);

	if (rc == 0 && !str_has_word(STR("confirmed unreached denied"), call->result))
		rc = err_set(c, ERR_INVALID, "a call-back is confirmed, unreached or denied");
	if (rc == 0 && (str_trim(call->source).n == 0 || str_trim(call->said).n == 0))
		rc = err_set(c, ERR_INVALID,
		    "needed: where the number was found, independently of the demand, and who "
		    "answered what");
	if (rc == 0 && !instant_is_none(call->when) && call->when.s > ctx_now(c))
		rc = err_set(c, ERR_INVALID, "the call lies in the future");
	return rc == 0 ? step_run(c, &in->store, "order.call_back", actor->id, record, &r, NULL)
		       : rc;
}

struct listing {
	struct instance *in;
	bool texts;
	struct json *list;
};

static int add_texts(struct ctx *c, struct instance *in, struct db_val ct, struct json *to)
{
	static const char *const keys[] = {"when", "source", "said"};
	struct str text;
	struct json *j;
	int rc;

	if (ct.kind != DB_BLOB)
		return 0;
	rc = vault_unseal(c, in->store.vault, "call_back.text", ct.s, &text);
	if (rc == 0)
		rc = json_parse(c, "stored call-back", text, &j);
	for (size_t i = 0; rc == 0 && i < sizeof keys / sizeof keys[0]; i++)
		json_set_text(c, to, keys[i], json_text(j, keys[i]));
	return rc;
}

static int list_one(struct ctx *c, const struct db_val *row, void *arg)
{
	struct listing *l = arg;
	struct json *j = json_map(c);
	struct person who;
	int rc = person_get(c, l->in, row[3].num, &who);

	if (rc != 0)
		return rc;
	json_set_int(c, j, "number", (int64_t)l->list->n + 1);
	json_set_text(c, j, "result", str_make(c, row[2].s));
	json_set_text(c, j, "at", instant_str(c, (struct instant){row[4].num}));
	json_set_text(c, j, "by", who.handle);
	json_add(c, l->list, j);
	return l->texts ? add_texts(c, l->in, row[5], j) : 0;
}

int call_back_list(struct ctx *c, struct instance *in, int64_t order, bool texts, struct json **ret)
{
	struct listing l = {in, texts, json_list(c)};
	int rc =
	    db_each(c, in->store.db, SQL_CALL_BACK_OF_ORDER, DB_ARGS(db_int(order)), list_one, &l);

	if (rc == 0)
		*ret = l.list;
	return rc;
}
