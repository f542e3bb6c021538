/*
 * A sealed production in the portal (SPEC.md 8.10): laid down for its officer when it is handed
 * over, until a day on which it ends; extended, taken back, laid down anew. Each laying is a row,
 * and one of a production is open. The file is a deposit (deposit.h); its key is thrown away when
 * the laying ends. Who gets it, and how: desk/fetch.h.
 *
 * How long: the house's `days` (writ.yaml), to the end of the last day. What an EPOC asked for is
 * there for at least 10 and at most 45 calendar days from when it could be fetched (Implementing
 * Regulation (EU) 2025/1550, Annex 3.3.3(b)), whatever the house says; it is extended on request.
 */
#ifndef WRIT_LAID_H
#define WRIT_LAID_H

#include "desk/produce.h"

enum { LAID_EXTEND_MOST = 45 };

struct laid {
	int64_t id, rev, production, number, seal, author, pins, ender; /* seal, ender: or 0 */
	struct instant at, until, ended;
	struct str more, pin, state; /* "" more last; told mail none; open revoked ... */
	struct str reason;           /* why it was revoked; "" without, or once erased */
};

struct laid_how {
	int64_t days;       /* 0: the house's, and the law's */
	struct str more;    /* "more": others follow; "last": this is the last; "" not said */
	bool silent;        /* a PIN that a person tells is not made yet: nobody would see it */
	struct str remarks; /* for the manifest, where a law asks for one (transfer.h) */
	/* of the sealed file; "": what lies there, or was written where jobs seal */
	struct str path;
};

struct laid_made {
	struct instant until;
	struct str pin;  /* "" when it was mailed, or none is asked for */
	struct str mail; /* told | mail | none */
};

/* laid_deliver(c, in, actor, ref, how, ret): handed over by the portal (produce_deliver), laid down
 * and given a PIN, all or nothing. What has no file here is only recorded: then *ret_there is
 * false. */
int laid_deliver(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    const struct laid_how *how, struct laid_made *ret, bool *ret_there) MUST_CHECK;
/* laid_again(c, in, actor, ref, how, ret): one that was handed over by the portal before is laid
 * down anew: after its end, or sealed anew (reseal.h); the file that lay there is gone then. Only
 * the newest seal, and one made after another officer was named. */
int laid_again(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    const struct laid_how *how, struct laid_made *ret) MUST_CHECK;
/* laid_handed(c, in, ref, ret): whether it was handed over by the portal. */
int laid_handed(struct ctx *c, struct instance *in, struct str ref, bool *ret) MUST_CHECK;
/* laid_pin(c, in, actor, ref, ret): a new PIN, the old one dies. ERR_CONFLICT when nothing lies
 * open, or no PIN is asked for. */
int laid_pin(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct laid_made *ret) MUST_CHECK;
/* laid_extend(c, in, actor, ref, until): to the end of that day; at most LAID_EXTEND_MOST days from
 * today. laid_revoke(c, in, actor, ref, reason): at once; a download that runs is cut off. */
int laid_extend(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct day until) MUST_CHECK;
int laid_revoke(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str reason) MUST_CHECK;
/* laid_take_back(c, s, in, actor, production, reason): the same inside the step of a misdelivery or
 * a recall, which has asked for its own right; nothing where nothing lies open. */
int laid_take_back(struct ctx *c, struct step *s, struct instance *in, const struct person *actor,
    int64_t production, struct str reason) MUST_CHECK;
/* laid_name(c, in, actor, ref, officer, reason): another officer of the agency that asked takes it
 * over: from now on nobody else gets it, and they once it is sealed anew and laid down. */
int laid_name(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str officer, struct str reason) MUST_CHECK;
/* laid_taker(c, in, production, ret, ret_since): who was named last, 0 nobody, and when. */
int laid_taker(struct ctx *c, struct instance *in, int64_t production, int64_t *ret,
    struct instant *ret_since) MUST_CHECK;

/* laid_last(c, in, production, ret, ret_found). laid_each: all of a production, the oldest first.
 * laid_word(c, in, l, ret): "waiting", "fetched", "expired", "revoked" or "replaced". */
int laid_last(struct ctx *c, struct instance *in, int64_t production, struct laid *ret,
    bool *ret_found) MUST_CHECK;
int laid_each(struct ctx *c, struct instance *in, int64_t production,
    int (*fn)(struct ctx *c, const struct laid *l, void *arg), void *arg) MUST_CHECK;
int laid_word(struct ctx *c, struct instance *in, const struct laid *l, struct str *ret) MUST_CHECK;

/* laid_sweep(c, in, ret): what is over is recorded as such, and files without a key are deleted;
 * *ret (may be NULL): how many ended. By the work process, and `writ production sweep`. */
int laid_sweep(struct ctx *c, struct instance *in, int64_t *ret) MUST_CHECK;

#endif
