#include "cli/cmd_law_p.h"

#include "base/mem.h"
#include "law/judge.h"
#include "os/file.h"

/* The facts of one order as read from the file. */
struct question {
	const struct law *law;
	struct judge_input in;
	struct str *names; /* of the items, for the answer */
	struct judgment j;
};

void cmd_law_explain_source(struct ctx *c, struct json *j, const struct source *src)
{
	json_set_text(c, j, "cite", src->cite);
	if (src->quote.n > 0) {
		json_set_text(c, j, "quote", src->quote);
		json_set_text(c, j, "lang", src->lang);
	}
	if (src->mark.n > 0)
		json_set_text(c, j, "mark", src->mark);
	json_set_text(c, j, "text_date", day_str(c, src->text_date));
	if (!day_is_none(src->valid_from))
		json_set_text(c, j, "valid_from", day_str(c, src->valid_from));
	if (!day_is_none(src->valid_until))
		json_set_text(c, j, "valid_until", day_str(c, src->valid_until));
	/* Instruments need no mark: what they are is judged by the rules that name them. */
	if (src->mark.n > 0 || src->verified)
		json_set_bool(c, j, "verified", src->verified);
	json_set_text(c, j, "file", str_of(src->file));
	json_set_int(c, j, "line", src->line);
}

/* ---- reading the facts ---- */

static bool item_fact(struct str name)
{
	return str_starts(name, "item.") || str_starts(name, "target.");
}

/* The judge checks all this too, but only here is the place known. */
static int fact_read(struct ctx *c, const struct law *law, const struct yaml *node, struct str name,
    struct facts *facts)
{
	const char *why;

	if (pack_fact(law, name) == NULL)
		return yaml_err(c, node, "no fact \"%.*s\" in the vocabulary", STR_ARG(name));
	if (node->kind != YAML_SCALAR)
		return yaml_err(c, node, "a fact is a text");
	if (pack_fact_check(c, law, name, node->text) != 0) {
		why = str_z(c, str_of(err_text(c)));
		err_clear(c);
		return yaml_err(c, node, "%s", why);
	}
	fact_set(c, facts, name, node->text);
	return 0;
}

static int order_read(struct ctx *c, const struct yaml *map, struct question *q)
{
	int rc = map != NULL && map->kind != YAML_MAP
		     ? yaml_err(c, map, "facts are keys with values")
		     : 0;

	for (size_t i = 0; rc == 0 && map != NULL && i < map->n; i++) {
		if (item_fact(map->key[i]))
			return yaml_err(
			    c, map->at[i], "\"%.*s\" belongs to an item", STR_ARG(map->key[i]));
		rc = fact_read(c, q->law, map->at[i], map->key[i], &q->in.order);
	}
	return rc;
}

static int item_read(struct ctx *c, const struct yaml *node, const struct law *law,
    struct str *ret_name, struct facts *facts)
{
	int rc = node->kind == YAML_MAP ? 0 : yaml_err(c, node, "an item is keys with values");

	for (size_t i = 0; rc == 0 && i < node->n; i++) {
		struct str name = node->key[i];

		if (str_is(name, "name")) {
			rc = yaml_get_text(c, node, "name", ret_name);
			continue;
		}
		if (str_has_word(STR("verdict code category"), name))
			return yaml_err(c, node->at[i],
			    "\"%.*s\" is expected in a case file; here it is the answer",
			    STR_ARG(name));
		if (!str_has(name, '.'))
			name = str_fmt(c, "item.%.*s", STR_ARG(name));
		if (!item_fact(name))
			return yaml_err(
			    c, node->at[i], "\"%.*s\" belongs to the order", STR_ARG(name));
		rc = fact_read(c, law, node->at[i], name, facts);
	}
	return rc;
}

static int items_read(struct ctx *c, const struct yaml *list, struct question *q)
{
	struct facts *items;
	int rc = 0;

	if (list == NULL)
		return 0;
	if (list->kind != YAML_LIST)
		return yaml_err(c, list, "items: a list is expected");
	items = mem_array(c, list->n, sizeof *items);
	q->names = mem_array(c, list->n, sizeof *q->names);
	for (size_t i = 0; rc == 0 && i < list->n; i++) {
		q->names[i] = str_fmt(c, "%zu", i + 1);
		rc = item_read(c, list->at[i], q->law, &q->names[i], &items[i]);
	}
	q->in.items = items;
	q->in.n_items = list->n;
	return rc;
}

static int days_read(struct ctx *c, const struct yaml *root, struct question *q)
{
	const struct yaml *now = yaml_find(root, "now"), *day = yaml_find(root, "day");
	struct str text;
	int rc = yaml_get_text(c, root, "day", &text);

	if (rc == 0 && day_parse(c, text, &q->in.received) != 0) {
		err_clear(c);
		return yaml_err(c, day, "a day YYYY-MM-DD is expected");
	}
	if (rc != 0)
		return rc;
	q->in.now = instant_at(q->in.received, 0);
	if (now != NULL &&
	    (now->kind != YAML_SCALAR || instant_parse(c, now->text, &q->in.now) != 0)) {
		err_clear(c);
		return yaml_err(c, now, "now: an instant with its zone is expected");
	}
	return 0;
}

