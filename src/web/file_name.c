#include "web/file_name.h"

/* First and last of what is taken out. */
static const uint32_t unseen[][2] = {
    {0x00, 0x1f},       /* control */
    {0x7f, 0x9f},       /* control */
    {0xad, 0xad},       /* soft hyphen */
    {0x34f, 0x34f},     /* joins nothing to be seen */
    {0x61c, 0x61c},     /* Arabic letter mark */
    {0x115f, 0x1160},   /* fillers */
    {0x180b, 0x180e},   /* Mongolian selectors */
    {0x200b, 0x200b},   /* no width; the joiners after it are part of some scripts */
    {0x200e, 0x200f},   /* marks of direction */
    {0x2028, 0x202e},   /* line ends; embeddings and overrides */
    {0x2060, 0x206f},   /* invisible operators; isolates */
    {0x3164, 0x3164},   /* filler */
    {0xfe00, 0xfe0f},   /* selectors of variants */
    {0xfeff, 0xfeff},   /* byte order mark */
    {0xffa0, 0xffa0},   /* filler */
    {0xfff0, 0xffff},   /* annotation, replacement, none */
    {0xe0000, 0xe0fff}, /* tags, selectors */
    {0xf0000, 0x10ffff} /* private */
};

static bool is_seen(uint32_t ch)
{
	for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++)
		if (ch >= unseen[i][0] && ch <= unseen[i][1])
			return false;
	return true;
}

/* Of valid UTF-8. */
static uint32_t character(const char *s, size_t *ret_n)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t n = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	uint32_t ch = n == 1 ? p[0] : p[0] & (0x7fU >> n);

	for (size_t i = 1; i < n; i++)
		ch = ch << 6 | (p[i] & 0x3f);
	*ret_n = n;
	return ch;
}

static struct str last_segment(struct str s)
{
	size_t at = s.n;

	while (at > 0 && s.p[at - 1] != '/' && s.p[at - 1] != '\\')
		at--;
	return (struct str){s.p + at, s.n - at};
}

static struct str ends_off(struct str s)
{
	while (s.n > 0 && (*s.p == '.' || *s.p == ' '))
		s = (struct str){s.p + 1, s.n - 1};
	while (s.n > 0 && (s.p[s.n - 1] == '.' || s.p[s.n - 1] == ' '))
		s.n--;
	return s;
}

static size_t whole(struct str s, size_t n)
{
	while (n > 0 && n < s.n && (s.p[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* A long one loses its middle: its ending says what it is. */
static struct str shorter(struct ctx *c, struct str s)
{
	struct buf b = buf_init(c, FILE_NAME_MAX);
	size_t dot = s.n;

	if (s.n <= FILE_NAME_MAX)
		return s;
	while (dot > 0 && s.n - dot < 16 && s.p[dot - 1] != '.')
		dot--;
	if (dot == 0 || s.p[dot - 1] != '.')
		dot = s.n;
	else
		dot--;
	buf_put(&b, (struct str){s.p, whole(s, FILE_NAME_MAX - (s.n - dot))});
	buf_put(&b, (struct str){s.p + dot, s.n - dot});
	return buf_str(&b);
}

struct str file_name(struct ctx *c, struct str raw)
{
	struct buf b = buf_init(c, raw.n + 1);

	raw = last_segment(raw);
	while (raw.n > 0) {
		size_t good = str_utf8_bad(raw), n;

		for (size_t at = 0; at < good; at += n) {
			uint32_t ch = character(raw.p + at, &n);

			if (is_seen(ch))
				buf_put(&b, (struct str){raw.p + at, n});
		}
		good += good < raw.n; /* the byte that is none is left out */
		raw = (struct str){raw.p + good, raw.n - good};
	}
	return ends_off(shorter(c, ends_off(buf_str(&b))));
}
