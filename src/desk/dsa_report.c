#include "desk/dsa_report.h"

#include "base/mem.h"
#include "desk/dsa_order.h"
#include "kind/land.h"

/* How many orders of a state were collected. */
struct state_count {
	struct str iso;
	int64_t n;
};

struct gathering {
	struct instance *in;
	struct dsa_report *r;
	struct instant past;       /* first instant after the edition's day */
	const struct person *asks; /* whose countries bound what is told; NULL: nobody asks */
	struct dsa_table_order *orders;
	size_t n, cap;
	struct state_count *states;
	size_t n_states, cap_states;
	struct dsa_given given;
	struct dsa_report_missing missing;
};

/* ---- one order ---- */

static void count_state(struct ctx *c, struct gathering *g, struct str iso)
{
	for (size_t i = 0; i < g->n_states; i++)
		if (str_eq(g->states[i].iso, iso)) {
			g->states[i].n++;
			return;
		}
	g->states = mem_grow(c, g->states, g->n_states, &g->cap_states, sizeof *g->states);
	g->states[g->n_states++] = (struct state_count){str_make(c, iso), 1};
}

/* A member of the chain: the newest category counts, and the first receipt and effect, each from
 * the arrival of the order that it was about. */
static int join(struct ctx *c, struct gathering *g, int64_t id, struct dsa_table_order *o,
    struct dsa_report_order *ret_last)
{
	const struct db_val *row;
	struct dsa_order d;
	bool has;
	int rc = db_one(
	    c, g->in->store.db, SQL_ORDER_DSA_TIMES, DB_ARGS(db_int(g->past.s), db_int(id)), &row);

	if (rc == 0)
		rc = dsa_order_get(c, g->in, id, g->past, &d, &has);
	if (rc != 0)
		return rc;
	*ret_last = (struct dsa_report_order){row[5].s, row[6].num};
	if (o->effect == DSA_UNKNOWN && row[4].kind != DB_NULL)
		o->effect = row[4].num - row[0].num;
	if (!has)
		return 0;
	o->key.category = d.category;
	o->key.keyword = d.keyword;
	o->key.own = d.own;
	if (o->receipt == DSA_UNKNOWN && d.told != DSA_ORDER_UNKNOWN) {
		o->receipt = (d.told == DSA_ORDER_RECEIPT ? row[1].num : d.informed.s) - row[0].num;
		o->automatic = d.automatic;
	}
	return 0;
}

static void add_missing(struct ctx *c, struct dsa_report_missing *m, struct dsa_report_order order)
{
	m->v = mem_grow(c, m->v, m->n, &m->cap, sizeof *m->v);
	m->v[m->n++] = order;
}

/* The template counts every country; who asks what is missing is told of their own. */
static bool may_know(const struct gathering *g, struct str country)
{
	return g->asks == NULL || right_knows(g->asks, &(struct right_place){0, country});
}

static int take(struct ctx *c, const struct count_order *x, void *arg)
{
	struct gathering *g = arg;
	struct dsa_table_order o = {.receipt = DSA_UNKNOWN, .effect = DSA_UNKNOWN};
	struct dsa_report_order first = {{"", 0}, 0};
	bool given = x->outcome == OUTCOME_CONTENT || x->outcome == OUTCOME_NONCONTENT;
	int rc = 0;

	if (x->preservation || !land_eu(x->country))
		return 0;
	for (size_t i = 0; i < x->n && rc == 0; i++)
		rc = join(c, g, x->ids[i], &o, &first);
	if (rc != 0)
		return rc;
	if (o.key.category.n == 0 && may_know(g, x->country))
		add_missing(c, &g->missing, first);
	if (!given)
		o.effect = DSA_UNKNOWN;
	o.epoc = str_is(x->instrument, "EU-EPOC");
	o.key.scope = str_make(c, dsa_state(g->r->law, x->country));
	count_state(c, g, x->country);
	g->orders = mem_grow(c, g->orders, g->n, &g->cap, sizeof *g->orders);
	g->orders[g->n++] = o;
	return 0;
}

/* ---- what must hold ---- */

static int check_rules(struct ctx *c, struct instance *in, const struct edition *e)
{
	struct breaches b = {0};
	const struct breach *first;
	int rc = edition_check(c, in, e, &b);

	first = rc == 0 ? breaches_first(&b) : NULL;
	if (first != NULL)
		rc = err_set(c, ERR_DENIED, "%s: %.*s: %.*s (%.*s)", first->rule,
		    STR_ARG(first->figure), STR_ARG(first->text), STR_ARG(first->cite));
	return rc;
}

