#include "web/serve.h"

#include <poll.h>

#include "web/http_body.h"
#include "web/http_p.h"

/* More than any request may take: every connection has its own end before. */
enum { DRAIN_SECONDS = HTTP_BODY_SECONDS_MAX + 1200 };

void serve_run(struct ctx *c, const struct crew_member *m, struct http *h)
{
	enum crew_order order = CREW_NONE;
	int64_t end = 0;

	while (order == CREW_NONE || (http_count(h) > 0 && http_clock_us() < end)) {
		struct pollfd p[] = {{http_fd(h), POLLIN, 0},
		    {order == CREW_STOP ? -1 : m->parent.fd, POLLIN, 0},
		    {order == CREW_STOP ? -1 : m->signal_fd, POLLIN, 0}};
		enum crew_order next;

		(void)poll(p, 3, http_wait_ms(h));
		next = order == CREW_STOP ? CREW_NONE : crew_order(c, m);
		if (next != CREW_NONE) {
			order = next;
			end = http_clock_us() + (int64_t)DRAIN_SECONDS * 1000000;
			http_drain(h, order == CREW_STOP);
		}
		http_run(h);
	}
}
