#include "cli/cmd.h"

#include "cli/pick.h"
#include "cli/rows.h"
#include "cli/shown.h"
#include "desk/standing.h"
#include "out/view.h"
#include "out/view_list.h"

/* ---- list ---- */

void shown_cases(const struct json *j)
{
	const struct json *all = json_find(j, "cases");

	for (size_t i = 0; i < all->n; i++) {
		const struct json *m = all->at[i];

		(void)printf("%-16.*s %-11.*s %-16.*s opened %.*s\n", STR_ARG(json_text(m, "case")),
		    STR_ARG(json_text(m, "state")), STR_ARG(json_text(m, "instrument")),
		    STR_ARG(json_text(m, "opened")));
	}
	if (all->n == 0)
		(void)printf("No %s case. Demands wait in triage: writ demand list\n",
		    rows_yes(j, "closed") ? "closed" : "open");
	rows_tell(j, "cases");
}

static int list(struct cli *cli)
{
	struct cli_opt o[] = {
	    {.name = "--limit"}, {.name = "--after"}, {.name = "--closed", .flag = true}};
	struct matter_page page;
	struct json *j = NULL;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 3, pos, 0, &n);

	if (rc == 0)
		rc = pick_page(cli, o, &page);
	if (rc == 0)
		rc = view_cases(cli->c, cli->in, &cli->actor, o[2].given, &page, &j);
	return rows_list(cli, rc, j, "cases", shown_cases);
}

/* ---- show ---- */

static const struct json *part(const struct json *j, const char *key, size_t *ret_n)
{
	const struct json *list = json_find(j, key);

	*ret_n = list == NULL ? 0 : list->n;
	return list;
}

static int64_t number(const struct json *j, const char *key)
{
	const struct json *n = json_find(j, key);

	return n == NULL ? 0 : n->num;
}

static void show_finding(const struct json *f)
{
	(void)printf(
	    "  %3lld %-7.*s", (long long)number(f, "number"), STR_ARG(json_text(f, "verdict")));
	if (number(f, "item") != 0)
		(void)printf(" item %lld", (long long)number(f, "item"));
	(void)printf(" %.*s", STR_ARG(json_text(f, "rule")));
	if (json_text(f, "answer").n > 0)
		(void)printf(" [%.*s]", STR_ARG(json_text(f, "answer")));
	(void)printf("\n      %.*s", STR_ARG(json_text(f, "says")));
	if (json_text(f, "cite").n > 0)
		(void)printf(" (%.*s)", STR_ARG(json_text(f, "cite")));
	if (json_find(f, "verified") != NULL && !json_find(f, "verified")->yes)
		(void)printf(" - not verified against the source");
	if (json_text(f, "missing").n > 0)
		(void)printf("\n      asks for: %.*s", STR_ARG(json_text(f, "missing")));
	(void)printf("\n");
}

/* What stands against the order or asks something; the passes are counted. */
static void show_findings(const struct json *order)
{
	size_t n, passes = 0;
	const struct json *list = part(order, "findings", &n);

	if (n > 0)
		(void)printf("\n  Findings\n");
	for (size_t i = 0; i < n; i++) {
		if (str_is(json_text(list->at[i], "verdict"), "pass"))
			passes++;
		else
			show_finding(list->at[i]);
	}
	if (n > 0)
		(void)printf("      %zu %s; writ matter why lists every one with its sentence\n",
		    passes, passes == 1 ? "rule passes" : "rules pass");
}

