#include "web/head.h"

#include "base/mem.h"

static size_t count(const struct head *h, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++)
		n += str_is_nocase(h->fields[i].name, name);
	return n;
}

struct str head_find(const struct head *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (str_is_nocase(h->fields[i].name, name))
			return h->fields[i].value;
	return STR("");
}

/* ---- every byte was understood ---- */

/* Addresses, because only whether they fit is asked: where they are not of one block, nothing does.
 */
static uintptr_t end_of(struct str s)
{
	return (uintptr_t)s.p + s.n;
}

bool head_whole(const struct head *h)
{
	uintptr_t at = end_of(h->version);

	if ((uintptr_t)h->target_at != end_of(h->method) + 1 ||
	    (uintptr_t)h->version.p != (uintptr_t)h->target_at + h->target.n + 1)
		return false;
	for (size_t i = 0; i < h->n; i++) {
		const struct head_field *f = &h->fields[i];
		uintptr_t gap = (uintptr_t)f->value.p - end_of(f->name);

		/* CR LF before the name; a colon, and perhaps one blank, after it */
		if ((uintptr_t)f->name.p != at + 2 || gap < 1 || gap > 2 ||
		    (gap == 2 && f->name.p[f->name.n + 1] != ' '))
			return false;
		at = end_of(f->value);
	}
	return at + 4 == (uintptr_t)h->method.p + h->size;
}

/* ---- its parts ---- */

/* RFC 9110 5.6.2. */
static bool is_token(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
			(ch >= '0' && ch <= '9') ||
			(ch != '\0' && strchr("!#$%&'*+-.^_`|~", ch) != NULL)))
			return false;
	}
	return s.n > 0;
}

/* No control byte but the tab (RFC 9110 5.5). */
static bool is_value(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];

		if ((ch < 0x20 && ch != '\t') || ch == 0x7f)
			return false;
	}
	return true;
}

static bool is_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0 && s.n <= 15;
}

static bool host_good(const struct head *h)
{
	struct str host = head_find(h, "host");
	size_t n = count(h, "host");

	if (n == 0)
		return str_is(h->version, "HTTP/1.0");
	for (size_t i = 0; i < host.n; i++) {
		char ch = host.p[i];

		if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
			(ch >= '0' && ch <= '9') || (ch != '\0' && strchr(".-_:[]", ch) != NULL)))
			return false;
	}
	return n == 1 && host.n > 0 && host.n <= 255;
}

static bool body_good(const struct head *h)
{
	size_t lengths = count(h, "content-length");

	if (lengths > 1 || count(h, "transfer-encoding") > 0)
		return false;
	if (lengths == 1 && !is_digits(head_find(h, "content-length")))
		return false;
	return str_is(h->method, "POST") || head_length(h) == 0;
}

int64_t head_length(const struct head *h)
{
	int64_t n = 0;

	return str_i64(head_find(h, "content-length"), &n) ? n : 0;
}

/* ---- the path ---- */

static int hex_digit(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	ch = (char)(ch | 0x20);
	return ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

/* One byte of a path, decoded; -1: none that a path may have. */
static int path_byte(struct str s, size_t *at)
{
	char ch = s.p[*at];
	int high, low, byte;

	if (ch <= 0x20 || ch == 0x7f || strchr("#\\\"<>^`{|}", ch) != NULL)
		return -1;
	if (ch != '%') {
		++*at;
		return ch;
	}
	if (s.n - *at < 3)
		return -1;
	high = hex_digit(s.p[*at + 1]);
	low = hex_digit(s.p[*at + 2]);
	byte = high < 0 || low < 0 ? -1 : high * 16 + low;
	*at += 3;
	/* '%' once more would be another path to somebody who decodes twice */
	return byte < 0x20 || byte == 0x7f || byte == '/' || byte == '\\' || byte == '%' ? -1
											 : byte;
}

static bool segments_good(struct str path)
{
	struct str rest = {path.p + 1, path.n - 1}, one;
	size_t depth = 0;
	bool more = rest.n > 0;

	while (more) {
		more = str_cut(rest, '/', &one, &rest);
		if (str_is(one, ".") || str_is(one, "..") || (one.n == 0 && more) ||
		    ++depth > HEAD_PATH_DEPTH)
			return false;
	}
	return true;
}

static int path_err(struct ctx *c)
{
	return err_set(c, ERR_INVALID, "the path of the request is of another form");
}

int head_path(struct ctx *c, struct str target, struct str *ret_path, struct str *ret_query)
{
	struct str raw, query, path;
	char *p;
	size_t n = 0;

	(void)str_cut(target, '?', &raw, &query);
	if (!str_starts(raw, "/"))
		return path_err(c);
	p = mem_alloc(c, raw.n + 1);
	for (size_t at = 0; at < raw.n;) {
		int byte = path_byte(raw, &at);

		if (byte < 0)
			return path_err(c);
		p[n++] = (char)byte;
	}
	path = (struct str){p, n};
	if (str_utf8_bad(path) != path.n || !segments_good(path))
		return path_err(c);
	*ret_path = path;
	*ret_query = query;
	return 0;
}

static bool target_good(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= 0x20 || s.p[i] == 0x7f || s.p[i] == '#')
			return false;
	return str_starts(s, "/");
}

int head_check(const struct head *h)
{
	if (h->target.n > HEAD_TARGET_MAX)
		return 414;
	if (h->n > HEAD_FIELDS_MAX || h->size > HEAD_SIZE_MAX)
		return 431;
	if (!is_token(h->method) || !target_good(h->target) ||
	    (!str_is(h->version, "HTTP/1.1") && !str_is(h->version, "HTTP/1.0")))
		return 400;
	for (size_t i = 0; i < h->n; i++)
		if (!is_token(h->fields[i].name) || !is_value(h->fields[i].value))
			return 400;
	return head_whole(h) && host_good(h) && body_good(h) ? 0 : 400;
}
