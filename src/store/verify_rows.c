#include "store/verify_p.h"

#include "base/mem.h"
#include "proof/merkle.h"
#include "store/closed_row.h"
#include "store/ledger.h"
#include "store/sign.h"

/* Columns of verify_entries; from the id on they are those of a closed record (closed_row.h), NULL
 * for other entries. And the detail's column in entry_by_id. */
enum { E_KIND, E_AT, E_ACTOR, E_MATTER, E_LEAF, E_SALT, E_DETAIL, E_ID, E_IMPORT };
enum { ENTRY_KIND = 1, ENTRY_DETAIL = 7 };

enum { CLOSED_MAX = 64 << 20, CLOSED_USUAL = 1024 };

struct rows {
	struct verify_work *w;
	size_t next_range;
	int64_t entry;             /* being looked at */
	struct buf image;          /* room for the usual closed record's committed bytes */
	int64_t good[STEP_TABLES]; /* rows that are as their last entry recorded them */
	int64_t n[STEP_TABLES];    /* rows there are */
	/* the second look */
	enum step_table table;
	int64_t of_entry; /* whose detail is in `detail`; 0: none */
	struct mem_mark mark;
	const struct json *listed; /* its rows; NULL: erased, gone or not to be read */
	bool erased, gone;
	/* the erasure whose list of entries is at hand, in a context of its own: entries in between
	 * come and go */
	struct ctx *kept;
	int64_t erasing;
	const struct json *erases;
};

/* ---- what an entry lists ---- */

struct listed {
	enum step_table table;
	int64_t id, rev;
	struct hash image;
};

/* An element of "rows" in a detail: ["person", 3, 1, "hex"]. */
static bool read_listed(const struct json *j, struct listed *ret)
{
	struct listed x;

	if (j->kind != JSON_LIST || j->n != 4 || j->at[0]->kind != JSON_TEXT ||
	    j->at[1]->kind != JSON_INT || j->at[2]->kind != JSON_INT ||
	    j->at[3]->kind != JSON_TEXT || !hash_parse(j->at[3]->text, &x.image))
		return false;
	x.table = step_table_find(j->at[0]->text);
	x.id = j->at[1]->num;
	x.rev = j->at[2]->num;
	*ret = x;
	return x.table != STEP_TABLES;
}

static const struct json *list_of(const struct json *detail)
{
	const struct json *rows = json_find(detail, "rows");

	return rows != NULL && rows->kind == JSON_LIST ? rows : NULL;
}

static int check_listed(struct ctx *c, struct rows *r, const struct listed *x)
{
	struct verify *v = r->w->v;
	const char *name = step_table_name(x->table);
	const struct db_val *row;
	int64_t rev, entry;
	int rc = db_find(c, r->w->db, step_image_stmt(x->table), DB_ARGS(db_int(x->id)), &row);

	if (rc < 0)
		return rc;
	if (row == NULL) {
		verify_add(v, "%s %lld: the row is gone (entry %lld made it revision %lld)", name,
		    (long long)x->id, (long long)r->entry, (long long)x->rev);
		return 0;
	}
	rev = row[step_image_rev_col(x->table)].num;
	entry = row[step_image_entry_col(x->table)].num;
	if (rev > x->rev)
		return 0;
	if (rev < x->rev)
		verify_add(v, "%s %lld: is at revision %lld, but entry %lld made it %lld", name,
		    (long long)x->id, (long long)rev, (long long)r->entry, (long long)x->rev);
	else if (entry != r->entry || !hash_eq(step_image(c, x->table, row), x->image))
		verify_add(v, "%s %lld: is not as entry %lld recorded it", name, (long long)x->id,
		    (long long)r->entry);
	else
		r->good[x->table]++;
	return 0;
}

/* ---- entries ---- */

static bool int_is(const struct json *detail, const char *key, struct db_val v)
{
	const struct json *j = json_find(detail, key);

	if (v.kind == DB_NULL)
		return j == NULL;
	return j != NULL && j->kind == JSON_INT && v.kind == DB_INT && j->num == v.num;
}

