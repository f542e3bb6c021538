#include "desk/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "desk/backup_p.h"
#include "desk/unpack.h"
#include "os/file.h"
#include "store/ark.h"
#include "store/row.h"

enum { DEPTH_MAX = 4 };

struct making {
	struct instance *in;
	const struct backup_job *job;
	struct ark *ark;
	struct db *db;
	size_t table; /* whose head was written last, and one more */
	struct buf row;
	struct backup_made made;
};

static int put_json(struct ctx *c, struct making *m, char kind, const struct json *j)
{
	struct str text = json_str(c, j);

	return ark_put(c, m->ark, kind, &text, 1);
}

static int put_head(struct ctx *c, struct making *m)
{
	struct json *j = json_map(c);

	json_set_int(c, j, "at", ctx_now(c));
	json_set_text(c, j, "origin", m->in->origin);
	json_set_int(c, j, "schema", (int64_t)sql_schemas_n);
	return put_json(c, m, BACKUP_HEAD, j);
}

static int put_text(struct ctx *c, struct making *m, char kind, struct str name, const char *path)
{
	struct str parts[2] = {{name.p, name.n == 0 ? 0 : name.n + 1}};
	int rc = file_read(c, path, BACKUP_TEXT_MAX, &parts[1]);

	return rc == 0 ? ark_put(c, m->ark, kind, parts, 2) : rc;
}

/* ---- files below a folder ---- */

struct walk {
	struct making *m;
	char kind;
	const char *ending;
	struct str dir, below; /* below: "" or with its '/' */
	int depth;
};

static int take_file(struct ctx *c, const char *name, void *arg)
{
	const struct walk *w = arg;
	struct str path = str_fmt(c, "%.*s/%s", STR_ARG(w->dir), name);
	struct str below = str_fmt(c, "%.*s%s", STR_ARG(w->below), name);
	struct walk inner = *w;
	struct stat st;

	if (stat(path.p, &st) != 0)
		return 0;
	if (!S_ISDIR(st.st_mode))
		return str_ends(below, w->ending) ? put_text(c, w->m, w->kind, below, path.p) : 0;
	if (w->depth == DEPTH_MAX)
		return 0;
	inner.dir = path;
	inner.below = str_fmt(c, "%s/", below.p);
	inner.depth++;
	return file_each(c, path.p, take_file, &inner);
}

static int put_files(struct ctx *c, struct making *m, char kind, const char *ending, struct str dir)
{
	struct walk w = {m, kind, ending, dir, STR(""), 0};

	return file_each(c, dir.p, take_file, &w);
}

/* ---- rows ---- */

static int put_table(struct ctx *c, struct making *m, size_t table)
{
	const struct sql_table *t = &sql_tables[table];
	struct str parts[2] = {{t->name, strlen(t->name) + 1}, str_of(t->columns)};

	if (m->table > table)
		return 0;
	m->table = table + 1;
	return ark_put(c, m->ark, BACKUP_TABLE, parts, 2);
}

static int put_row(struct ctx *c, size_t table, const struct db_val *row, void *arg)
{
	struct making *m = arg;
	struct mem_mark mark = mem_mark(c);
	struct buf b = buf_init(c, BACKUP_ROW_MAX);
	struct str values;
	int rc = put_table(c, m, table);

	for (size_t i = 0; i < sql_tables[table].n_columns; i++)
		row_put(&b, row[i]);
	if (rc == 0)
		rc = buf_end(&b, "a row", &values);
	if (rc == 0)
		rc = ark_put(c, m->ark, BACKUP_ROW, &values, 1);
	mem_reset(c, mark);
	if (++m->made.rows % 4096 == 0 && m->job->progress.progress != NULL)
		m->job->progress.progress(m->job->progress.arg, "backup", m->made.rows, 0);
	return rc;
}

static int put_sum(struct ctx *c, size_t table, const struct copy_sum *sum, void *arg)
{
	struct making *m = arg;
	unsigned char rows[8];
	struct str parts[2] = {{(char *)rows, sizeof rows}, hash_str(&sum->hash)};
	int rc = put_table(c, m, table);

	for (int i = 0; i < 8; i++)
		rows[i] = (unsigned char)((uint64_t)sum->rows >> (56 - 8 * i) & 255);
	return rc == 0 ? ark_put(c, m->ark, BACKUP_SUM, parts, 2) : rc;
}

/* ---- documents ---- */

struct folder {
	struct making *m;
	struct str dir;
};

/* One that is gone was erased since the folder was read. */
static int put_blob(struct ctx *c, const char *name, void *arg)
{
	const struct folder *f = arg;
	struct making *m = f->m;
	struct mem_mark mark = mem_mark(c);
	struct str path = str_fmt(c, "%.*s/%s", STR_ARG(f->dir), name);
	struct hash want, got;
	struct stat st;
	int fd, rc;

	if (!hash_parse(str_of(name), &want))
		return 0;
	fd = open(path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0 || fstat(fd, &st) != 0)
		rc = err_set(c, ERR_FAIL, "%s: %s", path.p, strerror(errno));
	else
		rc = ark_put_file(c, m->ark, BACKUP_BLOB, str_of(name), fd, st.st_size, &got);
	if (fd >= 0)
		(void)close(fd);
	m->made.documents++;
	if (rc == 0 && !hash_eq(want, got) && m->made.damaged++ == 0)
		memcpy(m->made.first_damaged, name, BACKUP_NAME + 1);
	mem_reset(c, mark);
	return rc;
}

