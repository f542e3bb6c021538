#include "cli/cmd.h"

#include "cli/pick.h"
#include "cli/rows.h"
#include "cli/shown.h"
#include "out/oncall_send.h"
#include "out/view_oncall.h"

static void show_gaps(const struct json *j)
{
	const struct json *gaps = json_find(j, "gaps");

	for (size_t i = 0; i < gaps->n; i++)
		(void)printf("  nobody from %.*s to %.*s\n",
		    STR_ARG(json_text(gaps->at[i], "from")), STR_ARG(json_text(gaps->at[i], "to")));
	(void)printf("%s: %lld people, nobody on call for at most %lld minutes at a stretch\n",
	    rows_yes(j, "covered") ? "Covered" : "NOT COVERED", (long long)rows_int(j, "people"),
	    (long long)rows_int(j, "longest_minutes"));
}

void shown_oncall(const struct json *j)
{
	const struct json *list = json_find(j, "oncall");

	(void)printf("On call now:");
	for (size_t i = 0; i < list->n; i++)
		(void)printf(" %.*s", STR_ARG(list->at[i]->text));
	(void)printf("%s\n", list->n == 0 ? " nobody" : "");
	list = json_find(j, "shifts");
	for (size_t i = 0; i < list->n; i++)
		(void)printf("  shift %lld: %.*s, rank %lld, %.*s\n",
		    (long long)rows_int(list->at[i], "number"),
		    STR_ARG(json_text(list->at[i], "person")),
		    (long long)rows_int(list->at[i], "rank"),
		    STR_ARG(json_text(list->at[i], "when")));
	list = json_find(j, "changes");
	for (size_t i = 0; i < list->n; i++)
		(void)printf("  change %lld: %.*s, %s, %.*s to %.*s\n",
		    (long long)rows_int(list->at[i], "number"),
		    STR_ARG(json_text(list->at[i], "person")),
		    json_find(list->at[i], "rank") == NULL ? "away" : "there",
		    STR_ARG(json_text(list->at[i], "since")),
		    STR_ARG(json_text(list->at[i], "until")));
	show_gaps(j);
}

static int list(struct cli *cli)
{
	struct json *j = NULL;
	int rc = rows_none(cli);

	if (rc == 0)
		rc = view_oncall(cli->c, cli->in, &cli->actor, &j);
	return rows_view(cli, rc, j, shown_oncall);
}

static int add(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--rank"}};
	struct str pos[2];
	int64_t rank = 1;
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 2, "oncall add NAME SHIFT [--rank N]");
	if (rc == 0)
		rc = rows_number(cli, &o[0], &rank);
	if (rc == 0)
		rc = oncall_shift_add(
		    cli->c, cli->in, &cli->actor, pos[0], rank > 9 ? 10 : (int)rank, pos[1]);
	if (rc == 0)
		(void)printf("On the list.\n");
	return rc;
}

static int change(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--rank"}, {.name = "--from"}, {.name = "--to"}};
	struct instant since = INSTANT_NONE, until = INSTANT_NONE;
	struct str name;
	int64_t rank = 0;
	size_t n;
	int rc = cli_parse(cli, o, 3, &name, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, o[1].given && o[2].given ? n : 0, 1,
		    "oncall change NAME --from INSTANT --to INSTANT [--rank N]");
	if (rc == 0)
		rc = rows_number(cli, &o[0], &rank);
	if (rc == 0)
		rc = rows_instant(cli, &o[1], &since);
	if (rc == 0)
		rc = rows_instant(cli, &o[2], &until);
	if (rc == 0)
		rc = oncall_change_add(
		    cli->c, cli->in, &cli->actor, name, rank > 9 ? 10 : (int)rank, since, until);
	if (rc == 0)
		(void)printf("On the list.\n");
	return rc;
}

