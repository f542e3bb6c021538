/* What templates write with: text that is escaped holds no markup and is read back as the same;
 * an address holds nothing that could end it or lead elsewhere; a query is read back. */
#include "fuzz.h"

#include "base/plain.h"
#include "web/page.h"

static const struct {
	const char *entity;
	char ch;
} entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''},
    {"&#13;", '\r'}};

/* What an entity of ours at the beginning of s stands for, and how long it is; 0 for none. */
static char entity_at(struct str s, size_t *ret_n)
{
	for (size_t k = 0; k < sizeof entities / sizeof entities[0]; k++)
		if (str_starts(s, entities[k].entity)) {
			*ret_n = strlen(entities[k].entity);
			return entities[k].ch;
		}
	return '\0';
}

/* As a browser reads it. */
static struct str read_back(struct ctx *c, struct str html)
{
	struct buf b = buf_init(c, html.n + 1);
	size_t n;

	for (size_t i = 0; i < html.n; i += n) {
		char ch = html.p[i];

		n = 1;
		fuzz_must(ch != '\0', "no zero byte");
		fuzz_must(strchr("<>\"'\r", ch) == NULL, "nothing of markup stands in text");
		if (ch == '&')
			ch = entity_at((struct str){html.p + i, html.n - i}, &n);
		fuzz_must(ch != '\0', "an ampersand begins an entity of ours");
		buf_putc(&b, ch);
	}
	return buf_str(&b);
}

/* The text with what is harmful made visible; line ends and tabs stay. */
static struct str meant(struct ctx *c, struct str in)
{
	struct buf b = buf_init(c, in.n * 3 + 1);

	for (size_t i = 0; i < in.n;) {
		bool harms, keeps = strchr("\n\r\t", in.p[i]) != NULL && in.p[i] != '\0';
		size_t n = plain_next(in, i, &harms);

		if (harms && !keeps)
			buf_puts(&b, "\xef\xbf\xbd");
		else
			buf_put(&b, (struct str){in.p + i, keeps ? 1 : n});
		i += keeps ? 1 : n;
	}
	return buf_str(&b);
}

static void escape(struct ctx *c, struct str in)
{
	struct buf b = buf_init(c, in.n * 6 + 16);

	page_escape(&b, in);
	fuzz_must(!b.over, "an escaped byte has six at most");
	fuzz_must(str_utf8_bad(buf_str(&b)) == b.n, "a page is UTF-8");
	fuzz_must(str_eq(read_back(c, buf_str(&b)), meant(c, in)), "text is read back as the same");
}

static void address(struct str in)
{
	struct str path = page_url_path(in).text, web = page_url_web(in).text;

	fuzz_must(str_is(path, "#") || (str_starts(path, "/") && !str_starts(path, "//")),
	    "a path is one of ours");
	fuzz_must(str_is(web, "#") || str_starts(web, "https://"), "others are met by https alone");
	for (int k = 0; k < 2; k++) {
		struct str s = k == 0 ? path : web;

		for (size_t i = 0; i < s.n; i++)
			fuzz_must(
			    s.p[i] > ' ' && s.p[i] < 127 && strchr("<>\"\\^`{|}", s.p[i]) == NULL,
			    "an address has only characters of one");
	}
}

/* What a form takes comes back from the query. */
static void query(struct ctx *c, struct str in)
{
	struct url to = page_url_query(c, PAGE_URL("/desk?a=1"), "name", in);
	struct str head, text;
	struct form form;
	size_t n;
	const struct form_field *f;

	fuzz_must(str_eq(page_url_path(to.text).text, to.text), "an address with a query is one");
	fuzz_must(str_cut(to.text, '?', &head, &text), "a query has its mark");
	if (form_parse(c, text, &form) != 0) {
		err_clear(c);
		return; /* characters that no field may have */
	}
	f = form_find(&form, "name", &n);
	fuzz_must(form.n == 2 && f != NULL && str_eq(f->value, in), "a query is read back");
}

static void fill(struct ctx *c, struct str in)
{
	struct str values[] = {fuzz_part(&in), fuzz_part(&in)};
	struct str made = lang_fill(c, in, values, 2);

	if (in.n == 0 || memchr(in.p, '{', in.n) == NULL)
		fuzz_must(str_eq(made, in), "a text without values stays");
	fuzz_must(
	    str_is(lang_fill(c, STR("{1}{3}{2}"), values, 0), "{1}{3}{2}"), "no value, no change");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	escape(c, in);
	address(in);
	query(c, in);
	fill(c, in);
}
