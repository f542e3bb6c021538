#include "cli/cmd.h"

#include "base/mem.h"
#include "cli/pick.h"
#include "desk/deposit.h"
#include "os/file.h"
#include "out/collected.h"
#include "out/gather.h"
#include "out/production.h"

/* --file ITEM=PATH and --no-data ITEM, each as often as needed. */
static int read_files(struct cli *cli, const struct cli_opt *files, const struct cli_opt *none,
    struct produce_file *out)
{
	int rc = 0;

	for (size_t i = 0; i < files->n && rc == 0; i++) {
		struct str item, path;

		if (!str_cut(files->values[i], '=', &item, &path) || path.n == 0)
			return err_set(cli->c, ERR_INVALID, "--file takes ITEM=PATH");
		rc = pick_number(cli, item, "the item of --file", &out[i].item);
		out[i].path = str_make(cli->c, path);
	}
	for (size_t i = 0; i < none->n && rc == 0; i++) {
		out[files->n + i].no_data = true;
		rc = pick_number(cli, none->values[i], "--no-data", &out[files->n + i].item);
	}
	return rc;
}

/* What was held back of each file; the places tells `scope check`. */
static void put_checks(const struct produce_file *files, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct yield_report *y = files[i].yield;

		if (y == NULL)
			continue;
		if (y->format == YIELD_UNKNOWN)
			(void)printf(
			    "Item %lld: looked over by another person\n", (long long)files[i].item);
		else
			(void)printf("Item %lld: %lld of %lld records leave, %lld held back\n",
			    (long long)files[i].item, (long long)y->released, (long long)y->records,
			    (long long)yield_held(y));
	}
}

/* Those that are named, and what came for tickets. */
static int all_files(struct cli *cli, const struct legal_order *order, const struct cli_opt *named,
    const struct cli_opt *none, const struct cli_opt *tickets, struct produce_file **ret,
    size_t *ret_n)
{
	struct produce_file *came = NULL, *all;
	size_t own = named->n + none->n, n = 0;
	int rc = gather_files(
	    cli->c, cli->in, &cli->actor, order, tickets->values, tickets->n, &came, &n);

	if (rc != 0)
		return rc;
	all = mem_array(cli->c, own + n + 1, sizeof *all);
	if (n > 0)
		memcpy(all + own, came, n * sizeof *all);
	rc = read_files(cli, named, none, all);
	*ret = all;
	*ret_n = own + n;
	return rc;
}

static int make(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--file", .many = true}, {.name = "--no-data", .many = true},
	    {.name = "--out"}, {.name = "--ticket", .many = true}};
	struct produce_plan plan;
	struct produce_file *files;
	struct str path;
	struct pick p;
	size_t n = 0;
	int rc = pick_parse(cli, o, 4, 0, 0,
	    "produce CASE [--ticket TICKET]... [--file ITEM=PATH]... [--no-data ITEM]... --out DIR "
	    "[--order N]",
	    &p);

	if (rc != 0)
		return rc;
	if (o[0].n + o[3].n > 0 && !o[2].given)
		return err_set(
		    cli->c, ERR_INVALID, "say with --out DIR where the sealed file goes");
	rc = all_files(cli, &p.order, &o[0], &o[1], &o[3], &files, &n);
	if (rc == 0)
		rc = production_make(
		    cli->c, cli->in, &cli->actor, &p.order, files, n, o[2].value, &plan, &path);
	if (rc != 0)
		return rc;
	if (cli->json) {
		struct json *j = json_map(cli->c);

		json_set_text(cli->c, j, "production", plan.ref);
		json_set_text(cli->c, j, "file", path);
		json_set(cli->c, j, "manifest", plan.manifest);
		json_set(cli->c, j, "checks", collected_report(cli->c, files, n));
		cli_put(cli, j);
	} else if (path.n > 0) {
		put_checks(files, n);
		(void)printf("Production %.*s is sealed: %.*s\n"
			     "The officer opens it with: age -d -i KEY FILE | tar x\n"
			     "Once handed over: writ deliver %.*s --channel CHANNEL\n",
		    STR_ARG(plan.ref), STR_ARG(path), STR_ARG(plan.ref));
	} else {
		(void)printf("Recorded: no data found; nothing was sealed.\n");
	}
	return 0;
}

#define DELIVER                                                                                    \
	"PRODUCTION --channel CHANNEL [--deposit FILE] [--days N] [--more|--last] "                \
	"[--remarks TEXT] [--explain TEXT]"

