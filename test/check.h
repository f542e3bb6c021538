/* What every unit test needs: cmocka, a context, and an assertion on error codes that prints the
 * text. */
#ifndef WRIT_TEST_CHECK_H
#define WRIT_TEST_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/mem.h"
#include "base/text.h"

/* A clock and entropy that do not move: 2026-01-15T12:00:00Z. */
static inline struct ctx *test_ctx(void)
{
	struct ctx *c;

	ctx_open(&c);
	c->fixed_now = 1768478400;
	c->fixed_seed = 1;
	return c;
}

#define assert_ok(c, call)                                                                         \
	do {                                                                                       \
		int rc_ = (call);                                                                  \
		if (rc_ != 0)                                                                      \
			fail_msg("%s = %d: %s", #call, rc_, err_text(c));                          \
	} while (0)
/* The call must fail with this code and a text that has `part` in it; the error is then cleared. */
#define assert_err(c, call, want, part)                                                            \
	do {                                                                                       \
		int rc_ = (call);                                                                  \
		if (rc_ != (want) || strstr(err_text(c), (part)) == NULL)                          \
			fail_msg("%s = %d: %s", #call, rc_, err_text(c));                          \
		err_clear(c);                                                                      \
	} while (0)
#define assert_str(s, z)                                                                           \
	do {                                                                                       \
		struct str s_ = (s);                                                               \
		if (!str_is(s_, (z)))                                                              \
			fail_msg("got \"%.*s\", want \"%s\"", STR_ARG(s_), (z));                   \
	} while (0)

#endif
