#include "cli/cmd.h"

#include "cli/rows.h"
#include "cli/shown.h"
#include "desk/agency.h"
#include "desk/standing.h"
#include "out/view_vetting.h"

static int add(struct cli *cli)
{
	struct cli_opt o[] = {
	    {.name = "--country"}, {.name = "--body"}, {.name = "--level"}, {.name = "--reason"}};
	struct agency_new n = {0};
	struct str pos[1], ref;
	size_t n_pos;
	int rc = cli_parse(cli, o, 4, pos, 1, &n_pos);

	if (rc == 0)
		rc = cli_need(cli, n_pos, 1,
		    "agency add NAME --country CC --body WORD [--level WORD] --reason TEXT");
	if (rc != 0)
		return rc;
	n.name = pos[0];
	n.country = o[0].value;
	n.body = o[1].value;
	n.level = o[2].value;
	n.reason = o[3].value;
	rc = agency_add(cli->c, cli->in, &cli->actor, &n, &ref);
	if (rc == 0)
		(void)printf("Agency %.*s. Its domains: writ agency domain %.*s DOMAIN\n",
		    STR_ARG(ref), STR_ARG(ref));
	return rc;
}

static int domain(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--end", .flag = true}};
	struct str pos[2];
	bool known = false;
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 2, "agency domain AGENCY DOMAIN [--end]");
	if (rc == 0)
		rc = o[0].given
			 ? agency_domain_end(cli->c, cli->in, &cli->actor, pos[0], pos[1])
			 : agency_domain(cli->c, cli->in, &cli->actor, pos[0], pos[1], &known);
	if (rc == 0)
		(void)printf(
		    "%s\n", o[0].given ? "Ended: it counts no more."
			    : known    ? "Known from now on."
				    : "Proposed: a second person confirms it by the same command.");
	return rc;
}

void shown_agencies(const struct json *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct json *a = list->at[i];

		(void)printf("%-16.*s %.*s %-12.*s %-11.*s %.*s\n", STR_ARG(json_text(a, "agency")),
		    STR_ARG(json_text(a, "country")), STR_ARG(json_text(a, "body")),
		    STR_ARG(json_text(a, "state")), STR_ARG(json_text(a, "name")));
	}
	if (list->n == 0)
		(void)printf("No agency is known.\n");
}

static int list(struct cli *cli)
{
	struct json *j = NULL;
	int rc = rows_none(cli);

	if (rc == 0)
		rc = view_agencies(cli->c, cli->in, &cli->actor, &j);
	return rows_view(cli, rc, j, shown_agencies);
}

static int show(struct cli *cli)
{
	struct json *j;
	struct str ref;
	int rc = cli_one(cli, "agency show AGENCY", &ref);

	if (rc == 0)
		rc = view_agency(cli->c, cli->in, &cli->actor, ref, &j);
	if (rc == 0)
		cli_put(cli, j);
	return rc;
}

static int set(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--reason"}};
	struct str pos[2];
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(
		    cli, n, 2, "agency set AGENCY suspended|compromised|active --reason TEXT");
	if (rc == 0)
		rc = standing_agency(cli->c, cli->in, &cli->actor, pos[0], pos[1], o[0].value);
	if (rc == 0)
		(void)printf("Recorded. Cases that are stopped: writ matter alerts\n");
	return rc;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_agency_table[] = {
    {"agency", "add", "NAME --country CC --body WORD [--level WORD] --reason TEXT",
	"an authority that the house knows", WRITE, add},
    {"agency", "domain", "AGENCY DOMAIN [--end]",
	"a domain of its addresses; counts once a second person names it", WRITE, domain},
    {"agency", "list", "", "the authorities that are known", READ, list},
    {"agency", "show", "AGENCY", "one of them, with its officers and its history", READ, show},
    {"agency", "set", "AGENCY suspended|compromised|active --reason TEXT",
	"how it stands; its officers stand with it", WRITE, set},
    {0}};
