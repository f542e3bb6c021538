#include "desk/asks.h"

#include "law/limit.h"

static void ask_limits(
    struct ctx *c, const struct limit_law *law, const struct figure *x, struct breaches *ret)
{
	bool country = str_is(x->section, "country");

	if (x->status != FIGURE_EXACT || !str_is(x->metric, "requests") ||
	    (!country && !str_is(x->section, "country_class")))
		return;
	for (size_t i = 0; i < law->n; i++) {
		const struct limit *l = &law->v[i];

		if (limit_asks(l, x->country, country ? STR("") : x->instrument, x->value_min))
			invariant_ask(c, ret, figure_name(c, x), "limit", l->src.cite,
			    "%.*s; counsel decides, and records what holds (writ permission "
			    "record)",
			    STR_ARG(l->en));
	}
}

/* Imported demands have no class of their own: some may be of one that is barred. */
static void ask_imports(
    struct ctx *c, const struct figures *f, const struct figure *x, struct breaches *ret)
{
	if (!str_is(x->section, "country_class") || !str_is(x->metric, "requests") ||
	    !figure_withheld(x) ||
	    figure_number(f, "country_class", x->country, STR("other"), "requests") == 0)
		return;
	for (size_t i = 0; i < f->n; i++)
		if (str_is(f->v[i].section, "imported") && str_eq(f->v[i].country, x->country)) {
			invariant_ask(c, ret, figure_name(c, x), "imported", STR("SPEC.md 5.3"),
			    "imported demands of the country stand in class other, and some may be "
			    "of this class: counsel decides whether the whole country is barred");
			return;
		}
}

struct first_band {
	const struct edition *e;
	struct instance *in;
	bool other; /* an edition of an earlier time is out */
	bool shown; /* one of them has a band */
};

static bool has_band(const struct figures *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].status == FIGURE_BAND)
			return true;
	return false;
}

static int look_back(struct ctx *c, const struct edition *e, void *arg)
{
	struct first_band *b = arg;
	struct figures f;
	int rc;

	if (!e->is_published || e->id == b->e->id || b->shown ||
	    day_cmp(e->period.to, b->e->period.from) >= 0)
		return 0;
	b->other = true;
	rc = edition_figures(c, b->in, e, &f);
	b->shown = rc == 0 && has_band(&f);
	return rc;
}

int asks_check(struct ctx *c, struct instance *in, const struct edition *e, const struct figures *f,
    struct breaches *ret)
{
	struct first_band b = {.e = e, .in = in};
	struct limit_law law;
	int rc = limit_builtin(c, &law);

	for (size_t i = 0; rc == 0 && i < f->n; i++) {
		ask_limits(c, &law, &f->v[i], ret);
		ask_imports(c, f, &f->v[i], ret);
	}
	if (rc == 0 && has_band(f))
		rc = edition_each(c, in, look_back, &b);
	if (rc == 0 && b.other && !b.shown)
		invariant_ask(c, ret, STR("national_security"), "first_band", STR("SPEC.md 5.3"),
		    "no edition before shows a band: a reader may take the first for a sign; say "
		    "in the statement that bands stand in every edition from now on");
	return rc;
}
