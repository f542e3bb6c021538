/* The server itself, with a table of its own and the client in the same process: what a form brings
 * to its handler, what is refused before, and that nothing of a request that breaks off stays. */
#include "web/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"

#include "os/file.h"
#include "os/listen.h"

int64_t __real_http_clock_us(void);
int64_t __wrap_http_clock_us(void);

static int64_t clock_ahead;   /* seconds */
static int64_t heavy_us;      /* what heavy requests took */
static int heavy_n, heavy[8]; /* in what order they were answered */

int64_t __wrap_http_clock_us(void)
{
	return __real_http_clock_us() + clock_ahead * 1000000 + heavy_us;
}

enum { ROUNDS = 400, ANSWER_MAX = 1 << 20 };

struct ground {
	struct ctx *c;
	struct http *h;
	struct crew_share *share;
	struct meter *meter;
	struct limit *limit;
	int listen_fd, log[2];
	char spool[32];
	struct sockaddr_in at;
};

static int text_field(struct ctx *c, struct str text, struct route_value *ret)
{
	if (text.n > 100)
		return err_set(c, ERR_LIMIT, "too long");
	ret->text = text;
	return 0;
}

static int run_echo(struct route_ask *ask, struct answer *a)
{
	a->type = "text/plain; charset=utf-8";
	buf_fmt(&a->body, "%.*s|%.*s|%lld", STR_ARG(ask->parts[0]), STR_ARG(ask->fields[0].text),
	    (long long)ctx_now(ask->c));
	answer_field(a, "Location", STR("/done"));
	return 0;
}

/* More than a socket takes while nobody reads. */
static int run_large(struct route_ask *ask, struct answer *a)
{
	struct str one = {mem_alloc(ask->c, 1 << 20), 1 << 20};

	for (int i = 0; i < 15; i++)
		buf_put(&a->body, one);
	return 0;
}

static int run_local(struct route_ask *ask, struct answer *a)
{
	buf_fmt(&a->body, "%s %.*s", ask->local ? "local" : "foreign", STR_ARG(ask->token));
	return 0;
}

/* Takes as long as two rounds may. */
static int run_heavy(struct route_ask *ask, struct answer *a)
{
	heavy[heavy_n++] = ask->parts[0].p[0] - 'A';
	heavy_us += 10000;
	buf_puts(&a->body, "heavy");
	return 0;
}

/* What came, and that each file lies where it says, with what it says. */
static int run_take(struct route_ask *ask, struct answer *a)
{
	buf_fmt(&a->body, "text=%.*s", STR_ARG(ask->fields[0].text));
	for (size_t i = 0; i < ask->n_files; i++) {
		const struct route_file *f = &ask->files[i];
		struct str all;

		assert_ok(ask->c, file_read(ask->c, f->path.p, 1 << 20, &all));
		assert_int_equal(all.n, f->size);
		assert_true(hash_eq(hash_of(all), f->hash));
		buf_fmt(&a->body, " %.*s:%.*s:%.*s:%lld", STR_ARG(f->field), STR_ARG(f->name),
		    STR_ARG(f->type), (long long)f->size);
	}
	return 0;
}

static const struct route_files two_files = {"one other", 2, 1000, 1500};
static const struct route_field fields[] = {{.name = "text", .needed = true, .parse = text_field}};

static const struct route routes[] = {
    {"echo", ROUTE_POST, "/echo/{name:word}", GATE_PUBLIC, .run = run_echo, .fields = fields,
	.n_fields = 1},
    {"query", ROUTE_GET, "/query/{name:word}", GATE_PUBLIC, .run = run_echo, .fields = fields,
	.n_fields = 1},
    {"take", ROUTE_POST, "/take", GATE_PUBLIC, .run = run_take, .fields = fields, .n_fields = 1,
	.files = &two_files},
    {"barred", ROUTE_POST, "/barred", GATE_METERS, .run = run_take, .files = &two_files},
    {"large", ROUTE_GET, "/large", GATE_PUBLIC, .run = run_large},
    {"heavy", ROUTE_GET, "/heavy/{name:word}", GATE_PUBLIC, .run = run_heavy},
    {"local", ROUTE_GET, "/local", GATE_PUBLIC, .run = run_local},
};