static int question_read(struct ctx *c, struct str path, struct question *q)
{
	const char *file = str_z(c, path);
	const struct yaml *root = NULL;
	struct str text;
	int rc = file_read(c, file, YAML_MAX, &text);

	if (rc == 0)
		rc = yaml_parse(c, file, text, &root);
	if (rc == 0 && root->kind != YAML_MAP)
		rc = yaml_err(c, root, "day:, facts: and items: are expected here");
	if (rc == 0)
		rc = yaml_keys_check(c, root, "name day now facts items");
	if (rc == 0)
		rc = days_read(c, root, q);
	if (rc == 0)
		rc = order_read(c, yaml_find(root, "facts"), q);
	return rc == 0 ? items_read(c, yaml_find(root, "items"), q) : rc;
}

/* ---- the answer as JSON ---- */

static struct json *finding_json(struct ctx *c, const struct question *q, const struct finding *f)
{
	struct json *j = json_map(c);

	if (f->item != JUDGE_ORDER)
		json_set_text(c, j, "item", q->names[f->item]);
	json_set_text(c, j, "rule", f->rule);
	json_set_text(c, j, "pack", f->pack);
	json_set_text(c, j, "verdict", str_of(judge_verdict_name(f->verdict)));
	json_set_text(c, j, "code", f->code);
	json_set_bool(c, j, "grants", f->grants);
	json_set_text(c, j, "layer", f->house ? STR("house") : STR("statute"));
	json_set_text(c, j, "en", f->en);
	json_set_text(c, j, "de", f->de);
	json_set_text(c, j, "missing", f->missing);
	if (f->src != NULL)
		cmd_law_explain_source(c, j, f->src);
	else
		json_set_bool(c, j, "verified", f->verified);
	/* A builder takes its values without const, but only reads them. */
	json_set(c, j, "why", (struct json *)f->why);
	return j;
}

static struct json *items_json(struct ctx *c, const struct question *q)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < q->in.n_items; i++) {
		struct json *j = json_map(c);

		json_set_text(c, j, "name", q->names[i]);
		json_set_text(c, j, "verdict", str_of(judge_verdict_name(q->j.items[i])));
		json_set_text(c, j, "code", q->j.item_codes[i]);
		json_set_text(c, j, "category", q->j.item_category[i]);
		json_add(c, list, j);
	}
	return list;
}

static void set_instant(struct ctx *c, struct json *j, const char *key, struct instant t)
{
	if (!instant_is_none(t))
		json_set_text(c, j, key, instant_str(c, t));
}

static struct json *clock_json(struct ctx *c, const struct clock *k)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "id", k->id);
	json_set_text(c, j, "act", k->act);
	json_set_text(c, j, "en", k->en);
	json_set_text(c, j, "de", k->de);
	set_instant(c, j, "from", k->from);
	set_instant(c, j, "latest", k->latest);
	set_instant(c, j, "earliest", k->earliest);
	json_set_bool(c, j, "counts_up", k->counts_up);
	json_set_bool(c, j, "stopped", k->stopped);
	json_set_bool(c, j, "unknown", k->unknown);
	json_set_text(c, j, "missing", k->missing);
	cmd_law_explain_source(c, j, k->src);
	return j;
}

static struct json *bar_json(struct ctx *c, const struct bar *b)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "id", b->id);
	json_set_text(c, j, "bars", b->bars);
	json_set_text(c, j, "en", b->en);
	json_set_text(c, j, "de", b->de);
	if (!day_is_none(b->until))
		json_set_text(c, j, "until", day_str(c, b->until));
	json_set_bool(c, j, "unknown", b->unknown);
	json_set_text(c, j, "missing", b->missing);
	cmd_law_explain_source(c, j, b->src);
	return j;
}

static void put_json(struct cli *cli, const struct question *q, const char *zone)
{
	struct ctx *c = cli->c;
	struct json *j = json_map(c), *findings = json_list(c), *clocks = json_list(c),
		    *bars = json_list(c);

	for (size_t i = 0; i < q->j.n_findings; i++)
		json_add(c, findings, finding_json(c, q, &q->j.findings[i]));
	for (size_t i = 0; i < q->j.n_clocks; i++)
		json_add(c, clocks, clock_json(c, &q->j.clocks[i]));
	for (size_t i = 0; i < q->j.n_bars; i++)
		json_add(c, bars, bar_json(c, &q->j.bars[i]));
	json_set_text(c, j, "day", day_str(c, q->in.received));
	json_set_text(c, j, "now", instant_str(c, q->in.now));
	json_set_text(c, j, "zone", str_of(zone));
	json_set(c, j, "items", items_json(c, q));
	json_set(c, j, "findings", findings);
	json_set(c, j, "clocks", clocks);
	json_set(c, j, "bars", bars);
	set_instant(c, j, "earliest", q->j.earliest);
	cli_put(cli, j);
}

/* ---- the answer for people ---- */

