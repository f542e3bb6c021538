/* The data map in the browser, and the tickets that wait, for those who collect. Looked at here;
 * tested and collected by commands on the machine that reaches the sources. */
#ifndef WRIT_WEB_SERVICE_H
#define WRIT_WEB_SERVICE_H

#include "web/route.h"

int service_page(struct route_ask *ask, struct json **ret);

#endif
