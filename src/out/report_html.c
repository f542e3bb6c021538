#include "out/report_html.h"

#include "base/mem.h"
#include "out/report_chart.h"
#include "out/report_land.h"
#include "out/report_more.h"
#include "out/report_page.h"

enum { CHART_ROWS = 12 };

static struct str word_text(const struct report_page *p, const char *prefix, struct str word)
{
	return report_word(p->lang, prefix, word);
}

static struct str outcome_text(const struct report_page *p, enum outcome o)
{
	return report_word_outcome(p->lang, o);
}

static const struct figure *find(const struct report_page *p, const char *section,
    struct str country, struct str instrument, const char *metric)
{
	return figure_find(p->r->figures, section, country, instrument, metric);
}

static int64_t total(const struct report_page *p, const char *metric)
{
	return figure_number(p->r->figures, "total", STR(""), STR(""), metric);
}

/* ---- head ---- */

static void put_head(const struct report_page *p)
{
	struct report_frame f = {.provider = p->r->provider,
	    .title = report_word_title(p->c, p->r, p->lang),
	    .up = p->r->site,
	    .style = "",
	    .other = p->lang == REPORT_DE ? "index.html" : "index.de.html",
	    .links = "<link rel=\"alternate\" type=\"text/csv\" href=\"figures.csv\">\n"
		     "<link rel=\"alternate\" type=\"application/json\" href=\"figures.json\">\n"};

	report_page_open(p, &f);
	report_page_element(p, "<h1>", "title", "</h1>\n<p class=\"period\">");
	report_text_period(p->b, p->lang, p->r->period);
	buf_puts(p->b, "</p>\n<p class=\"meta\">");
}

static void put_meta(const struct report_page *p)
{
	report_page_element(p, "", "version", " ");
	buf_i64(p->b, p->r->version);
	report_page_element(p, " \302\267 ", "as_of", " ");
	report_text_day(p->b, p->lang, p->r->as_of);
	if (!day_is_none(p->r->published)) {
		report_page_element(p, " \302\267 ", "published", " ");
		report_text_day(p->b, p->lang, p->r->published);
	}
	buf_puts(p->b, "</p>\n");
	if (day_is_none(p->r->published))
		report_page_element(p, "<p class=\"draft\">", "draft", "</p>\n");
}

static size_t country_count(const struct report_page *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->r->figures->n; i++)
		n += str_is(p->r->figures->v[i].section, "country") &&
		     str_is(p->r->figures->v[i].metric, "requests") &&
		     p->r->figures->v[i].value_min > 0;
	return n;
}

static void put_tile(const struct report_page *p, const char *key, int64_t n, int64_t of)
{
	report_page_element(p, "<div><dt>", key, "</dt><dd>");
	report_text_number(p->b, p->lang, n);
	if (of > 0) {
		buf_puts(p->b, " <small>");
		report_text_share(p->b, p->lang, tally_share(n, of));
		buf_puts(p->b, "</small>");
	}
	buf_puts(p->b, "</dd></div>\n");
}

/* All of a country's demands, or of everything, came with an import. */
static int64_t imported_requests(const struct report_page *p, struct str country)
{
	int64_t n = 0;

	for (size_t i = 0; i < p->r->n_imports; i++)
		n += figure_number(
		    p->r->figures, "imported", country, p->r->imports[i].key, "requests");
	return n;
}

static bool all_imported(const struct report_page *p)
{
	return p->r->n_imports > 0 && imported_requests(p, STR("")) == total(p, "requests");
}

static void put_tiles(const struct report_page *p)
{
	const struct figure *accounts = find(p, "total", STR(""), STR(""), "accounts");
	int64_t requests = total(p, "requests");

	buf_puts(p->b, "<dl class=\"tiles\" aria-label=\"");
	report_page_say(p, "glance");
	buf_puts(p->b, "\">\n");
	put_tile(p, "tile.requests", requests, 0);
	if (accounts != NULL && accounts->status == FIGURE_EXACT)
		put_tile(p, "tile.accounts", accounts->value_min, 0);
	else
		report_page_element(p, "<div><dt>", "tile.accounts", "</dt><dd class=\"word\">"),
		    report_page_element(p, "", "tile.not_stated", "</dd></div>\n");
	put_tile(p, "tile.countries", (int64_t)country_count(p), 0);
	put_tile(p, "tile.content", total(p, "content"), requests);
	put_tile(p, "tile.rejected", total(p, "rejected"), requests);
	report_page_element(p, "</dl>\n<p class=\"small\">", "tile.no_natsec", "</p>\n");
	if (all_imported(p)) {
		buf_puts(p->b, "<p class=\"small\"><a href=\"#imported\">");
		report_page_element(p, "", "imported.all", "</a></p>\n");
	}
}

