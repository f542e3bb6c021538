#include "desk/arrival.h"

#include "base/mem.h"
#include "desk/ack.h"
#include "desk/demand.h"
#include "desk/reader.h"
#include "os/file.h"

enum { FILE_MAX = 256 << 20, MAP_MAX = 1 << 20 };

struct arriving {
	struct instance *in;
	const struct person *actor;
	const struct arrival_job *job;
	struct str map, source, remark; /* the mapping file's text, and what it says */
	struct str text;                /* the CSV, read once: both readings see the same bytes */
	size_t at;
	struct hash file_hash, map_hash;
	struct reader_job reading;
	struct reader *rows;
	int64_t good, refused;                  /* as the first reading found */
	int64_t import, rev, next_line, stored; /* the row of table import */
	struct draft draft;
	int64_t line;
	struct str *refs; /* of what this run has stored */
	size_t n_refs, cap_refs;
};

static int read_chunk(struct ctx *c, void *arg, char *p, size_t cap, size_t *ret_n)
{
	struct arriving *a = arg;
	size_t n = a->text.n - a->at < cap ? a->text.n - a->at : cap;

	(void)c;
	memcpy(p, a->text.p + a->at, n);
	a->at += n;
	*ret_n = n;
	return 0;
}

static int open_rows(struct ctx *c, struct arriving *a)
{
	int rc;

	a->at = 0;
	a->reading = (struct reader_job){.kind = MAP_DEMANDS,
	    .map_file = a->job->map_path,
	    .file = a->job->path,
	    .map = a->map,
	    .zone = a->in->zone,
	    .in = {read_chunk, a},
	    .size = (int64_t)a->text.n};
	rc = reader_open(c, &a->reading, &a->rows);
	if (rc == 0) {
		a->source = reader_source(a->rows);
		a->remark = reader_remark(a->rows);
	}
	return rc;
}

/* 1 a demand that may be stored, 0 the end. A row that is wrong, by the file or by what the packs
 * and the provider's profile know, is reported once and passed over. */
static int next_good(struct ctx *c, struct arriving *a, bool report, struct draft *ret)
{
	struct str nothing;

	for (;;) {
		int rc = reader_demand(c, a->rows, ret, &a->line);
		struct csv_place at = reader_fault(a->rows);

		if (rc == 1) {
			rc = demand_check(c, a->in, a->actor, ret);
			if (rc == 0)
				return 1;
			at = (struct csv_place){.line = a->line, .col = 1};
			rc = err_while(c, rc, "%s:%lld:1", a->job->path, (long long)a->line);
		}
		if (rc == 0)
			return reader_end(c, a->rows, &nothing);
		if (rc != ERR_INVALID && rc != ERR_LIMIT && rc != ERR_DENIED)
			return rc;
		if (report) {
			a->refused++;
			if (a->job->refused != NULL)
				a->job->refused(a->job->arg, at.line, at.col, str_of(err_text(c)));
		}
		err_clear(c);
	}
}

/* ---- first reading ---- */

static int survey(struct ctx *c, struct arriving *a)
{
	struct draft draft;
	int rc = open_rows(c, a);

	if (rc != 0)
		return rc;
	while ((rc = next_good(c, a, true, &draft)) == 1)
		a->good++;
	reader_close(&a->rows);
	if (rc != 0)
		return rc;
	if (a->good == 0)
		return err_set(c, ERR_INVALID, "%s: no demand to import; rows refused: %lld",
		    a->job->path, (long long)a->refused);
	if (a->job->whole && a->refused > 0)
		return err_set(c, ERR_INVALID, "%s: rows refused: %lld; nothing is imported",
		    a->job->path, (long long)a->refused);
	return 0;
}

/* ---- second reading ---- */

static int put_import(struct ctx *c, struct step *s, struct arriving *a, const char *state)
{
	json_set_text(c, s->detail, "file", hash_hex(c, a->file_hash));
	json_set_text(c, s->detail, "map", hash_hex(c, a->map_hash));
	return step_insert(c, s, STEP_IMPORT, SQL_IMPORT_PUT,
	    DB_ARGS(db_text(STR("demands")), db_blob(hash_str(&a->file_hash)),
		db_blob(hash_str(&a->map_hash)), db_text(a->source), db_text(str_of(state)),
		db_int(1), db_int(a->job->whole ? a->good : 0), db_int(0), db_int(a->refused),
		db_text(a->remark)),
	    &a->import);
}

static int set_import(struct ctx *c, struct step *s, struct arriving *a, const char *state)
{
	return step_update(c, s, STEP_IMPORT, SQL_IMPORT_SET, a->import, a->rev,
	    DB_ARGS(db_text(str_of(state)), db_int(a->line + 1), db_int(a->stored), db_int(0),
		db_int(a->refused), db_text(a->remark)));
}

static int begin(struct ctx *c, struct step *s, void *arg)
{
	return put_import(c, s, arg, "running");
}

