#include "desk/portal.h"

#include "base/mem.h"
#include "desk/advice.h"
#include "desk/agency.h"
#include "desk/intake.h"
#include "in/seal_key.h"
#include "desk/tries.h"

static const struct tries per_officer = {"submit", 60, 3600};
static const struct tries per_place = {"form", 5, 3600};
static const struct tries per_house = {"form.all", 200, 3600};

/* ---- what is taken from a sender ---- */

static struct draft_order *copy_orders(struct ctx *c, const struct draft *d)
{
	struct draft_order *orders = mem_array(c, d->n_orders, sizeof *orders);

	for (size_t i = 0; i < d->n_orders; i++) {
		const struct draft_order *o = &d->orders[i];
		struct draft_fact *facts = mem_array(c, o->n_facts, sizeof *facts);
		size_t n = 0;

		for (size_t k = 0; k < o->n_facts; k++)
			if (!advice_ours(o->facts[k].name))
				facts[n++] = o->facts[k];
		orders[i] = *o;
		orders[i].facts = facts;
		orders[i].n_facts = n;
		orders[i].cures = (struct str){"", 0};
	}
	return orders;
}

static struct draft taken(struct ctx *c, const struct draft *d, const char *channel)
{
	struct draft t = *d;

	t.received = (struct instant){ctx_now(c)};
	t.channel = str_of(channel);
	t.verified = false;
	t.orders = copy_orders(c, d);
	return t;
}

static int check_language(struct ctx *c, const struct draft *d)
{
	if (draft_language_fault(d->language) != NULL || d->language.n == 0)
		return err_set(c, ERR_INVALID, "field language: two letters of ISO 639-1");
	return 0;
}

/* That an instrument belongs to a sealed compartment is not told outside. */
static int check_draft(
    struct ctx *c, struct instance *in, const struct person *who, const struct draft *d)
{
	int rc = check_language(c, d);

	if (rc == 0)
		rc = demand_check(c, in, who, d);
	if (rc != ERR_DENIED)
		return rc;
	err_clear(c);
	return err_set(c, ERR_DENIED,
	    "this instrument is not taken here: hand it over to the provider's counsel");
}

/* ---- submitting ---- */

struct submitting {
	struct instance *in;
	struct officer officer;
	const struct portal_demand *d;
	struct draft draft;
	struct str ref;
	const char *kind; /* of the step */
	int64_t actor;
	struct demand_receipt receipt;
};

static int submit(struct ctx *c, struct step *s, void *arg)
{
	struct submitting *b = arg;
	const struct db_val *row;
	int rc = demand_put(c, s, b->in, &b->draft, b->d->papers, b->d->n_papers, &b->ref);

	if (rc != 0 || b->officer.id == 0)
		return rc;
	rc = db_one(c, b->in->store.db, SQL_DEMAND_BY_REF, DB_ARGS(db_text(b->ref)), &row);
	return rc == 0 ? step_insert(c, s, STEP_SUBMISSION, SQL_SUBMISSION_PUT,
			     DB_ARGS(db_int(row[0].num), db_int(b->officer.id),
				 db_int(b->officer.agency), db_int(b->d->shared), db_int(s->now.s)),
			     NULL)
		       : rc;
}

static int submit_all(struct ctx *c, void *arg)
{
	struct submitting *b = arg;
	struct step done;
	int rc = step_run(c, &b->in->store, b->kind, b->actor, submit, b, &done);

	if (rc != 0)
		return rc;
	b->receipt = (struct demand_receipt){
	    .ref = b->ref, .entry = done.entry, .leaf = done.leaf, .duplicates = json_list(c)};
	rc = intake_owe(c, b->in, &b->receipt);
	return rc == 0 && b->d->with != NULL ? b->d->with(c, &b->receipt, b->d->with_arg) : rc;
}

static int run(struct ctx *c, struct submitting *b, const char *kind, int64_t actor,
    struct demand_receipt *ret)
{
	int rc;

	b->kind = kind;
	b->actor = actor;
	rc = step_together(c, &b->in->store, submit_all, b);
	if (rc == 0)
		rc = intake_owed(c, b->in, b->receipt.ref);
	if (rc == 0)
		*ret = b->receipt;
	return rc;
}

