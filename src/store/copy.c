#include "store/copy.h"

#include "base/mem.h"
#include "proof/merkle.h"
#include "store/row.h"

enum { ROW_MAX = 1 << 30, PROGRESS_EVERY = 4096 };

/* ---- the sum of a table ---- */

struct summing {
	struct hash_run run;
	int64_t rows;
};

static void sum_begin(struct summing *s, size_t table)
{
	hash_begin(&s->run);
	hash_add(&s->run, STR("writ/table/1\0"));
	hash_add(&s->run, (struct str){sql_tables[table].name, strlen(sql_tables[table].name) + 1});
	s->rows = 0;
}

static void sum_add(struct ctx *c, struct summing *s, size_t table, const struct db_val *row)
{
	struct mem_mark mark = mem_mark(c);
	struct buf b = buf_init(c, ROW_MAX);

	for (size_t i = 0; i < sql_tables[table].n_columns; i++)
		row_put(&b, row[i]);
	hash_add(&s->run, buf_str(&b));
	s->rows++;
	mem_reset(c, mark);
}

static struct copy_sum sum_end(struct summing *s)
{
	return (struct copy_sum){s->rows, hash_end(&s->run)};
}

/* ---- reading ---- */

struct dump {
	struct db *db;
	const struct copy_sink *sink; /* may be NULL */
	struct copy_sums *sums;       /* may be NULL */
	bool hashed;                  /* sums of tables are wanted */
	size_t table;
	struct summing s;
};

static int dump_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct dump *d = arg;

	if (d->hashed)
		sum_add(c, &d->s, d->table, row);
	return d->sink != NULL && d->sink->row != NULL
		   ? d->sink->row(c, d->table, row, d->sink->arg)
		   : 0;
}

static int dump_table(struct ctx *c, struct dump *d)
{
	struct copy_sum sum = {0};
	int rc;

	sum_begin(&d->s, d->table);
	rc = db_each(c, d->db, (enum sql)sql_tables[d->table].dump, DB_NO_ARGS, dump_row, d);
	if (rc == 0 && d->hashed)
		sum = sum_end(&d->s);
	if (rc == 0 && d->sums != NULL)
		d->sums->table[d->table] = sum;
	if (rc == 0 && d->sink != NULL && d->sink->end != NULL)
		rc = d->sink->end(c, d->table, &sum, d->sink->arg);
	return rc;
}

/* ---- the ledger's root, from nothing but places and leaf bytes ---- */

struct rooting {
	struct db *db;
	struct merkle tree;
	int64_t size;     /* leaves taken */
	int64_t first, n; /* entries that follow one another, not taken yet */
};

static int take_leaf(struct ctx *c, const struct db_val *row, void *arg)
{
	struct rooting *r = arg;

	(void)c;
	merkle_add(&r->tree, merkle_leaf(row[1].s));
	r->size++;
	return 0;
}

static int take_run(struct ctx *c, struct rooting *r)
{
	struct mem_mark mark = mem_mark(c);
	int64_t want = r->size + r->n;
	int rc = r->n == 0 ? 0
			   : db_each(c, r->db, SQL_ENTRY_EACH,
				 DB_ARGS(db_int(r->first), db_int(r->first + r->n)), take_leaf, r);

	mem_reset(c, mark);
	if (rc == 0 && r->size != want)
		rc = err_set(c, ERR_FAIL, "entries with a place are gone: verify the log");
	return rc;
}

/* Runs that follow one another are read as one: each is a question to the database. */
static int note_run(struct ctx *c, const struct db_val *row, void *arg)
{
	struct rooting *r = arg;
	int rc;

	if (row[0].num != r->size + r->n)
		return err_set(c, ERR_FAIL, "the ledger's places have a gap: verify the log");
	if (r->first + r->n == row[1].num) {
		r->n += row[2].num;
		return 0;
	}
	rc = take_run(c, r);
	r->first = row[1].num;
	r->n = row[2].num;
	return rc;
}

