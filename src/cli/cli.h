/*
 * The command line. One file per command family, cmd_NAME.c, exporting a table of commands
 * cmd_NAME_table; cli.c finds the command, opens what it needs, and turns the result into an exit
 * status. Commands hold no logic of their own: read arguments, call desk or out, print.
 *
 *   writ [-d DIR] [--json] [--as NAME --secret FILE] FAMILY COMMAND ARGUMENTS
 *
 * Results go to stdout, errors and progress to stderr. With --json a command prints one JSON value.
 */
#ifndef WRIT_CLI_H
#define WRIT_CLI_H

#include <stdio.h>

#include "desk/right.h"
#include "kind/json.h"

enum cli_needs {
	CLI_NOTHING = 0,
	CLI_INSTANCE = 1, /* an opened instance */
	CLI_ACTOR = 2,    /* and a signed-in person */
	CLI_SLOT = 4,  /* the command writes: close the ledger's slot afterwards when it is due */
	CLI_LATER = 8, /* opens the instance itself, as its arguments say: locked in then */
	CLI_OUTSIDE = 16, /* makes an instance, or looks at the machine: never locked in (lock.h) */
	CLI_SERVES = 32   /* locks itself in as what starts the web processes */
};

struct box_path;

struct cli {
	struct ctx *c;
	struct instance *in;
	struct person actor;
	bool json;
	struct str dir, as,
	    secret; /* -d, --as, --secret as given; dir also from WRIT_DIR, then "." */
	struct str server, idempotency;    /* --server, --idempotency; "" without (remote.h) */
	struct str ca, cert, key, timeout; /* the same */
	int server_port;
	int argc; /* what follows the command's name */
	char **argv;
	const struct cli_command *command;
	/* lock.h: what is left to this process once it has locked itself in */
	struct box_path *paths;
	size_t n_paths, cap_paths;
	struct str *urls; /* databases */
	size_t n_urls, cap_urls;
	bool locked;
};

struct cli_command {
	const char *family, *name; /* name "" for a family that is one command: `writ doctor` */
	const char *args;          /* as in the manual: "REF --item N... [--json]" */
	const char *help;          /* one line */
	unsigned needs;
	int (*run)(struct cli *cli);
};

struct cli_opt {
	const char *name; /* "--map" */
	bool flag;        /* takes no value */
	bool many;        /* may be given more than once: values[], n */
	bool given;
	struct str value;
	struct str *values;
	size_t n;
};

/* cli_open(cli, needs): opens what a command needs and has not been opened yet: CLI_INSTANCE,
 * CLI_ACTOR. For commands whose arguments decide (log verify DIR). */
int cli_open(struct cli *cli, unsigned needs) MUST_CHECK;
/* cli_parse(cli, opts, n, pos, max, ret_pos): sorts the arguments into options and positional ones,
 * and locks the process in (lock.h), unless the command opens the instance later.
 * ERR_INVALID for an unknown option, a missing value, or more than max positional arguments. */
int cli_parse(struct cli *cli, struct cli_opt *opts, size_t n, struct str *pos, size_t max,
    size_t *ret_pos) MUST_CHECK;
/* cli_one(cli, usage, ret): the arguments are one, without options; else as cli_need. */
int cli_one(struct cli *cli, const char *usage, struct str *ret) MUST_CHECK;
/* cli_need(cli, n_pos, want, usage): ERR_INVALID with the usage unless n_pos == want. */
int cli_need(struct cli *cli, size_t n_pos, size_t want, const char *usage) MUST_CHECK;
/* cli_put(cli, j): prints j as JSON (pretty), what could harm a terminal escaped (base/plain.h). */
void cli_put(struct cli *cli, const struct json *j);
/* cli_progress(cli, what, done, total): a progress line on stderr when it is a terminal; call
 * often, it draws seldom. done == total ends the line. */
void cli_progress(struct cli *cli, const char *what, int64_t done, int64_t total);
/* cli_plain(c, j): makes every text in j harmless (base/plain.h), for one that is shown as text. */
void cli_plain(struct ctx *c, struct json *j);
/* cli_count(c, n, one, many): "1 demand", "3 demands". */
struct str cli_count(struct ctx *c, int64_t n, const char *one, const char *many);
/* cli_error(c): the error's text for a terminal: it may hold a name from outside. */
const char *cli_error(struct ctx *c);
/* cli_each(fn, arg): every command, in the order of the manual, until fn returns non-zero. */
int cli_each(int (*fn)(const struct cli_command *cmd, void *arg), void *arg);
/* cli_main(argc, argv): the whole program but for roles. Returns the exit status. */
int cli_main(int argc, char **argv);

#endif
