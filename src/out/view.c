#include "out/view.h"

#include "desk/assign.h"
#include "desk/contest.h"
#include "desk/dsa_order.h"
#include "out/view_case.h"
#include "out/view_deliver.h"
#include "out/view_sender.h"
#include "out/view_set.h"

struct looking {
	struct instance *in;
	const struct matter *matter;
	const struct person *actor;
	struct json *list;
};

/* A collector works on what is approved and reads no case file (product.md 2). */
static bool collects(const struct person *p)
{
	return !right_has(p, RIGHT_MATTER_FILE);
}

/* ---- findings ---- */

static void set_source(struct ctx *c, struct json *j, const struct source *src)
{
	if (src == NULL)
		return;
	json_set_text(c, j, "cite", src->cite);
	if (src->quote.n > 0)
		json_set_text(c, j, "quote", src->quote);
	if (src->quote.n > 0 && src->lang.n > 0)
		json_set_text(c, j, "quote_lang", src->lang);
	json_set_text(c, j, "mark", src->mark);
	json_set_bool(c, j, "verified", src->verified);
	view_set_day(c, j, "text_date", src->text_date);
}

static struct json *finding_json(struct ctx *c, const struct gate *g, const struct finding *f)
{
	struct json *j = json_map(c);

	if (f->item != JUDGE_ORDER)
		json_set_int(c, j, "item", g->items.v[f->item].number);
	json_set_text(c, j, "rule", f->rule);
	json_set_text(c, j, "verdict", str_of(judge_verdict_name(f->verdict)));
	json_set_text(c, j, "says", f->en);
	json_set_text(c, j, "says_de", f->de);
	if (f->code.n > 0 && f->verdict != VERDICT_PASS)
		json_set_text(c, j, "code", f->code);
	if (f->missing.n > 0)
		json_set_text(c, j, "missing", f->missing);
	set_source(c, j, f->src);
	return j;
}

int view_why(struct ctx *c, struct instance *in, const struct legal_order *order, struct json **ret)
{
	struct json *list = json_list(c);
	struct gate g;
	int rc = gate_load(c, in, order->id, &g);

	if (rc == 0 && !instant_is_none(g.matter.erased))
		rc = err_set(c, ERR_NOTFOUND, "the case was erased on %s: its facts are gone",
		    day_str(c, instant_day(g.matter.erased)).p);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < g.now.n_findings; i++) {
		const struct finding *f = &g.now.findings[i];
		struct json *j;

		if (f->verdict == VERDICT_NA)
			continue;
		j = finding_json(c, &g, f);
		json_set_text(c, j, "explanation", json_str(c, f->why));
		json_add(c, list, j);
	}
	*ret = list;
	return 0;
}

static int stored_json(
    struct ctx *c, struct looking *l, const struct gate *g, size_t i, struct json *list)
{
	const struct gate_finding *f = &g->stored[i];
	const struct rule *rule = pack_rule(l->in->law, f->rule, NULL);
	struct json *j = json_map(c);

	json_set_int(c, j, "number", (int64_t)i + 1);
	for (size_t k = 0; k < g->items.n; k++)
		if (g->items.v[k].id == f->item)
			json_set_int(c, j, "item", g->items.v[k].number);
	json_set_text(c, j, "rule", f->rule);
	json_set_text(c, j, "verdict", str_of(judge_verdict_name(f->verdict)));
	if (f->code.n > 0)
		json_set_text(c, j, "code", f->code);
	if (f->answer.n > 0)
		json_set_text(c, j, "answer", f->answer);
	if (rule != NULL) {
		json_set_text(c, j, "says", rule->en);
		json_set_text(c, j, "says_de", rule->de);
		set_source(c, j, &rule->src);
	}
	json_set_bool(c, j, "verified", f->verified);
	/* what the law asks for, in words: the missing facts of the judgment of this moment */
	for (size_t k = 0; k < g->now.n_findings; k++) {
		const struct finding *n = &g->now.findings[k];
		int64_t item = n->item == JUDGE_ORDER ? 0 : g->items.v[n->item].id;

		if (item != f->item || !str_eq(n->rule, f->rule))
			continue;
		if (rule == NULL) {
			json_set_text(c, j, "says", n->en);
			json_set_text(c, j, "says_de", n->de);
		}
		if (n->missing.n > 0)
			json_set_text(c, j, "missing", n->missing);
	}
	json_add(c, list, j);
	return view_case_answer(c, l->in, l->actor, f, j);
}

