/* The EU's template as a workbook of its sheets. */
#ifndef WRIT_DSA_XLSX_H
#define WRIT_DSA_XLSX_H

#include "out/dsa_out.h"

/* dsa_xlsx(c, sheets, n, day, dir, name): the sheets, in their order, as dir/name. day: the file's
 * date. */
int dsa_xlsx(struct ctx *c, const struct dsa_out_sheet *sheets, size_t n, struct day day,
    const char *dir, const char *name) MUST_CHECK;

#endif
