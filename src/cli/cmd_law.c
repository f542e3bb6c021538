#include "cli/cmd_law_p.h"

#include "base/mem.h"
#include "cli/cmd.h"
#include "law/cases.h"

enum { REPORT_MAX = 64 << 20 };

static int load(struct cli *cli, struct str dir, const struct law **ret)
{
	struct shelf set = {0};
	int rc = shelf_load(cli->c, dir, NULL, 0, &set);

	if (rc == 0)
		*ret = set.law;
	return rc;
}

/* What a command has to say is first made as JSON; the text for people is printed from the same
 * values. */
static struct str text(const struct json *j, const char *key)
{
	const struct json *v = json_find(j, key);

	if (v == NULL || v->kind != JSON_BOOL)
		return json_text(j, key);
	return v->yes ? STR("yes") : STR("no");
}

static long long number(const struct json *j, const char *key)
{
	const struct json *v = json_find(j, key);

	return v == NULL ? 0 : (long long)v->num;
}

static void put_list(struct cli *cli, const struct json *list, void (*line)(const struct json *j))
{
	if (cli->json) {
		cli_put(cli, list);
		return;
	}
	for (size_t i = 0; i < list->n; i++)
		line(list->at[i]);
}

static struct json *heading(
    struct ctx *c, const char *kind, struct str id, struct str en, struct str de)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "id", id);
	json_set_text(c, j, "kind", str_of(kind));
	json_set_text(c, j, "en", en);
	json_set_text(c, j, "de", de);
	return j;
}

/* ---- list ---- */

static struct json *pack_json(struct ctx *c, const struct pack *p)
{
	struct json *j = heading(c, "pack", p->id, p->en, p->de);
	size_t verified = 0;

	for (size_t i = 0; i < p->n_rules; i++)
		verified += p->rules[i].src.verified;
	json_set_text(c, j, "jurisdiction", p->jurisdiction);
	json_set_text(c, j, "layer", p->house ? STR("house") : STR("statute"));
	json_set_text(c, j, "text_date", day_str(c, p->text_date));
	json_set_int(c, j, "rules", (int64_t)p->n_rules);
	json_set_int(c, j, "rules_verified", (int64_t)verified);
	json_set_int(c, j, "clocks", (int64_t)p->n_clocks);
	json_set_int(c, j, "bars", (int64_t)p->n_bars);
	json_set_int(c, j, "instruments", (int64_t)p->n_instruments);
	json_set_text(c, j, "file", str_of(p->file));
	return j;
}

static void pack_line(const struct json *j)
{
	(void)printf("%-18.*s %-6.*s %-8.*s %.*s  %3lld/%lld rules verified  %.*s\n",
	    STR_ARG(text(j, "id")), STR_ARG(text(j, "jurisdiction")), STR_ARG(text(j, "layer")),
	    STR_ARG(text(j, "text_date")), number(j, "rules_verified"), number(j, "rules"),
	    STR_ARG(text(j, "en")));
}

static struct json *sentence_json(struct ctx *c, const char *kind, struct str id, struct str en,
    struct str de, const struct source *src)
{
	struct json *j = heading(c, kind, id, en, de);

	json_set_bool(c, j, "verified", src->verified);
	json_set_text(c, j, "cite", src->cite);
	return j;
}

/* An unverified rule can only ask; an unverified clock or bar is shown and stops nothing. */
static void sentence_line(const struct json *j)
{
	bool rule = str_is(text(j, "kind"), "rule"), verified = str_is(text(j, "verified"), "yes");

	(void)printf("%-30.*s %-5.*s %-10s %.*s\n", STR_ARG(text(j, "id")),
	    STR_ARG(text(j, "kind")),
	    verified ? "verified"
	    : rule   ? "asks only"
		     : "unverified",
	    STR_ARG(text(j, "en")));
}

static struct json *sentences_json(struct ctx *c, const struct pack *p)
{
	struct json *list = json_list(c);

	for (size_t i = 0; i < p->n_rules; i++)
		json_add(c, list,
		    sentence_json(c, "rule", p->rules[i].id, p->rules[i].en, p->rules[i].de,
			&p->rules[i].src));
	for (size_t i = 0; i < p->n_clocks; i++)
		json_add(c, list,
		    sentence_json(c, "clock", p->clocks[i].id, p->clocks[i].en, p->clocks[i].de,
			&p->clocks[i].src));
	for (size_t i = 0; i < p->n_bars; i++)
		json_add(c, list,
		    sentence_json(
			c, "bar", p->bars[i].id, p->bars[i].en, p->bars[i].de, &p->bars[i].src));
	return list;
}

