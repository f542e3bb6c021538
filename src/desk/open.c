/* demand_open: how a demand becomes orders, targets and items (declared in demand.h). */
#include "desk/demand.h"

#include "base/mem.h"
#include "desk/gate.h"
#include "desk/order.h"
#include "desk/standing.h"

struct opening {
	struct instance *in;
	const struct person *actor;
	struct demand demand;
	struct draft draft;
	struct matter matter;
	const struct demand_opening *how;
	int64_t first_seq;
	int64_t *orders; /* ids made */
};

static int open_matter(struct ctx *c, struct step *s, struct opening *o)
{
	struct id ref = id_make(c);
	int rc;

	if (o->how->amends != NULL) {
		struct legal_orders all;

		rc = step_matter(c, s, o->how->amends->matter);
		if (rc == 0)
			rc = matter_by_id(c, o->in, o->how->amends->matter, &o->matter);
		if (rc == 0)
			rc =
			    matter_enter(c, o->in, o->actor, RIGHT_DEMAND_OPEN, o->matter.id, true);
		/* what is sealed never joins a case that others read */
		if (rc == 0 && o->demand.compartment > o->matter.compartment)
			rc = err_set(c, ERR_DENIED,
			    "the demand belongs to a sealed compartment, the case does not");
		if (rc == 0)
			rc = matter_orders(c, o->in, o->matter.id, &all);
		if (rc == 0 && all.n > 0)
			o->first_seq = all.v[all.n - 1].seq;
		return rc;
	}
	rc = step_insert(c, s, STEP_MATTER, SQL_MATTER_PUT,
	    DB_ARGS(db_text(id_str(&ref)), db_int(o->demand.id), db_int(o->demand.compartment),
		db_int(s->now.s)),
	    &o->matter.id);
	o->matter.ref = str_make(c, id_str(&ref));
	return rc == 0 ? step_matter(c, s, o->matter.id) : rc;
}

static const char *basis_word(enum basis b)
{
	static const char *const words[] = {
	    "order", "permitted", "preservation", "sealed", "capability"};

	return words[b];
}

static int put_facts(
    struct ctx *c, struct step *s, struct opening *o, const struct draft_order *d, int64_t order)
{
	int rc = 0;

	for (size_t i = 0; i < d->n_facts && rc == 0; i++) {
		struct str ct =
		    vault_seal(c, o->in->store.vault, "order_fact.value", d->facts[i].value);

		rc = step_insert(c, s, STEP_ORDER_FACT, SQL_FACT_PUT,
		    DB_ARGS(db_int(order), db_text(d->facts[i].name), db_blob(ct),
			db_text(STR("paper"))),
		    NULL);
	}
	return rc;
}

static int put_target(
    struct ctx *c, struct step *s, struct opening *o, const struct draft_target *t, int64_t *ret)
{
	const struct vault *v = o->in->store.vault;
	struct hash key = vault_key(
	    v, "target.value", str_fmt(c, "%.*s:%.*s", STR_ARG(t->kind), STR_ARG(t->value)));

	return step_insert(c, s, STEP_TARGET, SQL_TARGET_PUT,
	    DB_ARGS(db_int(o->matter.id), db_text(t->kind), db_blob(hash_str(&key)),
		db_instant(t->at), db_int(t->specific), db_null(),
		db_blob(vault_seal(c, v, "target.value", t->value)),
		db_blob(vault_seal(c, v, "target.printed", t->printed))),
	    ret);
}

static const char *fold_word(enum fold f)
{
	return f == FOLD_CONTENT ? "content" : f == FOLD_KEY ? "key" : "noncontent";
}

/* One item for each field of the ask and each of its targets. */
static int put_ask(struct ctx *c, struct step *s, struct opening *o, int64_t order,
    const struct draft_ask *a, const int64_t *targets, size_t n_targets)
{
	struct str rest = a->fields, field;
	int rc = 0;

	while (rc == 0 && str_word(&rest, &field)) {
		const struct vocab_field *vf = pack_field(o->in->law, field);

		if (vf == NULL)
			return err_set(
			    c, ERR_INVALID, "a field asked for is not in the vocabulary any more");
		for (size_t i = 0; i < (a->n_targets == 0 ? n_targets : a->n_targets) && rc == 0;
		     i++)
			rc = step_insert(c, s, STEP_ITEM, SQL_ITEM_PUT,
			    DB_ARGS(db_int(order),
				db_int(targets[a->n_targets == 0 ? i : a->targets[i]]),
				db_text(field), db_text(a->service), db_day(a->from), db_day(a->to),
				db_text(str_of(fold_word(vf->fold)))),
			    NULL);
	}
	return rc;
}

