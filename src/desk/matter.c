#include "desk/matter.h"

#include "base/mem.h"
#include "desk/hook.h"

/* ---- the tables of moves ---- */

#define TO(s) (1u << ORDER_##s)

/* From each state the states that may follow. */
static const struct {
	const char *word;
	unsigned next;
} order_moves[ORDER_STATES] = {
    [ORDER_RECEIVED] = {"received", TO(IN_REVIEW) | TO(WITHDRAWN) | TO(AMENDED)},
    [ORDER_IN_REVIEW] = {"in_review", TO(RETURNED) | TO(APPROVED) | TO(REJECTED) | TO(ANNEX3) |
					  TO(PRESERVED) | TO(WITHDRAWN) | TO(REDIRECTED) |
					  TO(LAPSED) | TO(AMENDED) | TO(CLOSED)},
    [ORDER_RETURNED] = {"returned",
	TO(IN_REVIEW) | TO(REJECTED) | TO(ANNEX3) | TO(WITHDRAWN) | TO(LAPSED) | TO(AMENDED)},
    [ORDER_APPROVED] = {"approved", TO(IN_REVIEW) | TO(PRODUCED) |
					TO(DELIVERED) | /* sealed before it was examined again */
					TO(WITHDRAWN) | TO(LAPSED) | TO(AMENDED) | TO(CLOSED)},
    [ORDER_REJECTED] = {"rejected", TO(IN_REVIEW) | TO(CLOSED)},
    [ORDER_ANNEX3] = {"annex3", TO(IN_REVIEW) | TO(WITHDRAWN) | TO(AMENDED) | TO(CLOSED)},
    [ORDER_PRESERVED] = {"preserved", TO(IN_REVIEW) | TO(WITHDRAWN) | TO(CLOSED)},
    [ORDER_WITHDRAWN] = {"withdrawn", TO(CLOSED)},
    [ORDER_REDIRECTED] = {"redirected", TO(IN_REVIEW) | TO(CLOSED)},
    [ORDER_LAPSED] = {"lapsed", TO(CLOSED)},
    [ORDER_AMENDED] = {"amended", TO(CLOSED)},
    [ORDER_PRODUCED] = {"produced",
	TO(PRODUCED) | TO(DELIVERED) | TO(IN_REVIEW) | TO(WITHDRAWN) | TO(LAPSED)},
    [ORDER_DELIVERED] = {"delivered",
	TO(PRODUCED) | TO(IN_REVIEW) | TO(WITHDRAWN) | TO(LAPSED) | TO(CLOSED)},
    [ORDER_CLOSED] = {"closed", TO(IN_REVIEW)},
};

#undef TO
#define TO(s) (1u << ITEM_##s)

static const struct {
	const char *word;
	unsigned next;
} item_moves[ITEM_STATES] = {
    [ITEM_ASKED] = {"asked", TO(PRODUCE) | TO(NARROW) | TO(WITHHOLD) | TO(WITHDRAWN)},
    [ITEM_PRODUCE] = {"produce", TO(ASKED) | TO(PRODUCE) | TO(NARROW) | TO(WITHHOLD) |
				     TO(WITHDRAWN) | TO(NO_DATA) | TO(PRODUCED)},
    [ITEM_NARROW] = {"narrow", TO(ASKED) | TO(PRODUCE) | TO(NARROW) | TO(WITHHOLD) | TO(WITHDRAWN) |
				   TO(NO_DATA) | TO(PRODUCED)},
    [ITEM_WITHHOLD] = {"withhold",
	TO(ASKED) | TO(PRODUCE) | TO(NARROW) | TO(WITHHOLD) | TO(WITHDRAWN)},
    [ITEM_WITHDRAWN] = {"withdrawn", 0},
    [ITEM_NO_DATA] = {"no_data", TO(ASKED) | TO(PRODUCED)},
    [ITEM_PRODUCED] = {"produced", TO(PRODUCED) | TO(PRODUCE) | TO(NARROW)},
};

#undef TO

const char *matter_order_word(enum order_state s)
{
	return order_moves[s].word;
}

bool matter_can_become(enum order_state from, enum order_state to)
{
	return (order_moves[from].next & 1u << to) != 0;
}

const char *matter_item_word(enum item_state s)
{
	return item_moves[s].word;
}

/* What a day saw stays: each change of the outcome is a row of its own. */
static int put_outcome(struct ctx *c, struct step *s, const struct legal_order *order)
{
	return step_insert(c, s, STEP_ORDER_OUTCOME, SQL_OUTCOME_PUT,
	    DB_ARGS(db_int(order->id),
		order->outcome == 0 ? db_null()
				    : db_text(str_of(outcome_id((enum outcome)order->outcome))),
		order->code.n == 0 ? db_null() : db_text(order->code), db_int(s->now.s)),
	    NULL);
}

