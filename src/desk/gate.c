#include "desk/gate.h"

#include "base/mem.h"
#include "desk/claim_bar.h"
#include "desk/demand.h"

/* ---- facts ---- */

struct fact_reader {
	struct instance *in;
	struct facts *facts;
};

static int add_fact(struct ctx *c, const struct db_val *row, void *arg)
{
	struct fact_reader *r = arg;
	struct str value, name = str_make(c, row[0].s);
	int rc;

	if (row[1].kind != DB_BLOB)
		return 0; /* erased: not known any more */
	rc = vault_unseal(c, r->in->store.vault, "order_fact.value", row[1].s, &value);
	if (rc == 0)
		fact_set(c, r->facts, name, value);
	return rc;
}

void gate_profile(struct ctx *c, const struct profile *p, struct facts *f)
{
	struct buf classes = buf_init(c, 256);

	if (p == NULL)
		return;
	fact_set(c, f, STR("provider.establishments"), p->establishments);
	fact_set(c, f, STR("provider.eu_designated"), p->eu_designated ? STR("yes") : STR("no"));
	fact_set(c, f, STR("provider.eu_seat"), p->eu_seat);
	fact_set(c, f, STR("provider.languages"), p->languages);
	for (size_t i = 0; i < p->n_services; i++)
		if (!str_has_word(buf_str(&classes), p->services[i].class))
			buf_fmt(&classes, "%s%.*s", classes.n > 0 ? " " : "",
			    STR_ARG(p->services[i].class));
	fact_set(c, f, STR("provider.services"), buf_str(&classes));
}

/* The draft was written by json_put: compact, and quotes inside of a text with a stroke before
 * them. So a draft without these bytes says so nowhere, and nearly none does. */
static int is_specific(struct ctx *c, struct str draft, bool *ret)
{
	static const char key[] = "\"specific\":false";
	struct json *j;
	int rc;

	*ret = true;
	if (draft.n == 0 || memmem(draft.p, draft.n, key, sizeof key - 1) == NULL)
		return 0;
	rc = json_parse(c, "stored demand", draft, &j);
	if (rc == 0)
		*ret = json_find(j, "specific") == NULL || json_find(j, "specific")->yes;
	return rc;
}

static int add_demand(struct ctx *c, struct instance *in, struct gate *g)
{
	struct facts *f = &g->input.order;
	const struct db_val *row;
	struct str draft;
	bool specific;
	/* An amended order is judged by what the amending demand says of sender and targets. */
	int64_t demand = g->order.demand != 0 ? g->order.demand : g->matter.demand;
	int rc = db_one(c, in->store.db, SQL_DEMAND_BY_ID, DB_ARGS(db_int(demand)), &row);

	if (rc != 0)
		return rc;
	fact_set(c, f, STR("demand.received"), instant_str(c, g->order.received));
	fact_set(c, f, STR("demand.channel"), row[4].s);
	fact_set(c, f, STR("demand.language"), row[5].s);
	fact_set(c, f, STR("authority.country"), row[6].s);
	fact_set(c, f, STR("authority.body"), row[7].s);
	fact_set(c, f, STR("authority.level"), row[8].s);
	fact_set(c, f, STR("authority.verified"), row[9].num != 0 ? STR("yes") : STR("no"));
	if (row[13].kind != DB_BLOB)
		return 0;
	rc = vault_unseal(c, in->store.vault, demand_label(c, row[2].s), row[13].s, &draft);
	if (rc == 0)
		rc = is_specific(c, draft, &specific);
	if (rc == 0)
		fact_set(c, f, STR("demand.specific"), specific ? STR("yes") : STR("no"));
	return rc;
}

static void add_item_facts(struct ctx *c, const struct gate *g, const struct profile *p,
    const struct item *item, struct facts *f)
{
	const struct target *t = matter_target(&g->targets, item->target);
	const struct service *s = instance_service(p, item->service);

	fact_set(c, f, STR("item.field"), item->field);
	fact_set(c, f, STR("item.service"), item->service);
	if (s != NULL)
		fact_set(c, f, STR("item.service_class"), s->class);
	fact_set(c, f, STR("item.from"), day_str(c, item->from));
	fact_set(c, f, STR("item.to"), day_str(c, item->to));
	if (t == NULL)
		return;
	fact_set(c, f, STR("target.kind"), t->kind);
	fact_set(c, f, STR("target.specific"), t->specific ? STR("yes") : STR("no"));
	if (!instant_is_none(t->at))
		fact_set(c, f, STR("target.at"), instant_str(c, t->at));
}

