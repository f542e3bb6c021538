#include "cli/cmd.h"

#include <pwd.h>
#include <unistd.h>

#include "os/file.h"

enum { SECRET_BYTES = 20 };

/* A secret that Writ makes has 160 random bits: nothing can be guessed, so its plain hash is kept.
 */
static int make_secret(struct cli *cli, struct str path, struct hash *ret)
{
	unsigned char raw[SECRET_BYTES];
	struct str text;
	int rc;

	ctx_random(cli->c, raw, sizeof raw);
	text = str_fmt(cli->c, "writ-secret-%s", text_hex(cli->c, raw, sizeof raw).p);
	*ret = hash_of(text);
	if (file_exists(str_z(cli->c, path)))
		return err_set(cli->c, ERR_CONFLICT, "%.*s exists already", STR_ARG(path));
	rc = file_write_atomic(cli->c, str_z(cli->c, path), 0400, str_fmt(cli->c, "%s\n", text.p));
	return rc;
}

static int unix_uid(struct cli *cli, struct str name, int64_t *ret)
{
	struct passwd *pw;

	if (str_i64(name, ret) && *ret >= 0)
		return 0;
	pw = getpwnam(str_z(cli->c, name));
	if (pw == NULL)
		return err_set(cli->c, ERR_NOTFOUND, "this machine has no such Unix user");
	*ret = (int64_t)pw->pw_uid;
	return 0;
}

/* The very first person is added by whoever can open the instance's key; all others by an admin. */
static int admin_or_first(struct cli *cli, const struct person **ret)
{
	struct person none;
	int rc = cli_open(cli, CLI_INSTANCE);

	*ret = NULL;
	if (rc != 0)
		return rc;
	rc = person_get(cli->c, cli->in, 1, &none);
	if (rc == ERR_NOTFOUND) {
		err_clear(cli->c);
		return 0;
	}
	if (rc == 0)
		rc = cli_open(cli, CLI_ACTOR);
	*ret = &cli->actor;
	return rc;
}

static int add(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--roles"}, {.name = "--unix"}, {.name = "--secret-out"},
	    {.name = "--sealed", .flag = true}};
	const struct person *by;
	struct hash secret;
	struct str pos[1];
	unsigned roles = 0;
	int64_t uid = -1, id;
	size_t n;
	bool made = false;
	int rc = cli_parse(cli, o, 4, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1,
		    "user add NAME --roles ROLES (--unix USER | --secret-out FILE) [--sealed]");
	if (rc == 0)
		rc = admin_or_first(cli, &by);
	if (rc == 0)
		rc = person_roles(cli->c, o[0].value, &roles);
	if (rc == 0 && o[1].given)
		rc = unix_uid(cli, o[1].value, &uid);
	if (rc == 0 && o[2].given) {
		rc = make_secret(cli, o[2].value, &secret);
		made = rc == 0;
	}
	if (rc == 0)
		rc = person_add(cli->c, cli->in, by, pos[0], roles, o[3].given, uid,
		    o[2].given ? &secret : NULL, &id);
	/* A secret of nobody. Where it is not known whether the person was admitted (ERR_FAIL, see
	 * db.h), it may be somebody's. */
	if (rc != 0 && made && rc != ERR_FAIL)
		(void)unlink(str_z(cli->c, o[2].value));
	if (rc == 0)
		(void)printf(
		    "%.*s may sign in (%s).\n", STR_ARG(pos[0]), person_roles_str(cli->c, roles).p);
	return rc;
}

static int set(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--roles"}, {.name = "--sealed", .flag = true},
	    {.name = "--inactive", .flag = true}, {.name = "--unsealed", .flag = true}};
	struct person now;
	struct str pos[1];
	unsigned roles = 0;
	size_t n;
	int rc = cli_parse(cli, o, 4, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, o[0].given || o[1].given || o[2].given || o[3].given ? n : 0, 1,
		    "user set NAME [--roles ROLES] [--sealed | --unsealed] [--inactive]");
	if (rc == 0)
		rc = person_roles(cli->c, o[0].value, &roles);
	if (rc == 0)
		rc = person_find(cli->c, cli->in, pos[0], &now);
	if (rc == 0 && !o[0].given)
		roles = now.roles; /* what is not said stays as it is */
	if (rc == 0)
		rc = person_set(cli->c, cli->in, &cli->actor, pos[0], roles,
		    o[1].given || (now.sealed && !o[3].given), !o[2].given);
	if (rc == 0)
		(void)printf("%.*s %s.\n", STR_ARG(pos[0]),
		    o[2].given
			? "may not sign in any more; what they did stays readable"
			: str_fmt(cli->c, "may sign in (%s)", person_roles_str(cli->c, roles).p).p);
	return rc;
}

static int list_one(struct ctx *c, const struct person *p, void *arg)
{
	struct cli *cli = arg;
	/* who is named to the compartment is for those who name them, and for the named */
	bool tell = cli->actor.sealed || (cli->actor.roles & ROLE_ADMIN) != 0;

	(void)printf("%-16.*s %s%s%s\n", STR_ARG(p->handle), person_roles_str(c, p->roles).p,
	    p->sealed && tell ? " [sealed compartment]" : "", p->active ? "" : " (inactive)");
	return 0;
}

static int list(struct cli *cli)
{
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 0, &n);

	return rc == 0 ? person_each(cli->c, cli->in, list_one, cli) : rc;
}

const struct cli_command cmd_user_table[] = {
    {"user", "add", "NAME --roles ROLES (--unix USER | --secret-out FILE) [--sealed]",
	"admit a person; the first one is an admin", CLI_SLOT | CLI_LATER, add},
    {"user", "set", "NAME [--roles ROLES] [--sealed | --unsealed] [--inactive]",
	"new roles for a person, or no sign-in any more", CLI_INSTANCE | CLI_ACTOR | CLI_SLOT, set},
    {"user", "list", "", "who may sign in, with which roles", CLI_INSTANCE | CLI_ACTOR, list}, {0}};
