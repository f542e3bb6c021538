#include "desk/restore_p.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/mem.h"
#include "desk/erase.h"
#include "desk/session.h"
#include "desk/unpack.h"
#include "os/file.h"
#include "store/slot.h"

struct restoring {
	const struct restore_job *job;
	struct str dir, part; /* part: where it is made */
	int lock;
	struct unpacked u;
	struct restored r;
};

/* ---- the folder ---- */

static int count_name(struct ctx *c, const char *name, void *arg)
{
	(void)c;
	(void)name;
	(void)arg;
	return ERR_CONFLICT;
}

static int check_empty(struct ctx *c, struct str dir)
{
	int rc = file_exists(dir.p) ? file_each(c, dir.p, count_name, NULL) : 0;

	return rc == ERR_CONFLICT
		   ? err_set(c, rc, "%s: not empty; restore into a folder of its own", dir.p)
		   : rc;
}

/* In a folder that a restore makes, until it is whole. */
static struct str marker(struct ctx *c, const struct restoring *x)
{
	return str_fmt(c, "%s/.restoring", x->part.p);
}

/* The folder's lock tells one that is being made from one that a killed process left behind. */
static int lock_part(struct ctx *c, struct restoring *x)
{
	x->lock = open(x->part.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (x->lock < 0)
		return err_set(c, ERR_FAIL, "%s: %s", x->part.p, strerror(errno));
	if (flock(x->lock, LOCK_EX | LOCK_NB) == 0)
		return 0;
	(void)close(x->lock);
	x->lock = -1;
	return err_set(c, ERR_CONFLICT, "%s: another restore works on it", x->dir.p);
}

static int make_part(struct ctx *c, struct restoring *x)
{
	size_t n = x->job->dir.n;
	int rc;

	while (n > 1 && x->job->dir.p[n - 1] == '/')
		n--;
	x->dir = str_make(c, (struct str){x->job->dir.p, n});
	x->part = str_fmt(c, "%s.part", x->dir.p);
	rc = check_empty(c, x->dir);
	if (rc == 0 && file_exists(x->part.p)) {
		rc = lock_part(c, x);
		if (rc == 0 && !file_exists(marker(c, x).p))
			rc = check_empty(c, x->part); /* somebody's own folder of that name */
		if (rc == 0)
			rc = file_remove_tree(c, x->part.p);
		if (x->lock >= 0)
			(void)close(x->lock);
		x->lock = -1;
	}
	if (rc == 0)
		rc = file_mkdirs(c, x->part.p, 0700);
	if (rc == 0)
		rc = lock_part(c, x);
	return rc == 0 ? file_write_atomic(c, marker(c, x).p, 0600, STR("")) : rc;
}

static int finish_part(struct ctx *c, struct restoring *x)
{
	const char *slash = strrchr(x->dir.p, '/');

	if (syncfs(x->lock) != 0)
		return err_set(c, ERR_FAIL, "%s: cannot sync: %s", x->part.p, strerror(errno));
	/* onto nothing, or onto an empty folder */
	if (rename(x->part.p, x->dir.p) != 0)
		return err_set(c, errno == ENOTEMPTY || errno == EEXIST ? ERR_CONFLICT : ERR_FAIL,
		    "%s: %s", x->dir.p, strerror(errno));
	/* The marker goes last: without it a folder that a kill left behind would be taken for
	 * somebody's own, and no restore would go there again. In a whole one it says nothing. */
	(void)unlinkat(x->lock, ".restoring", 0);
	return file_sync_dir(c, slash == NULL ? "."
				: slash == x->dir.p
				    ? "/"
				    : mem_dup(c, x->dir.p, (size_t)(slash - x->dir.p)));
}

/* ---- writ.yaml ---- */

/* Places outside of the new folder belong to the old instance: they are set anew. */
static const char *new_value(struct ctx *c, const struct restoring *x, struct str line)
{
	const struct restore_job *job = x->job;

	if (str_starts(line, "database:"))
		return str_fmt(c, "database: %.*s",
		    STR_ARG(job->database.n > 0 ? job->database : STR("sqlite:data/writ.db")))
		    .p;
	if (str_starts(line, "blobs:"))
		return "blobs: blob";
	if (str_starts(line, "journal:"))
		return "journal: journal/writ.journal";
	if (str_starts(line, "law:") && x->u.has_law)
		return "law: law";
	if (str_starts(line, "keys:"))
		return job->keys.n == 0 ? "keys: keys"
					: str_fmt(c, "keys: %.*s", STR_ARG(job->keys)).p;
	return NULL;
}

static int put_conf(struct ctx *c, struct restoring *x)
{
	struct buf b = buf_init(c, 2 * x->u.conf.n + 65536), changed = buf_init(c, 256);
	struct str rest = x->u.conf, line, text;
	int rc;

	while (rest.n > 0) {
		const char *set;

		(void)str_cut(rest, '\n', &line, &rest);
		set = new_value(c, x, line);
		if (set != NULL && !str_is(line, set)) {
			struct str key;

			(void)str_cut(line, ':', &key, &text);
			buf_fmt(&changed, "%s%.*s", changed.n > 0 ? " " : "", STR_ARG(key));
			line = str_of(set);
		}
		buf_put(&b, line);
		buf_putc(&b, '\n');
	}
	x->r.changed = buf_str(&changed);
	rc = buf_end(&b, "writ.yaml", &text);
	return rc == 0 ? file_write_atomic(c, str_fmt(c, "%s/writ.yaml", x->part.p).p, 0600, text)
		       : rc;
}

/* ---- rows, documents, keys ---- */

static struct str keys_of(struct ctx *c, const struct restoring *x)
{
	return x->job->keys.n > 0 ? str_make(c, x->job->keys) : str_fmt(c, "%s/keys", x->part.p);
}

static int put_key(struct ctx *c, struct restoring *x)
{
	struct str to = str_fmt(c, "%s/instance.key", keys_of(c, x).p);
	int rc = file_mkdirs(c, keys_of(c, x).p, 0700);

	if (rc == 0 && x->job->key.n > 0 && !file_exists(to.p))
		rc = file_copy_new(c, str_z(c, x->job->key), to.p, 0400);
	return rc;
}

static int take(struct ctx *c, struct restoring *x)
{
	const struct restore_job *job = x->job;
	struct unpack how = {.dir = x->part,
	    .keys = keys_of(c, x),
	    .database = job->database,
	    .owner = job->owner,
	    .progress = job->progress};
	struct str key = str_fmt(c, "%s/instance.key", how.keys.p);
	struct vault *vault = NULL;
	int rc = put_key(c, x);

	if (how.database.n == 0)
		how.database = STR("sqlite:data/writ.db");
	if (str_starts(how.database, "sqlite:") && !str_starts(how.database, "sqlite:/"))
		how.database = str_fmt(
		    c, "sqlite:%s/%.*s", x->part.p, (int)how.database.n - 7, how.database.p + 7);
	if (rc == 0)
		rc = file_mkdirs(c, str_fmt(c, "%s/data", x->part.p).p, 0700);
	if (rc == 0)
		rc = file_mkdirs(c, str_fmt(c, "%s/blob", x->part.p).p, 0700);
	if (rc == 0)
		rc = vault_open(c, key.p, &vault);
	if (rc == 0)
		rc = unpack_backup(c, vault, job->path, &how, &x->u);
	vault_close(&vault);
	return rc == 0 ? put_conf(c, x) : rc;
}

/* ---- the log goes on ---- */

static int go_on(struct ctx *c, struct restoring *x, struct instance *in)
{
	struct str root = instance_path(c, in, in->keys);
	int rc = epoch_look(c, in->store.db, root.p, &x->r.look);

	if (rc == 0 && x->r.look.stand == EPOCH_GOES_ON)
		return epoch_last(c, in->store.db, &x->r.epoch);
	if (rc == 0)
		rc = epoch_open(
		    c, &in->store, root.p, in->origin, &x->r.look, false, 0, &x->r.epoch);
	if (rc == 0) {
		x->r.new_epoch = true;
		in->epoch = x->r.epoch.number;
	}
	return rc;
}

/* The epoch's entry comes first, then what is erased again, then the signature over both. */
static int settle(struct ctx *c, struct restoring *x)
{
	struct erase_left left;
	struct instance *in;
	struct slot slot;
	int rc = instance_open(c, x->part, SQL_ROLE_CLI | SQL_ROLE_SEQ, &in);

	if (rc != 0)
		return rc;
	rc = session_end_every(c, in);
	if (rc == 0)
		rc = go_on(c, x, in);
	for (size_t i = 0; i < x->job->n_journals && rc == 0; i++)
		rc = restore_journal(c, in, x->job->journals[i], &x->r);
	if (rc == 0 && x->r.erased > 0)
		rc = erase_finish(c, in, x->job->owner, &left);
	if (rc == 0 && x->r.new_epoch)
		rc = slot_close(c, &in->store, instance_keys(c, in), &slot);
	instance_close(&in);
	return rc;
}

/* ---- all of it ---- */

static void fill_in(struct restoring *x)
{
	x->r.at = x->u.at;
	x->r.documents = x->u.documents;
	x->r.damaged = x->u.damaged;
	x->r.size = x->u.sums.size;
	x->r.root = x->u.sums.root;
	for (size_t i = 0; i < x->u.sums.n; i++)
		x->r.rows += x->u.sums.table[i].rows;
}

static int make_keys_absolute(struct ctx *c, struct restore_job *job)
{
	char *path;

	if (job->keys.n == 0)
		return 0;
	path = realpath(str_z(c, job->keys), NULL);
	if (path == NULL)
		return err_set(c, errno == ENOENT ? ERR_NOTFOUND : ERR_FAIL, "%.*s: %s",
		    STR_ARG(job->keys), strerror(errno));
	job->keys = str_make(c, str_of(path));
	free(path);
	return 0;
}

/* The error that is told is the first. */
static void throw_away(const struct restoring *x)
{
	struct ctx *c;

	ctx_open(&c);
	(void)!file_remove_tree(c, x->part.p);
	ctx_close(&c);
}

int restore_backup(struct ctx *c, const struct restore_job *job, struct restored *ret)
{
	struct restore_job all = *job;
	struct restoring x = {.job = &all, .lock = -1};
	int rc = make_keys_absolute(c, &all);

	if (rc == 0)
		rc = make_part(c, &x);
	if (rc != 0)
		return rc;
	rc = take(c, &x);
	if (rc == 0)
		rc = settle(c, &x);
	if (rc == 0)
		rc = finish_part(c, &x);
	if (rc != 0)
		throw_away(&x);
	(void)close(x.lock);
	fill_in(&x);
	if (rc == 0)
		*ret = x.r;
	return rc;
}