struct pauses {
	struct pause *v;
	size_t n, cap;
};

static int add_pause(struct ctx *c, const struct db_val *row, void *arg)
{
	struct pauses *p = arg;

	p->v = mem_grow(c, p->v, p->n, &p->cap, sizeof *p->v);
	p->v[p->n++] = (struct pause){str_make(c, row[2].s), {row[3].num}, db_get_instant(row[4])};
	return 0;
}

static int add_call(struct ctx *c, const struct db_val *row, void *arg)
{
	struct gate *g = arg;

	if (str_is(row[2].s, "denied"))
		g->n_called = 0;
	if (!str_is(row[2].s, "confirmed"))
		return 0;
	g->called_by = mem_grow(c, g->called_by, g->n_called, &g->cap_called, sizeof *g->called_by);
	g->called_by[g->n_called++] = row[3].num;
	return 0;
}

/* That the authority was called back is what the record says, and not what a paper or its sender
 * says; that it was not may be entered. */
static int add_calls(struct ctx *c, struct instance *in, struct gate *g)
{
	struct facts *f = &g->input.order;
	int rc = db_each(
	    c, in->store.db, SQL_CALL_BACK_OF_ORDER, DB_ARGS(db_int(g->order.id)), add_call, g);

	if (rc != 0)
		return rc;
	if (g->n_called > 0)
		fact_set(c, f, STR("order.call_back"), STR("yes"));
	else if (!str_is(fact_find(f, STR("order.call_back")), "no"))
		fact_set(c, f, STR("order.call_back"), (struct str){"", 0});
	return 0;
}

static int gather(struct ctx *c, struct instance *in, struct gate *g)
{
	struct fact_reader reader = {in, &g->input.order};
	struct pauses pauses = {0};
	struct facts *items;
	const struct profile *p;
	int rc;

	g->input.received = instant_day(g->order.received);
	g->input.now.s = ctx_now(c);
	p = instance_profile(in, g->input.received);
	/* What a person entered first: what the program knows for certain overrides it. */
	rc = db_each(
	    c, in->store.db, SQL_FACT_OF_ORDER, DB_ARGS(db_int(g->order.id)), add_fact, &reader);
	if (rc == 0)
		rc = add_demand(c, in, g);
	if (rc == 0)
		rc = add_calls(c, in, g);
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_PAUSE_OF_ORDER, DB_ARGS(db_int(g->order.id)),
		    add_pause, &pauses);
	if (rc != 0)
		return rc;
	gate_profile(c, p, &g->input.order);
	fact_set(c, &g->input.order, STR("order.instrument"), g->order.instrument);
	items = mem_array(c, g->items.n, sizeof *items);
	for (size_t i = 0; i < g->items.n; i++)
		add_item_facts(c, g, p, &g->items.v[i], &items[i]);
	g->input.items = items;
	g->input.n_items = g->items.n;
	g->input.pauses = pauses.v;
	g->input.n_pauses = pauses.n;
	return 0;
}

/* ---- loading ---- */

static enum verdict verdict_find(struct str word)
{
	for (enum verdict v = VERDICT_PASS; v <= VERDICT_FAIL; v++)
		if (str_is(word, judge_verdict_name(v)))
			return v;
	return VERDICT_FAIL; /* a word nobody wrote cannot open a gate */
}

static int add_stored(struct ctx *c, const struct db_val *r, void *arg)
{
	struct gate *g = arg;

	g->stored = mem_grow(c, g->stored, g->n_stored, &g->cap_stored, sizeof *g->stored);
	g->stored[g->n_stored++] = (struct gate_finding){.id = r[0].num,
	    .rev = r[1].num,
	    .item = r[2].num,
	    .rule = str_make(c, r[3].s),
	    .pack = str_make(c, r[4].s),
	    .verdict = verdict_find(r[5].s),
	    .code = str_make(c, r[6].s),
	    .verified = r[7].num != 0,
	    .why = str_make(c, r[8].s),
	    .answer = r[9].kind == DB_TEXT ? str_make(c, r[9].s) : (struct str){"", 0},
	    .answered_by = r[10].kind == DB_NULL ? 0 : r[10].num,
	    .reason_ct = r[11].kind == DB_BLOB ? str_make(c, r[11].s) : (struct str){"", 0}};
	return 0;
}

