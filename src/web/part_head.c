#include "web/part_head.h"

#include "base/mem.h"

static int wrong(struct ctx *c, const char *what)
{
	return err_set(c, ERR_INVALID, "%s is not of its form", what);
}

/* ---- parameters ---- */

/* RFC 9110 5.6.2, and '*' ends the names of encoded ones. */
static bool is_token(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
	       (ch != '\0' && strchr("!#$%&'*+-.^_`|~", ch) != NULL);
}

static struct str token_take(struct str *s)
{
	struct str t = {s->p, 0};

	while (t.n < s->n && is_token(t.p[t.n]))
		t.n++;
	*s = (struct str){s->p + t.n, s->n - t.n};
	return t;
}

static void blanks_skip(struct str *s)
{
	while (s->n > 0 && (*s->p == ' ' || *s->p == '\t')) {
		s->p++;
		s->n--;
	}
}

static int hex_digit(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	ch = (char)(ch | 0x20);
	return ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

/* -1: no "%xx" stands there. */
static int percent(struct str s, size_t at)
{
	int high, low;

	if (s.n - at < 3 || s.p[at] != '%')
		return -1;
	high = hex_digit(s.p[at + 1]);
	low = hex_digit(s.p[at + 2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* *s begins behind the quote; false: it has no end. */
static bool quoted_take(struct ctx *c, struct str *s, struct str *ret)
{
	char *p = mem_alloc(c, s->n + 1);
	size_t n = 0, i = 0;

	for (; i < s->n && s->p[i] != '"'; i++) {
		int byte = percent(*s, i);

		if (s->p[i] == '\\' && i + 1 < s->n && (s->p[i + 1] == '"' || s->p[i + 1] == '\\'))
			i++;
		else if (byte == '"' || byte == '\r' || byte == '\n') {
			p[n++] = (char)byte;
			i += 2;
			continue;
		}
		p[n++] = s->p[i];
	}
	if (i == s->n)
		return false;
	*s = (struct str){s->p + i + 1, s->n - i - 1};
	*ret = (struct str){p, n};
	return true;
}

bool part_param(const struct part_params *p, const char *name, struct str *ret)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_is_nocase(p->at[i].name, name)) {
			*ret = p->at[i].value;
			return true;
		}
	return false;
}

static int param_take(struct ctx *c, struct str *s, struct part_params *p)
{
	struct part_param one;
	struct str same;

	blanks_skip(s);
	one.name = token_take(s);
	if (one.name.n == 0 || s->n == 0 || *s->p != '=' || p->n == PART_PARAMS_MAX)
		return wrong(c, "a parameter");
	s->p++;
	s->n--;
	if (str_starts(*s, "\"")) {
		*s = (struct str){s->p + 1, s->n - 1};
		if (!quoted_take(c, s, &one.value))
			return wrong(c, "a parameter");
	} else {
		one.value = token_take(s);
		if (one.value.n == 0)
			return wrong(c, "a parameter");
	}
	if (part_param(p, str_z(c, one.name), &same))
		return err_set(c, ERR_INVALID, "a parameter stands twice");
	p->at[p->n++] = one;
	blanks_skip(s);
	return 0;
}

int part_params_read(struct ctx *c, struct str value, struct part_params *ret)
{
	struct part_params p = {0};
	struct str kind;
	bool more = str_cut(value, ';', &kind, &value);

	while (more) {
		int rc = param_take(c, &value, &p);

		if (rc != 0)
			return rc;
		more = value.n > 0;
		if (more && *value.p != ';')
			return wrong(c, "a parameter");
		if (more)
			value = (struct str){value.p + 1, value.n - 1};
	}
	*ret = p;
	return 0;
}

/* ---- encoded names of files ---- */

static void put_latin(struct buf *b, unsigned char ch)
{
	if (ch < 0x80) {
		buf_putc(b, (char)ch);
	} else {
		buf_putc(b, (char)(0xc0 | ch >> 6));
		buf_putc(b, (char)(0x80 | (ch & 0x3f)));
	}
}

/* RFC 8187 3.2.1: what is not plain is "%xx". */
static bool put_encoded(struct buf *b, struct str s, bool latin)
{
	for (size_t i = 0; i < s.n; i++) {
		int byte = s.p[i] == '%' ? percent(s, i) : (unsigned char)s.p[i];

		if (byte < 0)
			return false;
		if (s.p[i] == '%')
			i += 2;
		if (latin)
			put_latin(b, (unsigned char)byte);
		else
			buf_putc(b, (char)byte);
	}
	return true;
}

/* Takes "UTF-8'de'" off the front. */
static bool charset_take(struct str *s, bool *ret_latin)
{
	struct str charset, lang;

	if (!str_cut(*s, '\'', &charset, s) || !str_cut(*s, '\'', &lang, s))
		return false;
	*ret_latin = str_is_nocase(charset, "iso-8859-1");
	return *ret_latin || str_is_nocase(charset, "utf-8");
}

/* RFC 2231 3: numbered from 0 without a gap, each encoded or not; the first says the charset. */
static int pieces_join(struct ctx *c, const struct part_params *p, struct buf *b, bool *ret_found)
{
	bool latin = false;
	size_t i = 0;

	for (;; i++) {
		const char *plain = str_fmt(c, "filename*%zu", i).p;
		struct str v;

		if (part_param(p, plain, &v)) {
			buf_put(b, v);
			continue;
		}
		if (!part_param(p, str_fmt(c, "%s*", plain).p, &v))
			break;
		if ((i == 0 && !charset_take(&v, &latin)) || !put_encoded(b, v, latin))
			return wrong(c, "the name of a file");
	}
	*ret_found = i > 0;
	return 0;
}

static int file_name_read(struct ctx *c, const struct part_params *p, struct part_head *ret)
{
	struct buf b = buf_init(c, 3 * 4096);
	struct str v;
	bool latin, found;
	int rc;

	if (part_param(p, "filename*", &v)) {
		if (!charset_take(&v, &latin) || !put_encoded(&b, v, latin))
			return wrong(c, "the name of a file");
		ret->file = true;
		ret->file_name = buf_str(&b);
		return 0;
	}
	rc = pieces_join(c, p, &b, &found);
	if (rc != 0)
		return rc;
	ret->file = found || part_param(p, "filename", &ret->file_name);
	if (found)
		ret->file_name = buf_str(&b);
	return 0;
}

/* ---- the lines ---- */

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return str_utf8_bad(s) == s.n;
}

static int disposition_read(struct ctx *c, struct str value, struct part_head *ret)
{
	struct part_params p;
	struct str kind, rest;
	int rc = part_params_read(c, value, &p);

	(void)str_cut(value, ';', &kind, &rest);
	if (rc == 0 && !str_is_nocase(str_trim(kind), "form-data"))
		rc = wrong(c, "Content-Disposition");
	if (rc == 0 &&
	    (!part_param(&p, "name", &ret->name) || ret->name.n == 0 || !is_plain(ret->name)))
		rc = wrong(c, "the name of a field");
	return rc == 0 ? file_name_read(c, &p, ret) : rc;
}

static int type_read(struct ctx *c, struct str value, struct part_head *ret)
{
	struct part_params p;
	struct str rest;
	int rc = part_params_read(c, value, &p);

	if (rc != 0)
		return rc;
	(void)str_cut(value, ';', &ret->type, &rest);
	ret->type = str_trim(ret->type);
	for (size_t i = 0; i < ret->type.n; i++)
		if (!is_token(ret->type.p[i]) && ret->type.p[i] != '/')
			return wrong(c, "Content-Type");
	if (ret->type.n > PART_TYPE_MAX)
		return wrong(c, "Content-Type");
	if (part_param(&p, "charset", &rest) && !str_is_nocase(rest, "utf-8") &&
	    !str_is_nocase(rest, "us-ascii"))
		return err_set(c, ERR_INVALID, "a text is not in UTF-8");
	return 0;
}

/* RFC 7578 4.7: not to be used; what these say changes nothing. */
static bool encoding_good(struct str value)
{
	return str_is_nocase(value, "8bit") || str_is_nocase(value, "7bit") ||
	       str_is_nocase(value, "binary");
}

static bool value_good(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7f)
			return false;
	return true;
}

