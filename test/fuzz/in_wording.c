/* The texts of the statement: what is taken is UTF-8 within its limits, one line where one line
 * stands, and says the same when it is written as YAML and read again. The first byte chooses the
 * form: 'y' YAML, anything else plain text. */
#include "fuzz.h"

#include "in/wording.h"

static bool clean(struct str s, bool lines)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];

		if ((ch < 0x20 && !(lines && ch == '\n')) || ch == 0x7f)
			return false;
	}
	return str_utf8_bad(s) == s.n;
}

static void put_quoted(struct buf *b, const char *key, struct str s)
{
	if (s.n == 0)
		return;
	buf_fmt(b, "%s: \"", key);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n') {
			buf_puts(b, "\\n");
			continue;
		}
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_putc(b, '\\');
		buf_putc(b, s.p[i]);
	}
	buf_puts(b, "\"\n");
}

static void again(struct ctx *c, const struct wording *w)
{
	struct buf b = buf_init(c, 4 * WORDING_FILE_MAX);
	struct wording v;
	int rc;

	put_quoted(&b, "title", w->title);
	put_quoted(&b, "text", w->text);
	put_quoted(&b, "authority", w->authority);
	put_quoted(&b, "outcome", w->outcome);
	if (b.n > WORDING_FILE_MAX)
		return;
	rc = wording_parse(c, "again.yaml", buf_str(&b), &v);
	if (rc != 0)
		(void)fprintf(stderr, "%s\n", err_text(c));
	fuzz_must(rc == 0, "what was taken is taken again");
	fuzz_must(str_eq(v.title, w->title) && str_eq(v.text, w->text) &&
		      str_eq(v.authority, w->authority) && str_eq(v.outcome, w->outcome),
	    "and says the same");
}

static void fuzz_one(struct ctx *c, struct str in)
{
	bool yaml = in.n > 0 && in.p[0] == 'y';
	struct str text = in.n > 0 ? (struct str){in.p + 1, in.n - 1} : in;
	struct wording w;
	int rc = wording_parse(c, yaml ? "in.yaml" : "in.txt", text, &w);

	if (rc == ERR_LIMIT) {
		fuzz_refused(c, rc);
		return;
	}
	if (rc != 0) {
		fuzz_refused_at(c, rc, yaml ? "in.yaml" : "in.txt");
		return;
	}
	fuzz_must(w.title.n > 0 && w.title.n <= WORDING_LINE_MAX, "a title within its limit");
	fuzz_must(w.text.n <= WORDING_TEXT_MAX, "a text within its limit");
	fuzz_must(clean(w.title, false) && clean(w.authority, false) && clean(w.outcome, false),
	    "one line each");
	fuzz_must(clean(w.text, true), "no control characters");
	again(c, &w);
}
