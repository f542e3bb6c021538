#include "out/report_pdf.h"

#include "base/mem.h"
#include "out/report_land.h"
#include "out/report_more.h"
#include "out/typeset.h"

enum { CHART_ROWS = 12 };

struct pdf {
	struct ctx *c;
	const struct report *r;
	enum report_lang lang;
	struct buf *b;
};

/* ---- lines of the document (helpers/typeset.c) ---- */

/* One word more of a line: what divides words and lines has no place in it. */
static void word(const struct pdf *p, struct str s)
{
	buf_putc(p->b, '\t');
	for (size_t i = 0; i < s.n; i++)
		buf_putc(p->b, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
}

static void end(const struct pdf *p)
{
	buf_putc(p->b, '\n');
}

static void say(const struct pdf *p, const char *key)
{
	word(p, str_of(report_text(p->lang, key)));
}

static void text(const struct pdf *p, const char *what, struct str s)
{
	buf_puts(p->b, what);
	word(p, s);
	end(p);
}

static void key_text(const struct pdf *p, const char *what, const char *key)
{
	text(p, what, str_of(report_text(p->lang, key)));
}

static struct str number(const struct pdf *p, int64_t n)
{
	struct buf b = buf_init(p->c, 64);

	report_text_number(&b, p->lang, n);
	return buf_str(&b);
}

static struct str share(const struct pdf *p, int64_t n, int64_t of)
{
	struct buf b = buf_init(p->c, 64);

	report_text_part(&b, p->lang, n, of);
	return buf_str(&b);
}

static void value(const struct pdf *p, const struct figure *x)
{
	word(p, report_word_value(p->c, p->lang, x));
}

static const struct figure *find(const struct pdf *p, const char *section, struct str country,
    struct str instrument, const char *metric)
{
	return figure_find(p->r->figures, section, country, instrument, metric);
}

static int64_t total(const struct pdf *p, const char *metric)
{
	return figure_number(p->r->figures, "total", STR(""), STR(""), metric);
}

/* A table with a first column of names, and others of numbers. */
static void table(
    const struct pdf *p, const char *caption, int first, const char *const *heads, size_t n)
{
	buf_puts(p->b, "table");
	say(p, caption);
	word(p, str_fmt(p->c, "%d", first));
	for (size_t i = 1; i < n; i++)
		word(p, STR("-10"));
	end(p);
	buf_puts(p->b, "head");
	for (size_t i = 0; i < n; i++)
		say(p, heads[i]);
	end(p);
}

static void table_end(const struct pdf *p)
{
	buf_puts(p->b, "end\n");
}

static void bar(const struct pdf *p, struct str label, int64_t n, struct str class)
{
	buf_puts(p->b, "bar");
	word(p, label);
	word(p, str_fmt(p->c, "%lld", (long long)n));
	word(p, class);
	word(p, number(p, n));
	end(p);
}

/* ---- the parts of a report ---- */

static void put_head(const struct pdf *p)
{
	struct buf b = buf_init(p->c, 1024), foot = buf_init(p->c, 1024),
		   meta = buf_init(p->c, 1024);

	text(p, "lang", str_of(report_text_lang(p->lang)));
	report_text_period(&b, p->lang, p->r->period);
	text(p, "title", report_word_title(p->c, p->r, p->lang));
	text(p, "created", day_str(p->c, p->r->as_of));
	buf_fmt(&foot, "%.*s \302\267 %.*s \302\267 %s %lld", STR_ARG(p->r->provider),
	    STR_ARG(buf_str(&b)), report_text(p->lang, "version"), (long long)p->r->version);
	text(p, "footer", buf_str(&foot));
	key_text(p, "h1", "title");
	text(p, "lead", str_fmt(p->c, "%.*s, %.*s", STR_ARG(p->r->provider), STR_ARG(buf_str(&b))));
	buf_fmt(&meta, "%s %lld \302\267 %s ", report_text(p->lang, "version"),
	    (long long)p->r->version, report_text(p->lang, "as_of"));
	report_text_day(&meta, p->lang, p->r->as_of);
	if (!day_is_none(p->r->published)) {
		buf_fmt(&meta, " \302\267 %s ", report_text(p->lang, "published"));
		report_text_day(&meta, p->lang, p->r->published);
	}
	text(p, "small", buf_str(&meta));
	if (day_is_none(p->r->published))
		key_text(p, "p", "draft");
}

static void put_outcomes(const struct pdf *p)
{
	static const char *const head[] = {"col.outcome", "col.requests", "col.share"};
	int64_t requests = total(p, "requests");

	key_text(p, "h2", "outcomes");
	key_text(p, "stack", "outcomes");
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		bar(p, report_word_outcome(p->lang, (enum outcome)o),
		    total(p, outcome_id((enum outcome)o)),
		    str_fmt(p->c, "o-%s", outcome_id((enum outcome)o)));
	table_end(p);
	table(p, "outcomes.caption", 40, head, 3);
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++) {
		const char *id = outcome_id((enum outcome)o);

		buf_puts(p->b, "row");
		word(p, report_word_outcome(p->lang, (enum outcome)o));
		value(p, find(p, "total", STR(""), STR(""), id));
		word(p, share(p, total(p, id), requests));
		end(p);
	}
	buf_puts(p->b, "sum");
	say(p, "total");
	word(p, number(p, requests));
	word(p, share(p, requests, requests));
	end(p);
	table_end(p);
}

