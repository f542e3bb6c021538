#include "desk/outgoing.h"

#include "base/mem.h"
#include "desk/retry.h"
#include "kind/id.h"

static bool one_line(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ')
			return false;
	return true;
}

static struct str sealed_text(struct ctx *c, struct instance *in, const struct outgoing *o)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "subject", o->subject);
	json_set_text(c, j, "text", o->text);
	return vault_seal(c, in->store.vault, "outgoing.text", json_str(c, j));
}

int outgoing_put(struct ctx *c, struct instance *in, const struct outgoing *o)
{
	struct id made = id_make(c);
	struct str ref = o->ref.n > 0 ? o->ref : id_str(&made);
	int64_t due = o->due.s == 0 ? ctx_now(c) : o->due.s;

	if (!one_line(o->to) || !one_line(o->subject) || o->to.n == 0)
		return err_set(c, ERR_INVALID, "an address or subject is not one line");
	if (o->text.n > OUTGOING_TEXT_MAX)
		return err_set(c, ERR_LIMIT, "a letter has at most 64 KiB");
	return db_run(c, in->store.db, SQL_OUTGOING_PUT,
	    DB_ARGS(db_text(ref), db_text(o->kind), db_int(due), db_int(ctx_now(c)),
		db_blob(vault_seal(c, in->store.vault, "outgoing.to", o->to)),
		db_blob(sealed_text(c, in, o))),
	    NULL);
}

static int from_row(
    struct ctx *c, struct instance *in, const struct db_val *r, struct outgoing *ret)
{
	struct outgoing o = {.ref = str_make(c, r[1].s),
	    .kind = str_make(c, r[2].s),
	    .state = str_make(c, r[3].s),
	    .tries = r[4].num,
	    .due = {r[5].num},
	    .made = {r[6].num}};
	struct str text;
	struct json *j;
	int rc = 0;

	if (r[7].kind == DB_BLOB)
		rc = vault_unseal(c, in->store.vault, "outgoing.to", r[7].s, &o.to);
	if (rc == 0 && r[8].kind == DB_BLOB) {
		rc = vault_unseal(c, in->store.vault, "outgoing.text", r[8].s, &text);
		if (rc == 0)
			rc = json_parse(c, "stored letter", text, &j);
		if (rc == 0) {
			o.subject = json_text(j, "subject");
			o.text = json_text(j, "text");
		}
	}
	if (rc == 0)
		*ret = o;
	return rc;
}

struct each {
	struct instance *in;
	int (*fn)(struct ctx *c, const struct outgoing *o, void *arg);
	void *arg;
};

static int each_row(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;
	struct outgoing o;
	int rc = from_row(c, e->in, row, &o);

	return rc == 0 ? e->fn(c, &o, e->arg) : rc;
}

int outgoing_each(struct ctx *c, struct instance *in, int64_t limit,
    int (*fn)(struct ctx *c, const struct outgoing *o, void *arg), void *arg)
{
	struct each e = {in, fn, arg};

	return db_each(c, in->store.db, SQL_OUTGOING_DUE,
	    DB_ARGS(db_int(ctx_now(c)), db_int(limit)), each_row, &e);
}

int outgoing_get(struct ctx *c, struct instance *in, struct str ref, struct outgoing *ret)
{
	const struct db_val *row;
	struct id id;
	int rc = id_parse(c, ref, &id);

	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_OUTGOING_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc == 0 && row == NULL)
		rc = err_set(c, ERR_NOTFOUND, "no letter has this reference");
	return rc == 0 ? from_row(c, in, row, ret) : rc;
}

int outgoing_sent(struct ctx *c, struct instance *in, struct str ref)
{
	return db_run(c, in->store.db, SQL_OUTGOING_SENT, DB_ARGS(db_text(ref)), NULL);
}

int outgoing_failed(struct ctx *c, struct instance *in, struct str ref)
{
	struct outgoing o;
	int rc = outgoing_get(c, in, ref, &o);

	if (rc != 0 || retry_mail(o.tries) >= 0)
		return rc;
	return db_run(c, in->store.db, SQL_OUTGOING_GIVE_UP, DB_ARGS(db_text(ref)), NULL);
}

static int take_first(struct ctx *c, const struct outgoing *o, void *arg)
{
	(void)c;
	*(struct outgoing *)arg = *o;
	return 0;
}

int outgoing_take(struct ctx *c, struct instance *in, struct outgoing *ret)
{
	struct outgoing o = {.ref = {"", 0}};
	int64_t changed = 0, wait;
	int rc = outgoing_each(c, in, 1, take_first, &o);

	if (rc == 0 && o.ref.n == 0)
		rc = err_set(c, ERR_NOTFOUND, "no letter waits");
	if (rc != 0)
		return rc;
	wait = retry_mail(o.tries + 1);
	rc = db_run(c, in->store.db, SQL_OUTGOING_TAKE,
	    DB_ARGS(db_int(ctx_now(c) + (wait < 0 ? 600 : wait)), db_text(o.ref), db_int(o.tries)),
	    &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(c, ERR_NOTFOUND, "another took it");
	o.tries++;
	if (rc == 0)
		*ret = o;
	return rc;
}

int outgoing_count(struct ctx *c, struct instance *in, int64_t *ret_due, int64_t *ret_failed)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_OUTGOING_COUNT, DB_NO_ARGS, &row);

	if (rc == 0) {
		*ret_due = row[0].num;
		*ret_failed = row[1].num;
	}
	return rc;
}

int outgoing_sweep(struct ctx *c, struct instance *in)
{
	int64_t kept = (int64_t)OUTGOING_KEPT_DAYS * 86400, now = ctx_now(c);

	return db_run(c, in->store.db, SQL_OUTGOING_SWEEP,
	    DB_ARGS(db_int(now - kept), db_int(now - 10 * kept)), NULL);
}
