#include "web/table.h"

#include <assert.h>

#include "base/mem.h"
#include "web/asset.h"
#include "web/field.h"
#include "web/meter.h"
#include "web/openapi.h"
#include "web/public.h"
#include "web/sign_in.h"

/* The families in their order. The last line of the last one fits nearly everything. */
static const struct route_family *const families[] = {&table_login, &table_desk, &table_deliver,
    &table_work, &table_call, &table_claim, &table_after, &table_collect, &table_keep,
    &table_account, &table_office, &table_vetting, &table_public};
enum { FAMILIES = sizeof families / sizeof families[0], ROUTES_MAX = METER_ROUTES_MAX };

static const struct route_field asset_fields[] = {{.name = "v", .parse = field_word}};

static const struct route public_routes[] = {
    {"health", ROUTE_GET, "/health", GATE_PUBLIC, .run = public_health},
    {"ready", ROUTE_GET, "/ready", GATE_PUBLIC, .run = public_ready},
    {"metrics", ROUTE_GET, "/metrics", GATE_METERS, .run = public_metrics},
    {"style", ROUTE_GET, "/static/style.css", GATE_PUBLIC, .run = public_style},
    {"openapi", ROUTE_GET, "/openapi.json", GATE_PUBLIC, .run = openapi_file},
    {"static", ROUTE_GET, "/static/{path:file}", GATE_PUBLIC, .run = asset_file,
	ROUTE_TAKES(asset_fields)},
    {"site", ROUTE_GET, "/", GATE_PUBLIC, .run = public_first_page},
    {"site_file", ROUTE_GET, "/{path:file}", GATE_PUBLIC, .run = public_file},
};
const struct route_family table_public = TABLE_FAMILY(public_routes);

/* Who may not see the meters is not told of them. */
static int may_pass(const struct route_ask *ask, const struct route *r)
{
	switch (r->gate) {
	case GATE_PUBLIC:
		return 0;
	case GATE_METERS:
		return public_operator(ask) ? 0 : ERR_NOTFOUND;
	case GATE_PERSON:
		return ask->who != NULL ? 0 : ERR_DENIED;
	case GATE_STAFF:
		return ask->who != NULL && !ask->officer ? 0 : ERR_DENIED;
	case GATE_OFFICER:
		return ask->who != NULL && ask->officer ? 0 : ERR_DENIED;
	}
	return ERR_DENIED;
}

/* Through the gate, and with the right that the line names. A system of a service comes under the
 * account of who made its token, and has nothing of what is that person's own. */
static int may(const struct route_ask *ask, const struct route *r)
{
	int rc = may_pass(ask, r);

	if (rc == 0 && ask->who != NULL && ask->who->token != 0 && !r->righted)
		return err_set(ask->c, ERR_DENIED, "this token is for the tickets of its service");
	return rc == 0 && r->righted ? right_needs(ask->c, ask->who, r->right) : rc;
}

struct route_table *table_make(struct ctx *c)
{
	struct route_table *table = mem_alloc(c, sizeof *table);
	struct route *routes = mem_array(c, ROUTES_MAX, sizeof *routes);

	*table = (struct route_table){.routes = routes, .sign_in = sign_in_find, .may = may};
	for (size_t f = 0; f < FAMILIES; f++)
		for (size_t i = 0; i < families[f]->n; i++) {
			assert(table->n + 1 < ROUTES_MAX); /* one more is none, for the meters */
			routes[table->n++] = families[f]->routes[i];
		}
	return table;
}