/* The commitment holds, so this detail is the program's own: the columns must say the same. */
static int check_detail(struct ctx *c, struct rows *r, const struct db_val *row)
{
	static const struct {
		const char *key;
		int column;
	} numbers[] = {{"at", E_AT}, {"actor", E_ACTOR}, {"matter", E_MATTER}};
	struct verify *v = r->w->v;
	struct json *detail;
	const struct json *list;
	struct listed x;
	int rc = 0;

	if (json_parse(c, "detail", row[E_DETAIL].s, &detail) < 0) {
		verify_add(v, "entry %lld: its detail is not JSON", (long long)r->entry);
		err_clear(c);
		return 0;
	}
	if (!str_eq(json_text(detail, "kind"), row[E_KIND].s))
		verify_add(
		    v, "entry %lld: column kind differs from the detail", (long long)r->entry);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (!int_is(detail, numbers[i].key, row[numbers[i].column]))
			verify_add(v, "entry %lld: column %s differs from the detail",
			    (long long)r->entry, numbers[i].key);
	list = list_of(detail);
	for (size_t i = 0; list != NULL && i < list->n && rc == 0; i++)
		if (read_listed(list->at[i], &x))
			rc = check_listed(c, r, &x);
		else
			verify_add(
			    v, "entry %lld: its list of rows cannot be read", (long long)r->entry);
	return rc;
}

static bool commits(const struct db_val *row, struct str detail)
{
	unsigned char leaf[LEDGER_LEAF];

	if (row[E_SALT].kind != DB_BLOB || row[E_SALT].s.n != LEDGER_SALT)
		return false;
	ledger_leaf(ledger_commit((const unsigned char *)row[E_SALT].s.p, detail), leaf);
	return str_eq(row[E_LEAF].s, (struct str){(char *)leaf, sizeof leaf});
}

static void check_closed(struct rows *r, const struct db_val *row)
{
	struct buf image = r->image; /* a copy: what a large record adds goes with this round */
	struct verify *v = r->w->v;

	v->closed++;
	if (!str_is(row[E_KIND].s, "closed") || row[E_MATTER].kind != DB_NULL ||
	    row[E_DETAIL].kind != DB_NULL) {
		verify_add(v, "entry %lld: is not the entry of a closed record, but there is one",
		    (long long)r->entry);
		return;
	}
	closed_row_image(&image, row[E_AT].num, row[E_ACTOR].num, row + E_ID);
	if (!commits(row, buf_str(&image)))
		verify_add(v, "closed record %lld: row, salt or leaf are not what was committed to",
		    (long long)r->entry);
}

/* What the entry of an erasure says that it erased. */
static int load_erasure(struct ctx *c, struct rows *r, int64_t entry)
{
	const struct db_val *e;
	struct json *detail;
	int rc;

	if (r->erasing == entry)
		return 0;
	ctx_close(&r->kept);
	ctx_open(&r->kept);
	r->erasing = entry;
	r->erases = NULL;
	rc = db_find(c, r->w->db, SQL_ENTRY_BY_ID, DB_ARGS(db_int(entry)), &e);
	if (rc != 0 || e == NULL || e[ENTRY_DETAIL].kind != DB_TEXT ||
	    !str_starts(e[ENTRY_KIND].s, "erase."))
		return rc;
	if (json_parse(r->kept, "detail", e[ENTRY_DETAIL].s, &detail) == 0)
		r->erases = json_find(detail, "erased");
	return 0;
}

/* The numbers ascend. */
static bool lists(const struct json *list, int64_t entry)
{
	size_t from = 0, past = list != NULL && list->kind == JSON_LIST ? list->n : 0;

	while (from < past) {
		size_t mid = from + (past - from) / 2;

		if (list->at[mid]->kind != JSON_INT)
			return false;
		if (list->at[mid]->num == entry)
			return true;
		if (list->at[mid]->num < entry)
			from = mid + 1;
		else
			past = mid;
	}
	return false;
}

/* Salt and detail can be erased without breaking the log, by an erasure whose own entry names the
 * entry: then its rows went on under that one (SPEC.md 2.11). */
static int check_erased(struct ctx *c, struct rows *r)
{
	const struct db_val *row;
	int rc = db_find(c, r->w->db, SQL_ERASED_BY, DB_ARGS(db_int(r->entry)), &row);

	r->w->v->erased++;
	if (rc == 0 && row != NULL)
		rc = load_erasure(c, r, row[0].num);
	if (rc == 0 && (row == NULL || !lists(r->erases, r->entry)))
		verify_add(r->w->v, "entry %lld: its detail was erased, and no erasure names it",
		    (long long)r->entry);
	return rc;
}

