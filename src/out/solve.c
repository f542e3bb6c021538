#include "out/solve.h"

#include <unistd.h>

#include "os/file.h"
#include "os/spawn.h"

enum { SECONDS = 20, PATH_BYTES = 4096 };

struct str solve_program(struct ctx *c)
{
	static const char name[] = "writ-solve";
	char self[PATH_BYTES];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self);
	struct str beside;

	while (n > 0 && (size_t)n < sizeof self && self[n - 1] != '/')
		n--;
	if (n <= 0 || (size_t)n >= sizeof self)
		return STR("writ-solve");
	beside = str_fmt(c, "%.*s%s", (int)n, self, name);
	return file_exists(beside.p) ? beside : STR("writ-solve");
}

int solve_ask(struct ctx *c, void *arg, struct str question, struct str *ret)
{
	const char *argv[] = {arg, NULL};
	const struct spawn how = {.argv = argv,
	    .in = SPAWN_IN_TEXT,
	    .in_text = question,
	    .out = SPAWN_OUT_TEXT,
	    .out_limit = ADVICE_MAX,
	    .seconds = SECONDS,
	    .boxed = true};
	struct spawn_result result;
	int rc = spawn_run(c, &how, &result);

	if (rc == 0 && result.status != 0)
		rc = err_set(c, ERR_FAIL, "the solver ended with status %d", result.status);
	if (rc == 0)
		*ret = result.out;
	return rc;
}
