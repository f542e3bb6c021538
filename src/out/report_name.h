/* What a single figure is called outside of its table, in the reader's language. */
#ifndef WRIT_REPORT_NAME_H
#define WRIT_REPORT_NAME_H

#include "out/report.h"
#include "out/report_text.h"

/* report_name(c, r, lang, x): "Germany, Search warrant: Rejected". The words are those of the
 * report's tables; an id that has none stands for itself. */
struct str report_name(
    struct ctx *c, const struct report *r, enum report_lang lang, const struct figure *x);

#endif
