#include "out/solve.h"

#include "os/spawn.h"

enum { SECONDS = 20 };

int solve_ask(struct ctx *c, void *arg, struct str question, struct str *ret)
{
	const char *argv[] = {NULL, NULL};
	const struct spawn how = {.argv = argv,
	    .in = SPAWN_IN_TEXT,
	    .in_text = question,
	    .out = SPAWN_OUT_TEXT,
	    .out_limit = ADVICE_MAX,
	    .seconds = SECONDS,
	    .boxed = true};
	struct spawn_result result;
	struct str program;
	int rc = spawn_helper(c, "writ-solve", &program);

	(void)arg;
	if (rc != 0)
		return rc;
	argv[0] = program.p;
	rc = spawn_run(c, &how, &result);

	if (rc == 0 && result.status != 0)
		rc = err_set(c, ERR_FAIL, "the solver ended with status %d", result.status);
	if (rc == 0)
		*ret = result.out;
	return rc;
}