/* ---- items ---- */

static struct str target_text(struct ctx *c, const struct looking *l, const struct target *t)
{
	if (t == NULL)
		return STR("?");
	if (!right_has(l->actor, RIGHT_MATTER_TARGETS))
		return str_fmt(c, "(%.*s, not shown)", STR_ARG(t->kind));
	return t->value;
}

static int item_json(struct ctx *c, struct looking *l, const struct gate *g, const struct item *it,
    struct json *list)
{
	const struct target *t = matter_target(&g->targets, it->target);
	struct json *j = json_map(c), *seen = json_list(c);
	const struct db_val *d;
	int rc = 0;

	json_set_int(c, j, "item", it->number);
	json_set_text(c, j, "target", target_text(c, l, t));
	json_set_text(c, j, "kind", t == NULL ? (struct str){"", 0} : t->kind);
	json_set_text(c, j, "field", it->field);
	json_set_text(c, j, "service", it->service);
	view_set_day(c, j, "from", it->from);
	view_set_day(c, j, "to", it->to);
	json_set_text(c, j, "category", g->now.item_category[it->number - 1]);
	json_set_text(c, j, "law", str_of(judge_verdict_name(g->now.items[it->number - 1])));
	json_set_text(c, j, "state", str_of(matter_item_word(it->state)));
	if (t != NULL)
		rc = matter_seen(c, l->in, l->actor, t->key, seen);
	if (rc == 0 && seen->n > 1)
		json_set(c, j, "seen_in", seen);
	if (rc == 0 && it->decision != 0) {
		rc = db_one(
		    c, l->in->store.db, SQL_DECISION_BY_ID, DB_ARGS(db_int(it->decision)), &d);
		if (rc == 0 && d[10].num != 0)
			json_set_text(c, j, "second_person",
			    d[11].kind == DB_NULL ? STR("due") : STR("given"));
		if (rc == 0 && !collects(l->actor))
			rc = view_case_decision(c, l->in, l->actor, d, j);
	}
	json_add(c, list, j);
	return rc;
}

/* ---- clocks, bars, holds ---- */

static struct json *clocks_json(struct ctx *c, const struct gate *g)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < g->now.n_clocks; i++) {
		const struct clock *k = &g->now.clocks[i];
		struct json *j = json_map(c);

		json_set_text(c, j, "id", k->id);
		json_set_text(c, j, "act", k->act);
		json_set_text(c, j, "says", k->en);
		json_set_text(c, j, "says_de", k->de);
		view_set_instant(c, j, "latest", k->latest);
		view_set_instant(c, j, "earliest", k->earliest);
		if (k->counts_up && !instant_is_none(k->from))
			json_set_int(c, j, "hours_so_far", (g->input.now.s - k->from.s) / 3600);
		if (k->stopped)
			json_set_bool(c, j, "stopped", true);
		set_source(c, j, k->src);
		json_add(c, list, j);
	}
	return list;
}

static int add_secrecy(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);

	json_set_int(c, j, "number", (int64_t)l->list->n + 1);
	json_set_text(c, j, "bars", str_make(c, row[3].s));
	json_set_text(c, j, "rule", str_make(c, row[4].s));
	view_set_instant(c, j, "since", db_get_instant(row[5]));
	view_set_day(c, j, "until", db_get_day(row[6]));
	view_set_instant(c, j, "lifted", db_get_instant(row[7]));
	json_add(c, l->list, j);
	return view_sender_bar(c, l->in, l->actor, row[0].num, j);
}

static int add_preservation(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);

	json_set_text(c, j, "state", str_make(c, row[3].s));
	view_set_day(c, j, "until", db_get_day(row[5]));
	json_set_text(c, j, "rule", str_make(c, row[7].s));
	json_add(c, l->list, j);
	return 0;
}

