/*
 * HTTP/1.1 over libmicrohttpd: one epoll loop in a process without threads. Each request is checked
 * (web/head.h), found (web/route.h) and answered in a context of its own; the log has a line for it
 * with method, route, status and milliseconds, and nothing else.
 *
 * Limits: connections, memory for each, time without a byte, and time for a whole request; size of
 * head and body. What is refused by the check in front ends its connection.
 */
#ifndef WRIT_HTTP_H
#define WRIT_HTTP_H

#include "web/limit.h"
#include "web/meter.h"
#include "web/route.h"
#include "web/tls.h"

enum {
	HTTP_CONNECTIONS_MAX = 5500, /* of a process; fewer where it may open fewer files */
	HTTP_TLS_MAX = 1500,         /* the same with TLS, which takes more memory */
	HTTP_CROWD =
	    1000, /* with more, answers end their connections, and who is idle goes sooner */
	HTTP_CROWD_SECONDS = 5,
	HTTP_MEMORY = 32 << 10,   /* bytes of a connection for its head and answer's head */
	HTTP_QUIET_SECONDS = 20,  /* without a byte */
	HTTP_REQUEST_SECONDS = 60 /* from a request's first line to its last byte, without files */
};

struct http;

struct http_set {
	int listen_fd; /* does not block; stays the caller's */
	const struct route_table *table;
	void *site; /* for the handlers */
	struct instance *in;
	const struct meter *meter;
	const struct limit *limit;
	const struct tls *tls; /* on: HTTPS */
	const char *spool;     /* folder for files that arrive; NULL: none are taken */
	int log_fd;            /* -1: no log */
	int64_t fixed_now;     /* for the contexts of requests; -1: the system's clock */
};

/* http_open(c, set, ret): takes connections from now on. *set stays in use. ERR_FAIL. */
int http_open(struct ctx *c, const struct http_set *set, struct http **ret) MUST_CHECK;
/* http_fd(h): readable when there is something to do; http_wait_ms(h): or after so long, at most a
 * second. http_run(h): does it. */
int http_fd(const struct http *h);
int http_wait_ms(const struct http *h);
void http_run(struct http *h);
/* http_drain(h, now): takes no more connections; answers say that theirs ends. now: connections
 * without a request end at once, else when they are quiet for long. */
void http_drain(struct http *h, bool now);
/* http_count(h): open connections. */
size_t http_count(const struct http *h);
void http_close(struct http **h);

#endif
