#include "store/export.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/mem.h"
#include "os/file.h"
#include "proof/tile.h"
#include "store/ledger.h"

enum { FILE_MODE = 0644, DIR_MODE = 0755 };

struct out {
	struct db *db;
	const char *dir;
	int64_t size;
	struct buf bundle;
	int64_t next; /* id of the next entry of the run being read */
};

/* Not synced one by one: thousands of small files are on disk together, before the checkpoint is.
 */
static int put_file(struct ctx *c, const char *path, struct str s)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, FILE_MODE),
	    rc = 0;

	if (fd < 0)
		return err_set(c, ERR_FAIL, "%s: %s", path, strerror(errno));
	while (s.n > 0 && rc == 0) {
		ssize_t done = write(fd, s.p, s.n);

		if (done < 0 && errno != EINTR)
			rc = err_set(c, ERR_FAIL, "%s: %s", path, strerror(errno));
		if (done > 0)
			s = (struct str){s.p + done, s.n - (size_t)done};
	}
	if (close(fd) != 0 && rc == 0)
		rc = err_set(c, ERR_FAIL, "%s: %s", path, strerror(errno));
	return rc;
}

static int put_tile(struct ctx *c, const struct out *o, const struct tile *t, struct str bytes)
{
	struct str path = str_fmt(c, "%s/%s", o->dir, tile_path(c, t).p);
	size_t slash = path.n;
	int rc = 0;

	while (path.p[slash] != '/')
		slash--;
	/* a folder holds up to 1,000 files: made with its first */
	if (t->index % 1000 == 0 || t->width < TILE_WIDTH)
		rc = file_mkdirs(c, mem_dup(c, path.p, slash), DIR_MODE);
	return rc == 0 ? put_file(c, path.p, bytes) : rc;
}

static int take_entry(struct ctx *c, const struct db_val *row, void *arg)
{
	struct out *o = arg;

	if (row[0].num != o->next++)
		return err_set(
		    c, ERR_FAIL, "entry %lld is gone: verify the log", (long long)(o->next - 1));
	return tile_entry_put(c, &o->bundle, row[1].s);
}

static int put_bundle(struct ctx *c, struct out *o, struct tile t)
{
	int64_t place = (int64_t)t.index * TILE_WIDTH, past = place + t.width;
	struct str bytes;
	int rc = 0;

	o->bundle = buf_init(c, TILE_BUNDLE_MAX);
	while (place < past && rc == 0) {
		const struct db_val *run;
		int64_t n;

		rc = db_one(c, o->db, SQL_RUN_OF_PLACE, DB_ARGS(db_int(place)), &run);
		if (rc < 0)
			break;
		n = run[0].num + run[2].num - place;
		if (n <= 0)
			return err_set(c, ERR_FAIL, "place %lld has no entry: verify the log",
			    (long long)place);
		n = n < past - place ? n : past - place;
		o->next = run[1].num + place - run[0].num;
		rc = db_each(c, o->db, SQL_ENTRY_EACH,
		    DB_ARGS(db_int(o->next), db_int(o->next + n)), take_entry, o);
		place += n;
	}
	if (rc == 0)
		rc = buf_end(&o->bundle, "bundle", &bytes);
	t.entries = true;
	return rc == 0 ? put_tile(c, o, &t, bytes) : rc;
}

/* The tree may have grown since the checkpoint: a partial tile is then the beginning of the stored.
 */
static int put_hashes(struct ctx *c, const struct out *o, const struct tile *t)
{
	const struct db_val *row;
	int rc = db_one(c, o->db, SQL_TILE_GET,
	    DB_ARGS(db_int((int64_t)t->level), db_int((int64_t)t->index)), &row);

	if (rc < 0)
		return err_while(c, rc, "%s", tile_path(c, t).p);
	if (row[1].s.n < (size_t)t->width * HASH_SIZE)
		return err_set(c, ERR_FAIL, "%s: the stored tile is shorter: verify the log",
		    tile_path(c, t).p);
	return put_tile(c, o, t, (struct str){row[1].s.p, (size_t)t->width * HASH_SIZE});
}

static int put_all(struct ctx *c, struct out *o)
{
	struct tile t;
	int rc = 0;

	for (bool more = tile_first((uint64_t)o->size, &t); more && rc == 0;
	     more = tile_next((uint64_t)o->size, &t)) {
		struct mem_mark mark = mem_mark(c);

		rc = put_hashes(c, o, &t);
		if (rc == 0 && t.level == 0)
			rc = put_bundle(c, o, t);
		mem_reset(c, mark);
	}
	return rc;
}

static int sync_all(struct ctx *c, const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = 0;

	if (fd < 0 || syncfs(fd) != 0)
		rc = err_set(c, ERR_FAIL, "%s: cannot sync: %s", dir, strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	return rc;
}

int export_log(struct ctx *c, struct store *store, const char *dir, int64_t *ret_size)
{
	struct out o = {.db = store->db, .dir = dir};
	struct str path = str_fmt(c, "%s/checkpoint", dir);
	const struct db_val *row;
	int rc = db_find(c, store->db, SQL_CHECKPOINT_LAST, DB_NO_ARGS, &row);

	if (rc < 0)
		return rc;
	if (row == NULL)
		return err_set(c, ERR_NOTFOUND, "no checkpoint was signed yet");
	if (file_exists(path.p))
		return err_set(
		    c, ERR_CONFLICT, "%s: there is a log in this folder already", path.p);
	o.size = row[0].num;
	rc = file_mkdirs(c, dir, DIR_MODE);
	if (rc == 0)
		rc = put_all(c, &o);
	if (rc == 0)
		rc = sync_all(c, dir);
	if (rc == 0)
		rc = file_write_atomic(c, path.p, FILE_MODE, row[1].s);
	if (rc == 0)
		*ret_size = o.size;
	return rc;
}
