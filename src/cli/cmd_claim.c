/* What answers cost: claims, from the first proposal to what was paid. */
#include "cli/cmd.h"

#include "cli/pick.h"
#include "cli/rows.h"
#include "cli/shown.h"
#include "desk/claim_bar.h"
#include "os/file.h"
#include "out/claim_paper.h"
#include "out/view_claim.h"

static void put_field(const struct json *j, const char *key, const char *name)
{
	struct str v = json_text(j, key);

	if (v.n > 0)
		(void)printf("  %-14s %.*s\n", name, STR_ARG(v));
}

static void put_line(const struct json *j)
{
	const struct json *percent = json_find(j, "percent");

	(void)printf("  %3lld  %-9.*s %6lld %-10.*s %12.*s  %-9.*s %.*s\n",
	    (long long)rows_int(j, "line"), STR_ARG(json_text(j, "nr")),
	    (long long)rows_int(j, "quantity"), STR_ARG(json_text(j, "unit")),
	    STR_ARG(json_text(j, "total")), STR_ARG(json_text(j, "state")),
	    STR_ARG(json_text(j, "text")));
	if (percent != NULL)
		(void)printf("       at %lld %%\n", (long long)percent->num);
	if (json_text(j, "reason").n > 0)
		(void)printf("       %.*s\n", STR_ARG(json_text(j, "reason")));
}

void shown_claim(const struct json *j)
{
	const struct json *lines = json_find(j, "lines");

	(void)printf("Claim %.*s, case %.*s order %lld: %.*s\n", STR_ARG(json_text(j, "claim")),
	    STR_ARG(json_text(j, "case")), (long long)rows_int(j, "order"),
	    STR_ARG(json_text(j, "state")));
	put_field(j, "title", "table");
	put_field(j, "cite", "law");
	put_field(j, "called", "called on");
	put_field(j, "measure_end", "measure ended");
	put_field(j, "claim_by", "claim by");
	put_field(j, "limitation", "limitation");
	put_field(j, "cost", "recorded cost");
	put_field(j, "total", "lines");
	put_field(j, "asked", "claimed");
	put_field(j, "sent", "sent");
	put_field(j, "paid", "paid");
	put_field(j, "repay", "to be repaid");
	put_field(json_find(j, "buyer"), "name", "to");
	put_field(json_find(j, "buyer"), "reference", "their number");
	put_field(j, "reason", "reason");
	for (size_t i = 0; lines != NULL && i < lines->n; i++)
		put_line(lines->at[i]);
	if (json_text(j, "barred").n > 0)
		(void)printf("Barred (%.*s): nothing is claimed in this case; waive it.\n",
		    STR_ARG(json_text(j, "barred")));
	else if (rows_yes(j, "over"))
		(void)printf("Its last day is past: it is sent only with --late TEXT.\n");
}

/* Prints the claim as it is now. */
static int shown(struct cli *cli, int rc, struct str ref)
{
	struct claim k;
	struct json *j;

	if (rc == 0)
		rc = claim_get(cli->c, cli->in, &cli->actor, ref, &k);
	if (rc == 0)
		rc = view_claim(cli->c, cli->in, &k, &j);
	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, j);
		return 0;
	}
	cli_plain(cli->c, j);
	shown_claim(j);
	return 0;
}

void shown_claims(const struct json *j)
{
	const struct json *claims = json_find(j, "claims");

	for (size_t i = 0; i < claims->n; i++) {
		const struct json *k = claims->at[i];

		(void)printf("%-16.*s %-16.*s %lld  %.*s %12.*s  by %-10.*s %.*s\n",
		    STR_ARG(json_text(k, "claim")), STR_ARG(json_text(k, "case")),
		    (long long)rows_int(k, "order"), STR_ARG(json_text(k, "country")),
		    STR_ARG(json_text(k, "asked")), STR_ARG(json_text(k, "claim_by")),
		    STR_ARG(json_text(k, "barred")));
	}
	if (claims->n == 0)
		(void)printf("No claim is %.*s.\n", STR_ARG(json_text(j, "state")));
	rows_tell(j, "claims");
}