static int load_stored(struct ctx *c, struct instance *in, struct gate *g)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_FINDING_ROUND, DB_ARGS(db_int(g->order.id)), &row);

	if (rc != 0)
		return rc;
	g->round = row[0].num;
	return db_each(c, in->store.db, SQL_FINDING_OF_ROUND,
	    DB_ARGS(db_int(g->order.id), db_int(g->round)), add_stored, g);
}

static int load_alerts(struct ctx *c, struct instance *in, struct gate *g)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_ALERT_OPEN, DB_ARGS(db_int(g->matter.id)), &row);

	if (rc == 0)
		g->alerts = row[0].num;
	return rc;
}

static int add_bound(struct ctx *c, const struct db_val *row, void *arg)
{
	struct gate *g = arg;

	g->bounds = mem_grow(c, g->bounds, g->n_bounds, &g->cap_bounds, sizeof *g->bounds);
	g->bounds[g->n_bounds++] = (struct gate_bound){
	    row[1].num, row[2].num != 0, db_get_day(row[3]), db_get_day(row[4])};
	return 0;
}

static int load_rulings(struct ctx *c, struct instance *in, struct gate *g)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_CONTEST_SET_ASIDE, DB_ARGS(db_int(g->order.id)), &row);

	if (rc == 0)
		g->set_aside = row[0].num > 0;
	return rc != 0 ? rc
		       : db_each(c, in->store.db, SQL_CONTEST_BOUNDS, DB_ARGS(db_int(g->order.id)),
			     add_bound, g);
}

/* The rest, of a gate that has its case and order. */
static int load_rest(struct ctx *c, struct instance *in, struct gate *g)
{
	int rc = matter_items(c, in, g->order.id, &g->items);

	if (rc == 0)
		rc = matter_targets(c, in, g->order.matter, &g->targets);
	if (rc == 0)
		rc = gather(c, in, g);
	if (rc == 0)
		rc = judge_order(c, in->law, &g->input, &g->now);
	if (rc == 0)
		rc = load_stored(c, in, g);
	if (rc == 0)
		rc = load_rulings(c, in, g);
	return rc == 0 ? load_alerts(c, in, g) : rc;
}

int gate_load(struct ctx *c, struct instance *in, int64_t order, struct gate *ret)
{
	struct gate g = {0};
	int rc = matter_order_by_id(c, in, order, &g.order);

	if (rc == 0)
		rc = matter_by_id(c, in, g.order.matter, &g.matter);
	if (rc == 0)
		rc = load_rest(c, in, &g);
	if (rc == 0)
		*ret = g;
	return rc;
}

int gate_look(struct ctx *c, struct instance *in, const struct matter *m,
    const struct legal_order *o, struct gate *ret)
{
	struct gate g = {.matter = *m, .order = *o, .input = {.brief = true}};
	int rc = load_rest(c, in, &g);

	if (rc == 0)
		*ret = g;
	return rc;
}

int gate_clocks(struct ctx *c, struct instance *in, const struct matter *matter,
    const struct legal_order *order, struct gate *ret)
{
	struct gate g = {.matter = *matter, .order = *order};
	int rc = gather(c, in, &g);

	if (rc == 0)
		rc = judge_clocks(c, in->law, &g.input, &g.now);
	if (rc == 0)
		*ret = g;
	return rc;
}

/* ---- storing ---- */

/* What a person has to see: everything that is not a pass, and the passes that grant. */
static bool worth_keeping(const struct finding *f)
{
	return f->verdict != VERDICT_NA && (f->verdict != VERDICT_PASS || f->grants || f->house);
}

static int store_finding(
    struct ctx *c, struct step *s, const struct gate *g, const struct finding *f)
{
	return step_insert(c, s, STEP_FINDING, SQL_FINDING_PUT,
	    DB_ARGS(db_int(g->order.id), db_int(g->round),
		f->item == JUDGE_ORDER ? db_null() : db_int(g->items.v[f->item].id),
		db_text(f->rule), db_text(f->pack), db_text(str_of(judge_verdict_name(f->verdict))),
		db_text(f->code), db_int(f->verified), db_text(json_str(c, f->why))),
	    NULL);
}

