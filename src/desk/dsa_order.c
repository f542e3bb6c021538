#include "desk/dsa_order.h"

#include "kind/land.h"
#include "law/band.h"
#include "law/dsa.h"

static const char *const told_words[] = {"unknown", "entered", "receipt"};

int dsa_order_get(struct ctx *c, struct instance *in, int64_t order, struct instant past,
    struct dsa_order *ret, bool *ret_has)
{
	const struct db_val *row;
	int rc = db_find(
	    c, in->store.db, SQL_ORDER_DSA_LAST, DB_ARGS(db_int(order), db_int(past.s)), &row);

	*ret_has = rc == 0 && row != NULL;
	if (!*ret_has)
		return rc;
	*ret = (struct dsa_order){.category = row[0].s,
	    .keyword = row[1].s,
	    .own = row[2].s,
	    .told = DSA_ORDER_UNKNOWN,
	    .informed = db_get_instant(row[4]),
	    .automatic = row[5].num != 0};
	while (!str_is(row[3].s, told_words[ret->told]) && ret->told < DSA_ORDER_RECEIPT)
		ret->told++;
	return 0;
}

/* ---- entering ---- */

struct entering {
	struct instance *in;
	const struct person *actor;
	const struct dsa_order *d;
	int64_t order;
};

static int check_times(struct ctx *c, const struct dsa_order *d, struct instant received)
{
	if (d->automatic && d->told == DSA_ORDER_UNKNOWN)
		return err_set(c, ERR_INVALID, "automatic: nobody was told yet");
	if (d->told != DSA_ORDER_ENTERED)
		return 0;
	if (d->informed.s < received.s)
		return err_set(c, ERR_INVALID, "informed: before the order arrived, at %.*s",
		    STR_ARG(instant_str(c, received)));
	if (d->informed.s > ctx_now(c))
		return err_set(c, ERR_INVALID, "informed: a time to come");
	return 0;
}

/* What is banded, or stands in no figure, has no place in the template either. */
static int check_order(struct ctx *c, struct instance *in, const struct legal_order *order)
{
	const struct db_val *row;
	struct band_law *bands;
	int rc = db_one(c, in->store.db, SQL_ORDER_DSA_TIMES,
	    DB_ARGS(db_int(INT64_MAX), db_int(order->id)), &row);

	if (rc == 0)
		rc = band_builtin(c, &bands);
	if (rc != 0)
		return rc;
	if (row[3].num != 0 || str_is(order->class, "national_security") ||
	    str_is(order->basis, "sealed") || band_protected(bands, order->instrument))
		return err_set(c, ERR_DENIED, "an order of this kind never enters the template");
	if (!land_eu(row[2].s))
		return err_set(c, ERR_INVALID,
		    "country: %.*s is no Member State: its orders are not in the template",
		    STR_ARG(row[2].s));
	return 0;
}

static int enter(struct ctx *c, struct step *s, void *arg)
{
	struct entering *e = arg;
	const struct dsa_order *d = e->d;
	struct legal_order order;
	int rc = step_order(c, s, e->order);

	if (rc == 0)
		rc = matter_order_by_id(c, e->in, e->order, &order);
	if (rc == 0)
		rc = matter_enter(c, e->in, e->actor, RIGHT_ORDER_DSA, order.matter, false);
	if (rc == 0)
		rc = check_order(c, e->in, &order);
	if (rc == 0)
		rc = check_times(c, d, order.received);
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", order.seq);
	json_set_text(c, s->detail, "category", d->category);
	return step_insert(c, s, STEP_ORDER_DSA, SQL_ORDER_DSA_PUT,
	    DB_ARGS(db_int(e->order), db_text(d->category), db_text(d->keyword), db_text(d->own),
		db_text(str_of(told_words[d->told])), db_instant(d->informed), db_int(d->automatic),
		db_int(s->now.s), db_int(e->actor->id)),
	    NULL);
}

int dsa_order_enter(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct dsa_order *d)
{
	struct entering e = {in, actor, d, order->id};
	struct dsa_law *law;
	int rc = right_needs(c, actor, RIGHT_ORDER_DSA);

	if (rc == 0)
		rc = dsa_builtin(c, &law);
	if (rc == 0)
		rc = dsa_category_check(c, law, d->category, d->keyword, d->own);
	return rc == 0 ? step_run(c, &in->store, "order.dsa", actor->id, enter, &e, NULL) : rc;
}
