#include "out/report_xlsx.h"

#include <stdio.h>
#include <xlsxwriter.h>

#include "base/mem.h"
#include "os/file.h"
#include "out/report_land.h"
#include "out/report_more.h"

enum format {
	PLAIN,
	TITLE,
	HEAD,
	NUMBER,
	SHARE,
	WORD,
	SUM,
	SUM_NUMBER,
	WRAP,
	INDEX,
	HEAD_RIGHT,
	FORMATS
};

struct book {
	struct ctx *c;
	const struct report *r;
	enum report_lang lang;
	lxw_workbook *wb;
	lxw_format *format[FORMATS];
	lxw_worksheet *ws; /* the sheet that is being written, and where */
	lxw_row_t row;
	lxw_col_t col;
	lxw_error bad; /* the first that went wrong */
};

/* ---- cells ---- */

static void note(struct book *k, lxw_error e)
{
	if (k->bad == LXW_NO_ERROR)
		k->bad = e;
}

static void put_text(struct book *k, struct str s, enum format f)
{
	note(k, worksheet_write_string(k->ws, k->row, k->col++, str_z(k->c, s), k->format[f]));
}

static void say(struct book *k, const char *key, enum format f)
{
	put_text(k, str_of(report_text(k->lang, key)), f);
}

/* The library takes numbers as double: counts are far below 2^53, where each has its own. */
static void put_number(struct book *k, int64_t n, enum format f)
{
	note(k, worksheet_write_number(k->ws, k->row, k->col++, (double)n, k->format[f]));
}

/* A sentence in a wide cell, with room for its lines: no program for tables makes it by itself. */
static void put_sentence(struct book *k, const char *text)
{
	enum { LINE = 100 }; /* characters of the column's width */
	size_t lines = strlen(text) / LINE + 1;

	note(k, worksheet_set_row(k->ws, k->row, 15.0 * (double)lines, NULL));
	put_text(k, str_of(text), WRAP);
}

/* Rounded in whole numbers first, as on the page; what rounds to nothing and is not is said in
 * words there and here; empty where there is nothing to have a share of. */
static void put_share(struct book *k, int64_t n, int64_t of)
{
	struct buf b = buf_init(k->c, 64);

	if (of > 0 && n > 0 && tally_share(n, of) < 5) {
		report_text_part(&b, k->lang, n, of);
		put_text(k, buf_str(&b), WORD);
		return;
	}
	if (of > 0)
		note(k, worksheet_write_number(k->ws, k->row, k->col,
			    (double)tally_share(n, of) / 10000, k->format[SHARE]));
	k->col++;
}

static void next_row(struct book *k)
{
	k->row++;
	k->col = 0;
}

static void put_value(struct book *k, const struct figure *x, enum format f)
{
	if (x == NULL)
		k->col++;
	else if (x->status == FIGURE_EXACT)
		put_number(k, x->value_min, f);
	else
		put_text(k, report_word_value(k->c, k->lang, x), WORD);
}

static const struct figure *find(const struct book *k, const char *section, struct str country,
    struct str instrument, const char *metric)
{
	return figure_find(k->r->figures, section, country, instrument, metric);
}

static int64_t total(const struct book *k, const char *metric)
{
	return figure_number(k->r->figures, "total", STR(""), STR(""), metric);
}

/* ---- sheets ---- */

