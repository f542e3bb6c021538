/*
 * writ-check: what `writ check` does (cli/check_report.h). A program of its own because of the
 * libraries that read workbooks. Arguments: [--json] FILE... --map MAP; exit status and output are
 * those of the command.
 */
#include <stdio.h>
#include <string.h>

#include "cli/check_report.h"
#include "cli/cmd.h"
#include "os/box.h"

int main(int argc, char **argv)
{
	bool json = argc > 1 && strcmp(argv[1], "--json") == 0;
	struct cli cli = {.command = cmd_check_table,
	    .json = json,
	    .argc = argc - 1 - json,
	    .argv = argv + 1 + json};
	int rc;

	ctx_open(&cli.c);
	rc = argc < 1 ? ERR_INVALID : box_hide(cli.c);
	if (rc == 0)
		rc = check_report(&cli);
	if (rc == 0 && (fflush(stdout) != 0 || ferror(stdout)))
		rc = err_set(cli.c, ERR_FAIL, "cannot write the output");
	if (rc != 0)
		(void)fprintf(stderr, "writ: %s\n", cli_error(cli.c));
	ctx_close(&cli.c);
	return err_exit_code(rc);
}
