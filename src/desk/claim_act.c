/* What is done with a claim once it is there (declared in claim.h). */
#include "desk/claim_p.h"

#include "base/mem.h"
#include "in/wording.h"
#include "kind/land.h"

struct acting {
	struct instance *in;
	const struct person *actor;
	enum right right;
	struct claim k; /* as it is within the step */
	const struct claim_change *change;
	const struct claim_buyer *buyer;
	int64_t amount;
	struct str state, reason;
};

static struct acting acting(
    struct instance *in, const struct person *actor, enum right right, const struct claim *k)
{
	return (struct acting){.in = in, .actor = actor, .right = right, .k = *k};
}

static int run(struct ctx *c, const char *kind, struct acting *a,
    int (*fn)(struct ctx *c, struct step *s, void *arg))
{
	return step_run(c, &a->in->store, kind, a->actor->id, fn, a, NULL);
}

/* The claim as it is now. What a bar came to is waived, and nothing else. */
static int load(struct ctx *c, struct step *s, struct acting *a, const char *state)
{
	int rc = step_matter(c, s, a->k.matter);

	if (rc == 0)
		rc = matter_enter(c, a->in, a->actor, a->right, a->k.matter, false);
	if (rc == 0)
		rc = claim_by_id(c, a->in, a->k.id, &a->k);
	if (rc != 0)
		return rc;
	json_set_text(c, s->detail, "claim", a->k.ref);
	if (a->k.barred.n > 0 && !str_is(a->state, "waived"))
		return err_set(c, ERR_DENIED,
		    "a bar came to the case, and nothing is claimed in it: waive the claim");
	if (state != NULL && !str_is(a->k.state, state))
		return err_set(c, ERR_CONFLICT, "the claim is %s", err_word(c, a->k.state.p));
	return 0;
}

static struct day today(struct ctx *c)
{
	return instant_day((struct instant){ctx_now(c)});
}

/* ---- lines ---- */

/* A row that is not claimed beside another one (JVEG § 20: no time where pay is claimed). */
static int check_beside(struct ctx *c, const struct fee_table *t, const struct claim_lines *lines,
    const struct claim_line *line)
{
	for (size_t i = 0; i < lines->n && line->sum.total > 0; i++) {
		const struct claim_line *x = &lines->v[i];
		const struct fee_row *mine = fee_row(t, line->fee), *other = fee_row(t, x->fee);

		if (x->number == line->number || !str_is(x->state, "confirmed") ||
		    x->sum.total == 0 || mine == NULL || other == NULL)
			continue;
		if (str_eq(mine->not_beside, other->nr) || str_eq(other->not_beside, mine->nr))
			return err_set(c, ERR_DENIED,
			    "the table has one of the two rows, not both: strike line %lld",
			    (long long)x->number);
	}
	return 0;
}

/* A price list has its own rows, and those of the law it stands under. */
static int find_row(struct ctx *c, const struct acting *a, struct str fee,
    const struct fee_table **ret_table, const struct fee_row **ret)
{
	const struct fee_table *t = fee_find(a->in->fees, a->k.fees);

	*ret = t == NULL ? NULL : fee_row(t, fee);
	if (*ret == NULL && t != NULL && t->under.n > 0) {
		t = fee_find(a->in->fees, t->under);
		*ret = t == NULL ? NULL : fee_row(t, fee);
	}
	*ret_table = t;
	return *ret != NULL ? 0 : err_set(c, ERR_NOTFOUND, "the table has no such row");
}

static bool as_proposed(const struct claim_line *l, int64_t quantity, int64_t rate)
{
	return l->proposed >= 0 && quantity == l->proposed && rate == 0;
}

static int line_of(
    struct ctx *c, const struct acting *a, const struct claim_lines *lines, struct claim_line *ret)
{
	const struct claim_change *ch = a->change;

