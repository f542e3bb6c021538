#include "desk/review.h"

#include "base/mem.h"

struct deciding {
	struct instance *in;
	const struct person *actor;
	enum right right;
	int64_t order, item, finding;
	struct str answer, reason, code;
	bool passed;
	const struct review_verdict *verdict;
};

static int needs_reason(struct ctx *c, struct str reason)
{
	if (str_trim(reason).n == 0)
		return err_set(
		    c, ERR_INVALID, "a reason is needed: it is recorded with the decision");
	return 0;
}

static struct db_val sealed_reason(
    struct ctx *c, const struct instance *in, const char *label, struct str reason)
{
	return reason.n == 0 ? db_null() : db_blob(vault_seal(c, in->store.vault, label, reason));
}

/* Every decision starts from the rows as they are in this transaction, not as a person last saw
 * them. */
static int load(struct ctx *c, struct step *s, const struct deciding *d, struct gate *g)
{
	int rc = step_order(c, s, d->order);

	if (rc == 0)
		rc = gate_load(c, d->in, d->order, g);
	if (rc == 0)
		rc = matter_enter(c, d->in, d->actor, d->right, g->matter.id, true);
	if (rc != 0)
		return rc;
	json_set_int(c, s->detail, "order", g->order.seq);
	return 0;
}

static int run(struct ctx *c, const char *kind, struct deciding *d,
    int (*fn)(struct ctx *c, struct step *s, void *arg))
{
	return step_run(c, &d->in->store, kind, d->actor->id, fn, d, NULL);
}

/* ---- answers ---- */

static int answer(struct ctx *c, struct step *s, void *arg)
{
	struct deciding *d = arg;
	struct gate_finding *f;
	struct gate g;
	int rc = load(c, s, d, &g);

	if (rc != 0)
		return rc;
	if (d->finding < 1 || (size_t)d->finding > g.n_stored)
		return err_set(c, ERR_NOTFOUND, "there is no finding %lld", (long long)d->finding);
	f = &g.stored[d->finding - 1];
	if (f->verdict == VERDICT_COUNSEL)
		rc = right_needs(c, d->actor, RIGHT_FINDING_COUNSEL);
	else if (f->verdict == VERDICT_ASK && f->verified && !str_is(d->answer, "deny"))
		rc = err_set(c, ERR_DENIED,
		    "rule %.*s asks for facts: enter them with `writ order fact`",
		    STR_ARG(f->rule));
	else if (f->verdict != VERDICT_ASK)
		rc = err_set(c, ERR_DENIED, "rule %.*s asks nothing: a %s is not answered away",
		    STR_ARG(f->rule), err_word(c, judge_verdict_name(f->verdict)));
	if (rc != 0)
		return rc;
	if (!str_is(d->answer, f->verdict == VERDICT_COUNSEL ? "allow" : "accept") &&
	    !str_is(d->answer, "deny"))
		return err_set(c, ERR_INVALID, "the answer is %s or deny",
		    f->verdict == VERDICT_COUNSEL ? "allow" : "accept");
	json_set_text(c, s->detail, "rule", f->rule);
	json_set_text(c, s->detail, "answer", d->answer);
	return step_update(c, s, STEP_FINDING, SQL_FINDING_ANSWER, f->id, f->rev,
	    DB_ARGS(db_text(d->answer), db_int(d->actor->id),
		sealed_reason(c, d->in, "finding.reason", d->reason)));
}

int review_answer(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t finding, struct str text, struct str reason)
{
	struct deciding d = {.in = in,
	    .actor = actor,
	    .right = RIGHT_FINDING_ANSWER,
	    .order = order->id,
	    .finding = finding,
	    .answer = text,
	    .reason = reason};
	int rc = right_needs(c, actor, d.right);

	if (rc == 0)
		rc = needs_reason(c, reason);
	return rc == 0 ? run(c, "finding.answer", &d, answer) : rc;
}

/* ---- decisions ---- */

struct standing {
	int64_t id, passed, not_before;
};

