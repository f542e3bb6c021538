#include "cli/cmd.h"

#include "base/mem.h"
#include "cli/pick.h"
#include "out/view_erase.h"

static void show_unit(struct ctx *c, const struct erase_unit *u)
{
	(void)printf("%-16.*s %-6s kept until %s (%.*s)%s%.*s\n", STR_ARG(u->ref),
	    u->matter != 0 ? "case" : "demand", day_str(c, u->due).p, STR_ARG(u->rule),
	    u->held.n > 0   ? "  held: "
	    : u->list.n > 0 ? "  on the list "
			    : "  due",
	    STR_ARG(u->held.n > 0 ? u->held : u->list));
}

/* ---- list, propose ---- */

static int list(struct cli *cli)
{
	struct json *all = json_list(cli->c);
	struct erase_units units;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, NULL, 0, &n);

	if (rc == 0)
		rc = erase_due(cli->c, cli->in, &cli->actor, &units);
	for (size_t i = 0; rc == 0 && i < units.n; i++) {
		if (cli->json)
			json_add(cli->c, all, view_erase_unit(cli->c, &units.v[i]));
		else
			show_unit(cli->c, &units.v[i]);
	}
	if (rc == 0 && cli->json)
		cli_put(cli, all);
	else if (rc == 0 && units.n == 0)
		(void)printf("No term is over.\n");
	return rc;
}

/* What is due, held by nothing, on no list yet, and of one compartment. */
static void only_due(struct erase_units *units, bool sealed)
{
	size_t n = 0;

	for (size_t i = 0; i < units->n; i++) {
		const struct erase_unit *u = &units->v[i];

		if (u->held.n == 0 && u->list.n == 0 && (u->place.compartment != 0) == sealed)
			units->v[n++] = *u;
	}
	units->n = n;
}

static int named(struct cli *cli, const struct str *refs, size_t n, struct erase_units *ret)
{
	int rc = 0;

	ret->v = mem_array(cli->c, n, sizeof *ret->v);
	for (ret->n = 0; ret->n < n && rc == 0; ret->n++)
		rc = erase_look(cli->c, cli->in, &cli->actor, refs[ret->n], &ret->v[ret->n]);
	return rc;
}

static int show_list(struct cli *cli, struct str ref)
{
	struct ctx *c = cli->c;
	struct erase_list l;
	struct json *j = json_map(c), *all = json_list(c);
	int rc = erase_list_get(c, cli->in, &cli->actor, ref, &l);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < l.units.n; i++) {
		l.units.v[i].list.n = 0;
		json_add(c, all, view_erase_unit(c, &l.units.v[i]));
		if (!cli->json)
			show_unit(c, &l.units.v[i]);
	}
	json_set_text(c, j, "list", l.ref);
	json_set_text(c, j, "hash", hash_hex(c, l.hash));
	json_set(c, j, "units", all);
	if (cli->json)
		cli_put(cli, j);
	else
		(void)printf("\nAnother person confirms this list, as it stands here, with:\n"
			     "writ erase confirm %s %s\n",
		    l.ref.p, hash_hex(c, l.hash).p);
	return 0;
}

static int propose(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--due", .flag = true}, {.name = "--sealed", .flag = true}};
	struct str *pos = mem_array(cli->c, (size_t)cli->argc + 1, sizeof *pos), ref;
	struct erase_units units = {0};
	size_t n;
	int rc = cli_parse(cli, o, 2, pos, (size_t)cli->argc, &n);

	if (rc == 0 && (n == 0) != o[0].given)
		rc = err_set(cli->c, ERR_INVALID,
		    "usage: writ erase propose CASE... | writ erase propose --due [--sealed]");
	if (rc == 0 && o[0].given) {
		rc = erase_due(cli->c, cli->in, &cli->actor, &units);
		if (rc == 0)
			only_due(&units, o[1].given);
		if (rc == 0 && units.n == 0)
			rc = err_set(cli->c, ERR_NOTFOUND,
			    "nothing is due that is not held or on a list already");
	} else if (rc == 0) {
		rc = named(cli, pos, n, &units);
	}
	if (rc == 0)
		rc = erase_propose(cli->c, cli->in, &cli->actor, &units, &ref);
	return rc == 0 ? show_list(cli, ref) : rc;
}

static int show(struct cli *cli)
{
	struct str ref;
	int rc = cli_one(cli, "erase show LIST", &ref);

	return rc == 0 ? show_list(cli, ref) : rc;
}

