#include "cli/cmd.h"

#include "cli/words.h"
#include "kind/land.h"
#include "os/file.h"
#include "out/report_json.h"
#include "out/report_print.h"
#include "out/report_write.h"
#include "out/view_edition.h"

static void print_breaches(const struct breaches *b)
{
	size_t stand = breaches_stand(b);

	for (size_t i = 0; i < b->n; i++)
		(void)printf("  %s%s: %.*s: %.*s (%.*s)\n", b->v[i].asks ? "ask: " : "",
		    b->v[i].rule, STR_ARG(b->v[i].figure), STR_ARG(b->v[i].text),
		    STR_ARG(b->v[i].cite));
	if (stand == 0)
		(void)printf("Every rule holds.\n");
	else
		(void)printf("%zu against publication.\n", stand);
}

/* ---- make, check ---- */

static int report_breaches(struct cli *cli, const struct edition *e, const struct breaches *b)
{
	struct json *j;

	if (!cli->json) {
		(void)printf("Edition %.*s, accurate as of %.*s.\n",
		    STR_ARG(edition_name(cli->c, e)), STR_ARG(day_str(cli->c, e->as_of)));
		print_breaches(b);
		return 0;
	}
	j = view_edition_line(cli->c, e);
	json_set(cli->c, j, "breaches", view_breaches(cli->c, b, NULL));
	cli_put(cli, j);
	return 0;
}

#define MAKE "PERIOD [--as-of DAY] [--en FILE] [--de FILE]"

static int make(struct cli *cli)
{
	struct cli_opt opts[] = {{.name = "--as-of"}, {.name = "--en"}, {.name = "--de"}};
	struct edition_new new = {.as_of = DAY_NONE};
	struct breaches b = {0};
	struct edition e;
	struct str pos[1];
	size_t n = 0;
	int rc = cli_parse(cli, opts, 3, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "edition make " MAKE);
	if (rc == 0)
		rc = period_parse(cli->c, pos[0], &new.period);
	if (rc == 0)
		rc = words_day(cli, &opts[0], &new.as_of);
	if (rc == 0)
		rc = words_read(cli, &opts[1], &new.cause[WORDING_EN]);
	if (rc == 0)
		rc = words_read(cli, &opts[2], &new.cause[WORDING_DE]);
	if (rc == 0)
		rc = edition_make(cli->c, cli->in, &cli->actor, &new, &e, &b);
	return rc == 0 ? report_breaches(cli, &e, &b) : rc;
}

static int check(struct cli *cli)
{
	struct breaches b = {0};
	struct edition e;
	struct str pos[1];
	int rc = cli_one(cli, "edition check EDITION", pos);

	if (rc == 0)
		rc = edition_find_for(cli->c, cli->in, &cli->actor, pos[0], &e);
	if (rc == 0)
		rc = edition_check(cli->c, cli->in, &e, &b);
	if (rc == 0)
		rc = report_breaches(cli, &e, &b);
	if (rc == 0 && breaches_stand(&b) > 0)
		return err_set(cli->c, ERR_DENIED, "edition %.*s: a rule does not hold",
		    STR_ARG(edition_name(cli->c, &e)));
	return rc;
}

/* ---- show ---- */

static struct str value_text(struct ctx *c, const struct figure *x)
{
	if (x == NULL)
		return STR("-");
	if (x->status == FIGURE_EXACT)
		return str_fmt(c, "%lld", (long long)x->value_min);
	if (x->status == FIGURE_BAND)
		return str_fmt(c, "%lld-%lld", (long long)x->value_min, (long long)x->value_max);
	return str_of(figure_status_id(x->status));
}

static void print_row(struct ctx *c, const struct figures *f, const char *section,
    struct str country, struct str label)
{
	(void)printf("%-4.*s", STR_ARG(label));
	(void)printf(" %9.*s",
	    STR_ARG(value_text(c, figure_find(f, section, country, STR(""), "requests"))));
	(void)printf(" %9.*s",
	    STR_ARG(value_text(c, figure_find(f, section, country, STR(""), "accounts"))));
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		(void)printf(" %10.*s",
		    STR_ARG(value_text(c,
			figure_find(f, section, country, STR(""), outcome_id((enum outcome)o)))));
	(void)putchar('\n');
}

static void print_countries(struct ctx *c, const struct figures *f, struct str country)
{
	(void)printf("%-4s %9s %9s", "", "demands", "accounts");
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		(void)printf(" %10.10s", outcome_id((enum outcome)o));
	(void)putchar('\n');
	for (size_t i = 0; i < f->n; i++)
		if (str_is(f->v[i].section, "country") && str_is(f->v[i].metric, "requests") &&
		    (country.n == 0 || str_eq(f->v[i].country, country)))
			print_row(c, f, "country", f->v[i].country, f->v[i].country);
	if (country.n == 0)
		print_row(c, f, "total", STR(""), STR("all"));
}

