#include "audit/ids.h"

#include "base/mem.h"

enum { FIRST = 64 };

/* The slot of an id, or the empty one where it would stand; the table is never full. */
static struct ids_slot *slot_of(const struct ids *t, struct str id)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */
	size_t at;

	for (size_t i = 0; i < id.n; i++)
		h = (h ^ (unsigned char)id.p[i]) * UINT64_C(1099511628211);
	at = (size_t)(h ^ h >> 32) & (t->cap - 1);
	while (t->slot[at].used && !str_eq(t->slot[at].id, id))
		at = (at + 1) & (t->cap - 1);
	return &t->slot[at];
}

static void grow(struct ctx *c, struct ids *t)
{
	struct ids old = *t;

	t->cap = old.cap == 0 ? FIRST : old.cap * 2;
	t->slot = mem_array(c, t->cap, sizeof *t->slot);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slot[i].used)
			*slot_of(t, old.slot[i].id) = old.slot[i];
}

void ids_put(struct ctx *c, struct ids *t, struct str id, size_t number)
{
	struct ids_slot *s;

	if (t->n * 2 >= t->cap)
		grow(c, t);
	s = slot_of(t, id);
	t->n += !s->used;
	*s = (struct ids_slot){id, number, true};
}

bool ids_find(const struct ids *t, struct str id, size_t *ret)
{
	const struct ids_slot *s;

	if (t->cap == 0)
		return false;
	s = slot_of(t, id);
	if (s->used)
		*ret = s->number;
	return s->used;
}
