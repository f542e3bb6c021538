#include "base/text.h"

#include <stdarg.h>

#include "base/mem.h"

static char lower(char ch)
{
	return ch >= 'A' && ch <= 'Z' ? (char)(ch - 'A' + 'a') : ch;
}

static bool blank(char ch)
{
	return ch == ' ' || ch == '\t' || ch == '\r' || ch == '\n';
}

struct str str_make(struct ctx *c, struct str s)
{
	return (struct str){mem_dup(c, s.p, s.n), s.n};
}

const char *str_z(struct ctx *c, struct str s)
{
	return mem_dup(c, s.p, s.n);
}

static PRINTF_LIKE(2, 0) struct str str_vfmt(struct ctx *c, const char *fmt, va_list ap)
{
	char small[256], *p;
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof small, fmt, again);
	va_end(again);
	if (n < 0)
		abort(); /* only a bad format can do this */
	if ((size_t)n < sizeof small)
		return str_make(c, (struct str){small, (size_t)n});
	p = mem_alloc(c, (size_t)n + 1);
	(void)vsnprintf(p, (size_t)n + 1, fmt, ap);
	return (struct str){p, (size_t)n};
}

struct str str_fmt(struct ctx *c, const char *fmt, ...)
{
	struct str s;
	va_list ap;

	va_start(ap, fmt);
	s = str_vfmt(c, fmt, ap);
	va_end(ap);
	return s;
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_eq_secret(struct str secret, struct str guess)
{
	unsigned char differs = secret.n != guess.n || secret.n == 0;

	for (size_t i = 0; i < secret.n; i++)
		differs |= (unsigned char)(secret.p[i] ^ (i < guess.n ? guess.p[i] : 0));
	return differs == 0;
}

bool str_is(struct str s, const char *z)
{
	return str_eq(s, str_of(z));
}

bool str_is_nocase(struct str s, const char *z)
{
	if (strlen(z) != s.n)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (lower(s.p[i]) != lower(z[i]))
			return false;
	return true;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int d = n == 0 ? 0 : memcmp(a.p, b.p, n);

	return d != 0 ? d : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.n >= n && memcmp(s.p, prefix, n) == 0;
}

bool str_ends(struct str s, const char *suffix)
{
	size_t n = strlen(suffix);

	return s.n >= n && memcmp(s.p + s.n - n, suffix, n) == 0;
}

bool str_has(struct str s, char byte)
{
	return s.n > 0 && memchr(s.p, byte, s.n) != NULL;
}

struct str str_trim(struct str s)
{
	while (s.n > 0 && blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool str_cut(struct str s, char sep, struct str *ret_head, struct str *ret_tail)
{
	const char *at = s.n > 0 ? memchr(s.p, sep, s.n) : NULL;
	size_t head;

	if (at == NULL) {
		*ret_head = s;
		*ret_tail = (struct str){s.p + s.n, 0};
		return false;
	}
	head = (size_t)(at - s.p);
	*ret_head = (struct str){s.p, head};
	*ret_tail = (struct str){at + 1, s.n - head - 1};
	return true;
}

bool str_word(struct str *rest, struct str *ret)
{
	struct str s = str_trim(*rest);
	size_t n = 0;

	if (s.n == 0)
		return false;
	while (n < s.n && !blank(s.p[n]))
		n++;
	*ret = (struct str){s.p, n};
	*rest = (struct str){s.p + n, s.n - n};
	return true;
}

struct str str_lower(struct ctx *c, struct str s)
{
	char *p = mem_dup(c, s.p, s.n);

	for (size_t i = 0; i < s.n; i++)
		p[i] = lower(p[i]);
	return (struct str){p, s.n};
}

static bool fold_eq(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char x = (unsigned char)a[i], y = (unsigned char)b[i];

		x = x >= 'A' && x <= 'Z' ? (unsigned char)(x + 32) : x;
		y = y >= 'A' && y <= 'Z' ? (unsigned char)(y + 32) : y;
		if (x != y)
			return false;
	}
	return true;
}

bool str_has_fold(struct str s, struct str part)
{
	for (size_t i = 0; part.n > 0 && i + part.n <= s.n; i++)
		if (fold_eq(s.p + i, part.p, part.n))
			return true;
	return false;
}

bool str_has_word(struct str list, struct str word)
{
	struct str w;

	while (str_word(&list, &w))
		if (str_eq(w, word))
			return true;
	return false;
}

bool str_i64(struct str s, int64_t *ret)
{
	bool neg = s.n > 0 && s.p[0] == '-';
	int64_t v = 0;

	if (s.n == (neg ? 1u : 0u))
		return false;
	for (size_t i = neg; i < s.n; i++) {
		int64_t d = s.p[i] - '0';

		if (d < 0 || d > 9)
			return false;
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, d, &v))
			return false;
	}
	if (!neg && v == INT64_MIN)
		return false;
	*ret = neg ? v : -v; /* counted downwards so that INT64_MIN fits */
	return true;
}

