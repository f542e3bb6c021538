#include "law/judge.h"

#include "base/mem.h"
#include "law/clock_p.h"
#include "law/judge_p.h"

const char *judge_verdict_name(enum verdict v)
{
	static const char *const names[] = {"n/a", "pass", "ask", "counsel", "fail"};

	return names[v];
}

void judge_add(struct ctx *c, struct judge_run *run, const struct finding *f)
{
	run->findings = mem_grow(
	    c, run->findings, run->n_findings, &run->cap_findings, sizeof run->findings[0]);
	run->findings[run->n_findings++] = *f;
	if (f->item == JUDGE_ORDER && !f->house && f->verdict > run->statute_order)
		run->statute_order = f->verdict;
}

static int facts_check(struct ctx *c, const struct law *law, const struct facts *facts, bool item)
{
	for (size_t i = 0; i < facts->n; i++) {
		const struct fact *f = &facts->v[i];
		int rc = pack_fact_check(c, law, f->name, f->value);

		if (rc != 0)
			return rc;
		if (cond_item_fact(f->name) != item)
			return err_set(c, ERR_INVALID, "fact %.*s belongs to %s", STR_ARG(f->name),
			    err_word(c, item ? ERR_TEXT("the order") : ERR_TEXT("an item")));
	}
	return 0;
}

static int input_check(struct ctx *c, const struct law *law, const struct judge_input *in)
{
	int rc = facts_check(c, law, &in->order, false);

	if (rc == 0 && (instant_is_none(in->now) || day_is_none(in->received)))
		rc = err_set(
		    c, ERR_INVALID, "the day of receipt and the present instant are needed");
	for (size_t i = 0; rc == 0 && i < in->n_items; i++) {
		rc = facts_check(c, law, &in->items[i], true);
		if (rc != 0)
			rc = err_while(c, rc, "item %zu", i + 1);
	}
	return rc;
}

/* order.class and order.basis are the instrument's. They may not be claimed beside one. */
static void derive(struct ctx *c, struct judge_run *run)
{
	static const char *const bases[] = {
	    "order", "permitted", "preservation", "sealed", "capability"};
	struct str id = fact_find(&run->in->order, STR("order.instrument"));
	const struct instrument *instrument = id.p == NULL ? NULL : pack_instrument(run->law, id);

	for (size_t i = 0; i < run->in->order.n; i++)
		fact_set(c, &run->order, run->in->order.v[i].name, run->in->order.v[i].value);
	if (id.p == NULL)
		return;
	if (instrument != NULL && !judge_rule_valid(&instrument->src, run->in->received))
		instrument = NULL;
	fact_set(
	    c, &run->order, STR("order.class"), instrument == NULL ? STR("") : instrument->class);
	fact_set(c, &run->order, STR("order.basis"),
	    instrument == NULL ? STR("") : str_of(bases[instrument->basis]));
	run->instrument = instrument;
}

static void applies_judge(struct ctx *c, struct judge_run *run)
{
	struct cond_view v = {&run->order, NULL};

	run->applies = mem_array(c, run->law->n_packs, sizeof run->applies[0]);
	for (size_t i = 0; i < run->law->n_packs; i++) {
		run->applies[i] = cond_eval(c, run->law->packs[i]->applies, &v);
		if (run->applies[i] == TRI_YES && !run->law->packs[i]->house)
			run->statute = true;
	}
}

/* Why each pack that does not apply does not, or may. */
static void packs_why(struct ctx *c, const struct judge_run *run, struct finding *f)
{
	struct cond_view v = {&run->order, NULL};
	struct json *facts = json_map(c), *children = json_list(c);

	for (size_t i = 0; i < run->law->n_packs; i++) {
		const struct pack *pack = run->law->packs[i];
		struct json *list;

		if (run->applies[i] == TRI_YES)
			continue;
		cond_eval_facts(c, pack->applies, &v, facts);
		list = json_list(c);
		json_add(c, list, cond_eval_why(c, pack->applies, &v));
		json_add(c, children,
		    judge_rule_why(c, pack->id,
			run->applies[i] == TRI_NO ? VERDICT_NA : VERDICT_ASK, NULL, list));
	}
	f->why = judge_rule_why(c, f->rule, f->verdict, facts, children);
}

