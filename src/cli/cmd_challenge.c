/* Challenges: to an order, a bar to tell the user, or a rule on what may be published. */
#include "cli/cmd.h"

#include "base/mem.h"
#include "cli/pick.h"
#include "cli/rows.h"
#include "desk/contest_act.h"
#include "out/view_contest.h"

static int said(struct cli *cli, int rc, const char *text)
{
	if (rc == 0 && !cli->json)
		(void)printf("%s\n", text);
	return rc;
}

static int given_day(struct cli *cli, const struct cli_opt *o, struct day *ret)
{
	*ret = DAY_NONE;
	return o->given ? pick_day(cli, o->value, o->name, ret) : 0;
}

static struct str value(const struct cli_opt *o)
{
	return o->given ? o->value : STR("");
}

static int given_number(struct cli *cli, const struct cli_opt *o, int64_t *ret)
{
	*ret = 0;
	return o->given ? pick_number(cli, o->value, o->name, ret) : 0;
}

static int file(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--kind"}, {.name = "--by"}, {.name = "--court"},
	    {.name = "--file"}, {.name = "--filed"}, {.name = "--answer-by"}, {.name = "--basis"},
	    {.name = "--follows"}, {.name = "--bar"}, {.name = "--public", .flag = true}};
	struct contest_new n;
	struct pick p;
	int rc = pick_parse(cli, o, 10, 1, 1,
	    "challenge file CASE order|secrecy|publication --reason TEXT [--kind KIND] [--by "
	    "PARTY] "
	    "[--court NAME] [--file NUMBER] [--filed DAY] [--answer-by DAY --basis TEXT] "
	    "[--follows N] [--bar N] [--public] [--order N]",
	    &p);

	if (rc != 0)
		return rc;
	n = (struct contest_new){.against = p.pos[0],
	    .ground = p.reason,
	    .kind = value(&o[0]),
	    .party = value(&o[1]),
	    .court = value(&o[2]),
	    .file = value(&o[3]),
	    .basis = value(&o[6]),
	    .in_public = o[9].given};
	rc = given_day(cli, &o[4], &n.filed);
	if (rc == 0)
		rc = given_day(cli, &o[5], &n.answer_by);
	if (rc == 0)
		rc = given_number(cli, &o[7], &n.follows);
	if (rc == 0)
		rc = given_number(cli, &o[8], &n.bar);
	if (rc == 0)
		rc = contest_file(cli->c, cli->in, &cli->actor, &p.order, &n);
	return said(cli, rc, "Filed. A challenged order is held: nothing is produced on it.");
}

static int due(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--basis"}};
	struct pick p;
	struct day by;
	int64_t number;
	int rc = pick_parse(
	    cli, o, 1, 2, 2, "challenge due CASE NUMBER DAY --basis TEXT [--order N]", &p);

	if (rc == 0)
		rc = pick_number(cli, p.pos[0], "NUMBER", &number);
	if (rc == 0)
		rc = pick_day(cli, p.pos[1], "DAY", &by);
	if (rc == 0)
		rc = contest_due(cli->c, cli->in, &cli->actor, &p.order, number, by, value(&o[0]));
	return said(cli, rc, "Recorded: it stands in the calendar.");
}

static int hearing(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--day"}, {.name = "--move"}, {.name = "--held"},
	    {.name = "--drop"}, {.name = "--note"}};
	static const char *const states[] = {"", "moved", "held", "dropped"};
	struct pick p;
	struct day day;
	int64_t number, which = 0;
	const char *state = "";
	int rc = pick_parse(cli, o, 5, 1, 1,
	    "challenge hearing CASE NUMBER --day DAY | --move N --day DAY | --held N | --drop N "
	    "[--note TEXT] [--order N]",
	    &p);

	if (rc == 0)
		rc = pick_number(cli, p.pos[0], "NUMBER", &number);
	if (rc == 0)
		rc = given_day(cli, &o[0], &day);
	for (size_t i = 1; i < 4 && rc == 0; i++) {
		if (!o[i].given)
			continue;
		if (which != 0)
			return err_set(cli->c, ERR_INVALID, "one of: --move N, --held N, --drop N");
		state = states[i];
		rc = pick_number(cli, o[i].value, o[i].name, &which);
	}
	if (rc == 0)
		rc = contest_hearing(cli->c, cli->in, &cli->actor, &p.order, number, which,
		    str_of(state), day, value(&o[4]));
	return said(cli, rc, "Recorded.");
}

