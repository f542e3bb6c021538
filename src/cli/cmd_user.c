#include "cli/cmd.h"

#include <pwd.h>
#include <unistd.h>

#include "desk/enrol.h"
#include "os/file.h"
#include "out/view_right.h"

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

struct change {
	struct cli *cli;
	const struct person *by;
	struct str name;
	unsigned roles;
	bool sealed, active;
	int64_t uid;
	const struct hash *secret;
	const struct str *lands; /* NULL: as they are */
};

/* With the countries in one transaction: nobody is there without the limit for an instant. */
static int add_limited(struct ctx *c, void *arg)
{
	struct change *ch = arg;
	int64_t id;
	int rc = person_add(
	    c, ch->cli->in, ch->by, ch->name, ch->roles, ch->sealed, ch->uid, ch->secret, &id);

	return rc == 0 && ch->lands != NULL
		   ? person_limit(c, ch->cli->in, ch->by, ch->name, *ch->lands)
		   : rc;
}

static int needs_lands(struct cli *cli, struct str lands)
{
	return str_trim(lands).n > 0 ? 0
				     : err_set(cli->c, ERR_INVALID,
					   "--countries names at least one; all of them: "
					   "--all-countries");
}

/* Who has no other way in than the link's passkey. */
static int add_by_link(struct cli *cli, const struct change *ch)
{
	struct enrol_link link;
	int rc = enrol_person(
	    cli->c, cli->in, ch->by, ch->name, ch->roles, ch->sealed, ch->lands, &link);

	if (rc == 0)
		cmd_user_link(cli, ch->name, &link);
	return rc;
}

static int add(struct cli *cli)
{
	static const char usage[] =
	    "user add NAME --roles ROLES (--unix USER | --secret-out FILE | --link) [--sealed] "
	    "[--countries LIST]";
	struct cli_opt o[] = {{.name = "--roles"}, {.name = "--unix"}, {.name = "--secret-out"},
	    {.name = "--sealed", .flag = true}, {.name = "--countries"},
	    {.name = "--link", .flag = true}};
	struct change ch = {.cli = cli, .uid = -1};
	struct hash secret;
	struct str pos[1];
	size_t n;
	bool made = false;
	int rc = cli_parse(cli, o, 6, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, o[5].given && (o[1].given || o[2].given) ? 0 : n, 1, usage);
	if (rc == 0)
		rc = admin_or_first(cli, &ch.by);
	if (rc == 0)
		rc = person_roles(cli->c, o[0].value, &ch.roles);
	if (rc == 0 && o[4].given)
		rc = needs_lands(cli, o[4].value);
	if (rc == 0 && o[1].given)
		rc = unix_uid(cli, o[1].value, &ch.uid);
	if (rc == 0 && o[2].given) {
		rc = make_secret(cli, o[2].value, &secret);
		made = rc == 0;
	}
	if (rc == 0) {
		ch.name = pos[0];
		ch.sealed = o[3].given;
		ch.secret = o[2].given ? &secret : NULL;
		ch.lands = o[4].given ? &o[4].value : NULL;
		if (o[5].given)
			return add_by_link(cli, &ch);
		rc = step_together(cli->c, &cli->in->store, add_limited, &ch);
	}
	/* A secret of nobody. Where it is not known whether the person was admitted (ERR_FAIL, see
	 * db.h), it may be somebody's. */
	if (rc != 0 && made && rc != ERR_FAIL)
		(void)unlink(str_z(cli->c, o[2].value));
	if (rc == 0)
		(void)printf("%.*s may sign in (%s).\n", STR_ARG(pos[0]),
		    person_roles_str(cli->c, ch.roles).p);
	return rc;
}

static int set_limited(struct ctx *c, void *arg)
{
	struct change *ch = arg;
	int rc = ch->lands == NULL ? 0 : person_limit(c, ch->cli->in, ch->by, ch->name, *ch->lands);

	return rc == 0
		   ? person_set(c, ch->cli->in, ch->by, ch->name, ch->roles, ch->sealed, ch->active)
		   : rc;
}