static struct json *instrument_json(struct ctx *c, const struct instrument *in)
{
	static const char *const bases[] = {
	    "order", "permitted", "preservation", "sealed", "capability"};
	struct json *j = heading(c, "instrument", in->id, in->en, in->de);

	json_set_text(c, j, "pack", in->pack->id);
	json_set_text(c, j, "class", in->class);
	json_set_text(c, j, "basis", str_of(bases[in->basis]));
	json_set_bool(c, j, "commands", in->commands);
	return j;
}

static void instrument_line(const struct json *j)
{
	(void)printf("%-22.*s %-18.*s %-12.*s %-8s  %.*s (%.*s)\n", STR_ARG(text(j, "id")),
	    STR_ARG(text(j, "class")), STR_ARG(text(j, "basis")),
	    str_is(text(j, "commands"), "yes") ? "commands" : "permits", STR_ARG(text(j, "en")),
	    STR_ARG(text(j, "cite")));
}

static void put_instruments(struct cli *cli, const struct law *law, struct str pack)
{
	struct json *list = json_list(cli->c);

	for (size_t i = 0; i < law->n_packs; i++) {
		const struct pack *p = law->packs[i];

		for (size_t k = 0; k < p->n_instruments && (pack.n == 0 || str_eq(pack, p->id));
		     k++) {
			struct json *j = instrument_json(cli->c, &p->instruments[k]);

			json_set_text(cli->c, j, "cite", p->instruments[k].src.cite);
			json_add(cli->c, list, j);
		}
	}
	put_list(cli, list, instrument_line);
}

static int list(struct cli *cli)
{
	struct cli_opt o[] = {
	    {.name = "--pack"}, {.name = "--instruments", .flag = true}, {.name = "--dir"}};
	const struct pack *one = NULL;
	const struct law *law;
	struct json *all = json_list(cli->c);
	size_t n;
	int rc = cli_parse(cli, o, 3, NULL, 0, &n);

	if (rc == 0)
		rc = load(cli, o[2].value, &law);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < law->n_packs; i++) {
		json_add(cli->c, all, pack_json(cli->c, law->packs[i]));
		if (str_eq(law->packs[i]->id, o[0].value))
			one = law->packs[i];
	}
	if (o[0].given && one == NULL)
		return err_set(cli->c, ERR_NOTFOUND, "no pack of that name (see `writ law list`)");
	if (o[1].given)
		put_instruments(cli, law, o[0].value);
	else if (one != NULL)
		put_list(cli, sentences_json(cli->c, one), sentence_line);
	else
		put_list(cli, all, pack_line);
	return 0;
}

/* ---- show ---- */

static void set_cond(struct ctx *c, struct json *j, const char *key, const struct cond *cond)
{
	if (cond != NULL)
		json_set_text(c, j, key, pack_cond_text(c, cond));
}

static void set_given(struct ctx *c, struct json *j, const char *key, struct str value)
{
	if (value.n > 0)
		json_set_text(c, j, key, value);
}

static void set_span(struct ctx *c, struct json *j, const char *key, struct span span)
{
	static const char *const units[] = {"", "hours", "days", "business days", "months"};

	if (span.unit != SPAN_NONE)
		json_set_text(c, j, key, str_fmt(c, "%d %s", span.n, units[span.unit]));
}

static struct json *rule_json(struct ctx *c, const struct rule *r)
{
	static const char *const on_fail[] = {"fail", "counsel", "ask"};
	struct json *j = heading(c, "rule", r->id, r->en, r->de);

	json_set_text(c, j, "scope", r->item_scope ? STR("item") : STR("order"));
	set_cond(c, j, "when", r->when);
	set_cond(c, j, "require", r->require);
	json_set_bool(c, j, "grants", r->grants);
	json_set_text(c, j, "on_fail", str_of(on_fail[r->on_fail]));
	set_given(c, j, "code", r->code);
	if (r->never)
		json_set_bool(c, j, "never", true);
	cmd_law_explain_source(c, j, &r->src);
	return j;
}

static struct json *clock_json(struct ctx *c, const struct clock_rule *k)
{
	struct json *j = heading(c, "clock", k->id, k->en, k->de);

	json_set_text(c, j, "act", k->act);
	set_cond(c, j, "when", k->when);
	json_set_text(c, j, "from", k->from);
	set_span(c, j, "latest", k->latest);
	set_span(c, j, "earliest", k->earliest);
	if (k->counts_up)
		json_set_bool(c, j, "counts_up", true);
	set_given(c, j, "calendar", k->calendar);
	set_given(c, j, "stops_at", k->stops_at);
	set_given(c, j, "lifts", k->lifts);
	set_given(c, j, "pauses", k->pauses);
	cmd_law_explain_source(c, j, &k->src);
	return j;
}

