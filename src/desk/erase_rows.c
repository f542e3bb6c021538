/* The rows of a case without their personal detail, and the entries without theirs (erase_p.h). */
#include "desk/erase_p.h"

#include "base/mem.h"

enum { ROWS_MAX = 60000, ARGS_MAX = 6 };

struct unit_row {
	enum step_table table;
	int64_t id;
};

struct erasing {
	struct step *s;
	struct db *db;
	int64_t erasure;
	struct instant at;
	struct unit_row *row; /* in the order in which they are erased; then sorted */
	size_t n, cap;
	int64_t *entry; /* to be erased */
	size_t n_entry, cap_entry;
	int64_t kept; /* entries that tell of others too */
	int64_t *demand;
	size_t n_demand, cap_demand;
	struct hash *key; /* of its targets, by their new number */
	size_t n_key, cap_key;
	enum step_table gathers;
	const struct db_val *looked; /* the entry that is being looked at */
};

/* ---- which rows ---- */

static int add_row(struct ctx *c, struct erasing *e, enum step_table table, int64_t id)
{
	if (e->n == ROWS_MAX)
		return err_set(
		    c, ERR_LIMIT, "more than %d rows: one entry cannot name them all", ROWS_MAX);
	e->row = mem_grow(c, e->row, e->n, &e->cap, sizeof *e->row);
	e->row[e->n++] = (struct unit_row){table, id};
	return 0;
}

static int take_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct erasing *e = arg;

	return add_row(c, e, e->gathers, row[0].num);
}

static int list_rows(
    struct ctx *c, struct erasing *e, enum step_table table, enum sql stmt, int64_t id)
{
	e->gathers = table;
	return db_each(c, e->db, stmt, DB_ARGS(db_int(id)), take_row, e);
}

/* The rows that hang on an order. */
static const struct {
	enum step_table table;
	enum sql list;
} of_order[] = {{STEP_ORDER_OUTCOME, SQL_ERASE_OUTCOMES}, {STEP_ORDER_FACT, SQL_ERASE_FACTS},
    {STEP_ITEM, SQL_ERASE_ITEMS}, {STEP_FINDING, SQL_ERASE_FINDINGS},
    {STEP_REVIEW, SQL_ERASE_REVIEWS}, {STEP_DECISION, SQL_ERASE_DECISIONS},
    {STEP_PRODUCTION, SQL_ERASE_PRODUCTIONS}, {STEP_PRODUCTION_FILE, SQL_ERASE_FILES},
    {STEP_PRODUCTION_SEAL, SQL_ERASE_SEALS}, {STEP_DELIVERY, SQL_ERASE_DELIVERIES},
    {STEP_PRESERVATION, SQL_ERASE_PRESERVATIONS}, {STEP_SECRECY, SQL_ERASE_SECRECIES},
    {STEP_CHALLENGE, SQL_ERASE_CHALLENGES}, {STEP_PAUSE, SQL_ERASE_PAUSES},
    {STEP_MESSAGE, SQL_ERASE_MESSAGES}, {STEP_ORDER_DSA, SQL_ERASE_DSAS},
    {STEP_CALL_BACK, SQL_ERASE_CALL_BACKS}, {STEP_EXTENSION, SQL_ERASE_EXTENSIONS},
    {STEP_DOWNLOAD, SQL_ERASE_DOWNLOADS}, {STEP_QUALITY_CHECK, SQL_ERASE_CHECKS},
    {STEP_LOOK_OVER, SQL_ERASE_LOOK_OVERS}, {STEP_FILE_CHECK, SQL_ERASE_FILE_CHECKS},
    {STEP_DECISION_MASK, SQL_ERASE_MASKS}, {STEP_CLAIM, SQL_ERASE_CLAIMS},
    {STEP_CLAIM_LINE, SQL_ERASE_CLAIM_LINES}, {STEP_TICKET, SQL_ERASE_TICKETS},
    {STEP_SECRECY_SOURCE, SQL_ERASE_SECRECY_SOURCES}, {STEP_NOTICE, SQL_ERASE_NOTICES},
    {STEP_CONTEST, SQL_ERASE_CONTESTS}, {STEP_HEARING, SQL_ERASE_HEARINGS},
    {STEP_CONTEST_BOUND, SQL_ERASE_BOUNDS}, {STEP_BAR_STEP, SQL_ERASE_BAR_STEPS},
    {STEP_SNAPSHOT, SQL_ERASE_SNAPSHOTS}, {STEP_LAID, SQL_ERASE_LAIDS},
    {STEP_PLEDGE, SQL_ERASE_PLEDGES}, {STEP_TAKER, SQL_ERASE_TAKERS},
    {STEP_PRODUCTION_MAIL, SQL_ERASE_PRODUCTION_MAILS},
    {STEP_PRODUCTION_MEDIUM, SQL_ERASE_PRODUCTION_MEDIA}, {STEP_TRANSFER, SQL_ERASE_TRANSFERS},
    {STEP_MISDELIVERY, SQL_ERASE_MISDELIVERIES}, {STEP_RECALL, SQL_ERASE_RECALLS},
    {STEP_REDIRECT, SQL_ERASE_REDIRECTS}, {STEP_NOTICE_COPY, SQL_ERASE_NOTICE_COPIES}};