static int list(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--state"}, {.name = "--limit"}, {.name = "--after"}};
	struct claim_page page = {.state = STR("open"), .after = STR("")};
	struct json *j = NULL;
	size_t n;
	int rc = cli_parse(cli, o, 3, NULL, 0, &n);

	if (o[0].given)
		page.state = o[0].value;
	if (o[2].given)
		page.after = o[2].value;
	if (rc == 0)
		rc = rows_number(cli, &o[1], &page.limit);
	if (rc == 0)
		rc = view_claims(cli->c, cli->in, &cli->actor, &page, &j);
	return rows_view(cli, rc, j, shown_claims);
}

void shown_claims_due(const struct json *orders)
{
	for (size_t i = 0; i < orders->n; i++)
		(void)printf("%-16.*s %lld  %.*s %-12.*s answered %.*s\n",
		    STR_ARG(json_text(orders->at[i], "case")),
		    (long long)rows_int(orders->at[i], "order"),
		    STR_ARG(json_text(orders->at[i], "country")),
		    STR_ARG(json_text(orders->at[i], "instrument")),
		    STR_ARG(json_text(orders->at[i], "settled")));
	if (orders->n == 0)
		(void)printf("Nothing waits for a claim.\n");
}

static int due(struct cli *cli)
{
	struct period p;
	struct json *j;
	struct str period;
	int rc = cli_one(cli, "claim due PERIOD", &period);

	if (rc == 0)
		rc = period_parse(cli->c, period, &p);
	if (rc == 0)
		rc = view_claim_due(cli->c, cli->in, &cli->actor, p, &j);
	if (rc == 0 && !cli->json) {
		cli_plain(cli->c, j);
		shown_claims_due(json_find(j, "orders"));
	} else if (rc == 0) {
		cli_put(cli, j);
	}
	return rc;
}

static int show(struct cli *cli)
{
	struct str ref;
	int rc = cli_one(cli, "claim show CLAIM", &ref);

	return shown(cli, rc, ref);
}

static int make(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--order"}, {.name = "--fees"}, {.name = "--reason"},
	    {.name = "--end"}, {.name = "--central", .flag = true}};
	struct claim_start start = {.end = DAY_NONE, .fees = STR(""), .reason = STR("")};
	struct claim k = {.ref = STR("")};
	int64_t number = 0;
	struct str ref;
	size_t n;
	int rc = cli_parse(cli, o, 5, &ref, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1,
		    "claim make CASE [--order N] [--fees TABLE --reason TEXT] [--end DAY] "
		    "[--central]");
	if (rc == 0)
		rc = rows_number(cli, &o[0], &number);
	if (rc == 0 && o[3].given)
		rc = pick_day(cli, o[3].value, "--end", &start.end);
	if (o[1].given)
		start.fees = o[1].value;
	if (o[2].given)
		start.reason = o[2].value;
	start.central = o[4].given;
	if (rc == 0)
		rc = claim_make(cli->c, cli->in, &cli->actor, ref, number, &start, &k);
	return shown(cli, rc, k.ref);
}

/* An amount in the claim's currency: "12.50". */
static int amount_of(
    struct cli *cli, const struct claim *k, struct str s, const char *what, int64_t *ret)
{
	struct money m;
	int rc = money_parse(cli->c, str_fmt(cli->c, "%.*s %s", STR_ARG(s), k->currency), &m);

	if (rc != 0)
		return err_while(cli->c, rc, "%s", what);
	*ret = m.minor;
	return 0;
}

static int line(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--add"}, {.name = "--quantity"}, {.name = "--rate"},
	    {.name = "--strike", .flag = true}, {.name = "--reason"}};
	struct claim_change ch = {.quantity = -1, .rate = -1, .fee = STR(""), .reason = STR("")};
	struct str pos[2];
	struct claim k;
	size_t n;
	int rc = cli_parse(cli, o, 5, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, o[0].given ? 1 : 2,
		    "claim line CLAIM NUMBER [--quantity N] [--rate AMOUNT] [--strike] [--reason "
		    "TEXT], or claim line CLAIM --add ROW --quantity N --reason TEXT");
	if (rc == 0)
		rc = claim_get(cli->c, cli->in, &cli->actor, pos[0], &k);
	if (rc == 0 && !o[0].given)
		rc = pick_number(cli, pos[1], "NUMBER", &ch.number);
	if (rc == 0 && o[1].given && (!str_i64(o[1].value, &ch.quantity) || ch.quantity < 0))
		rc = err_set(cli->c, ERR_INVALID, "--quantity is a whole number");
	if (rc == 0 && o[2].given)
		rc = amount_of(cli, &k, o[2].value, "--rate", &ch.rate);
	if (o[0].given)
		ch.fee = o[0].value;
	if (o[4].given)
		ch.reason = o[4].value;
	ch.strike = o[3].given;
	if (rc == 0)
		rc = claim_line_set(cli->c, cli->in, &cli->actor, &k, &ch);
	return shown(cli, rc, pos[0]);
}

