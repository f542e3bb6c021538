#include "web/work_produce.h"

#include <unistd.h>

#include "base/mem.h"
#include "desk/deposit.h"
#include "desk/matter.h"
#include "os/file.h"
#include "out/collected.h"
#include "out/gather.h"
#include "out/production.h"

/* What was sent with the form, what has nothing, and what came for tickets. */
static int files_of(struct ctx *c, struct work_for *w, const struct legal_order *order,
    struct produce_file **ret, size_t *ret_n)
{
	const struct json *files = json_find(w->what, "files"),
			  *none = json_find(w->what, "no_data"),
			  *tickets = json_find(w->what, "tickets");
	size_t n_refs = tickets == NULL ? 0 : tickets->n, own = files->n + none->n, n = 0;
	struct str *refs = mem_array(c, n_refs + 1, sizeof *refs);
	struct produce_file *came = NULL, *f;
	int rc;

	for (size_t i = 0; i < n_refs; i++)
		refs[i] = tickets->at[i]->text;
	rc = gather_files(c, w->in, w->actor, order, refs, n_refs, &came, &n);
	if (rc != 0)
		return rc;
	f = mem_array(c, own + n + 1, sizeof *f);
	for (size_t i = 0; i < files->n; i++) {
		f[i].item = json_find(files->at[i], "item")->num;
		f[i].path = json_text(files->at[i], "path");
	}
	for (size_t i = 0; i < none->n; i++)
		f[files->n + i] = (struct produce_file){.item = none->at[i]->num, .no_data = true};
	if (n > 0)
		memcpy(f + own, came, n * sizeof *f);
	*ret = f;
	*ret_n = own + n;
	return 0;
}

int work_produce(struct ctx *c, struct work_for *w)
{
	const struct json *number = json_find(w->what, "order");
	struct produce_file *f = NULL;
	struct produce_plan plan;
	struct legal_order order;
	struct matter m;
	struct str path;
	size_t n = 0;
	int rc = matter_get(c, w->in, w->actor, json_text(w->what, "case"), &m);

	if (rc == 0)
		rc = matter_order(c, w->in, &m, number->num, &order);
	if (rc == 0)
		rc = files_of(c, w, &order, &f, &n);
	if (rc == 0)
		rc = file_mkdirs(c, instance_path(c, w->in, STR("sealed")).p, 0700);
	if (rc == 0)
		rc = production_make(c, w->in, w->actor, &order, f, n,
		    instance_path(c, w->in, STR("sealed")), &plan, &path);
	/* an officer comes to it once it is delivered by the portal, not before; nothing is sealed
	 * where no item has a file */
	if (rc == 0 && path.n > 0)
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
