#include "out/site_page.h"

#include "base/mem.h"
#include "kind/land.h"
#include "out/report_chart.h"
#include "out/report_land.h"
#include "out/report_word.h"
#include "out/site_frame.h"

static struct str land_text(struct ctx *c, struct str code, enum report_lang lang)
{
	struct str name = land_name(code, report_text_lang(lang));

	return name.n > 0 ? name : str_make(c, code);
}

static struct str period_text(struct ctx *c, const struct edition *e, enum report_lang lang)
{
	struct buf b = buf_init(c, 256);

	report_text_period(&b, lang, e->period);
	return buf_str(&b);
}

static void put_link(const struct report_page *p, struct str href, struct str text)
{
	buf_puts(p->b, "<a href=\"");
	report_chart_escape(p->b, href);
	buf_puts(p->b, "\">");
	report_chart_escape(p->b, text);
	buf_puts(p->b, "</a>");
}

/* ---- the trend ---- */

static bool any_of(const struct site *s, const char *section, struct str country, enum outcome o)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct figure *x =
		    figure_find(s->v[i].r.figures, section, country, STR(""), outcome_id(o));

		if (x != NULL && (x->status != FIGURE_EXACT || x->value_min > 0))
			return true;
	}
	return false;
}

static bool shows(const struct site *s, const char *section, struct str country, enum outcome o)
{
	return o <= OUTCOME_REJECTED || any_of(s, section, country, o);
}

static void put_trend_row(const struct report_page *p, const struct site *s,
    const struct site_edition *x, const char *section, struct str country)
{
	const struct figures *f = x->r.figures;

	buf_puts(p->b, "<tr><th scope=\"row\">");
	put_link(p,
	    str_fmt(p->c, "%sedition/%.*s/index%s.html", country.n > 0 ? "../" : "",
		STR_ARG(x->name), report_text_suffix(p->lang)),
	    period_text(p->c, &x->e, p->lang));
	buf_puts(p->b, "</th>");
	report_page_cell(p, figure_find(f, section, country, STR(""), "requests"));
	report_page_cell(p, figure_find(f, section, country, STR(""), "accounts"));
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		if (shows(s, section, country, (enum outcome)o))
			report_page_cell(p,
			    figure_find(f, section, country, STR(""), outcome_id((enum outcome)o)));
	buf_puts(p->b, "</tr>\n");
}

/* The outcomes of one row as parts of a bar; what has no number has no part. */
static struct report_bar *parts_of(
    const struct report_page *p, const struct figures *f, const char *section, struct str country)
{
	struct report_bar *parts = mem_array(p->c, OUTCOME_END, sizeof *parts);

	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++) {
		const char *id = outcome_id((enum outcome)o);

		parts[o - OUTCOME_CONTENT] =
		    (struct report_bar){report_word_outcome(p->lang, (enum outcome)o),
			str_fmt(p->c, "o-%s", id), figure_number(f, section, country, STR(""), id)};
	}
	return parts;
}

/* A row for each period, from the newest version of it. */
static void put_trend(const struct report_page *p, const struct site *s, const char *section,
    struct str country, const char *desc)
{
	struct report_series *rows = mem_array(p->c, s->n + 1, sizeof *rows);
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct figures *f = s->v[i].r.figures;
		const struct figure *x = figure_find(f, section, country, STR(""), "requests");

		if (s->v[i].newest && x != NULL && x->status == FIGURE_EXACT)
			rows[n++] = (struct report_series){period_text(p->c, &s->v[i].e, p->lang),
			    parts_of(p, f, section, country), OUTCOME_END - OUTCOME_CONTENT};
	}
	if (n > 0)
		report_chart_series(p->b, p->lang, "chart-trend", report_page_text(p, "site.trend"),
		    report_page_text(p, desc), rows, n);
}

