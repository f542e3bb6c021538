#include "cli/cmd.h"

#include "cli/pick.h"
#include "cli/rows.h"
#include "cli/shown.h"
#include "desk/reply.h"
#include "os/file.h"
#include "out/view_inbox.h"

/* ---- triage ---- */

static void show_head(const struct json *d)
{
	const struct json *orders = json_find(d, "orders"), *same = json_find(d, "duplicates");

	(void)printf("%.*s  %.*s  %lld h  %.*s %.*s  %.*s  %.*s%s%s%s\n",
	    STR_ARG(json_text(d, "demand")), STR_ARG(json_text(d, "received")),
	    (long long)rows_int(d, "age_hours"), STR_ARG(json_text(d, "country")),
	    STR_ARG(json_text(d, "body")), STR_ARG(json_text(d, "channel")),
	    STR_ARG(json_text(d, "language")), rows_yes(d, "verified") ? "" : "  not verified",
	    rows_yes(d, "emergency") ? "  EMERGENCY" : "", rows_yes(d, "sealed") ? "  sealed" : "");
	for (size_t i = 0; orders != NULL && i < orders->n; i++) {
		const struct json *o = orders->at[i];

		(void)printf("    %.*s %.*s, %lld target%s\n", STR_ARG(json_text(o, "instrument")),
		    STR_ARG(json_text(o, "title")), (long long)rows_int(o, "targets"),
		    rows_int(o, "targets") == 1 ? "" : "s");
	}
	for (size_t i = 0; same != NULL && i < same->n; i++)
		(void)printf("    looks like %.*s (%.*s): same %.*s\n",
		    STR_ARG(json_text(same->at[i], "ref")),
		    STR_ARG(json_text(same->at[i], "state")),
		    STR_ARG(json_text(same->at[i], "by")));
}

void shown_inbox(const struct json *j)
{
	const struct json *list = json_find(j, "demands");

	if (list->n == 0)
		(void)printf("Nothing waits in triage.\n");
	for (size_t i = 0; i < list->n; i++)
		show_head(list->at[i]);
	rows_tell(j, "demands");
}

static int inbox(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--limit"}, {.name = "--after"}};
	struct matter_page page = {.limit = 0};
	struct json *j = NULL;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 2, pos, 0, &n);

	if (rc == 0 && o[0].given)
		rc = pick_number(cli, o[0].value, "--limit", &page.limit);
	page.after = o[1].given ? o[1].value : STR("");
	if (rc == 0)
		rc = view_inbox(cli->c, cli->in, &cli->actor, &page, &j);
	return rows_view(cli, rc, j, shown_inbox);
}

void shown_demand(const struct json *j)
{
	const struct json *papers = json_find(j, "papers"), *seen = json_find(j, "seen");

	show_head(j);
	(void)printf("    state: %.*s %.*s%.*s\n", STR_ARG(json_text(j, "state")),
	    STR_ARG(json_text(j, "case")), STR_ARG(json_text(j, "merged_into")));
	for (size_t i = 0; i < papers->n; i++)
		(void)printf("    paper %zu: %.*s, %lld bytes\n", i + 1,
		    STR_ARG(json_text(papers->at[i], "name")),
		    (long long)rows_int(papers->at[i], "size"));
	for (size_t i = 0; seen != NULL && i < seen->n; i++)
		(void)printf("    order %lld, target %lld: named in %zu other case%s\n",
		    (long long)rows_int(seen->at[i], "order"),
		    (long long)rows_int(seen->at[i], "target"), json_find(seen->at[i], "cases")->n,
		    json_find(seen->at[i], "cases")->n == 1 ? "" : "s");
}

static int preview(struct cli *cli)
{
	struct json *j = NULL;
	struct str ref;
	int rc = cli_one(cli, "demand preview DEMAND", &ref);

	if (rc == 0)
		rc = view_demand(cli->c, cli->in, &cli->actor, ref, &j);
	return rows_view(cli, rc, j, shown_demand);
}

