#include "web/work_produce.h"

#include <unistd.h>

#include "base/mem.h"
#include "desk/deposit.h"
#include "desk/matter.h"
#include "os/file.h"
#include "out/collected.h"
#include "out/production.h"

int work_produce(struct ctx *c, struct work_for *w)
{
	const struct json *files = json_find(w->what, "files"),
			  *none = json_find(w->what, "no_data");
	const struct json *number = json_find(w->what, "order");
	size_t n = files->n + none->n;
	struct produce_file *f = mem_array(c, n + 1, sizeof *f);
	struct produce_plan plan;
	struct legal_order order;
	struct matter m;
	struct str path;
	int rc;

	for (size_t i = 0; i < files->n; i++) {
		f[i].item = json_find(files->at[i], "item")->num;
		f[i].path = json_text(files->at[i], "path");
	}
	for (size_t i = 0; i < none->n; i++)
		f[files->n + i] = (struct produce_file){.item = none->at[i]->num, .no_data = true};
	rc = matter_get(c, w->in, w->actor, json_text(w->what, "case"), &m);
	if (rc == 0)
		rc = matter_order(c, w->in, &m, number->num, &order);
	if (rc == 0)
		rc = file_mkdirs(c, instance_path(c, w->in, STR("sealed")).p, 0700);
	if (rc == 0)
		rc = production_make(c, w->in, w->actor, &order, f, n,
		    instance_path(c, w->in, STR("sealed")), &plan, &path);
	if (rc == 0) /* an officer comes to it once it is delivered by the portal, not before */
		rc = deposit_put(c, w->in, w->actor, plan.ref, path);
	if (rc != 0)
		return rc;
	json_set_text(c, w->result, "production", plan.ref);
	json_set(c, w->result, "checks", collected_report(c, f, n));
	return 0;
}

void work_produce_end(struct ctx *c, const struct json *what)
{
	const struct json *files = json_find(what, "files");

	for (size_t i = 0; i < files->n; i++)
		(void)unlink(str_z(c, json_text(files->at[i], "path")));
}