/* What hangs on an order and is no evidence: keys of what waits to be fetched or was mailed (the
 * files go with the papers), mails that were not sent yet, stamps, which hold the hash of the
 * manifest, and names of files, which may be an account's. */
static int forget_loose(struct ctx *c, struct erasing *e, int64_t order)
{
	static const enum sql loose[] = {SQL_DEPOSIT_FORGET, SQL_PRODUCTION_MAIL_FORGET,
	    SQL_PRODUCTION_MAIL_DROP, SQL_ERASE_STAMPS, SQL_ERASE_TICKET_FILES,
	    SQL_ERASE_SNAPSHOT_KEYS, SQL_ERASE_PINS, SQL_ERASE_REFUSALS};
	int rc = 0;

	for (size_t i = 0; i < sizeof loose / sizeof loose[0] && rc == 0; i++)
		rc = db_run(c, e->db, loose[i], DB_ARGS(db_int(order)), NULL);
	return rc;
}

static int list_matter(struct ctx *c, struct erasing *e, int64_t matter)
{
	size_t first = e->n, past;
	int rc = list_rows(c, e, STEP_LEGAL_ORDER, SQL_ORDER_OF_MATTER, matter);

	past = e->n;
	for (size_t i = first; i < past && rc == 0; i++)
		for (size_t k = 0; k < sizeof of_order / sizeof of_order[0] && rc == 0; k++)
			rc = list_rows(c, e, of_order[k].table, of_order[k].list, e->row[i].id);
	for (size_t i = first; i < past && rc == 0; i++)
		rc = forget_loose(c, e, e->row[i].id);
	if (rc == 0)
		rc = list_rows(c, e, STEP_TARGET, SQL_TARGET_OF_MATTER, matter);
	if (rc == 0)
		rc = list_rows(c, e, STEP_ALERT, SQL_ERASE_ALERTS, matter);
	if (rc == 0)
		rc = list_rows(c, e, STEP_HANDOVER, SQL_ERASE_HANDOVERS, matter);
	if (rc == 0)
		rc = list_rows(c, e, STEP_CLAIM_BAR, SQL_ERASE_CLAIM_BARS, matter);
	return rc == 0 ? add_row(c, e, STEP_MATTER, matter) : rc;
}

static int add_demand(struct ctx *c, const struct db_val *row, void *arg)
{
	struct erasing *e = arg;

	for (size_t i = 0; i < e->n_demand; i++)
		if (e->demand[i] == row[0].num)
			return 0;
	e->demand = mem_grow(c, e->demand, e->n_demand, &e->cap_demand, sizeof *e->demand);
	e->demand[e->n_demand++] = row[0].num;
	return 0;
}

