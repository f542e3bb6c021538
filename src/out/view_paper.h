/*
 * The papers of a case: of the demand that it was opened from, then of those that brought later
 * orders, numbered from 1. Whoever reads whom a demand names may read them (RIGHT_DEMAND_DETAIL).
 */
#ifndef WRIT_VIEW_PAPER_H
#define WRIT_VIEW_PAPER_H

#include "desk/demand.h"
#include "store/blob.h"

/* view_papers(c, in, actor, m, orders, ret): [{"number", "name", "size", "kind"}]; kind is pdf,
 * text, image or other, by what the name says: a page shows the first three beside the findings.
 * Without the right, the number and size alone. */
int view_papers(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, const struct legal_orders *orders, struct json **ret) MUST_CHECK;

struct view_paper {
	struct str name;
	const char *type; /* by its first bytes: what a browser may show; NULL: nothing it may */
	int64_t size;
	int fd; /* the document; closed by who asked for it */
};
/* view_paper_open(c, in, actor, m, n, ret): ERR_DENIED without the right; ERR_NOTFOUND when there
 * is no such paper, or it was erased; ERR_FAIL. The document lies in memory, on no disk. */
int view_paper_open(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, int64_t n, struct view_paper *ret) MUST_CHECK;
/* view_paper_of_demand: the same of one demand, before it is a case. */
int view_paper_of_demand(struct ctx *c, struct instance *in, const struct person *actor,
    const struct demand *d, int64_t n, struct view_paper *ret) MUST_CHECK;
/* view_paper_kind(name): "pdf", "text", "image" or "other". */
const char *view_paper_kind(struct str name);

#endif