/* What was asked, answered, refused and noted; an auditor sees that it was. */
static int add_message(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);
	struct str text;
	int rc = 0;

	json_set_text(c, j, "kind", str_make(c, row[1].s));
	view_set_instant(c, j, "at", db_get_instant(row[2]));
	if (row[4].kind == DB_BLOB && right_has(l->actor, RIGHT_DEMAND_DETAIL)) {
		rc = vault_unseal(c, l->in->store.vault, "message.text", row[4].s, &text);
		if (rc == 0)
			json_set_text(c, j, "text", text);
	}
	if (rc == 0)
		rc = view_set_person(c, l->in, j, "by", row[3].num);
	json_add(c, l->list, j);
	return rc;
}

static int add_production(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);

	json_set_text(c, j, "production", str_make(c, row[2].s));
	json_set_text(c, j, "state", str_make(c, row[10].s));
	view_set_instant(c, j, "made", db_get_instant(row[4]));
	json_set_int(c, j, "size", row[9].num);
	json_set_text(c, j, "sha256", text_hex(c, row[8].s.p, row[8].s.n));
	view_set_seal(c, j, str_make(c, row[6].s));
	json_add(c, l->list, j);
	return view_deliver_brief(c, l->in, row[0].num, j);
}

/* What was held back of a file before it was sealed: counts by reason. */
static int add_check(struct ctx *c, const struct db_val *row, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c), *reasons = json_list(c), *held;
	int rc = json_parse(c, "counts by reason", row[8].s, &held);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < held->n; i++) {
		struct json *one = json_map(c);

		json_set_text(c, one, "why", held->key[i]);
		json_set_int(c, one, "n", held->at[i]->num);
		json_add(c, reasons, one);
	}
	json_set_text(c, j, "production", str_make(c, row[1].s));
	json_set_int(c, j, "item", row[2].num);
	json_set_text(c, j, "format", str_make(c, row[4].s));
	json_set_int(c, j, "records", row[6].num);
	json_set_int(c, j, "released", row[7].num);
	json_set(c, j, "reasons", reasons);
	json_set_int(c, j, "cut", row[9].num);
	json_set_int(c, j, "masked", row[10].num);
	if (row[11].kind != DB_NULL)
		json_set_bool(c, j, "looked_over", true);
	json_add(c, l->list, j);
	return 0;
}

static int add_list(struct ctx *c, struct looking *l, struct json *to, const char *key,
    enum sql stmt, int64_t id, int (*fn)(struct ctx *c, const struct db_val *row, void *arg))
{
	int rc;

	l->list = json_list(c);
	rc = db_each(c, l->in->store.db, stmt, DB_ARGS(db_int(id)), fn, l);
	if (rc == 0 && l->list->n > 0)
		json_set(c, to, key, l->list);
	return rc;
}

/* ---- orders and history ---- */

static bool approved(const struct item *it)
{
	return it->state == ITEM_PRODUCE || it->state == ITEM_NARROW ||
	       it->state == ITEM_PRODUCED || it->state == ITEM_NO_DATA;
}

static void set_order(
    struct ctx *c, const struct looking *l, const struct legal_order *o, struct json *j)
{
	const struct instrument *i = pack_instrument(l->in->law, o->instrument);

	json_set_int(c, j, "order", o->seq);
	json_set_text(c, j, "instrument", o->instrument);
	if (i != NULL) {
		json_set_text(c, j, "title", i->en);
		json_set_text(c, j, "title_de", i->de);
		json_set_text(c, j, "cite", i->src.cite);
	}
	json_set_text(c, j, "state", str_of(matter_order_word(o->state)));
	if (o->hold.n > 0)
		json_set_text(c, j, "hold", o->hold);
	if (o->code.n > 0)
		json_set_text(c, j, "code", o->code);
	if (o->outcome != 0)
		json_set_text(c, j, "outcome", str_of(outcome_id((enum outcome)o->outcome)));
}

static int set_dsa(
    struct ctx *c, const struct looking *l, const struct legal_order *o, struct json *to)
{
	struct json *j = json_map(c);
	struct dsa_order d;
	bool has;
	int rc = dsa_order_get(c, l->in, o->id, (struct instant){INT64_MAX}, &d, &has);

