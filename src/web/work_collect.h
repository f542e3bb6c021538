/* Collection, as jobs: what signs, runs a program, or reads what came. */
#ifndef WRIT_WORK_COLLECT_H
#define WRIT_WORK_COLLECT_H

#include "web/work_job.h"

/* {case, order, items: [number], preserve?}: a ticket of each. Result: tickets. */
int work_collect_make(struct ctx *c, struct work_for *w);
/* {ticket, snapshot?}: its service's program is run. Result: files, why. */
int work_collect_run(struct ctx *c, struct work_for *w);
/* {ticket}: what came is looked at (out/gather.h, gather_settle). */
int work_collect_settle(struct ctx *c, struct work_for *w);
/* {service}: its connector is tried on the canary account. Result: files, why. */
int work_collect_test(struct ctx *c, struct work_for *w);

#endif