/* What is not in the table of countries: a line for each figure. */
static void print_rest(struct ctx *c, const struct figures *f)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct figure *x = &f->v[i];
		enum outcome o;

		if (str_has_word(STR("country country_class imported"), x->section) ||
		    (str_has_word(STR("total class emergency"), x->section) &&
			outcome_find(x->metric, &o)))
			continue;
		(void)printf("%-60.*s %14.*s  %.*s\n", STR_ARG(figure_name(c, x)),
		    STR_ARG(value_text(c, x)), STR_ARG(x->unit));
	}
}

static int show_json(
    struct cli *cli, const struct edition *e, const struct figures *f, struct str country)
{
	struct json *j;
	int rc = 0;

	if (country.n == 0) {
		rc = view_edition(cli->c, cli->in, &cli->actor, e, &j);
	} else {
		j = view_edition_line(cli->c, e);
		json_set(cli->c, j, "figures", view_edition_figures(cli->c, f, country));
	}
	if (rc == 0)
		cli_put(cli, j);
	return rc;
}

static int show(struct cli *cli)
{
	struct cli_opt opts[] = {{.name = "--country"}};
	struct figures f = {0};
	struct edition e;
	struct str pos[1], country = STR("");
	size_t n = 0;
	int rc = cli_parse(cli, opts, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "edition show EDITION [--country CC]");
	if (rc == 0 && opts[0].given && !land_find(opts[0].value, &country))
		rc = err_set(cli->c, ERR_INVALID, "--country: no such country");
	if (rc == 0)
		rc = edition_find_for(cli->c, cli->in, &cli->actor, pos[0], &e);
	if (rc == 0)
		rc = edition_figures(cli->c, cli->in, &e, &f);
	if (rc != 0)
		return rc;
	if (cli->json)
		return show_json(cli, &e, &f, country);
	(void)printf("Edition %.*s, %s, accurate as of %.*s. Without national-security process.\n",
	    STR_ARG(edition_name(cli->c, &e)), e.is_published ? "published" : "draft",
	    STR_ARG(day_str(cli->c, e.as_of)));
	print_countries(cli->c, &f, country);
	if (country.n == 0)
		print_rest(cli->c, &f);
	return 0;
}

/* ---- publish ---- */

static int write_out(struct cli *cli, const struct edition *e, struct str out)
{
	struct report r;
	int rc = report_load(cli->c, cli->in, e, &r);

	return rc == 0 ? report_write(cli->c, &r, str_z(cli->c, out)) : rc;
}

static int publish(struct cli *cli)
{
	struct cli_opt opts[] = {{.name = "--out"}};
	struct edition e;
	struct str pos[1];
	size_t n = 0;
	int rc = cli_parse(cli, opts, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, opts[0].given ? n : 0, 1, "edition publish EDITION --out DIR");
	if (rc == 0)
		rc = edition_find_for(cli->c, cli->in, &cli->actor, pos[0], &e);
	/* a folder that cannot be written, or a program that is missing, is found before the step
	 */
	if (rc == 0)
		rc = report_print_ready(cli->c);
	if (rc == 0)
		rc = file_mkdirs(cli->c, str_z(cli->c, opts[0].value), 0755);
	if (rc == 0)
		rc = edition_publish(cli->c, cli->in, &cli->actor, e.id, &e);
	if (rc == 0)
		rc = write_out(cli, &e, opts[0].value);
	if (rc != 0)
		return rc;
	if (cli->json)
		cli_put(cli, view_edition_line(cli->c, &e));
	else
		(void)printf("Published %.*s: open %.*s/index.html\n",
		    STR_ARG(edition_name(cli->c, &e)), STR_ARG(opts[0].value));
	return 0;
}

/* A draft's page, marked as one. */
static int preview(struct cli *cli)
{
	struct cli_opt opts[] = {{.name = "--out"}};
	struct edition e;
	struct str pos[1];
	size_t n = 0;
	int rc = cli_parse(cli, opts, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, opts[0].given ? n : 0, 1, "edition preview EDITION --out DIR");
	if (rc == 0)
		rc = edition_find_for(cli->c, cli->in, &cli->actor, pos[0], &e);
	if (rc == 0)
		rc = write_out(cli, &e, opts[0].value);
	if (rc == 0 && !cli->json)
		(void)printf("Wrote %.*s: open %.*s/index.html\n",
		    STR_ARG(edition_name(cli->c, &e)), STR_ARG(opts[0].value));
	return rc;
}

/* ---- list, diff ---- */

static void put_line(const struct json *e)
{
	struct str name = json_text(e, "edition"), state = json_text(e, "state");
	struct str as_of = json_text(e, "as_of"), structure = json_text(e, "structure");

	(void)printf("%-28.*s %-10.*s as of %.*s  %.*s\n", STR_ARG(name), STR_ARG(state),
	    STR_ARG(as_of), STR_ARG(structure));
}

