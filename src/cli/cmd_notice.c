#include "cli/cmd.h"

#include "cli/pick.h"
#include "desk/bar_step.h"
#include "cli/rows.h"
#include "cli/shown.h"
#include "desk/notice_act.h"
#include "desk/notice_copy.h"
#include "out/view_notice.h"

static int said(struct cli *cli, int rc, const char *text)
{
	if (rc == 0 && !cli->json)
		(void)printf("%s\n", text);
	return rc;
}

static void line(const struct json *n)
{
	struct str wait = json_text(n, "not_before");

	(void)printf("%3lld %-11.*s%s%s%.*s\n", (long long)json_find(n, "number")->num,
	    STR_ARG(json_text(n, "state")), json_find(n, "holds")->yes ? "  before production" : "",
	    wait.n > 0 ? ", waits until " : "", STR_ARG(wait));
	if (json_text(n, "to").n > 0)
		(void)printf("    To: %.*s\n", STR_ARG(json_text(n, "to")));
	if (json_text(n, "said").n > 0)
		(void)printf("    Said: %.*s\n", STR_ARG(json_text(n, "said")));
	if (json_text(n, "text").n > 0)
		(void)printf("\n%.*s\n", STR_ARG(json_text(n, "text")));
}

void shown_notice(const struct json *list)
{
	for (size_t i = 0; i < list->n; i++)
		line(list->at[i]);
	if (list->n == 0)
		(void)printf("The order has no notice.\n");
}

static int show(struct cli *cli)
{
	struct json *list = NULL;
	struct pick p;
	int rc = pick_parse(cli, NULL, 0, 0, 0, "notice show CASE [--order N]", &p);

	if (rc == 0)
		rc = notice_list(cli->c, cli->in, p.order.id,
		    right_has(&cli->actor, RIGHT_MATTER_TARGETS), &list);
	return rows_view(cli, rc, list, shown_notice);
}

void shown_notices(const struct json *j)
{
	const struct json *list = json_find(j, "notices");

	for (size_t i = 0; i < list->n; i++) {
		const struct json *n = list->at[i];

		(void)printf("%.*s order %lld notice %lld  %.*s, %.*s%s\n",
		    STR_ARG(json_text(n, "case")), (long long)rows_int(n, "order"),
		    (long long)rows_int(n, "number"), STR_ARG(json_text(n, "country")),
		    STR_ARG(json_text(n, "at")),
		    rows_yes(n, "holds") ? ", before the production" : "");
	}
	if (list->n == 0)
		(void)printf("No notice is %.*s.\n", STR_ARG(json_text(j, "state")));
	rows_tell(j, "notices");
}

static int list(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--state"}, {.name = "--limit"}, {.name = "--after"}};
	struct view_notices page = {.state = STR("")};
	struct json *j = NULL;
	size_t n;
	int rc = cli_parse(cli, o, 3, NULL, 0, &n);

	page.state = o[0].given ? o[0].value : STR("");
	if (rc == 0)
		rc = rows_number(cli, &o[1], &page.limit);
	if (rc == 0)
		rc = rows_number(cli, &o[2], &page.after);
	if (rc == 0)
		rc = view_notices(cli->c, cli->in, &cli->actor, &page, &j);
	return rows_view(cli, rc, j, shown_notices);
}

static int draft(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--language"}};
	struct pick p;
	int64_t n = 0;
	int rc = pick_parse(cli, o, 1, 0, 0, "notice draft CASE [--language LL] [--order N]", &p);

	if (rc == 0)
		rc = notice_act_draft(
		    cli->c, cli->in, &cli->actor, &p.order, o[0].given ? o[0].value : STR(""), &n);
	return said(cli, rc, "Drafted: a person reads and approves it (`writ notice show`).");
}

/* A case, the number of one of its notices, and options. */
static int one(
    struct cli *cli, struct cli_opt *o, size_t n, const char *usage, struct pick *p, int64_t *ret)
{
	int rc = pick_parse(cli, o, n, 1, 1, usage, p);

