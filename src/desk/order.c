#include "desk/order.h"

#include "base/mem.h"
#include "desk/gate.h"
#include "in/target.h"

struct change {
	struct instance *in;
	const struct person *actor;
	enum right right;
	bool sent; /* by the officer, in the portal: no right of the house */
	int64_t order, item;
	struct str name, value, kind, because;
	enum order_state to;
	int outcome;
	struct str code;
};

static int run(struct ctx *c, const char *what, struct change *ch,
    int (*fn)(struct ctx *c, struct step *s, void *arg))
{
	return step_run(c, &ch->in->store, what, ch->actor->id, fn, ch, NULL);
}

static int load(struct ctx *c, struct step *s, const struct change *ch, struct legal_order *ret)
{
	int rc = step_order(c, s, ch->order);

	if (rc == 0)
		rc = matter_order_by_id(c, ch->in, ch->order, ret);
	if (rc == 0)
		rc = ch->sent ? matter_sent(c, ch->in, ret->matter)
			      : matter_enter(c, ch->in, ch->actor, ch->right, ret->matter, true);
	if (rc == 0)
		json_set_int(c, s->detail, "order", ret->seq);
	return rc;
}

/* ---- back to review ---- */

static bool disclosed(const struct legal_order *o)
{
	return o->outcome == OUTCOME_CONTENT || o->outcome == OUTCOME_NONCONTENT;
}

/* Judges from the facts as they are now and puts the order back into review, where it was decided.
 */
static int review_again(struct ctx *c, struct step *s, const struct change *ch)
{
	struct order_change again = {0};
	struct items items;
	struct gate g;
	int rc = matter_items(c, ch->in, ch->order, &items);

	if (rc == 0)
		rc = matter_ask_again(c, s, &items, true);

	if (rc == 0)
		rc = gate_load(c, ch->in, ch->order, &g);
	if (rc == 0 && g.set_aside)
		rc = err_set(
		    c, ERR_DENIED, "a court has set the order aside: it does not come back");
	if (rc == 0)
		rc = gate_store(c, s, &g);
	if (rc != 0 || g.order.state == ORDER_IN_REVIEW)
		return rc;
	if (g.order.state == ORDER_RETURNED)
		return 0; /* the question is still out */
	/* What was disclosed stays disclosed; every other outcome is open again. */
	again.unsettle = !disclosed(&g.order);
	return matter_move_order(c, s, &g.order, ORDER_IN_REVIEW, &again);
}

int order_look_again(struct ctx *c, struct step *s, struct instance *in, int64_t order)
{
	struct change ch = {.in = in, .order = order};

	return review_again(c, s, &ch);
}

int order_judge_matter(struct ctx *c, struct step *s, struct instance *in, int64_t matter)
{
	struct legal_orders all;
	int rc = step_matter(c, s, matter);

	if (rc == 0)
		rc = matter_orders(c, in, matter, &all);
	for (size_t i = 0; rc == 0 && i < all.n; i++) {
		struct change ch = {.in = in, .order = all.v[i].id};

		if (all.v[i].state == ORDER_IN_REVIEW || all.v[i].state == ORDER_RETURNED)
			rc = review_again(c, s, &ch);
	}
	return rc;
}

/* ---- facts ---- */

static int set_fact(struct ctx *c, struct step *s, void *arg)
{
	struct change *ch = arg;
	struct legal_order order;
	const struct db_val *row;
	struct db_val ct =
	    ch->value.n == 0
		? db_null()
		: db_blob(vault_seal(c, ch->in->store.vault, "order_fact.value", ch->value));
	int rc = load(c, s, ch, &order);

	if (rc == 0)
		rc = db_find(c, ch->in->store.db, SQL_FACT_FIND,
		    DB_ARGS(db_int(ch->order), db_text(ch->name)), &row);
	if (rc != 0)
		return rc;
	if (row == NULL)
		rc = step_insert(c, s, STEP_ORDER_FACT, SQL_FACT_PUT,
		    DB_ARGS(db_int(ch->order), db_text(ch->name), ct, db_text(STR("person"))),
		    NULL);
	else
		rc = step_update(c, s, STEP_ORDER_FACT, SQL_FACT_SET, row[0].num, row[1].num,
		    DB_ARGS(ct, db_text(STR("person"))));
	json_set_text(c, s->detail, "fact", ch->name);
	return rc == 0 ? review_again(c, s, ch) : rc;
}

