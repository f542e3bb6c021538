/* A report's files in a folder: what a web server serves as it is. */
#ifndef WRIT_REPORT_WRITE_H
#define WRIT_REPORT_WRITE_H

#include "out/report.h"

/* report_write(c, r, dir): index.html, index.de.html, style.css, figures.csv, figures.json,
 * report.xlsx and report.de.xlsx in dir, which is made when it is not there; each is replaced in
 * one step, index.html last. */
int report_write(struct ctx *c, const struct report *r, const char *dir) MUST_CHECK;

#endif
