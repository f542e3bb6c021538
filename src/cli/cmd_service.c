#include "cli/cmd.h"

#include "cli/rows.h"
#include "out/gather.h"
#include "out/view_service.h"

static void service_line(const struct json *s)
{
	struct str tested = json_text(s, "tested"), why = json_text(s, "why");

	(void)printf("%-5s %-14.*s %.*s", rows_yes(s, "well") ? "green" : "RED",
	    STR_ARG(json_text(s, "service")), STR_ARG(json_text(s, "state")));
	if (tested.n > 0)
		(void)printf(", tested %.*s", STR_ARG(tested));
	if (why.n > 0)
		(void)printf(": %.*s", STR_ARG(why));
	(void)printf("\n");
}

static void services_text(const struct json *j)
{
	const struct json *list = json_find(j, "services");
	struct str fault = json_text(j, "fault");

	if (fault.n > 0)
		(void)printf("The data map does not read: %.*s\n", STR_ARG(fault));
	else if (json_text(j, "map").n == 0)
		(void)printf("writ.yaml names no data map (map:).\n");
	for (size_t i = 0; i < list->n; i++)
		service_line(list->at[i]);
}

static int list(struct cli *cli)
{
	struct json *j = NULL;
	int rc = rows_none(cli);

	if (rc == 0)
		rc = view_services(cli->c, cli->in, &cli->actor, &j);
	return rows_view(cli, rc, j, services_text);
}

static void service_text(const struct json *s)
{
	const struct json *entry = json_find(s, "entry"), *holds = json_find(entry, "holds");

	service_line(s);
	if (json_text(s, "until").n > 0)
		(void)printf("The test stands until %.*s\n", STR_ARG(json_text(s, "until")));
	for (size_t i = 0; holds != NULL && i < holds->n; i++) {
		const struct json *h = holds->at[i];

		(void)printf("holds %.*s\n  where: %.*s\n  retention: %.*s\n  encryption: %.*s\n  "
			     "keys: %.*s\n",
		    STR_ARG(json_text(h, "fields")), STR_ARG(json_text(h, "where")),
		    STR_ARG(json_text(h, "retention")), STR_ARG(json_text(h, "encryption")),
		    STR_ARG(json_text(h, "keys")));
	}
	if (entry != NULL)
		(void)printf("connector: %.*s %.*s\n", STR_ARG(json_text(entry, "connector")),
		    STR_ARG(json_text(entry, "program")));
}

static int show(struct cli *cli)
{
	struct json *j = NULL;
	struct str pos[1];
	int rc = cli_one(cli, "service show SERVICE", pos);

	if (rc == 0)
		rc = view_service(cli->c, cli->in, &cli->actor, pos[0], &j);
	return rows_view(cli, rc, j, service_text);
}

static int test(struct cli *cli)
{
	struct service_result r;
	struct json *j = NULL;
	struct str pos[1];
	int rc = cli_one(cli, "service test SERVICE", pos);

	if (rc == 0)
		rc = gather_test(cli->c, cli->in, &cli->actor, pos[0], &r);
	if (rc == 0)
		rc = view_service(cli->c, cli->in, &cli->actor, pos[0], &j);
	rc = rows_view(cli, rc, j, service_text);
	if (rc == 0 && r.why[0] != '\0')
		rc = err_set(cli->c, ERR_FAIL, "the test did not go well: %s", r.why);
	return rc;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR };

const struct cli_command cmd_service_table[] = {
    {"service", "list", "", "the services of the profile, and which have a test that stands", READ,
	list},
    {"service", "show", "SERVICE", "what it holds, where, under whose keys, how it is collected",
	READ, show},
    {"service", "test", "SERVICE", "run its connector on the canary account, and compare",
	READ | CLI_SLOT, test},
    {0}};