	if (rc != 0 || !has)
		return rc;
	json_set_text(c, j, "category", d.category);
	if (d.keyword.n > 0)
		json_set_text(c, j, "keyword", d.keyword);
	if (d.own.n > 0)
		json_set_text(c, j, "text", d.own);
	if (d.told == DSA_ORDER_RECEIPT)
		json_set_text(c, j, "informed", STR("receipt"));
	if (d.told == DSA_ORDER_ENTERED)
		view_set_instant(c, j, "informed", d.informed);
	if (d.told != DSA_ORDER_UNKNOWN)
		json_set_bool(c, j, "automatic", d.automatic);
	json_set(c, to, "dsa", j);
	return 0;
}

static int set_challenges(struct ctx *c, struct looking *l, int64_t order, struct json *j)
{
	struct json *list;
	bool recall = false;
	int rc = contest_list(c, l->in, order, right_has(l->actor, RIGHT_DEMAND_DETAIL), &list);

	if (rc == 0)
		rc = contest_recall_due(c, l->in, order, &recall);
	if (rc != 0)
		return rc;
	json_set(c, j, "challenges", list);
	if (recall)
		json_set_bool(c, j, "recall_due", true);
	return 0;
}

static int set_states(struct ctx *c, struct looking *l, const struct legal_order *o, struct json *j)
{
	int rc = add_list(c, l, j, "secrecy", SQL_SECRECY_OF_ORDER, o->id, add_secrecy);

	if (rc == 0)
		rc = add_list(
		    c, l, j, "preservation", SQL_PRESERVATION_OF_ORDER, o->id, add_preservation);
	if (rc == 0 && !collects(l->actor))
		rc = add_list(c, l, j, "messages", SQL_MESSAGE_OF_ORDER, o->id, add_message);
	if (rc == 0)
		rc = set_challenges(c, l, o->id, j);
	if (rc == 0)
		rc = add_list(
		    c, l, j, "productions", SQL_PRODUCTION_OF_ORDER, o->id, add_production);
	if (rc == 0)
		rc = add_list(c, l, j, "checks", SQL_FILE_CHECK_OF_ORDER, o->id, add_check);
	if (rc == 0 && !collects(l->actor))
		rc = view_sender_order(c, l->in, l->actor, o->id, j);
	return rc == 0 ? set_dsa(c, l, o, j) : rc;
}

/* An erased order: what was asked and done, and of nobody. There are no facts to judge by. */
static int erased_json(
    struct ctx *c, struct looking *l, const struct legal_order *o, struct json *list)
{
	struct json *j = json_map(c), *items = json_list(c);
	struct items all;
	int rc = matter_items(c, l->in, o->id, &all);

	if (rc != 0)
		return rc;
	set_order(c, l, o, j);
	for (size_t i = 0; i < all.n; i++) {
		struct json *it = json_map(c);

		json_set_int(c, it, "item", all.v[i].number);
		json_set_text(c, it, "target", STR("(erased)"));
		json_set_text(c, it, "field", all.v[i].field);
		json_set_text(c, it, "service", all.v[i].service);
		json_set_text(c, it, "state", str_of(matter_item_word(all.v[i].state)));
		json_add(c, items, it);
	}
	json_set(c, j, "items", items);
	rc = set_states(c, l, o, j);
	json_add(c, list, j);
	return rc;
}

static int order_json(
    struct ctx *c, struct looking *l, const struct legal_order *o, struct json *list)
{
	struct json *j = json_map(c), *items = json_list(c), *findings = json_list(c);
	struct gate g;
	int rc = gate_look(c, l->in, l->matter, o, &g);

	if (rc != 0)
		return rc;
	set_order(c, l, o, j);
	for (size_t k = 0; k < g.n_stored && rc == 0 && !collects(l->actor); k++)
		rc = stored_json(c, l, &g, k, findings);
	for (size_t k = 0; k < g.items.n && rc == 0; k++)
		if (!collects(l->actor) || approved(&g.items.v[k]))
			rc = item_json(c, l, &g, &g.items.v[k], items);
	json_set(c, j, "findings", findings);
	json_set(c, j, "items", items);
	json_set(c, j, "clocks", clocks_json(c, &g));
	view_set_instant(c, j, "not_before", g.now.earliest);
	if (rc == 0)
		rc = set_states(c, l, o, j);
	if (rc == 0)
		rc = view_case_order(c, l->in, l->actor, &g, j);
	json_add(c, list, j);
	return rc;
}