	if (ch->number == 0) {
		*ret = (struct claim_line){
		    .number = lines->n == 0 ? 1 : lines->v[lines->n - 1].number + 1,
		    .fee = ch->fee,
		    .proposed = -1};
		return lines->n < CLAIM_LINES_MAX
			   ? 0
			   : err_set(c, ERR_LIMIT, "a claim has at most %d lines",
				 (int)CLAIM_LINES_MAX);
	}
	for (size_t i = 0; i < lines->n; i++)
		if (lines->v[i].number == ch->number) {
			*ret = lines->v[i];
			return 0;
		}
	return err_set(c, ERR_NOTFOUND, "the claim has no such line");
}

static int change_line(
    struct ctx *c, struct acting *a, const struct claim_lines *lines, struct claim_line *l)
{
	const struct claim_change *ch = a->change;
	const struct fee_table *t;
	const struct fee_row *row;
	struct fee_line ask = {.central = a->k.central};
	struct str reason = str_trim(ch->reason);
	int rc = find_row(c, a, l->fee, &t, &row);

	if (rc != 0)
		return rc;
	ask.quantity = ch->quantity >= 0 ? ch->quantity : l->quantity;
	ask.rate = ch->rate >= 0 ? ch->rate : l->rate;
	if (ch->strike)
		ask = (struct fee_line){.central = a->k.central};
	if ((ch->strike || !as_proposed(l, ask.quantity, ask.rate)) && reason.n == 0 &&
	    l->reason.n == 0)
		return err_set(c, ERR_INVALID, "a line that is not as proposed needs a reason");
	rc = fee_compute(c, t, row, &ask, &l->sum);
	if (rc == 0 && !ch->strike && l->sum.total == 0)
		rc = err_set(
		    c, ERR_INVALID, "the line comes to nothing: say how much, or strike it");
	l->quantity = ask.quantity;
	l->rate = ask.rate;
	l->state = ch->strike ? STR("struck") : STR("confirmed");
	l->author = a->actor->id;
	if (reason.n > 0)
		l->reason = reason;
	return rc == 0 ? check_beside(c, t, lines, l) : rc;
}

static int set_line(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	struct claim_lines lines;
	struct claim_line l;
	int rc = load(c, s, a, "open");

	if (rc == 0)
		rc = claim_lines(c, a->in, &a->k, &lines);
	if (rc == 0)
		rc = line_of(c, a, &lines, &l);
	if (rc == 0)
		rc = change_line(c, a, &lines, &l);
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "line", l.number);
	if (a->change->number == 0)
		rc = claim_line_put(c, s, a->in, a->k.id, &l);
	else
		rc = step_update(c, s, STEP_CLAIM_LINE, SQL_CLAIM_LINE_SET, l.id, l.rev,
		    DB_ARGS(db_int(l.quantity), db_int(l.rate), db_int(l.sum.blocks),
			db_int(l.sum.unit), db_int(l.sum.parts), db_int(l.sum.percent),
			db_int(l.sum.total), db_text(l.state), db_int(l.author),
			claim_sealed(c, a->in, "claim_line.reason", l.reason)));
	return rc == 0 ? claim_save(c, s, a->in, &a->k) : rc;
}

int claim_line_set(struct ctx *c, struct instance *in, const struct person *actor,
    const struct claim *k, const struct claim_change *change)
{
	struct acting a = acting(in, actor, RIGHT_CLAIM_LINE, k);
	int rc = right_needs(c, actor, a.right);

	a.change = change;
	return rc == 0 ? run(c, "claim.line", &a, set_line) : rc;
}

/* ---- cost, and to whom ---- */

static int set_cost(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	int rc = load(c, s, a, "open");

	a->k.cost = a->amount;
	return rc == 0 ? claim_save(c, s, a->in, &a->k) : rc;
}

int claim_cost(struct ctx *c, struct instance *in, const struct person *actor,
    const struct claim *k, int64_t cost)
{
	struct acting a = acting(in, actor, RIGHT_CLAIM_LINE, k);
	int rc = right_needs(c, actor, a.right);

	a.amount = cost;
	if (rc == 0 && (cost < 0 || cost > FEE_AMOUNT_MAX))
		rc = err_set(c, ERR_INVALID, "the cost is not within the limits");
	return rc == 0 ? run(c, "claim.cost", &a, set_cost) : rc;
}

