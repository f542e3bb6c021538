#include "out/audit_page.h"

#include "audit/tell.h"
#include "base/mem.h"
#include "out/audit_chart.h"
#include "out/report_chart.h"
#include "out/report_page.h"

/* One page: its parts' words (report_page), and the audit's own sentences (tell_say). */
struct page {
	struct report_page p;
	struct tell_say s;
	const struct model *m;
	struct buf *b;
};

static void put(const struct page *g, struct str text)
{
	report_chart_escape(g->b, text);
}

static void put_in(const struct page *g, const char *open, struct str text, const char *close)
{
	buf_puts(g->b, open);
	put(g, text);
	buf_puts(g->b, close);
}

/* Words of the file; where it has no German ones the English are marked as such (WCAG 3.1.2). */
static void put_own(const struct page *g, struct str en, struct str de)
{
	bool foreign = g->s.lang == TELL_DE && de.n == 0;

	put_in(g, foreign ? "<span lang=\"en\">" : "", tell_say_own(&g->s, en, de),
	    foreign ? "</span>" : "");
}

static void put_number(const struct page *g, int64_t n)
{
	put(g, tell_say_number(&g->s, n));
}

/* A day, or as much of it as the file knows. */
static void put_date(const struct page *g, struct str date)
{
	struct day day;

	if (date.n == strlen("YYYY-MM-DD") && day_parse(g->p.c, date, &day) == 0)
		report_text_day(g->b, g->p.lang, day);
	else
		put(g, date);
}

static bool is_bad(enum infer_verdict v)
{
	return v == INFER_UNSAFE || v == INFER_CONTRADICTION;
}

static bool shows_unsafe(enum infer_verdict v)
{
	return is_bad(v);
}

static bool shows_undecided(enum infer_verdict v)
{
	return v == INFER_UNDECIDED;
}

static bool shows_told(enum infer_verdict v)
{
	return v == INFER_TOLD;
}

static size_t count(const struct page *g, bool (*shows)(enum infer_verdict v))
{
	size_t n = 0;

	for (size_t t = 0; t < g->m->n_targets; t++)
		n += shows(g->s.a->verdicts[t]);
	return n;
}

/* ---- head ---- */

/* one: the words for a single one, where they are others. */
static void put_tile(const struct page *g, const char *key, const char *one, size_t n)
{
	report_page_element(&g->p, "<div><dt>", n == 1 && one != NULL ? one : key, "</dt><dd>");
	put_number(g, (int64_t)n);
	buf_puts(g->b, "</dd></div>\n");
}

static size_t contradictions(const struct page *g)
{
	size_t n = g->s.a->n_contradictions;

	for (size_t t = 0; t < g->m->n_targets; t++)
		n += g->s.a->verdicts[t] == INFER_CONTRADICTION;
	return n;
}

static size_t unsafe(const struct page *g)
{
	size_t n = 0;

	for (size_t t = 0; t < g->m->n_targets; t++)
		n += g->s.a->verdicts[t] == INFER_UNSAFE;
	return n;
}

static void put_tiles(const struct page *g)
{
	const struct audit *a = g->s.a;

	buf_puts(g->b, "<dl class=\"tiles\" aria-label=\"");
	report_page_element(&g->p, "", "glance", "\">\n");
	put_tile(g, "audit.tile.all", "audit.tile.all.one", a->n_safe + a->n_not);
	put_tile(g, "audit.tile.safe", NULL, a->n_safe);
	put_tile(g, "audit.tile.unsafe", "audit.tile.unsafe.one", unsafe(g));
	put_tile(g, "audit.tile.undecided", NULL, count(g, shows_undecided));
	put_tile(g, "audit.tile.contradiction", "audit.tile.contradiction.one", contradictions(g));
	buf_puts(g->b, "</dl>\n");
}