/* The unit's own demand, those that brought its orders, and all that were merged into them. */
static int list_demands(struct ctx *c, struct erasing *e, const struct erase_unit *u)
{
	struct db_val own = db_int(u->demand);
	int rc = add_demand(c, &own, e);

	if (rc == 0 && u->matter != 0)
		rc =
		    db_each(c, e->db, SQL_ERASE_BROUGHT, DB_ARGS(db_int(u->matter)), add_demand, e);
	for (size_t i = 0; i < e->n_demand && rc == 0; i++) {
		rc = db_each(
		    c, e->db, SQL_ERASE_MERGED, DB_ARGS(db_int(e->demand[i])), add_demand, e);
		if (rc == 0)
			rc = add_row(c, e, STEP_DEMAND, e->demand[i]);
		if (rc == 0)
			rc = list_rows(c, e, STEP_PAPER, SQL_ERASE_PAPERS, e->demand[i]);
		if (rc == 0)
			rc = list_rows(c, e, STEP_SUBMISSION, SQL_ERASE_SUBMISSIONS, e->demand[i]);
		if (rc == 0)
			rc = list_rows(c, e, STEP_COLLEAGUE, SQL_ERASE_COLLEAGUES, e->demand[i]);
		if (rc == 0)
			rc = list_rows(c, e, STEP_ERASURE_HOLD, SQL_HOLD_OF_DEMAND, e->demand[i]);
		if (rc == 0)
			rc = list_rows(c, e, STEP_DEMAND_SORTED, SQL_ERASE_SORTED, e->demand[i]);
		if (rc == 0)
			rc = list_rows(c, e, STEP_PAGING, SQL_ERASE_PAGINGS, e->demand[i]);
		if (rc == 0)
			rc =
			    list_rows(c, e, STEP_HOLD_REVIEW, SQL_ERASE_HOLD_REVIEWS, e->demand[i]);
		if (rc == 0)
			rc = list_rows(c, e, STEP_ACCESS_REQUEST, SQL_ERASE_REQUESTS, e->demand[i]);
	}
	return rc;
}

static int by_table(const void *a, const void *b)
{
	const struct unit_row *x = a, *y = b;

	if (x->table != y->table)
		return x->table < y->table ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static bool has_row(const struct erasing *e, enum step_table table, int64_t id)
{
	struct unit_row key = {table, id};

	return bsearch(&key, e->row, e->n, sizeof *e->row, by_table) != NULL;
}

/* ---- which entries ---- */

/* A row of somebody else that the entry lists too: whether the entry may lose its detail. */
static int foreign_row(
    struct ctx *c, struct erasing *e, enum step_table table, int64_t id, bool *ret)
{
	const struct db_val *row;
	size_t first;
	int rc = db_find(c, e->db, step_image_stmt(table), DB_ARGS(db_int(id)), &row);

	if (rc != 0 || row == NULL)
		return rc;
	/* a demand that was imported with it, and is not erased: the entry tells of that one too */
	if (table != STEP_IMPORT && step_image_pairs(table, &first) > 0 &&
	    row[first + 1].kind != DB_NULL)
		*ret = false;
	else if (row[step_image_entry_col(table)].num != e->looked[0].num)
		return 0;
	else if (table == STEP_IMPORT) /* what it answers for goes on under this erasure */
		rc = step_update(c, e->s, table, SQL_ERASE_IMPORT, id,
		    row[step_image_rev_col(table)].num, DB_NO_ARGS);
	else
		*ret = false;
	return rc;
}

/* Adds the entry if it tells of the unit, and of nobody else. detail is its text. */
static int add_entry(struct ctx *c, struct erasing *e, struct str detail)
{
	const struct json *rows;
	struct json *j;
	bool ours = false, alone = true;
	int rc = json_parse(c, "detail", detail, &j);

	rows = rc == 0 ? json_find(j, "rows") : NULL;
	for (size_t i = 0; rc == 0 && rows != NULL && i < rows->n; i++) {
		const struct json *r = rows->at[i];
		enum step_table table;

		if (r->kind != JSON_LIST || r->n != 4)
			continue;
		table = step_table_find(r->at[0]->text);
		ours = ours || (table != STEP_TABLES && has_row(e, table, r->at[1]->num));
	}
	for (size_t i = 0; ours && alone && rc == 0 && i < rows->n; i++) {
		const struct json *r = rows->at[i];
		enum step_table table = step_table_find(r->at[0]->text);

		if (table != STEP_TABLES && !has_row(e, table, r->at[1]->num))
			rc = foreign_row(c, e, table, r->at[1]->num, &alone);
	}
	if (rc != 0 || !ours)
		return rc;
	if (!alone) {
		e->kept++;
		return 0;
	}
	for (size_t i = 0; i < e->n_entry; i++)
		if (e->entry[i] == e->looked[0].num)
			return 0;
	e->entry = mem_grow(c, e->entry, e->n_entry, &e->cap_entry, sizeof *e->entry);
	e->entry[e->n_entry++] = e->looked[0].num;
	return 0;
}

/* Entries of erasures stay: they say who did this, and tell of nobody. */
static int take_of_matter(struct ctx *c, const struct db_val *row, void *arg)
{
	struct erasing *e = arg;

	if (row[6].kind != DB_TEXT || str_starts(row[1].s, "erase."))
		return 0;
	e->looked = row;
	return add_entry(c, e, row[6].s);
}

static int take_loose(struct ctx *c, const struct db_val *row, void *arg)
{
	struct erasing *e = arg;

	if (row[1].kind != DB_TEXT)
		return 0;
	e->looked = row;
	return add_entry(c, e, row[1].s);
}

/* What was done about a data subject's request lies between its first entry and its last. */
static int list_request(struct ctx *c, const struct db_val *row, void *arg)
{
	static const char *const kinds[] = {
	    "access.ask", "access.draft", "access.approve", "access.answer", "access.drop"};
	struct erasing *e = arg;
	struct db_val from = row[0], until = row[1];
	int rc = 0;

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && rc == 0; i++)
		rc = db_each(c, e->db, SQL_ERASE_LOOSE_KIND,
		    DB_ARGS(from, until, db_text(str_of(kinds[i]))), take_loose, e);
	return rc;
}

