#include <arpa/inet.h>
#include <assert.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/http_p.h"

#include "base/mem.h"
#include "os/file.h"
#include "web/face.h"
#include "web/head.h"
#include "web/http_body.h"

enum { ANSWER_SECONDS = 600, LINGER_SECONDS = 10, REPEAT_MAX = 128, STREAM_PIECE = 64 << 10 };

static const char api_prefix[] = "/api/v1", session_cookie[] = "__Host-writ=",
		  round_cookie[] = "__Host-writ-oidc=", lang_cookie[] = "writ-lang=";

static const char hsts[] = "Strict-Transport-Security", hsts_value[] = "max-age=31536000";

/* One request, from its first line to its answer. The context is made when the head is complete:
 * before that a connection costs no more than its line. */
struct exchange {
	struct http *h;
	struct http_line *line;
	struct MHD_Connection *con;
	char *target; /* as it came */
	struct ctx *c;
	int64_t began_us;
	struct head head;
	struct str query;
	struct route_ask ask;
	struct http_body body;
	size_t route;                       /* its number; that of none is the table's length */
	int status;                         /* once it is known */
	int64_t wait;                       /* seconds, of 429 */
	const struct answer_stream *stream; /* what is sent, or NULL */
	int64_t sent;                       /* bytes of it */
};

