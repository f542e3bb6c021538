/*
 * multipart/form-data (RFC 7578, in the frame of RFC 2046 5.1.1), taken as it arrives: pieces of
 * any size go in, parts come out, and where the pieces are cut changes nothing. Memory does not
 * grow with a part. Only what browsers and curl send is taken, because what is left open is where
 * two readers see two different forms:
 *
 *   body    --B CRLF head CRLF CRLF bytes CRLF --B ... CRLF --B-- and at most one CRLF; nothing
 *           before, nothing after, no blank behind a boundary; "CRLF --B" followed by anything
 *           else is refused, not taken for bytes
 *   head    lines as web/part_head.h has them, MULTIPART_HEAD_MAX bytes
 *
 * Pure. Called by: web (upload).
 */
#ifndef WRIT_MULTIPART_H
#define WRIT_MULTIPART_H

#include "web/part_head.h"

enum {
	MULTIPART_BOUNDARY_MAX = 70, /* RFC 2046 5.1.1 */
	MULTIPART_HEAD_MAX = 4096,   /* bytes of one part's head */
	MULTIPART_PARTS_MAX = 512
};

/* Who takes the parts. What is not 0 ends the reading and is returned. */
struct multipart_sink {
	int (*begin)(void *arg, const struct part_head *head); /* head stays valid */
	int (*bytes)(void *arg, struct str bytes);             /* the next of this part */
	int (*end)(void *arg);                                 /* this part is whole */
	void *arg;
};

struct multipart;

/* multipart_is(type): a Content-Type of this kind, whatever its boundary. */
bool multipart_is(struct str type);
/* multipart_open(c, type, sink, ret): by the Content-Type of the request. ERR_INVALID: no boundary,
 * or none that may be. */
int multipart_open(struct ctx *c, struct str type, const struct multipart_sink *sink,
    struct multipart **ret) MUST_CHECK;
/* multipart_put(m, bytes): ERR_INVALID or ERR_LIMIT with the number of the part, or what the sink
 * returned; after that not to be called again. */
int multipart_put(struct multipart *m, struct str bytes) MUST_CHECK;
/* multipart_end(m): nothing more comes. ERR_INVALID: the form is not whole. */
int multipart_end(struct multipart *m) MUST_CHECK;

#endif