static int deliver(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--channel"}, {.name = "--deposit"}, {.name = "--days"},
	    {.name = "--more", .flag = true}, {.name = "--last", .flag = true},
	    {.name = "--remarks"}, {.name = "--explain"}};
	struct produce_way way = {.until = INSTANT_NONE};
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 7, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "deliver " DELIVER);
	if (rc == 0 && (o[1].given || o[2].given || o[3].given || o[4].given) &&
	    !str_is(o[0].value, "portal"))
		rc = err_set(cli->c, ERR_INVALID,
		    "--deposit, --days, --more and --last are for --channel portal");
	way.channel = o[0].value;
	way.remarks = o[5].value;
	way.explain = o[6].value;
	if (rc == 0 && o[1].given)
		rc = deposit_put(cli->c, cli->in, &cli->actor, pos[0], o[1].value);
	if (rc == 0 && str_is(o[0].value, "portal"))
		return cmd_deliver_portal(cli, pos[0], &o[2], o[3].given, o[4].given, way.remarks);
	if (rc == 0)
		rc = produce_hand_over(cli->c, cli->in, &cli->actor, pos[0], &way);
	if (rc == 0)
		(void)printf("Recorded: handed over.\n");
	return rc;
}

static int acknowledge(struct cli *cli)
{
	struct str pos[1];
	int rc = cli_one(cli, "acknowledge PRODUCTION", pos);

	if (rc == 0)
		rc = produce_acknowledge(cli->c, cli->in, &cli->actor, pos[0]);
	if (rc == 0)
		(void)printf("Recorded: the authority has it.\n");
	return rc;
}

static int reseal(struct cli *cli)
{
	struct cli_opt o[] = {
	    {.name = "--file", .many = true}, {.name = "--out"}, {.name = "--reason"}};
	struct cli_opt none = {.name = ""};
	struct produce_file *files;
	struct str pos[1], path;
	size_t n;
	int rc = cli_parse(cli, o, 3, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1,
		    "production reseal PRODUCTION --file ITEM=PATH... --reason TEXT --out DIR");
	if (rc == 0 && (o[0].n == 0 || !o[1].given))
		rc = err_set(cli->c, ERR_INVALID,
		    "give the files of the production again with --file, and --out DIR");
	if (rc != 0)
		return rc;
	files = mem_array(cli->c, o[0].n, sizeof *files);
	rc = read_files(cli, &o[0], &none, files);
	if (rc == 0)
		rc = production_reseal(cli->c, cli->in, &cli->actor, pos[0], files, o[0].n,
		    o[2].value, o[1].value, &path);
	if (rc != 0)
		return rc;
	if (cli->json) {
		struct json *j = json_map(cli->c);

		json_set_text(cli->c, j, "file", path);
		cli_put(cli, j);
	} else {
		(void)printf("Sealed anew, with the same manifest: %.*s\n", STR_ARG(path));
	}
	return 0;
}

/* Prints when, and writes the stamp; whoever doubts it asks `openssl ts -verify`. */
static int stamp(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--out"}};
	struct instant at;
	struct str pos[1], token;
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "production stamp PRODUCTION [--out FILE]");
	if (rc == 0)
		rc = production_stamp(cli->c, cli->in, &cli->actor, pos[0], &token, &at);
	if (rc == 0 && o[0].given)
		rc = file_write_atomic(cli->c, str_z(cli->c, o[0].value), 0600, token);
	if (rc == 0)
		(void)printf("Stamped %s\n", instant_str(cli->c, at).p);
	return rc;
}

enum { WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_produce_table[] = {
    {"produce", "",
	"CASE [--ticket TICKET]... [--file ITEM=PATH]... [--no-data ITEM]... --out DIR [--order "
	"N]",
	"seal collected files of approved items to the officer's key", WRITE, make},
    {"deliver", "", DELIVER, "record that a production was handed over", WRITE, deliver},
    {"production", "reseal", "PRODUCTION --file ITEM=PATH... --reason TEXT --out DIR",
	"seal it anew, for another key", WRITE, reseal},
    {"production", "stamp", "PRODUCTION [--out FILE]",
	"check its time stamp, and write it to a file", CLI_INSTANCE | CLI_ACTOR, stamp},
    {"acknowledge", "", "PRODUCTION", "record the authority's acknowledgement", WRITE, acknowledge},
    {0}};