/* Before there was a case: the entry of its receipt has its instant; the others lie between that
 * and the demand's last. */
static int list_loose(struct ctx *c, struct erasing *e, int64_t demand)
{
	static const char *const kinds[] = {"demand.verify", "demand.merge", "demand.sort_out",
	    "demand.invite", "demand.share", "demand.withdraw"};
	const struct db_val *d;
	int rc = db_one(c, e->db, SQL_ERASE_SPAN, DB_ARGS(db_int(demand)), &d);

	if (rc == 0)
		rc = db_each(c, e->db, SQL_ERASE_LOOSE, DB_ARGS(d[0]), take_loose, e);
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && rc == 0 && d[1].num > 1; i++)
		rc = db_each(c, e->db, SQL_ERASE_LOOSE_KIND,
		    DB_ARGS(d[0], d[3], db_text(str_of(kinds[i]))), take_loose, e);
	/* a letter, or who took the page, may come after the demand's last */
	if (rc == 0)
		rc = db_each(
		    c, e->db, SQL_ERASE_LOOSE_LATER, DB_ARGS(db_int(demand)), take_loose, e);
	if (rc == 0)
		rc = db_each(
		    c, e->db, SQL_ERASE_REQUEST_SPANS, DB_ARGS(db_int(demand)), list_request, e);
	return rc;
}

/* ---- changing rows ---- */

/* The hash that stays of a sealed column. */
static struct db_val gone(struct ctx *c, const struct db_val *pair)
{
	struct hash *h;

	if (pair[1].kind != DB_BLOB)
		return pair[0];
	h = mem_alloc(c, sizeof *h);
	*h = hash_of(pair[1].s);
	return db_blob(hash_str(h));
}

/* Targets keep whether two of them are the same, which is what an edition counts, and nothing by
 * which one could be found: the first is 1, the next different one 2. */
static struct db_val number_of(struct ctx *c, struct erasing *e, struct str key)
{
	struct hash h = {{0}}, *number = mem_alloc(c, sizeof *number);
	size_t i = 0;

	if (key.n == HASH_SIZE)
		memcpy(h.b, key.p, HASH_SIZE);
	while (i < e->n_key && !hash_eq(e->key[i], h))
		i++;
	if (i == e->n_key) {
		e->key = mem_grow(c, e->key, e->n_key, &e->cap_key, sizeof *e->key);
		e->key[e->n_key++] = h;
	}
	for (size_t k = 0, v = i + 1; k < sizeof v; k++, v >>= 8)
		number->b[HASH_SIZE - 1 - k] = (unsigned char)v;
	return db_blob(hash_str(number));
}

/* What takes the place of personal detail, in the order of the statement; rev and entry follow. */
static size_t values_of(struct ctx *c, struct erasing *e, enum step_table table,
    const struct db_val *row, struct db_val *v)
{
	static const char zeros[HASH_SIZE];
	struct str none = {"", 0};
	size_t n = 0, first, pairs = step_image_pairs(table, &first);

	if (table == STEP_DEMAND || table == STEP_ACCESS_REQUEST)
		v[n++] = db_blob(none);
	else if (table == STEP_MATTER)
		v[n++] = db_int(e->at.s);
	else if (table == STEP_TARGET)
		v[n++] = number_of(c, e, row[3].s);
	else if (table == STEP_FINDING)
		v[n++] = db_text(STR("{}"));
	else if (table == STEP_PRODUCTION_FILE || table == STEP_LOOK_OVER ||
		 table == STEP_FILE_CHECK || table == STEP_SNAPSHOT || table == STEP_NOTICE_COPY)
		v[n++] = db_blob((struct str){zeros, sizeof zeros});
	if (table == STEP_FILE_CHECK)
		v[n++] = db_blob((struct str){zeros, sizeof zeros});
	if (table == STEP_SNAPSHOT)
		v[n++] = db_int(e->at.s);
	if (table == STEP_PRODUCTION) {
		v[n++] = db_text(none);
		v[n++] = db_blob(none);
	}
	for (size_t i = 0; i < pairs; i++)
		v[n++] = gone(c, row + first + 2 * i);
	return n;
}

