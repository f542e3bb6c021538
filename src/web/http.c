#include "web/http_p.h"

#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "base/mem.h"

/* Descriptors that are not connections: the database's, files that are sent or arrive. */
enum { FILES_KEPT = 512 };

/* What requests need and give back again stays with the process: growing and shrinking the heap
 * for each of them costs more than many of them. */
enum { HEAP_KEPT = 4 << 20, HEAP_STEP = 1 << 20 };

/* Of a round the work that its requests may take together; those that may wait for a later one, and
 * how many of them are taken up at once at most. */
enum { ROUND_WORK_US = 5000, LATER_MAX = 512, TURNS_MAX = 64 };

enum { LARGE_BLOCK = 1 << 20, STOP_GRACE_MS = 300, TICK_MS = 500, ROUND_MS = 1000 };

/* ---- connections ---- */

static struct limit_who peer_of(struct MHD_Connection *con)
{
	return limit_peer(
	    MHD_get_connection_info(con, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
}

/* One address with too many connections is let go without a word: there is no request yet. */
static enum MHD_Result may_connect(void *h, const struct sockaddr *a, socklen_t n)
{
	(void)n;
	return limit_connect(((const struct http *)h)->set.limit, limit_peer(a)) ? MHD_YES : MHD_NO;
}

static void line_add(struct http *h, struct MHD_Connection *con, void **line)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(con, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct http_line *l = calloc(1, sizeof *l);

	if (l == NULL || info == NULL)
		abort(); /* the parent starts another */
	*l = (struct http_line){
	    .next = h->lines, .h = h, .fd = info->connect_fd, .idle_ms = http_clock_us() / 1000};
	l->until_ms = l->idle_ms + HTTP_REQUEST_SECONDS * 1000;
	if (h->lines != NULL)
		h->lines->before = l;
	h->lines = l;
	l->held = limit_hold(h->set.limit, peer_of(con));
	h->n++;
	h->peak = h->n > h->peak ? h->n : h->peak;
	*line = l;
}

static void line_drop(struct http *h, void **line)
{
	struct http_line *l = *line;

	if (l->before != NULL)
		l->before->next = l->next;
	else
		h->lines = l->next;
	if (l->next != NULL)
		l->next->before = l->before;
	h->n--;
	limit_let(h->set.limit, l->held);
	free(l);
	*line = NULL;
}

/* ---- turns ---- */

/* The library takes one piece of each body in a round, and a few new connections. A round that
 * answered all who ask would make an upload through a busy process take its number of pieces times
 * that; so requests wait, in their order, once a round was long enough. */
bool http_later(struct http *h, struct http_line *l, struct MHD_Connection *con)
{
	bool room = h->n_later == 0 && http_clock_us() - h->round_us < ROUND_WORK_US;

	if (l->turn || room || h->n_later == LATER_MAX) {
		l->turn = false;
		return false;
	}
	if (h->last != NULL)
		h->last->later = l;
	else
		h->first = l;
	h->last = l;
	h->n_later++;
	l->later = NULL;
	l->con = con;
	l->waits = true;
	MHD_suspend_connection(con);
	return true;
}

static void turns_give(struct http *h, size_t n)
{
	for (struct http_line *l; n > 0 && (l = h->first) != NULL; n--) {
		h->first = l->later;
		if (h->first == NULL)
			h->last = NULL;
		h->n_later--;
		l->waits = false;
		l->turn = true;
		l->until_ms = http_clock_us() / 1000 + HTTP_REQUEST_SECONDS * 1000;
		MHD_resume_connection(l->con);
	}
}

/* As many turns as a round has room for, by what the last one took. */
static void turns_count(struct http *h, int64_t took_us)
{
	if (h->first == NULL)
		h->turns = 1;
	else if (took_us < ROUND_WORK_US / 2)
		h->turns = h->turns < TURNS_MAX ? h->turns * 2 : TURNS_MAX;
	else if (took_us > ROUND_WORK_US)
		h->turns = h->turns > 1 ? h->turns / 2 : 1;
}

static void on_line(
    void *h, struct MHD_Connection *con, void **line, enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		line_add(h, con, line);
	else if (*line != NULL)
		line_drop(h, line);
}

/* Who asked has gone. Where the end comes together with bytes the library sees only these, and
 * would wait for more. */
static bool is_gone(const struct http_line *l)
{
	char byte;

	return !l->answering && recv(l->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* What is slow is cut: the library's own limit begins anew with each byte. What came in before is
 * still read, so that a request that is here already is answered. */
static void lines_look(struct http *h, int64_t now)
{
	for (struct http_line *l = h->lines; l != NULL; l = l->next) {
		bool late = now > l->until_ms || is_gone(l);
		bool idle =
		    !l->asked && (h->stopping ? now > h->stop_ms
					      : h->n > HTTP_CROWD &&
						    now > l->idle_ms + HTTP_CROWD_SECONDS * 1000);

		if (l->cut || l->waits || !(late || idle))
			continue;
		l->cut = true;
		(void)shutdown(l->fd, late ? SHUT_RDWR : SHUT_RD);
	}
}

/* ---- the daemon ---- */

/* Targets are decoded by the check in front, from the bytes as they came. */
static size_t as_it_is(void *h, struct MHD_Connection *con, char *s)
{
	(void)h;
	(void)con;
	return strlen(s);
}

static unsigned connections_max(bool tls)
{
	struct rlimit files;
	rlim_t n, most = tls ? HTTP_TLS_MAX : HTTP_CONNECTIONS_MAX;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return 1;
	n = files.rlim_cur > 2 * FILES_KEPT ? files.rlim_cur - FILES_KEPT : files.rlim_cur / 2;
	return (unsigned)(n < most ? n : most);
}

static struct MHD_Daemon *daemon_start(struct http *h)
{
	const struct tls *t = h->set.tls;
	struct MHD_OptionItem tls[] = {{MHD_OPTION_HTTPS_MEM_CERT, 0, t->certificate.p},
	    {MHD_OPTION_HTTPS_MEM_KEY, 0, t->key.p},
	    {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)tls_priorities()},
	    {t->clients.n > 0 ? MHD_OPTION_HTTPS_MEM_TRUST : MHD_OPTION_END, 0, t->clients.p},
	    {MHD_OPTION_END, 0, NULL}};

	if (!t->on)
		tls[0].option = MHD_OPTION_END;
	return MHD_start_daemon(
	    MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (t->on ? MHD_USE_TLS : 0), 0, may_connect, h,
	    http_ask_go, h, MHD_OPTION_ARRAY, tls, MHD_OPTION_LISTEN_SOCKET, h->set.listen_fd,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_LIMIT, connections_max(t->on),
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_MEMORY, MHD_OPTION_CONNECTION_TIMEOUT,
	    (unsigned)HTTP_QUIET_SECONDS, MHD_OPTION_UNESCAPE_CALLBACK, as_it_is, NULL,
	    MHD_OPTION_URI_LOG_CALLBACK, http_ask_begin, h, MHD_OPTION_NOTIFY_COMPLETED,
	    http_ask_end, h, MHD_OPTION_NOTIFY_CONNECTION, on_line, h,
	    MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
}

/* After a crowd its memory goes back to the system, which the allocator would keep. */
static void memory_give(struct http *h)
{
	if (h->peak <= HTTP_CROWD || h->n > h->peak / 2)
		return;
	(void)malloc_trim(0);
	h->peak = h->n;
}

int http_open(struct ctx *c, const struct http_set *set, struct http **ret)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	struct http *h = mem_alloc(c, sizeof *h);
	const union MHD_DaemonInfo *info;

	h->set = *set;
	h->turns = 1;
	/* A large block goes back to the system when it is freed, and not to a heap that keeps it.
	 */
	(void)mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
	(void)mallopt(M_TRIM_THRESHOLD, HEAP_KEPT);
	(void)mallopt(M_TOP_PAD, HEAP_STEP);
	/* sendfile() has no flag against the one; the other says that a file may not grow */
	if (sigaction(SIGPIPE, &ignore, NULL) != 0 || sigaction(SIGXFSZ, &ignore, NULL) != 0)
		abort();
	h->daemon = daemon_start(h);
	if (h->daemon == NULL)
		return err_set(c, ERR_FAIL, "the HTTP server does not start");
	info = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	h->fd = info->epoll_fd;
	meter_gauges(set->meter, 0);
	*ret = h;
	return 0;
}

int http_fd(const struct http *h)
{
	return h->fd;
}

int http_wait_ms(const struct http *h)
{
	MHD_UNSIGNED_LONG_LONG ms;
	int most = h->draining ? STOP_GRACE_MS / 3 : ROUND_MS;

	if (h->first != NULL)
		return 0;
	if (MHD_get_timeout(h->daemon, &ms) == MHD_YES && ms < (unsigned)most)
		return (int)ms;
	return most;
}

void http_run(struct http *h)
{
	int64_t now;

	turns_give(h, h->turns);
	h->round_us = http_clock_us();
	(void)MHD_run(h->daemon);
	now = http_clock_us();
	turns_count(h, now - h->round_us);
	/* what arrives is taken as long as it comes, for as long again: requests wait anyway */
	for (int64_t end = now + ROUND_WORK_US; h->first != NULL && h->arrives && now < end;
	     now = http_clock_us()) {
		h->arrives = false;
		(void)MHD_run(h->daemon);
	}
	now /= 1000;
	if (!h->draining && now - h->tick_ms < TICK_MS)
		return;
	h->tick_ms = now;
	lines_look(h, now);
	memory_give(h);
	meter_gauges(h->set.meter, (int64_t)h->n);
}

void http_drain(struct http *h, bool now)
{
	if (!h->draining)
		(void)MHD_quiesce_daemon(h->daemon);
	h->draining = true;
	if (now && !h->stopping) {
		h->stopping = true;
		h->stop_ms = http_clock_us() / 1000 + STOP_GRACE_MS;
	}
}

size_t http_count(const struct http *h)
{
	return h->n;
}

void http_close(struct http **h)
{
	if (*h == NULL)
		return;
	turns_give(*h, SIZE_MAX); /* the library ends nothing that waits */
	MHD_stop_daemon((*h)->daemon);
	*h = NULL; /* the rest lives in the context's arena */
}
