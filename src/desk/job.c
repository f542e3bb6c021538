#include "desk/job.h"

#include "base/mem.h"

#include "kind/id.h"

static const char what_label[] = "job.what", said_label[] = "job.said",
		  result_label[] = "job.result";

static struct db_val seal(struct ctx *c, struct instance *in, const char *label, struct str plain)
{
	return plain.n == 0 ? db_null() : db_blob(vault_seal(c, in->store.vault, label, plain));
}

int job_put(struct ctx *c, struct instance *in, const struct person *actor, const char *kind,
    const struct json *what, struct str *ret_ref)
{
	struct id id = id_make(c);
	struct str ref = str_make(c, id_str(&id));
	int rc = db_run(c, in->store.db, SQL_JOB_PUT,
	    DB_ARGS(db_text(ref), db_text(str_of(kind)), db_int(actor->id), db_int(ctx_now(c)),
		seal(c, in, what_label, json_str(c, what))),
	    NULL);

	if (rc == 0)
		*ret_ref = ref;
	return rc;
}

static int open_text(
    struct ctx *c, struct instance *in, const char *label, struct db_val v, struct str *ret)
{
	*ret = STR("");
	return v.kind == DB_NULL ? 0 : vault_unseal(c, in->store.vault, label, v.s, ret);
}

static int open_json(
    struct ctx *c, struct instance *in, const char *label, struct db_val v, struct json **ret)
{
	struct str text;
	int rc = open_text(c, in, label, v, &text);

	*ret = json_map(c);
	return rc == 0 && text.n > 0 ? json_parse(c, label, text, ret) : rc;
}

static int job_read(struct ctx *c, struct instance *in, struct str ref, struct job *ret)
{
	const struct db_val *r;
	struct job j;
	int rc = db_find(c, in->store.db, SQL_JOB_BY_REF, DB_ARGS(db_text(ref)), &r);

	if (rc == 0 && r == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no such job");
	if (rc != 0)
		return rc;
	j = (struct job){.id = r[0].num,
	    .ref = r[1].s,
	    .kind = r[2].s,
	    .person = r[3].num,
	    .made = {r[4].num},
	    .state = r[5].s,
	    .tries = r[6].num,
	    .code = (int)r[7].num};
	rc = open_text(c, in, said_label, r[8], &j.said);
	if (rc == 0)
		rc = open_json(c, in, what_label, r[9], &j.what);
	if (rc == 0)
		rc = open_json(c, in, result_label, r[10], &j.result);
	if (rc == 0)
		*ret = j;
	return rc;
}

int job_get(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref, struct job *ret)
{
	struct job j;
	int rc = job_read(c, in, ref, &j);

	if (rc == 0 && j.person != actor->id)
		rc = err_set(c, ERR_NOTFOUND, "no such job");
	if (rc == 0)
		*ret = j;
	return rc;
}

struct opening {
	struct instance *in;
	int (*fn)(struct ctx *c, const struct job *j, void *arg);
	void *arg;
};

static int open_one(struct ctx *c, const struct db_val *row, void *arg)
{
	const struct opening *o = arg;
	struct job j;
	int rc = job_read(c, o->in, str_make(c, row[0].s), &j);

	return rc == 0 ? o->fn(c, &j, o->arg) : rc;
}

int job_each_open(struct ctx *c, struct instance *in,
    int (*fn)(struct ctx *c, const struct job *j, void *arg), void *arg)
{
	struct opening o = {in, fn, arg};

	return db_each(c, in->store.db, SQL_JOB_OPEN, NULL, 0, open_one, &o);
}

/* Two may see the same job; one of them takes it, the other finds that it changed nothing. */
int job_take(struct ctx *c, struct instance *in, struct job *ret)
{
	const struct db_val *row;
	int64_t now = ctx_now(c), changed = 0;
	struct str ref = {0};
	int rc = db_find(c, in->store.db, SQL_JOB_NEXT, DB_ARGS(db_int(now)), &row);

	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no job waits");
	if (rc == 0) {
		ref = row[0].s;
		rc = db_run(c, in->store.db, SQL_JOB_TAKE,
		    DB_ARGS(db_int(now + JOB_SECONDS), db_text(ref), db_int(now)), &changed);
	}
	if (rc == 0 && changed == 0)
		rc = err_set(c, ERR_NOTFOUND, "another took it");
	return rc == 0 ? job_read(c, in, ref, ret) : rc;
}

int job_end(struct ctx *c, struct instance *in, const struct job *job, int code, struct str said,
    const struct json *result)
{
	return db_run(c, in->store.db, SQL_JOB_END,
	    DB_ARGS(db_text(code == 0 ? STR("done") : STR("failed")), db_int(code),
		seal(c, in, said_label, said),
		seal(c, in, result_label, result == NULL ? STR("") : json_str(c, result)),
		db_text(job->ref)),
	    NULL);
}

struct forgetting {
	struct str *ref;
	size_t n, cap;
};

static int take_ref(struct ctx *c, const struct db_val *row, void *arg)
{
	struct forgetting *f = arg;

	f->ref = mem_grow(c, f->ref, f->n, &f->cap, sizeof *f->ref);
	f->ref[f->n++] = str_make(c, row[0].s);
	return 0;
}

int job_forget(struct ctx *c, struct instance *in, struct str matter_ref)
{
	struct forgetting f = {0};
	int rc = db_each(c, in->store.db, SQL_JOB_REFS, DB_NO_ARGS, take_ref, &f);

	for (size_t i = 0; i < f.n && rc == 0; i++) {
		struct job j;

		rc = job_read(c, in, f.ref[i], &j);
		if (rc == 0 && str_eq(json_text(j.what, "case"), matter_ref))
			rc =
			    db_run(c, in->store.db, SQL_JOB_DROP, DB_ARGS(db_text(f.ref[i])), NULL);
	}
	return rc;
}

int job_sweep(struct ctx *c, struct instance *in)
{
	return db_run(c, in->store.db, SQL_JOB_SWEEP,
	    DB_ARGS(db_int(ctx_now(c) - (int64_t)JOB_KEPT_DAYS * 86400)), NULL);
}
