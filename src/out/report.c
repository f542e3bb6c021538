#include "out/report.h"

#include "base/mem.h"

static int imports_load(struct ctx *c, struct instance *in, struct report *r)
{
	struct count_imports all;
	struct count_import *used;
	size_t n = 0;
	int rc = count_import_each(c, in, &all);

	if (rc != 0)
		return rc;
	used = mem_array(c, all.n, sizeof *used);
	for (size_t i = 0; i < all.n; i++)
		if (figure_find(r->figures, "imported", STR(""), all.v[i].key, "requests") != NULL)
			used[n++] = all.v[i];
	r->imports = used;
	r->n_imports = n;
	return 0;
}

int report_load(struct ctx *c, struct instance *in, const struct edition *e, struct report *ret)
{
	struct figures *f = mem_alloc(c, sizeof *f);
	struct edition_absences absent = {0};
	struct band_law *law = NULL;
	struct report r = {.provider = in->provider,
	    .period = e->period,
	    .as_of = e->as_of,
	    .published = e->published,
	    .version = e->version,
	    .structure = e->structure,
	    .figures = f,
	    .law = in->law};
	int rc = edition_figures(c, in, e, f);

	if (rc == 0)
		rc = imports_load(c, in, &r);
	if (rc == 0)
		rc = band_builtin(c, &law);
	if (rc == 0)
		rc = edition_absent(c, law, e, f, &absent);
	if (rc != 0)
		return rc;
	r.bands = law;
	r.absent = absent.v;
	r.n_absent = absent.n;
	*ret = r;
	return 0;
}
