#include "desk/closed.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "desk/reader.h"
#include "os/file.h"
#include "stat/outcome.h"
#include "store/closed_row.h"
#include "store/ledger.h"

enum { IMAGE_MAX = 8192, MAP_MAX = 1 << 20 };

/* The file as the CSV reader sees it; hashed as it goes by. */
struct reading {
	const struct closed_job *job;
	int fd;
	struct hash_run run;
	int64_t done, total; /* bytes, over both readings */
};

struct work {
	struct instance *in;
	const struct closed_job *job;
	struct str map, source, remark; /* the mapping file's text, and what it says */
	struct hash file_hash, map_hash;
	int64_t outcome[MAP_OUTCOMES]; /* the numbers that records hold */
	struct reading src;
	struct reader_job reading;
	struct reader *rows;
	struct buf image;
	bool at_end;

	/* what the first reading found */
	int64_t all_records, all_accounts, all_refused;
	struct str note;

	/* the row of table import, as last committed */
	int64_t import, rev, next_line, records, accounts, refused;
};

/* ---- reading --------------------------------------------------------------------------------- */

static int source_read(struct ctx *c, void *arg, char *p, size_t cap, size_t *ret_n)
{
	struct reading *s = arg;
	ssize_t got;

	do {
		got = read(s->fd, p, cap);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_set(c, ERR_FAIL, "%s: %s", s->job->path, strerror(errno));
	hash_add(&s->run, (struct str){p, (size_t)got});
	s->done += got;
	if (got > 0 && s->job->progress != NULL)
		s->job->progress(s->job->arg, s->done < s->total ? s->done : s->total, s->total);
	*ret_n = (size_t)got;
	return 0;
}

static int source_open(struct ctx *c, struct work *w, bool totals)
{
	struct stat st;
	int rc;

	w->src.fd = open(w->job->path, O_RDONLY | O_CLOEXEC);
	if (w->src.fd < 0)
		return err_set(c, errno == ENOENT ? ERR_NOTFOUND : ERR_FAIL, "%s: %s", w->job->path,
		    strerror(errno));
	if (fstat(w->src.fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		(void)close(w->src.fd); /* it is read twice, so no pipe will do */
		return err_set(c, ERR_INVALID, "%s: not a file", w->job->path);
	}
	w->src.job = w->job;
	w->src.total = 2 * (int64_t)st.st_size;
	hash_begin(&w->src.run);
	w->reading = (struct reader_job){.kind = MAP_CLOSED,
	    .map_file = w->job->map_path,
	    .file = w->job->path,
	    .map = w->map,
	    .zone = STR(""),
	    .in = {source_read, &w->src},
	    .size = (int64_t)st.st_size,
	    .totals = totals};
	rc = reader_open(c, &w->reading, &w->rows);
	if (rc != 0)
		(void)close(w->src.fd);
	return rc;
}

static struct hash source_close(struct work *w)
{
	reader_close(&w->rows);
	(void)close(w->src.fd);
	return hash_end(&w->src.run);
}

/* 1 a piece of history, 0 the end, ERR_* what ends the work; refused rows are counted and passed
 * over. */
static int next_row(
    struct ctx *c, struct work *w, int64_t *refused, bool report, struct map_closed *ret)
{
	for (;;) {
		int rc = reader_closed(c, w->rows, ret);

		if (rc != ERR_INVALID && rc != ERR_LIMIT)
			return rc;
		if (report && *refused < CLOSED_REFUSED_MAX && w->job->refused != NULL) {
			struct csv_place at = reader_fault(w->rows);
			struct closed_refused r = {at.line, at.col, str_of(err_text(c))};

			w->job->refused(w->job->arg, &r);
		}
		++*refused;
		err_clear(c);
	}
}

static int survey_rows(struct ctx *c, struct work *w)
{
	struct map_closed row;
	int rc;

	do {
		struct mem_mark mark = mem_mark(c);
		int64_t refused = w->all_refused;

		rc = next_row(c, w, &w->all_refused, true, &row);
		if (rc == 1) {
			w->all_records += row.requests;
			w->all_accounts += row.accounts;
		}
		/* what the caller kept of a reported row stays */
		if (refused == w->all_refused || refused >= CLOSED_REFUSED_MAX)
			mem_reset(c, mark);
	} while (rc == 1);
	return rc == 0 ? reader_end(c, w->rows, &w->note) : rc;
}

/* The first reading: is the file right, and which one is it? */
static int survey(struct ctx *c, struct work *w)
{
	int rc = source_open(c, w, true);

	if (rc != 0)
		return rc;
	w->source = reader_source(w->rows);
	w->remark = reader_remark(w->rows);
	rc = survey_rows(c, w);
	w->file_hash = source_close(w);
	if (rc != 0)
		return rc;
	if (w->all_records == 0)
		return err_set(c, ERR_INVALID, "%s: no record to import; rows refused: %lld",
		    w->job->path, (long long)w->all_refused);
	if (w->job->whole && w->all_refused > 0)
		return err_set(c, ERR_INVALID, "%s: rows refused: %lld; nothing is imported",
		    w->job->path, (long long)w->all_refused);
	if (w->remark.n > 0)
		w->note = str_fmt(c, "%.*s %.*s", STR_ARG(w->remark), STR_ARG(w->note));
	return 0;
}

/* ---- storing --------------------------------------------------------------------------------- */

static int put_record(struct ctx *c, struct work *w, struct step *s, const struct map_closed *row,
    int64_t i, int64_t id)
{
	enum map_outcome outcome;
	int64_t accounts;
	struct db_val v[CLOSED_ROW_COLUMNS];

	map_rows_spread(row, i, &outcome, &accounts);
	v[CLOSED_ROW_ID] = db_int(id);
	v[CLOSED_ROW_IMPORT] = db_int(w->import);
	v[CLOSED_ROW_LINE] = db_int(row->line);
	v[CLOSED_ROW_FROM] = db_int(row->from.n);
	v[CLOSED_ROW_TO] = db_int(row->to.n);
	v[CLOSED_ROW_COUNTRY] = db_text(row->country);
	v[CLOSED_ROW_CLASS] = db_text(row->class);
	v[CLOSED_ROW_OUTCOME] = db_int(w->outcome[outcome]);
	v[CLOSED_ROW_ACCOUNTS] = db_int(accounts);
	v[CLOSED_ROW_PRINTED] = row->has_printed ? db_text(row->printed) : db_null();
	return closed_row_put(c, s->store->db, v, s->now, s->actor, &w->image);
}

/* Ids of entries, drawn in blocks; runs of them without a gap wait for their places as one range.
 */
struct ids {
	int64_t next, left;
	int64_t first, n;
};

static int next_id(struct ctx *c, struct db *db, struct ids *x, int64_t *ret)
{
	int64_t first;
	int rc;

	if (x->left == 0) {
		rc = ledger_ids(c, db, LEDGER_IDS_MAX, &first);
		if (rc == 0 && first != x->first + x->n) {
			rc = ledger_pend(c, db, x->first, x->n);
			x->first = first;
			x->n = 0;
		}
		if (rc != 0)
			return rc;
		x->next = first;
		x->left = LEDGER_IDS_MAX;
	}
	x->left--;
	x->n++;
	*ret = x->next++;
	return 0;
}

static int put_records(
    struct ctx *c, struct work *w, struct step *s, const struct map_closed *row, struct ids *ids)
{
	int rc = 0;

	for (int64_t i = 0; i < row->requests && rc == 0; i++) {
		int64_t id;

		rc = next_id(c, s->store->db, ids, &id);
		if (rc == 0)
			rc = put_record(c, w, s, row, i, id);
	}
	w->records += row->requests;
	w->accounts += row->accounts;
	return rc;
}

/* Stores rows until `limit` records are there and their row of the file is complete, or to the end.
 */
static int put_rows(struct ctx *c, struct work *w, struct step *s, int64_t limit)
{
	struct ids ids = {0};
	struct str nothing;
	int64_t before = w->records, n;
	int rc = step_begin(c, s);

	if (rc != 0)
		return rc;
	do {
		struct mem_mark mark = mem_mark(c);
		struct map_closed row;

		rc = next_row(c, w, &w->refused, false, &row);
		if (rc == 1 && row.line >= w->next_line) {
			int put = put_records(c, w, s, &row, &ids);

			rc = put == 0 ? 1 : put;
		}
		mem_reset(c, mark);
		n = w->records - before;
	} while (rc == 1 && (n < limit || reader_more(w->rows)));
	w->at_end = rc == 0;
	if (w->at_end)
		rc = reader_end(c, w->rows, &nothing);
	if (rc < 0)
		return rc;
	json_set_int(c, s->detail, "import", w->import);
	json_set_int(c, s->detail, "records", n);
	return ledger_pend(c, s->store->db, ids.first, ids.n);
}

static int set_import(
    struct ctx *c, struct work *w, struct step *s, const char *state, int64_t next_line)
{
	return step_update(c, s, STEP_IMPORT, SQL_IMPORT_SET, w->import, w->rev,
	    DB_ARGS(db_text(str_of(state)), db_int(next_line), db_int(w->records),
		db_int(w->accounts), db_int(w->refused), db_text(w->note)));
}

static int put_import(struct ctx *c, struct work *w, struct step *s, const char *state)
{
	bool done = strcmp(state, "done") == 0;

	/* the ledger's detail names the files by their hashes and holds no path */
	json_set_text(c, s->detail, "file", hash_hex(c, w->file_hash));
	json_set_text(c, s->detail, "map", hash_hex(c, w->map_hash));
	return step_insert(c, s, STEP_IMPORT, SQL_IMPORT_PUT,
	    DB_ARGS(db_text(STR("closed")), db_blob(hash_str(&w->file_hash)),
		db_blob(hash_str(&w->map_hash)), db_text(w->source), db_text(str_of(state)),
		db_int(1), db_int(done ? w->all_records : 0), db_int(done ? w->all_accounts : 0),
		db_int(0), db_text(w->note)),
	    &w->import);
}

static int step_first(struct ctx *c, struct step *s, void *arg)
{
	return put_import(c, arg, s, "running");
}

static int step_batch(struct ctx *c, struct step *s, void *arg)
{
	struct work *w = arg;
	int rc = put_rows(c, w, s, w->job->batch > 0 ? w->job->batch : CLOSED_BATCH);
	int64_t next = reader_next_line(w->rows);

	if (rc != 0)
		return rc;
	rc = set_import(c, w, s, "running", next);
	if (rc != 0)
		return rc;
	w->next_line = next;
	w->rev++;
	return 0;
}

/* The second reading must have read what the first had checked. */
static int same_file(struct ctx *c, const struct work *w)
{
	struct hash_run run = w->src.run; /* a copy: the file is still open */

	if (!hash_eq(hash_end(&run), w->file_hash) || w->records != w->all_records ||
	    w->accounts != w->all_accounts)
		return err_set(
		    c, ERR_CONFLICT, "%s: the file changed while it was read", w->job->path);
	return 0;
}

static int step_end(struct ctx *c, struct step *s, void *arg)
{
	struct work *w = arg;
	int rc = same_file(c, w);

	json_set_int(c, s->detail, "records", w->records);
	json_set_int(c, s->detail, "accounts", w->accounts);
	json_set_int(c, s->detail, "refused", w->refused);
	return rc == 0 ? set_import(c, w, s, "done", w->next_line) : rc;
}

static int step_whole(struct ctx *c, struct step *s, void *arg)
{
	struct work *w = arg;
	int rc = put_import(c, w, s, "done");

	if (rc == 0)
		rc = put_rows(c, w, s, INT64_MAX);
	return rc == 0 ? same_file(c, w) : rc;
}

static int store_batches(struct ctx *c, struct work *w, int64_t actor)
{
	int rc = 0;

	while (rc == 0 && !w->at_end) {
		struct mem_mark mark = mem_mark(c);

		rc = step_run(c, &w->in->store, "import.next", actor, step_batch, w, NULL);
		mem_reset(c, mark);
	}
	return rc == 0 ? step_run(c, &w->in->store, "import.end", actor, step_end, w, NULL) : rc;
}

/* Where an earlier run stopped; *ret_found false for a file that is new. */
static int find_import(struct ctx *c, struct work *w, bool *ret_found)
{
	const struct db_val *row;
	int rc = db_find(c, w->in->store.db, SQL_IMPORT_OF_FILE,
	    DB_ARGS(db_blob(hash_str(&w->file_hash)), db_blob(hash_str(&w->map_hash))), &row);

	*ret_found = rc == 0 && row != NULL;
	if (rc != 0 || row == NULL)
		return rc;
	if (str_is(row[2].s, "done"))
		return err_set(c, ERR_CONFLICT, "%s: imported already", w->job->path);
	if (w->job->whole)
		return err_set(c, ERR_CONFLICT,
		    "%s: its import was begun in parts; run it again without --whole",
		    w->job->path);
	w->import = row[0].num;
	w->rev = row[1].num;
	w->next_line = row[3].num;
	w->records = row[4].num;
	w->accounts = row[5].num;
	return 0;
}

/* The second reading. */
static int store(struct ctx *c, struct work *w, int64_t actor, bool *ret_resumed)
{
	int rc = find_import(c, w, ret_resumed);

	if (rc == 0)
		rc = source_open(c, w, false);
	if (rc != 0)
		return rc;
	if (w->job->whole) {
		rc = step_run(c, &w->in->store, "import.whole", actor, step_whole, w, NULL);
	} else {
		if (!*ret_resumed) {
			rc = step_run(c, &w->in->store, "import.begin", actor, step_first, w, NULL);
			w->rev = 1;
		}
		if (rc == 0)
			rc = store_batches(c, w, actor);
	}
	(void)source_close(w);
	return rc;
}

static int prepare(struct ctx *c, struct work *w)
{
	int rc = file_read(c, w->job->map_path, MAP_MAX, &w->map);

	if (rc != 0)
		return rc;
	w->map_hash = hash_of(w->map);
	for (int o = 0; o < MAP_OUTCOMES; o++) {
		enum outcome number;

		if (!outcome_find(str_of(map_outcome_id((enum map_outcome)o)), &number))
			return err_set(c, ERR_FAIL, "an outcome has no number");
		w->outcome[o] = number;
	}
	/* grown now: what grows later would go with the arena of its row */
	w->image = buf_init(c, IMAGE_MAX);
	for (int i = 0; i < IMAGE_MAX; i++)
		buf_putc(&w->image, ' ');
	return 0;
}

int closed_import(struct ctx *c, struct instance *in, const struct person *actor,
    const struct closed_job *job, struct closed_result *ret)
{
	struct work *w = mem_alloc(c, sizeof *w);
	bool resumed = false;
	int rc = right_needs(c, actor, RIGHT_HISTORY_IMPORT);

	w->in = in;
	w->job = job;
	if (rc == 0)
		rc = prepare(c, w);
	if (rc == 0)
		rc = survey(c, w);
	if (rc == 0)
		rc = store(c, w, actor->id, &resumed);
	if (rc != 0)
		return rc;
	*ret = (struct closed_result){.import = w->import,
	    .records = w->records,
	    .accounts = w->accounts,
	    .refused = w->refused,
	    .resumed = resumed,
	    .source = w->source,
	    .note = w->note};
	return 0;
}

struct listing {
	int (*fn)(struct ctx *c, const struct closed_source *s, void *arg);
	void *arg;
};

static int list_one(struct ctx *c, const struct db_val *row, void *arg)
{
	const struct listing *l = arg;
	struct closed_source s = {.id = row[0].num,
	    .kind = row[1].s,
	    .source = row[2].s,
	    .done = str_is(row[3].s, "done"),
	    .records = row[5].num,
	    .accounts = row[6].num,
	    .refused = row[7].num,
	    .note = row[8].s};

	return l->fn(c, &s, l->arg);
}

int closed_each(struct ctx *c, struct instance *in,
    int (*fn)(struct ctx *c, const struct closed_source *s, void *arg), void *arg)
{
	struct listing l = {fn, arg};

	return db_each(c, in->store.db, SQL_IMPORT_EACH, DB_NO_ARGS, list_one, &l);
}
