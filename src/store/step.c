#include "store/step.h"

#include "base/mem.h"
#include "store/ledger.h"
#include "store/row.h"

struct step_touch {
	enum step_table table;
	int64_t id, rev; /* rev: the one this step leaves */
};

/* How the image of a table's rows is laid out: sealed pairs (gone, ct) at the end, rev and entry
 * the last two of the plain columns. */
static const struct {
	const char *name;
	enum sql image, each;
	size_t plain, pairs;
} tables[STEP_TABLES] = {
    [STEP_PERSON] = {"person", SQL_IMAGE_PERSON, SQL_IMAGE_EACH_PERSON, 9, 1},
    [STEP_DEMAND] = {"demand", SQL_IMAGE_DEMAND, SQL_IMAGE_EACH_DEMAND, 17, 1},
    [STEP_PAPER] = {"paper", SQL_IMAGE_PAPER, SQL_IMAGE_EACH_PAPER, 6, 2},
    [STEP_MATTER] = {"matter", SQL_IMAGE_MATTER, SQL_IMAGE_EACH_MATTER, 9, 0},
    [STEP_LEGAL_ORDER] = {"legal_order", SQL_IMAGE_LEGAL_ORDER, SQL_IMAGE_EACH_LEGAL_ORDER, 20, 0},
    [STEP_ORDER_OUTCOME] = {"order_outcome", SQL_IMAGE_ORDER_OUTCOME, SQL_IMAGE_EACH_ORDER_OUTCOME,
	7, 0},
    [STEP_ORDER_FACT] = {"order_fact", SQL_IMAGE_ORDER_FACT, SQL_IMAGE_EACH_ORDER_FACT, 6, 1},
    [STEP_TARGET] = {"target", SQL_IMAGE_TARGET, SQL_IMAGE_EACH_TARGET, 9, 2},
    [STEP_ITEM] = {"item", SQL_IMAGE_ITEM, SQL_IMAGE_EACH_ITEM, 12, 0},
    [STEP_FINDING] = {"finding", SQL_IMAGE_FINDING, SQL_IMAGE_EACH_FINDING, 14, 1},
    [STEP_REVIEW] = {"review", SQL_IMAGE_REVIEW, SQL_IMAGE_EACH_REVIEW, 9, 1},
    [STEP_DECISION] = {"decision", SQL_IMAGE_DECISION, SQL_IMAGE_EACH_DECISION, 20, 1},
    [STEP_PRODUCTION] = {"production", SQL_IMAGE_PRODUCTION, SQL_IMAGE_EACH_PRODUCTION, 12, 0},
    [STEP_PRODUCTION_FILE] = {"production_file", SQL_IMAGE_PRODUCTION_FILE,
	SQL_IMAGE_EACH_PRODUCTION_FILE, 12, 0},
    [STEP_DELIVERY] = {"delivery", SQL_IMAGE_DELIVERY, SQL_IMAGE_EACH_DELIVERY, 7, 0},
    [STEP_PRESERVATION] = {"preservation", SQL_IMAGE_PRESERVATION, SQL_IMAGE_EACH_PRESERVATION, 10,
	0},
    [STEP_SECRECY] = {"secrecy", SQL_IMAGE_SECRECY, SQL_IMAGE_EACH_SECRECY, 9, 0},
    [STEP_CHALLENGE] = {"challenge", SQL_IMAGE_CHALLENGE, SQL_IMAGE_EACH_CHALLENGE, 7, 1},
    [STEP_PAUSE] = {"pause", SQL_IMAGE_PAUSE, SQL_IMAGE_EACH_PAUSE, 7, 0},
    [STEP_MESSAGE] = {"message", SQL_IMAGE_MESSAGE, SQL_IMAGE_EACH_MESSAGE, 7, 1},
    [STEP_SEALED_RECORD] = {"sealed_record", SQL_IMAGE_SEALED_RECORD, SQL_IMAGE_EACH_SEALED_RECORD,
	3, 1},
    [STEP_IMPORT] = {"import", SQL_IMAGE_IMPORT, SQL_IMAGE_EACH_IMPORT, 13, 0},
    [STEP_EDITION] = {"edition", SQL_IMAGE_EDITION, SQL_IMAGE_EACH_EDITION, 13, 0},
    [STEP_EPOCH] = {"epoch", SQL_IMAGE_EPOCH, SQL_IMAGE_EACH_EPOCH, 15, 0},
    [STEP_ERASURE] = {"erasure", SQL_IMAGE_ERASURE, SQL_IMAGE_EACH_ERASURE, 13, 0},
    [STEP_ERASURE_HOLD] = {"erasure_hold", SQL_IMAGE_ERASURE_HOLD, SQL_IMAGE_EACH_ERASURE_HOLD, 7,
	1},
    [STEP_STATEMENT] = {"statement", SQL_IMAGE_STATEMENT, SQL_IMAGE_EACH_STATEMENT, 28, 0},
    [STEP_PERMISSION] = {"permission", SQL_IMAGE_PERMISSION, SQL_IMAGE_EACH_PERMISSION, 22, 0},
    [STEP_KNOWN_FIGURE] = {"known_figure", SQL_IMAGE_KNOWN_FIGURE, SQL_IMAGE_EACH_KNOWN_FIGURE, 20,
	0},
    [STEP_USER_BASE] = {"user_base", SQL_IMAGE_USER_BASE, SQL_IMAGE_EACH_USER_BASE, 9, 0},
    [STEP_EDITION_CAUSE] = {"edition_cause", SQL_IMAGE_EDITION_CAUSE, SQL_IMAGE_EACH_EDITION_CAUSE,
	8, 0},
    [STEP_ORDER_DSA] = {"order_dsa", SQL_IMAGE_ORDER_DSA, SQL_IMAGE_EACH_ORDER_DSA, 12, 0},
    [STEP_DSA_GIVEN] = {"dsa_given", SQL_IMAGE_DSA_GIVEN, SQL_IMAGE_EACH_DSA_GIVEN, 16, 0},
    [STEP_PERSON_LAND] = {"person_land", SQL_IMAGE_PERSON_LAND, SQL_IMAGE_EACH_PERSON_LAND, 6, 0},
    [STEP_PASSKEY] = {"passkey", SQL_IMAGE_PASSKEY, SQL_IMAGE_EACH_PASSKEY, 11, 1},
    [STEP_ENROLMENT] = {"enrolment", SQL_IMAGE_ENROLMENT, SQL_IMAGE_EACH_ENROLMENT, 13, 0},
    [STEP_AGENCY] = {"agency", SQL_IMAGE_AGENCY, SQL_IMAGE_EACH_AGENCY, 11, 0},
    [STEP_AGENCY_DOMAIN] = {"agency_domain", SQL_IMAGE_AGENCY_DOMAIN, SQL_IMAGE_EACH_AGENCY_DOMAIN,
	9, 0},
    [STEP_OFFICER] = {"officer", SQL_IMAGE_OFFICER, SQL_IMAGE_EACH_OFFICER, 13, 1},
    [STEP_STANDING] = {"standing", SQL_IMAGE_STANDING, SQL_IMAGE_EACH_STANDING, 8, 1},
    [STEP_SUBMISSION] = {"submission", SQL_IMAGE_SUBMISSION, SQL_IMAGE_EACH_SUBMISSION, 9, 0},
    [STEP_COLLEAGUE] = {"colleague", SQL_IMAGE_COLLEAGUE, SQL_IMAGE_EACH_COLLEAGUE, 8, 0},
    [STEP_CALL_BACK] = {"call_back", SQL_IMAGE_CALL_BACK, SQL_IMAGE_EACH_CALL_BACK, 7, 1},
    [STEP_EXTENSION] = {"extension", SQL_IMAGE_EXTENSION, SQL_IMAGE_EACH_EXTENSION, 11, 1},
    [STEP_ALERT] = {"alert", SQL_IMAGE_ALERT, SQL_IMAGE_EACH_ALERT, 9, 1},
    [STEP_DOWNLOAD] = {"download", SQL_IMAGE_DOWNLOAD, SQL_IMAGE_EACH_DOWNLOAD, 6, 0},
    [STEP_DEMAND_SORTED] = {"demand_sorted", SQL_IMAGE_DEMAND_SORTED, SQL_IMAGE_EACH_DEMAND_SORTED,
	10, 1},
    [STEP_HANDOVER] = {"handover", SQL_IMAGE_HANDOVER, SQL_IMAGE_EACH_HANDOVER, 7, 1},
    [STEP_PAGING] = {"paging", SQL_IMAGE_PAGING, SQL_IMAGE_EACH_PAGING, 9, 0},
    [STEP_QUALITY_CHECK] = {"quality_check", SQL_IMAGE_QUALITY_CHECK, SQL_IMAGE_EACH_QUALITY_CHECK,
	9, 1},
    [STEP_API_TOKEN] = {"api_token", SQL_IMAGE_API_TOKEN, SQL_IMAGE_EACH_API_TOKEN, 12, 1},
    [STEP_WEBHOOK] = {"webhook", SQL_IMAGE_WEBHOOK, SQL_IMAGE_EACH_WEBHOOK, 8, 2},
    [STEP_CLAIM_BAR] = {"claim_bar", SQL_IMAGE_CLAIM_BAR, SQL_IMAGE_EACH_CLAIM_BAR, 7, 0},
    [STEP_CLAIM] = {"claim", SQL_IMAGE_CLAIM, SQL_IMAGE_EACH_CLAIM, 28, 2},
    [STEP_CLAIM_LINE] = {"claim_line", SQL_IMAGE_CLAIM_LINE, SQL_IMAGE_EACH_CLAIM_LINE, 16, 1},
    [STEP_OIDC_SUBJECT] = {"oidc_subject", SQL_IMAGE_OIDC_SUBJECT, SQL_IMAGE_EACH_OIDC_SUBJECT, 11,
	1},
    [STEP_SERVICE_TEST] = {"service_test", SQL_IMAGE_SERVICE_TEST, SQL_IMAGE_EACH_SERVICE_TEST, 11,
	0},
    [STEP_TICKET] = {"ticket", SQL_IMAGE_TICKET, SQL_IMAGE_EACH_TICKET, 24, 2},
    [STEP_SECRECY_SOURCE] = {"secrecy_source", SQL_IMAGE_SECRECY_SOURCE,
	SQL_IMAGE_EACH_SECRECY_SOURCE, 9, 0},
    [STEP_NOTICE] = {"notice", SQL_IMAGE_NOTICE, SQL_IMAGE_EACH_NOTICE, 17, 2},
    [STEP_LOOK_OVER] = {"look_over", SQL_IMAGE_LOOK_OVER, SQL_IMAGE_EACH_LOOK_OVER, 9, 0},
    [STEP_FILE_CHECK] = {"file_check", SQL_IMAGE_FILE_CHECK, SQL_IMAGE_EACH_FILE_CHECK, 17, 0},
    [STEP_DECISION_MASK] = {"decision_mask", SQL_IMAGE_DECISION_MASK, SQL_IMAGE_EACH_DECISION_MASK,
	5, 0},
    [STEP_PRODUCTION_SEAL] = {"production_seal", SQL_IMAGE_PRODUCTION_SEAL,
	SQL_IMAGE_EACH_PRODUCTION_SEAL, 10, 3},
    [STEP_CONTEST] = {"contest", SQL_IMAGE_CONTEST, SQL_IMAGE_EACH_CONTEST, 15, 2},
    [STEP_HEARING] = {"hearing", SQL_IMAGE_HEARING, SQL_IMAGE_EACH_HEARING, 8, 1},
    [STEP_CONTEST_BOUND] = {"contest_bound", SQL_IMAGE_CONTEST_BOUND, SQL_IMAGE_EACH_CONTEST_BOUND,
	9, 0},
    [STEP_HOLD_REVIEW] = {"hold_review", SQL_IMAGE_HOLD_REVIEW, SQL_IMAGE_EACH_HOLD_REVIEW, 6, 0},
    [STEP_ACCESS_REQUEST] = {"access_request", SQL_IMAGE_ACCESS_REQUEST,
	SQL_IMAGE_EACH_ACCESS_REQUEST, 15, 3},
    [STEP_BAR_STEP] = {"bar_step", SQL_IMAGE_BAR_STEP, SQL_IMAGE_EACH_BAR_STEP, 11, 1},
    [STEP_SERVICE_TOKEN] = {"service_token", SQL_IMAGE_SERVICE_TOKEN, SQL_IMAGE_EACH_SERVICE_TOKEN,
	12, 1},
    [STEP_SNAPSHOT] = {"snapshot", SQL_IMAGE_SNAPSHOT, SQL_IMAGE_EACH_SNAPSHOT, 11, 0},
    [STEP_LAID] = {"laid", SQL_IMAGE_LAID, SQL_IMAGE_EACH_LAID, 15, 1},
    [STEP_PLEDGE] = {"pledge", SQL_IMAGE_PLEDGE, SQL_IMAGE_EACH_PLEDGE, 7, 0},
    [STEP_TAKER] = {"taker", SQL_IMAGE_TAKER, SQL_IMAGE_EACH_TAKER, 7, 1},
    [STEP_PRODUCTION_MAIL] = {"production_mail", SQL_IMAGE_PRODUCTION_MAIL,
	SQL_IMAGE_EACH_PRODUCTION_MAIL, 14, 2},
    [STEP_PRODUCTION_MEDIUM] = {"production_medium", SQL_IMAGE_PRODUCTION_MEDIUM,
	SQL_IMAGE_EACH_PRODUCTION_MEDIUM, 11, 2},
    [STEP_TRANSFER] = {"transfer", SQL_IMAGE_TRANSFER, SQL_IMAGE_EACH_TRANSFER, 9, 1},
    [STEP_MISDELIVERY] = {"misdelivery", SQL_IMAGE_MISDELIVERY, SQL_IMAGE_EACH_MISDELIVERY, 10, 2},
    [STEP_RECALL] = {"recall", SQL_IMAGE_RECALL, SQL_IMAGE_EACH_RECALL, 10, 2},
    [STEP_REDIRECT] = {"redirect", SQL_IMAGE_REDIRECT, SQL_IMAGE_EACH_REDIRECT, 8, 1},
    [STEP_NOTICE_COPY] = {"notice_copy", SQL_IMAGE_NOTICE_COPY, SQL_IMAGE_EACH_NOTICE_COPY, 14, 1},
};

