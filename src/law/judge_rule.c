#include "law/judge_p.h"

#include "base/mem.h"

bool judge_rule_valid(const struct source *src, struct day day)
{
	return (day_is_none(src->valid_from) || day_cmp(day, src->valid_from) >= 0) &&
	       (day_is_none(src->valid_until) || day_cmp(day, src->valid_until) <= 0);
}

struct json *judge_rule_why(
    struct ctx *c, struct str id, enum verdict verdict, struct json *facts, struct json *children)
{
	struct json *why = json_map(c);

	json_set_text(c, why, "rule", id);
	json_set_text(c, why, "verdict", str_of(judge_verdict_name(verdict)));
	json_set(c, why, "facts", facts == NULL ? json_map(c) : facts);
	json_set(c, why, "children", children == NULL ? json_list(c) : children);
	return why;
}

struct finding judge_rule_own(const char *id, int item, enum verdict verdict, struct str code)
{
	static const struct {
		const char *id, *en, *de;
	} texts[] = {
	    {"writ.jurisdiction", "A law that Writ knows must govern this demand to this provider.",
		"Ein Gesetz, das Writ kennt, muss für dieses Ersuchen an diesen Anbieter gelten."},
	    {"writ.instrument", "The instrument must be one of the law that governs the demand.",
		"Das Instrument muss eines des Rechts sein, das für das Ersuchen gilt."},
	    {"writ.granted", "Nothing is produced that no verified rule of law unlocks.",
		"Nichts wird herausgegeben, was keine geprüfte Rechtsregel freigibt."},
	};
	struct finding f = {.item = item,
	    .rule = str_of(id),
	    .pack = STR("writ"),
	    .code = code,
	    .verdict = verdict,
	    .verified = true,
	    .en = STR(""),
	    .de = STR(""),
	    .missing = STR("")};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (strcmp(texts[i].id, id) != 0)
			continue;
		f.en = str_of(texts[i].en);
		f.de = str_of(texts[i].de);
	}
	return f;
}

static enum verdict verdict_of(const struct rule *rule, enum tri when, enum tri require)
{
	static const enum verdict fails[] = {VERDICT_FAIL, VERDICT_COUNSEL, VERDICT_ASK};

	if (when == TRI_NO)
		return VERDICT_NA;
	if (when == TRI_UNKNOWN || require == TRI_UNKNOWN)
		return VERDICT_ASK;
	if (require == TRI_YES)
		return VERDICT_PASS;
	return rule->src.verified ? fails[rule->on_fail] : VERDICT_ASK;
}

static struct json *part_why(struct ctx *c, const char *name, const struct cond *cond,
    const struct cond_view *v, struct json *list)
{
	struct json *part = cond_eval_why(c, cond, v);

	json_set_text(c, part, "cond", str_of(name));
	json_add(c, list, part);
	return list;
}

static struct json *rule_why(
    struct ctx *c, const struct rule *rule, const struct cond_view *v, enum verdict verdict)
{
	struct json *facts = json_map(c), *children = json_list(c);

	cond_eval_facts(c, rule->when, v, facts);
	cond_eval_facts(c, rule->require, v, facts);
	if (rule->when != NULL)
		(void)part_why(c, "when", rule->when, v, children);
	if (rule->require != NULL)
		(void)part_why(c, "require", rule->require, v, children);
	return judge_rule_why(c, rule->id, verdict, facts, children);
}

/* Preservation, sealed records and demands for a capability are orders of their own kind: they are
 * judged, but no data leaves on them. */
static bool basis_grants(const struct instrument *instrument)
{
	return instrument == NULL || instrument->basis == BASIS_ORDER ||
	       instrument->basis == BASIS_PERMITTED;
}

bool judge_rule_find(struct ctx *c, const struct judge_run *run, const struct pack *pack,
    const struct rule *rule, const struct cond_view *v, int item, struct finding *ret)
{
	enum tri when, require;
	enum verdict verdict;
	struct str missing = STR("");

	if (!judge_rule_valid(&rule->src, run->in->received))
		return false;
	when = cond_eval(c, rule->when, v);
	require = cond_eval(c, rule->require, v);
	verdict = verdict_of(rule, when, require);
	if (verdict == VERDICT_NA)
		return false;
	if (verdict == VERDICT_ASK)
		cond_eval_missing(c, when == TRI_UNKNOWN ? rule->when : rule->require, v, &missing);
	/* The pack has no category for this field. Nobody can answer that question, and nothing
	 * hangs on it: what the pack does not know, the pack never grants. */
	if (str_is(missing, "item.category"))
		return false;
	*ret = (struct finding){.item = item,
	    .rule = rule->id,
	    .pack = pack->id,
	    .code = verdict == VERDICT_PASS ? STR("") : rule->code,
	    .verdict = verdict,
	    .house = pack->house,
	    .verified = rule->src.verified,
	    .en = rule->en,
	    .de = rule->de,
	    .missing = missing,
	    .src = &rule->src,
	    .why = run->in->brief ? NULL : rule_why(c, rule, v, verdict)};
	ret->grants = rule->grants && verdict == VERDICT_PASS && rule->src.verified &&
		      basis_grants(run->instrument) &&
		      cond_eval_find(v, STR("item.category")).p != NULL;
	return true;
}

void judge_rule_soften(
    struct ctx *c, const struct judge_run *run, enum verdict statute, struct finding *f)
{
	const struct pack *pack;
	const struct rule *rule = pack_rule(run->law, f->rule, &pack);
	struct json *why;

	if (!f->house || f->verdict != VERDICT_FAIL || (rule != NULL && rule->never))
		return;
	if (run->instrument == NULL || !run->instrument->commands || statute > VERDICT_PASS)
		return;
	f->verdict = VERDICT_COUNSEL;
	if (f->why == NULL)
		return;
	why = mem_alloc(c, sizeof *why);
	*why = *f->why;
	json_set_text(c, why, "verdict", str_of(judge_verdict_name(VERDICT_COUNSEL)));
	json_set_text(c, why, "house", str_of(judge_verdict_name(VERDICT_FAIL)));
	f->why = why;
}
