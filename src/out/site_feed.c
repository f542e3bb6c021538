#include "out/site_feed.h"

#include "base/mem.h"
#include "out/report_chart.h"
#include "out/report_more.h"
#include "out/site_statement.h"

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

static void put_cause(struct buf *b, const struct site_edition *x)
{
	enum report_lang in;
	const struct wording *w = report_more_cause(&x->r, REPORT_EN, &in);

	if (w == NULL)
		return;
	buf_puts(b, " ");
	report_chart_escape(b, w->title);
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
	buf_puts(b, ".");
	put_cause(b, x);
	buf_puts(b, "</summary>\n");
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

/* ---- updates of the statement ---- */

static void put_update(
    struct ctx *c, const struct site *s, struct buf *b, const struct statement *x)
{
	enum report_lang lang;
	const struct wording *w = site_statement_words(x, REPORT_EN, &lang);

	buf_puts(b, lang == REPORT_EN ? "<entry>\n<title>" : "<entry xml:lang=\"de\">\n<title>");
	buf_fmt(b, "%s %lld: ", report_text(lang, "feed.update"), (long long)x->number);
	report_chart_escape(b, w->title);
	buf_puts(b, "</title>\n");
	put_uuid(c, b,
	    str_fmt(c, "writ/feed/1 %.*s update %lld", STR_ARG(s->provider), (long long)x->number));
	put_updated(c, b, instant_day(x->published));
	buf_fmt(b, "<link rel=\"alternate\" type=\"text/html\" hreflang=\"%s\" href=\"",
	    report_text_lang(lang));
	report_chart_escape(b, s->base);
	buf_fmt(b, "statement%s.html#update-%lld\"/>\n<summary>", report_text_suffix(lang),
	    (long long)x->number);
	report_text_day(b, lang, x->day);
	buf_puts(b, "</summary>\n<content>");
	report_chart_escape(b, w->text);
	buf_puts(b, "</content>\n</entry>\n");
}

/* ---- all of it ---- */

struct news {
	struct day day; /* on which it was published */
	const struct site_edition *edition;
	const struct statement *update;
};

struct all_news {
	struct news *v;
	size_t n;
};

/* Newest first; of one day the later of two that come in their own order. */
static void add(struct all_news *all, struct news one)
{
	size_t k = all->n++;

	for (; k > 0 && all->v[k - 1].day.n <= one.day.n; k--)
		all->v[k] = all->v[k - 1];
	all->v[k] = one;
}

static struct all_news by_day(struct ctx *c, const struct site *s)
{
	struct all_news all = {mem_array(c, s->n + s->statements.n + 1, sizeof(struct news)), 0};

	for (size_t i = 0; i < s->n; i++)
		add(&all, (struct news){s->v[i].e.published, &s->v[i], NULL});
	for (int64_t n = 1, found = 1; found; n++) {
		found = 0;
		for (size_t i = 0; i < s->statements.n; i++) {
			const struct statement *x = &s->statements.v[i];

			if (x->number != n)
				continue;
			add(&all, (struct news){instant_day(x->published), NULL, x});
			found = 1;
		}
	}
	return all;
}

bool site_feed_any(const struct site *s)
{
	for (size_t i = 0; i < s->statements.n; i++)
		if (s->statements.v[i].number != 0)
			return true;
	return s->n > 0;
}

void site_feed(struct ctx *c, const struct site *s, struct buf *b)
{
	struct all_news all = by_day(c, s);

	buf_puts(b, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		    "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n<title>");
	buf_puts(b, report_text(REPORT_EN, "title"));
	buf_puts(b, " \302\267 ");
	report_chart_escape(b, s->provider);
	buf_puts(b, "</title>\n");
	put_uuid(c, b, str_fmt(c, "writ/feed/1 %.*s", STR_ARG(s->provider)));
	put_updated(c, b, all.v[0].day);
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
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].edition != NULL)
			put_entry(c, s, b, all.v[i].edition);
		else
			put_update(c, s, b, all.v[i].update);
	}
	buf_puts(b, "</feed>\n");
}