const char *step_table_name(enum step_table table)
{
	return tables[table].name;
}

enum step_table step_table_find(struct str name)
{
	enum step_table t = 0;

	while (t < STEP_TABLES && !str_is(name, tables[t].name))
		t++;
	return t;
}

enum sql step_image_stmt(enum step_table table)
{
	return tables[table].image;
}

enum sql step_image_each_stmt(enum step_table table)
{
	return tables[table].each;
}

size_t step_image_rev_col(enum step_table table)
{
	return tables[table].plain - 2;
}

size_t step_image_entry_col(enum step_table table)
{
	return tables[table].plain - 1;
}

size_t step_image_pairs(enum step_table table, size_t *ret_first)
{
	*ret_first = tables[table].plain;
	return tables[table].pairs;
}

/* A sealed column counts by the hash of its ciphertext, which stays when the text is erased. */
static void put_sealed(struct buf *b, struct db_val gone, struct db_val ct)
{
	struct hash h;

	if (ct.kind != DB_NULL) {
		h = hash_of(ct.s);
		buf_putc(b, 'h');
		buf_put(b, hash_str(&h));
	} else if (gone.kind != DB_NULL) {
		buf_putc(b, 'h');
		buf_put(b, gone.s);
	} else {
		buf_putc(b, 'n');
	}
}

