#include "desk/redirect.h"

#include "desk/left.h"
#include "desk/order.h"

static const char contact_label[] = "redirect.contact";

enum { ADDRESS_LINES = 8 };

struct redirecting {
	struct instance *in;
	const struct person *actor;
	int64_t order;
	const struct redirect_contact *contact;
	bool despite;
	struct str reason;
};

/* ---- bars ---- */

static int count_bar(struct ctx *c, const struct db_val *row, void *arg)
{
	struct day until = db_get_day(row[6]), today = instant_day((struct instant){ctx_now(c)});

	if (row[7].kind == DB_NULL && !str_is(row[3].s, "public") &&
	    (day_is_none(until) || day_cmp(until, today) >= 0))
		*(bool *)arg = true;
	return 0;
}

int redirect_barred(struct ctx *c, struct instance *in, const struct gate *g, bool *ret)
{
	bool bars = str_is(fact_find(&g->input.order, STR("order.eu_controller_silent")), "yes");
	int rc = db_each(
	    c, in->store.db, SQL_SECRECY_OF_ORDER, DB_ARGS(db_int(g->order.id)), count_bar, &bars);

	for (size_t i = 0; i < g->now.n_bars; i++)
		bars = bars || (g->now.bars[i].unknown && !str_is(g->now.bars[i].bars, "public"));
	*ret = bars;
	return rc;
}

/* Who may go on in spite of it; *ret: there is one. */
static int check_bar(struct ctx *c, const struct redirecting *r, const struct gate *g, bool *ret)
{
	int rc = redirect_barred(c, r->in, g, ret);

	if (rc != 0 || !*ret)
		return rc;
	if (!r->despite || (r->actor->roles & ROLE_COUNSEL) == 0)
		return err_set(c, ERR_DENIED,
		    "a bar stands, or may stand, against telling the customer: counsel decides, "
		    "with --despite-bar");
	return 0;
}

/* ---- the step ---- */

static int put(struct ctx *c, struct step *s, const struct redirecting *r, bool barred)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "name", r->contact->name);
	json_set_text(c, j, "address", r->contact->address);
	return step_insert(c, s, STEP_REDIRECT, SQL_REDIRECT_PUT,
	    DB_ARGS(db_int(r->order), db_int(s->now.s), db_int(r->actor->id),
		db_day(instant_day(s->now)), db_int(barred),
		db_blob(left_words(c, r->in, contact_label, j))),
	    NULL);
}

static int redirect(struct ctx *c, struct step *s, void *arg)
{
	const struct redirecting *r = arg;
	struct gate g;
	bool barred = false;
	int rc = step_order(c, s, r->order);

	if (rc == 0)
		rc = gate_load(c, r->in, r->order, &g);
	if (rc == 0)
		rc = matter_enter(c, r->in, r->actor, RIGHT_ORDER_REDIRECT, g.matter.id, true);
	if (rc == 0)
		rc = check_bar(c, r, &g, &barred);
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", g.order.seq);
	if (barred)
		json_set_bool(c, s->detail, "despite_bar", true);
	rc = order_end_redirected(c, s, r->in, r->actor, r->order, r->reason);
	return rc == 0 ? put(c, s, r, barred) : rc;
}

static int check_contact(struct ctx *c, const struct redirect_contact *k)
{
	struct str rest = str_trim(k->address), line;
	int lines = 0;
	int rc = left_line_ok(c, k->name, ERR_TEXT("the customer's name"));

	if (rc == 0 && rest.n == 0)
		rc = left_line_ok(c, rest, ERR_TEXT("the customer's address"));
	while (rc == 0 && rest.n > 0) {
		(void)str_cut(rest, '\n', &line, &rest);
		rc = left_line_ok(c, str_trim(line), ERR_TEXT("the customer's address"));
		if (rc == 0 && ++lines > ADDRESS_LINES)
			rc = err_set(c, ERR_INVALID, "the customer's address has at most %d lines",
			    ADDRESS_LINES);
	}
	return rc;
}

int redirect_order(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct redirect_contact *contact, bool despite,
    struct str reason)
{
	struct redirecting r = {in, actor, order->id, contact, despite, reason};
	int rc = right_needs(c, actor, RIGHT_ORDER_REDIRECT);

	if (rc == 0 && str_trim(reason).n == 0)
		rc = err_set(c, ERR_INVALID, "a reason is needed");
	if (rc == 0)
		rc = check_contact(c, contact);
	return rc == 0 ? step_run(c, &in->store, "order.redirect", actor->id, redirect, &r, NULL)
		       : rc;
}

int redirect_of(struct ctx *c, struct instance *in, int64_t order, struct redirect_contact *ret,
    bool *ret_found)
{
	const struct db_val *row;
	struct json *j = NULL;
	int rc = db_find(c, in->store.db, SQL_REDIRECT_OF, DB_ARGS(db_int(order)), &row);

	*ret_found = rc == 0 && row != NULL;
	if (rc == 0 && row != NULL)
		rc = left_unwords(c, in, contact_label,
		    row[4].kind == DB_BLOB ? db_blob(str_make(c, row[4].s)) : row[4], &j);
	if (rc == 0 && row != NULL)
		*ret = (struct redirect_contact){json_text(j, "name"), json_text(j, "address")};
	return rc;
}
