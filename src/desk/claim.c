/* Reading claims, and the two writers that the other files share. */
#include "desk/claim_p.h"

#include "base/mem.h"
#include "desk/claim_bar.h"

/* ---- rows ---- */

struct db_val claim_sealed(
    struct ctx *c, const struct instance *in, const char *label, struct str text)
{
	return text.n == 0 ? db_null() : db_blob(vault_seal(c, in->store.vault, label, text));
}

static int unseal(
    struct ctx *c, const struct instance *in, const char *label, struct db_val ct, struct str *ret)
{
	*ret = STR("");
	return ct.kind == DB_BLOB ? vault_unseal(c, in->store.vault, label, ct.s, ret) : 0;
}

static struct claim plain_row(struct ctx *c, const struct db_val *r)
{
	struct claim k = {.id = r[0].num,
	    .rev = r[1].num,
	    .ref = str_make(c, r[2].s),
	    .order = r[3].num,
	    .matter = r[4].num,
	    .case_ref = str_make(c, r[5].s),
	    .seq = r[6].num,
	    .compartment = (int)r[7].num,
	    .country = str_make(c, r[8].s),
	    .fees = str_make(c, r[9].s),
	    .state = str_make(c, r[11].s),
	    .central = r[12].num != 0,
	    .measure_end = db_get_day(r[13]),
	    .claim_by = db_get_day(r[14]),
	    .limit = db_get_day(r[15]),
	    .capped = r[16].num != 0,
	    .cost = r[17].kind == DB_NULL ? -1 : r[17].num,
	    .total = r[18].num,
	    .asked = r[19].num,
	    .paid = r[20].num,
	    .opened = db_get_instant(r[21]),
	    .author = r[22].num,
	    .sent = db_get_day(r[23]),
	    .sender = r[24].num,
	    .late = r[25].num != 0,
	    .ended = db_get_day(r[26]),
	    .instrument = str_make(c, r[29].s),
	    .received = db_get_instant(r[30]),
	    .barred = r[31].kind == DB_NULL ? STR("") : str_make(c, r[31].s)};

	memcpy(k.currency, r[10].s.p, 3);
	return k;
}

static int open_row(struct ctx *c, struct instance *in, const struct db_val *row, struct claim *ret)
{
	struct claim k = plain_row(c, row);
	int rc = unseal(c, in, "claim.reason", row[27], &k.reason);

	if (rc == 0)
		rc = unseal(c, in, "claim.buyer", row[28], &k.buyer);
	/* what the orders of its case show counts too, on record or not */
	if (rc == 0 && k.barred.n == 0)
		rc = claim_bar_find(c, in, k.matter, &k.barred);
	if (rc == 0)
		*ret = k;
	return rc;
}

int claim_by_id(struct ctx *c, struct instance *in, int64_t id, struct claim *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_CLAIM_BY_ID, DB_ARGS(db_int(id)), &row);

	return rc == 0 ? open_row(c, in, row, ret) : rc;
}

int claim_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct claim *ret)
{
	const struct db_val *row;
	struct right_place place;
	struct claim k = {0};
	struct id id;
	bool there;
	int rc = right_needs(c, actor, RIGHT_CLAIM_READ);

	if (rc == 0)
		rc = id_parse(c, ref, &id);
	if (rc == 0)
		rc =
		    db_find(c, in->store.db, SQL_CLAIM_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc != 0)
		return rc;
	there = row != NULL && str_eq(row[2].s, id_str(&id));
	if (there)
		k = plain_row(c, row);
	place = (struct right_place){k.compartment, k.country};
	rc = right_case(c, actor, RIGHT_CLAIM_READ, there ? &place : NULL, ERR_TEXT("claim"));
	return rc == 0 ? open_row(c, in, row, ret) : rc;
}

struct each {
	struct instance *in;
	int (*fn)(struct ctx *c, const struct claim *k, void *arg);
	void *arg;
};

static int each_claim(struct ctx *c, const struct db_val *row, void *arg)
{
	const struct each *e = arg;
	struct claim k;
	int rc = open_row(c, e->in, row, &k);

	return rc == 0 ? e->fn(c, &k, e->arg) : rc;
}

int claim_each(struct ctx *c, struct instance *in, const struct person *actor,
    const struct claim_page *page, int (*fn)(struct ctx *c, const struct claim *k, void *arg),
    void *arg)
{
	struct each e = {in, fn, arg};
	struct claim after = {.opened.s = INT64_MIN};
	int64_t limit = page->limit;
	int rc = right_needs(c, actor, RIGHT_CLAIM_READ);

	if (rc == 0 && !str_has_word(STR("open sent paid refused lapsed waived"), page->state))
		rc = err_set(
		    c, ERR_INVALID, "a state is one of: open sent paid refused lapsed waived");
	if (rc == 0 && page->after.n > 0)
		rc = claim_get(c, in, actor, page->after, &after);
	if (limit < 1 || limit > CLAIM_PAGE_MAX)
		limit = CLAIM_PAGE_MAX;
	return rc != 0 ? rc
		       : db_each(c, in->store.db, SQL_CLAIM_EACH,
			     DB_ARGS(db_text(page->state), db_int(after.opened.s), db_int(after.id),
				 db_int(actor->sealed), db_int(right_within(actor)), db_int(limit)),
			     each_claim, &e);
}

struct line_reader {
	struct instance *in;
	struct claim_lines *list;
};