static int list(struct cli *cli)
{
	struct json *all;
	size_t n = 0;
	int rc = cli_parse(cli, NULL, 0, NULL, 0, &n);

	if (rc == 0)
		rc = view_editions(cli->c, cli->in, &cli->actor, &all);
	if (rc == 0 && cli->json)
		cli_put(cli, all);
	for (size_t i = 0; rc == 0 && !cli->json && i < all->n; i++)
		put_line(all->at[i]);
	return rc;
}

static const char *next_says(struct str state)
{
	return str_is(state, "due")     ? "over, and not made yet: writ edition make"
	       : str_is(state, "draft") ? "a draft waits: writ edition check, then publish"
	       : str_is(state, "runs")  ? "runs"
					: "published";
}

static int next(struct cli *cli)
{
	struct json *all;
	size_t n = 0;
	int rc = cli_parse(cli, NULL, 0, NULL, 0, &n);

	if (rc == 0)
		rc = view_edition_next(cli->c, cli->in, &all);
	if (rc == 0 && cli->json)
		cli_put(cli, all);
	for (size_t i = 0; rc == 0 && !cli->json && i < all->n; i++) {
		struct str period = json_text(all->at[i], "period");
		struct str to = json_text(all->at[i], "to");

		(void)printf("%-10.*s until %.*s  %s\n", STR_ARG(period), STR_ARG(to),
		    next_says(json_text(all->at[i], "state")));
	}
	return rc;
}

static void print_changes(struct cli *cli, const struct edition_changes *changes)
{
	struct json *all = json_list(cli->c);

	for (size_t i = 0; i < changes->n; i++) {
		const struct edition_change *ch = &changes->v[i];
		struct json *j = json_map(cli->c);

		if (!cli->json)
			(void)printf("%-60.*s %12.*s -> %.*s\n",
			    STR_ARG(figure_name(cli->c, ch->a != NULL ? ch->a : ch->b)),
			    STR_ARG(value_text(cli->c, ch->a)), STR_ARG(value_text(cli->c, ch->b)));
		if (ch->a != NULL)
			json_set(cli->c, j, "a", report_json_figure(cli->c, ch->a));
		if (ch->b != NULL)
			json_set(cli->c, j, "b", report_json_figure(cli->c, ch->b));
		json_add(cli->c, all, j);
	}
	if (cli->json)
		cli_put(cli, all);
	else if (changes->n == 0)
		(void)printf("No figure differs.\n");
}

static int diff(struct cli *cli)
{
	struct edition_changes changes = {0};
	struct figures f[2] = {{0}, {0}};
	struct edition e;
	struct str pos[2];
	size_t n = 0;
	int rc = cli_parse(cli, NULL, 0, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 2, "edition diff EDITION EDITION");
	for (size_t i = 0; i < 2 && rc == 0; i++) {
		rc = edition_find_for(cli->c, cli->in, &cli->actor, pos[i], &e);
		if (rc == 0)
			rc = edition_figures(cli->c, cli->in, &e, &f[i]);
	}
	if (rc != 0)
		return rc;
	edition_diff(cli->c, &f[0], &f[1], &changes);
	print_changes(cli, &changes);
	return 0;
}

const struct cli_command cmd_edition_table[] = {
    {"edition", "make", MAKE,
	"count the cases of a period into a draft, and say what stands against publishing it",
	CLI_INSTANCE | CLI_ACTOR | CLI_SLOT, make},
    {"edition", "show", "EDITION [--country CC]",
	"the figures of an edition, without counting again", CLI_INSTANCE | CLI_ACTOR, show},
    {"edition", "check", "EDITION",
	"every rule of arithmetic, band and delay over an edition's figures",
	CLI_INSTANCE | CLI_ACTOR, check},
    {"edition", "preview", "EDITION --out DIR",
	"write a draft's page, CSV and JSON, marked as a draft", CLI_INSTANCE | CLI_ACTOR, preview},
    {"edition", "publish", "EDITION --out DIR",
	"count again, compare, check every rule, publish, and write page, CSV and JSON",
	CLI_INSTANCE | CLI_ACTOR | CLI_SLOT, publish},
    {"edition", "list", "", "all editions; drafts for those who read them",
	CLI_INSTANCE | CLI_ACTOR, list},
    {"edition", "next", "", "which half-years are due, drafted or running",
	CLI_INSTANCE | CLI_ACTOR, next},
    {"edition", "diff", "EDITION EDITION", "the figures that two editions show differently",
	CLI_INSTANCE | CLI_ACTOR, diff},
    {NULL, NULL, NULL, NULL, 0, NULL},
};