static int put_folder(struct ctx *c, const char *name, void *arg)
{
	const struct folder *f = arg;
	struct mem_mark mark = mem_mark(c);
	struct folder inner = {f->m, str_fmt(c, "%.*s/%s", STR_ARG(f->dir), name)};
	struct stat st;
	int rc = 0;

	if (stat(inner.dir.p, &st) == 0 && S_ISDIR(st.st_mode))
		rc = file_each(c, inner.dir.p, put_blob, &inner);
	mem_reset(c, mark);
	return rc;
}

static int put_end(struct ctx *c, struct making *m)
{
	struct json *j = json_map(c);

	json_set_int(c, j, "size", m->made.sums.size);
	json_set_text(c, j, "root", hash_hex(c, m->made.sums.root));
	json_set_int(c, j, "documents", m->made.documents);
	return put_json(c, m, BACKUP_END, j);
}

/* ---- all of it ---- */

/* Rows before documents: a row is written after its document, so what the rows name is there. */
static int put_all(struct ctx *c, struct making *m)
{
	struct instance *in = m->in;
	struct copy_sink sink = {put_row, put_sum, m};
	struct folder blobs = {m, instance_path(c, in, in->blobs)};
	int rc = put_head(c, m);

	if (rc == 0)
		rc = put_text(
		    c, m, BACKUP_CONF, STR(""), str_fmt(c, "%.*s/writ.yaml", STR_ARG(in->dir)).p);
	if (rc == 0)
		rc = put_files(c, m, BACKUP_KEY, ".vkey", instance_path(c, in, in->keys));
	if (rc == 0 && in->own_law.n > 0)
		rc = put_files(c, m, BACKUP_LAW, ".yaml", instance_path(c, in, in->own_law));
	if (rc == 0)
		rc = copy_dump(c, m->db, &sink, &m->made.sums);
	if (rc == 0 && file_exists(blobs.dir.p))
		rc = file_each(c, blobs.dir.p, put_folder, &blobs);
	return rc == 0 ? put_end(c, m) : rc;
}

static int write_file(struct ctx *c, struct making *m)
{
	struct instance *in = m->in;
	struct stat st;
	int rc = db_open(c, instance_database(c, in), SQL_ROLE_ALL | SQL_ROLE_COPY, &m->db);

	if (rc != 0)
		return rc;
	rc = ark_create(c, in->store.vault, m->job->path, &m->ark);
	if (rc == 0)
		rc = put_all(c, m);
	if (rc == 0)
		rc = ark_finish(c, m->ark);
	ark_close(&m->ark);
	db_close(&m->db);
	if (rc == 0 && stat(m->job->path, &st) == 0)
		m->made.size = st.st_size;
	return rc;
}

/* ---- the check ---- */

static int same_ledger(struct ctx *c, const struct making *m, const struct unpacked *u)
{
	if (u->sums.size != m->made.sums.size || !hash_eq(u->sums.root, m->made.sums.root))
		return err_set(c, ERR_FAIL, "the ledger's root is another one");
	if (u->documents != m->made.documents)
		return err_set(c, ERR_FAIL, "%lld documents, not %lld", (long long)u->documents,
		    (long long)m->made.documents);
	return copy_compare(c, &m->made.sums, &u->sums);
}

/* Into a database of SQLite, whatever the instance's own is: the rows are the same. */
static int check(struct ctx *c, struct making *m)
{
	char *dir = mem_dup(c, str_fmt(c, "%s.check.XXXXXX", m->job->path).p,
	    strlen(m->job->path) + sizeof ".check.XXXXXX" - 1);
	struct unpack how = {.progress = m->job->progress};
	struct unpacked u;
	int rc;

	if (mkdtemp(dir) == NULL)
		return err_set(c, ERR_FAIL, "%s: %s", dir, strerror(errno));
	how.dir = str_of(dir);
	how.keys = str_fmt(c, "%s/keys", dir);
	how.database = str_fmt(c, "sqlite:%s/writ.db", dir);
	rc = unpack_backup(c, m->in->store.vault, m->job->path, &how, &u);
	if (rc == 0)
		rc = same_ledger(c, m, &u);
	if (rc != 0)
		rc = err_while(c, ERR_FAIL, "the backup does not restore");
	if (rc != 0) {
		/* the error that is told is the first */
		struct ctx *other;

		ctx_open(&other);
		(void)!file_remove_tree(other, dir);
		ctx_close(&other);
		return rc;
	}
	return file_remove_tree(c, dir);
}

int backup_make(struct ctx *c, struct instance *in, const struct person *actor,
    const struct backup_job *job, struct backup_made *ret)
{
	struct making m = {.in = in, .job = job, .made = {.rows = 0}};
	int rc = right_needs(c, actor, RIGHT_BACKUP);

	if (rc == 0)
		rc = write_file(c, &m);
	if (rc == 0 && job->check) {
		rc = check(c, &m);
		if (rc != 0)
			(void)unlink(job->path);
	}
	if (rc == 0)
		*ret = m.made;
	return rc;
}