static int64_t collected(const struct gathering *g, struct str iso)
{
	for (size_t i = 0; i < g->n_states; i++)
		if (str_eq(g->states[i].iso, iso))
			return g->states[i].n;
	return 0;
}

/* What counsel barred is in no figure, and the template has no word for it: its sums would be those
 * of the others, under the name of all. */
static int check_barred(struct ctx *c, const struct figures *f)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct figure *x = &f->v[i];

		if (str_has_word(STR("country country_class"), x->section) && land_eu(x->country) &&
		    figure_withheld(x))
			return err_set(c, ERR_CONFLICT,
			    "%.*s%s%.*s: counsel barred these orders, and the template cannot say "
			    "so",
			    STR_ARG(x->country), x->instrument.n > 0 ? " " : "",
			    STR_ARG(x->instrument));
	}
	return 0;
}

/* Each state has as many orders here as the edition says. Records brought along have no category
 * and no times: they are in the edition, and cannot be here. */
static int check_states(struct ctx *c, const struct gathering *g)
{
	struct figures f;
	int64_t sum = 0;
	int rc = edition_figures(c, g->in, &g->r->edition, &f);

	if (rc == 0)
		rc = check_barred(c, &f);
	for (size_t i = 0; rc == 0 && i < f.n; i++) {
		const struct figure *x = &f.v[i];

		if (!str_is(x->section, "country") || !str_is(x->metric, "requests") ||
		    !land_eu(x->country))
			continue;
		sum += collected(g, x->country);
		if (x->status != FIGURE_EXACT || x->value_min != collected(g, x->country))
			rc = err_set(c, ERR_CONFLICT,
			    "%.*s: %lld orders can be told by category, and the edition says %lld; "
			    "records brought along have none",
			    STR_ARG(x->country), (long long)collected(g, x->country),
			    (long long)x->value_min);
	}
	if (rc == 0 && sum != (int64_t)g->n)
		rc = err_set(c, ERR_CONFLICT, "orders of a state that the edition does not show");
	return rc;
}

/* The rows of the categories add up to the total, in every scope. */
static int check_sums(struct ctx *c, const struct dsa_table *t)
{
	for (size_t i = 0; i < t->n && str_is(t->v[i].key.category, "TOTAL"); i++)
		for (int k = 0; k < DSA_COLUMNS; k++) {
			int64_t sum = 0;

			for (size_t r = i + 1; r < t->n; r++)
				if (!str_is(t->v[r].key.category, "TOTAL") &&
				    t->v[r].key.keyword.n == 0 &&
				    str_eq(t->v[r].key.scope, t->v[i].key.scope))
					sum += t->v[r].cell[k].n;
			if (t->v[i].cell[k].kind == DSA_COUNT && sum != t->v[i].cell[k].n)
				return err_set(c, ERR_FAIL, "the categories of %.*s do not add up",
				    STR_ARG(t->v[i].key.scope));
		}
	return 0;
}

/* What was entered has a cell to stand in. */
static int check_given(struct ctx *c, const struct gathering *g, const struct dsa_table *t)
{
	for (size_t i = 0; i < g->given.n; i++) {
		const struct dsa_table_given *x = &g->given.v[i];
		size_t r = 0;

		if (!x->is_text && !g->r->conf->by_hand)
			return err_set(c, ERR_CONFLICT,
			    "figures were entered, and writ.yaml says orders_to_act: "
			    "not_applicable");
		if (!x->is_text && (x->column == DSA_ACT || x->column == DSA_ITEMS))
			continue;
		while (r < t->n && !(str_eq(t->v[r].key.scope, x->key.scope) &&
				       str_eq(t->v[r].key.category, x->key.category) &&
				       str_eq(t->v[r].key.keyword, x->key.keyword) &&
				       str_eq(t->v[r].key.own, x->key.own)))
			r++;
		if (r == t->n)
			return err_set(c, ERR_CONFLICT,
			    "%s was entered for %.*s, %.*s, which has no row: no order of it",
			    dsa_given_word(x->column), STR_ARG(x->key.scope),
			    STR_ARG(dsa_table_code(&x->key)));
	}
	return 0;
}

/* ---- the report ---- */

