#include "cli/cmd.h"

#include "cli/words.h"
#include "out/view_statement.h"

static struct day today_of(struct cli *cli)
{
	return instant_day((struct instant){ctx_now(cli->c)});
}

/* ---- a piece as JSON and as lines ---- */

static void put_line(struct cli *cli, const struct statements *all, const struct statement *s)
{
	const struct wording *en = &s->words[WORDING_EN], *de = &s->words[WORDING_DE];
	struct str title = en->title.n > 0 ? en->title : de->title;
	struct str number =
	    s->number != 0 ? str_fmt(cli->c, "%lld", (long long)s->number) : STR("");

	(void)printf("%-16.*s %-10s %-4.*s %.*s  %-16s %.*s\n", STR_ARG(s->ref),
	    statement_part_id(s->part), STR_ARG(number), STR_ARG(day_str(cli->c, s->day)),
	    statement_word(all, s, today_of(cli)), STR_ARG(title));
}

static void put_field(const char *name, struct str value)
{
	if (value.n > 0)
		(void)printf("%s: %.*s\n", name, STR_ARG(value));
}

static void put_words(const char *lang, const struct wording *w)
{
	if (w->title.n == 0) {
		(void)printf("\n[%s] not translated\n", lang);
		return;
	}
	(void)printf("\n[%s] %.*s\n", lang, STR_ARG(w->title));
	put_field("authority", w->authority);
	put_field("outcome", w->outcome);
	if (w->text.n > 0)
		(void)printf("%.*s\n", STR_ARG(w->text));
}

static void put_piece(struct cli *cli, const struct statements *all, const struct statement *s)
{
	const struct statement *replaces =
	    s->replaces == 0 ? NULL : statement_by_id(all, s->replaces);
	const struct statement *follows = s->follows == 0 ? NULL : statement_by_id(all, s->follows);

	put_line(cli, all, s);
	put_field("kind", s->kind);
	put_field("until", json_text(view_statement_piece(cli->c, all, s), "until"));
	put_field("law", s->law);
	put_field("rule", s->law_id);
	put_field("editions", s->editions);
	put_field("replaces", replaces != NULL ? replaces->ref : STR(""));
	put_field("follows", follows != NULL ? follows->ref : STR(""));
	put_words("en", &s->words[WORDING_EN]);
	put_words("de", &s->words[WORDING_DE]);
}

/* ---- propose ---- */

enum { EN, DE, DAY, UNTIL, KIND, RULE, CITATION, EDITION, REPLACES, FOLLOWS, OPTIONS };

static int read_new(struct cli *cli, const struct cli_opt *o, struct statement_new *n)
{
	int rc = words_read(cli, &o[EN], &n->words[WORDING_EN]);

	if (rc == 0)
		rc = words_read(cli, &o[DE], &n->words[WORDING_DE]);
	if (rc == 0)
		rc = words_day(cli, &o[DAY], &n->day);
	if (rc == 0)
		rc = words_day(cli, &o[UNTIL], &n->until);
	n->kind = o[KIND].value;
	n->rule = o[RULE].value;
	n->citation = o[CITATION].value;
	n->editions = o[EDITION].values;
	n->n_editions = o[EDITION].n;
	n->replaces = o[REPLACES].value;
	n->follows = o[FOLLOWS].value;
	return rc;
}

#define PROPOSE                                                                                    \
	"PART [--en FILE] [--de FILE] [--day DAY] [--until DAY] [--kind KIND] [--rule ID] "        \
	"[--citation TEXT] [--edition EDITION...] [--replaces REF] [--follows REF]"