/* The authority is the one that the officer was vetted for, whatever is typed. */
static int set_authority(struct ctx *c, struct submitting *b)
{
	struct seal_key key;
	struct agency a;
	int rc = agency_by_id(c, b->in, b->officer.agency, &a);

	if (rc != 0)
		return rc;
	b->draft.country = a.country;
	b->draft.body = a.body;
	b->draft.level = a.level;
	b->draft.authority = a.name;
	b->draft.officer = b->officer.name;
	b->draft.officer_mail = b->officer.address;
	/* productions go to the officer's own key of their day; one that has expired since stops
	 * nothing */
	if (b->officer.recipient.n > 0 &&
	    seal_key_read(c, b->officer.recipient, (struct instant){ctx_now(c)}, &key) == 0)
		b->draft.officer_key = b->officer.recipient;
	err_clear(c);
	b->draft.verified = true;
	return 0;
}

int portal_refused(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    struct demand *ret_demand, struct legal_orders *ret_orders, struct officer *ret_officer)
{
	int rc = portal_seen(c, in, who, ref, ret_demand, ret_officer);

	if (rc == 0)
		rc = portal_orders(c, in, ret_demand, ret_orders);
	if (rc == 0 && (ret_orders->n == 0 || ret_orders->v[0].state != ORDER_REJECTED))
		rc = err_set(c, ERR_INVALID, "only a refused demand is cured");
	return rc;
}

static int set_cures(struct ctx *c, struct submitting *b, const struct person *who)
{
	struct legal_orders orders;
	struct officer o;
	struct matter m;
	struct demand old;
	int rc;

	if (b->d->cures.n == 0 || b->draft.n_orders == 0)
		return 0;
	rc = portal_refused(c, b->in, who, b->d->cures, &old, &orders, &o);
	if (rc == 0)
		rc = matter_by_id(c, b->in, orders.v[0].matter, &m);
	if (rc == 0)
		b->draft.orders[0].cures = m.ref;
	return rc;
}

int portal_submit(struct ctx *c, struct instance *in, const struct person *who,
    const struct portal_demand *d, struct demand_receipt *ret)
{
	struct submitting b = {.in = in, .d = d, .draft = taken(c, d->draft, "portal")};
	int rc = officer_acts(c, in, who, &b.officer);

	if (rc == 0)
		rc = tries_check(c, in, &per_officer, b.officer.ref);
	if (rc == 0)
		rc = set_authority(c, &b);
	if (rc == 0)
		rc = set_cures(c, &b, who);
	if (rc == 0)
		rc = check_draft(c, in, who, &b.draft);
	return rc == 0 ? run(c, &b, "demand.submit", who->id, ret) : rc;
}

int portal_form(struct ctx *c, struct instance *in, struct str place, const struct portal_demand *d,
    struct demand_receipt *ret)
{
	struct submitting b = {.in = in, .d = d, .draft = taken(c, d->draft, "form")};
	struct person nobody = {.handle = STR("form")};
	int rc = tries_place(c, in, &per_place, place);

	if (rc == 0)
		rc = tries_check(c, in, &per_house, STR("all"));
	if (rc == 0)
		rc = check_draft(c, in, &nobody, &b.draft);
	return rc == 0 ? run(c, &b, "demand.form", 0, ret) : rc;
}

/* ---- what an officer may see ---- */

static int unknown(struct ctx *c)
{
	return err_set(c, ERR_NOTFOUND, "no demand has this reference");
}

static int invited(struct ctx *c, struct instance *in, int64_t demand, int64_t officer, bool *ret)
{
	const struct db_val *row;
	int rc = db_find(
	    c, in->store.db, SQL_COLLEAGUE_FIND, DB_ARGS(db_int(demand), db_int(officer)), &row);

	*ret = rc == 0 && row != NULL && row[3].kind == DB_NULL;
	/* or the house named them, to take over what was produced */
	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_TAKER_OF_DEMAND,
		    DB_ARGS(db_int(officer), db_int(demand)), &row);
	*ret = *ret || (rc == 0 && row != NULL);
	return rc;
}

