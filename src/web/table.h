/*
 * Every route that there is, one line each, and the one place where a right is checked. A page that
 * comes new gets a line here and a handler in a file of its family.
 */
#ifndef WRIT_TABLE_H
#define WRIT_TABLE_H

#include "web/route.h"

/* table_all(): the `site` of its asks is a struct public_site (web/public.h). */
const struct route_table *table_all(void);

#endif
