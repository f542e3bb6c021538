#include "law/fact.h"

#include "base/mem.h"

static void fact_drop(struct facts *f, size_t at)
{
	memmove(&f->v[at], &f->v[at + 1], (f->n - at - 1) * sizeof f->v[0]);
	f->n--;
}

void fact_set(struct ctx *c, struct facts *f, struct str name, struct str value)
{
	size_t i = 0;

	value = str_trim(value); /* blanks alone say nothing: an answer of blanks is not known */
	while (i < f->n && !str_eq(f->v[i].name, name))
		i++;
	if (i < f->n && value.n == 0) {
		fact_drop(f, i);
		return;
	}
	if (value.n == 0)
		return;
	if (i == f->n) {
		f->v = mem_grow(c, f->v, f->n, &f->cap, sizeof f->v[0]);
		f->n++;
	}
	f->v[i] = (struct fact){name, value};
}

struct str fact_find(const struct facts *f, struct str name)
{
	/* names share their heads ("order.", "issuer."): their ends tell them apart at once */
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].name.n == name.n && name.n > 0 &&
		    f->v[i].name.p[name.n - 1] == name.p[name.n - 1] && str_eq(f->v[i].name, name))
			return f->v[i].value;
	return (struct str){NULL, 0};
}
