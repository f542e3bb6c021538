#include "web/work_sweep.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "desk/intake.h"
#include "desk/job.h"
#include "desk/laid.h"
#include "desk/notice_act.h"
#include "os/file.h"
#include "out/gather.h"

int work_sweep_promises(struct ctx *c, struct instance *in)
{
	return intake_promises(c, in);
}

int work_sweep_notices(struct ctx *c, struct instance *in)
{
	struct notice_swept s;

	return notice_act_sweep(c, in, NULL, &s);
}

int work_sweep_portal(struct ctx *c, struct instance *in)
{
	return laid_sweep(c, in, NULL);
}

int work_sweep_collected(struct ctx *c, struct instance *in)
{
	struct gather_swept s;

	return gather_sweep(c, in, &s);
}

/* ---- files that a form brought and no job waits for ---- */

struct keeping {
	const char *dir;
	struct json *named; /* paths */
	time_t before;
};

static int name_files(struct ctx *c, const struct job *j, void *arg)
{
	const struct keeping *k = arg;
	const struct json *files = json_find(j->what, "files");

	for (size_t i = 0; files != NULL && i < files->n; i++)
		json_add(c, k->named, json_of_text(c, json_text(files->at[i], "path")));
	return 0;
}

static int forget_old(struct ctx *c, const char *name, void *arg)
{
	const struct keeping *k = arg;
	struct str path = str_fmt(c, "%s/%s", k->dir, name);
	struct stat st;

	for (size_t i = 0; i < k->named->n; i++)
		if (str_eq(k->named->at[i]->text, path))
			return 0;
	if (lstat(path.p, &st) == 0 && S_ISREG(st.st_mode) && st.st_mtime < k->before)
		(void)unlink(path.p);
	return 0;
}

int work_sweep_kept(struct ctx *c, struct instance *in)
{
	struct keeping k = {.dir = str_fmt(c, "%s/kept", instance_path(c, in, in->serve.spool).p).p,
	    .named = json_list(c),
	    /* of the disk's clock, also where that of a demo stands still */
	    .before = time(NULL) - WORK_KEPT_SECONDS};
	int rc;

	if (!file_exists(k.dir))
		return 0;
	rc = job_each_open(c, in, name_files, &k);
	return rc == 0 ? file_each(c, k.dir, forget_old, &k) : rc;
}