static int put_demand(struct ctx *c, struct step *s, struct arriving *a, const struct draft *d)
{
	a->refs = mem_grow(c, a->refs, a->n_refs, &a->cap_refs, sizeof *a->refs);
	a->stored++;
	return demand_put(c, s, a->in, d, NULL, 0, &a->refs[a->n_refs++]);
}

static int put_one(struct ctx *c, struct step *s, void *arg)
{
	struct arriving *a = arg;
	int rc = put_demand(c, s, a, &a->draft);

	return rc == 0 ? set_import(c, s, a, "running") : rc;
}

static int end(struct ctx *c, struct step *s, void *arg)
{
	struct arriving *a = arg;

	json_set_int(c, s->detail, "demands", a->stored);
	return set_import(c, s, a, "done");
}

static int put_whole(struct ctx *c, struct step *s, void *arg)
{
	struct arriving *a = arg;
	struct draft draft;
	int rc = put_import(c, s, a, "done"), more = 0;

	while (rc == 0 && (more = next_good(c, a, false, &draft)) == 1)
		rc = put_demand(c, s, a, &draft);
	return rc != 0 ? rc : more;
}

/* Before anybody hears of it. What a run that was cut off had stored is not in refs. */
static int acknowledge(struct ctx *c, struct arriving *a, bool resumed)
{
	return resumed ? ack_rest(c, a->in) : ack_add(c, a->in, a->refs, a->n_refs);
}

static int store_singly(struct ctx *c, struct arriving *a, bool resumed)
{
	int more;

	while ((more = next_good(c, a, false, &a->draft)) == 1) {
		int rc;

		if (a->line < a->next_line)
			continue; /* stored by the run that was cut off */
		rc = step_run(c, &a->in->store, "import.demand", a->actor->id, put_one, a, NULL);
		if (rc != 0)
			return rc;
		a->rev++;
		if (a->job->progress != NULL)
			a->job->progress(a->job->arg, a->stored, a->good);
	}
	if (more == 0)
		more = acknowledge(c, a, resumed);
	return more != 0 ? more
			 : step_run(c, &a->in->store, "import.end", a->actor->id, end, a, NULL);
}

static int find_begun(struct ctx *c, struct arriving *a, bool *ret_found)
{
	const struct db_val *row;
	int rc = db_find(c, a->in->store.db, SQL_IMPORT_OF_FILE,
	    DB_ARGS(db_blob(hash_str(&a->file_hash)), db_blob(hash_str(&a->map_hash))), &row);

	*ret_found = rc == 0 && row != NULL;
	if (rc != 0 || row == NULL)
		return rc;
	if (str_is(row[2].s, "done") && ack_rest(c, a->in) != 0)
		return ERR_FAIL;
	if (str_is(row[2].s, "done"))
		return err_set(c, ERR_CONFLICT, "%s: imported already", a->job->path);
	if (a->job->whole)
		return err_set(c, ERR_CONFLICT,
		    "%s: its import was begun row by row; run it again without --whole",
		    a->job->path);
	a->import = row[0].num;
	a->rev = row[1].num;
	a->next_line = row[3].num;
	a->stored = row[4].num;
	return 0;
}

static int store(struct ctx *c, struct arriving *a, bool *ret_resumed)
{
	int rc = find_begun(c, a, ret_resumed);

	if (rc == 0)
		rc = open_rows(c, a);
	if (rc != 0)
		return rc;
	if (a->job->whole) {
		rc = step_run(c, &a->in->store, "import.whole", a->actor->id, put_whole, a, NULL);
		if (rc == 0)
			rc = acknowledge(c, a, false);
	} else {
		if (!*ret_resumed) {
			rc = step_run(
			    c, &a->in->store, "import.begin", a->actor->id, begin, a, NULL);
			a->rev = 1;
		}
		if (rc == 0)
			rc = store_singly(c, a, *ret_resumed);
	}
	reader_close(&a->rows);
	return rc;
}

int arrival_import(struct ctx *c, struct instance *in, const struct person *actor,
    const struct arrival_job *job, struct arrival_result *ret)
{
	struct arriving a = {.in = in, .actor = actor, .job = job};
	bool resumed = false;
	int rc = right_needs(c, actor, RIGHT_DEMAND_IMPORT);

	if (rc == 0)
		rc = file_read(c, job->map_path, MAP_MAX, &a.map);
	if (rc == 0)
		rc = file_read(c, job->path, FILE_MAX, &a.text);
	if (rc != 0)
		return rc;
	a.map_hash = hash_of(a.map);
	a.file_hash = hash_of(a.text);
	rc = survey(c, &a);
	if (rc == 0)
		rc = store(c, &a, &resumed);
	if (rc != 0)
		return rc;
	*ret = (struct arrival_result){a.stored, a.refused, resumed};
	return 0;
}
