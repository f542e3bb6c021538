/*
 * Editions, what counsel recorded and the statement as JSON values, the same for the command line,
 * pages and the API. Nothing of a case stands in them. Format: SPEC.md 8.8.
 */
#ifndef WRIT_VIEW_EDITION_H
#define WRIT_VIEW_EDITION_H

#include "desk/known.h"
#include "desk/verdict.h"
#include "out/report.h"

/* view_edition_line(c, e): an edition without its figures. */
struct json *view_edition_line(struct ctx *c, const struct edition *e);
/* view_editions(c, in, actor, ret): [{...}] by period and version; drafts only for those who read
 * them (EDITION_READ). */
int view_editions(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;
/* view_edition_next(c, in, ret): half-years from the newest published one on, up to the one that
 * runs: [{"period", "from", "to", "state", "version"?}]; state: published, draft, due or runs. */
int view_edition_next(struct ctx *c, struct instance *in, struct json **ret) MUST_CHECK;
/* view_edition_figures(c, f, country): [{...}]; country "": all. */
struct json *view_edition_figures(struct ctx *c, const struct figures *f, struct str country);
/* view_breaches(c, b, de): [{"rule", "figure", "text", "cite", "asks"}]; de, the same in German,
 * gives "text_de"; NULL. */
struct json *view_breaches(struct ctx *c, const struct breaches *b, const struct breaches *de);
/* view_edition(c, in, actor, e, ret): everything about one: line, figures, why it corrects, what it
 * rests on, which categories are absent and until when, which countries have a word, the last look
 * at it (EDITION_READ), and what the person may do with it. */
int view_edition(struct ctx *c, struct instance *in, const struct person *actor,
    const struct edition *e, struct json **ret) MUST_CHECK;

/* view_permission(c, p, at): one as counsel recorded it; "state" holds, ended or ran out. */
struct json *view_permission(struct ctx *c, const struct permission *p, struct instant at);
/* view_permissions(c, in, actor, ret): [{...}] as they were recorded; codes of permission_list. */
int view_permissions(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;
/* view_known(c, k): a figure known from outside. view_knowns(c, in, actor, ret): [{...}]. */
struct json *view_known(struct ctx *c, const struct known *k);
int view_knowns(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;
/* view_wording(c, w): {"title", "text", "authority", "outcome"}, what there is of it. */
struct json *view_wording(struct ctx *c, const struct wording *w);

#endif
