#include "base/ctx.h"

#include <errno.h>
#include <stdarg.h>
#include <sys/random.h>

#include "base/mem.h"

void ctx_open(struct ctx **ret)
{
	struct arena *a = mem_arena_make();
	struct ctx boot = {.arena = a, .fixed_now = -1};
	struct ctx *c = mem_alloc(&boot, sizeof *c);

	*c = boot;
	*ret = c;
}

void ctx_close(struct ctx **c)
{
	struct ctx *gone = *c;

	if (gone == NULL)
		return;
	*c = NULL;
	mem_arena_free(gone->arena); /* the context itself lives in its arena */
}

int64_t ctx_now(const struct ctx *c)
{
	struct timespec ts;

	if (c->fixed_now >= 0)
		return c->fixed_now;
	if (clock_gettime(CLOCK_REALTIME, &ts) != 0)
		abort();
	return (int64_t)ts.tv_sec;
}

/* SplitMix64 (Steele, Lea, Flood 2014): reproducible filler for tests, never for keys. */
static uint64_t seeded_next(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static void pool_fill(struct ctx *c)
{
	size_t done = 0;

	while (done < sizeof c->pool) {
		ssize_t got = getrandom(c->pool + done, sizeof c->pool - done, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			abort();
		done += (size_t)got;
	}
	c->pool_left = sizeof c->pool;
}

static void kernel_random(struct ctx *c, unsigned char *out, size_t n)
{
	while (n > 0) {
		size_t take = n;
		unsigned char *from;

		if (c->pool_left == 0)
			pool_fill(c);
		if (take > c->pool_left)
			take = c->pool_left;
		from = c->pool + (sizeof c->pool - c->pool_left);
		memcpy(out, from, take);
		explicit_bzero(from, take);
		c->pool_left -= take;
		out += take;
		n -= take;
	}
}

void ctx_random(struct ctx *c, void *p, size_t n)
{
	unsigned char *out = p;

	if (c->fixed_seed == 0) {
		kernel_random(c, out, n);
		return;
	}
	for (size_t i = 0; i < n; i += 8) {
		uint64_t v = seeded_next(&c->fixed_seed);

		memcpy(out + i, &v, n - i < 8 ? n - i : 8);
	}
}

int err_set(struct ctx *c, int code, const char *fmt, ...)
{
	va_list ap;

	if (c->err.code != 0)
		return code;
	c->err.code = code;
	va_start(ap, fmt);
	(void)vsnprintf(c->err.text, sizeof c->err.text, c->say == NULL ? fmt : c->say(fmt), ap);
	va_end(ap);
	return code;
}

int err_while(struct ctx *c, int code, const char *fmt, ...)
{
	char head[256], old[sizeof c->err.text];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(head, sizeof head, c->say == NULL ? fmt : c->say(fmt), ap);
	va_end(ap);
	memcpy(old, c->err.text, sizeof old);
	if (c->err.code == 0)
		c->err.code = code;
	(void)snprintf(c->err.text, sizeof c->err.text, "%s: %.*s", head,
	    (int)(sizeof old - sizeof head - 3), old);
	return code;
}

const char *err_word(const struct ctx *c, const char *text)
{
	return c->say == NULL ? text : c->say(text);
}

void err_clear(struct ctx *c)
{
	c->err.code = 0;
	c->err.text[0] = '\0';
}

const char *err_text(const struct ctx *c)
{
	return c->err.text;
}

int err_exit_code(int code)
{
	switch (code) {
	case 0:
		return 0;
	case ERR_NOTFOUND:
		return 3;
	case ERR_CONFLICT:
		return 4;
	case ERR_DENIED:
		return 5;
	case ERR_INVALID:
		return 65;
	case ERR_LIMIT:
		return 66;
	default:
		return 1;
	}
}
