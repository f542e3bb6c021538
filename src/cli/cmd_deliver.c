#include "cli/cmd.h"

#include "cli/pick.h"
#include "cli/rows.h"
#include "desk/laid.h"
#include "out/view_deliver.h"

static int days_of(struct cli *cli, const struct cli_opt *days, struct laid_how *how)
{
	return days->given ? pick_number(cli, days->value, "--days", &how->days) : 0;
}

static int more_of(struct cli *cli, bool more, bool last, struct laid_how *how)
{
	if (more && last)
		return err_set(cli->c, ERR_INVALID, "--more or --last, not both");
	how->more = more ? STR("more") : last ? STR("last") : STR("");
	return 0;
}

/* The PIN is said this once. */
static void say_made(struct cli *cli, struct str ref, const struct laid_made *made)
{
	if (cli->json) {
		struct json *j = json_map(cli->c);

		json_set_text(cli->c, j, "production", ref);
		json_set_text(cli->c, j, "until", instant_str(cli->c, made->until));
		json_set_text(cli->c, j, "told", made->mail);
		if (made->pin.n > 0)
			json_set_text(cli->c, j, "pin", made->pin);
		cli_put(cli, j);
		return;
	}
	(void)printf("It lies in the portal until %s.\n", instant_str(cli->c, made->until).p);
	if (made->pin.n > 0)
		(void)printf("PIN: %.*s\nTell it to the officer by telephone or letter. It is not "
			     "shown again.\n",
		    STR_ARG(made->pin));
	else if (str_is(made->mail, "mail"))
		(void)printf("The PIN is on its way to the officer's official address.\n");
}

int cmd_deliver_portal(struct cli *cli, struct str ref, const struct cli_opt *days, bool more,
    bool last, struct str remarks)
{
	struct laid_how how = {.more = STR(""), .remarks = remarks};
	struct laid_made made;
	bool there = false;
	int rc = days_of(cli, days, &how);

	if (rc == 0)
		rc = more_of(cli, more, last, &how);
	if (rc == 0)
		rc = laid_deliver(cli->c, cli->in, &cli->actor, ref, &how, &made, &there);
	if (rc == 0 && there)
		say_made(cli, ref, &made);
	else if (rc == 0)
		(void)printf("Recorded: handed over.\n");
	return rc;
}

static int deposit(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--days"}, {.name = "--more", .flag = true},
	    {.name = "--last", .flag = true}, {.name = "--deposit"}};
	struct laid_how how = {.more = STR("")};
	struct laid_made made;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 4, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1,
		    "production deposit PRODUCTION [--deposit FILE] [--days N] [--more|--last]");
	if (rc == 0)
		rc = days_of(cli, &o[0], &how);
	if (rc == 0)
		rc = more_of(cli, o[1].given, o[2].given, &how);
	if (rc != 0)
		return rc;
	how.path = o[3].given ? o[3].value : STR("");
	rc = laid_again(cli->c, cli->in, &cli->actor, pos[0], &how, &made);
	if (rc == 0)
		say_made(cli, pos[0], &made);
	return rc;
}

static int pin(struct cli *cli)
{
	struct laid_made made;
	struct str pos[1];
	int rc = cli_one(cli, "production pin PRODUCTION", pos);

	if (rc == 0)
		rc = laid_pin(cli->c, cli->in, &cli->actor, pos[0], &made);
	if (rc == 0)
		say_made(cli, pos[0], &made);
	return rc;
}

/* What is done and has no answer. */
static int done(struct cli *cli, int rc, struct str ref, const char *text)
{
	struct json *j;

	if (rc != 0)
		return rc;
	if (!cli->json) {
		(void)printf("%s\n", text);
		return 0;
	}
	j = json_map(cli->c);
	json_set_text(cli->c, j, "production", ref);
	cli_put(cli, j);
	return 0;
}

