#include "cli/cmd.h"

#include "cli/pick.h"
#include "cli/rows.h"
#include "cli/shown.h"
#include "desk/intake.h"
#include "desk/reader.h"
#include "os/file.h"
#include "out/view_list.h"

static int parse_one(
    struct cli *cli, struct cli_opt *o, size_t n_opts, struct str *ret, const char *usage)
{
	size_t n;
	int rc = cli_parse(cli, o, n_opts, ret, 1, &n);

	return rc == 0 ? cli_need(cli, n, 1, usage) : rc;
}

/* ---- demand add ---- */

static void show_duplicates(const struct demand_receipt *r)
{
	for (size_t i = 0; i < r->duplicates->n; i++) {
		const struct json *d = r->duplicates->at[i];

		(void)printf("Looks like demand %.*s (%.*s): same %.*s. Merge with: writ demand "
			     "merge %.*s %.*s\n",
		    STR_ARG(json_text(d, "ref")), STR_ARG(json_text(d, "state")),
		    STR_ARG(json_text(d, "by")), STR_ARG(r->ref), STR_ARG(json_text(d, "ref")));
	}
}

/* What is durable is told, also where a later part of the command fails: nobody enters it again. */
static void show_receipt(struct cli *cli, const struct demand_receipt *r, struct str note)
{
	struct ctx *c = cli->c;
	struct json *j = json_map(c);

	if (!cli->json) {
		(void)printf("Demand %.*s is recorded. Ledger leaf %s\n", STR_ARG(r->ref),
		    hash_hex(c, r->leaf).p);
		show_duplicates(r);
		return;
	}
	json_set_text(c, j, "demand", r->ref);
	json_set_text(c, j, "leaf", hash_hex(c, r->leaf));
	if (note.n > 0)
		json_set_text(c, j, "promise", note);
	json_set(c, j, "duplicates", r->duplicates);
	cli_put(cli, j);
}

/* The identifiers of a file of their own, behind those that the order names. */
static int list_add(
    struct cli *cli, const struct cli_opt *file, const struct cli_opt *order, struct draft *d)
{
	struct ctx *c = cli->c;
	struct target_list list;
	struct str text;
	int64_t number = 1;
	int rc = order->given ? pick_number(cli, order->value, "--order", &number) : 0;

	if (rc == 0 && !order->given && d->n_orders > 1)
		rc = err_set(c, ERR_INVALID, "the demand has %zu orders: say which with --order N",
		    d->n_orders);
	if (rc == 0 && number > (int64_t)d->n_orders)
		rc = err_set(c, ERR_INVALID, "--order: the demand has %zu orders", d->n_orders);
	if (rc == 0)
		rc = file_read(c, str_z(c, file->value), TARGET_LIST_MAX, &text);
	if (rc == 0)
		rc = reader_list(c, str_z(c, file->value), text, &list);
	return rc == 0 ? target_list_add(c, &list, &d->orders[number - 1]) : rc;
}

static int add(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--receipt"}, {.name = "--targets"}, {.name = "--order"}};
	struct ctx *c = cli->c;
	struct str file, text, note;
	struct demand_receipt r;
	struct demand_paper *papers;
	struct draft d;
	int rc = parse_one(cli, o, 3, &file,
	    "demand add FILE.json [--targets FILE.csv [--order N]] [--receipt FILE]");

	if (rc == 0)
		rc = file_read(c, str_z(c, file), JSON_MAX, &text);
	if (rc == 0)
		rc = reader_draft(c, str_z(c, file), text, &d);
	if (rc == 0 && o[1].given)
		rc = list_add(cli, &o[1], &o[2], &d);
	if (rc != 0)
		return rc;
	rc = intake_papers(c, cli->in, file, &d, &papers);
	if (rc == 0)
		rc = demand_receive(c, cli->in, &cli->actor, &d, papers, d.n_papers, &r);
	if (rc != 0)
		return rc;
	rc = intake_promise(c, cli->in, &r, &note);
	show_receipt(cli, &r, rc == 0 ? note : STR(""));
	if (rc != 0)
		return err_while(c, rc, "the demand is recorded, its promise is not signed");
	return o[0].given ? file_write_atomic(c, str_z(c, o[0].value), 0644, note) : 0;
}

/* ---- triage ---- */

