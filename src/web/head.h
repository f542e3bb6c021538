/*
 * The check in front: what a request's head must be before anything else looks at it. The library
 * that takes heads apart is generous in ways that two programs in a row can understand differently
 * (request smuggling), so only one form is taken, RFC 9112 without its old liberties:
 *
 *   lines    end with CR LF, a field is "Name: value" or "Name:value", none is folded, and every
 *            byte from the first to the empty line is one that was understood (head_whole)
 *   target   a path that begins with one '/', perhaps a query, nothing else (RFC 9112 3.2.1);
 *            no empty, "." or ".." segment, no encoded '/', '\', '%' or control byte
 *   Host     exactly one; HTTP/1.0 may have none
 *   body     only with POST, and with one Content-Length of digits; no Transfer-Encoding at all:
 *            no browser sends a form so, and chunks are where servers disagree most
 *
 * Pure. What is refused ends its connection, so that nothing after it is taken for a request.
 */
#ifndef WRIT_HEAD_H
#define WRIT_HEAD_H

#include "base/text.h"

enum {
	HEAD_TARGET_MAX = 2048, /* bytes of the target */
	HEAD_FIELDS_MAX = 64,
	HEAD_SIZE_MAX = 12 << 10, /* all of it */
	HEAD_PATH_DEPTH = 16      /* segments */
};

struct head_field {
	struct str name, value;
};

struct head {
	struct str method, target, version;
	struct head_field *fields; /* as they came */
	size_t n;
	/* Where the target lies among the received bytes: method, version, names and values are
	 * slices of these same bytes, the target itself may be a copy. size: all up to and with the
	 * empty line. */
	const char *target_at;
	size_t size;
};

/* head_whole(h): the slices and what must stand between them are all that was received. */
bool head_whole(const struct head *h);
/* head_check(h): 0, or the status to refuse it with: 400, 414 (target too long), 431 (fields). */
int head_check(const struct head *h);
/* head_path(c, target, ret_path, ret_query): the path decoded, and the query as it came, ""
 * without. ERR_INVALID. */
int head_path(
    struct ctx *c, struct str target, struct str *ret_path, struct str *ret_query) MUST_CHECK;
/* head_find(h, name): the value of the first field of this name, "" without one. */
struct str head_find(const struct head *h, const char *name);
/* head_length(h): bytes of the body, 0 without one. */
int64_t head_length(const struct head *h);

#endif
