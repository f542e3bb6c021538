/*
 * The case: matters, their orders and items, and the one place where state changes.
 *
 * Each order and each item has its own state; the matter's is derived from its orders (product.md
 * 4). All moves go through matter_move_order and matter_move_item, inside a step: the tables of
 * permitted moves stand in matter.c and nowhere else.
 *
 * A matter of the national-security compartment, or of a country that a person is not for, does not
 * exist for the person (right.h): every look-up answers ERR_NOTFOUND, lists leave it out. An admin
 * reads no case.
 */
#ifndef WRIT_MATTER_H
#define WRIT_MATTER_H

#include "desk/right.h"
#include "in/draft.h"
#include "kind/id.h"
#include "stat/outcome.h"

struct matter {
	int64_t id, rev, demand, assigned;
	struct str ref, country; /* of the authority: that of its demand */
	int compartment;
	bool closed;
	struct instant opened;
	struct instant erased; /* none while its personal detail is there */
};

/* The states of an order, by their words in the database. */
enum order_state {
	ORDER_RECEIVED,
	ORDER_IN_REVIEW,
	ORDER_RETURNED, /* a question is with the authority */
	ORDER_APPROVED,
	ORDER_REJECTED,
	ORDER_ANNEX3,    /* an EPOC answered by Annex III; the data stay preserved */
	ORDER_PRESERVED, /* a preservation that was put in force */
	ORDER_WITHDRAWN,
	ORDER_REDIRECTED, /* to the enterprise customer */
	ORDER_LAPSED,     /* provisional and never confirmed, or expired */
	ORDER_AMENDED,    /* replaced by the order that amends it */
	ORDER_PRODUCED,
	ORDER_DELIVERED,
	ORDER_CLOSED,
	ORDER_STATES
};

struct legal_order {
	int64_t id, rev, matter, seq, cures, amends;
	int64_t demand; /* what brought it; 0: the matter's demand */
	struct str instrument, class, basis, hold, code;
	enum order_state state;
	struct instant received, settled;
	bool emergency, narrowed;
	int outcome; /* enum outcome, 0 while pending */
};

enum item_state {
	ITEM_ASKED,
	ITEM_PRODUCE,
	ITEM_NARROW,
	ITEM_WITHHOLD,
	ITEM_WITHDRAWN,
	ITEM_NO_DATA,
	ITEM_PRODUCED,
	ITEM_STATES
};

struct item {
	int64_t id, rev, legal_order, target, decision;
	int number; /* 1, 2, ... within its order: what people call it */
	struct str field, service, fold;
	struct day from, to;
	enum item_state state;
};

struct target {
	int64_t id, matter, corrects; /* corrects: the target this one was put in the place of, 0 */
	struct str kind, value, printed; /* opened */
	struct hash key;
	struct instant at;
	bool specific;
};

struct items {
	struct item *v;
	size_t n, cap;
};
struct targets {
	struct target *v;
	size_t n, cap;
};
struct legal_orders {
	struct legal_order *v;
	size_t n, cap;
};

const char *matter_order_word(enum order_state s);
/* matter_can_become(from, to): by the table of moves. */
bool matter_can_become(enum order_state from, enum order_state to);
const char *matter_item_word(enum item_state s);

/* matter_get(c, in, actor, ref, ret): ERR_NOTFOUND also for one the actor may not know of;
 * ERR_DENIED for an admin. */
int matter_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct matter *ret) MUST_CHECK;
int matter_by_id(struct ctx *c, struct instance *in, int64_t id, struct matter *ret) MUST_CHECK;
/* matter_place(m): where it lies, for right_case. */
struct right_place matter_place(const struct matter *m);
/* matter_enter(c, in, actor, right, id, open): every step on a case asks here, inside its
 * transaction: what right_case says; ERR_DENIED when it must be open and is closed. */
int matter_enter(struct ctx *c, struct instance *in, const struct person *actor, enum right right,
    int64_t id, bool open) MUST_CHECK;
/* matter_sent(c, in, id): the same for what the officer who sent it does by the portal;
 * desk/exchange.h has asked whether the officer may see the demand. ERR_DENIED for a closed case,
 * ERR_NOTFOUND for one of a compartment. */
