/*
 * The body of a request, from its first byte to a form: a plain one is kept in memory, one with
 * files goes into the spool (web/upload.h). What all bodies of a process hold in memory together is
 * limited, so that many slow ones do not fill it. Called by: web (http_ask).
 */
#ifndef WRIT_HTTP_BODY_H
#define WRIT_HTTP_BODY_H

#include "web/http.h"
#include "web/upload.h"

enum {
	HTTP_BODY_MAX = FORM_MAX, /* bytes of a form without files */
	HTTP_HELD_MAX = 24 << 20, /* bytes of a process's bodies in memory, at most some seconds */
	HTTP_SLOW_BYTES = 32 << 10,   /* an upload that is slower, in bytes a second, is cut */
	HTTP_BODY_SECONDS_MAX = 21600 /* and none lasts longer */
};

struct http_body {
	struct ctx *c;
	size_t *held;   /* of the process */
	size_t charged; /* of it by this body */
	struct buf plain;
	struct upload *upload; /* NULL: a plain form */
};

/* http_body_open(b, c, held, spool, r, type, length): by the head. 0, or the status to refuse it
 * with: 413, 415, 507, or 400. A GET's route has none. spool NULL: there are no uploads. */
int http_body_open(struct http_body *b, struct ctx *c, size_t *held, const char *spool,
    const struct route *r, struct str type, int64_t length);
/* http_body_seconds(b, length): what the whole request may take. */
int64_t http_body_seconds(const struct http_body *b, int64_t length);
/* http_body_put(b, bytes): 0, or the status to refuse it with. */
int http_body_put(struct http_body *b, struct str bytes);
/* http_body_form(b, ask, ret): the form, and the files for the handler. 0, or a status. */
int http_body_form(struct http_body *b, struct route_ask *ask, struct form *ret);
/* http_body_close(b): files that nobody took are gone. */
void http_body_close(struct http_body *b);

#endif
