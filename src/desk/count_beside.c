#include "desk/count_p.h"

#include "base/mem.h"

/*
 * What stands beside the demands of a period: those, of any time, of which the last bar ended in
 * it, and what was claimed in it. Both look at demands of earlier periods, whose own editions may
 * have told less: what is secret, out of scope, or of a country and time that a number for all of
 * it could have held, stays out of both.
 */
struct beside {
	struct counting *k;
	int64_t *roots; /* seen already, in the order of their numbers */
	size_t n, cap;
	int64_t freed;
	struct cost *costs;
	size_t n_costs, cap_costs;
};

/* What was claimed of a country in one currency. */
struct cost {
	struct str country, currency;
	int64_t requests, claimed, paid;
};

/* A number that held all demands of a country may have held this one. */
static bool was_combined(const struct counting *k, const struct order_row *o)
{
	const struct band_structure *s = band_combined(k->q->law, o->country);

	return s != NULL &&
	       (day_is_none(s->src.valid_until) ||
		   day_cmp(instant_day((struct instant){o->received}), s->src.valid_until) <= 0);
}

static bool may_tell(const struct counting *k, const struct order_row *o)
{
	return !o->secret && o->place == SCOPE_EXACT && !was_combined(k, o) &&
	       !str_is(o->basis, "preservation");
}

static bool seen(struct ctx *c, struct beside *b, int64_t root)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->roots[i] == root)
			return true;
	b->roots = mem_grow(c, b->roots, b->n, &b->cap, sizeof *b->roots);
	b->roots[b->n++] = root;
	return false;
}

/* ---- freed ---- */

/* The bars of a chain: open is one that holds on the as-of day, last the day on which the last one
 * had ended. */
struct bars {
	const struct counting *k;
	bool open;
	struct day last;
};

static int each_bar(struct ctx *c, const struct db_val *row, void *arg)
{
	struct bars *b = arg;
	struct day end = DAY_NONE;

	(void)c;
	if (row[6].kind != DB_NULL)
		end = day_add(db_get_day(row[6]), 1);
	if (row[7].kind != DB_NULL) {
		struct day lifted = instant_day(db_get_instant(row[7]));

		end = day_is_none(end) || day_cmp(lifted, end) < 0 ? lifted : end;
	}
	if (day_is_none(end) || day_cmp(end, b->k->q->as_of) > 0)
		b->open = true;
	else if (day_is_none(b->last) || day_cmp(end, b->last) > 0)
		b->last = end;
	return 0;
}

static int bars_of(struct ctx *c, struct counting *k, int64_t root, struct bars *ret)
{
	int rc;

	*ret = (struct bars){k, false, DAY_NONE};
	rc =
	    db_each(c, k->in->store.db, SQL_SECRECY_OF_ORDER, DB_ARGS(db_int(root)), each_bar, ret);
	for (size_t i = count_chain_at(k, root);
	     rc == 0 && i < k->n_links && k->links[i].root == root; i++)
		rc = db_each(c, k->in->store.db, SQL_SECRECY_OF_ORDER,
		    DB_ARGS(db_int(k->links[i].id)), each_bar, ret);
	return rc;
}

static int each_freed(struct ctx *c, const struct db_val *row, void *arg)
{
	struct beside *b = arg;
	struct counting *k = b->k;
	int64_t root = count_chain_root(k, row[0].num);
	struct order_row o;
	struct bars bars;
	int rc;

	if (seen(c, b, root))
		return 0;
	rc = count_chain_find(c, k, root, &o);
	if (rc == 0)
		rc = bars_of(c, k, root, &bars);
	if (rc == 0 && may_tell(k, &o) && !bars.open && !day_is_none(bars.last) &&
	    day_cmp(bars.last, k->q->period.from) >= 0 && day_cmp(bars.last, k->q->period.to) <= 0)
		b->freed++;
	return rc;
}