static int propose(struct cli *cli)
{
	struct cli_opt o[OPTIONS] = {{.name = "--en"}, {.name = "--de"}, {.name = "--day"},
	    {.name = "--until"}, {.name = "--kind"}, {.name = "--rule"}, {.name = "--citation"},
	    {.name = "--edition", .many = true}, {.name = "--replaces"}, {.name = "--follows"}};
	struct statement_new n = {.day = DAY_NONE, .until = DAY_NONE};
	struct statements all;
	struct statement s;
	struct str pos[1];
	size_t n_pos = 0;
	int rc = cli_parse(cli, o, OPTIONS, pos, 1, &n_pos);

	if (rc == 0)
		rc = cli_need(cli, n_pos, 1, "statement propose " PROPOSE);
	if (rc == 0) {
		n.part = statement_part_find(pos[0]);
		if (n.part == STATEMENT_PARTS)
			rc = err_set(cli->c, ERR_INVALID,
			    "PART is one of update, never, restraint, proceeding");
	}
	if (rc == 0)
		rc = read_new(cli, o, &n);
	if (rc == 0)
		rc = statement_propose(cli->c, cli->in, &cli->actor, &n, &s);
	if (rc == 0 && cli->json)
		rc = statement_all(cli->c, cli->in, &all);
	if (rc != 0)
		return rc;
	if (cli->json)
		cli_put(cli, view_statement_piece(cli->c, &all, &s));
	else
		(void)printf("%.*s: %s.\n", STR_ARG(s.ref), statement_waits(s.part));
	return 0;
}

/* ---- clear, publish, withdraw ---- */

static int moved(struct cli *cli, const char *usage,
    int (*fn)(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
	struct statement *ret))
{
	struct statements all;
	struct statement s;
	struct str ref;
	int rc = cli_one(cli, usage, &ref);

	if (rc == 0)
		rc = fn(cli->c, cli->in, &cli->actor, ref, &s);
	if (rc == 0)
		rc = statement_all(cli->c, cli->in, &all);
	if (rc != 0)
		return rc;
	if (cli->json)
		cli_put(cli, view_statement_piece(cli->c, &all, &s));
	else if (s.number != 0)
		(void)printf("%.*s: update %lld, %s. `writ site build` puts it on the page.\n",
		    STR_ARG(s.ref), (long long)s.number, statement_word(&all, &s, today_of(cli)));
	else
		(void)printf("%.*s: %s.%s\n", STR_ARG(s.ref),
		    statement_word(&all, &s, today_of(cli)),
		    s.state == STATEMENT_CLEARED ? " Another person publishes it."
						 : " `writ site build` writes the page anew.");
	return 0;
}

static int clear(struct cli *cli)
{
	return moved(cli, "statement clear REF", statement_clear);
}

static int publish(struct cli *cli)
{
	return moved(cli, "statement publish REF", statement_publish);
}

static int withdraw(struct cli *cli)
{
	return moved(cli, "statement withdraw REF", statement_withdraw);
}

/* ---- list, show ---- */

static int list(struct cli *cli)
{
	struct statements all;
	struct json *j;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, NULL, 0, &n);

	if (rc == 0 && cli->json)
		rc = view_statement(cli->c, cli->in, &cli->actor, &j);
	if (rc == 0 && cli->json)
		cli_put(cli, j);
	if (rc != 0 || cli->json)
		return rc;
	rc = statement_list(cli->c, cli->in, &cli->actor, &all);
	for (size_t i = 0; rc == 0 && i < all.n; i++)
		put_line(cli, &all, &all.v[i]);
	return rc;
}

static int show(struct cli *cli)
{
	struct statements all;
	struct statement s;
	struct str ref;
	int rc = cli_one(cli, "statement show REF", &ref);

	if (rc == 0)
		rc = statement_find(cli->c, cli->in, &cli->actor, ref, &s);
	if (rc == 0)
		rc = statement_all(cli->c, cli->in, &all);
	if (rc != 0)
		return rc;
	if (cli->json)
		cli_put(cli, view_statement_piece(cli->c, &all, &s));
	else
		put_piece(cli, &all, &s);
	return 0;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_statement_table[] = {
    {"statement", "propose", PROPOSE,
	"write a piece of the public statement: PART is update, never, restraint or proceeding",
	WRITE, propose},
    {"statement", "clear", "REF",
	"counsel of the compartment clears a never-statement or a restraint", WRITE, clear},
    {"statement", "publish", "REF", "publish what another person wrote", WRITE, publish},
    {"statement", "withdraw", "REF",
	"take back what waits, or a published never-statement or restraint", WRITE, withdraw},
    {"statement", "list", "", "all pieces, with their states", READ, list},
    {"statement", "show", "REF", "one piece, in both languages", READ, show},
    {NULL, NULL, NULL, NULL, 0, NULL},
};
