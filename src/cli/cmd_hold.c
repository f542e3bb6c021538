#include "cli/cmd.h"

#include "cli/pick.h"
#include "desk/hold.h"

static int said(struct cli *cli, int rc, const char *text)
{
	if (rc == 0 && !cli->json)
		(void)printf("%s\n", text);
	return rc;
}

static int start(struct cli *cli)
{
	struct pick p;
	int rc = pick_parse(cli, NULL, 0, 0, 0, "preserve start CASE [--order N]", &p);

	if (rc == 0)
		rc = hold_preserve(cli->c, cli->in, &cli->actor, &p.order);
	return said(
	    cli, rc, "Preserved: nothing is disclosed, nothing is told to the user by this.");
}

static int extend(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--until"}};
	struct pick p;
	struct day until;
	int rc = pick_parse(cli, o, 1, 0, 0, "preserve extend CASE [--until DAY] [--order N]", &p);

	if (rc == 0 && !o[0].given)
		return said(cli, hold_extend_by_law(cli->c, cli->in, &cli->actor, &p.order),
		    "Extended as the law has it.");
	if (rc == 0)
		rc = pick_day(cli, o[0].value, "--until", &until);
	if (rc == 0)
		rc = hold_extend(cli->c, cli->in, &cli->actor, &p.order, until);
	return said(cli, rc, "Extended.");
}

static int release(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--produced-by"}};
	struct legal_order by = {0};
	struct matter m;
	struct pick p;
	int rc = pick_parse(
	    cli, o, 1, 0, 0, "preserve release CASE [--produced-by CASE] [--order N]", &p);

	if (rc == 0 && o[0].given) {
		rc = matter_get(cli->c, cli->in, &cli->actor, o[0].value, &m);
		if (rc == 0)
			rc = matter_order(cli->c, cli->in, &m, 0, &by);
	}
	if (rc == 0)
		rc = hold_release(cli->c, cli->in, &cli->actor, &p.order, by.id);
	return said(cli, rc, "Released.");
}

static int lift(struct cli *cli)
{
	struct pick p;
	int64_t number;
	int rc = pick_parse(cli, NULL, 0, 1, 1, "secrecy lift CASE NUMBER [--order N]", &p);

	if (rc == 0)
		rc = pick_number(cli, p.pos[0], "NUMBER", &number);
	if (rc == 0)
		rc = hold_lift_secrecy(cli->c, cli->in, &cli->actor, &p.order, number);
	return said(cli, rc, "Lifted.");
}

static int sealed_add(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--kind"}, {.name = "--day"}, {.name = "--selectors"},
	    {.name = "--new-service"}};
	struct sealed_record r = {.state = STR("open")};
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 4, pos, 0, &n);

	if (rc == 0)
		rc = pick_day(cli, o[1].value, "--day", &r.day);
	if (rc == 0 && !str_i64(o[2].value, &r.selectors))
		rc = err_set(cli->c, ERR_INVALID, "--selectors is a whole number");
	r.kind = o[0].value;
	r.new_service = o[3].given ? o[3].value : STR("");
	if (rc == 0)
		rc = hold_sealed_add(cli->c, cli->in, &cli->actor, &r);
	return said(cli, rc, "Counted; nothing else is kept.");
}

static int show_sealed(struct ctx *c, const struct sealed_record *r, void *arg)
{
	(void)arg;
	(void)printf("%s %-16.*s %8lld selectors  %.*s%s%.*s\n", day_str(c, r->day).p,
	    STR_ARG(r->kind), (long long)r->selectors, STR_ARG(r->state),
	    r->new_service.n > 0 ? "  new service " : "", STR_ARG(r->new_service));
	return 0;
}

static int sealed_list(struct cli *cli)
{
	return hold_sealed_each(cli->c, cli->in, &cli->actor, show_sealed, NULL);
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_hold_table[] = {
    {"preserve", "start", "CASE [--order N]", "put a preservation request in force", WRITE, start},
    {"preserve", "extend", "CASE [--until DAY] [--order N]", "a renewed request", WRITE, extend},
    {"preserve", "release", "CASE [--produced-by CASE] [--order N]", "end a preservation", WRITE,
	release},
    {"secrecy", "lift", "CASE NUMBER [--order N]", "a bar has ended", WRITE, lift},
    {"sealed", "add", "--kind KIND --day DAY --selectors N [--new-service NAME]",
	"count a FISA order or directive, nothing more", WRITE, sealed_add},
    {"sealed", "list", "", "the sealed counts, for persons named to the compartment", READ,
	sealed_list},
    {0}};
