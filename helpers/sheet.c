#include "sheet.h"

#include "pdfmark.h"

#include <cairo-pdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void sheet_die(const struct sheet *s, int status, const char *why)
{
	(void)fprintf(stderr, "writ-typeset: line %zu: %s\n", s->line, why);
	exit(status);
}

char *sheet_keep(const char *text)
{
	char *copy = strdup(text);

	if (copy == NULL)
		abort();
	return copy;
}

/* Cairo hands over a few bytes at a time. */
static cairo_status_t put(void *arg, const unsigned char *p, unsigned n)
{
	struct sheet *s = arg;

	if (s->n_pdf + n > s->cap_pdf) {
		s->cap_pdf = s->cap_pdf * 2 + n + (1 << 16);
		s->pdf = realloc(s->pdf, s->cap_pdf);
		if (s->pdf == NULL)
			abort();
	}
	memcpy(s->pdf + s->n_pdf, p, n);
	s->n_pdf += n;
	return CAIRO_STATUS_SUCCESS;
}

void sheet_open(struct sheet *s, double w, double h)
{
	s->n_pdf = 0;
	s->surface = cairo_pdf_surface_create_for_stream(put, s, w, h);
	s->cr = cairo_create(s->surface);
	s->layout = pango_cairo_create_layout(s->cr);
	if (s->lang[0] != '\0')
		sheet_lang(s, s->lang);
}

void sheet_lang(struct sheet *s, const char *text)
{
	if (strlen(text) >= sizeof s->lang)
		sheet_die(s, 65, "not a language");
	memmove(s->lang, text, strlen(text) + 1);
	pango_context_set_language(
	    pango_layout_get_context(s->layout), pango_language_from_string(text));
}

void sheet_title(struct sheet *s, const char *text)
{
	cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_TITLE, text);
}

void sheet_created(struct sheet *s, const char *day)
{
	char stamp[32];

	if (strlen(day) != 10)
		sheet_die(s, 65, "not a day");
	(void)snprintf(stamp, sizeof stamp, "%sT00:00:00Z", day);
	cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_CREATE_DATE, stamp);
	cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_MOD_DATE, stamp);
}

void sheet_set(struct sheet *s, const struct style *style, const char *text, double width,
    PangoAlignment align)
{
	PangoFontDescription *font = pango_font_description_new();

	pango_font_description_set_family_static(font, "Liberation Sans, DejaVu Sans, sans-serif");
	pango_font_description_set_size(font, (int)(style->size * PANGO_SCALE));
	pango_font_description_set_weight(
	    font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(s->layout, font);
	pango_font_description_free(font);
	pango_layout_set_width(s->layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(s->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(s->layout, align);
	pango_layout_set_line_spacing(s->layout, 1.15F);
	pango_layout_set_text(s->layout, text, -1);
}

double sheet_height(struct sheet *s)
{
	PangoRectangle r;

	pango_layout_get_extents(s->layout, NULL, &r);
	return (double)r.height / PANGO_SCALE;
}

void sheet_draw(struct sheet *s, const struct style *style, double x, double y)
{
	cairo_set_source_rgb(s->cr, style->grey, style->grey, style->grey);
	cairo_move_to(s->cr, x, y);
	pango_cairo_show_layout(s->cr, s->layout);
}

void sheet_close(struct sheet *s)
{
	g_object_unref(s->layout);
	cairo_destroy(s->cr);
	cairo_surface_finish(s->surface);
	if (cairo_surface_status(s->surface) != CAIRO_STATUS_SUCCESS)
		sheet_die(s, 74, cairo_status_to_string(cairo_surface_status(s->surface)));
	cairo_surface_destroy(s->surface);
}

static int put_out(void *arg, const unsigned char *p, size_t n)
{
	(void)arg;
	return fwrite(p, 1, n, stdout) == n && fflush(stdout) == 0 ? 0 : -1;
}

void sheet_write(struct sheet *s, char *const *alt, size_t n_alt)
{
	sheet_close(s);
	if (pdfmark(s->pdf, s->n_pdf, s->lang[0] != '\0' ? s->lang : "en", alt, n_alt, put_out,
		NULL) != 0)
		sheet_die(s, 74, "the PDF could not be marked and written");
	free(s->pdf);
}
