#include "web/work_job.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"
#include "out/production.h"
#include "desk/deposit.h"
#include "desk/matter.h"
#include "web/repeat.h"

/* ---- kinds ---- */

struct work_for {
	struct instance *in;
	const struct person *actor;
	const struct json *what;
	struct json *result;
};

/* {case, order, files: [{item, path}], no_data: [item]}: seals what was collected. The collected
 * files lie in the spool and go with the end of the job. */
static int produce(struct ctx *c, struct work_for *w)
{
	const struct json *files = json_find(w->what, "files"),
			  *none = json_find(w->what, "no_data");
	const struct json *number = json_find(w->what, "order");
	size_t n = files->n + none->n;
	struct produce_file *f = mem_array(c, n + 1, sizeof *f);
	struct produce_plan plan;
	struct legal_order order;
	struct matter m;
	struct str path;
	int rc;

	for (size_t i = 0; i < files->n; i++) {
		f[i].item = json_find(files->at[i], "item")->num;
		f[i].path = json_text(files->at[i], "path");
	}
	for (size_t i = 0; i < none->n; i++)
		f[files->n + i] = (struct produce_file){.item = none->at[i]->num, .no_data = true};
	rc = matter_get(c, w->in, w->actor, json_text(w->what, "case"), &m);
	if (rc == 0)
		rc = matter_order(c, w->in, &m, number->num, &order);
	if (rc == 0)
		rc = file_mkdirs(c, instance_path(c, w->in, STR("sealed")).p, 0700);
	if (rc == 0)
		rc = production_make(c, w->in, w->actor, &order, f, n,
		    instance_path(c, w->in, STR("sealed")), &plan, &path);
	if (rc == 0) /* an officer comes to it once it is delivered by the portal, not before */
		rc = deposit_put(c, w->in, w->actor, plan.ref, path);
	if (rc == 0)
		json_set_text(c, w->result, "production", plan.ref);
	return rc;
}

static void produce_end(struct ctx *c, const struct json *what)
{
	const struct json *files = json_find(what, "files");

	for (size_t i = 0; i < files->n; i++)
		(void)unlink(str_z(c, json_text(files->at[i], "path")));
}

static const struct kind {
	const char *name;
	int (*run)(struct ctx *c, struct work_for *w);
	void (*end)(struct ctx *c, const struct json *what); /* done or given up */
} kinds[] = {{"produce", produce, produce_end}};
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
	if (kind != NULL)
		kind->end(c, j.what);
	return job_end(c, in, &j, rc, said, result);
}

/* ---- what nobody waits for ---- */

struct keeping {
	const char *dir;
	struct json *named; /* paths */
	time_t before;
};

static int name_files(struct ctx *c, const struct job *j, void *arg)
{
	const struct keeping *k = arg;
	const struct json *files = json_find(j->what, "files");

	for (size_t i = 0; files != NULL && i < files->n; i++)
		json_add(c, k->named, json_of_text(c, json_text(files->at[i], "path")));
	return 0;
}

static int forget_old(struct ctx *c, const char *name, void *arg)
{
	const struct keeping *k = arg;
	struct str path = str_fmt(c, "%s/%s", k->dir, name);
	struct stat st;

	for (size_t i = 0; i < k->named->n; i++)
		if (str_eq(k->named->at[i]->text, path))
			return 0;
	if (lstat(path.p, &st) == 0 && S_ISREG(st.st_mode) && st.st_mtime < k->before)
		(void)unlink(path.p);
	return 0;
}

int work_job_kept(struct ctx *c, struct instance *in)
{
	struct keeping k = {.dir = str_fmt(c, "%s/kept", instance_path(c, in, in->serve.spool).p).p,
	    .named = json_list(c),
	    /* of the disk's clock, also where that of a demo stands still */
	    .before = time(NULL) - WORK_KEPT_SECONDS};
	int rc;

	if (!file_exists(k.dir))
		return 0;
	rc = job_each_open(c, in, name_files, &k);
	return rc == 0 ? file_each(c, k.dir, forget_old, &k) : rc;
}

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
	json_set(c, v, "result", j->result);
	return v;
}
