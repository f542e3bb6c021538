#include "base/mem.h"

#include <stdalign.h>
#include <sys/mman.h>

enum { FIRST_BLOCK = 4096, MAX_BLOCK = 1 << 20 };

struct block {
	struct block *older;
	size_t used, size;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *top;
};

static struct block *block_make(size_t size, struct block *older)
{
	struct block *b = malloc(sizeof *b + size);

	if (b == NULL)
		abort(); /* out of memory ends the process: see mem.h */
	b->older = older;
	b->used = 0;
	b->size = size;
	return b;
}

struct arena *mem_arena_make(void)
{
	struct arena *a = malloc(sizeof *a);

	if (a == NULL)
		abort();
	a->top = block_make(FIRST_BLOCK, NULL);
	return a;
}

void mem_arena_free(struct arena *a)
{
	struct block *b, *older;

	if (a == NULL)
		return;
	for (b = a->top; b != NULL; b = older) {
		older = b->older;
		free(b);
	}
	free(a);
}

/* n bytes as they are. */
static void *take(struct ctx *c, size_t n)
{
	struct arena *a = c->arena;
	size_t align = alignof(max_align_t), need;
	void *p;

	if (n > SIZE_MAX / 2)
		abort();
	need = (n + align - 1) & ~(align - 1);
	if (a->top->size - a->top->used < need) {
		size_t size = a->top->size * 2;

		if (size > MAX_BLOCK)
			size = MAX_BLOCK;
		if (size < need)
			size = need;
		a->top = block_make(size, a->top);
	}
	p = a->top->bytes + a->top->used;
	a->top->used += need;
	return p;
}

void *mem_alloc(struct ctx *c, size_t n)
{
	return memset(take(c, n), 0, n);
}

void *mem_array(struct ctx *c, size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total))
		abort();
	return mem_alloc(c, total);
}

char *mem_dup(struct ctx *c, const void *p, size_t n)
{
	char *copy = take(c, n + 1);

	if (n > 0)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

void *mem_grow(struct ctx *c, void *p, size_t used, size_t *cap, size_t size)
{
	void *bigger;

	if (used < *cap)
		return p;
	*cap = *cap == 0 ? 8 : *cap * 2;
	bigger = mem_array(c, *cap, size);
	if (used > 0)
		memcpy(bigger, p, used * size);
	return bigger;
}

struct mem_mark mem_mark(struct ctx *c)
{
	return (struct mem_mark){c->arena->top, c->arena->top->used};
}

void mem_reset(struct ctx *c, struct mem_mark m)
{
	while (c->arena->top != m.block) {
		struct block *b = c->arena->top;

		c->arena->top = b->older;
		free(b);
	}
	c->arena->top->used = m.used;
}

struct secret mem_secret_open(size_t n)
{
	struct secret s = {calloc(1, n == 0 ? 1 : n), n};

	if (s.p == NULL)
		abort();
	(void)mlock(s.p, n); /* best effort: an unprivileged limit must not stop the work */
	return s;
}

void mem_secret_close(struct secret *s)
{
	if (s->p == NULL)
		return;
	explicit_bzero(s->p, s->n);
	(void)munlock(s->p, s->n);
	free(s->p);
	s->p = NULL;
	s->n = 0;
}
