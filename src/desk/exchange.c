#include "desk/exchange.h"

#include "desk/extension.h"
#include "desk/order.h"

int exchange_answer(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    int64_t order, struct str text)
{
	struct legal_order o;
	int rc = portal_order(c, in, who, ref, order, &o);

	return rc == 0 ? order_sent_answer(c, in, who, &o, text) : rc;
}

int exchange_correct(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    int64_t order, int64_t item, struct str kind, struct str printed)
{
	struct legal_order o;
	int rc = portal_order(c, in, who, ref, order, &o);

	return rc == 0 ? order_sent_correction(c, in, who, &o, item, kind, printed) : rc;
}

int exchange_withdraw_item(struct ctx *c, struct instance *in, const struct person *who,
    struct str ref, int64_t order, int64_t item)
{
	struct legal_order o;
	int rc = portal_order(c, in, who, ref, order, &o);

	return rc == 0 ? order_sent_item(c, in, who, &o, item) : rc;
}

int exchange_ask_time(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    int64_t order, struct day until, struct str reason)
{
	struct legal_order o;
	int rc = portal_order(c, in, who, ref, order, &o);

	return rc == 0 ? extension_sent_ask(c, in, who, &o, until, reason) : rc;
}

int exchange_answer_time(struct ctx *c, struct instance *in, const struct person *who,
    struct str ref, int64_t order, int64_t number, bool grant)
{
	struct legal_order o;
	int rc = portal_order(c, in, who, ref, order, &o);

	return rc == 0 ? extension_sent_answer(c, in, who, &o, number, grant) : rc;
}

/* ---- withdrawal ---- */

struct taking_back {
	struct instance *in;
	const struct person *who;
	struct str ref, because;
	struct demand demand;
	struct officer officer;
	struct legal_orders orders;
};

static int mark(struct ctx *c, struct step *s, void *arg)
{
	struct taking_back *t = arg;
	const struct db_val *sub;
	int rc = portal_seen(c, t->in, t->who, t->ref, &t->demand, &t->officer);

	if (rc == 0 && !str_is(t->demand.state, "received"))
		rc = err_set(c, ERR_CONFLICT, "the demand was opened meanwhile: withdraw it again");
	if (rc == 0)
		rc = db_one(c, t->in->store.db, SQL_SUBMISSION_OF_DEMAND,
		    DB_ARGS(db_int(t->demand.id)), &sub);
	if (rc == 0 && sub[6].kind != DB_NULL)
		rc = err_set(c, ERR_CONFLICT, "the demand is withdrawn already");
	return rc != 0 ? rc
		       : step_update(c, s, STEP_SUBMISSION, SQL_SUBMISSION_SET, sub[0].num,
			     sub[1].num, DB_ARGS(sub[5], db_int(s->now.s)));
}

static bool over(enum order_state s)
{
	return s == ORDER_WITHDRAWN || s == ORDER_AMENDED || s == ORDER_LAPSED ||
	       s == ORDER_REJECTED || s == ORDER_REDIRECTED || s == ORDER_CLOSED;
}

static int withdraw_all(struct ctx *c, void *arg)
{
	struct taking_back *t = arg;
	int rc = 0;
	size_t n = 0;

	for (size_t i = 0; i < t->orders.n && rc == 0; i++) {
		if (over(t->orders.v[i].state))
			continue;
		rc = order_sent_withdrawal(c, t->in, t->who, &t->orders.v[i], t->because);
		n++;
	}
	if (rc == 0 && n == 0)
		rc = err_set(c, ERR_CONFLICT, "there is nothing left to withdraw");
	return rc;
}

int exchange_withdraw(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    int64_t order, struct str because)
{
	struct taking_back t = {.in = in, .who = who, .ref = ref, .because = because};
	struct legal_order o;
	int rc;

	if (order != 0) {
		rc = portal_order(c, in, who, ref, order, &o);
		return rc == 0 ? order_sent_withdrawal(c, in, who, &o, because) : rc;
	}
	rc = portal_seen(c, in, who, ref, &t.demand, &t.officer);
	if (rc == 0 && str_is(t.demand.state, "received"))
		return step_run(c, &in->store, "demand.withdraw", who->id, mark, &t, NULL);
	if (rc == 0 && t.demand.merged_into != 0)
		rc = err_set(c, ERR_DENIED,
		    "this demand was joined with another one that you sent: withdraw that one");
	if (rc == 0)
		rc = portal_orders(c, in, &t.demand, &t.orders);
	return rc == 0 ? step_together(c, &in->store, withdraw_all, &t) : rc;
}
