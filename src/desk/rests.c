#include "desk/rests.h"

#include "base/mem.h"

/* "2012H2/US-COMB-2013/accounts": a number of a time that e touches. */
static bool near(struct ctx *c, struct str band, const struct edition *e)
{
	struct str period, rest;
	struct period p;

	(void)str_cut(band, '/', &period, &rest);
	if (period_parse(c, period, &p) != 0) {
		err_clear(c);
		return false;
	}
	return !period_disjoint(p, e->period);
}

static bool shows_bar(struct ctx *c, const struct permission *p, const struct figures *f)
{
	const char *section = p->class.n == 0 ? "country" : "country_class";
	const struct figure *x =
	    figure_find(f, section, p->subject, str_make(c, p->class), "requests");
	enum figure_status word;

	return x != NULL && permission_bars(p, &word) && x->status == word;
}

static bool concerns(
    struct ctx *c, const struct permission *p, const struct edition *e, const struct figures *f)
{
	switch (p->kind) {
	case PERMISSION_STRUCTURE:
		return str_has_word(e->structure, p->subject);
	case PERMISSION_NARROWING:
	case PERMISSION_RELEASED:
		return near(c, p->subject, e);
	case PERMISSION_PROHIBITED:
	case PERMISSION_NOT_COUNTABLE:
		return shows_bar(c, p, f);
	case PERMISSION_KINDS:
		break;
	}
	return false;
}

void rests_find(struct ctx *c, const struct permissions *all, const struct edition *e,
    const struct figures *f, struct instant at, struct permissions *ret)
{
	*ret = (struct permissions){0};
	for (size_t i = 0; i < all->n; i++) {
		if (!permission_holds(&all->v[i], at) || !concerns(c, &all->v[i], e, f))
			continue;
		ret->v = mem_grow(c, ret->v, ret->n, &ret->cap, sizeof *ret->v);
		ret->v[ret->n++] = all->v[i];
	}
}

int rests_permissions(
    struct ctx *c, struct instance *in, const struct edition *e, struct permissions *ret)
{
	size_t n = 0;
	int rc = permission_all(c, in, ret);

	for (size_t i = 0; rc == 0 && i < ret->n; i++) {
		struct permission p = ret->v[i];
		bool later = e->is_published && p.entry > e->entry;

		if (later && p.ender == 0)
			continue;
		if (later) {
			p.ended = INSTANT_NONE;
			p.ender = 0;
		}
		ret->v[n++] = p;
	}
	if (rc == 0)
		ret->n = n;
	return rc;
}

int rests_load(struct ctx *c, struct instance *in, const struct edition *e, const struct figures *f,
    struct permissions *ret)
{
	struct instant at = e->is_published ? e->published_at : (struct instant){ctx_now(c)};
	struct permissions all;
	int rc = rests_permissions(c, in, e, &all);

	if (rc == 0)
		rests_find(c, &all, e, f, at, ret);
	return rc;
}