int matter_move_order(struct ctx *c, struct step *s, struct legal_order *order, enum order_state to,
    const struct order_change *change)
{
	static const struct order_change none = {0};
	const struct order_change *ch = change == NULL ? &none : change;
	struct legal_order next = *order;
	int rc;

	/* A hold comes and goes without a move. */
	if ((order->state != to || ch->hold == NULL) &&
	    (order_moves[order->state].next & 1u << to) == 0)
		return err_set(c, ERR_DENIED, "an order that is %s cannot become %s",
		    err_word(c, order_moves[order->state].word), err_word(c, order_moves[to].word));
	next.state = to;
	if (ch->unsettle) {
		next.code = (struct str){"", 0};
		next.outcome = 0;
		next.settled = INSTANT_NONE;
	}
	if (ch->code.n > 0)
		next.code = ch->code;
	if (ch->outcome != 0) {
		next.outcome = ch->outcome;
		next.settled = s->now;
	}
	if (ch->narrowed)
		next.narrowed = true;
	if (ch->hold != NULL)
		next.hold = *ch->hold;
	rc = step_update(c, s, STEP_LEGAL_ORDER, SQL_ORDER_SET, order->id, order->rev,
	    DB_ARGS(db_text(str_of(order_moves[to].word)),
		next.hold.n == 0 ? db_null() : db_text(next.hold),
		next.code.n == 0 ? db_null() : db_text(next.code),
		next.outcome == 0 ? db_null()
				  : db_text(str_of(outcome_id((enum outcome)next.outcome))),
		db_instant(next.settled), db_int(next.narrowed),
		ch->because.n == 0 ? db_null() : db_text(ch->because)));
	if (rc == 0 && next.outcome != order->outcome)
		rc = put_outcome(c, s, &next);
	if (rc != 0)
		return rc;
	json_set_text(c, s->detail, "from", str_of(order_moves[order->state].word));
	json_set_text(c, s->detail, "to", str_of(order_moves[to].word));
	json_set_int(c, s->detail, "order", order->seq);
	if (next.code.n > 0)
		json_set_text(c, s->detail, "code", next.code);
	if (order->state != to)
		rc = hook_event(c, s->store->db, "order.state", order->matter, 0, s->now);
	next.rev++;
	*order = next;
	return rc;
}

int matter_move_item(
    struct ctx *c, struct step *s, struct item *item, enum item_state to, int64_t decision)
{
	int rc;

	if ((item_moves[item->state].next & 1u << to) == 0)
		return err_set(c, ERR_DENIED, "an item that is %s cannot become %s",
		    err_word(c, item_moves[item->state].word), err_word(c, item_moves[to].word));
	rc = step_update(c, s, STEP_ITEM, SQL_ITEM_SET, item->id, item->rev,
	    DB_ARGS(db_text(str_of(item_moves[to].word)), db_ref(decision)));
	if (rc != 0)
		return rc;
	item->state = to;
	item->decision = decision;
	item->rev++;
	return 0;
}

int matter_end_decision(struct ctx *c, struct step *s, int64_t id)
{
	const struct db_val *row;
	int rc;

	if (id == 0)
		return 0;
	rc = db_one(c, s->store->db, SQL_DECISION_BY_ID, DB_ARGS(db_int(id)), &row);
	if (rc != 0 || row[16].num == 0)
		return rc;
	return step_update(c, s, STEP_DECISION, SQL_DECISION_END, id, row[1].num, DB_NO_ARGS);
}

int matter_ask_again(struct ctx *c, struct step *s, struct items *items, bool withheld)
{
	int rc = 0;

	for (size_t i = 0; i < items->n && rc == 0; i++) {
		struct item *it = &items->v[i];
		bool decided = it->state == ITEM_PRODUCE || it->state == ITEM_NARROW ||
			       (withheld && it->state == ITEM_WITHHOLD);

		if (!decided && it->state != ITEM_PRODUCED)
			continue;
		rc = matter_end_decision(c, s, it->decision);
		if (rc == 0 && decided)
			rc = matter_move_item(c, s, it, ITEM_ASKED, 0);
	}
	return rc;
}

