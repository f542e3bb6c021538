#include "out/site_statement.h"

#include "out/report_chart.h"
#include "out/report_page.h"

bool site_statement_any(const struct site *s)
{
	for (size_t i = 0; i < s->statements.n; i++)
		if (!instant_is_none(s->statements.v[i].published))
			return true;
	return false;
}

const struct wording *site_statement_words(
    const struct statement *x, enum report_lang lang, enum report_lang *ret_lang)
{
	const struct wording *en = &x->words[WORDING_EN], *de = &x->words[WORDING_DE];

	*ret_lang = lang;
	if (lang == REPORT_DE ? de->title.n > 0 : en->title.n > 0)
		return lang == REPORT_DE ? de : en;
	*ret_lang = lang == REPORT_DE ? REPORT_EN : REPORT_DE;
	return lang == REPORT_DE ? en : de;
}

/* ---- words ---- */

static void put_day(const struct report_page *p, struct day day)
{
	buf_fmt(p->b, "<time datetime=\"%s\">", day_str(p->c, day).p);
	report_text_day(p->b, p->lang, day);
	buf_puts(p->b, "</time>");
}

static void put_dot(const struct report_page *p)
{
	buf_puts(p->b, " \302\267 ");
}

/* A text in its own language, where that is not the page's. */
static void put_in(
    const struct report_page *p, const char *tag, enum report_lang lang, struct str text)
{
	if (lang == p->lang)
		buf_fmt(p->b, "<%s>", tag);
	else
		buf_fmt(p->b, "<%s lang=\"%s\">", tag, report_text_lang(lang));
	report_chart_escape(p->b, text);
	buf_fmt(p->b, "</%s>", tag);
}

/* The next paragraph: lines up to an empty one. False at the end. */
static bool next_paragraph(struct str *rest, struct str *ret)
{
	const char *from;
	struct str line, tail;

	*rest = str_trim(*rest);
	from = rest->p;
	if (rest->n == 0)
		return false;
	while (rest->n > 0) {
		(void)str_cut(*rest, '\n', &line, &tail);
		if (str_trim(line).n == 0)
			break;
		*ret = (struct str){from, (size_t)(line.p + line.n - from)};
		*rest = tail;
	}
	return true;
}

static void put_text(const struct report_page *p, enum report_lang lang, struct str text)
{
	struct str paragraph;

	while (next_paragraph(&text, &paragraph)) {
		put_in(p, "p", lang, paragraph);
		buf_putc(p->b, '\n');
	}
}

static void put_untranslated(const struct report_page *p, enum report_lang lang)
{
	if (lang != p->lang)
		report_page_element(p, "<p class=\"meta\">", "statement.untranslated", "</p>\n");
}

static void put_heading(const struct report_page *p, const struct wording *w, enum report_lang lang)
{
	put_in(p, "h3", lang, w->title);
	buf_putc(p->b, '\n');
}

/* ---- links ---- */

static const struct site_edition *edition_of(const struct site *s, struct str name)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->v[i].name, name))
			return &s->v[i];
	return NULL;
}

static void put_editions(
    const struct report_page *p, const struct site *s, const struct statement *x)
{
	struct str rest = x->editions, name;
	const char *before = "";

	if (rest.n == 0)
		return;
	report_page_element(p, "<p class=\"meta\">", "statement.editions", " ");
	while (str_word(&rest, &name)) {
		const struct site_edition *e = edition_of(s, name);

		if (e == NULL)
			continue;
		buf_fmt(p->b, "%s<a href=\"edition/%.*s/index%s.html\">", before, STR_ARG(name),
		    report_text_suffix(p->lang));
		report_text_period(p->b, p->lang, e->e.period);
		report_page_element(p, ", ", "feed.version", " ");
		buf_fmt(p->b, "%lld</a>", (long long)e->e.version);
		before = "; ";
	}
	buf_puts(p->b, "</p>\n");
}

static void put_update_link(const struct report_page *p, const char *key, const struct statement *x)
{
	put_dot(p);
	report_page_say(p, key);
	buf_fmt(p->b, " <a href=\"#update-%lld\">", (long long)x->number);
	report_page_element(p, "", "statement.update", " ");
	buf_fmt(p->b, "%lld</a>", (long long)x->number);
}

static void put_record_link(const struct report_page *p, const char *key, const struct statement *x)
{
	enum report_lang lang;
	const struct wording *w = site_statement_words(x, p->lang, &lang);

	report_page_element(p, "<p class=\"meta\">", key, " ");
	buf_fmt(p->b, "<a href=\"#r-%.*s\">", STR_ARG(x->ref));
	put_in(p, "span", lang, w->title);
	buf_puts(p->b, "</a></p>\n");
}

/* ---- updates ---- */

