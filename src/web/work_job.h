/* Jobs (desk/job.h) by their kinds, for the process of role work. */
#ifndef WRIT_WORK_JOB_H
#define WRIT_WORK_JOB_H

#include "desk/job.h"

/* What a kind of job gets. */
struct work_for {
	struct instance *in;
	const struct person *actor; /* with the rights that they have now */
	const struct json *what;
	struct json *result; /* a map, also of one that fails */
};

/* work_job_next(c, in): does the oldest job that waits, to its end, whatever that is; ERR_NOTFOUND:
 * none waits. */
int work_job_next(struct ctx *c, struct instance *in) MUST_CHECK;

/* work_job_sweep(c, in): jobs and kept answers of the API go when their time is over. */
int work_job_sweep(struct ctx *c, struct instance *in) MUST_CHECK;

/* The value of a job for its page and the API: {job, kind, state, made, says?, result?}. */
struct json *work_job_view(struct ctx *c, const struct job *j);

#endif
