/*
 * The EU's template as files (SPEC.md 5.9): its first three sheets, each as CSV (RFC 4180, UTF-8,
 * CRLF) and together as one workbook. The same report gives the same bytes.
 */
#ifndef WRIT_DSA_OUT_H
#define WRIT_DSA_OUT_H

#include "desk/dsa_report.h"

struct dsa_out_cell {
	struct str text;
	bool is_number;
};

/* A sheet, its header first. */
struct dsa_out_sheet {
	struct str name;
	size_t columns, n;          /* n rows, the header one of them */
	struct dsa_out_cell *cells; /* n * columns */
};

/* dsa_out_sheet(c, r, number, ret): one of DSA_IDENTIFICATION, DSA_NAMES, DSA_ORDERS. */
void dsa_out_sheet(
    struct ctx *c, const struct dsa_report *r, int number, struct dsa_out_sheet *ret);
/* dsa_out_write(c, r, dir): the four files into dir, made if it is not there. ERR_LIMIT when they
 * would be larger than any report. */
int dsa_out_write(struct ctx *c, const struct dsa_report *r, const char *dir) MUST_CHECK;

#endif
