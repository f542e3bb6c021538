#include "cli/cmd.h"

#include "store/sign.h"

/* An instance is made whole or its folder is left for the person to look at: nothing is deleted. */
static int init(struct cli *cli)
{
	struct cli_opt o[] = {{.name = "--provider"}, {.name = "--origin"}, {.name = "--zone"},
	    {.name = "--database"}, {.name = "--database-owner"}};
	struct instance_new made;
	struct ctx *c = cli->c;
	struct str pos[1], keys;
	size_t n;
	int rc = cli_parse(cli, o, 5, pos, 0, &n);

	if (rc == 0 && (!o[0].given || !o[1].given))
		rc = err_set(c, ERR_INVALID,
		    "usage: writ [-d DIR] init --provider NAME --origin HOST/NAME [--zone ZONE] "
		    "[--database URL [--database-owner URL]]");
	if (rc != 0)
		return rc;
	made = (struct instance_new){
	    o[0].value, o[1].value, o[2].given ? o[2].value : STR("UTC"), o[3].value, o[4].value};
	rc = instance_create(c, cli->dir, &made);
	keys = str_fmt(c, "%.*s/keys", STR_ARG(cli->dir));
	if (rc == 0)
		rc = sign_create(c, keys.p, o[1].value);
	if (rc != 0)
		return rc;
	(void)printf("Made an instance in %.*s.\n"
		     "Next: say in writ.yaml where the provider is established and what it offers, "
		     "then add the\n"
		     "first person: writ -d %.*s user add NAME --roles admin --unix $USER\n",
	    STR_ARG(cli->dir), STR_ARG(cli->dir));
	return 0;
}

const struct cli_command cmd_init_table[] = {
    {"init", "",
	"--provider NAME --origin HOST/NAME [--zone ZONE] [--database URL [--database-owner URL]]",
	"make an instance in DIR", CLI_OUTSIDE, init},
    {0}};