/* The last examination, if it is of the current round. */
static int standing_review(
    struct ctx *c, const struct deciding *d, const struct gate *g, struct standing *ret)
{
	const struct db_val *row;
	int rc = db_find(c, d->in->store.db, SQL_REVIEW_LAST, DB_ARGS(db_int(g->order.id)), &row);

	if (rc != 0)
		return rc;
	if (row == NULL || row[1].num != g->round)
		return err_set(c, ERR_DENIED,
		    "nobody has examined the basis since the facts last changed "
		    "(`writ order examine`)");
	*ret = (struct standing){row[0].num, row[3].num, row[4].num};
	return 0;
}

static int check_verdict(struct ctx *c, const struct deciding *d, const struct item *item)
{
	const struct review_verdict *v = d->verdict;

	if (v->to != ITEM_PRODUCE && v->to != ITEM_NARROW && v->to != ITEM_WITHHOLD)
		return err_set(c, ERR_INVALID, "a verdict is to produce, to narrow or to withhold");
	if (v->to != ITEM_PRODUCE && (v->code.n == 0 || pack_code(d->in->law, v->code) == NULL))
		return err_set(c, ERR_INVALID,
		    "narrowing or withholding needs a reason code: --code with one of `writ law "
		    "codes`");
	if (v->mask && (v->to == ITEM_WITHHOLD || !str_is(item->fold, "noncontent")))
		return err_set(c, ERR_INVALID,
		    "other people are masked in data that are no content, and only where some "
		    "leave");
	if (v->to != ITEM_NARROW)
		return 0;
	if (day_is_none(v->from) || day_is_none(v->to_day) || day_cmp(v->from, v->to_day) > 0)
		return err_set(
		    c, ERR_INVALID, "narrowing needs --from DAY and --to DAY, in this order");
	if ((!day_is_none(item->from) && day_cmp(v->from, item->from) < 0) ||
	    (!day_is_none(item->to) && day_cmp(v->to_day, item->to) > 0))
		return err_set(
		    c, ERR_INVALID, "the narrowed period leaves the one that was asked for");
	return 0;
}

static int put_decision(struct ctx *c, struct step *s, const struct deciding *d,
    const struct gate *g, const struct item *item, const struct standing *r, int64_t counsel,
    int64_t *ret)
{
	const struct review_verdict *v = d->verdict;
	bool gives = v->to != ITEM_WITHHOLD, second = gives && gate_second_due(g, d->in, item);

	return step_insert(c, s, STEP_DECISION, SQL_DECISION_PUT,
	    DB_ARGS(db_int(item->id), db_int(g->order.id), db_int(r->id), db_int(r->passed),
		db_text(str_of(matter_item_word(v->to))),
		v->code.n == 0 ? db_null() : db_text(v->code),
		db_day(v->to == ITEM_NARROW ? v->from : DAY_NONE),
		db_day(v->to == ITEM_NARROW ? v->to_day : DAY_NONE), db_int(d->actor->id),
		db_int(second), db_int(counsel != 0), db_ref(counsel), db_int(r->not_before),
		db_int(gives && r->passed != 0 && !second), db_int(s->now.s),
		sealed_reason(c, d->in, "decision.reason", v->reason)),
	    ret);
}

static int put_mask(
    struct ctx *c, struct step *s, const struct deciding *d, int64_t order, int64_t decision)
{
	if (!d->verdict->mask)
		return 0;
	json_set_bool(c, s->detail, "mask", true);
	return step_insert(c, s, STEP_DECISION_MASK, SQL_DECISION_MASK_PUT,
	    DB_ARGS(db_int(order), db_int(decision)), NULL);
}

/* When the last item is decided and nothing waits for a second person, the order is approved if it
 * grants anything. An order that grants nothing waits for a person to refuse it. */
