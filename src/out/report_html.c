#include "out/report_html.h"

#include "out/report_chart.h"
#include "out/report_land.h"
#include "out/report_word.h"

enum { CHART_ROWS = 12 };

struct page {
	struct ctx *c;
	const struct report *r;
	enum report_lang lang;
	struct buf *b;
};

/* ---- words ---- */

static const char *t(const struct page *p, const char *key)
{
	return report_text(p->lang, key);
}

static void say(const struct page *p, const char *key)
{
	report_chart_escape(p->b, str_of(t(p, key)));
}

static void element(const struct page *p, const char *open, const char *key, const char *close)
{
	buf_puts(p->b, open);
	say(p, key);
	buf_puts(p->b, close);
}

static struct str word_text(const struct page *p, const char *prefix, struct str word)
{
	return report_word(p->lang, prefix, word);
}

static struct str outcome_text(const struct page *p, enum outcome o)
{
	return report_word_outcome(p->lang, o);
}

static const struct figure *find(const struct page *p, const char *section, struct str country,
    struct str instrument, const char *metric)
{
	return figure_find(p->r->figures, section, country, instrument, metric);
}

static int64_t total(const struct page *p, const char *metric)
{
	return figure_number(p->r->figures, "total", STR(""), STR(""), metric);
}

/* ---- cells ---- */

static void put_value(const struct page *p, const struct figure *x)
{
	if (x == NULL)
		return;
	if (x->status == FIGURE_EXACT || x->status == FIGURE_BAND) {
		report_text_number(p->b, p->lang, x->value_min);
		if (x->status == FIGURE_EXACT)
			return;
		buf_puts(p->b, "\342\200\223"); /* en dash */
		report_text_number(p->b, p->lang, x->value_max);
		return;
	}
	buf_puts(p->b, "<span class=\"word\">");
	report_chart_escape(p->b, word_text(p, "status", str_of(figure_status_id(x->status))));
	buf_puts(p->b, "</span>");
}

static void put_cell(const struct page *p, const struct figure *x)
{
	bool zero = x == NULL || (x->status == FIGURE_EXACT && x->value_min == 0);

	buf_puts(p->b, zero ? "<td class=\"num zero\">" : "<td class=\"num\">");
	put_value(p, x);
	buf_puts(p->b, "</td>");
}

static void put_share_cell(const struct page *p, int64_t n, int64_t of)
{
	buf_puts(p->b, "<td class=\"num\">");
	/* a share that rounds to nothing is not nothing */
	if (of > 0 && n > 0 && tally_share(n, of) < 5) {
		buf_puts(p->b, "&lt;\302\240");
		report_text_share(p->b, p->lang, 10);
	} else if (of > 0) {
		report_text_share(p->b, p->lang, tally_share(n, of));
	}
	buf_puts(p->b, "</td>");
}

static void put_row_head(const struct page *p, struct str text)
{
	buf_puts(p->b, "<tr><th scope=\"row\">");
	report_chart_escape(p->b, text);
	buf_puts(p->b, "</th>");
}

static void table_open(const struct page *p, const char *caption, const char *class)
{
	/* a table that scrolls must be reachable by the keyboard */
	buf_fmt(
	    p->b, "<div class=\"scroll%s\" tabindex=\"0\" role=\"region\" aria-label=\"", class);
	say(p, caption);
	element(p, "\">\n<table>\n<caption><span>", caption, "</span></caption>\n<thead><tr>");
}

static void table_head(const struct page *p, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		element(p, "<th scope=\"col\">", keys[i], "</th>");
	buf_puts(p->b, "</tr></thead>\n<tbody>\n");
}

static void table_close(const struct page *p)
{
	buf_puts(p->b, "</tbody>\n</table>\n</div>\n");
}

static void section_open(const struct page *p, const char *id, const char *key)
{
	buf_fmt(p->b, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">", id, id);
	say(p, key);
	buf_puts(p->b, "</h2>\n");
}

static void section_close(const struct page *p)
{
	buf_puts(p->b, "</section>\n");
}

/* ---- head ---- */

