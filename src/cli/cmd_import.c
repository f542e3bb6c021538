#include "cli/cmd.h"

#include "base/plain.h"
#include "desk/arrival.h"
#include "desk/closed.h"

struct report {
	struct cli *cli;
	struct json *list; /* of refused rows */
};

static void progress(void *arg, int64_t done, int64_t total)
{
	const struct report *r = arg;

	cli_progress(r->cli, "import", done < total ? done - done % 4096 : total, total);
}

/* Each row by itself, as it is found: the list may be long, and the command may fail afterwards. */
static void refused(void *arg, const struct closed_refused *one)
{
	struct report *r = arg;
	struct ctx *c = r->cli->c;
	struct json *j = json_map(c);

	(void)fprintf(stderr, "refused: %.*s\n", STR_ARG(plain_text(r->cli->c, one->why)));
	json_set_int(c, j, "line", one->line);
	json_set_int(c, j, "column", one->col);
	json_set_text(c, j, "why", str_make(c, one->why));
	json_add(c, r->list, j);
}

static void show(struct cli *cli, const struct closed_result *res, struct json *list)
{
	struct json *j = json_map(cli->c);

	if (!cli->json) {
		struct str demands = cli_count(cli->c, res->records, "demand", "demands");
		struct str accounts = cli_count(cli->c, res->accounts, "account", "accounts");

		(void)printf("%.*s, %.*s imported%s.\n", STR_ARG(demands), STR_ARG(accounts),
		    res->resumed ? " (an earlier run was continued)" : "");
		if (res->refused > 0)
			(void)printf("Rows refused: %lld. The rest is imported; bring the "
				     "corrected rows in a file "
				     "of their own.\n",
			    (long long)res->refused);
		(void)printf("Source: %.*s\n", STR_ARG(res->source));
		if (res->note.n > 0)
			(void)printf("Note: %.*s\n", STR_ARG(res->note));
		return;
	}
	json_set_int(cli->c, j, "import", res->import);
	json_set_int(cli->c, j, "records", res->records);
	json_set_int(cli->c, j, "accounts", res->accounts);
	json_set_int(cli->c, j, "refused", res->refused);
	json_set(cli->c, j, "refused_rows", list);
	json_set_bool(cli->c, j, "resumed", res->resumed);
	json_set_text(cli->c, j, "source", res->source);
	json_set_text(cli->c, j, "note", res->note);
	cli_put(cli, j);
}

static int import_closed(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--map"}, {.name = "--whole", .flag = true}};
	struct report report = {cli, json_list(cli->c)};
	struct closed_job job = {.progress = progress, .refused = refused, .arg = &report};
	struct closed_result res;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 2, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, o[0].given ? n : 0, 1, "import closed FILE --map MAP [--whole]");
	if (rc != 0)
		return rc;
	job.path = str_z(cli->c, pos[0]);
	job.map_path = str_z(cli->c, o[0].value);
	job.whole = o[1].given;
	rc = closed_import(cli->c, cli->in, &cli->actor, &job, &res);
	if (rc == 0)
		show(cli, &res, report.list);
	return rc;
}

static void row_refused(void *arg, int64_t line, int64_t col, struct str why)
{
	refused(arg, &(struct closed_refused){.line = line, .col = col, .why = why});
}

static void rows_done(void *arg, int64_t done, int64_t total)
{
	const struct report *r = arg;

	cli_progress(r->cli, "import", done, total);
}

static int import_demands(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--map"}, {.name = "--whole", .flag = true}};
	struct report report = {cli, json_list(cli->c)};
	struct arrival_job job = {.progress = rows_done, .refused = row_refused, .arg = &report};
	struct arrival_result res;
	struct json *j = json_map(cli->c);
	struct str pos[1], waiting;
	size_t n;
	int rc = cli_parse(cli, o, 2, pos, 1, &n);

	if (rc == 0)
		rc =
		    cli_need(cli, o[0].given ? n : 0, 1, "import demands FILE --map MAP [--whole]");
	if (rc != 0)
		return rc;
	job.path = str_z(cli->c, pos[0]);
	job.map_path = str_z(cli->c, o[0].value);
	job.whole = o[1].given;
	rc = arrival_import(cli->c, cli->in, &cli->actor, &job, &res);
	if (rc != 0)
		return rc;
	waiting = cli_count(cli->c, res.demands, "demand waits", "demands wait");
	json_set_int(cli->c, j, "demands", res.demands);
	json_set_int(cli->c, j, "refused", res.refused);
	json_set(cli->c, j, "refused_rows", report.list);
	json_set_bool(cli->c, j, "resumed", res.resumed);
	if (cli->json)
		cli_put(cli, j);
	else
		(void)printf("%.*s in triage (writ demand list). Rows refused: %lld.%s\n",
		    STR_ARG(waiting), (long long)res.refused,
		    res.resumed ? " An earlier run was continued." : "");
	return 0;
}

static int list_one(struct ctx *c, const struct closed_source *s, void *arg)
{
	struct report *r = arg;
	struct json *j = json_map(c);

	if (!r->cli->json) {
		(void)printf("%lld  %-7.*s %-10s %10lld demands %10lld accounts  %.*s\n",
		    (long long)s->id, STR_ARG(s->kind), s->done ? "done" : "unfinished",
		    (long long)s->records, (long long)s->accounts, STR_ARG(s->source));
		return 0;
	}
	json_set_int(c, j, "import", s->id);
	json_set_text(c, j, "kind", str_make(c, s->kind));
	json_set_bool(c, j, "done", s->done);
	json_set_int(c, j, "records", s->records);
	json_set_int(c, j, "accounts", s->accounts);
	json_set_int(c, j, "refused", s->refused);
	json_set_text(c, j, "source", str_make(c, s->source));
	json_set_text(c, j, "note", str_make(c, s->note));
	json_add(c, r->list, j);
	return 0;
}

static int import_list(struct cli *cli)
{
	struct report report = {cli, json_list(cli->c)};
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 0, &n);

	if (rc == 0)
		rc = closed_each(cli->c, cli->in, list_one, &report);
	if (rc == 0 && cli->json)
		cli_put(cli, report.list);
	return rc;
}

const struct cli_command cmd_import_table[] = {
    {"import", "closed", "FILE --map MAP [--whole]",
	"bring in history: closed demands of a published period",
	CLI_INSTANCE | CLI_ACTOR | CLI_SLOT, import_closed},
    {"import", "demands", "FILE --map MAP [--whole]",
	"bring in open demands, one a row, into triage", CLI_INSTANCE | CLI_ACTOR | CLI_SLOT,
	import_demands},
    {"import", "list", "", "what was brought in, and from where", CLI_INSTANCE | CLI_ACTOR,
	import_list},
    {0}};
