#include "web/work_role.h"

#include <poll.h>
#include <unistd.h>

#include "desk/intake.h"
#include "os/box.h"
#include "os/crew.h"
#include "store/slot.h"
#include "web/reach.h"
#include "web/repeat.h"
#include "web/work_job.h"

enum { ROUND_MS = 250 };

struct work_role {
	struct ctx *c;
	struct crew_member member;
	struct instance *in;
};

/* ---- tasks ---- */

static int promises(struct ctx *c, struct instance *in)
{
	return intake_promises(c, in);
}

static int slots(struct ctx *c, struct instance *in)
{
	return slot_close_due(c, &in->store, instance_keys(c, in));
}

/* All that wait, one after the other, each in its own context. */
static int jobs(struct ctx *c, struct instance *in)
{
	int rc = 0;

	while (rc == 0) {
		struct ctx *own;

		ctx_open(&own);
		own->fixed_now = c->fixed_now;
		rc = work_job_next(own, in);
		if (rc != 0 && rc != ERR_NOTFOUND)
			rc = err_set(c, rc, "%s", err_text(own));
		ctx_close(&own);
	}
	return rc == ERR_NOTFOUND ? 0 : rc;
}

static int sweep(struct ctx *c, struct instance *in)
{
	int rc = job_sweep(c, in);

	return rc == 0 ? repeat_sweep(c, in) : rc;
}

static const struct task {
	const char *name;
	int every; /* rounds */
	int (*run)(struct ctx *c, struct instance *in);
} tasks[] = {
    {"promises", 1, promises}, {"jobs", 1, jobs}, {"slots", 40, slots}, {"sweep", 14400, sweep}};
enum { TASKS = sizeof tasks / sizeof tasks[0] };

/* A task that fails says so and is tried again in its next round, the others go on. */
static void round_run(struct work_role *w, int64_t round)
{
	for (size_t i = 0; i < TASKS; i++) {
		struct ctx *c;

		if (round % tasks[i].every != 0)
			continue;
		ctx_open(&c);
		c->fixed_now = w->c->fixed_now;
		if (tasks[i].run(c, w->in) != 0)
			(void)fprintf(stderr, "writ: work: %s: %s\n", tasks[i].name, err_text(c));
		ctx_close(&c);
	}
}

/* ---- the role ---- */

static int open_all(struct work_role *w)
{
	struct box_leave leave;
	int rc = box_hide(w->c);

	if (rc == 0)
		rc = crew_join(w->c, &w->member);
	if (rc == 0)
		rc = reach_open(w->c, w->member.config, SQL_ROLE_WORK | SQL_ROLE_SEQ, &w->in);
	if (rc == 0)
		rc = reach_work(w->c, w->in, &leave);
	if (rc == 0)
		rc = box_confine(w->c, BOX_WORK, &leave);
	return rc == 0 ? crew_ready(w->c, &w->member) : rc;
}

static void work(struct work_role *w)
{
	for (int64_t round = 0; crew_order(w->c, &w->member) == CREW_NONE; round++) {
		struct pollfd p[] = {
		    {w->member.parent.fd, POLLIN, 0}, {w->member.signal_fd, POLLIN, 0}};

		round_run(w, round);
		(void)poll(p, 2, ROUND_MS);
	}
}

int work_role_run(void)
{
	struct work_role w = {0};
	int rc;

	ctx_open(&w.c);
	rc = open_all(&w);
	if (rc != 0)
		(void)fprintf(stderr, "writ: work: %s\n", err_text(w.c));
	else
		work(&w);
	instance_close(&w.in);
	ctx_close(&w.c);
	return rc == 0 ? 0 : 1;
}
