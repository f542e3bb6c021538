/*
 * Webhooks: addresses of other programs that are told when something happened. What they are told
 * is the event and the reference of the case or demand, nothing of its content and nobody's name;
 * what lies in a compartment is told to nobody.
 *
 * A message is put into the queue in the transaction of the step that causes it (hook_event) and
 * sent by a process of role work (out/hook_send.h): it may come twice, with the same id, and is
 * given up after three days. Format and signature: SPEC.md 8.6.
 *
 * Webhooks are in the ledger, with address and secret sealed; the queue is no evidence.
 */
#ifndef WRIT_HOOK_H
#define WRIT_HOOK_H

#include "desk/person.h"

enum {
	HOOK_SECRET = 32,
	HOOK_MAX = 32,
	HOOK_TAKE_SECONDS = 60,
	HOOK_KEPT_DAYS = 7,
	HOOK_SOON_SECONDS = 86400
};

/* The events, words with blanks between. */
extern const char hook_events[];

struct hook {
	int64_t id, rev;
	struct str ref, url, events;
	struct instant made, ended; /* ended: none while it is told */
	int64_t waiting, dead;      /* messages: on their way, given up */
};

/* hook_add(c, in, actor, url, events, secret, ret_ref): https://, or http:// to 127.0.0.1 and
 * [::1], at a port that writ.yaml names. secret: HOOK_SECRET bytes. ERR_DENIED without the role
 * admin; ERR_INVALID; ERR_LIMIT above HOOK_MAX. */
int hook_add(struct ctx *c, struct instance *in, const struct person *actor, struct str url,
    struct str events, struct str secret, struct str *ret_ref) MUST_CHECK;
/* hook_each(c, in, actor, fn, arg): all of them, ended ones too. */
int hook_each(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct hook *h, void *arg), void *arg) MUST_CHECK;
/* hook_end(c, in, actor, ref): nothing more is sent, also what waits. ERR_NOTFOUND; ERR_CONFLICT
 * when it has ended. */
int hook_end(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref) MUST_CHECK;

/* hook_event(c, db, event, matter, demand, now): into the queue of each webhook that wants it; of a
 * case or of a demand, the other one 0. Nothing for what lies in a compartment. Inside the
 * transaction of the step. */
int hook_event(struct ctx *c, struct db *db, const char *event, int64_t matter, int64_t demand,
    struct instant now) MUST_CHECK;
/* hook_event_once: the same for what no step causes; mark tells one from another, and what was told
 * under the same mark is not told again. */
int hook_event_once(struct ctx *c, struct db *db, const char *event, int64_t matter, int64_t demand,
    struct str mark, struct instant now) MUST_CHECK;

/* hook_clocks(c, in): the event clock.soon of each order whose next deadline is less than
 * HOOK_SOON_SECONDS away; once for each deadline. */
int hook_clocks(struct ctx *c, struct instance *in) MUST_CHECK;

struct hook_due {
	int64_t id, tries;
	struct str ref, event, matter, demand; /* references; "" for the one that it is not of */
	struct str url, secret;
	struct instant at;
};

/* hook_take(c, in, ret): the next that is due, now this process's until the next try is due.
 * ERR_NOTFOUND: none. */
int hook_take(struct ctx *c, struct instance *in, struct hook_due *ret) MUST_CHECK;
/* hook_done(c, in, due, taken): whether the other side took it. */
int hook_done(
    struct ctx *c, struct instance *in, const struct hook_due *due, bool taken) MUST_CHECK;
/* hook_dead(c, in, ret): how many messages were given up. */
int hook_dead(struct ctx *c, struct instance *in, int64_t *ret) MUST_CHECK;
/* hook_sweep(c, in): what was sent HOOK_KEPT_DAYS ago goes, and what was given up ten times as long
 * ago. */
int hook_sweep(struct ctx *c, struct instance *in) MUST_CHECK;

#endif
