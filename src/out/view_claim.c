#include "out/view_claim.h"

#include "out/view_set.h"

static struct str amount(struct ctx *c, const struct claim *k, int64_t minor)
{
	struct money m = {minor, ""};

	memcpy(m.currency, k->currency, sizeof m.currency);
	return money_str(c, m);
}

/* The row of a line: of the house's prices, or of the law they stand under. */
static const struct fee_row *row_of(
    const struct instance *in, const struct fee_table *t, struct str nr)
{
	const struct fee_row *row = t == NULL ? NULL : fee_row(t, nr);

	if (row == NULL && t != NULL && t->under.n > 0) {
		t = fee_find(in->fees, t->under);
		row = t == NULL ? NULL : fee_row(t, nr);
	}
	return row;
}

static void set_row(struct ctx *c, struct json *j, struct str nr, const struct fee_row *row)
{
	json_set_text(c, j, "nr", nr);
	json_set_text(c, j, "text", row == NULL ? STR("") : row->en);
	json_set_text(c, j, "text_de", row == NULL ? STR("") : row->de);
	json_set_text(c, j, "unit", row == NULL ? STR("") : row->unit);
}

static int add_line(struct ctx *c, struct instance *in, const struct claim *k,
    const struct claim_line *l, struct json *list)
{
	const struct fee_table *t = fee_find(in->fees, k->fees);
	struct json *j = json_map(c);

	json_set_int(c, j, "line", l->number);
	set_row(c, j, l->fee, row_of(in, t, l->fee));
	json_set_int(c, j, "quantity", l->quantity);
	if (l->proposed >= 0)
		json_set_int(c, j, "proposed", l->proposed);
	if (l->rate > 0)
		json_set_text(c, j, "rate", amount(c, k, l->rate));
	json_set_int(c, j, "blocks", l->sum.blocks);
	json_set_text(c, j, "amount", amount(c, k, l->sum.unit));
	if (l->sum.parts > 1)
		json_set_int(c, j, "parts", l->sum.parts);
	if (l->sum.percent != 100)
		json_set_int(c, j, "percent", l->sum.percent);
	json_set_text(c, j, "total", amount(c, k, l->sum.total));
	json_set_text(c, j, "state", l->state);
	if (l->reason.n > 0)
		json_set_text(c, j, "reason", l->reason);
	json_add(c, list, j);
	return view_set_person(c, in, j, "author", l->author);
}

static void add_rows(
    struct ctx *c, const struct claim *k, const struct fee_table *t, struct json *list)
{
	for (size_t i = 0; t != NULL && i < t->n_rows; i++) {
		struct json *j = json_map(c);

		set_row(c, j, t->rows[i].nr, &t->rows[i]);
		if (t->rows[i].amount > 0)
			json_set_text(c, j, "amount", amount(c, k, t->rows[i].amount));
		json_add(c, list, j);
	}
}

static void set_amounts(struct ctx *c, const struct claim *k, struct json *j)
{
	if (k->cost >= 0)
		json_set_text(c, j, "cost", amount(c, k, k->cost));
	json_set_text(c, j, "total", amount(c, k, k->total));
	json_set_text(c, j, "asked", amount(c, k, k->asked));
	if (k->asked < k->total)
		json_set_text(c, j, "reduced", amount(c, k, k->total - k->asked));
	if (k->paid > 0)
		json_set_text(c, j, "paid", amount(c, k, k->paid));
	if (k->paid > 0 && str_is(k->state, "waived"))
		json_set_text(c, j, "repay", amount(c, k, k->paid));
}

static int set_head(struct ctx *c, struct instance *in, const struct claim *k, struct json *j)
{
	const struct fee_table *t = fee_find(in->fees, k->fees);
	struct day today = instant_day((struct instant){ctx_now(c)});

	json_set_text(c, j, "claim", k->ref);
	json_set_text(c, j, "case", k->case_ref);
	json_set_int(c, j, "order", k->seq);
	json_set_text(c, j, "country", k->country);
	json_set_text(c, j, "state", k->state);
	json_set_text(c, j, "fees", k->fees);
	json_set_text(c, j, "title", t == NULL ? k->fees : t->en);
	json_set_text(c, j, "title_de", t == NULL ? k->fees : t->de);
	if (t != NULL)
		json_set_text(c, j, "cite", t->src.cite);
	view_set_day(c, j, "called", instant_day(k->received));
	view_set_day(c, j, "measure_end", k->measure_end);
	view_set_day(c, j, "claim_by", k->claim_by);
	view_set_day(c, j, "limitation", k->limit);
	if (str_is(k->state, "open") && !day_is_none(k->claim_by) &&
	    day_cmp(today, k->claim_by) > 0)
		json_set_bool(c, j, "over", true);
	if (k->central)
		json_set_bool(c, j, "central", true);
	if (k->capped)
		json_set_bool(c, j, "capped", true);
	set_amounts(c, k, j);
	view_set_day(c, j, "sent", k->sent);
	if (k->late)
		json_set_bool(c, j, "late", true);
	view_set_day(c, j, "ended", k->ended);
	if (k->barred.n > 0)
		json_set_text(c, j, "barred", k->barred);
	return view_set_person(c, in, j, "sender", k->sender);
}

