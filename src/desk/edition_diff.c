/* What two editions show differently, and what one of them does not show. */
#include "desk/edition.h"

#include "base/mem.h"

/* ---- comparing ---- */

void edition_diff(
    struct ctx *c, const struct figures *a, const struct figures *b, struct edition_changes *ret)
{
	size_t i = 0, k = 0;

	while (i < a->n || k < b->n) {
		struct edition_change ch = {i < a->n ? &a->v[i] : NULL, k < b->n ? &b->v[k] : NULL};
		int d = ch.a == NULL ? 1 : ch.b == NULL ? -1 : figure_cmp(ch.a, ch.b);

		if (d < 0)
			ch.b = NULL;
		if (d > 0)
			ch.a = NULL;
		i += ch.a != NULL;
		k += ch.b != NULL;
		if (ch.a != NULL && ch.b != NULL && figure_same(ch.a, ch.b))
			continue;
		ret->v = mem_grow(c, ret->v, ret->n, &ret->cap, sizeof *ret->v);
		ret->v[ret->n++] = ch;
	}
}

int edition_absent(struct ctx *c, const struct band_law *law, const struct edition *e,
    const struct figures *f, struct edition_absences *ret)
{
	const struct band_structure **chosen;
	size_t n;
	int rc = band_choose(c, law, e->structure, &chosen, &n);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		for (size_t k = 0; k < chosen[i]->n_categories; k++) {
			const struct band_category *cat = &chosen[i]->categories[k];
			struct edition_absence a = {chosen[i], cat, DAY_NONE};

			if (figure_find(f, "national_security", STR(""), chosen[i]->id,
				str_z(c, cat->id)) != NULL)
				continue;
			if (band_fits(chosen[i], e->period))
				a.not_before = band_earliest(chosen[i], cat, e->period.to);
			ret->v = mem_grow(c, ret->v, ret->n, &ret->cap, sizeof *ret->v);
			ret->v[ret->n++] = a;
		}
	}
	return rc;
}
