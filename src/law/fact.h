/*
 * Facts: what is known about one order and its items, as name = value text. A fact that is absent
 * is not known; nothing is guessed. Set-valued facts hold blank-separated words.
 */
#ifndef WRIT_FACT_H
#define WRIT_FACT_H

#include "kind/day.h"

struct fact {
	struct str name, value;
};

/* A growing list in the arena; start with a zeroed struct. */
struct facts {
	struct fact *v;
	size_t n, cap;
};

/* fact_set(c, f, name, value): sets or replaces; an empty value removes. Both slices are borrowed.
 */
void fact_set(struct ctx *c, struct facts *f, struct str name, struct str value);
/* fact_find(f, name): the value, or a slice with p NULL when the fact is not known. */
struct str fact_find(const struct facts *f, struct str name);

#endif
