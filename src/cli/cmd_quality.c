#include "cli/cmd.h"

#include "cli/pick.h"
#include "cli/rows.h"
#include "cli/shown.h"
#include "out/view_quality.h"

void shown_quality(const struct json *j)
{
	rows_put(json_find(j, "orders"));
	(void)printf("Looked at again: %lld agree, %lld disagree\n",
	    (long long)rows_int(j, "agree"), (long long)rows_int(j, "disagree"));
	if (json_text(j, "after").n > 0)
		(void)fprintf(stderr, "writ: more may follow: --after %.*s\n",
		    STR_ARG(json_text(j, "after")));
}

static int sample(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--percent"}, {.name = "--waiting", .flag = true},
	    {.name = "--limit"}, {.name = "--after"}};
	struct quality_ask ask = {.after = STR("")};
	int64_t percent = 5;
	struct str period;
	struct json *j = NULL;
	size_t n;
	int rc = cli_parse(cli, o, 4, &period, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1,
		    "quality sample PERIOD [--percent N] [--waiting] [--limit N] [--after PLACE]");
	if (rc == 0)
		rc = period_parse(cli->c, period, &ask.period);
	if (rc == 0)
		rc = rows_number(cli, &o[0], &percent);
	if (rc == 0)
		rc = rows_number(cli, &o[2], &ask.limit);
	ask.percent = percent > 100 ? 101 : (int)percent;
	ask.waiting = o[1].given;
	if (o[3].given)
		ask.after = o[3].value;
	if (rc == 0)
		rc = view_quality(cli->c, cli->in, &cli->actor, &ask, &j);
	return rows_view(cli, rc, j, shown_quality);
}

static int check(struct cli *cli)
{
	struct pick p;
	int rc = pick_parse(cli, NULL, 0, 1, 1,
	    "quality check CASE agree|disagree [--reason TEXT] [--order N]", &p);

	if (rc == 0 && !str_is(p.pos[0], "agree") && !str_is(p.pos[0], "disagree"))
		rc = err_set(cli->c, ERR_INVALID, "the result is agree or disagree");
	if (rc == 0)
		rc = quality_check(
		    cli->c, cli->in, &cli->actor, &p.order, str_is(p.pos[0], "agree"), p.reason);
	if (rc == 0)
		(void)printf("Recorded.\n");
	return rc;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_quality_table[] = {
    {"quality", "sample", "PERIOD [--percent N] [--waiting] [--limit N] [--after PLACE]",
	"settled orders to be looked at again", READ, sample},
    {"quality", "check", "CASE agree|disagree [--reason TEXT] [--order N]",
	"what looking again has shown", WRITE, check},
    {0}};
