/*
 * Letters on their way: what the program has to tell people outside by mail or webhook. Whoever
 * writes one does so inside the transaction of the step that causes it; a work process sends it
 * later (outgoing_take, then outgoing_sent or outgoing_failed). Addresses and texts are sealed, and
 * gone once it was sent. No evidence: the table stands outside of the ledger.
 */
#ifndef WRIT_OUTGOING_H
#define WRIT_OUTGOING_H

#include "desk/instance.h"

enum { OUTGOING_KEPT_DAYS = 7, OUTGOING_TEXT_MAX = 64 << 10 };

struct outgoing {
	struct str ref, kind, state; /* state: due, sent, failed */
	struct str to, subject, text;
	int64_t tries;
	struct instant due, made;
};

/* outgoing_put(c, in, o): kind ("officer.confirm", ...), to, subject, text, due; a due of zero is
 * now; ref: its reference, or "" for a new one. ERR_INVALID for an address or subject with a line
 * break in it. */
int outgoing_put(struct ctx *c, struct instance *in, const struct outgoing *o) MUST_CHECK;
/* outgoing_each(c, in, limit, fn, arg): those due by now, oldest first. */
int outgoing_each(struct ctx *c, struct instance *in, int64_t limit,
    int (*fn)(struct ctx *c, const struct outgoing *o, void *arg), void *arg) MUST_CHECK;
/* outgoing_get(c, in, ref, ret): ERR_NOTFOUND; without to and text once it was sent. */
int outgoing_get(
    struct ctx *c, struct instance *in, struct str ref, struct outgoing *ret) MUST_CHECK;
/* outgoing_take(c, in, ret): the next that is due, now this process's: the try is counted, and the
 * next one due, before it is sent, so that two never send it at once. ERR_NOTFOUND: none. */
int outgoing_take(struct ctx *c, struct instance *in, struct outgoing *ret) MUST_CHECK;
/* outgoing_sent(c, in, ref): its address and text go. outgoing_failed: it is tried again when
 * outgoing_take said (retry_mail), or stays as failed, for a person to look at. */
int outgoing_sent(struct ctx *c, struct instance *in, struct str ref) MUST_CHECK;
int outgoing_failed(struct ctx *c, struct instance *in, struct str ref) MUST_CHECK;
/* outgoing_count(c, in, ret_due, ret_failed). */
int outgoing_count(
    struct ctx *c, struct instance *in, int64_t *ret_due, int64_t *ret_failed) MUST_CHECK;
/* outgoing_sweep(c, in): what was sent OUTGOING_KEPT_DAYS ago goes, what failed ten times as long
 * ago. */
int outgoing_sweep(struct ctx *c, struct instance *in) MUST_CHECK;

#endif
