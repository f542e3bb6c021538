#include "out/audit_chart.h"

#include "out/report_chart.h"

enum { HEIGHT = 92, ROW = 46, LEAST = 80 /* hundredths of a per cent that can be seen */ };

/* n of `of` in hundredths of a per cent. */
static int64_t share(int64_t n, int64_t of)
{
	return of < INT64_MAX / 20000 ? n * 10000 / of : n / (of / 10000);
}

static void put_bar(struct buf *b, const char *class, int64_t x, int64_t width, int y)
{
	if (width < LEAST)
		width = LEAST;
	if (x + width > 10000)
		x = 10000 - width;
	buf_fmt(b,
	    "<rect class=\"%s\" x=\"%lld.%02lld%%\" y=\"%d\" width=\"%lld.%02lld%%\" height=\"14\" "
	    "rx=\"2\"/>\n",
	    class, (long long)(x / 100), (long long)(x % 100), y, (long long)(width / 100),
	    (long long)(width % 100));
}

static struct str range(const struct tell_say *s, int64_t lo, int64_t hi, bool open)
{
	struct str edges[] = {tell_say_number(s, lo), tell_say_number(s, hi)};
	struct buf b = buf_init(s->c, 200);

	tell_word_put(&b, s->lang,
	    open       ? "said.least"
	    : lo == hi ? "said.exact"
		       : "said.band",
	    edges, 2);
	return buf_str(&b);
}

static void put_row(
    struct buf *b, const struct tell_say *s, const char *key, struct str range, int y)
{
	buf_fmt(b, "<text x=\"0\" y=\"%d\">", y + 15);
	report_chart_escape(b, str_of(tell_word(s->lang, key)));
	buf_fmt(b, "</text><text class=\"n\" x=\"100%%\" y=\"%d\">", y + 15);
	report_chart_escape(b, range);
	buf_fmt(b,
	    "</text>\n<rect class=\"track\" x=\"0\" y=\"%d\" width=\"100%%\" height=\"14\" "
	    "rx=\"2\"/>\n",
	    y + 22);
}

static void put_head(
    struct buf *b, const struct tell_say *s, const char *id, struct str permitted, struct str told)
{
	struct str args[] = {permitted, told};
	struct buf desc = buf_init(s->c, 1000);

	tell_word_put(&desc, s->lang, "picture.desc", args, 2);
	buf_fmt(b,
	    "<svg class=\"chart\" role=\"img\" aria-labelledby=\"%s-t %s-d\" width=\"100%%\" "
	    "height=\"%d\" xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"%s-t\">",
	    id, id, HEIGHT, id);
	report_chart_escape(b, str_of(tell_word(s->lang, "picture.title")));
	buf_fmt(b, "</title>\n<desc id=\"%s-d\">", id);
	report_chart_escape(b, buf_str(&desc));
	buf_puts(b, "</desc>\n");
}

void audit_chart(struct buf *b, const struct tell_say *s, const char *id,
    const struct model_target *t, const struct infer *r)
{
	int64_t hi = r->hi_open ? (r->lo > t->hi ? r->lo : t->hi) : r->hi;
	int64_t from = t->lo < r->lo ? t->lo : r->lo, to = t->hi > hi ? t->hi : hi;
	int64_t width = to - from + 1;
	struct str permitted = range(s, t->lo, t->hi, false),
		   told = range(s, r->lo, hi, r->hi_open);

	put_head(b, s, id, permitted, told);
	put_row(b, s, "picture.permitted", permitted, 0);
	put_bar(b, "permitted", share(t->lo - from, width), share(t->hi - t->lo + 1, width), 22);
	put_row(b, s, "picture.inferred", told, ROW);
	put_bar(b, "inferred", share(r->lo - from, width), share(hi - r->lo + 1, width), ROW + 22);
	buf_puts(b, "</svg>\n");
}
