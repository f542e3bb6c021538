/*
 * A table to find things by their name, built once: open addressing over FNV-1a (Fowler, Noll, Vo).
 * Names are borrowed. Of two things with one name the first is found. Pure.
 */
#ifndef WRIT_NAMES_H
#define WRIT_NAMES_H

#include "base/text.h"

struct law_names_entry {
	struct str name; /* p NULL: free */
	const void *what, *of;
};

struct law_names {
	struct law_names_entry *at; /* NULL until names_make */
	size_t mask;
};

/* names_make(c, n): room for n names. names_add(t, name, what, of): at most n times. */
struct law_names names_make(struct ctx *c, size_t n);
void names_add(struct law_names *t, struct str name, const void *what, const void *of);
/* names_find(t, name): NULL when there is none. */
const struct law_names_entry *names_find(const struct law_names *t, struct str name);

#endif