/* ---- outcomes and countries ---- */

static void put_outcomes(const struct report_page *p)
{
	static const char *const head[] = {"col.outcome", "col.requests", "col.share"};
	struct report_bar bars[OUTCOME_END];
	int64_t requests = total(p, "requests");
	size_t n = 0;

	report_page_section(p, "outcomes", "outcomes");
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		bars[n++] = (struct report_bar){outcome_text(p, (enum outcome)o),
		    str_fmt(p->c, "o-%s", outcome_id((enum outcome)o)),
		    total(p, outcome_id((enum outcome)o))};
	if (requests > 0) {
		buf_puts(p->b, "<div class=\"stack\">");
		report_chart_stack(p->b, p->lang, "chart-outcomes", report_page_text(p, "outcomes"),
		    report_page_text(p, "outcomes.desc"), bars, n);
		buf_puts(p->b, "</div>\n");
	}
	report_page_table(p, "outcomes.caption", "");
	report_page_heads(p, head, 3);
	for (size_t i = 0; i < n; i++) {
		buf_fmt(p->b,
		    "<tr><th scope=\"row\" class=\"keyed\"><span class=\"key %s\"></span>",
		    bars[i].class.p);
		report_chart_escape(p->b, bars[i].label);
		buf_puts(p->b, "</th>");
		report_page_cell(
		    p, find(p, "total", STR(""), STR(""), outcome_id((enum outcome)(i + 1))));
		report_page_share(p, bars[i].n, requests);
		buf_puts(p->b, "</tr>\n");
	}
	report_page_element(p, "<tr class=\"sum\"><th scope=\"row\">", "total", "</th>");
	report_page_cell(p, find(p, "total", STR(""), STR(""), "requests"));
	report_page_share(p, requests, requests);
	buf_puts(p->b, "</tr>\n");
	report_page_table_end(p);
	report_page_section_end(p);
}

static void put_country_chart(const struct report_page *p, const struct report_land *rows, size_t n)
{
	const struct report_land *sorted = report_land_by_requests(p->c, rows, &n);
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
		bars[k++] = (struct report_bar){
		    str_of(report_page_text(p, "countries.rest")), STR("rest"), rest};
	report_chart_bars(p->b, p->lang, "chart-countries", report_page_text(p, "countries"),
	    report_page_text(p, "countries.desc"), bars, k);
}

static void put_outcome_cells(
    const struct report_page *p, const char *section, struct str country, struct str class)
{
	report_page_cell(p, find(p, section, country, class, "requests"));
	report_page_cell(p, find(p, section, country, class, "accounts"));
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		if (report_word_shows(p->r, (enum outcome)o))
			report_page_cell(
			    p, find(p, section, country, class, outcome_id((enum outcome)o)));
	buf_puts(p->b, "</tr>\n");
}

static void put_outcome_heads(const struct report_page *p, const char *first)
{
	report_page_element(p, "<th scope=\"col\">", first, "</th>");
	report_page_element(p, "<th scope=\"col\">", "col.requests", "</th>");
	report_page_element(p, "<th scope=\"col\">", "col.accounts", "</th>");
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++) {
		if (!report_word_shows(p->r, (enum outcome)o))
			continue;
		buf_puts(p->b, "<th scope=\"col\">");
		report_chart_escape(p->b, outcome_text(p, (enum outcome)o));
		buf_puts(p->b, "</th>");
	}
	buf_puts(p->b, "</tr></thead>\n<tbody>\n");
}

/* Countries with a word in place of numbers are said once more, for the totals are without them. */
static void put_withheld(const struct report_page *p)
{
	struct str names = report_more_withheld(p->c, p->r, p->lang);

	if (names.n == 0)
		return;
	report_page_element(p, "<p class=\"small\">", "countries.withheld", " ");
	report_chart_escape(p->b, names);
	buf_puts(p->b, ". ");
	if (report_more_combined(p->r))
		report_page_element(
		    p, "<a href=\"#natsec\">", "countries.withheld.combined", "</a> ");
	if (p->r->rests.n > 0)
		report_page_element(p, "<a href=\"#rests\">", "countries.withheld.why", "</a>");
	buf_puts(p->b, "</p>\n");
}

