#include "in/yield_p.h"

#include <stdlib.h>

#include "base/mem.h"
#include "kind/json.h"

/*
 * One object a line, read by a scanner of its own: what leaves has to be the bytes that came, so
 * that each member's place in the line is needed, and numbers may have fractions. What it takes is
 * RFC 8259, less than 64 levels deep; a member that is named twice makes the record unreadable,
 * since readers differ on which of the two counts.
 */

enum { MEMBERS_MAX = 1024 };

struct member {
	struct str key;   /* decoded */
	struct str raw;   /* from the comma before it to the end of its value */
	struct str value; /* as written */
	struct str text;  /* of a string decoded, of a number as written; .p NULL of all else */
};

struct object {
	struct member *v;
	size_t n, cap;
	struct str tail; /* what follows the closing brace */
};

/* ---- scanning ---- */

static void blanks(struct str *s)
{
	while (
	    s->n > 0 && (s->p[0] == ' ' || s->p[0] == '\t' || s->p[0] == '\r' || s->p[0] == '\n'))
		*s = (struct str){s->p + 1, s->n - 1};
}

static bool mark(struct str *s, char ch)
{
	if (s->n == 0 || s->p[0] != ch)
		return false;
	*s = (struct str){s->p + 1, s->n - 1};
	return true;
}

static bool hex4(struct str *s, unsigned *ret)
{
	unsigned char b[2];

	if (s->n < 4 || !text_unhex((struct str){s->p, 4}, b, 2))
		return false;
	*ret = (unsigned)b[0] << 8 | b[1];
	*s = (struct str){s->p + 4, s->n - 4};
	return true;
}

static void put_utf8(struct buf *b, unsigned u)
{
	if (u < 0x80) {
		buf_putc(b, (char)u);
		return;
	}
	if (u < 0x800) {
		buf_putc(b, (char)(0xc0 | u >> 6));
	} else {
		if (u < 0x10000) {
			buf_putc(b, (char)(0xe0 | u >> 12));
		} else {
			buf_putc(b, (char)(0xf0 | u >> 18));
			buf_putc(b, (char)(0x80 | (u >> 12 & 0x3f)));
		}
		buf_putc(b, (char)(0x80 | (u >> 6 & 0x3f)));
	}
	buf_putc(b, (char)(0x80 | (u & 0x3f)));
}

static bool escape(struct str *s, struct buf *b)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	unsigned u, low;

	for (size_t i = 0; from[i] != '\0'; i++)
		if (mark(s, from[i])) {
			buf_putc(b, to[i]);
			return true;
		}
	if (!mark(s, 'u') || !hex4(s, &u) || u == 0 || (u >= 0xdc00 && u <= 0xdfff))
		return false;
	if (u >= 0xd800 && u <= 0xdbff) {
		if (!mark(s, '\\') || !mark(s, 'u') || !hex4(s, &low) || low < 0xdc00 ||
		    low > 0xdfff)
			return false;
		u = 0x10000 + ((u - 0xd800) << 10) + (low - 0xdc00);
	}
	put_utf8(b, u);
	return true;
}

/* After the opening quote. The line is UTF-8, which was asked before. */
static bool string(struct ctx *c, struct str *s, struct str *ret)
{
	size_t plain = 0;
	struct buf b;

	while (plain < s->n && s->p[plain] != '"' && s->p[plain] != '\\' &&
	       (unsigned char)s->p[plain] >= 0x20)
		plain++;
	if (plain < s->n && s->p[plain] == '"') { /* nothing escaped: no copy */
		*ret = (struct str){s->p, plain};
		*s = (struct str){s->p + plain + 1, s->n - plain - 1};
		return true;
	}
	b = buf_init(c, s->n);
	while (s->n > 0 && (unsigned char)s->p[0] >= 0x20) {
		char ch = s->p[0];

		*s = (struct str){s->p + 1, s->n - 1};
		if (ch == '"') {
			*ret = buf_str(&b);
			return true;
		}
		if (ch != '\\')
			buf_putc(&b, ch);
		else if (!escape(s, &b))
			return false;
	}
	return false;
}

static size_t digits(struct str *s)
{
	size_t n = 0;

	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	*s = (struct str){s->p + n, s->n - n};
	return n;
}

static bool number(struct str *s)
{
	(void)mark(s, '-');
	if (!mark(s, '0') && digits(s) == 0)
		return false;
	if (mark(s, '.') && digits(s) == 0)
		return false;
	if (mark(s, 'e') || mark(s, 'E')) {
		if (!mark(s, '+'))
			(void)mark(s, '-');
		return digits(s) > 0;
	}
	return true;
}

static bool literal(struct str *s, const char *word)
{
	size_t n = strlen(word);

	if (!str_starts(*s, word))
		return false;
	*s = (struct str){s->p + n, s->n - n};
	return true;
}