int matter_end_items(struct ctx *c, struct step *s, struct items *items, enum item_state to)
{
	int rc = 0;

	for (size_t i = 0; i < items->n && rc == 0; i++) {
		struct item *it = &items->v[i];

		if (it->state == ITEM_PRODUCED || it->state == ITEM_NO_DATA ||
		    it->state == ITEM_WITHDRAWN)
			continue;
		rc = matter_end_decision(c, s, it->decision);
		if (rc == 0 && it->state != to)
			rc = matter_move_item(c, s, it, to, 0);
	}
	return rc;
}

/* ---- reading ---- */

static enum order_state order_state_find(struct str word)
{
	enum order_state s = ORDER_RECEIVED;

	while (s < ORDER_STATES && !str_is(word, order_moves[s].word))
		s++;
	return s;
}

static enum item_state item_state_find(struct str word)
{
	enum item_state s = ITEM_ASKED;

	while (s < ITEM_STATES && !str_is(word, item_moves[s].word))
		s++;
	return s;
}

static struct str text_or_empty(struct ctx *c, struct db_val v)
{
	return v.kind == DB_TEXT ? str_make(c, v.s) : (struct str){"", 0};
}

static struct matter matter_row(struct ctx *c, const struct db_val *r)
{
	return (struct matter){.id = r[0].num,
	    .rev = r[1].num,
	    .ref = str_make(c, r[2].s),
	    .demand = r[3].num,
	    .compartment = (int)r[4].num,
	    .assigned = r[5].num,
	    .closed = r[6].num != 0,
	    .opened = {r[7].num},
	    .erased = db_get_instant(r[8]),
	    .country = str_make(c, r[9].s)};
}

static struct legal_order order_row(struct ctx *c, const struct db_val *r)
{
	struct legal_order o = {.id = r[0].num,
	    .rev = r[1].num,
	    .matter = r[2].num,
	    .seq = r[3].num,
	    .instrument = str_make(c, r[4].s),
	    .class = str_make(c, r[5].s),
	    .basis = str_make(c, r[6].s),
	    .state = order_state_find(r[7].s),
	    .hold = text_or_empty(c, r[8]),
	    .received = {r[9].num},
	    .emergency = r[10].num != 0,
	    .code = text_or_empty(c, r[11]),
	    .settled = db_get_instant(r[13]),
	    .narrowed = r[14].num != 0,
	    .cures = r[15].num,
	    .amends = r[16].num,
	    .demand = r[17].num};
	enum outcome outcome;

	if (r[12].kind == DB_TEXT && outcome_find(r[12].s, &outcome))
		o.outcome = (int)outcome;
	return o;
}

struct right_place matter_place(const struct matter *m)
{
	return (struct right_place){m->compartment, m->country};
}

int matter_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct matter *ret)
{
	const struct db_val *row;
	struct right_place place;
	struct matter m;
	struct id id;
	bool known = false;
	int rc = right_needs(c, actor, RIGHT_MATTER_READ);

	if (rc == 0)
		rc = id_parse(c, ref, &id);
	if (rc == 0)
		rc = db_find(
		    c, in->store.db, SQL_MATTER_BY_REF, DB_ARGS(db_text(id_str(&id))), &row);
	if (rc != 0)
		return rc;
	if (row != NULL) {
		m = matter_row(c, row);
		place = matter_place(&m);
		known = str_eq(m.ref, id_str(&id));
	}
	rc = right_case(c, actor, RIGHT_MATTER_READ, known ? &place : NULL, ERR_TEXT("case"));
	if (rc == 0)
		*ret = m;
	return rc;
}

int matter_by_id(struct ctx *c, struct instance *in, int64_t id, struct matter *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_MATTER_BY_ID, DB_ARGS(db_int(id)), &row);

	if (rc == 0)
		*ret = matter_row(c, row);
	return rc;
}

int matter_enter(struct ctx *c, struct instance *in, const struct person *actor, enum right right,
    int64_t id, bool open)
{
	struct right_place place;
	struct matter m;
	int rc = matter_by_id(c, in, id, &m);

	if (rc == 0) {
		place = matter_place(&m);
		rc = right_case(c, actor, right, &place, ERR_TEXT("case"));
	}
	if (rc == 0 && open && m.closed)
		rc = err_set(c, ERR_DENIED, "the case is closed: reopen it first");
	return rc;
}

int matter_sent(struct ctx *c, struct instance *in, int64_t id)
{
	struct matter m;
	int rc = matter_by_id(c, in, id, &m);

	if (rc == 0 && m.compartment != 0)
		rc = err_set(c, ERR_NOTFOUND, "no case has this reference");
	if (rc == 0 && m.closed)
		rc = err_set(c, ERR_DENIED, "the case is closed: ask the provider");
	return rc;
}