static int add_line(struct ctx *c, const struct db_val *r, void *arg)
{
	struct line_reader *l = arg;
	struct claim_line x = {.id = r[0].num,
	    .rev = r[1].num,
	    .number = r[2].num,
	    .fee = str_make(c, r[3].s),
	    .quantity = r[4].num,
	    .rate = r[5].num,
	    .sum = {.blocks = r[6].num,
		.unit = r[7].num,
		.parts = r[8].num,
		.percent = r[9].num,
		.total = r[10].num},
	    .proposed = r[11].kind == DB_NULL ? -1 : r[11].num,
	    .state = str_make(c, r[12].s),
	    .author = r[13].num};
	int rc = unseal(c, l->in, "claim_line.reason", r[14], &x.reason);

	if (rc != 0)
		return rc;
	l->list->v = mem_grow(c, l->list->v, l->list->n, &l->list->cap, sizeof *l->list->v);
	l->list->v[l->list->n++] = x;
	return 0;
}

int claim_lines(struct ctx *c, struct instance *in, const struct claim *k, struct claim_lines *ret)
{
	struct line_reader l = {in, ret};

	*ret = (struct claim_lines){0};
	return db_each(c, in->store.db, SQL_CLAIM_LINES, DB_ARGS(db_int(k->id)), add_line, &l);
}

/* ---- what waits for a claim ---- */

struct due {
	struct instance *in;
	int (*fn)(struct ctx *c, const struct claim_due *d, void *arg);
	void *arg;
};

static int each_due(struct ctx *c, const struct db_val *r, void *arg)
{
	const struct due *e = arg;
	struct claim_due d = {.case_ref = str_make(c, r[2].s),
	    .seq = r[3].num,
	    .country = str_make(c, r[4].s),
	    .instrument = str_make(c, r[5].s),
	    .settled = db_get_instant(r[6])};

	return str_has_word(e->in->costs.charge, d.country) ? e->fn(c, &d, e->arg) : 0;
}

int claim_due_each(struct ctx *c, struct instance *in, const struct person *actor, struct period p,
    int (*fn)(struct ctx *c, const struct claim_due *d, void *arg), void *arg)
{
	struct due e = {in, fn, arg};
	int rc = right_needs(c, actor, RIGHT_CLAIM_READ);

	return rc != 0 ? rc
		       : db_each(c, in->store.db, SQL_CLAIM_DUE,
			     DB_ARGS(db_int(instant_at(p.from, 0).s - 1), db_int(INT64_MAX),
				 db_int(instant_at(day_add(p.to, 1), 0).s), db_int(actor->sealed),
				 db_int(right_within(actor)), db_int(CLAIM_PAGE_MAX)),
			     each_due, &e);
}

/* ---- sums ---- */

struct summing {
	int (*fn)(struct ctx *c, const struct claim_sum *s, void *arg);
	void *arg;
};

static int each_sum(struct ctx *c, const struct db_val *r, void *arg)
{
	const struct summing *e = arg;
	struct claim_sum s = {.country = str_make(c, r[0].s),
	    .claims = r[2].num,
	    .claimed = {r[3].num, ""},
	    .paid = {r[4].num, ""}};

	memcpy(s.claimed.currency, r[1].s.p, 3);
	memcpy(s.paid.currency, r[1].s.p, 3);
	return e->fn(c, &s, e->arg);
}

int claim_sums(struct ctx *c, struct instance *in, const struct person *actor, struct period p,
    struct day as_of, int (*fn)(struct ctx *c, const struct claim_sum *s, void *arg), void *arg)
{
	struct summing e = {fn, arg};
	int rc = right_needs(c, actor, RIGHT_CLAIM_TOTALS);

	return rc != 0 ? rc
		       : db_each(c, in->store.db, SQL_CLAIM_SUMS,
			     DB_ARGS(db_day(as_of), db_day(p.from), db_day(p.to),
				 db_int(right_within(actor))),
			     each_sum, &e);
}

/* ---- writing ---- */

int claim_line_put(
    struct ctx *c, struct step *s, struct instance *in, int64_t claim, const struct claim_line *l)
{
	return step_insert(c, s, STEP_CLAIM_LINE, SQL_CLAIM_LINE_PUT,
	    DB_ARGS(db_int(claim), db_int(l->number), db_text(l->fee), db_int(l->quantity),
		db_int(l->rate), db_int(l->sum.blocks), db_int(l->sum.unit), db_int(l->sum.parts),
		db_int(l->sum.percent), db_int(l->sum.total),
		l->proposed < 0 ? db_null() : db_int(l->proposed), db_text(l->state),
		db_int(l->author), claim_sealed(c, in, "claim_line.reason", l->reason)),
	    NULL);
}

/* What is asked: the confirmed lines, and under the house's line no more than the cost. */
static int sum_up(struct ctx *c, struct instance *in, struct claim *k)
{
	struct claim_lines lines;
	int rc = claim_lines(c, in, k, &lines);

	k->total = 0;
	for (size_t i = 0; rc == 0 && i < lines.n; i++)
		if (str_is(lines.v[i].state, "confirmed"))
			k->total += lines.v[i].sum.total;
	k->asked = k->total;
	if (k->capped && k->asked > k->cost)
		k->asked = k->cost < 0 ? 0 : k->cost;
	return rc;
}

int claim_save(struct ctx *c, struct step *s, struct instance *in, struct claim *k)
{
	int rc = k->sender == 0 ? sum_up(c, in, k) : 0;

	if (rc != 0)
		return rc;
	return step_update(c, s, STEP_CLAIM, SQL_CLAIM_SET, k->id, k->rev,
	    DB_ARGS(db_text(k->state), k->cost < 0 ? db_null() : db_int(k->cost), db_int(k->total),
		db_int(k->asked), db_int(k->paid), db_day(k->sent), db_ref(k->sender),
		db_int(k->late), db_day(k->ended), claim_sealed(c, in, "claim.reason", k->reason),
		claim_sealed(c, in, "claim.buyer", k->buyer)));
}
