/*
 * What every fuzz target needs. A target is one file FOLDER_NAME.c with the function fuzz_one; it
 * links its folder and the layers below, as a unit test does. libFuzzer searches it (`./dev fuzz`),
 * and with replay.c its seeds are tried again in every `./dev check`.
 *
 * A target claims more than "no crash": fuzz_must ends the process with the property that broke.
 * Clock and entropy are fixed, so that the bytes alone decide what happens.
 */
#ifndef WRIT_TEST_FUZZ_H
#define WRIT_TEST_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* A word that no message of Writ has: where it was put into the input it must not come out in an
 * error text. */
#define FUZZ_CANARY "QZXJKVQ"

/* The target: any bytes, in a fresh context. Returns when every property holds. */
static void fuzz_one(struct ctx *c, struct str in);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct ctx *c;

	ctx_open(&c);
	c->fixed_now = 1768478400;
	c->fixed_seed = 1;
	fuzz_one(c, (struct str){(const char *)p, n});
	ctx_close(&c);
	return 0;
}

static inline void fuzz_must(bool holds, const char *property)
{
	if (holds)
		return;
	(void)fprintf(stderr, "fuzz: does not hold: %s\n", property);
	abort();
}

/* After a refusal: a known code and a text of one line that people can read. Not cleared. */
static inline void fuzz_refused(const struct ctx *c, int rc)
{
	struct str text = str_of(err_text(c));

	fuzz_must(rc <= ERR_FAIL && rc >= ERR_LIMIT, "a refusal has one of the codes");
	fuzz_must(text.n > 0, "a refusal says why");
	fuzz_must(str_utf8_bad(text) == text.n, "an error text is UTF-8");
	for (size_t i = 0; i < text.n; i++)
		fuzz_must((unsigned char)text.p[i] >= 32 && text.p[i] != 127,
		    "an error text has no control characters");
}

static inline bool fuzz_number(struct str *s)
{
	size_t n = 0;

	if (str_starts(*s, "0"))
		return false;
	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	*s = (struct str){s->p + n, s->n - n};
	return n > 0 && str_starts(*s, ":") && (s->p++, s->n--, true);
}

/* As fuzz_refused, and the text begins with "FILE:LINE:COL: ". */
static inline void fuzz_refused_at(const struct ctx *c, int rc, const char *file)
{
	struct str text = str_of(err_text(c));
	size_t n = strlen(file);

	fuzz_refused(c, rc);
	fuzz_must(str_starts(text, file), "the text begins with the file's name");
	text = (struct str){text.p + n, text.n - n};
	fuzz_must(str_starts(text, ":") && (text.p++, text.n--, true) && fuzz_number(&text) &&
		      fuzz_number(&text),
	    "the text names line and column");
}

/* The input with the canary at a place that its own bytes choose. */
static inline struct str fuzz_canary(struct ctx *c, struct str in)
{
	struct buf b = buf_init(c, in.n + sizeof FUZZ_CANARY);
	size_t at = in.n;

	for (size_t i = 0; i < in.n; i++)
		at = at * 31 + (unsigned char)in.p[i];
	at %= in.n + 1;

	buf_put(&b, (struct str){in.p, at});
	buf_puts(&b, FUZZ_CANARY);
	buf_put(&b, (struct str){in.p + at, in.n - at});
	return buf_str(&b);
}

static inline void fuzz_no_canary(const struct ctx *c)
{
	fuzz_must(
	    strstr(err_text(c), FUZZ_CANARY) == NULL, "an error text does not repeat the input");
}

/* ---- taking the input apart: what it does not have is 0 or empty ---- */

static inline unsigned fuzz_byte(struct str *in)
{
	unsigned v = 0;

	if (in->n > 0) {
		v = (unsigned char)*in->p;
		in->p++;
		in->n--;
	}
	return v;
}

static inline uint64_t fuzz_u64(struct str *in, unsigned bytes)
{
	uint64_t v = 0;

	while (bytes-- > 0)
		v = v << 8 | fuzz_byte(in);
	return v;
}

/* The text up to a line "%%", or all that is left. */
static inline struct str fuzz_part(struct str *in)
{
	static const char line[] = "\n%%\n";
	const char *end = in->n == 0 ? NULL : memmem(in->p, in->n, line, sizeof line - 1);
	size_t n = in->n, skip = 0;
	struct str part;

	if (str_starts(*in, line + 1))
		n = 0;
	else if (end != NULL)
		n = (size_t)(end - in->p) + 1;
	if (n < in->n)
		skip = sizeof line - 2;
	part = (struct str){in->p, n};
	*in = (struct str){in->p + n + skip, in->n - n - skip};
	return part;
}

#endif
