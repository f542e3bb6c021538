#include "desk/ack.h"

#include "base/mem.h"

/* Keys of references, sorted. */
struct keys {
	struct instance *in;
	struct hash *at;
	size_t n, cap;
};

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, HASH_SIZE);
}

static void add_key(struct ctx *c, struct keys *k, struct hash key)
{
	k->at = mem_grow(c, k->at, k->n, &k->cap, sizeof *k->at);
	k->at[k->n++] = key;
}

static void sort(struct keys *k)
{
	if (k->n > 0)
		qsort(k->at, k->n, sizeof *k->at, by_bytes);
}

static bool has(const struct keys *k, struct hash key)
{
	return k->n > 0 && bsearch(key.b, k->at, k->n, sizeof *k->at, by_bytes) != NULL;
}

int ack_add(struct ctx *c, struct instance *in, const struct str *refs, size_t n)
{
	struct str path = instance_path(c, in, in->journal);
	int rc = journal_add_all(
	    c, &in->store, path, JOURNAL_ACK, refs, n, (struct instant){ctx_now(c)});

	return rc == 0
		   ? 0
		   : err_while(c, ERR_FAIL, "what was received is recorded, but not acknowledged");
}

/* ---- what is not acknowledged yet ---- */

static int take_ack(
    struct ctx *c, enum journal_kind kind, struct instant at, struct hash key, void *arg)
{
	(void)at;
	if (kind == JOURNAL_ACK)
		add_key(c, arg, key);
	return 0;
}

struct rest {
	struct keys acks;
	struct str *refs;
	size_t n, cap;
};

static int look_at(struct ctx *c, const struct db_val *row, void *arg)
{
	struct rest *r = arg;

	if (has(&r->acks, journal_key(&r->acks.in->store, JOURNAL_ACK, row[0].s)))
		return 0;
	r->refs = mem_grow(c, r->refs, r->n, &r->cap, sizeof *r->refs);
	r->refs[r->n++] = str_make(c, row[0].s);
	return 0;
}

int ack_rest(struct ctx *c, struct instance *in)
{
	struct str path = instance_path(c, in, in->journal);
	struct rest r = {.acks = {.in = in}};
	int rc = journal_each(c, path, take_ack, &r.acks);

	if (rc == ERR_NOTFOUND) {
		err_clear(c);
		rc = 0;
	}
	sort(&r.acks);
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_DEMAND_REFS, DB_NO_ARGS, look_at, &r);
	return rc == 0 ? ack_add(c, in, r.refs, r.n) : rc;
}

/* ---- what the database lacks ---- */

struct comparing {
	struct keys demands;
	struct ack_report *report;
};

static int take_demand(struct ctx *c, const struct db_val *row, void *arg)
{
	struct keys *k = arg;

	add_key(c, k, journal_key(&k->in->store, JOURNAL_ACK, row[0].s));
	return 0;
}

static int compare(
    struct ctx *c, enum journal_kind kind, struct instant at, struct hash key, void *arg)
{
	struct comparing *x = arg;
	struct ack_report *r = x->report;

	if (kind != JOURNAL_ACK)
		return 0;
	if (has(&x->demands, key)) {
		r->known++;
		return 0;
	}
	r->lack = mem_grow(c, r->lack, r->n, &r->cap, sizeof *r->lack);
	r->lack[r->n++] = (struct ack_lack){at, key};
	return 0;
}

int ack_compare(struct ctx *c, struct instance *in, struct str path, struct ack_report *ret)
{
	struct comparing x = {{.in = in}, ret};
	int rc = db_each(c, in->store.db, SQL_DEMAND_REFS, DB_NO_ARGS, take_demand, &x.demands);

	sort(&x.demands);
	return rc == 0 ? journal_each(c, path, compare, &x) : rc;
}
