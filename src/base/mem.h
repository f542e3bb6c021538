/*
 * Arena memory: allocation is a bump, release is all at once. Out of memory ends the process
 * (the transaction rolls back), so no allocation returns NULL. What outsiders can make large is
 * checked first against a named limit (ERR_LIMIT).
 *
 * Loops over many rows take a mark before and reset to it after each round.
 */
#ifndef WRIT_MEM_H
#define WRIT_MEM_H

#include "base/ctx.h"

struct mem_mark {
	void *block;
	size_t used;
};

/* mem_arena_make(): an empty arena. */
struct arena *mem_arena_make(void);
/* mem_arena_free(a): frees all blocks. Accepts NULL. */
void mem_arena_free(struct arena *a);

/* mem_alloc(c, n): n zeroed bytes, aligned for any type, living as long as c. n may be 0. */
void *mem_alloc(struct ctx *c, size_t n) __attribute__((malloc, returns_nonnull));
/* mem_array(c, n, size): n * size zeroed bytes; ends the process on overflow. */
void *mem_array(struct ctx *c, size_t n, size_t size) __attribute__((malloc, returns_nonnull));
/* mem_dup(c, p, n): a copy of n bytes with a NUL after them. */
char *mem_dup(struct ctx *c, const void *p, size_t n) __attribute__((returns_nonnull));
/* mem_grow(c, p, used, cap, size): an array for at least used + 1 elements: p itself while
 * used < *cap, else a doubled copy with *cap updated. */
void *mem_grow(struct ctx *c, void *p, size_t used, size_t *cap, size_t size);

/* mem_mark(c) / mem_reset(c, m): everything allocated after the mark is given back. */
struct mem_mark mem_mark(struct ctx *c);
void mem_reset(struct ctx *c, struct mem_mark m);

/* A secret lives outside arenas, is wiped on close, never printed. */
struct secret {
	unsigned char *p;
	size_t n;
};
/* mem_secret_open(n): n zeroed bytes in locked memory where the system allows it. */
struct secret mem_secret_open(size_t n);
/* mem_secret_close(s): wipes and frees. */
void mem_secret_close(struct secret *s);

#endif
