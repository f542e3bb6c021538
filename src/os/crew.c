#include "os/crew.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

enum {
	FD_LISTEN = 4, /* as spawn_role hands them over */
	FD_SHARE = 5,
	SOON_MS = 10000, /* who lives longer has worked */
	BACK_FIRST_MS = 100,
	BACK_MOST_MS = 30000,
	ROUND_MS = 1000,
	FILES = 16384
};

enum state { FREE, STARTING, READY, LEAVING };

struct member {
	enum state state;
	size_t part;
	bool fresh; /* of the reload that is going on */
	struct spawn_peer peer;
	int64_t born; /* milliseconds */
};

struct work {
	struct ctx *c;
	const struct crew *how;
	struct member m[CREW_SLOTS];
	struct crew_share *share;
	int share_fd, signal_fd;
	struct {
		int64_t back_ms, next_ms;
	} start[CREW_PARTS_MAX]; /* when the next of a part starts: one that fails holds up no other
				  */
	int64_t deadline;
	bool worked[CREW_PARTS_MAX]; /* somebody of it was ready once */
	bool reloading, stopping;
};

static int64_t clock_ms(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_MONOTONIC, &ts) != 0)
		abort();
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int os_err(struct ctx *c, const char *what)
{
	return err_set(c, ERR_FAIL, "cannot %s: %s", what, strerror(errno));
}