/* A sheet of its name, with a title above its table. */
static void sheet(struct book *k, const char *name, const char *title, double first_width)
{
	k->ws = workbook_add_worksheet(k->wb, report_text(k->lang, name));
	k->row = 0;
	k->col = 0;
	if (k->ws == NULL) {
		note(k, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	worksheet_set_landscape(k->ws);
	worksheet_fit_to_pages(k->ws, 1, 0);
	worksheet_set_paper(k->ws, 9); /* A4 */
	note(k, worksheet_set_column(k->ws, 0, 0, first_width, NULL));
	note(k, worksheet_set_column(k->ws, 1, 12, 14, NULL));
	say(k, title, TITLE);
	next_row(k);
	next_row(k);
}

/* The heads of a table; they stay in sight, and on every printed page. */
static void heads(struct book *k, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		say(k, keys[i], i == 0 ? HEAD : HEAD_RIGHT);
}

static void heads_end(struct book *k)
{
	worksheet_freeze_panes(k->ws, k->row + 1, 1);
	note(k, worksheet_repeat_rows(k->ws, k->row, k->row));
	next_row(k);
}

static void put_period(struct book *k, enum format f)
{
	struct buf b = buf_init(k->c, 256);

	report_text_period(&b, k->lang, k->r->period);
	put_text(k, buf_str(&b), f);
}

static void put_day(struct book *k, struct day day)
{
	struct buf b = buf_init(k->c, 64);

	report_text_day(&b, k->lang, day);
	put_text(k, buf_str(&b), PLAIN);
}

static void put_cause(struct book *k)
{
	enum report_lang in;
	const struct wording *w = report_more_cause(k->r, k->lang, &in);

	if (w == NULL)
		return;
	say(k, "cause", PLAIN);
	put_sentence(k, str_z(k->c, w->title));
	next_row(k);
}

static void put_overview(struct book *k)
{
	const char *rule;

	sheet(k, "sheet.overview", "title", 36);
	note(k, worksheet_set_column(k->ws, 1, 1, 110, NULL));
	put_text(k, k->r->provider, PLAIN);
	put_period(k, PLAIN);
	next_row(k);
	say(k, "version", PLAIN);
	put_text(k, str_fmt(k->c, "%lld", (long long)k->r->version), PLAIN);
	next_row(k);
	say(k, "as_of", PLAIN);
	put_day(k, k->r->as_of);
	next_row(k);
	if (day_is_none(k->r->published)) {
		say(k, "draft", PLAIN);
	} else {
		say(k, "published", PLAIN);
		put_day(k, k->r->published);
	}
	next_row(k);
	put_cause(k);
	next_row(k);
	say(k, "rules", HEAD);
	for (size_t i = 1; (rule = report_word_rule(k->c, k->lang, i)) != NULL; i++) {
		next_row(k);
		put_text(k, str_fmt(k->c, "%zu", i), INDEX);
		put_sentence(k, rule);
	}
}

static void put_outcomes(struct book *k)
{
	static const char *const head[] = {"col.outcome", "col.requests", "col.share"};
	int64_t requests = total(k, "requests");

	sheet(k, "sheet.outcomes", "outcomes.caption", 56);
	heads(k, head, 3);
	heads_end(k);
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++) {
		const char *id = outcome_id((enum outcome)o);

		put_text(k, report_word_outcome(k->lang, (enum outcome)o), PLAIN);
		put_value(k, find(k, "total", STR(""), STR(""), id), NUMBER);
		put_share(k, total(k, id), requests);
		next_row(k);
	}
	say(k, "total", SUM);
	put_number(k, requests, SUM_NUMBER);
	put_share(k, requests, requests);
}

static void outcome_heads(struct book *k)
{
	say(k, "col.requests", HEAD_RIGHT);
	say(k, "col.accounts", HEAD_RIGHT);
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		if (report_word_shows(k->r, (enum outcome)o))
			put_text(k, report_word_outcome(k->lang, (enum outcome)o), HEAD_RIGHT);
	heads_end(k);
}

static void outcome_cells(
    struct book *k, const char *section, struct str country, struct str class, enum format f)
{
	put_value(k, find(k, section, country, class, "requests"), f);
	put_value(k, find(k, section, country, class, "accounts"), f);
	for (int o = OUTCOME_CONTENT; o < OUTCOME_END; o++)
		if (report_word_shows(k->r, (enum outcome)o))
			put_value(
			    k, find(k, section, country, class, outcome_id((enum outcome)o)), f);
	next_row(k);
}

static void put_countries(struct book *k)
{
	size_t n;
	struct report_land *rows = report_land_rows(k->c, k->r->figures, k->lang, &n);

	sheet(k, "sheet.countries", "countries.caption", 36);
	say(k, "col.country", HEAD);
	say(k, "col.code", HEAD);
	outcome_heads(k);
	for (size_t i = 0; i < n; i++) {
		put_text(k, rows[i].name, PLAIN);
		put_text(k, rows[i].code, PLAIN);
		outcome_cells(k, "country", rows[i].code, STR(""), NUMBER);
	}
	say(k, "total", SUM);
	put_text(k, STR(""), SUM);
	outcome_cells(k, "total", STR(""), STR(""), SUM_NUMBER);
}

static void put_classes(struct book *k)
{
	const struct figures *f = k->r->figures;

	sheet(k, "sheet.classes", "classes.caption", 44);
	say(k, "col.class", HEAD);
	outcome_heads(k);
	for (size_t i = 0; i < f->n; i++) {
		if (!str_is(f->v[i].section, "class") || !str_is(f->v[i].metric, "requests"))
			continue;
		put_text(k, report_word(k->lang, "class", f->v[i].instrument), PLAIN);
		outcome_cells(k, "class", STR(""), f->v[i].instrument, NUMBER);
	}
}

static void put_list(struct book *k, const char *section, const char *name, const char *caption,
    const char *first, int64_t of)
{
	const char *const head[] = {first, "col.requests", "col.share"};
	const struct figures *f = k->r->figures;

	if (!figure_has_section(f, section))
		return;
	sheet(k, name, caption, 70);
	heads(k, head, 3);
	heads_end(k);
	for (size_t i = 0; i < f->n; i++) {
		if (!str_is(f->v[i].section, section))
			continue;
		put_text(
		    k, report_word_instrument(k->r, k->lang, section, f->v[i].instrument), PLAIN);
		put_value(k, &f->v[i], NUMBER);
		put_share(k, f->v[i].value_min, of);
		next_row(k);
	}
}

static void put_beside(struct book *k)
{
	static const char *const head[] = {"col.kind", "col.number"};
	const struct report_beside *row;

	sheet(k, "sheet.beside", "beside.caption", 60);
	heads(k, head, 2);
	heads_end(k);
	for (size_t i = 0; (row = report_word_beside(i)) != NULL; i++) {
		const struct figure *x = find(k, row->section, STR(""), STR(""), row->metric);

		if (x == NULL)
			continue;
		say(k, row->key, PLAIN);
		put_value(k, x, NUMBER);
		next_row(k);
	}
}

static void put_band_row(const struct report_natsec *one, void *arg)
{
	struct book *k = arg;

	put_text(k, k->lang == REPORT_DE ? one->category->de : one->category->en, PLAIN);
	if (one->x != NULL)
		put_value(k, one->x, NUMBER);
	else
		put_text(k, report_word_absent(k->c, k->lang, one), WORD);
	put_text(k, one->structure->src.cite, PLAIN);
	next_row(k);
}

static void put_natsec(struct book *k)
{
	static const char *const head[] = {"col.kind", "col.number", "col.law"};

	sheet(k, "sheet.natsec", "natsec.caption", 70);
	note(k, worksheet_set_column(k->ws, 1, 1, 28, NULL));
	if (find(k, "national_security", STR(""), STR(""), "process") != NULL) {
		say(k, "natsec.none", PLAIN);
		return;
	}
	heads(k, head, 3);
	heads_end(k);
	report_word_natsec(k->c, k->r, put_band_row, k);
}

static void put_more_table(struct book *k, const struct report_more *t)
{
	sheet(k, t->sheet, t->caption, 60);
	for (size_t i = 1; i < t->n_cols; i++)
		if (t->rows[0][i].text.n > 0)
			note(k, worksheet_set_column(k->ws, (lxw_col_t)i, (lxw_col_t)i, 40, NULL));
	heads(k, t->heads, t->n_cols);
	heads_end(k);
	for (size_t r = 0; r < t->n_rows; r++) {
		for (size_t i = 0; i < t->n_cols; i++) {
			if (t->rows[r][i].x != NULL || t->rows[r][i].text.n == 0)
				put_value(k, t->rows[r][i].x, NUMBER);
			else
				put_text(k, t->rows[r][i].text, PLAIN);
		}
		next_row(k);
	}
}

static void put_more(struct book *k)
{
	struct report_more t;

	for (size_t i = 0; report_more(k->c, k->r, k->lang, i, &t); i++)
		put_more_table(k, &t);
}

static void put_imported(struct book *k)
{
	static const char *const head[] = {
	    "col.source", "col.requests", "col.accounts", "col.note"};

	if (k->r->n_imports == 0)
		return;
	sheet(k, "sheet.imported", "imported.caption", 60);
	heads(k, head, 4);
	heads_end(k);
	for (size_t i = 0; i < k->r->n_imports; i++) {
		const struct count_import *m = &k->r->imports[i];

		put_text(k, m->source, PLAIN);
		put_value(k, find(k, "imported", STR(""), m->key, "requests"), NUMBER);
		put_value(k, find(k, "imported", STR(""), m->key, "accounts"), NUMBER);
		put_text(k, m->note, PLAIN);
		next_row(k);
	}
}

/* The same cells as figures.csv, under the same names in every language; without a title above, so
 * that a program reads it as it is. */
static void put_figures(struct book *k)
{
	static const char *const head[] = {"period", "section", "country", "instrument", "metric",
	    "value_min", "value_max", "unit", "status"};
	const struct figures *f = k->r->figures;
	struct str period = period_str(k->c, k->r->period);

	k->ws = workbook_add_worksheet(k->wb, report_text(k->lang, "sheet.figures"));
	k->row = 0;
	k->col = 0;
	if (k->ws == NULL) {
		note(k, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
		put_text(k, str_of(head[i]), HEAD);
	worksheet_freeze_panes(k->ws, 1, 0);
	note(k, worksheet_autofilter(k->ws, 0, 0, (lxw_row_t)f->n, 8));
	note(k, worksheet_set_column(k->ws, 0, 8, 16, NULL));
	for (size_t i = 0; i < f->n; i++) {
		const struct figure *x = &f->v[i];
		bool number = x->status == FIGURE_EXACT || x->status == FIGURE_BAND;
		const struct str text[] = {
		    period, x->section, x->country, x->instrument, x->metric};

		next_row(k);
		for (size_t n = 0; n < 5; n++)
			put_text(k, text[n], PLAIN);
		if (number) {
			put_number(k, x->value_min, PLAIN);
			put_number(k, x->value_max, PLAIN);
		}
		k->col = 7;
		put_text(k, x->unit, PLAIN);
		put_text(k, str_of(figure_status_id(x->status)), PLAIN);
	}
}

/* ---- the book ---- */

/* Plain cells have no format: the library hashes 300 bytes for each cell that has one, which was
 * two fifths of the time of a book. */
static void make_formats(struct book *k)
{
	for (int f = PLAIN + 1; f < FORMATS; f++) {
		lxw_format *x = k->format[f] = workbook_add_format(k->wb);

		if (f == TITLE || f == HEAD || f == HEAD_RIGHT || f == SUM || f == SUM_NUMBER)
			format_set_bold(x);
		if (f == TITLE)
			format_set_font_size(x, 14);
		if (f == INDEX || f == HEAD_RIGHT)
			format_set_align(x, LXW_ALIGN_RIGHT);
		if (f == WRAP || f == INDEX)
			format_set_align(x, LXW_ALIGN_VERTICAL_TOP);
		if (f == HEAD || f == HEAD_RIGHT || f == WRAP)
			format_set_text_wrap(x);
		if (f == HEAD || f == HEAD_RIGHT) {
			format_set_bottom(x, LXW_BORDER_THIN);
			format_set_align(x, LXW_ALIGN_VERTICAL_BOTTOM);
		}
		if (f == SUM || f == SUM_NUMBER)
			format_set_top(x, LXW_BORDER_THIN);
		if (f == NUMBER || f == SUM_NUMBER)
			format_set_num_format(x, "#,##0");
		if (f == SHARE)
			format_set_num_format(x, "0.0%");
		if (f == WORD) {
			format_set_italic(x);
			format_set_align(x, LXW_ALIGN_RIGHT);
		}
	}
}

static void put_sheets(struct book *k)
{
	put_overview(k);
	put_outcomes(k);
	put_countries(k);
	put_natsec(k);
	put_classes(k);
	put_list(
	    k, "refusal", "sheet.refusals", "refusals.caption", "col.reason", total(k, "rejected"));
	put_list(k, "channel", "sheet.channels", "channels.caption", "col.channel",
	    total(k, "requests"));
	put_beside(k);
	put_more(k);
	put_imported(k);
	put_figures(k);
}

/* No author, company or program of ours; the day instead of the hour, so that the same report gives
 * the same bytes. */
static void put_properties(struct book *k)
{
	lxw_doc_properties about = {.created = (time_t)k->r->as_of.n * 86400};

	about.title = (char *)(uintptr_t)str_z(k->c, report_word_title(k->c, k->r, k->lang));
	note(k, workbook_set_properties(k->wb, &about));
}

static int write_book(struct book *k, const char *path, const char *dir)
{
	lxw_workbook_options how = {.tmpdir = (char *)(uintptr_t)dir};
	lxw_error e;

	k->wb = workbook_new_opt(path, &how);
	if (k->wb == NULL)
		return err_set(k->c, ERR_FAIL, "%s: no memory", path);
	make_formats(k);
	put_properties(k);
	put_sheets(k);
	e = workbook_close(k->wb);
	note(k, e);
	if (k->bad == LXW_NO_ERROR)
		return 0;
	return err_set(k->c, k->bad == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED ? ERR_LIMIT : ERR_FAIL,
	    "%s: %s", path, lxw_strerror(k->bad));
}

int report_xlsx(
    struct ctx *c, const struct report *r, enum report_lang lang, const char *dir, const char *name)
{
	struct book k = {.c = c, .r = r, .lang = lang};
	/* The library writes parts of the book into files of its own names: they get a folder of
	 * their own that no web server shows. */
	char *aside = (char *)(uintptr_t)str_fmt(c, "%s/.xlsx-XXXXXX", dir).p;
	const char *book;
	struct str bytes;
	int rc;

	if (mkdtemp(aside) == NULL)
		return err_set(c, ERR_FAIL, "%s: cannot make a folder in it", dir);
	book = str_fmt(c, "%s/book", aside).p;
	rc = write_book(&k, book, aside);
	if (rc == 0)
		rc = file_read(c, book, REPORT_MAX, &bytes);
	if (rc == 0)
		rc = file_remove_tree(c, aside);
	else if (file_remove_tree(c, aside) != 0)
		rc = ERR_FAIL; /* what went wrong first is told */
	return rc == 0 ? file_write_atomic(c, str_fmt(c, "%s/%s", dir, name).p, 0644, bytes) : rc;
}
