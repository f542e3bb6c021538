/*
 * Options that more than one command takes: what is said in one language, in a file (in/wording.h),
 * and a day.
 */
#ifndef WRIT_WORDS_H
#define WRIT_WORDS_H

#include "cli/cli.h"
#include "in/wording.h"

/* words_read(cli, opt, ret): leaves *ret when the option was not given. */
int words_read(struct cli *cli, const struct cli_opt *opt, struct wording *ret) MUST_CHECK;
/* words_day(cli, opt, ret): the same; the error names the option. */
int words_day(struct cli *cli, const struct cli_opt *opt, struct day *ret) MUST_CHECK;

#endif
