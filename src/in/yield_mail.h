/*
 * Private to in/yield_mail.c and in/yield_tar.c: one message as its pieces go by. Its body is never
 * held, whatever its size.
 */
#ifndef WRIT_YIELD_MAIL_H
#define WRIT_YIELD_MAIL_H

#include "in/yield_head.h"

struct yield_mail {
	const struct yield_shape *shape;
	enum { YIELD_MAIL_NONE, YIELD_MAIL_HEAD, YIELD_MAIL_PASS, YIELD_MAIL_DROP } state;
	struct yield_bytes
	    head; /* with the separator of an mbox in front: its first from_n bytes */
	size_t from_n;
	int64_t line, byte; /* where it begins */
	bool too_large;
	struct instant store;
	/* once the head has ended */
	bool put_head;          /* writes out itself; else the caller does */
	struct yield_bytes out; /* what of the head leaves */
	bool released;
	bool cut_body; /* a body is still to be counted as cut */
};

/* yield_mail_granted(ask, ret_whole): messages hold something of the granted fields; whole: with
 * their content. */
bool yield_mail_granted(const struct yield_ask *ask, bool *ret_whole);
/* yield_mail_shape(y): how messages are read in this run; noted in the report. */
const struct yield_shape *yield_mail_shape(struct yield_run *y);
void yield_mail_begin(struct yield_mail *m, struct yield_run *y);
int yield_mail_piece(
    struct ctx *c, struct yield_run *y, struct yield_mail *m, struct str s, bool begins) MUST_CHECK;
/* yield_mail_head_end(c, y, m, blank): judges it. yield_mail_end: the message is over; one without
 * a body is judged now. */
int yield_mail_head_end(
    struct ctx *c, struct yield_run *y, struct yield_mail *m, struct str blank) MUST_CHECK;
int yield_mail_end(struct ctx *c, struct yield_run *y, struct yield_mail *m) MUST_CHECK;
void yield_mail_close(struct yield_mail *m);

#endif
