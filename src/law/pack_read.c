#include "law/pack_read_p.h"

#include "base/mem.h"
#include "kind/cal.h"
#include "law/cond_p.h"

enum { SPAN_MAX = 10000 };

static const char class_words[] =
    "subpoena court_order warrant national_security emergency preservation subscriber_request "
    "production_order consent realtime agreement capability other";

#define SOURCE_KEYS " cite quote lang mark text_date valid_from valid_until verified"

int pack_read_list(struct ctx *c, const struct yaml *map, const char *key, const struct yaml **ret)
{
	const struct yaml *list = yaml_find(map, key);

	if (list != NULL && list->kind != YAML_LIST)
		return yaml_err(c, list, "%s: a list is expected", key);
	*ret = list;
	return 0;
}

int pack_read_id(struct ctx *c, const struct yaml *map, const char *key, struct str *ret)
{
	struct str id;
	int rc = yaml_get_text(c, map, key, &id);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < id.n; i++) {
		char ch = id.p[i];
		bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');

		if (!letter && !(ch >= '0' && ch <= '9') && strchr("._-", ch) == NULL)
			return yaml_err(c, yaml_find(map, key),
			    "%s: letters, digits, point, hyphen and underscore only", key);
	}
	if (id.n == 0 || str_starts(id, "writ."))
		return yaml_err(c, yaml_find(map, key), "%s: not a name a pack may give", key);
	*ret = id;
	return 0;
}

static int text_get(struct ctx *c, const struct yaml *map, const char *key, struct str *ret)
{
	int rc = yaml_get_text(c, map, key, ret);

	if (rc == 0 && str_trim(*ret).n == 0)
		return yaml_err(c, yaml_find(map, key), "%s is empty", key);
	return rc;
}

int pack_read_heading(struct ctx *c, const struct yaml *map, struct str *ret_id, struct str *ret_en,
    struct str *ret_de)
{
	int rc = pack_read_id(c, map, "id", ret_id);

	if (rc == 0)
		rc = text_get(c, map, "en", ret_en);
	if (rc == 0)
		rc = text_get(c, map, "de", ret_de);
	return rc;
}

int pack_read_word(
    struct ctx *c, const struct yaml *map, const char *key, const char *words, int *ret)
{
	struct str text, rest = str_of(words), word;
	int rc = yaml_get_text(c, map, key, &text);

	if (rc != 0)
		return rc;
	for (int i = 0; str_word(&rest, &word); i++) {
		if (str_eq(word, text)) {
			*ret = i;
			return 0;
		}
	}
	return yaml_err(c, yaml_find(map, key), "%s is one of: %s", key, words);
}

int pack_read_yesno(struct ctx *c, const struct yaml *map, const char *key, bool *ret)
{
	int word, rc;

	if (yaml_find(map, key) == NULL)
		return 0;
	rc = pack_read_word(c, map, key, "no yes", &word);
	if (rc == 0)
		*ret = word == 1;
	return rc;
}

int pack_read_day(struct ctx *c, const struct yaml *map, const char *key, struct day *ret)
{
	const struct yaml *node = yaml_find(map, key);

	if (node == NULL)
		return 0;
	if (node->kind == YAML_SCALAR && day_parse(c, node->text, ret) == 0)
		return 0;
	err_clear(c);
	return yaml_err(c, node, "%s: a day YYYY-MM-DD is expected", key);
}

/* The keys of one entry. Only conditions are lists: anything else that is not a text was meant to
 * be one, and must not be taken for absent. */
static int entry_check(struct ctx *c, const struct yaml *node, const char *allowed)
{
	int rc = yaml_keys_check(c, node, allowed);

	for (size_t i = 0; rc == 0 && i < node->n; i++)
		if (node->at[i]->kind != YAML_SCALAR &&
		    !str_has_word(STR("when require"), node->key[i]))
			rc = yaml_err(
			    c, node->at[i], "%.*s: a text is expected", STR_ARG(node->key[i]));
	return rc;
}