	return rc == 0 ? pick_number(cli, p->pos[0], "NUMBER", ret) : rc;
}

static int copy(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--paper"}, {.name = "--file"},
	    {.name = "--none", .flag = true}, {.name = "--out"}};
	struct notice_copy_new what = {.path = STR("")};
	struct pick p;
	int64_t n;
	int rc = one(cli, o, 4,
	    "notice copy CASE NUMBER --paper N | --file PDF | --none | --out FILE [--order N]", &p,
	    &n);

	if (rc == 0 && o[0].given + o[1].given + o[2].given + o[3].given != 1)
		rc = err_set(cli->c, ERR_INVALID,
		    "a copy is one of these: --paper N, --file PDF, --none; or it is taken by "
		    "--out");
	if (rc == 0 && o[3].given)
		return said(cli,
		    notice_copy_take(
			cli->c, cli->in, &cli->actor, &p.order, n, str_z(cli->c, o[3].value)),
		    "Written.");
	if (rc == 0 && o[0].given)
		rc = pick_number(cli, o[0].value, "--paper", &what.paper);
	if (o[1].given)
		what.path = o[1].value;
	if (rc == 0)
		rc = notice_copy_set(cli->c, cli->in, &cli->actor, &p.order, n, &what);
	return said(cli, rc, o[2].given ? "Nothing goes with it." : "It goes with the notice.");
}

static int approve(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--to"}};
	struct pick p;
	int64_t n;
	int rc = one(cli, o, 1,
	    "notice approve CASE NUMBER [--to ADDRESS] [--reason-file TEXT] [--order N]", &p, &n);

	if (rc == 0)
		rc = notice_act_approve(cli->c, cli->in, &cli->actor, &p.order, n,
		    o[0].given ? o[0].value : STR(""), p.reason);
	return said(cli, rc, "Approved.");
}

static int send(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--by-hand", .flag = true}};
	struct pick p;
	int64_t n;
	int rc = one(cli, o, 1, "notice send CASE NUMBER [--by-hand] [--order N]", &p, &n);

	if (rc == 0)
		rc = notice_act_send(cli->c, cli->in, &cli->actor, &p.order, n, o[0].given);
	return said(cli, rc, "On its way.");
}

static int object(struct cli *cli)
{
	struct pick p;
	int64_t n;
	int rc = one(cli, NULL, 0, "notice object CASE NUMBER --reason TEXT [--order N]", &p, &n);

	if (rc == 0)
		rc = notice_act_object(cli->c, cli->in, &cli->actor, &p.order, n, p.reason);
	return said(cli, rc, "Recorded: nothing is produced before counsel has settled it.");
}

static int settle(struct cli *cli)
{
	struct pick p;
	int64_t n;
	int rc = one(cli, NULL, 0, "notice settle CASE NUMBER --reason TEXT [--order N]", &p, &n);

	if (rc == 0)
		rc = notice_act_settle(cli->c, cli->in, &cli->actor, &p.order, n, p.reason);
	return said(cli, rc, "Settled.");
}

static int not_needed(struct cli *cli)
{
	struct pick p;
	int64_t n = 0;
	int rc = pick_parse(
	    cli, NULL, 0, 0, 1, "notice not-needed CASE [NUMBER] --reason TEXT [--order N]", &p);

	if (rc == 0 && p.n_pos > 0)
		rc = pick_number(cli, p.pos[0], "NUMBER", &n);
	if (rc == 0)
		rc = notice_act_not_needed(cli->c, cli->in, &cli->actor, &p.order, n, p.reason);
	return said(cli, rc, "Recorded.");
}

static int withdrawn(struct cli *cli)
{
	struct pick p;
	int rc = pick_parse(cli, NULL, 0, 0, 0, "notice withdrawn CASE [--order N]", &p);

	if (rc == 0)
		rc = notice_act_withdrawn(cli->c, cli->in, &cli->actor, &p.order);
	return said(cli, rc, "Withdrawn because of the notice, and counted so.");
}

