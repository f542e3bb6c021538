/* claim_make: a claim from the facts of its case (declared in claim.h). */
#include "desk/claim_p.h"

#include "base/mem.h"
#include "desk/claim_bar.h"

struct making {
	struct instance *in;
	const struct person *actor;
	const struct claim_start *start;
	struct matter matter;
	struct legal_order order;
	struct gate gate;
	const struct fee_table *table, *under; /* under: the table of law; itself without prices */
	struct day end;
	int64_t claim, number; /* of the last line */
	struct id ref;
};

/* ---- whether ---- */

static int check_bars(struct ctx *c, struct making *m, const struct legal_orders *all)
{
	struct str kind;
	int rc = claim_bar_find(c, m->in, m->matter.id, &kind);

	for (size_t i = 0; rc == 0 && kind.n == 0 && i < all->n; i++) {
		struct gate g;

		rc = gate_load(c, m->in, all->v[i].id, &g);
		if (rc == 0)
			kind = claim_bar_says(&g);
		if (rc == 0 && all->v[i].id == m->order.id)
			m->gate = g;
	}
	if (rc == 0 && str_is(kind, "emergency"))
		rc = err_set(c, ERR_DENIED, "nothing is claimed in a case with an emergency");
	else if (rc == 0 && kind.n > 0)
		rc = err_set(c, ERR_DENIED, "nothing is claimed in a case about child abuse");
	return rc;
}

static int check_order(struct ctx *c, struct making *m)
{
	bool answered =
	    m->order.outcome == OUTCOME_CONTENT || m->order.outcome == OUTCOME_NONCONTENT;
	const struct db_val *row;
	int rc;

	if (!str_has_word(m->in->costs.charge, m->matter.country))
		return err_set(c, ERR_DENIED,
		    "the house charges nobody in this country (costs: charge in writ.yaml)");
	if (!answered)
		return err_set(c, ERR_DENIED, "only an order that was answered is claimed for");
	rc = db_find(c, m->in->store.db, SQL_CLAIM_LIVE, DB_ARGS(db_int(m->order.id)), &row);
	if (rc == 0 && row != NULL)
		rc = err_set(c, ERR_CONFLICT, "the order has a claim already");
	return rc;
}

/* Whoever makes the claim may not read the case: somebody who does has said it. */
static int check_said(struct ctx *c, const struct making *m)
{
	if (str_is(fact_find(&m->gate.input.order, STR("order.child_abuse")), "no"))
		return 0;
	return err_set(c, ERR_DENIED,
	    "nobody has said whether the case is about child abuse: enter the fact "
	    "order.child_abuse first");
}

static int find_end(struct ctx *c, struct making *m)
{
	const struct db_val *row;
	int rc =
	    db_one(c, m->in->store.db, SQL_CLAIM_MEASURE_END, DB_ARGS(db_int(m->order.id)), &row);

	if (rc != 0)
		return rc;
	m->end = m->start->end;
	if (day_is_none(m->end) && row[0].kind != DB_NULL)
		m->end = instant_day(db_get_instant(row[0]));
	if (day_is_none(m->end) && row[1].kind != DB_NULL)
		m->end = instant_day(db_get_instant(row[1]));
	if (day_is_none(m->end))
		return err_set(c, ERR_INVALID, "say on which day the measure ended");
	if (day_cmp(m->end, instant_day((struct instant){ctx_now(c)})) > 0)
		return err_set(c, ERR_INVALID, "the measure has not ended yet");
	if (day_cmp(m->end, instant_day(m->order.received)) < 0)
		return err_set(c, ERR_INVALID, "the measure ended before the order came");
	return 0;
}

/* ---- under which table ---- */

/* The class of the item's service, "" when the profile of that day has it not. */
static struct str class_of(const struct making *m, const struct item *item)
{
	const struct profile *p = instance_profile(m->in, instant_day(m->order.received));
	const struct service *s = p == NULL ? NULL : instance_service(p, item->service);

	return s == NULL ? STR("") : s->class;
}

/* A class of the order's items that the table is about, else any; *ret_mixed: others are asked
 * too. */
static struct str class_for(const struct making *m, const struct fee_table *t, bool *ret_mixed)
{
	struct str first = STR(""), found = STR("");

	*ret_mixed = false;
	for (size_t i = 0; i < m->gate.items.n; i++) {
		struct str class = class_of(m, &m->gate.items.v[i]);

		if (i == 0)
			first = class;
		*ret_mixed = *ret_mixed || !str_eq(class, first);
		if (found.n == 0 && str_has_word(t->services, class))
			found = class;
	}
	return found.n > 0 ? found : first;
}