struct each {
	int (*fn)(struct ctx *c, const struct matter *m, void *arg);
	void *arg;
};

static int each_matter(struct ctx *c, const struct db_val *row, void *arg)
{
	struct each *e = arg;
	struct matter m = matter_row(c, row);

	return e->fn(c, &m, e->arg);
}

int matter_page(struct ctx *c, struct instance *in, const struct person *actor, bool closed,
    const struct matter_page *page, int (*fn)(struct ctx *c, const struct matter *m, void *arg),
    void *arg)
{
	struct each e = {fn, arg};
	struct matter after = {.opened.s = INT64_MIN};
	int rc = right_needs(c, actor, RIGHT_MATTER_READ);

	if (rc == 0 && page->after.n > 0)
		rc = matter_get(c, in, actor, page->after, &after);
	return rc != 0
		   ? rc
		   : db_each(c, in->store.db, SQL_MATTER_EACH,
			 DB_ARGS(db_int(closed), db_int(actor->sealed), db_int(right_within(actor)),
			     db_int(after.opened.s), db_int(after.id), db_int(page->limit)),
			 each_matter, &e);
}

int matter_each(struct ctx *c, struct instance *in, const struct person *actor, bool closed,
    int (*fn)(struct ctx *c, const struct matter *m, void *arg), void *arg)
{
	struct matter_page all = {.limit = INT64_MAX};

	return matter_page(c, in, actor, closed, &all, fn, arg);
}

static int add_order(struct ctx *c, const struct db_val *row, void *arg)
{
	struct legal_orders *l = arg;

	l->v = mem_grow(c, l->v, l->n, &l->cap, sizeof *l->v);
	l->v[l->n++] = order_row(c, row);
	return 0;
}

int matter_orders(struct ctx *c, struct instance *in, int64_t matter, struct legal_orders *ret)
{
	*ret = (struct legal_orders){0};
	return db_each(
	    c, in->store.db, SQL_ORDER_OF_MATTER, DB_ARGS(db_int(matter)), add_order, ret);
}

int matter_order(struct ctx *c, struct instance *in, const struct matter *m, int64_t number,
    struct legal_order *ret)
{
	struct legal_orders all;
	int rc = matter_orders(c, in, m->id, &all);

	if (rc != 0)
		return rc;
	if (number == 0 && all.n > 1)
		return err_set(
		    c, ERR_INVALID, "the case has %zu orders: say which with --order N", all.n);
	for (size_t i = 0; i < all.n; i++) {
		if (number == 0 || all.v[i].seq == number) {
			*ret = all.v[i];
			return 0;
		}
	}
	return err_set(c, ERR_NOTFOUND, "the case has no such order");
}

int matter_order_by_id(struct ctx *c, struct instance *in, int64_t id, struct legal_order *ret)
{
	const struct db_val *row;
	int rc = db_one(c, in->store.db, SQL_ORDER_BY_ID, DB_ARGS(db_int(id)), &row);

	if (rc == 0)
		*ret = order_row(c, row);
	return rc;
}

static int add_item(struct ctx *c, const struct db_val *r, void *arg)
{
	struct items *l = arg;

	l->v = mem_grow(c, l->v, l->n, &l->cap, sizeof *l->v);
	l->v[l->n] = (struct item){.id = r[0].num,
	    .rev = r[1].num,
	    .legal_order = r[2].num,
	    .target = r[3].num,
	    .number = (int)l->n + 1,
	    .field = str_make(c, r[4].s),
	    .service = str_make(c, r[5].s),
	    .from = db_get_day(r[6]),
	    .to = db_get_day(r[7]),
	    .fold = str_make(c, r[8].s),
	    .state = item_state_find(r[9].s),
	    .decision = r[10].num};
	l->n++;
	return 0;
}

int matter_items(struct ctx *c, struct instance *in, int64_t order, struct items *ret)
{
	*ret = (struct items){0};
	return db_each(c, in->store.db, SQL_ITEM_OF_ORDER, DB_ARGS(db_int(order)), add_item, ret);
}

struct open_targets {
	struct instance *in;
	struct targets *list;
};

static int unseal_or(
    struct ctx *c, const struct instance *in, const char *label, struct db_val ct, struct str *ret)
{
	if (ct.kind != DB_BLOB) {
		*ret = STR("(erased)");
		return 0;
	}
	return vault_unseal(c, in->store.vault, label, ct.s, ret);
}

