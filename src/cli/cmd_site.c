#include "cli/cmd.h"

#include "out/site.h"

/* The address in links must be one: it stands before every path of the feed. */
static int check_base(struct ctx *c, struct str base)
{
	if (!str_starts(base, "https://") && !str_starts(base, "http://"))
		return err_set(c, ERR_INVALID, "--base: not an address that begins with https://");
	if (!str_ends(base, "/"))
		return err_set(c, ERR_INVALID, "--base: an address of a folder ends with /");
	for (size_t i = 0; i < base.n; i++)
		if ((unsigned char)base.p[i] <= ' ' || strchr("\"<>?#", base.p[i]) != NULL)
			return err_set(
			    c, ERR_INVALID, "--base: character %zu has no place in it", i + 1);
	return 0;
}

static int build(struct cli *cli)
{
	struct cli_opt opts[] = {{.name = "--base"}};
	struct site s = {0};
	struct str pos[1];
	size_t n = 0;
	int rc = cli_parse(cli, opts, 1, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "site build DIR [--base URL]");
	if (rc == 0 && opts[0].given)
		rc = check_base(cli->c, opts[0].value);
	if (rc == 0)
		rc = right_needs(cli->c, &cli->actor, RIGHT_SITE_BUILD);
	if (rc == 0)
		rc = site_load(cli->c, cli->in, opts[0].value, &s);
	if (rc == 0)
		rc = site_write(cli->c, &s, str_z(cli->c, pos[0]));
	if (rc != 0)
		return rc;
	if (cli->json) {
		struct json *j = json_map(cli->c);

		json_set_int(cli->c, j, "editions", (int64_t)s.n);
		json_set_int(cli->c, j, "countries", (int64_t)s.n_land);
		cli_put(cli, j);
		return 0;
	}
	(void)printf("Wrote %zu %s and %zu %s: open %.*s/index.html\n", s.n,
	    s.n == 1 ? "edition" : "editions", s.n_land, s.n_land == 1 ? "country" : "countries",
	    STR_ARG(pos[0]));
	if (s.n == 0)
		(void)printf("No edition is published yet: `writ edition make PERIOD`, then `writ "
			     "edition publish`.\n");
	return 0;
}

const struct cli_command cmd_site_table[] = {
    {"site", "build", "DIR [--base URL]",
	"write the whole public site: every published edition, corrections, countries, a feed",
	CLI_INSTANCE | CLI_ACTOR, build},
    {NULL, NULL, NULL, NULL, 0, NULL},
};
