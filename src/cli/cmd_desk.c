#include "cli/cmd.h"

#include "cli/pick.h"
#include "cli/rows.h"
#include "cli/shown.h"
#include "cli/words.h"
#include "desk/assign.h"
#include "out/view_after.h"
#include "out/view_work.h"

/* ---- queues ---- */

/* "1000+" where a count stopped. */
static void put_number(const struct json *top, const struct json *j, const char *key)
{
	int64_t n = rows_int(j, key);

	(void)printf("  %lld%s %s", (long long)n, n == rows_int(top, "most") ? "+" : "", key);
}

void shown_queues(const struct json *j)
{
	const struct json *list = json_find(j, "queues");

	for (size_t i = 0; i < list->n; i++) {
		const struct json *q = list->at[i];
		struct str who = json_text(q, "person");

		(void)printf("%-16.*s", STR_ARG(who.n > 0 ? who : STR("nobody")));
		put_number(j, q, "orders");
		put_number(j, q, "overdue");
		put_number(j, q, "due_today");
		if (json_text(q, "oldest").n > 0)
			(void)printf("  oldest %lld days", (long long)rows_int(q, "oldest_days"));
		(void)printf("\n");
	}
}

static int queues(struct cli *cli)
{
	struct json *j = NULL;
	int rc = rows_none(cli);

	if (rc == 0)
		rc = view_queues(cli->c, cli->in, &cli->actor, &j);
	return rows_view(cli, rc, j, shown_queues);
}

void shown_queue(const struct json *j)
{
	rows_put(json_find(j, "orders"));
	rows_tell(j, "orders");
}

static int queue(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--limit"}, {.name = "--after"}};
	struct json *j = NULL;
	struct str person;
	int64_t limit = 0;
	size_t n;
	int rc = cli_parse(cli, o, 2, &person, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "queue NAME|nobody [--limit N] [--after PLACE]");
	if (rc == 0)
		rc = rows_number(cli, &o[0], &limit);
	if (rc == 0)
		rc = view_queue(cli->c, cli->in, &cli->actor, person,
		    o[1].given ? o[1].value : STR(""), limit, &j);
	return rows_view(cli, rc, j, shown_queue);
}

/* ---- a day, the calendar, the house ---- */

static void put_dates(const struct json *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct json *d = list->at[i];

		(void)printf("%.*s  %-12.*s %-12.*s %.*s order %lld  %.*s  %.*s\n",
		    STR_ARG(json_text(d, "at")), STR_ARG(json_text(d, "kind")),
		    STR_ARG(json_text(d, "act")), STR_ARG(json_text(d, "case")),
		    (long long)rows_int(d, "order"), STR_ARG(json_text(d, "rule")),
		    STR_ARG(json_text(d, "assigned")));
	}
}

void shown_day(const struct json *j)
{
	const struct json *list = json_find(j, "second");

	(void)printf("Mine, by the next deadline\n");
	rows_put(json_find(j, "orders"));
	(void)printf("Waiting for a second person\n");
	for (size_t i = 0; i < list->n; i++)
		(void)printf("%-16.*s order %lld, item %lld, decided %.*s by %.*s\n",
		    STR_ARG(json_text(list->at[i], "case")),
		    (long long)rows_int(list->at[i], "order"),
		    (long long)rows_int(list->at[i], "item"),
		    STR_ARG(json_text(list->at[i], "decided")),
		    STR_ARG(json_text(list->at[i], "decider")));
	(void)printf("Answered questions\n");
	list = json_find(j, "answered");
	for (size_t i = 0; i < list->n; i++)
		(void)printf("%-16.*s order %lld, answered %.*s\n",
		    STR_ARG(json_text(list->at[i], "case")),
		    (long long)rows_int(list->at[i], "order"),
		    STR_ARG(json_text(list->at[i], "at")));
	(void)printf("Ending soon\n");
	put_dates(json_find(j, "ending"));
	(void)printf("Watched\n");
	rows_put(json_find(j, "watched"));
}

static int day(struct cli *cli)
{
	struct json *j = NULL;
	int rc = rows_none(cli);

	if (rc == 0)
		rc = view_my_day(cli->c, cli->in, &cli->actor, &j);
	return rows_view(cli, rc, j, shown_day);
}

void shown_calendar(const struct json *j)
{
	put_dates(json_find(j, "dates"));
	rows_tell(j, "dates");
}

static int calendar(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--kind"}, {.name = "--mine", .flag = true},
	    {.name = "--limit"}, {.name = "--after"}};
	struct view_span span = {.after = STR("")};
	struct json *j = NULL;
	struct str pos[2];
	size_t n;
	int rc = cli_parse(cli, o, 4, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 2,
		    "calendar FROM TO [--kind KIND] [--mine] [--limit N] [--after PLACE]");
	if (rc == 0)
		rc = pick_day(cli, pos[0], "FROM", &span.from);
	if (rc == 0)
		rc = pick_day(cli, pos[1], "TO", &span.to);
	if (rc == 0)
		rc = rows_number(cli, &o[2], &span.limit);
	span.kind = o[0].given ? o[0].value : STR("");
	span.mine = o[1].given;
	if (o[3].given)
		span.after = o[3].value;
	if (rc == 0)
		rc = view_calendar(cli->c, cli->in, &cli->actor, &span, &j);
	return rows_view(cli, rc, j, shown_calendar);
}