static enum sql update_of(enum step_table table)
{
	static const struct {
		enum step_table table;
		enum sql stmt;
	} updates[] = {{STEP_DEMAND, SQL_ERASE_DEMAND_ROW}, {STEP_PAPER, SQL_ERASE_PAPER},
	    {STEP_MATTER, SQL_ERASE_MATTER_ROW}, {STEP_LEGAL_ORDER, SQL_ERASE_ORDER},
	    {STEP_ORDER_OUTCOME, SQL_ERASE_OUTCOME}, {STEP_ORDER_FACT, SQL_ERASE_FACT},
	    {STEP_TARGET, SQL_ERASE_TARGET}, {STEP_ITEM, SQL_ERASE_ITEM},
	    {STEP_FINDING, SQL_ERASE_FINDING}, {STEP_REVIEW, SQL_ERASE_REVIEW},
	    {STEP_DECISION, SQL_ERASE_DECISION}, {STEP_PRODUCTION, SQL_ERASE_PRODUCTION},
	    {STEP_PRODUCTION_FILE, SQL_ERASE_FILE}, {STEP_PRODUCTION_SEAL, SQL_ERASE_SEAL},
	    {STEP_DELIVERY, SQL_ERASE_DELIVERY}, {STEP_PRESERVATION, SQL_ERASE_PRESERVATION},
	    {STEP_SECRECY, SQL_ERASE_SECRECY}, {STEP_CHALLENGE, SQL_ERASE_CHALLENGE},
	    {STEP_PAUSE, SQL_ERASE_PAUSE}, {STEP_MESSAGE, SQL_ERASE_MESSAGE},
	    {STEP_ERASURE_HOLD, SQL_ERASE_HOLD_ROW}, {STEP_ORDER_DSA, SQL_ERASE_DSA},
	    {STEP_CALL_BACK, SQL_ERASE_CALL_BACK}, {STEP_EXTENSION, SQL_ERASE_EXTENSION},
	    {STEP_DOWNLOAD, SQL_ERASE_DOWNLOAD}, {STEP_ALERT, SQL_ERASE_ALERT},
	    {STEP_SUBMISSION, SQL_ERASE_SUBMISSION}, {STEP_COLLEAGUE, SQL_ERASE_COLLEAGUE},
	    {STEP_DEMAND_SORTED, SQL_ERASE_SORTED_ROW}, {STEP_PAGING, SQL_ERASE_PAGING},
	    {STEP_HANDOVER, SQL_ERASE_HANDOVER}, {STEP_QUALITY_CHECK, SQL_ERASE_CHECK},
	    {STEP_LOOK_OVER, SQL_ERASE_LOOK_OVER}, {STEP_FILE_CHECK, SQL_ERASE_FILE_CHECK},
	    {STEP_DECISION_MASK, SQL_ERASE_MASK}, {STEP_CLAIM, SQL_ERASE_CLAIM},
	    {STEP_CLAIM_LINE, SQL_ERASE_CLAIM_LINE}, {STEP_CLAIM_BAR, SQL_ERASE_CLAIM_BAR},
	    {STEP_TICKET, SQL_ERASE_TICKET}, {STEP_SECRECY_SOURCE, SQL_ERASE_SECRECY_SOURCE},
	    {STEP_NOTICE, SQL_ERASE_NOTICE}, {STEP_CONTEST, SQL_ERASE_CONTEST},
	    {STEP_HEARING, SQL_ERASE_HEARING}, {STEP_CONTEST_BOUND, SQL_ERASE_BOUND},
	    {STEP_HOLD_REVIEW, SQL_ERASE_HOLD_REVIEW}, {STEP_ACCESS_REQUEST, SQL_ERASE_REQUEST},
	    {STEP_BAR_STEP, SQL_ERASE_BAR_STEP}, {STEP_SNAPSHOT, SQL_ERASE_SNAPSHOT},
	    {STEP_LAID, SQL_ERASE_LAID}, {STEP_PLEDGE, SQL_ERASE_PLEDGE},
	    {STEP_TAKER, SQL_ERASE_TAKER}, {STEP_PRODUCTION_MAIL, SQL_ERASE_PRODUCTION_MAIL},
	    {STEP_PRODUCTION_MEDIUM, SQL_ERASE_PRODUCTION_MEDIUM},
	    {STEP_TRANSFER, SQL_ERASE_TRANSFER}, {STEP_MISDELIVERY, SQL_ERASE_MISDELIVERY},
	    {STEP_RECALL, SQL_ERASE_RECALL}, {STEP_REDIRECT, SQL_ERASE_REDIRECT},
	    {STEP_NOTICE_COPY, SQL_ERASE_NOTICE_COPY}};

