#include "desk/scope.h"

#include "base/mem.h"

static void add(struct ctx *c, struct scope *s, struct scope_rule rule)
{
	/* one cell, one word: the first that was said */
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->v[i].country, rule.country) && str_eq(s->v[i].class, rule.class)) {
			if (rule.place == SCOPE_BARRED)
				s->v[i].place = SCOPE_BARRED;
			return;
		}
	s->v = mem_grow(c, s->v, s->n, &s->cap, sizeof *s->v);
	s->v[s->n++] = rule;
}

struct scope scope_make(struct ctx *c, const struct band_structure **structures, size_t n,
    const struct permissions *all, struct instant at)
{
	struct scope s = {0};

	for (size_t i = 0; i < n; i++)
		if (structures[i]->combined)
			add(c, &s,
			    (struct scope_rule){structures[i]->jurisdiction, STR(""),
				SCOPE_COMBINED, FIGURE_PROHIBITED});
	for (size_t i = 0; i < all->n; i++) {
		const struct permission *p = &all->v[i];
		struct scope_rule rule = {p->subject, p->class, SCOPE_BARRED, FIGURE_PROHIBITED};

		if (permission_bars(p, &rule.shown) && permission_holds(p, at))
			add(c, &s, rule);
	}
	return s;
}

enum scope_place scope_place(const struct scope *s, struct str country, struct str class)
{
	enum scope_place place = SCOPE_EXACT;

	for (size_t i = 0; i < s->n; i++) {
		const struct scope_rule *r = &s->v[i];

		if (str_eq(r->country, country) && (r->class.n == 0 || str_eq(r->class, class)) &&
		    r->place > place)
			place = r->place;
	}
	return place;
}

/* A country with a word of its own needs none for a class. */
static bool whole(const struct scope *s, struct str country)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->v[i].country, country) && s->v[i].class.n == 0)
			return true;
	return false;
}

void scope_figures(struct ctx *c, const struct scope *s, struct figures *f)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct scope_rule *r = &s->v[i];
		const char *section = r->class.n == 0 ? "country" : "country_class";

		if (r->class.n > 0 && whole(s, r->country))
			continue;
		figure_add_word(
		    c, f, section, r->country, r->class, "requests", "requests", r->shown);
		figure_add_word(
		    c, f, section, r->country, r->class, "accounts", "accounts", r->shown);
	}
}
