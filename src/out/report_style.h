/* The style sheet of the published page, written beside it as style.css. */
#ifndef WRIT_REPORT_STYLE_H
#define WRIT_REPORT_STYLE_H

#include "base/text.h"

/* report_style(b): the same bytes for every report. */
void report_style(struct buf *b);

#endif
