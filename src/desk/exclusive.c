#include "desk/exclusive.h"

struct excluding {
	struct instance *in;
	const struct edition *e;
	const struct figures *f;
	struct band_law *law;
	struct str other; /* an edition whose time overlaps, with bands of the same structure */
	bool seen;        /* one of this very time is there */
};

static bool shows_band(const struct figures *f, struct str structure)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].status == FIGURE_BAND && str_eq(f->v[i].instrument, structure))
			return true;
	return false;
}

/* The bands that b shows of this structure stand in a with the same values. */
static bool same_bands(const struct figures *a, const struct figures *b, struct str structure)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct figure *y = &b->v[i], *was;

		if (y->status != FIGURE_BAND || !str_eq(y->instrument, structure))
			continue;
		was = figure_find(a, "national_security", STR(""), structure, y->metric.p);
		if (was == NULL || !figure_same(was, y))
			return false;
	}
	return true;
}

static int bands_check(struct ctx *c, struct excluding *x, const struct edition *earlier,
    const struct figures *was, const struct band_structure *a)
{
	for (size_t i = 0; i < x->law->n; i++) {
		const struct band_structure *b = &x->law->v[i];
		const char *why;

		if (!shows_band(x->f, b->id))
			continue;
		why = band_conflict(a, earlier->period, b, x->e->period);
		/* repeating the very same disclosure, in a corrected version, discloses nothing */
		if (why == NULL || (a == b && period_eq(earlier->period, x->e->period) &&
				       same_bands(was, x->f, b->id)))
			continue;
		return err_set(c, ERR_CONFLICT, "exclusivity: %.*s against edition %.*s: %s (%.*s)",
		    STR_ARG(b->id), STR_ARG(edition_name(c, earlier)), why, STR_ARG(b->src.cite));
	}
	return 0;
}

static int each_earlier(struct ctx *c, const struct edition *e, void *arg)
{
	struct excluding *x = arg;
	struct figures was;
	int rc = 0;

	if (!e->is_published || period_disjoint(e->period, x->e->period))
		return 0;
	if (period_eq(e->period, x->e->period) && e->version > x->e->version)
		return err_set(c, ERR_CONFLICT, "a later version, %.*s, is published already",
		    STR_ARG(edition_name(c, e)));
	rc = edition_figures(c, x->in, e, &was);
	for (size_t i = 0; i < x->law->n && rc == 0; i++)
		if (shows_band(&was, x->law->v[i].id))
			rc = bands_check(c, x, e, &was, &x->law->v[i]);
	return rc;
}

int exclusive_check(
    struct ctx *c, struct instance *in, const struct edition *e, const struct figures *f)
{
	struct excluding x = {.in = in, .e = e, .f = f};
	int rc = band_builtin(c, &x.law);

	return rc == 0 ? edition_each(c, in, each_earlier, &x) : rc;
}

/* ---- drafts ---- */

static int each_other(struct ctx *c, const struct edition *e, void *arg)
{
	struct excluding *x = arg;
	struct figures was;
	int rc;

	if (period_disjoint(e->period, x->e->period))
		return 0;
	rc = edition_figures(c, x->in, e, &was);
	for (size_t i = 0; i < x->law->n && rc == 0; i++) {
		const struct band_structure *s = &x->law->v[i];

		if (!shows_band(&was, s->id) || !shows_band(x->f, s->id))
			continue;
		if (period_eq(e->period, x->e->period))
			x->seen = true;
		else
			x->other = edition_name(c, e);
	}
	return rc;
}

/* A window that was made before tells nothing new. */
int exclusive_draft(struct ctx *c, struct instance *in, const struct person *actor,
    const struct edition *e, const struct figures *f)
{
	struct excluding x = {.in = in, .e = e, .f = f};
	int rc = band_builtin(c, &x.law);

	if (rc == 0 && !right_has(actor, RIGHT_EDITION_OVERLAP))
		rc = edition_each(c, in, each_other, &x);
	if (rc == 0 && x.other.n > 0 && !x.seen)
		rc = err_set(c, ERR_DENIED,
		    "edition %.*s shows bands for a time that overlaps: windows that move give a "
		    "number away to whoever makes them; a publisher named to the sealed "
		    "compartment makes this one",
		    STR_ARG(x.other));
	return rc;
}