static struct crew_share *share_map(int fd)
{
	void *p = mmap(NULL, sizeof(struct crew_share), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	return p == MAP_FAILED ? NULL : p;
}

/* The signals of a service, blocked and readable. */
static int signals_open(struct ctx *c, bool reload, int *ret)
{
	sigset_t set;
	int fd;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	if (reload)
		(void)sigaddset(&set, SIGHUP);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0 || sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return os_err(c, "watch signals");
	*ret = fd;
	return 0;
}

/* ---- the members ---- */

static size_t count_of(const struct work *w, size_t part, bool (*is)(const struct member *m))
{
	size_t n = 0;

	for (size_t i = 0; i < CREW_SLOTS; i++)
		n += w->m[i].part == part && is(&w->m[i]);
	return n;
}

static size_t count(const struct work *w, bool (*is)(const struct member *m))
{
	size_t n = 0;

	for (size_t p = 0; p < w->how->n_parts; p++)
		n += count_of(w, p, is);
	return n;
}

static size_t wanted(const struct work *w)
{
	size_t n = 0;

	for (size_t p = 0; p < w->how->n_parts; p++)
		n += w->how->parts[p].n;
	return n;
}

static bool is_there(const struct member *m)
{
	return m->state != FREE;
}

/* Of those that are to stay: while a reload goes on these are the new ones. */
static bool is_staying(const struct member *m)
{
	return m->state == STARTING || m->state == READY;
}

static bool is_fresh(const struct member *m)
{
	return is_staying(m) && m->fresh;
}

static bool is_fresh_ready(const struct member *m)
{
	return m->state == READY && m->fresh;
}

static int member_start(struct work *w, size_t part)
{
	const int fds[] = {w->how->listen_fd, w->share_fd};
	struct mem_mark mark = mem_mark(w->c);
	struct spawn_peer peer;
	size_t slot = 0;
	int rc;

	while (slot < CREW_SLOTS && w->m[slot].state != FREE)
		slot++;
	if (slot == CREW_SLOTS)
		return 0; /* many are still leaving: later */
	rc = spawn_role(w->c, w->how->parts[part].role, fds, 2, &peer);
	if (rc != 0)
		return rc;
	w->m[slot] = (struct member){STARTING, part, w->reloading, peer, clock_ms()};
	/* one that is dead already is found by its end of the connection */
	if (spawn_peer_send(
		w->c, &peer, str_fmt(w->c, "%zu\n%.*s", slot, STR_ARG(w->how->config))) != 0)
		err_clear(w->c);
	mem_reset(w->c, mark);
	return 0;
}

static void member_tell(struct work *w, struct member *m, const char *order)
{
	if (spawn_peer_send(w->c, &m->peer, str_of(order)) != 0)
		err_clear(w->c);
	m->state = LEAVING;
}

/* Several that end together make it wait once. */
static void back_off(struct work *w, size_t part, int64_t now)
{
	int64_t *back = &w->start[part].back_ms;

	if (now < w->start[part].next_ms)
		return;
	*back = *back == 0 ? BACK_FIRST_MS : *back * 2;
	if (*back > BACK_MOST_MS)
		*back = BACK_MOST_MS;
	w->start[part].next_ms = now + *back;
}

/* Its connection has ended, and so has it, or it will be made to. */
static int member_gone(struct work *w, size_t slot)
{
	struct member *m = &w->m[slot];
	enum state was = m->state;
	int64_t now = clock_ms();
	const char *role = w->how->parts[m->part].role;
	int status = spawn_peer_close(&m->peer);

	m->state = FREE;
	for (size_t g = 0; g < CREW_GAUGES; g++)
		w->share->gauge[slot][g] = 0;
	for (size_t i = 0; i < CREW_HELD; i++)
		w->share->held[slot][i] = 0;
	if (was == LEAVING || w->stopping)
		return 0;
	(void)fprintf(stderr, "writ: a process of role %s ended with status %d\n", role, status);
	if (was == STARTING && !w->worked[m->part])
		return err_set(w->c, ERR_FAIL, "the %s processes do not start", role);
	if (was == STARTING && m->fresh && w->reloading) {
		(void)fprintf(stderr, "writ: the reload is given up, what ran before goes on\n");
		w->reloading = false;
		for (size_t i = 0; i < CREW_SLOTS; i++)
			if (is_fresh(&w->m[i]))
				member_tell(w, &w->m[i], "stop");
		return 0;
	}
	if (now - m->born < SOON_MS)
		back_off(w, m->part, now);
	else
		w->start[m->part].back_ms = 0;
	return 0;
}

static int member_hear(struct work *w, size_t slot)
{
	struct mem_mark mark = mem_mark(w->c);
	struct member *m = &w->m[slot];
	struct str said;
	int rc = spawn_peer_recv(w->c, &m->peer, &said);
	bool ready = rc == 0 && str_is(said, "ready") && m->state == STARTING;

	err_clear(w->c);
	mem_reset(w->c, mark);
	if (ready) {
		m->state = READY;
		w->worked[m->part] = true;
	}
	return rc == 0 ? 0 : member_gone(w, slot);
}

/* ---- what comes from outside ---- */

static void stop_all(struct work *w, const char *order)
{
	for (size_t i = 0; i < CREW_SLOTS; i++)
		if (w->m[i].state != FREE)
			member_tell(w, &w->m[i], order);
}

static void signals_hear(struct work *w)
{
	struct signalfd_siginfo s;

	while (read(w->signal_fd, &s, sizeof s) == (ssize_t)sizeof s) {
		if (s.ssi_signo != SIGHUP && !w->stopping) {
			w->stopping = true;
			w->deadline = clock_ms() + (int64_t)CREW_STOP_SECONDS * 1000;
			stop_all(w, "stop");
		} else if (s.ssi_signo == SIGHUP && !w->stopping && !w->reloading) {
			for (size_t i = 0; i < CREW_SLOTS; i++)
				w->m[i].fresh = false;
			w->reloading = true;
			memset(w->start, 0, sizeof w->start);
		}
	}
}

/* The new ones stand: the old ones may go. */
static void reload_end(struct work *w)
{
	if (!w->reloading || count(w, is_fresh_ready) < wanted(w))
		return;
	for (size_t i = 0; i < CREW_SLOTS; i++)
		if (is_staying(&w->m[i]) && !w->m[i].fresh)
			member_tell(w, &w->m[i], "drain");
	w->reloading = false;
}

/* ---- the rounds ---- */

static int start_missing(struct work *w)
{
	int rc = 0;

	for (size_t p = 0; p < w->how->n_parts; p++) {
		size_t there = count_of(w, p, w->reloading ? is_fresh : is_staying);

		for (; there < w->how->parts[p].n && !w->stopping &&
		       clock_ms() >= w->start[p].next_ms && rc == 0;
		     there++)
			rc = member_start(w, p);
	}
	return rc;
}

static int wait_ms(const struct work *w)
{
	int64_t now = clock_ms(), least = ROUND_MS;

	for (size_t p = 0; p < w->how->n_parts; p++) {
		int64_t left = w->start[p].next_ms - now;

		least = left > 0 && left < least ? left : least;
	}
	return (int)least;
}

static int round_run(struct work *w)
{
	struct pollfd p[CREW_SLOTS + 1];
	int rc = start_missing(w);

	for (size_t i = 0; i < CREW_SLOTS; i++)
		p[i] = (struct pollfd){is_there(&w->m[i]) ? w->m[i].peer.fd : -1, POLLIN, 0};
	p[CREW_SLOTS] = (struct pollfd){w->signal_fd, POLLIN, 0};
	if (rc == 0 && poll(p, CREW_SLOTS + 1, wait_ms(w)) < 0 && errno != EINTR)
		rc = os_err(w->c, "wait for processes");
	if (rc == 0 && p[CREW_SLOTS].revents != 0)
		signals_hear(w);
	for (size_t i = 0; i < CREW_SLOTS && rc == 0; i++)
		if (p[i].revents != 0 && is_there(&w->m[i]))
			rc = member_hear(w, i);
	reload_end(w);
	return rc;
}

/* Nobody outlives this process. */
static void end_all(struct work *w)
{
	for (size_t i = 0; i < CREW_SLOTS; i++) {
		if (w->m[i].state == FREE)
			continue;
		(void)kill(-w->m[i].peer.pid, SIGKILL);
		(void)spawn_peer_close(&w->m[i].peer);
		w->m[i].state = FREE;
	}
}

int crew_run(struct ctx *c, const struct crew *how)
{
	struct work w = {.c = c, .how = how, .share_fd = memfd_create("writ", MFD_CLOEXEC)};
	int rc = 0;

	if (w.share_fd < 0 || ftruncate(w.share_fd, sizeof *w.share) != 0 ||
	    (w.share = share_map(w.share_fd)) == NULL)
		return os_err(c, "share memory");
	ctx_random(c, w.share->key, sizeof w.share->key);
	rc = signals_open(c, true, &w.signal_fd);
	while (rc == 0 && !(w.stopping && (count(&w, is_there) == 0 || clock_ms() > w.deadline)))
		rc = round_run(&w);
	end_all(&w);
	(void)munmap(w.share, sizeof *w.share);
	(void)close(w.share_fd);
	return rc;
}

/* ---- a member's side ---- */

/* A connection may hold a file as well; where there are fewer, fewer are taken. */
static void files_allow(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= FILES)
		return;
	files.rlim_cur = files.rlim_max < FILES ? files.rlim_max : FILES;
	(void)setrlimit(RLIMIT_NOFILE, &files);
}

