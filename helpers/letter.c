#include "letter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MM (72.0 / 25.4)
#define IN 72.0

enum { PARTS_MAX = 20000, LINES_LEAST = 2 };

static const struct style NAME = {13, true, 0.1}, HEAD = {8.5, false, 0.35},
			  RETURN = {6.5, false, 0.35}, TO = {10.5, false, 0},
			  TO_SMALL = {9, false, 0}, LABEL = {7.5, false, 0.4},
			  INFO = {9.5, false, 0}, SUBJECT = {11, true, 0}, P = {10.5, false, 0},
			  CITE = {9.5, true, 0}, LAW = {9.5, false, 0.15}, FOOT = {8, false, 0.4};

/* Where things stand, in points from the upper left corner. */
struct form {
	double w, h, left, right, bottom,
	    next;                      /* margins; next: top of the pages after the first */
	double head;                   /* the letterhead ends here */
	double to_x, to_y, to_w, to_h; /* the address without the line above it */
	double info_x, info_y, info_w;
	double body;     /* the subject, or lower */
	double marks[3]; /* fold, hole, fold; 0: none */
};

/* DIN 5008:2020 form B: field of 85 x 45 mm at 20, 45 mm; its upper 17.7 mm are for the sender. */
static const struct form DIN = {210 * MM, 297 * MM, 25 * MM, 20 * MM, 22 * MM, 27 * MM, 42 * MM,
    25 * MM, 62.7 * MM, 80 * MM, 27.3 * MM, 125 * MM, 50 * MM, 65 * MM, 98.5 * MM,
    {105 * MM, 148.5 * MM, 210 * MM}};
/* Folded in three, the address shows in the window of a No. 10 envelope. */
static const struct form US = {8.5 * IN, 11 * IN, 1 * IN, 1 * IN, 0.9 * IN, 1.1 * IN, 1.55 * IN,
    1 * IN, 2.1 * IN, 3.3 * IN, 1.05 * IN, 4.9 * IN, 1.95 * IN, 2.6 * IN, 3.45 * IN, {0, 0, 0}};

struct part {
	const char *what, *a, *b; /* b: NULL, or a second text */
};

struct letter {
	struct sheet sheet;
	const struct form *form;
	struct part *parts;
	size_t n;
	double y;
	int page, pages; /* pages: 0 while they are counted */
};

static const char *first(const struct letter *l, const char *what)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->parts[i].what, what) == 0)
			return l->parts[i].a;
	return NULL;
}

static double width(const struct letter *l)
{
	return l->form->w - l->form->left - l->form->right;
}

static double bottom(const struct letter *l)
{
	return l->form->h - l->form->bottom;
}

/* At the left, whichever way it reads: Pango turns "left" round for a text from right to left, but
 * the window does not move. */
static void set_left(struct letter *l, const struct style *style, const char *text, double w)
{
	sheet_set(&l->sheet, style, text, w, PANGO_ALIGN_LEFT);
	pango_layout_set_line_spacing(l->sheet.layout, 1);
	if (pango_layout_get_direction(l->sheet.layout, 0) == PANGO_DIRECTION_RTL)
		pango_layout_set_alignment(l->sheet.layout, PANGO_ALIGN_RIGHT);
}

/* ---- pages ---- */

static void rule(struct letter *l, double x, double y, double w, double h, double grey)
{
	cairo_set_source_rgb(l->sheet.cr, grey, grey, grey);
	cairo_rectangle(l->sheet.cr, x, y, w, h);
	cairo_fill(l->sheet.cr);
}

/* What belongs to the sheet and not to what the letter says: readers pass it over. */
static void furniture_begin(struct letter *l)
{
	cairo_tag_begin(l->sheet.cr, "Private", NULL);
}

static void furniture_end(struct letter *l)
{
	cairo_tag_end(l->sheet.cr, "Private");
}

static const struct part *find(const struct letter *l, const char *what)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->parts[i].what, what) == 0)
			return &l->parts[i];
	return NULL;
}

static void foot(struct letter *l)
{
	const struct part *words = find(l, "pages");
	char text[160];

	if (words == NULL || l->pages == 1)
		return;
	(void)snprintf(
	    text, sizeof text, "%.40s %d %.40s %d", words->a, l->page, words->b, l->pages);
	sheet_set(&l->sheet, &FOOT, text, width(l), PANGO_ALIGN_RIGHT);
	sheet_draw(&l->sheet, &FOOT, l->form->left, l->form->h - l->form->bottom + 14);
}

static void page_end(struct letter *l)
{
	furniture_begin(l);
	foot(l);
	for (size_t i = 0; l->page == 1 && i < 3; i++)
		if (l->form->marks[i] > 0)
			rule(l, 5 * MM, l->form->marks[i], i == 1 ? 6 * MM : 4 * MM, 0.5, 0.5);
	furniture_end(l);
	cairo_show_page(l->sheet.cr);
}

