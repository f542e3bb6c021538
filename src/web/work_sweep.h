/* What time brings, for the process of role work: each is done again and again. */
#ifndef WRIT_WORK_SWEEP_H
#define WRIT_WORK_SWEEP_H

#include "desk/instance.h"

/* work_sweep_kept(c, in): files in the spool's folder kept/ go that no job which waits names and
 * that are older than WORK_KEPT_SECONDS: of a web process that died before it made its job, or of a
 * job whose process died at its end. */
enum { WORK_KEPT_SECONDS = 24 * 3600 };
int work_sweep_kept(struct ctx *c, struct instance *in) MUST_CHECK;
/* work_sweep_promises(c, in): receipts that wait to be signed (desk/intake.h). */
int work_sweep_promises(struct ctx *c, struct instance *in) MUST_CHECK;
/* work_sweep_notices(c, in): what time brought to notices to users (desk/notice_act.h). */
int work_sweep_notices(struct ctx *c, struct instance *in) MUST_CHECK;
/* work_sweep_portal(c, in): what time brought to what lies in the portal (desk/laid.h). */
int work_sweep_portal(struct ctx *c, struct instance *in) MUST_CHECK;
/* work_sweep_collected(c, in): plain files that nobody needs any more go (out/gather.h). */
int work_sweep_collected(struct ctx *c, struct instance *in) MUST_CHECK;

#endif
