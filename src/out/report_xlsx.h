/*
 * An edition as a workbook: sheets for people in the reader's language, and the long figures as in
 * figures.csv. No formula, link, author or path; numbers are numbers, bands and the words that
 * stand for no number are text. Written by libxlsxwriter; the same report gives the same bytes.
 */
#ifndef WRIT_REPORT_XLSX_H
#define WRIT_REPORT_XLSX_H

#include "out/report.h"
#include "out/report_text.h"

/* report_xlsx(c, r, lang, dir, name): the file dir/name, replaced in one step; what is written
 * aside meanwhile lies in dir. ERR_LIMIT when a text is longer than a cell takes (32,767
 * characters). */
int report_xlsx(struct ctx *c, const struct report *r, enum report_lang lang, const char *dir,
    const char *name) MUST_CHECK;

#endif
