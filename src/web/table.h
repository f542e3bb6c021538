/*
 * Every route that there is, one line each, in families: one file a family, so that a page that
 * comes new gets a line there and a handler in a file beside it. And the one place where it is
 * decided who comes through a gate.
 */
#ifndef WRIT_TABLE_H
#define WRIT_TABLE_H

#include "web/route.h"

struct route_family {
	const struct route *routes;
	size_t n;
};
#define TABLE_FAMILY(list)                                                                         \
	{                                                                                          \
		(list), sizeof(list) / sizeof((list)[0])                                           \
	}

extern const struct route_family table_public;  /* the site, the service itself */
extern const struct route_family table_desk;    /* the provider's people: a case */
extern const struct route_family table_work;    /* ... triage and lists */
extern const struct route_family table_call;    /* ... people on call, quality, templates */
extern const struct route_family table_deliver; /* ... what lies in the portal */
extern const struct route_family table_claim;   /* ... what answers cost */
extern const struct route_family table_keep;    /* ... what is kept, and what data subjects ask */
extern const struct route_family table_collect; /* collection, tickets, services */
extern const struct route_family table_after;   /* ... what comes after a delivery */
extern const struct route_family table_account; /* editions, the statement, settings */
extern const struct route_family table_office;  /* the officers' portal */
extern const struct route_family table_vetting; /* its other side, in the house */
extern const struct route_family table_login;   /* signing in */

/* table_make(c): lives in c; the `site` of its asks is a struct public_site (web/public.h). */
struct route_table *table_make(struct ctx *c);

#endif
