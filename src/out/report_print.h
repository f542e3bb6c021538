/* The files of a report for people's own programs: workbooks and PDFs, in each language. */
#ifndef WRIT_REPORT_PRINT_H
#define WRIT_REPORT_PRINT_H

#include "out/report.h"

/* report_print(c, r, dir): report.xlsx, report.de.xlsx, report.pdf and report.de.pdf in dir, each
 * replaced in one step. Failures as report_xlsx and report_pdf. */
int report_print(struct ctx *c, const struct report *r, const char *dir) MUST_CHECK;
/* report_print_ready(c): what report_print needs is there; ERR_NOTFOUND names what is not. To be
 * asked before a step that cannot be taken back. */
int report_print_ready(struct ctx *c) MUST_CHECK;

#endif
