/* The data map in the browser, and the tickets that wait, for those who collect. A test is run by a
 * job, where the source is reached from this machine. */
#ifndef WRIT_WEB_SERVICE_H
#define WRIT_WEB_SERVICE_H

#include "web/route.h"

int service_page(struct route_ask *ask, struct json **ret);
/* One of them with its last tests. */
int service_one(struct route_ask *ask, struct json **ret);
int service_run_test(struct route_ask *ask, struct json **ret);

#endif