static int drop(struct cli *cli)
{
	struct str pos[2];
	int64_t number;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 2, &n);

	if (rc == 0 && (n != 2 || (!str_is(pos[0], "shift") && !str_is(pos[0], "change"))))
		rc = err_set(cli->c, ERR_INVALID, "usage: writ oncall drop shift|change NUMBER");
	if (rc == 0)
		rc = pick_number(cli, pos[1], "NUMBER", &number);
	if (rc == 0)
		rc = str_is(pos[0], "shift")
			 ? oncall_shift_drop(cli->c, cli->in, &cli->actor, number)
			 : oncall_change_drop(cli->c, cli->in, &cli->actor, number);
	if (rc == 0)
		(void)printf("Taken away.\n");
	return rc;
}

void shown_pages(const struct json *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct json *p = list->at[i];

		(void)printf("%.*s demand %.*s since %.*s, %lld minutes, %lld called  %.*s\n",
		    STR_ARG(json_text(p, "page")), STR_ARG(json_text(p, "demand")),
		    STR_ARG(json_text(p, "since")), (long long)rows_int(p, "minutes"),
		    (long long)rows_int(p, "turns"), STR_ARG(json_text(p, "by")));
	}
}

static int pages(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--all", .flag = true}};
	struct json *j = NULL;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 0, &n);

	if (rc == 0)
		rc = view_pages(cli->c, cli->in, &cli->actor, o[0].given, &j);
	return rows_view(cli, rc, j, shown_pages);
}

static int ack(struct cli *cli)
{
	struct str page;
	int rc = cli_one(cli, "oncall ack PAGE", &page);

	if (rc == 0)
		rc = oncall_ack(cli->c, cli->in, &cli->actor, page);
	if (rc == 0)
		(void)printf("It is yours: nobody else is called.\n");
	return rc;
}

static int due_one(struct ctx *c, const struct oncall_call *call, void *arg)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "page", call->page);
	json_set_int(c, j, "turn", call->turn);
	json_set_text(c, j, "person", call->handle);
	json_add(c, arg, j);
	return 0;
}

/* For those who see to it that calls go out; it notes none. */
static int due(struct cli *cli)
{
	struct json *all = json_list(cli->c);
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 0, &n);

	/* a page of a sealed demand is told to those who are named to it */
	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_ONCALL_DUE);
	if (rc == 0)
		rc = oncall_due(cli->c, cli->in, (struct instant){ctx_now(cli->c)}, due_one, all);
	if (rc == 0 && cli->json)
		cli_put(cli, all);
	for (size_t i = 0; rc == 0 && !cli->json && i < all->n; i++)
		(void)printf("%.*s turn %lld: %.*s\n", STR_ARG(json_text(all->at[i], "page")),
		    (long long)rows_int(all->at[i], "turn"),
		    STR_ARG(json_text(all->at[i], "person")));
	return rc;
}

static int mail(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--to"}};
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "oncall mail NAME [--to ADDRESS]");
	if (rc == 0)
		rc = oncall_send_address(cli->c, cli->in, &cli->actor, pos[0], o[0].value);
	if (rc == 0 && !cli->json)
		(void)printf(
		    o[0].given ? "Called by mail from now on.\n" : "No longer called by mail.\n");
	return rc;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_oncall_table[] = {
    {"oncall", "list", "", "who is on call, and whether every hour is covered", READ, list},
    {"oncall", "add", "NAME SHIFT [--rank N]", "a shift of every week", READ, add},
    {"oncall", "change", "NAME --from INSTANT --to INSTANT [--rank N]",
	"away, or there beside the week", READ, change},
    {"oncall", "drop", "shift|change NUMBER", "take a line off the list", READ, drop},
    {"oncall", "pages", "[--all]", "emergencies nobody has taken yet", READ, pages},
    {"oncall", "ack", "PAGE", "take an emergency: nobody else is called", WRITE, ack},
    {"oncall", "due", "", "who is to be called now", READ, due},
    {"oncall", "mail", "NAME [--to ADDRESS]", "where a person is called by mail, or not any more",
	READ, mail},
    {0}};
