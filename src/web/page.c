#include "web/page.h"

#include "base/plain.h"
#include "desk/right.h"
#include "kind/land.h"
#include "law/pack.h"
#include "out/report_word.h"
#include "web/lang_num.h"

struct page page_init(struct ctx *c, struct buf *b, enum answer_lang lang)
{
	static const struct str none = {"", 0};

	return (struct page){.c = c,
	    .b = b,
	    .lang = lang,
	    .now = ctx_now(c),
	    .zone = none,
	    .provider = none,
	    .title = none,
	    .path = none,
	    .who = none,
	    .proof = none,
	    .error = none,
	    .error_field = none,
	    .note = none};
}

/* ---- addresses ---- */

static bool address_char(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
	       (ch != '\0' && strchr("-._~:/?#[]@!$&'()*+,;=%", ch) != NULL);
}

/* RFC 3986 2: only characters of an address, and each % with its two digits. */
static bool address_good(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char byte[1];

		if (!address_char(s.p[i]))
			return false;
		if (s.p[i] == '%' &&
		    (i + 2 >= s.n || !text_unhex((struct str){s.p + i + 1, 2}, byte, 1)))
			return false;
	}
	return true;
}

struct url page_url_path(struct str s)
{
	if (!str_starts(s, "/") || str_starts(s, "//") || !address_good(s))
		return PAGE_URL("#");
	return (struct url){s};
}

struct url page_url_query(struct ctx *c, struct url to, const char *name, struct str value)
{
	struct buf b = buf_init(c, PAGE_URL_MAX + FORM_VALUE_MAX * 3);

	buf_put(&b, to.text);
	buf_putc(&b, str_has(to.text, '?') ? '&' : '?');
	form_put(&b, str_of(name));
	buf_putc(&b, '=');
	form_put(&b, value);
	return b.over ? to : (struct url){buf_str(&b)};
}

struct url page_url_web(struct str s)
{
	if (!str_starts(s, "https://") || s.n < 9 || !address_good(s))
		return PAGE_URL("#");
	return (struct url){s};
}

/* ---- writing ---- */

static const char *entity(char ch)
{
	switch (ch) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\r':
		return "&#13;"; /* a bare one would be read as a line end */
	default:
		return NULL;
	}
}

/* Nearly every byte of a page: printed as it is. One bit a byte. */
static bool is_plain(unsigned char byte)
{
	static const uint64_t plain[4] = {
	    ~UINT64_C(0) << 32 & ~(UINT64_C(1) << '&' | UINT64_C(1) << '<' | UINT64_C(1) << '>' |
				     UINT64_C(1) << '"' | UINT64_C(1) << '\''),
	    ~(UINT64_C(1) << (0x7f - 64))};

	return plain[byte >> 6] >> (byte & 63) & 1;
}

/* How far the run of plain bytes from `at` goes. */
static size_t plain_run(struct str s, size_t at)
{
	while (at < s.n && is_plain((unsigned char)s.p[at]))
		at++;
	return at;
}

void page_escape(struct buf *b, struct str s)
{
	size_t from = 0, i = 0;

	while ((i = plain_run(s, i)) < s.n) {
		const char *z = entity(s.p[i]);
		size_t n = 1;
		bool harms = false;

		if (z == NULL && s.p[i] != '\n' && s.p[i] != '\t')
			n = plain_next(s, i, &harms);
		if (z != NULL || harms) {
			buf_put(b, (struct str){s.p + from, i - from});
			buf_puts(b, z != NULL ? z : "\xef\xbf\xbd");
			from = i + n;
		}
		i += n;
	}
	buf_put(b, (struct str){s.p + from, s.n - from});
}

void page_put_str(struct page *p, struct str s)
{
	page_escape(p->b, s);
}

void page_put_z(struct page *p, const char *z)
{
	page_escape(p->b, str_of(z));
}

void page_put_num(struct page *p, int64_t n)
{
	lang_num(p->b, p->lang, n);
}

void page_put_size(struct page *p, size_t n)
{
	page_put_num(p, n > INT64_MAX ? INT64_MAX : (int64_t)n);
}

void page_attr_num(struct page *p, int64_t n)
{
	buf_i64(p->b, n);
}

void page_attr_size(struct page *p, size_t n)
{
	buf_fmt(p->b, "%zu", n);
}

void page_plain_str(struct page *p, struct str s)
{
	buf_put(p->b, s);
}

void page_plain_z(struct page *p, const char *z)
{
	buf_puts(p->b, z);
}

void page_put_html(struct page *p, struct html h)
{
	buf_put(p->b, h.text);
}

