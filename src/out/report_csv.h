/* An edition as long CSV: SPEC.md 5.1. */
#ifndef WRIT_REPORT_CSV_H
#define WRIT_REPORT_CSV_H

#include "out/report.h"

/* report_csv(c, r, b): columns period, section, country, instrument, metric, value_min, value_max,
 * unit, status. These are the bytes that the edition's hash in the ledger names. */
int report_csv(struct ctx *c, const struct report *r, struct buf *b) MUST_CHECK;

#endif