static int root_of(struct ctx *c, struct db *db, struct copy_sums *ret)
{
	struct rooting r = {.db = db};
	int rc = db_each(c, db, SQL_RUN_EACH, DB_NO_ARGS, note_run, &r);

	if (rc == 0)
		rc = take_run(c, &r);
	if (rc != 0)
		return rc;
	ret->size = r.size;
	ret->root = r.size == 0 ? merkle_empty() : merkle_root(&r.tree);
	return 0;
}

/* While the rows of one statement are not read to the end, a connection sees one snapshot; so all
 * of the reading happens inside this callback. */
static int inside(struct ctx *c, const struct db_val *row, void *arg)
{
	struct dump *d = arg;
	int rc = 0;

	(void)row;
	for (d->table = 0; d->table < sql_tables_n && rc == 0; d->table++)
		rc = dump_table(c, d);
	return rc == 0 && d->sums != NULL ? root_of(c, d->db, d->sums) : rc;
}

int copy_dump(struct ctx *c, struct db *db, const struct copy_sink *sink, struct copy_sums *ret)
{
	struct dump d = {.db = db,
	    .sink = sink,
	    .sums = ret,
	    .hashed = ret != NULL || (sink != NULL && sink->end != NULL)};

	if (ret != NULL)
		*ret = (struct copy_sums){.n = sql_tables_n};
	return db_each(c, db, SQL_VERIFY_HOLD, DB_NO_ARGS, inside, &d);
}

/* ---- writing ---- */

struct copy_load {
	struct db *db;
	size_t table; /* the one whose rows come now */
	struct summing s;
	struct copy_sums *sums;
	int (*fill)(struct ctx *c, struct copy_load *l, void *arg);
	void *arg;
};

/* Ends the tables before this one. */
static int load_upto(struct ctx *c, struct copy_load *l, size_t table)
{
	int rc = 0;

	while (l->table < table && rc == 0) {
		rc = db_load_end(c, l->db, l->table);
		l->sums->table[l->table] = sum_end(&l->s);
		if (++l->table < sql_tables_n)
			sum_begin(&l->s, l->table);
	}
	return rc;
}

static int load_all(struct ctx *c, struct db *db, void *arg)
{
	struct copy_load *l = arg;
	int rc;

	(void)db;
	sum_begin(&l->s, 0);
	rc = l->fill(c, l, l->arg);
	return rc == 0 ? load_upto(c, l, sql_tables_n) : rc;
}

int copy_load(struct ctx *c, struct db *db,
    int (*fill)(struct ctx *c, struct copy_load *l, void *arg), void *arg, struct copy_sums *ret)
{
	struct copy_load l = {.db = db, .sums = ret, .fill = fill, .arg = arg};

	*ret = (struct copy_sums){.n = sql_tables_n};
	return db_tx(c, db, load_all, &l);
}

int copy_put(struct ctx *c, struct copy_load *l, size_t table, const struct db_val *row, size_t n)
{
	int rc;

	if (table < l->table || table >= sql_tables_n)
		return err_set(c, ERR_INVALID, "copy: a table out of order");
	if (n != sql_tables[table].n_columns)
		return err_set(c, ERR_INVALID, "copy: table %s has %u columns, a row has %zu",
		    sql_tables[table].name, sql_tables[table].n_columns, n);
	rc = load_upto(c, l, table);
	if (rc != 0)
		return rc;
	sum_add(c, &l->s, table, row);
	return db_load(c, l->db, table, row);
}

int copy_put_end(struct ctx *c, struct copy_load *l, size_t table, struct copy_sum *ret)
{
	int rc;

	if (table < l->table || table >= sql_tables_n)
		return err_set(c, ERR_INVALID, "copy: a table out of order");
	rc = load_upto(c, l, table + 1);
	if (rc == 0 && ret != NULL)
		*ret = l->sums->table[table];
	return rc;
}

