/* The statement as JSON values, the same for the command line, pages and the API. SPEC.md 8.8. */
#ifndef WRIT_VIEW_STATEMENT_H
#define WRIT_VIEW_STATEMENT_H

#include "desk/statement.h"
#include "kind/json.h"

/* view_statement_piece(c, all, s): one piece; of a never-statement that ended, no last day: who
 * looks at both days would know how. */
struct json *view_statement_piece(
    struct ctx *c, const struct statements *all, const struct statement *s);
/* view_statement(c, in, actor, ret): [{...}] by day; codes of statement_list. */
int view_statement(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;
/* view_statement_may(c, actor, all, s, piece): sets "may" {clear, publish, withdraw, renew} and, of
 * what waits, "waits": which is the same for all of its part. */
void view_statement_may(struct ctx *c, const struct person *actor, const struct statements *all,
    const struct statement *s, struct json *piece);

#endif
