#include "web/work_job.h"

#include "web/account_job.h"
#include "web/lang.h"
#include "web/repeat.h"
#include "web/work_collect.h"
#include "web/work_lay.h"
#include "web/work_letter.h"

/* ---- kinds ---- */

static void nothing_kept(struct ctx *c, const struct json *what)
{
	(void)c;
	(void)what;
}

static const struct kind {
	const char *name;
	int (*run)(struct ctx *c, struct work_for *w);
	void (*end)(struct ctx *c, const struct json *what); /* done or given up */
} kinds[] = {{"produce", work_produce, work_produce_end}, {"lay", work_lay, nothing_kept},
    {"reseal", work_reseal, work_reseal_end}, {"letter", work_letter, nothing_kept},
    {"claim_paper", work_claim, nothing_kept}, {"ticket_make", work_collect_make, nothing_kept},
    {"ticket_run", work_collect_run, nothing_kept},
    {"ticket_settle", work_collect_settle, nothing_kept},
    {"service_test", work_collect_test, nothing_kept},
    {"edition_make", account_job_make, nothing_kept},
    {"edition_check", account_job_check, nothing_kept},
    {"edition_publish", account_job_publish, nothing_kept},
    {"site_build", account_job_site, nothing_kept}};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static const struct kind *kind_find(struct str name)
{
	for (size_t i = 0; i < KINDS; i++)
		if (str_is(name, kinds[i].name))
			return &kinds[i];
	return NULL;
}

/* ---- one job ---- */

/* With the rights that who asked has now. */
static int job_run(struct ctx *c, struct instance *in, const struct job *j, const struct kind *kind,
    struct json *result)
{
	struct person actor;
	struct work_for w = {in, &actor, j->what, result};
	int rc = person_get(c, in, j->person, &actor);

	/* an error is told to who asked, in the language in which they did */
	c->say = str_is(json_text(j->what, "lang"), "de") ? lang_error_de : NULL;
	if (rc == 0 && !actor.active)
		rc = err_set(c, ERR_DENIED, "who asked for it may not sign in any more");
	return rc == 0 ? kind->run(c, &w) : rc;
}

int work_job_next(struct ctx *c, struct instance *in)
{
	struct json *result = json_map(c);
	const struct kind *kind;
	struct str said = STR("");
	struct job j;
	int rc = job_take(c, in, &j);

	if (rc != 0)
		return rc;
	kind = kind_find(j.kind);
	if (kind == NULL)
		rc = err_set(c, ERR_FAIL, "no kind of job is called that");
	else if (j.tries > JOB_TRIES)
		rc = err_set(c, ERR_FAIL, "it was cut off %d times", JOB_TRIES);
	else
		rc = job_run(c, in, &j, kind, result);
	if (rc != 0)
		said = str_make(c, str_of(err_text(c)));
	err_clear(c);
	c->say = NULL;
	if (kind != NULL)
		kind->end(c, j.what);
	return job_end(c, in, &j, rc, said, result);
}

/* ---- what nobody waits for ---- */

int work_job_sweep(struct ctx *c, struct instance *in)
{
	int rc = job_sweep(c, in);

	return rc == 0 ? repeat_sweep(c, in) : rc;
}

struct json *work_job_view(struct ctx *c, const struct job *j)
{
	struct json *v = json_map(c);

	json_set_text(c, v, "job", j->ref);
	json_set_text(c, v, "kind", j->kind);
	json_set_text(c, v, "state", j->state);
	json_set_text(c, v, "made", instant_str(c, j->made));
	if (j->said.n > 0 && j->code != ERR_FAIL)
		json_set_text(c, v, "says", j->said);
	if (json_text(j->what, "back").n > 0)
		json_set_text(c, v, "back", json_text(j->what, "back"));
	json_set(c, v, "result",
	    str_has_word(STR("letter claim_paper"), j->kind) ? work_letter_result(c, j)
							     : j->result);
	return v;
}
