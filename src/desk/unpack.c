#include "desk/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/mem.h"
#include "desk/backup_p.h"
#include "os/file.h"
#include "store/ark.h"
#include "store/epoch.h"
#include "store/row.h"
#include "store/verify.h"

enum { COLUMNS_MAX = 64, ROOM = 16 << 10 };

struct taking {
	const struct unpack *how;
	struct ark *ark;
	struct copy_load *load;
	struct unpacked u;
	int64_t rows;
	/* as the file says */
	int64_t size, documents;
	struct hash root;
};

static int wrong(struct ctx *c, const char *what)
{
	return err_set(c, ERR_FAIL, "the backup is not of this format: %s", what);
}

/* ---- texts ---- */

static int take_json(struct ctx *c, struct taking *t, const char *what, struct json **ret)
{
	struct str text;
	int rc = ark_take(c, t->ark, BACKUP_TEXT_MAX, &text);

	return rc == 0 ? json_parse(c, what, text, ret) : rc;
}

static bool get_int(const struct json *j, const char *key, int64_t *ret)
{
	const struct json *v = json_find(j, key);

	if (v == NULL || v->kind != JSON_INT)
		return false;
	*ret = v->num;
	return true;
}

static int take_head(struct ctx *c, struct taking *t)
{
	struct json *j;
	int64_t schema = 0;
	int rc = take_json(c, t, "backup head", &j);

	if (rc != 0)
		return rc;
	if (!get_int(j, "schema", &schema) || !get_int(j, "at", &t->u.at.s))
		return wrong(c, "its head");
	if (schema != (int64_t)sql_schemas_n)
		return err_set(c, ERR_CONFLICT,
		    "the backup has the schema %lld, this program %zu: restore it with the program "
		    "that made it, then update",
		    (long long)schema, sql_schemas_n);
	t->u.origin = json_text(j, "origin");
	return 0;
}

/* A path below a folder, as a backup may name it: no way out of the folder. */
static bool path_good(struct str path)
{
	struct str part, rest = path;

	if (path.n == 0 || path.n > 1024)
		return false;
	while (rest.n > 0) {
		(void)str_cut(rest, '/', &part, &rest);
		if (part.n == 0 || part.p[0] == '.')
			return false;
	}
	return path.p[path.n - 1] != '/';
}

static int take_file(struct ctx *c, struct taking *t, struct str dir)
{
	struct str text, name, rest, path;
	size_t slash;
	int rc = ark_take(c, t->ark, BACKUP_TEXT_MAX, &text);

	if (rc != 0)
		return rc;
	if (!str_cut(text, '\0', &name, &rest) || !path_good(name))
		return wrong(c, "the name of a file");
	path = str_fmt(c, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name));
	for (slash = path.n; path.p[slash] != '/'; slash--)
		;
	rc = file_mkdirs(c, mem_dup(c, path.p, slash), 0700);
	if (rc != 0 || file_exists(path.p)) /* a key that is there is the one that counts */
		return rc;
	return file_write_atomic(c, path.p, 0644, rest);
}

/* ---- documents ---- */

static int copy_blob(struct ctx *c, struct taking *t, int fd, const char *path, int64_t n)
{
	char room[ROOM];
	struct hash_run run;
	struct hash want;
	int rc = 0;

	hash_begin(&run);
	for (size_t k; n > 0 && rc == 0; n -= (int64_t)k) {
		k = n < ROOM ? (size_t)n : ROOM;
		rc = ark_read(c, t->ark, room, k);
		if (rc == 0)
			hash_add(&run, (struct str){room, k});
		if (rc == 0 && write(fd, room, k) != (ssize_t)k)
			rc = err_set(c, ERR_FAIL, "%s: %s", path, strerror(errno));
	}
	if (rc == 0 && hash_parse(str_of(strrchr(path, '/') + 1), &want) &&
	    !hash_eq(hash_end(&run), want))
		t->u.damaged++; /* it was so when the backup was made */
	return rc;
}