static int may(const struct route_ask *ask, const struct route *r)
{
	(void)ask;
	return r->gate == GATE_PUBLIC ? 0 : ERR_DENIED;
}

static const struct route_table table = {
    .routes = routes, .n = sizeof routes / sizeof routes[0], .may = may};

/* A port that is free: the kernel names one, and it is taken again at once. */
static void listen_somewhere(struct ground *g)
{
	socklen_t n = sizeof g->at;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	g->at = (struct sockaddr_in){.sin_family = AF_INET};
	g->at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (const struct sockaddr *)&g->at, n), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&g->at, &n), 0);
	(void)close(fd);
	assert_ok(g->c,
	    listen_open(g->c, str_fmt(g->c, "127.0.0.1:%d", ntohs(g->at.sin_port)), &g->listen_fd));
}

static struct ground ground_open(void)
{
	struct ground g = {.c = test_ctx()};
	struct http_set set = {.table = &table, .fixed_now = 1000};

	(void)snprintf(g.spool, sizeof g.spool, "/tmp/writ.http.XXXXXX");
	assert_non_null(mkdtemp(g.spool));
	listen_somewhere(&g);
	assert_int_equal(pipe2(g.log, O_CLOEXEC | O_NONBLOCK), 0);
	g.share = calloc(1, sizeof *g.share);
	g.meter = mem_alloc(g.c, sizeof *g.meter);
	*g.meter = (struct meter){g.share, 0};
	set.listen_fd = g.listen_fd;
	set.log_fd = g.log[1];
	set.meter = g.meter;
	g.limit = mem_alloc(g.c, sizeof *g.limit);
	*g.limit = (struct limit){.share = g.share, .all = true};
	set.limit = g.limit;
	set.tls = mem_alloc(g.c, sizeof *set.tls);
	set.spool = mem_dup(g.c, g.spool, strlen(g.spool));
	assert_ok(g.c, http_open(g.c, &set, &g.h));
	return g;
}

static void ground_close(struct ground *g)
{
	http_close(&g->h);
	(void)close(g->listen_fd);
	(void)close(g->log[0]);
	(void)close(g->log[1]);
	free(g->share);
	assert_int_equal(rmdir(g->spool), 0); /* nothing of any file stays */
	ctx_close(&g->c);
}

static void round_run(struct ground *g)
{
	struct pollfd p = {http_fd(g->h), POLLIN, 0};

	(void)poll(&p, 1, 5);
	http_run(g->h);
}

static int line_open(struct ground *g)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(connect(fd, (const struct sockaddr *)&g->at, sizeof g->at), 0);
	assert_int_equal(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
	return fd;
}

static void line_send(struct ground *g, int fd, struct str s)
{
	while (s.n > 0) {
		ssize_t done = send(fd, s.p, s.n, MSG_NOSIGNAL);

		if (done < 0 && errno != EAGAIN)
			return; /* it was refused meanwhile */
		if (done > 0)
			s = (struct str){s.p + done, s.n - (size_t)done};
		round_run(g);
	}
}

/* All that comes until the other side ends the connection. */
static struct str line_read(struct ground *g, int fd)
{
	struct buf b = buf_init(g->c, ANSWER_MAX);
	char bytes[4096];

	for (int i = 0; i < ROUNDS; i++) {
		ssize_t got = recv(fd, bytes, sizeof bytes, 0);

		if (got > 0)
			buf_put(&b, (struct str){bytes, (size_t)got});
		else if (got == 0 || errno == ECONNRESET)
			break;
		else
			round_run(g);
	}
	(void)close(fd);
	return buf_str(&b);
}

static struct str ask(struct ground *g, const char *raw)
{
	int fd = line_open(g);

	line_send(g, fd, str_of(raw));
	return line_read(g, fd);
}

static const char *post(struct ctx *c, const char *path, const char *type, const char *body)
{
	return str_fmt(c,
	    "POST %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: %s\r\n"
	    "Content-Length: %zu\r\n\r\n%s",
	    path, type, strlen(body), body)
	    .p;
}

#define FORM "application/x-www-form-urlencoded"

static void want(struct ground *g, const char *raw, const char *first, const char *part)
{
	struct str got = ask(g, raw);

	if (!str_starts(got, first) || strstr(got.p, part) == NULL)
		fail_msg("%.*s: %.*s", 40, raw, STR_ARG(got));
}

