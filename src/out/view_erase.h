/* What is due to be erased, what is held back and why, and what was erased: for the command line,
 * the API and the desk's page. */
#ifndef WRIT_VIEW_ERASE_H
#define WRIT_VIEW_ERASE_H

#include "desk/erase.h"

/* view_erase_unit(c, u): {"case" | "demand", "rule", "cite"?, "until", "held"?, "why"?: [{"word",
 * "of"?, "until"?}], "list"?}. */
struct json *view_erase_unit(struct ctx *c, const struct erase_unit *u);
/* view_retention(c, in, actor, after, ret): {"due": [unit], "listed": [...], "held": [...], "done":
 * [erase_done], "after"?}: of a page of closed cases; `after` as the answer gave it, "" for the
 * first. {"none": true} without rules in force. */
int view_retention(struct ctx *c, struct instance *in, const struct person *actor, struct str after,
    struct json **ret) MUST_CHECK;

#endif
