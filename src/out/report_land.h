/* The countries of a report, in the orders in which a page shows them. */
#ifndef WRIT_REPORT_LAND_H
#define WRIT_REPORT_LAND_H

#include "out/report_text.h"
#include "stat/figure.h"

struct report_land {
	struct str code, name; /* name in the page's language; the code where there is none */
	int64_t requests;
	bool counted; /* false: a word stands in place of its numbers */
};

/* report_land_name(c, rows, n, lang): gives rows with a code their names, and sorts them by these.
 */
void report_land_name(struct ctx *c, struct report_land *rows, size_t n, enum report_lang lang);
/* report_land_rows(c, f, lang, ret_n): every country of the section, by name; accents count as the
 * letter under them, so that an umlaut does not send a country behind Z. */
struct report_land *report_land_rows(
    struct ctx *c, const struct figures *f, enum report_lang lang, size_t *ret_n);
/* report_land_by_requests(c, rows, n): a copy of those that are counted, most requests first, then
 * by code; *n becomes their number. */
const struct report_land *report_land_by_requests(
    struct ctx *c, const struct report_land *rows, size_t *n);

#endif