static void put_head(const struct page *p)
{
	struct buf *b = p->b;
	bool de = p->lang == REPORT_DE;

	buf_fmt(b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
	    report_text_lang(p->lang));
	buf_puts(b, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">\n"
		    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	say(p, "title");
	buf_puts(b, ", ");
	report_text_period(b, p->lang, p->r->period);
	buf_puts(b, " \302\267 ");
	report_chart_escape(b, p->r->provider);
	buf_puts(b, "</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n"
		    "<link rel=\"alternate\" type=\"text/csv\" href=\"figures.csv\">\n"
		    "<link rel=\"alternate\" type=\"application/json\" href=\"figures.json\">\n"
		    "</head>\n<body>\n");
	element(p, "<a class=\"skip\" href=\"#main\">", "skip", "</a>\n<header><strong>");
	report_chart_escape(b, p->r->provider);
	buf_fmt(b, "</strong><nav><a href=\"%s\" hreflang=\"%s\" lang=\"%s\">",
	    de ? "index.html" : "index.de.html", de ? "en" : "de", de ? "en" : "de");
	element(p, "", "other_lang", "</a></nav></header>\n<main id=\"main\">\n");
	element(p, "<h1>", "title", "</h1>\n<p class=\"period\">");
	report_text_period(b, p->lang, p->r->period);
	buf_puts(b, "</p>\n<p class=\"meta\">");
}

static void put_meta(const struct page *p)
{
	element(p, "", "version", " ");
	buf_i64(p->b, p->r->version);
	element(p, " \302\267 ", "as_of", " ");
	report_text_day(p->b, p->lang, p->r->as_of);
	if (!day_is_none(p->r->published)) {
		element(p, " \302\267 ", "published", " ");
		report_text_day(p->b, p->lang, p->r->published);
	}
	buf_puts(p->b, "</p>\n");
	if (day_is_none(p->r->published))
		element(p, "<p class=\"draft\">", "draft", "</p>\n");
}

static size_t country_count(const struct page *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->r->figures->n; i++)
		n += str_is(p->r->figures->v[i].section, "country") &&
		     str_is(p->r->figures->v[i].metric, "requests") &&
		     p->r->figures->v[i].value_min > 0;
	return n;
}

static void put_tile(const struct page *p, const char *key, int64_t n, int64_t of)
{
	element(p, "<div><dt>", key, "</dt><dd>");
	report_text_number(p->b, p->lang, n);
	if (of > 0) {
		buf_puts(p->b, " <small>");
		report_text_share(p->b, p->lang, tally_share(n, of));
		buf_puts(p->b, "</small>");
	}
	buf_puts(p->b, "</dd></div>\n");
}

/* All of a country's demands, or of everything, came with an import. */
static int64_t imported_requests(const struct page *p, struct str country)
{
	int64_t n = 0;

	for (size_t i = 0; i < p->r->n_imports; i++)
		n += figure_number(
		    p->r->figures, "imported", country, p->r->imports[i].key, "requests");
	return n;
}

static bool all_imported(const struct page *p)
{
	return p->r->n_imports > 0 && imported_requests(p, STR("")) == total(p, "requests");
}

static void put_tiles(const struct page *p)
{
	const struct figure *accounts = find(p, "total", STR(""), STR(""), "accounts");
	int64_t requests = total(p, "requests");

	buf_puts(p->b, "<dl class=\"tiles\" aria-label=\"");
	say(p, "glance");
	buf_puts(p->b, "\">\n");
	put_tile(p, "tile.requests", requests, 0);
	if (accounts != NULL && accounts->status == FIGURE_EXACT)
		put_tile(p, "tile.accounts", accounts->value_min, 0);
	else
		element(p, "<div><dt>", "tile.accounts", "</dt><dd class=\"word\">"),
		    element(p, "", "tile.not_stated", "</dd></div>\n");
	put_tile(p, "tile.countries", (int64_t)country_count(p), 0);
	put_tile(p, "tile.content", total(p, "content"), requests);
	put_tile(p, "tile.rejected", total(p, "rejected"), requests);
	element(p, "</dl>\n<p class=\"small\">", "tile.no_natsec", "</p>\n");
	if (all_imported(p)) {
		buf_puts(p->b, "<p class=\"small\"><a href=\"#imported\">");
		element(p, "", "imported.all", "</a></p>\n");
	}
}

/* ---- outcomes and countries ---- */

