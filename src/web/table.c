#include "web/table.h"

#include "web/asset.h"
#include "web/public.h"

static int tag_read(struct ctx *c, struct str text, struct route_value *ret)
{
	(void)c;
	ret->text = text;
	return 0;
}
static const struct route_field asset_fields[] = {{"v", false, tag_read}};

/* The last line fits nearly everything, so that it stays the last. */
static const struct route routes[] = {
    {"health", ROUTE_GET, "/health", RIGHT_PUBLIC, public_health, NULL, 0},
    {"ready", ROUTE_GET, "/ready", RIGHT_PUBLIC, public_ready, NULL, 0},
    {"metrics", ROUTE_GET, "/metrics", RIGHT_METERS, public_metrics, NULL, 0},
    {"style", ROUTE_GET, "/static/style.css", RIGHT_PUBLIC, public_style, NULL, 0},
    {"static", ROUTE_GET, "/static/{path:file}", RIGHT_PUBLIC, asset_file, asset_fields, 1},
    {"site", ROUTE_GET, "/", RIGHT_PUBLIC, public_first_page, NULL, 0},
    {"site_file", ROUTE_GET, "/{path:file}", RIGHT_PUBLIC, public_file, NULL, 0},
};

/* Who may not see the meters is not told of them. */
static int may(const struct route_ask *ask, enum route_right right)
{
	switch (right) {
	case RIGHT_PUBLIC:
		return 0;
	case RIGHT_METERS:
		return public_operator(ask) ? 0 : ERR_NOTFOUND;
	}
	return ERR_DENIED;
}

const struct route_table *table_all(void)
{
	static const struct route_table table = {routes, sizeof routes / sizeof routes[0], may};

	return &table;
}
