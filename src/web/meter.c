#include "web/meter.h"

#include <assert.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <unistd.h>

enum gauge { CONNECTIONS, MEMORY, PROCESS };

/* Where in the shared page: for each route its classes, then the buckets with their sum. */
enum { BUCKETS_AT = METER_ROUTES_MAX * METER_CLASSES, SUM_AT = BUCKETS_AT + METER_BUCKETS + 1 };
_Static_assert((int)SUM_AT < (int)CREW_COUNTS, "the meters fit into the shared page");
_Static_assert((int)PROCESS < (int)CREW_GAUGES, "the gauges fit into the shared page");

/* Upper bounds in microseconds; what takes longer is in the last one. */
static const int64_t bounds[METER_BUCKETS] = {
    500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000, 5000000};

static void add(const struct meter *m, size_t at, uint64_t n)
{
	(void)atomic_fetch_add_explicit(&m->share->count[at], n, memory_order_relaxed);
}

static uint64_t get(const struct meter *m, size_t at)
{
	return atomic_load_explicit(&m->share->count[at], memory_order_relaxed);
}

void meter_request(const struct meter *m, size_t route, int status, int64_t us)
{
	size_t b = 0;

	assert(route < METER_ROUTES_MAX && status >= 100 && status < 600);
	add(m, route * METER_CLASSES + (size_t)(status / 100 - 1), 1);
	while (b < METER_BUCKETS && us > bounds[b])
		b++;
	add(m, BUCKETS_AT + b, 1);
	add(m, SUM_AT, (uint64_t)(us > 0 ? us : 0));
}

void meter_gauges(const struct meter *m, int64_t connections)
{
	_Atomic int64_t *g = m->share->gauge[m->slot];
	struct rusage use;

	atomic_store_explicit(&g[CONNECTIONS], connections, memory_order_relaxed);
	atomic_store_explicit(&g[PROCESS], 1, memory_order_relaxed);
	if (getrusage(RUSAGE_SELF, &use) == 0)
		atomic_store_explicit(
		    &g[MEMORY], (int64_t)use.ru_maxrss * 1024, memory_order_relaxed);
}

static void put_head(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_fmt(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void put_requests(const struct meter *m, const char *const *names, size_t n, struct buf *b)
{
	put_head(
	    b, "writ_http_requests_total", "counter", "Requests by route and class of status.");
	for (size_t r = 0; r <= n; r++)
		for (size_t k = 0; k < METER_CLASSES; k++) {
			uint64_t v = get(m, r * METER_CLASSES + k);

			if (v > 0)
				buf_fmt(b,
				    "writ_http_requests_total{route=\"%s\",status=\"%zuxx\"} "
				    "%llu\n",
				    r < n ? names[r] : "none", k + 1, (unsigned long long)v);
		}
}

static void put_durations(const struct meter *m, struct buf *b)
{
	static const char name[] = "writ_http_request_duration_seconds";
	uint64_t sum = 0, us = get(m, SUM_AT);

	put_head(b, name, "histogram", "From the end of the head to the last byte of the answer.");
	for (size_t i = 0; i < METER_BUCKETS; i++) {
		sum += get(m, BUCKETS_AT + i);
		buf_fmt(b, "%s_bucket{le=\"%lld.%06lld\"} %llu\n", name,
		    (long long)(bounds[i] / 1000000), (long long)(bounds[i] % 1000000),
		    (unsigned long long)sum);
	}
	sum += get(m, BUCKETS_AT + METER_BUCKETS);
	buf_fmt(b, "%s_bucket{le=\"+Inf\"} %llu\n%s_sum %llu.%06llu\n%s_count %llu\n", name,
	    (unsigned long long)sum, name, (unsigned long long)(us / 1000000),
	    (unsigned long long)(us % 1000000), name, (unsigned long long)sum);
}

static void put_gauge(
    const struct meter *m, enum gauge which, const char *name, const char *help, struct buf *b)
{
	put_head(b, name, "gauge", help);
	for (size_t s = 0; s < CREW_SLOTS; s++) {
		_Atomic int64_t *g = m->share->gauge[s];

		if (atomic_load_explicit(&g[PROCESS], memory_order_relaxed) != 0)
			buf_fmt(b, "%s{process=\"%zu\"} %lld\n", name, s,
			    (long long)atomic_load_explicit(&g[which], memory_order_relaxed));
	}
}

void meter_put(const struct meter *m, const char *const *names, size_t n, struct buf *b)
{
	assert(n < METER_ROUTES_MAX);
	put_requests(m, names, n, b);
	put_durations(m, b);
	put_gauge(m, CONNECTIONS, "writ_http_connections", "Open connections.", b);
	put_gauge(m, MEMORY, "writ_process_memory_peak_bytes", "Most memory that was resident.", b);
}
