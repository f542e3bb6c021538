/*
 * The description of the HTTP API (OpenAPI 3.1.0), made from the route table: every line with a
 * view, its path, fields with their forms, the right that it needs, and the errors. So it cannot
 * say what is not so. Served at /openapi.json.
 */
#ifndef WRIT_OPENAPI_H
#define WRIT_OPENAPI_H

#include "web/route.h"

/* openapi_file(ask, a): the handler. */
int openapi_file(struct route_ask *ask, struct answer *a) MUST_CHECK;

#endif