static void put_head(const struct page *g)
{
	const struct model *m = g->m;
	struct str title = tell_say_own(&g->s, m->title, m->title_de);
	struct report_frame f = {.provider = str_of(report_page_text(&g->p, "audit")),
	    .title = title,
	    .skip = "audit.skip",
	    .links = ""};
	bool good = audit_safe(g->s.a), none = g->s.a->n_safe + g->s.a->n_not == 0;

	report_page_open(&g->p, &f);
	buf_puts(g->b, "<h1>");
	put_own(g, m->title, m->title_de);
	report_page_element(&g->p, "</h1>\n<p class=\"period\">", "audit.lead", "</p>\n");
	if (m->note.n > 0) {
		buf_puts(g->b, "<p class=\"meta\">");
		put_own(g, m->note, m->note_de);
		buf_puts(g->b, "</p>\n");
	}
	if (m->synthetic)
		report_page_element(&g->p, "<p class=\"meta\">", "audit.made_up", "</p>\n");
	put_tiles(g);
	report_page_element(&g->p, good ? "<p class=\"verdict\">" : "<p class=\"verdict bad\">",
	    !good  ? "audit.bad"
	    : none ? "audit.nothing"
		   : "audit.good",
	    "</p>\n");
}

/* ---- one finding ---- */

static void put_figure(const struct page *g, size_t n, size_t row)
{
	const struct model_row *r = &g->m->rows[row];
	const struct model_publication *p = &g->m->publications[r->head.publication];
	struct str count_of = tell_say_count(&g->s, r);
	struct str head = tell_say_own(&g->s, r->head.en, r->head.de);

	buf_fmt(g->b, "<tr><th scope=\"row\">%zu</th><td>", n);
	put_own(g, r->head.en, r->head.de);
	if (count_of.n > 0 && !str_eq(count_of, head))
		put_in(g, "<span class=\"of\">", count_of, "</span>");
	if (r->superseded) {
		report_page_element(&g->p, "<span class=\"of\">", "audit.corrected", " ");
		put_own(g, r->by, r->by_de);
		buf_puts(g->b, "</span>");
	}
	put_in(g, "</td><td>", tell_say_figure(&g->s, r), "</td><td>");
	put(g, p->who);
	buf_puts(g->b, ", <span class=\"num\">");
	put_date(g, p->date);
	buf_puts(g->b, "</span></td></tr>\n");
}

static void put_chains(
    const struct page *g, const struct audit_finding *f, const struct tell_figures *figures)
{
	struct tell_chain chains[3];
	size_t n = tell_say_chains(&g->s, f, figures, chains);

	if (n == 0)
		return;
	report_page_element(&g->p, "<h4>", "audit.follows", "</h4>\n<dl class=\"steps\">\n");
	for (size_t i = 0; i < n; i++) {
		put_in(g, "<dt>", chains[i].head, "</dt><dd>");
		if (chains[i].n > 0)
			buf_puts(g->b, "<ol>\n");
		for (size_t k = 0; k < chains[i].n; k++)
			put_in(g, "<li>", chains[i].lines[k], "</li>\n");
		buf_puts(g->b, chains[i].n > 0 ? "</ol></dd>\n" : "</dd>\n");
	}
	buf_puts(g->b, "</dl>\n");
}

static void put_reasons(const struct page *g, const struct audit_finding *f)
{
	static const char *const head[] = {
	    "audit.col.no", "audit.col.figure", "audit.col.said", "audit.col.who"};
	struct tell_figures l = tell_say_figures(&g->s, f);

	if (l.n == 0)
		return;
	report_page_table(&g->p, "audit.figures", " wide figures");
	report_page_heads(&g->p, head, 4);
	for (size_t i = 0; i < l.n; i++)
		put_figure(g, i + 1, l.rows[i]);
	report_page_table_end(&g->p);
	put_chains(g, f, &l);
}

/* "A reader can tell that ..., because of these 2 figures:" */
static void put_claim(const struct page *g, const struct audit_finding *f)
{
	const struct model_target *t = &g->m->targets[f->target];
	struct str args[] = {tell_say_target(&g->s, f->target), tell_say_range(&g->s, &f->r),
	    tell_say_number(&g->s, t->lo), tell_say_number(&g->s, t->hi)};
	struct tell_figures l = tell_say_figures(&g->s, f);
	struct buf text = buf_init(g->p.c, 4000);

	tell_word_put(&text, g->s.lang, t->has_permitted ? "claim" : "claim.told", args, 4);
	if (l.n > 0) {
		buf_puts(&text, ", ");
		tell_word_count(&text, g->s.lang, "because", tell_say_number(&g->s, (int64_t)l.n));
	}
	put_in(g, "<p class=\"say\">", buf_str(&text), "</p>\n");
}