static int end(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--day"}, {.name = "--item", .many = true}};
	struct contest_ruling r = {0};
	struct contest_left *left;
	struct pick p;
	int64_t number;
	int rc = pick_parse(cli, o, 2, 2, 2,
	    "challenge end CASE NUMBER upheld|narrowed|dismissed|withdrawn|moot [--reason TEXT] "
	    "[--day DAY] [--item N[:FIRST:LAST]]... [--order N]",
	    &p);

	if (rc == 0)
		rc = pick_number(cli, p.pos[0], "NUMBER", &number);
	if (rc == 0)
		rc = given_day(cli, &o[0], &r.decided);
	if (rc != 0)
		return rc;
	left = mem_array(cli->c, o[1].n + 1, sizeof *left);
	for (size_t i = 0; i < o[1].n && rc == 0; i++)
		rc = contest_left_parse(cli->c, o[1].values[i], &left[i]);
	r.outcome = p.pos[1];
	r.text = p.reason;
	r.left = left;
	r.n_left = o[1].n;
	if (rc == 0)
		rc = contest_end(cli->c, cli->in, &cli->actor, &p.order, number, &r);
	return said(cli, rc, "Recorded.");
}

static int permit(struct cli *cli)
{
	struct pick p;
	int64_t number;
	int rc = pick_parse(
	    cli, NULL, 0, 2, 2, "challenge permit CASE NUMBER PERMISSION [--order N]", &p);

	if (rc == 0)
		rc = pick_number(cli, p.pos[0], "NUMBER", &number);
	if (rc == 0)
		rc = contest_permit(cli->c, cli->in, &cli->actor, &p.order, number, p.pos[1]);
	return said(cli, rc, "Recorded: the permission came of this challenge.");
}

static int draft(struct cli *cli)
{
	struct pick p;
	struct json *j;
	int64_t number;
	int rc = pick_parse(cli, NULL, 0, 1, 1, "challenge draft CASE NUMBER [--order N]", &p);

	if (rc == 0)
		rc = pick_number(cli, p.pos[0], "NUMBER", &number);
	if (rc == 0)
		rc = contest_draft(cli->c, cli->in, &cli->actor, &p.order, number, &j);
	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, j);
		return 0;
	}
	(void)printf("%.*s\n\n%.*s\n\n--\n%.*s\n\n%.*s\n\nNothing is published by this: writ "
		     "statement propose proceeding --kind %.*s --day %.*s\n",
	    STR_ARG(json_text(j, "title")), STR_ARG(json_text(j, "text")),
	    STR_ARG(json_text(j, "title_de")), STR_ARG(json_text(j, "text_de")),
	    STR_ARG(json_text(j, "kind")), STR_ARG(json_text(j, "day")));
	return 0;
}

/* ---- looking ---- */

static void put_one(const struct json *j)
{
	static const char *const fields[] = {"kind", "party", "filed", "court", "file", "answer_by",
	    "basis", "ground", "outcome", "decided", "ruling", "permission"};
	const struct json *hearings = json_find(j, "hearings");

	(void)printf("Challenge %lld against the %.*s: %.*s\n", (long long)rows_int(j, "number"),
	    STR_ARG(json_text(j, "against")), STR_ARG(json_text(j, "state")));
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (json_text(j, fields[i]).n > 0)
			(void)printf("  %-11s %.*s\n", fields[i], STR_ARG(json_text(j, fields[i])));
	if (json_find(j, "bar") != NULL)
		(void)printf("  %-11s %lld\n", "bar", (long long)rows_int(j, "bar"));
	if (json_find(j, "follows") != NULL)
		(void)printf("  %-11s %lld\n", "follows", (long long)rows_int(j, "follows"));
	for (size_t i = 0; i < hearings->n; i++)
		(void)printf("  hearing %lld   %.*s %.*s %.*s\n",
		    (long long)rows_int(hearings->at[i], "number"),
		    STR_ARG(json_text(hearings->at[i], "day")),
		    STR_ARG(json_text(hearings->at[i], "state")),
		    STR_ARG(json_text(hearings->at[i], "note")));
}

