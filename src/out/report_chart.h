/*
 * Charts as SVG text: no script, no style attribute (colours are CSS classes of style.css),
 * positions in per cent so that letters keep their size on a narrow screen. Each has a title and a
 * description; the numbers stand in a table beside it.
 */
#ifndef WRIT_REPORT_CHART_H
#define WRIT_REPORT_CHART_H

#include "out/report_text.h"

struct report_bar {
	struct str label, class; /* class: CSS */
	int64_t n;
};

/* A labelled bar of parts: one of several that are drawn to one scale. */
struct report_series {
	struct str label;
	const struct report_bar *parts;
	size_t n;
};

/* report_chart_escape(b, s): text for HTML and SVG, in elements and quoted attributes. What is
 * harmful in a text from outside (base/plain.h) becomes U+FFFD; line ends and tabs stay. */
void report_chart_escape(struct buf *b, struct str s);
/* report_chart_stack(b, lang, id, title, desc, bars, n): one bar of parts; parts of 0 are left out.
 */
void report_chart_stack(struct buf *b, enum report_lang lang, const char *id, const char *title,
    const char *desc, const struct report_bar *bars, size_t n);
/* report_chart_bars(b, lang, id, title, desc, bars, n): a row for each, scaled to the largest. */
void report_chart_bars(struct buf *b, enum report_lang lang, const char *id, const char *title,
    const char *desc, const struct report_bar *bars, size_t n);
/* report_chart_series(b, lang, id, title, desc, rows, n): bars of parts, the longest over the whole
 * width; each says its sum. */
void report_chart_series(struct buf *b, enum report_lang lang, const char *id, const char *title,
    const char *desc, const struct report_series *rows, size_t n);

#endif