/* Length of the UTF-8 sequence at p (n bytes left), 0 if it is not one (RFC 3629 section 4). */
static size_t utf8_len(const unsigned char *p, size_t n)
{
	unsigned lo = 0x80, hi = 0xbf;
	size_t len;

	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		len = 2;
	else if (p[0] >= 0xe0 && p[0] <= 0xef)
		len = 3;
	else if (p[0] >= 0xf0 && p[0] <= 0xf4)
		len = 4;
	else
		return 0;
	if (n < len)
		return 0;
	if (p[0] == 0xe0)
		lo = 0xa0;
	else if (p[0] == 0xed)
		hi = 0x9f;
	else if (p[0] == 0xf0)
		lo = 0x90;
	else if (p[0] == 0xf4)
		hi = 0x8f;
	if (p[1] < lo || p[1] > hi)
		return 0;
	for (size_t i = 2; i < len; i++)
		if (p[i] < 0x80 || p[i] > 0xbf)
			return 0;
	return len;
}

size_t str_utf8_bad(struct str s)
{
	size_t i = 0;

	while (i < s.n) {
		size_t len = utf8_len((const unsigned char *)s.p + i, s.n - i);

		if (len == 0)
			return i;
		i += len;
	}
	return s.n;
}

struct buf buf_init(struct ctx *c, size_t limit)
{
	return (struct buf){.c = c, .limit = limit};
}

static bool buf_room(struct buf *b, size_t n)
{
	size_t cap = b->cap == 0 ? 256 : b->cap;
	char *p;

	if (b->over || n > b->limit - b->n) {
		b->over = true;
		return false;
	}
	if (b->p != NULL && b->n + n < b->cap)
		return true;
	while (cap <= b->n + n)
		cap *= 2;
	p = mem_alloc(b->c, cap);
	if (b->n > 0)
		memcpy(p, b->p, b->n);
	b->p = p;
	b->cap = cap;
	return true;
}

void buf_put(struct buf *b, struct str s)
{
	if (s.n == 0 || !buf_room(b, s.n))
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
	b->p[b->n] = '\0';
}

void buf_puts(struct buf *b, const char *z)
{
	buf_put(b, str_of(z));
}

void buf_putc(struct buf *b, char ch)
{
	buf_put(b, (struct str){&ch, 1});
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	char small[512];
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(small, sizeof small, fmt, ap);
	va_end(ap);
	if (n >= 0 && (size_t)n < sizeof small)
		buf_put(b, (struct str){small, (size_t)n});
	else
		buf_put(b, str_vfmt(b->c, fmt, again));
	va_end(again);
}

void buf_i64(struct buf *b, int64_t v)
{
	char digits[20];
	size_t at = sizeof digits;
	uint64_t left = v < 0 ? -(uint64_t)v : (uint64_t)v;

	do
		digits[--at] = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (v < 0)
		buf_putc(b, '-');
	buf_put(b, (struct str){digits + at, sizeof digits - at});
}

void buf_hex(struct buf *b, const void *p, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *bytes = p;

	for (size_t i = 0; i < n; i++) {
		char two[2] = {digits[bytes[i] >> 4], digits[bytes[i] & 15]};

		buf_put(b, (struct str){two, 2});
	}
}

struct str buf_str(struct buf *b)
{
	return b->p == NULL ? (struct str){"", 0} : (struct str){b->p, b->n};
}