static void show_items(const struct json *order)
{
	size_t n;
	const struct json *list = part(order, "items", &n);

	if (n > 0)
		(void)printf("\n  Items\n");
	for (size_t i = 0; i < n; i++) {
		const struct json *it = list->at[i];

		if (json_text(it, "law").n == 0) {
			(void)printf("  %3lld %-28.*s %-16.*s %.*s\n",
			    (long long)number(it, "item"), STR_ARG(json_text(it, "target")),
			    STR_ARG(json_text(it, "field")), STR_ARG(json_text(it, "state")));
			continue;
		}
		(void)printf("  %3lld %-28.*s %-16.*s %-14.*s law: %-8.*s %.*s%s%.*s\n",
		    (long long)number(it, "item"), STR_ARG(json_text(it, "target")),
		    STR_ARG(json_text(it, "field")), STR_ARG(json_text(it, "category")),
		    STR_ARG(json_text(it, "law")), STR_ARG(json_text(it, "state")),
		    json_text(it, "second_person").n > 0 ? ", second person " : "",
		    STR_ARG(json_text(it, "second_person")));
	}
}

static void show_clocks(const struct json *order)
{
	size_t n;
	const struct json *list = part(order, "clocks", &n);

	if (n > 0)
		(void)printf("\n  Clocks\n");
	for (size_t i = 0; i < n; i++) {
		const struct json *k = list->at[i];

		if (json_text(k, "latest").n == 0 && json_text(k, "earliest").n == 0 &&
		    json_find(k, "hours_so_far") == NULL)
			continue; /* it has not begun to run */
		(void)printf("      %-12.*s", STR_ARG(json_text(k, "act")));
		if (json_text(k, "latest").n > 0)
			(void)printf(" latest %.*s", STR_ARG(json_text(k, "latest")));
		if (json_text(k, "earliest").n > 0)
			(void)printf(" not before %.*s", STR_ARG(json_text(k, "earliest")));
		if (json_find(k, "hours_so_far") != NULL)
			(void)printf(" %lld h so far", (long long)number(k, "hours_so_far"));
		(void)printf("  %.*s\n", STR_ARG(json_text(k, "cite")));
	}
}

static void show_steps(const struct json *bar)
{
	size_t n;
	const struct json *list = part(bar, "steps", &n);

	if (json_text(bar, "review").n > 0)
		(void)printf("\n      looked at again on %.*s", STR_ARG(json_text(bar, "review")));
	for (size_t i = 0; i < n; i++) {
		struct str by = json_text(list->at[i], "by");

		(void)printf("\n      %.*s %.*s%s%.*s", STR_ARG(json_text(list->at[i], "day")),
		    STR_ARG(json_text(list->at[i], "step")),
		    by.n > 0 ? ", the Government applies by " : "", STR_ARG(by));
	}
}

static void show_notices(const struct json *order)
{
	size_t n;
	const struct json *list = part(order, "notices", &n);

	for (size_t i = 0; i < n; i++) {
		struct str posted = json_text(list->at[i], "posted"),
			   wait = json_text(list->at[i], "not_before");

		(void)printf("\n  Notice %lld: %.*s%s%.*s%s%.*s",
		    (long long)number(list->at[i], "number"),
		    STR_ARG(json_text(list->at[i], "state")), posted.n > 0 ? ", told " : "",
		    STR_ARG(posted), wait.n > 0 ? ", no production before " : "", STR_ARG(wait));
	}
	list = part(order, "claims", &n);
	for (size_t i = 0; i < n; i++)
		(void)printf("\n  Claim %.*s: %.*s", STR_ARG(json_text(list->at[i], "claim")),
		    STR_ARG(json_text(list->at[i], "state")));
}