static int count_freed(struct ctx *c, struct beside *b)
{
	const struct count_question *q = b->k->q;

	return db_each(c, b->k->in->store.db, SQL_COUNT_FREED,
	    DB_ARGS(db_int(q->period.from.n - 1), db_int(q->period.to.n - 1),
		db_int(instant_at(q->period.from, 0).s),
		db_int(instant_at(day_add(q->period.to, 1), 0).s)),
	    each_freed, b);
}

/* ---- costs ---- */

static struct cost *cost_of(
    struct ctx *c, struct beside *b, struct str country, struct str currency)
{
	for (size_t i = 0; i < b->n_costs; i++)
		if (str_eq(b->costs[i].country, country) && str_eq(b->costs[i].currency, currency))
			return &b->costs[i];
	b->costs = mem_grow(c, b->costs, b->n_costs, &b->cap_costs, sizeof *b->costs);
	b->costs[b->n_costs] = (struct cost){str_make(c, country), str_make(c, currency), 0, 0, 0};
	return &b->costs[b->n_costs++];
}

static int each_claim(struct ctx *c, const struct db_val *row, void *arg)
{
	struct beside *b = arg;
	int64_t root = count_chain_root(b->k, row[0].num);
	struct order_row o;
	struct cost *cost;
	int rc = count_chain_find(c, b->k, root, &o);

	if (rc != 0 || !may_tell(b->k, &o))
		return rc;
	cost = cost_of(c, b, o.country, row[2].s);
	cost->requests += !seen(c, b, root);
	cost->claimed += row[3].num;
	cost->paid += row[4].num;
	return 0;
}

static void put_cost(struct ctx *c, struct figures *f, const struct cost *x)
{
	figure_add_exact(
	    c, f, "costs", x->country, x->currency, "requests", "requests", x->requests);
	figure_add_exact(
	    c, f, "costs", x->country, x->currency, "claimed", "minor_units", x->claimed);
	figure_add_exact(c, f, "costs", x->country, x->currency, "paid", "minor_units", x->paid);
}

/* The sum of each currency once, with its first country. */
static void put_costs(struct ctx *c, const struct beside *b, struct figures *f)
{
	int64_t requests = 0;

	for (size_t i = 0; i < b->n_costs; i++) {
		struct cost sum = {STR(""), b->costs[i].currency, 0, 0, 0};
		bool first = true;

		put_cost(c, f, &b->costs[i]);
		requests += b->costs[i].requests;
		for (size_t k = 0; k < b->n_costs; k++) {
			if (!str_eq(b->costs[k].currency, sum.currency))
				continue;
			first = first && k >= i;
			sum.requests += b->costs[k].requests;
			sum.claimed += b->costs[k].claimed;
			sum.paid += b->costs[k].paid;
		}
		if (first)
			put_cost(c, f, &sum);
	}
	figure_add_exact(c, f, "costs", STR(""), STR(""), "requests", "requests", requests);
}

static int count_costs(struct ctx *c, struct beside *b, struct figures *f)
{
	const struct count_question *q = b->k->q;
	int rc = db_each(c, b->k->in->store.db, SQL_COUNT_CLAIMS,
	    DB_ARGS(db_day(q->as_of), db_day(q->period.from), db_day(q->period.to)), each_claim, b);

	if (rc == 0)
		put_costs(c, b, f);
	return rc;
}

int count_beside(struct ctx *c, struct counting *k, struct figures *f)
{
	struct beside freed = {.k = k}, costs = {.k = k};
	bool history = figure_has_section(f, "imported") && tally_live(&k->tally) == 0;
	int rc;

	if (history) {
		figure_add_word(
		    c, f, "freed", STR(""), STR(""), "requests", "requests", FIGURE_UNKNOWN);
		return 0;
	}
	rc = count_freed(c, &freed);
	if (rc == 0)
		figure_add_exact(
		    c, f, "freed", STR(""), STR(""), "requests", "requests", freed.freed);
	if (rc == 0 && k->in->costs.charge.n > 0)
		rc = count_costs(c, &costs, f);
	return rc;
}