static int set(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--roles"}, {.name = "--sealed", .flag = true},
	    {.name = "--inactive", .flag = true}, {.name = "--unsealed", .flag = true},
	    {.name = "--countries"}, {.name = "--all-countries", .flag = true}};
	static const struct str all = {"", 0};
	struct change ch = {.cli = cli, .by = &cli->actor};
	struct person now;
	struct str pos[1];
	size_t n, given = 0;
	int rc = cli_parse(cli, o, 6, pos, 1, &n);

	for (size_t i = 0; i < sizeof o / sizeof o[0]; i++)
		given += o[i].given;
	if (rc == 0)
		rc = cli_need(cli, given > 0 ? n : 0, 1,
		    "user set NAME [--roles ROLES] [--sealed | --unsealed] [--inactive] "
		    "[--countries LIST | --all-countries]");
	if (rc == 0)
		rc = person_roles(cli->c, o[0].value, &ch.roles);
	if (rc == 0 && o[4].given)
		rc = needs_lands(cli, o[4].value);
	if (rc == 0 && o[4].given && o[5].given)
		rc = err_set(cli->c, ERR_INVALID, "--countries or --all-countries, not both");
	if (rc == 0)
		rc = person_find(cli->c, cli->in, pos[0], &now);
	if (rc != 0)
		return rc;
	if (!o[0].given)
		ch.roles = now.roles; /* what is not said stays as it is */
	ch.name = pos[0];
	ch.sealed = o[1].given || (now.sealed && !o[3].given);
	ch.active = !o[2].given;
	ch.lands = o[4].given ? &o[4].value : o[5].given ? &all : NULL;
	rc = step_together(cli->c, &cli->in->store, set_limited, &ch);
	if (rc == 0)
		(void)printf("%.*s %s.\n", STR_ARG(pos[0]),
		    o[2].given
			? "may not sign in any more; what they did stays readable"
			: str_fmt(cli->c, "may sign in (%s)", person_roles_str(cli->c, ch.roles).p)
			      .p);
	return rc;
}

static int list_one(struct ctx *c, const struct person *p, void *arg)
{
	struct cli *cli = arg;
	/* who is named to the compartment is for those who name them, and for the named */
	bool tell = right_has(&cli->actor, RIGHT_PERSON_NAMED);

	(void)printf("%-16.*s %s%s%s%.*s%s%s\n", STR_ARG(p->handle),
	    person_roles_str(c, p->roles).p, p->sealed && tell ? " [sealed compartment]" : "",
	    p->lands.n > 0 ? " [" : "", STR_ARG(p->lands), p->lands.n > 0 ? "]" : "",
	    p->active ? "" : " (inactive)");
	return 0;
}

static int list(struct cli *cli)
{
	struct str pos[1];
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 0, &n);

	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_PERSON_READ);
	return rc == 0 ? person_each(cli->c, cli->in, list_one, cli) : rc;
}

/* ---- rights ---- */

static void rights_text(const struct json *j)
{
	const struct json *list = json_find(j, "rights");

	if (json_text(j, "person").n > 0)
		(void)printf("%.*s (%.*s), demands of %.*s\n\n", STR_ARG(json_text(j, "person")),
		    STR_ARG(json_text(j, "roles")),
		    STR_ARG(json_text(j, "countries").n > 0 ? json_text(j, "countries")
							    : STR("all countries")));
	for (size_t i = 0; i < list->n; i++) {
		const struct json *r = list->at[i];
		struct str roles = json_text(r, "roles");
		const char *also = view_rights_also(json_text(r, "also"));

		(void)printf("%-24.*s %-48.*s %.*s%s\n", STR_ARG(json_text(r, "right")),
		    STR_ARG(json_text(r, "title")), STR_ARG(roles),
		    roles.n > 0 ? also : also + strlen(", or "));
	}
}

static int rights(struct cli *cli)
{
	struct person who;
	struct str pos[1];
	struct json *j;
	size_t n;
	int rc = cli_parse(cli, NULL, 0, pos, 1, &n);

	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_PERSON_READ);
	if (rc == 0 && n == 1)
		rc = person_find(cli->c, cli->in, pos[0], &who);
	if (rc == 0)
		rc = view_rights(cli->c, cli->in, &cli->actor, n == 1 ? &who : NULL, &j);
	if (rc != 0)
		return rc;
	if (cli->json)
		cli_put(cli, j);
	else
		rights_text(j);
	return 0;
}

const struct cli_command cmd_user_table[] = {
    {"user", "add",
	"NAME --roles ROLES (--unix USER | --secret-out FILE | --link) [--sealed] [--countries "
	"LIST]",
	"admit a person; the first one is an admin", CLI_SLOT | CLI_LATER, add},
    {"user", "set",
	"NAME [--roles ROLES] [--sealed | --unsealed] [--inactive] [--countries LIST | "
	"--all-countries]",
	"new roles for a person, or no sign-in any more", CLI_INSTANCE | CLI_ACTOR | CLI_SLOT, set},
    {"user", "list", "", "who may sign in, with which roles", CLI_INSTANCE | CLI_ACTOR, list},
    {"user", "rights", "[NAME]", "the table of rights, or what a person may do",
	CLI_INSTANCE | CLI_ACTOR, rights},
    {0}};