static int settle(struct ctx *c, struct step *s, struct deciding *d, struct legal_order *order)
{
	struct order_change narrowed = {0};
	struct items items;
	bool gives = false, waits = false;
	int rc = matter_items(c, d->in, order->id, &items);

	for (size_t i = 0; i < items.n && rc == 0; i++) {
		const struct db_val *row;

		if (items.v[i].state == ITEM_ASKED)
			waits = true;
		if (items.v[i].state == ITEM_WITHHOLD || items.v[i].state == ITEM_NARROW)
			narrowed.narrowed = true;
		if (items.v[i].state == ITEM_PRODUCED)
			gives = true; /* examined again after a production */
		if (items.v[i].state != ITEM_PRODUCE && items.v[i].state != ITEM_NARROW)
			continue;
		gives = true;
		rc = db_one(c, d->in->store.db, SQL_DECISION_BY_ID,
		    DB_ARGS(db_int(items.v[i].decision)), &row);
		if (rc == 0 && row[15].num == 0)
			waits = true;
	}
	if (rc != 0 || waits || !gives || order->state != ORDER_IN_REVIEW)
		return rc;
	return matter_move_order(c, s, order, ORDER_APPROVED, &narrowed);
}

static int find_item(struct ctx *c, struct gate *g, int64_t number, struct item **ret)
{
	if (number < 1 || (size_t)number > g->items.n)
		return err_set(c, ERR_NOTFOUND, "the order has no item %lld", (long long)number);
	*ret = &g->items.v[number - 1];
	return 0;
}

/* In review; or an item that was produced, so that more can be given: its old decision ended when
 * the order was examined again. */
static bool may_decide(const struct gate *g, const struct item *item)
{
	return g->order.state == ORDER_IN_REVIEW ||
	       (item->state == ITEM_PRODUCED &&
		   (g->order.state == ORDER_APPROVED || g->order.state == ORDER_PRODUCED ||
		       g->order.state == ORDER_DELIVERED));
}

static int decide(struct ctx *c, struct step *s, void *arg)
{
	struct deciding *d = arg;
	struct standing r = {0};
	struct gate g;
	struct item *item;
	int64_t counsel = 0, id, old;
	int rc = load(c, s, d, &g);

	if (rc == 0)
		rc = find_item(c, &g, d->item, &item);
	if (rc == 0 && !may_decide(&g, item))
		rc = err_set(c, ERR_DENIED, "the order is %s: items are decided in review",
		    err_word(c, matter_order_word(g.order.state)));
	if (rc == 0)
		rc = check_verdict(c, d, item);
	if (rc == 0)
		rc = standing_review(c, d, &g, &r);
	if (rc == 0 && d->verdict->to != ITEM_WITHHOLD) {
		if (r.passed == 0)
			rc = err_set(c, ERR_DENIED, "the examination of the basis did not pass");
		else
			rc = gate_check_item(c, &g, item, &counsel);
		if (rc == 0)
			rc = gate_check_days(c, &g, item,
			    d->verdict->to == ITEM_NARROW ? d->verdict->from : item->from,
			    d->verdict->to == ITEM_NARROW ? d->verdict->to_day : item->to);
	}
	if (rc != 0)
		return rc;
	old = item->decision;
	rc = put_decision(c, s, d, &g, item, &r, counsel, &id);
	if (rc == 0)
		rc = put_mask(c, s, d, g.order.id, id);
	if (rc == 0)
		rc = matter_move_item(c, s, item, d->verdict->to, id);
	if (rc == 0)
		rc = matter_end_decision(c, s, old);
	json_set_int(c, s->detail, "item", d->item);
	json_set_text(c, s->detail, "verdict", str_of(matter_item_word(d->verdict->to)));
	return rc == 0 ? settle(c, s, d, &g.order) : rc;
}

int review_word(struct ctx *c, struct str word, enum item_state *ret)
{
	static const enum item_state all[] = {ITEM_PRODUCE, ITEM_NARROW, ITEM_WITHHOLD};

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		if (!str_is(word, matter_item_word(all[i])))
			continue;
		*ret = all[i];
		return 0;
	}
	return err_set(c, ERR_INVALID, "a decision is produce, narrow or withhold");
}