/* What the colours of the trend mean, beside the numbers of each period. */
static void put_trend_table(
    const struct report_page *p, const struct site *s, const char *section, struct str country)
{
	report_page_table(p, "site.land.caption", " wide");
	report_page_element(p, "<th scope=\"col\">", "col.period", "</th>");
	report_page_element(p, "<th scope=\"col\">", "col.requests", "</th>");
	report_page_element(p, "<th scope=\"col\">", "col.accounts", "</th>");
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++) {
		if (!shows(s, section, country, (enum outcome)o))
			continue;
		buf_fmt(p->b, "<th scope=\"col\"><span class=\"key o-%s\"></span>",
		    outcome_id((enum outcome)o));
		report_chart_escape(p->b, report_word_outcome(p->lang, (enum outcome)o));
		buf_puts(p->b, "</th>");
	}
	report_page_heads(p, NULL, 0);
	for (size_t i = s->n; i-- > 0;)
		if (s->v[i].newest)
			put_trend_row(p, s, &s->v[i], section, country);
	report_page_table_end(p);
}

/* ---- the share of users ---- */

static const struct figure *share_of(const struct site_edition *x)
{
	return x->newest ? figure_find(x->r.figures, "users", STR(""), STR(""), "per_million")
			 : NULL;
}

static void put_share_chart(const struct report_page *p, const struct site *s)
{
	struct report_bar *bars = mem_array(p->c, s->n + 1, sizeof *bars);
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		if (share_of(&s->v[i]) != NULL)
			bars[n++] = (struct report_bar){period_text(p->c, &s->v[i].e, p->lang),
			    STR("bar"), share_of(&s->v[i])->value_min};
	report_chart_bars(p->b, p->lang, "chart-users", report_page_text(p, "users"),
	    report_page_text(p, "site.users.desc"), bars, n);
}

/* Of each period whose edition says it, the newest first, as in the other tables. */
static void put_shares(const struct report_page *p, const struct site *s)
{
	static const char *const head[] = {
	    "col.period", "users.accounts", "users.active", "users.share"};
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += share_of(&s->v[i]) != NULL;
	if (n == 0)
		return;
	report_page_section(p, "users", "users");
	put_share_chart(p, s);
	report_page_table(p, "users.caption", "");
	report_page_heads(p, head, 4);
	for (size_t i = s->n; i-- > 0;) {
		const struct figures *f = s->v[i].r.figures;

		if (share_of(&s->v[i]) == NULL)
			continue;
		report_page_row(p, period_text(p->c, &s->v[i].e, p->lang));
		report_page_cell(p, figure_find(f, "total", STR(""), STR(""), "accounts"));
		report_page_cell(p, figure_find(f, "users", STR(""), STR(""), "active"));
		report_page_cell(p, share_of(&s->v[i]));
		buf_puts(p->b, "</tr>\n");
	}
	report_page_table_end(p);
	report_page_section_end(p);
}

/* ---- the first page ---- */

static void put_files(const struct report_page *p, const struct site_edition *x)
{
	static const struct {
		const char *en, *de, *name;
	} files[] = {{"report.pdf", "report.de.pdf", "PDF"},
	    {"report.xlsx", "report.de.xlsx", "XLSX"}, {"figures.csv", "figures.csv", "CSV"},
	    {"figures.json", "figures.json", "JSON"}};

	buf_puts(p->b, "<td class=\"text\">");
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		buf_puts(p->b, i > 0 ? ", " : "");
		put_link(p,
		    str_fmt(p->c, "edition/%.*s/%s", STR_ARG(x->name),
			p->lang == REPORT_DE ? files[i].de : files[i].en),
		    str_of(files[i].name));
	}
	if (x->before != NULL) {
		buf_puts(p->b, ", ");
		put_link(p,
		    str_fmt(p->c, "edition/%.*s/changes%s.html", STR_ARG(x->name),
			report_text_suffix(p->lang)),
		    str_of(report_page_text(p, "site.changed")));
	}
	buf_puts(p->b, "</td></tr>\n");
}

