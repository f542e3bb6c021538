#include "desk/hook.h"
#include "desk/produce_p.h"
#include "desk/stamp_due.h"
#include "desk/transfer.h"

/* ---- handing over ---- */

struct handing {
	struct instance *in;
	struct str ref;
	int64_t production, rev, order;
	const struct produce_way *way; /* NULL: it was acknowledged */
	const struct person *actor;
};

struct leaving {
	struct instance *in;
	const struct gate *g;
};

/* A file of the production: its item as the law and the people see it now. The decision may have
 * ended since, by an examination that passed; who stood behind it still counts. */
static int check_leaving(struct ctx *c, const struct db_val *row, void *arg)
{
	struct leaving *l = arg;
	int64_t counsel = 0;
	int rc = 0;

	for (size_t i = 0; i < l->g->items.n && rc == 0; i++) {
		const struct item *item = &l->g->items.v[i];

		if (item->id != row[0].num)
			continue;
		rc = gate_check_item(c, l->g, item, &counsel);
		if (rc == 0 && gate_second_due(l->g, l->in, item) && row[1].kind == DB_NULL)
			rc = err_set(c, ERR_DENIED,
			    "item %d left without the second person that is due now", item->number);
		if (rc == 0)
			rc = gate_check_call(c, l->g, row[1].num);
	}
	return rc;
}

/* Sealed is not gone: what stops a production stops what still lies here. */
int produce_leaving(struct ctx *c, struct instance *in, const struct gate *g, int64_t production)
{
	struct leaving l = {in, g};
	int rc = produce_check_order(c, g);

	if (rc == 0)
		rc = gate_check_order(c, g);
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_PRODUCTION_ITEMS, DB_ARGS(db_int(production)),
		    check_leaving, &l);
	return rc == 0 ? produce_not_before(c, g, (struct instant){0}, ERR_TEXT("delivery")) : rc;
}

/* Somebody may have handed it over while this waited for the case. */
static int still_there(struct ctx *c, const struct handing *h)
{
	const struct db_val *row;
	int rc = db_one(c, h->in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(h->ref)), &row);

	if (rc == 0 && row[1].num != h->rev)
		return err_set(
		    c, ERR_CONFLICT, "the production is %s", err_word(c, str_z(c, row[10].s)));
	return rc;
}

static int hand_over(struct ctx *c, struct step *s, void *arg)
{
	struct handing *h = arg;
	struct gate g;
	int rc = step_order(c, s, h->order);

	if (rc == 0)
		rc = still_there(c, h);
	if (rc == 0)
		rc = gate_load(c, h->in, h->order, &g);
	if (rc != 0)
		return rc;
	if (h->way != NULL) {
		rc = produce_leaving(c, h->in, &g, h->production);
		if (rc == 0)
			rc = stamp_leaving(c, h->in, h->production);
		if (rc != 0)
			return rc;
		rc = step_insert(c, s, STEP_DELIVERY, SQL_DELIVERY_PUT,
		    DB_ARGS(db_int(h->production), db_text(h->way->channel), db_int(s->now.s),
			db_null()),
		    NULL);
		if (rc == 0)
			rc = transfer_note(c, s, h->in, &g, h->production, h->actor, h->way);
		if (rc == 0)
			rc = hook_event(
			    c, s->store->db, "production.delivered", s->matter, 0, s->now);
	}
	if (rc == 0)
		rc = step_update(c, s, STEP_PRODUCTION, SQL_PRODUCTION_SET, h->production, h->rev,
		    DB_ARGS(db_text(h->way == NULL ? STR("acknowledged") : STR("delivered"))));
	/* that it arrived is no move of the order: it may be under review again by then */
	if (rc != 0 || h->way == NULL || g.order.state == ORDER_DELIVERED)
		return rc;
	return matter_move_order(c, s, &g.order, ORDER_DELIVERED, NULL);
}

int produce_recorded(
    struct ctx *c, struct instance *in, struct str ref, struct hash sealed, bool *ret)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(ref)), &row);

	*ret = rc == 0 && row != NULL && str_eq(row[8].s, hash_str(&sealed));
	if (rc == 0 && row != NULL && !*ret)
		rc = reseal_sealed(c, in, row[0].num, sealed, ret);
	return rc;
}

int produce_place(struct ctx *c, struct instance *in, int64_t order, struct right_place *ret)
{
	struct legal_order o;
	struct matter m;
	int rc = matter_order_by_id(c, in, order, &o);

	if (rc == 0)
		rc = matter_by_id(c, in, o.matter, &m);
	if (rc == 0)
		*ret = matter_place(&m);
	return rc;
}

static int run_handing(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, const struct produce_way *way, bool sent)
{
	struct handing h = {.in = in, .way = way, .actor = actor};
	enum right right = way == NULL ? RIGHT_PRODUCTION_ACKNOWLEDGE : RIGHT_PRODUCTION_DELIVER;
	struct right_place place;
	const struct db_val *row;
	struct id id;
	int rc = sent ? 0 : right_needs(c, actor, right);

	if (rc == 0)
		rc = id_parse(c, ref, &id);
	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && row != NULL)
		rc = produce_place(c, in, row[3].num, &place);
	if (rc == 0 && !sent)
		rc = right_case(
		    c, actor, right, row == NULL ? NULL : &place, ERR_TEXT("production"));
	if (rc != 0)
		return rc;
	if (!str_is(row[10].s, way == NULL ? "delivered" : "sealed"))
		return err_set(
		    c, ERR_CONFLICT, "the production is %s", err_word(c, str_z(c, row[10].s)));
	h.ref = id_str(&id);
	h.production = row[0].num;
	h.rev = row[1].num;
	h.order = row[3].num;
	return step_run(c, &in->store,
	    way == NULL ? "production.acknowledge" : "production.deliver", actor->id, hand_over, &h,
	    NULL);
}

const char produce_channels[] = "portal encrypted_mail letter medium in_person decentralised";

int produce_hand_over(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, const struct produce_way *way)
{
	if (!str_has_word(str_of(produce_channels), way->channel))
		return err_set(c, ERR_INVALID,
		    "channel is portal, encrypted_mail, letter, medium, in_person or "
		    "decentralised");
	return run_handing(c, in, actor, ref, way, false);
}

int produce_mailed(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    const struct produce_way *way)
{
	return run_handing(c, in, actor, ref, way, true);
}

int produce_deliver(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str channel)
{
	return produce_hand_over(
	    c, in, actor, ref, &(struct produce_way){.channel = channel, .until = INSTANT_NONE});
}

int produce_acknowledge(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref)
{
	return run_handing(c, in, actor, ref, NULL, false);
}

int produce_sent_acknowledge(
    struct ctx *c, struct instance *in, const struct person *officer, struct str ref)
{
	return run_handing(c, in, officer, ref, NULL, true);
}

int produce_of(struct ctx *c, struct instance *in, const struct matter *m, struct str ref)
{
	const struct db_val *row = NULL;
	struct legal_order o;
	struct id id;
	int rc = id_parse(c, ref, &id);

	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && row != NULL)
		rc = matter_order_by_id(c, in, row[3].num, &o);
	if (rc == 0 && (row == NULL || o.matter != m->id))
		rc = err_set(c, ERR_NOTFOUND, "the case has no such production");
	return rc;
}
