#include "out/site_feed.h"

#include "base/mem.h"
#include "out/report_chart.h"

/* RFC 9562, 5.8: version 8 is for values of one's own making; six bits say so. */
static void put_uuid(struct ctx *c, struct buf *b, struct str of)
{
	struct hash h = hash_of(of);
	struct str hex;

	h.b[6] = (unsigned char)((h.b[6] & 0x0f) | 0x80);
	h.b[8] = (unsigned char)((h.b[8] & 0x3f) | 0x80);
	hex = hash_hex(c, h);
	buf_fmt(b, "<id>urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s</id>\n", hex.p, hex.p + 8, hex.p + 12,
	    hex.p + 16, hex.p + 20);
}

static void put_updated(struct ctx *c, struct buf *b, struct day day)
{
	buf_fmt(b, "<updated>%.*sT00:00:00Z</updated>\n", STR_ARG(day_str(c, day)));
}

static void put_title(struct buf *b, const struct site_edition *x)
{
	buf_puts(b, "<title>");
	buf_puts(b, report_text(REPORT_EN, x->before == NULL ? "feed.edition" : "feed.correction"));
	buf_puts(b, " ");
	report_text_period(b, REPORT_EN, x->e.period);
	if (x->before != NULL)
		buf_fmt(b, ", %s %lld", report_text(REPORT_EN, "feed.version"),
		    (long long)x->e.version);
	buf_puts(b, "</title>\n");
}

/* What a reader of the feed must know without opening the page. */
static void put_summary(struct ctx *c, struct buf *b, const struct site_edition *x)
{
	struct edition_changes changes = {0};

	buf_puts(b, "<summary>");
	if (x->before == NULL) {
		report_text_number(b, REPORT_EN,
		    figure_number(x->r.figures, "total", STR(""), STR(""), "requests"));
		buf_fmt(b, " %s ", report_text(REPORT_EN, "feed.requests"));
		report_text_day(b, REPORT_EN, x->e.as_of);
	} else {
		edition_diff(c, x->before->r.figures, x->r.figures, &changes);
		report_text_number(b, REPORT_EN, (int64_t)changes.n);
		buf_fmt(b, " %s %lld", report_text(REPORT_EN, "feed.changed"),
		    (long long)x->before->e.version);
	}
	buf_puts(b, ".</summary>\n");
}

static void put_entry(
    struct ctx *c, const struct site *s, struct buf *b, const struct site_edition *x)
{
	buf_puts(b, "<entry>\n");
	put_title(b, x);
	put_uuid(c, b,
	    str_fmt(c, "writ/feed/1 %.*s %.*s %.*s", STR_ARG(s->provider), STR_ARG(x->name),
		STR_ARG(hash_hex(c, x->e.figures_hash))));
	put_updated(c, b, x->e.published);
	buf_fmt(b, "<link rel=\"alternate\" type=\"text/html\" hreflang=\"en\" href=\"");
	report_chart_escape(b, s->base);
	buf_fmt(b, "edition/%.*s/index.html\"/>\n", STR_ARG(x->name));
	if (x->before != NULL) {
		buf_puts(b, "<link rel=\"related\" type=\"application/json\" href=\"");
		report_chart_escape(b, s->base);
		buf_fmt(b, "edition/%.*s/changes.json\"/>\n", STR_ARG(x->name));
	}
	put_summary(c, b, x);
	buf_puts(b, "</entry>\n");
}

/* Newest first; what was published on one day goes by period and version. */
static const struct site_edition **by_day(struct ctx *c, const struct site *s)
{
	const struct site_edition **v = mem_array(c, s->n + 1, sizeof *v);

	for (size_t i = 0; i < s->n; i++) {
		size_t k = i;

		for (; k > 0 && v[k - 1]->e.published.n <= s->v[i].e.published.n; k--)
			v[k] = v[k - 1];
		v[k] = &s->v[i];
	}
	return v;
}

void site_feed(struct ctx *c, const struct site *s, struct buf *b)
{
	const struct site_edition **v = by_day(c, s);

	buf_puts(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		    "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n<title>");
	buf_puts(b, report_text(REPORT_EN, "title"));
	buf_puts(b, " \302\267 ");
	report_chart_escape(b, s->provider);
	buf_puts(b, "</title>\n");
	put_uuid(c, b, str_fmt(c, "writ/feed/1 %.*s", STR_ARG(s->provider)));
	put_updated(c, b, v[0]->e.published);
	buf_puts(b, "<author><name>");
	report_chart_escape(b, s->provider);
	buf_puts(b, "</name></author>\n");
	if (s->base.n > 0) {
		buf_puts(b, "<link rel=\"self\" type=\"application/atom+xml\" href=\"");
		report_chart_escape(b, s->base);
		buf_puts(b, "feed.atom\"/>\n");
	}
	buf_puts(b, "<link rel=\"alternate\" type=\"text/html\" href=\"");
	report_chart_escape(b, s->base);
	buf_puts(b, "index.html\"/>\n");
	for (size_t i = 0; i < s->n; i++)
		put_entry(c, s, b, v[i]);
	buf_puts(b, "</feed>\n");
}