enum { DISPOSITION = 1, TYPE = 2, ENCODING = 4 };

static int line_read(struct ctx *c, struct str line, unsigned *seen, struct part_head *ret)
{
	struct str value = line, name = token_take(&value);
	unsigned is = str_is_nocase(name, "content-disposition")         ? DISPOSITION
		      : str_is_nocase(name, "content-type")              ? TYPE
		      : str_is_nocase(name, "content-transfer-encoding") ? ENCODING
									 : 0;

	if (name.n == 0 || !str_starts(value, ":") || !value_good(value))
		return wrong(c, "a line of its head");
	if ((*seen & is) != 0)
		return err_set(c, ERR_INVALID, "a line of its head stands twice");
	*seen |= is;
	value = str_trim((struct str){value.p + 1, value.n - 1});
	if (is == DISPOSITION)
		return disposition_read(c, value, ret);
	if (is == TYPE)
		return type_read(c, value, ret);
	return is == ENCODING && !encoding_good(value)
		   ? err_set(c, ERR_INVALID, "a part is encoded, which forms do not do")
		   : 0;
}

int part_head_parse(struct ctx *c, struct str text, struct part_head *ret)
{
	struct part_head head = {0};
	unsigned seen = 0;

	for (;;) {
		const char *cr = text.n == 0 ? NULL : memchr(text.p, '\r', text.n);
		size_t n = cr == NULL ? 0 : (size_t)(cr - text.p);
		int rc;

		if (cr == NULL || text.n < n + 2 || cr[1] != '\n')
			return wrong(c, "a line of its head");
		if (n == 0)
			break;
		rc = line_read(c, (struct str){text.p, n}, &seen, &head);
		if (rc != 0)
			return rc;
		text = (struct str){cr + 2, text.n - n - 2};
	}
	if (text.n != 2 || (seen & DISPOSITION) == 0)
		return wrong(c, "its head");
	head.name = str_make(c, head.name);
	head.type = str_make(c, head.type);
	head.file_name = str_make(c, head.file_name);
	*ret = head;
	return 0;
}