static void jurisdiction_find(struct ctx *c, struct judge_run *run)
{
	struct cond_view v = {&run->order, NULL};
	struct str missing = STR("");
	struct finding f;

	for (size_t i = 0; i < run->law->n_packs; i++)
		if (run->applies[i] != TRI_YES)
			cond_eval_missing(c, run->law->packs[i]->applies, &v, &missing);
	if (run->statute && missing.n == 0)
		return;
	f = judge_rule_own("writ.jurisdiction", JUDGE_ORDER, VERDICT_ASK,
	    run->statute ? STR("") : STR("needs_mla"));
	f.missing = missing;
	if (!run->in->brief)
		packs_why(c, run, &f);
	judge_add(c, run, &f);
}

static bool instrument_applies(const struct judge_run *run)
{
	for (size_t i = 0; run->instrument != NULL && i < run->law->n_packs; i++)
		if (run->law->packs[i] == run->instrument->pack)
			return run->applies[i] == TRI_YES;
	return false;
}

static void instrument_find(struct ctx *c, struct judge_run *run)
{
	struct str id = fact_find(&run->order, STR("order.instrument"));
	struct json *facts;
	struct finding f;

	if (instrument_applies(run))
		return;
	run->instrument = NULL; /* of no pack that governs: it can neither command nor unlock */
	if (!run->statute)
		return; /* writ.jurisdiction says what is wrong */
	f = judge_rule_own("writ.instrument", JUDGE_ORDER,
	    id.p == NULL ? VERDICT_ASK : VERDICT_FAIL, STR("wrong_instrument"));
	if (id.p == NULL)
		f.missing = STR("order.instrument");
	if (!run->in->brief) {
		facts = json_map(c);
		if (id.p != NULL)
			json_set_text(c, facts, "order.instrument", id);
		f.why = judge_rule_why(c, f.rule, f.verdict, facts, NULL);
	}
	judge_add(c, run, &f);
}

static const struct json *clock_why(
    struct ctx *c, const struct judge_run *run, const struct clock_rule *rule, enum verdict verdict)
{
	struct cond_view v = {&run->order, NULL};
	struct json *facts = json_map(c), *children = json_list(c);

	cond_eval_facts(c, rule->when, &v, facts);
	if (rule->when != NULL)
		json_add(c, children, cond_eval_why(c, rule->when, &v));
	return judge_rule_why(c, rule->id, verdict, facts, children);
}

/* A clock stops production in two ways: it ran out unconfirmed, or it is not known whether it runs.
 */
static void clock_find(struct ctx *c, struct judge_run *run, const struct pack *pack,
    const struct clock_rule *rule, const struct clock *clock)
{
	bool fails = clock_unconfirmed(clock, run->in->now);
	enum verdict verdict = fails ? VERDICT_FAIL : VERDICT_ASK;
	struct finding f;

	if (!fails && !(clock->unknown && clock_gates(rule)))
		return;
	f = (struct finding){.item = JUDGE_ORDER,
	    .rule = rule->id,
	    .pack = pack->id,
	    .code = str_is(rule->act, "confirm") ? STR("not_confirmed") : STR(""),
	    .verdict = verdict,
	    .house = pack->house,
	    .verified = true,
	    .en = rule->en,
	    .de = rule->de,
	    .missing = clock->missing,
	    .src = &rule->src,
	    .why = run->in->brief ? NULL : clock_why(c, run, rule, verdict)};
	judge_rule_soften(c, run, run->statute_order, &f);
	judge_add(c, run, &f);
}

static void clocks_judge(
    struct ctx *c, struct judge_run *run, const struct pack *pack, struct judgment *j)
{
	struct cond_view v = {&run->order, NULL};

	for (size_t i = 0; i < pack->n_clocks; i++) {
		const struct clock_rule *rule = &pack->clocks[i];
		struct clock *clock = &j->clocks[j->n_clocks];

		if (!judge_rule_valid(&rule->src, run->in->received) ||
		    !clock_start(c, run->law, run->in, &v, rule, clock))
			continue;
		j->n_clocks++;
		clock_find(c, run, pack, rule, clock);
		if (clock->verified && !instant_is_none(clock->earliest) &&
		    clock->earliest.s > j->earliest.s) /* none is the smallest number */
			j->earliest = clock->earliest;
	}
}

static struct day bar_until(
    struct ctx *c, const struct law *law, const struct facts *order, struct str name)
{
	const struct vocab_fact *fact = pack_fact(law, name);
	struct str text = fact_find(order, name);
	struct day day = DAY_NONE;
	struct instant at;

	if (fact == NULL || text.p == NULL)
		return DAY_NONE;
	if (fact->type == FACT_DAY && day_parse(c, text, &day) == 0)
		return day;
	if (fact->type == FACT_INSTANT && instant_parse(c, text, &at) == 0)
		return instant_day(at);
	err_clear(c);
	return DAY_NONE;
}

