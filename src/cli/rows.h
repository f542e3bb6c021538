/* Lists of orders (view_row) as text, and small readers of arguments that these lists share. */
#ifndef WRIT_ROWS_H
#define WRIT_ROWS_H

#include "cli/cli.h"

/* rows_put(list): one line an order. */
void rows_put(const struct json *list);
/* rows_view(cli, rc, j, text): what a command shows of a view: its error, or j as JSON, or by text
 * what could harm a terminal made harmless. */
int rows_view(
    struct cli *cli, int rc, struct json *j, void (*text)(const struct json *j)) MUST_CHECK;
/* rows_list(cli, rc, j, list, text): the same of a view that is a list and where it goes on: as
 * JSON the list alone. */
int rows_list(struct cli *cli, int rc, struct json *j, const char *list,
    void (*text)(const struct json *j)) MUST_CHECK;
/* rows_tell(j, list): says on stderr how many this list has, where j says that more follow. */
void rows_tell(const struct json *j, const char *list);
/* rows_none(cli): the command takes no arguments. */
int rows_none(struct cli *cli) MUST_CHECK;
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