static int mark_check(struct ctx *c, const struct yaml *map, const struct source *src)
{
	if (src->mark.n > 0 && !str_has_word(STR("V V-R S D M"), src->mark))
		return yaml_err(c, yaml_find(map, "mark"), "mark is one of: V V-R S D M");
	if (src->quote.n > 0 && src->lang.n == 0)
		return yaml_err(c, map, "a quote needs its language (lang)");
	if (!src->verified || str_is(src->mark, "V") ||
	    (str_is(src->mark, "D") && src->quote.n > 0))
		return 0;
	return yaml_err(c, yaml_find(map, "verified"),
	    "verified: yes needs mark V, or D with a quote of V text");
}

static int source_read(
    struct ctx *c, const struct pack *pack, const struct yaml *map, bool rule, struct source *src)
{
	int rc = text_get(c, map, "cite", &src->cite);

	src->quote = yaml_text(map, "quote");
	src->lang = yaml_text(map, "lang");
	src->mark = yaml_text(map, "mark");
	src->text_date = pack->text_date;
	src->valid_from = DAY_NONE;
	src->valid_until = DAY_NONE;
	src->file = map->file;
	src->line = map->line;
	if (rc == 0 && rule)
		rc = text_get(c, map, "mark", &src->mark);
	if (rc == 0 && rule && yaml_find(map, "verified") == NULL)
		rc = yaml_err(c, map, "verified: yes or no is missing");
	if (rc == 0)
		rc = pack_read_yesno(c, map, "verified", &src->verified);
	if (rc == 0)
		rc = pack_read_day(c, map, "text_date", &src->text_date);
	if (rc == 0)
		rc = pack_read_day(c, map, "valid_from", &src->valid_from);
	if (rc == 0)
		rc = pack_read_day(c, map, "valid_until", &src->valid_until);
	if (rc == 0)
		rc = mark_check(c, map, src);
	if (rc == 0 && !day_is_none(src->valid_from) && !day_is_none(src->valid_until) &&
	    day_cmp(src->valid_until, src->valid_from) < 0)
		rc = yaml_err(c, yaml_find(map, "valid_until"), "valid_until is before valid_from");
	return rc;
}

static int cond_read(struct ctx *c, const struct law *law, const struct pack *pack,
    const struct yaml *map, const char *key, bool item, const struct cond **ret)
{
	struct cond_scope scope = {law, pack, item};
	const struct yaml *list = yaml_find(map, key);

	return list == NULL ? 0 : cond_parse(c, &scope, list, ret);
}

/* A fact named by a key, of one of the types in the mask. */
static int fact_read(struct ctx *c, const struct law *law, const struct yaml *map, const char *key,
    unsigned types, const struct vocab_fact **ret)
{
	const struct yaml *node = yaml_find(map, key);
	const struct vocab_fact *fact;

	if (node == NULL)
		return 0;
	fact = pack_fact(law, yaml_text(map, key));
	if (fact == NULL)
		return yaml_err(c, node, "%s: no such fact in the vocabulary", key);
	if (cond_item_fact(fact->id))
		return yaml_err(c, node, "%s: a fact of an item cannot stand here", key);
	if ((types & 1u << fact->type) == 0)
		return yaml_err(c, node, "%s: a fact of another type is needed", key);
	*ret = fact;
	return 0;
}

static int fields_check(struct ctx *c, const struct law *law, const struct pack *pack,
    const struct yaml *node, struct str fields)
{
	struct str word;

	if (str_trim(fields).n == 0)
		return yaml_err(c, node, "fields is missing");
	while (str_word(&fields, &word)) {
		if (pack_field(law, word) == NULL)
			return yaml_err(c, yaml_find(node, "fields"),
			    "no field \"%.*s\" in the vocabulary", STR_ARG(word));
		for (size_t i = 0; i < pack->n_categories; i++)
			if (str_has_word(pack->categories[i].fields, word))
				return yaml_err(c, yaml_find(node, "fields"),
				    "field \"%.*s\" is in category \"%.*s\" already", STR_ARG(word),
				    STR_ARG(pack->categories[i].id));
	}
	return 0;
}

