/*
 * Meters of the web processes: requests by route and class of status, how long they took, open
 * connections and memory. They hold numbers and the names of routes, nothing of who asked for what.
 * All processes count into one shared page (os/crew.h), so that any of them can tell the sum.
 * Format: Prometheus text exposition, version 0.0.4.
 */
#ifndef WRIT_METER_H
#define WRIT_METER_H

#include "os/crew.h"

enum { METER_ROUTES_MAX = 512, METER_CLASSES = 5, METER_BUCKETS = 11 };

struct meter {
	struct crew_share *share;
	size_t slot;
};

/* meter_request(m, route, status, us): one request was answered, to the last byte, in so many
 * microseconds. route: its number in the table, n_routes for none. */
void meter_request(const struct meter *m, size_t route, int status, int64_t us);
/* meter_gauges(m, connections): of this process, now. */
void meter_gauges(const struct meter *m, int64_t connections);
/* meter_put(m, names, n, b): all of it as text; names of the routes by number. */
void meter_put(const struct meter *m, const char *const *names, size_t n, struct buf *b);

#endif
