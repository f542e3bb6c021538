/*
 * Claims: what an answer cost, claimed of the authority as the law allows (P7). A claim is of one
 * order, under one table of fees (law/fee.h), with lines that the program proposes from what was
 * produced and a person confirms, changes with a reason, or strikes. States: open, sent, then paid,
 * refused, lapsed or waived.
 *
 * Nothing is ever claimed in a case with an emergency, nor in one about child abuse: here, in
 * claim_bar.h, and in the schema. A claim that was open before that was known can only be waived.
 * No delivery waits for a payment: nothing that produces or hands over looks at a claim.
 *
 * Finance sees the case's reference and the claim, and no targets. Amounts are minor units.
 */
#ifndef WRIT_CLAIM_H
#define WRIT_CLAIM_H

#include "desk/matter.h"
#include "law/fee.h"

enum { CLAIM_LINES_MAX = 200, CLAIM_PAGE_MAX = 500 };

struct claim {
	int64_t id, rev, order, matter, seq; /* seq: the order's number in its case */
	struct str ref, case_ref, country, fees, state, instrument,
	    barred; /* barred: kind, or "" */
	char currency[4];
	int compartment;
	bool central, capped, late;
	struct day measure_end, claim_by, limit, sent, ended;
	int64_t cost; /* -1: not recorded */
	int64_t total, asked, paid, author, sender;
	struct instant opened, received;
	struct str reason, buyer; /* opened; "" for none and when erased */
};

struct claim_line {
	int64_t id, rev, number, quantity, rate, proposed,
	    author; /* proposed -1: a person's line */
	struct str fee, state, reason;
	struct fee_sum sum;
};
struct claim_lines {
	struct claim_line *v;
	size_t n, cap;
};

/* claim_get(c, in, actor, ref, ret): finance, who works on cases, auditors. ERR_NOTFOUND also for
 * one of a case that does not exist for the person. */
int claim_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct claim *ret) MUST_CHECK;
int claim_lines(
    struct ctx *c, struct instance *in, const struct claim *k, struct claim_lines *ret) MUST_CHECK;

struct claim_page {
	struct str state; /* open, sent, paid, refused, lapsed, waived */
	struct str after; /* those behind the claim of this reference; "": from the first */
	int64_t limit;    /* 1..CLAIM_PAGE_MAX, else that */
};
int claim_each(struct ctx *c, struct instance *in, const struct person *actor,
    const struct claim_page *page, int (*fn)(struct ctx *c, const struct claim *k, void *arg),
    void *arg) MUST_CHECK;

/* An answered order that nobody has claimed for. */
struct claim_due {
	struct str case_ref, country, instrument;
	int64_t seq;
	struct instant settled;
};
/* claim_due_each(c, in, actor, p, fn, arg): those settled in the period, in countries that the
 * house charges, without a bar on record. */
int claim_due_each(struct ctx *c, struct instance *in, const struct person *actor, struct period p,
    int (*fn)(struct ctx *c, const struct claim_due *d, void *arg), void *arg) MUST_CHECK;

/* Costs claimed of a country in a period, for the public account. */
struct claim_sum {
	struct str country;
	struct money claimed, paid;
	int64_t claims;
};
/* claim_sums(c, in, actor, p, as_of, fn, arg): by country and currency what was claimed by claims
 * sent in the period, as it stood on that day: the same again whenever it is asked. What was waived
 * by then, and what lies in a compartment, does not count. Finance, publisher, counsel, auditor. */
int claim_sums(struct ctx *c, struct instance *in, const struct person *actor, struct period p,
    struct day as_of, int (*fn)(struct ctx *c, const struct claim_sum *s, void *arg),
    void *arg) MUST_CHECK;

struct claim_start {
	struct str fees;   /* "": the one table that surely holds */
	struct str reason; /* for a table that only may hold; kept sealed */
	struct day end;    /* of the measure; DAY_NONE: the last hand-over of an answer */
	bool central;
};
/* claim_make(c, in, actor, case_ref, number, start, ret): opens it with the proposed lines.
 * ERR_DENIED: a bar; the house does not charge the country; the order was not answered; nobody has
 * said whether the case is about child abuse (fact order.child_abuse); no table surely holds and
 * none was chosen with a reason. ERR_CONFLICT: the order has a claim. */
int claim_make(struct ctx *c, struct instance *in, const struct person *actor, struct str case_ref,
    int64_t number, const struct claim_start *start, struct claim *ret) MUST_CHECK;

struct claim_change {
	int64_t number; /* of the line; 0: a new one, under fee */
	struct str fee;
	int64_t quantity, rate; /* -1: as it is */
	bool strike;
	struct str reason; /* needed for whatever is not as proposed */
};
/* claim_line_set(c, in, actor, k, change): confirms a line as it is (nothing changed), changes it,
 * strikes it, or adds one. */
int claim_line_set(struct ctx *c, struct instance *in, const struct person *actor,
    const struct claim *k, const struct claim_change *change) MUST_CHECK;
/* claim_cost(c, in, actor, k, cost): the cost that was recorded for the answer, >= 0. Under the
 * house's line "never above recorded cost" no more than this is asked. */
int claim_cost(struct ctx *c, struct instance *in, const struct person *actor,
    const struct claim *k, int64_t cost) MUST_CHECK;

struct claim_buyer {
	struct str name, street, post_code, city, country, reference, mail;
};
/* claim_buyer_set(c, in, actor, k, b): to whom it goes: the body that called the provider. All but
 * mail are needed; reference is what the body wants named (its file number, or its Leitweg-ID).
 * Kept sealed. claim_buyer_read: ERR_NOTFOUND while nobody has said it. */
int claim_buyer_set(struct ctx *c, struct instance *in, const struct person *actor,
    const struct claim *k, const struct claim_buyer *b) MUST_CHECK;
int claim_buyer_read(struct ctx *c, const struct claim *k, struct claim_buyer *ret) MUST_CHECK;

/* claim_ready(c, in, k): 0 when it may leave: no bar, every line confirmed or struck, the cost
 * recorded where the house asks for it, an amount, and to whom. What letter and invoice ask too. */
int claim_ready(struct ctx *c, struct instance *in, const struct claim *k) MUST_CHECK;
/* claim_send(c, in, actor, k, late): it has left: no line and no amount changes any more. After its
 * last day only with a reason why that is nobody's fault (JVEG § 2(2)). */
int claim_send(struct ctx *c, struct instance *in, const struct person *actor,
    const struct claim *k, struct str late) MUST_CHECK;
/* claim_pay(c, in, actor, k, amount): what came; all of it, or what a court or an agreement made
 * of it. */
int claim_pay(struct ctx *c, struct instance *in, const struct person *actor, const struct claim *k,
    int64_t amount) MUST_CHECK;
/* claim_end(c, in, actor, k, state, reason): refused, lapsed (its last day or limitation is over)
 * or waived. What was paid and is waived is to be paid back. */
int claim_end(struct ctx *c, struct instance *in, const struct person *actor, const struct claim *k,
    struct str state, struct str reason) MUST_CHECK;

#endif