static int category_read(struct ctx *c, const struct law *law, const struct yaml *node,
    struct pack *pack, struct category *ret)
{
	int rc = entry_check(c, node, "id en de fields" SOURCE_KEYS);

	if (rc == 0)
		rc = pack_read_heading(c, node, &ret->id, &ret->en, &ret->de);
	for (size_t i = 0; rc == 0 && i < pack->n_categories; i++)
		if (str_eq(pack->categories[i].id, ret->id))
			rc = yaml_err(
			    c, node, "category \"%.*s\" is declared twice", STR_ARG(ret->id));
	ret->fields = yaml_text(node, "fields");
	if (rc == 0)
		rc = fields_check(c, law, pack, node, ret->fields);
	return rc == 0 ? source_read(c, pack, node, false, &ret->src) : rc;
}

static int instrument_read(struct ctx *c, const struct yaml *node, struct instrument *ret)
{
	int class, basis, rc = entry_check(c, node, "id en de class basis commands" SOURCE_KEYS);

	if (rc == 0)
		rc = pack_read_heading(c, node, &ret->id, &ret->en, &ret->de);
	if (rc == 0)
		rc = pack_read_word(c, node, "class", class_words, &class);
	if (rc == 0)
		rc = pack_read_word(
		    c, node, "basis", "order permitted preservation sealed capability", &basis);
	if (rc == 0 && yaml_find(node, "commands") == NULL)
		rc = yaml_err(c, node, "commands: yes or no is missing");
	if (rc == 0)
		rc = pack_read_yesno(c, node, "commands", &ret->commands);
	if (rc != 0)
		return rc;
	ret->class = yaml_text(node, "class");
	ret->basis = (enum basis)basis;
	return source_read(c, ret->pack, node, false, &ret->src);
}

/* What a layer may not have: the house only forbids, a statute is never "never". */
static int rule_check(struct ctx *c, const struct law *law, const struct pack *pack,
    const struct yaml *node, const struct rule *rule)
{
	if (rule->when == NULL && rule->require == NULL)
		return yaml_err(c, node, "a rule needs when: or require:");
	if (rule->code.n > 0 && pack_code(law, rule->code) == NULL)
		return yaml_err(c, yaml_find(node, "code"), "no such code in the vocabulary");
	if (rule->require != NULL && rule->code.n == 0)
		return yaml_err(c, node, "code is missing: what is refused when it fails");
	if (rule->grants && !rule->item_scope)
		return yaml_err(
		    c, yaml_find(node, "grants"), "only a rule of scope item can grant");
	if (rule->grants && pack->house)
		return yaml_err(c, yaml_find(node, "grants"),
		    "house policy may only be stricter: it grants nothing");
	if (rule->grants && pack->n_categories == 0)
		return yaml_err(
		    c, yaml_find(node, "grants"), "a pack that grants needs categories");
	if (rule->never && (!pack->house || rule->on_fail != ON_FAIL_FAIL))
		return yaml_err(c, yaml_find(node, "never"), "never is for house rules that fail");
	return 0;
}

