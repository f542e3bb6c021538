#include "out/report_page.h"

#include "kind/hash.h"
#include "out/report_chart.h"
#include "out/report_style.h"
#include "out/report_word.h"

enum { STYLE_MAX = 64 << 10 };

const char *report_page_text(const struct report_page *p, const char *key)
{
	return report_text(p->lang, key);
}

void report_page_say(const struct report_page *p, const char *key)
{
	report_chart_escape(p->b, str_of(report_page_text(p, key)));
}

void report_page_element(
    const struct report_page *p, const char *open, const char *key, const char *close)
{
	buf_puts(p->b, open);
	report_page_say(p, key);
	buf_puts(p->b, close);
}

/* The policy of a page that stands alone allows its own style sheet, by its hash, and nothing else
 * (W3C Content Security Policy Level 3, 2.3.1). */
static void put_style(const struct report_page *p, const struct report_frame *f)
{
	static const char policy[] = "<meta http-equiv=\"Content-Security-Policy\" content=\"";
	struct buf style = buf_init(p->c, STYLE_MAX);
	struct hash hash;

	if (f->style != NULL) {
		buf_fmt(p->b,
		    "%sdefault-src 'self'\">\n<link rel=\"stylesheet\" href=\"%sstyle.css\">\n",
		    policy, f->style);
		return;
	}
	buf_putc(&style, '\n');
	report_style(&style);
	hash = hash_of(buf_str(&style));
	buf_fmt(p->b, "%sdefault-src 'none'; style-src 'sha256-%.*s'\">\n<style>%.*s</style>\n",
	    policy, STR_ARG(text_base64(p->c, hash.b, sizeof hash.b)), STR_ARG(buf_str(&style)));
}

static void put_other(const struct report_page *p, const char *other)
{
	const char *lang = p->lang == REPORT_DE ? "en" : "de";

	if (other == NULL)
		return;
	buf_fmt(p->b, "<nav><a href=\"%s\" hreflang=\"%s\" lang=\"%s\">", other, lang, lang);
	report_page_element(p, "", "other_lang", "</a></nav>");
}

void report_page_open(const struct report_page *p, const struct report_frame *f)
{
	struct buf *b = p->b;

	buf_fmt(b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
	    report_text_lang(p->lang));
	buf_puts(b, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	report_chart_escape(b, f->title);
	buf_puts(b, " \302\267 ");
	report_chart_escape(b, f->provider);
	buf_puts(b, "</title>\n");
	put_style(p, f);
	buf_fmt(b, "%s</head>\n<body>\n", f->links);
	report_page_element(p, "<a class=\"skip\" href=\"#main\">",
	    f->skip != NULL ? f->skip : "skip", "</a>\n<header><strong>");
	if (f->up != NULL)
		buf_fmt(b, "<a href=\"%sindex%s.html\">", f->up, report_text_suffix(p->lang));
	report_chart_escape(b, f->provider);
	buf_fmt(b, "%s</strong>", f->up != NULL ? "</a>" : "");
	put_other(p, f->other);
	buf_puts(b, "</header>\n<main id=\"main\">\n");
}

void report_page_close(const struct report_page *p)
{
	report_page_element(p, "<p>", "footer", "</p>\n</footer>\n</body>\n</html>\n");
}

void report_page_value(const struct report_page *p, const struct figure *x)
{
	bool word = x != NULL && x->status != FIGURE_EXACT && x->status != FIGURE_BAND;

	buf_puts(p->b, word ? "<span class=\"word\">" : "");
	report_chart_escape(p->b, report_word_value(p->c, p->lang, x));
	buf_puts(p->b, word ? "</span>" : "");
}

void report_page_cell(const struct report_page *p, const struct figure *x)
{
	bool zero = x == NULL || (x->status == FIGURE_EXACT && x->value_min == 0);

	buf_puts(p->b, zero ? "<td class=\"num zero\">" : "<td class=\"num\">");
	report_page_value(p, x);
	buf_puts(p->b, "</td>");
}

void report_page_share(const struct report_page *p, int64_t n, int64_t of)
{
	struct buf part = buf_init(p->c, 64);

	report_text_part(&part, p->lang, n, of);
	buf_puts(p->b, "<td class=\"num\">");
	report_chart_escape(p->b, buf_str(&part));
	buf_puts(p->b, "</td>");
}

void report_page_row(const struct report_page *p, struct str text)
{
	buf_puts(p->b, "<tr><th scope=\"row\">");
	report_chart_escape(p->b, text);
	buf_puts(p->b, "</th>");
}

void report_page_table(const struct report_page *p, const char *caption, const char *class)
{
	/* A table that scrolls must be reachable by the keyboard. A group and no region: landmarks
	 * have names of their own, and these may say the same twice on a page. */
	buf_fmt(p->b, "<div class=\"scroll%s\" tabindex=\"0\" role=\"group\" aria-label=\"", class);
	report_page_say(p, caption);
	report_page_element(
	    p, "\">\n<table>\n<caption><span>", caption, "</span></caption>\n<thead><tr>");
}

void report_page_heads(const struct report_page *p, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		report_page_element(p, "<th scope=\"col\">", keys[i], "</th>");
	buf_puts(p->b, "</tr></thead>\n<tbody>\n");
}

void report_page_table_end(const struct report_page *p)
{
	buf_puts(p->b, "</tbody>\n</table>\n</div>\n");
}

void report_page_section(const struct report_page *p, const char *id, const char *key)
{
	buf_fmt(p->b, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">", id, id);
	report_page_say(p, key);
	buf_puts(p->b, "</h2>\n");
}

void report_page_section_end(const struct report_page *p)
{
	buf_puts(p->b, "</section>\n");
}

void report_page_cause(const struct report_page *p, const struct wording *w, enum report_lang in)
{
	buf_puts(p->b, "<p");
	if (in != p->lang)
		buf_fmt(p->b, " lang=\"%s\"", report_text_lang(in));
	buf_puts(p->b, "><strong>");
	report_chart_escape(p->b, w->title);
	buf_puts(p->b, "</strong>");
	if (w->text.n > 0) {
		buf_puts(p->b, "<br>");
		report_chart_escape(p->b, w->text);
	}
	buf_puts(p->b, "</p>\n");
}
