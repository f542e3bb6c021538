/*
 * What anybody may ask: whether the service is well, its style, the public site. And, for the
 * operator, its meters. The public site is the folder `site` of writ.yaml, as `site build` writes
 * it; of what lies there only files that it writes are served (site_file), and nothing is listed.
 */
#ifndef WRIT_PUBLIC_H
#define WRIT_PUBLIC_H

#include "desk/instance.h"
#include "web/meter.h"
#include "web/route.h"

/* What the handlers work with: the `site` of a struct route_ask. */
struct public_site {
	struct instance *in;
	const struct meter *meter;
	int files;        /* the folder of the public site, -1 without */
	struct str token; /* that opens the meters, "" for none */
};

/* public_open(c, s): by s->in opens the folder and reads the token. ERR_NOTFOUND; ERR_INVALID for a
 * token of less than 16 characters. */
int public_open(struct ctx *c, struct public_site *s) MUST_CHECK;
void public_close(struct public_site *s);
/* public_operator(ask): who asks may see the meters: from this machine, or with the token. */
bool public_operator(const struct route_ask *ask);

/* Handlers (web/table.c). */
int public_health(struct route_ask *ask, struct answer *a);
int public_ready(struct route_ask *ask, struct answer *a);
int public_metrics(struct route_ask *ask, struct answer *a);
int public_style(struct route_ask *ask, struct answer *a);
int public_first_page(struct route_ask *ask, struct answer *a);
int public_file(struct route_ask *ask, struct answer *a); /* part 0: path below the site */

#endif