static int rule_read(struct ctx *c, const struct law *law, const struct yaml *node,
    const struct pack *pack, struct rule *ret)
{
	int scope, on_fail = ON_FAIL_FAIL;
	int rc = entry_check(
	    c, node, "id en de scope when require grants never on_fail code" SOURCE_KEYS);

	if (rc == 0)
		rc = pack_read_heading(c, node, &ret->id, &ret->en, &ret->de);
	if (rc == 0)
		rc = pack_read_word(c, node, "scope", "order item", &scope);
	if (rc != 0)
		return rc;
	ret->item_scope = scope == 1;
	ret->code = yaml_text(node, "code");
	rc = cond_read(c, law, pack, node, "when", ret->item_scope, &ret->when);
	if (rc == 0)
		rc = cond_read(c, law, pack, node, "require", ret->item_scope, &ret->require);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "grants", &ret->grants);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "never", &ret->never);
	if (rc == 0 && yaml_find(node, "on_fail") != NULL)
		rc = pack_read_word(c, node, "on_fail", "fail counsel ask", &on_fail);
	if (rc != 0)
		return rc;
	ret->on_fail = (enum on_fail)on_fail;
	rc = rule_check(c, law, pack, node, ret);
	return rc == 0 ? source_read(c, pack, node, true, &ret->src) : rc;
}

/* "10 days", "none" */
static int span_read(struct ctx *c, const struct yaml *map, const char *key, struct span *ret)
{
	const struct yaml *node = yaml_find(map, key);
	struct str rest = yaml_text(map, key), number, unit,
		   units = STR("hours days business-days months"), u;
	int64_t n = 0;

	if (node == NULL || str_is(rest, "none"))
		return 0;
	if (str_word(&rest, &number) && str_word(&rest, &unit) && str_trim(rest).n == 0 &&
	    str_i64(number, &n) && n >= 1 && n <= SPAN_MAX) {
		for (int i = SPAN_HOURS; str_word(&units, &u); i++) {
			if (!str_eq(u, unit))
				continue;
			*ret = (struct span){(int)n, (enum span_unit)i};
			return 0;
		}
	}
	return yaml_err(c, node, "%s is: N hours, N days, N business-days, N months, or none", key);
}

static int calendar_check(
    struct ctx *c, const struct law *law, const struct yaml *node, const struct clock_rule *clock)
{
	bool business =
	    clock->latest.unit == SPAN_BUSINESS_DAYS || clock->earliest.unit == SPAN_BUSINESS_DAYS;

	if (clock->calendar.n == 0)
		return business ? yaml_err(c, node, "business days need a calendar") : 0;
	for (size_t i = 0; i < law->n_calendars; i++)
		if (str_eq(cal_name(law->calendars[i]), clock->calendar))
			return 0;
	return yaml_err(c, yaml_find(node, "calendar"), "no such calendar");
}

static int clock_spans_read(
    struct ctx *c, const struct law *law, const struct yaml *node, struct clock_rule *ret)
{
	const struct vocab_fact *from = NULL;
	int rc = fact_read(c, law, node, "from", 1u << FACT_DAY | 1u << FACT_INSTANT, &from);

	if (rc == 0)
		rc = span_read(c, node, "latest", &ret->latest);
	if (rc == 0)
		rc = span_read(c, node, "earliest", &ret->earliest);
	if (rc == 0)
		rc = pack_read_yesno(c, node, "counts_up", &ret->counts_up);
	if (rc != 0)
		return rc;
	if (from == NULL)
		return yaml_err(c, node, "from is missing: the fact the clock starts at");
	ret->from = from->id;
	if (from->type == FACT_DAY &&
	    (ret->latest.unit == SPAN_HOURS || ret->earliest.unit == SPAN_HOURS))
		return yaml_err(c, yaml_find(node, "from"), "hours need an instant to start at");
	if (ret->latest.unit == SPAN_NONE && ret->earliest.unit == SPAN_NONE && !ret->counts_up)
		return yaml_err(c, node, "a clock needs latest, earliest or counts_up: yes");
	return calendar_check(c, law, node, ret);
}

