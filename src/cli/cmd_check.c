#include "cli/cmd.h"

#include <unistd.h>

#include "base/mem.h"
#include "os/spawn.h"

/* The readers of workbooks bring libraries that every command would load at its start; and this one
 * needs nothing that the others have. So it is a program of its own, which takes this one's place.
 */
static int check(struct cli *cli)
{
	char **argv = mem_array(cli->c, (size_t)cli->argc + 3, sizeof *argv);
	struct str program;
	int n = 0, rc = spawn_helper(cli->c, "writ-check", &program);

	if (rc != 0)
		return rc;
	argv[n++] = (char *)(uintptr_t)program.p;
	if (cli->json)
		argv[n++] = (char *)(uintptr_t) "--json";
	for (int i = 0; i < cli->argc; i++)
		argv[n++] = cli->argv[i];
	argv[n] = NULL;
	(void)execv(program.p, argv);
	return err_set(cli->c, ERR_FAIL, "%s: does not start", program.p);
}

const struct cli_command cmd_check_table[] = {
    {"check", "", "FILE... --map MAP", "check anybody's published report by arithmetic",
	CLI_NOTHING, check},
    {0}};
