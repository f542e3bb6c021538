#include "law/names.h"

#include <assert.h>

#include "base/mem.h"

static size_t place(struct str s)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return (size_t)(h ^ (h >> 32));
}

struct law_names names_make(struct ctx *c, size_t n)
{
	size_t size = 16;

	while (size < 2 * n)
		size *= 2;
	return (struct law_names){mem_array(c, size, sizeof(struct law_names_entry)), size - 1};
}

static struct law_names_entry *slot(const struct law_names *t, struct str name)
{
	size_t i = place(name) & t->mask;

	while (t->at[i].name.p != NULL && !str_eq(t->at[i].name, name))
		i = (i + 1) & t->mask;
	return &t->at[i];
}

void names_add(struct law_names *t, struct str name, const void *what, const void *of)
{
	struct law_names_entry *e = slot(t, name);

	assert(name.p != NULL);
	if (e->name.p == NULL)
		*e = (struct law_names_entry){name, what, of};
}

const struct law_names_entry *names_find(const struct law_names *t, struct str name)
{
	const struct law_names_entry *e = slot(t, name);

	return e->name.p == NULL ? NULL : e;
}