/* One value that is no list and no object. */
static bool simple(struct ctx *c, struct str *s, struct str *ret_text)
{
	struct str from = *s;

	*ret_text = (struct str){NULL, 0};
	if (mark(s, '"'))
		return string(c, s, ret_text);
	if (literal(s, "true") || literal(s, "false") || literal(s, "null"))
		return true;
	if (!number(s))
		return false;
	*ret_text = (struct str){from.p, from.n - s->n};
	return true;
}

/* Within a list or an object: what may come next. */
enum want { VALUE, VALUE_OR_END, KEY, KEY_OR_END, COMMA_OR_END };

/* A list or an object, without recursion: a bit a level says which of the two it is. */
static bool nested(struct ctx *c, struct str *s)
{
	uint64_t objects = 0;
	int depth = 0;
	enum want want = VALUE;
	struct str text;

	do {
		bool object = depth > 0 && (objects & 1) != 0;

		blanks(s);
		if (want != VALUE && want != KEY && mark(s, object ? '}' : ']')) {
			objects >>= 1;
			depth--;
			want = COMMA_OR_END;
			continue;
		}
		if (want == COMMA_OR_END) {
			if (!mark(s, ','))
				return false;
			want = object ? KEY : VALUE;
			continue;
		}
		if (want == KEY || want == KEY_OR_END) {
			if (!mark(s, '"') || !string(c, s, &text))
				return false;
			blanks(s);
			if (!mark(s, ':'))
				return false;
			want = VALUE;
			continue;
		}
		if (s->n > 0 && (s->p[0] == '[' || s->p[0] == '{')) {
			if (++depth == JSON_DEPTH)
				return false;
			want = s->p[0] == '{' ? KEY_OR_END : VALUE_OR_END;
			objects = objects << 1 | (s->p[0] == '{');
			*s = (struct str){s->p + 1, s->n - 1};
			continue;
		}
		if (!simple(c, s, &text))
			return false;
		want = COMMA_OR_END;
	} while (depth > 0);
	return true;
}

static bool value(struct ctx *c, struct str *s, struct member *m)
{
	struct str from = *s;
	bool ok;

	if (s->n > 0 && (s->p[0] == '[' || s->p[0] == '{')) {
		m->text = (struct str){NULL, 0};
		ok = nested(c, s);
	} else {
		ok = simple(c, s, &m->text);
	}
	m->value = (struct str){from.p, from.n - s->n};
	return ok;
}

static bool named_twice(const struct object *o, struct str key)
{
	for (size_t i = 0; i + 1 < o->n; i++)
		if (str_eq(o->v[i].key, key))
			return true;
	return false;
}

static bool member(struct ctx *c, struct str *s, struct object *o)
{
	struct member *m;
	struct str from = *s;

	if (o->n == MEMBERS_MAX)
		return false;
	o->v = mem_grow(c, o->v, o->n, &o->cap, sizeof *o->v);
	m = &o->v[o->n++];
	blanks(s);
	if (!mark(s, '"') || !string(c, s, &m->key) || named_twice(o, m->key))
		return false;
	blanks(s);
	if (!mark(s, ':'))
		return false;
	blanks(s);
	if (!value(c, s, m))
		return false;
	m->raw = (struct str){from.p, from.n - s->n};
	blanks(s);
	return true;
}

static bool object(struct ctx *c, struct str s, struct object *o)
{
	struct str rest;

	if (str_utf8_bad(s) != s.n)
		return false;
	blanks(&s);
	if (!mark(&s, '{'))
		return false;
	blanks(&s);
	if (!mark(&s, '}'))
		for (;;) {
			if (!member(c, &s, o))
				return false;
			if (mark(&s, '}'))
				break;
			if (!mark(&s, ','))
				return false;
		}
	o->tail = rest = s;
	blanks(&rest);
	return rest.n == 0;
}

/* ---- a record ---- */

static struct str text_of(const struct object *o, struct str key)
{
	for (size_t i = 0; i < o->n && key.n > 0; i++)
		if (str_eq(o->v[i].key, key) && o->v[i].text.p != NULL)
			return o->v[i].text;
	return (struct str){NULL, 0};
}

/* A member that is there and is no text: "at": null is no instant, "at": [] is nothing to read. */
static bool strange(const struct object *o, struct str key)
{
	for (size_t i = 0; i < o->n && key.n > 0; i++)
		if (str_eq(o->v[i].key, key))
			return o->v[i].text.p == NULL && !str_is(o->v[i].value, "null");
	return false;
}

static const struct yield_shape *choose(const struct yield_run *y, const struct object *o)
{
	const struct yield_shapes *all = &y->ask->shapes;
	const struct yield_shape *own = yield_shape_built_in(YIELD_SHAPE_JSONL);

	for (size_t i = 0; i < all->n; i++) {
		const struct yield_shape *s = all->v[i];

		if (s->kind == YIELD_SHAPE_JSONL && text_of(o, s->target).p != NULL &&
		    (s->instant.n == 0 || text_of(o, s->instant).p != NULL))
			return s;
	}
	return text_of(o, own->target).p != NULL ? own : NULL;
}

struct lines {
	struct yield_run *y;
	const struct yield_shape *shape;
	struct yield_bytes line, out;
};