static void test_forms(void **state)
{
	struct ground g = ground_open();
	struct ctx *c = g.c;
	char *large = mem_alloc(c, FORM_MAX + 10);

	(void)state;
	want(&g, post(c, "/echo/AB", FORM, "text=x%20y&other=z"), "HTTP/1.1 200 ", "AB|x y|1000");
	want(&g, post(c, "/echo/AB", FORM "; charset=utf-8", "text=&text=c"), "HTTP/1.1 200 ",
	    "AB|c|1000");
	want(&g, post(c, "/echo/AB?text=q", FORM, "text=b"), "HTTP/1.1 200 ", "AB|b|");
	want(&g, post(c, "/echo/AB", FORM, "other=z"), "HTTP/1.1 400 ", "<h1>");
	want(&g, post(c, "/echo/AB", FORM, "text=%00"), "HTTP/1.1 400 ", "<h1>");
	want(&g, post(c, "/echo/AB", FORM, "text=a&text=b"), "HTTP/1.1 400 ", "<h1>");
	want(&g, post(c, "/echo/AB", "application/json", "{}"), "HTTP/1.1 415 ", "close");
	want(&g, post(c, "/echo/AB", "multipart/form-data", "x"), "HTTP/1.1 415 ", "close");
	want(&g, post(c, "/echo/a.b", FORM, "text=x"), "HTTP/1.1 404 ", "close");
	want(&g, post(c, "/query/AB", FORM, "text=x"), "HTTP/1.1 405 ", "close");
	want(&g, post(c, "/echo/AB", FORM, ""), "HTTP/1.1 400 ", "<h1>");
	memset(large, 'a', FORM_MAX + 1);
	want(&g, post(c, "/echo/AB", FORM, large), "HTTP/1.1 413 ", "close");
	memcpy(large, "text=", 5);
	large[FORM_MAX] = '\0';
	want(&g, post(c, "/echo/AB", FORM, large), "HTTP/1.1 413 ", "<h1>"); /* the field's limit */
	want(&g, "GET /query/AB?text=x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
	    "HTTP/1.1 200 ", "Location: /done\r\n");
	want(&g, "GET /echo/AB HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "HTTP/1.1 405 ",
	    "Allow: POST\r\n");
	ground_close(&g);
}

#define PARTS "multipart/form-data; boundary=XyZ"
#define PART(head, bytes)                                                                          \
	"--XyZ\r\nContent-Disposition: form-data; name=" head "\r\n\r\n" bytes "\r\n"
#define FILE_OF(name, bytes) PART(name "\r\nContent-Type: text/plain", bytes)
#define END "--XyZ--\r\n"

static void test_files(void **state)
{
	struct ground g = ground_open();
	struct ctx *c = g.c;
	const char *k = text_hex(c, mem_alloc(c, 450), 450).p; /* 900 bytes */
	const char *x2 = str_fmt(c, "%s%s", k, k).p;

	(void)state;
#define TAKE(body, first, part) want(&g, post(c, "/take", PARTS, body), "HTTP/1.1 " first, part)
	TAKE(PART("text", "a b") FILE_OF("one; filename=\"../x.txt\"", "hello") END, "200 ",
	    "text=a b one:x.txt:text/plain:5");
	TAKE(FILE_OF("one; filename=a", "1") FILE_OF("other; filename=b", "") PART("text", "t") END,
	    "200 ", "text=t one:a:text/plain:1 other:b:text/plain:0");
	TAKE(PART("text", "t") PART("one; filename=\"\"", "") END, "200 ", "text=t");
	TAKE(PART("text", "t") PART("one; filename=\"\"", "1") END, "200 ", "text=t one:::1");
	want(&g, post(c, "/take", FORM, "text=plain"), "HTTP/1.1 200 ", "text=plain");
	TAKE(FILE_OF("one; filename=a", "1") END, "400 ", "<h1>"); /* the text is missing */
	TAKE(PART("text", "t") FILE_OF("third; filename=a", "1") END, "400 ", "close");
	TAKE(PART("text", "t") FILE_OF("text; filename=a", "1") END, "400 ", "close");
	TAKE(PART("text", "t\001") END, "400 ", "close");
	TAKE(PART("text", "t") FILE_OF("one; filename=a", "1"), "400 ", "<h1>"); /* no end */
	TAKE(FILE_OF("one; filename=a", "1") FILE_OF("one; filename=a", "1")
		 FILE_OF("one; filename=a", "1") PART("text", "t") END,
	    "413 ", "close");
	TAKE(str_fmt(c, PART("text", "t") FILE_OF("one; filename=a", "%s") END, k).p, "200 ",
	    "one:a:text/plain:900");
	TAKE(str_fmt(c, PART("text", "t") FILE_OF("one; filename=a", "%s") END, x2).p, "413 ",
	    "close");
	want(&g, post(c, "/take", "multipart/form-data", END), "HTTP/1.1 400 ", "close");
	want(&g, post(c, "/echo/AB", PARTS, PART("text", "t") END), "HTTP/1.1 415 ", "close");
	want(&g, post(c, "/barred", PARTS, FILE_OF("one; filename=a", "1") END), "HTTP/1.1 403 ",
	    "close");
	want(&g,
	    "POST /take HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Type: " PARTS
	    "\r\nContent-Length: 99999999\r\n\r\n",
	    "HTTP/1.1 413 ", "close");
	ground_close(&g);
}

