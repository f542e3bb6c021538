/* Lists of orders (view_row) as text, and small readers of arguments that these lists share. */
#ifndef WRIT_ROWS_H
#define WRIT_ROWS_H

#include "cli/cli.h"

/* rows_put(list): one line an order. */
void rows_put(const struct json *list);
/* rows_number(cli, opt, ret): a whole number from 1; leaves *ret when the option was not given. */
int rows_number(struct cli *cli, const struct cli_opt *opt, int64_t *ret) MUST_CHECK;
/* rows_instant(cli, opt, ret): the same for an instant; the error names the option. */
int rows_instant(struct cli *cli, const struct cli_opt *opt, struct instant *ret) MUST_CHECK;
/* rows_read_line(cli, path, ret): the first line of a small file. */
int rows_read_line(struct cli *cli, struct str path, struct str *ret) MUST_CHECK;
/* rows_read_file(cli, path, max, ret): a small text, without blanks around it. */
int rows_read_file(struct cli *cli, struct str path, size_t max, struct str *ret) MUST_CHECK;
/* rows_int / rows_yes: a member of j; 0 and false when it is absent. */
int64_t rows_int(const struct json *j, const char *key);
bool rows_yes(const struct json *j, const char *key);

#endif