static struct http_line *line_of(struct MHD_Connection *con)
{
	return MHD_get_connection_info(con, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

void *http_ask_begin(void *h, const char *target, struct MHD_Connection *con)
{
	struct exchange *x = calloc(1, sizeof *x);

	if (x == NULL || (x->target = strdup(target)) == NULL)
		abort();
	x->h = h;
	x->line = line_of(con);
	x->con = con;
	x->line->asked = true;
	x->line->until_ms = http_clock_us() / 1000 + HTTP_REQUEST_SECONDS * 1000;
	return x;
}

/* Method, route, status, milliseconds: nothing of who asked, or for what. */
static void log_line(const struct exchange *x)
{
	const struct route_table *t = x->h->set.table;
	char line[160];
	int n;

	if (x->h->set.log_fd < 0)
		return;
	n = snprintf(line, sizeof line, "%s %s %d %lld%s%s\n",
	    str_is(x->head.method, "GET")    ? "GET"
	    : str_is(x->head.method, "HEAD") ? "HEAD"
	    : str_is(x->head.method, "POST") ? "POST"
					     : "-",
	    x->route < t->n ? t->routes[x->route].name : "-", x->status,
	    (long long)((http_clock_us() - x->began_us) / 1000), x->ask.why == NULL ? "" : " ",
	    x->ask.why == NULL ? "" : x->ask.why);
	if (file_write_full(x->h->set.log_fd, (struct str){line, (size_t)n}) != 0)
		return; /* there is nobody to be told */
}

/* ---- the head ---- */

static enum MHD_Result field_take(void *arg, enum MHD_ValueKind kind, const char *name,
    size_t name_n, const char *value, size_t value_n)
{
	struct head *head = arg;

	(void)kind;
	/* one more than may be, so that the check sees that there are too many */
	if (head->n <= HEAD_FIELDS_MAX)
		head->fields[head->n++] = (struct head_field){
		    {name, name_n}, {value == NULL ? name + name_n : value, value_n}};
	return MHD_YES;
}

static void head_take(struct exchange *x, struct MHD_Connection *con, const char *url,
    const char *method, const char *version)
{
	struct head *head = &x->head;

	*head = (struct head){.method = str_of(method),
	    .target = str_of(x->target),
	    .version = str_of(version),
	    .target_at = url,
	    .fields = mem_array(x->c, HEAD_FIELDS_MAX + 1, sizeof *head->fields)};
	(void)MHD_get_connection_values_n(con, MHD_HEADER_KIND, field_take, head);
	head->size =
	    MHD_get_connection_info(con, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;
}

static const struct sockaddr *peer(struct MHD_Connection *con)
{
	return MHD_get_connection_info(con, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
}

static bool is_loopback(const struct sockaddr *a)
{
	if (a->sa_family == AF_INET)
		return ntohl(((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr) >>
			   24 ==
		       127;
	return a->sa_family == AF_INET6 &&
	       IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr);
}

/* Behind another server every request comes from this machine: that one says so. */
static bool is_local(const struct head *head, struct MHD_Connection *con)
{
	static const char *const passed[] = {"forwarded", "x-forwarded-for", "x-real-ip", "via"};

	for (size_t i = 0; i < sizeof passed / sizeof passed[0]; i++)
		for (size_t k = 0; k < head->n; k++)
			if (str_is_nocase(head->fields[k].name, passed[i]))
				return false;
	return is_loopback(peer(con));
}

/* The last one: what the server in front has added. */
static struct str forwarded(const struct head *head)
{
	for (size_t i = head->n; i > 0; i--)
		if (str_is_nocase(head->fields[i - 1].name, "x-forwarded-for"))
			return head->fields[i - 1].value;
	return STR("");
}

/* The address that asks, in numbers; "" when the server in front does not say one. */
static struct str from_of(const struct exchange *x, struct MHD_Connection *con)
{
	const struct sockaddr *a = peer(con);
	char *z = mem_alloc(x->c, INET6_ADDRSTRLEN);
	struct limit_who who;
	struct str hop;
	const void *at =
	    a->sa_family == AF_INET
		? (const void *)&((const struct sockaddr_in *)(const void *)a)->sin_addr
		: (const void *)&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr;

	if (limit_hop(x->h->set.limit, limit_peer(a), forwarded(&x->head), &hop))
		return limit_address(hop, &who) ? hop : STR("");
	if ((a->sa_family != AF_INET && a->sa_family != AF_INET6) ||
	    inet_ntop(a->sa_family, at, z, INET6_ADDRSTRLEN) == NULL)
		return STR("");
	return str_of(z);
}

static int64_t limit_wait(const struct exchange *x, struct MHD_Connection *con)
{
	const struct limit *l = x->h->set.limit;
	struct limit_who asks = limit_asker(l, limit_peer(peer(con)), forwarded(&x->head));

	return limit_request(l, asks, http_clock_us());
}

static struct str bearer(const struct head *head)
{
	struct str v = head_find(head, "authorization");

	return str_starts(v, "Bearer ") ? (struct str){v.p + 7, v.n - 7} : STR("");
}

/* ---- what the head says of who asks ---- */

static struct str cookie(struct str cookies, const char *name)
{
	struct str one;
	bool more = cookies.n > 0;

	while (more) {
		more = str_cut(cookies, ';', &one, &cookies);
		one = str_trim(one);
		if (str_starts(one, name))
			return (struct str){one.p + strlen(name), one.n - strlen(name)};
	}
	return STR("");
}

/* Browsers say where a request comes from (Fetch Metadata; RFC 6454 for older ones). */
static bool is_own_page(const struct head *head)
{
	struct str from = head_find(head, "sec-fetch-site"), origin = head_find(head, "origin"),
		   scheme, host;

	if (from.n > 0)
		return str_is(from, "same-origin") || str_is(from, "none");
	if (origin.n == 0)
		return true;
	if (!str_cut(origin, ':', &scheme, &host) || !str_starts(host, "//"))
		return false;
	return str_eq((struct str){host.p + 2, host.n - 2}, head_find(head, "host"));
}

/* Who has chosen a language on our pages, else by what the browser would rather read. */
static enum answer_lang lang_of(const struct head *head)
{
	struct str chosen = cookie(head_find(head, "cookie"), lang_cookie);

	if (str_is(chosen, "de") || str_is(chosen, "en"))
		return str_is(chosen, "de") ? ANSWER_DE : ANSWER_EN;
	return answer_lang(head_find(head, "accept-language"));
}

static struct str repeat_key(const struct head *head)
{
	struct str key = head_find(head, "idempotency-key");

	return key.n <= REPEAT_MAX ? key : STR("");
}

/* ---- answers ---- */

static void field_send(const char *name, const char *value, void *response)
{
	if (MHD_add_response_header(response, name, value) != MHD_YES)
		abort(); /* out of memory, or a value that answer.h does not let through */
}

/* The place is always where the last piece ended. */
static ssize_t stream_next(void *arg, uint64_t at, char *p, size_t n)
{
	struct exchange *x = arg;
	ssize_t got = x->stream->next(x->stream->arg, p, n);

	(void)at;
	if (got <= 0)
		return got < 0 ? MHD_CONTENT_READER_END_WITH_ERROR
			       : MHD_CONTENT_READER_END_OF_STREAM;
	x->sent += got;
	return got;
}

static struct MHD_Response *response_of(struct exchange *x, struct answer *a)
{
	struct str body = buf_str(&a->body); /* lives until http_ask_end */

	if (a->stream != NULL) {
		x->stream = a->stream;
		return MHD_create_response_from_callback(
		    (uint64_t)a->stream->size, STREAM_PIECE, stream_next, x, NULL);
	}
	return a->file >= 0 ? MHD_create_response_from_fd64((uint64_t)a->file_size, a->file)
			    : MHD_create_response_from_buffer(
				  body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result send_answer(struct exchange *x, struct MHD_Connection *con, struct answer *a)
{
	struct MHD_Response *r = response_of(x, a);
	enum MHD_Result rc;

	if (r == NULL)
		abort();
	answer_each(a, field_send, r);
	if (x->h->set.tls->on)
		field_send(hsts, hsts_value, r);
	if (x->wait > 0)
		field_send("Retry-After", str_fmt(x->c, "%lld", (long long)x->wait).p, r);
	if (x->h->draining || x->h->n > HTTP_CROWD)
		field_send("Connection", "close", r);
	x->status = a->status;
	x->line->answering = true;
	x->line->until_ms = http_clock_us() / 1000 + ANSWER_SECONDS * 1000;
	if (a->stream != NULL)
		x->line->until_ms += a->stream->size / HTTP_SLOW_BYTES * 1000;
	rc = MHD_queue_response(con, (unsigned)a->status, r);
	MHD_destroy_response(r);
	return rc;
}

static void field_print(const char *name, const char *value, void *b)
{
	buf_fmt(b, "%s: %s\r\n", name, value);
}

static bool say(const struct exchange *x, struct str s)
{
	if (x->h->set.tls->on)
		return tls_say(x->con, s);
	return send(x->line->fd, s.p, s.n, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)s.n;
}

/* Refused before its body, which nobody reads: the answer is written past the library, which would
 * read on, and the connection ends. The answer is small enough to be taken whole. */
static enum MHD_Result refuse(struct exchange *x, int status)
{
	struct answer a = answer_init(x->c, lang_of(&x->head));
	struct buf b = buf_init(x->c, 16 << 10);
	struct str all;

	face_refuse(&x->ask, &a, status);
	buf_fmt(&b, "HTTP/1.1 %d %s\r\nConnection: close\r\nContent-Length: %zu\r\n", status,
	    MHD_get_reason_phrase_for((unsigned)status), a.body.n);
	answer_each(&a, field_print, &b);
	if (x->h->set.tls->on)
		field_print(hsts, hsts_value, &b);
	if (x->wait > 0)
		buf_fmt(&b, "Retry-After: %lld\r\n", (long long)x->wait);
	buf_puts(&b, "\r\n");
	if (!str_is(x->head.method, "HEAD"))
		buf_put(&b, buf_str(&a.body));
	all = buf_str(&b);
	x->status = status;
	if (say(x, all))
		(void)shutdown(x->line->fd, SHUT_WR);
	return MHD_NO;
}

/* The same, where the head was understood: what still comes of the body is read and thrown away,
 * for a while, so that a client that sends first and reads then gets to read why. One that asked
 * before it sends has nothing on its way; and memory that is short is not kept for this. */
static enum MHD_Result refuse_body(struct exchange *x, int status)
{
	(void)refuse(x, status);
	if (head_find(&x->head, "expect").n > 0 || x->h->n > HTTP_CROWD || status == 503)
		return MHD_NO;
	http_body_close(&x->body);
	x->line->refused = true;
	x->line->until_ms = http_clock_us() / 1000 + LINGER_SECONDS * 1000;
	return MHD_YES;
}

/* ---- a request ---- */

/* Before a long body comes: who may not send it need not. */
static int may_bring(struct exchange *x)
{
	const struct route_table *t = x->h->set.table;
	int rc = 0;

	if (x->ask.route->files == NULL)
		return 0;
	if (t->sign_in != NULL)
		rc = t->sign_in(&x->ask);
	if (rc == 0)
		rc = t->may(&x->ask, x->ask.route);
	err_clear(x->c);
	if (rc == ERR_DENIED && x->ask.who == NULL && t->sign_in != NULL)
		return 401;
	return rc == 0 ? 0 : answer_status(rc);
}

static int body_open(struct exchange *x)
{
	int64_t length = head_length(&x->head);
	int status = http_body_open(&x->body, x->c, &x->h->held, x->h->set.spool, x->ask.route,
	    head_find(&x->head, "content-type"), length);

	x->line->until_ms += (http_body_seconds(&x->body, length) - HTTP_REQUEST_SECONDS) * 1000;
	return status == 0 ? may_bring(x) : status;
}

/* The API is the same lines below a prefix. */
static void path_take(struct route_ask *ask, struct str *path)
{
	size_t n = sizeof api_prefix - 1;

	ask->api = str_starts(*path, api_prefix) && path->n > n && path->p[n] == '/';
	if (ask->api)
		*path = (struct str){path->p + n, path->n - n};
}

/* 0, or the status to refuse it with. */
static int ask_make(struct exchange *x, struct MHD_Connection *con)
{
	const struct route_table *t = x->h->set.table;
	struct str path, method = x->head.method;
	int status = head_check(&x->head), rc;

	if (status != 0)
		return status;
	if (head_path(x->c, x->head.target, &path, &x->query) != 0)
		return 400;
	x->ask = (struct route_ask){.c = x->c,
	    .site = x->h->set.site,
	    .in = x->h->set.in,
	    .table = t,
	    .lang = lang_of(&x->head),
	    .if_none_match = head_find(&x->head, "if-none-match"),
	    .token = bearer(&x->head),
	    .session = cookie(head_find(&x->head, "cookie"), session_cookie),
	    .round = cookie(head_find(&x->head, "cookie"), round_cookie),
	    .repeat = repeat_key(&x->head),
	    .from = from_of(x, con),
	    .own_page = is_own_page(&x->head),
	    .local = is_local(&x->head, con)};
	path_take(&x->ask, &path);
	x->wait = limit_wait(x, con);
	if (x->wait > 0)
		return 429;
	rc = route_find(t, method, path, x->ask.parts, &x->ask.route);
	if (rc == 0 && x->ask.api && x->ask.route->view == NULL)
		rc = ERR_NOTFOUND;
	if (rc != 0)
		return rc == ERR_DENIED ? 405
					: 404; /* for 405 the route is one of another method */
	x->route = (size_t)(x->ask.route - t->routes);
	return body_open(x);
}

static enum MHD_Result ask_begin(struct exchange *x, struct MHD_Connection *con, const char *url,
    const char *method, const char *version)
{
	int status;

	ctx_open(&x->c);
	x->c->fixed_now = x->h->set.fixed_now;
	x->began_us = http_clock_us();
	x->route = x->h->set.table->n;
	head_take(x, con, url, method, version);
	x->line->known = x->line->known || tls_knows(x->h->set.tls, con);
	status = x->line->known ? ask_make(x, con) : 403;
	/* without a body the library's way is good: the connection can go on */
	if (status == 0 ||
	    ((status == 404 || status == 405 || status == 429) && head_length(&x->head) == 0)) {
		x->status = status;
		return MHD_YES;
	}
	return status == 400 || x->ask.route == NULL ? refuse(x, status) : refuse_body(x, status);
}

static enum MHD_Result ask_answer(struct exchange *x, struct MHD_Connection *con)
{
	bool post = str_is(x->head.method, "POST");
	struct answer a = answer_init(x->c, lang_of(&x->head));
	struct form form;
	int rc;

	if (x->status != 0) {
		face_refuse(&x->ask, &a, x->status);
		if (x->status == 405)
			answer_field(&a, "Allow",
			    x->ask.route->method == ROUTE_POST ? STR("POST") : STR("GET, HEAD"));
		return send_answer(x, con, &a);
	}
	if (post)
		rc = http_body_form(&x->body, &x->ask, &form);
	else
		rc = form_parse(x->c, x->query, &form) == 0 ? 0 : 400;
	if (rc != 0)
		face_refuse(&x->ask, &a, rc);
	else
		face_answer(x->h->set.table, &x->ask, &form, &a);
	return send_answer(x, con, &a);
}

enum MHD_Result http_ask_go(void *h, struct MHD_Connection *con, const char *url,
    const char *method, const char *version, const char *data, size_t *n, void **exchange)
{
	struct exchange *x = *exchange;
	int status;

	(void)h;
	if (x->c == NULL)
		return ask_begin(x, con, url, method, version);
	if (x->line->refused) {
		enum MHD_Result more = *n == 0 ? MHD_NO : MHD_YES;

		*n = 0;
		return more;
	}
	if (*n == 0)
		return http_later(x->h, x->line, con) ? MHD_YES : ask_answer(x, con);
	x->h->arrives = true;
	status = http_body_put(&x->body, (struct str){data, *n});
	*n = 0;
	return status == 0 ? MHD_YES : refuse_body(x, status);
}

void http_ask_end(
    void *h, struct MHD_Connection *con, void **exchange, enum MHD_RequestTerminationCode how)
{
	struct exchange *x = *exchange;
	const struct http_set *set = &((struct http *)h)->set;

	(void)con;
	if (x == NULL)
		return;
	if (x->stream != NULL)
		x->stream->end(x->stream->arg, x->sent,
		    how == MHD_REQUEST_TERMINATED_COMPLETED_OK && x->sent == x->stream->size);
	if (x->c != NULL && x->status != 0) {
		meter_request(set->meter, x->route, x->status, http_clock_us() - x->began_us);
		log_line(x);
	}
	x->line->asked = x->line->answering = false;
	x->line->idle_ms = http_clock_us() / 1000;
	x->line->until_ms = x->line->idle_ms + HTTP_REQUEST_SECONDS * 1000;
	http_body_close(&x->body);
	ctx_close(&x->c);
	free(x->target);
	free(x);
	*exchange = NULL;
}