/* Where the items are of several classes, a person has chosen the table: it takes its own. */
static bool of_table(const struct making *m, const struct item *item)
{
	struct str class = class_of(m, item);

	return item->state == ITEM_PRODUCED &&
	       (m->under->services.n == 0 || str_has_word(m->under->services, class)) &&
	       !fee_free(m->under, class, item->field);
}

/* A price list holds where its table of law does, from its own first day on. */
static enum fee_fit fits(const struct making *m, const struct fee_table *t)
{
	const struct fee_table *law = t->under.n > 0 ? fee_find(m->in->fees, t->under) : t;
	struct fee_case k = {.country = m->matter.country,
	    .instrument = m->order.instrument,
	    .purpose = law->purpose_fact.n == 0
			   ? STR("")
			   : fact_find(&m->gate.input.order, law->purpose_fact),
	    .called = instant_day(m->order.received)};
	enum fee_fit fit;
	bool mixed;

	k.class = class_for(m, law, &mixed);
	fit = fee_fits(law, &k);
	if (law != t && fit != FEE_NOT && fee_fits(t, &k) == FEE_NOT)
		return FEE_NOT;
	return fit == FEE_SURE && mixed && law->services.n > 0 ? FEE_MAYBE : fit;
}

static const struct fee_table *only_sure(const struct making *m)
{
	const struct fee_table *law = NULL, *own = NULL;

	for (size_t i = 0; i < m->in->fees->n; i++) {
		const struct fee_table *t = &m->in->fees->v[i], **to = t->under.n > 0 ? &own : &law;

		if (fits(m, t) != FEE_SURE)
			continue;
		if (*to != NULL)
			return NULL;
		*to = t;
	}
	return own != NULL ? own : law;
}

static int choose_table(struct ctx *c, struct making *m)
{
	struct str wanted = m->start->fees;

	m->table = wanted.n > 0 ? fee_find(m->in->fees, wanted) : only_sure(m);
	if (wanted.n > 0 && m->table == NULL)
		return err_set(c, ERR_NOTFOUND, "no table of fees has this id");
	if (m->table == NULL)
		return err_set(c, ERR_DENIED,
		    "no table of fees surely holds for this order: choose one, with a reason");
	if (fits(m, m->table) == FEE_NOT)
		return err_set(c, ERR_DENIED, "the table does not hold for this order");
	if (fits(m, m->table) == FEE_MAYBE && str_trim(m->start->reason).n == 0)
		return err_set(c, ERR_DENIED,
		    "it was not read at the source that the table holds: say why it does");
	m->under = m->table->under.n > 0 ? fee_find(m->in->fees, m->table->under) : m->table;
	if (m->start->central && m->under->central_percent == 0)
		return err_set(c, ERR_INVALID, "the table knows no central contact point");
	return 0;
}

/* ---- lines ---- */

static int64_t counted(struct making *m, const struct fee_propose *p, const struct item *item)
{
	/* several data of one contract are one record (Vorbem. 2): each target once a row */
	for (const struct item *b = m->gate.items.v; p->count == FEE_TARGETS && b < item; b++) {
		const struct target *t = matter_target(&m->gate.targets, b->target);

		if (b->target == item->target && of_table(m, b) &&
		    fee_proposal(m->table, b->field, t == NULL ? STR("") : t->kind) == p)
			return 0;
	}
	return 1;
}

static int put_line(
    struct ctx *c, struct step *s, struct making *m, const struct fee_propose *p, int64_t quantity)
{
	const struct fee_row *row = fee_row(m->table, p->nr);
	struct claim_line l = {.number = ++m->number,
	    .fee = p->nr,
	    .quantity = quantity,
	    .proposed = quantity,
	    .state = STR("proposed"),
	    .author = m->actor->id};
	struct fee_line ask = {.quantity = quantity, .central = m->start->central};
	int rc;

	if (m->number > CLAIM_LINES_MAX)
		return err_set(c, ERR_LIMIT, "a claim has at most %d lines", (int)CLAIM_LINES_MAX);
	rc = fee_compute(c, m->table, row, &ask, &l.sum);
	return rc == 0 ? claim_line_put(c, s, m->in, m->claim, &l) : rc;
}

static int propose_items(
    struct ctx *c, struct step *s, struct making *m, const struct fee_propose *p)
{
	int64_t n = 0;

	for (size_t i = 0; i < m->gate.items.n; i++) {
		const struct item *item = &m->gate.items.v[i];
		const struct target *t = matter_target(&m->gate.targets, item->target);

		if (of_table(m, item) &&
		    fee_proposal(m->table, item->field, t == NULL ? STR("") : t->kind) == p)
			n += counted(m, p, item);
	}
	return n == 0 ? 0 : put_line(c, s, m, p, n);
}