static void page_next(struct letter *l)
{
	const char *running = first(l, "running");

	page_end(l);
	l->page++;
	l->y = l->form->next;
	if (running == NULL)
		return;
	furniture_begin(l);
	set_left(l, &FOOT, running, width(l));
	sheet_draw(&l->sheet, &FOOT, l->form->left, l->form->next - 14 * MM);
	rule(l, l->form->left, l->form->next - 6 * MM, width(l), 0.4, 0.75);
	furniture_end(l);
}

/* ---- paragraphs ---- */

/* Lines of the layout from `from` that fit into h; *ret_h: how high they are. */
static int fitting(struct letter *l, int from, double h, double *ret_h)
{
	int n = pango_layout_get_line_count(l->sheet.layout), i = 0, fit = 0;
	PangoLayoutIter *it = pango_layout_get_iter(l->sheet.layout);
	double top = 0;

	*ret_h = 0;
	do {
		int y0, y1;

		pango_layout_iter_get_line_yrange(it, &y0, &y1);
		if (i == from)
			top = (double)y0 / PANGO_SCALE;
		if (i >= from && (double)y1 / PANGO_SCALE - top <= h) {
			*ret_h = (double)y1 / PANGO_SCALE - top;
			fit = i + 1 - from;
		}
		i++;
	} while (i < n && pango_layout_iter_next_line(it));
	pango_layout_iter_free(it);
	return fit;
}

static void lines_draw(struct letter *l, const struct style *style, double x, int from, int count)
{
	PangoLayoutIter *it = pango_layout_get_iter(l->sheet.layout);
	double top = 0;
	int i = 0;

	cairo_set_source_rgb(l->sheet.cr, style->grey, style->grey, style->grey);
	do {
		PangoRectangle r;
		int y0;

		pango_layout_iter_get_line_yrange(it, &y0, NULL);
		if (i == from)
			top = (double)y0 / PANGO_SCALE;
		if (i < from || i >= from + count)
			continue;
		pango_layout_iter_get_line_extents(it, NULL, &r);
		cairo_move_to(l->sheet.cr, x + (double)r.x / PANGO_SCALE,
		    l->y - top + (double)pango_layout_iter_get_baseline(it) / PANGO_SCALE);
		pango_cairo_show_layout_line(l->sheet.cr, pango_layout_iter_get_line_readonly(it));
	} while (++i < from + count && pango_layout_iter_next_line(it));
	pango_layout_iter_free(it);
}

/* A paragraph; where the page ends within it, at least two lines stand on either side. Each piece
 * is an element of its own: Cairo 1.16 has none that goes over pages. */
static void para(
    struct letter *l, const char *tag, const struct style *style, const char *text, double indent)
{
	double w = width(l) - indent, h;
	int from = 0, n, fit;

	sheet_set(&l->sheet, style, text, w, PANGO_ALIGN_LEFT);
	n = pango_layout_get_line_count(l->sheet.layout);
	while (from < n) {
		fit = fitting(l, from, bottom(l) - l->y, &h);
		if (fit < n - from && n - from - fit < LINES_LEAST)
			fit = n - from - LINES_LEAST;
		if (fit < n - from && fit < LINES_LEAST && l->y > l->form->next) {
			page_next(l);
			sheet_set(&l->sheet, style, text, w, PANGO_ALIGN_LEFT);
			continue;
		}
		fit = fit < 1 ? 1 : fit;
		(void)fitting(l, from, 1e6, &h);
		cairo_tag_begin(l->sheet.cr, tag, NULL);
		lines_draw(l, style, l->form->left + indent, from, fit);
		cairo_tag_end(l->sheet.cr, tag);
		if (from + fit < n) {
			page_next(l);
			sheet_set(&l->sheet, style, text, w, PANGO_ALIGN_LEFT);
		} else {
			l->y += h;
		}
		from += fit;
	}
}

static double needs(struct letter *l, const struct style *style, const char *text, double indent)
{
	sheet_set(&l->sheet, style, text, width(l) - indent, PANGO_ALIGN_LEFT);
	return sheet_height(&l->sheet);
}

/* So much must stand below on this page. */
static void room(struct letter *l, double h)
{
	if (l->y + h > bottom(l) && l->y > l->form->next)
		page_next(l);
}

/* ---- the first page's fields ---- */

