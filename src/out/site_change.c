#include "out/site_change.h"

#include "kind/json.h"
#include "out/report_json.h"
#include "out/report_more.h"
#include "out/report_name.h"
#include "out/site_frame.h"

void site_change_json(struct ctx *c, const struct site_edition *e, struct buf *b)
{
	struct json *j = json_map(c), *list = json_list(c), *cause = report_json_cause(c, &e->r);
	struct edition_changes changes = {0};

	edition_diff(c, e->before->r.figures, e->r.figures, &changes);
	json_set_text(c, j, "schema", STR("writ/changes/1"));
	json_set_text(c, j, "provider", e->r.provider);
	json_set_text(c, j, "period", period_str(c, e->e.period));
	json_set_int(c, j, "version", e->e.version);
	json_set_int(c, j, "before", e->before->e.version);
	json_set_text(c, j, "published", day_str(c, e->e.published));
	if (cause != NULL)
		json_set(c, j, "cause", cause);
	for (size_t i = 0; i < changes.n; i++) {
		struct json *one = json_map(c);

		if (changes.v[i].a != NULL)
			json_set(c, one, "old", report_json_figure(c, changes.v[i].a));
		if (changes.v[i].b != NULL)
			json_set(c, one, "new", report_json_figure(c, changes.v[i].b));
		json_add(c, list, one);
	}
	json_set(c, j, "changes", list);
	json_put_pretty(b, j);
	buf_putc(b, '\n');
}

/* ---- for people ---- */

static void put_cause(const struct report_page *p, const struct site_edition *e)
{
	enum report_lang in;
	const struct wording *w = report_more_cause(&e->r, p->lang, &in);

	if (w == NULL)
		return;
	report_page_section(p, "cause", "cause");
	report_page_cause(p, w, in);
	report_page_section_end(p);
}

/* Shares are stored in hundredths of a per cent, and are read as per cent. */
static void put_changed(const struct report_page *p, const struct figure *x)
{
	if (x == NULL || x->status != FIGURE_EXACT || !str_is(x->unit, "basis_points")) {
		report_page_cell(p, x);
		return;
	}
	buf_puts(p->b, "<td class=\"num\">");
	report_text_share(p->b, p->lang, x->value_min);
	buf_puts(p->b, "</td>");
}

void site_change_page(struct ctx *c, const struct site *s, const struct site_edition *e,
    enum report_lang lang, struct buf *b)
{
	static const char *const head[] = {"col.figure", "col.before", "col.after"};
	struct report_page p = {c, NULL, lang, b};
	struct edition_changes changes = {0};

	edition_diff(c, e->before->r.figures, e->r.figures, &changes);
	site_frame_open(&p, s, str_of(report_text(lang, "site.changes")), "../../", "changes");
	buf_puts(b, "<p class=\"period\">");
	report_text_period(b, lang, e->e.period);
	report_page_element(&p, "</p>\n<p class=\"meta\">", "version", " ");
	buf_fmt(b, "%lld \342\206\222 %lld \302\267 ", (long long)e->before->e.version,
	    (long long)e->e.version);
	report_page_element(&p, "", "published", " ");
	report_text_day(b, lang, e->e.published);
	buf_puts(b, "</p>\n");
	put_cause(&p, e);
	report_page_section(&p, "changes", "site.changes");
	if (changes.n == 0)
		report_page_element(&p, "<p>", "site.unchanged", "</p>\n");
	report_page_table(&p, "site.changes.caption", "");
	report_page_heads(&p, head, 3);
	for (size_t i = 0; i < changes.n; i++) {
		const struct edition_change *x = &changes.v[i];

		report_page_row(&p, report_name(c, &e->r, lang, x->b != NULL ? x->b : x->a));
		put_changed(&p, x->a);
		put_changed(&p, x->b);
		buf_puts(b, "</tr>\n");
	}
	report_page_table_end(&p);
	report_page_section_end(&p);
	site_frame_close(&p);
}