struct running {
	const struct bar *bar;
	int64_t id, rev; /* 0: none runs */
	struct day until;
	bool lifted; /* the same bar, with the same end, by its authority's word */
};

static int match_secrecy(struct ctx *c, const struct db_val *row, void *arg)
{
	struct running *r = arg;

	(void)c;
	if (!str_eq(row[4].s, r->bar->id))
		return 0;
	if (row[7].kind == DB_NULL) {
		r->id = row[0].num;
		r->rev = row[1].num;
		r->until = db_get_day(row[6]);
	} else if (day_cmp(db_get_day(row[6]), r->bar->until) == 0) {
		r->lifted = true;
	}
	return 0;
}

static int store_bar(struct ctx *c, struct step *s, const struct gate *g, const struct bar *b)
{
	struct running r = {.bar = b};
	int rc = db_each(
	    c, s->store->db, SQL_SECRECY_OF_ORDER, DB_ARGS(db_int(g->order.id)), match_secrecy, &r);

	if (rc != 0 || (r.id == 0 && r.lifted) || (r.id != 0 && day_cmp(r.until, b->until) == 0))
		return rc;
	/* A letter that waits to be sent to its user waits no longer (desk/notice.h). */
	if (!str_is(b->bars, "public"))
		rc = db_run(
		    c, s->store->db, SQL_NOTICE_CALL_BACK, DB_ARGS(db_int(g->order.id)), NULL);
	if (rc != 0)
		return rc;
	if (r.id != 0) /* the order's own end became known, or changed */
		return step_update(c, s, STEP_SECRECY, SQL_SECRECY_SET, r.id, r.rev,
		    DB_ARGS(db_day(b->until), db_null()));
	return step_insert(c, s, STEP_SECRECY, SQL_SECRECY_PUT,
	    DB_ARGS(db_int(g->order.id), db_text(b->bars), db_text(b->id), db_int(s->now.s),
		db_day(b->until)),
	    NULL);
}

int gate_store(struct ctx *c, struct step *s, struct gate *g)
{
	int rc = 0;

	g->round++;
	for (size_t i = 0; i < g->now.n_findings && rc == 0; i++)
		if (worth_keeping(&g->now.findings[i]))
			rc = store_finding(c, s, g, &g->now.findings[i]);
	/* What only may bar is a question in the judgment, not a bar on record that an edition
	 * counts. */
	for (size_t i = 0; i < g->now.n_bars && rc == 0; i++)
		if (!g->now.bars[i].unknown)
			rc = store_bar(c, s, g, &g->now.bars[i]);
	json_set_int(c, s->detail, "round", g->round);
	return rc == 0 ? claim_bar_look(c, s, g) : rc;
}

/* ---- the check ---- */

static const struct gate_finding *answer_to(const struct gate *g, const struct finding *f)
{
	int64_t item = f->item == JUDGE_ORDER ? 0 : g->items.v[f->item].id;

	for (size_t i = 0; i < g->n_stored; i++) {
		const struct gate_finding *s = &g->stored[i];

		if (s->item == item && s->verdict == f->verdict && str_eq(s->rule, f->rule) &&
		    str_eq(s->pack, f->pack))
			return s;
	}
	return NULL;
}

/* One finding of the judgment of this moment against what people answered to the stored round. */
static int check_finding(
    struct ctx *c, const struct gate *g, const struct finding *f, int64_t *ret_counsel)
{
	const struct gate_finding *a;

	switch (f->verdict) {
	case VERDICT_NA:
	case VERDICT_PASS:
		return 0;
	case VERDICT_FAIL:
		return err_set(
		    c, ERR_DENIED, "rule %.*s fails (%.*s)", STR_ARG(f->rule), STR_ARG(f->code));
	case VERDICT_ASK:
	case VERDICT_COUNSEL:
		break;
	}
	a = answer_to(g, f);
	if (a == NULL || a->answer.n == 0)
		return err_set(c, ERR_DENIED, "rule %.*s waits for an answer (%s)",
		    STR_ARG(f->rule), err_word(c, judge_verdict_name(f->verdict)));
	if (str_is(a->answer, f->verdict == VERDICT_ASK ? "accept" : "allow")) {
		if (f->verdict == VERDICT_COUNSEL)
			*ret_counsel = a->answered_by;
		return 0;
	}
	return err_set(c, ERR_DENIED, "rule %.*s was answered against it", STR_ARG(f->rule));
}

