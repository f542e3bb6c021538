#include "kind/host.h"

static const struct {
	const char *scheme;
	int port;
} usual[] = {{"https", 443}, {"http", 80}, {"smtps", 465}, {"smtp", 587}};

static bool name_ok(struct str s)
{
	if (str_is(s, "[::1]"))
		return true;
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
			(ch >= '0' && ch <= '9') || ch == '.' || (ch == '-' && i > 0)))
			return false;
	}
	return s.n > 0 && s.n <= 253 && s.p[0] != '.';
}

static bool path_ok(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] > '~' ||
		    str_has(STR("#\"<>\\^`{|}"), s.p[i]))
			return false;
	return true;
}

static bool port_read(struct str s, int *ret)
{
	int64_t n;

	if (!str_i64(s, &n) || n < 1 || n > 65535)
		return false;
	*ret = (int)n;
	return true;
}

/* "name", "name:port", "[::1]:port" */
static bool authority_read(struct str s, struct host *h)
{
	size_t at = s.n;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ':')
			at = i;
	if (s.n > 0 && s.p[s.n - 1] == ']')
		at = s.n;
	h->name = (struct str){s.p, at};
	return name_ok(h->name) &&
	       (at == s.n || port_read((struct str){s.p + at + 1, s.n - at - 1}, &h->port));
}

int host_parse(struct ctx *c, struct str text, const char *schemes, struct host *ret)
{
	struct host h = {.path = {"", 0}};
	struct str rest;
	size_t slash = 0;

	if (text.n > HOST_TEXT_MAX || !str_cut(text, ':', &h.scheme, &rest) ||
	    !str_starts(rest, "//") || !str_has_word(str_of(schemes), h.scheme))
		return err_set(c, ERR_INVALID,
		    "want an address that begins with one of: %s, and ://", schemes);
	rest = (struct str){rest.p + 2, rest.n - 2};
	for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
		if (str_is(h.scheme, usual[i].scheme))
			h.port = usual[i].port;
	while (slash < rest.n && rest.p[slash] != '/')
		slash++;
	h.path = (struct str){rest.p + slash, rest.n - slash};
	if (!authority_read((struct str){rest.p, slash}, &h) || !path_ok(h.path))
		return err_set(c, ERR_INVALID, "the address is not HOST, or HOST:PORT, and a path");
	h.here = str_is(h.name, "127.0.0.1") || str_is(h.name, "[::1]");
	*ret = h;
	return 0;
}

void host_escape(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];
		bool plain = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
			     (ch >= '0' && ch <= '9') || ch == '-' || ch == '.' || ch == '_' ||
			     ch == '~';

		if (plain)
			buf_putc(b, (char)ch);
		else
			buf_fmt(b, "%%%02X", (unsigned)ch);
	}
}