struct hash step_image(struct ctx *c, enum step_table table, const struct db_val *row)
{
	struct mem_mark mark = mem_mark(c);
	struct buf b = buf_init(c, 64 << 20);
	struct hash h;

	buf_put(&b, STR("writ/row/1\0"));
	buf_puts(&b, tables[table].name);
	buf_putc(&b, '\0');
	for (size_t i = 0; i < tables[table].plain; i++)
		row_put(&b, row[i]);
	for (size_t i = 0; i < tables[table].pairs; i++)
		put_sealed(
		    &b, row[tables[table].plain + 2 * i], row[tables[table].plain + 2 * i + 1]);
	h = hash_of(buf_str(&b));
	mem_reset(c, mark);
	return h;
}

static void touch(struct ctx *c, struct step *s, enum step_table table, int64_t id, int64_t rev)
{
	for (size_t i = 0; i < s->n_touched; i++)
		if (s->touched[i].table == table && s->touched[i].id == id) {
			s->touched[i].rev = rev;
			return;
		}
	s->touched = mem_grow(c, s->touched, s->n_touched, &s->cap_touched, sizeof *s->touched);
	s->touched[s->n_touched++] = (struct step_touch){table, id, rev};
}

bool step_touched(const struct step *s, enum step_table table)
{
	for (size_t i = 0; i < s->n_touched; i++)
		if (s->touched[i].table == table)
			return true;
	return false;
}