static void put_outcomes(const struct page *p)
{
	static const char *const head[] = {"col.outcome", "col.requests", "col.share"};
	struct report_bar bars[OUTCOME_END];
	int64_t requests = total(p, "requests");
	size_t n = 0;

	section_open(p, "outcomes", "outcomes");
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		bars[n++] = (struct report_bar){outcome_text(p, (enum outcome)o),
		    str_fmt(p->c, "o-%s", outcome_id((enum outcome)o)),
		    total(p, outcome_id((enum outcome)o))};
	if (requests > 0) {
		buf_puts(p->b, "<div class=\"stack\">");
		report_chart_stack(p->b, p->lang, "chart-outcomes", t(p, "outcomes"),
		    t(p, "outcomes.desc"), bars, n);
		buf_puts(p->b, "</div>\n");
	}
	table_open(p, "outcomes.caption", "");
	table_head(p, head, 3);
	for (size_t i = 0; i < n; i++) {
		buf_fmt(p->b,
		    "<tr><th scope=\"row\" class=\"keyed\"><span class=\"key %s\"></span>",
		    bars[i].class.p);
		report_chart_escape(p->b, bars[i].label);
		buf_puts(p->b, "</th>");
		put_cell(p, find(p, "total", STR(""), STR(""), outcome_id((enum outcome)(i + 1))));
		put_share_cell(p, bars[i].n, requests);
		buf_puts(p->b, "</tr>\n");
	}
	element(p, "<tr class=\"sum\"><th scope=\"row\">", "total", "</th>");
	put_cell(p, find(p, "total", STR(""), STR(""), "requests"));
	put_share_cell(p, requests, requests);
	buf_puts(p->b, "</tr>\n");
	table_close(p);
	section_close(p);
}

static void put_country_chart(const struct page *p, const struct report_land *rows, size_t n)
{
	const struct report_land *sorted = report_land_by_requests(p->c, rows, n);
	struct report_bar bars[CHART_ROWS + 1];
	int64_t rest = 0;
	size_t k = 0;

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		if (i < CHART_ROWS)
			bars[k++] =
			    (struct report_bar){sorted[i].name, STR("bar"), sorted[i].requests};
		else
			rest += sorted[i].requests;
	}
	if (rest > 0)
		bars[k++] = (struct report_bar){str_of(t(p, "countries.rest")), STR("rest"), rest};
	report_chart_bars(
	    p->b, p->lang, "chart-countries", t(p, "countries"), t(p, "countries.desc"), bars, k);
}

static void put_outcome_cells(
    const struct page *p, const char *section, struct str country, struct str class)
{
	put_cell(p, find(p, section, country, class, "requests"));
	put_cell(p, find(p, section, country, class, "accounts"));
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		if (report_word_shows(p->r, (enum outcome)o))
			put_cell(p, find(p, section, country, class, outcome_id((enum outcome)o)));
	buf_puts(p->b, "</tr>\n");
}

static void put_outcome_heads(const struct page *p, const char *first)
{
	element(p, "<th scope=\"col\">", first, "</th>");
	element(p, "<th scope=\"col\">", "col.requests", "</th>");
	element(p, "<th scope=\"col\">", "col.accounts", "</th>");
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++) {
		if (!report_word_shows(p->r, (enum outcome)o))
			continue;
		buf_puts(p->b, "<th scope=\"col\">");
		report_chart_escape(p->b, outcome_text(p, (enum outcome)o));
		buf_puts(p->b, "</th>");
	}
	buf_puts(p->b, "</tr></thead>\n<tbody>\n");
}

static void put_left_out(const struct page *p)
{
	const char *sep = " ";

	for (int o = OUTCOME_REJECTED + 1; o < OUTCOME_END; o++) {
		if (report_word_shows(p->r, (enum outcome)o))
			continue;
		if (sep[0] == ' ')
			element(p, "<p class=\"small\">", "countries.left_out", "");
		buf_puts(p->b, sep);
		report_chart_escape(p->b, outcome_text(p, (enum outcome)o));
		sep = ", ";
	}
	if (sep[0] != ' ')
		buf_puts(p->b, ".</p>\n");
}

