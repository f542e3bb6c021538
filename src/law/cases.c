#include "law/cases_p.h"

#include "base/mem.h"
#include "law/cond_p.h"
#include "law/pack_read_p.h"

/* One case while it runs. */
struct one {
	const struct law *law; /* all packs */
	struct law force;      /* those in force here */
	const struct yaml *node;
	struct judge_input in;
	const struct yaml *items;
	struct judgment j;
	struct cases_cover *cover;
	struct buf *out;
	size_t faults;
};

static int map_check(struct ctx *c, const struct yaml *node, const char *allowed)
{
	int rc = yaml_keys_check(c, node, allowed);

	if (rc == 0 && node->kind != YAML_MAP)
		rc = yaml_err(c, node, "keys with values are expected here");
	return rc;
}

/* The line every fault of a case begins with. */
static void fault_begin(struct one *one, const struct yaml *at)
{
	one->faults++;
	buf_fmt(one->out, "%s:%d: case \"%.*s\": ", at->file, at->line,
	    STR_ARG(yaml_text(one->node, "name")));
}

static int fact_add(struct ctx *c, const struct one *one, const struct yaml *node, struct str name,
    struct facts *facts)
{
	const struct vocab_fact *fact = pack_fact(one->law, name);
	const char *text;

	if (fact == NULL)
		return yaml_err(c, node, "no fact \"%.*s\" in the vocabulary", STR_ARG(name));
	if (node->kind != YAML_SCALAR)
		return yaml_err(c, node, "a fact is a text");
	if (pack_fact_check(c, one->law, name, node->text) != 0) {
		text = str_z(c, str_of(err_text(c)));
		err_clear(c);
		return yaml_err(c, node, "%s", text);
	}
	fact_set(c, facts, name, node->text);
	return 0;
}

static int facts_read(
    struct ctx *c, const struct one *one, const struct yaml *map, bool item, struct facts *facts)
{
	int rc = 0;

	if (map == NULL)
		return 0;
	if (map->kind != YAML_MAP)
		return yaml_err(c, map, "facts are keys with values");
	for (size_t i = 0; rc == 0 && i < map->n; i++) {
		if (cond_item_fact(map->key[i]) != item)
			return yaml_err(c, map->at[i], "\"%.*s\" belongs to %s",
			    STR_ARG(map->key[i]), item ? "the order" : "an item");
		rc = fact_add(c, one, map->at[i], map->key[i], facts);
	}
	return rc;
}

/* Beside its own keys an item takes facts by their full name (item.x, target.x), or "x" for item.x.
 */
static int item_read(
    struct ctx *c, const struct one *one, const struct yaml *node, struct facts *facts)
{
	struct str own = STR("name verdict code category facts");
	int rc = node->kind == YAML_MAP ? 0 : yaml_err(c, node, "an item is keys with values");

	for (size_t i = 0; rc == 0 && i < node->n; i++) {
		struct str name = node->key[i];

		if (str_has_word(own, name))
			continue;
		if (!str_has(name, '.'))
			name = str_fmt(c, "item.%.*s", STR_ARG(name));
		if (!cond_item_fact(name))
			return yaml_err(
			    c, node->at[i], "\"%.*s\" belongs to the order", STR_ARG(name));
		rc = fact_add(c, one, node->at[i], name, facts);
	}
	return rc == 0 ? facts_read(c, one, yaml_find(node, "facts"), true, facts) : rc;
}

static int items_read(struct ctx *c, struct one *one)
{
	struct facts *items;
	int rc = pack_read_list(c, one->node, "items", &one->items);

	if (rc != 0 || one->items == NULL)
		return rc;
	items = mem_array(c, one->items->n, sizeof *items);
	for (size_t i = 0; rc == 0 && i < one->items->n; i++)
		rc = item_read(c, one, one->items->at[i], &items[i]);
	one->in.items = items;
	one->in.n_items = one->items->n;
	return rc;
}

static struct pack *pack_named(const struct law *law, struct str id)
{
	for (size_t i = 0; i < law->n_packs; i++)
		if (str_eq(law->packs[i]->id, id))
			return law->packs[i];
	return NULL;
}

static int force_add(struct ctx *c, struct one *one, const struct yaml *at, struct str id)
{
	struct pack *pack = pack_named(one->law, id);

	if (pack == NULL)
		return yaml_err(c, at, "no pack \"%.*s\"", STR_ARG(id));
	if (pack_named(&one->force, id) == NULL)
		one->force.packs[one->force.n_packs++] = pack;
	return 0;
}