static int show(struct cli *cli)
{
	struct json *j = json_map(cli->c), *all;
	bool recall = false;
	struct pick p;
	int rc = pick_parse(cli, NULL, 0, 0, 0, "challenge show CASE [--order N]", &p);

	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_CHALLENGE_READ);
	if (rc == 0)
		rc = contest_list(
		    cli->c, cli->in, p.order.id, right_has(&cli->actor, RIGHT_DEMAND_DETAIL), &all);
	if (rc == 0)
		rc = contest_recall_due(cli->c, cli->in, p.order.id, &recall);
	if (rc != 0)
		return rc;
	json_set(cli->c, j, "challenges", all);
	json_set_bool(cli->c, j, "recall_due", recall);
	if (cli->json) {
		cli_put(cli, j);
		return 0;
	}
	cli_plain(cli->c, j);
	for (size_t i = 0; i < all->n; i++)
		put_one(all->at[i]);
	if (all->n == 0)
		(void)printf("Nobody has challenged it.\n");
	if (recall)
		(void)printf("What left on it is to be recalled.\n");
	return 0;
}

static int list(struct cli *cli)
{
	struct cli_opt o[] = {
	    {.name = "--decided", .flag = true}, {.name = "--limit"}, {.name = "--after"}};
	struct view_contests ask = {0};
	const struct json *all;
	struct json *j;
	size_t n;
	int rc = cli_parse(cli, o, 3, NULL, 0, &n);

	ask.decided = o[0].given;
	ask.after = value(&o[2]);
	if (rc == 0)
		rc = rows_number(cli, &o[1], &ask.limit);
	if (rc == 0)
		rc = view_contests(cli->c, cli->in, &cli->actor, &ask, &j);
	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, j);
		return 0;
	}
	cli_plain(cli->c, j);
	all = json_find(j, "challenges");
	for (size_t i = 0; i < all->n; i++) {
		const struct json *k = all->at[i];

		(void)printf("%-16.*s %lld/%lld  %-11.*s %-9.*s filed %.*s  %.*s %.*s\n",
		    STR_ARG(json_text(k, "case")), (long long)rows_int(k, "order"),
		    (long long)rows_int(k, "number"), STR_ARG(json_text(k, "against")),
		    STR_ARG(json_text(k, ask.decided ? "outcome" : "kind")),
		    STR_ARG(json_text(k, "filed")), STR_ARG(json_text(k, "next_is")),
		    STR_ARG(json_text(k, "next")));
	}
	if (all->n == 0)
		(void)printf("No challenge is %.*s.\n", STR_ARG(json_text(j, "state")));
	if (json_text(j, "after").n > 0)
		(void)fprintf(stderr, "writ: more may follow: --after %.*s\n",
		    STR_ARG(json_text(j, "after")));
	return 0;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_challenge_table[] = {
    {"challenge", "file",
	"CASE order|secrecy|publication --reason TEXT [--kind KIND] [--by PARTY] [--court NAME] "
	"[--file NUMBER] [--filed DAY] [--answer-by DAY --basis TEXT] [--follows N] [--bar N] "
	"[--public] [--order N]",
	"challenge an order or a bar", WRITE, file},
    {"challenge", "due", "CASE NUMBER DAY --basis TEXT [--order N]",
	"by when something is due at the court", WRITE, due},
    {"challenge", "hearing",
	"CASE NUMBER --day DAY | --move N --day DAY | --held N | --drop N [--note TEXT] [--order "
	"N]",
	"a date before the court", WRITE, hearing},
    {"challenge", "end",
	"CASE NUMBER upheld|narrowed|dismissed|withdrawn|moot [--reason TEXT] [--day DAY] "
	"[--item N[:FIRST:LAST]]... [--order N]",
	"what came of a challenge", WRITE, end},
    {"challenge", "permit", "CASE NUMBER PERMISSION [--order N]",
	"what counsel recorded as permitted came of it", WRITE, permit},
    {"challenge", "draft", "CASE NUMBER [--order N]",
	"what the statement could say of it, as a draft", READ, draft},
    {"challenge", "list", "[--decided] [--limit N] [--after MARK]",
	"challenges of all cases, the newest first", READ, list},
    {"challenge", "show", "CASE [--order N]", "the challenges of an order, with their dates", READ,
	show},
    {0}};
