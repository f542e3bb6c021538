/* What `writ check` does, in the program writ-check (helpers/check.c). */
#ifndef WRIT_CHECK_REPORT_H
#define WRIT_CHECK_REPORT_H

#include "cli/cli.h"

/* check_report(cli): reads the map and the files that the arguments name, locks itself in, checks,
 * prints. ERR_FAIL when something is not possible as it was published; what cannot be read as
 * published. */
int check_report(struct cli *cli) MUST_CHECK;

#endif
