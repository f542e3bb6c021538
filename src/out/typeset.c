#include "out/typeset.h"

#include "os/spawn.h"

enum { SECONDS = 60 };

int typeset(struct ctx *c, struct str document, size_t most, const char *what, struct str *ret,
    int *ret_status)
{
	const char *argv[] = {NULL, NULL};
	struct spawn how = {.argv = argv,
	    .in = SPAWN_IN_TEXT,
	    .in_text = document,
	    .out = SPAWN_OUT_TEXT,
	    .out_limit = most,
	    .seconds = SECONDS,
	    .boxed = true};
	struct spawn_result done;
	struct str path;
	int rc = spawn_helper(c, "writ-typeset", &path);

	if (rc != 0)
		return rc;
	argv[0] = path.p;
	rc = spawn_run(c, &how, &done);
	if (rc != 0)
		return err_while(c, rc, "%s", err_word(c, what));
	*ret_status = done.status;
	*ret = done.status == 0 && str_starts(done.out, "%PDF-") ? done.out : (struct str){"", 0};
	return 0;
}