static void put_missing(const struct law *law, struct str missing)
{
	struct str id;

	while (str_word(&missing, &id)) {
		const struct vocab_fact *fact = pack_fact(law, id);

		(void)printf("           not known: %.*s%s%.*s%s\n", STR_ARG(id),
		    fact == NULL ? "" : " (", STR_ARG(fact == NULL ? STR("") : fact->en),
		    fact == NULL ? "" : ")");
	}
}

static void put_source(const struct source *src)
{
	if (src == NULL)
		return;
	(void)printf("           %.*s%s", STR_ARG(src->cite), src->verified ? "" : " [unverified]");
	if (src->quote.n > 0)
		(void)printf(": \"%.*s\"", STR_ARG(src->quote));
	(void)printf("\n");
}

static void put_findings(const struct question *q, int item)
{
	for (size_t i = 0; i < q->j.n_findings; i++) {
		const struct finding *f = &q->j.findings[i];

		if (f->item != item)
			continue;
		(void)printf("  %-8s %.*s (%.*s%s%s%.*s)\n", judge_verdict_name(f->verdict),
		    STR_ARG(f->rule), STR_ARG(f->pack), f->grants ? ", grants" : "",
		    f->code.n > 0 ? ", " : "", STR_ARG(f->code));
		(void)printf("           %.*s\n", STR_ARG(f->en));
		put_source(f->src);
		put_missing(q->law, f->missing);
	}
}

static void put_instant(struct ctx *c, const char *what, struct instant t)
{
	if (!instant_is_none(t))
		(void)printf(", %s %.*s", what, STR_ARG(instant_str(c, t)));
}

static void put_clocks(struct ctx *c, const struct question *q)
{
	(void)printf("\nClocks:%s\n", q->j.n_clocks == 0 ? " none" : "");
	for (size_t i = 0; i < q->j.n_clocks; i++) {
		const struct clock *k = &q->j.clocks[i];

		(void)printf("  %-12.*s %.*s%s", STR_ARG(k->act), STR_ARG(k->id),
		    k->unknown ? ", not known whether it runs" : "");
		put_instant(c, "from", k->from);
		put_instant(c, "not before", k->earliest);
		put_instant(c, "until", k->latest);
		(void)printf(
		    "%s%s\n", k->counts_up ? ", counts up" : "", k->stopped ? ", stopped" : "");
		(void)printf("           %.*s\n", STR_ARG(k->en));
		put_source(k->src);
		put_missing(q->law, k->missing);
	}
}

static void put_bars(struct ctx *c, const struct question *q)
{
	(void)printf("\nBars to telling:%s\n", q->j.n_bars == 0 ? " none" : "");
	for (size_t i = 0; i < q->j.n_bars; i++) {
		const struct bar *b = &q->j.bars[i];

		(void)printf("  %-8.*s %.*s%s", STR_ARG(b->bars), STR_ARG(b->id),
		    b->unknown ? ", not known whether it holds" : "");
		if (!day_is_none(b->until))
			(void)printf(", until %.*s", STR_ARG(day_str(c, b->until)));
		(void)printf("\n           %.*s\n", STR_ARG(b->en));
		put_source(b->src);
		put_missing(q->law, b->missing);
	}
}

static void put_text(struct ctx *c, const struct question *q)
{
	(void)printf("Judged by the law of %.*s, at %.*s\n\nThe order:\n",
	    STR_ARG(day_str(c, q->in.received)), STR_ARG(instant_str(c, q->in.now)));
	put_findings(q, JUDGE_ORDER);
	for (size_t i = 0; i < q->in.n_items; i++) {
		struct str code = q->j.item_codes[i], category = q->j.item_category[i];

		(void)printf("\nItem %.*s: %s%s%.*s%s%.*s\n", STR_ARG(q->names[i]),
		    judge_verdict_name(q->j.items[i]), code.n > 0 ? ", " : "", STR_ARG(code),
		    category.n > 0 ? ", category " : "", STR_ARG(category));
		put_findings(q, (int)i);
	}
	put_clocks(c, q);
	put_bars(c, q);
	if (!instant_is_none(q->j.earliest))
		(void)printf(
		    "\nNo production before %.*s\n", STR_ARG(instant_str(c, q->j.earliest)));
}

int cmd_law_explain_run(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--zone"}, {.name = "--dir"}};
	const char *zone = "UTC";
	struct shelf set = {0};
	struct question q = {0};
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 2, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "law explain FACTS [--zone ZONE] [--dir DIR]");
	if (rc == 0 && o[0].given)
		zone = str_z(cli->c, o[0].value);
	if (rc == 0)
		rc = day_zone(cli->c, zone);
	if (rc == 0)
		rc = shelf_load(cli->c, o[1].value, NULL, 0, &set);
	q.law = set.law;
	if (rc == 0)
		rc = question_read(cli->c, pos[0], &q);
	if (rc == 0)
		rc = judge_order(cli->c, q.law, &q.in, &q.j);
	if (rc != 0)
		return rc;
	if (cli->json)
		put_json(cli, &q, zone);
	else
		put_text(cli->c, &q);
	return 0;
}
