/* Sealing what was collected, as a job. */
#ifndef WRIT_WORK_PRODUCE_H
#define WRIT_WORK_PRODUCE_H

#include "web/work_job.h"

/* work_produce: {case, order, files: [{item, path}], no_data: [item]}: seals what was collected.
 * work_produce_end: the collected files lie in the spool and go with the end of the job. */
int work_produce(struct ctx *c, struct work_for *w);
void work_produce_end(struct ctx *c, const struct json *what);

#endif