void shown_overview(const struct json *j)
{
	static const char *const keys[] = {"triage", "open", "overdue", "due_today", "returned",
	    "second", "nobody", "notices", "objections", "claims"};
	/* in this order; a server gives its members in that of their names */
	static const char *const kinds[] = {
	    "take_down", "civil_party", "testimony", "data_subject", "press", "other"};
	const struct json *sorted = json_find(j, "sorted");

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		put_number(j, j, keys[i]);
		(void)printf("\n");
	}
	(void)printf("  no data demands in a year:");
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		(void)printf(" %s %lld", kinds[i], (long long)rows_int(sorted, kinds[i]));
	(void)printf("\n");
}

static int overview(struct cli *cli)
{
	struct json *j = NULL;
	int rc = rows_none(cli);

	if (rc == 0)
		rc = view_overview(cli->c, cli->in, &cli->actor, &j);
	return rows_view(cli, rc, j, shown_overview);
}

/* ---- acts ---- */

static int assign(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--reason"}, {.name = "--reason-file"}};
	struct matter m;
	struct str pos[2], note = {"", 0};
	size_t n;
	int rc = cli_parse(cli, o, 2, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 2,
		    "matter assign CASE NAME|nobody [--reason NOTE | --reason-file FILE]");
	if (rc == 0 && o[1].given)
		rc = rows_read_file(cli, o[1].value, ASSIGN_NOTE_MAX, &note);
	else if (o[0].given)
		note = o[0].value;
	if (rc == 0)
		rc = matter_get(cli->c, cli->in, &cli->actor, pos[0], &m);
	if (rc == 0)
		rc = assign_case(cli->c, cli->in, &cli->actor, &m,
		    str_is(pos[1], "nobody") ? STR("") : pos[1], note);
	if (rc == 0)
		(void)printf("Case %.*s is %.*s's now.\n", STR_ARG(m.ref), STR_ARG(pos[1]));
	return rc;
}

static int watch_as(struct cli *cli, bool on, const char *usage)
{
	struct matter m;
	struct str ref;
	int rc = cli_one(cli, usage, &ref);

	if (rc == 0)
		rc = matter_get(cli->c, cli->in, &cli->actor, ref, &m);
	if (rc == 0)
		rc = assign_watch(cli->c, cli->in, &cli->actor, &m, on);
	if (rc == 0)
		(void)printf("%s\n", on ? "Watched: writ day shows it." : "Not watched any more.");
	return rc;
}

static int watch(struct cli *cli)
{
	return watch_as(cli, true, "matter watch CASE");
}

static int unwatch(struct cli *cli)
{
	return watch_as(cli, false, "matter unwatch CASE");
}

static void sweep_progress(void *arg, int64_t done)
{
	cli_progress(arg, "cases", done, INT64_MAX);
}

static int sweep(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--all", .flag = true}};
	struct due_sweep how = {.progress = sweep_progress, .arg = cli};
	struct str pos[1];
	int64_t done = 0;
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 0, &n);

	how.all = o[0].given;
	if (rc == 0)
		rc = due_sweep(cli->c, cli->in, &cli->actor, &how, &done);
	if (rc == 0)
		(void)printf("%s computed anew.\n", cli_count(cli->c, done, "case", "cases").p);
	return rc;
}

/* ---- what is open of what left ---- */

void shown_after(const struct json *j)
{
	const struct json *list = json_find(j, "open");

	if (list->n == 0)
		(void)printf("Nothing is open.\n");
	for (size_t i = 0; i < list->n; i++)
		(void)printf("%-11.*s %-12.*s %.*s  case %.*s\n",
		    STR_ARG(json_text(list->at[i], "what")),
		    STR_ARG(json_text(list->at[i], "state")),
		    STR_ARG(json_text(list->at[i], "production")),
		    STR_ARG(json_text(list->at[i], "case")));
}

static int open_ones(struct cli *cli)
{
	struct json *j = NULL;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, NULL, 0, &n);

	if (rc == 0)
		rc = view_after_open(cli->c, cli->in, &cli->actor, &j);
	return rows_view(cli, rc, j, shown_after);
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_desk_table[] = {
    {"overview", "", "", "the house's counts: open, overdue, waiting", READ, overview},
    {"queues", "", "", "how much everybody has, how old and how late", READ, queues},
    {"queue", "", "NAME|nobody [--limit N] [--after PLACE]", "one person's open orders", READ,
	queue},
    {"day", "", "", "what you have to do today", READ, day},
    {"calendar", "", "FROM TO [--kind KIND] [--mine] [--limit N] [--after PLACE]",
	"deadlines, ends of bars and preservations", READ, calendar},
    {"matter", "assign", "CASE NAME|nobody [--reason NOTE | --reason-file FILE]",
	"give a case to somebody, with a note", WRITE, assign},
    {"matter", "watch", "CASE", "have a case in your day", READ, watch},
    {"matter", "unwatch", "CASE", "have it there no more", READ, unwatch},
    {"deadlines", "sweep", "[--all]", "compute the dates that lists are sorted by anew", READ,
	sweep},
    {"production", "open", "", "mails, media, misdeliveries and recalls that are open", READ,
	open_ones},
    {0}};
