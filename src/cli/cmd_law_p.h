/* What the `law` commands share. Private to cmd_law*.c. */
#ifndef WRIT_CMD_LAW_P_H
#define WRIT_CMD_LAW_P_H

#include "cli/cli.h"
#include "desk/shelf.h"

/* cmd_law_explain_run(cli): `law explain`. */
int cmd_law_explain_run(struct cli *cli) MUST_CHECK;
/* cmd_law_explain_source(c, j, src): citation, quote, marks and place of a source into a map. */
void cmd_law_explain_source(struct ctx *c, struct json *j, const struct source *src);

#endif