static int clock_read(struct ctx *c, const struct law *law, const struct yaml *node,
    const struct pack *pack, struct clock_rule *ret)
{
	const struct vocab_fact *stops_at = NULL, *lifts = NULL;
	int act, rc = entry_check(c, node,
		     "id en de when act from latest earliest counts_up calendar stops_at lifts "
		     "pauses" SOURCE_KEYS);

	if (rc == 0)
		rc = pack_read_heading(c, node, &ret->id, &ret->en, &ret->de);
	if (rc == 0)
		rc = cond_read(c, law, pack, node, "when", false, &ret->when);
	if (rc == 0)
		rc = pack_read_word(c, node, "act",
		    "acknowledge preserve transmit confirm challenge notify expire claim release",
		    &act);
	if (rc != 0)
		return rc;
	ret->act = yaml_text(node, "act");
	ret->calendar = yaml_text(node, "calendar");
	ret->pauses = yaml_text(node, "pauses");
	rc = clock_spans_read(c, law, node, ret);
	if (rc == 0)
		rc = fact_read(c, law, node, "stops_at", ~0u, &stops_at);
	if (rc == 0)
		rc = fact_read(c, law, node, "lifts", 1u << FACT_YESNO, &lifts);
	if (rc != 0)
		return rc;
	ret->stops_at = stops_at == NULL ? STR("") : stops_at->id;
	ret->lifts = lifts == NULL ? STR("") : lifts->id;
	if (str_is(ret->act, "confirm") && (stops_at == NULL || ret->latest.unit == SPAN_NONE))
		return yaml_err(c, node, "a confirm clock needs latest and stops_at");
	return source_read(c, pack, node, true, &ret->src);
}

/* What a provider may do about it, and when it is looked at again. */
static int bar_more_read(
    struct ctx *c, const struct law *law, const struct yaml *node, struct bar_rule *ret)
{
	const struct vocab_fact *reciprocal = NULL, *from = NULL;
	int rc = fact_read(c, law, node, "reciprocal", 1u << FACT_DAY, &reciprocal);

	if (rc == 0)
		rc = fact_read(c, law, node, "review_from", 1u << FACT_DAY, &from);
	if (rc == 0)
		rc = span_read(c, node, "review", &ret->review);
	if (rc != 0)
		return rc;
	ret->reciprocal = reciprocal == NULL ? STR("") : reciprocal->id;
	ret->review_from = from == NULL ? STR("") : from->id;
	ret->review_cite =
	    yaml_find(node, "review_cite") == NULL ? STR("") : yaml_text(node, "review_cite");
	if ((ret->review.unit == SPAN_NONE) != (from == NULL) ||
	    (ret->review.unit == SPAN_NONE) != (ret->review_cite.n == 0) ||
	    ret->review.unit == SPAN_HOURS || ret->review.unit == SPAN_BUSINESS_DAYS)
		return yaml_err(
		    c, node, "a review is N days or N months, with review_from and review_cite");
	return 0;
}

static int bar_read(struct ctx *c, const struct law *law, const struct yaml *node,
    const struct pack *pack, struct bar_rule *ret)
{
	const struct vocab_fact *until = NULL;
	int bars,
	    rc = entry_check(c, node,
		"id en de when bars until reciprocal review review_from review_cite" SOURCE_KEYS);

	if (rc == 0)
		rc = pack_read_heading(c, node, &ret->id, &ret->en, &ret->de);
	if (rc == 0)
		rc = cond_read(c, law, pack, node, "when", false, &ret->when);
	if (rc == 0)
		rc = pack_read_word(c, node, "bars", "user public both", &bars);
	if (rc == 0)
		rc = fact_read(c, law, node, "until", 1u << FACT_DAY | 1u << FACT_INSTANT, &until);
	if (rc != 0)
		return rc;
	ret->bars = yaml_text(node, "bars");
	ret->until = until == NULL ? STR("") : until->id;
	rc = bar_more_read(c, law, node, ret);
	return rc == 0 ? source_read(c, pack, node, true, &ret->src) : rc;
}

static int head_read(
    struct ctx *c, const struct law *law, const struct yaml *root, struct pack *ret)
{
	int layer, rc = yaml_keys_check(c, root,
		       "pack en de layer jurisdiction text_date applies categories instruments "
		       "rules clocks bars");