static int letter(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--template"}};
	struct str ref, text;
	size_t n;
	int rc = cli_parse(cli, o, 1, &ref, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "demand letter DEMAND [--template NAME]");
	if (rc == 0)
		rc = reply_letter(
		    cli->c, cli->in, &cli->actor, ref, o[0].given ? o[0].value : STR(""), &text);
	if (rc != 0)
		return rc;
	if (cli->json) {
		struct json *j = json_map(cli->c);

		json_set_text(cli->c, j, "letter", text);
		cli_put(cli, j);
		return 0;
	}
	(void)printf("%.*s", STR_ARG(text));
	return 0;
}

/* ---- templates ---- */

static int list_one(struct ctx *c, const struct reply_template *t, void *arg)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "template", t->name);
	json_set_text(c, j, "language", t->language);
	json_set_bool(c, j, "own", t->own);
	json_set_text(c, j, "text", t->text);
	json_add(c, arg, j);
	return 0;
}

void shown_templates(const struct json *list)
{
	for (size_t i = 0; i < list->n; i++)
		(void)printf("%-20.*s %.*s  %s\n", STR_ARG(json_text(list->at[i], "template")),
		    STR_ARG(json_text(list->at[i], "language")),
		    rows_yes(list->at[i], "own") ? "of the house" : "built in");
}

static int list(struct cli *cli)
{
	struct json *all = json_list(cli->c);
	int rc = rows_none(cli);

	if (rc == 0)
		rc = reply_each(cli->c, cli->in, &cli->actor, list_one, all);
	return rows_view(cli, rc, all, shown_templates);
}

static int keep(struct cli *cli, bool drop)
{
	struct cli_opt o[] = {{.name = "--language"}, {.name = "--file"}};
	struct str name, text = {"", 0};
	size_t n;
	int rc = cli_parse(cli, o, drop ? 1 : 2, &name, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, o[0].given && (drop || o[1].given) ? n : 0, 1,
		    drop ? "template drop NAME --language LANGUAGE"
			 : "template set NAME --language LANGUAGE --file FILE");
	if (rc == 0 && !drop)
		rc = file_read(cli->c, str_z(cli->c, o[1].value), REPLY_TEXT_MAX, &text);
	if (rc == 0 && !drop && text.n == 0)
		rc = err_set(cli->c, ERR_INVALID, "the template is empty");
	if (rc == 0)
		rc = reply_set(cli->c, cli->in, &cli->actor, name, o[0].value, text);
	if (rc == 0)
		(void)printf("%s\n", drop ? "Taken away." : "Kept.");
	return rc;
}

static int set(struct cli *cli)
{
	return keep(cli, false);
}

static int drop(struct cli *cli)
{
	return keep(cli, true);
}

static int text(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--template"}};
	struct str filled;
	struct pick p;
	int rc = pick_parse(cli, o, 1, 0, 0, "order text CASE --template NAME [--order N]", &p);

	if (rc == 0)
		rc = reply_text(cli->c, cli->in, &cli->actor, &p.order, o[0].value, &filled);
	if (rc == 0)
		(void)printf("%.*s", STR_ARG(filled));
	return rc;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_inbox_table[] = {
    {"inbox", "", "[--limit N] [--after DEMAND]", "what waits in triage, with what decides it",
	READ, inbox},
    {"demand", "preview", "DEMAND", "a demand before it is a case: papers, duplicates, law", READ,
	preview},
    {"demand", "letter", "DEMAND [--template NAME]", "the letter to what was no data demand", WRITE,
	letter},
    {"template", "list", "", "templates of letters", READ, list},
    {"template", "set", "NAME --language LANGUAGE --file FILE", "keep a template", READ, set},
    {"template", "drop", "NAME --language LANGUAGE", "take a template away", READ, drop},
    {"order", "text", "CASE --template NAME [--order N]", "a template filled in for a case", READ,
	text},
    {0}};
