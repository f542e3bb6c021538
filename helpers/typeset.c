/*
 * writ-typeset: a document in, a PDF out. It reads one document from its standard input, lays it
 * out on A4 pages with Pango and Cairo (letters, letter.h, on US Letter too), and writes a tagged
 * PDF to its standard output. It opens nothing but fonts, knows nothing of Writ, and runs in a box
 * (os/box.h, BOX_TOOL). The same document and the same fonts give the same bytes.
 *
 * A document is lines of UTF-8; a line is words divided by tabs, the first says what it is:
 *
 *   writ/doc/1                          the first line
 *   lang EN                             en or de: how words are broken, and what readers are told
 *   title TEXT      created DAY         of the file's properties; DAY is YYYY-MM-DD
 *   footer TEXT                         at the foot of every page, before the page's number
 *   h1 TEXT    h2 TEXT                  headings; h2 go into the outline
 *   lead TEXT  p TEXT  small TEXT       paragraphs
 *   bars CAPTION                        a chart: `bar LABEL N CLASS NUMBER` lines up to `end`;
 * NUMBER is N as it is to be read stack CAPTION                       the same in one bar of parts
 *   table CAPTION WIDTH...              a table: relative widths, negative for columns of numbers;
 * `head`, `row` and `sum` lines with a text for each column, up to `end`
 *
 * Exit status 0; 65 for a line that is none of these (its number on standard error); 74 when the
 * PDF cannot be written.
 */
#include "letter.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORDS = 40, ALTS = 4096, INPUT_MAX = 64 << 20 };

#define PAGE_W 595.28 /* A4, in points */
#define PAGE_H 841.89
#define MARGIN 50.0
#define WIDTH (PAGE_W - 2 * MARGIN)
#define BOTTOM (PAGE_H - MARGIN - 18)

static const struct style H1 = {22, true, 0}, H2 = {14, true, 0}, LEAD = {12, false, 0.25},
			  P = {9.5, false, 0}, SMALL = {8, false, 0.4}, CELL = {8, false, 0},
			  HEAD = {7.5, true, 0.35}, SUM = {8, true, 0};

struct table {
	double width[WORDS];
	bool right[WORDS];
	size_t n;
	char *head[WORDS];
	bool has_head, open;
};

struct doc {
	struct sheet sheet;
	double y;
	int page;
	char *footer;
	struct table table;
	bool stacked; /* the chart that is being read */
	char *bar[256][4];
	size_t n_bar;
	char *caption;   /* of the chart that is being read */
	char *alt[ALTS]; /* what stands for each picture, in their order */
	size_t n_alt;
};

static void line(struct doc *d, double y, double grey, double thick)
{
	cairo_set_source_rgb(d->sheet.cr, grey, grey, grey);
	cairo_rectangle(d->sheet.cr, MARGIN, y, WIDTH, thick);
	cairo_fill(d->sheet.cr);
}

/* ---- pages ---- */

static void page_end(struct doc *d)
{
	char number[32];

	line(d, PAGE_H - MARGIN - 8, 0.8, 0.5);
	sheet_set(
	    &d->sheet, &SMALL, d->footer != NULL ? d->footer : "", WIDTH - 40, PANGO_ALIGN_LEFT);
	sheet_draw(&d->sheet, &SMALL, MARGIN, PAGE_H - MARGIN - 3);
	(void)snprintf(number, sizeof number, "%d", d->page);
	sheet_set(&d->sheet, &SMALL, number, 40, PANGO_ALIGN_RIGHT);
	sheet_draw(&d->sheet, &SMALL, MARGIN + WIDTH - 40, PAGE_H - MARGIN - 3);
	cairo_show_page(d->sheet.cr);
	d->page++;
	d->y = MARGIN;
}

static bool room(const struct doc *d, double h)
{
	return d->y + h <= BOTTOM;
}

/* A paragraph or heading; keep: what must stand below it on the same page. */
static void block(struct doc *d, const char *tag, const struct style *s, const char *text,
    double before, double after, double below)
{
	double h;

	sheet_set(&d->sheet, s, text, WIDTH, PANGO_ALIGN_LEFT);
	h = sheet_height(&d->sheet);
	if (!room(d, before + h + below) && d->y > MARGIN) {
		page_end(d);
		sheet_set(&d->sheet, s, text, WIDTH, PANGO_ALIGN_LEFT);
	}
	if (d->y > MARGIN)
		d->y += before;
	cairo_tag_begin(d->sheet.cr, tag, NULL);
	sheet_draw(&d->sheet, s, MARGIN, d->y);
	cairo_tag_end(d->sheet.cr, tag);
	d->y += h + after;
}