static void outcome_table(const struct pdf *p, const char *caption, const char *first)
{
	buf_puts(p->b, "table");
	say(p, caption);
	word(p, STR("26"));
	word(p, STR("-12"));
	word(p, STR("-11"));
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		if (report_word_shows(p->r, (enum outcome)o))
			word(p, STR("-14"));
	buf_puts(p->b, "\nhead");
	say(p, first);
	say(p, "col.requests");
	say(p, "col.accounts");
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		if (report_word_shows(p->r, (enum outcome)o))
			word(p, report_word_outcome(p->lang, (enum outcome)o));
	end(p);
}

static void outcome_cells(
    const struct pdf *p, const char *section, struct str country, struct str class)
{
	value(p, find(p, section, country, class, "requests"));
	value(p, find(p, section, country, class, "accounts"));
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		if (report_word_shows(p->r, (enum outcome)o))
			value(p, find(p, section, country, class, outcome_id((enum outcome)o)));
	end(p);
}

static void put_country_chart(const struct pdf *p, const struct report_land *rows, size_t n)
{
	const struct report_land *sorted = report_land_by_requests(p->c, rows, &n);
	int64_t rest = 0;

	if (n == 0)
		return;
	key_text(p, "bars", "countries");
	for (size_t i = 0; i < n; i++)
		if (i < CHART_ROWS)
			bar(p, sorted[i].name, sorted[i].requests, STR("bar"));
		else
			rest += sorted[i].requests;
	if (rest > 0)
		bar(p, str_of(report_text(p->lang, "countries.rest")), rest, STR("rest"));
	table_end(p);
}

static void put_countries(const struct pdf *p)
{
	struct str withheld;
	size_t n;
	struct report_land *rows = report_land_rows(p->c, p->r->figures, p->lang, &n);

	key_text(p, "h2", "countries");
	put_country_chart(p, rows, n);
	outcome_table(p, "countries.caption", "col.country");
	for (size_t i = 0; i < n; i++) {
		buf_puts(p->b, "row");
		word(p, rows[i].name);
		outcome_cells(p, "country", rows[i].code, STR(""));
	}
	buf_puts(p->b, "sum");
	say(p, "total");
	outcome_cells(p, "total", STR(""), STR(""));
	table_end(p);
	withheld = report_more_withheld(p->c, p->r, p->lang);
	if (withheld.n > 0)
		text(p, "small",
		    str_fmt(p->c, "%s %.*s.", report_text(p->lang, "countries.withheld"),
			STR_ARG(withheld)));
}