int crew_join(struct ctx *c, struct crew_member *ret)
{
	struct crew_member m = {.parent = spawn_peer_parent(), .listen_fd = FD_LISTEN};
	struct str said, slot;
	int64_t n;
	int rc = spawn_peer_recv(c, &m.parent, &said);

	if (rc != 0)
		return rc;
	if (!str_cut(said, '\n', &slot, &m.config) || !str_i64(slot, &n) || n < 0 ||
	    n >= CREW_SLOTS)
		return err_set(c, ERR_INVALID, "the first message to a process is of another form");
	files_allow();
	m.slot = (size_t)n;
	m.share = share_map(FD_SHARE);
	if (m.share == NULL)
		return os_err(c, "share memory");
	rc = signals_open(c, false, &m.signal_fd);
	if (rc == 0)
		*ret = m;
	return rc;
}

int crew_ready(struct ctx *c, const struct crew_member *m)
{
	return spawn_peer_send(c, &m->parent, STR("ready"));
}

enum crew_order crew_order(struct ctx *c, const struct crew_member *m)
{
	struct pollfd p[] = {{m->parent.fd, POLLIN, 0}, {m->signal_fd, POLLIN, 0}};
	struct mem_mark mark = mem_mark(c);
	struct str said;
	int rc;

	if (poll(p, 2, 0) <= 0)
		return CREW_NONE;
	if (p[1].revents != 0)
		return CREW_STOP;
	rc = spawn_peer_recv(c, &m->parent, &said);
	if (rc != 0)
		err_clear(c);
	rc = rc == 0 && str_is(said, "drain") ? CREW_DRAIN : CREW_STOP;
	mem_reset(c, mark);
	return (enum crew_order)rc;
}