static bool says_emergency(const struct draft_order *d, const struct instrument *i)
{
	for (size_t k = 0; k < d->n_facts; k++)
		if (str_is(d->facts[k].name, "order.emergency") && str_is(d->facts[k].value, "yes"))
			return true;
	return str_is(i->class, "emergency");
}

static int put_order(struct ctx *c, struct step *s, struct opening *o, size_t n)
{
	const struct draft_order *d = &o->draft.orders[n];
	const struct instrument *i = pack_instrument(o->in->law, d->instrument);
	int64_t *targets = mem_array(c, d->n_targets, sizeof *targets);
	bool first = n == 0;
	int rc;

	if (i == NULL)
		return err_set(c, ERR_INVALID, "no rule pack has the instrument any more");
	rc = step_insert(c, s, STEP_LEGAL_ORDER, SQL_ORDER_PUT,
	    DB_ARGS(db_int(o->matter.id), db_int(o->first_seq + (int64_t)n + 1),
		db_text(d->instrument), db_text(i->class), db_text(str_of(basis_word(i->basis))),
		db_int(o->draft.received.s), db_int(says_emergency(d, i)),
		o->how->amends != NULL ? db_int(o->demand.id) : db_null(),
		first && o->how->cures != NULL ? db_int(o->how->cures->id) : db_null(),
		first && o->how->amends != NULL ? db_int(o->how->amends->id) : db_null()),
	    &o->orders[n]);
	if (rc == 0)
		rc = put_facts(c, s, o, d, o->orders[n]);
	for (size_t k = 0; k < d->n_targets && rc == 0; k++)
		rc = put_target(c, s, o, &d->targets[k], &targets[k]);
	for (size_t k = 0; k < d->n_asks && rc == 0; k++)
		rc = put_ask(c, s, o, o->orders[n], &d->asks[k], targets, d->n_targets);
	return rc;
}

static int judge_new(struct ctx *c, struct step *s, struct opening *o, size_t n)
{
	struct gate g;
	int rc = gate_load(c, o->in, o->orders[n], &g);

	if (rc == 0)
		rc = gate_store(c, s, &g);
	return rc == 0 ? matter_move_order(c, s, &g.order, ORDER_IN_REVIEW, NULL) : rc;
}

/* A chain counts once, so it must be one: the same country, body and compartment. */
static int check_same_authority(
    struct ctx *c, const struct opening *o, const struct legal_order *old, const char *what)
{
	const struct db_val *demand;
	struct matter m;
	int rc = matter_by_id(c, o->in, old->matter, &m);

	if (rc == 0)
		rc = db_one(c, o->in->store.db, SQL_DEMAND_BY_ID,
		    DB_ARGS(db_int(old->demand != 0 ? old->demand : m.demand)), &demand);
	if (rc != 0)
		return rc;
	if (!str_eq(demand[6].s, o->demand.country) || !str_eq(demand[7].s, o->demand.body) ||
	    m.compartment != o->demand.compartment)
		return err_set(c, ERR_DENIED, "%s by the same authority", err_word(c, what));
	return 0;
}

static int end_amended(struct ctx *c, struct step *s, struct opening *o)
{
	struct order_change change = {0};
	struct legal_order old;
	struct items items;
	int rc = matter_order_by_id(c, o->in, o->how->amends->id, &old);

	if (rc == 0)
		rc = check_same_authority(c, o, &old, ERR_TEXT("an order is amended"));
	if (rc == 0)
		rc = matter_items(c, o->in, old.id, &items);
	if (rc == 0)
		rc = matter_end_items(c, s, &items, ITEM_WITHDRAWN);
	if (rc != 0)
		return rc;
	/* what was disclosed stays disclosed: the chain counts its highest disclosure */
	change.unsettle = old.outcome != OUTCOME_CONTENT && old.outcome != OUTCOME_NONCONTENT;
	return matter_move_order(c, s, &old, ORDER_AMENDED, &change);
}

