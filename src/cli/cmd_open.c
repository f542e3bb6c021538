#include "cli/cmd.h"

#include "os/file.h"
#include "out/unseal.h"

static void say(const struct json *j)
{
	const struct json *files = json_find(j, "files");

	(void)printf("Production %.*s of case %.*s, by %.*s, %.*s\n",
	    STR_ARG(json_text(j, "production")), STR_ARG(json_text(j, "case")),
	    STR_ARG(json_text(j, "provider")), STR_ARG(json_text(j, "made")));
	for (size_t i = 0; i < files->n; i++)
		(void)printf("%.*s  %.*s\n", STR_ARG(json_text(files->at[i], "sha256")),
		    STR_ARG(json_text(files->at[i], "file")));
	(void)printf("All of it is as the manifest says.\n");
}

static int open_sealed(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--key"}, {.name = "--out"}, {.name = "--sha256"}};
	struct unseal u = {.file = NULL};
	struct str pos[1];
	struct json *j;
	size_t n;
	int rc = cli_parse(cli, o, 3, pos, 1, &n);

	if (rc == 0)
		rc = cli_need(cli, n, 1, "open FILE [--key KEY] [--out DIR] [--sha256 HEX]");
	if (rc == 0 && o[2].given && !hash_parse(o[2].value, &u.sha256))
		rc = err_set(cli->c, ERR_INVALID, "--sha256 takes 64 hexadecimal digits");
	if (rc != 0)
		return rc;
	u.has_sha256 = o[2].given;
	u.file = str_z(cli->c, pos[0]);
	u.key = o[0].given ? o[0].value : STR("");
	if (o[1].given) {
		u.dir = str_z(cli->c, o[1].value);
		rc = file_mkdirs(cli->c, u.dir, 0700);
	}
	if (rc == 0)
		rc = unseal_open(cli->c, &u, &j);
	if (rc != 0)
		return rc;
	if (cli->json)
		cli_put(cli, j);
	else
		say(j);
	return 0;
}

const struct cli_command cmd_open_table[] = {
    {"open", "", "FILE [--key KEY] [--out DIR] [--sha256 HEX]",
	"open a sealed production and check it", CLI_NOTHING, open_sealed},
    {0}};