void page_href(struct page *p, struct url u)
{
	page_escape(p->b, u.text);
}

static bool is_day(enum when_form form)
{
	return form == WHEN_DAY || form == WHEN_WEEKDAY;
}

void page_put_when(struct page *p, struct when w)
{
	bool day = is_day(w.form);

	if (day ? day_is_none(w.day) : instant_is_none(w.at))
		return;
	buf_fmt(p->b, "<time datetime=\"%s\"",
	    day ? day_str(p->c, w.day).p : instant_str(p->c, w.at).p);
	if (w.form == WHEN_CLOCK) {
		buf_puts(p->b, " title=\"");
		lang_num_instant(p->b, p->lang, w.at, true);
		buf_puts(p->b, "\">");
		lang_num_from(p->b, p->lang, w.at.s - p->now);
	} else {
		buf_putc(p->b, '>');
		if (day)
			lang_num_day(
			    p->b, p->lang, w.form == WHEN_DAY ? LANG_DAY : LANG_WEEKDAY, w.day);
		else
			lang_num_instant(p->b, p->lang, w.at, w.form == WHEN_ZONED);
	}
	buf_puts(p->b, "</time>");
}

void page_proof(struct page *p)
{
	if (p->proof.n == 0)
		return;
	buf_puts(p->b, "<input type=\"hidden\" name=\"proof\" value=\"");
	page_escape(p->b, p->proof);
	buf_puts(p->b, "\">");
}

/* ---- what a page says ---- */

struct str page_say(const struct page *p, const char *id)
{
	return lang_say(p->lang, id);
}

static struct str law_word(const struct page *p, const char *kind, struct str word)
{
	const struct vocab_field *field = NULL;
	const struct vocab_code *code = NULL;

	if (p->law == NULL)
		return word;
	if (strcmp(kind, "field") == 0)
		field = pack_field(p->law, word);
	else
		code = pack_code(p->law, word);
	if (field != NULL)
		return p->lang == ANSWER_DE ? field->de : field->en;
	if (code != NULL)
		return p->lang == ANSWER_DE ? code->de : code->en;
	return word;
}

struct str page_word(const struct page *p, const char *kind, struct str word)
{
	struct str name;

	if (strcmp(kind, "field") == 0 || strcmp(kind, "code") == 0)
		return law_word(p, kind, word);
	if (strcmp(kind, "country") == 0) {
		name = land_name(word, lang_code(p->lang));
		return name.n > 0 ? name : word;
	}
	if (strcmp(kind, "step") == 0) {
		enum right step = right_of_name(word);

		if (step == RIGHTS) /* what the program does by itself */
			return lang_find(p->lang, "word step", word, &name) ? name : word;
		return str_of(p->lang == ANSWER_DE ? right_rule(step)->de : right_rule(step)->en);
	}
	if (str_has_word(STR("outcome refusal channel class status"), str_of(kind)))
		return report_word(p->lang == ANSWER_DE ? REPORT_DE : REPORT_EN, kind, word);
	if (strcmp(kind, "matter") == 0 && !lang_find(p->lang, "word matter", word, &name))
		kind = "order"; /* the matter has the word of the order that needs most attention */
	return lang_word(p->lang, kind, word);
}

struct str page_entered(const struct page *p, const char *name)
{
	size_t n;
	const struct form_field *f = p->form == NULL ? NULL : form_find(p->form, name, &n);

	return f == NULL ? (struct str){"", 0} : f->value;
}

bool page_has(const struct json *v, const char *key)
{
	const struct json *x = json_find(v, key);

	if (x == NULL || x->kind == JSON_NULL)
		return false;
	if (x->kind == JSON_TEXT)
		return x->text.n > 0;
	return x->kind == JSON_BOOL || x->kind == JSON_INT || x->n > 0;
}

struct when page_when(struct page *p, const struct json *v, const char *key, enum when_form form)
{
	struct when w = {form, DAY_NONE, INSTANT_NONE};
	struct str text = json_text(v, key);
	bool only_day = text.n == sizeof "YYYY-MM-DD" - 1;
	int rc = 0;

	if (text.n == 0)
		return w;
	if (is_day(form) && !only_day) {
		rc = instant_parse(p->c, text, &w.at);
		w.day = rc == 0 ? instant_day(w.at) : DAY_NONE;
	} else if (only_day) {
		w.form = is_day(form) ? form : WHEN_DAY;
		rc = day_parse(p->c, text, &w.day);
	} else {
		rc = instant_parse(p->c, text, &w.at);
	}
	if (rc != 0)
		err_clear(p->c);
	return w;
}