static int extend(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--until"}};
	struct day until;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "production extend PRODUCTION --until DAY");
	if (rc == 0)
		rc = pick_day(cli, o[0].value, "--until", &until);
	if (rc == 0)
		rc = laid_extend(cli->c, cli->in, &cli->actor, pos[0], until);
	return done(cli, rc, pos[0], "It lies there for longer.");
}

static int revoke(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--reason"}};
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "production revoke PRODUCTION --reason TEXT");
	if (rc == 0)
		rc = laid_revoke(cli->c, cli->in, &cli->actor, pos[0], o[0].value);
	return done(cli, rc, pos[0], "It is taken back: nobody gets it now.");
}

static int name(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--officer"}, {.name = "--reason"}};
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 2, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(
		    cli, n, 1, "production name PRODUCTION --officer OFFICER --reason TEXT");
	if (rc == 0)
		rc = laid_name(cli->c, cli->in, &cli->actor, pos[0], o[0].value, o[1].value);
	return done(
	    cli, rc, pos[0], "The officer is named. Seal it anew for their key, and lay it down.");
}

static void put_access(const struct json *j)
{
	const struct json *laid = json_find(j, "laid"), *access = json_find(j, "access");

	for (size_t i = 0; i < laid->n; i++)
		(void)printf("Laid down %lld: %.*s, until %.*s, %.*s\n",
		    (long long)rows_int(laid->at[i], "number"),
		    STR_ARG(json_text(laid->at[i], "at")), STR_ARG(json_text(laid->at[i], "until")),
		    STR_ARG(json_text(laid->at[i], "state")));
	for (size_t i = 0; i < access->n; i++) {
		const struct json *a = access->at[i];

		(void)printf("%.*s  %.*s  %.*s", STR_ARG(json_text(a, "at")),
		    STR_ARG(json_text(a, "officer")), STR_ARG(json_text(a, "what")));
		if (rows_int(a, "n") > 1)
			(void)printf(", %lld times", (long long)rows_int(a, "n"));
		if (json_find(a, "size") != NULL)
			(void)printf(", %lld of %lld bytes", (long long)rows_int(a, "sent"),
			    (long long)rows_int(a, "size"));
		(void)printf("\n");
	}
	if (access->n == 0)
		(void)printf("Nobody came for it.\n");
}

static int access_log(struct cli *cli)
{
	struct json *j;
	struct str pos[1];
	int rc = cli_one(cli, "production access PRODUCTION", pos);

	if (rc == 0)
		rc = view_deliver_desk(cli->c, cli->in, &cli->actor, pos[0], &j);
	return rc == 0 ? rows_view(cli, rc, j, put_access) : rc;
}

static int sweep(struct cli *cli)
{
	int64_t n = 0;
	int rc = rows_none(cli);

	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_PRODUCTION_SWEEP);
	if (rc == 0)
		rc = laid_sweep(cli->c, cli->in, &n);
	if (rc == 0)
		(void)printf("Ended: %lld\n", (long long)n);
	return rc;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = READ | CLI_SLOT };

const struct cli_command cmd_deliver_table[] = {
    {"production", "deposit", "PRODUCTION [--deposit FILE] [--days N] [--more|--last]",
	"lay it down in the portal anew, with a new PIN", WRITE, deposit},
    {"production", "pin", "PRODUCTION", "make a new PIN; the old one is worth nothing", WRITE, pin},
    {"production", "extend", "PRODUCTION --until DAY", "let it lie in the portal for longer", WRITE,
	extend},
    {"production", "revoke", "PRODUCTION --reason TEXT", "take it back from the portal", WRITE,
	revoke},
    {"production", "name", "PRODUCTION --officer OFFICER --reason TEXT",
	"another officer of the authority takes it over", WRITE, name},
    {"production", "access", "PRODUCTION", "what was laid down, and who came for it", READ,
	access_log},
    {"production", "sweep", "", "record what is over in the portal, and delete its files", WRITE,
	sweep},
    {0}};