int order_fact(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str name, struct str value)
{
	struct change ch = {.in = in,
	    .actor = actor,
	    .right = RIGHT_ORDER_FACT,
	    .order = order->id,
	    .name = name,
	    .value = value};
	int rc = right_needs(c, actor, ch.right);

	if (rc == 0 && (!str_starts(name, "order.") || str_is(name, "order.instrument") ||
			   str_is(name, "order.basis") || str_is(name, "order.class")))
		rc = err_set(c, ERR_INVALID,
		    "only facts of the order are entered, as order.NAME (`writ law facts`), and "
		    "not its instrument");
	if (rc == 0 && str_is(name, "order.call_back") && str_is(value, "yes"))
		rc = err_set(c, ERR_INVALID,
		    "that the authority was called back is recorded, not entered: `writ order "
		    "call-back`");
	if (rc == 0 && value.n > 0)
		rc = pack_fact_check(c, in->law, name, value);
	return rc == 0 ? run(c, "order.fact", &ch, set_fact) : rc;
}

static int judge_again(struct ctx *c, struct step *s, void *arg)
{
	struct change *ch = arg;
	struct legal_order order;
	int rc = load(c, s, ch, &order);

	return rc == 0 ? review_again(c, s, ch) : rc;
}

int order_judge(
    struct ctx *c, struct instance *in, const struct person *actor, const struct legal_order *order)
{
	struct change ch = {
	    .in = in, .actor = actor, .right = RIGHT_ORDER_JUDGE, .order = order->id};
	int rc = right_needs(c, actor, ch.right);

	return rc == 0 ? run(c, "order.judge", &ch, judge_again) : rc;
}

/* ---- questions ---- */

static int put_message(struct ctx *c, struct step *s, const struct change *ch, const char *kind)
{
	return step_insert(c, s, STEP_MESSAGE, SQL_MESSAGE_PUT,
	    DB_ARGS(db_int(ch->order), db_text(str_of(kind)), db_int(s->now.s),
		db_int(ch->actor->id),
		db_blob(vault_seal(c, ch->in->store.vault, "message.text", ch->value))),
	    NULL);
}

static int ask(struct ctx *c, struct step *s, void *arg)
{
	struct change *ch = arg;
	struct legal_order order;
	int rc = load(c, s, ch, &order);

	if (rc == 0)
		rc = matter_move_order(c, s, &order, ORDER_RETURNED, NULL);
	if (rc == 0)
		rc = put_message(c, s, ch, "question");
	return rc != 0 ? rc
		       : step_insert(c, s, STEP_PAUSE, SQL_PAUSE_PUT,
			     DB_ARGS(db_int(ch->order), db_text(STR("clarification")),
				 db_int(s->now.s)),
			     NULL);
}

int order_return(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str question)
{
	struct change ch = {.in = in,
	    .actor = actor,
	    .right = RIGHT_ORDER_RETURN,
	    .order = order->id,
	    .value = question};
	int rc = right_needs(c, actor, ch.right);

	if (rc == 0 && str_trim(question).n == 0)
		rc = err_set(c, ERR_INVALID, "the question is empty");
	return rc == 0 ? run(c, "order.return", &ch, ask) : rc;
}

struct open_pause {
	int64_t id, rev;
};

static int find_open(struct ctx *c, const struct db_val *row, void *arg)
{
	struct open_pause *p = arg;

	(void)c;
	if (row[4].kind == DB_NULL)
		*p = (struct open_pause){row[0].num, row[1].num};
	return 0;
}

static int take_answer(struct ctx *c, struct step *s, void *arg)
{
	struct change *ch = arg;
	struct open_pause p = {0};
	struct legal_order order;
	int rc = load(c, s, ch, &order);

	if (rc == 0 && order.state != ORDER_RETURNED)
		rc = err_set(c, ERR_DENIED, "no question is with the authority");
	if (rc == 0)
		rc = put_message(c, s, ch, "answer");
	if (rc == 0)
		rc = db_each(c, ch->in->store.db, SQL_PAUSE_OF_ORDER, DB_ARGS(db_int(ch->order)),
		    find_open, &p);
	if (rc == 0 && p.id != 0)
		rc = step_update(
		    c, s, STEP_PAUSE, SQL_PAUSE_END, p.id, p.rev, DB_ARGS(db_int(s->now.s)));
	return rc == 0 ? matter_move_order(c, s, &order, ORDER_IN_REVIEW, NULL) : rc;
}

int order_answer(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str answer)
{
	struct change ch = {.in = in,
	    .actor = actor,
	    .right = RIGHT_ORDER_ANSWER,
	    .order = order->id,
	    .value = answer};
	int rc = right_needs(c, actor, ch.right);

	return rc == 0 ? run(c, "order.answer", &ch, take_answer) : rc;
}

int order_sent_answer(struct ctx *c, struct instance *in, const struct person *officer,
    const struct legal_order *order, struct str text)
{
	struct change ch = {
	    .in = in, .actor = officer, .sent = true, .order = order->id, .value = text};

	if (str_trim(text).n == 0)
		return err_set(c, ERR_INVALID, "the answer is empty");
	return run(c, "order.answer", &ch, take_answer);
}

