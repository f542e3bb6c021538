#include "out/view_case.h"

#include "desk/demand.h"
#include "out/view_act.h"
#include "out/view_after.h"
#include "out/view_paper.h"
#include "out/view_set.h"

/* A reason that was recorded under this label. */
static int set_reason(struct ctx *c, const struct instance *in, const struct person *actor,
    struct json *j, const char *label, struct str sealed)
{
	struct str text;
	int rc;

	if (sealed.n == 0 || !right_has(actor, RIGHT_DEMAND_DETAIL))
		return 0;
	rc = vault_unseal(c, in->store.vault, label, sealed, &text);
	if (rc == 0)
		json_set_text(c, j, "reason", text);
	return rc;
}

static struct str sealed_of(struct db_val v)
{
	return v.kind == DB_BLOB ? v.s : (struct str){"", 0};
}

/* ---- who demanded it ---- */

static int set_demand(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, struct json *to)
{
	struct json *j = json_map(c), *authority;
	struct demand d;
	int rc = demand_by_id(c, in, actor, m->demand, &d);

	if (rc != 0)
		return rc;
	json_set_text(c, j, "demand", d.ref);
	view_set_instant(c, j, "received", d.received);
	json_set_text(c, j, "channel", d.channel);
	json_set_text(c, j, "country", d.country);
	json_set_text(c, j, "body", d.body);
	json_set_text(c, j, "level", d.level);
	json_set_text(c, j, "language", d.language);
	json_set_bool(c, j, "verified", d.verified);
	authority = (struct json *)json_find(d.draft, "authority");
	if (authority != NULL)
		json_set(c, j, "authority", authority);
	json_set_text(c, j, "message", json_text(d.draft, "message"));
	json_set(c, to, "demand", j);
	return 0;
}

int view_case_head(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, const struct legal_orders *orders, struct json *j)
{
	struct json *papers;
	int rc;

	if (!right_has(actor, RIGHT_DEMAND_READ))
		return 0;
	rc = set_demand(c, in, actor, m, j);
	if (rc == 0)
		rc = view_papers(c, in, actor, m, orders, &papers);
	if (rc == 0)
		json_set(c, j, "papers", papers);
	return rc;
}

/* ---- the order ---- */

static void set_facts(
    struct ctx *c, const struct instance *in, const struct gate *g, struct json *to)
{
	const struct facts *facts = &g->input.order;
	struct json *list = json_list(c);

	for (size_t i = 0; i < facts->n; i++) {
		const struct vocab_fact *known = pack_fact(in->law, facts->v[i].name);
		struct json *j;

		if (!str_starts(facts->v[i].name, "order.") || known == NULL ||
		    str_is(facts->v[i].name, "order.instrument"))
			continue;
		j = json_map(c);
		json_set_text(c, j, "name", facts->v[i].name);
		json_set_text(c, j, "says", known->en);
		json_set_text(c, j, "says_de", known->de);
		json_set_text(c, j, "value", facts->v[i].value);
		json_add(c, list, j);
	}
	json_set(c, to, "facts", list);
}

static void set_pauses(struct ctx *c, const struct gate *g, struct json *to)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < g->input.n_pauses; i++) {
		const struct pause *p = &g->input.pauses[i];
		struct json *j = json_map(c);

		json_set_text(c, j, "reason", p->reason);
		view_set_instant(c, j, "from", p->from);
		view_set_instant(c, j, "until", p->until);
		json_add(c, list, j);
	}
	if (list->n > 0)
		json_set(c, to, "pauses", list);
}

static int set_examined(struct ctx *c, struct instance *in, const struct person *actor,
    const struct gate *g, struct json *to)
{
	struct json *j = json_map(c);
	const struct db_val *row;
	struct str sealed;
	int rc = db_find(c, in->store.db, SQL_REVIEW_LAST, DB_ARGS(db_int(g->order.id)), &row);
	int64_t who;

	if (rc != 0 || row == NULL)
		return rc;
	who = row[2].num;
	sealed = str_make(c, sealed_of(row[6]));
	json_set_bool(c, j, "passed", row[3].num != 0);
	json_set_bool(c, j, "stale", row[1].num != g->round);
	view_set_instant(c, j, "at", (struct instant){row[5].num});
	rc = view_set_person(c, in, j, "by", who);
	if (rc == 0)
		rc = set_reason(c, in, actor, j, "review.reason", sealed);
	json_set(c, to, "examined", j);
	return rc;
}

