/*
 * The tables of a report that are plain lists, said once for all formats: how long it took, the
 * share of users, why it corrects an earlier edition, what it rests on. Page, workbook and PDF each
 * draw a table; none decides what is in it.
 */
#ifndef WRIT_REPORT_MORE_H
#define WRIT_REPORT_MORE_H

#include "out/report_word.h"

enum { REPORT_MORE_COLS = 4 };

struct report_more_cell {
	struct str text;        /* where x is NULL */
	const struct figure *x; /* a number, or the word for its state */
};

struct report_more {
	const char *key; /* of heading and id; caption: of the table; sheet: of the workbook's */
	const char *caption;
	const char *sheet;
	const char *intro; /* a sentence above it; NULL */
	const char *heads[REPORT_MORE_COLS];
	size_t n_cols;
	size_t chart; /* the first so many rows are drawn, by their first figure; 0: none */
	const char *chart_desc;
	struct report_more_cell (*rows)[REPORT_MORE_COLS];
	size_t n_rows;
};

/* report_more(c, r, lang, i, ret): by number; false after the last. Tables without a row are left
 * out. */
bool report_more(struct ctx *c, const struct report *r, enum report_lang lang, size_t i,
    struct report_more *ret);

/* report_more_cause(r, lang, ret_in): why it corrects the edition before, in the reader's language
 * or as it was said; *ret_in is the language of the words. NULL: it is the first of its period. */
const struct wording *report_more_cause(
    const struct report *r, enum report_lang lang, enum report_lang *ret_in);
/* report_more_withheld(c, r, lang): the countries that stand in no total, by name, with commas
 * between; "" without any. */
struct str report_more_withheld(struct ctx *c, const struct report *r, enum report_lang lang);
/* report_more_combined(r): a number holds all demands of a country. */
bool report_more_combined(const struct report *r);

#endif