static void put_countries(const struct page *p)
{
	size_t n;
	struct report_land *rows = report_land_rows(p->c, p->r->figures, p->lang, &n);
	bool marks = p->r->n_imports > 0 && !all_imported(p);

	section_open(p, "countries", "countries");
	put_country_chart(p, rows, n);
	table_open(p, "countries.caption", " wide");
	put_outcome_heads(p, "col.country");
	for (size_t i = 0; i < n; i++) {
		buf_puts(p->b, "<tr><th scope=\"row\">");
		report_chart_escape(p->b, rows[i].name);
		if (marks && imported_requests(p, rows[i].code) > 0) {
			buf_puts(p->b, " <a href=\"#imported\" aria-label=\"");
			element(p, "", "mark.imported", "\">\342\200\240</a>");
		}
		buf_puts(p->b, "</th>");
		put_outcome_cells(p, "country", rows[i].code, STR(""));
	}
	buf_puts(p->b, "</tbody>\n<tfoot>\n");
	put_row_head(p, str_of(t(p, "total")));
	put_outcome_cells(p, "total", STR(""), STR(""));
	buf_puts(p->b, "</tfoot>\n</table>\n</div>\n");
	put_left_out(p);
	section_close(p);
}

static void put_classes(const struct page *p)
{
	const struct figures *f = p->r->figures;

	section_open(p, "classes", "classes");
	table_open(p, "classes.caption", " wide");
	put_outcome_heads(p, "col.class");
	for (size_t i = 0; i < f->n; i++) {
		if (!str_is(f->v[i].section, "class") || !str_is(f->v[i].metric, "requests"))
			continue;
		put_row_head(p, word_text(p, "class", f->v[i].instrument));
		put_outcome_cells(p, "class", STR(""), f->v[i].instrument);
	}
	table_close(p);
	section_close(p);
}

/* ---- lists of reasons and channels, and what stands beside ---- */

static void put_list(const struct page *p, const char *section, const char *key,
    const char *caption, const char *first, int64_t of)
{
	const char *const head[] = {first, "col.requests", "col.share"};
	const struct figures *f = p->r->figures;

	if (!figure_has_section(f, section))
		return;
	section_open(p, key, key);
	table_open(p, caption, "");
	table_head(p, head, 3);
	for (size_t i = 0; i < f->n; i++) {
		if (!str_is(f->v[i].section, section))
			continue;
		put_row_head(p, report_word_instrument(p->r, p->lang, section, f->v[i].instrument));
		put_cell(p, &f->v[i]);
		put_share_cell(p, f->v[i].value_min, of);
		buf_puts(p->b, "</tr>\n");
	}
	table_close(p);
	section_close(p);
}

static void put_beside(const struct page *p)
{
	static const char *const head[] = {"col.kind", "col.number"};
	const struct report_beside *row;

	section_open(p, "beside", "beside");
	table_open(p, "beside.caption", "");
	table_head(p, head, 2);
	for (size_t i = 0; (row = report_word_beside(i)) != NULL; i++) {
		const struct figure *x = find(p, row->section, STR(""), STR(""), row->metric);

		if (x == NULL)
			continue;
		put_row_head(p, str_of(t(p, row->key)));
		put_cell(p, x);
		buf_puts(p->b, "</tr>\n");
	}
	table_close(p);
	if (p->r->n_imports > 0)
		element(p, "<p class=\"small\">", "beside.imported", "</p>\n");
	section_close(p);
}

/* ---- national security ---- */

struct natsec {
	const struct page *p;
	bool history; /* a figure of a period that was imported whole */
};

static void put_band_row(const struct report_natsec *one, void *arg)
{
	struct natsec *n = arg;
	const struct page *p = n->p;

	put_row_head(p, p->lang == REPORT_DE ? one->category->de : one->category->en);
	buf_puts(p->b, "<td class=\"num\">");
	if (one->x != NULL)
		put_value(p, one->x);
	else if (day_is_none(one->not_before))
		element(p, "<span class=\"word\">", "natsec.other_period", "</span>");
	else {
		element(p, "<span class=\"word\">", "natsec.not_before", " ");
		report_text_day(p->b, p->lang, one->not_before);
		buf_puts(p->b, "</span>");
	}
	buf_puts(p->b, "</td><td class=\"text\">");
	report_chart_escape(p->b, one->structure->src.cite);
	buf_puts(p->b, "</td></tr>\n");
	n->history = n->history || (one->x != NULL && one->x->status == FIGURE_NOT_COUNTABLE);
}