static void put_update(const struct report_page *p, const struct site *s, const struct statement *x)
{
	const struct statement *after = statement_replaced(&s->statements, x);
	const struct statement *before =
	    x->replaces != 0 ? statement_by_id(&s->statements, x->replaces) : NULL;
	enum report_lang lang;
	const struct wording *w = site_statement_words(x, p->lang, &lang);

	buf_fmt(p->b, "<article id=\"update-%lld\">\n", (long long)x->number);
	put_heading(p, w, lang);
	report_page_element(p, "<p class=\"meta\">", "statement.update", " ");
	buf_i64(p->b, x->number);
	put_dot(p);
	put_day(p, x->day);
	if (before != NULL)
		put_update_link(p, "statement.replaces", before);
	if (after != NULL)
		put_update_link(p, "statement.replaced", after);
	buf_puts(p->b, "</p>\n");
	put_untranslated(p, lang);
	put_text(p, lang, w->text);
	put_editions(p, s, x);
	buf_puts(p->b, "</article>\n");
}

static const struct statement *update_of(const struct site *s, int64_t number)
{
	for (size_t i = 0; i < s->statements.n; i++)
		if (s->statements.v[i].number == number)
			return &s->statements.v[i];
	return NULL;
}

static int64_t last_update(const struct site *s)
{
	int64_t last = 0;

	for (size_t i = 0; i < s->statements.n; i++)
		if (s->statements.v[i].number > last)
			last = s->statements.v[i].number;
	return last;
}

static void put_updates(const struct report_page *p, const struct site *s)
{
	int64_t last = last_update(s);

	if (last == 0)
		return;
	report_page_section(p, "updates", "statement.updates");
	for (int64_t n = last; n > 0; n--) {
		const struct statement *x = update_of(s, n);

		if (x != NULL)
			put_update(p, s, x);
	}
	report_page_section_end(p);
}

/* ---- never-statements ---- */

/* The section stands from the first sentence on for ever, whatever became of it. */
static bool ever_never(const struct site *s)
{
	for (size_t i = 0; i < s->statements.n; i++)
		if (s->statements.v[i].part == STATEMENT_NEVER &&
		    !instant_is_none(s->statements.v[i].published))
			return true;
	return false;
}

static void put_never(const struct report_page *p, const struct statement *x)
{
	enum report_lang lang;
	const struct wording *w = site_statement_words(x, p->lang, &lang);

	buf_puts(p->b, "<li>\n");
	put_heading(p, w, lang);
	report_page_element(p, "<p class=\"meta\">", "statement.as_of", " ");
	put_day(p, x->day);
	buf_puts(p->b, "</p>\n");
	put_untranslated(p, lang);
	put_text(p, lang, w->text);
	buf_puts(p->b, "</li>\n");
}

static void put_nevers(const struct report_page *p, const struct site *s)
{
	size_t n = 0;

	if (!ever_never(s))
		return;
	report_page_section(p, "never", "statement.never");
	for (size_t i = 0; i < s->statements.n; i++) {
		const struct statement *x = &s->statements.v[i];

		if (x->part != STATEMENT_NEVER || !statement_stands(&s->statements, x, s->today))
			continue;
		buf_puts(p->b, n++ == 0 ? "<ul class=\"pieces\" role=\"list\">\n" : "");
		put_never(p, x);
	}
	if (n > 0)
		buf_puts(p->b, "</ul>\n");
	else
		report_page_element(p, "<p>", "statement.never.none", "</p>\n");
	report_page_element(p, "<p class=\"small\">", "statement.never.note", "</p>\n");
	report_page_section_end(p);
}

/* ---- restraints ---- */

static void put_law(const struct report_page *p, const struct statement *x)
{
	report_page_element(p, "<p class=\"meta\">", "statement.law", " <cite>");
	report_chart_escape(p->b, x->law);
	buf_puts(p->b, "</cite>");
	if (x->law_id.n == 0)
		report_page_element(p, " (", "statement.law.entered", ")");
	else if (!x->law_verified)
		report_page_element(p, " (", "statement.law.unverified", ")");
	buf_puts(p->b, "</p>\n");
}

static void put_restraint(const struct report_page *p, const struct statement *x)
{
	enum report_lang lang;
	const struct wording *w = site_statement_words(x, p->lang, &lang);

	buf_puts(p->b, "<li>\n");
	put_heading(p, w, lang);
	report_page_element(p, "<p class=\"meta\">", "statement.since", " ");
	put_day(p, x->day);
	if (!day_is_none(x->until)) {
		buf_putc(p->b, ' ');
		report_page_say(p, "statement.until");
		buf_putc(p->b, ' ');
		put_day(p, x->until);
	}
	buf_puts(p->b, "</p>\n");
	put_law(p, x);
	put_untranslated(p, lang);
	put_text(p, lang, w->text);
	buf_puts(p->b, "</li>\n");
}

