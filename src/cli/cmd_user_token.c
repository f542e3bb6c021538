/* Tokens of the HTTP API. */
#include <unistd.h>

#include "cli/cmd.h"
#include "cli/pick.h"
#include "desk/token.h"
#include "os/file.h"

/* Nothing but its file ever holds the token: it is written before it is somebody's, and goes again
 * when nobody got it. Where it is not known whether the step stands (ERR_FAIL, see db.h), it stays.
 */
static int make_in(
    struct cli *cli, struct str path, const struct token_new *n, struct token_made *ret)
{
	const char *z = str_z(cli->c, path);
	struct hash hash;
	struct str text = token_text(cli->c, &hash);
	int rc = 0;

	if (file_exists(z))
		return err_set(cli->c, ERR_CONFLICT, "%s exists already", z);
	rc = file_write_atomic(cli->c, z, 0400, str_fmt(cli->c, "%s\n", text.p));
	if (rc != 0)
		return rc;
	rc = token_make(cli->c, cli->in, &cli->actor, n, &hash, ret);
	if (rc != 0 && rc != ERR_FAIL)
		(void)unlink(z);
	return rc;
}

static int make(struct cli *cli)
{
	static const char usage[] =
	    "user token NAME --roles ROLES --days N --out FILE [--for TEXT] [--sealed]";
	struct cli_opt o[] = {{.name = "--roles"}, {.name = "--days"}, {.name = "--out"},
	    {.name = "--for"}, {.name = "--sealed", .flag = true}};
	struct token_new n = {.name = STR("API")};
	struct token_made made;
	struct str pos[1];
	size_t n_pos;
	int rc = cli_parse(cli, o, 5, pos, 1, &n_pos);

	if (rc == 0)
		rc = cli_need(cli, o[0].given && o[1].given && o[2].given ? n_pos : 0, 1, usage);
	if (rc == 0 && !str_eq(pos[0], cli->actor.handle))
		rc = err_set(cli->c, ERR_DENIED,
		    "a token is made by its person: it would let another one act in that name");
	if (rc == 0)
		rc = person_roles(cli->c, o[0].value, &n.roles);
	if (rc == 0)
		rc = pick_number(cli, o[1].value, "--days", &n.days);
	if (rc != 0)
		return rc;
	n.sealed = o[4].given;
	if (o[3].given)
		n.name = str_trim(o[3].value);
	rc = make_in(cli, o[2].value, &n, &made);
	if (rc == 0)
		(void)printf("Token %lld of %.*s is in %.*s, good until %s (%s).\n",
		    (long long)made.number, STR_ARG(pos[0]), STR_ARG(o[2].value),
		    instant_str(cli->c, made.until).p, person_roles_str(cli->c, n.roles).p);
	return rc;
}

static void print_token(const struct json *t)
{
	struct str ended = json_text(t, "ended");

	(void)printf("%lld  %-20.*s %.*s, until %.*s%s%.*s\n",
	    (long long)json_find(t, "number")->num, STR_ARG(json_text(t, "name")),
	    STR_ARG(json_text(t, "roles")), STR_ARG(json_text(t, "until")),
	    ended.n > 0 ? ", ended " : "", STR_ARG(ended));
}

static int list(struct cli *cli)
{
	const struct json *tokens;
	struct person p;
	struct str pos[1];
	struct json *j;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "user tokens NAME [--json]");
	if (rc == 0)
		rc = person_find(cli->c, cli->in, pos[0], &p);
	if (rc == 0)
		rc = token_view(cli->c, cli->in, &cli->actor, p.id, &j);
	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, j);
		return 0;
	}
	cli_plain(cli->c, j);
	tokens = json_find(j, "tokens");
	for (size_t i = 0; i < tokens->n; i++)
		print_token(tokens->at[i]);
	if (tokens->n == 0)
		(void)printf("none\n");
	return 0;
}

static int end(struct cli *cli)
{
	struct str pos[2];
	struct person p;
	int64_t number;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 2, "user token-end NAME NUMBER");
	if (rc == 0)
		rc = pick_number(cli, pos[1], "the token", &number);
	if (rc == 0)
		rc = person_find(cli->c, cli->in, pos[0], &p);
	if (rc == 0)
		rc = token_end(cli->c, cli->in, &cli->actor, p.id, number);
	if (rc == 0)
		(void)printf(
		    "Token %lld of %.*s has ended.\n", (long long)number, STR_ARG(p.handle));
	return rc;
}

enum { READS = CLI_INSTANCE | CLI_ACTOR, ACTS = READS | CLI_SLOT };

const struct cli_command cmd_user_token_table[] = {
    {"user", "token", "NAME --roles ROLES --days N --out FILE [--for TEXT] [--sealed]",
	"a token of the HTTP API with some of one's own roles", ACTS, make},
    {"user", "tokens", "NAME [--json]", "the tokens of a person", READS, list},
    {"user", "token-end", "NAME NUMBER", "end a token", ACTS, end}, {0}};