static int set_buyer(struct ctx *c, const struct claim *k, struct json *j)
{
	struct json *buyer;
	int rc;

	if (k->buyer.n == 0)
		return 0;
	rc = json_parse(c, "buyer", k->buyer, &buyer);
	if (rc == 0)
		json_set(c, j, "buyer", buyer);
	return rc;
}

int view_claim(struct ctx *c, struct instance *in, const struct claim *k, struct json **ret)
{
	struct json *j = json_map(c), *list = json_list(c), *rows = json_list(c);
	const struct fee_table *t = fee_find(in->fees, k->fees);
	int64_t confirmed = 0, waiting = 0;
	struct claim_lines lines;
	int rc = set_head(c, in, k, j);

	if (rc == 0)
		rc = set_buyer(c, k, j);
	if (rc == 0)
		rc = claim_lines(c, in, k, &lines);
	for (size_t i = 0; rc == 0 && i < lines.n; i++) {
		confirmed += str_is(lines.v[i].state, "confirmed");
		waiting += str_is(lines.v[i].state, "proposed");
		rc = add_line(c, in, k, &lines.v[i], list);
	}
	if (rc != 0)
		return rc;
	if (k->reason.n > 0)
		json_set_text(c, j, "reason", k->reason);
	json_set(c, j, "lines", list);
	add_rows(c, k, t, rows);
	if (t != NULL && t->under.n > 0)
		add_rows(c, k, fee_find(in->fees, t->under), rows);
	json_set(c, j, "rows", rows);
	json_set_int(c, j, "confirmed", confirmed);
	json_set_int(c, j, "waiting", waiting);
	*ret = j;
	return 0;
}

struct listing {
	struct instance *in;
	struct json *list;
	struct str last;
};

static int add_claim(struct ctx *c, const struct claim *k, void *arg)
{
	struct listing *l = arg;
	struct json *j = json_map(c);

	json_add(c, l->list, j);
	l->last = k->ref;
	return set_head(c, l->in, k, j);
}

int view_claims(struct ctx *c, struct instance *in, const struct person *actor,
    const struct claim_page *page, struct json **ret)
{
	struct listing l = {in, json_list(c), STR("")};
	struct json *j = json_map(c);
	struct claim_page ask = *page;
	int rc;

	if (ask.limit < 1 || ask.limit > CLAIM_PAGE_MAX)
		ask.limit = CLAIM_PAGE_MAX;
	rc = claim_each(c, in, actor, &ask, add_claim, &l);
	if (rc != 0)
		return rc;
	json_set_text(c, j, "state", page->state);
	json_set(c, j, "claims", l.list);
	if ((int64_t)l.list->n == ask.limit)
		json_set_text(c, j, "after", l.last);
	*ret = j;
	return 0;
}

static int add_due(struct ctx *c, const struct claim_due *d, void *arg)
{
	struct listing *l = arg;
	struct json *j = json_map(c);

	json_set_text(c, j, "case", d->case_ref);
	json_set_int(c, j, "order", d->seq);
	json_set_text(c, j, "country", d->country);
	view_set_instrument(c, l->in, j, d->instrument);
	view_set_instant(c, j, "settled", d->settled);
	json_add(c, l->list, j);
	return 0;
}

int view_claim_due(struct ctx *c, struct instance *in, const struct person *actor, struct period p,
    struct json **ret)
{
	struct listing l = {in, json_list(c), STR("")};
	struct json *j = json_map(c);
	int rc = claim_due_each(c, in, actor, p, add_due, &l);

	if (rc != 0)
		return rc;
	json_set_text(c, j, "period", period_str(c, p));
	json_set(c, j, "orders", l.list);
	*ret = j;
	return 0;
}

static int add_sum(struct ctx *c, const struct claim_sum *s, void *arg)
{
	struct json *j = json_map(c);

	json_set_text(c, j, "country", s->country);
	json_set_int(c, j, "claims", s->claims);
	json_set_text(c, j, "claimed", money_str(c, s->claimed));
	json_set_text(c, j, "paid", money_str(c, s->paid));
	json_add(c, arg, j);
	return 0;
}

int view_claim_totals(struct ctx *c, struct instance *in, const struct person *actor,
    struct period p, struct day as_of, struct json **ret)
{
	struct json *j = json_map(c), *list = json_list(c);
	int rc = claim_sums(c, in, actor, p, as_of, add_sum, list);

	if (rc != 0)
		return rc;
	json_set_text(c, j, "period", period_str(c, p));
	view_set_day(c, j, "as_of", as_of);
	json_set(c, j, "countries", list);
	*ret = j;
	return 0;
}
