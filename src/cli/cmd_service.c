#include <unistd.h>

#include "cli/cmd.h"
#include "cli/pick.h"
#include "cli/rows.h"
#include "desk/service_token.h"
#include "os/file.h"
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
	struct cli_opt o[] = {{.name = "--came"}};
	struct service_result r;
	struct json *j = NULL;
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "service test SERVICE [--came DIR]");
	if (rc == 0)
		rc = gather_test(
		    cli->c, cli->in, &cli->actor, pos[0], o[0].given ? o[0].value : STR(""), &r);
	if (rc == 0)
		rc = view_service(cli->c, cli->in, &cli->actor, pos[0], &j);
	rc = rows_view(cli, rc, j, service_text);
	if (rc == 0 && r.why[0] != '\0')
		rc = err_set(cli->c, ERR_FAIL, "the test did not go well: %s", r.why);
	return rc;
}

/* ---- tokens of its system ---- */

/* Nothing but its file ever holds the token (as of `user token`). */
static int token_in(struct cli *cli, struct str path, const struct service_token_new *n)
{
	const char *z = str_z(cli->c, path);
	struct instant until;
	struct hash hash;
	struct str text = service_token_text(cli->c, &hash);
	int64_t number = 0;
	int rc = 0;

	if (file_exists(z))
		return err_set(cli->c, ERR_CONFLICT, "%s exists already", z);
	rc = file_write_atomic(cli->c, z, 0400, str_fmt(cli->c, "%s\n", text.p));
	if (rc != 0)
		return rc;
	rc = service_token_make(cli->c, cli->in, &cli->actor, n, &hash, &number, &until);
	if (rc != 0 && rc != ERR_FAIL)
		(void)unlink(z);
	if (rc == 0)
		(void)printf("Token %lld of %.*s is in %s, good until %s.\n", (long long)number,
		    STR_ARG(n->service), z, instant_str(cli->c, until).p);
	return rc;
}

static int token(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--days"}, {.name = "--out"}, {.name = "--for"},
	    {.name = "--sealed", .flag = true}};
	struct service_token_new n = {.name = STR("push")};
	struct str pos[1];
	size_t n_pos;
	int rc = cli_parse(cli, o, 4, pos, 1, &n_pos);

	if (rc == 0)
		rc = cli_need(cli, o[0].given && o[1].given ? n_pos : 0, 1,
		    "service token SERVICE --days N --out FILE [--for TEXT] [--sealed]");
	if (rc == 0)
		rc = rows_number(cli, &o[0], &n.days);
	if (rc != 0)
		return rc;
	n.service = pos[0];
	n.sealed = o[3].given;
	if (o[2].given)
		n.name = str_trim(o[2].value);
	return token_in(cli, o[1].value, &n);
}

static void tokens_text(const struct json *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct json *t = list->at[i];
		struct str ended = json_text(t, "ended");

		(void)printf("%lld  %-14.*s %.*s, until %.*s%s%.*s\n",
		    (long long)rows_int(t, "number"), STR_ARG(json_text(t, "service")),
		    STR_ARG(json_text(t, "name")), STR_ARG(json_text(t, "until")),
		    ended.n > 0 ? ", ended " : "", STR_ARG(ended));
	}
	if (list->n == 0)
		(void)printf("none\n");
}

static int tokens(struct cli *cli)
{
	struct json *j = NULL;
	int rc = rows_none(cli);

	if (rc == 0)
		rc = service_token_view(cli->c, cli->in, &cli->actor, &j);
	return rows_view(cli, rc, j, tokens_text);
}

static int token_end(struct cli *cli)
{
	struct str pos[1];
	int64_t number = 0;
	int rc = cli_one(cli, "service token-end NUMBER", pos);

	if (rc == 0)
		rc = pick_number(cli, pos[0], "the token", &number);
	if (rc == 0)
		rc = service_token_end(cli->c, cli->in, &cli->actor, number);
	if (rc == 0)
		(void)printf("Token %lld has ended.\n", (long long)number);
	return rc;
}

enum { READ = CLI_INSTANCE | CLI_ACTOR };

const struct cli_command cmd_service_table[] = {
    {"service", "list", "", "the services of the profile, and which have a test that stands", READ,
	list},
    {"service", "show", "SERVICE", "what it holds, where, under whose keys, how it is collected",
	READ, show},
    {"service", "test", "SERVICE [--came DIR]",
	"run its connector on the canary account, and compare", READ | CLI_SLOT, test},
    {"service", "token", "SERVICE --days N --out FILE [--for TEXT] [--sealed]",
	"a token for the service's own system, which hands in what it collects", READ | CLI_SLOT,
	token},
    {"service", "tokens", "", "the tokens of services", READ, tokens},
    {"service", "token-end", "NUMBER", "end one of them", READ | CLI_SLOT, token_end}, {0}};
