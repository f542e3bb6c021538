#include "desk/restore_p.h"

#include "base/mem.h"
#include "desk/erase.h"

/* A reference and the key by which a journal names it when it was erased. */
struct name {
	struct hash key;
	struct str ref;
};

struct names {
	struct instance *in;
	struct name *at;
	size_t n, cap;
	struct restored *r;
	int64_t line;
};

static int by_key(const void *a, const void *b)
{
	const struct name *x = a, *y = b;

	return memcmp(x->key.b, y->key.b, HASH_SIZE);
}

static int take_ref(struct ctx *c, const struct db_val *row, void *arg)
{
	struct names *x = arg;
	struct str ref = str_make(c, row[0].s);

	x->at = mem_grow(c, x->at, x->n, &x->cap, sizeof *x->at);
	x->at[x->n++] = (struct name){journal_key(&x->in->store, JOURNAL_ERASED, ref), ref};
	return 0;
}

static int take_line(
    struct ctx *c, enum journal_kind kind, struct instant at, struct hash key, void *arg)
{
	struct names *x = arg;
	struct name want = {.key = key};
	const struct name *found;
	int rc;

	if (kind != JOURNAL_ERASED)
		return 0;
	found = x->n == 0 ? NULL : bsearch(&want, x->at, x->n, sizeof *x->at, by_key);
	if (found == NULL) {
		x->r->erased_absent++;
		return 0;
	}
	rc = erase_apply(c, x->in, found->ref, at);
	x->r->erased += rc == 0;
	return rc;
}

static int erase_all(struct ctx *c, struct instance *in, struct str path, struct restored *r)
{
	struct names x = {.in = in, .r = r};
	int rc = db_each(c, in->store.db, SQL_DEMAND_REFS, DB_NO_ARGS, take_ref, &x);

	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_MATTER_REFS, DB_NO_ARGS, take_ref, &x);
	if (x.n > 0)
		qsort(x.at, x.n, sizeof *x.at, by_key);
	return rc == 0 ? journal_each(c, path, take_line, &x) : rc;
}

int restore_journal(struct ctx *c, struct instance *in, struct str path, struct restored *r)
{
	bool torn = false;
	int rc = journal_torn(c, path, &torn);

	if (rc == 0)
		rc = erase_all(c, in, path, r);
	if (rc == 0)
		rc = ack_compare(c, in, path, &r->acks);
	if (rc == 0)
		rc = journal_copy(c, path, instance_path(c, in, in->journal));
	r->torn += torn;
	return rc;
}