static int take_blob(struct ctx *c, struct taking *t, int64_t size)
{
	char name[BACKUP_NAME + 1] = "";
	struct mem_mark mark = mem_mark(c);
	struct str dir, path;
	struct hash h;
	int fd, rc = size < BACKUP_NAME ? wrong(c, "a document")
					: ark_read(c, t->ark, name, BACKUP_NAME);

	if (rc == 0 && !hash_parse(str_of(name), &h))
		rc = wrong(c, "the name of a document");
	if (rc != 0)
		return rc;
	dir = str_fmt(c, "%.*s/blob/%.2s", STR_ARG(t->how->dir), name);
	path = str_fmt(c, "%s/%s", dir.p, name);
	rc = file_mkdirs(c, dir.p, 0700);
	if (rc != 0)
		return rc;
	fd = open(path.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return err_set(c, ERR_FAIL, "%s: %s", path.p, strerror(errno));
	rc = copy_blob(c, t, fd, path.p, size - BACKUP_NAME);
	(void)close(fd); /* the whole folder is synced at the end */
	t->u.documents++;
	mem_reset(c, mark);
	return rc;
}

/* ---- rows ---- */

static int take_table(struct ctx *c, struct taking *t, size_t table)
{
	struct str text, name, columns;
	int rc = ark_take(c, t->ark, BACKUP_TEXT_MAX, &text);

	if (rc != 0)
		return rc;
	if (table >= sql_tables_n || !str_cut(text, '\0', &name, &columns) ||
	    !str_is(name, sql_tables[table].name) || !str_is(columns, sql_tables[table].columns))
		return err_set(c, ERR_CONFLICT,
		    "the backup's tables are not this program's: restore it with the program that "
		    "made it, then update");
	return 0;
}

static int take_row(struct ctx *c, struct taking *t, size_t table)
{
	struct mem_mark mark = mem_mark(c);
	struct db_val row[COLUMNS_MAX];
	struct str rest;
	size_t n = 0;
	int rc = ark_take(c, t->ark, BACKUP_ROW_MAX, &rest);

	while (rc == 0 && rest.n > 0)
		if (n == COLUMNS_MAX || !row_get(&rest, &row[n++]))
			rc = wrong(c, "a row");
	if (rc == 0)
		rc = copy_put(c, t->load, table, row, n);
	mem_reset(c, mark);
	if (++t->rows % 4096 == 0 && t->how->progress.progress != NULL)
		t->how->progress.progress(t->how->progress.arg, "restore", t->rows, 0);
	return rc;
}

static int take_sum(struct ctx *c, struct taking *t, size_t table, int64_t size)
{
	unsigned char bytes[8 + HASH_SIZE];
	struct copy_sum got;
	uint64_t rows = 0;
	int rc = size == sizeof bytes ? ark_read(c, t->ark, bytes, sizeof bytes)
				      : wrong(c, "the sum of a table");

	if (rc == 0)
		rc = copy_put_end(c, t->load, table, &got);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < 8; i++)
		rows = rows << 8 | bytes[i];
	if ((uint64_t)got.rows != rows || memcmp(got.hash.b, bytes + 8, HASH_SIZE) != 0)
		return err_set(c, ERR_FAIL, "table %s: its rows are not those that were saved",
		    sql_tables[table].name);
	return 0;
}

/* From the first table's head to the last one's sum. */
static int fill(struct ctx *c, struct copy_load *load, void *arg)
{
	struct taking *t = arg;
	int64_t size;
	char kind;
	int rc = 0;

	t->load = load;
	for (size_t table = 0; table < sql_tables_n && rc == 0;) {
		rc = take_table(c, t, table);
		while (rc == 0) {
			rc = ark_next(c, t->ark, &kind, &size);
			if (rc == 0 && kind == BACKUP_SUM)
				break;
			if (rc == 0)
				rc = kind == BACKUP_ROW ? take_row(c, t, table)
							: wrong(c, "a table");
		}
		if (rc == 0)
			rc = take_sum(c, t, table, size);
		if (rc == 0 && ++table < sql_tables_n) {
			rc = ark_next(c, t->ark, &kind, &size);
			if (rc == 0 && kind != BACKUP_TABLE)
				rc = wrong(c, "a table is missing");
		}
	}
	return rc;
}

/* ---- the order of a backup ---- */