static void put_finding(const struct page *g, size_t number)
{
	const struct audit_finding *f = &g->s.a->findings[number];
	struct str way = tell_say_way(&g->s, f);
	bool plain = f->r.verdict == INFER_SAFE || f->r.verdict == INFER_UNDECIDED;

	buf_puts(g->b, "<div class=\"finding\">\n");
	if (f->r.verdict == INFER_SAFE)
		put_in(g, "<p>", tell_say_safe(&g->s, f), "</p>\n");
	else if (f->r.verdict == INFER_UNDECIDED)
		report_page_element(&g->p, "<p class=\"say\">", "audit.undecided.why", "</p>\n");
	else if (f->r.verdict == INFER_CONTRADICTION)
		put_in(g, "<p class=\"say\">", str_of(tell_word(g->s.lang, "contradiction")),
		    ".</p>\n");
	else
		put_claim(g, f);
	if (f->r.verdict == INFER_UNSAFE) {
		put_in(g, "<p>", tell_say_missing(&g->s, f), "</p>\n");
		audit_chart(g->b, &g->s, str_fmt(g->p.c, "range-%zu", number).p,
		    &g->m->targets[f->target], &f->r);
	}
	if (way.n > 0)
		put_in(g, "<p>", way, "</p>\n");
	if (!plain)
		put_reasons(g, f);
	buf_puts(g->b, "</div>\n");
}

static void put_badge(const struct page *g, enum infer_verdict v)
{
	const char *id = tell_verdict(v);

	buf_fmt(g->b, "<p class=\"badge %s\">", id);
	put_in(g, "", str_of(tell_word(g->s.lang, str_fmt(g->p.c, "verdict.%s", id).p)), "</p>\n");
}

static void put_permitted(const struct page *g, const struct model_target *t)
{
	report_page_element(
	    &g->p, "<p class=\"meta\">", "audit.permitted", ": <span class=\"num\">");
	put_number(g, t->lo);
	buf_puts(g->b, "\342\200\223");
	put_number(g, t->hi);
	buf_puts(g->b, "</span> \302\267 ");
	put_own(g, t->cite, t->cite_de);
	put_in(g, " (", t->rule, ")</p>\n");
}

static void put_target(const struct page *g, size_t target)
{
	const struct model_target *t = &g->m->targets[target];

	buf_puts(g->b, "<article class=\"audit\">\n");
	put_badge(g, g->s.a->verdicts[target]);
	buf_puts(g->b, "<h3>");
	put_own(g, t->en, t->de);
	buf_puts(g->b, "</h3>\n");
	if (t->has_permitted)
		put_permitted(g, t);
	/* what is worst first: under which ways it is safe after all comes last */
	for (int v = 0; v < 2; v++)
		for (size_t i = 0; i < g->s.a->n_findings; i++) {
			const struct audit_finding *f = &g->s.a->findings[i];

			if (f->target == target && f->news && (f->r.verdict == INFER_SAFE) == v)
				put_finding(g, i);
		}
	buf_puts(g->b, "</article>\n");
}

/* ---- sections ---- */

static void put_targets(const struct page *g, const char *id, const char *key, const char *none,
    bool (*shows)(enum infer_verdict v))
{
	bool empty = count(g, shows) == 0;

	if (empty && none == NULL)
		return;
	report_page_section(&g->p, id, key);
	if (empty)
		report_page_element(&g->p, "<p>", none, "</p>\n");
	for (size_t t = 0; t < g->m->n_targets; t++)
		if (shows(g->s.a->verdicts[t]))
			put_target(g, t);
	report_page_section_end(&g->p);
}

static void put_elsewhere(const struct page *g)
{
	bool any = false;

	for (size_t i = 0; i < g->s.a->n_findings; i++) {
		if (g->s.a->findings[i].target != PART_NO_TARGET)
			continue;
		if (!any)
			report_page_section(&g->p, "elsewhere", "audit.elsewhere");
		any = true;
		put_finding(g, i);
	}
	if (any)
		report_page_section_end(&g->p);
}

static void put_safe_row(const struct page *g, const struct model_target *t)
{
	buf_puts(g->b, "<tr><th scope=\"row\">");
	put_own(g, t->en, t->de);
	buf_puts(g->b, "</th><td class=\"num\">");
	put_number(g, t->lo);
	buf_puts(g->b, "\342\200\223");
	put_number(g, t->hi);
	buf_puts(g->b, "</td><td class=\"text\">");
	put_own(g, t->cite, t->cite_de);
	buf_puts(g->b, "</td></tr>\n");
}