/* At every few bytes of a form with a file its client goes away: nothing stays in the spool. */
static void test_file_breaks_off(void **state)
{
	struct ground g = ground_open();
	const char *raw =
	    post(g.c, "/take", PARTS, PART("text", "t") FILE_OF("one; filename=a", "hello") END);

	(void)state;
	for (size_t n = 0; n < strlen(raw); n += 5) {
		int fd = line_open(&g);

		line_send(&g, fd, (struct str){raw, n});
		round_run(&g);
		(void)close(fd);
	}
	for (int i = 0; i < ROUNDS && http_count(g.h) > 0; i++)
		round_run(&g);
	assert_int_equal(http_count(g.h), 0);
	ground_close(&g);
}

/* More than is kept of it: who sends on gets to read why, and is let go. */
static void test_lingers(void **state)
{
	struct ground g = ground_open();
	struct str one = {mem_alloc(g.c, 64 << 10), 64 << 10};
	int fd = line_open(&g);

	(void)state;
	line_send(&g, fd,
	    str_fmt(g.c,
		"POST /echo/AB HTTP/1.1\r\nHost: a\r\nContent-Type: " FORM
		"\r\nContent-Length: %d\r\n\r\n",
		40 << 16));
	for (int i = 0; i < 40; i++)
		line_send(&g, fd, one);
	assert_true(str_starts(line_read(&g, fd), "HTTP/1.1 413 "));
	ground_close(&g);
}

#define LOCAL(fields) "GET /local HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" fields "\r\n"

/* One address has its share; who is another, as the server in front says, has its own. */
static void test_limits(void **state)
{
	struct ground g = ground_open();
	int fd[3], n = 0;

	(void)state;
	g.limit->requests = 2;
	for (int i = 0; i < 2 * LIMIT_BURST; i++)
		want(&g, LOCAL(""), "HTTP/1.1 200 ", "local");
	want(&g, LOCAL(""), "HTTP/1.1 429 ", "Retry-After: 1\r\n");
	want(&g, LOCAL("X-Forwarded-For: 192.0.2.1\r\n"), "HTTP/1.1 429 ", "<h1>");
	want(&g, post(g.c, "/echo/AB", FORM, "text=x"), "HTTP/1.1 429 ", "Retry-After: 1\r\n");
	assert_true(limit_address(STR("127.0.0.1"), &g.limit->proxy));
	want(&g, LOCAL("X-Forwarded-For: 192.0.2.1\r\n"), "HTTP/1.1 200 ", "foreign");
	want(&g, LOCAL("X-Forwarded-For: 192.0.2.1, 127.0.0.1\r\n"), "HTTP/1.1 429 ", "<h1>");
	want(&g, LOCAL(""), "HTTP/1.1 200 ", "local"); /* nobody is named */
	g.limit->proxy.n = 0;
	g.limit->requests = 0;
	g.limit->connections = 2;
	for (int i = 0; i < 3; i++) {
		fd[i] = line_open(&g);
		line_send(&g, fd[i], STR("GET "));
		for (int k = 0; k < 10; k++)
			round_run(&g);
	}
	assert_int_equal(http_count(g.h), 2);
	for (int i = 0; i < 3; i++) {
		char byte;

		n += recv(fd[i], &byte, 1, 0) == 0 || errno == ECONNRESET;
		(void)close(fd[i]);
	}
	assert_int_equal(n, 1);
	ground_close(&g);
}