static void put_left_out(const struct report_page *p)
{
	const char *sep = " ";

	for (int o = OUTCOME_REJECTED + 1; o < OUTCOME_END; o++) {
		if (report_word_shows(p->r, (enum outcome)o))
			continue;
		if (sep[0] == ' ')
			report_page_element(p, "<p class=\"small\">", "countries.left_out", "");
		buf_puts(p->b, sep);
		report_chart_escape(p->b, outcome_text(p, (enum outcome)o));
		sep = ", ";
	}
	if (sep[0] != ' ')
		buf_puts(p->b, ".</p>\n");
}

static void put_countries(const struct report_page *p)
{
	size_t n;
	struct report_land *rows = report_land_rows(p->c, p->r->figures, p->lang, &n);
	bool marks = p->r->n_imports > 0 && !all_imported(p);

	report_page_section(p, "countries", "countries");
	put_country_chart(p, rows, n);
	report_page_table(p, "countries.caption", " wide");
	put_outcome_heads(p, "col.country");
	for (size_t i = 0; i < n; i++) {
		buf_puts(p->b, "<tr><th scope=\"row\">");
		report_chart_escape(p->b, rows[i].name);
		if (marks && imported_requests(p, rows[i].code) > 0) {
			buf_puts(p->b, " <a href=\"#imported\" aria-label=\"");
			report_page_element(p, "", "mark.imported", "\">\342\200\240</a>");
		}
		buf_puts(p->b, "</th>");
		put_outcome_cells(p, "country", rows[i].code, STR(""));
	}
	buf_puts(p->b, "</tbody>\n<tfoot>\n");
	report_page_row(p, str_of(report_page_text(p, "total")));
	put_outcome_cells(p, "total", STR(""), STR(""));
	buf_puts(p->b, "</tfoot>\n</table>\n</div>\n");
	put_withheld(p);
	put_left_out(p);
	report_page_section_end(p);
}

/* Bars of the requests of each row of a section, where there is something to compare. */
static void put_requests_chart(
    const struct report_page *p, const char *section, const char *key, const char *desc)
{
	const struct figures *f = p->r->figures;
	struct report_bar *bars = mem_array(p->c, f->n, sizeof *bars);
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		if (str_is(f->v[i].section, section) && str_is(f->v[i].metric, "requests") &&
		    f->v[i].status == FIGURE_EXACT)
			bars[n++] = (struct report_bar){
			    report_word_instrument(p->r, p->lang, section, f->v[i].instrument),
			    STR("bar"), f->v[i].value_min};
	if (n > 1)
		report_chart_bars(p->b, p->lang, str_fmt(p->c, "chart-%s", key).p,
		    report_page_text(p, key), report_page_text(p, desc), bars, n);
}

static void put_classes(const struct report_page *p)
{
	const struct figures *f = p->r->figures;

	report_page_section(p, "classes", "classes");
	put_requests_chart(p, "class", "classes", "list.desc");
	report_page_table(p, "classes.caption", " wide");
	put_outcome_heads(p, "col.class");
	for (size_t i = 0; i < f->n; i++) {
		if (!str_is(f->v[i].section, "class") || !str_is(f->v[i].metric, "requests"))
			continue;
		report_page_row(p, word_text(p, "class", f->v[i].instrument));
		put_outcome_cells(p, "class", STR(""), f->v[i].instrument);
	}
	report_page_table_end(p);
	report_page_section_end(p);
}

/* ---- lists of reasons and channels, and what stands beside ---- */

static void put_list(const struct report_page *p, const char *section, const char *key,
    const char *caption, const char *first, int64_t of)
{
	const char *const head[] = {first, "col.requests", "col.share"};
	const struct figures *f = p->r->figures;

	if (!figure_has_section(f, section))
		return;
	report_page_section(p, key, key);
	put_requests_chart(p, section, key, "list.desc");
	report_page_table(p, caption, "");
	report_page_heads(p, head, 3);
	for (size_t i = 0; i < f->n; i++) {
		if (!str_is(f->v[i].section, section))
			continue;
		report_page_row(
		    p, report_word_instrument(p->r, p->lang, section, f->v[i].instrument));
		report_page_cell(p, &f->v[i]);
		report_page_share(p, f->v[i].value_min, of);
		buf_puts(p->b, "</tr>\n");
	}
	report_page_table_end(p);
	report_page_section_end(p);
}