static void put_safe(const struct page *g)
{
	static const char *const head[] = {
	    "audit.col.number", "audit.col.permitted", "audit.col.rule"};

	report_page_section(&g->p, "safe", "audit.safe");
	if (g->s.a->n_safe == 0) {
		report_page_element(&g->p, "<p>", "audit.safe.none", "</p>\n");
		report_page_section_end(&g->p);
		return;
	}
	report_page_table(&g->p, "audit.safe.caption", " files");
	report_page_heads(&g->p, head, 3);
	for (size_t t = 0; t < g->m->n_targets; t++)
		if (g->s.a->verdicts[t] == INFER_SAFE)
			put_safe_row(g, &g->m->targets[t]);
	report_page_table_end(&g->p);
	report_page_section_end(&g->p);
}

static void put_basis(const struct page *g)
{
	bool corrected = false;

	for (size_t i = 0; i < g->m->n_rows; i++)
		corrected = corrected || g->m->rows[i].superseded;
	report_page_section(&g->p, "basis", "audit.basis");
	report_page_element(&g->p, "<p>", "audit.possible", "</p>\n");
	report_page_element(&g->p, "<p>", "audit.checked", "</p>\n");
	if (corrected)
		report_page_element(&g->p, "<p>", "audit.corrections", "</p>\n");
	if (g->m->n_assumptions == 0)
		report_page_element(&g->p, "<p>", "audit.assumptions.none", "</p>\n");
	else
		report_page_element(&g->p, "<p>", "audit.assumptions", ":</p>\n<ul>\n");
	for (size_t i = 0; i < g->m->n_assumptions; i++) {
		buf_puts(g->b, "<li>");
		put_own(g, g->m->assumptions[i].en, g->m->assumptions[i].de);
		buf_puts(g->b, "</li>\n");
	}
	buf_puts(g->b, g->m->n_assumptions > 0 ? "</ul>\n" : "");
	report_page_section_end(&g->p);
}

/* Figures of a publication: a percentage is two rows of one id. */
static int64_t figures_of(const struct model *m, size_t publication)
{
	int64_t n = 0;

	for (size_t i = 0; i < m->n_rows; i++)
		n += m->rows[i].head.publication == publication &&
		     (i == 0 || !str_eq(m->rows[i].head.id, m->rows[i - 1].head.id));
	return n;
}

static void put_sources(const struct page *g)
{
	static const char *const head[] = {
	    "audit.col.who", "audit.col.day", "audit.col.source", "audit.col.figures"};

	report_page_section(&g->p, "sources", "audit.sources");
	report_page_table(&g->p, "audit.sources.caption", " sources");
	report_page_heads(&g->p, head, 4);
	for (size_t i = 0; i < g->m->n_publications; i++) {
		const struct model_publication *p = &g->m->publications[i];

		put_in(g, "<tr><th scope=\"row\">", p->who, "</th><td class=\"day\">");
		put_date(g, p->date);
		put_in(g, "</td><td class=\"text\">", p->source, "</td><td class=\"num\">");
		put_number(g, figures_of(g->m, i));
		buf_puts(g->b, "</td></tr>\n");
	}
	report_page_table_end(&g->p);
	report_page_section_end(&g->p);
}

int audit_page(struct ctx *c, const struct audit *a, enum report_lang lang, struct buf *b)
{
	struct page g = {.p = {c, NULL, lang, b},
	    .s = {c, a, lang == REPORT_DE ? TELL_DE : TELL_EN, true},
	    .m = a->m,
	    .b = b};

	put_head(&g);
	put_targets(&g, "unsafe", "audit.unsafe", "audit.unsafe.none", shows_unsafe);
	put_targets(&g, "undecided", "audit.undecided", NULL, shows_undecided);
	put_elsewhere(&g);
	put_targets(&g, "told", "audit.told", NULL, shows_told);
	put_safe(&g);
	put_basis(&g);
	put_sources(&g);
	buf_puts(b, "</main>\n<footer>\n");
	report_page_close(&g.p);
	return b->over ? err_set(c, ERR_LIMIT, "the page of the audit is too large") : 0;
}