/* A claim, and an amount of its currency behind it. */
static int one_amount(struct cli *cli, const char *usage,
    int (*fn)(struct ctx *c, struct instance *in, const struct person *actor, const struct claim *k,
	int64_t minor))
{
	struct str pos[2];
	struct claim k;
	int64_t minor;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 2, usage);
	if (rc == 0)
		rc = claim_get(cli->c, cli->in, &cli->actor, pos[0], &k);
	if (rc == 0)
		rc = amount_of(cli, &k, pos[1], "AMOUNT", &minor);
	if (rc == 0)
		rc = fn(cli->c, cli->in, &cli->actor, &k, minor);
	return shown(cli, rc, pos[0]);
}

static int cost(struct cli *cli)
{
	return one_amount(cli, "claim cost CLAIM AMOUNT", claim_cost);
}

static int pay(struct cli *cli)
{
	return one_amount(cli, "claim pay CLAIM AMOUNT", claim_pay);
}

static int buyer(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--name"}, {.name = "--street"}, {.name = "--post-code"},
	    {.name = "--city"}, {.name = "--country"}, {.name = "--number"}, {.name = "--mail"}};
	struct claim_buyer b;
	struct claim k;
	struct str ref;
	size_t n;
	int rc = cli_parse(cli, o, 7, &ref, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1,
		    "claim to CLAIM --name TEXT --street TEXT --post-code TEXT --city TEXT "
		    "--country CC --number TEXT [--mail ADDRESS]");
	b = (struct claim_buyer){o[0].value, o[1].value, o[2].value, o[3].value, o[4].value,
	    o[5].value, o[6].given ? o[6].value : STR("")};
	if (rc == 0)
		rc = claim_get(cli->c, cli->in, &cli->actor, ref, &k);
	if (rc == 0)
		rc = claim_buyer_set(cli->c, cli->in, &cli->actor, &k, &b);
	return shown(cli, rc, ref);
}

static int send(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--late"}};
	struct claim k;
	struct str ref;
	size_t n;
	int rc = cli_parse(cli, o, 1, &ref, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "claim send CLAIM [--late TEXT]");
	if (rc == 0)
		rc = claim_get(cli->c, cli->in, &cli->actor, ref, &k);
	if (rc == 0)
		rc =
		    claim_send(cli->c, cli->in, &cli->actor, &k, o[0].given ? o[0].value : STR(""));
	return shown(cli, rc, ref);
}

static int end(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--reason"}};
	struct str pos[2];
	struct claim k;
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 2, "claim end CLAIM refused|lapsed|waived --reason TEXT");
	if (rc == 0)
		rc = claim_get(cli->c, cli->in, &cli->actor, pos[0], &k);
	if (rc == 0)
		rc = claim_end(cli->c, cli->in, &cli->actor, &k, pos[1], o[0].value);
	return shown(cli, rc, pos[0]);
}

static int write_paper(struct cli *cli, struct str path, struct str bytes)
{
	int rc = file_write_atomic(cli->c, str_z(cli->c, path), 0600, bytes);

	if (rc == 0)
		(void)printf("%.*s\n", STR_ARG(path));
	return rc;
}

static int letter(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--out"}, {.name = "--language"}};
	struct claim k;
	struct str ref, pdf;
	size_t n;
	int rc = cli_parse(cli, o, 2, &ref, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n == 1 && o[0].given ? 1 : 0, 1,
		    "claim letter CLAIM --out FILE [--language en|de]");
	if (rc == 0 && o[1].given && !str_has_word(STR("en de"), o[1].value))
		rc = err_set(cli->c, ERR_INVALID, "--language is en or de");
	if (rc == 0)
		rc = claim_get(cli->c, cli->in, &cli->actor, ref, &k);
	if (rc == 0)
		rc = claim_letter(cli->c, cli->in, &k,
		    o[1].given ? str_is(o[1].value, "de") : str_is(k.country, "DE"), &pdf);
	return rc == 0 ? write_paper(cli, o[0].value, pdf) : rc;
}

