/* Laying a production down anew, as a job: where it was sealed, or sealed anew before. */
#ifndef WRIT_WORK_LAY_H
#define WRIT_WORK_LAY_H

#include "web/work_produce.h"

/* work_lay: {case, production, days, more}. work_reseal: {case, production, reason, files: [{item,
 * path}]}; work_reseal_end: the files go. A PIN that somebody tells is made on the page then. */
int work_lay(struct ctx *c, struct work_for *w);
int work_reseal(struct ctx *c, struct work_for *w);
void work_reseal_end(struct ctx *c, const struct json *what);

#endif
