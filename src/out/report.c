#include "out/report.h"

#include "base/mem.h"
#include "desk/silence.h"

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

/* Such an edition is not published: this holds for drafts, and for what was published before that.
 */
static int check_silence(
    struct ctx *c, struct instance *in, const struct edition *e, const struct figures *f)
{
	struct breaches b = {0};
	int rc = silence_check(c, in, e, f, &b);

	if (rc == 0 && b.n > 0)
		rc = err_set(c, ERR_DENIED, "edition %.*s: %s: %.*s: %.*s",
		    STR_ARG(edition_name(c, e)), b.v[0].rule, STR_ARG(b.v[0].figure),
		    STR_ARG(b.v[0].text));
	return rc;
}

int report_look(struct ctx *c, struct instance *in, const struct edition *e, struct report *ret)
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
	if (rc == 0)
		rc = rests_load(c, in, e, f, &r.rests);
	if (rc == 0)
		rc = edition_cause(c, in, e, r.cause);
	if (rc == 0 && figure_has_section(f, "users"))
		rc = base_find(c, in, e->period,
		    e->is_published ? e->published_at : (struct instant){ctx_now(c)},
		    e->is_published ? e->entry : INT64_MAX, &r.base);
	if (rc != 0)
		return rc;
	r.bands = law;
	r.absent = absent.v;
	r.n_absent = absent.n;
	*ret = r;
	return 0;
}

int report_load(struct ctx *c, struct instance *in, const struct edition *e, struct report *ret)
{
	struct report r;
	int rc = report_look(c, in, e, &r);

	if (rc == 0)
		rc = check_silence(c, in, e, r.figures);
	if (rc == 0)
		*ret = r;
	return rc;
}