static struct json *bar_json(struct ctx *c, const struct bar_rule *b)
{
	struct json *j = heading(c, "bar", b->id, b->en, b->de);

	set_cond(c, j, "when", b->when);
	json_set_text(c, j, "bars", b->bars);
	set_given(c, j, "until", b->until);
	cmd_law_explain_source(c, j, &b->src);
	return j;
}

static struct json *find_in_pack(struct ctx *c, const struct pack *p, struct str id)
{
	for (size_t i = 0; i < p->n_rules; i++)
		if (str_eq(p->rules[i].id, id))
			return rule_json(c, &p->rules[i]);
	for (size_t i = 0; i < p->n_clocks; i++)
		if (str_eq(p->clocks[i].id, id))
			return clock_json(c, &p->clocks[i]);
	for (size_t i = 0; i < p->n_bars; i++)
		if (str_eq(p->bars[i].id, id))
			return bar_json(c, &p->bars[i]);
	return NULL;
}

/* Instruments have names of their own, so one may be called as a rule is: both are shown. */
static struct json *find_all(struct ctx *c, const struct law *law, struct str id)
{
	const struct instrument *in = pack_instrument(law, id);
	struct json *found = json_list(c);

	for (size_t i = 0; i < law->n_packs; i++) {
		struct json *j = find_in_pack(c, law->packs[i], id);

		if (j == NULL)
			continue;
		json_set_text(c, j, "pack", law->packs[i]->id);
		json_add(c, found, j);
	}
	if (in != NULL) {
		struct json *j = instrument_json(c, in);

		cmd_law_explain_source(c, j, &in->src);
		json_add(c, found, j);
	}
	return found;
}

static void put_full(const struct json *j)
{
	for (size_t i = 0; i < j->n; i++) {
		struct str key = j->key[i];

		if (j->at[i]->kind == JSON_INT)
			(void)printf("%-12.*s %lld\n", STR_ARG(key), (long long)j->at[i]->num);
		else if (j->at[i]->kind == JSON_BOOL)
			(void)printf("%-12.*s %s\n", STR_ARG(key), j->at[i]->yes ? "yes" : "no");
		else
			(void)printf("%-12.*s %.*s\n", STR_ARG(key), STR_ARG(j->at[i]->text));
	}
}

static int show(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--dir"}};
	const struct law *law;
	struct json *found;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "law show RULE [--dir DIR]");
	if (rc == 0)
		rc = load(cli, o[0].value, &law);
	if (rc != 0)
		return rc;
	found = find_all(cli->c, law, pos[0]);
	if (found->n == 0)
		return err_set(cli->c, ERR_NOTFOUND,
		    "no rule, clock, bar or instrument of that name (see `writ law list --pack "
		    "PACK`)");
	put_list(cli, found, put_full);
	return 0;
}

/* ---- the vocabulary ---- */

static int vocabulary(struct cli *cli, const struct law **ret)
{
	struct cli_opt o[] = {{.name = "--dir"}};
	size_t n;
	int rc = cli_parse(cli, o, 1, NULL, 0, &n);

	return rc == 0 ? load(cli, o[0].value, ret) : rc;
}

static void code_line(const struct json *j)
{
	(void)printf("%-20.*s %.*s | %.*s\n", STR_ARG(text(j, "id")), STR_ARG(text(j, "en")),
	    STR_ARG(text(j, "de")));
}

static int codes(struct cli *cli)
{
	struct json *all = json_list(cli->c);
	const struct law *law;
	int rc = vocabulary(cli, &law);

	for (size_t i = 0; rc == 0 && i < law->n_codes; i++)
		json_add(cli->c, all,
		    heading(cli->c, "code", law->codes[i].id, law->codes[i].en, law->codes[i].de));
	if (rc == 0)
		put_list(cli, all, code_line);
	return rc;
}

static void fact_line(const struct json *j)
{
	struct str words = text(j, "words");

	(void)printf("%-34.*s %-8.*s %.*s%s%.*s%s\n", STR_ARG(text(j, "id")),
	    STR_ARG(text(j, "type")), STR_ARG(text(j, "en")), words.n > 0 ? " [" : "",
	    STR_ARG(words), words.n > 0 ? "]" : "");
}

static int facts(struct cli *cli)
{
	static const char *const types[] = {
	    "yesno", "one", "set", "number", "day", "instant", "text"};
	struct json *all = json_list(cli->c);
	const struct law *law;
	int rc = vocabulary(cli, &law);

	for (size_t i = 0; rc == 0 && i < law->n_facts; i++) {
		const struct vocab_fact *f = &law->facts[i];
		struct json *j = heading(cli->c, "fact", f->id, f->en, f->de);

		json_set_text(cli->c, j, "type", str_of(types[f->type]));
		json_set_text(cli->c, j, "words", f->values);
		json_set_bool(cli->c, j, "plain", f->plain);
		json_add(cli->c, all, j);
	}
	if (rc == 0)
		put_list(cli, all, fact_line);
	return rc;
}