enum { MAX_ARGS = 32 };

/* The id is drawn when the first row is written, after the case is locked: so the ids of a case's
 * steps ascend in the order in which the steps happen. */
static int begin_as(struct ctx *c, struct step *s, int64_t id)
{
	s->entry = id;
	return db_run(c, s->store->db, SQL_STAMP_PUT, DB_ARGS(db_int(id)), NULL);
}

int step_begin(struct ctx *c, struct step *s)
{
	int64_t id;
	int rc;

	if (s->entry != 0)
		return 0;
	rc = ledger_ids(c, s->store->db, 1, &id);
	return rc == 0 ? begin_as(c, s, id) : rc;
}

static int lock(struct ctx *c, struct step *s, enum sql stmt, int64_t id)
{
	const struct db_val *row;
	int64_t matter;
	int rc = db_one(c, s->store->db, stmt, DB_ARGS(db_int(id)), &row);

	if (rc != 0)
		return rc;
	matter = row[0].num;
	if (row[2].kind != DB_NULL)
		return err_set(c, ERR_DENIED,
		    "the case was erased on %s: nothing more can be done on it",
		    day_str(c, instant_day(db_get_instant(row[2]))).p);
	if (s->entry == 0 && row[1].num != 0) {
		rc = begin_as(c, s, row[1].num);
	} else if (s->entry != 0) {
		rc = db_one(c, s->store->db, SQL_ENTRY_NEWER,
		    DB_ARGS(db_int(matter), db_int(s->entry)), &row);
		if (rc == 0 && row[0].num > 0)
			rc = err_set(c, ERR_CONFLICT, "somebody changed the case meanwhile");
	}
	if (rc == 0)
		s->matter = matter;
	return rc;
}

