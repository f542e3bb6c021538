/* Private to web: the server's state and one request's, shared by http.c (connections, the loop)
 * and http_ask.c (a request from its head to its answer). */
#ifndef WRIT_HTTP_P_H
#define WRIT_HTTP_P_H

#include <microhttpd.h>

#include "web/http.h"

struct http_line {
	struct http_line *next, *before;
	struct http *h;
	int fd;
	size_t held;                /* web/limit.h */
	int64_t idle_ms;            /* since then: nothing was asked */
	bool asked;                 /* a request has begun, and its answer is not complete */
	bool answering;             /* the answer is on its way */
	bool refused;               /* answered before its body, the rest of which is thrown away */
	bool known;                 /* its certificate is one of those that may (web/tls.h) */
	bool cut;                   /* closed from our side */
	int64_t until_ms;           /* of the request, of its answer, or of waiting for one */
	struct http_line *later;    /* the next one that waits for its turn */
	struct MHD_Connection *con; /* of one that waits */
	bool waits, turn;           /* its request is whole and waits; it may go now */
};

struct http {
	struct http_set set;
	struct MHD_Daemon *daemon;
	int fd;
	struct http_line *lines; /* open connections */
	size_t n, peak;          /* peak: since memory was given back last */
	size_t held;             /* bytes of bodies in memory (web/http_body.h) */
	int64_t tick_ms;
	struct http_line *first, *last; /* that wait for their turn */
	size_t n_later, turns;          /* how many; how many of them the next round takes */
	int64_t round_us;               /* when this round began */
	bool arrives;                   /* a piece of a body came */
	bool draining, stopping;
	int64_t stop_ms; /* then connections without a request are closed */
};

/* A clock for limits and durations, which no demo stops. In a file of its own, so that a test can
 * put itself before it. */
int64_t http_clock_us(void);
/* http_later(h, l, con): the request on this line is whole; whether it waits for a later round, in
 * which the library brings it again. */
bool http_later(struct http *h, struct http_line *l, struct MHD_Connection *con);
/* Callbacks of the library: its request context is a struct exchange of http_ask.c. */
void *http_ask_begin(void *h, const char *target, struct MHD_Connection *con);
enum MHD_Result http_ask_go(void *h, struct MHD_Connection *con, const char *url,
    const char *method, const char *version, const char *data, size_t *n, void **exchange);
void http_ask_end(
    void *h, struct MHD_Connection *con, void **exchange, enum MHD_RequestTerminationCode how);

#endif
