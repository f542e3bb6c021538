/* The check in front of every request: the bytes are taken apart as a generous library would (any
 * line end, folded lines dropped, zero bytes ending a text), and what is let through then holds by
 * a strict reading of the same bytes: it is one request, all of it, with one Host and no second
 * opinion on its length; its path names nothing outside. */
#include "fuzz.h"

#include "web/head.h"

struct split {
	struct head head;
	struct str raw;
};

static struct str cut_at(struct str *rest, const char *bytes)
{
	size_t n = 0;
	struct str got;

	while (n < rest->n && strchr(bytes, rest->p[n]) == NULL)
		n++;
	got = (struct str){rest->p, n};
	*rest = (struct str){rest->p + n, rest->n - n};
	return got;
}

static void skip(struct str *rest, const char *bytes, size_t most)
{
	for (; most > 0 && rest->n > 0 && rest->p[0] != '\0' && strchr(bytes, rest->p[0]) != NULL;
	     most--)
		*rest = (struct str){rest->p + 1, rest->n - 1};
}

/* As generous as can be: what is not understood is passed over. */
static bool take(struct ctx *c, struct str raw, struct split *ret)
{
	struct head *h = &ret->head;
	struct str rest = raw;
	size_t cap = 0;

	*ret = (struct split){.raw = raw};
	h->method = cut_at(&rest, " \t\r\n");
	skip(&rest, " \t", 9);
	h->target = cut_at(&rest, " \t\r\n");
	h->target_at = h->target.p;
	skip(&rest, " \t", 9);
	h->version = cut_at(&rest, " \t\r\n");
	for (;;) {
		struct str line, name;
		const char *before = rest.p;

		skip(&rest, "\r", 1);
		skip(&rest, "\n", 1);
		if (rest.p == before)
			return false;
		line = cut_at(&rest, "\r\n");
		if (line.n == 0)
			break;
		(void)str_cut(line, ':', &name, &line);
		skip(&line, " \t", 9);
		h->fields = mem_grow(c, h->fields, h->n, &cap, sizeof *h->fields);
		h->fields[h->n++] = (struct head_field){name, line};
	}
	skip(&rest, "\r", 1);
	skip(&rest, "\n", 1);
	h->size = raw.n - rest.n;
	return true;
}

/* The head written as it should be, with or without the blank after each colon as it came. */
static void as_it_should_be(struct ctx *c, const struct split *s)
{
	struct buf b = buf_init(c, s->raw.n + 16);
	const struct head *h = &s->head;

	buf_fmt(
	    &b, "%.*s %.*s %.*s\r\n", STR_ARG(h->method), STR_ARG(h->target), STR_ARG(h->version));
	for (size_t i = 0; i < h->n; i++) {
		const struct head_field *f = &h->fields[i];

		buf_put(&b, f->name);
		buf_puts(&b, f->value.p == f->name.p + f->name.n + 2 ? ": " : ":");
		buf_put(&b, f->value);
		buf_puts(&b, "\r\n");
	}
	buf_puts(&b, "\r\n");
	fuzz_must(str_eq(buf_str(&b), (struct str){s->raw.p, h->size}),
	    "what is let through is all that was received");
}

static size_t count(const struct head *h, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++)
		n += str_is_nocase(str_trim(h->fields[i].name), name);
	return n;
}

static void framing(const struct head *h)
{
	fuzz_must(count(h, "transfer-encoding") == 0, "no coding");
	fuzz_must(count(h, "content-length") <= 1, "one length");
	fuzz_must(count(h, "host") == 1 || str_is(h->version, "HTTP/1.0"), "one Host");
	fuzz_must(head_length(h) >= 0, "a length is a length");
	fuzz_must(head_length(h) == 0 || str_is(h->method, "POST"), "only POST has a body");
	for (size_t i = 0; i < h->n; i++)
		fuzz_must(!str_has(h->fields[i].value, '\0') && !str_has(h->fields[i].value, '\n'),
		    "no control bytes in values");
}

static void path(struct ctx *c, struct str target)
{
	struct str got, query, again, none;
	int rc = head_path(c, target, &got, &query);

	if (rc != 0) {
		fuzz_refused(c, rc);
		err_clear(c);
		return;
	}
	fuzz_must(
	    got.n > 0 && got.p[0] == '/' && !str_starts(got, "//"), "it begins with one slash");
	fuzz_must(memmem(got.p, got.n, "/../", 4) == NULL && !str_ends(got, "/..") &&
		      memmem(got.p, got.n, "/./", 3) == NULL && !str_ends(got, "/.") &&
		      memmem(got.p, got.n, "//", 2) == NULL,
	    "no segment leads elsewhere");
	fuzz_must(!str_has(got, '%') && !str_has(got, '\\') && !str_has(got, '\0'),
	    "decoded once is decoded");
	fuzz_must(str_utf8_bad(got) == got.n, "it is UTF-8");
	fuzz_must(got.n + query.n <= target.n, "nothing is added");
	if (memchr(target.p, '%', target.n - query.n) == NULL)
		fuzz_must(head_path(c, got, &again, &none) == 0 && str_eq(again, got),
		    "a plain path stays as it is");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	struct split s;
	int status;

	path(c, in);
	if (!take(c, in, &s))
		return;
	status = head_check(&s.head);
	fuzz_must(status == 0 || status == 400 || status == 414 || status == 431, "a known status");
	if (status != 0)
		return;
	as_it_should_be(c, &s);
	framing(&s.head);
}
