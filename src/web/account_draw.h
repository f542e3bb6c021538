/*
 * What the page of an edition shows beside its view: the figures by outcome, by country and as
 * bands, in the reader's language, and the charts of the public site.
 */
#ifndef WRIT_ACCOUNT_DRAW_H
#define WRIT_ACCOUNT_DRAW_H

#include "desk/edition.h"
#include "web/page.h"
#include "web/route.h"

/* account_draw(ask, e, v): sets "outcomes" [{label, class, n, share}], "total", "bars" [{label,
 * n}], "columns" [text], "rows" [{label, cells: [{text, word}], sum}], "bands" [{label, value,
 * word, cite}]. */
int account_draw(struct route_ask *ask, const struct edition *e, struct json *v) MUST_CHECK;
/* account_draw_stack(p, bars): one bar of parts. account_draw_bars: a row for each. Lists as
 * above; nothing for an empty one. */
struct html account_draw_stack(struct page *p, const struct json *bars);
struct html account_draw_bars(struct page *p, const struct json *bars);

#endif
