/* A report's files in a folder: what a web server serves as it is. */
#ifndef WRIT_REPORT_WRITE_H
#define WRIT_REPORT_WRITE_H

#include "out/report.h"

/* report_write(c, r, dir): index.html, index.de.html, style.css, figures.csv, figures.json,
 * report.xlsx and report.de.xlsx in dir, which is made when it is not there; each is replaced in
 * one step, index.html last. */
int report_write(struct ctx *c, const struct report *r, const char *dir) MUST_CHECK;

/* report_file(c, r, name, b): what report_write puts into the file of this name, of those that no
 * program of its own sets. ERR_NOTFOUND; else as report_html. */
int report_file(struct ctx *c, const struct report *r, const char *name, struct buf *b) MUST_CHECK;

#endif
