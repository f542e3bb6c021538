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

static bool says(struct str text, struct str words)
{
	struct str word;

	while (str_word(&words, &word))
		if (str_has_fold(text, word))
			return true;
	return false;
}

/* What people wrote into the edition; the words of the program are held to it by a test. */
static int silence_check(struct ctx *c, const struct report *r)
{
	struct str rest = r->structure, word;

	while (str_word(&rest, &word)) {
		const struct band_structure *s = band_find(r->bands, word);
		bool bad = s != NULL && (says(r->provider, s->says_never) ||
					    says(r->base.source, s->says_never));

		for (int i = 0; s != NULL && i < WORDING_LANGS; i++)
			bad = bad || says(r->cause[i].title, s->says_never) ||
			      says(r->cause[i].text, s->says_never);
		for (size_t i = 0; s != NULL && i < r->n_imports; i++)
			bad = bad || says(r->imports[i].source, s->says_never) ||
			      says(r->imports[i].note, s->says_never);
		for (size_t i = 0; s != NULL && i < r->rests.n; i++)
			for (int k = 0; k < WORDING_LANGS; k++)
				bad = bad || says(r->rests.v[i].words[k].title, s->says_never) ||
				      says(r->rests.v[i].words[k].text, s->says_never) ||
				      says(r->rests.v[i].words[k].authority, s->says_never) ||
				      says(r->rests.v[i].law, s->says_never);
		if (bad)
			return err_set(c, ERR_DENIED,
			    "a note, cause, source or permission of it says a word that %.*s "
			    "forbids",
			    STR_ARG(word));
	}
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
	if (rc == 0)
		rc = rests_load(c, in, e, f, &r.rests);
	if (rc == 0)
		rc = edition_cause(c, in, e, r.cause);
	if (rc == 0 && figure_has_section(f, "users"))
		rc = base_find(c, in, e->period,
		    e->is_published ? e->published_at : (struct instant){ctx_now(c)}, &r.base);
	if (rc != 0)
		return rc;
	r.bands = law;
	r.absent = absent.v;
	r.n_absent = absent.n;
	rc = silence_check(c, &r);
	if (rc == 0)
		*ret = r;
	return rc;
}