static void outline(struct doc *d, const char *text)
{
	char where[64];

	(void)snprintf(where, sizeof where, "page=%d pos=[%.1f %.1f]", d->page, MARGIN,
	    d->y > 70 ? d->y - 30 : MARGIN);
	(void)cairo_pdf_surface_add_outline(
	    d->sheet.surface, CAIRO_PDF_OUTLINE_ROOT, text, where, 0);
}

/* ---- tables ---- */

/* How high a row is: its highest cell. */
static double row_height(struct doc *d, const struct style *s, char *const *cell)
{
	double most = 0;

	for (size_t i = 0; i < d->table.n; i++) {
		sheet_set(&d->sheet, s, cell[i], d->table.width[i] - 6, PANGO_ALIGN_LEFT);
		if (sheet_height(&d->sheet) > most)
			most = sheet_height(&d->sheet);
	}
	return most + 5;
}

static void row_draw(struct doc *d, const struct style *s, char *const *cell, bool head, double h)
{
	double x = MARGIN;

	cairo_tag_begin(d->sheet.cr, "TR", NULL);
	for (size_t i = 0; i < d->table.n; i++) {
		const char *tag = head || i == 0 ? "TH" : "TD";

		cairo_tag_begin(d->sheet.cr, tag, NULL);
		sheet_set(&d->sheet, s, cell[i], d->table.width[i] - 6,
		    d->table.right[i] ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
		sheet_draw(&d->sheet, s, x + 3,
		    head ? d->y + h - sheet_height(&d->sheet) - 2 : d->y + 2.5);
		cairo_tag_end(d->sheet.cr, tag);
		x += d->table.width[i];
	}
	cairo_tag_end(d->sheet.cr, "TR");
	d->y += h;
}

static void table_begin(struct doc *d)
{
	double h;

	cairo_tag_begin(d->sheet.cr, "Table", NULL);
	d->table.open = true;
	if (!d->table.has_head)
		return;
	h = row_height(d, &HEAD, d->table.head);
	row_draw(d, &HEAD, d->table.head, true, h);
	line(d, d->y, 0.3, 0.7);
}

static void table_close(struct doc *d)
{
	if (d->table.open)
		cairo_tag_end(d->sheet.cr, "Table");
	d->table.open = false;
}

static void table_row(struct doc *d, char *const *cell, bool sum)
{
	const struct style *s = sum ? &SUM : &CELL;
	double h = row_height(d, s, cell);

	if (!d->table.open)
		table_begin(d);
	if (!room(d, h)) {
		table_close(d);
		page_end(d);
		table_begin(d);
	}
	if (sum)
		line(d, d->y, 0.1, 0.9);
	row_draw(d, s, cell, false, h);
	line(d, d->y, 0.88, 0.4);
}

/* ---- charts ---- */

/* Opens a picture, and keeps the words that are read in its place. */
static void figure_begin(struct doc *d, char *words)
{
	if (d->n_alt == ALTS)
		sheet_die(&d->sheet, 65, "too many pictures");
	d->alt[d->n_alt++] = words;
	cairo_tag_begin(d->sheet.cr, "Figure", NULL);
}

static char *joined(const char *a, const char *sep, const char *b)
{
	size_t n = strlen(a) + strlen(sep) + strlen(b) + 1;
	char *s = malloc(n);

	if (s == NULL)
		abort();
	(void)snprintf(s, n, "%s%s%s", a, sep, b);
	return s;
}

/* "What became of the demands: Content disclosed 2, Rejected 4" */
static char *stack_words(const struct doc *d)
{
	char *all = sheet_keep(d->caption != NULL ? d->caption : "");

	for (size_t i = 0; i < d->n_bar; i++) {
		char *part = joined(d->bar[i][0], " ", d->bar[i][3]);
		char *more = joined(all, i == 0 ? ": " : ", ", part);

		free(part);
		free(all);
		all = more;
	}
	return all;
}

static void colour(struct doc *d, const char *class)
{
	static const struct {
		const char *class;
		double r, g, b;
	} colours[] = {{"o-content", .078, .188, .310}, {"o-noncontent", .239, .498, .710},
	    {"o-no_data", .663, .706, .745}, {"o-rejected", .788, .341, .173},
	    {"o-annex3", .478, .353, .651}, {"o-withdrawn", .690, .541, .118},
	    {"o-redirected", .310, .541, .357}, {"o-pending", .463, .506, .549},
	    {"o-not_recorded", .851, .725, .627}, {"rest", .663, .706, .745}};

	cairo_set_source_rgb(d->sheet.cr, .090, .267, .420);
	for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++)
		if (strcmp(class, colours[i].class) == 0)
			cairo_set_source_rgb(d->sheet.cr, colours[i].r, colours[i].g, colours[i].b);
}