static int set_chain(struct ctx *c, struct instance *in, const struct person *actor,
    struct json *to, const char *key, int64_t order)
{
	struct legal_order o;
	struct matter m;
	struct right_place place;
	int rc;

	if (order == 0)
		return 0;
	rc = matter_order_by_id(c, in, order, &o);
	if (rc == 0)
		rc = matter_by_id(c, in, o.matter, &m);
	if (rc != 0)
		return rc;
	place = matter_place(&m);
	if (right_knows(actor, &place))
		json_set_text(c, to, key, m.ref);
	return 0;
}

/* What came of what left. */
static int set_after(struct ctx *c, struct instance *in, const struct person *actor,
    const struct gate *g, struct json *j)
{
	const struct json *all = json_find(j, "productions");
	int rc = view_after_redirect(c, in, actor, g->order.id, j);

	for (size_t i = 0; all != NULL && i < all->n && rc == 0; i++)
		rc = view_after_production(c, in, actor, g, all->at[i]);
	return rc;
}

int view_case_order(struct ctx *c, struct instance *in, const struct person *actor,
    const struct gate *g, struct json *j)
{
	int rc;

	view_set_instant(c, j, "received", g->order.received);
	json_set_text(c, j, "class", g->order.class);
	json_set_text(c, j, "basis", g->order.basis);
	json_set_bool(c, j, "emergency", g->order.emergency);
	rc = set_chain(c, in, actor, j, "cures", g->order.cures);
	if (rc == 0)
		rc = set_chain(c, in, actor, j, "amends", g->order.amends);
	if (rc == 0 && right_has(actor, RIGHT_DEMAND_DETAIL))
		set_facts(c, in, g, j);
	set_pauses(c, g, j);
	if (rc == 0)
		rc = set_examined(c, in, actor, g, j);
	if (rc == 0)
		rc = set_after(c, in, actor, g, j);
	if (rc == 0)
		view_acts(c, in, actor, g, j);
	return rc;
}

/* ---- who decided, and why ---- */

int view_case_decision(struct ctx *c, struct instance *in, const struct person *actor,
    const struct db_val *row, struct json *to)
{
	struct json *j = json_map(c);
	struct str sealed = str_make(c, sealed_of(row[18]));
	int64_t decider = row[9].num, second = row[11].kind == DB_NULL ? 0 : row[11].num;
	int64_t id = row[0].num;
	const struct db_val *mask;
	int rc;

	json_set_text(c, j, "verdict", str_make(c, row[5].s));
	if (row[6].kind == DB_TEXT)
		json_set_text(c, j, "code", str_make(c, row[6].s));
	view_set_day(c, j, "from", db_get_day(row[7]));
	view_set_day(c, j, "to", db_get_day(row[8]));
	view_set_instant(c, j, "at", (struct instant){row[17].num});
	rc = view_set_person(c, in, j, "by", decider);
	if (rc == 0)
		rc = view_set_person(c, in, j, "second", second);
	if (rc == 0)
		rc = set_reason(c, in, actor, j, "decision.reason", sealed);
	if (rc == 0)
		rc = db_find(c, in->store.db, SQL_DECISION_MASK_OF, DB_ARGS(db_int(id)), &mask);
	if (rc == 0 && mask != NULL)
		json_set_bool(c, j, "masked", true);
	json_set(c, to, "decision", j);
	return rc;
}

int view_case_answer(struct ctx *c, struct instance *in, const struct person *actor,
    const struct gate_finding *f, struct json *j)
{
	int rc = view_set_person(c, in, j, "answered_by", f->answered_by);

	return rc == 0 ? set_reason(c, in, actor, j, "finding.reason", f->reason_ct) : rc;
}