/* ---- confirm ---- */

static void say_finished(struct cli *cli, int64_t erased, const struct erase_left *left)
{
	struct json *j = json_map(cli->c);

	json_set_int(cli->c, j, "erased", erased);
	json_set_int(cli->c, j, "papers", left->papers);
	json_set_bool(cli->c, j, "scrubbed", left->scrubbed);
	if (cli->json) {
		cli_put(cli, j);
		return;
	}
	(void)printf(
	    "Erased: %lld. Files removed: %lld.\n", (long long)erased, (long long)left->papers);
	if (!left->scrubbed)
		(void)printf("What was overwritten still lies in the server's files: the owner of "
			     "the tables runs\nwrit erase finish --database-owner URL\n");
}

static int finish_up(struct cli *cli, struct str owner, int64_t erased)
{
	struct erase_left left;
	int rc = erase_finish(cli->c, cli->in, owner, &left);

	if (rc != 0)
		return erased == 0 ? rc
				   : err_while(cli->c, rc,
					 "it is erased, but not everything is done (writ erase "
					 "finish)");
	say_finished(cli, erased, &left);
	return 0;
}

static void progress(void *arg, int64_t n, int64_t all)
{
	cli_progress(arg, "cases", n, all);
}

static int confirm(struct cli *cli)
{
	struct erase_progress tell = {progress, cli};
	struct str pos[2];
	struct hash hash;
	int64_t n_erased;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 2, "erase confirm LIST HASH");
	if (rc == 0 && !hash_parse(pos[1], &hash))
		rc = err_set(cli->c, ERR_INVALID,
		    "the hash of a list has 64 hex digits (writ erase show LIST)");
	if (rc != 0)
		return rc;
	rc = erase_confirm(cli->c, cli->in, &cli->actor, pos[0], hash, &tell, &n_erased);
	if (rc == 0)
		return finish_up(cli, (struct str){"", 0}, n_erased);
	if (n_erased > 0) {
		(void)fprintf(stderr,
		    "writ: %lld were erased before this; finish them with `writ "
		    "erase finish`\n",
		    (long long)n_erased);
	}
	return rc;
}

static int finish(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--database-owner"}};
	size_t n;
	int rc = cli_parse(cli, o, 1, NULL, 0, &n);

	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_ERASE_FINISH);
	return rc == 0 ? finish_up(cli, o[0].given ? o[0].value : (struct str){"", 0}, 0) : rc;
}

static int said(struct cli *cli, int rc, const char *text)
{
	if (rc == 0 && !cli->json)
		(void)printf("%s\n", text);
	return rc;
}

static int withdraw(struct cli *cli)
{
	struct str ref;
	int rc = cli_one(cli, "erase withdraw LIST", &ref);

	if (rc == 0)
		rc = erase_withdraw(cli->c, cli->in, &cli->actor, ref);
	return said(cli, rc, "Taken back: nothing on it is erased.");
}

/* ---- holds ---- */

static int hold(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--reason"}, {.name = "--review"}};
	struct day review = DAY_NONE;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 2, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "erase hold CASE --reason TEXT [--review DAY]");
	if (rc == 0 && o[1].given)
		rc = pick_day(cli, o[1].value, "--review", &review);
	if (rc == 0)
		rc = erase_hold(cli->c, cli->in, &cli->actor, pos[0], o[0].value, review);
	return said(cli, rc, "Held: it is not erased until somebody releases it.");
}

static int release(struct cli *cli)
{
	struct str ref;
	int rc = cli_one(cli, "erase release CASE", &ref);

	if (rc == 0)
		rc = erase_release(cli->c, cli->in, &cli->actor, ref);
	return said(cli, rc, "Released.");
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_erase_table[] = {
    {"erase", "list", "", "whose term is over, what is held and why", READ, list},
    {"erase", "propose", "CASE... | --due [--sealed]", "put cases on a list to be erased", WRITE,
	propose},
    {"erase", "show", "LIST", "a list as it stands, and its hash", READ, show},
    {"erase", "confirm", "LIST HASH", "erase what another person proposed", WRITE, confirm},
    {"erase", "withdraw", "LIST", "take a list back", WRITE, withdraw},
    {"erase", "hold", "CASE --reason TEXT [--review DAY]", "keep a case from being erased", WRITE,
	hold},
    {"erase", "release", "CASE", "end such a hold", WRITE, release},
    {"erase", "finish", "[--database-owner URL]", "do what an erasure left to do", WRITE, finish},
    {0}};
