/* How people come in: links to register a passkey, recovery by two, subjects of the OpenID
 * provider, ending passkeys and sessions. */
#include "cli/cmd.h"
#include "cli/pick.h"
#include "desk/enrol.h"
#include "desk/session.h"
#include "desk/subject.h"

void cmd_user_link(struct cli *cli, struct str name, const struct enrol_link *link)
{
	struct json *j = json_map(cli->c);

	if (!cli->json) {
		(void)printf("%.*s registers a passkey, once, until %s:\n%s\n", STR_ARG(name),
		    instant_str(cli->c, link->until).p, link->url.p);
		return;
	}
	json_set_text(cli->c, j, "name", name);
	json_set_text(cli->c, j, "url", link->url);
	json_set_text(cli->c, j, "until", instant_str(cli->c, link->until));
	cli_put(cli, j);
}

/* NAME, with n options. */
static int named(
    struct cli *cli, struct cli_opt *o, size_t n_opts, const char *usage, struct person *ret)
{
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, o, n_opts, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, usage);
	return rc == 0 ? person_find(cli->c, cli->in, pos[0], ret) : rc;
}

static int make_link(struct cli *cli)
{
	struct enrol_link link;
	struct person p;
	int rc = named(cli, NULL, 0, "user link NAME", &p);

	if (rc == 0)
		rc = enrol_link(cli->c, cli->in, &cli->actor, &p, &link);
	if (rc == 0)
		cmd_user_link(cli, p.handle, &link);
	return rc;
}

static int recover(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--confirm", .flag = true}};
	struct enrol_link link;
	struct person p;
	int rc = named(cli, o, 1, "user recover NAME [--confirm]", &p);

	if (rc == 0 && o[0].given)
		rc = enrol_confirm(cli->c, cli->in, &cli->actor, &p, &link);
	else if (rc == 0)
		rc = enrol_recover(cli->c, cli->in, &cli->actor, &p);
	if (rc != 0)
		return rc;
	if (o[0].given)
		cmd_user_link(cli, p.handle, &link);
	else
		(void)printf(
		    "Proposed. Another person, admin or counsel, confirms it within a week: "
		    "writ user recover %.*s --confirm\n",
		    STR_ARG(p.handle));
	return 0;
}

static void print_key(struct cli *cli, const struct json *k)
{
	struct str used = json_text(k, "used"), ended = json_text(k, "ended");

	(void)printf("%lld  %-20.*s since %.*s", (long long)json_find(k, "number")->num,
	    STR_ARG(json_text(k, "name")), STR_ARG(json_text(k, "added")));
	if (used.n > 0)
		(void)printf(", last used %.*s", STR_ARG(used));
	if (ended.n > 0)
		(void)printf(", ended %.*s (%.*s)", STR_ARG(ended), STR_ARG(json_text(k, "cause")));
	(void)printf("\n");
	(void)cli;
}

static int passkeys(struct cli *cli)
{
	const struct json *list;
	struct person p;
	struct json *j;
	int rc = named(cli, NULL, 0, "user passkeys NAME [--json]", &p);

	if (rc == 0)
		rc = keyring_view(cli->c, cli->in, &cli->actor, p.id, &j);
	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, j);
		return 0;
	}
	cli_plain(cli->c, j);
	list = json_find(j, "passkeys");
	for (size_t i = 0; i < list->n; i++)
		print_key(cli, list->at[i]);
	if (list->n == 0)
		(void)printf("none\n");
	return 0;
}

static int passkey_end(struct cli *cli)
{
	struct str pos[2];
	struct person p;
	int64_t number;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 2, "user passkey-end NAME NUMBER");
	if (rc == 0)
		rc = pick_number(cli, pos[1], "the passkey", &number);
	if (rc == 0)
		rc = person_find(cli->c, cli->in, pos[0], &p);
	if (rc == 0)
		rc = keyring_end(cli->c, cli->in, &cli->actor, p.id, number);
	if (rc == 0)
		(void)printf("Passkey %lld of %.*s has ended, and its sessions with it.\n",
		    (long long)number, STR_ARG(p.handle));
	return rc;
}

