/*
 * What the reader of hostile bytes answers, as bytes on the connection to the process that asked
 * (desk/reader.h). The reader may have been taken over by what it read, so whatever is taken out
 * here is looked at as if a stranger had written it: every length against what is there, every
 * count against its limit, every text for its shape. That is why it is not JSON: it would bring the
 * JSON reader back into the process that the box spares. Here is nothing to nest, to escape or to
 * guess: a number has eight bytes, most significant first; a text has its length before it; a list
 * its count.
 *
 * Taking never fails at once: the first fault is remembered, everything after it is 0 or "", and it
 * is asked once, at wire_end. Pure. Not a format that is kept: both ends are one program.
 */
#ifndef WRIT_WIRE_H
#define WRIT_WIRE_H

#include "in/draft.h"
#include "in/map_rows.h"

enum {
	WIRE_DRAFT_MAX = 64 << 20 /* bytes of one draft; one of JSON_MAX bytes has fewer */
};

struct wire {
	struct str rest;
	const char *fault; /* what is wrong; NULL so far */
};

void wire_put_int(struct buf *b, int64_t v);
void wire_put_text(struct buf *b, struct str s);
/* wire_int(w, least, most). */
int64_t wire_int(struct wire *w, int64_t least, int64_t most);
bool wire_bool(struct wire *w);
/* wire_text(w, max): UTF-8 without zero bytes, borrowed from w. wire_line: a text without control
 * characters. */
struct str wire_text(struct wire *w, size_t max);
struct str wire_line(struct wire *w, size_t max);
/* wire_end(c, w): ERR_INVALID when anything was wrong, or something is left over. */
int wire_end(struct ctx *c, const struct wire *w) MUST_CHECK;

/* One piece of history. Its texts are borrowed from w. */
void wire_put_closed(struct buf *b, const struct map_closed *row);
void wire_closed(struct wire *w, struct map_closed *ret);

/* A draft; every text is copied into the arena. What draft_json_parse and map_demand_next promise
 * of the single fields holds of what comes out here, whoever wrote it; that the value of a target
 * is the normal form of what is printed does not. */
void wire_put_draft(struct buf *b, const struct draft *d);
void wire_draft(struct ctx *c, struct wire *w, struct draft *ret);
/* One order of a draft; a list of identifiers is one that names nothing else. */
void wire_put_order(struct buf *b, const struct draft_order *o);
void wire_order(struct ctx *c, struct wire *w, struct draft_order *ret);

#endif