static void bars_judge(
    struct ctx *c, struct judge_run *run, const struct pack *pack, struct judgment *j)
{
	struct cond_view v = {&run->order, NULL};

	for (size_t i = 0; i < pack->n_bars; i++) {
		const struct bar_rule *rule = &pack->bars[i];
		enum tri when = cond_eval(c, rule->when, &v);
		struct bar *bar = &j->bars[j->n_bars];

		if (when == TRI_NO || !judge_rule_valid(&rule->src, run->in->received))
			continue;
		*bar = (struct bar){.id = rule->id,
		    .bars = rule->bars,
		    .en = rule->en,
		    .de = rule->de,
		    .until = bar_until(c, run->law, &run->order, rule->until),
		    .verified = rule->src.verified,
		    .unknown = when == TRI_UNKNOWN,
		    .missing = STR(""),
		    .src = &rule->src};
		cond_eval_missing(c, rule->when, &v, &bar->missing);
		j->n_bars++;
	}
}

static void pack_judge(
    struct ctx *c, struct judge_run *run, const struct pack *pack, struct judgment *j)
{
	struct cond_view v = {&run->order, NULL};

	/* Clocks first, so that a house rule is weighed against all that the statutes say. */
	clocks_judge(c, run, pack, j);
	bars_judge(c, run, pack, j);
	for (size_t i = 0; i < pack->n_rules; i++) {
		struct finding f;

		if (pack->rules[i].item_scope ||
		    !judge_rule_find(c, run, pack, &pack->rules[i], &v, JUDGE_ORDER, &f))
			continue;
		judge_rule_soften(c, run, run->statute_order, &f);
		judge_add(c, run, &f);
	}
}

static void room_make(struct ctx *c, const struct judge_run *run, struct judgment *j)
{
	size_t clocks = 0, bars = 0;

	for (size_t i = 0; i < run->law->n_packs; i++) {
		clocks += run->law->packs[i]->n_clocks;
		bars += run->law->packs[i]->n_bars;
	}
	j->clocks = mem_array(c, clocks, sizeof j->clocks[0]);
	j->bars = mem_array(c, bars, sizeof j->bars[0]);
	j->items = mem_array(c, run->in->n_items, sizeof j->items[0]);
	j->item_codes = mem_array(c, run->in->n_items, sizeof j->item_codes[0]);
	j->item_category = mem_array(c, run->in->n_items, sizeof j->item_category[0]);
	j->earliest = INSTANT_NONE;
}

int judge_clocks(
    struct ctx *c, const struct law *law, const struct judge_input *in, struct judgment *ret)
{
	struct judge_input bare = *in;
	struct judge_run run = {.law = law, .in = &bare, .statute_order = VERDICT_PASS};
	struct cond_view v = {&run.order, NULL};
	struct judgment j = {0};
	int rc;

	bare.n_items = 0;
	rc = input_check(c, law, &bare);
	if (rc != 0)
		return rc;
	room_make(c, &run, &j);
	derive(c, &run);
	applies_judge(c, &run);
	for (int house = 0; house <= 1; house++)
		for (size_t i = 0; i < law->n_packs; i++)
			for (size_t k = 0; k < law->packs[i]->n_clocks; k++)
				if (law->packs[i]->house == (house == 1) &&
				    run.applies[i] == TRI_YES &&
				    judge_rule_valid(
					&law->packs[i]->clocks[k].src, bare.received) &&
				    clock_start(c, law, &bare, &v, &law->packs[i]->clocks[k],
					&j.clocks[j.n_clocks]))
					j.n_clocks++;
	*ret = j;
	return 0;
}

int judge_order(
    struct ctx *c, const struct law *law, const struct judge_input *in, struct judgment *ret)
{
	struct judge_run run = {.law = law, .in = in, .statute_order = VERDICT_PASS};
	struct judgment j = {0};
	int rc = input_check(c, law, in);

	if (rc != 0)
		return rc;
	room_make(c, &run, &j);
	derive(c, &run);
	applies_judge(c, &run);
	jurisdiction_find(c, &run);
	instrument_find(c, &run);
	for (int house = 0; house <= 1; house++)
		for (size_t i = 0; i < law->n_packs; i++)
			if (law->packs[i]->house == (house == 1) && run.applies[i] == TRI_YES)
				pack_judge(c, &run, law->packs[i], &j);
	for (size_t i = 0; i < in->n_items; i++)
		judge_item_find(
		    c, &run, (int)i, &j.items[i], &j.item_codes[i], &j.item_category[i]);
	j.findings = run.findings;
	j.n_findings = run.n_findings;
	*ret = j;
	return 0;
}