/* A body that asks first is let come, one that is refused is not. */
static void test_continue(void **state)
{
	struct ground g = ground_open();
	int fd = line_open(&g);
	struct str got;

	(void)state;
	line_send(&g, fd,
	    STR("POST /echo/AB HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n"
		"Content-Type: " FORM "\r\nContent-Length: 6\r\n\r\n"));
	for (int i = 0; i < 20; i++)
		round_run(&g);
	line_send(&g, fd, STR("text=x"));
	got = line_read(&g, fd);
	assert_true(str_starts(got, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 "));
	got = ask(&g, "POST /echo/AB HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
		      "Content-Length: 999999\r\n\r\n");
	assert_true(str_starts(got, "HTTP/1.1 413 "));
	ground_close(&g);
}

static void test_who(void **state)
{
	struct ground g = ground_open();

	(void)state;
	want(&g,
	    "GET /local HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
	    "xyz\r\n\r\n",
	    "HTTP/1.1 200 ", "local xyz");
	want(&g,
	    "GET /local HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Forwarded-For: "
	    "127.0.0.1\r\n\r\n",
	    "HTTP/1.1 200 ", "foreign ");
	ground_close(&g);
}

/* At every byte of a request the client goes away. What is left over LeakSanitizer would tell. */
static void test_breaks_off(void **state)
{
	struct ground g = ground_open();
	const char *raw = post(g.c, "/echo/AB", FORM, "text=hello");

	(void)state;
	for (size_t n = 0; n <= strlen(raw); n += 3) {
		int fd = line_open(&g);

		line_send(&g, fd, (struct str){raw, n});
		(void)close(fd);
	}
	for (int i = 0; i < ROUNDS && http_count(g.h) > 0; i++)
		round_run(&g);
	assert_int_equal(http_count(g.h), 0);
	want(&g, raw, "HTTP/1.1 200 ", "AB|hello|");
	ground_close(&g);
}

static void test_log_and_meters(void **state)
{
	struct ground g = ground_open();
	const char *const names[] = {"echo", "query", "take", "barred", "large", "heavy", "local"};
	struct buf b = buf_init(g.c, 1 << 20);
	char log[4096] = {0};

	(void)state;
	want(&g, post(g.c, "/echo/canary", FORM, "text=canary"), "HTTP/1.1 200 ", "canary");
	want(&g, "GET /canary HTTP/1.1\r\nHost: canary\r\nConnection: close\r\n\r\n",
	    "HTTP/1.1 404 ", "");
	want(&g, "GET /local HTTP/1.1\r\nHost: canary\r\nHost: b\r\n\r\n", "HTTP/1.1 400 ", "");
	assert_true(read(g.log[0], log, sizeof log - 1) > 0);
	assert_string_equal(log, "POST echo 200 0\nGET - 404 0\nGET - 400 0\n");
	meter_put(g.meter, names, 7, &b);
	assert_non_null(strstr(buf_str(&b).p, "{route=\"echo\",status=\"2xx\"} 1\n"));
	assert_non_null(strstr(buf_str(&b).p, "{route=\"none\",status=\"4xx\"} 2\n"));
	assert_non_null(strstr(buf_str(&b).p, "_count 3\n"));
	assert_non_null(strstr(buf_str(&b).p, "writ_http_connections{process=\"0\"} "));
	assert_null(strstr(buf_str(&b).p, "canary"));
	ground_close(&g);
}

static void rounds(struct ground *g, int n)
{
	while (n-- > 0)
		round_run(g);
}

/* A byte now and then does not keep a connection: a whole request has its time, and so has an
 * answer, which is longer. */
static void test_slow(void **state)
{
	struct ground g = ground_open();
	int first = line_open(&g), begun = line_open(&g), body = line_open(&g),
	    reads = line_open(&g);
	const char *raw = post(g.c, "/echo/AB", FORM, "text=hello");

	(void)state;
	line_send(&g, first, STR("GET /loc"));
	line_send(&g, begun, STR("GET /local HTTP/1.1\r\nHost: a\r\n"));
	line_send(&g, body, (struct str){raw, strlen(raw) - 1});
	line_send(&g, reads, STR("GET /large HTTP/1.1\r\nHost: a\r\n\r\n"));
	rounds(&g, 10);
	assert_int_equal(http_count(g.h), 4);
	clock_ahead = HTTP_REQUEST_SECONDS - 5;
	line_send(&g, first, STR("a"));
	rounds(&g, 10);
	assert_int_equal(http_count(g.h), 4);
	clock_ahead = HTTP_REQUEST_SECONDS + 5;
	line_send(&g, first, STR("a"));
	rounds(&g, 10);
	assert_int_equal(http_count(g.h), 1);
	clock_ahead = 700;
	rounds(&g, 10);
	assert_int_equal(http_count(g.h), 0);
	clock_ahead = 0;
	(void)close(first);
	(void)close(begun);
	(void)close(body);
	(void)close(reads);
	ground_close(&g);
}

static void heavy_ask(struct ground *g, int fd, int number)
{
	struct str raw = str_fmt(
	    g->c, "GET /heavy/%c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 'A' + number);

	assert_int_equal(send(fd, raw.p, raw.n, 0), raw.n);
}

/* Many who ask at once are answered one round after the other, in their order, so that what arrives
 * meanwhile is taken in each; who waits is not forgotten when all ends. */
static void test_turns(void **state)
{
	enum { ASK = 8, TOGETHER = 3, LAST = 5 };
	struct ground g = ground_open();
	int line[ASK];
	struct str got;

	(void)state;
	for (int i = 0; i < ASK; i++)
		line[i] = line_open(&g);
	while (http_count(g.h) < ASK)
		round_run(&g);
	for (int i = 0; i < ASK; i++) {
		int before = heavy_n;

		heavy_ask(&g, line[i], i);
		if (i < TOGETHER - 1)
			continue; /* of those that come together the library chooses the first */
		round_run(&g);
		assert_in_range(heavy_n - before, 0, 1);
	}
	while (heavy_n < LAST) {
		int before = heavy_n;

		round_run(&g);
		assert_in_range(heavy_n - before, 0, 1);
	}
	for (int i = TOGETHER; i < LAST; i++)
		assert_int_equal(heavy[i], i);
	for (int i = 0; i < LAST; i++) {
		got = line_read(&g, line[i]);
		assert_true(str_starts(got, "HTTP/1.1 200 "));
	}
	for (int i = LAST; i < ASK; i++)
		(void)close(line[i]);
	ground_close(&g);
	heavy_us = 0;
}

/* Told to end: nobody new, who is idle goes, who has begun is answered. */
static void test_drain(void **state)
{
	struct ground g = ground_open();
	int idle = line_open(&g), begun = line_open(&g);
	struct str got;

	(void)state;
	line_send(&g, begun, STR("GET /local HTTP/1.1\r\n"));
	for (int i = 0; i < 50 && http_count(g.h) < 2; i++)
		round_run(&g);
	assert_int_equal(http_count(g.h), 2);
	http_drain(g.h, true);
	got = line_read(&g, idle);
	assert_int_equal(got.n, 0);
	assert_int_equal(http_count(g.h), 1);
	line_send(&g, begun, STR("Host: a\r\n\r\n"));
	got = line_read(&g, begun);
	assert_true(str_starts(got, "HTTP/1.1 200 "));
	assert_non_null(strstr(got.p, "Connection: close\r\n"));
	ground_close(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_forms),
	    cmocka_unit_test(test_files),
	    cmocka_unit_test(test_file_breaks_off),
	    cmocka_unit_test(test_lingers),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_continue),
	    cmocka_unit_test(test_who),
	    cmocka_unit_test(test_breaks_off),
	    cmocka_unit_test(test_log_and_meters),
	    cmocka_unit_test(test_slow),
	    cmocka_unit_test(test_turns),
	    cmocka_unit_test(test_drain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