static void fill(struct doc *d, const char *class, double x, double y, double w, double h)
{
	colour(d, class);
	cairo_rectangle(d->sheet.cr, x, y, w, h);
	cairo_fill(d->sheet.cr);
}

static double amount(const struct doc *d, size_t i)
{
	return strtod(d->bar[i][1], NULL);
}

static void chart_stack(struct doc *d)
{
	double sum = 0, x = MARGIN;

	for (size_t i = 0; i < d->n_bar; i++)
		sum += amount(d, i);
	if (!room(d, 30))
		page_end(d);
	figure_begin(d, stack_words(d));
	for (size_t i = 0; i < d->n_bar && sum > 0; i++) {
		fill(d, d->bar[i][2], x, d->y, WIDTH * amount(d, i) / sum, 20);
		x += WIDTH * amount(d, i) / sum;
	}
	cairo_tag_end(d->sheet.cr, "Figure");
	d->y += 28;
}

static void chart_bars(struct doc *d)
{
	double most = 0;

	for (size_t i = 0; i < d->n_bar; i++)
		most = amount(d, i) > most ? amount(d, i) : most;
	for (size_t i = 0; i < d->n_bar && most > 0; i++) {
		if (!room(d, 20))
			page_end(d);
		figure_begin(d, joined(d->bar[i][0], ": ", d->bar[i][3]));
		sheet_set(&d->sheet, &CELL, d->bar[i][0], WIDTH - 80, PANGO_ALIGN_LEFT);
		sheet_draw(&d->sheet, &CELL, MARGIN, d->y);
		sheet_set(&d->sheet, &CELL, d->bar[i][3], 80, PANGO_ALIGN_RIGHT);
		sheet_draw(&d->sheet, &CELL, MARGIN + WIDTH - 80, d->y);
		cairo_set_source_rgb(d->sheet.cr, .91, .90, .88);
		cairo_rectangle(d->sheet.cr, MARGIN, d->y + 11.5, WIDTH, 4);
		cairo_fill(d->sheet.cr);
		fill(d, d->bar[i][2], MARGIN, d->y + 11.5, WIDTH * amount(d, i) / most, 4);
		cairo_tag_end(d->sheet.cr, "Figure");
		d->y += 20;
	}
	d->y += 6;
}

/* ---- reading ---- */

static void read_table(struct doc *d, char *const *word, size_t n)
{
	double sum = 0;

	if (n < 3 || n - 2 > WORDS)
		sheet_die(&d->sheet, 65, "a table has a caption and columns");
	block(d, "P", &SMALL, word[1], 4, 5, 40);
	d->table.n = n - 2;
	d->table.has_head = d->table.open = false;
	for (size_t i = 0; i < d->table.n; i++) {
		double w = strtod(word[i + 2], NULL);

		d->table.right[i] = w < 0;
		d->table.width[i] = w < 0 ? -w : w;
		sum += d->table.width[i];
	}
	if (sum <= 0)
		sheet_die(&d->sheet, 65, "a table without widths");
	for (size_t i = 0; i < d->table.n; i++)
		d->table.width[i] *= WIDTH / sum;
}

static void read_row(struct doc *d, char *const *word, size_t n)
{
	if (d->table.n == 0 || n != d->table.n + 1)
		sheet_die(&d->sheet, 65, "a row of another table");
	if (strcmp(word[0], "head") == 0) {
		for (size_t i = 0; i < d->table.n; i++)
			d->table.head[i] = sheet_keep(word[i + 1]);
		d->table.has_head = true;
	} else {
		table_row(d, word + 1, strcmp(word[0], "sum") == 0);
	}
}

static void read_bar(struct doc *d, char *const *word, size_t n)
{
	if (n != 5 || d->n_bar == sizeof d->bar / sizeof d->bar[0])
		sheet_die(
		    &d->sheet, 65, "a bar has a label, a number, a class and the number as text");
	for (size_t i = 0; i < 4; i++)
		d->bar[d->n_bar][i] = sheet_keep(word[i + 1]);
	d->n_bar++;
}