int step_matter(struct ctx *c, struct step *s, int64_t matter)
{
	return lock(c, s, SQL_MATTER_LOCK, matter);
}

int step_order(struct ctx *c, struct step *s, int64_t order)
{
	return lock(c, s, SQL_MATTER_LOCK_ORDER, order);
}

int step_insert(struct ctx *c, struct step *s, enum step_table table, enum sql stmt,
    const struct db_val *v, size_t n, int64_t *ret_id)
{
	struct db_val args[MAX_ARGS];
	const struct db_val *row;
	int rc;

	if (n + 2 > MAX_ARGS)
		return err_set(c, ERR_FAIL, "%s: too many values", tables[table].name);
	rc = step_begin(c, s);
	if (rc != 0)
		return rc;
	if (n > 0)
		memcpy(args, v, n * sizeof *v);
	args[n] = db_int(1);
	args[n + 1] = db_int(s->entry);
	rc = db_one(c, s->store->db, stmt, args, n + 2, &row);
	if (rc != 0)
		return rc;
	touch(c, s, table, row[0].num, 1);
	if (ret_id != NULL)
		*ret_id = row[0].num;
	return 0;
}

static int changed_meanwhile(struct ctx *c, enum step_table table)
{
	return err_set(c, ERR_CONFLICT, "%s: somebody changed it meanwhile", tables[table].name);
}

int step_update(struct ctx *c, struct step *s, enum step_table table, enum sql stmt, int64_t id,
    int64_t rev, const struct db_val *v, size_t n)
{
	struct db_val args[MAX_ARGS];
	int64_t changed;
	int rc;

	if (n + 3 > MAX_ARGS)
		return err_set(c, ERR_FAIL, "%s: too many values", tables[table].name);
	rc = step_begin(c, s);
	if (rc != 0)
		return rc;
	if (n > 0)
		memcpy(args, v, n * sizeof *v);
	args[n] = db_int(s->entry);
	args[n + 1] = db_int(id);
	args[n + 2] = db_int(rev);
	/* where that is not known yet, the row's image tells it at the end (put_rows) */
	rc = db_change(c, s->store->db, stmt, args, n + 3, &changed);
	if (rc != 0)
		return rc;
	if (changed == 0)
		return changed_meanwhile(c, table);
	touch(c, s, table, id, rev + 1);
	return 0;
}

struct imaging {
	struct step *s;
	struct json *rows;
	size_t first;
};

/* A row as it is now, hashed where the engine holds it. One that is not of this step in the
 * revision that the step gave it was somebody else's by then. */
static int put_row(struct ctx *c, size_t i, const struct db_val *row, void *arg)
{
	const struct imaging *x = arg;
	const struct step_touch *t = &x->s->touched[x->first + i];
	struct json *one = json_list(c);

	if (row[step_image_rev_col(t->table)].num != t->rev ||
	    row[step_image_entry_col(t->table)].num != x->s->entry)
		return changed_meanwhile(c, t->table);
	json_add(c, one, json_of_text(c, str_of(tables[t->table].name)));
	json_add(c, one, json_of_int(c, t->id));
	json_add(c, one, json_of_int(c, t->rev));
	json_add(c, one, json_of_text(c, hash_hex(c, step_image(c, t->table, row))));
	json_add(c, x->rows, one);
	return 0;
}