int copy_compare(struct ctx *c, const struct copy_sums *a, const struct copy_sums *b)
{
	for (size_t i = 0; i < a->n; i++) {
		if (a->table[i].rows != b->table[i].rows)
			return err_set(c, ERR_FAIL, "table %s: %lld rows here, %lld there",
			    sql_tables[i].name, (long long)a->table[i].rows,
			    (long long)b->table[i].rows);
		if (!hash_eq(a->table[i].hash, b->table[i].hash))
			return err_set(
			    c, ERR_FAIL, "table %s: the rows differ", sql_tables[i].name);
	}
	return 0;
}

/* ---- from one database into another ---- */

struct between {
	struct db *from, *to;
	const struct copy_job *job;
	struct copy_load *load;
	const char *what;
	int64_t done, total;
	int64_t tiles, entries;  /* of from, when the reading began */
	struct copy_sums source; /* size and root alone */
};

static void progress(struct between *b)
{
	if (b->job->progress != NULL && (b->done == b->total || b->done % PROGRESS_EVERY == 0))
		b->job->progress(b->job->arg, b->what, b->done, b->total);
}

static int pass_on(struct ctx *c, size_t table, const struct db_val *row, void *arg)
{
	struct between *b = arg;
	int rc = copy_put(c, b->load, table, row, sql_tables[table].n_columns);

	b->done++;
	progress(b);
	return rc;
}

static int look_at(struct ctx *c, size_t table, const struct db_val *row, void *arg)
{
	struct between *b = arg;

	(void)c;
	(void)table;
	(void)row;
	b->done++;
	progress(b);
	return 0;
}

static int count_now(struct ctx *c, struct db *db, int64_t *ret_tiles, int64_t *ret_entries)
{
	const struct db_val *row;
	int rc = db_one(c, db, SQL_VERIFY_COUNT, DB_NO_ARGS, &row);

	if (rc == 0) {
		*ret_tiles = row[0].num;
		*ret_entries = row[1].num;
	}
	return rc;
}

/* In the snapshot of from. */
static int pass_all(struct ctx *c, const struct db_val *row, void *arg)
{
	struct between *b = arg;
	struct copy_sink sink = {.row = pass_on, .arg = b};
	struct dump d = {.db = b->from, .sink = &sink, .sums = &b->source};
	int rc = count_now(c, b->from, &b->tiles, &b->entries);

	for (size_t i = 0; i < sql_tables_n && rc == 0; i++) {
		const struct db_val *n;

		rc = db_one(c, b->from, (enum sql)sql_tables[i].count, DB_NO_ARGS, &n);
		if (rc == 0)
			b->total += n[0].num;
	}
	return rc == 0 ? inside(c, row, &d) : rc;
}

static int fill(struct ctx *c, struct copy_load *l, void *arg)
{
	struct between *b = arg;

	b->load = l;
	return db_each(c, b->from, SQL_VERIFY_HOLD, DB_NO_ARGS, pass_all, b);
}

/* What came into to is read back and compared with what was given. */
static int read_back(
    struct ctx *c, struct between *b, const struct copy_sums *given, struct copy_sums *ret)
{
	struct copy_sink sink = {.row = look_at, .arg = b};
	int64_t tiles, entries;
	int rc;

	b->what = "compare";
	b->done = 0;
	rc = copy_dump(c, b->to, &sink, ret);
	if (rc == 0)
		rc = copy_compare(c, given, ret);
	if (rc == 0 && (b->source.size != ret->size || !hash_eq(b->source.root, ret->root)))
		rc = err_set(c, ERR_FAIL, "the ledgers' roots differ");
	if (rc != 0)
		return err_while(c, rc, "the copy is not what was copied");
	rc = count_now(c, b->from, &tiles, &entries);
	if (rc == 0 && (tiles != b->tiles || entries != b->entries))
		rc = err_set(c, ERR_CONFLICT,
		    "somebody wrote to the instance meanwhile: stop what works with it, and copy "
		    "again");
	return rc;
}

int copy_between(struct ctx *c, struct db *from, struct db *to, const struct copy_job *job,
    struct copy_sums *ret)
{
	struct between b = {.from = from, .to = to, .job = job, .what = "copy"};
	struct copy_sums given;
	int rc = copy_load(c, to, fill, &b, &given);

	return rc == 0 ? read_back(c, &b, &given, ret) : rc;
}
