/*
 * The parts that every public page is made of: words in its language, escaped; tables, their rows
 * and cells. A table scrolls inside of its frame, which the keyboard reaches; rows and columns have
 * their heads.
 */
#ifndef WRIT_REPORT_PAGE_H
#define WRIT_REPORT_PAGE_H

#include "out/report.h"
#include "out/report_text.h"

struct report_page {
	struct ctx *c;
	const struct report *r; /* NULL on a page about several */
	enum report_lang lang;
	struct buf *b;
};

/* What stands around a page. */
struct report_frame {
	struct str provider, title; /* of the window; the provider's name is put after it */
	const char *up; /* the way to the site's first page: "", "../" ...; NULL without a site */
	const char *style; /* the folder of its style.css, as up; NULL: the page stands alone, with
			      the style in it */
	const char *other; /* the same page in the other language; NULL: there is none */
	const char *skip;  /* key of the words that skip to the content; NULL: to the figures */
	const char *links; /* more for the head: markup of our own, no text from outside */
};
/* report_page_open(p, f): everything up to the first heading. report_page_close: the end, after the
 * footer's lines. */
void report_page_open(const struct report_page *p, const struct report_frame *f);
void report_page_close(const struct report_page *p);

const char *report_page_text(const struct report_page *p, const char *key);
/* report_page_say(p, key): the text, escaped. report_page_element: with markup before and after it.
 */
void report_page_say(const struct report_page *p, const char *key);
void report_page_element(
    const struct report_page *p, const char *open, const char *key, const char *close);

/* report_page_value(p, x): a number, a band or the word for its state; nothing for NULL. */
void report_page_value(const struct report_page *p, const struct figure *x);
/* report_page_cell(p, x): the same as a cell of a table. report_page_share: n of `of` in per cent.
 */
void report_page_cell(const struct report_page *p, const struct figure *x);
void report_page_share(const struct report_page *p, int64_t n, int64_t of);
/* report_page_row(p, text): opens a row with its head; the caller closes it. */
void report_page_row(const struct report_page *p, struct str text);
/* report_page_table(p, caption, class): opens a table up to its first column head; caption is a
 * key, class "" or " wide". report_page_heads ends the row of heads; report_page_table_end closes
 * all. */
void report_page_table(const struct report_page *p, const char *caption, const char *class);
void report_page_heads(const struct report_page *p, const char *const *keys, size_t n);
void report_page_table_end(const struct report_page *p);
/* report_page_cause(p, w, in): why there is a new version, as a paragraph; `in` is the language of
 * the words. */
void report_page_cause(const struct report_page *p, const struct wording *w, enum report_lang in);
/* report_page_section(p, id, key): a section with its heading, until report_page_section_end. */
void report_page_section(const struct report_page *p, const char *id, const char *key);
void report_page_section_end(const struct report_page *p);

#endif