static int check(struct ctx *c, const struct gate *g, int item, int64_t *ret_counsel)
{
	int rc = 0;

	for (size_t i = 0; i < g->now.n_findings && rc == 0; i++)
		if (g->now.findings[i].item == item)
			rc = check_finding(c, g, &g->now.findings[i], ret_counsel);
	return rc;
}

static int check_ruling(struct ctx *c, const struct gate *g)
{
	return g->set_aside ? err_set(c, ERR_DENIED,
				  "a court has set the order aside: nothing is produced on it")
			    : 0;
}

int gate_check_order(struct ctx *c, const struct gate *g)
{
	int64_t counsel = 0;
	int rc = check_ruling(c, g);

	return rc == 0 ? check(c, g, JUDGE_ORDER, &counsel) : rc;
}

int gate_check_days(
    struct ctx *c, const struct gate *g, const struct item *item, struct day from, struct day to)
{
	for (size_t i = 0; i < g->n_bounds; i++) {
		const struct gate_bound *b = &g->bounds[i];

		if (b->item != item->id)
			continue;
		if (!b->allowed)
			return err_set(c, ERR_DENIED,
			    "item %d: a court has left it out of the order", item->number);
		if ((!day_is_none(b->from) && (day_is_none(from) || day_cmp(from, b->from) < 0)) ||
		    (!day_is_none(b->to) && (day_is_none(to) || day_cmp(to, b->to) > 0)))
			return err_set(c, ERR_DENIED,
			    "item %d: a court has left of it %s to %s: narrow it to that",
			    item->number, day_is_none(b->from) ? "*" : day_str(c, b->from).p,
			    day_is_none(b->to) ? "*" : day_str(c, b->to).p);
	}
	return 0;
}

int gate_check_item(
    struct ctx *c, const struct gate *g, const struct item *item, int64_t *ret_counsel)
{
	int64_t counsel = 0;
	int index = item->number - 1;
	bool granted = false;
	int rc = check_ruling(c, g);

	if (rc == 0)
		rc = check(c, g, JUDGE_ORDER, &counsel);
	if (rc == 0)
		rc = check(c, g, index, &counsel);
	if (rc != 0)
		return rc;
	/* P6: whatever counsel answers about the demand, nothing is produced on it */
	if (str_is(fact_find(&g->input.order, STR("order.capability")), "yes"))
		return err_set(c, ERR_DENIED,
		    "nothing is produced on a demand to build access or to provide a capability");
	for (size_t i = 0; i < g->now.n_findings; i++) {
		const struct finding *f = &g->now.findings[i];

		granted = granted || (f->item == index && f->grants && f->verified && !f->house &&
					 f->verdict == VERDICT_PASS);
	}
	if (!granted)
		return err_set(c, ERR_DENIED, "no rule of a statute grants item %d", item->number);
	*ret_counsel = counsel;
	return 0;
}

bool gate_emergency(const struct gate *g)
{
	/* the paper may not say so, and a person enter it later */
	return g->order.emergency || str_is(g->order.class, "emergency") ||
	       str_is(fact_find(&g->input.order, STR("order.emergency")), "yes");
}

int gate_check_call(struct ctx *c, const struct gate *g, int64_t second)
{
	if (!gate_emergency(g))
		return 0;
	for (size_t i = 0; i < g->n_called; i++)
		if (g->called_by[i] != second)
			return 0;
	return err_set(c, ERR_DENIED,
	    g->n_called == 0
		? "an emergency: nobody has called the authority back and found it confirmed "
		  "(`writ order call-back`)"
		: "an emergency: who recorded the call-back does not release it too");
}

int gate_check_sender(struct ctx *c, const struct gate *g)
{
	if (g->alerts == 0)
		return 0;
	return err_set(c, ERR_DENIED,
	    "the officer or agency behind it is suspended or compromised: nothing leaves before a "
	    "person has confirmed the demand by another way (`writ matter confirm`)");
}

bool gate_second_due(const struct gate *g, const struct instance *in, const struct item *item)
{
	const struct target *t = matter_target(&g->targets, item->target);

	return !str_is(item->fold, "noncontent") || gate_emergency(g) ||
	       /* an identifier that one person put in the place of the paper's */
	       (t != NULL && t->corrects != 0) || g->matter.compartment != 0 ||
	       str_is(g->order.class, "national_security") ||
	       g->targets.n > (size_t)in->second_person_targets;
}