static void put_class_chart(const struct pdf *p)
{
	const struct figures *f = p->r->figures;
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += str_is(f->v[i].section, "class") && str_is(f->v[i].metric, "requests");
	if (n < 2)
		return;
	key_text(p, "bars", "classes");
	for (size_t i = 0; i < f->n; i++)
		if (str_is(f->v[i].section, "class") && str_is(f->v[i].metric, "requests"))
			bar(p, report_word(p->lang, "class", f->v[i].instrument), f->v[i].value_min,
			    STR("bar"));
	table_end(p);
}

static void put_classes(const struct pdf *p)
{
	const struct figures *f = p->r->figures;

	key_text(p, "h2", "classes");
	put_class_chart(p);
	outcome_table(p, "classes.caption", "col.class");
	for (size_t i = 0; i < f->n; i++) {
		if (!str_is(f->v[i].section, "class") || !str_is(f->v[i].metric, "requests"))
			continue;
		buf_puts(p->b, "row");
		word(p, report_word(p->lang, "class", f->v[i].instrument));
		outcome_cells(p, "class", STR(""), f->v[i].instrument);
	}
	table_end(p);
}

static void put_list(const struct pdf *p, const char *section, const char *key, const char *caption,
    const char *first, int64_t of)
{
	const char *const head[] = {first, "col.requests", "col.share"};
	const struct figures *f = p->r->figures;

	if (!figure_has_section(f, section))
		return;
	key_text(p, "h2", key);
	table(p, caption, 50, head, 3);
	for (size_t i = 0; i < f->n; i++) {
		if (!str_is(f->v[i].section, section))
			continue;
		buf_puts(p->b, "row");
		word(p, report_word_instrument(p->r, p->lang, section, f->v[i].instrument));
		value(p, &f->v[i]);
		word(p, share(p, f->v[i].value_min, of));
		end(p);
	}
	table_end(p);
}

static void put_beside(const struct pdf *p)
{
	static const char *const head[] = {"col.kind", "col.number"};
	const struct report_beside *row;

	key_text(p, "h2", "beside");
	table(p, "beside.caption", 40, head, 2);
	for (size_t i = 0; (row = report_word_beside(i)) != NULL; i++) {
		const struct figure *x = find(p, row->section, STR(""), STR(""), row->metric);

		if (x == NULL)
			continue;
		buf_puts(p->b, "row");
		say(p, row->key);
		value(p, x);
		end(p);
	}
	table_end(p);
}

static void put_band_row(const struct report_natsec *one, void *arg)
{
	const struct pdf *p = arg;

	buf_puts(p->b, "row");
	word(p, p->lang == REPORT_DE ? one->category->de : one->category->en);
	word(p, one->x != NULL ? report_word_value(p->c, p->lang, one->x)
			       : report_word_absent(p->c, p->lang, one));
	word(p, one->structure->src.cite);
	end(p);
}

static void put_natsec(const struct pdf *p)
{
	key_text(p, "h2", "natsec");
	key_text(p, "p", "natsec.why");
	if (report_more_combined(p->r))
		key_text(p, "p", "natsec.combined");
	if (find(p, "national_security", STR(""), STR(""), "process") != NULL) {
		key_text(p, "p", "natsec.none");
		return;
	}
	buf_puts(p->b, "table");
	say(p, "natsec.caption");
	buf_puts(p->b, "\t30\t-18\t26\nhead");
	say(p, "col.kind");
	say(p, "col.number");
	say(p, "col.law");
	end(p);
	report_word_natsec(p->c, p->r, put_band_row, (void *)(uintptr_t)p);
	table_end(p);
}

static void put_more_table(const struct pdf *p, const struct report_more *t)
{
	bool texts = t->rows[0][t->n_cols - 1].x == NULL && t->rows[0][t->n_cols - 1].text.n > 0;

	buf_puts(p->b, "table");
	say(p, t->caption);
	word(p, STR("30"));
	for (size_t i = 1; i < t->n_cols; i++)
		word(p, t->rows[0][i].text.n > 0 ? STR("20") : texts ? STR("-12") : STR("-10"));
	end(p);
	buf_puts(p->b, "head");
	for (size_t i = 0; i < t->n_cols; i++)
		say(p, t->heads[i]);
	end(p);
	for (size_t k = 0; k < t->n_rows; k++) {
		buf_puts(p->b, "row");
		for (size_t i = 0; i < t->n_cols; i++) {
			if (t->rows[k][i].x != NULL)
				value(p, t->rows[k][i].x);
			else
				word(p, t->rows[k][i].text);
		}
		end(p);
	}
	table_end(p);
}