int review_decide(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t item, const struct review_verdict *verdict)
{
	struct deciding d = {.in = in,
	    .actor = actor,
	    .right = RIGHT_ITEM_DECIDE,
	    .order = order->id,
	    .item = item,
	    .verdict = verdict};
	int rc = right_needs(c, actor, d.right);

	if (rc == 0)
		rc = needs_reason(c, verdict->reason);
	return rc == 0 ? run(c, "item.decide", &d, decide) : rc;
}

/* ---- the examination of the basis ---- */

static int basis(struct ctx *c, struct step *s, void *arg)
{
	struct deciding *d = arg;
	struct gate g;
	int rc = load(c, s, d, &g);

	if (rc != 0)
		return rc;
	if (g.order.state != ORDER_IN_REVIEW)
		return err_set(c, ERR_DENIED, "the order is %s: only one in review is examined",
		    err_word(c, matter_order_word(g.order.state)));
	if (d->passed)
		rc = gate_check_order(c, &g);
	if (rc != 0)
		return rc;
	json_set_bool(c, s->detail, "passed", d->passed);
	json_set_int(c, s->detail, "round", g.round);
	rc = step_insert(c, s, STEP_REVIEW, SQL_REVIEW_PUT,
	    DB_ARGS(db_int(g.order.id), db_int(g.round), db_int(d->actor->id), db_int(d->passed),
		db_int(instant_is_none(g.now.earliest) ? 0 : g.now.earliest.s), db_int(s->now.s),
		sealed_reason(c, d->in, "review.reason", d->reason)),
	    NULL);
	if (rc == 0 && !d->passed)
		/* nothing is granted on a basis that the last person to look at it did not find */
		rc = matter_ask_again(c, s, &g.items, false);
	return rc == 0 && d->passed ? settle(c, s, d, &g.order) : rc;
}

int review_basis(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, bool passed, struct str reason)
{
	struct deciding d = {.in = in,
	    .actor = actor,
	    .right = RIGHT_ORDER_EXAMINE,
	    .order = order->id,
	    .passed = passed,
	    .reason = reason};
	int rc = right_needs(c, actor, d.right);

	if (rc == 0)
		rc = needs_reason(c, reason);
	return rc == 0 ? run(c, "order.examine", &d, basis) : rc;
}

/* ---- the second person ---- */

static int second(struct ctx *c, struct step *s, void *arg)
{
	struct deciding *d = arg;
	const struct db_val *row;
	struct gate g;
	struct item *item;
	int64_t counsel = 0;
	int rc = load(c, s, d, &g);

	if (rc == 0)
		rc = find_item(c, &g, d->item, &item);
	if (rc == 0 && !may_decide(&g, item))
		rc = err_set(c, ERR_DENIED, "the order is %s: items are decided in review",
		    err_word(c, matter_order_word(g.order.state)));
	if (rc == 0 && item->decision == 0)
		rc = err_set(c, ERR_DENIED, "nobody has decided item %lld yet", (long long)d->item);
	if (rc == 0)
		rc = db_one(
		    c, d->in->store.db, SQL_DECISION_BY_ID, DB_ARGS(db_int(item->decision)), &row);
	if (rc != 0)
		return rc;
	if (row[10].num == 0 || row[11].kind != DB_NULL)
		return err_set(c, ERR_DENIED, "it waits for no second person");
	if (row[9].num == d->actor->id)
		return err_set(
		    c, ERR_DENIED, "the second person is another than the one who decided");
	rc = gate_check_item(c, &g, item, &counsel);
	if (rc == 0)
		rc = gate_check_call(c, &g, d->actor->id);
	if (rc != 0)
		return rc;
	rc = step_update(c, s, STEP_DECISION, SQL_DECISION_SECOND, row[0].num, row[1].num,
	    DB_ARGS(db_int(d->actor->id), db_int(1)));
	json_set_int(c, s->detail, "item", d->item);
	return rc == 0 ? settle(c, s, d, &g.order) : rc;
}

int review_second(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t item)
{
	struct deciding d = {
	    .in = in, .actor = actor, .right = RIGHT_ITEM_SECOND, .order = order->id, .item = item};
	int rc = right_needs(c, actor, d.right);

	return rc == 0 ? run(c, "item.second", &d, second) : rc;
}

/* ---- refusing ---- */