static void put_natsec(const struct page *p)
{
	static const char *const head[] = {"col.kind", "col.number", "col.law"};
	struct natsec n = {p, false};

	buf_puts(p->b, "<section class=\"box\" aria-labelledby=\"natsec\">\n<h2 id=\"natsec\">");
	element(p, "", "natsec", "</h2>\n<p>");
	element(p, "", "natsec.why", "</p>\n");
	if (find(p, "national_security", STR(""), STR(""), "process") != NULL) {
		element(p, "<p>", "natsec.none", "</p>\n");
		section_close(p);
		return;
	}
	table_open(p, "natsec.caption", "");
	table_head(p, head, 3);
	report_word_natsec(p->c, p->r, put_band_row, &n);
	table_close(p);
	if (n.history)
		element(p, "<p class=\"small\">", "natsec.history", "</p>\n");
	section_close(p);
}

/* ---- the rest ---- */

static void put_imported(const struct page *p)
{
	static const char *const head[] = {"col.source", "col.requests", "col.accounts"};

	if (p->r->n_imports == 0)
		return;
	section_open(p, "imported", "imported");
	element(p, "<p>", all_imported(p) ? "imported.all" : "imported.some", "</p>\n");
	if (total(p, "not_recorded") > 0)
		element(p, "<p>", "imported.not_recorded", "</p>\n");
	table_open(p, "imported.caption", "");
	table_head(p, head, 3);
	for (size_t i = 0; i < p->r->n_imports; i++) {
		const struct count_import *m = &p->r->imports[i];

		buf_puts(p->b, "<tr><th scope=\"row\">");
		report_chart_escape(p->b, m->source);
		if (m->note.n > 0) {
			buf_puts(p->b, "<br><span class=\"small\">");
			report_chart_escape(p->b, m->note);
			buf_puts(p->b, "</span>");
		}
		buf_puts(p->b, "</th>");
		put_cell(p, find(p, "imported", STR(""), m->key, "requests"));
		put_cell(p, find(p, "imported", STR(""), m->key, "accounts"));
		buf_puts(p->b, "</tr>\n");
	}
	table_close(p);
	section_close(p);
}

static void put_rules(const struct page *p)
{
	static const char *const rules[] = {
	    "rule.1", "rule.2", "rule.3", "rule.4", "rule.5", "rule.6", "rule.7", "rule.8"};

	section_open(p, "rules", "rules");
	buf_puts(p->b, "<ol class=\"rules\">\n");
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		element(p, "<li>", rules[i], "</li>\n");
	buf_puts(p->b, "</ol>\n");
	section_close(p);
}

static void put_footer(const struct page *p)
{
	buf_puts(p->b, "</main>\n<footer>\n<p>");
	element(p, "", "data", " <a href=\"");
	buf_puts(p->b,
	    p->lang == REPORT_DE ? "report.de.xlsx\">report.de.xlsx" : "report.xlsx\">report.xlsx");
	buf_puts(p->b, "</a>, <a href=\"figures.csv\">figures.csv</a>, "
		       "<a href=\"figures.json\">figures.json</a></p>\n<p>");
	report_chart_escape(p->b, p->r->provider);
	buf_puts(p->b, " \302\267 ");
	report_text_period(p->b, p->lang, p->r->period);
	element(p, " \302\267 ", "version", " ");
	buf_i64(p->b, p->r->version);
	element(p, " \302\267 ", "as_of", " ");
	report_text_day(p->b, p->lang, p->r->as_of);
	element(p, "</p>\n<p>", "footer", "</p>\n</footer>\n</body>\n</html>\n");
}

int report_html_in(struct ctx *c, const struct report *r, enum report_lang lang, struct buf *b)
{
	struct page p = {c, r, lang, b};
	int64_t requests = total(&p, "requests");

	put_head(&p);
	put_meta(&p);
	put_tiles(&p);
	put_outcomes(&p);
	put_countries(&p);
	put_natsec(&p);
	put_classes(&p);
	buf_puts(b, "<div class=\"split\">\n");
	put_list(
	    &p, "refusal", "refusals", "refusals.caption", "col.reason", total(&p, "rejected"));
	put_list(&p, "channel", "channels", "channels.caption", "col.channel", requests);
	buf_puts(b, "</div>\n");
	put_beside(&p);
	put_imported(&p);
	put_rules(&p);
	put_footer(&p);
	return b->over ? err_set(c, ERR_LIMIT, "report: the page is too large") : 0;
}

int report_html(struct ctx *c, const struct report *r, struct buf *b)
{
	return report_html_in(c, r, REPORT_EN, b);
}