static void show_states(const struct json *order)
{
	size_t n;
	const struct json *list = part(order, "secrecy", &n);

	for (size_t i = 0; i < n; i++) {
		struct str until = json_text(list->at[i], "until"),
			   lifted = json_text(list->at[i], "lifted"),
			   bars = json_text(list->at[i], "bars");

		if (str_is(bars, "both"))
			bars = STR("user and public");
		(void)printf("\n  Secrecy %lld: do not tell %.*s (%.*s)%s%.*s%s", (long long)i + 1,
		    STR_ARG(bars), STR_ARG(json_text(list->at[i], "rule")),
		    until.n > 0 ? " until " : "", STR_ARG(until), lifted.n > 0 ? " - lifted" : "");
		show_steps(list->at[i]);
	}
	show_notices(order);
	list = part(order, "preservation", &n);
	for (size_t i = 0; i < n; i++) {
		struct str until = json_text(list->at[i], "until");

		(void)printf("\n  Preservation %.*s (%.*s), %s%.*s",
		    STR_ARG(json_text(list->at[i], "state")),
		    STR_ARG(json_text(list->at[i], "rule")),
		    until.n > 0 ? "until " : "until produced or told otherwise", STR_ARG(until));
	}
	list = part(order, "challenges", &n);
	for (size_t i = 0; i < n; i++)
		(void)printf("\n  Challenge %lld against the %.*s: %.*s", (long long)i + 1,
		    STR_ARG(json_text(list->at[i], "against")),
		    STR_ARG(json_text(list->at[i],
			json_find(list->at[i], "outcome") != NULL ? "outcome" : "state")));
	list = part(order, "productions", &n);
	for (size_t i = 0; i < n; i++)
		(void)printf("\n  Production %.*s: %.*s",
		    STR_ARG(json_text(list->at[i], "production")),
		    STR_ARG(json_text(list->at[i], "state")));
	if (json_find(order, "dsa") != NULL)
		(void)printf("\n  %.*s %.*s",
		    STR_ARG(json_text(json_find(order, "dsa"), "category")),
		    STR_ARG(json_text(json_find(order, "dsa"), "keyword")));
	(void)printf("\n");
}

static void show_history(const struct json *j)
{
	size_t n;
	const struct json *list = part(j, "history", &n);

	(void)printf("\nHistory\n");
	for (size_t i = 0; i < n; i++)
		(void)printf("  %.*s  %-22.*s %.*s\n", STR_ARG(json_text(list->at[i], "at")),
		    STR_ARG(json_text(list->at[i], "step")),
		    STR_ARG(json_text(list->at[i], "who")));
}

void shown_case(const struct json *j)
{
	size_t n;
	const struct json *orders = part(j, "orders", &n);

	(void)printf(
	    "Case %.*s: %.*s\n", STR_ARG(json_text(j, "case")), STR_ARG(json_text(j, "state")));
	if (json_text(j, "erased").n > 0)
		(void)printf("Erased %.*s: whom it concerned, who asked, every paper and every "
			     "reason are gone. What stands\nhere is what is counted.\n",
		    STR_ARG(json_text(j, "erased")));
	for (size_t i = 0; i < n; i++) {
		const struct json *o = orders->at[i];

		(void)printf("\nOrder %lld: %.*s, %.*s (%.*s): %.*s", (long long)number(o, "order"),
		    STR_ARG(json_text(o, "instrument")), STR_ARG(json_text(o, "title")),
		    STR_ARG(json_text(o, "cite")), STR_ARG(json_text(o, "state")));
		if (json_text(o, "code").n > 0)
			(void)printf(" (%.*s)", STR_ARG(json_text(o, "code")));
		if (json_text(o, "outcome").n > 0)
			(void)printf(", outcome %.*s", STR_ARG(json_text(o, "outcome")));
		(void)printf("\n");
		if (json_text(o, "not_before").n > 0)
			(void)printf(
			    "  No production before %.*s\n", STR_ARG(json_text(o, "not_before")));
		show_items(o);
		show_findings(o);
		show_clocks(o);
		show_states(o);
	}
	show_history(j);
}

static int get(struct cli *cli, const char *usage, struct matter *ret)
{
	struct str pos[1];
	int rc = cli_one(cli, usage, pos);

	return rc == 0 ? matter_get(cli->c, cli->in, &cli->actor, pos[0], ret) : rc;
}

static int show(struct cli *cli)
{
	struct matter m;
	struct json *j = NULL;
	int rc = get(cli, "matter show CASE", &m);

	if (rc == 0)
		rc = view_matter(cli->c, cli->in, &cli->actor, &m, &j);
	return rows_view(cli, rc, j, shown_case);
}

/* ---- why ---- */

