#include "web/route.h"

#include <assert.h>

#include "base/mem.h"

enum { WORD_MAX = 64, FILE_MAX = 256 };

/* ---- types of parts ---- */

static bool is_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
			(ch >= '0' && ch <= '9') || ch == '-'))
			return false;
	}
	return s.n > 0 && s.n <= WORD_MAX;
}

static bool is_number(struct str s)
{
	int64_t v;

	return s.n > 0 && s.p[0] != '-' && (s.p[0] != '0' || s.n == 1) && str_i64(s, &v);
}

/* Segments of plain characters that do not begin with a dot; a path of files, not of folders. */
static bool is_file(struct str s)
{
	bool begins = true;

	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		bool plain = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
			     (ch >= '0' && ch <= '9') || ch == '-' || ch == '_';

		if (!plain && (begins || (ch != '.' && ch != '/')))
			return false;
		begins = ch == '/';
	}
	return s.n > 0 && s.n <= FILE_MAX && !begins;
}

/* The name of something of ours that is more than a word: "2012H2.1". */
static bool is_name(struct str s)
{
	struct str head, tail;

	return !str_cut(s, '/', &head, &tail) && s.n <= WORD_MAX && is_file(s);
}

static bool is_of(struct str type, struct str s)
{
	if (str_is(type, "word"))
		return is_word(s);
	if (str_is(type, "name"))
		return is_name(s);
	if (str_is(type, "number"))
		return is_number(s);
	assert(str_is(type, "file"));
	return is_file(s);
}

/* ---- paths ---- */

/* The next piece of a pattern: what stands before a part, and the part's type, "" at the end. */
static struct str piece(struct str *pattern, struct str *ret_type)
{
	struct str before, part, name;

	*ret_type = STR("");
	if (!str_cut(*pattern, '{', &before, pattern))
		return before;
	(void)str_cut(*pattern, '}', &part, pattern);
	(void)str_cut(part, ':', &name, ret_type);
	return before;
}

static bool fits(const char *path, struct str s, struct str parts[static ROUTE_PARTS_MAX])
{
	struct str pattern = str_of(path), type;
	size_t n = 0;

	do {
		struct str word = piece(&pattern, &type), one = s;

		if (s.n < word.n || !str_eq((struct str){s.p, word.n}, word))
			return false;
		s = one = (struct str){s.p + word.n, s.n - word.n};
		if (type.n == 0)
			break;
		if (!str_is(type, "file"))
			for (one.n = 0; one.n < s.n && s.p[one.n] != '/';)
				one.n++;
		assert(n < ROUTE_PARTS_MAX);
		if (!is_of(type, one))
			return false;
		parts[n++] = one;
		s = (struct str){s.p + one.n, s.n - one.n};
	} while (pattern.n > 0);
	return s.n == 0;
}

int route_find(const struct route_table *t, struct str method, struct str path,
    struct str ret_parts[static ROUTE_PARTS_MAX], const struct route **ret_route)
{
	bool get = str_is(method, "GET") || str_is(method, "HEAD"), post = str_is(method, "POST");
	int rc = ERR_NOTFOUND;

	for (size_t i = 0; i < t->n; i++) {
		const struct route *r = &t->routes[i];
		struct str parts[ROUTE_PARTS_MAX] = {{0}};

		if (!fits(r->path, path, parts))
			continue;
		if (r->method == ROUTE_GET ? get : post) {
			memcpy(ret_parts, parts, sizeof parts);
			*ret_route = r;
			return 0;
		}
		rc = ERR_DENIED;
		*ret_route = r;
	}
	return rc;
}

const struct route *route_named(const struct route_table *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->routes[i].name[0] == name[0] && strcmp(t->routes[i].name, name) == 0)
			return &t->routes[i];
	return NULL;
}

size_t route_parts(const struct route *r)
{
	size_t n = 0;

	for (const char *p = r->path; *p != '\0'; p++)
		n += *p == '{';
	return n;
}

void route_link(struct buf *b, const struct route *r, const struct str *parts, size_t n)
{
	struct str pattern = str_of(r->path), type, head, tail;
	size_t used = 0;

	do {
		buf_put(b, piece(&pattern, &type));
		if (type.n == 0)
			break;
		assert(used < n && is_of(type, parts[used]));
		tail = parts[used++];
		while (str_cut(tail, '/', &head, &tail)) {
			form_put(b, head);
			buf_putc(b, '/');
		}
		form_put(b, head);
	} while (pattern.n > 0);
	assert(used == n);
}

/* ---- fields ---- */

static int field_read(
    struct ctx *c, const struct route_field *f, struct str text, struct route_value *ret)
{
	struct route_value v = {.given = true};
	int rc = f->parse(c, text, &v);

	if (rc != 0)
		return err_while(c, rc, "%s", f->name);
	*ret = v;
	return 0;
}

static int field_take(struct route_ask *ask, const struct route_field *f, const struct form *form,
    struct route_value *ret)
{
	struct route_value *all = mem_array(ask->c, form->n + 1, sizeof *all), first;
	size_t n = 0;

	for (size_t i = 0; i < form->n; i++) {
		int rc;

		if (!str_is(form->fields[i].name, f->name) || form->fields[i].value.n == 0)
			continue;
		if (n > 0 && !f->many)
			return err_set(ask->c, ERR_INVALID, "%s stands twice", f->name);
		rc = field_read(ask->c, f, form->fields[i].value, &all[n++]);
		if (rc != 0)
			return rc;
	}
	if (n == 0 && f->needed)
		return err_set(ask->c, ERR_INVALID, "%s is missing", f->name);
	first = all[0];
	*ret = n == 0 ? (struct route_value){0} : first;
	ret->all = all;
	ret->n = n;
	return 0;
}

int route_fields(struct route_ask *ask, const struct form *form)
{
	const struct route *r = ask->route;
	int rc = 0;

	assert(r->n_fields <= ROUTE_FIELDS_MAX);
	for (size_t i = 0; i < r->n_fields && rc == 0; i++) {
		rc = field_take(ask, &r->fields[i], form, &ask->fields[i]);
		if (rc != 0)
			ask->wrong = str_of(r->fields[i].name);
	}
	return rc;
}
