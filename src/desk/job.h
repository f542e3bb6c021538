/*
 * What a page asks for and takes longer than a page may: the process of role work does it, on
 * behalf of who asked and with no more rights than they have then. Each job is taken by one process
 * for JOB_SECONDS; one that died with it leaves it to the next, JOB_TRIES times. What a job does
 * must bear being begun again: it is a step of its own, which is there or is not.
 */
#ifndef WRIT_JOB_H
#define WRIT_JOB_H

#include "desk/person.h"
#include "kind/json.h"

enum { JOB_SECONDS = 900, JOB_TRIES = 3, JOB_KEPT_DAYS = 7 };

struct job {
	int64_t id, person, tries;
	struct str ref, kind, state; /* waiting, working, done, failed */
	struct instant made;
	int code;                   /* of a failed one: ERR_* */
	struct str said;            /* why */
	struct json *what, *result; /* result: a map, empty until it is done */
};

/* job_put(c, in, actor, kind, what, ret_ref). */
int job_put(struct ctx *c, struct instance *in, const struct person *actor, const char *kind,
    const struct json *what, struct str *ret_ref) MUST_CHECK;
/* job_get(c, in, actor, ref, ret): one's own; ERR_NOTFOUND for another's as for none. */
int job_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct job *ret) MUST_CHECK;
/* job_each_open(c, in, fn, arg): those that are not ended. */
int job_each_open(struct ctx *c, struct instance *in,
    int (*fn)(struct ctx *c, const struct job *j, void *arg), void *arg) MUST_CHECK;
/* job_take(c, in, ret): the oldest that waits, now this process's; ERR_NOTFOUND: there is none. */
int job_take(struct ctx *c, struct instance *in, struct job *ret) MUST_CHECK;
/* job_end(c, in, job, code, said, result): 0, or the code that it failed with and why. */
int job_end(struct ctx *c, struct instance *in, const struct job *job, int code, struct str said,
    const struct json *result) MUST_CHECK;
/* job_forget(c, in, matter_ref): those about this case go, with what came of them: a letter that
 * was set names people. For an erasure. */
int job_forget(struct ctx *c, struct instance *in, struct str matter_ref) MUST_CHECK;
/* job_sweep(c, in): those that ended JOB_KEPT_DAYS ago go. */
int job_sweep(struct ctx *c, struct instance *in) MUST_CHECK;

#endif