static void put_edition(const struct report_page *p, const struct site_edition *x)
{
	static const char *const metrics[] = {"requests", "accounts", "content", "rejected"};

	buf_puts(p->b, "<tr><th scope=\"row\">");
	put_link(p,
	    str_fmt(
		p->c, "edition/%.*s/index%s.html", STR_ARG(x->name), report_text_suffix(p->lang)),
	    period_text(p->c, &x->e, p->lang));
	if (!x->newest)
		report_page_element(p, " <span class=\"word\">", "site.replaced", "</span>");
	buf_fmt(
	    p->b, "</th><td class=\"num\">%lld</td><td class=\"num\">", (long long)x->e.version);
	report_text_day(p->b, p->lang, x->e.published);
	buf_puts(p->b, "</td>");
	for (size_t i = 0; i < 4; i++)
		report_page_cell(
		    p, figure_find(x->r.figures, "total", STR(""), STR(""), metrics[i]));
	put_files(p, x);
}

static void put_editions(const struct report_page *p, const struct site *s)
{
	static const char *const head[] = {"col.period", "col.version", "col.published",
	    "col.requests", "col.accounts", "outcome.content", "outcome.rejected", "col.files"};

	report_page_section(p, "editions", "site.editions");
	report_page_table(p, "site.editions.caption", " wide files");
	report_page_heads(p, head, 8);
	for (size_t i = s->n; i-- > 0;)
		put_edition(p, &s->v[i]);
	report_page_table_end(p);
	report_page_section_end(p);
}

static void put_lands(const struct report_page *p, const struct site *s)
{
	struct report_land *rows = mem_array(p->c, s->n_land, sizeof *rows);

	report_page_section(p, "countries", "site.countries");
	report_page_element(p, "<p>", "site.countries.intro", "</p>\n<ul class=\"columns\">\n");
	for (size_t i = 0; i < s->n_land; i++)
		rows[i] = (struct report_land){.code = s->land[i]};
	report_land_name(p->c, rows, s->n_land, p->lang);
	for (size_t i = 0; i < s->n_land; i++) {
		buf_puts(p->b, "<li>");
		put_link(p,
		    str_fmt(p->c, "country/%.*s%s.html", STR_ARG(rows[i].code),
			report_text_suffix(p->lang)),
		    rows[i].name);
		buf_puts(p->b, "</li>\n");
	}
	buf_puts(p->b, "</ul>\n");
	report_page_section_end(p);
}

void site_page_index(struct ctx *c, const struct site *s, enum report_lang lang, struct buf *b)
{
	struct report_page p = {c, NULL, lang, b};

	site_frame_open(&p, s, str_of(report_text(lang, "title")), "", "index");
	report_page_element(&p, "<p class=\"period\">", "site.intro", "</p>\n");
	if (s->n == 0) {
		report_page_element(&p, "<p>", "site.none", "</p>\n");
		site_statement_link(&p, s);
		site_frame_close(&p);
		return;
	}
	put_editions(&p, s);
	site_statement_link(&p, s);
	report_page_section(&p, "trend", "site.trend");
	put_trend(&p, s, "total", STR(""), "site.trend.desc");
	put_trend_table(&p, s, "total", STR(""));
	report_page_section_end(&p);
	put_shares(&p, s);
	if (s->n_land > 0)
		put_lands(&p, s);
	buf_puts(b, "</main>\n<footer>\n<p><a href=\"feed.atom\">");
	report_page_element(&p, "", "site.feed", "</a></p>\n");
	report_page_close(&p);
}

/* ---- a country ---- */

void site_page_land(
    struct ctx *c, const struct site *s, struct str land, enum report_lang lang, struct buf *b)
{
	struct report_page p = {c, NULL, lang, b};

	site_frame_open(&p, s, land_text(c, land, lang), "../", str_z(c, land));
	report_page_element(&p, "<p class=\"period\">", "title", "</p>\n");
	report_page_section(&p, "trend", "site.trend");
	put_trend(&p, s, "country", land, "site.land.desc");
	put_trend_table(&p, s, "country", land);
	report_page_element(&p, "<p class=\"small\">", "site.absent", "</p>\n");
	report_page_section_end(&p);
	site_frame_close(&p);
}