static void put_head(struct letter *l)
{
	double h = 0, y;
	bool name = true;

	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->parts[i].what, "head") == 0) {
			h += needs(l, name ? &NAME : &HEAD, l->parts[i].a, 0) + (name ? 2 : 0);
			name = false;
		}
	y = l->form->head - h < 10 * MM ? 10 * MM : 13 * MM;
	name = true;
	for (size_t i = 0; i < l->n; i++) {
		const struct part *part = &l->parts[i];
		const struct style *style = name ? &NAME : &HEAD;

		if (strcmp(part->what, "head") != 0)
			continue;
		h = needs(l, style, part->a, 0);
		sheet_set(&l->sheet, style, part->a, width(l), PANGO_ALIGN_RIGHT);
		cairo_tag_begin(l->sheet.cr, "P", NULL);
		sheet_draw(&l->sheet, style, l->form->left, y);
		cairo_tag_end(l->sheet.cr, "P");
		y += h + (name ? 2 : 0);
		name = false;
	}
}

static double address(struct letter *l, const struct style *style, bool draws)
{
	double y = l->form->to_y;

	for (size_t i = 0; i < l->n; i++) {
		const char *text = l->parts[i].a;

		if (strcmp(l->parts[i].what, "to") != 0)
			continue;
		set_left(l, style, text, l->form->to_w);
		if (draws) {
			cairo_tag_begin(l->sheet.cr, "P", NULL);
			sheet_draw(&l->sheet, style, l->form->to_x, y);
			cairo_tag_end(l->sheet.cr, "P");
		}
		y += sheet_height(&l->sheet) + 1;
	}
	return y;
}

static double put_to(struct letter *l)
{
	const char *sender = first(l, "return");
	const struct style *style = &TO;

	if (sender != NULL) {
		set_left(l, &RETURN, sender, l->form->to_w);
		pango_layout_set_height(l->sheet.layout, 0); /* one line, with an ellipsis */
		pango_layout_set_ellipsize(l->sheet.layout, PANGO_ELLIPSIZE_END);
		furniture_begin(l);
		sheet_draw(&l->sheet, &RETURN, l->form->to_x, l->form->to_y - 14);
		rule(l, l->form->to_x, l->form->to_y - 4, l->form->to_w, 0.4, 0.6);
		furniture_end(l);
		pango_layout_set_ellipsize(l->sheet.layout, PANGO_ELLIPSIZE_NONE);
		pango_layout_set_height(l->sheet.layout, -1);
	}
	if (address(l, style, false) > l->form->to_y + l->form->to_h)
		style = &TO_SMALL;
	return address(l, style, true);
}

static double put_info(struct letter *l)
{
	double y = l->form->info_y;

	cairo_tag_begin(l->sheet.cr, "L", NULL);
	for (size_t i = 0; i < l->n; i++) {
		const struct part *part = &l->parts[i];

		if (strcmp(part->what, "info") != 0)
			continue;
		cairo_tag_begin(l->sheet.cr, "LI", NULL);
		cairo_tag_begin(l->sheet.cr, "Lbl", NULL);
		set_left(l, &LABEL, part->a, l->form->info_w);
		sheet_draw(&l->sheet, &LABEL, l->form->info_x, y);
		cairo_tag_end(l->sheet.cr, "Lbl");
		y += sheet_height(&l->sheet);
		cairo_tag_begin(l->sheet.cr, "LBody", NULL);
		set_left(l, &INFO, part->b, l->form->info_w);
		sheet_draw(&l->sheet, &INFO, l->form->info_x, y);
		cairo_tag_end(l->sheet.cr, "LBody");
		y += sheet_height(&l->sheet) + 4;
		cairo_tag_end(l->sheet.cr, "LI");
	}
	cairo_tag_end(l->sheet.cr, "L");
	return y;
}

static double later(double a, double b)
{
	return a > b ? a : b;
}

static void put_fields(struct letter *l)
{
	double to, info;

	put_head(l);
	to = put_to(l);
	info = put_info(l);
	l->y = later(l->form->body, later(to, info) + 5 * MM);
}

/* ---- what it says ---- */

static void put_law(struct letter *l, const struct part *part)
{
	double indent = 8 * MM, top;
	int page;

	room(l, needs(l, &CITE, part->a, indent) + (part->b[0] != '\0' ? 30 : 0));
	l->y += 2;
	cairo_tag_begin(l->sheet.cr, "BlockQuote", NULL);
	page = l->page;
	top = l->y;
	para(l, "P", &CITE, part->a, indent);
	if (part->b[0] != '\0') {
		l->y += 2;
		para(l, "P", &LAW, part->b, indent);
	}
	cairo_tag_end(l->sheet.cr, "BlockQuote");
	if (page == l->page) {
		furniture_begin(l);
		rule(l, l->form->left + 4 * MM, top, 1.2, l->y - top, 0.6);
		furniture_end(l);
	}
	l->y += 9;
}