static int put_message(struct ctx *c, struct step *s, const struct deciding *d, const char *kind)
{
	return step_insert(c, s, STEP_MESSAGE, SQL_MESSAGE_PUT,
	    DB_ARGS(db_int(d->order), db_text(str_of(kind)), db_int(s->now.s), db_int(d->actor->id),
		db_blob(vault_seal(c, d->in->store.vault, "message.text", d->reason))),
	    NULL);
}

static bool is_epoc(const struct gate *g, const struct instance *in)
{
	const struct instrument *i = pack_instrument(in->law, g->order.instrument);

	return i != NULL && str_is(i->pack->id, "eu-eevidence");
}

/* What was disclosed stays disclosed: the rest is refused, the outcome remains. */
static void keep_disclosed(const struct gate *g, struct order_change *ch)
{
	if (g->order.outcome == OUTCOME_CONTENT || g->order.outcome == OUTCOME_NONCONTENT)
		ch->outcome = 0;
}

static int reject(struct ctx *c, struct step *s, void *arg)
{
	struct deciding *d = arg;
	struct order_change ch = {.code = d->code, .outcome = OUTCOME_REJECTED};
	struct gate g;
	int rc = load(c, s, d, &g);

	if (rc != 0)
		return rc;
	if (is_epoc(&g, d->in))
		return err_set(c, ERR_DENIED,
		    "an EPOC is not rejected: it is answered by Annex III, and the "
		    "data stay preserved (`writ order annex3`)");
	keep_disclosed(&g, &ch);
	rc = matter_end_items(c, s, &g.items, ITEM_WITHHOLD);
	if (rc == 0)
		rc = put_message(c, s, d, "refusal");
	return rc == 0 ? matter_move_order(c, s, &g.order, ORDER_REJECTED, &ch) : rc;
}

static int check_refusal(struct ctx *c, const struct deciding *d)
{
	int rc = right_needs(c, d->actor, d->right);

	if (rc == 0)
		rc = needs_reason(c, d->reason);
	if (rc == 0 && pack_code(d->in->law, d->code) == NULL)
		rc = err_set(c, ERR_INVALID, "unknown refusal code (`writ law codes` lists them)");
	return rc;
}

int review_reject(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str code, struct str reason)
{
	struct deciding d = {.in = in,
	    .actor = actor,
	    .right = RIGHT_ORDER_REJECT,
	    .order = order->id,
	    .code = code,
	    .reason = reason};
	int rc = check_refusal(c, &d);

	return rc == 0 ? run(c, "order.reject", &d, reject) : rc;
}

static int annex3(struct ctx *c, struct step *s, void *arg)
{
	struct deciding *d = arg;
	struct order_change ch = {.code = d->code, .outcome = OUTCOME_ANNEX3};
	struct gate g;
	int rc = load(c, s, d, &g);

	if (rc != 0)
		return rc;
	if (!is_epoc(&g, d->in))
		return err_set(c, ERR_DENIED, "Annex III answers an EPOC or EPOC-PR only");
	keep_disclosed(&g, &ch);
	rc = matter_end_items(c, s, &g.items, ITEM_WITHHOLD);
	if (rc == 0)
		rc = put_message(c, s, d, "annex3");
	/* Art. 10(9): preserved until produced or withdrawn, so without an end of its own */
	if (rc == 0)
		rc = step_insert(c, s, STEP_PRESERVATION, SQL_PRESERVATION_PUT,
		    DB_ARGS(db_int(d->order), db_int(s->now.s), db_null(), db_text(STR("EE-10-9"))),
		    NULL);
	return rc == 0 ? matter_move_order(c, s, &g.order, ORDER_ANNEX3, &ch) : rc;
}

int review_annex3(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str code, struct str reason)
{
	struct deciding d = {.in = in,
	    .actor = actor,
	    .right = RIGHT_ORDER_ANNEX3,
	    .order = order->id,
	    .code = code,
	    .reason = reason};
	int rc = check_refusal(c, &d);

	return rc == 0 ? run(c, "order.annex3", &d, annex3) : rc;
}