static void put_beside(const struct report_page *p)
{
	static const char *const head[] = {"col.kind", "col.number"};
	const struct report_beside *row;

	report_page_section(p, "beside", "beside");
	report_page_table(p, "beside.caption", "");
	report_page_heads(p, head, 2);
	for (size_t i = 0; (row = report_word_beside(i)) != NULL; i++) {
		const struct figure *x = find(p, row->section, STR(""), STR(""), row->metric);

		if (x == NULL)
			continue;
		report_page_row(p, str_of(report_page_text(p, row->key)));
		report_page_cell(p, x);
		buf_puts(p->b, "</tr>\n");
	}
	report_page_table_end(p);
	if (p->r->n_imports > 0)
		report_page_element(p, "<p class=\"small\">", "beside.imported", "</p>\n");
	report_page_section_end(p);
}

/* ---- national security ---- */

struct natsec {
	const struct report_page *p;
	bool history; /* a figure of a period that was imported whole */
};

static void put_band_row(const struct report_natsec *one, void *arg)
{
	struct natsec *n = arg;
	const struct report_page *p = n->p;

	report_page_row(p, p->lang == REPORT_DE ? one->category->de : one->category->en);
	buf_puts(p->b, "<td class=\"num\">");
	if (one->x != NULL)
		report_page_value(p, one->x);
	else {
		buf_puts(p->b, "<span class=\"word\">");
		report_chart_escape(p->b, report_word_absent(p->c, p->lang, one));
		buf_puts(p->b, "</span>");
	}
	buf_puts(p->b, "</td><td class=\"text\">");
	report_chart_escape(p->b, one->structure->src.cite);
	buf_puts(p->b, "</td></tr>\n");
	n->history = n->history || (one->x != NULL && one->x->status == FIGURE_NOT_COUNTABLE);
}

static void put_natsec(const struct report_page *p)
{
	static const char *const head[] = {"col.kind", "col.number", "col.law"};
	struct natsec n = {p, false};

	buf_puts(p->b, "<section class=\"box\" aria-labelledby=\"natsec\">\n<h2 id=\"natsec\">");
	report_page_element(p, "", "natsec", "</h2>\n<p>");
	report_page_element(p, "", "natsec.why", "</p>\n");
	if (report_more_combined(p->r))
		report_page_element(p, "<p>", "natsec.combined", "</p>\n");
	if (find(p, "national_security", STR(""), STR(""), "process") != NULL) {
		report_page_element(p, "<p>", "natsec.none", "</p>\n");
		report_page_section_end(p);
		return;
	}
	report_page_table(p, "natsec.caption", "");
	report_page_heads(p, head, 3);
	report_word_natsec(p->c, p->r, put_band_row, &n);
	report_page_table_end(p);
	if (n.history)
		report_page_element(p, "<p class=\"small\">", "natsec.history", "</p>\n");
	report_page_section_end(p);
}

/* ---- the plain lists ---- */

static void put_more_chart(const struct report_page *p, const struct report_more *t)
{
	struct report_bar bars[REPORT_MORE_COLS * 8];
	size_t n = 0;

	for (size_t i = 0; i < t->chart && i < t->n_rows && n < sizeof bars / sizeof bars[0]; i++)
		if (t->rows[i][1].x != NULL && t->rows[i][1].x->status == FIGURE_EXACT)
			bars[n++] = (struct report_bar){
			    t->rows[i][0].text, STR("bar"), t->rows[i][1].x->value_min};
	if (n > 1)
		report_chart_bars(p->b, p->lang, str_fmt(p->c, "chart-%s", t->key).p,
		    report_page_text(p, t->key), report_page_text(p, t->chart_desc), bars, n);
}

/* Words stand at the left of their column, and so does its head. */
static bool is_text(const struct report_more_cell *cell)
{
	return cell->x == NULL && cell->text.n > 0;
}

static void put_more_heads(const struct report_page *p, const struct report_more *t)
{
	for (size_t i = 0; i < t->n_cols; i++) {
		bool text = false;

		for (size_t k = 0; k < t->n_rows; k++)
			text = text || is_text(&t->rows[k][i]);
		report_page_element(p,
		    text ? "<th scope=\"col\" class=\"text\">" : "<th scope=\"col\">", t->heads[i],
		    "</th>");
	}
	report_page_heads(p, NULL, 0);
}

static void put_more_row(
    const struct report_page *p, const struct report_more *t, const struct report_more_cell *cells)
{
	report_page_row(p, cells[0].text);
	for (size_t i = 1; i < t->n_cols; i++) {
		if (!is_text(&cells[i])) {
			report_page_cell(p, cells[i].x);
			continue;
		}
		buf_puts(p->b, "<td class=\"text\">");
		report_chart_escape(p->b, cells[i].text);
		buf_puts(p->b, "</td>");
	}
	buf_puts(p->b, "</tr>\n");
}