static int take_note(struct ctx *c, struct step *s, void *arg)
{
	struct legal_order order;
	int rc = load(c, s, arg, &order);

	return rc == 0 ? put_message(c, s, arg, "note") : rc;
}

int order_note(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str text)
{
	struct change ch = {
	    .in = in, .actor = actor, .right = RIGHT_ORDER_NOTE, .order = order->id, .value = text};
	int rc = right_needs(c, actor, ch.right);

	if (rc == 0 && str_trim(text).n == 0)
		rc = err_set(c, ERR_INVALID, "the note is empty");
	return rc == 0 ? run(c, "order.note", &ch, take_note) : rc;
}

/* ---- endings ---- */

/* What was disclosed stays disclosed: an order that has an outcome keeps it. */
static int end_loaded(
    struct ctx *c, struct step *s, const struct change *ch, struct legal_order *order)
{
	struct order_change set = {.code = ch->code, .because = ch->because};
	struct items items;
	int rc = matter_items(c, ch->in, order->id, &items);

	if (rc != 0)
		return rc;
	if (!disclosed(order))
		set.outcome = ch->outcome;
	rc = matter_end_items(c, s, &items, ITEM_WITHDRAWN);
	return rc == 0 ? matter_move_order(c, s, order, ch->to, &set) : rc;
}

static int end_order(struct ctx *c, struct step *s, void *arg)
{
	struct change *ch = arg;
	struct legal_order order;
	int rc = load(c, s, ch, &order);

	return rc == 0 ? end_loaded(c, s, ch, &order) : rc;
}

int order_end_withdrawn(struct ctx *c, struct step *s, struct instance *in, int64_t order)
{
	struct change ch = {.in = in,
	    .to = ORDER_WITHDRAWN,
	    .outcome = OUTCOME_WITHDRAWN,
	    .because = STR("authority")};
	struct legal_order o;
	int rc = matter_order_by_id(c, in, order, &o);

	return rc == 0 ? end_loaded(c, s, &ch, &o) : rc;
}

int order_withdraw(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str because)
{
	struct change ch = {.in = in,
	    .actor = actor,
	    .right = RIGHT_ORDER_WITHDRAW,
	    .order = order->id,
	    .to = ORDER_WITHDRAWN,
	    .outcome = OUTCOME_WITHDRAWN,
	    .because = because};
	int rc = right_needs(c, actor, ch.right);

	if (rc == 0 && !str_has_word(STR("authority notice settled other"), because))
		rc = err_set(c, ERR_INVALID, "because is one of: authority notice settled other");
	return rc == 0 ? run(c, "order.withdraw", &ch, end_order) : rc;
}

int order_sent_withdrawal(struct ctx *c, struct instance *in, const struct person *officer,
    const struct legal_order *order, struct str because)
{
	struct change ch = {.in = in,
	    .actor = officer,
	    .sent = true,
	    .order = order->id,
	    .to = ORDER_WITHDRAWN,
	    .outcome = OUTCOME_WITHDRAWN,
	    .because = because};

	if (!str_has_word(STR("authority settled other"), because))
		return err_set(c, ERR_INVALID, "because is one of: authority settled other");
	return run(c, "order.withdraw", &ch, end_order);
}

int order_lapse(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str code)
{
	struct change ch = {.in = in,
	    .actor = actor,
	    .right = RIGHT_ORDER_LAPSE,
	    .order = order->id,
	    .to = ORDER_LAPSED,
	    .outcome = OUTCOME_REJECTED,
	    .code = code};
	int rc = right_needs(c, actor, ch.right);

	if (rc == 0 && !str_has_word(STR("not_confirmed expired"), code))
		rc = err_set(c, ERR_INVALID, "a lapse is not_confirmed or expired");
	return rc == 0 ? run(c, "order.lapse", &ch, end_order) : rc;
}

int order_end_redirected(struct ctx *c, struct step *s, struct instance *in,
    const struct person *actor, int64_t order, struct str reason)
{
	struct change ch = {.in = in,
	    .actor = actor,
	    .order = order,
	    .to = ORDER_REDIRECTED,
	    .outcome = OUTCOME_REDIRECTED,
	    .value = reason};
	struct legal_order o;
	int rc = matter_order_by_id(c, in, order, &o);

	if (rc == 0)
		rc = end_loaded(c, s, &ch, &o);
	return rc == 0 ? put_message(c, s, &ch, "note") : rc;
}

/* ---- single items ---- */

