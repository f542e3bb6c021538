/*
 * Which command is which route of the HTTP API: one table, in remote_line.c. A command that is not
 * in it works on an instance alone.
 */
#ifndef WRIT_REMOTE_LINE_H
#define WRIT_REMOTE_LINE_H

#include "cli/cli.h"

struct remote_line {
	const char *family, *name;
	const char *route; /* its operationId */
	/* What each argument is: a field; "name=value", two fields in one argument; "[any]", one
	 * that may be left out; "=word", this very word. */
	const char *pos;
	/* The options: "name" for --name VALUE; "name:field" where the route calls it otherwise;
	 * "name@field" for a file whose text is the value; "name=field=value" for a flag. The part
	 * n of a path is the order. NULL: none. */
	const char *opts;
	/* Fields that the arguments do not give: "field=value". NULL: none. */
	const char *fixed;
	/* The line counts only where this word is among the arguments. NULL: always. */
	const char *when;
	/* A POST that changes nothing, so that nobody has to remember its answer. */
	bool reads;
	/* The answer is a job: it is waited for, and its file goes to the option "out", which then
	 * is none of the route's fields. */
	bool file;
	/* The member of the answer that is shown; NULL: the answer. with: members of the answer
	 * that are shown within it. list: with --json this member alone. */
	const char *part, *with, *list;
	/* Its text, where there is one (shown.h); else what is said of an act that happened, with
	 * "{name}" for a member of the answer or one of the command's fields; NULL: the order's
	 * state, or else the value itself. */
	void (*shown)(const struct json *j);
	const char *says;
};

/* remote_line_find(cmd, argc, argv, ret): ERR_NOTFOUND without a line; ERR_INVALID when the
 * command's lines all want a word that is not there. Records no error. */
int remote_line_find(const struct cli_command *cmd, int argc, char *const *argv,
    const struct remote_line **ret) MUST_CHECK;

#endif
