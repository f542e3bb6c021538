/* Text at the bottom of everything: hex and base64 are strict, so that what is read is written as
 * it stood; numbers and UTF-8 agree with another way to tell; cutting and trimming lose nothing; a
 * buffer never holds more than its limit; what is made harmless is harmless. */
#include "fuzz.h"

#include "base/plain.h"

static void codes(struct ctx *c, struct str in)
{
	unsigned char raw[64];
	struct str bytes;

	if (text_unbase64(c, in, &bytes))
		fuzz_must(str_eq(text_base64(c, bytes.p, bytes.n), in),
		    "base64 that is read is written as it stood");
	fuzz_must(text_unbase64(c, text_base64(c, in.p, in.n), &bytes) && str_eq(bytes, in),
	    "any bytes come through base64");
	if (in.n / 2 <= sizeof raw && text_unhex(in, raw, in.n / 2))
		fuzz_must(in.n % 2 == 0 && str_eq(text_hex(c, raw, in.n / 2), str_lower(c, in)),
		    "hex that is read is written in small letters");
}

static void number(struct ctx *c, struct str in)
{
	struct buf b = buf_init(c, 32);
	int64_t v, again;

	if (!str_i64(in, &v))
		return;
	buf_i64(&b, v);
	fuzz_must(str_i64(buf_str(&b), &again) && again == v, "a number is written and read");
	for (size_t i = 0; i < in.n; i++)
		fuzz_must((in.p[i] >= '0' && in.p[i] <= '9') || (i == 0 && in.p[i] == '-'),
		    "a number has digits only");
}

/* RFC 3629 by its table, one character; 0 when there is none. */
static size_t character(const unsigned char *p, size_t n)
{
	static const struct {
		unsigned char from, to, second_from, second_to;
		size_t size;
	} rows[] = {{0x00, 0x7f, 0, 0, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
	    {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
	    {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};

	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		if (p[0] < rows[r].from || p[0] > rows[r].to || n < rows[r].size)
			continue;
		if (rows[r].size > 1 && (p[1] < rows[r].second_from || p[1] > rows[r].second_to))
			continue;
		for (size_t i = 2; i < rows[r].size; i++)
			if (p[i] < 0x80 || p[i] > 0xbf)
				return 0;
		return rows[r].size;
	}
	return 0;
}

static void utf8(struct str in)
{
	size_t at = 0, one = 1;

	while (at < in.n && one > 0) {
		one = character((const unsigned char *)in.p + at, in.n - at);
		at += one;
	}
	fuzz_must(str_utf8_bad(in) == at, "the first byte that is not UTF-8");
}

static void pieces(struct ctx *c, struct str in)
{
	struct str head, tail, rest = in, word, trimmed = str_trim(in);
	struct buf b = buf_init(c, in.n + 1);

	if (str_cut(in, ',', &head, &tail)) {
		buf_put(&b, head);
		buf_putc(&b, ',');
		buf_put(&b, tail);
		fuzz_must(str_eq(buf_str(&b), in), "a cut loses nothing");
	} else {
		fuzz_must(!str_has(in, ',') && str_eq(head, in), "nothing to cut at");
	}
	fuzz_must(str_eq(str_trim(trimmed), trimmed), "trimmed is trimmed");
	while (str_word(&rest, &word))
		fuzz_must(word.n > 0 && !str_has(word, ' ') && str_has_word(in, word),
		    "a word is one of the list");
}

static void limit(struct ctx *c, struct str in)
{
	size_t most = in.n / 2;
	struct buf b = buf_init(c, most);
	struct str all;
	int rc;

	for (size_t i = 0; i < in.n; i++)
		buf_putc(&b, in.p[i]);
	fuzz_must(b.n <= most, "no more than the limit");
	rc = buf_end(&b, "it", &all);
	fuzz_must(rc == (in.n > most ? ERR_LIMIT : 0), "and what did not fit is told");
	err_clear(c);
}

static bool any_harms(struct str s)
{
	bool any = false, harms;
	size_t n;

	for (size_t i = 0; i < s.n; i += n) {
		n = plain_next(s, i, &harms);
		any = any || harms;
	}
	return any;
}

/* Nothing harmful is left, nothing harmless is lost, and once is enough. */
static void plain(struct ctx *c, struct str in)
{
	struct str one = plain_text(c, in), lines = plain_lines(c, in);

	fuzz_must(!any_harms(one), "nothing harmful is left");
	fuzz_must(str_utf8_bad(one) == one.n && str_utf8_bad(lines) == lines.n, "it is UTF-8");
	fuzz_must(str_eq(plain_text(c, one), one), "once is enough");
	fuzz_must(str_eq(plain_lines(c, lines), lines), "once is enough for lines");
	fuzz_must(any_harms(in) || str_eq(one, in), "what is harmless stays");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	codes(c, in);
	number(c, in);
	utf8(in);
	pieces(c, in);
	limit(c, in);
	plain(c, in);
}