static void put_more(const struct report_page *p)
{
	struct report_more t;

	for (size_t i = 0; report_more(p->c, p->r, p->lang, i, &t); i++) {
		report_page_section(p, t.key, t.key);
		if (t.intro != NULL)
			report_page_element(p, "<p>", t.intro, "</p>\n");
		if (t.chart > 0)
			put_more_chart(p, &t);
		report_page_table(p, t.caption, "");
		put_more_heads(p, &t);
		for (size_t k = 0; k < t.n_rows; k++)
			put_more_row(p, &t, t.rows[k]);
		report_page_table_end(p);
		report_page_section_end(p);
	}
}

static void put_cause(const struct report_page *p)
{
	enum report_lang in;
	const struct wording *w = report_more_cause(p->r, p->lang, &in);

	if (w == NULL)
		return;
	buf_puts(p->b, "<section class=\"box\" aria-labelledby=\"cause\">\n<h2 id=\"cause\">");
	report_page_element(p, "", "cause", "</h2>\n");
	report_page_cause(p, w, in);
	report_page_section_end(p);
}

/* ---- the rest ---- */

static void put_imported(const struct report_page *p)
{
	static const char *const head[] = {"col.source", "col.requests", "col.accounts"};

	if (p->r->n_imports == 0)
		return;
	report_page_section(p, "imported", "imported");
	report_page_element(p, "<p>", all_imported(p) ? "imported.all" : "imported.some", "</p>\n");
	if (total(p, "not_recorded") > 0)
		report_page_element(p, "<p>", "imported.not_recorded", "</p>\n");
	report_page_table(p, "imported.caption", "");
	report_page_heads(p, head, 3);
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
		report_page_cell(p, find(p, "imported", STR(""), m->key, "requests"));
		report_page_cell(p, find(p, "imported", STR(""), m->key, "accounts"));
		buf_puts(p->b, "</tr>\n");
	}
	report_page_table_end(p);
	report_page_section_end(p);
}

static void put_rules(const struct report_page *p)
{
	const char *rule;

	report_page_section(p, "rules", "rules");
	buf_puts(p->b, "<ol class=\"rules\">\n");
	for (size_t i = 1; (rule = report_word_rule(p->c, p->lang, i)) != NULL; i++) {
		buf_puts(p->b, "<li>");
		report_chart_escape(p->b, str_of(rule));
		buf_puts(p->b, "</li>\n");
	}
	buf_puts(p->b, "</ol>\n");
	report_page_section_end(p);
}

static void put_footer(const struct report_page *p)
{
	buf_puts(p->b, "</main>\n<footer>\n<p>");
	report_page_element(p, "", "data", " <a href=\"");
	buf_puts(p->b,
	    p->lang == REPORT_DE
		? "report.de.pdf\">report.de.pdf</a>, <a href=\"report.de.xlsx\">report.de.xlsx"
		: "report.pdf\">report.pdf</a>, <a href=\"report.xlsx\">report.xlsx");
	buf_puts(p->b, "</a>, <a href=\"figures.csv\">figures.csv</a>, "
		       "<a href=\"figures.json\">figures.json</a></p>\n<p>");
	report_chart_escape(p->b, p->r->provider);
	buf_puts(p->b, " \302\267 ");
	report_text_period(p->b, p->lang, p->r->period);
	report_page_element(p, " \302\267 ", "version", " ");
	buf_i64(p->b, p->r->version);
	report_page_element(p, " \302\267 ", "as_of", " ");
	report_text_day(p->b, p->lang, p->r->as_of);
	buf_puts(p->b, "</p>\n");
	report_page_close(p);
}

int report_html_in(struct ctx *c, const struct report *r, enum report_lang lang, struct buf *b)
{
	struct report_page p = {c, r, lang, b};
	int64_t requests = total(&p, "requests");

	put_head(&p);
	put_meta(&p);
	put_cause(&p);
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
	put_more(&p);
	put_imported(&p);
	put_rules(&p);
	put_footer(&p);
	return b->over ? err_set(c, ERR_LIMIT, "report: the page is too large") : 0;
}

int report_html(struct ctx *c, const struct report *r, struct buf *b)
{
	return report_html_in(c, r, REPORT_EN, b);
}
