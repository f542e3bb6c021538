/*
 * A PDF that is being made: pages of one size, text set by Pango, and the bytes at the end. What
 * writ-typeset's two kinds of document share.
 */
#ifndef WRIT_SHEET_H
#define WRIT_SHEET_H

#include <cairo.h>
#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stddef.h>

struct style {
	double size; /* points */
	bool bold;
	double grey; /* 0: black */
};

struct sheet {
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoLayout *layout;
	char lang[8];
	char *pdf; /* what Cairo has written */
	size_t n_pdf, cap_pdf;
	size_t line; /* of the document that is read, for what is refused */
};

/* sheet_die(s, status, why): ends the program; `why` with the line on standard error. */
_Noreturn void sheet_die(const struct sheet *s, int status, const char *why);
char *sheet_keep(const char *text);

/* sheet_open(s, w, h): pages of w by h points. */
void sheet_open(struct sheet *s, double w, double h);
/* sheet_lang(s, text): how words are broken, and what readers are told. */
void sheet_lang(struct sheet *s, const char *text);
/* sheet_title, sheet_created: of the file's properties; DAY is YYYY-MM-DD. */
void sheet_title(struct sheet *s, const char *text);
void sheet_created(struct sheet *s, const char *day);

/* sheet_set(s, style, text, width, align): the text that the next two are about. */
void sheet_set(struct sheet *s, const struct style *style, const char *text, double width,
    PangoAlignment align);
double sheet_height(struct sheet *s);
void sheet_draw(struct sheet *s, const struct style *style, double x, double y);

/* sheet_close(s): ends the last page's surface. sheet_write(s, alt, n_alt): the same, and writes
 * the PDF with its language and pictures' words (pdfmark.h) to standard output. */
void sheet_close(struct sheet *s);
void sheet_write(struct sheet *s, char *const *alt, size_t n_alt);

#endif
