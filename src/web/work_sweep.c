#include "web/work_sweep.h"

#include "desk/intake.h"
#include "desk/laid.h"
#include "desk/notice_act.h"
#include "out/gather.h"

int work_sweep_promises(struct ctx *c, struct instance *in)
{
	return intake_promises(c, in);
}

int work_sweep_notices(struct ctx *c, struct instance *in)
{
	struct notice_swept s;

	return notice_act_sweep(c, in, NULL, &s);
}

int work_sweep_portal(struct ctx *c, struct instance *in)
{
	return laid_sweep(c, in, NULL);
}

int work_sweep_collected(struct ctx *c, struct instance *in)
{
	struct gather_swept s;

	return gather_sweep(c, in, &s);
}