/* Each entry has one place, or waits for one. The ranges go by entry, as the rows do. */
static void check_range(struct rows *r)
{
	const struct verify_work *w = r->w;

	while (r->next_range < w->n_range &&
	       w->range[r->next_range].first_entry + w->range[r->next_range].n <= r->entry)
		r->next_range++;
	if (r->next_range == w->n_range || w->range[r->next_range].first_entry > r->entry)
		verify_add(w->v, "entry %lld: has no place and does not wait for one",
		    (long long)r->entry);
}

static int take_entry(struct ctx *c, const struct db_val *row, void *arg)
{
	struct rows *r = arg;
	struct verify *v = r->w->v;
	struct mem_mark mark = mem_mark(c);
	bool salt = row[E_SALT].kind != DB_NULL, detail = row[E_DETAIL].kind != DB_NULL;
	int rc = 0;

	r->entry = row[E_ID].num;
	v->entries++;
	check_range(r);
	if (row[E_IMPORT].kind != DB_NULL)
		check_closed(r, row);
	else if (!salt && !detail)
		rc = check_erased(c, r);
	else if (str_is(row[E_KIND].s, "closed") && !detail)
		verify_add(v, "closed record %lld: the row is gone", (long long)r->entry);
	else if (!salt || !detail)
		verify_add(v, "entry %lld: its %s is gone, but not its %s", (long long)r->entry,
		    salt ? "detail" : "salt", salt ? "salt" : "detail");
	else if (!commits(row, row[E_DETAIL].s))
		verify_add(v, "entry %lld: detail, salt or leaf are not what was committed to",
		    (long long)r->entry);
	else
		rc = check_detail(c, r, row);
	mem_reset(c, mark);
	return rc;
}

static int take_loose(struct ctx *c, const struct db_val *row, void *arg)
{
	struct rows *r = arg;

	(void)c;
	verify_add(r->w->v, "closed record %lld: it has no entry", (long long)row[0].num);
	return 0;
}

/* Every entry has told whether it has its record; only if there are more of them is each one asked.
 */
static int check_loose(struct ctx *c, struct rows *r)
{
	const struct db_val *row;
	int rc = db_one(c, r->w->db, SQL_VERIFY_CLOSED_COUNT, DB_NO_ARGS, &row);

	if (rc < 0 || row[0].num == r->w->v->closed)
		return rc;
	return db_each(c, r->w->db, SQL_VERIFY_LOOSE_CLOSED, DB_NO_ARGS, take_loose, r);
}

/* ---- rows that no entry answers for ---- */

static int count_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct rows *r = arg;

	(void)c;
	(void)row;
	r->n[r->table]++;
	return 0;
}

/* Neighbouring rows were mostly made by one step: its list is read once for all of them. */
static int load_list(struct ctx *c, struct rows *r, int64_t entry)
{
	const struct db_val *e;
	struct json *detail;
	int rc;

	if (r->of_entry == entry)
		return 0;
	mem_reset(c, r->mark);
	r->of_entry = entry;
	r->listed = NULL;
	rc = db_find(c, r->w->db, SQL_ENTRY_BY_ID, DB_ARGS(db_int(entry)), &e);
	if (rc < 0)
		return rc;
	r->gone = e == NULL;
	r->erased = e != NULL && e[ENTRY_DETAIL].kind == DB_NULL;
	if (r->gone || r->erased)
		return 0;
	if (json_parse(c, "detail", e[ENTRY_DETAIL].s, &detail) < 0)
		err_clear(c); /* the entry was named already */
	else
		r->listed = list_of(detail);
	return 0;
}

static int look_again(struct ctx *c, const struct db_val *row, void *arg)
{
	struct rows *r = arg;
	int64_t id = row[0].num, rev = row[step_image_rev_col(r->table)].num;
	int64_t entry = row[step_image_entry_col(r->table)].num;
	struct listed x;
	int rc = load_list(c, r, entry);

	if (rc < 0)
		return rc;
	if (r->erased) {
		r->w->v->rows_erased++;
		verify_add(r->w->v, "%s %lld: names entry %lld, whose detail was erased",
		    step_table_name(r->table), (long long)id, (long long)entry);
		return 0;
	}
	/* whether it is as recorded was asked before; here only whether it was recorded at all */
	for (size_t i = 0; r->listed != NULL && i < r->listed->n; i++)
		if (read_listed(r->listed->at[i], &x) && x.table == r->table && x.id == id &&
		    x.rev == rev)
			return 0;
	verify_add(r->w->v, "%s %lld: names entry %lld, which %s", step_table_name(r->table),
	    (long long)id, (long long)entry, r->gone ? "is not there" : "does not know it so");
	return 0;
}

