/* What an erasure does outside of its transaction (declared in erase.h). */
#include "desk/erase_p.h"

#include <errno.h>
#include <unistd.h>

#include "base/mem.h"
#include "desk/job.h"
#include "os/file.h"
#include "store/blob.h"
#include "store/journal.h"

struct todo {
	int64_t erasure, demand, matter;
	struct str what;
	struct instant at;
};

struct finishing {
	struct instance *in;
	struct todo *v;
	size_t n, cap;
	struct erase_left *ret;
};

static int add_todo(struct ctx *c, const struct db_val *row, void *arg)
{
	struct finishing *f = arg;

	f->v = mem_grow(c, f->v, f->n, &f->cap, sizeof *f->v);
	f->v[f->n++] = (struct todo){.erasure = row[0].num,
	    .what = str_make(c, row[1].s),
	    .demand = row[2].num,
	    .matter = row[3].num,
	    .at = {row[4].num}};
	return 0;
}

static int drop(struct ctx *c, const struct finishing *f, const struct todo *t)
{
	return db_run(
	    c, f->in->store.db, SQL_TODO_DROP, DB_ARGS(db_int(t->erasure), db_text(t->what)), NULL);
}

/* By the case's reference, or that of the demand which never had one: as erase_apply takes it. */
static int write_journal(struct ctx *c, struct finishing *f, const struct todo *t)
{
	const struct db_val *row;
	struct str path = instance_path(c, f->in, f->in->journal);
	int rc =
	    t->matter != 0
		? db_one(c, f->in->store.db, SQL_MATTER_BY_ID, DB_ARGS(db_int(t->matter)), &row)
		: db_one(c, f->in->store.db, SQL_DEMAND_BY_ID, DB_ARGS(db_int(t->demand)), &row);

	if (rc == 0)
		rc = journal_add(c, &f->in->store, path, JOURNAL_ERASED, row[2].s, t->at);
	if (rc == 0)
		rc = drop(c, f, t);
	f->ret->journal += rc == 0;
	return rc;
}

struct files {
	struct finishing *f;
	const char *dir;
	struct db_val *demand;
	size_t n, cap;
};

static int remove_paper(struct ctx *c, const struct db_val *row, void *arg)
{
	struct files *x = arg;
	struct str path, folder;

	if (row[0].s.n != BLOB_NAME || str_has(row[0].s, '/'))
		return 0;
	folder = str_fmt(c, "%s/%.2s", x->dir, row[0].s.p);
	path = str_fmt(c, "%s/%.*s", folder.p, STR_ARG(row[0].s));
	if (unlink(path.p) != 0)
		return errno == ENOENT ? 0
				       : err_set(c, ERR_FAIL, "%s: %s", path.p, strerror(errno));
	x->f->ret->papers++;
	return file_sync_dir(c, folder.p);
}

/* What came back for a ticket of the case, as far as it still lies here. */
static int remove_collected(struct ctx *c, const struct db_val *row, void *arg)
{
	const struct finishing *f = arg;

	return file_remove_tree(
	    c, instance_path(c, f->in, str_fmt(c, "collect/%.*s", STR_ARG(row[0].s))).p);
}

static int add_demand(struct ctx *c, const struct db_val *row, void *arg)
{
	struct files *x = arg;

	x->demand = mem_grow(c, x->demand, x->n, &x->cap, sizeof *x->demand);
	x->demand[x->n++] = db_int(row[0].num);
	return 0;
}

static int forget_jobs(struct ctx *c, const struct finishing *f, int64_t matter)
{
	const struct db_val *row;
	int rc = db_one(c, f->in->store.db, SQL_MATTER_BY_ID, DB_ARGS(db_int(matter)), &row);

	return rc == 0 ? job_forget(c, f->in, str_make(c, row[2].s)) : rc;
}

/* The key of each file is gone with its row; the file itself only takes room, and goes too. */
static int remove_papers(struct ctx *c, struct finishing *f, const struct todo *t)
{
	struct files x = {.f = f, .dir = instance_path(c, f->in, f->in->blobs).p};
	struct db *db = f->in->store.db;
	struct db_val own = db_int(t->demand);
	int rc = add_demand(c, &own, &x);

	if (rc == 0 && t->matter != 0)
		rc = db_each(c, db, SQL_ERASE_BROUGHT, DB_ARGS(db_int(t->matter)), add_demand, &x);
	for (size_t i = 0; i < x.n && rc == 0; i++) {
		rc = db_each(c, db, SQL_ERASE_BLOBS, DB_ARGS(x.demand[i]), remove_paper, &x);
		if (rc == 0)
			rc = db_each(c, db, SQL_ERASE_MERGED, DB_ARGS(x.demand[i]), add_demand, &x);
	}
	if (rc == 0 && t->matter != 0)
		rc = db_each(
		    c, db, SQL_ERASE_TICKET_REFS, DB_ARGS(db_int(t->matter)), remove_collected, f);
	if (rc == 0 && t->matter != 0)
		rc = forget_jobs(c, f, t->matter);
	return rc == 0 ? drop(c, f, t) : rc;
}

static int scrub(struct ctx *c, struct finishing *f, struct str owner)
{
	struct db *db = NULL;
	int rc = owner.n == 0 ? 0 : db_open(c, owner, SQL_ROLE_CLI, &db);

	if (rc == 0)
		rc = db_scrub(c, db == NULL ? f->in->store.db : db, &f->ret->scrubbed);
	db_close(&db);
	for (size_t i = 0; i < f->n && rc == 0 && f->ret->scrubbed; i++)
		if (str_is(f->v[i].what, "scrub"))
			rc = drop(c, f, &f->v[i]);
	return rc;
}

int erase_finish(struct ctx *c, struct instance *in, struct str owner, struct erase_left *ret)
{
	struct finishing f = {.in = in, .ret = ret};
	bool scrubs = false;
	int rc;

	*ret = (struct erase_left){.scrubbed = true};
	rc = db_each(c, in->store.db, SQL_TODO_EACH, DB_NO_ARGS, add_todo, &f);
	for (size_t i = 0; i < f.n && rc == 0; i++) {
		if (str_is(f.v[i].what, "journal"))
			rc = write_journal(c, &f, &f.v[i]);
		else if (str_is(f.v[i].what, "papers"))
			rc = remove_papers(c, &f, &f.v[i]);
		else
			scrubs = true;
	}
	return rc == 0 && scrubs ? scrub(c, &f, owner) : rc;
}

int erase_unfinished(struct ctx *c, struct instance *in, int64_t *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_TODO_COUNT, DB_NO_ARGS, &row);

	if (rc == 0)
		*ret = row[0].num;
	return rc;
}