enum { AT_ONCE = 64 };

static int put_rows(struct ctx *c, struct step *s)
{
	struct imaging x = {s, json_list(c), 0};
	struct db_call calls[AT_ONCE];
	int rc = 0;

	for (size_t n; x.first < s->n_touched && rc == 0; x.first += n) {
		n = s->n_touched - x.first < AT_ONCE ? s->n_touched - x.first : AT_ONCE;
		for (size_t i = 0; i < n; i++)
			calls[i] = (struct db_call){tables[s->touched[x.first + i].table].image,
			    db_int(s->touched[x.first + i].id)};
		rc = db_batch(c, s->store->db, calls, n, put_row, &x);
	}
	json_set(c, s->detail, "rows", x.rows);
	return rc;
}

struct running {
	struct step *s;
	int (*fn)(struct ctx *c, struct step *s, void *arg);
	void *arg;
};

static int run(struct ctx *c, struct db *db, void *arg)
{
	struct running *r = arg;
	struct step *s = r->s;
	int rc = r->fn(c, s, r->arg);

	if (rc == 0 && s->matter != 0 && s->store->after != NULL)
		rc = s->store->after(c, s, s->store->after_arg);
	if (rc == 0)
		rc = step_begin(c, s);
	if (rc == 0)
		rc = put_rows(c, s);
	if (rc != 0)
		return rc;
	json_set_text(c, s->detail, "kind", str_of(s->kind));
	json_set_int(c, s->detail, "at", s->now.s);
	json_set_int(c, s->detail, "actor", s->actor);
	if (s->matter != 0)
		json_set_int(c, s->detail, "matter", s->matter);
	rc = ledger_put(c, db, s->entry, s->kind, s->now, s->actor, s->matter,
	    json_str(c, s->detail), true, &s->leaf);
	return rc == 0 ? ledger_pend(c, db, s->entry, 1) : rc;
}

/* One step: tx is db_tx, or, inside a transaction, just the call. */
static int run_with(struct ctx *c, struct step *s,
    int (*tx)(struct ctx *c, struct db *db, int (*fn)(struct ctx *c, struct db *db, void *arg),
	void *arg),
    int (*fn)(struct ctx *c, struct step *s, void *arg), void *arg, struct step *ret)
{
	struct running r = {s, fn, arg};
	int rc;

	s->detail = json_map(c);
	rc = tx(c, s->store->db, run, &r);
	if (rc != 0)
		return rc;
	s->store->recorded++;
	if (ret != NULL)
		*ret = *s;
	return 0;
}

static int inside_tx(
    struct ctx *c, struct db *db, int (*fn)(struct ctx *c, struct db *db, void *arg), void *arg)
{
	return fn(c, db, arg);
}

int step_run(struct ctx *c, struct store *store, const char *kind, int64_t actor,
    int (*fn)(struct ctx *c, struct step *s, void *arg), void *arg, struct step *ret)
{
	struct step s = {.store = store, .kind = kind, .actor = actor, .now = {ctx_now(c)}};

	return run_with(c, &s, db_in_tx(store->db) ? inside_tx : db_tx, fn, arg, ret);
}

int step_run_still(struct ctx *c, struct store *store, const char *kind, int64_t actor,
    int (*fn)(struct ctx *c, struct step *s, void *arg), void *arg, struct step *ret)
{
	struct step s = {.store = store, .kind = kind, .actor = actor, .now = {ctx_now(c)}};

	return run_with(c, &s, db_tx_still, fn, arg, ret);
}

struct together {
	int (*fn)(struct ctx *c, void *arg);
	void *arg;
};

static int all_of(struct ctx *c, struct db *db, void *arg)
{
	const struct together *t = arg;

	(void)db;
	return t->fn(c, t->arg);
}

int step_together(
    struct ctx *c, struct store *store, int (*fn)(struct ctx *c, void *arg), void *arg)
{
	int64_t before = store->recorded;
	int rc = db_in_tx(store->db) ? fn(c, arg)
				     : db_tx(c, store->db, all_of, &(struct together){fn, arg});

	if (rc != 0)
		store->recorded = before;
	return rc;
}

int step_part(struct ctx *c, struct store *store, const char *kind, int64_t actor,
    int (*fn)(struct ctx *c, struct step *s, void *arg), void *arg, struct step *ret)
{
	struct step s = {.store = store, .kind = kind, .actor = actor, .now = {ctx_now(c)}};

	return run_with(c, &s, inside_tx, fn, arg, ret);
}
