#include "cli/cmd.h"

#include "cli/rows.h"
#include "cli/shown.h"
#include "desk/outgoing.h"
#include "desk/right.h"
#include "desk/standing.h"
#include "desk/vetting.h"
#include "out/view_vetting.h"

static void officer_line(const struct json *j)
{
	(void)printf("%-16.*s %-11.*s %-24.*s %.*s%s\n", STR_ARG(json_text(j, "officer")),
	    STR_ARG(json_text(j, "state")), STR_ARG(json_text(j, "domain")),
	    STR_ARG(
		json_text(j, json_text(j, "agency_name").n > 0 ? "agency_name" : "says_authority")),
	    json_find(j, "waits_for_second") != NULL ? ", waits for a second person" : "");
}

void shown_officers(const struct json *list)
{
	for (size_t i = 0; i < list->n; i++)
		officer_line(list->at[i]);
	if (list->n == 0)
		(void)printf("Nobody waits to be vetted, or stands so.\n");
}

static int list(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--state"}};
	struct json *j = NULL;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 0, &n);

	if (rc == 0)
		rc = view_officers(
		    cli->c, cli->in, &cli->actor, o[0].given ? o[0].value : STR("confirmed"), &j);
	return rows_view(cli, rc, j, shown_officers);
}

static int show(struct cli *cli)
{
	struct json *j;
	struct str ref;
	int rc = cli_one(cli, "officer show OFFICER", &ref);

	if (rc == 0)
		rc = view_officer_staff(cli->c, cli->in, &cli->actor, ref, &j);
	if (rc == 0)
		cli_put(cli, j);
	return rc;
}

static int vet(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--agency"}, {.name = "--source"}, {.name = "--reason"}};
	struct str pos[1];
	bool active = false;
	size_t n;
	int rc = cli_parse(cli, o, 3, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(
		    cli, n, 1, "officer vet OFFICER [--agency AGENCY] --source TEXT --reason TEXT");
	if (rc == 0)
		rc = vetting_approve(cli->c, cli->in, &cli->actor, pos[0],
		    &(struct vetting){
			.agency = o[0].value, .source = o[1].value, .reason = o[2].value},
		    &active);
	if (rc == 0)
		(void)printf("%s\n", active ? "The officer may sign in and submit."
					    : "Recorded: a second person vets too.");
	return rc;
}

/* One command for each standing: its name is the word. */
static int stand(struct cli *cli, const char *act, const char *usage)
{
	struct cli_opt o[] = {{.name = "--reason"}};
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, usage);
	if (rc == 0)
		rc = strcmp(act, "refused") == 0
			 ? vetting_refuse(cli->c, cli->in, &cli->actor, pos[0], o[0].value)
			 : standing_officer(
			       cli->c, cli->in, &cli->actor, pos[0], str_of(act), o[0].value);
	if (rc == 0)
		(void)printf("Recorded: %s.\n", act);
	return rc;
}

static int refuse(struct cli *cli)
{
	return stand(cli, "refused", "officer refuse OFFICER --reason TEXT");
}

static int suspend(struct cli *cli)
{
	return stand(cli, "suspended", "officer suspend OFFICER --reason TEXT");
}

static int compromised(struct cli *cli)
{
	return stand(cli, "compromised", "officer compromised OFFICER --reason TEXT");
}

static int active(struct cli *cli)
{
	return stand(cli, "active", "officer active OFFICER --reason TEXT");
}

static int left(struct cli *cli)
{
	return stand(cli, "left", "officer left OFFICER --reason TEXT");
}

static int forget(struct cli *cli)
{
	struct str ref;
	int rc = cli_one(cli, "officer forget OFFICER", &ref);

	if (rc == 0)
		rc = standing_forget(cli->c, cli->in, &cli->actor, ref);
	if (rc == 0)
		(void)printf("Forgotten: what they did stays, who they were is gone.\n");
	return rc;
}

static int put_letter(struct ctx *c, const struct outgoing *l, void *arg)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "letter", l->ref);
	json_set_text(c, j, "kind", l->kind);
	json_set_text(c, j, "due", instant_str(c, l->due));
	json_set_int(c, j, "tries", l->tries);
	json_set_text(c, j, "to", l->to);
	json_set_text(c, j, "subject", l->subject);
	/* a PIN is for its officer alone */
	if (!str_is(l->kind, "production.pin"))
		json_set_text(c, j, "text", l->text);
	json_add(c, arg, j);
	return 0;
}

/* For who keeps the house's mail running, and for trying things out before there is any. */
static int outgoing(struct cli *cli)
{
	struct json *list = json_list(cli->c);
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 0, &n);

	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_OUTGOING_READ);
	if (rc == 0)
		rc = outgoing_each(cli->c, cli->in, 1000, put_letter, list);
	if (rc == 0)
		cli_put(cli, list);
	return rc;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR, WRITE = CLI_INSTANCE | CLI_ACTOR | CLI_SLOT };

const struct cli_command cmd_officer_table[] = {
    {"officer", "list", "[--state STATE]", "who waits to be vetted, or who stands so", READ, list},
    {"officer", "show", "OFFICER", "an officer, with who vetted them and how", READ, show},
    {"officer", "vet", "OFFICER [--agency AGENCY] --source TEXT --reason TEXT",
	"the first or the second person has checked who they are", WRITE, vet},
    {"officer", "refuse", "OFFICER --reason TEXT", "not vetted; they may register anew", WRITE,
	refuse},
    {"officer", "suspend", "OFFICER --reason TEXT", "acts no more; open cases are stopped", WRITE,
	suspend},
    {"officer", "compromised", "OFFICER --reason TEXT",
	"somebody else may have acted as them; open cases are stopped", WRITE, compromised},
    {"officer", "active", "OFFICER --reason TEXT", "counsel trusts them again", WRITE, active},
    {"officer", "left", "OFFICER --reason TEXT", "is an officer of the agency no more", WRITE,
	left},
    {"officer", "forget", "OFFICER", "erase what is personal of one who left or was refused", WRITE,
	forget},
    {"outgoing", "list", "", "letters on their way, with their text", READ, outgoing}, {0}};
