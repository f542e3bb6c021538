/*
 * The box around a command (os/box.h, BOX_CLI): once its arguments are read and its instance is
 * open, the process keeps the instance's folders, the files its arguments name, the database's
 * port, and the programs it starts (itself in its roles, age); nothing else opens, connects or
 * starts.
 *
 * Which arguments are paths is known by the option's name, and for arguments without an option by
 * the command: two tables in lock.c. A command that is missing there cannot reach its file, which
 * its story in test/flow shows.
 */
#ifndef WRIT_LOCK_H
#define WRIT_LOCK_H

#include "cli/cli.h"

/* lock_note(cli, opts, n, pos, n_pos): the arguments as cli_parse sorted them. */
void lock_note(
    struct cli *cli, const struct cli_opt *opts, size_t n, const struct str *pos, size_t n_pos);
/* lock_in(cli): puts the box up, once. ERR_FAIL. */
int lock_in(struct cli *cli) MUST_CHECK;

#endif
