#include "desk/quality.h"

#include "base/mem.h"

bool quality_drawn(
    struct ctx *c, const struct instance *in, struct str ref, int64_t seq, int percent)
{
	struct hash h = vault_key(in->store.vault, "quality.sample",
	    str_fmt(c, "%.*s/%lld", STR_ARG(ref), (long long)seq));
	uint32_t n =
	    (uint32_t)h.b[0] << 24 | (uint32_t)h.b[1] << 16 | (uint32_t)h.b[2] << 8 | h.b[3];

	return (uint64_t)n * 100 < (uint64_t)percent << 32;
}

struct sampling {
	struct instance *in;
	const struct person *actor;
	const struct quality_ask *ask;
	struct quality_page *ret;
	int64_t limit, looked, last_at, last_id;
	bool full;
};

static bool is_mine(const struct person *p, struct db_val parts)
{
	return right_has(p, RIGHT_QUALITY_CHECK) && parts.num == 0;
}

static int look(struct ctx *c, const struct db_val *row, void *arg)
{
	struct sampling *s = arg;
	struct quality_one one = {.order = search_row_take(c, row)};
	struct quality_page *page = s->ret;

	if ((int64_t)page->n == s->limit) {
		s->full = true;
		return 0;
	}
	s->looked++;
	s->last_at = row[16].num;
	s->last_id = one.order.order;
	if (!quality_drawn(c, s->in, one.order.ref, one.order.seq, s->ask->percent) ||
	    (s->ask->waiting && row[17].kind != DB_NULL))
		return 0;
	one.settled = (struct instant){row[16].num};
	one.checker = row[17].kind == DB_NULL ? 0 : row[17].num;
	one.verdict = row[18].kind == DB_NULL ? STR("") : str_make(c, row[18].s);
	one.mine = one.checker == 0 && is_mine(s->actor, row[19]);
	page->v = mem_grow(c, page->v, page->n, &page->cap, sizeof *page->v);
	page->v[page->n++] = one;
	return 0;
}

static int64_t begin_of(struct period p)
{
	return instant_at(p.from, 0).s;
}

static int64_t end_of(struct period p)
{
	return instant_at(day_add(p.to, 1), 0).s;
}

int quality_sample(struct ctx *c, struct instance *in, const struct person *actor,
    const struct quality_ask *ask, struct quality_page *ret)
{
	struct sampling s = {.in = in, .actor = actor, .ask = ask, .ret = ret, .limit = ask->limit};
	int64_t at = begin_of(ask->period), id = INT64_MIN;
	int rc = right_needs(c, actor, RIGHT_QUALITY_READ);

	*ret = (struct quality_page){.after = STR("")};
	if (s.limit <= 0 || s.limit > QUALITY_PAGE_MAX)
		s.limit = QUALITY_PAGE_MAX;
	if (rc == 0 && (ask->percent < 1 || ask->percent > 100))
		rc = err_set(c, ERR_INVALID, "a sample is 1 to 100 percent");
	if (rc == 0 && ask->after.n > 0)
		rc = search_cursor_open(c, in, ask->after, &at, &id);
	if (rc == 0)
		rc = db_each(c, in->store.db, SQL_QUALITY_SETTLED,
		    DB_ARGS(db_int(actor->id), db_int(at), db_int(id), db_int(end_of(ask->period)),
			db_int(actor->sealed), db_int(right_within(actor)), db_int(QUALITY_LOOK)),
		    look, &s);
	if (rc == 0 && (s.full || s.looked == QUALITY_LOOK))
		ret->after = search_cursor(c, in, s.last_at, s.last_id);
	return rc;
}

struct checking {
	struct instance *in;
	const struct person *actor;
	int64_t order;
	bool agree;
	struct str reason;
};

static int put(struct ctx *c, struct step *s, void *arg)
{
	const struct checking *k = arg;
	const struct db_val *row;
	struct legal_order o;
	struct matter m;
	int rc = step_order(c, s, k->order);

	if (rc == 0)
		rc = matter_order_by_id(c, k->in, k->order, &o);
	if (rc == 0)
		rc = matter_by_id(c, k->in, o.matter, &m);
	if (rc == 0 && instant_is_none(o.settled))
		rc = err_set(c, ERR_DENIED, "only a settled order is looked at again");
	if (rc == 0)
		rc = db_one(c, s->store->db, SQL_QUALITY_PARTS,
		    DB_ARGS(db_int(o.id), db_int(k->actor->id)), &row);
	if (rc == 0 && row[0].num > 0)
		rc = err_set(c, ERR_DENIED,
		    "you had a part in this order: another person looks at it again");
	if (rc == 0 && row[1].num > 0)
		rc = err_set(c, ERR_CONFLICT, "somebody has looked at this order already");
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", o.seq);
	json_set_text(c, s->detail, "verdict", k->agree ? STR("agree") : STR("disagree"));
	return step_insert(c, s, STEP_QUALITY_CHECK, SQL_QUALITY_PUT,
	    DB_ARGS(db_int(o.id), db_int(m.compartment), db_int(o.settled.s),
		db_text(k->agree ? STR("agree") : STR("disagree")), db_int(k->actor->id),
		db_int(s->now.s),
		k->reason.n == 0 ? db_null()
				 : db_blob(vault_seal(
				       c, k->in->store.vault, "quality_check.reason", k->reason))),
	    NULL);
}

int quality_check(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, bool agree, struct str reason)
{
	struct checking k = {in, actor, order->id, agree, str_trim(reason)};
	int rc = right_needs(c, actor, RIGHT_QUALITY_CHECK);

	if (rc == 0 && !agree && k.reason.n == 0)
		rc = err_set(c, ERR_INVALID, "a reason is needed: it is recorded with the check");
	if (rc == 0)
		rc = matter_enter(c, in, actor, RIGHT_QUALITY_CHECK, order->matter, false);
	return rc == 0 ? step_run(c, &in->store, "quality.check", actor->id, put, &k, NULL) : rc;
}

int quality_counts(struct ctx *c, struct instance *in, const struct person *actor,
    struct period period, int64_t *ret_agree, int64_t *ret_disagree)
{
	const struct db_val *row;
	int rc = right_needs(c, actor, RIGHT_QUALITY_READ);

	if (rc == 0)
		rc = db_one(c, in->store.db, SQL_QUALITY_COUNT,
		    DB_ARGS(db_int(begin_of(period)), db_int(end_of(period)), db_int(actor->sealed),
			db_int(right_within(actor))),
		    &row);
	if (rc != 0)
		return rc;
	*ret_agree = row[0].num;
	*ret_disagree = row[1].num - row[0].num;
	return 0;
}