static int open_it(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--cures"}, {.name = "--amends"}, {.name = "--order"}};
	struct demand_opening how = {0};
	struct legal_order old;
	struct matter before, m;
	struct str ref;
	int64_t number = 0;
	int rc = parse_one(
	    cli, o, 3, &ref, "demand open DEMAND [--cures CASE | --amends CASE] [--order N]");

	if (rc == 0 && o[2].given && !str_i64(o[2].value, &number))
		rc = err_set(cli->c, ERR_INVALID, "--order takes a number");
	if (rc == 0 && o[0].given && o[1].given)
		rc = err_set(cli->c, ERR_INVALID, "an order cures or amends, not both");
	if (rc == 0 && (o[0].given || o[1].given)) {
		rc = matter_get(
		    cli->c, cli->in, &cli->actor, o[0].given ? o[0].value : o[1].value, &before);
		if (rc == 0)
			rc = matter_order(cli->c, cli->in, &before, number, &old);
		how = (struct demand_opening){o[0].given ? &old : NULL, o[1].given ? &old : NULL};
	}
	if (rc == 0)
		rc = demand_open(cli->c, cli->in, &cli->actor, ref, &how, &m);
	if (rc != 0)
		return rc;
	if (cli->json) {
		struct json *j = json_map(cli->c);

		json_set_text(cli->c, j, "case", m.ref);
		cli_put(cli, j);
	} else {
		(void)printf("Case %.*s is open. Look at it: writ matter show %.*s\n",
		    STR_ARG(m.ref), STR_ARG(m.ref));
	}
	return 0;
}

static int merge(struct cli *cli)
{
	struct str pos[2];
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 2, "demand merge DEMAND INTO");
	if (rc == 0)
		rc = demand_merge(cli->c, cli->in, &cli->actor, pos[0], pos[1]);
	if (rc == 0)
		(void)printf("Merged: it counts once.\n");
	return rc;
}

static int sort_out(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--kind"}};
	struct str ref;
	int rc = parse_one(cli, o, 1, &ref, "demand sort-out DEMAND --kind KIND");

	if (rc == 0)
		rc = demand_sort_out(cli->c, cli->in, &cli->actor, ref, o[0].value);
	if (rc == 0)
		(void)printf("Sorted out as %.*s: it does not count as a data demand (writ demand "
			     "list --state not_data).\n",
		    STR_ARG(o[0].value));
	return rc;
}

static int verify(struct cli *cli)
{
	struct str ref;
	int rc = parse_one(cli, NULL, 0, &ref, "demand verify DEMAND");

	if (rc == 0)
		rc = demand_verify(cli->c, cli->in, &cli->actor, ref);
	if (rc == 0)
		(void)printf(
		    "Recorded: the sender is the authority. A case in review is judged again.\n");
	return rc;
}

/* ---- reading ---- */

static int show(struct cli *cli)
{
	struct str ref;
	struct demand d;
	int rc = parse_one(cli, NULL, 0, &ref, "demand show DEMAND");

	if (rc == 0)
		rc = demand_get(cli->c, cli->in, &cli->actor, ref, &d);
	if (rc != 0)
		return rc;
	if (d.draft == NULL)
		return err_set(cli->c, ERR_NOTFOUND, "the demand's text was erased");
	json_set_text(cli->c, d.draft, "demand", d.ref);
	json_set_text(cli->c, d.draft, "state", d.state);
	cli_put(cli, d.draft);
	return 0;
}

void shown_demands(const struct json *j)
{
	const struct json *all = json_find(j, "demands");

	for (size_t i = 0; i < all->n; i++) {
		const struct json *d = all->at[i];

		(void)printf("%-16.*s %.*s  %.*s %-12.*s %-14.*s %.*s\n",
		    STR_ARG(json_text(d, "demand")), STR_ARG(json_text(d, "received")),
		    STR_ARG(json_text(d, "country")), STR_ARG(json_text(d, "body")),
		    STR_ARG(json_text(d, "channel")), STR_ARG(json_text(d, "authority")));
	}
	if (all->n == 0)
		(void)printf("%s\n", str_is(json_text(j, "state"), "received")
					 ? "Nothing waits in triage. Enter a demand with: writ "
					   "demand add FILE.json"
					 : "No demand is in this state. States are: received, "
					   "opened, merged, not_data");
	rows_tell(j, "demands");
}

static int list(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--limit"}, {.name = "--after"}, {.name = "--state"}};
	struct matter_page page;
	struct json *j = NULL;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 3, pos, 0, &n);

	if (rc == 0)
		rc = pick_page(cli, o, &page);
	if (rc == 0)
		rc = view_demands(cli->c, cli->in, &cli->actor,
		    o[2].given ? o[2].value : STR("received"), &page, &j);
	return rows_list(cli, rc, j, "demands", shown_demands);
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_demand_table[] = {
    {"demand", "add", "FILE.json [--targets FILE.csv [--order N]] [--receipt FILE]",
	"record a demand and its papers as they came", WRITE, add},
    {"demand", "list", "[--state STATE] [--limit N] [--after DEMAND]", "what waits in triage", READ,
	list},
    {"demand", "show", "DEMAND", "a demand as it was read", READ, show},
    {"demand", "verify", "DEMAND", "record that the sender is the authority", WRITE, verify},
    {"demand", "open", "DEMAND [--cures CASE | --amends CASE] [--order N]",
	"open a case and judge it", WRITE, open_it},
    {"demand", "merge", "DEMAND INTO", "the same demand by another channel", WRITE, merge},
    {"demand", "sort-out", "DEMAND --kind KIND",
	"no data demand: take-down, civil party, testimony, press ...", WRITE, sort_out},
    {0}};