static int due(
    struct ctx *c, const struct instance *in, const struct dsa_law *law, const struct edition *e)
{
	if (!in->dsa.given)
		return err_set(c, ERR_INVALID,
		    "writ.yaml has no `dsa`: say there what the template needs to know");
	if (in->dsa.small && !in->dsa.very_large)
		return err_set(c, ERR_DENIED,
		    "no report is due from a micro or small enterprise (Regulation (EU) 2022/2065 "
		    "Art. 15(2)): writ.yaml, dsa: small");
	return dsa_period_check(c, law, e->period, in->dsa.very_large);
}

static int make_table(struct ctx *c, struct gathering *g, struct dsa_table *ret)
{
	const struct dsa_law *law = g->r->law;
	struct str *codes = mem_array(c, law->n_categories, sizeof *codes);
	struct dsa_table_input in = {.categories = codes,
	    .orders = g->orders,
	    .n_orders = g->n,
	    .given = g->given.v,
	    .n_given = g->given.n,
	    .act_applies = g->r->conf->by_hand,
	    .automatic_zero = g->r->conf->automatic_zero,
	    .epoc_counts = g->r->conf->epoc_counts};

	for (size_t i = 0; i < law->n_categories; i++)
		if (law->categories[i].orders)
			codes[in.n_categories++] = law->categories[i].code;
	return dsa_table_make(c, &in, ret);
}

static int gather(struct ctx *c, struct db *db, void *arg)
{
	struct gathering *g = arg;
	struct count_tell tell = {take, g};
	struct dsa_report *r = g->r;
	int rc = check_rules(c, g->in, &r->edition);

	(void)db;
	if (rc == 0)
		rc = edition_retell(c, g->in, &r->edition, &tell);
	if (rc == 0)
		rc = check_states(c, g);
	if (rc == 0 && g->missing.n > 0)
		rc = err_set(c, ERR_DENIED,
		    "%zu orders have no category: `writ dsa missing` names them to whoever may "
		    "read "
		    "cases",
		    g->missing.n);
	if (rc == 0)
		rc = dsa_given_load(c, g->in, r->law, r->edition.period, g->past, &g->given);
	if (rc == 0)
		rc = make_table(c, g, &r->table);
	if (rc == 0)
		rc = check_sums(c, &r->table);
	return rc == 0 ? check_given(c, g, &r->table) : rc;
}

int dsa_report_make(struct ctx *c, struct instance *in, const struct person *actor,
    const struct edition *e, struct dsa_report *ret)
{
	struct dsa_report r = {.edition = *e,
	    .conf = &in->dsa,
	    .provider = in->provider,
	    .service = in->dsa.service.n > 0 ? in->dsa.service : in->provider};
	struct gathering g = {.in = in, .r = &r, .past = instant_at(day_add(e->as_of, 1), 0)};
	struct dsa_law *law;
	int rc = right_needs(c, actor, RIGHT_DSA_WRITE);

	if (rc == 0)
		rc = dsa_builtin(c, &law);
	if (rc == 0)
		rc = due(c, in, law, e);
	if (rc != 0)
		return rc;
	r.law = law;
	r.deadline = dsa_deadline(law, e->period);
	rc = db_tx_still(c, in->store.db, gather, &g);
	if (rc != 0)
		return rc;
	r.late = g.given.late;
	*ret = r;
	return 0;
}

/* ---- what is still to be entered ---- */

int dsa_report_find_missing(struct ctx *c, struct instance *in, const struct person *actor,
    struct period period, struct dsa_report_missing *ret)
{
	struct day today = instant_day((struct instant){ctx_now(c)});
	struct dsa_report r = {.conf = &in->dsa};
	struct gathering g = {.in = in, .r = &r, .past = {INT64_MAX}, .asks = actor};
	struct count_tell tell = {take, &g};
	struct count_question q = {.period = period, .as_of = today, .today = today, .tell = &tell};
	struct band_law *bands;
	struct dsa_law *law;
	struct count count;
	int rc = right_needs(c, actor, RIGHT_DSA_MISSING);

	if (rc == 0)
		rc = dsa_builtin(c, &law);
	if (rc == 0)
		rc = band_builtin(c, &bands);
	if (rc != 0)
		return rc;
	r.law = law;
	q.law = bands;
	rc = count_period(c, in, &q, &count);
	*ret = g.missing;
	return rc;
}