static int set_buyer(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	const struct claim_buyer *b = a->buyer;
	struct json *j = json_map(c);
	int rc = load(c, s, a, NULL);

	if (rc == 0 && !str_is(a->k.state, "open") && !str_is(a->k.state, "sent"))
		rc = err_set(c, ERR_CONFLICT, "the claim is %s", err_word(c, a->k.state.p));
	json_set_text(c, j, "name", b->name);
	json_set_text(c, j, "street", b->street);
	json_set_text(c, j, "post_code", b->post_code);
	json_set_text(c, j, "city", b->city);
	json_set_text(c, j, "country", b->country);
	json_set_text(c, j, "reference", b->reference);
	json_set_text(c, j, "mail", b->mail);
	a->k.buyer = json_str(c, j);
	return rc == 0 ? claim_save(c, s, a->in, &a->k) : rc;
}

int claim_buyer_set(struct ctx *c, struct instance *in, const struct person *actor,
    const struct claim *k, const struct claim_buyer *b)
{
	struct acting a = acting(in, actor, RIGHT_CLAIM_LINE, k);
	const struct str needed[] = {
	    b->name, b->street, b->post_code, b->city, b->country, b->reference};
	int rc = right_needs(c, actor, a.right);

	a.buyer = b;
	for (size_t i = 0; rc == 0 && i < sizeof needed / sizeof needed[0]; i++)
		if (str_trim(needed[i]).n == 0 || !wording_line_ok(needed[i]))
			rc = err_set(c, ERR_INVALID,
			    "name, street, post code, city, country and reference are needed, each "
			    "in one line");
	if (rc == 0 && !land_known(b->country))
		rc = err_set(c, ERR_INVALID, "the country is two letters (ISO 3166)");
	if (rc == 0 && (!wording_line_ok(b->mail) || (b->mail.n > 0 && !str_has(b->mail, '@'))))
		rc = err_set(c, ERR_INVALID, "the mail address is none");
	return rc == 0 ? run(c, "claim.buyer", &a, set_buyer) : rc;
}

int claim_buyer_read(struct ctx *c, const struct claim *k, struct claim_buyer *ret)
{
	struct json *j;
	int rc;

	if (k->buyer.n == 0)
		return err_set(c, ERR_NOTFOUND, "nobody has said to whom the claim goes");
	rc = json_parse(c, "buyer", k->buyer, &j);
	if (rc == 0)
		*ret = (struct claim_buyer){json_text(j, "name"), json_text(j, "street"),
		    json_text(j, "post_code"), json_text(j, "city"), json_text(j, "country"),
		    json_text(j, "reference"), json_text(j, "mail")};
	return rc;
}

/* ---- sending, and what comes of it ---- */

static int check_lines(struct ctx *c, struct instance *in, const struct claim *k)
{
	struct claim_lines lines;
	int rc = claim_lines(c, in, k, &lines);

	for (size_t i = 0; rc == 0 && i < lines.n; i++)
		if (str_is(lines.v[i].state, "proposed"))
			rc = err_set(c, ERR_DENIED,
			    "line %lld was only proposed: confirm, change or strike it",
			    (long long)lines.v[i].number);
	return rc;
}

int claim_ready(struct ctx *c, struct instance *in, const struct claim *k)
{
	struct claim_buyer buyer;
	int rc = 0;

	if (k->barred.n > 0)
		return err_set(c, ERR_DENIED,
		    "a bar came to the case, and nothing is claimed in it: waive the claim");
	if (!str_is(k->state, "open") && !str_is(k->state, "sent"))
		return err_set(c, ERR_CONFLICT, "the claim is %s", err_word(c, k->state.p));
	rc = check_lines(c, in, k);
	if (rc == 0 && k->capped && k->cost < 0)
		rc = err_set(c, ERR_DENIED,
		    "the house claims no more than what it cost: record the cost first");
	if (rc == 0 && k->asked == 0)
		rc = err_set(c, ERR_DENIED, "the claim comes to nothing");
	return rc == 0 ? claim_buyer_read(c, k, &buyer) : rc;
}