	if (rc == 0)
		rc = pack_read_id(c, root, "pack", &ret->id);
	if (rc == 0)
		rc = text_get(c, root, "en", &ret->en);
	if (rc == 0)
		rc = text_get(c, root, "de", &ret->de);
	if (rc == 0)
		rc = pack_read_word(c, root, "layer", "statute house", &layer);
	if (rc == 0)
		rc = text_get(c, root, "jurisdiction", &ret->jurisdiction);
	if (rc == 0)
		rc = pack_read_day(c, root, "text_date", &ret->text_date);
	if (rc != 0)
		return rc;
	ret->file = root->file;
	ret->house = layer == 1;
	if (yaml_find(root, "text_date") == NULL)
		return yaml_err(c, root, "text_date is missing");
	if (ret->house != str_is(ret->jurisdiction, "house"))
		return yaml_err(c, yaml_find(root, "jurisdiction"),
		    "jurisdiction is house in the house layer and nowhere else");
	if (!ret->house && yaml_find(root, "applies") == NULL)
		return yaml_err(c, root, "applies is missing: when this law governs");
	return cond_read(c, law, ret, root, "applies", false, &ret->applies);
}

static int first_lists_read(
    struct ctx *c, const struct law *law, const struct yaml *root, struct pack *ret)
{
	const struct yaml *categories = NULL, *instruments = NULL;
	int rc = pack_read_list(c, root, "categories", &categories);

	if (rc == 0)
		rc = pack_read_list(c, root, "instruments", &instruments);
	if (rc != 0)
		return rc;
	if (ret->house && (instruments != NULL || categories != NULL))
		return yaml_err(c, instruments != NULL ? instruments : categories,
		    "the house layer has neither instruments nor categories");
	ret->categories =
	    mem_array(c, categories == NULL ? 0 : categories->n, sizeof *ret->categories);
	ret->instruments =
	    mem_array(c, instruments == NULL ? 0 : instruments->n, sizeof *ret->instruments);
	for (size_t i = 0; rc == 0 && categories != NULL && i < categories->n; i++) {
		rc = category_read(c, law, categories->at[i], ret, &ret->categories[i]);
		ret->n_categories++;
	}
	for (size_t i = 0; rc == 0 && instruments != NULL && i < instruments->n; i++) {
		ret->instruments[i].pack = ret;
		rc = instrument_read(c, instruments->at[i], &ret->instruments[i]);
		ret->n_instruments++;
	}
	return rc;
}

int pack_read(struct ctx *c, const struct law *law, const struct yaml *root, struct pack *ret)
{
	const struct yaml *rules = NULL, *clocks = NULL, *bars = NULL;
	int rc = head_read(c, law, root, ret);

	if (rc == 0)
		rc = first_lists_read(c, law, root, ret);
	if (rc == 0)
		rc = pack_read_list(c, root, "rules", &rules);
	if (rc == 0)
		rc = pack_read_list(c, root, "clocks", &clocks);
	if (rc == 0)
		rc = pack_read_list(c, root, "bars", &bars);
	if (rc != 0)
		return rc;
	ret->rules = mem_array(c, rules == NULL ? 0 : rules->n, sizeof *ret->rules);
	ret->clocks = mem_array(c, clocks == NULL ? 0 : clocks->n, sizeof *ret->clocks);
	ret->bars = mem_array(c, bars == NULL ? 0 : bars->n, sizeof *ret->bars);
	for (size_t i = 0; rc == 0 && rules != NULL && i < rules->n; i++)
		rc = rule_read(c, law, rules->at[i], ret, &ret->rules[ret->n_rules++]);
	for (size_t i = 0; rc == 0 && clocks != NULL && i < clocks->n; i++)
		rc = clock_read(c, law, clocks->at[i], ret, &ret->clocks[ret->n_clocks++]);
	for (size_t i = 0; rc == 0 && bars != NULL && i < bars->n; i++)
		rc = bar_read(c, law, bars->at[i], ret, &ret->bars[ret->n_bars++]);
	return rc;
}