static int find_item(struct ctx *c, const struct change *ch, struct item *ret)
{
	struct items items;
	int rc = matter_items(c, ch->in, ch->order, &items);

	if (rc == 0 && (ch->item < 1 || (size_t)ch->item > items.n))
		rc = err_set(c, ERR_NOTFOUND, "the order has no item %lld", (long long)ch->item);
	if (rc == 0)
		*ret = items.v[ch->item - 1];
	return rc;
}

static int drop_item(struct ctx *c, struct step *s, void *arg)
{
	struct change *ch = arg;
	struct legal_order order;
	struct item item;
	int rc = load(c, s, ch, &order);

	if (rc == 0)
		rc = find_item(c, ch, &item);
	if (rc == 0)
		rc = matter_end_decision(c, s, item.decision);
	json_set_int(c, s->detail, "item", ch->item);
	return rc == 0 ? matter_move_item(c, s, &item, ITEM_WITHDRAWN, 0) : rc;
}

int order_withdraw_item(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t item)
{
	struct change ch = {.in = in,
	    .actor = actor,
	    .right = RIGHT_ITEM_WITHDRAW,
	    .order = order->id,
	    .item = item};
	int rc = right_needs(c, actor, ch.right);

	return rc == 0 ? run(c, "item.withdraw", &ch, drop_item) : rc;
}

int order_sent_item(struct ctx *c, struct instance *in, const struct person *officer,
    const struct legal_order *order, int64_t item)
{
	struct change ch = {
	    .in = in, .actor = officer, .sent = true, .order = order->id, .item = item};

	return run(c, "item.withdraw", &ch, drop_item);
}

static int correct(struct ctx *c, struct step *s, void *arg)
{
	struct change *ch = arg;
	const struct vault *v = ch->in->store.vault;
	const struct target *old;
	struct legal_order order;
	struct targets targets;
	struct item item;
	struct hash key;
	struct str normal;
	int64_t target;
	int rc = target_normalise(c, ch->kind, ch->value, &normal);

	if (rc == 0)
		rc = load(c, s, ch, &order);
	if (rc == 0)
		rc = find_item(c, ch, &item);
	if (rc != 0)
		return rc;
	if (item.state == ITEM_PRODUCED || item.state == ITEM_NO_DATA ||
	    item.state == ITEM_WITHDRAWN)
		return err_set(c, ERR_DENIED, "item %lld is %s", (long long)ch->item,
		    err_word(c, matter_item_word(item.state)));
	rc = matter_targets(c, ch->in, order.matter, &targets);
	if (rc != 0)
		return rc;
	old = matter_target(&targets, item.target);
	/* a slip is in one account's name; a class of users becomes an account by an amended order
	 * only */
	if (old != NULL && !old->specific)
		return err_set(c, ERR_DENIED,
		    "item %lld names no single account: it needs an amended order",
		    (long long)ch->item);
	key = vault_key(
	    v, "target.value", str_fmt(c, "%.*s:%.*s", STR_ARG(ch->kind), STR_ARG(normal)));
	rc = step_insert(c, s, STEP_TARGET, SQL_TARGET_PUT,
	    DB_ARGS(db_int(order.matter), db_text(ch->kind), db_blob(hash_str(&key)),
		old == NULL ? db_null()
			    : db_instant(old->at), /* the instant of use is no part of the slip */
		db_int(target_specific(ch->kind, ch->value)), db_int(item.target),
		db_blob(vault_seal(c, v, "target.value", normal)),
		db_blob(vault_seal(c, v, "target.printed", ch->value))),
	    &target);
	if (rc == 0)
		rc = matter_end_decision(c, s, item.decision);
	if (rc == 0)
		rc = step_update(
		    c, s, STEP_ITEM, SQL_ITEM_RETARGET, item.id, item.rev, DB_ARGS(db_int(target)));
	json_set_int(c, s->detail, "item", ch->item);
	return rc == 0 ? review_again(c, s, ch) : rc;
}

int order_correct(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t item, struct str kind, struct str printed)
{
	struct change ch = {.in = in,
	    .actor = actor,
	    .right = RIGHT_ITEM_CORRECT,
	    .order = order->id,
	    .item = item,
	    .kind = kind,
	    .value = printed};
	int rc = right_needs(c, actor, ch.right);

	return rc == 0 ? run(c, "item.correct", &ch, correct) : rc;
}

int order_sent_correction(struct ctx *c, struct instance *in, const struct person *officer,
    const struct legal_order *order, int64_t item, struct str kind, struct str printed)
{
	struct change ch = {.in = in,
	    .actor = officer,
	    .sent = true,
	    .order = order->id,
	    .item = item,
	    .kind = kind,
	    .value = printed};

	return run(c, "item.correct", &ch, correct);
}
