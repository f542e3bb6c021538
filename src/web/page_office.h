/* Short names for the templates of the portal, beside page_desk.h. */
#ifndef WRIT_PAGE_OFFICE_H
#define WRIT_PAGE_OFFICE_H

#include "web/page_desk.h"

/* kept(p, v, "name"): what was entered just now, or else what was kept of it. */
static inline struct str kept(const struct page *p, const struct json *v, const char *key)
{
	return p->form == NULL ? text(v, key) : page_entered(p, key);
}

/* under(p, v, "receipt"): an address below the page's own, which v has as "path". */
static inline struct url under(const struct page *p, const struct json *v, const char *way)
{
	return act(p, v, way);
}

/* production(p, v, x): where a production of the demand v is fetched; way: what else with it. */
static inline struct url production(
    const struct page *p, const struct json *v, const struct json *x, const char *way)
{
	struct str path = text(v, "path"), ref = text(x, "production");

	return page_url_path(
	    str_fmt(p->c, "%.*s/production/%.*s%s", STR_ARG(path), STR_ARG(ref), way));
}

/* colleague(p, v, x): where the invitation of a colleague is ended. */
static inline struct url colleague(const struct page *p, const struct json *v, const struct json *x)
{
	struct str path = text(v, "path"), ref = text(x, "officer");

	return page_url_path(str_fmt(p->c, "%.*s/colleague/%.*s/end", STR_ARG(path), STR_ARG(ref)));
}

#endif