static void read_end(struct doc *d)
{
	if (d->table.n > 0) {
		table_close(d);
		d->table.n = 0;
		d->y += 8;
	} else if (d->stacked) {
		chart_stack(d);
	} else {
		chart_bars(d);
	}
	d->n_bar = 0;
}

static void read_chart(struct doc *d, const char *what, const char *text)
{
	d->stacked = strcmp(what, "stack") == 0;
	free(d->caption);
	d->caption = sheet_keep(text);
}

static void read_text(struct doc *d, const char *what, const char *text)
{
	if (strcmp(what, "title") == 0)
		sheet_title(&d->sheet, text);
	else if (strcmp(what, "footer") == 0)
		d->footer = sheet_keep(text);
	else if (strcmp(what, "lang") == 0)
		sheet_lang(&d->sheet, text);
	else if (strcmp(what, "h1") == 0)
		block(d, "H1", &H1, text, 0, 4, 60);
	else if (strcmp(what, "lead") == 0)
		block(d, "P", &LEAD, text, 0, 4, 0);
	else if (strcmp(what, "p") == 0)
		block(d, "P", &P, text, 4, 4, 0);
	else if (strcmp(what, "small") == 0)
		block(d, "P", &SMALL, text, 2, 3, 0);
	else if (strcmp(what, "bars") == 0 || strcmp(what, "stack") == 0)
		read_chart(d, what, text);
	else
		sheet_die(&d->sheet, 65, "not a line of a document");
}

static void read_line(struct doc *d, char *s)
{
	char *word[WORDS + 2] = {s};
	size_t n = 0;

	for (char *at = s, *tab; at != NULL && n < WORDS + 2; at = tab) {
		word[n++] = at;
		tab = strchr(at, '\t');
		if (tab != NULL)
			*tab++ = '\0';
	}
	if (strcmp(word[0], "end") == 0)
		read_end(d);
	else if (n < 2)
		sheet_die(&d->sheet, 65, "a line without a text");
	else if (strcmp(word[0], "table") == 0)
		read_table(d, word, n);
	else if (strcmp(word[0], "head") == 0 || strcmp(word[0], "row") == 0 ||
		 strcmp(word[0], "sum") == 0)
		read_row(d, word, n);
	else if (strcmp(word[0], "bar") == 0)
		read_bar(d, word, n);
	else if (strcmp(word[0], "created") == 0)
		sheet_created(&d->sheet, word[1]);
	else if (strcmp(word[0], "h2") == 0) {
		block(d, "H2", &H2, word[1], 16, 5, 60);
		outline(d, word[1]);
	} else
		read_text(d, word[0], word[1]);
}

static char *read_all(const struct doc *d)
{
	char *text = malloc(INPUT_MAX + 1);
	size_t n = 0;
	ssize_t got = 0;

	if (text == NULL)
		abort();
	while (n < INPUT_MAX &&
	       ((got = read(0, text + n, INPUT_MAX - n)) > 0 || (got < 0 && errno == EINTR)))
		n += got > 0 ? (size_t)got : 0;
	if (got < 0 || n == INPUT_MAX || memchr(text, '\0', n) != NULL)
		sheet_die(&d->sheet, 65, "cannot be read whole");
	text[n] = '\0';
	return text;
}

int main(void)
{
	static struct doc d = {.y = MARGIN, .page = 1};
	char *text = read_all(&d), *rest = NULL;

	if (letter_is(text)) {
		letter_write(text);
		return 0;
	}
	sheet_open(&d.sheet, PAGE_W, PAGE_H);
	cairo_tag_begin(d.sheet.cr, "Document", NULL);
	for (char *at = strtok_r(text, "\n", &rest); at != NULL; at = strtok_r(NULL, "\n", &rest)) {
		d.sheet.line++;
		if (d.sheet.line > 1)
			read_line(&d, at);
		else if (strcmp(at, "writ/doc/1") != 0)
			sheet_die(&d.sheet, 65, "not a document of this form");
	}
	cairo_tag_end(d.sheet.cr, "Document");
	if (d.sheet.line < 2)
		sheet_die(&d.sheet, 65, "an empty document");
	page_end(&d);
	sheet_write(&d.sheet, d.alt, d.n_alt);
	free(text);
	return 0;
}
