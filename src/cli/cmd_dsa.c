#include "cli/cmd.h"

#include "cli/pick.h"
#include "desk/dsa_order.h"
#include "out/dsa_out.h"

enum { WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

/* ---- categories ---- */

static void put_category(struct cli *cli, struct json *list, const struct dsa_category *cat)
{
	struct str rest = cat->keywords, word;
	struct json *j = json_map(cli->c), *words = json_list(cli->c);

	if (!cli->json)
		(void)printf("%2lld  %.*s\n", (long long)cat->number, STR_ARG(cat->code));
	while (str_word(&rest, &word)) {
		if (!cli->json)
			(void)printf("      %.*s\n", STR_ARG(word));
		json_add(cli->c, words, json_of_text(cli->c, word));
	}
	json_set_int(cli->c, j, "number", cat->number);
	json_set_text(cli->c, j, "code", cat->code);
	json_set(cli->c, j, "keywords", words);
	json_add(cli->c, list, j);
}

static int categories(struct cli *cli)
{
	struct json *list = json_list(cli->c);
	struct dsa_law *law;
	size_t n = 0;
	int rc = cli_parse(cli, NULL, 0, NULL, 0, &n);

	if (rc == 0)
		rc = dsa_builtin(cli->c, &law);
	if (rc != 0)
		return rc;
	if (!cli->json)
		(void)printf("%.*s\n", STR_ARG(law->cite));
	for (size_t i = 0; i < law->n_categories; i++)
		if (law->categories[i].orders)
			put_category(cli, list, &law->categories[i]);
	if (cli->json)
		cli_put(cli, list);
	return 0;
}

/* ---- order ---- */

/* "receipt", "unknown", or an instant. */
static int read_informed(struct cli *cli, struct str word, struct dsa_order *d)
{
	int rc = 0;

	d->informed = INSTANT_NONE;
	d->told = str_is(word, "receipt")   ? DSA_ORDER_RECEIPT
		  : str_is(word, "unknown") ? DSA_ORDER_UNKNOWN
					    : DSA_ORDER_ENTERED;
	if (d->told == DSA_ORDER_ENTERED)
		rc = instant_parse(cli->c, word, &d->informed);
	return rc == 0 ? 0 : err_while(cli->c, rc, "informed");
}

/* What is said again takes the place of what was; when the authority was told stays unless it is
 * said anew. */
static int order(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--keyword"}, {.name = "--text"}, {.name = "--informed"},
	    {.name = "--automatic", .flag = true}};
	struct dsa_order d = {.informed = INSTANT_NONE};
	struct pick p;
	bool has = false;
	int rc = pick_parse(cli, o, 4, 1, 1,
	    "dsa order CASE CATEGORY [--keyword CODE] [--text TEXT] [--informed "
	    "INSTANT|receipt|unknown] [--automatic] [--order N]",
	    &p);

	if (rc == 0)
		rc = dsa_order_get(
		    cli->c, cli->in, p.order.id, (struct instant){INT64_MAX}, &d, &has);
	if (rc == 0 && o[2].given) {
		d.automatic = false;
		rc = read_informed(cli, o[2].value, &d);
	}
	if (rc != 0)
		return rc;
	d.category = p.pos[0];
	d.keyword = o[0].value;
	d.own = o[1].value;
	d.automatic = d.automatic || o[3].given;
	rc = dsa_order_enter(cli->c, cli->in, &cli->actor, &p.order, &d);
	if (rc == 0 && !cli->json)
		(void)printf("Case %.*s, order %lld: %.*s\n", STR_ARG(p.matter.ref),
		    (long long)p.order.seq, STR_ARG(d.category));
	return rc;
}

static int missing(struct cli *cli)
{
	struct json *list = json_list(cli->c);
	struct dsa_report_missing m = {0};
	struct period period;
	struct str pos[1];
	int rc = cli_one(cli, "dsa missing PERIOD", pos);

	if (rc == 0)
		rc = period_parse(cli->c, pos[0], &period);
	if (rc == 0)
		rc = dsa_report_find_missing(cli->c, cli->in, &cli->actor, period, &m);
	for (size_t i = 0; i < m.n && rc == 0; i++) {
		struct json *j = json_map(cli->c);

		if (!cli->json)
			(void)printf(
			    "%.*s  order %lld\n", STR_ARG(m.v[i].ref), (long long)m.v[i].seq);
		json_set_text(cli->c, j, "case", m.v[i].ref);
		json_set_int(cli->c, j, "order", m.v[i].seq);
		json_add(cli->c, list, j);
	}
	if (rc == 0 && cli->json)
		cli_put(cli, list);
	else if (rc == 0 && m.n == 0)
		(void)printf("Every order has its category.\n");
	return rc;
}

/* ---- enter, note ---- */

struct given_opts {
	struct cli_opt o[5]; /* country, category, keyword, text, source */
};

static int read_given(struct cli *cli, struct given_opts *g, size_t n_opts, const char *usage,
    struct str *ret_value, struct dsa_given_new *ret)
{
	struct str pos[3];
	size_t n = 0;
	int rc;

	g->o[0].name = "--country";
	g->o[1].name = "--category";
	g->o[2].name = "--keyword";
	g->o[3].name = "--text";
	g->o[4].name = "--source";
	rc = cli_parse(cli, g->o, n_opts, pos, 3, &n);
	if (rc == 0)
		rc = cli_need(cli, n, 3, usage);
	if (rc == 0)
		rc = period_parse(cli->c, pos[0], &ret->period);
	if (rc == 0 && !dsa_given_column(pos[1], &ret->column))
		rc = err_set(cli->c, ERR_INVALID,
		    "cell: want act, items, act_receipt, act_effect, info, info_receipt or "
		    "info_effect");
	ret->key = (struct dsa_table_key){g->o[0].given ? g->o[0].value : STR("TOTAL"),
	    g->o[1].given ? g->o[1].value : STR("TOTAL"), g->o[2].value, g->o[3].value};
	*ret_value = pos[2];
	return rc;
}