void shown_why(const struct json *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct json *f = list->at[i];

		(void)printf("%-7.*s", STR_ARG(json_text(f, "verdict")));
		if (number(f, "item") != 0)
			(void)printf(" item %lld", (long long)number(f, "item"));
		(void)printf(" %.*s\n  %.*s\n", STR_ARG(json_text(f, "rule")),
		    STR_ARG(json_text(f, "says")));
		if (json_text(f, "cite").n > 0)
			(void)printf("  %.*s", STR_ARG(json_text(f, "cite")));
		if (json_text(f, "quote").n > 0)
			(void)printf(": \"%.*s\"", STR_ARG(json_text(f, "quote")));
		if (json_find(f, "verified") != NULL && !json_find(f, "verified")->yes)
			(void)printf(
			    "\n  Not verified against the source: this rule can only ask.");
		if (json_text(f, "missing").n > 0)
			(void)printf("\n  asks for: %.*s", STR_ARG(json_text(f, "missing")));
		(void)printf("\n");
	}
}

static int why(struct cli *cli)
{
	struct pick p;
	struct json *j = NULL;
	int rc = pick_parse(cli, NULL, 0, 0, 0, "matter why CASE [--order N]", &p);

	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_MATTER_FILE);
	if (rc == 0)
		rc = view_why(cli->c, cli->in, &p.order, &j);
	return rows_view(cli, rc, j, shown_why);
}

static int close_case(struct cli *cli)
{
	struct matter m;
	int rc = get(cli, "matter close CASE", &m);

	if (rc == 0)
		rc = matter_close(cli->c, cli->in, &cli->actor, &m, true);
	if (rc == 0)
		(void)printf("Closed: writ matter list --closed shows it.\n");
	return rc;
}

static int reopen(struct cli *cli)
{
	struct matter m;
	int rc = get(cli, "matter reopen CASE", &m);

	if (rc == 0)
		rc = matter_close(cli->c, cli->in, &cli->actor, &m, false);
	if (rc == 0)
		(void)printf("Open again.\n");
	return rc;
}

static int confirm(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--source"}};
	struct pick p;
	int rc = pick_parse(
	    cli, o, 1, 0, 0, "matter confirm CASE --source TEXT --reason TEXT [--order N]", &p);

	if (rc == 0)
		rc =
		    standing_confirm(cli->c, cli->in, &cli->actor, &p.matter, o[0].value, p.reason);
	if (rc == 0)
		(void)printf("Confirmed: the alerts of this case have ended.\n");
	return rc;
}

void shown_alerts(const struct json *list)
{
	for (size_t i = 0; i < list->n; i++)
		(void)printf("%-16.*s officer %.*s %.*s since %.*s\n",
		    STR_ARG(json_text(list->at[i], "case")),
		    STR_ARG(json_text(list->at[i], "officer")),
		    STR_ARG(json_text(list->at[i], "cause")),
		    STR_ARG(json_text(list->at[i], "at")));
	if (list->n == 0)
		(void)printf("No case is stopped by an alert.\n");
}

static int alerts(struct cli *cli)
{
	struct json *j = NULL;
	int rc = rows_none(cli);

	if (rc == 0)
		rc = standing_alerted(cli->c, cli->in, &cli->actor, &j);
	return rows_view(cli, rc, j, shown_alerts);
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_matter_table[] = {
    {"matter", "list", "[--closed] [--limit N] [--after CASE]", "the cases you may read", READ,
	list},
    {"matter", "show", "CASE", "a case with items, findings, clocks, history", READ, show},
    {"matter", "why", "CASE [--order N]", "which sentence of which law gave each verdict", READ,
	why},
    {"matter", "alerts", "", "open cases whose sender is not trusted", READ, alerts},
    {"matter", "confirm", "CASE --source TEXT --reason TEXT [--order N]",
	"the demand was confirmed by another way: its alerts end", WRITE, confirm},
    {"matter", "close", "CASE", "close a case whose orders are all settled", WRITE, close_case},
    {"matter", "reopen", "CASE", "open a closed case again", WRITE, reopen}, {0}};
