/*
 * Private to in/yield_mail.c: the header fields of one message (RFC 5322), as far as scope asks:
 * whose it is, when it came, and what of them may leave.
 *
 * Why no MIME library: whose a message is and when it came stand in a few header fields, what
 * leaves has to be the bytes that came, and a message's body is never looked into.
 */
#ifndef WRIT_YIELD_HEAD_H
#define WRIT_YIELD_HEAD_H

#include "in/yield_p.h"

struct yield_field {
	struct str name, value; /* value: all after the colon, line ends included */
	struct str raw;         /* name to line end */
};

struct yield_head {
	struct str from_line; /* of an mbox, with its end; "" without */
	struct instant store; /* what the store says of the receipt beside the message: the name of
				 a file in a Maildir; none */
	struct yield_field *v;
	size_t n, cap;
	struct str blank; /* the empty line that ends them; "" at the end of the file */
};

/* yield_head_parse(c, text, h): text up to the empty line, without it; false when a line is no
 * header field. Fields point into text. */
bool yield_head_parse(struct ctx *c, struct str text, struct yield_head *h) MUST_CHECK;
/* yield_head_judge(c, y, shape, h): YIELD_IN or the reason. */
enum yield_reason yield_head_judge(struct ctx *c, const struct yield_run *y,
    const struct yield_shape *s, const struct yield_head *h);
/* yield_head_put(c, y, h, whole, out): what of the head may leave, with its empty line; whole:
 * content was granted, else only what delivered the message (SPEC.md 9.3). Counts what was cut and
 * masked. */
void yield_head_put(struct ctx *c, struct yield_run *y, const struct yield_head *h, bool whole,
    struct yield_bytes *out);

/* yield_head_separates(line): "From ADDRESS CTIME" of an mbox. */
bool yield_head_separates(struct str line);

#endif
