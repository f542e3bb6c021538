/*
 * The address of a server that Writ speaks to, "smtps://mail.example:465" or
 * "https://desk.example/hook": checked once, where somebody enters it. No user, no fragment, no
 * blanks or control characters; the host is letters, digits, dots and hyphens, or [::1].
 */
#ifndef WRIT_HOST_H
#define WRIT_HOST_H

#include "base/text.h"

enum { HOST_TEXT_MAX = 1024 };

struct host {
	struct str scheme, name, path; /* path: with its slash, "" without */
	int port;                      /* as given, or the scheme's */
	bool here;                     /* 127.0.0.1 or [::1] */
};

/* host_parse(c, text, schemes, ret): schemes: words, "https http". ERR_INVALID. */
int host_parse(struct ctx *c, struct str text, const char *schemes, struct host *ret) MUST_CHECK;

/* host_escape(b, s): s as a value in a query or a form: all but letters, digits and "-._~" as %XX
 * (RFC 3986, 2.3). */
void host_escape(struct buf *b, struct str s);

#endif