/* ... and no second demand cures the same refusal. */
static int check_cured_once(struct ctx *c, const struct opening *o, const struct legal_order *old)
{
	const struct db_val *cured;
	int rc = check_same_authority(c, o, old, ERR_TEXT("a refused order is cured"));

	if (rc == 0)
		rc = db_one(c, o->in->store.db, SQL_ORDER_CURED, DB_ARGS(db_int(old->id)), &cured);
	if (rc == 0 && cured[0].num > 0)
		rc = err_set(c, ERR_CONFLICT, "another demand has cured this order already");
	return rc;
}

/* A refused order can be cured by the same authority; the chain is kept and counted (product.md 3).
 */
static int check_cured(struct ctx *c, const struct opening *o)
{
	struct legal_order old;
	int rc;

	if (o->how->cures == NULL)
		return 0;
	/* as it is now, not as somebody saw it */
	rc = matter_order_by_id(c, o->in, o->how->cures->id, &old);
	if (rc == 0)
		rc = matter_enter(c, o->in, o->actor, RIGHT_DEMAND_OPEN, old.matter, false);
	if (rc == 0 && old.state != ORDER_REJECTED && old.state != ORDER_LAPSED &&
	    old.state != ORDER_ANNEX3)
		rc = err_set(c, ERR_DENIED, "only a refused order is cured: this one is %s",
		    err_word(c, matter_order_word(old.state)));
	return rc == 0 ? check_cured_once(c, o, &old) : rc;
}

/* Taken back by its officer before anybody opened it: it is counted, and nothing more. */
static int end_withdrawn(struct ctx *c, struct step *s, const struct opening *o)
{
	const struct db_val *sub;
	int rc =
	    db_find(c, s->store->db, SQL_SUBMISSION_OF_DEMAND, DB_ARGS(db_int(o->demand.id)), &sub);

	for (size_t i = 0;
	     rc == 0 && sub != NULL && sub[6].kind != DB_NULL && i < o->draft.n_orders; i++)
		rc = order_end_withdrawn(c, s, o->in, o->orders[i]);
	return rc;
}

static int open_step(struct ctx *c, struct step *s, void *arg)
{
	struct opening *o = arg;
	int rc = standing_lock(c, o->in, o->demand.id);

	if (rc == 0)
		rc = check_cured(c, o);
	if (rc == 0)
		rc = open_matter(c, s, o);
	if (rc == 0)
		rc = standing_open(c, s, o->in, o->demand.id, o->matter.id);
	o->orders = mem_array(c, o->draft.n_orders, sizeof *o->orders);
	if (rc == 0 && o->how->amends != NULL)
		rc = end_amended(c, s, o);
	for (size_t i = 0; i < o->draft.n_orders && rc == 0; i++)
		rc = put_order(c, s, o, i);
	for (size_t i = 0; i < o->draft.n_orders && rc == 0; i++)
		rc = judge_new(c, s, o, i);
	if (rc == 0)
		rc = end_withdrawn(c, s, o);
	if (rc == 0)
		rc = step_update(c, s, STEP_DEMAND, SQL_DEMAND_SET_STATE, o->demand.id,
		    o->demand.rev,
		    DB_ARGS(db_text(STR("opened")), db_null(), db_int(o->demand.verified)));
	return rc;
}

int demand_open(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    const struct demand_opening *how, struct matter *ret)
{
	struct opening o = {.in = in, .actor = actor, .how = how};
	int rc = right_needs(c, actor, RIGHT_DEMAND_OPEN);

	if (rc == 0)
		rc = demand_get(c, in, actor, ref, &o.demand);
	if (rc != 0)
		return rc;
	if (!str_is(o.demand.state, "received"))
		return err_set(c, ERR_CONFLICT, "the demand has left triage: it is %s",
		    err_word(c, o.demand.state.p));
	if (o.demand.draft == NULL)
		return err_set(c, ERR_NOTFOUND, "the demand's text was erased");
	rc = draft_json_parse(c, "stored demand", json_str(c, o.demand.draft), &o.draft);
	if (rc == 0 && o.draft.n_orders == 0)
		rc = err_set(
		    c, ERR_INVALID, "the demand names no order: sort it out, or ask the authority");
	if (rc == 0)
		rc = step_run(c, &in->store,
		    how->amends != NULL  ? "order.amend"
		    : how->cures != NULL ? "demand.open_cure"
					 : "demand.open",
		    actor->id, open_step, &o, NULL);
	return rc == 0 ? matter_by_id(c, in, o.matter.id, ret) : rc;
}