struct files {
	struct step *s;
	struct making *m;
	const struct fee_propose *p;
};

static int propose_files(struct ctx *c, const struct db_val *row, void *arg)
{
	struct files *f = arg;

	return put_line(c, f->s, f->m, f->p, row[1].num);
}

/* Nothing is proposed where all that was produced costs nothing (18 USC 2706(c)). */
static bool all_free(const struct making *m)
{
	for (size_t i = 0; i < m->gate.items.n; i++)
		if (of_table(m, &m->gate.items.v[i]))
			return false;
	return true;
}

static int propose(struct ctx *c, struct step *s, struct making *m)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < m->table->n_proposes; i++) {
		const struct fee_propose *p = &m->table->proposes[i];
		struct files f = {s, m, p};

		if (p->count == FEE_TARGETS || p->count == FEE_ITEMS)
			rc = propose_items(c, s, m, p);
		else if (all_free(m))
			continue;
		else if (p->count == FEE_FILES)
			rc = db_each(c, m->in->store.db, SQL_CLAIM_FILES,
			    DB_ARGS(db_int(m->order.id)), propose_files, &f);
		else
			rc = put_line(c, s, m, p, 0);
	}
	return rc;
}

/* ---- the step ---- */

static int load(struct ctx *c, struct step *s, struct making *m)
{
	struct legal_orders all;
	int rc = step_order(c, s, m->order.id);

	if (rc == 0)
		rc = matter_enter(c, m->in, m->actor, RIGHT_CLAIM_MAKE, m->matter.id, false);
	if (rc == 0)
		rc = matter_order_by_id(c, m->in, m->order.id, &m->order);
	if (rc == 0)
		rc = matter_orders(c, m->in, m->matter.id, &all);
	if (rc == 0)
		rc = check_bars(c, m, &all);
	if (rc == 0)
		rc = check_order(c, m);
	if (rc == 0)
		rc = check_said(c, m);
	if (rc == 0)
		rc = find_end(c, m);
	return rc == 0 ? choose_table(c, m) : rc;
}

static int make(struct ctx *c, struct step *s, void *arg)
{
	struct making *m = arg;
	int rc = load(c, s, m);

	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", m->order.seq);
	json_set_text(c, s->detail, "fees", m->table->id);
	rc = step_insert(c, s, STEP_CLAIM, SQL_CLAIM_PUT,
	    DB_ARGS(db_text(id_str(&m->ref)), db_int(m->order.id), db_int(m->matter.id),
		db_int(m->matter.compartment), db_text(m->matter.country), db_text(m->table->id),
		db_text(str_of(m->table->currency)), db_int(m->start->central), db_day(m->end),
		db_day(fee_claim_by(m->under, m->end)), db_day(fee_limit(m->under, m->end)),
		db_int(m->in->costs.never_above_cost), db_int(s->now.s), db_int(m->actor->id),
		claim_sealed(c, m->in, "claim.reason", str_trim(m->start->reason))),
	    &m->claim);
	return rc == 0 ? propose(c, s, m) : rc;
}

/* Finance does not read cases: the case is looked up by the right to claim. */
static int find_case(struct ctx *c, struct making *m, struct str ref, int64_t number)
{
	const struct db_val *row;
	struct right_place place = {0};
	struct id id;
	bool there;
	int rc = id_parse(c, ref, &id);

	if (rc == 0)
		rc = db_find(
		    c, m->in->store.db, SQL_MATTER_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc != 0)
		return rc;
	there = row != NULL && str_eq(row[2].s, id_str(&id));
	if (there)
		place = (struct right_place){(int)row[4].num, row[9].s};
	rc = right_case(c, m->actor, RIGHT_CLAIM_MAKE, there ? &place : NULL, ERR_TEXT("case"));
	if (rc == 0)
		rc = matter_by_id(c, m->in, row[0].num, &m->matter);
	return rc == 0 ? matter_order(c, m->in, &m->matter, number, &m->order) : rc;
}

int claim_make(struct ctx *c, struct instance *in, const struct person *actor, struct str case_ref,
    int64_t number, const struct claim_start *start, struct claim *ret)
{
	struct making m = {.in = in, .actor = actor, .start = start, .ref = id_make(c)};
	int rc = right_needs(c, actor, RIGHT_CLAIM_MAKE);

	if (rc == 0)
		rc = find_case(c, &m, case_ref, number);
	if (rc == 0)
		rc = step_run(c, &in->store, "claim.make", actor->id, make, &m, NULL);
	return rc == 0 ? claim_by_id(c, in, m.claim, ret) : rc;
}