static int invoice(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--out"}};
	struct claim k;
	struct str ref, xml;
	size_t n;
	int rc = cli_parse(cli, o, 1, &ref, 1, &n);

	if (rc == 0)
		rc = cli_need(
		    cli, n == 1 && o[0].given ? 1 : 0, 1, "claim invoice CLAIM --out FILE");
	if (rc == 0)
		rc = claim_get(cli->c, cli->in, &cli->actor, ref, &k);
	if (rc == 0)
		rc = claim_invoice(cli->c, cli->in, &k, &xml);
	return rc == 0 ? write_paper(cli, o[0].value, xml) : rc;
}

void shown_claim_totals(const struct json *j)
{
	const struct json *countries = json_find(j, "countries");

	for (size_t i = 0; i < countries->n; i++)
		(void)printf("%.*s %4lld claims %16.*s claimed %16.*s paid\n",
		    STR_ARG(json_text(countries->at[i], "country")),
		    (long long)rows_int(countries->at[i], "claims"),
		    STR_ARG(json_text(countries->at[i], "claimed")),
		    STR_ARG(json_text(countries->at[i], "paid")));
	if (countries->n == 0)
		(void)printf("Nothing was claimed.\n");
}

static int totals(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--as-of"}};
	struct day as_of = instant_day((struct instant){ctx_now(cli->c)});
	struct period p;
	struct str period;
	struct json *j = NULL;
	size_t n;
	int rc = cli_parse(cli, o, 1, &period, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "claim totals PERIOD [--as-of DAY]");
	if (rc == 0)
		rc = period_parse(cli->c, period, &p);
	if (rc == 0 && o[0].given)
		rc = pick_day(cli, o[0].value, "--as-of", &as_of);
	if (rc == 0)
		rc = view_claim_totals(cli->c, cli->in, &cli->actor, p, as_of, &j);
	return rows_view(cli, rc, j, shown_claim_totals);
}

static int bar(struct cli *cli)
{
	struct pick p;
	int rc = pick_parse(cli, NULL, 0, 1, 1, "claim bar CASE emergency|child_abuse", &p);

	if (rc == 0)
		rc = claim_bar_set(cli->c, cli->in, &cli->actor, &p.matter, p.pos[0]);
	if (rc == 0 && !cli->json)
		(void)printf("Barred: nothing is claimed in this case.\n");
	return rc;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_claim_table[] = {
    {"claim", "list", "[--state STATE] [--limit N] [--after CLAIM]", "claims by their state", READ,
	list},
    {"claim", "due", "PERIOD", "answered orders that nobody has claimed for", READ, due},
    {"claim", "totals", "PERIOD [--as-of DAY]", "costs claimed, by country", READ, totals},
    {"claim", "show", "CLAIM", "one claim with its lines", READ, show},
    {"claim", "make", "CASE [--order N] [--fees TABLE --reason TEXT] [--end DAY] [--central]",
	"claim what an answer cost", WRITE, make},
    {"claim", "line",
	"CLAIM [NUMBER | --add ROW] [--quantity N] [--rate AMOUNT] [--strike] "
	"[--reason TEXT]",
	"confirm, change, strike or add a line", WRITE, line},
    {"claim", "cost", "CLAIM AMOUNT", "record what the answer cost", WRITE, cost},
    {"claim", "to",
	"CLAIM --name TEXT --street TEXT --post-code TEXT --city TEXT --country CC --number TEXT "
	"[--mail ADDRESS]",
	"to whom it goes", WRITE, buyer},
    {"claim", "letter", "CLAIM --out FILE [--language en|de]", "the letter, as PDF", READ, letter},
    {"claim", "invoice", "CLAIM --out FILE", "the invoice, as XRechnung", READ, invoice},
    {"claim", "send", "CLAIM [--late TEXT]", "it has left", WRITE, send},
    {"claim", "pay", "CLAIM AMOUNT", "what was paid", WRITE, pay},
    {"claim", "end", "CLAIM refused|lapsed|waived --reason TEXT", "how it ended otherwise", WRITE,
	end},
    {"claim", "bar", "CASE emergency|child_abuse", "nothing is ever claimed in this case", WRITE,
	bar},
    {0}};