static int force_read(struct ctx *c, struct one *one, const struct yaml *pack)
{
	const struct yaml *with = yaml_find(one->node, "with");
	struct str words, word;
	int rc;

	one->force = *one->law;
	one->force.packs = mem_array(c, one->law->n_packs, sizeof one->force.packs[0]);
	one->force.n_packs = 0;
	rc = force_add(c, one, pack, pack->text);
	if (rc != 0 || with == NULL)
		return rc;
	if (with->kind == YAML_LIST) {
		for (size_t i = 0; rc == 0 && i < with->n; i++)
			rc = force_add(c, one, with->at[i], with->at[i]->text);
		return rc;
	}
	words = with->text;
	while (rc == 0 && str_word(&words, &word))
		rc = force_add(c, one, with, word);
	return rc;
}

static int input_read(struct ctx *c, struct one *one)
{
	const struct yaml *now = yaml_find(one->node, "now");
	struct str name;
	int rc = yaml_get_text(c, one->node, "name", &name);

	if (rc == 0 && yaml_find(one->node, "day") == NULL)
		rc = yaml_err(c, one->node, "day is missing: the day received");
	if (rc == 0)
		rc = pack_read_day(c, one->node, "day", &one->in.received);
	if (rc != 0)
		return rc;
	one->in.now = instant_at(one->in.received, 0);
	if (now != NULL && instant_parse(c, now->text, &one->in.now) != 0) {
		err_clear(c);
		return yaml_err(c, now, "now: an instant with its zone is expected");
	}
	rc = facts_read(c, one, yaml_find(one->node, "facts"), false, &one->in.order);
	return rc == 0 ? items_read(c, one) : rc;
}

static int verdict_read(struct ctx *c, const struct yaml *map, enum verdict *ret, bool *ret_given)
{
	int word, rc;

	*ret_given = yaml_find(map, "verdict") != NULL;
	if (!*ret_given)
		return 0;
	rc = pack_read_word(c, map, "verdict", "n/a pass ask counsel fail", &word);
	if (rc == 0)
		*ret = (enum verdict)word;
	return rc;
}

/* Compares one text of the case, if it gives it, with what came out. */
static void text_check(
    struct one *one, const struct yaml *map, const char *key, struct str who, struct str got)
{
	struct str want = yaml_text(map, key);

	if (yaml_find(map, key) == NULL || str_eq(want, got))
		return;
	fault_begin(one, map);
	buf_fmt(one->out, "%.*s: %s is \"%.*s\", expected \"%.*s\"\n", STR_ARG(who), key,
	    STR_ARG(got), STR_ARG(want));
}

static void worst_put(struct one *one, int item)
{
	for (size_t i = 0; i < one->j.n_findings; i++) {
		const struct finding *f = &one->j.findings[i];

		if (f->verdict <= VERDICT_PASS || (f->item != JUDGE_ORDER && f->item != item))
			continue;
		buf_fmt(one->out, "    %.*s: %s", STR_ARG(f->rule), judge_verdict_name(f->verdict));
		if (f->missing.n > 0)
			buf_fmt(one->out, ", missing %.*s", STR_ARG(f->missing));
		buf_putc(one->out, '\n');
	}
}

static int items_check(struct ctx *c, struct one *one)
{
	int rc = 0;

	for (size_t i = 0; i < one->in.n_items; i++) {
		const struct yaml *node = one->items->at[i];
		struct str name = yaml_text(node, "name");
		enum verdict want;
		bool given;

		rc = verdict_read(c, node, &want, &given);
		if (rc != 0)
			return rc;
		text_check(one, node, "code", name, one->j.item_codes[i]);
		text_check(one, node, "category", name, one->j.item_category[i]);
		if (!given || one->j.items[i] == want)
			continue;
		fault_begin(one, node);
		buf_fmt(one->out, "item \"%.*s\" is %s, expected %s\n", STR_ARG(name),
		    judge_verdict_name(one->j.items[i]), judge_verdict_name(want));
		worst_put(one, (int)i);
	}
	return rc;
}

/* The index of the item a line names; -2 when it names none. */
static int item_index(struct ctx *c, const struct one *one, const struct yaml *map, int *ret)
{
	struct str name = yaml_text(map, "item");

	*ret = -2;
	if (yaml_find(map, "item") == NULL)
		return 0;
	for (size_t i = 0; i < one->in.n_items; i++) {
		if (!str_eq(yaml_text(one->items->at[i], "name"), name))
			continue;
		*ret = (int)i;
		return 0;
	}
	return yaml_err(c, yaml_find(map, "item"), "the case has no item of that name");
}

static bool clock_or_bar_known(const struct law *law, struct str id, bool clocks)
{
	for (size_t i = 0; i < law->n_packs; i++) {
		const struct pack *p = law->packs[i];

		for (size_t k = 0; clocks && k < p->n_clocks; k++)
			if (str_eq(p->clocks[k].id, id))
				return true;
		for (size_t k = 0; !clocks && k < p->n_bars; k++)
			if (str_eq(p->bars[k].id, id))
				return true;
	}
	return false;
}