	for (size_t i = 0; i < sizeof updates / sizeof updates[0]; i++)
		if (updates[i].table == table)
			return updates[i].stmt;
	return SQL_COUNT;
}

struct changed_row {
	int64_t rev;
	struct db_val v[ARGS_MAX];
	size_t n;
};

struct changing {
	struct erasing *e;
	size_t first;
	struct changed_row *to;
};

static int read_row(struct ctx *c, size_t i, const struct db_val *row, void *arg)
{
	struct changing *ch = arg;
	enum step_table table = ch->e->row[ch->first + i].table;
	struct changed_row *to = &ch->to[i];

	to->rev = row[step_image_rev_col(table)].num;
	to->n = values_of(c, ch->e, table, row, to->v);
	for (size_t k = 0; k < to->n; k++)
		if (to->v[k].kind == DB_BLOB)
			to->v[k].s = str_make(c, to->v[k].s);
	return 0;
}

enum { AT_ONCE = 64 };

static int change_rows(struct ctx *c, struct erasing *e)
{
	struct changed_row *to = mem_array(c, AT_ONCE, sizeof *to);
	struct changing ch = {e, 0, to};
	struct db_call calls[AT_ONCE];
	int rc = 0;

	for (size_t n; ch.first < e->n && rc == 0; ch.first += n) {
		n = e->n - ch.first < AT_ONCE ? e->n - ch.first : AT_ONCE;
		for (size_t i = 0; i < n; i++)
			calls[i] = (struct db_call){step_image_stmt(e->row[ch.first + i].table),
			    db_int(e->row[ch.first + i].id)};
		rc = db_batch(c, e->db, calls, n, read_row, &ch);
		for (size_t i = 0; i < n && rc == 0; i++)
			rc = step_update(c, e->s, e->row[ch.first + i].table,
			    update_of(e->row[ch.first + i].table), e->row[ch.first + i].id,
			    to[i].rev, to[i].v, to[i].n);
	}
	return rc;
}

static int by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int change_entries(struct ctx *c, struct erasing *e)
{
	struct json *list = json_list(c);
	int rc = 0;

	if (e->n_entry > 0)
		qsort(e->entry, e->n_entry, sizeof *e->entry, by_number);
	for (size_t i = 0; i < e->n_entry && rc == 0; i++) {
		json_add(c, list, json_of_int(c, e->entry[i]));
		rc = db_run(c, e->db, SQL_ERASED_PUT,
		    DB_ARGS(db_int(e->entry[i]), db_int(e->erasure)), NULL);
		if (rc == 0)
			rc = db_run(c, e->db, SQL_ENTRY_ERASE, DB_ARGS(db_int(e->entry[i])), NULL);
	}
	json_set(c, e->s->detail, "erased", list);
	if (e->kept > 0)
		json_set_int(c, e->s->detail, "kept", e->kept);
	return rc;
}

int erase_rows(
    struct ctx *c, struct step *s, const struct erase_unit *u, int64_t erasure, struct instant at)
{
	struct erasing *e = mem_alloc(c, sizeof *e);
	int rc;

	*e = (struct erasing){.s = s, .db = s->store->db, .erasure = erasure, .at = at};
	rc = u->matter != 0 ? list_matter(c, e, u->matter) : 0;
	if (rc == 0)
		rc = list_demands(c, e, u);
	if (rc != 0)
		return rc;
	qsort(e->row, e->n, sizeof *e->row, by_table);
	if (u->matter != 0)
		rc = db_each(
		    c, e->db, SQL_ENTRY_OF_MATTER, DB_ARGS(db_int(u->matter)), take_of_matter, e);
	for (size_t i = 0; i < e->n_demand && rc == 0; i++)
		rc = list_loose(c, e, e->demand[i]);
	if (rc == 0)
		rc = change_rows(c, e);
	return rc == 0 ? change_entries(c, e) : rc;
}