int matter_sent(struct ctx *c, struct instance *in, int64_t id) MUST_CHECK;
/* matter_each(c, in, actor, closed, fn, arg): the open cases, or the closed ones, as they were
 * opened. matter_page: a part of them, so that a list costs the same however many there are;
 * ERR_NOTFOUND when page->after is no case that the actor may know of. */
struct matter_page {
	struct str after; /* those that follow the one with this reference; "": from the first */
	int64_t limit;    /* so many at most */
};
int matter_each(struct ctx *c, struct instance *in, const struct person *actor, bool closed,
    int (*fn)(struct ctx *c, const struct matter *m, void *arg), void *arg) MUST_CHECK;
int matter_page(struct ctx *c, struct instance *in, const struct person *actor, bool closed,
    const struct matter_page *page, int (*fn)(struct ctx *c, const struct matter *m, void *arg),
    void *arg) MUST_CHECK;
/* matter_orders / matter_order: all orders of a matter, or the one with this number; number 0 means
 * the only one (ERR_INVALID when there are several). */
int matter_orders(
    struct ctx *c, struct instance *in, int64_t matter, struct legal_orders *ret) MUST_CHECK;
int matter_order(struct ctx *c, struct instance *in, const struct matter *m, int64_t number,
    struct legal_order *ret) MUST_CHECK;
int matter_order_by_id(
    struct ctx *c, struct instance *in, int64_t id, struct legal_order *ret) MUST_CHECK;
int matter_items(struct ctx *c, struct instance *in, int64_t order, struct items *ret) MUST_CHECK;
int matter_targets(
    struct ctx *c, struct instance *in, int64_t matter, struct targets *ret) MUST_CHECK;
const struct target *matter_target(const struct targets *t, int64_t id);
/* matter_seen(c, in, actor, key, ret): references of the matters that name the same identifier. */
int matter_seen(struct ctx *c, struct instance *in, const struct person *actor, struct hash key,
    struct json *ret) MUST_CHECK;

/* matter_state(orders): the matter's state, derived: "in review", "returned", ... (product.md 4).
 */
const char *matter_state(const struct matter *m, const struct legal_orders *orders);

/* What a move sets beside the state; zeroed fields leave things as they are. */
struct order_change {
	struct str code; /* refusal code */
	int outcome;     /* enum outcome; settles the order now */
	bool unsettle;   /* back to pending: outcome and code are taken away */
	bool narrowed;
	struct str because;     /* of a withdrawal */
	const struct str *hold; /* NULL: as it is; empty: none */
};

/* matter_move_order(c, s, order, to, change): the only way an order's state changes. ERR_DENIED
 * "an order that is X cannot become Y". Updates *order. */
int matter_move_order(struct ctx *c, struct step *s, struct legal_order *order, enum order_state to,
    const struct order_change *change) MUST_CHECK;
/* matter_move_item(c, s, item, to, decision): likewise for an item; decision 0 takes it away. */
int matter_move_item(struct ctx *c, struct step *s, struct item *item, enum item_state to,
    int64_t decision) MUST_CHECK;
/* matter_end_decision(c, s, id): what replaced it stands beside it, or nothing does. id 0, and a
 * decision that has ended, are fine. */
int matter_end_decision(struct ctx *c, struct step *s, int64_t id) MUST_CHECK;
/* matter_ask_again(c, s, items, withheld): the decisions end and their items are asked again, the
 * withheld ones too if `withheld`. What was produced is out and stays so, but its decision ends:
 * nothing more goes out on it. */
int matter_ask_again(struct ctx *c, struct step *s, struct items *items, bool withheld) MUST_CHECK;
/* matter_end_items(c, s, items, to): every item that is not out, without data or withdrawn ends as
 * `to`: ITEM_WITHDRAWN or ITEM_WITHHOLD. */
int matter_end_items(
    struct ctx *c, struct step *s, struct items *items, enum item_state to) MUST_CHECK;
/* matter_close(c, in, actor, m, closed): closes or reopens; only when no order is open. */
int matter_close(struct ctx *c, struct instance *in, const struct person *actor, struct matter *m,
    bool closed) MUST_CHECK;

#endif
