#include "web/work_lay.h"

#include "base/mem.h"
#include "desk/laid.h"
#include "desk/deposit.h"
#include "os/file.h"
#include "out/production.h"

static int lay(struct ctx *c, struct work_for *w, struct str ref, const struct laid_how *how)
{
	struct laid_made made;
	int rc = laid_again(c, w->in, w->actor, ref, how, &made);

	if (rc != 0)
		return rc;
	json_set_text(c, w->result, "production", ref);
	json_set_text(c, w->result, "laid", instant_str(c, made.until));
	return 0;
}

int work_lay(struct ctx *c, struct work_for *w)
{
	struct laid_how how = {.more = json_text(w->what, "more"), .silent = true};
	const struct json *days = json_find(w->what, "days");

	how.days = days == NULL ? 0 : days->num;
	return lay(c, w, json_text(w->what, "production"), &how);
}

int work_reseal(struct ctx *c, struct work_for *w)
{
	const struct json *files = json_find(w->what, "files");
	struct produce_file *f = mem_array(c, files->n + 1, sizeof *f);
	struct str ref = json_text(w->what, "production"), path,
		   dir = instance_path(c, w->in, STR("sealed"));
	bool portal = false;
	int rc = file_mkdirs(c, dir.p, 0700);

	for (size_t i = 0; i < files->n; i++) {
		f[i].item = json_find(files->at[i], "item")->num;
		f[i].path = json_text(files->at[i], "path");
	}
	if (rc == 0)
		rc = production_reseal(
		    c, w->in, w->actor, ref, f, files->n, json_text(w->what, "reason"), dir, &path);
	if (rc == 0)
		rc = laid_handed(c, w->in, ref, &portal);
	if (rc == 0 && portal)
		return lay(c, w, ref, &(struct laid_how){.path = path, .silent = true});
	if (rc == 0) /* it was not handed over yet */
		rc = deposit_put(c, w->in, w->actor, ref, path);
	json_set_text(c, w->result, "production", ref);
	return rc;
}

void work_reseal_end(struct ctx *c, const struct json *what)
{
	work_produce_end(c, what);
}