static void put_restraints(const struct report_page *p, const struct site *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->statements.n; i++) {
		const struct statement *x = &s->statements.v[i];

		if (x->part != STATEMENT_RESTRAINT ||
		    !statement_stands(&s->statements, x, s->today))
			continue;
		if (n++ == 0) {
			report_page_section(p, "restraints", "statement.restraints");
			buf_puts(p->b, "<ul class=\"pieces\" role=\"list\">\n");
		}
		put_restraint(p, x);
	}
	if (n == 0)
		return;
	buf_puts(p->b, "</ul>\n");
	report_page_section_end(p);
}

/* ---- the record, and the principles ---- */

static void put_outcome(const struct report_page *p, enum report_lang lang, struct str outcome)
{
	if (outcome.n == 0)
		return;
	report_page_element(p, "<p><strong>", "statement.outcome", "</strong> ");
	put_in(p, "span", lang, outcome);
	buf_puts(p->b, "</p>\n");
}

static void put_proceeding(
    const struct report_page *p, const struct site *s, const struct statement *x)
{
	const struct statements *all = &s->statements;
	const struct statement *after = statement_replaced(all, x);
	const struct statement *follows = x->follows != 0 ? statement_by_id(all, x->follows) : NULL;
	enum report_lang lang;
	const struct wording *w = site_statement_words(x, p->lang, &lang);

	buf_fmt(p->b, "<li id=\"r-%.*s\">\n", STR_ARG(x->ref));
	put_heading(p, w, lang);
	buf_puts(p->b, "<p class=\"meta\">");
	put_day(p, x->day);
	if (!str_is(x->kind, "principle")) {
		put_dot(p);
		report_chart_escape(p->b, str_of(report_text_find(p->lang, "proceeding", x->kind)));
	}
	if (w->authority.n > 0) {
		put_dot(p);
		put_in(p, "span", lang, w->authority);
	}
	buf_puts(p->b, "</p>\n");
	put_untranslated(p, lang);
	put_text(p, lang, w->text);
	put_outcome(p, lang, w->outcome);
	if (follows != NULL)
		put_record_link(p, "statement.follows", follows);
	if (after != NULL)
		put_record_link(p, "statement.corrected", after);
	put_editions(p, s, x);
	buf_puts(p->b, "</li>\n");
}

static void put_record(const struct report_page *p, const struct site *s, bool principles)
{
	const char *list = principles ? "ul" : "ol";
	size_t n = 0;

	for (size_t i = 0; i < s->statements.n; i++) {
		const struct statement *x = &s->statements.v[i];

		if (x->part != STATEMENT_PROCEEDING || instant_is_none(x->published) ||
		    str_is(x->kind, "principle") != principles)
			continue;
		if (n++ == 0) {
			report_page_section(p, principles ? "principles" : "record",
			    principles ? "statement.principles" : "statement.record");
			buf_fmt(p->b, "<%s class=\"%s\" role=\"list\">\n", list,
			    principles ? "pieces" : "record");
		}
		put_proceeding(p, s, x);
	}
	if (n == 0)
		return;
	buf_fmt(p->b, "</%s>\n", list);
	report_page_section_end(p);
}

/* ---- the page ---- */

void site_statement_page(struct ctx *c, const struct site *s, enum report_lang lang, struct buf *b)
{
	struct report_page p = {c, NULL, lang, b};
	struct report_frame f = {.provider = s->provider,
	    .title = str_of(report_text(lang, "statement")),
	    .up = "",
	    .style = "",
	    .other = lang == REPORT_DE ? "statement.html" : "statement.de.html",
	    .skip = "statement.skip",
	    .links = "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"feed.atom\">\n"};

	report_page_open(&p, &f);
	report_page_element(&p, "<h1>", "statement", "</h1>\n");
	report_page_element(&p, "<p class=\"period\">", "statement.intro", "</p>\n");
	put_updates(&p, s);
	put_nevers(&p, s);
	put_restraints(&p, s);
	put_record(&p, s, false);
	put_record(&p, s, true);
	buf_puts(b, "</main>\n<footer>\n<p>");
	buf_fmt(b, "<a href=\"index%s.html\">", report_text_suffix(lang));
	report_page_element(&p, "", "title", "</a></p>\n");
	report_page_close(&p);
}

void site_statement_link(const struct report_page *p, const struct site *s)
{
	const struct statement *x = update_of(s, last_update(s));
	const char *suffix = report_text_suffix(p->lang);

	if (!site_statement_any(s))
		return;
	report_page_section(p, "statement", "statement");
	buf_fmt(p->b, "<p><a href=\"statement%s.html\">", suffix);
	report_page_element(p, "", "statement.intro", "</a></p>\n");
	if (x != NULL) {
		enum report_lang lang;
		const struct wording *w = site_statement_words(x, p->lang, &lang);

		report_page_element(p, "<p class=\"meta\">", "statement.newest", " ");
		buf_fmt(p->b, "<a href=\"statement%s.html#update-%lld\">", suffix,
		    (long long)x->number);
		put_in(p, "span", lang, w->title);
		buf_puts(p->b, "</a>");
		put_dot(p);
		put_day(p, x->day);
		buf_puts(p->b, "</p>\n");
	}
	report_page_section_end(p);
}
