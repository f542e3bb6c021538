#include "base/plain.h"

#define SEEN "\357\277\275" /* U+FFFD */

static bool between(unsigned long v, unsigned long lo, unsigned long hi)
{
	return v >= lo && v <= hi;
}

static bool harms(unsigned long v)
{
	return v < 0x20 || between(v, 0x7f, 0x9f) || v == 0x61c || between(v, 0x200e, 0x200f) ||
	       between(v, 0x2028, 0x202e) || between(v, 0x2066, 0x2069);
}

/* The character at this place; its bytes, 0 where they are no UTF-8. */
static size_t read_one(struct str s, size_t at, unsigned long *ret)
{
	unsigned char first = (unsigned char)s.p[at];
	size_t n = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	struct str one = {s.p + at, n};

	*ret = first;
	if (n > s.n - at || str_utf8_bad(one) != n)
		return 0;
	if (n > 1)
		*ret = first & (0x7fu >> n);
	for (size_t i = 1; i < n; i++)
		*ret = *ret << 6 | ((unsigned char)s.p[at + i] & 0x3f);
	return n;
}

size_t plain_next(struct str s, size_t at, bool *ret_harms)
{
	unsigned long v;
	size_t n = read_one(s, at, &v);

	*ret_harms = n == 0 || harms(v);
	return n == 0 ? 1 : n;
}

static void put(struct buf *b, struct str s, bool lines)
{
	bool bad;
	size_t n;

	for (size_t i = 0; i < s.n; i += n) {
		n = plain_next(s, i, &bad);
		if (bad && !(lines && (s.p[i] == '\n' || s.p[i] == '\t')))
			buf_puts(b, SEEN);
		else
			buf_put(b, (struct str){s.p + i, n});
	}
}

void plain_put(struct buf *b, struct str s)
{
	put(b, s, false);
}

struct str plain_text(struct ctx *c, struct str s)
{
	struct buf b = buf_init(c, 3 * s.n + 1);

	put(&b, s, false);
	return buf_str(&b);
}

struct str plain_lines(struct ctx *c, struct str s)
{
	struct buf b = buf_init(c, 3 * s.n + 1);

	put(&b, s, true);
	return buf_str(&b);
}

void plain_json(struct buf *b, struct str json)
{
	for (size_t i = 0; i < json.n;) {
		unsigned long v;
		size_t n = read_one(json, i, &v);

		if (n == 0 || json.p[i] == '\n' || json.p[i] == '\t' || !harms(v)) {
			n = n == 0 ? 1 : n;
			buf_put(b, (struct str){json.p + i, n});
		} else {
			buf_fmt(b, "\\u%04lx", v);
		}
		i += n;
	}
}