static bool rule_known(const struct law *law, struct str id)
{
	return str_starts(id, "writ.") || pack_rule(law, id, NULL) != NULL ||
	       clock_or_bar_known(law, id, true);
}

/* The verdicts the rule came to, in the order of the findings; "n/a" for none. */
static bool expect_match(struct one *one, const struct yaml *node, struct str rule, int item,
    enum verdict want, struct buf *got)
{
	bool match = false;

	for (size_t i = 0; i < one->j.n_findings; i++) {
		const struct finding *f = &one->j.findings[i];

		if (!str_eq(f->rule, rule) || (item >= 0 && f->item != item))
			continue;
		buf_fmt(got, "%s%s", got->n == 0 ? "" : ", ", judge_verdict_name(f->verdict));
		if (f->verdict != want)
			continue;
		if (!match) {
			text_check(one, node, "code", rule, f->code);
			text_check(one, node, "missing", rule, f->missing);
		}
		match = true;
	}
	if (got->n == 0)
		buf_puts(got, "n/a");
	return match || (want == VERDICT_NA && str_is(buf_str(got), "n/a"));
}

static int expect_check(struct ctx *c, struct one *one, const struct yaml *node)
{
	struct buf got = buf_init(c, 1000);
	enum verdict want = VERDICT_NA;
	struct str rule = STR("");
	bool given = false;
	int item = -2, rc = map_check(c, node, "rule item verdict code missing");

	if (rc == 0)
		rc = yaml_get_text(c, node, "rule", &rule);
	if (rc == 0 && !rule_known(one->law, rule))
		rc = yaml_err(c, node, "no rule or clock \"%.*s\"", STR_ARG(rule));
	if (rc == 0)
		rc = item_index(c, one, node, &item);
	if (rc == 0)
		rc = verdict_read(c, node, &want, &given);
	if (rc == 0 && !given)
		rc = yaml_err(c, node, "verdict is missing");
	if (rc != 0 || expect_match(one, node, rule, item, want, &got))
		return rc;
	fault_begin(one, node);
	buf_fmt(one->out, "rule %.*s is %.*s, expected %s\n", STR_ARG(rule), STR_ARG(buf_str(&got)),
	    judge_verdict_name(want));
	return 0;
}

/* A day means any instant of it; with a time it is that instant. */
static void instant_check(struct ctx *c, struct one *one, const struct yaml *map, const char *key,
    struct str who, struct instant got)
{
	const struct yaml *node = yaml_find(map, key);
	struct instant at;
	struct day day;
	bool same;

	if (node == NULL)
		return;
	if (str_is(node->text, "none")) {
		same = instant_is_none(got);
	} else if (day_parse(c, node->text, &day) == 0) {
		same = !instant_is_none(got) && day_cmp(instant_day(got), day) == 0;
	} else {
		err_clear(c);
		same = instant_parse(c, node->text, &at) == 0 && at.s == got.s;
		err_clear(c);
	}
	if (same)
		return;
	fault_begin(one, map);
	buf_fmt(one->out, "%.*s: %s is %.*s, expected %.*s\n", STR_ARG(who), key,
	    STR_ARG(instant_is_none(got) ? STR("none") : instant_str(c, got)), STR_ARG(node->text));
}

static const struct clock *clock_found(const struct one *one, struct str id)
{
	for (size_t i = 0; i < one->j.n_clocks; i++)
		if (str_eq(one->j.clocks[i].id, id) && !one->j.clocks[i].unknown)
			return &one->j.clocks[i];
	return NULL;
}

static const struct bar *bar_found(const struct one *one, struct str id)
{
	for (size_t i = 0; i < one->j.n_bars; i++)
		if (str_eq(one->j.bars[i].id, id) && !one->j.bars[i].unknown)
			return &one->j.bars[i];
	return NULL;
}

static int clock_check(struct ctx *c, struct one *one, const struct yaml *node)
{
	const struct clock *clock;
	struct str id;
	int rc = map_check(c, node, "id latest earliest stopped");

	if (rc == 0)
		rc = yaml_get_text(c, node, "id", &id);
	if (rc == 0 && !clock_or_bar_known(one->law, id, true))
		rc = yaml_err(c, node, "no clock \"%.*s\"", STR_ARG(id));
	if (rc != 0)
		return rc;
	clock = clock_found(one, id);
	if (clock == NULL) {
		fault_begin(one, node);
		buf_fmt(one->out, "clock %.*s did not start\n", STR_ARG(id));
		return 0;
	}
	instant_check(c, one, node, "latest", id, clock->latest);
	instant_check(c, one, node, "earliest", id, clock->earliest);
	text_check(one, node, "stopped", id, clock->stopped ? STR("yes") : STR("no"));
	return 0;
}