int buf_end(struct buf *b, const char *what, struct str *ret)
{
	if (b->over)
		return err_set(b->c, ERR_LIMIT, "%s is larger than %zu bytes", what, b->limit);
	*ret = buf_str(b);
	return 0;
}

struct str text_hex(struct ctx *c, const void *p, size_t n)
{
	struct buf b = buf_init(c, n * 2);

	buf_hex(&b, p, n);
	return buf_str(&b);
}

static int hex_digit(char ch)
{
	ch = lower(ch);
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	return ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

bool text_unhex(struct str s, void *out, size_t n)
{
	unsigned char *bytes = out;

	if (s.n != n * 2)
		return false;
	for (size_t i = 0; i < n; i++) {
		int hi = hex_digit(s.p[2 * i]), lo = hex_digit(s.p[2 * i + 1]);

		if (hi < 0 || lo < 0)
			return false;
		bytes[i] = (unsigned char)(hi << 4 | lo);
	}
	return true;
}

static const char b64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

struct str text_base64(struct ctx *c, const void *p, size_t n)
{
	const unsigned char *in = p;
	size_t out_n = (n + 2) / 3 * 4, o = 0;
	char *out = mem_alloc(c, out_n + 1);

	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = (uint32_t)in[i] << 16;

		if (i + 1 < n)
			v |= (uint32_t)in[i + 1] << 8;
		if (i + 2 < n)
			v |= in[i + 2];
		out[o++] = b64_digits[v >> 18];
		out[o++] = b64_digits[v >> 12 & 63];
		out[o++] = i + 1 < n ? b64_digits[v >> 6 & 63] : '=';
		out[o++] = i + 2 < n ? b64_digits[v & 63] : '=';
	}
	return (struct str){out, out_n};
}

static int b64_value(char ch)
{
	const char *at = ch == '\0' ? NULL : strchr(b64_digits, ch);

	return at == NULL ? -1 : (int)(at - b64_digits);
}

bool text_unbase64(struct ctx *c, struct str s, struct str *ret)
{
	size_t pad = 0, o = 0;
	char *out;

	if (s.n % 4 != 0)
		return false;
	while (pad < 2 && pad < s.n && s.p[s.n - 1 - pad] == '=')
		pad++;
	out = mem_alloc(c, s.n / 4 * 3 + 1);
	for (size_t i = 0; i < s.n; i += 4) {
		uint32_t v = 0;

		for (size_t k = 0; k < 4; k++) {
			bool is_pad = i + k >= s.n - pad;
			int d = is_pad ? 0 : b64_value(s.p[i + k]);

			if (d < 0)
				return false;
			v = v << 6 | (uint32_t)d;
		}
		out[o++] = (char)(v >> 16);
		out[o++] = (char)(v >> 8 & 255);
		out[o++] = (char)(v & 255);
	}
	if (pad > 0 && s.n > 0) {
		int last = b64_value(s.p[s.n - pad - 1]);

		if ((pad == 1 && (last & 3) != 0) || (pad == 2 && (last & 15) != 0))
			return false; /* bits that no encoder writes: two texts for one value */
	}
	*ret = (struct str){out, o - pad};
	return true;
}

struct str text_base64url(struct ctx *c, const void *p, size_t n)
{
	struct str text = text_base64(c, p, n);
	char *z = mem_dup(c, text.p, text.n);
	size_t used = text.n;

	while (used > 0 && z[used - 1] == '=')
		used--;
	z[used] = '\0';
	for (size_t i = 0; i < used; i++) {
		if (z[i] == '+')
			z[i] = '-';
		else if (z[i] == '/')
			z[i] = '_';
	}
	return (struct str){z, used};
}

bool text_unbase64url(struct ctx *c, struct str s, struct str *ret)
{
	size_t pad = (4 - s.n % 4) % 4;
	char *z;

	if (pad == 3 || str_has(s, '+') || str_has(s, '/') || str_has(s, '='))
		return false;
	z = mem_alloc(c, s.n + pad + 1);
	for (size_t i = 0; i < s.n; i++)
		z[i] = (char)(s.p[i] == '-' ? '+' : s.p[i] == '_' ? '/' : s.p[i]);
	memset(z + s.n, '=', pad);
	return text_unbase64(c, (struct str){z, s.n + pad}, ret);
}
