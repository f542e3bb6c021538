#include "web/work_role.h"

#include <poll.h>
#include <unistd.h>

#include "os/box.h"
#include "os/crew.h"
#include "store/slot.h"
#include "web/reach.h"
#include "web/work_job.h"
#include "web/work_post.h"
#include "web/work_sweep.h"

enum { ROUND_MS = 250 };

struct task;

struct work_role {
	const char *name;
	unsigned sql; /* whose statements it may run */
	int (*reach)(struct ctx *c, const struct instance *in, struct box_leave *ret);
	const struct task *tasks;
	size_t n_tasks;
	struct ctx *c;
	struct crew_member member;
	struct instance *in;
};

/* ---- tasks ---- */

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

struct task {
	const char *name;
	int every; /* rounds */
	int (*run)(struct ctx *c, struct instance *in);
};

static const struct task work_tasks[] = {{"kept", 345600, work_sweep_kept},
    {"promises", 1, work_sweep_promises}, {"jobs", 1, jobs}, {"slots", 40, slots},
    {"notices", 240, work_sweep_notices}, {"collected", 14400, work_sweep_collected},
    {"portal", 240, work_sweep_portal}, {"sweep", 14400, work_job_sweep}};
static const struct task post_tasks[] = {{"paging", 20, work_post_pages},
    {"clocks", 240, work_post_clocks}, {"webhooks", 4, work_post_hooks},
    {"mails", 4, work_post_mails}, {"mailed", 240, work_post_settle},
    {"stamps", 4, work_post_stamps}, {"sweep", 14400, work_post_sweep}};
static const struct task issuer_tasks[] = {{"issuer", 4, work_post_issuer},
    {"rounds", 1, work_post_rounds}, {"sweep", 240, work_post_rounds_sweep}};

/* A task that fails says so and is tried again in its next round, the others go on. */
static void round_run(struct work_role *w, int64_t round)
{
	for (size_t i = 0; i < w->n_tasks; i++) {
		const struct task *t = &w->tasks[i];
		struct ctx *c;

		if (round % t->every != 0)
			continue;
		ctx_open(&c);
		c->fixed_now = w->c->fixed_now;
		if (t->run(c, w->in) != 0)
			(void)fprintf(stderr, "writ: %s: %s: %s\n", w->name, t->name, err_text(c));
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
		rc = reach_open(w->c, w->member.config, w->sql, &w->in);
	if (rc == 0)
		rc = w->reach(w->c, w->in, &leave);
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

static int run(struct work_role *w)
{
	int rc;

	ctx_open(&w->c);
	rc = open_all(w);
	if (rc != 0)
		(void)fprintf(stderr, "writ: %s: %s\n", w->name, err_text(w->c));
	else
		work(w);
	instance_close(&w->in);
	ctx_close(&w->c);
	return rc == 0 ? 0 : 1;
}

int work_role_run(void)
{
	struct work_role w = {.name = "work",
	    .sql = SQL_ROLE_WORK | SQL_ROLE_SEQ,
	    .reach = reach_work,
	    .tasks = work_tasks,
	    .n_tasks = sizeof work_tasks / sizeof work_tasks[0]};

	return run(&w);
}

int work_role_post(void)
{
	struct work_role w = {.name = "post",
	    .sql = SQL_ROLE_WORK,
	    .reach = reach_post,
	    .tasks = post_tasks,
	    .n_tasks = sizeof post_tasks / sizeof post_tasks[0]};

	return run(&w);
}

int work_role_issuer(void)
{
	struct work_role w = {.name = "issuer",
	    .sql = SQL_ROLE_WORK,
	    .reach = reach_issuer,
	    .tasks = issuer_tasks,
	    .n_tasks = sizeof issuer_tasks / sizeof issuer_tasks[0]};

	return run(&w);
}
