#include "web/form.h"

#include "base/mem.h"

/* Two hex digits, either case. */
static bool byte_of(const char *p, unsigned char *ret)
{
	char low[2];

	for (int i = 0; i < 2; i++)
		low[i] = p[i] >= 'A' && p[i] <= 'F' ? (char)(p[i] | 0x20) : p[i];
	return text_unhex((struct str){low, 2}, ret, 1);
}

static bool is_plain(unsigned char ch)
{
	return (ch >= 0x20 && ch != 0x7f) || ch == '\t' || ch == '\n' || ch == '\r';
}

/* false: not of the form. */
static bool decode(struct ctx *c, struct str s, struct str *ret)
{
	char *p = mem_alloc(c, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];

		if (ch == '+') {
			ch = ' ';
		} else if (ch == '%') {
			if (s.n - i < 3 || !byte_of(s.p + i + 1, &ch))
				return false;
			i += 2;
		} else if (ch <= 0x20) {
			return false; /* it would have been encoded */
		}
		p[n++] = (char)ch;
	}
	*ret = (struct str){p, n};
	return true;
}

static int field_wrong(struct ctx *c, size_t number)
{
	return err_set(c, ERR_INVALID, "field %zu of the form is not what a form sends", number);
}

static bool text_good(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_plain((unsigned char)s.p[i]))
			return false;
	return str_utf8_bad(s) == s.n;
}

int form_add(struct ctx *c, struct form *f, size_t *cap, struct str name, struct str value)
{
	if (f->n == FORM_FIELDS_MAX)
		return err_set(c, ERR_LIMIT, "the form has more than %d fields", FORM_FIELDS_MAX);
	if (name.n == 0 || !text_good(name) || !text_good(value))
		return field_wrong(c, f->n + 1);
	if (name.n > FORM_NAME_MAX || value.n > FORM_VALUE_MAX)
		return err_set(c, ERR_LIMIT, "field %zu of the form is too long", f->n + 1);
	f->fields = mem_grow(c, f->fields, f->n, cap, sizeof *f->fields);
	f->fields[f->n++] = (struct form_field){name, value};
	return 0;
}

static int field_read(struct ctx *c, struct str piece, struct form *f, size_t *cap)
{
	struct str name, value;

	(void)str_cut(piece, '=', &name, &value);
	if (!decode(c, name, &name) || !decode(c, value, &value))
		return field_wrong(c, f->n + 1);
	return form_add(c, f, cap, name, value);
}

int form_parse(struct ctx *c, struct str text, struct form *ret)
{
	struct form f = {0};
	struct str piece;
	size_t cap = 0;
	bool more = text.n > 0;

	if (text.n > FORM_MAX)
		return err_set(c, ERR_LIMIT, "the form has more than %d bytes", FORM_MAX);
	while (more) {
		int rc;

		more = str_cut(text, '&', &piece, &text);
		rc = field_read(c, piece, &f, &cap);
		if (rc != 0)
			return rc;
	}
	*ret = f;
	return 0;
}

const struct form_field *form_find(const struct form *f, const char *name, size_t *ret_n)
{
	const struct form_field *found = NULL;

	*ret_n = 0;
	for (size_t i = 0; i < f->n; i++) {
		if (!str_is(f->fields[i].name, name))
			continue;
		if (found == NULL)
			found = &f->fields[i];
		++*ret_n;
	}
	return found;
}

void form_put(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];
		bool plain = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
			     (ch >= '0' && ch <= '9') || (ch != 0 && strchr("-._~", ch) != NULL);

		if (plain)
			buf_putc(b, (char)ch);
		else
			buf_fmt(b, "%%%02X", ch);
	}
}
