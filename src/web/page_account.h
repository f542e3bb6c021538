/* Short names for the templates of the public account, beside page_desk.h. */
#ifndef WRIT_PAGE_ACCOUNT_H
#define WRIT_PAGE_ACCOUNT_H

#include "web/account_draw.h"
#include "web/page_desk.h"

/* below(p, v, "publish"): an address below the one that v has as its "path". */
static inline struct url below(const struct page *p, const struct json *v, const char *way)
{
	struct str path = text(v, "path");

	return page_url_path(str_fmt(p->c, "%.*s/%s", STR_ARG(path), way));
}

/* draw_stack(p, bars), draw_bars(p, bars): the charts of the public site. */
static inline struct html draw_stack(struct page *p, const struct json *bars)
{
	return account_draw_stack(p, bars);
}

static inline struct html draw_bars(struct page *p, const struct json *bars)
{
	return account_draw_bars(p, bars);
}

#endif
