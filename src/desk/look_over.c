#include "desk/look_over.h"

#include "base/mem.h"

struct looking {
	struct instance *in;
	const struct person *actor;
	int64_t order, number;
	struct hash sha256;
};

static int item_of(struct ctx *c, const struct items *items, int64_t n, const struct item **ret)
{
	if (n < 1 || (size_t)n > items->n)
		return err_set(c, ERR_NOTFOUND, "the order has no item %lld", (long long)n);
	*ret = &items->v[n - 1];
	if ((*ret)->decision == 0 ||
	    ((*ret)->state != ITEM_PRODUCE && (*ret)->state != ITEM_NARROW &&
		(*ret)->state != ITEM_PRODUCED))
		return err_set(c, ERR_DENIED, "item %d is not approved: it is %s", (*ret)->number,
		    err_word(c, matter_item_word((*ret)->state)));
	return 0;
}

static int record(struct ctx *c, struct step *s, void *arg)
{
	const struct looking *l = arg;
	const struct item *item = NULL;
	struct legal_order order;
	struct items items;
	int rc = step_order(c, s, l->order);

	if (rc == 0)
		rc = matter_order_by_id(c, l->in, l->order, &order);
	if (rc == 0)
		rc = matter_enter(c, l->in, l->actor, RIGHT_LOOK_OVER, order.matter, true);
	if (rc == 0)
		rc = matter_items(c, l->in, l->order, &items);
	if (rc == 0)
		rc = item_of(c, &items, l->number, &item);
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", order.seq);
	json_set_int(c, s->detail, "item", l->number);
	return step_insert(c, s, STEP_LOOK_OVER, SQL_LOOK_OVER_PUT,
	    DB_ARGS(db_int(l->order), db_int(item->id), db_int(item->decision),
		db_blob(hash_str(&l->sha256)), db_int(l->actor->id), db_int(s->now.s)),
	    NULL);
}

int look_over_record(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t item, struct hash sha256)
{
	struct looking l = {in, actor, order->id, item, sha256};
	int rc = right_needs(c, actor, RIGHT_LOOK_OVER);

	return rc == 0 ? step_run(c, &in->store, "look_over", actor->id, record, &l, NULL) : rc;
}

struct finding {
	int64_t maker, decision, found;
	struct hash sha256;
};

static int look(struct ctx *c, const struct db_val *row, void *arg)
{
	struct finding *f = arg;

	(void)c;
	if (row[1].num == f->decision && row[3].num != f->maker &&
	    str_eq(row[2].s, hash_str(&f->sha256)))
		f->found = row[0].num;
	return 0;
}

int look_over_find(struct ctx *c, struct instance *in, int64_t maker, int64_t item,
    int64_t decision, struct hash sha256, int64_t *ret)
{
	struct finding f = {.maker = maker, .decision = decision, .sha256 = sha256};
	int rc = db_each(c, in->store.db, SQL_LOOK_OVER_OF_ITEM, DB_ARGS(db_int(item)), look, &f);

	*ret = f.found;
	return rc;
}