static enum yield_reason judge(struct ctx *c, const struct lines *l, const struct object *o)
{
	const struct yield_shape *s = l->shape;
	struct str target = text_of(o, s->target);
	bool any = false;

	if (target.p == NULL || str_trim(target).n == 0)
		return YIELD_NO_TARGET;
	if (!yield_same(c, l->y, target))
		return YIELD_TARGET;
	for (size_t i = 0; i < o->n; i++)
		any = any || yield_shape_field(s, l->y->ask, o->v[i].key);
	if (!any)
		return YIELD_FIELD;
	if (strange(o, s->instant) || strange(o, s->until))
		return YIELD_NO_INSTANT;
	return yield_between(l->y, s, text_of(o, s->instant), text_of(o, s->until));
}

static bool party(struct ctx *c, const struct lines *l, const struct member *m)
{
	return l->y->ask->mask && !str_eq(m->key, l->shape->target) &&
	       yield_shape_party(l->shape, m->key) && !str_is(m->value, "null") &&
	       !(m->text.p != NULL && (m->text.n == 0 || yield_same(c, l->y, m->text)));
}

/* As it came, or without the members that may not leave. */
static struct str leaving(struct ctx *c, struct lines *l, struct str line, const struct object *o)
{
	struct yield_bytes *out = &l->out;
	bool all = true, first = true;

	out->n = 0;
	yield_bytes_put(out, STR("{"));
	for (size_t i = 0; i < o->n; i++) {
		const struct member *m = &o->v[i];

		if (!yield_shape_granted(l->shape, l->y->ask, m->key)) {
			l->y->r->cut++;
			all = false;
			continue;
		}
		if (!first)
			yield_bytes_put(out, STR(","));
		first = false;
		if (party(c, l, m)) {
			yield_bytes_put(out, (struct str){m->raw.p, m->raw.n - m->value.n});
			yield_bytes_put(out, STR("\"" YIELD_MARK "\""));
			l->y->r->masked++;
			all = false;
		} else {
			yield_bytes_put(out, m->raw);
		}
	}
	yield_bytes_put(out, STR("}"));
	yield_bytes_put(out, o->tail);
	return all ? line : (struct str){out->p, out->n};
}

static int one(struct ctx *c, struct lines *l, int64_t line, int64_t byte, bool too_long)
{
	struct mem_mark m = mem_mark(c);
	struct str text = {l->line.p, l->line.n};
	enum yield_reason why = YIELD_UNREAD;
	struct object o = {0};

	if (!too_long && object(c, text, &o))
		why = judge(c, l, &o);
	yield_note(l->y, line, byte, why);
	if (why == YIELD_IN)
		text = leaving(c, l, text, &o);
	mem_reset(c, m); /* before the output, which may grow in the arena */
	return why == YIELD_IN ? yield_put(c, l->y, text) : 0;
}

/* One line into l->line, or its end skipped when it is too long. 0 at the end, 1 otherwise. */
static int next(struct ctx *c, struct lines *l, bool *ret_too_long)
{
	bool whole = false;
	struct str s;
	size_t n = 0;

	l->line.n = 0;
	*ret_too_long = false;
	do {
		int rc = yield_piece(c, l->y, &s, &whole);

		if (rc != 0)
			return rc;
		n += s.n;
		*ret_too_long = n > YIELD_RECORD_MAX;
		if (!*ret_too_long)
			yield_bytes_put(&l->line, s);
		yield_skip(l->y, s.n);
	} while (s.n > 0 && !whole);
	return n > 0;
}

/* The mark some programs write in front of a file. */
static int skip_mark(struct ctx *c, struct yield_run *y)
{
	if (!str_starts(yield_ready(&y->src), "\xef\xbb\xbf"))
		return 0;
	yield_skip(y, 3);
	return yield_fill(c, &y->src, 1);
}

/* The shape is chosen by the first line; where that cannot be read, nothing says what this is. */
static const struct yield_shape *shape_of(struct ctx *c, struct yield_run *y)
{
	struct str s = yield_ready(&y->src), line;
	struct object o = {0};

	while (s.n > 0) {
		(void)str_cut(s, '\n', &line, &s);
		if (str_trim(line).n > 0)
			break;
	}
	return object(c, line, &o) ? choose(y, &o) : NULL;
}

int yield_jsonl(struct ctx *c, struct yield_run *y)
{
	struct lines l = {.y = y};
	bool too_long;
	int rc = skip_mark(c, y);

	if (rc == 0)
		l.shape = shape_of(c, y);
	if (rc != 0 || l.shape == NULL)
		return rc;
	y->r->format = YIELD_JSONL;
	y->r->shape = l.shape->name;
	for (;;) {
		int64_t line = y->line, byte = y->src.offset;

		rc = next(c, &l, &too_long);
		if (rc <= 0)
			break;
		rc = str_trim((struct str){l.line.p, l.line.n}).n == 0
			 ? 0
			 : one(c, &l, line, byte, too_long);
		if (rc != 0)
			break;
	}
	free(l.line.p);
	free(l.out.p);
	return rc;
}