static int sweep(struct cli *cli)
{
	struct notice_swept s;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, NULL, 0, &n);

	if (rc == 0)
		rc = notice_act_sweep(cli->c, cli->in, &cli->actor, &s);
	if (rc == 0)
		(void)printf("%lld orders: %lld sent, %lld came back, %lld barred, %lld drafted\n",
		    (long long)s.orders, (long long)s.posted, (long long)s.returned,
		    (long long)s.barred, (long long)s.drafted);
	return rc;
}

static int source(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--review"}};
	struct day review = DAY_NONE;
	struct pick p;
	int64_t n = 0;
	int rc = pick_parse(cli, o, 1, 2, 2,
	    "secrecy source CASE NUMBER statute|order|request [--review DAY] [--order N]", &p);

	if (rc == 0)
		rc = pick_number(cli, p.pos[0], "NUMBER", &n);
	if (rc == 0 && o[0].given)
		rc = pick_day(cli, o[0].value, "--review", &review);
	if (rc == 0)
		rc = notice_act_source(cli->c, cli->in, &cli->actor, &p.order, n, p.pos[1], review);
	return said(cli, rc, "Recorded.");
}

static int reciprocal(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--day"}};
	struct bar_step_new n = {.day = instant_day((struct instant){ctx_now(cli->c)})};
	struct pick p;
	int rc = pick_parse(cli, o, 1, 2, 2,
	    "secrecy reciprocal CASE NUMBER STEP [--day DAY] [--reason TEXT] [--order N]", &p);

	if (rc == 0)
		rc = pick_number(cli, p.pos[0], "NUMBER", &n.number);
	if (rc == 0 && o[0].given)
		rc = pick_day(cli, o[0].value, "--day", &n.day);
	n.kind = p.pos[1];
	n.said = p.reason;
	if (rc == 0)
		rc = bar_step_add(cli->c, cli->in, &cli->actor, &p.order, &n);
	return said(cli, rc, "Recorded: the bar stays until counsel lifts it.");
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_notice_table[] = {
    {"notice", "show", "CASE [--order N]", "what users were or are to be told", READ, show},
    {"notice", "list", "[--state STATE] [--limit N] [--after PLACE]",
	"notices in a state, such as drafts that wait to be approved", READ, list},
    {"notice", "draft", "CASE [--language LL] [--order N]", "draft a notice to each account", WRITE,
	draft},
    {"notice", "approve", "CASE NUMBER [--to ADDRESS] [--reason-file TEXT] [--order N]",
	"a person has read it; a text takes the draft's place", WRITE, approve},
    {"notice", "copy", "CASE NUMBER --paper N | --file PDF | --none | --out FILE [--order N]",
	"the copy of the demand that goes with a draft", WRITE, copy},
    {"notice", "send", "CASE NUMBER [--by-hand] [--order N]", "by mail, or it was handed over",
	WRITE, send},
    {"notice", "object", "CASE NUMBER --reason TEXT [--order N]", "the user objects", WRITE,
	object},
    {"notice", "settle", "CASE NUMBER --reason TEXT [--order N]",
	"counsel has settled an objection", WRITE, settle},
    {"notice", "not-needed", "CASE [NUMBER] --reason TEXT [--order N]", "nobody is to be told",
	WRITE, not_needed},
    {"notice", "withdrawn", "CASE [--order N]", "the order was taken back because of the notice",
	WRITE, withdrawn},
    {"notice", "sweep", "", "record mails that left, bars that began or ended", WRITE, sweep},
    {"secrecy", "source", "CASE NUMBER statute|order|request [--review DAY] [--order N]",
	"on what a bar rests, and when it is looked at again", WRITE, source},
    {"secrecy", "reciprocal", "CASE NUMBER STEP [--day DAY] [--reason TEXT] [--order N]",
	"what is done to have a bar reviewed by a court", WRITE, reciprocal},
    {0}};
