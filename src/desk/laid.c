#include "desk/laid.h"

#include "base/mem.h"

static const char reason_label[] = "laid.reason";

static int from_row(struct ctx *c, struct instance *in, const struct db_val *r, struct laid *ret)
{
	struct laid l = {.id = r[0].num,
	    .rev = r[1].num,
	    .number = r[2].num,
	    .seal = r[3].num,
	    .at = {r[4].num},
	    .author = r[5].num,
	    .until = {r[6].num},
	    .more = str_make(c, r[7].s),
	    .pin = str_make(c, r[8].s),
	    .pins = r[9].num,
	    .state = str_make(c, r[10].s),
	    .ended = db_get_instant(r[11]),
	    .ender = r[12].num,
	    .reason = {"", 0}};
	int rc = 0;

	if (r[13].kind == DB_BLOB)
		rc = vault_unseal(c, in->store.vault, reason_label, r[13].s, &l.reason);
	if (rc == 0)
		*ret = l;
	return rc;
}

int laid_last(
    struct ctx *c, struct instance *in, int64_t production, struct laid *ret, bool *ret_found)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_LAID_LAST, DB_ARGS(db_int(production)), &row);

	*ret_found = rc == 0 && row != NULL;
	if (!*ret_found)
		return rc;
	rc = from_row(c, in, row, ret);
	ret->production = production;
	return rc;
}

struct each {
	struct instance *in;
	int64_t production;
	int (*fn)(struct ctx *c, const struct laid *l, void *arg);
	void *arg;
};

static int each_row(struct ctx *c, const struct db_val *row, void *arg)
{
	const struct each *e = arg;
	struct laid l;
	int rc = from_row(c, e->in, row, &l);

	l.production = e->production;
	return rc == 0 ? e->fn(c, &l, e->arg) : rc;
}

int laid_each(struct ctx *c, struct instance *in, int64_t production,
    int (*fn)(struct ctx *c, const struct laid *l, void *arg), void *arg)
{
	struct each e = {in, production, fn, arg};

	return db_each(
	    c, in->store.db, SQL_LAID_OF_PRODUCTION, DB_ARGS(db_int(production)), each_row, &e);
}

int laid_word(struct ctx *c, struct instance *in, const struct laid *l, struct str *ret)
{
	const struct db_val *row;
	int rc;

	*ret = l->state;
	if (!str_is(l->state, "open"))
		return 0;
	*ret = STR("expired");
	if (l->until.s <= ctx_now(c))
		return 0;
	rc = db_one(c, in->store.db, SQL_DOWNLOAD_WHOLE, DB_ARGS(db_int(l->id)), &row);
	if (rc == 0)
		*ret = row[0].num > 0 ? STR("fetched") : STR("waiting");
	return rc;
}

int laid_taker(
    struct ctx *c, struct instance *in, int64_t production, int64_t *ret, struct instant *ret_since)
{
	const struct db_val *row;
	int rc = db_find(c, in->store.db, SQL_TAKER_LAST, DB_ARGS(db_int(production)), &row);

	*ret = rc == 0 && row != NULL ? row[1].num : 0;
	*ret_since = rc == 0 && row != NULL ? (struct instant){row[3].num} : INSTANT_NONE;
	return rc;
}

static int note_channel(struct ctx *c, const struct db_val *row, void *arg)
{
	bool *portal = arg;

	(void)c;
	*portal = *portal || str_is(row[1].s, "portal");
	return 0;
}

int laid_handed(struct ctx *c, struct instance *in, struct str ref, bool *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_PRODUCTION_BY_REF, DB_ARGS(db_text(ref)), &row);

	*ret = false;
	return rc == 0 ? db_each(c, in->store.db, SQL_DELIVERY_OF_PRODUCTION, DB_ARGS(row[0]),
			     note_channel, ret)
		       : rc;
}