static int send(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	int rc = load(c, s, a, "open");

	if (rc == 0)
		rc = claim_ready(c, a->in, &a->k);
	if (rc != 0)
		return rc;
	a->k.sent = today(c);
	a->k.late = !day_is_none(a->k.claim_by) && day_cmp(a->k.sent, a->k.claim_by) > 0;
	if (a->k.late && a->reason.n == 0)
		return err_set(c, ERR_DENIED, "its last day was %s: say why that is nobody's fault",
		    day_str(c, a->k.claim_by).p);
	if (a->k.late)
		a->k.reason = a->reason;
	a->k.sender = a->actor->id;
	a->k.state = STR("sent");
	rc = claim_save(c, s, a->in, &a->k);
	json_set_bool(c, s->detail, "late", a->k.late);
	return rc;
}

int claim_send(struct ctx *c, struct instance *in, const struct person *actor,
    const struct claim *k, struct str late)
{
	struct acting a = acting(in, actor, RIGHT_CLAIM_SEND, k);
	int rc = right_needs(c, actor, a.right);

	a.reason = str_trim(late);
	return rc == 0 ? run(c, "claim.send", &a, send) : rc;
}

static int pay(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	int rc = load(c, s, a, NULL);

	if (rc == 0 && !str_is(a->k.state, "sent") && !str_is(a->k.state, "refused"))
		rc = err_set(c, ERR_CONFLICT, "the claim is %s", err_word(c, a->k.state.p));
	if (rc == 0 && (a->amount < 1 || a->amount > a->k.asked))
		rc = err_set(c, ERR_INVALID, "no more is taken than was asked");
	a->k.paid = a->amount;
	a->k.state = STR("paid");
	a->k.ended = today(c);
	return rc == 0 ? claim_save(c, s, a->in, &a->k) : rc;
}

int claim_pay(struct ctx *c, struct instance *in, const struct person *actor, const struct claim *k,
    int64_t amount)
{
	struct acting a = acting(in, actor, RIGHT_CLAIM_SEND, k);
	int rc = right_needs(c, actor, a.right);

	a.amount = amount;
	return rc == 0 ? run(c, "claim.pay", &a, pay) : rc;
}

/* A claim lapses by time alone: its last day, or limitation. */
static int check_lapse(struct ctx *c, const struct acting *a)
{
	struct day last = str_is(a->k.state, "open") ? a->k.claim_by : a->k.limit;

	if (day_is_none(last) || day_cmp(today(c), last) <= 0)
		return err_set(c, ERR_DENIED, "the claim has not lapsed");
	return 0;
}

static int end(struct ctx *c, struct step *s, void *arg)
{
	struct acting *a = arg;
	int rc = load(c, s, a, NULL);
	bool open = str_is(a->k.state, "open"), sent = str_is(a->k.state, "sent");
	bool waives = str_is(a->state, "waived");

	if (rc == 0 && !sent && !(open && !str_is(a->state, "refused")) &&
	    !(waives && (str_is(a->k.state, "paid") || str_is(a->k.state, "refused"))))
		rc = err_set(c, ERR_CONFLICT, "the claim is %s", err_word(c, a->k.state.p));
	if (rc == 0 && str_is(a->state, "lapsed"))
		rc = check_lapse(c, a);
	if (rc != 0)
		return rc;
	json_set_text(c, s->detail, "state", a->state);
	a->k.state = a->state;
	a->k.reason = a->reason;
	a->k.ended = today(c);
	return claim_save(c, s, a->in, &a->k);
}

int claim_end(struct ctx *c, struct instance *in, const struct person *actor, const struct claim *k,
    struct str state, struct str reason)
{
	struct acting a = acting(in, actor, RIGHT_CLAIM_SEND, k);
	int rc = right_needs(c, actor, a.right);

	a.state = state;
	a.reason = str_trim(reason);
	if (rc == 0 && !str_has_word(STR("refused lapsed waived"), state))
		rc = err_set(c, ERR_INVALID, "a claim ends refused, lapsed or waived");
	if (rc == 0 && a.reason.n == 0)
		rc = err_set(c, ERR_INVALID, "a reason is needed");
	return rc == 0 ? run(c, "claim.end", &a, end) : rc;
}
