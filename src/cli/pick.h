/*
 * What most commands begin with: a case by its reference and one of its orders, with the options
 * --order N and --reason TEXT (or --reason-file FILE, so that a long reason is not on the command
 * line).
 */
#ifndef WRIT_PICK_H
#define WRIT_PICK_H

#include "cli/cli.h"
#include "desk/matter.h"

struct pick {
	struct matter matter;
	struct legal_order order;
	struct str reason;
	struct str pos[8]; /* positional arguments after the case */
	size_t n_pos;
};

/* pick_parse(cli, opts, n, least, max, usage, ret): REF and between least and max further
 * arguments. */
int pick_parse(struct cli *cli, struct cli_opt *opts, size_t n, size_t least, size_t max,
    const char *usage, struct pick *ret) MUST_CHECK;
/* pick_text(cli, text, file, ret): --NAME TEXT, or --NAME-file FILE, so that it is not on the
 * command line; "" without both. */
int pick_text(struct cli *cli, const struct cli_opt *text, const struct cli_opt *file,
    struct str *ret) MUST_CHECK;
/* pick_number(cli, s, what, ret): a whole number from 1. */
int pick_number(struct cli *cli, struct str s, const char *what, int64_t *ret) MUST_CHECK;
/* pick_day(cli, s, what, ret). */
int pick_day(struct cli *cli, struct str s, const char *what, struct day *ret) MUST_CHECK;

enum { PICK_PAGE = 1000 };
/* A page of a list, with the options --limit N (PICK_PAGE) and --after REF: the first two of opts.
 */
int pick_page(struct cli *cli, const struct cli_opt *opts, struct matter_page *ret) MUST_CHECK;

#endif
