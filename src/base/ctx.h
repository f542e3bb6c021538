/*
 * The work context: every piece of work (a command, a request, a test) runs in one
 * `struct ctx` = arena + error + clock + entropy. Functions take it first.
 *
 * Error rule: what can fail returns int, 0 or a negative code below, and is marked
 * MUST_CHECK. The text is recorded once, where first seen, with err_set; a caller passes
 * the code on, or adds what it was doing with err_while ("import x.csv: line 3: ...").
 * Error texts never carry personal data.
 *
 * Time and entropy come only from here, so that tests and the demo can fix the day.
 */
#ifndef WRIT_CTX_H
#define WRIT_CTX_H

#include <stddef.h>
#include <stdint.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

enum {
	ERR_FAIL = -1,     /* anything a caller has no use in telling apart */
	ERR_NOTFOUND = -2, /* the thing named does not exist */
	ERR_CONFLICT = -3, /* somebody changed it meanwhile, or it exists already */
	ERR_DENIED = -4,   /* a right or a gate refuses */
	ERR_INVALID = -5,  /* the input is wrong; the text names the place */
	ERR_LIMIT = -6     /* the input is larger than a named limit */
};

struct arena;

struct err {
	int code; /* 0 while nothing is recorded */
	char text[1024];
};

struct ctx {
	struct arena *arena;
	struct err err;
	/* Seconds since 1970-01-01T00:00:00Z; fixed_now < 0 means the system clock. */
	int64_t fixed_now;
	/* Errors in another language than English: what to print in place of a text of err_set and
	 * err_while, with the same conversions in the same order or by number ("%2$s"); the text
	 * itself where there is nothing else. NULL: English. */
	const char *(*say)(const char *text) __attribute__((format_arg(1)));
	/* Non-zero: entropy is a counter-seeded stream, reproducible. Tests only. */
	uint64_t fixed_seed;
	/* Read-ahead of kernel entropy: a ledger row needs 40 bytes, and a system call for each
	 * would be the larger cost. Each byte is handed out once and wiped. */
	unsigned char pool[1024];
	size_t pool_left;
};

/* ctx_open(ret): a fresh context with the system clock and kernel entropy. Ends the process when
 * memory is out. */
void ctx_open(struct ctx **ret);
/* ctx_close(c): frees everything made in it and sets *c to NULL. Accepts NULL. */
void ctx_close(struct ctx **c);

/* ctx_now(c): the instant of this work in seconds since the epoch (UTC). */
int64_t ctx_now(const struct ctx *c);
/* ctx_random(c, p, n): fills p with n unpredictable bytes. Ends the process if the kernel refuses.
 */
void ctx_random(struct ctx *c, void *p, size_t n);

/* err_set(c, code, fmt, ...): records the text and returns code. The first text wins until
 * err_clear. */
int err_set(struct ctx *c, int code, const char *fmt, ...) PRINTF_LIKE(3, 4) MUST_CHECK;
/* err_while(c, code, fmt, ...): puts "fmt: " in front of the recorded text; returns code. */
int err_while(struct ctx *c, int code, const char *fmt, ...) PRINTF_LIKE(3, 4) MUST_CHECK;
/* ERR_TEXT("text"): a text that stands in another one of err_set or err_while, in a table for
 * example; err_word(c, text): it in the language of the errors. Words of ours ("in_review") too. */
#define ERR_TEXT(lit) lit
const char *err_word(const struct ctx *c, const char *text) __attribute__((format_arg(2)));
/* err_clear(c): forgets the recorded error: the caller has dealt with it. */
void err_clear(struct ctx *c);
/* err_text(c): the recorded text, "" while there is none. */
const char *err_text(const struct ctx *c);
/* err_exit_code(code): the exit status of a command for a code: 0, 1 fail, 3 not found,
 * 4 conflict, 5 denied, 65 invalid data, 66 limit. */
int err_exit_code(int code);

#endif