/* ---- the OpenID provider ---- */

static void print_subject(const struct json *o)
{
	struct str ended = json_text(o, "ended");

	(void)printf("%lld  %.*s at %.*s since %.*s", (long long)json_find(o, "number")->num,
	    STR_ARG(json_text(o, "subject")), STR_ARG(json_text(o, "issuer")),
	    STR_ARG(json_text(o, "added")));
	if (ended.n > 0)
		(void)printf(", ended %.*s (%.*s)", STR_ARG(ended), STR_ARG(json_text(o, "cause")));
	(void)printf("\n");
}

static int subjects(struct cli *cli, const struct person *p)
{
	const struct json *list;
	struct json *j;
	int rc = subject_view(cli->c, cli->in, &cli->actor, p->id, &j);

	if (rc != 0)
		return rc;
	if (cli->json) {
		cli_put(cli, j);
		return 0;
	}
	cli_plain(cli->c, j);
	list = json_find(j, "subjects");
	for (size_t i = 0; i < list->n; i++)
		print_subject(list->at[i]);
	if (list->n == 0)
		(void)printf("none\n");
	return 0;
}

static int oidc(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--subject"}};
	struct person p;
	int rc = named(cli, o, 1, "user oidc NAME [--subject SUB]", &p);

	if (rc == 0 && !o[0].given)
		return subjects(cli, &p);
	if (rc == 0)
		rc = subject_bind(cli->c, cli->in, &cli->actor, &p, o[0].value);
	if (rc == 0)
		(void)printf("%.*s signs in at %.*s from now on.\n", STR_ARG(p.handle),
		    STR_ARG(cli->in->oidc.issuer));
	return rc;
}

static int oidc_end(struct cli *cli)
{
	struct str pos[2];
	struct person p;
	int64_t number;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 2, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 2, "user oidc-end NAME NUMBER");
	if (rc == 0)
		rc = pick_number(cli, pos[1], "the subject", &number);
	if (rc == 0)
		rc = person_find(cli->c, cli->in, pos[0], &p);
	if (rc == 0)
		rc = subject_end(cli->c, cli->in, &cli->actor, p.id, number);
	if (rc == 0)
		(void)printf("Subject %lld of %.*s has ended, and its sessions with it.\n",
		    (long long)number, STR_ARG(p.handle));
	return rc;
}

static int sessions_end(struct cli *cli)
{
	struct person p;
	int rc = named(cli, NULL, 0, "user sessions-end NAME", &p);

	if (rc == 0)
		rc = session_end_all(cli->c, cli->in, &cli->actor, p.id);
	if (rc == 0)
		(void)printf("The sessions of %.*s have ended.\n", STR_ARG(p.handle));
	return rc;
}

enum { READS = CLI_INSTANCE | CLI_ACTOR, ACTS = READS | CLI_SLOT };

const struct cli_command cmd_user_key_table[] = {
    {"user", "link", "NAME", "a one-time link by which a person registers a passkey", ACTS,
	make_link},
    {"user", "recover", "NAME [--confirm]",
	"a new link for who lost the passkeys: one proposes, another one confirms", ACTS, recover},
    {"user", "passkeys", "NAME [--json]", "the passkeys of a person", READS, passkeys},
    {"user", "passkey-end", "NAME NUMBER", "end a passkey and its sessions", ACTS, passkey_end},
    {"user", "oidc", "NAME [--subject SUB] [--json]",
	"bind a person to a subject of the OpenID provider, or list those bound", ACTS, oidc},
    {"user", "oidc-end", "NAME NUMBER", "end a subject and its sessions", ACTS, oidc_end},
    {"user", "sessions-end", "NAME", "end all sessions of a person", ACTS, sessions_end}, {0}};