static int add_target(struct ctx *c, const struct db_val *r, void *arg)
{
	struct open_targets *o = arg;
	struct target t = {.id = r[0].num,
	    .matter = r[1].num,
	    .kind = str_make(c, r[2].s),
	    .at = db_get_instant(r[4]),
	    .specific = r[5].num != 0,
	    .corrects = r[6].num};
	int rc = unseal_or(c, o->in, "target.value", r[7], &t.value);

	if (rc == 0)
		rc = unseal_or(c, o->in, "target.printed", r[8], &t.printed);
	if (rc != 0)
		return rc;
	memcpy(t.key.b, r[3].s.p, HASH_SIZE);
	o->list->v = mem_grow(c, o->list->v, o->list->n, &o->list->cap, sizeof *o->list->v);
	o->list->v[o->list->n++] = t;
	return 0;
}

int matter_targets(struct ctx *c, struct instance *in, int64_t matter, struct targets *ret)
{
	struct open_targets o = {in, ret};

	*ret = (struct targets){0};
	return db_each(
	    c, in->store.db, SQL_TARGET_OF_MATTER, DB_ARGS(db_int(matter)), add_target, &o);
}

const struct target *matter_target(const struct targets *t, int64_t id)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].id == id)
			return &t->v[i];
	return NULL;
}

static int add_ref(struct ctx *c, const struct db_val *row, void *arg)
{
	json_add(c, arg, json_of_text(c, str_make(c, row[0].s)));
	return 0;
}

int matter_seen(struct ctx *c, struct instance *in, const struct person *actor, struct hash key,
    struct json *ret)
{
	int rc = right_needs(c, actor, RIGHT_MATTER_READ);

	return rc != 0 ? rc
		       : db_each(c, in->store.db, SQL_TARGET_SEEN,
			     DB_ARGS(db_blob(hash_str(&key)), db_int(actor->sealed),
				 db_int(right_within(actor))),
			     add_ref, ret);
}

/* ---- the matter's own state ---- */

/* The order that needs most attention names the matter's state. */
static const enum order_state by_attention[] = {ORDER_RECEIVED, ORDER_IN_REVIEW, ORDER_RETURNED,
    ORDER_APPROVED, ORDER_PRODUCED, ORDER_DELIVERED, ORDER_ANNEX3, ORDER_PRESERVED, ORDER_REJECTED,
    ORDER_REDIRECTED, ORDER_WITHDRAWN, ORDER_LAPSED, ORDER_AMENDED, ORDER_CLOSED};

const char *matter_state(const struct matter *m, const struct legal_orders *orders)
{
	if (m->closed)
		return "closed";
	for (size_t i = 0; i < orders->n; i++)
		if (orders->v[i].hold.n > 0)
			return str_is(orders->v[i].hold, "challenged") ? "challenged" : "on hold";
	for (size_t a = 0; a < sizeof by_attention / sizeof by_attention[0]; a++)
		for (size_t i = 0; i < orders->n; i++)
			if (orders->v[i].state == by_attention[a])
				return order_moves[by_attention[a]].word;
	return "received";
}

struct closing {
	struct instance *in;
	struct matter *m;
	bool closed;
};

static int set_closed(struct ctx *c, struct step *s, void *arg)
{
	struct closing *cl = arg;
	struct legal_orders orders;
	int rc = step_matter(c, s, cl->m->id);

	if (rc == 0)
		rc = matter_orders(c, cl->in, cl->m->id, &orders);
	for (size_t i = 0; rc == 0 && cl->closed && i < orders.n; i++)
		if (orders.v[i].state < ORDER_REJECTED || str_is(orders.v[i].hold, "challenged"))
			rc = err_set(c, ERR_DENIED, "order %lld is still %s",
			    (long long)orders.v[i].seq,
			    err_word(c, order_moves[orders.v[i].state].word));
	if (rc != 0)
		return rc;
	return step_update(c, s, STEP_MATTER, SQL_MATTER_SET, cl->m->id, cl->m->rev,
	    DB_ARGS(db_ref(cl->m->assigned), db_int(cl->closed)));
}

int matter_close(
    struct ctx *c, struct instance *in, const struct person *actor, struct matter *m, bool closed)
{
	struct closing cl = {in, m, closed};
	int rc = right_needs(c, actor, RIGHT_MATTER_CLOSE);

	if (rc == 0)
		rc = matter_enter(c, in, actor, RIGHT_MATTER_CLOSE, m->id, false);
	if (rc == 0)
		rc = step_run(c, &in->store, closed ? "matter.close" : "matter.reopen", actor->id,
		    set_closed, &cl, NULL);
	if (rc == 0) {
		m->closed = closed;
		m->rev++;
	}
	return rc;
}