static int take_before(struct ctx *c, struct taking *t)
{
	struct str keys = t->how->keys, law = str_fmt(c, "%.*s/law", STR_ARG(t->how->dir));
	int64_t size;
	char kind;
	int rc = ark_next(c, t->ark, &kind, &size);

	if (rc == 0)
		rc = kind == BACKUP_HEAD ? take_head(c, t) : wrong(c, "its head");
	while (rc == 0) {
		rc = ark_next(c, t->ark, &kind, &size);
		if (rc != 0 || kind == BACKUP_TABLE)
			break;
		if (kind == BACKUP_CONF)
			rc = ark_take(c, t->ark, BACKUP_TEXT_MAX, &t->u.conf);
		else if (kind == BACKUP_KEY)
			rc = take_file(c, t, keys);
		else if (kind == BACKUP_LAW)
			rc = take_file(c, t, law);
		else
			rc = wrong(c, "what stands before the tables");
		t->u.has_law = t->u.has_law || kind == BACKUP_LAW;
	}
	return rc;
}

static int take_end(struct ctx *c, struct taking *t)
{
	struct json *j;
	int64_t size;
	char kind;
	int rc = take_json(c, t, "backup end", &j);

	if (rc != 0)
		return rc;
	if (!get_int(j, "size", &t->size) || !get_int(j, "documents", &t->documents) ||
	    !hash_parse(json_text(j, "root"), &t->root) || t->documents != t->u.documents)
		return wrong(c, "its end");
	rc = ark_next(c, t->ark, &kind, &size);
	if (rc == 0)
		return wrong(c, "something stands behind its end");
	if (rc == ERR_NOTFOUND) {
		err_clear(c);
		rc = 0;
	}
	return rc;
}

static int take_after(struct ctx *c, struct taking *t)
{
	int64_t size;
	char kind = 0;
	int rc = 0;

	while (rc == 0 && kind != BACKUP_END) {
		rc = ark_next(c, t->ark, &kind, &size);
		if (rc == 0 && kind == BACKUP_BLOB)
			rc = take_blob(c, t, size);
		else if (rc == 0)
			rc = kind == BACKUP_END ? take_end(c, t)
						: wrong(c, "what stands behind the tables");
	}
	return rc;
}

/* What is in the database now, and whether it verifies by the log's own keys. */
static int look_again(struct ctx *c, struct taking *t, struct vault *vault, struct db *db)
{
	struct store store = {.db = db, .vault = vault};
	struct copy_sums given = t->u.sums;
	struct verify *v = verify_make(c);
	struct epoch epoch;
	int rc = copy_dump(c, db, NULL, &t->u.sums);

	if (rc == 0)
		rc = copy_compare(c, &given, &t->u.sums);
	if (rc == 0 && (t->u.sums.size != t->size || !hash_eq(t->u.sums.root, t->root)))
		rc = err_set(c, ERR_FAIL, "the ledger's root is not the one that was saved");
	if (rc == 0)
		rc = epoch_last(c, db, &epoch);
	if (rc == 0)
		rc = verify_restored(
		    c, &store, epoch_keys(c, str_z(c, t->how->keys), epoch.number), v);
	if (rc == 0 && v->n > 0)
		rc = err_set(c, ERR_FAIL, "the ledger does not verify: %s", v->text[0]);
	return rc;
}

static int take_all(struct ctx *c, struct taking *t, struct vault *vault)
{
	struct str url = t->how->owner.n > 0 ? t->how->owner : t->how->database;
	struct db *db;
	int rc = take_before(c, t);

	if (rc == 0)
		rc = db_fill(c, url, &db);
	if (rc != 0)
		return rc;
	rc = copy_load(c, db, fill, t, &t->u.sums);
	if (rc == 0)
		rc = take_after(c, t);
	if (rc == 0)
		rc = look_again(c, t, vault, db);
	if (rc == 0)
		rc = db_guard(c, db);
	db_close(&db);
	if (rc == 0 && t->how->owner.n > 0)
		rc = db_grant(c, t->how->owner, t->how->database);
	return rc;
}

int unpack_backup(struct ctx *c, struct vault *vault, const char *path, const struct unpack *how,
    struct unpacked *ret)
{
	struct taking t = {.how = how};
	int rc = ark_open(c, vault, path, &t.ark);

	if (rc != 0)
		return rc;
	rc = take_all(c, &t, vault);
	if (rc == ERR_NOTFOUND)
		rc = err_while(c, ERR_FAIL, "the backup is cut");
	ark_close(&t.ark);
	if (rc == 0)
		*ret = t.u;
	return rc;
}