static void field_line(const struct json *j)
{
	(void)printf("%-20.*s %-10.*s %.*s | %.*s\n", STR_ARG(text(j, "id")),
	    STR_ARG(text(j, "fold")), STR_ARG(text(j, "en")), STR_ARG(text(j, "de")));
}

static int fields(struct cli *cli)
{
	static const char *const folds[] = {"noncontent", "content", "key"};
	struct json *all = json_list(cli->c);
	const struct law *law;
	int rc = vocabulary(cli, &law);

	for (size_t i = 0; rc == 0 && i < law->n_fields; i++) {
		struct json *j = heading(
		    cli->c, "field", law->fields[i].id, law->fields[i].en, law->fields[i].de);

		json_set_text(cli->c, j, "fold", str_of(folds[law->fields[i].fold]));
		json_add(cli->c, all, j);
	}
	if (rc == 0)
		put_list(cli, all, field_line);
	return rc;
}

/* ---- check ---- */

static size_t sentence_count(const struct law *law)
{
	size_t n = 0;

	for (size_t i = 0; i < law->n_packs; i++)
		n += law->packs[i]->n_rules + law->packs[i]->n_clocks + law->packs[i]->n_bars;
	return n;
}

static void put_result(
    struct cli *cli, size_t sentences, const struct cases_result *r, struct str faults)
{
	struct json *j, *lines;

	if (!cli->json) {
		(void)printf("%.*s%zu rule%s, %zu case%s passed, %zu failed, %zu uncovered\n",
		    STR_ARG(faults), sentences, sentences == 1 ? "" : "s", r->passed,
		    r->passed == 1 ? "" : "s", r->failed, r->uncovered);
		return;
	}
	j = json_map(cli->c);
	lines = json_list(cli->c);
	while (faults.n > 0) {
		struct str line;

		(void)str_cut(faults, '\n', &line, &faults);
		json_add(cli->c, lines, json_of_text(cli->c, line));
	}
	json_set_int(cli->c, j, "rules", (int64_t)sentences);
	json_set_int(cli->c, j, "passed", (int64_t)r->passed);
	json_set_int(cli->c, j, "failed", (int64_t)r->failed);
	json_set_int(cli->c, j, "uncovered", (int64_t)r->uncovered);
	json_set(cli->c, j, "faults", lines);
	cli_put(cli, j);
}

static int check(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--dir"}};
	struct buf out = buf_init(cli->c, REPORT_MAX);
	struct cases_result result = {0};
	struct shelf set = {0};
	struct str *pos = mem_array(cli->c, (size_t)cli->argc, sizeof *pos);
	struct str faults;
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, (size_t)cli->argc, &n);

	if (rc == 0)
		rc = shelf_load(cli->c, o[0].value, pos, n, &set);
	if (rc == 0)
		rc = shelf_bands(cli->c, &set);
	if (rc == 0)
		rc = day_zone(cli->c, "Europe/Berlin"); /* of the cases: SPEC.md 1.6 */
	if (rc == 0)
		rc = cases_run(cli->c, set.law, set.files, set.n, &out, &result);
	if (rc == 0)
		rc = buf_end(&out, "the report of the cases", &faults);
	if (rc != 0)
		return rc;
	put_result(cli, sentence_count(set.law), &result, faults);
	if (result.failed > 0 || result.uncovered > 0)
		return err_set(cli->c, ERR_INVALID,
		    "the law is not all right: %zu failed, %zu uncovered", result.failed,
		    result.uncovered);
	return 0;
}

const struct cli_command cmd_law_table[] = {
    {"law", "list", "[--pack PACK] [--instruments] [--dir DIR]",
	"packs, the rules of one pack, or instruments", CLI_NOTHING, list},
    {"law", "show", "RULE [--dir DIR]", "one rule, clock, bar or instrument in full", CLI_NOTHING,
	show},
    {"law", "codes", "[--dir DIR]", "the codes of refusal", CLI_NOTHING, codes},
    {"law", "facts", "[--dir DIR]", "the facts that rules ask for", CLI_NOTHING, facts},
    {"law", "fields", "[--dir DIR]", "the fields of data that can be demanded", CLI_NOTHING,
	fields},
    {"law", "check", "[FILE...] [--dir DIR]", "read all packs and run their cases", CLI_NOTHING,
	check},
    {"law", "explain", "FACTS [--zone ZONE] [--dir DIR]",
	"judge facts from a YAML file, with reasons", CLI_NOTHING, cmd_law_explain_run},
    {0}};