static void put_list(struct letter *l, size_t at)
{
	room(l, needs(l, &CITE, l->parts[at].a, 0) + 16);
	para(l, "P", &CITE, l->parts[at].a, 0);
	l->y += 2;
	cairo_tag_begin(l->sheet.cr, "L", NULL);
	while (++at < l->n && strcmp(l->parts[at].what, "item") == 0) {
		cairo_tag_begin(l->sheet.cr, "LI", NULL);
		para(l, "LBody", &INFO, l->parts[at].a, 0);
		cairo_tag_end(l->sheet.cr, "LI");
		l->y += 1;
	}
	cairo_tag_end(l->sheet.cr, "L");
}

static void put_part(struct letter *l, size_t i)
{
	const struct part *part = &l->parts[i];

	if (strcmp(part->what, "subject") == 0) {
		para(l, "H1", &SUBJECT, part->a, 0);
		l->y += 12;
	} else if (strcmp(part->what, "p") == 0) {
		para(l, "P", &P, part->a, 0);
		l->y += 7;
	} else if (strcmp(part->what, "law") == 0) {
		put_law(l, part);
	} else if (strcmp(part->what, "close") == 0) {
		l->y += part->a[0] == '_' ? 30 : 5; /* a line to sign on */
		room(l, needs(l, &P, part->a, 0));
		para(l, "P", &P, part->a, 0);
		l->y += 16;
	} else if (strcmp(part->what, "list") == 0) {
		put_list(l, i);
	}
}

/* Twice: the first time for the number of its pages. */
static void compose(struct letter *l)
{
	const char *title = first(l, "title"), *created = first(l, "created"),
		   *lang = first(l, "lang");

	sheet_open(&l->sheet, l->form->w, l->form->h);
	if (title != NULL)
		sheet_title(&l->sheet, title);
	if (created != NULL)
		sheet_created(&l->sheet, created);
	if (lang != NULL)
		sheet_lang(&l->sheet, lang);
	l->page = 1;
	cairo_tag_begin(l->sheet.cr, "Document", NULL);
	put_fields(l);
	for (size_t i = 0; i < l->n; i++)
		put_part(l, i);
	page_end(l);
	cairo_tag_end(l->sheet.cr, "Document");
	l->pages = l->page;
}

/* ---- reading ---- */

static void read_part(struct letter *l, char *text)
{
	static const char *const two[] = {"info", "pages", "law"};
	static const char *const one[] = {"paper", "lang", "title", "created", "head", "return",
	    "to", "running", "subject", "p", "close", "list", "item"};
	struct part *part = &l->parts[l->n++];
	char *tab = strchr(text, '\t'), *tab2 = NULL;
	bool known = false;

	if (l->n == PARTS_MAX)
		sheet_die(&l->sheet, 65, "too many lines");
	if (tab != NULL) {
		*tab++ = '\0';
		tab2 = strchr(tab, '\t');
	}
	if (tab2 != NULL)
		*tab2++ = '\0';
	*part = (struct part){text, tab, tab2};
	for (size_t i = 0; i < sizeof two / sizeof two[0]; i++)
		known = known ||
			(strcmp(text, two[i]) == 0 && tab2 != NULL && strchr(tab2, '\t') == NULL);
	for (size_t i = 0; i < sizeof one / sizeof one[0]; i++)
		known = known || (strcmp(text, one[i]) == 0 && tab != NULL && tab2 == NULL);
	if (!known)
		sheet_die(&l->sheet, 65, "not a line of a letter");
	if (tab != NULL && strcmp(text, "paper") == 0 && strcmp(tab, "us") != 0 &&
	    strcmp(tab, "din") != 0)
		sheet_die(&l->sheet, 65, "the paper is din or us");
}

bool letter_is(const char *text)
{
	return strncmp(text, "writ/letter/1\n", 14) == 0;
}

void letter_write(char *text)
{
	static struct letter l;
	char *rest = NULL;
	const char *paper;

	l.parts = calloc(PARTS_MAX, sizeof *l.parts);
	if (l.parts == NULL)
		abort();
	for (char *at = strtok_r(text, "\n", &rest); at != NULL; at = strtok_r(NULL, "\n", &rest))
		if (++l.sheet.line > 1)
			read_part(&l, at);
	paper = first(&l, "paper");
	if (first(&l, "subject") == NULL || paper == NULL)
		sheet_die(&l.sheet, 65, "a letter has a paper and a subject");
	l.form = paper != NULL && strcmp(paper, "us") == 0 ? &US : &DIN;
	compose(&l);
	sheet_close(&l.sheet);
	compose(&l);
	sheet_write(&l.sheet, NULL, 0);
}
