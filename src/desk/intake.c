#include "desk/intake.h"

#include "base/mem.h"
#include "desk/ack.h"
#include "store/blob.h"
#include "store/sign.h"

enum { UNNAMED_MAX = 100 };

static int put_paper(struct ctx *c, struct instance *in, struct str folder, struct str name,
    struct demand_paper *ret)
{
	struct str path = str_fmt(c, "%.*s%.*s", STR_ARG(folder), STR_ARG(name));
	struct blob_made made;
	int rc = blob_put(c, instance_path(c, in, in->blobs).p, path.p, INTAKE_PAPER_MAX, &made);

	if (rc == 0)
		*ret = (struct demand_paper){.blob = str_make(c, str_of(made.name)),
		    .name = name,
		    .key = {mem_dup(c, made.key, sizeof made.key), sizeof made.key},
		    .size = made.size};
	return rc;
}

int intake_papers(struct ctx *c, struct instance *in, struct str file, const struct draft *draft,
    struct demand_paper **ret)
{
	struct demand_paper *papers = mem_array(c, draft->n_papers, sizeof *papers);
	struct str folder = file;

	while (folder.n > 0 && folder.p[folder.n - 1] != '/')
		folder.n--;
	for (size_t i = 0; i < draft->n_papers; i++) {
		int rc = put_paper(c, in, folder, draft->papers[i], &papers[i]);

		if (rc != 0)
			return err_while(c, rc, "papers[%zu]", i);
	}
	*ret = papers;
	return 0;
}

/* In the journal first: what is promised is known there too. */
int intake_promise(
    struct ctx *c, struct instance *in, const struct demand_receipt *receipt, struct str *ret)
{
	int rc = ack_add(c, in, &receipt->ref, 1);

	if (rc == 0)
		rc = sign_promise(
		    c, instance_keys(c, in), receipt->leaf, (struct instant){ctx_now(c)}, ret);
	if (rc == 0)
		rc = db_run(c, in->store.db, SQL_PROMISE_PUT,
		    DB_ARGS(db_int(receipt->entry), db_text(*ret)), NULL);
	return rc;
}

/* ---- where the signer is out of reach ---- */

int intake_owe(struct ctx *c, struct instance *in, const struct demand_receipt *receipt)
{
	return db_run(c, in->store.db, SQL_RECEIPT_PUT,
	    DB_ARGS(
		db_int(receipt->entry), db_blob(hash_str(&receipt->leaf)), db_text(receipt->ref)),
	    NULL);
}

int intake_owed(struct ctx *c, struct instance *in, struct str ref)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_RECEIPT_WAITS, DB_ARGS(db_text(ref)), &row);

	if (rc != 0 || row[1].num != 2)
		return rc;
	rc = ack_add(c, in, &ref, 1);
	return rc == 0 ? db_run(c, in->store.db, SQL_RECEIPT_NAMED, DB_ARGS(row[0]), NULL) : rc;
}

struct unnamed {
	int64_t demand[UNNAMED_MAX];
	struct str ref[UNNAMED_MAX];
	size_t n;
};

static int unnamed_take(struct ctx *c, const struct db_val *row, void *arg)
{
	struct unnamed *u = arg;

	if (u->n == UNNAMED_MAX)
		return 0;
	u->demand[u->n] = row[0].num;
	u->ref[u->n++] = str_make(c, row[1].s);
	return 0;
}

/* What somebody recorded who was killed before the journal had it; who works is done by now. */
static int name_rest(struct ctx *c, struct instance *in)
{
	struct unnamed u = {.n = 0};
	int rc = db_each(c, in->store.db, SQL_RECEIPT_UNNAMED,
	    DB_ARGS(db_int(ctx_now(c) - INTAKE_NAMED_SECONDS)), unnamed_take, &u);

	if (rc == 0 && u.n > 0)
		rc = ack_add(c, in, u.ref, u.n);
	for (size_t i = 0; i < u.n && rc == 0; i++)
		rc = db_run(c, in->store.db, SQL_RECEIPT_NAMED, DB_ARGS(db_int(u.demand[i])), NULL);
	return rc;
}

struct due {
	int64_t entry, demand;
	struct hash leaf;
};
struct dues {
	struct due *at;
	size_t n, cap;
};

static int due_take(struct ctx *c, const struct db_val *row, void *arg)
{
	struct dues *d = arg;
	struct due one = {.entry = row[0].num, .demand = row[2].num};

	if (row[1].s.n != HASH_SIZE)
		return err_set(c, ERR_FAIL, "a leaf in table receipt is none");
	memcpy(one.leaf.b, row[1].s.p, HASH_SIZE);
	d->at = mem_grow(c, d->at, d->n, &d->cap, sizeof *d->at);
	d->at[d->n++] = one;
	return 0;
}

struct signed_one {
	const struct due *due;
	struct str note;
};

static int put_signed(struct ctx *c, struct db *db, void *arg)
{
	const struct signed_one *s = arg;
	int rc =
	    db_run(c, db, SQL_PROMISE_PUT, DB_ARGS(db_int(s->due->entry), db_text(s->note)), NULL);

	return rc == 0 ? db_run(c, db, SQL_RECEIPT_SIGNED, DB_ARGS(db_int(s->due->demand)), NULL)
		       : rc;
}

int intake_promises(struct ctx *c, struct instance *in)
{
	struct dues d = {0};
	int rc = name_rest(c, in);

	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_RECEIPT_WAITING, DB_NO_ARGS, due_take, &d);

	for (size_t i = 0; i < d.n && rc == 0; i++) {
		struct signed_one s = {&d.at[i], {0}};

		rc = sign_promise(
		    c, instance_keys(c, in), s.due->leaf, (struct instant){ctx_now(c)}, &s.note);
		if (rc == 0)
			rc = db_tx(c, in->store.db, put_signed, &s);
	}
	return rc;
}

int intake_receipt(struct ctx *c, struct instance *in, const struct demand *d, struct str *ret)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_RECEIPT_NOTE, DB_ARGS(db_int(d->id)), &row);

	if (rc == 0)
		*ret = row == NULL ? STR("") : str_make(c, row[0].s);
	return rc;
}

int intake_receipt_by(struct ctx *c, struct instance *in, struct str ref, struct str *ret)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_DEMAND_BY_REF, DB_ARGS(db_text(ref)), &row);

	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no demand has this reference");
	return rc == 0 ? intake_receipt(c, in, &(struct demand){.id = row[0].num}, ret) : rc;
}