/* By the same statements whether there is such a demand or not. */
int portal_seen(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    struct demand *ret_demand, struct officer *ret_officer)
{
	const struct db_val *row, *sub;
	bool guest = false, seen;
	struct id id;
	int rc = officer_acts(c, in, who, ret_officer);

	if (rc != 0)
		return rc;
	if (id_parse(c, ref, &id) != 0) {
		err_clear(c);
		return unknown(c);
	}
	rc = db_find(c, in->store.db, SQL_DEMAND_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_SUBMISSION_OF_DEMAND,
		    DB_ARGS(db_int(row == NULL ? 0 : row[0].num)), &sub);
	if (rc == 0)
		rc = invited(c, in, row == NULL ? 0 : row[0].num, ret_officer->id, &guest);
	if (rc != 0)
		return rc;
	seen = row != NULL && sub != NULL && sub[4].num == ret_officer->agency &&
	       (sub[3].num == ret_officer->id || sub[5].num != 0 || guest);
	if (!seen)
		return unknown(c);
	*ret_demand = (struct demand){.id = row[0].num,
	    .rev = row[1].num,
	    .ref = str_make(c, row[2].s),
	    .received = {row[3].num},
	    .channel = str_make(c, row[4].s),
	    .state = str_make(c, row[10].s),
	    .merged_into = row[11].num,
	    .entry = row[14].num};
	return 0;
}

struct gathering {
	struct instance *in;
	struct legal_orders *to;
};

static int gather(struct ctx *c, const struct db_val *row, void *arg)
{
	struct gathering *g = arg;
	struct legal_orders *to = g->to;

	to->v = mem_grow(c, to->v, to->n, &to->cap, sizeof *to->v);
	return matter_order_by_id(c, g->in, row[0].num, &to->v[to->n++]);
}

/* The demand that it was merged with came by another way, or from the same agency. */
static int same_agency(struct ctx *c, struct instance *in, const struct demand *d, bool *ret)
{
	const struct db_val *own, *other;
	int rc = db_one(c, in->store.db, SQL_SUBMISSION_OF_DEMAND, DB_ARGS(db_int(d->id)), &own);

	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_SUBMISSION_OF_DEMAND,
		    DB_ARGS(db_int(d->merged_into)), &other);
	*ret = rc == 0 && (other == NULL || other[4].num == own[4].num);
	return rc;
}

int portal_orders(
    struct ctx *c, struct instance *in, const struct demand *d, struct legal_orders *ret)
{
	struct legal_orders all = {0};
	struct gathering g = {in, &all};
	bool follow = false;
	int rc = d->merged_into == 0 ? 0 : same_agency(c, in, d, &follow);

	if (rc == 0 && (d->merged_into == 0 || follow))
		rc = db_each(c, in->store.db, SQL_ORDERS_OF_DEMAND,
		    DB_ARGS(db_int(follow ? d->merged_into : d->id)), gather, &g);
	if (rc == 0)
		*ret = all;
	return rc;
}

int portal_order(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    int64_t number, struct legal_order *ret)
{
	struct legal_orders all;
	struct officer o;
	struct demand d;
	int rc = portal_seen(c, in, who, ref, &d, &o);

	if (rc == 0)
		rc = portal_orders(c, in, &d, &all);
	if (rc != 0)
		return rc;
	if (d.merged_into != 0)
		return err_set(c, ERR_DENIED,
		    "this demand was joined with another one that you sent: act on that one");
	if (number < 1 || (size_t)number > all.n)
		return unknown(c);
	*ret = all.v[number - 1];
	return 0;
}

struct each {
	int (*fn)(struct ctx *c, struct str ref, void *arg);
	void *arg;
};

static int each_ref(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;

	return e->fn(c, str_make(c, row[0].s), e->arg);
}

int portal_each(struct ctx *c, struct instance *in, const struct person *who, int64_t limit,
    int (*fn)(struct ctx *c, struct str ref, void *arg), void *arg)
{
	struct each e = {fn, arg};
	struct officer o;
	int rc = officer_acts(c, in, who, &o);

	return rc == 0 ? db_each(c, in->store.db, SQL_SUBMISSION_SEEN,
			     DB_ARGS(db_int(o.id), db_int(o.agency), db_int(limit)), each_ref, &e)
		       : rc;
}
