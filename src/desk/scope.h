/*
 * Which demands leave the exact figures though their own instrument would let them in: all of a
 * country whose structure counts everything in one number (band_structure.combined), and those that
 * counsel barred (permission.h). The country stays in the table, with a word in place of numbers.
 *
 * It depends on the choice of structures and on what counsel recorded, never on the demands.
 */
#ifndef WRIT_SCOPE_H
#define WRIT_SCOPE_H

#include "desk/permission.h"

enum scope_place {
	SCOPE_EXACT,
	SCOPE_COMBINED, /* counted in one number with all others of the country */
	SCOPE_BARRED    /* in no number at all */
};

struct scope_rule {
	struct str country, class; /* class "": every demand of the country */
	enum scope_place place;
	enum figure_status shown;
};

struct scope {
	struct scope_rule *v;
	size_t n, cap;
};

/* scope_make(c, structures, n, all, at): what holds at that instant. */
struct scope scope_make(struct ctx *c, const struct band_structure **structures, size_t n,
    const struct permissions *all, struct instant at);
/* scope_place(s, country, class): a bar wins over a combined number. */
enum scope_place scope_place(const struct scope *s, struct str country, struct str class);
/* scope_figures(c, s, f): the cells that show a word: requests and accounts of the country, or of
 * the class of its demands. */
void scope_figures(struct ctx *c, const struct scope *s, struct figures *f);

#endif
