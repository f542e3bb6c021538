/*
 * Ids and their numbers: a table that finds a number in one look, for models with tens of thousands
 * of figures. The texts are borrowed. Pure.
 */
#ifndef WRIT_IDS_H
#define WRIT_IDS_H

#include "base/text.h"

struct ids_slot {
	struct str id;
	size_t number;
	bool used;
};

/* All zero: empty. */
struct ids {
	struct ids_slot *slot;
	size_t cap, n;
};

/* ids_put(c, t, id, number): an id that is there already gets this number. */
void ids_put(struct ctx *c, struct ids *t, struct str id, size_t number);
/* ids_find(t, id, ret): false when it is not there. */
bool ids_find(const struct ids *t, struct str id, size_t *ret);

#endif