static void put_more_chart(const struct pdf *p, const struct report_more *t)
{
	if (t->chart == 0)
		return;
	key_text(p, "bars", t->key);
	for (size_t i = 0; i < t->chart && i < t->n_rows; i++)
		if (t->rows[i][1].x != NULL && t->rows[i][1].x->status == FIGURE_EXACT)
			bar(p, t->rows[i][0].text, t->rows[i][1].x->value_min, STR("bar"));
	table_end(p);
}

static void put_more(const struct pdf *p)
{
	struct report_more t;

	for (size_t i = 0; report_more(p->c, p->r, p->lang, i, &t); i++) {
		key_text(p, "h2", t.key);
		if (t.intro != NULL)
			key_text(p, "p", t.intro);
		put_more_chart(p, &t);
		put_more_table(p, &t);
	}
}

static void put_cause(const struct pdf *p)
{
	enum report_lang in;
	const struct wording *w = report_more_cause(p->r, p->lang, &in);

	if (w == NULL)
		return;
	key_text(p, "h2", "cause");
	text(p, "p", w->title);
	if (w->text.n > 0)
		text(p, "p", w->text);
}

static void put_imported(const struct pdf *p)
{
	static const char *const head[] = {"col.source", "col.requests", "col.accounts"};

	if (p->r->n_imports == 0)
		return;
	key_text(p, "h2", "imported");
	table(p, "imported.caption", 50, head, 3);
	for (size_t i = 0; i < p->r->n_imports; i++) {
		const struct count_import *m = &p->r->imports[i];

		buf_puts(p->b, "row");
		word(p, m->source);
		value(p, find(p, "imported", STR(""), m->key, "requests"));
		value(p, find(p, "imported", STR(""), m->key, "accounts"));
		end(p);
	}
	table_end(p);
	for (size_t i = 0; i < p->r->n_imports; i++)
		if (p->r->imports[i].note.n > 0)
			text(p, "small", p->r->imports[i].note);
}

static void put_rules(const struct pdf *p)
{
	const char *rule;

	key_text(p, "h2", "rules");
	for (size_t i = 1; (rule = report_word_rule(p->c, p->lang, i)) != NULL; i++)
		text(p, "p", str_fmt(p->c, "%zu. %s", i, rule));
}

void report_pdf_document(
    struct ctx *c, const struct report *r, enum report_lang lang, struct buf *b)
{
	struct pdf p = {c, r, lang, b};

	buf_puts(b, "writ/doc/1\n");
	put_head(&p);
	put_cause(&p);
	put_outcomes(&p);
	put_countries(&p);
	put_natsec(&p);
	put_classes(&p);
	put_list(
	    &p, "refusal", "refusals", "refusals.caption", "col.reason", total(&p, "rejected"));
	put_list(
	    &p, "channel", "channels", "channels.caption", "col.channel", total(&p, "requests"));
	put_beside(&p);
	put_more(&p);
	put_imported(&p);
	put_rules(&p);
	key_text(&p, "small", "footer");
}

int report_pdf(struct ctx *c, const struct report *r, enum report_lang lang, struct str *ret)
{
	struct buf b = buf_init(c, REPORT_MAX);
	struct str text;
	int status = 0, rc;

	report_pdf_document(c, r, lang, &b);
	rc = buf_end(&b, "the PDF's text", &text);
	if (rc == 0)
		rc = typeset(c, text, REPORT_MAX, ERR_TEXT("the PDF"), ret, &status);
	if (rc == 0 && ret->n == 0)
		rc = err_set(c, ERR_FAIL, "the PDF could not be set (status %d)", status);
	return rc;
}