static int enter(struct cli *cli)
{
	struct given_opts g = {{{0}}};
	struct dsa_given_new n = {.is_text = false};
	struct str value;
	int rc = read_given(cli, &g, 5,
	    "dsa enter PERIOD CELL VALUE|none --source TEXT [--country CC] [--category CODE] "
	    "[--keyword CODE] [--text TEXT]",
	    &value, &n);

	n.source = g.o[4].value;
	n.none = rc == 0 && str_is(value, "none");
	if (rc == 0 && !n.none)
		rc = dsa_given_value(cli->c, n.column, value, &n.value);
	return rc == 0 ? dsa_given_enter(cli->c, cli->in, &cli->actor, &n) : rc;
}

static int note(struct cli *cli)
{
	struct given_opts g = {{{0}}};
	struct dsa_given_new n = {.is_text = true};
	int rc = read_given(cli, &g, 4,
	    "dsa note PERIOD CELL TEXT|none [--country CC] [--category CODE] [--keyword CODE] "
	    "[--text TEXT]",
	    &n.text, &n);

	n.none = rc == 0 && str_is(n.text, "none");
	return rc == 0 ? dsa_given_enter(cli->c, cli->in, &cli->actor, &n) : rc;
}

/* ---- write ---- */

static bool shows_unverified(const struct dsa_report *r)
{
	for (size_t i = 0; i < r->law->n_eurostat; i++)
		if (!r->law->eurostat[i].verified &&
		    dsa_table_find(&r->table, r->law->eurostat[i].code.p, "TOTAL") != NULL)
			return true;
	return false;
}

/* What a person must know before it is published; on stderr, beside the result. */
static void warn(const struct dsa_report *r)
{
	if (!r->edition.is_published)
		(void)fprintf(stderr, "A draft: publish the edition first.\n");
	if (r->conf->n_lines == 0)
		(void)fprintf(stderr, "The first sheet has no rows: its indicators come from the "
				      "act's template (writ.yaml, dsa: identification).\n");
	(void)fprintf(stderr, "The second sheet has codes alone: labels and descriptions come from "
			      "the act's template.\n");
	if (r->late > 0)
		(void)fprintf(stderr,
		    "%lld entries were made after the edition's day and are not in it.\n",
		    (long long)r->late);
	if (shows_unverified(r))
		(void)fprintf(stderr, "Greece stands as EL, which was not checked in Eurostat's "
				      "glossary.\n");
}

static int write_files(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--out"}};
	struct json *j = json_map(cli->c);
	struct dsa_report r;
	struct edition e;
	struct str pos[1], deadline;
	size_t n = 0;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, o[0].given ? n : 0, 1, "dsa write EDITION --out DIR");
	if (rc == 0)
		rc = edition_find_for(cli->c, cli->in, &cli->actor, pos[0], &e);
	if (rc == 0)
		rc = dsa_report_make(cli->c, cli->in, &cli->actor, &e, &r);
	if (rc == 0)
		rc = dsa_out_write(cli->c, &r, str_z(cli->c, o[0].value));
	if (rc != 0)
		return rc;
	warn(&r);
	deadline = day_str(cli->c, r.deadline);
	if (!cli->json) {
		bool late = day_cmp(instant_day((struct instant){ctx_now(cli->c)}), r.deadline) > 0;

		(void)printf("Wrote the template of %.*s, %zu rows. %s published by %.*s (%.*s "
			     "Art. 2).\n",
		    STR_ARG(edition_name(cli->c, &e)), r.table.n, late ? "It was to be" : "To be",
		    STR_ARG(deadline), STR_ARG(r.law->act));
		return 0;
	}
	json_set_text(cli->c, j, "edition", edition_name(cli->c, &e));
	json_set_text(cli->c, j, "state", e.is_published ? STR("published") : STR("draft"));
	json_set_text(cli->c, j, "publish_by", deadline);
	json_set_int(cli->c, j, "rows", (int64_t)r.table.n);
	cli_put(cli, j);
	return 0;
}

const struct cli_command cmd_dsa_table[] = {
    {"dsa", "categories", "", "the categories and sub-categories of illegal content", CLI_NOTHING,
	categories},
    {"dsa", "order",
	"CASE CATEGORY [--keyword CODE] [--text TEXT] [--informed INSTANT|receipt|unknown] "
	"[--automatic] [--order N]",
	"what the EU's template wants of an order", WRITE, order},
    {"dsa", "missing", "PERIOD", "orders of a period that have no category yet",
	CLI_INSTANCE | CLI_ACTOR, missing},
    {"dsa", "enter",
	"PERIOD CELL VALUE|none --source TEXT [--country CC] [--category CODE] [--keyword CODE] "
	"[--text TEXT]",
	"a figure on orders to act against illegal content, by hand", WRITE, enter},
    {"dsa", "note",
	"PERIOD CELL TEXT|none [--country CC] [--category CODE] [--keyword CODE] [--text TEXT]",
	"a text of context for the EU's template", WRITE, note},
    {"dsa", "write", "EDITION --out DIR", "write the EU's template from an edition's orders",
	CLI_INSTANCE | CLI_ACTOR, write_files},
    {NULL, NULL, NULL, NULL, 0, NULL},
};