struct history {
	struct looking *l;
	struct json *list;
};

static int add_entry(struct ctx *c, const struct db_val *row, void *arg)
{
	struct history *h = arg;
	struct json *j = json_map(c);
	struct str who = STR("writ");
	int rc = 0;

	if (row[3].num != 0)
		rc = person_name(c, h->l->in, row[3].num, &who);
	json_set_text(c, j, "at", instant_str(c, (struct instant){row[2].num}));
	json_set_text(c, j, "step", str_make(c, row[1].s));
	json_set_text(c, j, "who", who);
	json_add(c, h->list, j);
	return rc;
}

/* ---- whose it is, and what was said ---- */

static int add_handover(struct ctx *c, const struct assign_handover *h, void *arg)
{
	struct looking *l = arg;
	struct json *j = json_map(c);
	int rc;

	view_set_instant(c, j, "at", h->at);
	rc = view_set_person(c, l->in, j, "from", h->giver);
	if (rc == 0)
		rc = view_set_person(c, l->in, j, "to", h->taker);
	if (h->note.n > 0 && !collects(l->actor))
		json_set_text(c, j, "note", h->note);
	json_add(c, l->list, j);
	return rc;
}

static int set_people(struct ctx *c, struct looking *l, const struct matter *m, struct json *j)
{
	bool watches = false;
	int rc = view_set_person(c, l->in, j, "assigned", m->assigned);

	if (rc == 0)
		rc = assign_watches(c, l->in, l->actor, m, &watches);
	if (watches)
		json_set_bool(c, j, "watched", true);
	l->list = json_list(c);
	if (rc == 0)
		rc = assign_each(c, l->in, m, add_handover, l);
	if (l->list->n > 0)
		json_set(c, j, "handovers", l->list);
	return rc;
}

int view_matter(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, struct json **ret)
{
	struct looking l = {in, m, actor, NULL};
	struct history h = {&l, json_list(c)};
	struct json *j = json_map(c), *orders = json_list(c);
	struct legal_orders all;
	int rc = matter_orders(c, in, m->id, &all);

	if (rc != 0)
		return rc;
	json_set_text(c, j, "case", m->ref);
	json_set_text(c, j, "state", str_of(matter_state(m, &all)));
	view_set_instant(c, j, "opened", m->opened);
	view_set_instant(c, j, "erased", m->erased);
	rc = set_people(c, &l, m, j);
	if (rc == 0 && !collects(actor))
		rc = view_sender_matter(c, in, m, j);
	for (size_t i = 0; i < all.n && rc == 0; i++)
		rc = instant_is_none(m->erased) ? order_json(c, &l, &all.v[i], orders)
						: erased_json(c, &l, &all.v[i], orders);
	json_set(c, j, "orders", orders);
	if (rc == 0 && instant_is_none(m->erased))
		rc = view_case_head(c, in, actor, m, &all, j);
	if (rc == 0)
		rc = db_each(
		    c, in->store.db, SQL_ENTRY_OF_MATTER, DB_ARGS(db_int(m->id)), add_entry, &h);
	json_set(c, j, "history", h.list);
	if (rc == 0)
		*ret = j;
	return rc;
}

int view_order_state(
    struct ctx *c, struct instance *in, const struct matter *m, int64_t seq, struct json **ret)
{
	struct json *j = json_map(c);
	struct legal_orders all;
	struct legal_order now;
	int rc = matter_order(c, in, m, seq, &now);

	if (rc == 0)
		rc = matter_orders(c, in, m->id, &all);
	if (rc != 0)
		return rc;
	json_set_text(c, j, "case", m->ref);
	json_set_int(c, j, "order", now.seq);
	json_set_text(c, j, "order_state", str_of(matter_order_word(now.state)));
	json_set_text(c, j, "case_state", str_of(matter_state(m, &all)));
	*ret = j;
	return 0;
}
