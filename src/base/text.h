/*
 * Text as slices and bounded buffers.
 *
 * `struct str` borrows bytes; it is not NUL-terminated unless a function says so.
 * `struct buf` grows in the arena up to a hard limit; overflow is remembered and asked once,
 * at buf_end(). All text is UTF-8.
 */
#ifndef WRIT_TEXT_H
#define WRIT_TEXT_H

#include <stdbool.h>
#include <string.h>

#include "base/ctx.h"

struct str {
	const char *p;
	size_t n;
};

/* STR("literal"), and for printf: "%.*s" with STR_ARG(s). */
#define STR(lit) ((struct str){("" lit), sizeof(lit) - 1})
#define STR_ARG(s) (int)(s).n, (s).p

/* str_of(z): slice of a NUL-terminated string; NULL gives the empty slice. */
static inline struct str str_of(const char *z)
{
	return z == NULL ? (struct str){"", 0} : (struct str){z, strlen(z)};
}
/* str_make(c, s): a NUL-terminated copy in the arena. */
struct str str_make(struct ctx *c, struct str s);
/* str_z(c, s): as str_make, the pointer alone. */
const char *str_z(struct ctx *c, struct str s);
/* str_fmt(c, fmt, ...): formatted text in the arena, NUL-terminated. */
struct str str_fmt(struct ctx *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
bool str_eq(struct str a, struct str b);
/* str_eq_secret(secret, guess): the same, in a time that says nothing of where they differ; an
 * empty secret equals nothing. */
bool str_eq_secret(struct str secret, struct str guess);
/* str_is(s, z): equals the NUL-terminated z. */
bool str_is(struct str s, const char *z);
/* str_is_nocase(s, z): as str_is, ASCII letters compared without case. */
bool str_is_nocase(struct str s, const char *z);
/* str_cmp(a, b): byte order, <0 0 >0. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, const char *prefix);
bool str_ends(struct str s, const char *suffix);
/* str_has(s, byte): the byte occurs. */
bool str_has(struct str s, char byte);
/* str_trim(s): without ASCII white space at both ends. */
struct str str_trim(struct str s);
/* str_cut(s, sep, ret_head, ret_tail): splits at the first sep byte; false (head = s, tail empty)
 * when there is none. */
bool str_cut(struct str s, char sep, struct str *ret_head, struct str *ret_tail);
/* str_word(rest, ret): takes the next blank-separated word off *rest; false at the end. */
bool str_word(struct str *rest, struct str *ret);
/* str_lower(c, s): ASCII lower case copy. */
struct str str_lower(struct ctx *c, struct str s);
/* str_has_fold(s, part): part occurs in s, letters of ASCII in either case; part "" does not. */
bool str_has_fold(struct str s, struct str part);
/* str_has_word(list, word): word is one of the blank-separated words of list. */
bool str_has_word(struct str list, struct str word);

/* str_i64(s, ret): a whole decimal number with optional '-', nothing else; false otherwise or on
 * overflow. */
bool str_i64(struct str s, int64_t *ret) MUST_CHECK;
/* str_utf8_bad(s): byte offset of the first byte that is not valid UTF-8 (RFC 3629: no surrogates,
 * no overlongs), or s.n when all is valid. */
size_t str_utf8_bad(struct str s);

struct buf {
	struct ctx *c;
	char *p;
	size_t n, cap, limit;
	bool over;
};

/* buf_init(c, limit): an empty buffer that will never hold more than limit bytes. */
struct buf buf_init(struct ctx *c, size_t limit);
void buf_put(struct buf *b, struct str s);
void buf_puts(struct buf *b, const char *z);
void buf_putc(struct buf *b, char ch);
void buf_fmt(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* buf_i64(b, v): decimal. */
void buf_i64(struct buf *b, int64_t v);
/* buf_hex(b, p, n): lower-case hex. */
void buf_hex(struct buf *b, const void *p, size_t n);
/* buf_str(b): what is in it now, NUL-terminated. */
struct str buf_str(struct buf *b);
/* buf_end(b, what, ret): the text; ERR_LIMIT naming `what` if it did not fit. */
int buf_end(struct buf *b, const char *what, struct str *ret) MUST_CHECK;

/* text_hex(c, p, n): lower-case hex text. */
struct str text_hex(struct ctx *c, const void *p, size_t n);
/* text_unhex(s, out, n): exactly 2n hex digits into n bytes; false otherwise. */
bool text_unhex(struct str s, void *out, size_t n) MUST_CHECK;
/* text_base64(c, p, n): standard base64 with padding (RFC 4648 section 4). */
struct str text_base64(struct ctx *c, const void *p, size_t n);
/* text_unbase64(c, s, ret): strict standard base64; false on any stray byte or wrong padding. */
bool text_unbase64(struct ctx *c, struct str s, struct str *ret) MUST_CHECK;
/* text_base64url / text_unbase64url: the same in the alphabet for addresses, without padding (RFC
 * 4648 section 5). */
struct str text_base64url(struct ctx *c, const void *p, size_t n);
bool text_unbase64url(struct ctx *c, struct str s, struct str *ret) MUST_CHECK;

#endif