static int check_tables(struct ctx *c, struct rows *r)
{
	int rc = 0;

	r->mark = mem_mark(c);
	for (r->table = 0; r->table < STEP_TABLES && rc == 0; r->table++) {
		rc = db_each(c, r->w->db, step_image_each_stmt(r->table), DB_NO_ARGS, count_row, r);
		r->w->v->rows += r->n[r->table];
		if (rc < 0 || r->n[r->table] == r->good[r->table])
			continue;
		r->of_entry = 0;
		rc =
		    db_each(c, r->w->db, step_image_each_stmt(r->table), DB_NO_ARGS, look_again, r);
		mem_reset(c, r->mark);
	}
	return rc;
}

/* ---- erasures ---- */

static int check_erasures(struct ctx *c, struct rows *r)
{
	const struct db_val *row;
	int rc = db_one(c, r->w->db, SQL_ERASED_COUNT, DB_NO_ARGS, &row);

	if (rc == 0 && row[0].num != r->w->v->erased)
		verify_add(r->w->v, "erasures name %lld entries, but %lld are erased",
		    (long long)row[0].num, (long long)r->w->v->erased);
	if (rc == 0)
		rc = db_one(c, r->w->db, SQL_ERASED_MARKS, DB_NO_ARGS, &row);
	if (rc == 0 && row[0].num != 0)
		verify_add(r->w->v, "%lld %s marked as erased, or not, unlike %s",
		    (long long)row[0].num, row[0].num == 1 ? "case is" : "cases are",
		    row[0].num == 1 ? "its erasure" : "their erasures");
	return rc;
}

/* ---- promises ---- */

struct promises {
	const struct verify_work *w;
	struct verify *v;
};

/* By the key of whichever epoch it was given in. */
static int open_promise(struct ctx *c, const struct verify_work *w, struct str note,
    struct hash *ret_leaf, struct instant *ret_at)
{
	int rc = ERR_DENIED;

	for (size_t i = w->n_epoch; i > 0 && rc == ERR_DENIED; i--) {
		err_clear(c);
		rc = sign_promise_open(c, note, &w->epoch[i - 1].receipt, ret_leaf, ret_at);
	}
	return rc;
}

static int take_promise(struct ctx *c, const struct db_val *row, void *arg)
{
	struct promises *p = arg;
	struct mem_mark mark = mem_mark(c);
	struct instant at;
	struct hash leaf;

	p->v->promises++;
	if (open_promise(c, p->w, row[1].s, &leaf, &at) < 0) {
		verify_add(p->v, "promise of entry %lld: %s", (long long)row[0].num, err_text(c));
		err_clear(c);
	} else if (row[2].kind == DB_NULL || !hash_eq(merkle_leaf(row[2].s), leaf)) {
		verify_add(p->v,
		    "promise of entry %lld: it was given for another entry, which is not kept",
		    (long long)row[0].num);
	}
	mem_reset(c, mark);
	return 0;
}

int verify_rows(struct ctx *c, struct verify_work *w)
{
	struct rows *r = mem_alloc(c, sizeof *r);
	struct promises p = {w, w->v};
	int rc;

	r->w = w;
	r->image = buf_init(c, CLOSED_MAX);
	for (int i = 0; i < CLOSED_USUAL; i++)
		buf_putc(&r->image, ' ');
	r->image.n = 0;
	rc = db_each(c, w->db, SQL_VERIFY_ENTRIES, DB_NO_ARGS, take_entry, r);
	if (rc == 0)
		rc = check_loose(c, r);
	ctx_close(&r->kept);
	if (rc == 0)
		rc = check_erasures(c, r);
	if (rc == 0)
		rc = check_tables(c, r);
	if (rc == 0)
		rc = db_each(c, w->db, SQL_VERIFY_PROMISES, DB_NO_ARGS, take_promise, &p);
	return rc;
}