static int bar_check(struct ctx *c, struct one *one, const struct yaml *node)
{
	const struct bar *bar;
	struct str id;
	int rc = map_check(c, node, "id bars until");

	if (rc == 0)
		rc = yaml_get_text(c, node, "id", &id);
	if (rc == 0 && !clock_or_bar_known(one->law, id, false))
		rc = yaml_err(c, node, "no bar \"%.*s\"", STR_ARG(id));
	if (rc != 0)
		return rc;
	bar = bar_found(one, id);
	if (bar == NULL) {
		fault_begin(one, node);
		buf_fmt(one->out, "bar %.*s does not hold\n", STR_ARG(id));
		return 0;
	}
	text_check(one, node, "bars", id, bar->bars);
	text_check(
	    one, node, "until", id, day_is_none(bar->until) ? STR("none") : day_str(c, bar->until));
	return 0;
}

static int not_check(struct ctx *c, struct one *one, const struct yaml *node)
{
	struct str id;
	bool there;
	int rc = map_check(c, node, "id");

	if (rc == 0)
		rc = yaml_get_text(c, node, "id", &id);
	if (rc == 0 && !rule_known(one->law, id) && !clock_or_bar_known(one->law, id, false))
		rc = yaml_err(c, node, "no rule, clock or bar \"%.*s\"", STR_ARG(id));
	if (rc != 0)
		return rc;
	there = clock_found(one, id) != NULL || bar_found(one, id) != NULL;
	for (size_t i = 0; i < one->j.n_findings; i++)
		there = there || str_eq(one->j.findings[i].rule, id);
	if (!there) {
		cases_cover_absent(one->cover, id);
		return 0;
	}
	fault_begin(one, node);
	buf_fmt(one->out, "%.*s is there, expected not\n", STR_ARG(id));
	return 0;
}

static int list_check(struct ctx *c, struct one *one, const char *key,
    int (*check)(struct ctx *, struct one *, const struct yaml *))
{
	const struct yaml *list;
	int rc = pack_read_list(c, one->node, key, &list);

	for (size_t i = 0; rc == 0 && list != NULL && i < list->n; i++)
		rc = check(c, one, list->at[i]);
	return rc;
}

static int case_run(struct ctx *c, struct one *one, const struct yaml *pack)
{
	int rc = map_check(c, one->node, "name day now with facts items expect clocks bars not");

	if (rc == 0)
		rc = force_read(c, one, pack);
	if (rc == 0)
		rc = input_read(c, one);
	if (rc == 0)
		rc = judge_order(c, &one->force, &one->in, &one->j);
	if (rc != 0)
		return rc;
	cases_cover_add(c, one->cover, &one->force, &one->in, &one->j);
	rc = items_check(c, one);
	if (rc == 0)
		rc = list_check(c, one, "expect", expect_check);
	if (rc == 0)
		rc = list_check(c, one, "clocks", clock_check);
	if (rc == 0)
		rc = list_check(c, one, "bars", bar_check);
	return rc == 0 ? list_check(c, one, "not", not_check) : rc;
}

static int file_run(struct ctx *c, const struct law *law, const struct law_file *file,
    struct cases_cover *cover, struct buf *out, struct cases_result *result)
{
	const struct yaml *root, *cases, *pack;
	int rc = yaml_parse(c, file->name, file->text, &root);

	if (rc == 0)
		rc = map_check(c, root, "pack cases");
	if (rc == 0)
		rc = pack_read_list(c, root, "cases", &cases);
	if (rc != 0)
		return rc;
	pack = yaml_find(root, "pack");
	if (pack == NULL || pack->kind != YAML_SCALAR || cases == NULL)
		return yaml_err(c, root, "pack: and a list cases: are needed");
	for (size_t i = 0; rc == 0 && i < cases->n; i++) {
		struct one one = {.law = law, .node = cases->at[i], .cover = cover, .out = out};

		rc = case_run(c, &one, pack);
		result->cases += rc == 0;
		result->passed += rc == 0 && one.faults == 0;
		result->failed += rc == 0 && one.faults > 0;
	}
	return rc;
}

int cases_run(struct ctx *c, const struct law *law, const struct law_file *files, size_t n,
    struct buf *out, struct cases_result *ret)
{
	struct cases_cover *cover = cases_cover_make(c, law);
	struct cases_result result = {0};

	for (size_t i = 0; i < n; i++) {
		int rc;

		if (!str_ends(str_of(files[i].name), ".case.yaml"))
			continue;
		rc = file_run(c, law, &files[i], cover, out, &result);
		if (rc != 0)
			return rc;
	}
	result.uncovered = cases_cover_put(cover, out);
	*ret = result;
	return 0;
}
