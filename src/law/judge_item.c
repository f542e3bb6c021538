#include "law/judge_p.h"

#include "base/mem.h"

/* The pack's category of a field; an empty slice with p NULL when it has none. */
static struct str category_of(const struct pack *pack, struct str field, struct day day)
{
	for (size_t i = 0; field.n > 0 && i < pack->n_categories; i++)
		if (str_has_word(pack->categories[i].fields, field) &&
		    judge_rule_valid(&pack->categories[i].src, day))
			return pack->categories[i].id;
	return (struct str){NULL, 0};
}

static struct facts facts_copy(struct ctx *c, const struct facts *from)
{
	struct facts copy = {0};

	for (size_t i = 0; i < from->n; i++)
		fact_set(c, &copy, from->v[i].name, from->v[i].value);
	return copy;
}

static struct str fold_of(const struct law *law, struct str id)
{
	static const char *const folds[] = {"noncontent", "content", "key"};
	const struct vocab_field *field = pack_field(law, id);

	return field == NULL ? (struct str){NULL, 0} : str_of(folds[field->fold]);
}

/* Would the rule grant this item under some other order? It is asked with every fact of the order
 * unknown: what even then comes out false fails by the item itself. */
static bool could_grant(struct ctx *c, const struct rule *rule, const struct facts *item)
{
	struct facts nothing = {0};
	struct cond_view v = {&nothing, item};

	return cond_eval(c, rule->when, &v) != TRI_NO && cond_eval(c, rule->require, &v) != TRI_NO;
}

static void could_add(struct ctx *c, const struct judge_run *run, const struct pack *pack,
    const struct facts *item, int index, struct json *children)
{
	struct cond_view v = {&run->order, item};

	if (run->in->brief || fact_find(item, STR("item.category")).p == NULL)
		return;
	for (size_t i = 0; i < pack->n_rules; i++) {
		const struct rule *rule = &pack->rules[i];
		struct finding f = {.verdict = VERDICT_NA};

		if (!rule->grants || !rule->src.verified ||
		    !judge_rule_valid(&rule->src, run->in->received) || !could_grant(c, rule, item))
			continue;
		(void)judge_rule_find(c, run, pack, rule, &v, index, &f); /* stays n/a when it is */
		json_add(c, children, judge_rule_why(c, rule->id, f.verdict, NULL, NULL));
	}
}

struct item_run {
	struct facts item;
	struct str field, category;
	struct json *could;
	bool granted;
	enum verdict statute;
};

static void pack_judge(
    struct ctx *c, struct judge_run *run, const struct pack *pack, int index, struct item_run *it)
{
	struct str category = category_of(pack, it->field, run->in->received);
	struct cond_view v = {&run->order, &it->item};

	fact_set(c, &it->item, STR("item.category"), category.p == NULL ? STR("") : category);
	if (!pack->house && it->category.n == 0 && category.p != NULL)
		it->category = category;
	for (size_t i = 0; i < pack->n_rules; i++) {
		struct finding f;

		if (!pack->rules[i].item_scope ||
		    !judge_rule_find(c, run, pack, &pack->rules[i], &v, index, &f))
			continue;
		judge_rule_soften(c, run, it->statute, &f);
		if (!pack->house && f.verdict > it->statute)
			it->statute = f.verdict;
		it->granted = it->granted || f.grants;
		judge_add(c, run, &f);
	}
	if (!pack->house)
		could_add(c, run, pack, &it->item, index, it->could);
}

static void layer_judge(
    struct ctx *c, struct judge_run *run, bool house, int index, struct item_run *it)
{
	for (size_t i = 0; i < run->law->n_packs; i++)
		if (run->law->packs[i]->house == house && run->applies[i] == TRI_YES)
			pack_judge(c, run, run->law->packs[i], index, it);
}

static const struct json *granted_why(
    struct ctx *c, const struct judge_run *run, const struct item_run *it, const struct finding *f)
{
	struct str instrument = fact_find(&run->order, STR("order.instrument"));
	struct json *facts = json_map(c);

	if (it->field.p != NULL)
		json_set_text(c, facts, "item.field", it->field);
	if (instrument.p != NULL)
		json_set_text(c, facts, "order.instrument", instrument);
	return judge_rule_why(c, f->rule, f->verdict, facts, it->could);
}

static void granted_check(struct ctx *c, struct judge_run *run, int index, struct item_run *it)
{
	struct finding f;
	bool key;

	if (it->granted)
		return;
	/* No rule grants keys, whatever the instrument: whether the law reaches them at all is for
	 * counsel, not for a reviewer's refusal (product.md P6). Counsel's word does not grant them
	 * either. */
	key = run->statute && str_is(fold_of(run->law, it->field), "key");
	f = judge_rule_own("writ.granted", index, key ? VERDICT_COUNSEL : VERDICT_FAIL,
	    key            ? STR("never_produced")
	    : run->statute ? STR("wrong_instrument")
			   : STR("needs_mla"));
	if (!run->in->brief)
		f.why = granted_why(c, run, it, &f);
	if (f.verdict > it->statute)
		it->statute = f.verdict;
	judge_add(c, run, &f);
}

/* The worst of what was found on the order and on the item; the first of the worst names the code.
 */
static void item_verdict(
    const struct judge_run *run, int index, enum verdict *ret_verdict, struct str *ret_code)
{
	enum verdict worst = VERDICT_PASS;
	struct str code = STR("");

	for (size_t i = 0; i < run->n_findings; i++) {
		const struct finding *f = &run->findings[i];

		if (f->item != JUDGE_ORDER && f->item != index)
			continue;
		if (f->verdict > worst || (f->verdict == worst && code.n == 0))
			code = f->code;
		if (f->verdict > worst)
			worst = f->verdict;
	}
	*ret_verdict = worst;
	*ret_code = worst == VERDICT_PASS ? STR("") : code;
}

void judge_item_find(struct ctx *c, struct judge_run *run, int item, enum verdict *ret_verdict,
    struct str *ret_code, struct str *ret_category)
{
	struct item_run it = {.item = facts_copy(c, &run->in->items[item]),
	    .category = STR(""),
	    .could = json_list(c),
	    .statute = run->statute_order};

	it.field = fact_find(&it.item, STR("item.field"));
	fact_set(c, &it.item, STR("item.fold"), fold_of(run->law, it.field));
	layer_judge(c, run, false, item, &it);
	granted_check(c, run, item, &it);
	layer_judge(c, run, true, item, &it);
	item_verdict(run, item, ret_verdict, ret_code);
	*ret_category = it.category;
}
