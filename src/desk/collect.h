/*
 * Collection: tickets of approved items, from their making to what came back (SPEC.md 9.2). A
 * ticket is of one item; the gate is asked when it is made and again when it is used, and it is
 * used once. Whoever collects sees the ticket, not the case: no function here that takes a ticket's
 * reference says of which case it is.
 */
#ifndef WRIT_COLLECT_H
#define WRIT_COLLECT_H

#include "desk/gate.h"
#include "desk/service.h"
#include "proof/ticket.h"

enum { COLLECT_HOURS = 24, COLLECT_HOURS_MAX = 168 };

struct collect {
	int64_t id, rev, order, item;
	int64_t decision; /* 0: for a preservation */
	int64_t token;    /* of the system that took it; 0: a person */
	struct str ref, service, purpose, note, state, why;
	struct str said; /* how a person collected it */
	struct hash body_hash;
	struct instant made, expires, ended;
	int64_t files;
	struct hash listing;
	struct json *body; /* NULL once it was erased */
};

/* collect_sign(c, in, t, ret_body, ret_note): has the signer sign it. ERR_DENIED before there is a
 * key for tickets (`writ ticket key`). */
int collect_sign(struct ctx *c, struct instance *in, const struct ticket *t, struct json **ret_body,
    struct str *ret_note) MUST_CHECK;
/* collect_nonce(c): 128 random bits in hexadecimal. */
struct str collect_nonce(struct ctx *c);
/* collect_period(t): begins and ends of the days from and to, in the provider's zone. */
void collect_period(struct ticket *t);

/* collect_make(c, in, actor, order, number, hours, ret_ref): a ticket of the order's item of this
 * number. ERR_DENIED as the gate says; ERR_NOTFOUND when the data map has no such service, or the
 * service does not hold the field: the answer is then that there is no data. */
int collect_make(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, int64_t hours, struct str *ret_ref) MUST_CHECK;
/* collect_make_preserve(c, in, actor, order, number, hours, ret_ref): likewise for what an item of
 * a preservation in force names: what is collected becomes a snapshot (desk/snapshot.h), which
 * nobody reads before an order grants it. ERR_DENIED when no preservation runs. */
int collect_make_preserve(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, int64_t hours, struct str *ret_ref) MUST_CHECK;
/* collect_folder(c, in, ref): where the files of this ticket lie. */
struct str collect_folder(struct ctx *c, const struct instance *in, struct str ref);

/* collect_get(c, in, actor, right, ref, ret): ERR_NOTFOUND also for one of a case that the person
 * may not know of. */
int collect_get(struct ctx *c, struct instance *in, const struct person *actor, enum right right,
    struct str ref, struct collect *ret) MUST_CHECK;
/* collect_find(c, in, ref, ret): for the program itself: nobody's right is asked. ERR_NOTFOUND. */
int collect_find(
    struct ctx *c, struct instance *in, struct str ref, struct collect *ret) MUST_CHECK;
/* collect_waiting(c, in, actor, fn, arg): those that are open or running, of all cases that the
 * person may know of. collect_of_order: all of an order that the caller has entered; numbers of
 * items count within it. */
int collect_waiting(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct collect *t, void *arg), void *arg) MUST_CHECK;
int collect_of_order(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, int64_t order,
    int (*fn)(struct ctx *c, const struct collect *t, void *arg), void *arg) MUST_CHECK;

/* collect_begin(c, in, actor, t): takes it: its signature, its time and the gate, as they are now.
 * ERR_CONFLICT when it was taken before. collect_begin_from: the same, to be answered from the
 * snapshot of this row in place of the service. collect_end(c, in, actor, t, result): what came of
 * it. */
int collect_begin(
    struct ctx *c, struct instance *in, const struct person *actor, struct collect *t) MUST_CHECK;
int collect_begin_from(struct ctx *c, struct instance *in, const struct person *actor,
    struct collect *t, int64_t snapshot) MUST_CHECK;
int collect_end(struct ctx *c, struct instance *in, const struct person *actor, struct collect *t,
    const struct service_result *result) MUST_CHECK;

#endif
